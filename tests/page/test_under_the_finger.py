"""What the panel of who leads does while somebody is about to press something in it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.clients import Client
from tests.page.conftest import Arrive, Place
from tests.page.front import without_dropped_lines
from tests.page.meetings import GRAVEL, HERON, HOST, RIVER, frame, in_its_panel
from tests.page.person import PHONE, Person

Point = tuple[float, float]

# What there is to press at a point at the very moment in which the list at the door has become shorter.
PRESSED_THEN = """
([x, y]) => new Promise((found) => {
    const list = document.querySelector('.knockers');
    const before = list.children.length;
    new MutationObserver(() => {
        if (list.children.length < before) found(document.elementFromPoint(x, y).closest('button')?.innerText ?? '');
    }).observe(list, { childList: true });
})
"""
PRESSED_NOW = "([x, y]) => document.elementFromPoint(x, y).closest('button')?.innerText === 'Let in'"


@pytest_asyncio.fixture(loop_scope="session")
async def knockers(place: Place) -> AsyncIterator[list[Client]]:
    clients = [Client() for _ in range(4)]
    yield clients
    for client in clients:
        await client.close()


def let_in(host: Person, name: str) -> Locator:
    return host.page.locator(".knocker", has_text=name).get_by_role("button", name="Let in")


async def middle(part: Locator) -> Point:
    box = await frame(part)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


async def test_what_slides_under_the_finger_is_not_pressed(arrive: Arrive, place: Place, knockers: list[Client]) -> None:
    host = await (await arrive()).go_in(place.room, HOST, f"#key={place.facilitator_key}")
    second = await (await arrive()).go_in(place.room, "Second Light", f"#key={place.facilitator_key}")
    lobby = host.page.get_by_role("switch", name=re.compile("^Lobby"))
    await lobby.click()
    await expect(lobby).to_be_checked()
    rows = host.page.locator(".knocker")
    for client, name in zip(knockers, (HERON, RIVER, GRAVEL, "Quiet Fern"), strict=True):
        await client.connect(place.url)
        assert "waiting" in await client.ask("join", {"room": place.room, "name": name})
        await expect(rows.filter(has_text=name)).to_be_visible()

    # Another moderator lets the first one in: the third comes to stand where the second stood.
    await let_in(host, RIVER).hover()
    at = await middle(let_in(host, RIVER))
    watch = await host.page.evaluate_handle(f"at => ({{ then: undefined, of: ({PRESSED_THEN})(at) }})", list(at))
    await let_in(second, HERON).click()
    assert await watch.evaluate("each => each.of") == ""
    await host.page.wait_for_function(PRESSED_NOW, arg=list(at))  # soon after, what one sees there is what one presses
    assert await middle(let_in(host, GRAVEL)) == at

    # Who presses twice lets one in: the row stays for a moment.
    await host.page.mouse.dblclick(*await middle(let_in(host, RIVER)))
    await expect(rows.filter(has_text=RIVER)).to_contain_text(re.compile(rf"{RIVER}\W* is in\."))
    assert await middle(let_in(host, GRAVEL)) == at
    await expect(rows).to_have_count(2)
    await expect(let_in(host, GRAVEL)).to_be_visible()
    assert all("admitted" not in event for client in knockers[2:] for event in client.events)


async def test_over_the_panel_of_a_phone_nothing_lies_on_what_is_urgent(arrive: Arrive, place: Place, knockers: list[Client]) -> None:
    host = await (await arrive(PHONE)).go_in(place.room, HOST, f"#key={place.facilitator_key}")
    await host.page.get_by_role("button", name=re.compile("^Tools")).click()
    panel, toast = host.page.locator(".panel"), host.page.locator(".toast")
    lobby = host.page.get_by_role("switch", name=re.compile("^Lobby"))
    await lobby.click()
    await expect(lobby).to_be_checked()
    await knockers[0].connect(place.url)
    await knockers[0].ask("join", {"room": place.room, "name": HERON})
    await let_in(host, HERON).click(trial=True)  # scrolls to it
    row = await in_its_panel(host.page.locator(".knocker"))
    await let_in(host, HERON).click()
    await expect(toast).to_be_visible()
    assert await in_its_panel(host.page.locator(".knocker")) == row
    for name in ("Freeze", "Close"):
        await panel.get_by_role("button", name=name, exact=True).first.click(trial=True)
    await expect(host.page.locator(".topbar")).to_be_in_viewport(ratio=1)
    assert (await frame(toast))["y"] > PHONE[1] / 2

    await host.page.context.set_offline(True)
    await expect(panel.get_by_text("The line dropped.")).to_be_in_viewport(ratio=1)
    await host.page.context.set_offline(False)
    await expect(host.page.get_by_text("The line dropped.")).to_have_count(0)
    without_dropped_lines(host)
