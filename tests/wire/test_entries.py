"""What is read back from the backplane is checked as if a stranger had written it."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain import commands as c
from chatserver.domain.agenda import Agenda, Floor
from chatserver.domain.poll import Poll, PollKind
from chatserver.domain.state import AGENDA, CORE, FLOOR, NAME, POLL, SEAT, Core, Seat
from chatserver.wire.entries import MAX_ENTRY, BadEntry, pack, unpack
from tests.domain.rooms import after, circle, entries_of
from tests.domain.strategies import modest

ROOM = after(circle(), "mo", c.OpenPoll(PollKind.CHOICE, "What next?", ("Rest", "Go on"), 60))
CORE_DATA: dict[str, Any] = msgpack.unpackb(pack(ROOM.core))
SEAT_DATA: dict[str, Any] = msgpack.unpackb(pack(ROOM.seats["mia"]))
KINDS: dict[str, type[Any]] = {CORE: Core, AGENDA: Agenda, FLOOR: Floor, POLL: Poll, "seat/mia": Seat}
FIELDS = [(key, f.name) for key, kind in KINDS.items() for f in dataclasses.fields(kind)]
DATA = {key: msgpack.unpackb(pack(entry)) for key, entry in entries_of(ROOM).items() if key in KINDS}


@pytest.mark.parametrize(("key", "entry"), entries_of(ROOM).items())
def test_every_entry_comes_back_as_it_went(key: str, entry: Any) -> None:
    back = unpack(key, pack(entry))
    assert back == entry
    assert type(back) is type(entry)
    assert pack(back) == pack(entry)


def test_an_entry_holds_each_field_once_and_no_other() -> None:
    assert CORE_DATA.keys() == {f.name for f in dataclasses.fields(Core)}
    assert SEAT_DATA.keys() == {f.name for f in dataclasses.fields(Seat)}


@pytest.mark.parametrize(
    "data", [b"", b"\xc1", b"\x81", b"\xc0", b"\x01", b"\xa1x", b"\x90", b"\x80", b"garbage", b"\xdf\xff\xff\xff\xff", b"\x91" * 5_000]
)
@pytest.mark.parametrize("key", KINDS)
def test_garbage_is_a_bad_entry(key: str, data: bytes) -> None:
    with pytest.raises(BadEntry):
        unpack(key, data)


@pytest.mark.parametrize("value", [None, 1, b"ann", ["ann"], {"a": "ann"}, True])
def test_a_name_belongs_to_a_seat(value: Any) -> None:
    with pytest.raises(BadEntry):
        unpack("name/anna", msgpack.packb(value))


@pytest.mark.parametrize("key", ["", "other", "cores", "Seat/mia", "seat", "name"])
def test_an_unknown_key_is_a_bad_entry(key: str) -> None:
    with pytest.raises(BadEntry):
        unpack(key, pack("mia"))


@pytest.mark.parametrize(("key", "field"), FIELDS)
@pytest.mark.parametrize("value", [3.5, ["x", 1], {"x": 1}, b"\xff", "no such", -(2**40), True, None], ids=repr)
def test_a_field_of_another_type_is_a_bad_entry(key: str, field: str, value: Any) -> None:
    known = type(DATA[key][field])
    nullable: dict[str, type] = {"away_since": int, "muted_until": int, "tag": int, "admitted_seq": int, "role_seq": int}
    nullable |= {"starts_at": int, "held_until": int, "overtime_until": int, "wave_at": int}
    nullable |= {"seat": str, "ends_at": int} if key in (FLOOR, POLL) else {}
    fits = type(value) is known or (field in nullable and type(value) in (nullable[field], type(None)))
    of_a_table = {"role", "standing", "hats", "stands_in", "sign", "kind", "result"}
    looked_into = {"id", "bans", "removed", "guidelines", "speed", *of_a_table}
    if fits and value != ["x", 1] and (value is None or field not in looked_into):
        assert unpack(key, msgpack.packb({**DATA[key], field: value}))
        return
    with pytest.raises(BadEntry):
        unpack(key, msgpack.packb({**DATA[key], field: value}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("guidelines", [1]),
        ("guidelines", "Speak"),
        ("bans", [[1, "soon"]]),
        ("bans", [["x", 1]]),
        ("bans", [[1]]),
        ("bans", [[1, 2, 3]]),
        ("bans", [[[], 1]]),
        ("bans", [1]),
        ("bans", [[1, True]]),
        ("removed", ["token"]),
        ("removed", [[]]),
        ("removed", b"token"),
    ],
)
def test_what_is_inside_a_field_is_looked_at_too(field: str, value: Any) -> None:
    with pytest.raises(BadEntry):
        unpack(CORE, msgpack.packb({**CORE_DATA, field: value}))


@pytest.mark.parametrize("key", DATA)
def test_an_unknown_field_is_a_bad_entry(key: str) -> None:
    for field in ("extra", "", b"id", 1):
        more: dict[Any, Any] = {**DATA[key], field: 1}
        with pytest.raises(BadEntry):
            unpack(key, msgpack.packb(more))


@pytest.mark.parametrize(
    ("key", "field"), [(CORE, "slug"), (CORE, "bans"), (CORE, "proof_key"), ("seat/mia", "id"), ("seat/mia", "role"), ("seat/mia", "token")]
)
def test_a_missing_field_is_a_bad_entry(key: str, field: str) -> None:
    with pytest.raises(BadEntry):
        unpack(key, msgpack.packb({k: v for k, v in DATA[key].items() if k != field}))


def test_a_seat_stands_under_its_own_key() -> None:
    with pytest.raises(BadEntry):
        unpack("seat/ann", pack(ROOM.seats["mia"]))


@pytest.mark.parametrize("speed", [0, -1, 601])
def test_no_meeting_stands_still_or_runs_faster_than_a_rehearsal_may(speed: int) -> None:
    with pytest.raises(BadEntry):
        unpack(AGENDA, msgpack.packb({**DATA[AGENDA], "speed": speed}))


def test_an_entry_over_the_limit_is_not_even_read() -> None:
    with pytest.raises(BadEntry):
        unpack("name/anna", msgpack.packb("x" * MAX_ENTRY))


def test_a_bad_entry_tells_the_kind_and_no_name() -> None:
    """What is logged of it must not hold who it was about."""
    with pytest.raises(BadEntry) as bad:
        unpack(NAME + "canary", b"\xc1")
    assert str(bad.value) == "name"
    with pytest.raises(BadEntry) as bad:
        unpack(SEAT + "canary", b"\xc1")
    assert str(bad.value) == "seat"


@modest
@given(st.sampled_from([CORE, "seat/mia", "name/x", "x"]), st.binary(max_size=80))
def test_no_bytes_do_more_harm_than_that(key: str, data: bytes) -> None:
    harmless(key, data)


@modest
@given(st.sampled_from(list(DATA)), st.integers(0, 10_000), st.integers(1, 255))
def test_no_flipped_byte_does_more_harm_than_that(key: str, place: int, flip: int) -> None:
    data = bytearray(msgpack.packb(DATA[key]))
    data[place % len(data)] ^= flip
    harmless(key, bytes(data))


def harmless(key: str, data: bytes) -> None:
    try:
        entry = unpack(key, data)
    except BadEntry:
        return
    assert unpack(key, pack(entry)) == entry
