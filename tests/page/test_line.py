"""The line drops, the tab is loaded again, the server stops: words are kept, and what was missed is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.front import Front, without_dropped_lines
from tests.page.person import PHONE
from tests.running import RunningServer


async def test_what_was_missed_is_filled_in_and_the_draft_is_kept(arrive: Arrive, place: Place) -> None:
    river, heron = await arrive(PHONE), await arrive()
    await river.go_in(place.room, "Wide River")
    await heron.go_in(place.room, "Grey Heron")
    await heron.say("before")
    await expect(river.said("before")).to_be_visible()
    await river.box.fill("half a sentence")

    await river.page.context.set_offline(True)
    await expect(river.page.get_by_text("The line dropped.")).to_be_visible()
    await heron.say("while you were away")
    await river.page.context.set_offline(False)
    await expect(river.said("while you were away")).to_be_visible()
    await expect(river.page.get_by_text("While you were away", exact=True)).to_be_visible()
    await expect(river.page.get_by_text("The line dropped.")).to_have_count(0)
    await expect(river.box).to_have_value("half a sentence")
    assert await river.log() == ["before", "while you were away"]
    without_dropped_lines(river)


async def test_what_is_sent_while_the_line_is_down_goes_out_once_when_it_is_back(arrive: Arrive, place: Place) -> None:
    river, heron = await arrive(), await arrive()
    await river.go_in(place.room, "Wide River")
    await heron.go_in(place.room, "Grey Heron")
    await river.page.context.set_offline(True)
    await expect(river.page.get_by_text("The line dropped.")).to_be_visible()
    for text in ("one", "two"):
        await river.box.fill(text)
        await river.box.press("Enter")
    await expect(river.page.get_by_text("Waiting for the line…")).to_have_count(2)
    await river.page.context.set_offline(False)
    await expect(heron.said("two")).to_be_visible()
    await expect(river.page.locator(".pending")).to_have_count(0)
    assert await heron.log() == ["one", "two"]
    assert await river.log() == ["one", "two"]
    without_dropped_lines(river)


async def test_a_reload_keeps_seat_draft_and_the_last_words(arrive: Arrive, place: Place) -> None:
    river, heron = await arrive(), await arrive()
    await river.go_in(place.room, "Wide River")
    await heron.go_in(place.room, "Grey Heron")
    await heron.say("said a moment ago")
    await expect(river.said("said a moment ago")).to_be_visible()
    await river.box.fill("half a sentence")
    await river.page.reload()
    await expect(river.box).to_have_value("half a sentence")
    await expect(river.said("said a moment ago")).to_be_visible()
    await expect(river.page.get_by_text("You loaded this page again.")).to_be_visible()
    await expect(heron.page.locator(".person")).to_have_count(2)  # the same seat, not a third


async def test_a_second_tab_takes_the_seat_and_the_first_can_take_it_back(arrive: Arrive, place: Place) -> None:
    river = await (await arrive()).go_in(place.room, "Wide River")
    seat = await river.stores("token")
    other = await river.page.context.new_page()
    await other.goto(f"{place.url}/what-we-keep")
    await other.evaluate("kept => Object.assign(sessionStorage, JSON.parse(kept))", seat)
    await other.goto(f"{place.url}/r/{place.room}")
    await expect(other.get_by_label("Your message")).to_be_visible()
    await expect(river.heading("You are in another tab")).to_be_visible()
    await river.button("Use this tab instead").click()
    await expect(river.box).to_be_visible()
    await expect(other.get_by_role("heading", name="You are in another tab")).to_be_visible()


async def test_a_refused_message_comes_back_to_its_writer(arrive: Arrive, place: Place) -> None:
    """Muted between the sending and the server's looking: here, by a page that does not know yet."""
    host, river = await arrive(), await arrive()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await river.go_in(place.room, "Wide River")
    await river.page.context.set_offline(True)
    await expect(river.page.get_by_text("The line dropped.")).to_be_visible()
    await river.box.fill("words that must not be lost")
    await river.box.press("Enter")
    await host.with_person("Wide River", "Mute for 10 minutes")
    await river.page.context.set_offline(False)
    await expect(river.page.locator(".failed")).to_contain_text("words that must not be lost")
    await expect(river.page.locator(".failed")).to_contain_text("Not sent.")
    await host.with_person("Wide River", "Unmute")
    await expect(river.why).to_have_count(0)
    await river.button("Edit").click()
    await expect(river.box).to_have_value("words that must not be lost")
    await river.button("Send").click()
    await expect(host.said("words that must not be lost")).to_be_visible()
    without_dropped_lines(river)


