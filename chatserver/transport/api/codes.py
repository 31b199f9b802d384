"""The one table of what the API refuses: the code, the status of HTTP, and a sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from chatserver.domain.faults import Fault
from chatserver.domain.refusals import Code as Refusal
from chatserver.wire.codes import CODES as OF_ROOMS


class Code(StrEnum):
    FAULTY = "faulty"
    BAD_JSON = "bad_json"
    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    BAD_KEY = "bad_key"
    KEY_IN_ADDRESS = "key_in_address"
    NOT_FACILITATOR = "not_facilitator"
    COUNTED_KEY = "counted_key"
    OTHER_GROUP = "other_group"
    OTHER_MEETING = "other_meeting"
    NOT_FOUND = "not_found"
    WRONG_METHOD = "wrong_method"
    ALREADY_THERE = "already_there"
    STILL_OPEN = "still_open"
    NOT_OPEN = "not_open"
    NEXT_MEETING = "next_meeting"
    TOO_MANY = "too_many"
    TOO_FAST = "too_fast"
    UNAVAILABLE = "unavailable"
    BROKEN = "broken"


class Meaning(NamedTuple):
    status: int
    sentence: str


CODES: dict[Code, Meaning] = {
    Code.FAULTY: Meaning(422, "Something in this request is not right, and nothing was changed. See the faults."),
    Code.BAD_JSON: Meaning(400, "The body cannot be read as JSON. Send one object, in UTF-8."),
    Code.NOT_JSON: Meaning(415, "The body has another type. Send JSON, with the header “Content-Type: application/json”."),
    Code.TOO_LARGE: Meaning(413, "The body is too large. Send at most 64 KiB."),
    Code.BAD_KEY: Meaning(401, "This needs a facilitator's key that works, in the header “Authorization: Bearer KEY”."),
    Code.KEY_IN_ADDRESS: Meaning(
        400,
        "A key stands in the address of this request, and addresses end up in logs and histories. Replace that key by a new one (rotate), "
        "and send the new one in the header “Authorization: Bearer KEY”.",
    ),
    Code.NOT_FACILITATOR: Meaning(403, "This key is for coming in, not for editing. Use a facilitator's key."),
    Code.COUNTED_KEY: Meaning(403, "This key may be used a counted number of times at the door. Use a facilitator's key without a count."),
    Code.OTHER_GROUP: Meaning(403, "This key is not for what this address names. Check the group in the address."),
    Code.OTHER_MEETING: Meaning(403, "This key is for one meeting only. For this, use a key of the whole group."),
    Code.NOT_FOUND: Meaning(404, "There is nothing at this address. Check it, or read the group to see what there is."),
    Code.WRONG_METHOD: Meaning(405, "This address does not take that method. The header “Allow” has those that it takes."),
    Code.ALREADY_THERE: Meaning(409, "This name in addresses is in use already. Choose another."),
    Code.STILL_OPEN: Meaning(409, "The room is open. Close it first, or wait until the meeting is over."),
    Code.NOT_OPEN: Meaning(409, "The room is not open. Open it first."),
    Code.NEXT_MEETING: Meaning(409, OF_ROOMS[Refusal.NEXT_MEETING].sentence),
    Code.TOO_MANY: Meaning(409, "There is no place for one more. Remove one first."),
    Code.TOO_FAST: Meaning(429, "That was a little fast. Try again in a moment."),
    Code.UNAVAILABLE: Meaning(503, "The server cannot do this right now. Try again in a moment."),
    Code.BROKEN: Meaning(500, "Something is wrong with this server. Try again, and tell its operator if it stays so."),
}


class Refused(Exception):
    """The answer is a refusal, and nothing has changed."""

    def __init__(
        self,
        code: Code,
        *,
        faults: Sequence[Fault] = (),
        sentence: str = "",
        retry_after_ms: int | None = None,
        allowed: str = "",
    ) -> None:
        """`sentence`: one that says more than the table's. `allowed`: the methods, of `WRONG_METHOD`."""
        super().__init__(code)
        self.code = code
        self.faults = tuple(faults)
        self.sentence = sentence or CODES[code].sentence
        self.retry_after_ms = retry_after_ms
        self.allowed = allowed
