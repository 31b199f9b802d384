"""Payloads of client events: strict, so that nothing half understood happens."""

from __future__ import annotations

from typing import Any

import pytest

from chatserver.domain.refusals import Code, Refused
from chatserver.wire.schemas import EVENTS, Mute, Nothing, Payload, read

# For every event: payloads that are taken, the smallest first.
TAKEN: dict[str, list[dict[str, Any]]] = {
    "door": [{"room": "evening"}, {"room": "evening", "key": "k"}],
    "join": [
        {"room": "evening"},
        {"room": "evening", "name": "Ann", "role": "listener", "key": "k", "knock": True},
        {"room": "evening", "work": {"salt": "s", "numbers": [7, 0]}},
        {"room": "evening", "seat_token": "t", "epoch": "b7c1.1", "seq": 41},
    ],
    "leave": [{}],
    "send": [{"id": "m-1_A", "text": "hello"}, {"id": "m1", "text": "🌊" * 2_000, "reply_to": "ann.m1", "warning": "relapse"}],
    "milestone": [{"id": "m1", "kind": "again"}, {"id": "m1", "kind": "days", "count": 30}],
    "react": [{"to": "ann.m1", "kind": "hug"}],
    "retract": [{"id": "ann.m1"}],
    "report": [{"id": "ann.m1"}, {"id": "ann.m1", "reason": "unkind", "text": "words", "proof": "0" * 32}],
    "question": [{"text": "May I?"}],
    "help": [{}, {"text": "please"}, {"text": None}],
    "help_say": [{"call": "k3v9", "text": "thank you"}, {"call": "k3v9", "text": "thank you", "id": "m1"}],
    "help_take": [{"call": "k3v9"}, {"call": "k3v9", "take": False}],
    "help_close": [{"call": "k3v9"}],
    "host_say": [{"id": "m1", "text": "Who takes the door?"}],
    "lobby_say": [{"id": "m1", "text": "I was here last week"}, {"id": "m1", "text": "Hello, who are you?", "seat": "k3v9"}],
    "report_take": [{"report": "k3v9"}, {"report": "k3v9", "take": False}],
    "report_close": [{"report": "k3v9", "outcome": "acted"}, {"report": "k3v9", "outcome": "no_action"}],
    "mute": [{"seat": "k3v9-_A"}, {"seat": "k3v9", "seconds": 86_400}],
    "unmute": [{"seat": "k3v9"}],
    "remove": [{"seat": "k3v9"}, {"seat": "k3v9", "ban": True, "retract": False, "reason": "rest"}],
    "rename": [{"seat": "k3v9", "name": "Quiet River"}],
    "warn": [{"seat": "k3v9", "text": "Please speak from “I”."}],
    "to_listener": [{"seat": "k3v9"}, {"seat": "k3v9", "word": "You are welcome to read."}],
    "to_member": [{"seat": "k3v9"}],
    "appoint": [{"seat": "k3v9", "role": "moderator"}, {"seat": "k3v9", "role": "member"}],
    "appoint_hat": [{"seat": "k3v9", "hat": "greeter", "on": True}, {"seat": "k3v9", "hat": "successor", "on": False}],
    "step_in": [{}],
    "lock": [{"on": True}],
    "freeze": [{"on": False}],
    "lobby": [{"on": True}],
    "first_messages": [{"on": True}],
    "first_answer": [{"seat": "k3v9", "id": "m1", "let_through": True}, {"seat": "k3v9", "id": "m1", "let_through": False}],
    "sweep": [{"minutes": 1}, {"minutes": 30, "retract": True}, {"seats": ["k3v9", "r8s2"]}],
    "admit": [{"seat": "k3v9"}, {"all": True}, {"seats": ["k3v9", "r8s2"]}],
    "deny": [{"seat": "k3v9"}, {"all": True}, {"seats": ["k3v9", "r8s2"]}],
    "slow": [{"seconds": 0}, {"seconds": 3_600}],
    "hand": [{"up": True}, {"up": True, "kind": "question"}, {"up": False, "kind": "share"}],
    "done": [{}],
    "pass": [{}],
    "replies": [{"welcome": True}],
    "floor": [{"seat": "k3v9"}, {"seat": None}, {"extend_seconds": 60}],
    "sign": [{"sign": "soft"}, {"sign": "clear"}],
    "queue": [{"seat": "k3v9", "to": "first"}, {"seat": "k3v9", "to": "down"}],
    "agenda": [{"go": "next"}, {"go": 0}, {"extend_seconds": 3_600}, {"go": "back", "extend_seconds": 60}],
    "script": [{"index": 0}],
    "topic": [{"text": "Asking for help"}, {"text": None}],
    "prompts": [{}],
    "poll": [{"kind": "agree"}, {"kind": "choice", "question": "What next?", "options": ["Rest", "Go on"], "seconds": 60}],
    "vote": [{"poll": 1, "choice": 0}],
    "poll_close": [{"poll": 1}],
    "poll_clear": [{"poll": 1}],
    "open": [{"room": "evening", "key": "k"}],
    "extend": [{"minutes": 1}, {"minutes": 240}],
    "close": [{}],
}

