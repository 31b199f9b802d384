"""What those who lead do at the door, with calls, reports and hands is undone where it was done; what cannot be goes out a little later."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from tests.page.accessible import THUMB
from tests.page.conftest import Arrive, Place
from tests.page.front import without_dropped_lines
from tests.page.meetings import HERON, HOST, RIVER, frame, in_its_panel, on_to, run_sheet, with_everything
from tests.page.person import PHONE, Person
from tests.running import RunningServer

LATER = "00:06"  # a second more than a page waits
AGAIN = "Second Light"


async def leads(arrive: Arrive, place: Place, name: str = HOST, size: tuple[int, int] | None = None) -> Person:
    """With a clock that the test can move on."""
    host = await (arrive(size) if size else arrive())
    await host.page.clock.install()
    await host.go_in(place.room, name, f"#key={place.facilitator_key}")
    if size == PHONE:
        await host.page.get_by_role("button", name=re.compile("^Tools")).click()
    return host


async def knocks(arrive: Arrive, place: Place, name: str) -> Person:
    person = await (await arrive(PHONE)).to_door(place.room)
    await person.page.get_by_label("Your name in this meeting").fill(name)
    await person.button("Knock").click()
    await expect(person.heading("You are at the door")).to_be_visible()
    return person


async def lobby_on(host: Person) -> Locator:
    lobby = host.page.get_by_role("switch", name=re.compile("^Lobby"))
    await lobby.click()
    await expect(lobby).to_be_checked()
    return lobby


def at_the_door(host: Person, name: str) -> Locator:
    return host.page.locator(".knocker", has_text=name)


def undo(part: Locator) -> Locator:
    return part.get_by_role("button", name="Undo", exact=True)


async def says(host: Person, *sentences: str) -> None:
    """What one has done here, the last first."""
    if not await host.page.locator(".for-hosts details").evaluate("each => each.open"):
        await host.page.locator(".for-hosts summary").click()
    done = host.page.locator(".doings li")
    for at, sentence in enumerate(sentences):
        await expect(done.nth(at)).to_have_text(re.compile(sentence))


async def test_a_no_that_was_a_slip_is_never_heard(arrive: Arrive, place: Place) -> None:
    host = await leads(arrive, place, size=PHONE)
    await lobby_on(host)
    heron = await knocks(arrive, place, HERON)
    row = at_the_door(host, HERON)
    deny, before = row.get_by_role("button", name="Not now"), await in_its_panel(row)

    await deny.focus()
    await host.page.keyboard.press("Enter")
    await expect(row.get_by_role("status")).to_have_text("Not let in.")
    await expect(undo(row)).to_be_focused()
    await expect(undo(row)).to_have_accessible_description("Not let in.")
    assert await in_its_panel(row) == before, "nothing jumps"
    thumb = await frame(undo(row))
    assert min(thumb["width"], thumb["height"]) >= THUMB
    await host.page.keyboard.press("Enter")
    await expect(deny).to_be_focused()
    await host.page.clock.fast_forward(LATER)
    await deny.click()  # what was undone has not gone out: there is somebody to turn away
    await undo(row).click()
    await host.fits()
    await expect(heron.heading("You are at the door")).to_be_visible()

    await deny.focus()
    await host.page.keyboard.press("Enter")
    await expect(undo(row)).to_be_focused()
    await host.page.clock.fast_forward(LATER)
    await expect(heron.heading("Not this time")).to_be_visible()
    await expect(row).to_have_count(0)
    await expect(host.page.locator("#needs-title")).to_be_focused()
    await says(host, f"Did not let .?{HERON}.? in", "Turned the lobby on")


async def test_turning_all_away_is_undone_at_once_and_spares_who_knocks_since(arrive: Arrive, place: Place) -> None:
    host = await leads(arrive, place)
    await lobby_on(host)
    heron, river = await knocks(arrive, place, HERON), await knocks(arrive, place, RIVER)
    rows, door = host.page.locator(".knocker"), host.page.locator(".door-list")
    await expect(rows).to_have_count(2)
    await host.button("Turn all away for now").scroll_into_view_if_needed()
    before = await in_its_panel(door)
    await host.button("Turn all away for now").click()
    await expect(rows.get_by_text("Not let in.")).to_have_count(2)
    await expect(door).to_contain_text(re.compile(r"\W*2\W* people are not let in\."))
    await expect(undo(door)).to_be_focused()
    assert await in_its_panel(door) == before
    await undo(door).click()
    await expect(rows.get_by_role("button", name="Not now")).to_have_count(2)
    await expect(host.button("Turn all away for now")).to_be_focused()

    await host.button("Turn all away for now").click()
    late = await knocks(arrive, place, "Soft Gravel")
    await expect(at_the_door(host, "Soft Gravel").get_by_role("button", name="Not now")).to_be_visible()
    await host.page.clock.fast_forward(LATER)
    for each in (heron, river):
        await expect(each.heading("Not this time")).to_be_visible()
    await expect(rows).to_have_count(1)
    await expect(late.heading("You are at the door")).to_be_visible()
    await says(host, "Did not let those in who waited")

    # Who goes away from the page meant it.
    await at_the_door(host, "Soft Gravel").get_by_role("button", name="Not now").click()
    await expect(at_the_door(host, "Soft Gravel")).to_contain_text("Not let in.")
    await host.page.reload()
    await expect(late.heading("Not this time")).to_be_visible()


async def test_everyone_is_let_in_but_who_is_being_turned_away(arrive: Arrive, place: Place) -> None:
    host, second = await leads(arrive, place), await leads(arrive, place, AGAIN)
    await lobby_on(host)
    heron, river = await knocks(arrive, place, HERON), await knocks(arrive, place, RIVER)
    await at_the_door(host, HERON).get_by_role("button", name="Not now").click()
    await host.button("Let everyone in").click()
    await expect(host.page.locator(".toast")).to_contain_text(re.compile(rf"{RIVER}\W* is in\."))
    await expect(at_the_door(host, HERON)).to_contain_text("Not let in.")

    # Another moderator lets them in meanwhile: the denial comes too late, and nobody is told off for it.
    await at_the_door(second, HERON).get_by_role("button", name="Let in").click()
    for each in (heron, river):
        await expect(each.box).to_be_visible()
    await host.page.clock.fast_forward(LATER)
    await heron.say("Good evening.")
    await expect(host.said("Good evening.")).to_be_visible()
    await expect(host.page.locator(".toast.bad")).to_have_count(0)


async def test_who_was_let_in_by_mistake_is_at_the_door_again(arrive: Arrive, place: Place) -> None:
    host = await leads(arrive, place)
    lobby = await lobby_on(host)
    heron, river = await knocks(arrive, place, HERON), await knocks(arrive, place, RIVER)
    toast = host.page.locator(".toast")
    await at_the_door(host, HERON).get_by_role("button", name="Let in").click()
    await expect(heron.box).to_be_visible()
    await expect(toast).to_contain_text(re.compile(rf"{HERON}\W* is in\."))
    await undo(toast).click()
    await expect(heron.heading("You are at the door")).to_be_visible()
    await heron.page.context.set_offline(True)  # nor does the line's dropping make a disturbance of it
    await expect(heron.page.get_by_text("The line dropped.")).to_be_visible()
    await heron.page.context.set_offline(False)
    await expect(heron.page.get_by_text("The line dropped.")).to_have_count(0)
    await expect(heron.page.get_by_text("A moderator decides who comes in.")).to_be_visible()
    without_dropped_lines(heron)
    await expect(at_the_door(host, HERON)).to_be_visible()

    await host.button("Let everyone in").click()
    await expect(toast).to_contain_text(re.compile(r"2\W* people are in\."))
    await lobby.click()
    await undo(toast).click()
    await expect(host.page.locator(".knocker")).to_have_count(2)
    await expect(lobby).not_to_be_checked()
    await says(host, "Sent those back to the lobby", "lobby off", "Let everyone in", "Sent .*Heron.* back", "Let .*Heron.* in")

    for name in (HERON, RIVER):
        await at_the_door(host, name).get_by_role("button", name="Let in").click()
    await heron.say("Good evening.")
    await host.with_person(HERON, "Send back to the lobby")
    await expect(toast).to_contain_text(re.compile(rf"{HERON}\W* is in the lobby again\."))
    await expect(heron.heading("You are at the door")).to_be_visible()
    await undo(toast).click()
    await heron.say("I am back.")

    # A greeter lets in, and does not send away.
    await host.with_person(RIVER, "Give a hat…")
    await host.sheet.get_by_role("switch", name=re.compile("^Greeter")).click()
    await host.sheet.get_by_role("button", name="Close").click()
    await lobby.click()
    await knocks(arrive, place, "Soft Gravel")
    await river.page.get_by_role("button", name=re.compile("^Tools")).click()
    await at_the_door(river, "Soft Gravel").get_by_role("button", name="Let in").click()
    await expect(river.page.locator(".toast")).to_contain_text(re.compile(r"Soft Gravel\W* is in\."))
    await expect(undo(river.page.locator(".toast"))).to_have_count(0)


async def closing_says(host: Person, words: str) -> None:
    await host.button("Close the meeting").click()
    await expect(host.sheet).to_contain_text(words)
    await host.sheet.get_by_role("button", name="Cancel").click()


async def test_what_was_taken_is_given_back_and_a_report_closed_by_a_slip_is_open(arrive: Arrive, place: Place) -> None:
    host, second = await leads(arrive, place), await leads(arrive, place, AGAIN)
    heron = await (await arrive(PHONE)).go_in(place.room, HERON)
    await second.say("ugly words")
    await heron.button("I need help").click()
    await heron.sheet.get_by_role("button", name="Ask for help").click()
    call, again = host.page.locator(".help-call"), second.page.locator(".help-call")
    await call.get_by_role("button", name="Be with them").click()
    await expect(heron.sheet).to_contain_text("with you")
    await heron.page.keyboard.press("Escape")
    await host.sheet.get_by_role("button", name="Close", exact=True).click()
    await expect(again).to_contain_text(re.compile(rf"Taken by \W*{HOST}"))
    await expect(again.get_by_role("button", name="Give it back")).to_have_count(0)
    await call.get_by_role("button", name="Give it back").click()
    await expect(heron.page.locator(".toast")).to_contain_text("Who was with you had to go.")
    await expect(host.page.locator(".toast.bad")).to_have_count(0)
    for each in (call, again):
        await expect(each).to_contain_text("Nobody has taken it")
    await expect(second.page.locator(".toast")).to_contain_text("waits for help again")
    await closing_says(host, "has asked for help, and nobody has answered yet. Everybody sees the closing page")
    await again.get_by_role("button", name="Be with them").click()
    await closing_says(host, "has asked for help, and somebody is with them. Everybody sees the closing page")
    await second.sheet.get_by_role("button", name="Give it back").click()
    await expect(second.sheet.get_by_role("button", name="Be with them")).to_be_visible()
    await second.sheet.get_by_role("button", name="Close", exact=True).click()
    await says(host, "Gave a call for help back", "Took a call for help")

    river = await (await arrive()).go_in(place.room, RIVER)
    await river.say("more ugly words")
    await heron.menu("more ugly words", "Report to the moderators")
    await heron.sheet.get_by_role("button", name="Report", exact=True).click()
    await expect(heron.sheet).to_contain_text("The moderators have the report.")
    await heron.page.keyboard.press("Escape")
    card, theirs = host.page.locator(".report-call"), second.page.locator(".report-call")
    await card.get_by_role("button", name="I look at it").click()
    await expect(theirs).to_contain_text(re.compile(rf"Taken by \W*{HOST}"))
    await card.get_by_role("button", name="Give it back").click()
    await expect(theirs).to_contain_text("Nobody has taken it")

    await expect(host.page.locator("[data-slid]")).to_have_count(0)  # or it is scrolled about before it takes a tap
    before = await in_its_panel(card)
    await card.get_by_role("button", name="Left as it is").click()
    await expect(card.locator(".put-away span")).to_have_text("Report closed.")
    assert await in_its_panel(card) == before
    await undo(card).click()
    await expect(card.get_by_role("button", name="Left as it is")).to_be_focused()
    await host.page.clock.fast_forward(LATER)
    await expect(theirs.get_by_role("button", name="I look at it")).to_be_visible()
    await card.get_by_role("button", name="Left as it is").click()
    await theirs.get_by_role("button", name="Done, and acted").click()
    await second.page.clock.fast_forward(LATER)
    await expect(heron.page.locator(".toast")).to_contain_text("acted on it")
    for each in (card, theirs):
        await expect(each).to_have_count(0)
    await host.page.clock.fast_forward(LATER)
    await heron.say("Thank you.")
    await expect(host.said("Thank you.")).to_be_visible()
    await expect(host.page.locator(".toast.bad")).to_have_count(0)


async def test_a_hand_and_a_question_are_there_again(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await with_everything(shared_server)
    host = await leads(arrive, place)
    river, heron = await (await arrive()).go_in(place.room, RIVER), await (await arrive()).go_in(place.room, HERON)
    for title in ("Guidelines", "Milestones", "Topic", "Sharing"):
        await on_to(host, title)
    await river.button("Raise hand").click()
    await expect(river.page.locator(".turns")).to_contain_text("It is your turn.")
    await heron.button("Raise hand").click()
    hand = run_sheet(host).locator(".hands > ol > .hand", has_text=HERON)
    down = hand.get_by_role("button", name=re.compile("^Take down the hand"))
    await down.click()
    await expect(hand).to_contain_text("Hand taken down.")
    await undo(hand).click()
    await expect(down).to_be_focused()
    await host.page.clock.fast_forward(LATER)
    await expect(heron.button("Lower hand")).to_be_visible()
    await down.click()
    await host.page.clock.fast_forward(LATER)
    await expect(hand).to_have_count(0)
    await expect(heron.button("Raise hand")).to_be_visible()
    await expect(host.page.locator("#run-title")).to_be_focused()

    await heron.button("Ask a question").click()
    await heron.sheet.get_by_label("Your question").fill("How long is a share?")
    await heron.sheet.get_by_role("button", name="Send it").click()
    question = host.page.locator(".call", has_text="A question")
    await question.get_by_role("button", name="Done").click()
    await expect(host.page.get_by_text("How long is a share?")).to_have_count(0)
    await undo(host.page.locator(".call", has_text="Question done.")).click()
    await expect(question).to_contain_text("How long is a share?")
    await question.get_by_role("button", name="Done").click()
    await host.page.clock.fast_forward(LATER)
    await expect(host.page.locator(".needs-you")).to_contain_text("Nothing is waiting for you.")
