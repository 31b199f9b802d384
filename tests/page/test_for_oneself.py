"""What somebody does for themselves alone: not telling who they are, larger text, a calm minute; on a line that comes and goes."""

from __future__ import annotations

import re

from playwright.async_api import Route, expect

from tests.page.between import Between
from tests.page.conftest import Arrive, Place
from tests.page.person import PHONE, Person

TELLING = {
    "a phone number": "call me on 0171 234 5678 tonight",
    "a phone number with its country": "+49 (30) 1234-5678",
    "an e-mail address": "anna.m@example.org",
    "a handle": "find me, I am @grey_heron.77",
    "a name elsewhere": "my insta is heron77",
    "a street": "I live at 12 Mill Street",
    "a street, small": "it is 4 long acre road",
    "a street in German": "ich wohne Hauptstraße 5",
    "a street in Spanish": "vivo en la calle Mayor 12",
    "a postcode": "near SW1A 1AA",
    "a full name": "Hello, my name is Anna Miller.",
    "a full name in Spanish": "Me llamo Ana García López",
    "a surname": "Mrs. Miller from next door saw me",
    "signed": "thank you all\nAnna Miller",
    "a phone number after a date": "since 2019-03-04 call 612 345 678",
    "a phone number with dots": "06.12.34.56.78",
    "a handle beside a name from here": "@river and @bob_77",
}
HARMLESS = (
    "I'm Grateful, and 3 years 4 months sober",
    "It began on 2024-11-24, or was it 24.11.2024, at 10:30",
    "I was away 2019 - 2021",
    "One in 10 000 000",
    "Call 988, or 116 123",
    "SAMHSA is 1-800-662-4357",
    "My name is Wide River here",
    "I drank 2 bottles a day, 7 days a week",
    "10 years down the road I still crave, 12 days on this road",
    "I have 2 Court dates",
    "I found this via a friend 2 days ago",
    "@Wide River. I hear you. @river too",
    "facebook is full of triggers; I left facebook at christmas",
    *("Thank You", "Me Too", "Good Morning", "Happy Birthday", "Serenity Prayer"),
    "This is Alcoholics Anonymous, and Dr. Bob began it",
    "So true\nThank You",
    "I spent 1200-1500 a month on it",
    "Read pages 58 59 60 61",
    "2019 2020 2021 were bad years",
    "clean since 2019-03-04 12:30",
    "viví en la calle a los 15",
)


async def test_what_tells_who_one_is_is_asked_about_and_stays_in_the_tab(arrive: Arrive, place: Place) -> None:
    river = await arrive(PHONE)
    between = await Between().stand(river.page)
    await river.go_in(place.room, "Wide River")
    nudge = river.page.locator(".nudge")
    for what, text in TELLING.items():
        await river.box.fill(text)
        await river.button("Send").click()
        await expect(nudge, what).to_be_visible()
        await nudge.get_by_role("button", name="Change it").click()
        await expect(nudge).to_have_count(0)
        await expect(river.box).to_have_value(text)
    assert not [frame for frame in between.sent if '"send"' in frame], "nothing has left the tab"
    for text in HARMLESS:
        await river.say(text)
    await river.box.fill(TELLING["an e-mail address"])
    await river.button("Send").click()
    await river.button("Send it all the same").click()
    await expect(river.said(TELLING["an e-mail address"])).to_be_visible()


async def test_larger_text_leaves_the_room_usable_and_goes_with_it(arrive: Arrive, place: Place) -> None:
    river = await arrive((320, 568))
    await river.to_door(place.room)
    await river.button("Text size, and a calm minute").click()
    await river.sheet.locator(".sizes input").last.check()
    await river.sheet.get_by_role("button", name="Close", exact=True).click()
    await river.fits()
    await river.button("Go in").click()
    await river.say("Hello, everyone, here.")
    await river.stores("size")
    await river.page.reload()
    await expect(river.box).to_be_visible()
    assert await river.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    await river.fits()
    log = await river.page.locator(".log").bounding_box()
    assert log is not None
    assert log["height"] > 120, "there is still something to read"
    for name in ("I need help", "Leave quickly", "Leave", "Send"):
        await expect(river.button(name)).to_be_in_viewport(ratio=1)
    await river.button("About this meeting, and text size").click()
    await river.fits()
    await river.sheet.get_by_role("button", name="Breathe for a minute").click()
    await expect(river.sheet.get_by_text("Let the breath out last longer")).to_be_visible()
    await river.sheet.get_by_role("button", name="That is enough").click()
    await river.button("Leave").click()
    await river.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(river.heading("You have left")).to_be_visible()
    await river.keeps_nothing()


