"""Rewrites the two generated tables of docs/protocol.md, from `chatserver/domain/roles.py` and `chatserver/wire/codes.py`.

    python docs/tables.py

A test fails where they are out of date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chatserver.domain.roles import OVER, PERMISSIONS, Action, Role
from chatserver.wire.codes import CODES

PROTOCOL = Path(__file__).parent / "protocol.md"

ACTIONS: dict[Action, str] = {
    Action.POST: "`send`, `milestone`, `hand`, `done`, `pass`, `replies`, `question`",
    Action.POST_IN_FREEZE: "`send` and `react` while the room is frozen",
    Action.REACT: "`react`",
    Action.VOTE: "`vote`",
    Action.RETRACT_OWN: "`retract` an own message",
    Action.REPORT: "`report`",
    Action.HELP: "`help`, also from the lobby",
    Action.HEAR_CALLS: "hears `help`, `report` and `question`, and sees who waits",
    Action.RETRACT_ANY: "`retract` any message",
    Action.MUTE: "`mute`, `unmute`",
    Action.REMOVE: "`remove`",
    Action.RENAME: "`rename`",
    Action.LOCK: "`lock`",
    Action.FREEZE: "`freeze`",
    Action.LOBBY: "`lobby`",
    Action.SWEEP: "`sweep`",
    Action.ADMIT: "`admit`, `deny`",
    Action.SLOW: "`slow`",
    Action.LEAD: "`agenda`, `floor`, `queue`, `script`, `topic`, `prompts`, `poll`, `poll_close`, `poll_clear`",
    Action.UNHURRIED: "slow mode does not apply",
    Action.APPOINT: "`appoint`",
    Action.EXTEND: "`extend`",
    Action.CLOSE: "`close`",
}


def permissions() -> Iterator[str]:
    roles = (Role.LISTENER, Role.MEMBER, Role.MODERATOR, Role.FACILITATOR)
    yield "| `may` | what it allows | " + " | ".join(roles) + " |"
    yield "| --- | --- |" + " --- |" * len(roles)
    for action, meaning in ACTIONS.items():
        yield f"| `{action}` | {meaning} | " + " | ".join("yes" if action in PERMISSIONS[role] else "" for role in roles) + " |"
    yield ""
    for role in reversed(roles):
        if OVER[role]:
            under = ", ".join(f"{r}s" for r in reversed(roles) if r in OVER[role])
            yield f"* A {role} mutes, removes and renames {under}{'; and appoints them' if Action.APPOINT in PERMISSIONS[role] else ''}."


def codes() -> Iterator[str]:
    yield "| code | the sentence for the person | can the same make sense later? |"
    yield "| --- | --- | --- |"
    for code, meaning in CODES.items():
        yield f"| `{code}` | {meaning.sentence} | {'yes' if meaning.retryable else 'no'} |"


TABLES = {"permissions": permissions, "codes": codes}


def between(name: str) -> tuple[str, str]:
    return f"<!-- {name} -->\n", f"<!-- /{name} -->\n"


def renewed(text: str) -> str:
    """The document with its tables as they are now."""
    for name, table in TABLES.items():
        start, end = between(name)
        head, _, rest = text.partition(start)
        _, found, tail = rest.partition(end)
        if not found:
            raise ValueError(f"the markers of {name} are not there")
        text = head + start + "".join(line + "\n" for line in table()) + end + tail
    return text


if __name__ == "__main__":
    PROTOCOL.write_text(renewed(PROTOCOL.read_text("utf-8")), "utf-8")
