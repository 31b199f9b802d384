"""What can be reached in the memory of a server, after a meeting and during it."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from typing import Any, cast

import pytest
from aiohttp import web

from tests.anonymity.canary import MARKED, close_and_go, from_marked, new_canary, say_everywhere
from tests.anonymity.memory import holders
from tests.clients import Client
from tests.transport.conftest import House
from tests.transport.raw import Raw, connected
from tests.waiting import until


async def all_gone(house: House) -> None:
    """Until the server has seen the last of its connections end."""
    requests = [cast(web.Server, arrivals._http) for arrivals in house.worker._web._arrivals]
    await until(lambda: not house.worker._sockets._opened, "connections that do not end", 10)
    await until(lambda: not any(http.connections for http in requests), "requests that do not end", 10)
    gc.collect()


def found_in(house: House, backwards: str) -> list[str]:
    return holders(house.worker, backwards, beyond=(Client, House, Raw, pytest.Item))


async def meeting(house: House) -> str:
    """Says a canary everywhere, closes and goes; returns it backwards, so that this test does not hold it."""
    canary = new_canary()
    # The first name that a statement was asked with stays in SQLAlchemy's cache of statements: docs/anonymity.md, "Not yet".
    await close_and_go(await say_everywhere(house.url, "room", await house.key("facilitator"), canary, address="nowhere"))
    return canary[::-1]


async def test_the_search_finds_what_is_there(house: House) -> None:
    backwards = new_canary()
    raw = await connected(house.url)
    await raw.join(name=backwards[::-1])
    assert found_in(house, backwards)
    await raw.close()


async def test_no_word_is_in_an_object_of_the_server_after_a_meeting(house: House) -> None:
    backwards = await meeting(house)
    await all_gone(house)
    assert found_in(house, backwards) == []


async def test_no_word_is_held_by_an_exception_whose_text_has_it(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor by its traceback, its log record, or what python-socketio makes of it."""

    failed: list[str] = []

    async def fail(here: object, request: Any) -> None:
        words = f"these words: {request.model_dump()}"
        failed.append(type(request).__name__)
        raise RuntimeError(words)

    for name in ("send", "help", "remove"):
        monkeypatch.setitem(house.worker.service._handlers, name, fail)
    caplog.set_level(logging.CRITICAL)  # pytest's own handler keeps records; the server's formatter is tested elsewhere
    backwards = await meeting(house)
    await all_gone(house)
    assert set(failed) == {"Send", "Help", "Remove"}
    assert found_in(house, backwards) == []


async def test_request_headers_are_dropped_once_connected(house: House) -> None:
    """What a browser says of itself is of no use to anybody after the handshake."""
    backwards = new_canary()
    headers = {"User-Agent": backwards[::-1], "Cookie": f"c={backwards[::-1]}", "Accept-Language": backwards[::-1]}
    raw = await connected(house.url, headers)
    await raw.join()
    del headers
    gc.collect()
    assert found_in(house, backwards) == []
    await raw.close()
    await all_gone(house)
    assert found_in(house, backwards) == []


async def test_no_address_is_in_an_object_of_the_server_once_a_seat_is_taken(house: House) -> None:
    """But in the socket's own, which is the system's: whoever asks that, as joining does, gets it as long as the connection stands."""

    def found() -> list[str]:
        beyond = (Client, House, Raw, pytest.Item, asyncio.BaseTransport)
        return [way for needle in (MARKED, packed) for way in holders(house.worker, needle[::-1], beyond=beyond)]

    packed = socket.inet_aton(MARKED).decode("ascii")
    raw = await from_marked(house.url, {})
    await raw.join()
    gc.collect()
    assert found() == []
    house.worker._tally.answered("send", MARKED)
    assert found(), "the search finds what is there"
    await raw.close()
