"""One thing until next time: one's own words as a calendar file that the page makes, and the server never sees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
from icalendar import Calendar
from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.meetings import on_to, three, turns, with_everything
from tests.page.person import Person
from tests.running import RunningServer

WORDS = "Call my sister, on Sunday; not “some day”.\nC:\\new plans — " + "äöü 🌱 ".replace(" ", " and ") * 30 + "Ende."

OFFER = "Keep your words for yourself: add them to your calendar"
LOCAL = "new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 19)"


@pytest_asyncio.fixture(loop_scope="session")
async def everything(shared_server: tuple[RunningServer, str]) -> Place:
    return await with_everything(shared_server)


async def saved(person: Person, folder: Path) -> bytes:
    async with person.page.expect_download() as download:
        await person.button(OFFER).click()
    assert (await download.value).suggested_filename == "reminder.ics"
    path = folder / "reminder.ics"
    await (await download.value).save_as(path)
    return _contents(path)


def event_of(file: bytes) -> Any:
    """The one event in it, as a calendar reads it."""
    (event,) = Calendar.from_ical(file.decode()).walk("VEVENT")
    return event


def _contents(path: Path) -> bytes:
    return path.read_bytes()


async def test_words_for_next_time_go_into_a_calendar(arrive: Arrive, everything: Place, tmp_path: Path) -> None:
    host, river, heron = await three(arrive, everything)
    for title in ("Guidelines", "Milestones", "Topic", "Sharing"):
        await on_to(host, title)
    await heron.button("Raise hand").click()
    await heron.say("This is not for next time.")
    await on_to(host, "Closing round")
    await expect(turns(host)).to_contain_text("It is your turn.")
    await host.button("Done").click()
    await expect(turns(river)).to_contain_text("It is your turn.")
    await river.box.fill(WORDS)
    await river.button("Send").click()
    await river.say("And sleep.")
    await expect(river.page.get_by_text(OFFER)).to_be_visible()
    await expect(heron.page.get_by_text(OFFER)).to_have_count(0)
    await river.fits()

    file = await saved(river, tmp_path)
    lines = file.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    event = event_of(file)
    assert event["SUMMARY"] == "Reminder"
    assert event["DESCRIPTION"] == f"{WORDS}\nAnd sleep."
    assert event["CLASS"] == "PRIVATE"
    assert abs(event["DTSTAMP"].dt - datetime.now(UTC)) < timedelta(minutes=5)
    start = event["DTSTART"].dt
    assert start.tzinfo is None  # by the clock on the wall
    local = datetime.fromisoformat(
        await river.page.evaluate("new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 19)")
    )
    assert abs(start - local - timedelta(days=7)) < timedelta(hours=1)
    await expect(river.page.get_by_text("Saved as “reminder.ics”.")).to_be_visible()
    for name in (everything.room, "Evening circle", "Demo", "Everything", "chatserver", "127.0.0.1"):
        assert name.encode() not in file
    kept = await river.stored()
    assert "sister" not in kept

    # Another time it has another id; and what is put away is gone.
    await river.say("And a walk.")
    second = event_of(await saved(river, tmp_path))
    assert second["UID"] != event["UID"]
    assert second["DESCRIPTION"].endswith("And a walk.")
    await river.page.locator(".until-next").get_by_role("button", name="Close").click()
    await expect(river.page.locator(".until-next")).to_have_count(0)

    # A browser that hides its clock, as Tor Browser does, knows the moment and not the hour on the wall.
    developer = await river.page.context.new_cdp_session(river.page)
    await developer.send("Emulation.setTimezoneOverride", {"timezoneId": "Atlantic/Reykjavik"})
    await river.page.reload()
    moment = event_of(await saved(river, tmp_path))["DTSTART"].dt
    assert moment.tzinfo is not None
    assert abs(moment - datetime.now(UTC) - timedelta(days=7)) < timedelta(hours=1)
