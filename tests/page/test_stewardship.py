"""Hats in the page: a greeter at the door, a timekeeper and a reader in the hour; and a room that nobody leads any more."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.page.conftest import Arrive, Place, new_room
from tests.page.meetings import HERON, HOST, RIVER, on_to, run_sheet, three
from tests.page.person import PHONE, Person
from tests.running import RunningServer


async def give_hat(host: Person, name: str, hat: str) -> None:
    await host.with_person(name, "Give a hat…")
    await host.sheet.get_by_role("switch", name=re.compile(f"^{hat}")).click()
    await expect(host.sheet.get_by_role("switch", name=re.compile(f"^{hat}"))).to_be_checked()
    await host.sheet.get_by_role("button", name="Close").click()


async def test_a_greeter_sees_who_waits_and_lets_them_in(arrive: Arrive, place: Place) -> None:
    host, river, heron = await three(arrive, place)
    await host.page.get_by_role("switch", name=re.compile("^Lobby")).click()
    await give_hat(host, RIVER, "Greeter")
    await expect(heron.page.locator(".person", has_text=RIVER)).to_contain_text("Greeter")
    await river.page.get_by_role("button", name="Tools").click()
    await expect(river.page.locator(".needs-you")).to_contain_text("Nothing is waiting for you.")
    for other in (river, heron):
        await expect(other.page.get_by_role("switch")).to_have_count(0)
    newcomer = await (await arrive()).to_door(place.room)
    await newcomer.button("Knock").click()
    await expect(newcomer.heading("You are at the door")).to_be_visible()
    await expect(river.page.locator(".knocker")).to_have_count(1)
    await river.fits()
    await river.button("Let in").click()
    await expect(newcomer.box).to_be_visible()
    await expect(river.page.locator(".knocker")).to_have_count(0)
    await expect(heron.page.locator(".knocker")).to_have_count(0)


async def test_a_timekeeper_gives_time_and_a_reader_reads(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await new_room(shared_server, opened=True, form="aa-discussion")
    host, river, heron = await three(arrive, place)
    await give_hat(host, RIVER, "Timekeeper")
    await give_hat(host, HERON, "Reader")
    await run_sheet(host).get_by_role("button", name=re.compile("^Begin")).click()
    await on_to(host, "Opening")
    await river.page.get_by_role("button", name="Run sheet").click()
    await expect(run_sheet(river)).not_to_contain_text("Next")
    await run_sheet(river).get_by_role("button", name="+5 min for this part").click()
    await expect(run_sheet(river)).to_contain_text(re.compile("11\u2069? min left"))
    await expect(run_sheet(heron).get_by_role("button", name="+5 min for this part")).to_have_count(0)
    await run_sheet(heron).get_by_role("button", name="Copy into the message box").click()
    await heron.button("Send").click()
    await expect(river.page.locator(".message:not(.pending)")).to_have_count(1)
    await expect(river.why).to_contain_text("Those who lead are speaking.")


async def test_a_room_whose_last_moderator_leaves_is_held_until_a_successor_steps_in(arrive: Arrive, place: Place) -> None:
    host, river, heron = await three(arrive, place)
    await give_hat(host, RIVER, "Successor")
    await expect(river.button("Lead until somebody is back")).to_have_count(0)
    await host.button("Leave").click()
    await host.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(heron.page.locator(".held")).to_contain_text("Nobody who leads is here.")
    await expect(heron.page.locator(".held")).to_contain_text("can step in.")
    await expect(heron.why).to_contain_text("Raise your hand to speak.")
    newcomer = await (await arrive()).to_door(place.room)
    await newcomer.button("Knock").click()
    await expect(newcomer.heading("You are at the door")).to_be_visible()
    await river.fits()

    await river.button("Lead until somebody is back").click()
    for person in (river, heron):
        await expect(person.page.locator(".held")).to_have_count(0)
    await expect(newcomer.box).to_be_visible()
    await expect(river.page.get_by_text("You are now a moderator.")).to_be_visible()
    await heron.say("Thank you for stepping in.")

    # Back: who stepped in is who they were.
    again = await arrive(PHONE)
    await again.go_in(place.room, HOST, f"#key={place.facilitator_key}")
    await expect(river.page.get_by_text("You are no longer a moderator.")).to_be_visible()
    await expect(heron.page.locator(".person", has_text=RIVER)).not_to_contain_text("Moderator")
    await river.say("Welcome back.")
