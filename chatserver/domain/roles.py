"""Roles, and the one table that says who may do what.

Only literals live here. The docs' table, the `may` list that a client receives and the page's buttons all come from it.
A role is for one visit. A listener reads and may react, not post.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    MEMBER = "member"
    LISTENER = "listener"


class Action(StrEnum):
    POST = "post"
    POST_IN_FREEZE = "post_in_freeze"  # hosts must be able to say why everything has stopped
    REACT = "react"
    VOTE = "vote"
    RETRACT_OWN = "retract_own"
    REPORT = "report"
    HELP = "help"
    HEAR_CALLS = "hear_calls"  # receives help calls, reports and the lobby
    RETRACT_ANY = "retract_any"
    MUTE = "mute"
    REMOVE = "remove"
    RENAME = "rename"
    LOCK = "lock"
    FREEZE = "freeze"
    LOBBY = "lobby"
    SWEEP = "sweep"
    ADMIT = "admit"
    SLOW = "slow"
    LEAD = "lead"  # runs agenda, floor and timer, asks all of them something
    UNHURRIED = "unhurried"  # slow mode does not apply
    APPOINT = "appoint"
    EXTEND = "extend"
    CLOSE = "close"


_EVERYONE = frozenset({Action.REACT, Action.RETRACT_OWN, Action.REPORT, Action.HELP})
_MEMBER = _EVERYONE | {Action.POST, Action.VOTE}
_MODERATOR = _MEMBER | {
    Action.POST_IN_FREEZE,
    Action.HEAR_CALLS,
    Action.RETRACT_ANY,
    Action.MUTE,
    Action.REMOVE,
    Action.RENAME,
    Action.LOCK,
    Action.FREEZE,
    Action.LOBBY,
    Action.SWEEP,
    Action.ADMIT,
    Action.SLOW,
    Action.LEAD,
    Action.UNHURRIED,
}

PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.LISTENER: _EVERYONE,
    Role.MEMBER: _MEMBER,
    Role.MODERATOR: _MODERATOR,
    Role.FACILITATOR: _MODERATOR | {Action.APPOINT, Action.EXTEND, Action.CLOSE},
}

# Whom a role may mute, remove and rename. Nobody acts on an equal: two hosts cannot fight in front of a meeting,
# and a stolen facilitator's key is the operator's to rotate.
OVER: dict[Role, frozenset[Role]] = {
    Role.FACILITATOR: frozenset({Role.MODERATOR, Role.MEMBER, Role.LISTENER}),
    Role.MODERATOR: frozenset({Role.MEMBER, Role.LISTENER}),
    Role.MEMBER: frozenset(),
    Role.LISTENER: frozenset(),
}

# What an appointment can give. A facilitator is only made by a key.
APPOINTABLE = frozenset({Role.MODERATOR, Role.MEMBER})


def may(role: Role, action: Action) -> bool:
    return action in PERMISSIONS[role]
