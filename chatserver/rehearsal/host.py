"""The pretend facilitator: follows the run sheet as a person does who has done it before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

from chatserver.rehearsal.alongside import as_long_as
from chatserver.rehearsal.lines import kind_of_round, written
from chatserver.rehearsal.player import Out, Player
from chatserver.rehearsal.room_view import RoomView

# Seconds of the meeting.
GREETS = 50.0
READS = 5.0  # from one paragraph of a script to the next
LONG = 1_200.0  # a part for speakers so long has a speaker
ASKED, SHOWN = 90, 40.0  # so long people have to answer, and then to see what came of it
HANGS = 30.0  # beyond the time of a share: then the floor is taken back kindly
LATE = 0.5  # of its minutes a round may take longer
HANGS_MS = 1_500  # and that much of real time, so that in a very fast rehearsal nobody is cut off for the time that a network takes


class Host:
    def __init__(self, player: Player, members: list[Player], random: Random) -> None:
        self.player = player
        self._members, self._random = members, random
        self._lines = written("host")
        self._extended = -1  # the part that was given more time

    async def lead(self) -> None:
        """From the greeting until the room is closed. Raises `CannotGoOn`."""
        try:
            await self._greet()
            led = self.player.view.index
            while self.player.view.index != led or await self._go_on():
                led = self.player.view.index
                await as_long_as(self.player, lambda view, led=led: view.index == led, THROUGH[self.player.view.mode](self))  # type: ignore[misc]
            await self.say(self._lines["closes"])
            await self.player.hour.pause(15.0)
            await self.player.ask("close")
            await self.player.until(lambda view: view.closed)
        except Out:
            return

    # --- from part to part

    async def _greet(self) -> None:
        for line in self._lines["greets"]:
            await self.say(line)
            await self.player.hour.pause(GREETS / len(self._lines["greets"]))
        await self.say(self._lines["begins"])

    async def _go_on(self) -> bool:
        """Into the next part. False after the last."""
        view = self.player.view
        index = view.index + 1
        if index < len(view.room["agenda"]):
            if view.room["agenda"][index]["mode"] == "silence":
                await self._read_out(index)  # in it nobody writes
            await self.player.ask("agenda", go=index)
            await self.player.until(lambda view: view.index >= index)
            return True
        return False

    # --- what is said

    async def say(self, text: str) -> None:
        """Where the host may write; where turns are taken and nobody has the floor, with the floor."""
        player = self.player
        if player.may_write:
            await player.say(text)
            return
        free = player.view.mode in ("queue", "round") and player.view.holder is None
        if free and (await player.ask("floor", seat=player.seat))["ok"]:
            await player.say(text)
            await player.ask("done")

    async def _read_out(self, index: int) -> None:
        """The script of a part, paragraph by paragraph; the places for a group's own are left out."""
        answer = await self.player.ask("script", index=index)
        paragraphs = [each.strip() for each in answer.get("script", "").split("\n\n")]
        for paragraph in paragraphs:
            if paragraph and not paragraph.startswith("["):
                await self.say(paragraph)
                await self.player.hour.pause(READS)

    async def _topic(self) -> None:
        if "topic" in self.player.view.offers:
            prompt = self._random.choice((await self.player.ask("prompts"))["prompts"])
            await self.player.ask("topic", text=prompt["title"])
            await self.say(f"A topic, for whoever would like one. {prompt['title']}: {prompt['text']}")

    async def _agreement(self) -> None:
        """By a show of hands, when there was time to speak about it."""
        if "agree" in self.player.view.offers:
            await self.player.hour.pause(self._left() * 0.5)
            await self._asks_all("agree")

    async def _asks_all(self, kind: str) -> None:
        """Counts when all have answered, or the time is over; and puts the result away when it was seen."""
        player = self.player
        number = (await player.ask("poll", kind=kind, seconds=ASKED)).get("poll")
        if number is None:
            return  # somebody else asks something just now

        def answered(view: RoomView) -> bool:
            members = sum(seat["role"] == "member" for seat in view.room["seats"])
            return view.open_poll != number or bool(view.room["poll"]["voted"] >= members)

        await player.within(2 * ASKED, answered)
        await player.ask("poll_close", poll=number)
        await player.hour.pause(SHOWN)
        await player.ask("poll_clear", poll=number)

    async def _until_over(self) -> None:
        """Until the time of this part is over, however often somebody gives it more."""
        while (left := self._left()) > 0:
            await self.player.hour.pause(left)

    def _left(self) -> float:
        return self.player.hour.left(self.player.view.segment["ends_at"])

    # --- the parts

    async def _open(self) -> None:
        await self._read_out(self.player.view.index)
        await self._topic()
        await self._agreement()
        await self._until_over()

    async def _speaker(self) -> None:
        view = self.player.view
        await self._read_out(view.index)
        await self._topic()
        if self._left() >= LONG:
            await self.say(self._lines["names_speaker"])
            await self.player.ask("floor", seat=self._random.choice(self._members).seat)
            await self.player.within(self._left(), lambda view: view.holder is None)
        lines = self._random.sample(self._lines["goes_on"], len(self._lines["goes_on"]))
        while (left := self._left()) > 0:
            if await self.player.within(min(left, 120.0), lambda view: bool(view.hands)):
                await self._call()
            elif lines and self._left() > 60:
                await self.say(lines.pop())

    async def _call(self) -> None:
        """Who has raised a hand where those who lead speak gets the floor, and a question an answer."""
        view = self.player.view
        seat = view.hands[0]
        asks = seat in view.room["questions"]
        await self.say(self._lines["offers_question"] if asks else "Please.")
        await self.player.ask("floor", seat=seat)
        await self.player.within(max(self._left(), 60.0), lambda view: view.holder != seat)
        if asks:
            await self.say(self._lines["answers"])

    async def _round(self) -> None:
        segment = self.player.view.segment
        await (self._check_in() if kind_of_round(segment["title"], segment["asks"]) == "check_in" else self._turns())

    async def _turns(self) -> None:
        player, index = self.player, self.player.view.index
        longest = self._left() * (1 + LATE)
        begun = player.view.visit
        ends = player.hour.now() + longest * 1_000 / player.hour.speed
        await player.within(20.0, lambda view: view.holder is not None)
        while player.hour.now() < ends and player.view.visit == begun:
            if player.has_floor:
                await self._read_out(index)
                await player.ask("done")
            holder = player.view.holder
            if holder is None and not player.view.hands:
                return
            await self._nobody_hangs(holder)

    async def _check_in(self) -> None:
        """A round, and beside it the question how everybody is, on a scale."""
        asking = asyncio.ensure_future(self._asks_all("scale"))
        try:
            await self._turns()
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def _queue(self) -> None:
        player, view = self.player, self.player.view
        if view.holder is None:
            await player.ask("floor", seat=player.seat)
            await self._read_out(view.index)
            await player.ask("done")
        while self._left() > 0:
            await self._nobody_hangs(view.holder)
            if self._left() <= 0 and view.hands and self._extended != view.visit:
                self._extended = view.visit
                await player.ask("agenda", extend_seconds=view.segment["share_seconds"] or 180)
                await player.until(lambda _: self._left() > 0)
        if view.holder is not None:
            await self._nobody_hangs(view.holder)

    async def _nobody_hangs(self, holder: str | None) -> None:
        """Waits for the next turn. Where the format waits for who leads, calls; and takes the floor back from who has forgotten it."""
        player, view = self.player, self.player.view
        if holder is None:
            if view.hands and not await player.within(5.0, lambda view: view.holder is not None) and view.hands:
                await player.ask("floor", seat=view.hands[0])
            await player.within(max(1.0, min(20.0, self._left())), lambda view: view.holder is not None or bool(view.hands))
            return
        ends_at = (view.room["floor"] or {}).get("ends_at")
        if ends_at is None:
            await player.within(max(60.0, self._left()), lambda view: view.holder != holder)
            return
        late = max(HANGS, HANGS_MS * player.hour.speed / 1_000)
        if not await player.within(player.hour.left(ends_at) + late, lambda view: view.holder != holder):
            still = (view.room["floor"] or {}).get("ends_at")
            if still is not None and player.hour.left(still) < 0:  # nobody has given more time
                await player.ask("floor", seat=None)

    async def _silence(self) -> None:
        index = self.player.view.index
        await self.player.until(lambda view: view.index != index)


THROUGH: dict[str, Callable[[Host], Awaitable[None]]] = {
    "open": Host._open,
    "speaker": Host._speaker,
    "round": Host._round,
    "queue": Host._queue,
    "silence": Host._silence,
}
