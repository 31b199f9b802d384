"""Out, at once or in peace: nothing stays behind in the browser."""

from __future__ import annotations

import pytest
from playwright.async_api import Route, expect

from tests.page.conftest import Arrive, Place
from tests.page.person import AWAY, DESKTOP, PHONE, Person

WITHIN_MS = 200


async def neutral_page(person: Person) -> None:
    """Stands in for the page that one lands on: tests ask nobody outside."""

    async def answer(route: Route) -> None:
        await route.fulfill(body="<!doctype html><title>away</title>", content_type="text/html")

    await person.page.context.route(f"{AWAY}**", answer)


async def left_in_time(person: Person, started: float) -> None:
    await person.page.wait_for_url(AWAY)
    assert await person.page.evaluate("performance.timeOrigin") - started < WITHIN_MS
    person.problems[:] = [problem for problem in person.problems if AWAY not in problem]
    person.url = AWAY


async def test_quick_exit_blanks_clears_leaves(arrive: Arrive, place: Place) -> None:
    heron, river = await arrive(), await arrive(PHONE)
    await heron.go_in(place.room, "Grey Heron")
    await river.go_in(place.room, "Wide River")
    await heron.say("Good evening.")
    await expect(river.said("Good evening.")).to_be_visible()
    await expect(heron.page.locator(".person")).to_have_count(2)
    await neutral_page(river)
    started, left, kept = await river.page.evaluate(
        """() => {
            const started = Date.now();
            document.querySelector(".topbar .exit").click();
            return [started, document.body.innerText, sessionStorage.length];
        }"""
    )
    assert (left, kept) == ("", 0)  # before anything else can happen
    await left_in_time(river, started)
    await expect(heron.page.locator(".person")).to_have_count(1)  # left, not only away

    await river.page.go_back()  # to what was open before the room, whose place in the history is gone
    await expect(river.page).to_have_url("about:blank")


async def test_shift_three_times_but_not_for_capitals(arrive: Arrive, place: Place) -> None:
    river = await (await arrive()).go_in(place.room, "Wide River")
    await neutral_page(river)
    await river.box.focus()
    for letter in "ABCD":
        await river.page.keyboard.press(f"Shift+{letter}")
    await expect(river.box).to_have_value("ABCD")
    await river.page.keyboard.press("Shift")
    await river.page.keyboard.press("Shift")
    started = await river.page.evaluate("Date.now()")
    await river.page.keyboard.press("Shift")
    await left_in_time(river, started)


async def in_icelands_time(person: Person) -> None:
    """As in Tor Browser, wherever it is."""
    session = await person.page.context.new_cdp_session(person.page)
    await session.send("Emulation.setTimezoneOverride", {"timezoneId": "Atlantic/Reykjavik"})


async def test_escape_three_times_where_no_shift_is_told_but_not_to_close_what_is_open(arrive: Arrive, place: Place) -> None:
    """Tor Browser tells pages of no Shift; `test_firefox.py` leaves so."""
    river, heron, gravel = await arrive(), await arrive(), await arrive()
    for person in (river, heron):
        await in_icelands_time(person)
    await river.go_in(place.room, "Wide River")
    await neutral_page(river)
    for _ in range(3):
        await river.button("I need help").click()
        await expect(river.sheet).to_be_visible()
        await river.page.keyboard.press("Escape")
        await expect(river.sheet).to_have_count(0)
    await river.page.keyboard.press("Escape")
    await river.page.keyboard.press("Escape")
    await expect(river.box).to_be_visible()
    started = await river.page.evaluate("Date.now()")
    await river.page.keyboard.press("Escape")
    await left_in_time(river, started)

    await heron.go_in(place.room, "Grey Heron")
    for key in ("Shift", "Escape", "Escape", "Escape"):
        await heron.page.keyboard.press(key)
    await heron.say("I am still here.")
    await gravel.go_in(place.room, "Soft Gravel")  # in a browser that tells its time, as most do
    for _ in range(4):
        await gravel.page.keyboard.press("Escape")
    await gravel.say("So am I.")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("opener", ["I need help", "Leave"])
async def test_out_with_one_tap_while_a_sheet_is_open(arrive: Arrive, place: Place, size: tuple[int, int], opener: str) -> None:
    river = await (await arrive(size)).go_in(place.room, "Wide River")
    await neutral_page(river)
    usual = await river.button("Leave quickly").bounding_box()
    await river.button(opener).click()
    await expect(river.sheet).to_be_visible()
    assert await river.sheet.get_by_role("button", name="Leave quickly").bounding_box() == usual
    assert usual is not None
    started = await river.page.evaluate("Date.now()")
    await river.page.mouse.click(usual["x"] + 20, usual["y"] + 20)
    await left_in_time(river, started)


async def test_shift_three_times_while_a_sheet_is_open(arrive: Arrive, place: Place) -> None:
    river = await (await arrive()).go_in(place.room, "Wide River")
    await neutral_page(river)
    await river.button("I need help").click()
    await river.sheet.get_by_role("textbox").focus()
    await river.page.keyboard.press("Shift")
    await river.page.keyboard.press("Shift")
    started = await river.page.evaluate("Date.now()")
    await river.page.keyboard.press("Shift")
    await left_in_time(river, started)


async def test_quick_exit_is_on_the_public_pages_too(arrive: Arrive) -> None:
    person = await arrive()
    await neutral_page(person)
    for path in ("/", "/g/demo", "/what-we-keep"):
        await person.page.goto(person.url + path)
        await person.page.get_by_role("link", name="Leave quickly").click()
        await person.page.wait_for_url(AWAY)
    person.problems[:] = [problem for problem in person.problems if AWAY not in problem]


async def test_leaving_in_peace_keeps_nothing(arrive: Arrive, place: Place) -> None:
    heron, river = await arrive(), await arrive()
    await heron.go_in(place.room, "Grey Heron")
    await river.go_in(place.room, "Wide River")
    await river.box.fill("half a sentence")
    await river.button("Leave").click()
    await river.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(river.heading("You have left")).to_be_visible()
    await river.keeps_nothing()
    await expect(heron.page.locator(".person")).to_have_count(1)
    await river.page.reload()
    await expect(river.button("Go in")).to_be_visible()
    await river.keeps_nothing()


async def test_what_a_tab_keeps_meanwhile_is_never_what_others_said(arrive: Arrive, place: Place) -> None:
    heron, river = await arrive(), await arrive()
    await heron.go_in(place.room, "Grey Heron")
    await river.go_in(place.room, "Wide River")
    await heron.say("a canary from somebody else")
    await expect(river.said("a canary from somebody else")).to_be_visible()
    await river.box.fill("my own draft")
    await river.stores("my own draft")
    kept = await river.stored()
    assert "canary" not in kept
    assert "Heron" not in kept
    assert await river.page.evaluate("localStorage.length + document.cookie.length") == 0
