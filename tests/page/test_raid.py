"""A meeting that is disturbed, as those see it who lead it, who sit in it and who are sent to the door."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import expect

from chatserver.domain.work import Work
from tests.clients import Client
from tests.engine.house import done
from tests.page.conftest import Arrive, Place, new_room
from tests.page.person import DESKTOP, PHONE, Person
from tests.running import RunningServer

MANY = 20
HOSTILE = "hostile words"


@pytest_asyncio.fixture(loop_scope="session")
async def place(shared_server: tuple[RunningServer, str]) -> Place:
    """A meeting that has begun a while ago: whoever comes now does not come for the hour."""
    return await new_room(shared_server, opened=True, minutes_ago=10)


@pytest_asyncio.fixture(loop_scope="session")
async def crowd(place: Place) -> AsyncIterator[list[Client]]:
    """They come at once, and each of those who get in says something."""
    clients = [Client() for _ in range(MANY)]
    yield clients
    for client in clients:
        await client.close()


async def comes(crowd: list[Client], place: Place) -> None:
    for number, client in enumerate(crowd):
        await client.connect(place.url)
        answer = await client.ask("join", {"room": place.room})
        if answer.get("code") == "work_needed":
            answer = await client.ask("join", {"room": place.room, "work": done(Work(**answer["work"]))})
        assert answer["ok"], answer
        client.joined = answer
        if "waiting" not in client.joined:
            await client.taken("send", {"id": "m1", "text": f"{HOSTILE} {number}"})


async def leads(arrive: Arrive, place: Place, name: str = "Early Light", size: tuple[int, int] = DESKTOP) -> Person:
    return await (await arrive(size)).go_in(place.room, name, f"#key={place.facilitator_key}")


async def test_a_wave_is_told_to_who_leads_and_ended_in_one_tap(arrive: Arrive, place: Place, crowd: list[Client]) -> None:
    host, phone = await leads(arrive, place), await leads(arrive, place, "Second Light", PHONE)
    member = await (await arrive(PHONE)).go_in(place.room, "Grey Heron")
    await comes(crowd, place)
    for each in (host, phone):
        await expect(each.page.locator(".wave")).to_contain_text("Many people came at once.")
        await each.fits()
    await expect(member.page.locator(".wave")).to_have_count(0)
    late = await (await arrive(PHONE)).to_door(place.room)
    await late.page.get_by_role("button", name=re.compile("^(Go in|Knock)$")).click()
    await expect(late.heading("You are at the door")).to_be_visible()  # its page has done the work
    await member.say("We go on.")
    await expect(host.page.locator(".knocker")).to_have_count(MANY - 13, timeout=15_000)
    await host.button("It is a raid: send newcomers out").click()
    await expect(phone.page.locator(".message", has_text=HOSTILE)).to_have_count(0)
    await expect(member.page.get_by_text("This says nothing about you.")).to_be_visible()
    await expect(host.page.locator(".knocker")).to_have_count(MANY + 2)
    await phone.button("All is well: let them in").click()
    await expect(host.page.locator(".wave")).to_have_count(0)
    await expect(host.page.locator(".knocker")).to_have_count(0)
    await asyncio.gather(*(client.event("lobby", lambda e: "admitted" in e) for client in crowd[-3:]))
    await member.say("We went on.")


async def test_a_sweep_makes_it_quiet_at_once_and_is_undone_in_one_tap(arrive: Arrive, place: Place, crowd: list[Client]) -> None:
    host = await leads(arrive, place)
    member = await (await arrive(PHONE)).go_in(place.room, "Grey Heron")
    await comes(crowd[:8], place)
    await member.box.fill("half a thought")
    await member.button("About this meeting, and text size").click()
    await expect(host.page.locator(".message", has_text=HOSTILE)).to_have_count(8)
    await host.page.get_by_text("If the meeting is disturbed").click()
    await host.button("Send them").click()
    await expect(host.page.locator(".message", has_text=HOSTILE)).to_have_count(0)
    await expect(host.page.locator(".knocker")).to_have_count(9)
    await expect(host.page.locator(".toast")).to_contain_text("sent to the lobby")
    await expect(host.page.get_by_role("switch", name="Lobby")).to_have_attribute("aria-checked", "true")
    await expect(member.page.get_by_text("This says nothing about you.")).to_be_visible()
    await expect(member.sheet).to_have_count(0)
    await member.fits()
    await host.page.get_by_role("button", name=re.compile("^Let all .*9.* in again")).click()
    await expect(member.box).to_have_value("half a thought")
    await expect(host.page.locator(".knocker")).to_have_count(0)
    await expect(host.page.get_by_role("switch", name="Lobby")).to_have_attribute("aria-checked", "false")
    await host.page.locator(".for-hosts summary").click()
    await expect(host.page.locator(".doings li")).to_have_text(
        [re.compile("lobby off"), re.compile("in again"), re.compile("Sent newcomers")]
    )
    await member.say("I am back.")
    await expect(host.said("I am back.")).to_be_visible()


async def test_who_was_sent_to_the_door_may_reload_there(arrive: Arrive, place: Place) -> None:
    host = await leads(arrive, place)
    member = await (await arrive(PHONE)).go_in(place.room, "Grey Heron")
    await host.page.get_by_text("If the meeting is disturbed").click()
    await host.button("Send them").click()
    await expect(member.page.get_by_text("This says nothing about you.")).to_be_visible()
    await member.page.reload()
    await expect(member.heading("You are at the door")).to_be_visible()
    await host.button("Let in").click()
    await member.say("I am back.")


async def test_another_name_and_a_ban_with_all_they_said_in_one_tap(arrive: Arrive, place: Place) -> None:
    host = await leads(arrive, place)
    troll = await (await arrive()).go_in(place.room, "Grey Heron")
    await troll.say("one")
    await troll.say("two")
    await host.with_person("Grey Heron", "Give another name")
    await host.sheet.get_by_label("New name").fill("Soft Gravel")
    await host.button("Change the name").click()
    await expect(troll.message("one")).to_contain_text("Soft Gravel")
    await host.menu("two", "Ban now, and take back all they said")
    await expect(host.page.locator(".toast")).to_contain_text(re.compile(r"Soft Gravel.* was removed; \W*2\W* messages were\W* taken back"))
    await expect(host.said("one")).to_have_count(0)
    await expect(troll.button("Ask to come back through the lobby")).to_be_visible()


async def test_freeze_stands_large_with_what_helps_when_a_meeting_is_disturbed(arrive: Arrive, place: Place) -> None:
    host = await leads(arrive, place, size=PHONE)
    await host.page.get_by_role("button", name=re.compile("^Tools")).click()
    await host.page.get_by_text("If the meeting is disturbed").click()
    await host.page.locator(".freeze-big").click()
    await expect(host.page.locator(".freeze-big")).to_contain_text("Undo freeze")
    await host.page.locator(".freeze-big").click()
    await expect(host.page.locator(".freeze-big")).to_contain_text("Stops all writing")
    await host.fits()
