"""A lively hour: the page stays light, and what one reads does not move."""

from __future__ import annotations

from playwright.async_api import expect

from tests.clients import Client
from tests.page.conftest import Arrive, Place
from tests.page.person import PHONE

MOST = 1_050
SENT = 1_200
FIRST_SEEN = """() => {
    const shown = [...document.querySelectorAll(".message")].find((one) => one.getBoundingClientRect().top > 200);
    window.shown ??= shown;
    return window.shown.isConnected && window.shown.getBoundingClientRect().top;
}"""


async def test_a_thousand_messages_and_reading_in_peace(arrive: Arrive, place: Place) -> None:
    reader = await (await arrive(PHONE)).go_in(place.room, "Wide River")
    writer = await (await Client().connect(place.url)).join(place.room, name="Grey Heron")
    for number in range(SENT):
        await writer.taken("send", {"id": f"m{number}", "text": f"message {number} " + "and more words " * (number % 12)})
    await expect(reader.message(f"message {SENT - 1} ")).to_be_in_viewport()
    assert SENT - MOST < await reader.page.locator(".message").count() <= MOST
    await expect(reader.page.locator(".to-end")).to_have_count(0)

    await reader.page.locator(".log").evaluate("log => { log.scrollTop -= 900; }")
    await expect(reader.button("To the newest")).to_be_visible()
    before = await reader.page.evaluate(FIRST_SEEN)
    for number in range(60):
        await writer.taken("send", {"id": f"late{number}", "text": f"late {number}"})
    await expect(reader.page.get_by_role("button", name="new messages below")).to_contain_text("60")
    assert abs(await reader.page.evaluate(FIRST_SEEN) - before) < 2
    await reader.page.get_by_role("button", name="new messages below").click()
    await expect(reader.message("late 59")).to_be_in_viewport()
    await writer.close()
