"""Connections that ask for nothing, or never come to the end of it: they are let go in time, and nobody else notices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from chatserver.transport.web_server import QUIET_SECONDS, WebServer
from tests.transport.conftest import House
from tests.transport.raw import PATH, Raw, Response, shake_hands

QUIET = 0.2
SECONDS = 5.0
HEAD = f"GET {PATH} HTTP/1.1\r\nHost: x\r\n".encode()


async def _page(_: web.Request) -> web.Response:
    return web.Response(text="here")


async def _nobody(_: float) -> None:
    pass


@asynccontextmanager
async def serving(quiet_seconds: float = QUIET) -> AsyncIterator[int]:
    """Its port."""
    server = WebServer(quiet_seconds=quiet_seconds)
    server.app.router.add_get("/", _page)
    yield await server.listen("127.0.0.1", 0)
    await server.stop(_nobody)


async def dialled(port: int) -> Raw:
    return Raw(*await asyncio.open_connection("127.0.0.1", port), Response(0, {}))


async def asked(raw: Raw) -> str:
    """One page more over the same connection."""
    raw.put(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    head = await raw.reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    return (await raw.reader.readexactly(4)).decode()


@pytest.mark.parametrize("begins", [b"", b"GET", HEAD, HEAD + b"Sec-WebSocket-"], ids=["nothing", "a word", "a line", "half a head"])
async def test_who_asks_for_nothing_is_let_go(begins: bytes) -> None:
    async with serving() as port:
        raw = await dialled(port)
        raw.put(begins)
        await raw.ended(SECONDS)
        await raw.close()


async def test_a_head_that_never_ends_is_let_go_however_it_goes_on() -> None:
    """Each byte is a sign of life, and none of them buys more time."""
    async with serving() as port:
        raw = await dialled(port)
        raw.put(HEAD + b"X-Long: ")

        async def drip() -> None:
            for _ in range(4_000):  # so many that the head is not too long, and the time is
                raw.put(b"x")
                await asyncio.sleep(QUIET / 20)

        dripping = asyncio.create_task(drip())
        await raw.ended(SECONDS)
        assert not dripping.done(), "it was let go only when nothing more came"
        dripping.cancel()
        await raw.close()


async def test_a_head_is_bounded() -> None:
    async with serving(60.0) as port:
        for begins in (HEAD + b"X: " + b"x" * 65_536, HEAD + b"X: y\r\n" * 10_000, b"GET /" + b"x" * 65_536):
            raw = await dialled(port)
            raw.put(begins)
            assert (await raw.reader.readline()).split()[1] == b"400"
            await raw.ended(SECONDS)
            await raw.close()


async def test_who_was_answered_may_ask_again_and_is_let_go_then() -> None:
    async with serving() as port:
        raw = await dialled(port)
        assert [await asked(raw) for _ in range(3)] == ["here"] * 3
        await raw.ended(SECONDS)
        await raw.close()


async def test_a_websocket_is_past_that(monkeypatch: pytest.MonkeyPatch, house: House) -> None:
    """It has a heartbeat of its own."""
    monkeypatch.setattr(house.worker._web, "_quiet_seconds", QUIET)
    port = await house.worker._web.listen("127.0.0.1", 0)  # beside the one that it has
    raw = await shake_hands(f"http://127.0.0.1:{port}")
    await raw.connect()
    silent = await dialled(port)
    await silent.ended(SECONDS)
    again = await dialled(port)
    await again.ended(SECONDS)
    assert (await raw.ask("leave"))["code"] == "not_joined"
    for each in (raw, silent, again):
        await each.close()


async def test_hundreds_of_them_keep_nobody_out(house: House) -> None:
    port = int(house.url.rpartition(":")[2])
    waiting = [await dialled(port) for _ in range(300)]
    for n, each in enumerate(waiting):
        each.put(HEAD[: n % len(HEAD)])
    member = await house.member()
    await member.taken("send", {"id": "m1", "text": "let in all the same"})
    for each in waiting:
        each.abort()


def test_the_time_is_bounded_where_nothing_else_is_said() -> None:
    assert WebServer()._quiet_seconds == QUIET_SECONDS <= 15
