"""Whatever bytes come, and however the network cuts them: what comes out is what RFC 6455 says, once, and nothing is raised."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chatserver.wire.packets import MAX_FRAME
from tests.transport.raw import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, frame
from tests.transport.rfc6455 import CLOSE_CODES, NOTHING, OPEN, Expected, expected
from tests.transport.wired import SID, Seen, seen

JOIN = frame(TEXT, b"40")
SIZES = (0, 1, 124, 125, 126, 127, 128, 1_000, MAX_FRAME)  # up to which an event is filled
OURS = {1000, 1002, 1003, 1007, 1008, 1009}  # with which we close by ourselves


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


# --- what a client sends


def masked(data: bytes, key: bytes) -> bytes:
    """A frame of `raw.frame`, which masks with zeros, with a real key."""
    at = 2 + {126: 2, 127: 8}.get(data[1] & 127, 0)
    return data[:at] + key + bytes(byte ^ key[n % 4] for n, byte in enumerate(data[at + 4 :]))


def event(number: int, size: int) -> bytes:
    """An event's packet, filled up to that size where it is smaller; with an acknowledgement but for each third."""
    ack = "" if number % 3 == 2 else str(number)
    start, end = f'42{ack}["é","'.encode(), b'"]'
    return start + b"x" * (size - len(start) - len(end)) + end


control = st.one_of(
    st.builds(frame, st.just(PING), st.binary(max_size=125)),
    st.builds(frame, st.just(PONG), st.binary(max_size=125)),
)
goodbye = st.one_of(
    st.just(frame(CLOSE, b"")),
    st.builds(
        lambda code, reason: frame(CLOSE, code.to_bytes(2, "big") + reason.encode()),
        st.sampled_from(sorted(CLOSE_CODES)),
        st.text(max_size=20),
    ),
)


@st.composite
def message(draw: st.DrawFn, packet: bytes) -> list[bytes]:
    """Its frames: one, or fragments with control frames between them."""
    cuts = sorted(draw(st.lists(st.integers(0, len(packet)), max_size=4)))
    parts = [packet[a:b] for a, b in zip([0, *cuts], [*cuts, len(packet)], strict=True)]
    sent: list[bytes] = []
    for n, part in enumerate(parts):
        sent += draw(st.lists(control, max_size=2)) if n else []
        sent.append(frame(CONTINUATION if n else TEXT, part, fin=n == len(parts) - 1))
    return sent


@st.composite
def valid(draw: st.DrawFn, sizes: Sequence[int] = SIZES) -> tuple[bytes, bytes]:
    """What is said, and with what it is closed, if it is."""
    sent = [JOIN]
    for number in range(draw(st.integers(0, 5))):
        packet = draw(st.sampled_from([b"3", *(event(number, size) for size in sizes)]))
        sent += draw(st.lists(control, max_size=2)) + draw(message(packet))
    key = draw(st.binary(min_size=4, max_size=4))
    return b"".join(masked(each, key) for each in sent), draw(st.just(b"") | goodbye)


@st.composite
def cut(draw: st.DrawFn, size: int) -> list[int]:
    return sorted(draw(st.lists(st.integers(0, size), max_size=12)))


def parts(data: bytes, cuts: Sequence[int]) -> list[bytes]:
    return [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True) if a < b]


# --- what comes out


def holds(out: Seen, due: Expected) -> None:
    assert out.pongs == due.pongs
    assert out.asked == due.asked[: len(out.asked)]
    assert all(text.startswith(start) for text, start in zip(out.texts, due.texts, strict=False))
    if not due.ours:  # or what is still to be handled when we close is not: its client was told nothing, and asks again when it comes back
        assert (len(out.asked), len(out.texts)) == (len(due.asked), len(due.texts))
    assert len(out.texts) <= len(due.texts)
    assert (out.closes[0] if out.closes else OPEN) in due.close
    assert len(out.closes) <= 1
    assert not out.closes or out.frames[-1][0] == CLOSE, "something was written after the close"
    assert out.calls.count("left") == out.calls.count("ended") == 1
    assert out.calls[-1] == "ended"


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_however_it_is_cut(runner: asyncio.Runner, data: st.DataObject) -> None:
    said, closed = data.draw(valid())
    stream = said + closed
    due = expected(stream, SID)
    code = int.from_bytes(closed[6:8]) if len(closed) > 6 else NOTHING if closed else OPEN
    assert due.close == {code}
    cuts = data.draw(cut(len(stream)))
    for chunks in ([stream], parts(stream, cuts), parts(stream, [*cuts, len(said)] if cuts[-1:] <= [len(said)] else cuts)):
        for breathe in (True, False):
            holds(runner.run(seen(chunks, breathe=breathe)), due)


@settings(max_examples=25, deadline=None)
@given(valid(sizes=(0, 126)))
def test_cut_at_every_byte_and_byte_by_byte(runner: asyncio.Runner, sent: tuple[bytes, bytes]) -> None:
    stream = b"".join(sent)
    due = expected(stream, SID)
    holds(runner.run(seen([bytes([byte]) for byte in stream])), due)
    for at in range(len(stream)):
        holds(runner.run(seen(parts(stream, [at]), breathe=False)), due)


# --- what no client should send