SMALLEST = [(event, payloads[0]) for event, payloads in TAKEN.items()]
REQUIRED = [(event, payload, field) for event, payload in SMALLEST for field in payload]
FIELDS = [(event, {**payloads[0]}, field) for event, payloads in TAKEN.items() for field in EVENTS[event].model_fields]


def test_every_event_is_here() -> None:
    assert TAKEN.keys() == EVENTS.keys()


@pytest.mark.parametrize(("event", "payload"), [(event, p) for event, payloads in TAKEN.items() for p in payloads])
def test_what_the_contract_allows_is_taken(event: str, payload: dict[str, Any]) -> None:
    assert isinstance(read(event, (payload,)), Payload)


@pytest.mark.parametrize(("event", "payload"), SMALLEST)
def test_an_unknown_field_is_refused(event: str, payload: dict[str, Any]) -> None:
    for field in ("extra", "", "__class__", "Room", "seat_id", "half \ud83d"):
        assert read(event, ({**payload, field: 1},)) == Refused(Code.BAD_PAYLOAD)


@pytest.mark.parametrize(("event", "payload", "field"), REQUIRED)
def test_a_missing_field_is_refused(event: str, payload: dict[str, Any], field: str) -> None:
    assert read(event, ({k: v for k, v in payload.items() if k != field},)) == Refused(Code.BAD_PAYLOAD)


@pytest.mark.parametrize(("event", "payload", "field"), FIELDS)
@pytest.mark.parametrize("value", [0.5, 1.0, -1, 2**70, [], {}, ["x"], {"a": 1}, "", "no such", True], ids=repr)
def test_a_value_of_the_wrong_type_is_refused(event: str, payload: dict[str, Any], field: str, value: Any) -> None:
    given = read(event, ({**payload, field: value},))
    if isinstance(given, Payload):  # it is of the right type after all
        annotation = str(EVENTS[event].model_fields[field].annotation)
        assert type(value).__name__ in annotation or (value is True and "True" in annotation), annotation
    else:
        assert given == Refused(Code.BAD_PAYLOAD)


@pytest.mark.parametrize("arguments", [(None,), ([],), ("x",), (1,), (True,), ([{}],), ({}, {}), ({}, None)])
@pytest.mark.parametrize("event", EVENTS)
def test_a_payload_is_one_object(event: str, arguments: tuple[Any, ...]) -> None:
    assert read(event, arguments) == Refused(Code.BAD_PAYLOAD)


@pytest.mark.parametrize("event", ["leave", "close", "help"])
def test_no_payload_stands_for_an_empty_one(event: str) -> None:
    assert isinstance(read(event, ()), Payload)
    assert read("leave", ()) == Nothing()