async def test_a_server_that_stops_is_no_goodbye(arrive: Arrive, tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        river = await (await arrive(url=server.url)).go_in(server.room, "Wide River")
        server.stop()
        await expect(river.page.get_by_text("The line dropped.")).to_be_visible()
        await expect(river.box).to_be_visible()
        await river.page.close()  # it would go on knocking
    without_dropped_lines(river)


@pytest.mark.parametrize("role", ["Take part", "Only listen"])
async def test_after_a_restart_nothing_is_said_by_itself_and_the_door_knows_who_one_was(arrive: Arrive, tmp_path: Path, role: str) -> None:
    front = Front()
    async with front.open() as url:
        river = await arrive(url=url)
        with RunningServer(tmp_path) as server:
            front.behind, room = server.url, server.room
            await river.to_door(room)
            await river.page.get_by_label("Your name in this meeting").fill("Wide River")
            await river.page.get_by_text(role, exact=True).click()
            await river.button("Go in").click()
            await expect(river.why if role == "Only listen" else river.box).to_be_visible()
            server.stop()
        await expect(river.page.get_by_text("The line dropped.")).to_be_visible()
        if role == "Take part":
            for text in ("one", "two"):
                await river.box.fill(text)
                await river.box.press("Enter")
            await river.box.fill("half a sentence")
        with RunningServer(tmp_path) as server:
            front.behind = server.url
            await expect(river.page.get_by_text("The meeting was restarted. Please come in again.")).to_be_visible(timeout=30_000)
            await expect(river.page.get_by_label("Your name in this meeting")).to_have_value("Wide River")
            await expect(river.page.get_by_role("radio", name=role)).to_be_checked()
            await river.button("Go in").click()
            await expect(river.page.locator(".person .name")).to_have_text("Wide River")
            if role == "Take part":
                await expect(river.box).to_have_value("one\n\ntwo\n\nhalf a sentence")
            await expect(river.page.locator(".message")).to_have_count(0)
            await river.page.close()
    without_dropped_lines(river)


async def test_what_is_sent_quickly_arrives_in_order_though_the_server_asks_to_wait(arrive: Arrive, tmp_path: Path) -> None:
    texts = [f"number {number}" for number in range(12)]
    with RunningServer(tmp_path, {"CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "4"}) as server:
        river, heron = await arrive(url=server.url), await arrive(url=server.url)
        await river.go_in(server.room, "Wide River")
        await heron.go_in(server.room, "Grey Heron")
        for text in texts:
            await river.box.fill(text)
            await river.box.press("Enter")
        await expect(heron.said(texts[-1])).to_be_visible()
        assert await heron.log() == texts
        await expect(river.page.locator(".pending, .failed")).to_have_count(0)
        assert await river.log() == texts


async def test_words_that_wait_can_be_taken_out_and_nothing_overtakes_them(arrive: Arrive, tmp_path: Path) -> None:
    environ = {"CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "0.1", "CHATSERVER_LIMITS__MESSAGE_BURST": "1"}
    with RunningServer(tmp_path, environ) as server:
        river, heron = await arrive(url=server.url), await arrive(PHONE, url=server.url)
        await river.go_in(server.room, "Wide River")
        await heron.go_in(server.room, "Grey Heron")
        await river.say("one")
        for text in ("two", "three"):
            await river.box.fill(text)
            await river.box.press("Enter")
        await expect(river.message("two")).to_contain_text("Goes out by itself in")
        await expect(river.message("three")).to_contain_text("Sending…")
        await river.message("two").get_by_role("button", name="Edit").click()
        await expect(river.box).to_have_value("two")
        await expect(river.message("three")).to_contain_text("Goes out by itself in")  # its turn
        await expect(heron.said("three")).to_be_visible(timeout=20_000)
        assert await heron.log() == ["one", "three"]
