"""The feeds over real HTTP, from a worker with a real store: who may read what, what caches are told, and that nobody is in them."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import icalendar
import pytest

from chatserver.feeds import meeting_guide
from chatserver.store.base import Group, Visibility
from tests.anonymity.canary import new_canary
from tests.feeds.meetings import GROUP, TUESDAY, difficult
from tests.feeds.specification import faults
from tests.transport.conftest import House

BASE = "https://meet.example.org"
OF = {"listed": "lantern", "unlisted": "quiet", "invite": "secret"}

ALL = ["/meetings.json", "/meetings.ics", "/meetings.discreet.ics", "/g/lantern.ics", "/g/lantern.discreet.ics", "/r/lantern-tuesday.ics"]


@pytest.fixture
def options() -> dict[str, object]:
    return {"server.public_url": BASE}


@pytest.fixture
async def site(house: House) -> AsyncIterator[aiohttp.ClientSession]:
    """With a group of each kind, each with a meeting."""
    for visibility, slug in OF.items():
        group = replace(GROUP, slug=slug, name=f"The {slug} group", visibility=visibility)  # type: ignore[arg-type]
        await house.store.add_group(group)
        await house.store.add_meeting(replace(TUESDAY, slug=f"{slug}-tuesday", group=group, title=f"{slug.title()} Tuesday"))
    async with aiohttp.ClientSession(house.url) as session:
        yield session


async def got(site: aiohttp.ClientSession, path: str) -> str:
    async with site.get(path) as answer:
        assert answer.status == 200, path
        return await answer.text()


async def status(site: aiohttp.ClientSession, path: str) -> int:
    async with site.get(path) as answer:
        return answer.status


async def test_the_feed_passes_the_specification(site: aiohttp.ClientSession, house: House) -> None:
    lantern = await house.store.group("lantern")
    assert lantern is not None
    for meeting in difficult("Europe/Berlin"):
        await house.store.add_meeting(replace(meeting, group=lantern))
    records = json.loads(await got(site, "/meetings.json"))
    assert len(records) > 12
    assert faults(records) == []
    assert f"{BASE}/r/lantern-tuesday" in {record["conference_url"] for record in records}


async def test_only_what_is_listed_is_in_the_feeds_for_all(site: aiohttp.ClientSession) -> None:
    for path in ("/meetings.json", "/meetings.ics"):
        text = await got(site, path)
        assert "Lantern Tuesday" in text
        for other in ("Quiet", "quiet", "Secret", "secret"):
            assert other not in text


@pytest.mark.parametrize(("visibility", "expected"), [("listed", 200), ("unlisted", 200), ("invite", 404)])
@pytest.mark.parametrize("end", [".ics", ".discreet.ics"])
async def test_who_knows_a_page_gets_its_calendar(site: aiohttp.ClientSession, visibility: Visibility, expected: int, end: str) -> None:
    slug = OF[visibility]
    assert await status(site, f"/g/{slug}{end}") == expected
    assert await status(site, f"/r/{slug}-tuesday{end}") == expected


async def test_what_is_not_listed_is_not_for_search_engines(site: aiohttp.ClientSession) -> None:
    for path, expected in (("/r/quiet-tuesday.ics", "noindex"), ("/g/quiet.ics", "noindex"), ("/g/lantern.ics", None)):
        async with site.get(path) as answer:
            assert answer.headers.get("X-Robots-Tag") == expected


@pytest.mark.parametrize(
    "path",
    ["/g/nobody.ics", "/r/nobody.ics", "/r/room.ics", "/g/.ics", "/g/lantern.other.ics", "/g/Lantern.ics", "/r/lantern-tuesday.json",
     "/g/lantern%2F.ics", "/meetings.other.ics", "/r/lantern-tuesday.ics/x"],
)  # fmt: skip
async def test_what_is_not_there(site: aiohttp.ClientSession, path: str) -> None:
    """`/r/room` is opened by hand: there is no calendar of it."""
    assert await status(site, path) == 404


async def test_pages_are_where_they_were(site: aiohttp.ClientSession) -> None:
    for path in ("/g/lantern", "/r/lantern-tuesday"):
        async with site.get(path) as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")


async def test_a_group_s_calendar_has_its_meetings_alone(site: aiohttp.ClientSession, house: House) -> None:
    lantern = await house.store.group("lantern")
    assert lantern is not None
    await house.store.add_meeting(replace(TUESDAY, slug="second", group=lantern, title="Second"))
    titles = [str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(await got(site, "/g/lantern.ics")).walk("VEVENT")]
    assert titles == ["Lantern Tuesday, The lantern group", "Second, The lantern group"]


async def test_an_empty_calendar_is_one(site: aiohttp.ClientSession, house: House) -> None:
    """Who has subscribed to a group keeps what they subscribed to."""
    await house.store.add_group(Group("new", "New"))
    assert icalendar.Calendar.from_ical(await got(site, "/g/new.ics")).walk("VEVENT") == []
    await house.store.add_group(Group("other", "Other"))


@pytest.mark.parametrize("path", ALL)
async def test_what_browsers_and_caches_are_told(site: aiohttp.ClientSession, path: str) -> None:
    async with site.get(path) as answer:
        assert answer.content_type == ("application/json" if path.endswith("json") else "text/calendar")
        assert answer.charset == "utf-8"
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "Set-Cookie" not in answer.headers
        tag = answer.headers["ETag"]
        body = await answer.read()
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        async with site.get(path, headers={"If-None-Match": known}) as answer:
            assert (answer.status, await answer.read()) == (304, b""), known
            assert answer.headers["ETag"] == tag
            assert answer.headers["Cache-Control"] == "public, max-age=300"
    async with site.get(path, headers={"If-None-Match": '"other"'}) as answer:
        assert answer.status == 200
    async with site.head(path) as answer:
        assert (answer.status, answer.headers["ETag"], await answer.read()) == (200, tag, b"")
        assert int(answer.headers["Content-Length"]) == len(body)
    async with site.post(path) as answer:
        assert answer.status == 405


async def test_a_change_is_another_tag(site: aiohttp.ClientSession, house: House) -> None:
    tags = set()
    for sequence in range(2):
        async with site.get("/r/lantern-tuesday.ics") as answer:
            tags.add(answer.headers["ETag"])
            assert f"SEQUENCE:{sequence}" in await answer.text()
        meeting = await house.store.meeting("lantern-tuesday")
        assert meeting is not None
        await house.store.update_meeting(replace(meeting, start="2026-11-24T20:00"))
    assert len(tags) == 2


async def test_programs_of_other_sites_read_the_two_for_all(site: aiohttp.ClientSession) -> None:
    for path in ALL:
        async with site.get(path, headers={"Origin": "https://elsewhere.example"}) as answer:
            expected = "*" if path.startswith("/meetings") else None
            assert answer.headers.get("Access-Control-Allow-Origin") == expected, path
    async with site.get("/meetings.json") as answer, site.get("/meetings.json", headers={"If-None-Match": answer.headers["ETag"]}) as again:
        assert again.headers["Access-Control-Allow-Origin"] == "*", "or the browser keeps the answer from who asked"


async def test_a_file_s_name_tells_what_the_file_tells(site: aiohttp.ClientSession) -> None:
    for path, name in (
        ("/meetings.ics", "meetings.ics"),
        ("/g/lantern.ics", "lantern.ics"),
        ("/r/lantern-tuesday.ics", "lantern-tuesday.ics"),
        ("/r/lantern-tuesday.discreet.ics", "appointment.ics"),
        ("/g/lantern.discreet.ics", "appointment.ics"),
    ):
        async with site.get(path) as answer:
            assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'
            if "discreet" in path:
                assert "antern" not in await answer.text()


async def test_the_home_page_names_the_feed(site: aiohttp.ClientSession) -> None:
    """As the specification asks for: with that title, and a whole address."""
    text = await got(site, "/")
    assert f'<link rel="alternate" type="application/json" title="Meetings Feed" href="{BASE}/meetings.json">' in text
    assert "Meetings Feed" not in await got(site, "/g/lantern")


async def test_feeds_do_not_hold_up_who_is_talking(site: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of meetings take a second the first time: they are made beside the loop."""
    made_in = []

    def feed(*given: Any) -> bytes:
        made_in.append(threading.current_thread())
        return made(*given)

    made = meeting_guide.feed
    monkeypatch.setattr(meeting_guide, "feed", feed)
    assert "Lantern" in await got(site, "/meetings.json")
    assert made_in
    assert threading.main_thread() not in made_in


async def test_nobody_is_in_the_feeds(site: aiohttp.ClientSession, house: House) -> None:
    """While a meeting runs in which a random word is a name, a message, a call for help and a browser's name."""
    canary = new_canary()
    await house.store.open_meeting("lantern-tuesday", "opening", house.clock.now(), house.clock.now() + 3_600_000)
    member = await (await house.connect()).join("lantern-tuesday", name=canary)
    await member.taken("send", {"id": "m1", "text": f"I say {canary}"})
    await member.ask("help", {"text": canary})
    said: list[Any] = []
    for path in (*ALL, "/r/lantern-tuesday.discreet.ics"):
        async with site.get(path, headers={"User-Agent": canary, "Referer": f"http://x/{canary}"}) as answer:
            said += [await answer.text(), *answer.headers.values()]
    assert len(said) > 50
    assert all(canary not in each for each in said)
    assert all(member.seat not in each for each in said)
