"""A lively hour: the page stays light, and what one reads does not move."""

from __future__ import annotations

from playwright.async_api import expect

from tests.clients import Client
from tests.page.between import Between
from tests.page.conftest import Arrive, Place
from tests.page.crowd import MESSAGES, fill, speak_all
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


# What is said moves up as it goes on; nothing else moves.
WATCH = """() => {
    window.shifts = 0;
    const outside = ({node}) => node && !(node.nodeType === 1 ? node : node.parentElement)?.closest(".log");
    new PerformanceObserver((list) => list.getEntries().forEach((one) => {
        if (!one.hadRecentInput && one.sources.some(outside)) window.shifts += one.value;
    })).observe({type: "layout-shift"});
}"""
AT_ONCE = 20
WORK = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
FRAME_MS = 1_000 / 60


async def test_a_thousand_messages_and_three_hundred_seats_without_a_slow_frame(arrive: Arrive, place: Place) -> None:
    """The page's own work for a message, on average, in a room as long and as full as they get; and nothing jumps meanwhile.
    (Each frame by itself: `make page-audit`. It depends on what else the machine does.)"""
    reader = await arrive(PHONE)
    between = await Between().stand(reader.page)
    await reader.go_in(place.room, "Wide River")
    await fill(between, reader)
    await reader.page.evaluate(WATCH)
    session = await reader.page.context.new_cdp_session(reader.page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})  # not of the clock: others use the machine, too

    async def worked() -> float:
        metrics = (await session.send("Performance.getMetrics"))["metrics"]
        return 1_000 * sum(float(one["value"]) for one in metrics if one["name"] in WORK)

    for first in range(0, MESSAGES - 200, AT_ONCE):
        await speak_all(between, reader, range(first, first + AT_ONCE))
    before = await worked()
    for first in range(MESSAGES - 200, MESSAGES, AT_ONCE):
        await speak_all(between, reader, range(first, first + AT_ONCE))
    each = (await worked() - before) / 200
    assert each < FRAME_MS, f"{each:.1f} ms a message"
    assert await reader.page.evaluate("window.shifts") < 0.02
