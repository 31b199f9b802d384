"""Frames and packets that no client of this contract sends: the connection is closed with a code, no handler hears, nobody else notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from chatserver.wire.packets import MAX_DEPTH, MAX_FRAME
from tests.transport.conftest import House
from tests.transport.raw import BINARY, CONTINUATION, PING, TEXT, Raw, connected, frame, open_socket
from tests.waiting import until


@dataclass
class Heard:
    """What reached the engine."""

    asked: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)


@pytest.fixture
def heard(house: House, monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    service = house.worker.service
    ask = service.ask

    async def listen(connection: str, event: str, arguments: tuple[Any, ...]) -> Any:
        heard.asked.append((event, arguments))
        return await ask(connection, event, arguments)

    monkeypatch.setattr(service, "ask", listen)
    return heard


def send_event(text: str) -> str:
    return f'421["send",{{"id":"m1","text":{text}}}]'


def nested(containers: int) -> str:
    """An event of so many arrays and objects within each other, itself being the first."""
    inner = containers - 2
    return send_event("[" * inner + "1" + "]" * inner)


TEXT_PACKETS = {
    "NaN": (send_event("NaN"), 1007, "bad_number"),
    "Infinity": (send_event("Infinity"), 1007, "bad_number"),
    "minus Infinity": (send_event("-Infinity"), 1007, "bad_number"),
    "a number that overflows": (send_event("1e999"), 1007, "bad_number"),
    "a number of 5,000 digits": (send_event("9" * 5_000), 1007, "bad_json"),
    "nesting over 8": (nested(MAX_DEPTH + 1), 1008, "too_deep"),
    "nesting over 8 with nothing inside": (send_event("[" * 7 + "]" * 7), 1008, "too_deep"),
    "nesting of thousands": (send_event("[" * 8_000), 1008, "too_deep"),
    "nesting of thousands of objects": (send_event('{"a":' * 3_000), 1008, "too_deep"),
    "broken JSON": ('421["send",{]', 1007, "bad_json"),
    "two values": ('421["send"]["send"]', 1007, "bad_json"),
    "a raw control character in a string": (send_event('"a\nb"'), 1007, "bad_json"),
    "a raw NUL in a string": (send_event('"a\x00b"'), 1007, "bad_json"),
    "a control character for a packet": ("\x00", 1008, "bad_packet"),
    "an empty frame": ("", 1008, "bad_packet"),
    "an event without data": ("42", 1008, "bad_packet"),
    "an event that is an object": ('421{"send":1}', 1008, "bad_packet"),
    "an event that is text": ('421"send"', 1008, "bad_packet"),
    "an event without a name": ("421[]", 1008, "bad_packet"),
    "an event whose name is a number": ("421[1]", 1008, "bad_packet"),
    "an event whose name is null": ("421[null]", 1008, "bad_packet"),
    "an event of another namespace": ('42/admin,1["leave"]', 1008, "bad_packet"),
    "an event of a namespace with a query": ('42/?a=1,1["leave"]', 1008, "bad_packet"),
    "an acknowledgement number of 17 digits": ('4212345678901234567["leave"]', 1007, "bad_json"),
    "an acknowledgement number in other digits": ('42٣["leave"]', 1007, "bad_json"),
    "a connect with a query": ("40/?x=1,", 1008, "bad_packet"),
    "a negative acknowledgement number": ('42-1["leave"]', 1007, "bad_json"),
    "a Socket.IO packet of an unknown type": ("47", 1008, "bad_packet"),
    "a Socket.IO packet without a type": ("4", 1008, "bad_packet"),
    "a connect error": ('44{"message":"x"}', 1008, "bad_packet"),
    "an acknowledgement of nothing": ("431[]", 1008, "bad_packet"),
    "a second connect": ("40", 1008, "bad_packet"),
    "a second connect with data": ('40{"token":"x"}', 1008, "bad_packet"),
    "a disconnect with data": ('41{"x":1}', 1008, "bad_packet"),
    "an Engine.IO open": ("0{}", 1008, "bad_packet"),
    "an Engine.IO ping": ("2probe", 1008, "bad_packet"),
    "an Engine.IO pong with data": ("3probe", 1008, "bad_packet"),
    "an Engine.IO upgrade": ("5", 1008, "bad_packet"),
    "an Engine.IO noop": ("6", 1008, "bad_packet"),
    "an Engine.IO type that there is not": ("7", 1008, "bad_packet"),
    "base64 of long polling": ("bAAAA", 1008, "bad_packet"),
    "a binary event": ('451-["send",{"_placeholder":true,"num":0}]', 1003, "binary"),
    "a binary event without attachments": ('45["send"]', 1003, "binary"),
    "a binary acknowledgement": ("461-1[]", 1003, "binary"),
    "attachments of a plain event": ('421-["send"]', 1003, "binary"),
    **{
        f"an event named {name}": (f'421["{name}",{{}}]', 1008, "reserved_event")
        for name in ("connect", "disconnect", "connect_error", "disconnecting", "error", "newListener", "removeListener", "*")
    },
}

FRAMES = {
    "a binary frame": (frame(BINARY, b"hello"), 1003, "binary"),
    "an empty binary frame": (frame(BINARY, b""), 1003, "binary"),
    "bad UTF-8": (frame(TEXT, b'421["send",{"id":"m1","text":"\xff\xfe"}]'), 1007, "bad_json"),
    "half a surrogate pair in UTF-8": (frame(TEXT, b'421["send",{"id":"m1","text":"\xed\xa0\x80"}]'), 1007, "bad_json"),
    "a frame over 16 KiB": (frame(TEXT, send_event('"' + "x" * MAX_FRAME + '"').encode()), 1009, "too_big"),
    "the head of a frame of 2 to the 62": (b"\x81\xff" + (1 << 62).to_bytes(8, "big") + bytes(4), 1009, "too_big"),
    "fragments of 20 KiB together": (
        frame(TEXT, b'421["send"', fin=False) + frame(CONTINUATION, b" " * 10_000, fin=False) * 2,
        1009,
        "too_big",
    ),
    "fragments that are bad together": (frame(TEXT, b'421["se', fin=False) + frame(CONTINUATION, b'nd",NaN]'), 1007, "bad_number"),
    "a continuation of nothing": (frame(CONTINUATION, b"x"), 1002, "bad_frame"),
    "a new message within another": (frame(TEXT, b"42", fin=False) + frame(TEXT, b"42"), 1002, "bad_frame"),
    "an opcode that there is not": (frame(0x3, b"x"), 1002, "bad_frame"),
    "a compressed frame, which was not negotiated": (frame(TEXT, b"x", reserved=0b100), 1002, "bad_frame"),
    "a frame that is not masked": (frame(TEXT, b"3", masked=False), 1002, "bad_frame"),
    "a ping over 125 bytes": (frame(PING, b"x" * 126), 1002, "bad_frame"),
}

ALL_FRAMES = {name: (frame(TEXT, text.encode()), code, reason) for name, (text, code, reason) in TEXT_PACKETS.items()} | FRAMES


@pytest.mark.parametrize("name", ALL_FRAMES)
async def test_it_closes_that_connection_alone_and_reaches_no_handler(house: House, heard: Heard, name: str) -> None:
    data, code, reason = ALL_FRAMES[name]
    other = await house.member()
    bad = await connected(house.url)
    await bad.join()
    before = list(heard.asked)
    # What comes in the same breath is not heard either.
    bad.put(data + frame(TEXT, send_event('"behind it"').encode()))
    assert await bad.closed(seconds=1.0) == (code, reason)
    assert heard.asked == before
    await other.taken("send", {"id": "m1", "text": "I go on"})
    await other.event("message", lambda e: e["text"] == "I go on")
    assert other.texts() == ["I go on"]
    assert not other.disconnected.is_set()
    await bad.close()


BEFORE_CONNECT = {
    "an event": '421["leave"]',
    "a disconnect": "41",
    "a connect with a query": "40/?x=1,",
    "an event of another namespace": '42/x,1["leave"]',
}


@pytest.mark.parametrize("name", BEFORE_CONNECT)
async def test_nothing_is_taken_before_the_namespace_is_joined(house: House, heard: Heard, name: str) -> None:
    raw = await open_socket(house.url)
    await raw.until("0{")
    raw.text(BEFORE_CONNECT[name])
    assert await raw.closed(seconds=1.0) == (1008, "bad_packet")
    assert heard.asked == []
    await raw.close()


async def test_a_packet_at_every_limit_is_taken(house: House) -> None:
    raw = await connected(house.url)
    start, end = '421["door",{"room":"room","key":"', '"}]'
    raw.text(start + "x" * (MAX_FRAME - len(start) - len(end)) + end)
    assert (await raw.answer(1))["code"] == "bad_payload"
    raw.text(nested(MAX_DEPTH))
    assert (await raw.answer(1))["code"] == "bad_payload"
    raw.text('421234567890123456["leave"]')
    assert (await raw.answer(1234567890123456))["code"] == "not_joined"
    raw.put(frame(TEXT, b'427["le', fin=False) + frame(PING, b"between") + frame(CONTINUATION, b'ave"]'))
    assert (await raw.answer(7))["code"] == "not_joined"
    await raw.close()


async def test_two_thousand_characters_of_four_bytes_fit_a_frame(house: House) -> None:
    raw = await connected(house.url)
    await raw.join()
    answer = await raw.ask("send", {"id": "m1", "text": "𝄞" * 2_000})
    assert answer["ok"], answer
    await raw.close()


async def test_another_namespace_is_refused_and_is_no_joining(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatserver.transport.heartbeat.JOIN_SECONDS", 0.1)
    raw = await open_socket(house.url)
    raw.text("40/admin,")
    await raw.until("44/admin,")
    assert await raw.closed(seconds=1.0) == (1008, "no_join")
    await raw.close()


@pytest.mark.parametrize("says", ["", "3", "40/x,"])
async def test_who_does_not_join_the_namespace_is_closed_in_time(house: House, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    monkeypatch.setattr("chatserver.transport.heartbeat.JOIN_SECONDS", 0.1)
    raw = await open_socket(house.url)
    if says:
        raw.text(says)
    assert await raw.closed(seconds=1.0) == (1008, "no_join")
    await raw.close()


async def test_who_has_joined_in_time_stays(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatserver.transport.heartbeat.JOIN_SECONDS", 0.1)
    raw = await connected(house.url)
    late = await open_socket(house.url)  # closed later than the first one would have been
    await late.closed(seconds=1.0)
    assert (await raw.ask("leave"))["code"] == "not_joined"
    await raw.close()
    await late.close()


@pytest.mark.parametrize("farewell", ["41", "1"])
async def test_who_says_goodbye_is_let_go(house: House, monkeypatch: pytest.MonkeyPatch, farewell: str) -> None:
    """And does not sit there with a connection that is in nothing."""
    monkeypatch.setattr("chatserver.transport.connection.CLOSE_SECONDS", 0.2)
    other, raw = await house.member(), await connected(house.url)
    seat = (await raw.join())["you"]["seat"]
    raw.text(farewell)
    code, _ = await raw.closed(seconds=1.0)
    assert code == 1000
    raw.text("40")
    await raw.ended(seconds=3.0)
    await (await house.connect()).join("room")
    assert seat not in [s["seat"] for e in other.events if e["type"] == "presence" for s in e["left"]], "the seat is kept for a while"


async def test_nothing_is_left_of_connections_that_broke_the_rules(house: House) -> None:
    said = [[], ["1", "40"], ["40", "41", "40"], ["40", "1"], ["40", "40"], ["40/x,", "1"], ["40", "42[1]"], ["1", "42[1]"]]
    raws = []
    for packets in said:
        raw = await open_socket(house.url)
        raws.append(raw)
        await raw.until("0{")
        for packet in packets:
            raw.text(packet)
    sockets = house.worker._sockets
    for raw in raws:
        await raw.close()
    await until(lambda: not sockets._opened, "connections that do not end")
    assert len(house.worker.service.connections) == 0
    assert sockets._fanout._connections == {}
    assert not any(sockets._heartbeat._wheel)


async def test_compression_is_never_negotiated(house: House) -> None:
    offers = "permessage-deflate; client_max_window_bits, permessage-deflate"
    raw = await open_socket(house.url, {"Sec-WebSocket-Extensions": offers})
    assert "sec-websocket-extensions" not in raw.response.headers
    await raw.connect()
    await raw.join()
    await raw.ask("send", {"id": "m1", "text": "a" * 2_000})  # `Raw` fails on a frame with a reserved bit
    assert any('"text":"aaa' in packet for packet in raw.packets)
    await raw.close()


async def test_events_of_one_connection_are_handled_in_order(house: House) -> None:
    raw, other = await connected(house.url), await house.member()
    await raw.join()
    raw.put(b"".join(frame(TEXT, f'42{n}["send",{{"id":"m{n}","text":"{n}"}}]'.encode()) for n in range(100)))
    await raw.answer(99)
    order = [_told(packet) for packet in raw.packets if '"message"' in packet or packet.startswith("43")]
    # Each event before its acknowledgement, and both in the order in which they were asked for.
    assert [n for kind, n in order if kind == "ack"] == [9_999, *range(100)]
    assert [n for kind, n in order if kind == "event"] == list(range(100))
    assert all(order.index(("event", n)) < order.index(("ack", n)) for n in range(100))
    await other.event("message", lambda e: e["text"] == "99")
    assert other.texts() == [str(n) for n in range(100)]
    await raw.close()


def _told(packet: str) -> tuple[str, int]:
    if packet.startswith("43"):
        return "ack", int(packet[2 : packet.index("[")])
    return "event", int(packet.split('"text":"')[1].split('"')[0])


async def test_order_holds_between_kinds_of_events(house: House) -> None:
    """What takes longer does not overtake, and is not overtaken."""
    raw: Raw = await connected(house.url)
    events = [
        ("door", {"room": "room"}),
        ("join", {"room": "room"}),
        ("send", {"id": "m", "text": "x"}),
        ("leave", None),
        ("nonsense", None),
    ]
    for n, (name, payload) in enumerate(events):
        raw.event(name, payload, ack=n)
    await raw.answer(len(events) - 1)
    assert [p[2] for p in raw.packets if p.startswith("43")] == ["0", "1", "2", "3", "4"]
    await raw.close()
