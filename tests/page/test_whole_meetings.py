"""Two formats from begin to close, led by the run sheet's big button: what a facilitator and three members do and see on the way."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.page.conftest import Arrive, new_room
from tests.page.meetings import all_is_over, four, is_heard, on_to, poll, reads_out, run_sheet, say_in_turn, turns
from tests.running import RunningServer

pytestmark = pytest.mark.timeout(120)


async def test_a_facilitated_group(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await new_room(shared_server, opened=True, form="facilitated-group")
    host, *rest = await four(arrive, place)
    river, heron, gravel = members = tuple(rest)
    await river.say("Good evening.")
    await on_to(host, "Welcome")
    await reads_out(host, members)

    await on_to(host, "Guidelines")
    await heron.say("May we swear here?")
    await run_sheet(host).get_by_role("button", name="Ask: do we agree to the guidelines?").click()
    for person in (host, *members):
        await poll(person).get_by_role("button", name="I agree").click()
    await expect(run_sheet(host)).to_contain_text(re.compile(".?4.? have answered."))
    await run_sheet(host).get_by_role("button", name="Count and show").click()
    for person in (host, *members):
        await expect(poll(person)).to_contain_text("Fewer than five have answered")

    await on_to(host, "Check-in")
    await expect(poll(river)).to_have_count(0)  # the result goes with its part
    await expect(gravel.page.get_by_text("How are you here today, and what would help you in this hour?")).to_be_visible()
    await say_in_turn(host, "I am glad to be here.", others=members)
    await expect(turns(river)).to_contain_text("It is your turn.")
    await river.button("Pass").click()
    await say_in_turn(heron, "A hard week.", others=(host, river, gravel))
    await say_in_turn(gravel, "Tired, and here.", others=(host, river, heron))
    await say_in_turn(river, "Now I know what to say.", others=(host, heron, gravel))  # who passed is asked at the end

    await on_to(host, "Group work")
    await run_sheet(host).get_by_text("Choose a topic", exact=True).click()
    await run_sheet(host).get_by_text("hope", exact=True).click()
    await run_sheet(host).locator(".prompt").last.click()
    for member in members:
        await expect(turns(member).locator(".topic")).to_be_visible()
        await expect(turns(member)).to_contain_text("Everyone can write.")
    await gravel.say("What helps me is the morning.")
    await heron.menu("What helps me is the morning.", "Me too")
    await heron.menu("What helps me is the morning.", "Reply")
    await heron.say("Mine as well.")
    await is_heard("Mine as well.", host, river, gravel)

    await on_to(host, "Resource")
    await reads_out(host, members)
    await on_to(host, "Closing round")
    for person, word in ((host, "Grateful."), (river, "Hopeful."), (heron, "Lighter."), (gravel, "Warm.")):
        await say_in_turn(person, word, others=tuple(other for other in (host, *members) if other is not person))
    await expect(turns(host)).to_contain_text("The floor is free.")
    await all_is_over(host, members)


async def test_a_smart_meeting(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await new_room(shared_server, opened=True, form="smart")
    host, *rest = await four(arrive, place)
    river, heron, gravel = members = tuple(rest)
    await river.button("About this meeting, and text size").click()
    await expect(river.sheet).to_contain_text("It is not affiliated with SMART Recovery")
    await river.page.keyboard.press("Escape")
    await on_to(host, "Welcome")
    await reads_out(host, members)

    # Check-in: each in turn, nobody answers; reactions are quiet, and all the time.
    await on_to(host, "Check-in")
    await say_in_turn(host, "A quiet week.", others=members)
    await expect(turns(river)).to_contain_text("It is your turn.")
    await river.say("An urge on Friday; it passed.")
    await is_heard("An urge on Friday; it passed.", heron)
    await heron.message("An urge on Friday").get_by_role("button", name=re.compile("^More for")).click()
    await expect(heron.sheet.get_by_role("button", name="Reply")).to_have_count(0)
    await heron.sheet.get_by_role("button", name="With you").click()
    await expect(river.page.get_by_role("button", name=re.compile("^.?With you.?, "))).to_be_visible()
    await river.button("Done").click()
    await say_in_turn(heron, "I want to talk about evenings.", others=(host, river, gravel))
    await expect(turns(gravel)).to_contain_text("It is your turn.")
    await gravel.box.fill("pass")
    await gravel.button("Send").click()

    await on_to(host, "Agenda")
    await run_sheet(host).get_by_text("Choose a topic", exact=True).click()
    await run_sheet(host).get_by_label("In your own words").fill("Evenings.")
    await run_sheet(host).get_by_role("button", name="Make it the topic").click()
    await expect(turns(gravel).locator(".topic")).to_contain_text("Evenings.")

    # Working time: everyone writes, and answers.
    await on_to(host, "Working time")
    await heron.say("What do you do at eight?")
    await gravel.menu("What do you do at eight?", "Reply")
    await gravel.say("I cook.")
    await is_heard("I cook.", host, river, heron)
    await on_to(host, "Hat")
    await reads_out(host, members)

    # Check-out: one thing until next time, which is one's own to take along.
    await on_to(host, "Check-out")
    await say_in_turn(host, "I will call my friend.", others=members)
    await say_in_turn(river, "I will cook on Friday.", others=(host, heron, gravel))
    await expect(river.page.locator(".until-next")).to_be_visible()
    await say_in_turn(heron, "A walk at eight.", others=(host, river, gravel))
    await say_in_turn(gravel, "Sleep.", others=(host, river, heron))
    await on_to(host, "Closing")
    await expect(river.page.locator(".until-next")).to_be_visible()  # still there to be taken along
    await reads_out(host, members)
    await expect(run_sheet(host)).to_contain_text("This is the last part.")
    await all_is_over(host, members)
