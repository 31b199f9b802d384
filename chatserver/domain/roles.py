"""Roles, the hats that are worn on top of one, and the one table that says who may do what.

Only literals live here. The docs' table, the `may` list that a client receives and the page's buttons all come from it.
A role is for one visit, and so is a hat. A listener reads and may react, not post.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    MEMBER = "member"
    LISTENER = "listener"


class Hat(StrEnum):
    """A service role. Grants a few permissions each."""

    GREETER = "greeter"
    TIMEKEEPER = "timekeeper"
    READER = "reader"
    MENTOR = "mentor"
    SUCCESSOR = "successor"  # may lead where nobody else does


class Action(StrEnum):
    POST = "post"
    POST_IN_FREEZE = "post_in_freeze"  # hosts must be able to say why everything has stopped
    REACT = "react"
    VOTE = "vote"
    RETRACT_OWN = "retract_own"
    REPORT = "report"
    HELP = "help"
    HEAR_CALLS = "hear_calls"  # receives help calls and reports
    SEE_LOBBY = "see_lobby"
    RETRACT_ANY = "retract_any"
    MUTE = "mute"
    REMOVE = "remove"
    RENAME = "rename"
    WARN = "warn"
    TO_LISTENER = "to_listener"
    LOCK = "lock"
    FREEZE = "freeze"
    LOBBY = "lobby"
    SWEEP = "sweep"
    FIRST_MESSAGES = "first_messages"
    ADMIT = "admit"
    ADMIT_MARKED = "admit_marked"  # whose network is like that of somebody who was banned
    SLOW = "slow"
    LEAD = "lead"  # runs agenda and floor, asks all of them something
    KEEP_TIME = "keep_time"
    READ = "read"  # reads out: writes where speakers do, and sees the scripts
    STEP_IN = "step_in"
    UNHURRIED = "unhurried"  # slow mode does not apply
    APPOINT = "appoint"
    EXTEND = "extend"
    CLOSE = "close"


_EVERYONE = frozenset({Action.REACT, Action.RETRACT_OWN, Action.REPORT, Action.HELP})
_MEMBER = _EVERYONE | {Action.POST, Action.VOTE}
_MODERATOR = _MEMBER | {
    Action.POST_IN_FREEZE,
    Action.HEAR_CALLS,
    Action.SEE_LOBBY,
    Action.RETRACT_ANY,
    Action.MUTE,
    Action.REMOVE,
    Action.RENAME,
    Action.WARN,
    Action.TO_LISTENER,
    Action.LOCK,
    Action.FREEZE,
    Action.LOBBY,
    Action.SWEEP,
    Action.FIRST_MESSAGES,
    Action.ADMIT,
    Action.ADMIT_MARKED,
    Action.SLOW,
    Action.LEAD,
    Action.KEEP_TIME,
    Action.READ,
    Action.UNHURRIED,
}

PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.LISTENER: _EVERYONE,
    Role.MEMBER: _MEMBER,
    Role.MODERATOR: _MODERATOR,
    Role.FACILITATOR: _MODERATOR | {Action.APPOINT, Action.EXTEND, Action.CLOSE},
}

# What a hat allows besides.
SERVICE: dict[Hat, frozenset[Action]] = {
    Hat.GREETER: frozenset({Action.SEE_LOBBY, Action.ADMIT}),
    Hat.TIMEKEEPER: frozenset({Action.KEEP_TIME}),
    Hat.READER: frozenset({Action.READ}),
    Hat.MENTOR: frozenset(),
    Hat.SUCCESSOR: frozenset({Action.STEP_IN}),
}

# Whom a role may mute, warn, move to listener, remove and rename. Nobody acts on an equal: two hosts cannot fight in front of a meeting,
# and a stolen facilitator's key is the operator's to rotate.
OVER: dict[Role, frozenset[Role]] = {
    Role.FACILITATOR: frozenset({Role.MODERATOR, Role.MEMBER, Role.LISTENER}),
    Role.MODERATOR: frozenset({Role.MEMBER, Role.LISTENER}),
    Role.MEMBER: frozenset(),
    Role.LISTENER: frozenset(),
}

# What an appointment can give. A facilitator is only made by a key.
APPOINTABLE = frozenset({Role.MODERATOR, Role.MEMBER})


class Holder(Protocol):
    """A seat, as far as it matters here."""

    @property
    def role(self) -> Role: ...

    @property
    def hats(self) -> frozenset[Hat]: ...


def may(seat: Holder, action: Action) -> bool:
    return action in PERMISSIONS[seat.role] or any(action in SERVICE[hat] for hat in seat.hats)
