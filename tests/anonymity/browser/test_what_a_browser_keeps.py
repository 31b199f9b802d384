"""What is in a browser during a meeting, and that nothing is after it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.anonymity.declared import declared
from tests.page.conftest import Arrive, Place
from tests.page.person import AWAY, Person
from tests.page.test_leaving import neutral_page

SOURCES = Path("web/src")
DECLARED = {name for _, name in declared("browser")}


async def fields(person: Person) -> set[str]:
    """Of the records in sessionStorage, each of a room."""
    records: dict[str, str] = await person.page.evaluate("({...sessionStorage})")
    assert all(key.startswith("room:") for key in records)
    return {field for record in records.values() for field in json.loads(record)}


async def test_a_tab_keeps_what_is_declared_during_a_meeting_and_nothing_after(arrive: Arrive, place: Place) -> None:
    host, river, heron = await arrive(), await arrive(), await arrive()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await river.go_in(place.room, "Wide River")
    await heron.go_in(place.room, "Grey Heron")
    await river.say("Good evening.")
    await river.button("Add a content warning").click()
    await river.page.get_by_label("What is it about?").fill("half a topic")
    await river.box.fill("half a sentence")
    await river.stores("half a sentence")
    await host.stores("key")
    found = await fields(host) | await fields(river)
    await river.page.reload()
    await expect(river.box).to_have_value("half a sentence")
    found |= await fields(river)
    assert found <= DECLARED
    assert {"key", "token", "me", "epoch", "seq", "lately", "draft", "warning"} <= found
    assert await river.page.evaluate("localStorage.length + document.cookie.length") == 0
    for person in (river, heron):
        await person.button("Leave").click()
        await person.sheet.get_by_role("button", name="Leave", exact=True).click()
        await expect(person.heading("You have left")).to_be_visible()
        await person.keeps_nothing()


def test_the_page_keeps_the_declared_fields_in_one_place_only() -> None:
    keeper = (SOURCES / "room" / "keep.ts").read_text("utf-8")
    kept = re.search(r"export interface Kept \{(.*?)\n\}", keeper, re.DOTALL)
    assert kept is not None
    assert set(re.findall(r"^  (\w+)\??:", kept[1], re.MULTILINE)) == DECLARED
    keeping = {path.name for path in SOURCES.rglob("*.ts*") if "sessionStorage" in path.read_text("utf-8")}
    assert keeping == {"keep.ts", "leave.ts"}, "the second clears it"


@pytest.mark.parametrize(
    "name", ["localStorage", "indexedDB", "document.cookie", "caches.", "serviceWorker", "Notification", "WebAssembly", "RTCPeer", "eval("]
)
def test_no_script_of_the_page_uses(name: str) -> None:
    """Neither other places to keep something in, nor what tells of somebody, nor what Tor Browser turns off at "Safer"."""
    assert [path.name for path in SOURCES.rglob("*.ts*") if name in path.read_text("utf-8")] == []


async def test_back_after_leaving_shows_nothing_of_the_meeting(arrive: Arrive, place: Place) -> None:
    river = await (await arrive()).go_in(place.room, "Wide River")
    await neutral_page(river)
    await river.say("a canary of mine")
    async with river.page.expect_request(f"{place.url}/left"):
        await river.button("Leave").click()
        await river.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(river.heading("You have left")).to_be_visible()
    await river.page.goto(AWAY)
    await river.page.go_back()
    await expect(river.page.get_by_role("heading", level=1)).to_be_visible()
    assert "canary" not in await river.page.content()
    river.problems[:] = [problem for problem in river.problems if AWAY not in problem]


async def test_the_title_and_the_icon_say_nothing_of_what_this_is_or_of_what_is_said(arrive: Arrive, place: Place) -> None:
    heron, river = await arrive(), await arrive()
    await heron.go_in(place.room, "Grey Heron")
    await river.go_in(place.room, "Wide River")
    await heron.say("Good evening.")
    await expect(river.said("Good evening.")).to_be_visible()
    assert await river.page.title() == "Meeting"
    assert "<text" not in (SOURCES / "icon.svg").read_text("utf-8")


async def test_secrets_of_a_link_leave_the_address_bar_at_once(arrive: Arrive, place: Place) -> None:
    host = await (await arrive()).to_door(place.room, f"#key={place.facilitator_key}")
    assert host.page.url == f"{place.url}/r/{place.room}"
    assert await host.page.evaluate("history.length") <= 2


async def test_the_message_box_sends_nothing_to_a_spelling_service_and_completes_nothing(arrive: Arrive, place: Place) -> None:
    river = await (await arrive()).go_in(place.room, "Wide River")
    for name, value in (("autocomplete", "off"), ("autocorrect", "off"), ("spellcheck", "false")):
        await expect(river.box).to_have_attribute(name, value)
    await river.button("Add a content warning").click()
    assert await river.page.evaluate("[...document.querySelectorAll('input, textarea')].every((field) => !field.spellcheck)")
    assert await river.page.evaluate("[...document.querySelectorAll('input, textarea')].every((field) => field.autocomplete === 'off')")


async def test_a_link_in_a_message_is_only_letters_and_is_not_looked_up(arrive: Arrive, place: Place) -> None:
    heron, river = await arrive(), await arrive()
    await heron.go_in(place.room, "Grey Heron")
    await river.go_in(place.room, "Wide River")
    await heron.say("see https://example.org/canary.png")
    await expect(river.said("see https://example.org/canary.png")).to_be_visible()
    assert await river.page.locator(".message a, .message img").count() == 0
