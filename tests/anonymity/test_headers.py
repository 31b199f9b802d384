"""What every answer tells the browser to do, and not to do."""

from __future__ import annotations

import aiohttp
import pytest

from chatserver.config import ConfigFaults, load
from tests.anonymity.declared import declared
from tests.transport.conftest import House
from tests.transport.test_http import strict

ONION = "http://" + "a2" * 28 + ".onion"
BEHIND_TLS = {"server.public_url": "https://meet.example.org", "server.onion_url": ONION}
PERSONAL = ("/", "/g/group", "/r/room", "/what-we-keep", "/.well-known/what-we-hold.json", "/nowhere", "/healthz")


async def headers(house: House, path: str, method: str = "GET") -> tuple[int, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.request(method, house.url + path) as answer:
        return answer.status, {**answer.headers}


async def test_every_page_forbids_keeping_it_referrers_frames_scripts_of_others_and_sniffing(house: House) -> None:
    for path in PERSONAL:
        _, found = await headers(house, path)
        strict(found)
        assert found["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in found["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in found, "it is not reached over TLS"
        assert "Onion-Location" not in found


async def test_leaving_clears_the_cache_and_not_what_somebody_chose_to_keep(house: House) -> None:
    status, found = await headers(house, "/left", "POST")
    assert status == 204
    assert found["Clear-Site-Data"] == '"cache"'
    strict(found)


@pytest.mark.parametrize("options", [BEHIND_TLS])
async def test_behind_tls_visitors_are_told_to_stay_with_it(house: House) -> None:
    for path in PERSONAL:
        assert "max-age=" in (await headers(house, path))[1]["Strict-Transport-Security"]


@pytest.mark.parametrize("options", [BEHIND_TLS])
async def test_pages_name_the_same_page_over_tor(house: House) -> None:
    for path in ("/", "/g/group", "/r/room", "/what-we-keep"):
        assert (await headers(house, path))[1]["Onion-Location"] == ONION + path
    for path in ("/healthz", "/.well-known/what-we-hold.json"):
        assert "Onion-Location" not in (await headers(house, path))[1]


@pytest.mark.parametrize("wrong", ["http://example.org", "abc.onion", f"{ONION}/path", ONION.replace("a2", "a1")])
def test_what_is_no_onion_service_is_a_fault(wrong: str) -> None:
    with pytest.raises(ConfigFaults) as found:
        load(None, {}, {"server.onion_url": wrong})
    assert [fault.key for fault in found.value.faults] == ["server.onion_url"]


def test_no_cookie_is_declared() -> None:
    assert {at for at, _ in declared("browser")} == {"sessionStorage room:"}
