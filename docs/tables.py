"""Rewrites the generated tables: of docs/protocol.md those from `chatserver/domain/roles.py` and `chatserver/wire/codes.py`, of docs/api.md
that from `chatserver/transport/api/codes.py`.

    python docs/tables.py

A test fails where they are out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from chatserver.domain.roles import OVER, PERMISSIONS, SERVICE, Action, Role
from chatserver.transport.api.codes import CODES as OF_API
from chatserver.wire.codes import CODES

PROTOCOL = Path(__file__).parent / "protocol.md"
API = Path(__file__).parent / "api.md"

ACTIONS: dict[Action, str] = {
    Action.POST: "`send`, `milestone`, `hand`, `done`, `pass`, `replies`, `question`",
    Action.POST_IN_FREEZE: "`send` and `react` while the room is frozen",
    Action.REACT: "`react`",
    Action.VOTE: "`vote`",
    Action.RETRACT_OWN: "`retract` an own message",
    Action.REPORT: "`report`",
    Action.HELP: "`help`, `help_say`, `help_close`, also from the lobby",
    Action.HEAR_CALLS: "hears calls, reports and questions; `help_take`, `report_take`, `report_close`, `host_say`",
    Action.SEE_LOBBY: "sees who waits: `waiting`, and the `lobby` events; `lobby_say`",
    Action.RETRACT_ANY: "`retract` any message",
    Action.MUTE: "`mute`, `unmute`",
    Action.REMOVE: "`remove`",
    Action.RENAME: "`rename`",
    Action.WARN: "`warn`",
    Action.TO_LISTENER: "`to_listener`, `to_member`",
    Action.LOCK: "`lock`",
    Action.FREEZE: "`freeze`",
    Action.LOBBY: "`lobby`",
    Action.SWEEP: "`sweep`",
    Action.FIRST_MESSAGES: "`first_messages`, `first_answer`; hears first messages",
    Action.ADMIT: "`admit`, `deny`",
    Action.ADMIT_MARKED: "`admit` and `deny` of a marked one",
    Action.SLOW: "`slow`",
    Action.LEAD: "`agenda`, `floor`, `queue`, `topic`, `prompts`, `poll`, `poll_close`, `poll_clear`",
    Action.KEEP_TIME: "`agenda` and `floor` with `extend_seconds` alone; `sign`",
    Action.READ: "`script`, and `send` in a speaker segment",
    Action.STEP_IN: "`step_in`, where the room is held",
    Action.UNHURRIED: "slow mode does not apply",
    Action.APPOINT: "`appoint`, `appoint_hat`",
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
    for hat, allowed in SERVICE.items():
        yield f"* The hat `{hat}` allows besides: {', '.join(f'`{action}`' for action in ACTIONS if action in allowed) or 'nothing'}."
    yield ""
    for role in reversed(roles):
        if OVER[role]:
            under = ", ".join(f"{r}s" for r in reversed(roles) if r in OVER[role])
            appoints = "; and appoints them" if Action.APPOINT in PERMISSIONS[role] else ""
            yield f"* A {role} mutes, warns, moves to listener, removes and renames {under}{appoints}."


def codes() -> Iterator[str]:
    yield "| code | the sentence for the person | can the same make sense later? |"
    yield "| --- | --- | --- |"
    for code, meaning in CODES.items():
        yield f"| `{code}` | {meaning.sentence} | {'yes' if meaning.retryable else 'no'} |"


def api_codes() -> Iterator[str]:
    yield "| status | code | the sentence |"
    yield "| --- | --- | --- |"
    for code, meaning in sorted(OF_API.items(), key=lambda each: each[1].status):
        yield f"| {meaning.status} | `{code}` | {meaning.sentence} |"


Tables = Mapping[str, Callable[[], Iterator[str]]]

TABLES: Tables = {"permissions": permissions, "codes": codes}
API_TABLES: Tables = {"api codes": api_codes}


def between(name: str) -> tuple[str, str]:
    return f"<!-- {name} -->\n", f"<!-- /{name} -->\n"


def renewed(text: str, tables: Tables = TABLES) -> str:
    """The document with its tables as they are now."""
    for name, table in tables.items():
        start, end = between(name)
        head, _, rest = text.partition(start)
        _, found, tail = rest.partition(end)
        if not found:
            raise ValueError(f"the markers of {name} are not there")
        text = head + start + "".join(line + "\n" for line in table()) + end + tail
    return text


if __name__ == "__main__":
    PROTOCOL.write_text(renewed(PROTOCOL.read_text("utf-8")), "utf-8")
    API.write_text(renewed(API.read_text("utf-8"), API_TABLES), "utf-8")
