"""What people see of a schedule: early, with a countdown; in by themselves; a room that nobody leads; and when the next one is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from playwright.async_api import expect

from chatserver.domain.schedule import written
from chatserver.engine.tokens import hash_token, new_opening_id, new_token
from chatserver.store.base import Key, Meeting
from chatserver.store.sql import open_store
from tests.page.conftest import Arrive, Place, new_slug
from tests.page.front import without_dropped_lines
from tests.page.person import DESKTOP, PHONE
from tests.running import RunningServer

ZONE = "Asia/Kathmandu"  # where nobody's clock in these tests shows the same
MINUTE = 60_000


async def scheduled_room(shared: tuple[RunningServer, str], starts_in: int, *, opened: bool) -> Place:
    """Daily. `starts_in`: minutes from now; `opened`: as the schedule opens it."""
    running, url = shared
    starts_at = (datetime.now(UTC) + timedelta(minutes=starts_in)).replace(second=0, microsecond=0)
    local = written(starts_at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None))
    store = await open_store(url)
    try:
        group = await store.group("demo")
        assert group is not None
        slug, key = new_slug(), new_token()
        rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
        await store.add_meeting(Meeting(slug, group, "Evening circle", "open-circle", ZONE, local, rule, 60, doors_minutes=5))
        await store.add_key(Key(hash_token(key), group.slug, "facilitator"))
        if opened:
            at = int(starts_at.timestamp()) * 1_000
            await store.open_meeting(slug, new_opening_id(), at - 5 * MINUTE, at + 60 * MINUTE, local)
    finally:
        await store.close()
    return Place(running.url, slug, key)


@pytest_asyncio.fixture(loop_scope="session")
async def early(shared_server: tuple[RunningServer, str]) -> Place:
    """It opens in about an hour."""
    return await scheduled_room(shared_server, 65, opened=False)


@pytest_asyncio.fixture(loop_scope="session")
async def runs(shared_server: tuple[RunningServer, str]) -> Place:
    return await scheduled_room(shared_server, -5, opened=True)


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_who_is_early_sees_when_it_opens_and_goes_in_by_themselves(arrive: Arrive, early: Place, size: tuple[int, int]) -> None:
    person, host = await arrive(size), await arrive()
    await person.page.clock.install()
    await person.to_door(early.room)
    await expect(person.heading("You are early")).to_be_visible()
    await expect(person.page.locator(".opens-at")).to_contain_text("your time")
    await expect(person.page.get_by_role("timer")).to_have_text(re.compile(r"^(5\d|1:00):\d\d$"))
    await expect(person.page.get_by_text(re.compile("Kathmandu.* time:"))).to_be_visible()
    assert await person.page.get_by_role("link", name="Add to calendar").get_attribute("href") == f"/r/{early.room}.ics"
    assert await person.page.get_by_role("link", name="with a neutral title").get_attribute("href") == f"/r/{early.room}.discreet.ics"
    await person.fits()
    await person.page.get_by_label("Your name in this meeting").fill("Early Bird")
    await person.button("Go in when it opens").click()
    await expect(person.page.get_by_text("You go in as \u2068Early Bird\u2069 as soon as the room opens.")).to_be_visible()
    await host.to_door(early.room, f"#key={early.facilitator_key}")
    await host.button("Open the room now").click()
    await expect(host.button("Go in")).to_be_visible()
    await person.page.clock.fast_forward(65_000)  # it looks again once a minute, and when the doors open
    await expect(person.box).to_be_visible()
    await expect(person.page.locator(".person", has_text="Early Bird")).to_have_count(1)


async def test_the_countdown_goes_on_and_the_wish_can_be_taken_back(arrive: Arrive, early: Place) -> None:
    person = await arrive(PHONE)
    await person.page.clock.install()
    await person.to_door(early.room)
    timer = person.page.get_by_role("timer")
    before = await timer.inner_text()
    await person.page.clock.fast_forward(3_000)
    await expect(timer).not_to_have_text(before)
    await person.button("Go in when it opens").click()
    await person.button("Change that").click()
    await expect(person.button("Go in when it opens")).to_be_visible()


async def test_a_room_that_nobody_leads_is_held_until_somebody_does(arrive: Arrive, runs: Place) -> None:
    one, host = await arrive(PHONE), await arrive()
    await one.to_door(runs.room)
    await expect(one.page.get_by_text("Nobody who leads is here yet.")).to_be_visible()
    await one.button("Knock").click()
    await expect(one.page.get_by_text("Nobody who leads is here at the moment.")).to_be_visible()
    await expect(one.page.get_by_text(re.compile("If nobody comes, the room closes at"))).to_be_visible()
    late = await (await arrive()).to_door(runs.room)
    await expect(late.page.get_by_text("Nobody who leads is here yet.")).to_be_visible()
    await expect(late.button("Knock")).to_be_visible()
    await host.go_in(runs.room, "Early Light", f"#key={runs.facilitator_key}")
    await expect(one.box).to_be_visible()
    await one.say("Hello.")
    await expect(one.page.locator(".held")).to_have_count(0)
    await host.button("Leave").click()
    await host.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(one.page.locator(".held")).to_contain_text("The room closes at")
    await one.fits()
    await one.button("Raise hand").click()
    await one.say("In my turn.")
    await host.go_in(runs.room, "Early Light", f"#key={runs.facilitator_key}")
    await expect(one.page.locator(".held")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_the_last_screen_says_when_the_next_one_is(arrive: Arrive, runs: Place, size: tuple[int, int]) -> None:
    host, one = await arrive(), await arrive(size)
    await host.go_in(runs.room, "Early Light", f"#key={runs.facilitator_key}")
    await one.go_in(runs.room)
    await host.button("Extend").click()
    await expect(host.page.locator(".time-left")).to_contain_text("h ")
    await expect(one.page.locator(".time-left")).to_contain_text("h ")
    await host.button("Close the meeting").click()
    await host.sheet.locator("button.danger").click()
    await expect(one.heading("The meeting is over")).to_be_visible()
    tomorrow = await one.page.evaluate("new Date(Date.now() + 864e5).toLocaleDateString('en', {weekday: 'long'})")
    await expect(one.page.get_by_text(f"The next meeting: \u2068{tomorrow}")).to_be_visible()
    await one.fits()
    await one.to_door(runs.room)
    await expect(one.heading("This meeting is over")).to_be_visible()
    await expect(one.page.get_by_text(f"The next meeting: \u2068{tomorrow}")).to_be_visible()


async def test_so_does_the_screen_of_one_who_was_away_when_it_closed(arrive: Arrive, runs: Place) -> None:
    host, away = await arrive(), await arrive(PHONE)
    await host.go_in(runs.room, "Early Light", f"#key={runs.facilitator_key}")
    await away.go_in(runs.room)
    await away.page.context.set_offline(True)
    await expect(away.page.get_by_text("The line dropped.")).to_be_visible()
    await host.button("Close the meeting").click()
    await host.sheet.locator("button.danger").click()
    await expect(host.heading("The meeting is over")).to_be_visible()
    await away.page.context.set_offline(False)
    await expect(away.heading("The meeting is over")).to_be_visible()
    await expect(away.page.get_by_text("The next meeting:")).to_be_visible()
    without_dropped_lines(away)


async def test_the_week_on_the_public_pages(arrive: Arrive, early: Place) -> None:
    person = await arrive(PHONE)
    await person.page.goto(early.url)
    for path in ("/", "/g/demo"):
        await person.page.goto(early.url + path)
        rows = person.page.locator(f".week li:has(a[href='/r/{early.room}'])")
        await expect(rows).to_have_count(7)
        first = rows.first.locator("time")
        assert "Kathmandu" in (await first.get_attribute("title") or ""), "what the server wrote"
        assert "Kathmandu" not in await first.inner_text(), "by the reader's own clock"
        await person.fits()
    await expect(person.page.get_by_role("link", name="Add to calendar")).to_have_attribute("href", "/g/demo.ics")
