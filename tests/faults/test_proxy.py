"""The proxy does to a line what it is told to, so that what is blamed on the line was the line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.faults.proxy import Link, Proxy, Weather
from tests.waiting import until

SECONDS = 5.0


class Echo:
    """A server that sends back what it gets, and tells when somebody has finished."""

    def __init__(self) -> None:
        self.heard = b""
        self.finished = asyncio.Event()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1_000):
                self.heard += data
                writer.write(data)
        except ConnectionError:
            pass
        self.finished.set()
        await asyncio.sleep(0)
        writer.close()


@pytest.fixture
async def echo() -> Echo:
    return Echo()


@pytest.fixture
async def proxy(echo: Echo) -> AsyncIterator[Proxy]:
    async with await asyncio.start_server(echo.answer, "127.0.0.1", 0) as server:
        async with Proxy(server.sockets[0].getsockname()[1]) as proxy:
            yield proxy
        server.close()


Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def through(proxy: Proxy) -> Streams:
    streams = await asyncio.open_connection("127.0.0.1", proxy.port)
    await said(streams, b"hello")
    return streams


async def said(streams: Streams, words: bytes) -> None:
    streams[1].write(words)
    async with asyncio.timeout(SECONDS):
        assert await streams[0].readexactly(len(words)) == words


async def test_in_fine_weather_it_is_not_there(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await through(proxy)
    writer.write(b"x" * 300_000)
    writer.write_eof()
    async with asyncio.timeout(SECONDS):
        assert len(await reader.read(-1)) == 300_000
    assert len(echo.heard) == 300_005


async def test_delay_is_there_and_back(proxy: Proxy) -> None:
    streams = await through(proxy)
    proxy.bad(Weather(delay=0.1))
    loop = asyncio.get_running_loop()
    start = loop.time()
    await said(streams, b"slow")
    assert loop.time() - start >= 0.2
    proxy.fine()
    await said(streams, b"fast")


async def test_what_was_swallowed_is_never_passed_on_and_the_line_is_reset_afterwards(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await through(proxy)
    proxy.bad(Weather(swallow=True))
    (link,) = proxy.links
    writer.write(b"lost")
    await until(lambda: link.has_hole)
    proxy.fine()
    with pytest.raises(ConnectionResetError):
        async with asyncio.timeout(SECONDS):
            await reader.read()
    assert echo.heard == b"hello"


async def test_what_was_held_arrives_in_the_end_though_its_sender_has_gone(proxy: Proxy, echo: Echo) -> None:
    _, writer = await through(proxy)
    proxy.bad(Weather(hold=True))
    writer.write(b" and late")
    writer.close()
    await writer.wait_closed()
    assert echo.heard == b"hello"
    proxy.fine()
    async with asyncio.timeout(SECONDS):
        await echo.finished.wait()
    assert echo.heard == b"hello and late"


async def test_cutting_resets_both_ends(proxy: Proxy, echo: Echo) -> None:
    reader, _ = await through(proxy)
    assert proxy.each(Link.cut) == 1
    with pytest.raises(ConnectionResetError):
        async with asyncio.timeout(SECONDS):
            await reader.read()
    async with asyncio.timeout(SECONDS):
        await echo.finished.wait()


async def test_half_closed_towards_who_connected(proxy: Proxy, echo: Echo) -> None:
    reader, writer = await through(proxy)
    proxy.each(Link.half_close_client)
    async with asyncio.timeout(SECONDS):
        assert await reader.read() == b""
        writer.write(b" you there")
        await until(lambda: echo.heard == b"hello you there")


async def test_half_closed_towards_the_server(proxy: Proxy, echo: Echo) -> None:
    await through(proxy)
    proxy.each(Link.half_close_server)
    async with asyncio.timeout(SECONDS):
        await echo.finished.wait()


async def test_connections_to_come_have_the_same_weather(proxy: Proxy) -> None:
    proxy.bad(Weather(swallow=True))
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    writer.write(b"hello")
    await until(lambda: any(link.has_hole for link in proxy.links))
    assert not reader.at_eof()
