"""The page in other languages: chosen by the browser or a link, right to left, changed in the room, and a third longer."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.meetings import frame
from tests.page.person import DESKTOP, PHONE, Person

SMALLEST = (320, 568)

# What is shown and can not be in a locale: words of people and of the meeting are isolated, or have a direction of their own.
OF_PEOPLE = "bdi, [dir=auto], [dir=ltr], [lang]:not(html), time, textarea, noscript, script, style, .for"
# All that is shown or read out, but for that and what Fluent has isolated; what has an ASCII letter then was never in a locale.
NOT_TRANSLATED = """ofPeople => {
    const said = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(ofPeople)) said.push(walker.currentNode.data);
    for (const name of ["aria-label", "title", "placeholder"])
        for (const one of document.body.querySelectorAll(`[${name}]`)) if (!one.closest(ofPeople)) said.push(one.getAttribute(name));
    return said.map(text => text.replace(/\\u2068.*?\\u2069/g, "")).filter(text => /[aeiou]/i.test(text));
}"""


async def in_arabic(arrive: Arrive, place: Place, size: tuple[int, int]) -> Person:
    person = await arrive(size, language="ar-EG")
    await person.page.goto(f"{place.url}/r/{place.room}")
    await person.page.locator("#name").fill("Wide River")
    await person.button("الدخول").click()
    await expect(person.page.get_by_label("رسالتك")).to_be_visible()
    return person


async def test_arabic_is_read_from_right_to_left_from_the_home_page_to_the_room(arrive: Arrive, place: Place) -> None:
    person = await arrive(PHONE, language="ar-EG")
    page = person.page
    for path in ("/", "/g/demo", "/what-we-keep", "/help"):
        await page.goto(place.url + path)
        assert await page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == ["ar", "rtl"]
        await person.fits()
    card = page.locator("section.card", has_text="جرعة زائدة")
    await expect(card.get_by_text("هذه البطاقات بالإنجليزية")).to_be_visible()
    await expect(card.locator("ul[lang=en][dir=ltr]")).to_contain_text("Call the emergency number now.")
    await page.goto(f"{place.url}/r/{place.room}")
    await page.locator("#name").fill("Moderator")
    await person.button("الدخول").click()
    await expect(page.get_by_role("alert").filter(has_text="هذا الاسم محجوز")).to_be_visible()  # in English from the server
    await person.fits()
    await page.locator("#name").fill("Wide River")
    await person.button("الدخول").click()
    box = page.get_by_label("رسالتك")
    await expect(box).to_be_visible()
    assert await box.evaluate("box => getComputedStyle(box).direction") == "rtl"
    await box.fill("Hello.")
    assert await box.evaluate("box => getComputedStyle(box).direction") == "ltr"
    await person.button("إرسال").click()
    await expect(person.said("Hello.")).to_be_visible()
    shown = person.page.locator(".message time")
    await expect(shown).to_contain_text("م" if await shown.evaluate("time => new Date(time.dateTime).getHours() >= 12") else "ص")
    for at_the_end in (".head .leave", ".topbar .exit"):
        assert (await frame(page.locator(at_the_end)))["x"] < PHONE[0] / 2, "the end of a line is at the left"
    await person.fits()


async def test_the_language_is_changed_in_the_room_and_everything_stays(arrive: Arrive, place: Place) -> None:
    person = await in_arabic(arrive, place, DESKTOP)
    page = person.page
    await page.get_by_label("رسالتك").fill("Half a thought")
    await page.locator(".head .title button").first.click()
    await person.sheet.get_by_role("link", name="Español").click()
    await expect(person.sheet.get_by_role("heading", name="Sobre esta reunión")).to_be_visible()
    assert await page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["es", "ltr"]
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Tu mensaje")).to_have_value("Half a thought")
    assert page.url == f"{place.url}/r/{place.room}?lang=es"
    await person.stores("Half a thought")
    await page.reload()
    await expect(page.get_by_label("Tu mensaje")).to_have_value("Half a thought")
    await expect(page.get_by_text("Cargaste esta página de nuevo.")).to_be_visible()
    assert "lang" not in await page.evaluate("Object.keys(sessionStorage).concat(Object.keys(localStorage)).join()")
    await person.button("Salir").click()
    await person.sheet.get_by_role("button", name="Salir", exact=True).click()
    await expect(person.heading("Saliste de la reunión")).to_be_visible()
    await person.keeps_nothing()
    await page.get_by_role("link", name="Ver todas las reuniones").click()
    await expect(page.locator("h1")).to_have_text("Reuniones")
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("h1")).to_have_text("Meetings")


@pytest.mark.parametrize("size", [SMALLEST, DESKTOP])
async def test_a_third_longer_everything_fits_and_is_in_a_locale(arrive: Arrive, place: Place, size: tuple[int, int]) -> None:
    person = await arrive(size)
    page = person.page

    async def look() -> None:
        await person.fits()
        assert await page.evaluate(NOT_TRANSLATED, OF_PEOPLE) == []

    for path in ("/", "/g/demo", "/what-we-keep", "/help", "/nowhere"):
        await page.goto(f"{place.url}{path}?lang=en-XA")
        await look()
    person.problems.clear()  # the browser's own line about the 404
    await page.goto(f"{place.url}/r/{place.room}?lang=en-XA#key={place.facilitator_key}")
    assert page.url.endswith("?lang=en-XA")
    await expect(page.locator("#name")).to_be_visible()
    await look()
    await page.locator("#name").fill("Early Light")
    await page.locator(".go-in [type=submit]").click()
    await expect(page.locator(".composer textarea")).to_be_visible()
    await page.locator(".composer textarea").fill("A word")
    await page.locator(".composer [type=submit]").click()
    await expect(page.locator(".message")).to_have_count(1)
    if size != DESKTOP:
        await page.locator(".panel-button").first.click()
    await expect(page.locator(".members-link").first).to_be_visible()
    await look()
    await page.locator(".topbar .help").click()
    await expect(page.locator(".helplines")).to_be_visible()
    await look()
