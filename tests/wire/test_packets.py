"""The strict packet layer: what no client of this contract sends closes its connection, with a code, before anything reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.wire.packets import MAX_DEPTH, RESERVED_EVENTS, Bare, Connect, Event, PacketFault, packet_of
from tests.domain.strategies import modest


def nested(levels: int, inside: str = "") -> str:
    """An event of which the payload makes `levels` levels of brackets, the event's own included."""
    return '42["send",' + "[" * (levels - 1) + inside + "]" * (levels - 1) + "]"


GOOD = [
    '42["send",{"id":"m1","text":"hello"}]',
    '420["send",{"id":"m1","text":"hello"}]',
    '429999999999999999["leave"]',
    '42/,7["leave",{}]',
    '42["leave"]',
    '42["send",{"text":"NaN Infinity -0 1e999"}]',
    '42["send",{"text":"\\ud83d"}]',  # a fault of the text, which its schema answers
    '42["send",{"n":1.5e10,"m":-3}]',
    '42["no such event",{}]',  # is answered
    '42["send",1,2,3]',  # likewise
    '42["",{}]',
    "41",
    "3",
    "1",
    nested(MAX_DEPTH),
    nested(MAX_DEPTH, "1"),
]

BAD = [
    (b"\x04binary", 1003, "binary"),
    (b"", 1003, "binary"),
    ('451-["send",{"_placeholder":true,"num":0}]', 1003, "binary"),
    ("461-7[]", 1003, "binary"),
    ('42999-["send",{}]', 1003, "binary"),
    ('420-["send",{}]', 1003, "binary"),
    ("", 1008, "bad_packet"),
    ("2", 1008, "bad_packet"),  # pings are the server's
    ("2probe", 1008, "bad_packet"),
    ("3probe", 1008, "bad_packet"),
    ("0{}", 1008, "bad_packet"),
    ("5", 1008, "bad_packet"),
    ("6", 1008, "bad_packet"),
    ("1x", 1008, "bad_packet"),
    ("9", 1008, "bad_packet"),
    ("x", 1008, "bad_packet"),
    ("٤2[]", 1008, "bad_packet"),
    ("4", 1008, "bad_packet"),
    ("47", 1008, "bad_packet"),
    ("4x", 1008, "bad_packet"),
    ("42", 1008, "bad_packet"),
    ("42{}", 1008, "bad_packet"),
    ("42[]", 1008, "bad_packet"),
    ("42[1]", 1008, "bad_packet"),
    ("42[null,{}]", 1008, "bad_packet"),
    ('42[["send"],{}]', 1008, "bad_packet"),
    ('42"send"', 1008, "bad_packet"),
    ("42null", 1008, "bad_packet"),
    ("437[]", 1008, "bad_packet"),  # nothing of the server's asks to be acknowledged
    ('44{"message":"x"}', 1008, "bad_packet"),
    ("40", 1008, "bad_packet"),  # joined already
    ("40/,", 1008, "bad_packet"),
    ("40/?x,", 1008, "bad_packet"),
    ("40/?x=1,{}", 1008, "bad_packet"),
    ("42/?x,[]", 1008, "bad_packet"),
    ('42/admin,["send",{}]', 1008, "bad_packet"),
    ("41/admin,", 1008, "bad_packet"),
    ("417", 1008, "bad_packet"),
    ("41[]", 1008, "bad_packet"),
    ("42[٣,{}]", 1007, "bad_json"),
    ('42٣["send",{}]', 1007, "bad_json"),
    ('42²["send",{}]', 1007, "bad_json"),
    ('4212345678901234567["send",{}]', 1007, "bad_json"),
    ('42["send",{}', 1007, "bad_json"),
    ('42["send",{}]]', 1007, "bad_json"),
    ("42['send']", 1007, "bad_json"),
    ('42["send",{"a":1,}]', 1007, "bad_json"),
    ('42["send",{"text":"a\nb"}]', 1007, "bad_json"),
    ('42["send",{"n":' + "9" * 5_000 + "}]", 1007, "bad_json"),
    ("42\ufeff[]", 1007, "bad_json"),
    ('42["send",{"n":NaN}]', 1007, "bad_number"),
    ('42["send",{"n":Infinity}]', 1007, "bad_number"),
    ('42["send",{"n":-Infinity}]', 1007, "bad_number"),
    ('42["send",{"n":1e999}]', 1007, "bad_number"),
    ('42["send",{"n":-1e999}]', 1007, "bad_number"),
    (nested(MAX_DEPTH + 1), 1008, "too_deep"),
    (nested(MAX_DEPTH + 1, "1"), 1008, "too_deep"),
    ('42["send",' + '{"a":' * MAX_DEPTH + "1" + "}" * MAX_DEPTH + "]", 1008, "too_deep"),
    (nested(8_000), 1008, "too_deep"),
    ('42["send",' + "[" * 16_000, 1008, "too_deep"),
]


