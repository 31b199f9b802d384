"""A refusal is an answer, not an accident: a stable code, and when trying again makes sense.

The sentence that a person reads for each code is in `chatserver/wire/codes.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chatserver.domain.work import Work


class Code(StrEnum):
    BAD_PAYLOAD = "bad_payload"
    UNKNOWN_EVENT = "unknown_event"
    UNKNOWN_ROOM = "unknown_room"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    FULL = "full"
    LOCKED = "locked"
    FROZEN = "frozen"
    WORK_NEEDED = "work_needed"
    KNOCK_LATER = "knock_later"
    INVITE_NEEDED = "invite_needed"
    KEY_NEEDED = "key_needed"
    BAD_KEY = "bad_key"
    KEY_USED = "key_used"
    LINK_IN_USE = "link_in_use"
    SEAT_GONE = "seat_gone"
    REMOVED = "removed"
    NOT_JOINED = "not_joined"
    ALREADY_JOINED = "already_joined"
    WAITING = "waiting"
    LISTENING = "listening"
    MUTED = "muted"
    SLOW = "slow"
    NOT_YOUR_TURN = "not_your_turn"
    SILENCE = "silence"
    NO_TURNS = "no_turns"
    NO_SUCH_SEGMENT = "no_such_segment"
    CANNOT_SPEAK = "cannot_speak"
    POLL_RUNNING = "poll_running"
    NO_SUCH_POLL = "no_such_poll"
    VOTED = "voted"
    TOO_FAST = "too_fast"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    BAD_TEXT = "bad_text"
    FIRST_MESSAGE = "first_message"
    REPEATED = "repeated"
    WALL = "wall"
    BAD_NAME = "bad_name"
    NAME_TAKEN = "name_taken"
    NAME_RESERVED = "name_reserved"
    NOT_ALLOWED = "not_allowed"
    NO_SUCH_SEAT = "no_such_seat"
    NO_SUCH_MESSAGE = "no_such_message"
    NOT_YOURS = "not_yours"
    BAD_PROOF = "bad_proof"
    NO_SUCH_CALL = "no_such_call"
    NO_SUCH_REPORT = "no_such_report"
    TAKEN = "taken"
    NEXT_MEETING = "next_meeting"
    LED = "led"
    HELD = "held"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing has changed. `retry_after_ms` only where the same request can succeed later; `work`: where it can once that is done."""

    code: Code
    retry_after_ms: int | None = None
    work: Work | None = None