@pytest.mark.parametrize("event", ["", "Send", "send ", "message", "__init__", "half \ud83d"])
def test_an_unknown_event_is_answered(event: str) -> None:
    assert read(event, ({},)) == Refused(Code.UNKNOWN_EVENT)


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("door", {"room": "x" * 129}),
        ("door", {"room": "evening", "key": "x" * 129}),
        ("join", {"room": "evening", "name": "x" * 201}),
        ("join", {"room": "evening", "seat_token": "x" * 129}),
        ("join", {"room": "evening", "seq": 2**53 + 1}),
        ("send", {"id": "x" * 65, "text": "hello"}),
        ("send", {"id": "m1", "text": "x" * 16_385}),
        ("react", {"to": "x" * 130, "kind": "hug"}),
        ("report", {"id": "ann.m1", "proof": "x" * 201}),
        ("mute", {"seat": "x" * 65}),
        ("mute", {"seat": "k3v9", "seconds": 86_401}),
        ("rename", {"seat": "k3v9", "name": "x" * 201}),
        ("slow", {"seconds": 3_601}),
    ],
)
def test_what_is_too_long_or_too_much_is_refused(event: str, payload: dict[str, Any]) -> None:
    assert read(event, (payload,)) == Refused(Code.BAD_PAYLOAD)


@pytest.mark.parametrize("seat", ["", "a b", "a.b", "a\n", "ä", "../x", "a\u0000"])
def test_a_seat_is_named_in_plain_characters(seat: str) -> None:
    assert read("unmute", ({"seat": seat},)) == Refused(Code.BAD_PAYLOAD)
    assert read("send", ({"id": seat, "text": "hello"},)) == Refused(Code.BAD_PAYLOAD)


@pytest.mark.parametrize(
    "payload",
    [
        *({}, {"all": False}, {"seat": None}, {"seat": None, "all": None}, {"seats": []}),
        *({"seat": "k3v9", "all": True}, {"seat": "k3v9", "seats": ["k3v9"]}, {"seats": ["k3v9"], "all": True}),
    ],
)
@pytest.mark.parametrize("event", ["admit", "deny"])
def test_admit_and_deny_take_one_seat_or_several_or_all(event: str, payload: dict[str, Any]) -> None:
    assert read(event, (payload,)) == Refused(Code.BAD_PAYLOAD)


@pytest.mark.parametrize(
    "payload", [{}, {"retract": True}, {"minutes": 5, "seats": ["k3v9"]}, {"minutes": None}, {"seats": []}, {"minutes": 31}]
)
def test_a_sweep_is_of_so_many_minutes_or_of_those_who_are_named(payload: dict[str, Any]) -> None:
    assert read("sweep", (payload,)) == Refused(Code.BAD_PAYLOAD)


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("send", {"id": "m1", "text": "half \ud83d"}),
        ("send", {"id": "m1", "text": "hello", "warning": "\udc00"}),
        ("help", {"text": "\ud83d"}),
        ("report", {"id": "ann.m1", "reason": "\ud83d"}),
    ],
)
def test_half_a_character_is_a_fault_of_the_text_not_of_the_page(event: str, payload: dict[str, Any]) -> None:
    assert read(event, (payload,)) == Refused(Code.BAD_TEXT)


@pytest.mark.parametrize(("event", "payload"), SMALLEST)
def test_half_a_character_anywhere_breaks_nothing(event: str, payload: dict[str, Any]) -> None:
    for field in EVENTS[event].model_fields:
        assert isinstance(read(event, ({**payload, field: "\ud83d"},)), Refused)


def test_a_mute_lasts_ten_minutes_unless_said_otherwise() -> None:
    assert read("mute", ({"seat": "k3v9"},)) == Mute(seat="k3v9", seconds=600)


@pytest.mark.parametrize("seconds", [0, -1, "600", 1.0, None])
def test_a_mute_has_an_end(seconds: Any) -> None:
    assert read("mute", ({"seat": "k3v9", "seconds": seconds},)) == Refused(Code.BAD_PAYLOAD)
