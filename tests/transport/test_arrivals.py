"""Most sockets are opened by their first bytes, past aiohttp. Whoever comes otherwise comes in all the same, or is told why not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from chatserver.transport import arrivals, handshake
from tests.transport.conftest import House
from tests.transport.raw import PATH, TEXT, Streams, frame
from tests.waiting import until

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def request(path: str = PATH, method: str = "GET", **changed: str | None) -> bytes:
    headers: dict[str, str | None] = {
        "Host": "chat.example",
        "Origin": "https://chat.example",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": KEY,
        "Sec-WebSocket-Version": "13",
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items() if value is not None)]
    return "\r\n".join([*lines, "", ""]).encode()


async def test_the_usual_one_is_read() -> None:
    loop = asyncio.get_running_loop()
    opening = handshake.usual(request(), loop)
    assert opening == handshake.Opening("chat.example", "https://chat.example", KEY, b"")
    other = request("/socket.io/?transport=websocket&EIO=4", Connection="keep-alive, Upgrade", Origin=None)
    opening = handshake.usual(other + b"frames", loop)
    assert opening == handshake.Opening("chat.example", None, KEY, b"frames")


@pytest.mark.parametrize(
    "data",
    [
        request("/"),
        request("/socket.io/?EIO=3&transport=websocket"),
        request("/socket.io/?EIO=4&transport=polling"),
        request(PATH + "&sid=x"),
        request(method="POST"),
        request(Host=None),
        request(Upgrade="h2c"),
        request(Connection="close"),
        request(Content_Length="3") + b"abc",
        request(Transfer_Encoding="chunked"),
        request(Sec_WebSocket_Key="short"),
        request(Sec_WebSocket_Version="12"),
        request(Sec_WebSocket_Protocol="chat"),
        request()[:-2] + b"Host: other.example\r\n\r\n",
        request()[:-2] + b"origin: https://evil.example\r\n\r\n",
        request()[:-2] + b" folded\r\n\r\n",
        request()[:-2] + b"no colon\r\n\r\n",
        request()[:-2],
        request().replace(b"HTTP/1.1", b"HTTP/1.0"),
        request().replace(b"HTTP/1.1", b"HTTP/9"),
        b"",
        b"\x16\x03\x01",
    ],
)
async def test_all_else_is_left_to_aiohttp(data: bytes) -> None:
    assert handshake.usual(data, asyncio.get_running_loop()) is None


@asynccontextmanager
async def connected(house: House) -> AsyncIterator[Streams]:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(house.url).port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def head(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(5):
        return await reader.readuntil(b"\r\n\r\n")


async def test_frames_that_come_with_it_are_heard(house: House) -> None:
    async with connected(house) as (reader, writer):
        writer.write(request(Origin=None) + frame(TEXT, b"40"))
        assert (await head(reader)).startswith(b"HTTP/1.1 101 ")
        await until(lambda: len(house.worker.service.connections) == 1, "it has joined the namespace")


async def test_one_that_comes_in_pieces_comes_in(house: House) -> None:
    data = request(Origin=None)
    silent = house.worker._web._arrivals[0]._silent
    async with connected(house) as (reader, writer):
        await until(lambda: silent)
        writer.write(data[:7])
        await until(lambda: not silent, "the first piece has been looked at, alone")
        for part in (data[7:60], data[60:]):
            writer.write(part)
            await writer.drain()
        assert (await head(reader)).startswith(b"HTTP/1.1 101 ")


async def test_one_that_comes_behind_a_page_comes_in(house: House) -> None:
    """As through a proxy that keeps its connections."""
    async with connected(house) as (reader, writer):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: chat.example\r\n\r\n")
        assert (await head(reader)).startswith(b"HTTP/1.1 200 ")
        assert await reader.readexactly(3) == b"ok\n"
        writer.write(request(Origin=None))
        assert (await head(reader)).startswith(b"HTTP/1.1 101 ")


async def test_who_says_nothing_is_waited_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "WAIT_SECONDS", 0.05)
    first = house.worker._web._arrivals[0]
    async with connected(house) as (reader, writer):
        await until(lambda: len(first._silent) == 1, "it has come")
        await until(lambda: not first._silent, "it was handed over")
        writer.write(request(Origin=None))
        assert (await head(reader)).startswith(b"HTTP/1.1 101 ")
    async with connected(house):
        await until(lambda: len(first._silent) == 1, "another has come")
    await until(lambda: not first._silent, "and is gone")


async def test_who_has_said_nothing_does_not_hold_up_a_stop(house: House) -> None:
    async with connected(house) as (reader, _):
        await until(lambda: len(house.worker._web._arrivals[0]._silent) == 1, "it has come")
        async with asyncio.timeout(5):
            await house.stop()
            assert await reader.read() == b""
