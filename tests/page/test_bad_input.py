"""Letters that misbehave, a server that does, and a browser that keeps nothing: a plain sentence and a way back, never a blank page."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.clients import Client
from tests.page.between import ANSWER, Between
from tests.page.conftest import Arrive, Place
from tests.page.person import PHONE

WORDS = {
    "markup": "<script>alert(1)</script> &amp; <b>",
    "a long word": "Donaudampfschifffahrtsgesellschaft" * 2,
    "emoji": "🌱" * 60,
    "right to left": "שלום and عالم",
}
NAMES = ("Тихая Река", "静かな川", "नदी किनारा", "نهر هادئ", "แม่น้ำ", "Ποτάμι")


async def test_words_and_names_in_every_script_keep_their_place(arrive: Arrive, place: Place) -> None:
    reader = await arrive((320, 568))
    between = await Between().stand(reader.page)
    await reader.go_in(place.room, "Wide River")
    for name, (what, text) in zip(NAMES, [*WORDS.items(), ("bidi", "a\u202egnp.exe"), ("stacked", "e" + "\u0301" * 6)], strict=True):
        writer = await (await Client().connect(place.url)).join(place.room, name=name)
        await writer.taken("send", {"id": "m1", "text": text})
        message = reader.page.locator(".message", has=reader.page.get_by_text(name, exact=True))
        await expect(message, what).to_be_visible()
        shown = await message.locator(".words").inner_text()
        assert "\u202e" not in shown
        assert shown.count("\u0301") < 10, "capped"
        box = await message.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320, what
        await reader.fits()
        await writer.close()
    assert await reader.page.locator(".log script, .log b").count() == 0

    # Walls, from a server that lets them through.
    for number, text in enumerate(("w" * 2_000, "🌱" * 2_000, "a\u0301" * 1_000)):
        wall = {"id": f"x{number}.1", "seat": f"x{number}", "name": f"Wall {number}", "text": text}
        between.says({"type": "message", "proof": "", "at": number, **wall})
        await expect(reader.message(f"Wall {number}")).to_be_visible()
        await reader.fits()

    # And an event that is none: the page says so, and goes on.
    between.says({"type": "presence", "joined": 5, "seat_count": 1})
    await expect(reader.page.get_by_text("Something on this page did not work.")).to_be_visible()
    await reader.say("And on it goes.")
    reader.problems[:] = [one for one in reader.problems if "is not iterable" not in one]


@pytest.mark.parametrize("how", ["nonsense", "late"])
async def test_a_server_that_answers_badly(arrive: Arrive, scheduled: Place, how: str) -> None:
    river = await arrive(PHONE)
    await river.page.clock.install()
    between = Between()

    def change(frame: str) -> str | None:
        if not frame.startswith(ANSWER):
            return frame
        if how == "nonsense":
            return re.sub(r"\[.*", "[null]", frame, flags=re.DOTALL)
        return None

    between.change = change
    await between.stand(river.page)
    await river.page.goto(f"{scheduled.url}/r/{scheduled.room}")
    if how == "nonsense":
        await expect(river.heading("Something went wrong on this page")).to_be_visible()
        between.change = lambda frame: frame
        await river.button("Load the page again").click()
    else:
        await expect(river.page.get_by_text("Opening the door…")).to_be_visible()
        await expect(river.button("Leave quickly")).to_be_visible()
        await river.page.clock.run_for(11_000)  # longer than one waits for an answer: the page tries a new line
        between.change = lambda frame: frame
        await river.page.clock.run_for(11_000)
    await expect(river.heading("Not open yet")).to_be_visible()
    river.problems.clear()  # the fault that was made, as the browser tells it


async def test_half_a_key_blocked_storage_and_a_clock_that_is_a_day_wrong(arrive: Arrive, place: Place) -> None:
    river = await arrive(PHONE)
    blocked = "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('blocked', 'SecurityError'); }})"
    await river.page.add_init_script(blocked)
    await river.page.clock.set_fixed_time(await river.page.evaluate("Date.now() + 24 * 3_600_000"))
    await river.to_door(place.room, f"#key={place.facilitator_key[:20]}")
    await expect(river.page.get_by_role("alert").filter(has_text="This link does not work here.")).to_be_visible()
    await river.button("Go in").click()
    await expect(river.page.locator(".time-left")).to_contain_text(re.compile(r"59|1\D+h"))
    await river.say("Hello.")