@pytest.mark.parametrize("frame", GOOD)
def test_what_clients_send_passes(frame: str) -> None:
    assert isinstance(packet_of(frame, joined=True), Event | Bare)


def test_what_is_read() -> None:
    assert packet_of('42/,7["send",{"a":[1]},2]', joined=True) == Event("send", ({"a": [1]}, 2), 7)
    assert packet_of('42["leave"]', joined=True) == Event("leave", (), None)
    assert packet_of("3", joined=True) is Bare.PONG
    assert packet_of("1", joined=False) is Bare.GOODBYE
    assert packet_of("41", joined=True) is Bare.DISCONNECT


@pytest.mark.parametrize(("frame", "code", "reason"), BAD, ids=lambda v: repr(v)[:24])
def test_what_breaks_the_format_closes_the_connection(frame: str | bytes, code: int, reason: str) -> None:
    with pytest.raises(PacketFault) as fault:
        packet_of(frame, joined=True)
    assert (fault.value.code, fault.value.reason) in {(code, reason), *deep_or_broken(frame)}


def deep_or_broken(frame: str | bytes) -> set[tuple[int, str]]:
    """Brackets that never close are both; which is noticed first is the JSON reader's."""
    return {(1007, "bad_json")} if isinstance(frame, str) and frame.count("[") > frame.count("]") + 9 else set()


@pytest.mark.parametrize("event", sorted(RESERVED_EVENTS))
def test_reserved_event_names_close_the_connection(event: str) -> None:
    with pytest.raises(PacketFault, match="reserved_event") as fault:
        packet_of(f'42["{event}",{{}}]', joined=True)
    assert fault.value.code == 1008


def test_the_names_that_the_library_uses_itself_are_reserved() -> None:
    assert {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"} <= RESERVED_EVENTS


@pytest.mark.parametrize("frame", ["40", "40{}", "40/,", '40{"token":"x"}'])
def test_the_namespace_is_joined_once(frame: str) -> None:
    assert packet_of(frame, joined=False) == Connect("/")
    with pytest.raises(PacketFault, match="bad_packet"):
        packet_of(frame, joined=True)


@pytest.mark.parametrize("frame", ["40/?x,", "40/?,{}", "40/admin?/,", "40[]", "407", "40x", '40"a"'])
def test_the_namespace_is_joined_in_one_way(frame: str) -> None:
    """python-socketio cuts a query off the namespace: by `/?x` somebody would be in unnoticed, or twice."""
    with pytest.raises(PacketFault):
        packet_of(frame, joined=False)


def test_another_namespace_is_not_this_one() -> None:
    assert packet_of("40/admin,", joined=False) == Connect("/admin")


@pytest.mark.parametrize("frame", ['42["send",{}]', "41", '42["join",{"room":"evening"}]'])
def test_nothing_is_heard_before_the_namespace_is_joined(frame: str) -> None:
    with pytest.raises(PacketFault, match="bad_packet"):
        packet_of(frame, joined=False)


@modest
@given(st.one_of(st.text(max_size=60), st.text('0123456789[]{}",:-/?.eENnaIif\\u \x00', max_size=60).map(lambda t: "4" + t)), st.booleans())
def test_whatever_comes_is_passed_or_closed_and_breaks_nothing(frame: str, connected: bool) -> None:
    assert verdict(frame, connected) in {
        "passed",
        (1003, "binary"),
        (1007, "bad_json"),
        (1007, "bad_number"),
        (1008, "bad_packet"),
        (1008, "reserved_event"),
        (1008, "too_deep"),
    }


def verdict(frame: str, connected: bool) -> tuple[int, str] | str:
    try:
        packet_of(frame, connected)
    except PacketFault as fault:
        return fault.code, fault.reason
    return "passed"