async def later_scripts_fail(person: Person) -> None:
    async def abort(route: Route) -> None:
        await route.abort()

    await person.page.route(re.compile(r"/static/assets/(Rare|Cards|HostTools)-"), abort)


async def test_what_comes_later_opens_by_itself_and_help_does_not_wait_for_it(arrive: Arrive, place: Place) -> None:
    river = await arrive(PHONE)
    await later_scripts_fail(river)
    await river.go_in(place.room, "Wide River")
    await river.say("Hello.")
    await river.message("Hello.").get_by_role("button", name=re.compile("^More for")).click()
    await expect(river.sheet).to_contain_text("It opens here by itself")
    await river.sheet.get_by_role("button", name="Close", exact=True).click()

    # At the worst moment nothing is fetched.
    await river.page.context.set_offline(True)
    await river.button("I need help").click()
    await expect(river.sheet.get_by_label("What would help?")).to_be_visible()
    await river.sheet.get_by_label("Country").select_option("GB")
    await expect(river.sheet.get_by_role("link", name="116 123")).to_be_visible()
    await river.sheet.get_by_role("button", name="Close", exact=True).click()

    await river.message("Hello.").get_by_role("button", name=re.compile("^More for")).click()
    await expect(river.sheet).to_contain_text("It opens here by itself")
    await river.page.context.set_offline(False)
    # With a line, and still none of it: after an upgrade it is gone.
    await expect(river.sheet.get_by_role("button", name="Load the page again")).to_be_visible(timeout=20_000)
    await river.page.unroute_all()
    await expect(river.sheet.get_by_role("button", name="Take back")).to_be_visible()
    await expect(river.button("Load the page again")).to_have_count(0)
    river.problems.clear()  # the browser's own lines about what it could not fetch


async def test_once_it_came_it_works_without_a_line(arrive: Arrive, place: Place) -> None:
    river = await arrive(PHONE)
    async with river.page.expect_response(re.compile("/assets/Rare-")):
        await river.to_door(place.room)  # while somebody reads there
    await river.button("Go in").click()
    await river.say("Hello.")
    await river.page.context.set_offline(True)
    await river.message("Hello.").get_by_role("button", name=re.compile("^More for")).click()
    await expect(river.sheet.get_by_role("button", name="Take back")).to_be_visible()
    await river.page.keyboard.press("Escape")
    await river.button("I need help").click()
    await expect(river.sheet.get_by_text("An overdose")).to_be_visible()
    await river.page.context.set_offline(False)
    river.problems.clear()  # the browser's own lines about the line


async def test_a_first_screen_that_stands_still_and_a_language_that_is_gone_lead_to_a_new_page(arrive: Arrive, place: Place) -> None:
    river = await arrive(PHONE)

    async def gone(route: Route) -> None:
        await route.fulfill(status=404)

    sentences = re.compile(r"/static/assets/(en|es)-[^X]")
    await river.page.clock.install()
    await river.page.route(sentences, gone)
    await river.page.goto(f"{place.url}/r/{place.room}")
    anew = river.button("Load the page again")
    for _ in range(50):
        if await anew.is_visible():
            break
        await river.page.clock.fast_forward(3_000)
    await river.page.unroute_all()
    await anew.click()
    await expect(river.button("Go in")).to_be_visible()
    await river.page.route(sentences, gone)
    await river.page.get_by_role("link", name="Español").click()
    await expect(river.page.locator("html[lang=es] .slow-start")).to_have_count(
        1
    )  # the server's own page, whose script has sentences of today
    await river.page.unroute_all()
    await river.page.reload()
    await expect(river.button("Entrar")).to_be_visible()
    river.problems.clear()  # the browser's own lines about what it could not fetch
