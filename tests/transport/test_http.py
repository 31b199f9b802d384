"""Routes, and the headers that every answer carries. The store is a fake; nothing else is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from chatserver.domain.schedule import Change
from chatserver.logs import AllowListFormatter
from chatserver.resources import built_in
from chatserver.store.base import Group, Meeting, Opening, StoreUnavailable, Visibility
from chatserver.transport.http import add_routes
from chatserver.transport.pages import Pages, Reader

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUP = Group("lantern", "The <b>Lantern</b>")
MEETING = Meeting("evening", GROUP, "Evening & night", "open-circle", "Europe/London", None, None, 60)


class Shelf:
    """A store with one group, whose visibility a test sets, or one that does not answer."""

    def __init__(self) -> None:
        self.visibility: Visibility = "listed"
        self.fault: Exception | None = None
        self.closed_at: int | None = None

    def _look(self) -> None:
        if self.fault is not None:
            raise self.fault

    async def check(self) -> None:
        self._look()

    async def groups(self) -> list[Group]:
        self._look()
        return [replace(GROUP, visibility=self.visibility)]

    async def group(self, slug: str) -> Group | None:
        self._look()
        return next((group for group in await self.groups() if group.slug == slug), None)

    async def meetings(self, group: str | None = None) -> list[Meeting]:
        self._look()
        return [MEETING]

    async def meeting(self, slug: str) -> Meeting | None:
        self._look()
        return replace(MEETING, group=replace(GROUP, visibility=self.visibility)) if slug == MEETING.slug else None

    async def openings(self) -> list[Opening]:
        self._look()
        return [Opening("o", MEETING, 1, 0, int(NOW.timestamp() * 1_000))]

    async def opening(self, slug: str) -> Opening | None:
        opening = next((one for one in await self.openings() if one.meeting.slug == slug), None)
        return opening and replace(opening, closed_at=self.closed_at)

    async def format(self, group: str, name: str) -> str | None:
        self._look()
        return None


Site = tuple[TestClient[web.Request, web.Application], Shelf]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async def echo(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str("hello")
        await socket.close()
        return socket

    shelf, app = Shelf(), web.Application()
    site, contact, lines = "https://meet.example.org", "operator@example.org", built_in()
    add_routes(app, store=shelf, base_url=site, contact=contact, helplines=lines, ready=lambda: True)  # type: ignore[arg-type]
    app.router.add_get("/socket.io/", echo)
    async with TestClient(TestServer(app)) as client:
        yield client, shelf


PAGES = ["/", "/g/lantern", "/r/evening", "/what-we-keep", "/how-it-works"]
PATHS = [*PAGES, "/healthz", "/readyz", "/nowhere", "/r/nowhere", "/g/nowhere", "/static/assets/nothing.js"]


def strict(headers: Any) -> None:
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_strict_and_kept_by_nobody(site: Site, path: str) -> None:
    answer = await site[0].get(path)
    strict(answer.headers)
    assert answer.headers["Cache-Control"] == "no-store"


async def test_an_upgrade_carries_them_too(site: Site) -> None:
    socket = await site[0].ws_connect("/socket.io/")
    strict(socket._response.headers)
    assert await socket.receive_str() == "hello"


async def test_no_inline_script_or_style_on_any_page(site: Site) -> None:
    for path in PAGES:
        text = await (await site[0].get(path)).text()
        assert "style=" not in text
        assert "<style" not in text
        assert text.count("<script") == text.count('<script type="module" src="/static/')
        assert "on" + "click" not in text


async def test_assets_stay_for_a_year_and_come_small(site: Site) -> None:
    page = await (await site[0].get("/r/evening")).text()
    script = page.split('<script type="module" src="')[1].split('"')[0]
    answer = await site[0].get(script, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.content_type == "text/javascript"
    async with ClientSession(auto_decompress=False) as plain:
        smaller = await plain.get(site[0].make_url(script), headers={"Accept-Encoding": "gzip, deflate, br"})
        assert smaller.headers["Content-Encoding"] == "br"
    again = await site[0].get(script, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304
    assert (await site[0].get("/static/assets/..%2fmanifest.json")).status == 404


async def test_what_people_wrote_is_only_letters(site: Site) -> None:
    text = await (await site[0].get("/")).text()
    assert "The &lt;b&gt;Lantern&lt;/b&gt;" in text
    assert "Evening &amp; night" in text


@pytest.mark.parametrize(
    ("visibility", "home", "group", "room"), [("listed", True, 200, 200), ("unlisted", False, 200, 200), ("invite", False, 404, 200)]
)
async def test_who_is_shown_where(site: Site, visibility: Visibility, home: bool, group: int, room: int) -> None:
    client, shelf = site
    shelf.visibility = visibility
    assert ("Evening" in await (await client.get("/")).text()) is home
    assert (await client.get("/g/lantern")).status == group
    assert (await client.get("/r/evening")).status == room


async def test_the_page_of_an_open_room_says_at_once_what_is_said_at_its_door_and_only_that(site: Site) -> None:
    client, shelf = site

    async def known() -> dict[str, Any] | None:
        found = re.search('<div id="app" data-door="(.*?)">', await (await client.get("/r/evening")).text())
        return json.loads(html.unescape(found[1])) if found else None

    door = await known()
    assert door is not None
    assert door["title"] == MEETING.title
    assert door["group_name"] == GROUP.name, "its markup is only letters, in an attribute too"
    assert set(door) == {"title", "group_name", "format_title", "note", "led_by", "kind", "language", "guidelines", "closes_at", "lobby"}
    shelf.closed_at = 1
    assert await known() is None, "it is over"
    shelf.closed_at, shelf.visibility = None, "invite"
    assert await known() is None, "whoever was not invited learns nothing of the group"


async def test_a_store_that_does_not_answer_is_a_kind_503(site: Site) -> None:
    client, shelf = site
    shelf.fault = StoreUnavailable("canary")
    for path in ("/", "/g/lantern", "/r/evening"):
        answer = await client.get(path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        assert "canary" not in await answer.text()
    assert (await client.get("/readyz")).status == 503
    assert (await client.get("/healthz")).status == 200


async def test_a_fault_shows_nothing_of_itself(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    client, shelf = site
    shelf.fault = RuntimeError("canary")
    answer = await client.get("/")
    assert answer.status == 500
    assert "This page did not work" in await answer.text()
    written = "".join(AllowListFormatter().format(record) for record in caplog.records)
    assert "exception=RuntimeError" in written, "the operator learns what kind of fault it was, and where"
    assert "canary" not in await answer.text() + written


async def test_reading_only(site: Site) -> None:
    answer = await site[0].post("/")
    assert answer.status == 405
    assert "GET" in answer.headers["Allow"]
    strict(answer.headers)


async def test_not_ready_before_it_is() -> None:
    app = web.Application()
    add_routes(app, store=Shelf(), base_url="http://127.0.0.1", contact="", helplines=built_in(), ready=lambda: False)  # type: ignore[arg-type]
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/readyz")).status == 503


@pytest.mark.parametrize(
    ("start", "rrule", "expected"),
    [
        (None, None, None),
        ("2026-11-20T11:30", None, "2026-11-20T11:30:00Z"),  # began half an hour ago, and is not over
        ("2026-11-20T10:30", None, None),
        ("2026-03-03T19:00", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24T19:00:00Z"),
        ("2026-07-07T19:00", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01T19:00:00Z"),
        ("nonsense", "FREQ=WEEKLY", None),
        ("2026-03-03T19:00", "FREQ=NONSENSE", None),
    ],
)
def test_when_it_is_next(start: str | None, rrule: str | None, expected: str | None, tmp_path: Path) -> None:
    page = Pages("", tmp_path).group(GROUP, [replace(MEETING, start=start, rrule=rrule)], [], NOW)
    card = page.partition('class="week"')[0]
    assert re.findall('datetime="(.*?)"', card) == ([expected] if expected else [])
    assert ("Opened by hand" in page) is (expected is None)


@pytest.mark.parametrize(
    ("asked", "accepts", "language"),
    [
        ("", "", "en"),
        ("", "es-MX,es;q=0.9,en;q=0.5", "es"),
        ("", "fr-FR, ar;q=0.3, es;q=0.8", "es"),
        ("", "fr, de;q=0.5", "en"),
        ("", "ar;q=0, es;q=nonsense, *", "en"),
        ("", "en-XA", "en"),  # nobody has it by chance
        ("en-XA", "es", "en-XA"),
        ("ar", "es", "ar"),
        ("../en", "es", "es"),
        ("", "x," * 5_000 + "es", "en"),
    ],
)
def test_a_page_is_in_the_language_that_somebody_chose_or_their_browser_asks_for(asked: str, accepts: str, language: str) -> None:
    pages = Pages("")
    reader = pages.reader(asked, accepts)
    assert reader == Reader(language, asked == language)
    page = pages.home([GROUP], [replace(MEETING, start="2026-11-24T19:00", language="es")], [], NOW, reader=reader)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert (f'href="/g/lantern?lang={asked}"' in page) is reader.asked, "who has chosen goes on in it"
    assert {"es": ">martes 24 de noviembre, 19:00 (", "ar": ">الثلاثاء، 24 نوفمبر، 19:00 ("}.get(language, "24 November, 19:00 (") in page
    assert '<bdi lang="es">' in page
    assert {"en": "In \u2068Spanish\u2069", "ar": "باللغة: \u2068الإسبانية\u2069", "es": "</html>"}.get(language, "Spanish") in page
    assert "spañol" not in page.partition("<h1>")[2], "a meeting's language is said where it is another than the page's"
    assert 'href="?lang=es"' in page or language == "es"
    assert "?lang=en-XA" not in page or asked == "en-XA"
    assert f'<link rel="modulepreload" href="{pages.assets.sentences(language)}">' in pages.room(reader)


def starts(page: str, section: str) -> list[str]:
    """The times that a section of a page lists, in UTC."""
    return re.findall('datetime="(.*?)"', page.partition(f'<h2 id="{section}">')[2].partition("</section>")[0])


def test_the_home_page_lists_what_is_on_what_is_next_and_the_week(tmp_path: Path) -> None:
    weekly = replace(MEETING, slug="weekly", start="2026-11-03T19:00", rrule="FREQ=WEEKLY;BYDAY=TU,SA")
    monthly = replace(MEETING, slug="monthly", start="2026-11-01T09:00", rrule="FREQ=MONTHLY;BYDAY=1SU")
    always = replace(MEETING, slug="always", always_open=True)
    runs = replace(MEETING, slug="runs", start="2026-11-20T11:30", rrule="FREQ=WEEKLY")
    opening = Opening("o", runs, 1, 0, int(NOW.timestamp() * 1_000) + 1_800_000)
    hidden = replace(MEETING, slug="hidden", group=Group("hidden", "Hidden", "unlisted"), start="2026-11-20T13:00", rrule="FREQ=WEEKLY")
    meetings = [weekly, monthly, always, runs, hidden]
    page = Pages("", tmp_path).home([GROUP, hidden.group], meetings, [opening], NOW)
    assert starts(page, "open") == ["2026-11-20T12:30:00Z"]
    assert starts(page, "next") == ["2026-11-21T19:00:00Z"]
    assert starts(page, "week") == ["2026-11-21T19:00:00Z", "2026-11-24T19:00:00Z", "2026-11-27T11:30:00Z"]
    assert starts(page, "later") == ["2026-12-06T09:00:00Z"]
    assert "/r/hidden" not in page
    assert "/r/always" not in page, "it does not begin"


def test_the_home_page_is_narrowed_by_language_format_and_day() -> None:
    tuesday = replace(MEETING, slug="tuesday", start="2026-11-03T19:00", rrule="FREQ=WEEKLY;BYDAY=TU", language="en", format="smart")
    sunday = replace(MEETING, slug="sunday", start="2026-11-01T09:00", rrule="FREQ=WEEKLY;BYDAY=SU", language="es", format="na")
    meetings, pages = [tuesday, sunday], Pages("")

    def found(**query: str) -> set[str]:
        week = pages.home([GROUP], meetings, [], NOW, query=query).partition('<h2 id="week">')[2]
        return set(re.findall('href="/r/(.*?)"', week))

    assert found() == {"tuesday", "sunday"}
    assert found(language="es") == found(format="na") == found(day="7") == {"sunday"}
    assert found(language="en", day="2") == {"tuesday"}
    assert found(language="en", day="7") == set()
    assert found(language="xx", format="<b>", day="9") == {"tuesday", "sunday"}, "what no meeting has is no choice"
    page = pages.home([GROUP], meetings, [], NOW, query={"language": "es"})
    assert 'href="/?language=es&amp;format=na#meetings"' in page
    assert 'href="?lang=ar&amp;language=es"' in page, "in another language one still looks for the same"
    assert 'href="?lang=ar"' in pages.home([GROUP], meetings, [], NOW)
    assert "<details" not in pages.home([GROUP], [tuesday], [], NOW), "nothing to choose among one"


def test_a_groups_page_lists_its_week_with_what_is_otherwise_this_once(tmp_path: Path) -> None:
    at = datetime.fromisoformat
    changes = (
        Change(at("2026-11-24T19:00"), start=at("2026-11-25T20:00"), minutes=30, title="Late"),
        Change(at("2026-11-21T19:00"), skipped=True),
    )
    weekly = replace(MEETING, start="2026-11-03T19:00", rrule="FREQ=WEEKLY;BYDAY=TU,SA", changes=changes)
    page = Pages("", tmp_path).group(GROUP, [weekly], [], NOW)
    assert starts(page, "week") == ["2026-11-25T20:00:00Z"]
    assert "<bdi>Late</bdi></a>" in page
    assert 'href="/g/lantern.ics"' in page
    assert 'href="/g/lantern.discreet.ics"' in page
    assert ".ics" not in Pages("", tmp_path).group(GROUP, [replace(MEETING, start=None, rrule=None)], [], NOW)
