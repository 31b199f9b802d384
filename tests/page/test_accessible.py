"""Every page and state under axe, in light and dark; by keyboard alone; and what a screen reader is told."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.page.accessible import look
from tests.page.conftest import Arrive, Place
from tests.page.meetings import on_to, run_sheet, three, with_everything
from tests.page.person import PHONE, Person
from tests.running import RunningServer


async def opened(person: Person, what: str) -> None:
    await expect(person.sheet).to_be_visible()
    await look(person, what)
    await person.page.keyboard.press("Escape")
    await expect(person.sheet).to_have_count(0)


async def test_public_pages_and_the_doors(arrive: Arrive, place: Place, scheduled: Place) -> None:
    person = await arrive(PHONE)
    for path in ("/", "/g/demo", "/what-we-keep", "/how-it-works", "/help", "/nowhere"):
        await person.page.goto(place.url + path)
        await look(person, path)
    person.problems.clear()  # the browser's own line about the 404
    for room, what in ((place, "door"), (scheduled, "door, not open")):
        await person.to_door(room.room)
        await look(person, what)
    await person.to_door(scheduled.room, f"#key={scheduled.facilitator_key}")
    await expect(person.button("Open the room now")).to_be_visible()
    await look(person, "door of a facilitator")
    await person.button("Text size, and a calm minute").click()
    await opened(person, "comfort")

    # From right to left.
    await person.page.goto(f"{place.url}/?lang=ar")
    await look(person, "home in Arabic")
    await person.page.goto(f"{place.url}/r/{place.room}?lang=ar")
    await expect(person.page.locator("#name")).not_to_have_value("")
    await look(person, "door in Arabic")
    await person.page.locator(".go-in [type=submit]").click()
    await expect(person.page.locator("#said")).to_be_visible()
    await person.page.locator(".topbar .help").click()
    await opened(person, "help in Arabic")


async def test_every_state_of_a_meeting(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await with_everything(shared_server)
    host, river, heron = await three(arrive, place)
    await look(river, "room, empty")

    # What is said, and all that opens over it.
    await heron.say("Good evening.")
    await heron.button("Add a content warning").click()
    await heron.say_covered("It happened on Monday.")
    await river.say("Hello. I am glad to be here.")
    await heron.say("something else")
    await heron.menu("something else", "Take back")
    await host.menu("I am glad to be here", "With you")
    await expect(river.page.locator(".reactions")).to_be_visible()
    await look(river, "room, with words")
    await river.button("Show it").click()
    await river.box.fill("Write to me: me@example.org")
    await river.button("Send").click()
    await expect(river.page.locator(".nudge")).to_be_visible()
    await look(river, "nudge")
    await river.box.fill("")
    for opener, what in (
        ("I need help", "help"),
        ("About this meeting, and text size", "about"),
        ("Announce a milestone", "milestone"),
        ("Leave", "leave"),
    ):
        await river.button(opener).click()
        await opened(river, what)
    await river.message("Good evening.").get_by_role("button", name=re.compile("^More for")).click()
    await opened(river, "menu of a message")
    await river.message("Good evening.").get_by_role("button", name=re.compile("^More for")).click()
    await river.sheet.get_by_role("button", name="Report to the moderators").click()
    await look(river, "report")
    await river.sheet.get_by_role("button", name="Report", exact=True).click()
    await expect(river.sheet).to_contain_text("The moderators have the report.")
    await opened(river, "reported")
    await river.button("I need help").click()
    await river.sheet.get_by_role("button", name="Breathe for a minute").click()
    await opened(river, "breathe")
    await river.button("I need help").click()
    await river.sheet.get_by_label("What would help?").fill("Somebody to talk to.")
    await river.sheet.get_by_role("button", name="Ask for help").click()
    await expect(river.sheet).to_contain_text("A moderator has been told.")
    await opened(river, "private line")
    await river.page.get_by_role("button", name=re.compile("^Who is here")).click()
    await look(river, "who is here")
    await river.page.locator(".person", has_text="Early Light").get_by_role("button").click()
    await opened(river, "menu of a person")
    await river.page.keyboard.press("Escape")

    # Who leads.
    await on_to(host, "Guidelines")
    await run_sheet(host).get_by_role("button", name="Ask: do we agree").click()
    await expect(river.page.locator(".poll")).to_be_visible()
    await look(river, "poll")
    await look(host, "host, with calls, a report and a poll")
    await host.page.locator(".help-call").get_by_role("button", name="Be with them").click()
    await opened(host, "private line, at the other end")
    await on_to(host, "Milestones")
    await river.button("Announce a milestone").click()
    await river.sheet.get_by_label("I am starting again").check()
    await river.sheet.get_by_role("button", name="Announce it").click()
    await expect(heron.page.locator(".milestone")).to_be_visible()
    await look(heron, "milestone in the log")
    for part in ("Topic", "Sharing"):
        await on_to(host, part)
    await river.button("Ask a question").click()
    await opened(river, "question")
    await heron.button("Raise hand").click()
    await expect(heron.button("Done")).to_be_visible()
    await look(heron, "one's own turn")
    await river.button("Raise hand").click()
    await expect(river.page.locator(".turn-tools")).to_contain_text("Your hand is up")
    await look(river, "hand up")
    for item, what in (("Remove…", "remove"), ("Write a private word…", "private word"), ("Give a hat…", "hats")):
        await host.with_person("Grey Heron", item)
        await opened(host, what)
    await host.button("Freeze").click()
    await expect(river.page.locator(".veiled").first).to_be_visible()
    await look(river, "frozen")
    await look(host, "frozen, for who moderates")
    await host.button("Undo freeze").click()
    await host.page.get_by_role("switch", name=re.compile("^Lobby")).click()

    # Outside.
    knocker = await arrive(PHONE)
    await knocker.to_door(place.room)
    await knocker.button("Knock").click()
    await expect(knocker.heading("You are at the door")).to_be_visible()
    await look(knocker, "lobby")
    await expect(host.page.locator(".knocker")).to_be_visible()
    await look(host, "somebody at the door")
    await host.button("Not now").click()
    await expect(knocker.heading("Not this time")).to_be_visible()
    await look(knocker, "denied")
    await host.with_person("Grey Heron", "Remove…")
    await host.sheet.get_by_role("button", name="Remove", exact=True).click()
    await expect(heron.heading("A moderator has ended your visit")).to_be_visible()
    await look(heron, "removed")
    await river.button("Leave").click()
    await river.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(river.heading("You have left")).to_be_visible()
    await look(river, "left")
    await host.button("Close the meeting").click()
    await opened(host, "close?")
    await host.button("Close the meeting").click()
    await host.sheet.get_by_role("button", name="Close the meeting").click()
    await expect(host.heading("The meeting is over")).to_be_visible()
    await look(host, "over")


async def test_a_moderators_phone(arrive: Arrive, place: Place) -> None:
    host = await (await arrive(PHONE)).go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await look(host, "host on a phone")
    await host.page.get_by_role("button", name=re.compile("^Tools")).click()
    await look(host, "tools on a phone")
    await host.page.locator(".panel").get_by_role("button", name="Freeze", exact=True).click()
    await expect(host.page.locator(".panel").get_by_role("button", name="Undo freeze", exact=True)).to_be_visible()


async def focused(person: Person) -> str:
    name: str = await person.page.evaluate("(document.activeElement.ariaLabel || document.activeElement.textContent).trim()")
    return name


async def tab_to(person: Person, name: str, back: bool = False, most: int = 60) -> None:
    """As somebody does who sees where the focus is."""
    for _ in range(most):
        if re.search(name, await focused(person)):
            return
        await person.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{name} is not reached; last was {await focused(person)}")


async def test_the_main_tasks_by_keyboard_alone(arrive: Arrive, place: Place) -> None:
    river, host = await arrive(), await arrive()
    keys = river.page.keyboard
    await river.to_door(place.room)
    await tab_to(river, "^Go in$")
    await keys.press("Enter")
    await expect(river.box).to_be_focused()
    await keys.type("Hello from a keyboard.")
    await keys.press("Enter")
    await expect(river.said("Hello from a keyboard.")).to_be_visible()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await host.say("Good evening.")
    await host.say("It is good to see you.")

    # From message to message, and to what can be done with one; the focus comes back to it.
    await tab_to(river, "^Add a content warning$", back=True)
    await keys.press("Shift+Tab")
    await river.page.locator("#said").focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown"):
        await keys.press(key)
    await expect(river.message("Good evening.")).to_be_focused()
    await keys.press("Enter")
    await tab_to(river, "^With you$")
    await keys.press("Enter")
    await expect(host.page.locator(".reactions")).to_contain_text("With you")
    await expect(river.message("Good evening.")).to_be_focused()
    await keys.press("ContextMenu")
    await expect(river.sheet.get_by_role("button", name="Reply")).to_be_visible()
    await keys.press("Escape")
    await expect(river.message("Good evening.")).to_be_focused()

    # Help, from the message box.
    await river.box.focus()
    await tab_to(river, "^I need help", back=True)
    await keys.press("Enter")
    await tab_to(river, "^What would help|^$")
    await tab_to(river, "^Ask for help$")
    await keys.press("Enter")
    await expect(river.sheet).to_contain_text("A moderator has been told.")
    await keys.press("Escape")

    # Who moderates, from within the message box.
    await host.box.focus()
    await host.page.keyboard.press("Alt+Shift+F")
    await expect(river.why).to_contain_text("The room is paused.")
    await host.page.keyboard.press("Alt+Shift+F")
    await expect(river.why).to_have_count(0)
    await host.page.locator(".for-hosts summary").click()
    await expect(host.page.locator(".doings")).to_contain_text("Froze the room")
    assert "Hello" not in await host.page.locator(".doings").inner_text(), "what one did, and no word of what was said"


CHANGES = """() => {
    window.told = [];
    const live = "[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]";
    new MutationObserver((all) => all.forEach(({target}) => {
        const element = target.nodeType === 1 ? target : target.parentElement;
        const region = element?.closest("[aria-live=off], " + live);
        if (region && !region.matches("[aria-live=off]")) window.told.push(region.textContent.slice(0, 60));
    })).observe(document, {subtree: true, childList: true, characterData: true});
}"""


async def test_what_a_screen_reader_is_told(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await with_everything(shared_server)
    host, river, heron = await three(arrive, place)
    for part in ("Guidelines", "Milestones", "Topic", "Sharing"):
        await on_to(host, part)
    await heron.button("Raise hand").click()
    await heron.say("I am here.")
    await expect(river.said("I am here.")).to_be_visible()
    await expect(river.page.get_by_role("log", name="What is said")).to_match_aria_snapshot(
        """
        - log "What is said":
          - group /What .*Grey Heron.* shares/:
            - article /Message from .*Grey Heron/:
              - text: Grey Heron
              - time
              - paragraph: I am here.
              - button /More for the message from .*Grey Heron/
        """
    )
    await expect(river.page.get_by_role("region", name="Where we are")).to_match_aria_snapshot(
        """
        - region "Where we are":
          - paragraph:
            - strong: Sharing
          - paragraph:
            - status: /Grey Heron.* is sharing/
            - timer "Time left"
        """
    )
    for live in (river.page.get_by_role("log"), river.page.get_by_role("status").first):
        assert await live.get_attribute("aria-live") in ("polite", None)
    await expect(river.page.get_by_role("timer").first).to_have_attribute("aria-live", "off")

    # A share that goes on is not told second by second; its end is told once.
    await river.page.evaluate(CHANGES)
    before = await river.page.get_by_role("timer").first.inner_text()
    await expect(river.page.get_by_role("timer").first).not_to_have_text(before)
    await expect(river.page.get_by_role("timer").first).not_to_have_text(re.compile(before))
    assert await river.page.evaluate("window.told") == []
    await heron.button("Done").click()
    await expect(river.page.locator(".whose-words")).to_have_text("The floor is free.")
    told = await river.page.evaluate("window.told")
    assert [one for one in told if "The floor is free" in one]
    assert len(told) <= 4, told
