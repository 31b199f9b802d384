"""No event is ever left without an answer: one object, with a code of the table where it is a refusal. Whatever comes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from chatserver.domain.refusals import Code, Refused
from chatserver.wire.packets import MAX_FRAME, RESERVED_EVENTS, PacketFault, packet_of
from chatserver.wire.schemas import EVENTS, read
from tests.transport.conftest import House
from tests.transport.raw import Raw, connected

several = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

texts = st.text(st.characters(), max_size=40)  # lone surrogates and control characters included
numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
junk = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
fields = sorted({name for schema in EVENTS.values() for name in schema.model_fields})
junk_object = st.dictionaries(st.sampled_from(fields), junk, min_size=1, max_size=4)
known_names = st.sampled_from(sorted(EVENTS))
unknown_names = (texts | st.sampled_from(["hand", "done", "pass", "floor", "agenda", "event", "move", "message", "__init__"])).filter(
    lambda name: name not in EVENTS and name not in RESERVED_EVENTS
)


def packet(ack: int, name: str, arguments: list[Any]) -> str:
    """As text of JSON; a lone surrogate can only come as an escape."""
    return f"42{ack}{json.dumps([name, *arguments])}"


def goes_through(text: str) -> bool:
    try:
        packet_of(text, joined=True)
    except PacketFault:
        return False
    return len(text) <= MAX_FRAME


def is_answer(answer: dict[str, Any]) -> None:
    if answer["ok"] is True:
        return
    assert answer["ok"] is False
    assert Code(answer["code"])
    assert answer["message"].endswith(".")
    assert set(answer) <= {"ok", "code", "message", "retry_after_ms"}
    assert isinstance(answer.get("retry_after_ms", 1), int)


class Parties:
    """One who sends junk, in a room or not yet, and one who must not hear of it. Opened once for all examples of a test."""

    sender: Raw
    other: Raw
    count = 0

    async def open(self, house: House, **more: Any) -> Parties:
        self.sender, self.other = await connected(house.url), await connected(house.url)
        if more:
            await self.sender.join(**more)
        await self.other.join()
        return self

    async def ask(self, text: str) -> dict[str, Any]:
        self.sender.text(text)
        before = len(self.sender.packets)
        answer = await self.sender.answer(self.count)
        got = [p for p in self.sender.packets[before:] if p.startswith("43")]
        assert len(got) == 1, got
        return answer

    async def unheard(self) -> None:
        """The other one has got nothing but what it asked for itself."""
        before = len(self.other.packets)
        await self.other.ask("unheard of")
        assert [p for p in self.other.packets[before:] if p.startswith("42")] == []


@pytest.fixture
async def parties(house: House) -> Parties:
    return await Parties().open(house, key=await house.key("facilitator"))


@pytest.fixture
async def outside(house: House) -> Parties:
    return await Parties().open(house)


async def refuse(parties: Parties, name: str, arguments: list[Any]) -> None:
    parties.count += 1
    text = packet(parties.count, name, arguments)
    assume(goes_through(text) and isinstance(read(name, tuple(arguments)), Refused))
    answer = await parties.ask(text)
    is_answer(answer)
    assert answer["ok"] is False
    await parties.unheard()


@several
@given(name=known_names, arguments=st.lists(junk | junk_object, max_size=3))
@example(name="send", arguments=[{"id": "m1", "text": "\ud800"}])
@example(name="send", arguments=[{"\ud800": "\udfff"}])
@example(name="remove", arguments=[{"seat": "x", "reason": "\udc00"}])
@example(name="join", arguments=[{"room": "room", "key": "\ud800"}])
@example(name="join", arguments=[{"room": "room", "seq": 2**60}])
@example(name="join", arguments=[{"room": "room", "seq": True}])
@example(name="join", arguments=[{"room": "room", "role": "owner"}])
@example(name="close", arguments=[{}, {}])
@example(name="close", arguments=[None])
async def test_junk_in_a_room_is_refused_and_nobody_hears_of_it(parties: Parties, name: str, arguments: list[Any]) -> None:
    await refuse(parties, name, arguments)


@several
@given(name=unknown_names, arguments=st.lists(junk, max_size=3))
@example(name="", arguments=[])
@example(name="\ud800", arguments=[])
async def test_an_unknown_event_is_answered(parties: Parties, name: str, arguments: list[Any]) -> None:
    parties.count += 1
    text = packet(parties.count, name, arguments)
    assume(goes_through(text))
    assert (await parties.ask(text))["code"] == "unknown_event"
    await parties.unheard()


@several
@given(name=known_names, arguments=st.lists(junk | junk_object, max_size=1))
async def test_junk_before_joining_is_refused(outside: Parties, name: str, arguments: list[Any]) -> None:
    await refuse(outside, name, arguments)


def shaped(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Payloads with the right fields, whose values are of the right kind for some field of that name."""
    some = texts | st.sampled_from(["room", "m1", "someone.m1", "with_you", "moderator", "member", "listener", "knock", "x" * 3_000])
    value = some | st.booleans() | st.none() | st.integers(0, 5_000)
    schema = EVENTS[name].model_fields
    if not schema:
        return st.just({})
    return st.dictionaries(st.sampled_from(sorted(schema)), value, max_size=len(schema))


@several
@given(asked=known_names.filter(lambda n: n not in {"leave", "close"}).flatmap(lambda n: st.tuples(st.just(n), shaped(n))))
async def test_whatever_is_well_formed_is_answered(parties: Parties, asked: tuple[str, dict[str, Any]]) -> None:
    parties.count += 1
    text = packet(parties.count, asked[0], [asked[1]])
    assume(goes_through(text))
    is_answer(await parties.ask(text))


@pytest.mark.parametrize("name", sorted({*EVENTS, "hand", "done", "pass", "floor", "agenda", "nonsense"}))
async def test_every_event_is_answered_before_joining(house: House, name: str) -> None:
    raw = await connected(house.url)
    answer = await raw.ask(name)
    is_answer(answer)
    expected = {"door": "bad_payload", "join": "bad_payload", "open": "bad_payload", "leave": "not_joined", "close": "not_joined"}
    if name in expected or name not in EVENTS:
        assert answer["code"] == expected.get(name, "unknown_event")
    await raw.close()


async def test_a_handler_that_fails_answers_unavailable(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("the words of somebody")

    member = await house.member()
    monkeypatch.setitem(house.worker.service._handlers, "send", fail)
    assert await member.refused("send", {"id": "m1", "text": "x"}) == "unavailable"
    await member.taken("react", {"to": f"{member.seat}.m1", "kind": "hug"})
