"""Where somebody comes from, where a proxy stands in front: by its header, and by nobody else's."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import pytest

from chatserver.transport.connection import Connection
from chatserver.transport.network import network_class
from chatserver.transport.proxies import MAX_HEADER, Proxies
from tests.clients import Client
from tests.transport.conftest import House
from tests.transport.raw import shake_hands

XFF, FORWARDED = "X-Forwarded-For", "Forwarded"
PROXY, INNER, ANN, BOB, HOST = "10.1.0.1", "10.1.0.2", "203.0.113.7", "198.51.100.9", "192.0.2.1"
NETWORKS = ("10.1.0.0/16", "fd00::/8")


@pytest.mark.parametrize(
    ("header", "peer", "values", "comes_from"),
    [
        (XFF, PROXY, [ANN], ANN),
        (XFF, PROXY, [f"{BOB}, {ANN}"], ANN),  # what stands left of it, anybody could have written
        (XFF, PROXY, [BOB, ANN], ANN),  # the same in two lines
        (XFF, PROXY, [f"{ANN}, {INNER}"], ANN),  # two proxies
        (XFF, PROXY, [f"{BOB},{ANN},{INNER},{PROXY}"], ANN),
        (XFF, PROXY, [INNER], INNER),  # from inside the proxies' own network
        (XFF, PROXY, [f"{ANN}:4711"], ANN),
        (XFF, PROXY, [f"  {ANN}  "], ANN),
        (XFF, PROXY, ["2001:db8::7"], "2001:db8::7"),
        (XFF, PROXY, ["[2001:db8::7]:4711"], "2001:db8::7"),
        (XFF, PROXY, [f"::ffff:{ANN}"], ANN),
        (XFF, f"::ffff:{PROXY}", [ANN], ANN),  # a socket that takes both
        (XFF, "fd00::1", [ANN], ANN),
        (XFF, PROXY, [f"{BOB}, onion"], "onion"),
        (XFF, PROXY, [f"onion, {ANN}"], ANN),  # written by who came, not by the proxy
        (XFF, PROXY, ["x" * 5_000 + f", {ANN}"], ANN),  # nobody hides behind a long one
        (XFF, PROXY, [",".join([BOB] * 500) + f", {ANN}"], ANN),
        # believed of nobody else
        (XFF, BOB, [ANN], BOB),
        (XFF, "2001:db8::1", [ANN], "2001:db8::1"),
        (XFF, None, [ANN], None),
        ("", PROXY, [ANN], PROXY),
        # what cannot be read
        (XFF, PROXY, [], PROXY),
        (XFF, PROXY, [""], PROXY),
        (XFF, PROXY, ["unknown"], PROXY),
        (XFF, PROXY, [f"{ANN}, nonsense"], PROXY),
        (XFF, PROXY, ["999.1.1.1"], PROXY),
        (XFF, PROXY, ["[2001:db8::7"], "2001:db8::7"),
        (XFF, PROXY, ["\x00"], PROXY),
        # RFC 7239
        (FORWARDED, PROXY, [f"for={ANN}"], ANN),
        (FORWARDED, PROXY, [f'for="{BOB}";proto=https, for={ANN};by={PROXY}'], ANN),
        (FORWARDED, PROXY, [f"by={PROXY}; For={ANN}"], ANN),
        (FORWARDED, PROXY, ['for="[2001:db8::7]:4711"'], "2001:db8::7"),
        (FORWARDED, PROXY, [f"for={BOB}", f"for={ANN}"], ANN),
        (FORWARDED, PROXY, ["for=_onion"], "onion"),
        (FORWARDED, PROXY, ["for=_hidden"], PROXY),
        (FORWARDED, PROXY, ["proto=https"], PROXY),
        (FORWARDED, PROXY, [ANN], PROXY),
    ],
)
def test_the_first_before_the_proxies(header: str, peer: str | None, values: list[str], comes_from: str | None) -> None:
    assert Proxies(header, NETWORKS).class_of(peer, values) == network_class(comes_from)


def test_what_is_kept_fits_thousands_of_networks() -> None:
    classes = {network_class(f"10.{n // 256}.{n % 256}.1") for n in range(2_000)}
    assert {len(each or b"") for each in classes} == {2}
    assert len(classes) > 1_900, "and tells two neighbours apart mostly"
    assert network_class("2001:db8::1") == network_class("2001:db8:0:0:ffff::9"), "a /64 is one network"
    assert network_class("2001:db8::1") != network_class("2001:db8:0:1::1")


@pytest.mark.parametrize("values", [["x" * MAX_HEADER * 2], ["," * 3_000], ["for=" * 900], ['"' * 99], ["[" * 99], ["é"], [f"{ANN},"]])
@pytest.mark.parametrize("header", [XFF, FORWARDED])
def test_whatever_stands_in_it_does_no_harm(header: str, values: list[str]) -> None:
    assert Proxies(header, NETWORKS).class_of(PROXY, values) == network_class(PROXY)


# --- over real sockets. The tests themselves are the proxy.

BEHIND = {"proxy.header": XFF, "proxy.networks": ["127.0.0.1/32"]}
behind_a_proxy = pytest.mark.parametrize("options", [BEHIND], ids=["behind"])


@pytest.fixture
async def clients() -> AsyncIterator[list[Client]]:
    opened: list[Client] = []
    yield opened
    for client in opened:
        await client.close()


@dataclass
class Street:
    """Everybody in it comes through the proxy, which is this test."""

    house: House
    clients: list[Client]

    async def comes(self, address: str | None, **more: Any) -> Client:
        """Joins from there; None: the proxy says nothing."""
        self.clients.append(Client())
        await self.clients[-1].connect(self.house.url, {} if address is None else {XFF: address})
        return await self.clients[-1].join("room", **more)


@pytest.fixture
def street(house: House, clients: list[Client]) -> Street:
    return Street(house, clients)


@behind_a_proxy
async def test_a_removed_troll_comes_back_marked_and_a_neighbour_is_let_in_in_one_tap(street: Street) -> None:
    host = await street.comes(HOST, key=await street.house.key("facilitator"))
    troll = await street.comes(ANN, name="Tro")
    await host.taken("remove", {"seat": troll.seat, "ban": True})
    again = await street.comes(ANN, name="Somebody New")
    neighbour = await street.comes(ANN, name="Quiet River")
    assert again.joined["waiting"]
    assert neighbour.joined["waiting"]
    elsewhere = await street.comes(BOB, name="Patient Heron")
    assert "waiting" not in elsewhere.joined, "another network, through the same proxy"
    waiting = (await host.event("lobby", lambda e: len(e["waiting"]) == 2))["waiting"]
    assert [w["marked"] for w in waiting] == [True, True]
    assert (await host.taken("admit", {"seat": neighbour.seat}))["count"] == 1
    await neighbour.event("lobby", lambda e: "admitted" in e)


@behind_a_proxy
async def test_a_header_of_ones_own_hides_nobody(street: Street) -> None:
    host = await street.comes(HOST, key=await street.house.key("facilitator"))
    troll = await street.comes(ANN)
    await host.taken("remove", {"seat": troll.seat, "ban": True})
    for forged in (f"{BOB}, {ANN}", f"onion, {ANN}", "x" * 4_000 + f", {ANN}", f"127.0.0.1, {ANN}"):
        assert (await street.comes(forged)).joined["waiting"], forged[-40:]


@pytest.mark.parametrize("options", [{**BEHIND, "proxy.networks": ["192.0.2.0/24"]}, {}], ids=["from elsewhere", "no proxy"])
async def test_from_elsewhere_it_is_ignored(street: Street) -> None:
    host = await street.comes(HOST, key=await street.house.key("facilitator"))
    troll = await street.comes(ANN)
    await host.taken("remove", {"seat": troll.seat, "ban": True})
    assert (await street.comes(BOB)).joined["waiting"], "they all come from the one address that this test has"


@behind_a_proxy
async def test_all_of_tor_is_one_class(street: Street) -> None:
    host = await street.comes(HOST, key=await street.house.key("facilitator"))
    troll = await street.comes("onion")
    await host.taken("remove", {"seat": troll.seat, "ban": True})
    assert (await street.comes("onion")).joined["waiting"]
    assert "waiting" not in (await street.comes(None)).joined, "the proxy itself is another"


@behind_a_proxy
async def test_the_handshake_that_is_not_the_usual_one_tells_it_too(street: Street) -> None:
    raw = await shake_hands(street.house.url, {XFF: ANN, "Content-Length": "0"})
    await raw.close()
    assert raw.response.status == 101
    assert network_class(ANN) in {x.network() for x in gc.get_objects() if isinstance(x, Connection)}


@behind_a_proxy
async def test_no_address_is_logged_nor_kept(street: Street, caplog: pytest.LogCaptureFixture) -> None:
    marked = "203.0.113.251"
    with caplog.at_level(logging.DEBUG):
        one = await street.comes(marked)
        await one.taken("send", {"id": "m1", "text": "hello"})
    assert marked not in caplog.text
    connections = [x for x in gc.get_objects() if isinstance(x, Connection)]
    assert connections
    for connection in connections:
        kept = [getattr(connection, slot, None) for slot in Connection.__slots__ if slot != "__weakref__"]
        assert not any(marked in repr(value) or ip_address(marked).packed in _bytes_of(value) for value in kept)
        assert len(connection.network() or b"") <= 2


def _bytes_of(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