MALFORMED = {
    "a frame that is not masked": (frame(TEXT, b"3", masked=False), 1002),
    "a ping that is not masked": (frame(PING, b"", masked=False), 1002),
    "a close that is not masked": (frame(CLOSE, b"", masked=False), 1002),
    **{f"reserved bits {bits:03b}": (frame(TEXT, b"3", reserved=bits), 1002) for bits in range(1, 8)},
    **{f"reserved bits {bits:03b} of a ping": (frame(PING, b"", reserved=bits), 1002) for bits in range(1, 8)},
    **{f"opcode {opcode:#x}": (frame(opcode, b""), 1002) for opcode in (*range(3, 8), *range(11, 16))},
    "bad UTF-8": (frame(TEXT, b"42\xff"), 1007),
    "UTF-8 that is bad together": (frame(TEXT, b"42\xc3", fin=False) + frame(CONTINUATION, b"x"), 1007),
    "UTF-8 that is cut off": (frame(TEXT, b"42\xc3"), 1007),
    "an empty message": (frame(TEXT, b""), 1008),
    "a message of one byte too many": (frame(TEXT, event(0, MAX_FRAME + 1)), 1009),
    "a message of 65,535 bytes": (frame(TEXT, event(0, 65_535)), 1009),
    "a message of 65,536 bytes": (frame(TEXT, event(0, 65_536)), 1009),
    "a message of 2 to the 63 bytes": (b"\x81\xff" + (1 << 63).to_bytes(8, "big"), 1009),
    "fragments of one byte too many": (frame(TEXT, b"4" * MAX_FRAME, fin=False) + frame(CONTINUATION, b"x"), 1009),
    **{f"a fragment of opcode {opcode:#x}": (frame(opcode, b"", fin=False), 1002) for opcode in (CLOSE, PING, PONG)},
    **{f"126 bytes of opcode {opcode:#x}": (frame(opcode, b"x" * 126), 1002) for opcode in (CLOSE, PING, PONG)},
    "a continuation of nothing": (frame(CONTINUATION, b"x"), 1002),
    "an empty continuation of nothing": (frame(CONTINUATION, b""), 1002),
    "a fragment that continues nothing": (frame(CONTINUATION, b"x", fin=False), 1002),
    "a continuation of what is complete": (frame(TEXT, b"", fin=False) + frame(CONTINUATION, b"3") + frame(CONTINUATION, b""), 1002),
    "a message within another": (frame(TEXT, b"4", fin=False) + frame(TEXT, b"3"), 1002),
    "a message within another that is empty so far": (frame(TEXT, b"", fin=False) + frame(TEXT, b"3"), 1002),
    "the same, but for a ping between": (frame(TEXT, b"", fin=False) + frame(PING, b"") + frame(BINARY, b"3"), 1002),
    "a fragment of another message within one": (frame(TEXT, b"", fin=False) + frame(TEXT, b"3", fin=False), 1002),
    "a close with half a code": (frame(CLOSE, b"\x03"), 1002),
    **{
        f"a close with code {code}": (frame(CLOSE, code.to_bytes(2, "big")), 1002)
        for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
    },
    "a close with bad UTF-8": (frame(CLOSE, b"\x03\xe8\xff"), 1007),
    "a binary message": (frame(BINARY, b"42"), 1003),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_each_fault_has_its_code(runner: asyncio.Runner, name: str) -> None:
    """However it is cut, and whatever comes before and after it."""
    bad, code = MALFORMED[name]
    for before in ([], [frame(PING, b"before")], [JOIN, frame(TEXT, event(1, 0)), frame(PING, b"before")]):
        stream = b"".join([*before, bad, frame(PING, b"after"), frame(CLOSE, b"\x03\xe8")])
        due = expected(stream, SID)
        assert due.close == {code}
        holds(runner.run(seen([stream])), due)
        start = len(b"".join(before))
        for at in range(start, min(len(stream), start + 20)):
            holds(runner.run(seen(parts(stream, [at]))), due)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """What a client sends, with bytes and frames changed, lost, repeated and put between."""
    stream = bytearray(b"".join(draw(valid(sizes=(0, 126, 200)))))
    bad = st.sampled_from([data for data, _ in MALFORMED.values() if len(data) < 300])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(stream)))
        kind = draw(st.sampled_from(["flip", "lose", "repeat", "put", "cut off"]))
        if kind == "flip" and at < len(stream):
            stream[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "lose":
            del stream[at : at + draw(st.integers(1, 20))]
        elif kind == "repeat":
            stream[at:at] = stream[at : at + draw(st.integers(1, 40))]
        elif kind == "put":
            stream[at:at] = draw(bad | st.binary(max_size=20) | control | goodbye)
        else:
            del stream[at:]
    return bytes(stream)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | mutated(), st.data())
def test_any_bytes(runner: asyncio.Runner, stream: bytes, data: st.DataObject) -> None:
    due = expected(stream, SID)
    assert due.close <= OURS | CLOSE_CODES | {NOTHING, OPEN}
    cuts = data.draw(cut(len(stream)))
    for chunks in ([stream], parts(stream, cuts), [bytes([byte]) for byte in stream]):
        for breathe in (True, False):
            holds(runner.run(seen(chunks, breathe=breathe)), due)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(MALFORMED)), st.sampled_from(sorted(MALFORMED)), st.data())
@example("a message within another", "a frame that is not masked", None)
def test_the_first_fault_counts(runner: asyncio.Runner, first: str, second: str, data: st.DataObject | None) -> None:
    """Also where the next one has come with it."""
    stream = JOIN + MALFORMED[first][0] + MALFORMED[second][0]
    due = expected(stream, SID)
    cuts = data.draw(cut(len(stream))) if data is not None else []
    out = runner.run(seen(parts(stream, cuts)))
    holds(out, due)
    assert set(out.closes) <= OURS
