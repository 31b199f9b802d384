"""Lines that stall silently: they look alive, and nothing gets through, one way or both. Words are neither lost nor said twice.

The page's clock is moved by hand: nobody waits for the half minute after which a line counts as dead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import expect

from chatserver.transport.heartbeat import PING_SECONDS, PONG_SECONDS
from tests.page.between import ANSWER
from tests.page.conftest import Arrive, Place
from tests.page.front import BOTH, Front, Way, without_dropped_lines
from tests.page.person import PHONE, Person

PINGS_ARE_MISSED_MS = (PING_SECONDS + PONG_SECONDS) * 1_000
ANSWER_WITHIN_MS = 10_000  # web/src/room/connection.ts
QUIET_MS, ANSWER_SOON_MS = 20_000, 5_000  # web/src/room/still.ts
WAYS = pytest.mark.parametrize("ways", [("to the server",), ("to the page",), BOTH], ids=["there", "back", "both"])


@dataclass
class BadLine:
    front: Front
    url: str
    arrive: Arrive
    people: list[Person] = field(default_factory=list)

    async def comes(self, size: tuple[int, int] = PHONE) -> Person:
        """Somebody on this line, with a clock that can be moved."""
        person = await self.arrive(size, url=self.url)
        await person.page.clock.install()
        self.people.append(person)
        return person

    async def comes_back(self, person: Person) -> None:
        """What the page has begun meanwhile has stalled as well: it gives that up, and begins anew."""
        self.front.let_through()
        await pass_time(person, ANSWER_WITHIN_MS)
        await expect(person.page.get_by_text("The line dropped.")).to_have_count(0)
        await expect(person.page.locator(".pending")).to_have_count(0)


@pytest_asyncio.fixture(loop_scope="session")
async def line(arrive: Arrive, place: Place) -> AsyncIterator[BadLine]:
    front = Front(place.url)
    async with front.open() as url:
        line = BadLine(front, url, arrive)
        yield line
        for person in line.people:
            await person.page.close()  # it would go on knocking
            without_dropped_lines(person)


async def pass_time(person: Person, ms: int) -> None:
    await person.page.clock.fast_forward(ms)


async def is_down(person: Person) -> None:
    await expect(person.page.get_by_text("The line dropped.")).to_be_visible()


@WAYS
async def test_what_was_said_meanwhile_is_filled_in(arrive: Arrive, place: Place, line: BadLine, ways: tuple[Way, ...]) -> None:
    river, heron = await line.comes(), await arrive()
    await river.go_in(place.room, "Wide River")
    await heron.go_in(place.room, "Grey Heron")
    await heron.say("before")
    await expect(river.said("before")).to_be_visible()
    await river.box.fill("half a sentence")
    line.front.stall(*ways)
    for text in ("one", "two"):
        await heron.say(text)
    if ways == ("to the server",):  # who only listens misses nothing
        await expect(river.said("two")).to_be_visible()
    await pass_time(river, PINGS_ARE_MISSED_MS)
    await is_down(river)
    await heron.say("three")
    await line.comes_back(river)
    await expect(river.said("three")).to_be_visible()
    await heron.say("four")
    await expect(river.said("four")).to_be_visible()
    assert await river.log() == ["before", "one", "two", "three", "four"]
    await expect(river.box).to_have_value("half a sentence")


@WAYS
async def test_what_is_sent_into_it_comes_out_once(arrive: Arrive, place: Place, line: BadLine, ways: tuple[Way, ...]) -> None:
    river, heron = await line.comes(), await arrive()
    await river.go_in(place.room, "Wide River")
    await heron.go_in(place.room, "Grey Heron")
    line.front.stall(*ways)
    for text in ("one", "two"):
        await river.box.fill(text)
        await river.button("Send").click()
    await river.box.fill("half a sentence")
    await line.front.swallows()
    if ways == ("to the page",):  # it was taken, and nobody tells them
        await expect(heron.said("one")).to_be_visible()
    await expect(river.message("one")).to_contain_text("Sending…")
    await pass_time(river, ANSWER_WITHIN_MS)
    await is_down(river)
    await expect(river.message("two")).to_contain_text("Waiting for the line…")
    await line.comes_back(river)
    await expect(heron.said("two")).to_be_visible()
    await heron.say("three")
    await expect(river.said("three")).to_be_visible()
    assert await river.log() == await heron.log() == ["one", "two", "three"]
    await expect(river.box).to_have_value("half a sentence")


@WAYS
async def test_who_goes_in_is_told_what_to_do(place: Place, line: BadLine, ways: tuple[Way, ...]) -> None:
    river = await (await line.comes()).to_door(place.room)
    await river.page.get_by_label("Your name in this meeting").fill("Wide River")
    line.front.stall(*ways)
    await river.button("Go in").click()
    await line.front.swallows()
    await expect(river.button("Going in…")).to_be_disabled()
    await pass_time(river, ANSWER_WITHIN_MS)
    await expect(river.page.get_by_role("alert").filter(has_text="No answer came. Please try again.")).to_be_visible()

    # The line is still like that: there is a sentence again, and no waiting for ever.
    await river.button("Go in").click()
    await expect(river.button("Going in…")).to_be_disabled()
    await pass_time(river, ANSWER_WITHIN_MS)
    await expect(
        river.page.get_by_role("alert").filter(has_text="The line is down. It comes back by itself; try again then.")
    ).to_be_visible()

    line.front.let_through()
    await pass_time(river, ANSWER_WITHIN_MS)
    await river.button("Go in").click()
    if ways == ("to the page",):  # the first time had been heard: a name that nobody seems to have is theirs
        await expect(river.page.get_by_role("alert").filter(has_text="Your first try may have come through")).to_be_visible()
        await river.button("Another name").click()
        await river.button("Go in").click()
    await expect(river.box).to_be_visible()


@WAYS
async def test_a_freeze(arrive: Arrive, place: Place, line: BadLine, ways: tuple[Way, ...]) -> None:
    host, heron = await line.comes(), await arrive()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await heron.go_in(place.room, "Grey Heron")
    line.front.stall(*ways)
    await host.button("Freeze").click()
    await line.front.swallows()
    await pass_time(host, ANSWER_WITHIN_MS)
    await is_down(host)
    await expect(host.page.locator(".toast")).to_contain_text("No answer came. Please try again.")
    await line.comes_back(host)
    if ways != ("to the page",):
        await host.button("Freeze").click()
    await expect(host.button("Undo freeze")).to_be_visible()
    await expect(heron.why).to_contain_text("The room is paused.")


@pytest.mark.parametrize("sign", ["writes", "looks again"])
async def test_who_is_here_again_after_a_silence_learns_of_it_soon(arrive: Arrive, place: Place, line: BadLine, sign: str) -> None:
    river, heron = await line.comes(), await arrive()
    await river.go_in(place.room, "Wide River")
    await heron.go_in(place.room, "Grey Heron")
    await river.page.wait_for_load_state("networkidle")
    line.front.stall(*BOTH)
    await heron.say("one")
    await pass_time(river, QUIET_MS)
    if sign == "writes":
        await river.box.press_sequentially("half")
    else:
        await river.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await line.front.swallows()
    await expect(river.page.get_by_text("Connected", exact=True)).to_be_visible()
    await pass_time(river, ANSWER_SOON_MS)
    await is_down(river)
    await line.comes_back(river)
    await expect(river.said("one")).to_be_visible()
    await expect(river.box).to_have_value("half" if sign == "writes" else "")


async def test_a_line_that_lives_is_asked_once_after_a_silence(place: Place, line: BadLine) -> None:
    river = await line.comes()
    async with river.page.expect_websocket() as opened:
        await river.go_in(place.room, "Wide River")
    await river.page.wait_for_load_state("networkidle")
    socket, sent = await opened.value, list[str]()
    socket.on("framesent", lambda frame: sent.append(str(frame)))
    await river.box.press_sequentially("half a ")
    assert sent == []
    await pass_time(river, QUIET_MS)
    async with socket.expect_event("framereceived", lambda frame: str(frame).startswith(ANSWER)):
        await river.box.press_sequentially("sentence")
    await pass_time(river, ANSWER_SOON_MS)
    await river.say("half a sentence")
    assert [frame.split('"')[1] for frame in sent] == ["door", "send"]
