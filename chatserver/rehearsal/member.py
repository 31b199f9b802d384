"""A pretend member: takes turns as the room gives them, raises a hand when there is time, reacts quietly, and has a part of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

from chatserver.domain.posts import REACTIONS
from chatserver.rehearsal.alongside import as_long_as
from chatserver.rehearsal.cast import Part
from chatserver.rehearsal.connection import Json, LineLost
from chatserver.rehearsal.lines import Lines, kind_of_round
from chatserver.rehearsal.player import CannotGoOn, NotTaken, Out, Player

# Seconds of the meeting.
THINKS = (4.0, 10.0)  # before a hand goes up
WAITING = 2  # so many hands are up at most, of pretend members
NO_LIMIT = 240.0  # a share where there is no limit
LONG = 600.0  # there is time for a story
STORY_PART = 0.8  # so much of the time for a speaker is used
AWAY = 8.0  # a line that dropped
FILLED = (0.5, 0.85)  # so much of their time people use
OVERRUN = 1.06

REACTS = 0.045  # each to each message
Tells = Callable[[str, Player], None]


class Member:
    def __init__(self, player: Player, part: Part, lines: Lines, random: Random, tells: Tells) -> None:
        """`tells` hears of what nobody else can see: that the line dropped, and that it is back."""
        self.player, self.part = player, part
        self._lines, self._random, self._tells = lines, random, tells
        self._shares = 0
        self._has_passed = self._has_asked = self._has_dropped = False
        self._quietly: set[asyncio.Task[None]] = set()

    async def live(self) -> None:
        """Until the room is closed, or somebody ends this visit. Raises `CannotGoOn`."""
        view = self.player.view
        try:
            while True:
                now = view.part
                await as_long_as(self.player, lambda view, now=now: view.part == now, IN[view.mode](self))  # type: ignore[misc]
                await self.player.until(lambda view, now=now: view.part != now)  # type: ignore[misc]
        except Out:
            return
        finally:
            for task in self._quietly:
                task.cancel()

    # --- what there is to do in each mode

    async def _quiet(self) -> None:
        """In a silence; and where everybody writes, the talk is led by `Talks`."""

    async def _listens(self) -> None:
        """Where those who lead speak: one has a question, and somebody is asked to tell their story."""
        player = self.player
        if self.part.asks and not self._has_asked:
            await player.hour.pause(player.hour.left(player.view.segment["ends_at"]) * 0.3)
            await player.ask("hand", up=True, kind="question")
        await player.until(lambda _: player.has_floor)
        if self.part.asks and not self._has_asked:
            self._has_asked = True
            await self._turn(self._lines.turn("question"), 20.0)
            return
        left = player.hour.left(player.view.segment["ends_at"])
        await self._turn(self._lines.turn("story" if left >= LONG else "any"), left * STORY_PART)

    async def _goes_round(self) -> None:
        player, segment = self.player, self.player.view.segment
        kind = kind_of_round(segment["title"], segment["asks"])
        people = 1 + sum(seat["role"] != "listener" for seat in player.view.room["seats"])
        each = min(segment["share_seconds"] or NO_LIMIT, player.hour.left(segment["ends_at"]) * 0.85 / people)
        while True:
            await player.until(lambda _: player.has_floor)
            if self.part.passes and not self._has_passed:
                self._has_passed = True
                await player.hour.pause(each * 0.2)
                await player.ask("pass")
            else:
                await self._turn(self._lines.turn(kind), each * self._random.uniform(*FILLED))
            await player.until(lambda _: not player.has_floor)

    async def _raises_hands(self) -> None:
        player, view = self.player, self.player.view
        share = view.segment["share_seconds"] or NO_LIMIT
        while True:
            await player.hour.pause(self._random.uniform(*THINKS) * (1 + 6 * self._shares))
            waits = len(view.hands) + (view.holder is not None)
            if len(view.hands) < WAITING and player.hour.left(view.segment["ends_at"]) > (waits + 1) * share:
                await self._raise_hand()
                await player.until(lambda _: player.has_floor or player.seat not in view.hands)
            if player.has_floor:
                self._shares += 1
                await self._turn(self._lines.turn("any"), share * (OVERRUN if self.part.overruns else self._random.uniform(*FILLED)))
                await player.until(lambda _: not player.has_floor)

    async def _raise_hand(self) -> None:
        if self.part.types:
            await self.player.type("!")
        else:
            await self.player.ask("hand", up=True)

    # --- a turn

    async def _turn(self, words: tuple[str, ...], seconds: float) -> None:
        """These messages, over so many seconds of the meeting; and then it is done, if it was not over before."""
        player = self.player
        turn = player.view.turn
        for number, text in enumerate(words):
            await player.within(seconds / len(words), lambda view: view.turn != turn)
            if not player.has_floor or not await player.say(text):
                break
            if number == 0 and self.part.drops and not self._has_dropped:
                await self._loses_the_line(turn)
        if self.part.overruns:
            await player.within(seconds / len(words) / 2, lambda view: view.turn != turn)
        if player.has_floor:
            await (player.type("done") if self.part.types else player.ask("done"))

    async def _loses_the_line(self, turn: int) -> None:
        """In the middle of a share, and comes back to it. Tried again as any page does it."""
        player = self.player
        self._has_dropped = True
        await player.drop()
        self._tells("dropped", player)
        await player.hour.pause(AWAY)
        while True:
            try:
                await player.come_back()
                break
            except LineLost:
                await player.hour.pause_ms(500)
            except NotTaken as refusal:
                raise CannotGoOn(f"Who lost the line could not come back: {refusal.args[1]}") from None
        self._tells("back" if player.view.turn == turn else "back late", player)

    # --- quietly

    def hears(self, event: Json) -> None:
        """Each message of somebody else may be answered by a quiet sign."""
        if event["type"] == "message" and event["seat"] != self.player.seat and self._random.random() < REACTS:
            task = asyncio.get_running_loop().create_task(self._react(event["id"]), name="a quiet sign")
            self._quietly.add(task)
            task.add_done_callback(self._quietly.discard)

    async def _react(self, message: str) -> None:
        try:
            await self.player.hour.pause(self._random.uniform(3.0, 15.0))
            await self.player.ask("react", to=message, kind=self._random.choice(REACTIONS))
        except (Out, CannotGoOn):
            return  # told by what the member does otherwise


IN: dict[str, Callable[[Member], Awaitable[None]]] = {
    "open": Member._quiet,
    "silence": Member._quiet,
    "speaker": Member._listens,
    "round": Member._goes_round,
    "queue": Member._raises_hands,
}
