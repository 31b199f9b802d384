"""Who may connect: our own page and clients that are no browser. And by WebSocket alone."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.transport.conftest import House
from tests.transport.raw import PATH, shake_hands

PUBLIC = "https://chat.example.org"


async def status(house: House, origin: str | None, **headers: str) -> int:
    raw = await shake_hands(house.url, headers if origin is None else {**headers, "Origin": origin})
    await raw.close()
    return raw.response.status


async def test_no_origin_is_no_browser(house: House) -> None:
    assert await status(house, None) == 101


async def test_our_own_origin(house: House) -> None:
    assert await status(house, house.url) == 101
    assert await status(house, "http://chat.example.org", Host="chat.example.org") == 101
    assert await status(house, "https://chat.example.org", Host="chat.example.org") == 101, "behind a proxy that speaks TLS"


async def test_foreign_origins_are_refused(house: House) -> None:
    host = urlsplit(house.url).netloc
    name, _, port = host.partition(":")
    other_port = int(port) % 65_535 + 1
    for origin in (
        "https://evil.example",
        "null",
        "",
        f"http://{host}.evil.example",
        f"http://evil.example/{host}",
        f"http://evil.example?{host}",
        f"http://evil.example#{host}",
        f"http://evil.example@{host}",
        f"http://{host}@evil.example",
        f"http://{name}",
        f"http://{name}:{other_port}",
        f"http://{name}:{port}0",
        f"http://sub.{host}",
        f"http://localhost:{port}",
        f"//{host}",
        host,
        f"file://{host}",
        f"chrome-extension://{host}",
        f"http://{host}/",
        f"http://{host} http://evil.example",
        "http://[::1",
    ):
        assert await status(house, origin) == 403, origin


async def test_nothing_is_set_up_for_a_foreign_origin(house: House) -> None:
    raw = await shake_hands(house.url, {"Origin": "https://evil.example"})
    assert raw.response.body == "This page may not connect here.\n"
    assert "access-control-allow-origin" not in raw.response.headers
    assert house.worker._sockets._opened == set()


async def test_an_empty_host_is_no_ones_own(house: House) -> None:
    assert await status(house, "null", Host="") == 403


@pytest.mark.parametrize("path", ["/%73ocket.io/", "/socket.io/."])
async def test_there_is_no_way_around(house: House, path: str) -> None:
    raw = await shake_hands(house.url, {"Origin": "https://evil.example"}, path + PATH.removeprefix("/socket.io/"))
    assert raw.response.status in (403, 404)


@pytest.mark.parametrize("options", [{"server.public_url": given} for given in (PUBLIC, f"{PUBLIC}:443/", "HTTPS://Chat.Example.ORG")])
async def test_the_public_address_whatever_host_a_proxy_names(house: House) -> None:
    assert await status(house, PUBLIC) == 101
    assert await status(house, PUBLIC, Host="127.0.0.1:8000") == 101
    for origin in (f"{PUBLIC}.evil.example", f"{PUBLIC}:444", "http://chat.example.org", "https://example.org"):
        assert await status(house, origin) == 403, origin


@pytest.mark.parametrize("options", [{"server.public_url": "https://münchen.example"}])
async def test_a_public_address_in_other_letters(house: House) -> None:
    assert await status(house, "https://xn--mnchen-3ya.example") == 101


# --- WebSocket only

ONLY = "Only WebSockets connect here, of Engine.IO 4.\n"


async def test_long_polling_is_refused(house: House) -> None:
    for query in ("EIO=4&transport=polling", "EIO=4", ""):
        raw = await shake_hands(house.url, {"Connection": "close", "Upgrade": ""}, f"/socket.io/?{query}")
        assert (raw.response.status, raw.response.body) == (400, ONLY)
    raw = await shake_hands(house.url, path="/socket.io/?EIO=4&transport=polling")
    assert (raw.response.status, raw.response.body) == (400, ONLY)
    assert house.worker._sockets._opened == set()


async def test_a_websocket_without_its_handshake_is_refused(house: House) -> None:
    """And leaves nothing behind."""
    for headers in ({"Upgrade": "h2c"}, {"Sec-WebSocket-Key": "short"}, {"Sec-WebSocket-Version": "1"}, {"Connection": "close"}):
        raw = await shake_hands(house.url, headers)
        assert raw.response.status == 400, headers
        await raw.close()
    assert house.worker._sockets._opened == set()


async def test_an_older_protocol_is_refused(house: House) -> None:
    raw = await shake_hands(house.url, path="/socket.io/?EIO=3&transport=websocket")
    assert raw.response.status == 400


async def test_one_cannot_take_up_the_connection_of_another(house: House) -> None:
    member = await house.member()
    sid = member._sio.eio.sid
    raw = await shake_hands(house.url, path=f"{PATH}&sid={sid}")
    assert raw.response.status == 400
    await member.taken("send", {"id": "m1", "text": "Still mine"})
