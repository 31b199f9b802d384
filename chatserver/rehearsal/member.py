"""A pretend member: takes turns as the room gives them, raises a hand when there is time, reacts quietly, and has a part of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from random import Random
from typing import Any, Protocol

from chatserver.domain.posts import REACTIONS
from chatserver.rehearsal.alongside import as_long_as
from chatserver.rehearsal.cast import Part
from chatserver.rehearsal.connection import Json, LineLost
from chatserver.rehearsal.lines import Lines, kind_of_round
from chatserver.rehearsal.player import CannotGoOn, NotTaken, Out, Player
from chatserver.rehearsal.tries import Tried, Try

# Seconds of the meeting.
THINKS = (4.0, 10.0)  # before a hand goes up
WAITING = 2  # so many hands are up at most, of pretend members
NO_LIMIT = 240.0  # a share where there is no limit
LONG = 600.0  # there is time for a story
STORY_PART = 0.8  # so much of the time for a speaker is used
AWAY = 8.0  # a line that dropped
FILLED = (0.5, 0.85)  # so much of their time people use
OVERRUN = 1.06

REACTS, CELEBRATES = 0.045, 0.4  # each to each message, to each milestone
QUIETLY = tuple(kind for kind in REACTIONS if kind != "celebrate")
ANSWERS = {"agree": (0,), "hands": (0, 0, 0, 1), "scale": (1, 2, 2, 3, 3, 3, 4)}


class Notes(Protocol):
    """Who is told of what nobody else can see."""

    def lost_the_line(self, player: Player) -> None: ...

    def found_the_seat(self, player: Player, in_time: bool) -> None:
        """`in_time`: the share was still theirs."""

    def voted(self, poll: int) -> None:
        """And was told that it counts."""

    def tried(self, tried: Tried) -> None: ...


class Member:
    def __init__(self, player: Player, part: Part, lines: Lines, random: Random, notes: Notes) -> None:
        self.player, self.part = player, part
        self._lines, self._random, self._notes = lines, random, notes
        self._shares = 0
        self._poll = 0  # the last that this one has seen
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
        share = segment["share_seconds"] or NO_LIMIT
        each = min(share, player.hour.left(segment["ends_at"]) * 0.85 / people)
        while True:
            await player.until(lambda _: player.has_floor)
            if self.part.passes and not self._has_passed:
                self._has_passed = True
                await player.hour.pause(each * 0.2)
                await player.ask("pass")
            else:
                await self._turn(self._lines.turn(kind), self._length(each, share))
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
                await self._turn(self._lines.turn("any"), self._length(share, share))
                await player.until(lambda _: not player.has_floor)

    async def _raise_hand(self) -> None:
        if self.part.types:
            await self.player.type("!")
        else:
            await self.player.ask("hand", up=True)

    def _length(self, planned: float, longest: float) -> float:
        """How long this one takes, of what is planned for each; `longest` until the clear sign."""
        return longest * OVERRUN if self.part.overruns else planned * self._random.uniform(*FILLED)

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
        self._notes.lost_the_line(player)
        await player.hour.pause(AWAY)
        while True:
            try:
                await player.come_back()
                break
            except LineLost:
                await player.hour.pause_ms(500)
            except NotTaken as refusal:
                raise CannotGoOn(f"Who lost the line could not come back: {refusal.args[1]}") from None
        self._notes.found_the_seat(player, in_time=player.view.turn == turn)

    # --- quietly

    def hears(self, event: Json) -> None:
        """Each message of somebody else may be answered by a quiet sign, a milestone is celebrated; and who is asked, votes."""
        kind, poll = event["type"], self.player.view.open_poll
        if kind in ("message", "milestone") and event["seat"] != self.player.seat:
            if self._random.random() < (REACTS if kind == "message" else CELEBRATES):
                self._later(self._react(event["id"], self._random.choice(QUIETLY) if kind == "message" else "celebrate"))
        elif kind == "poll" and poll is not None and poll > self._poll:
            self._poll = poll
            self._later(self._vote(poll, event["poll"]["kind"], len(event["poll"]["options"])))

    def _later(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(_unless_out(doing), name="quietly")
        self._quietly.add(task)
        task.add_done_callback(self._quietly.discard)

    async def _react(self, message: str, kind: str) -> None:
        await self.player.hour.pause(self._random.uniform(3.0, 15.0))
        await self.player.ask("react", to=message, kind=kind)

    async def _vote(self, poll: int, kind: str, options: int) -> None:
        player, choice = self.player, self._random.choice(ANSWERS.get(kind) or range(options))
        await player.hour.pause(self._random.uniform(5.0, 40.0))
        if not (await player.ask("vote", poll=poll, choice=choice))["ok"]:
            return  # it was counted already
        self._notes.voted(poll)
        if self.part.types:
            again = await player.ask("vote", poll=poll, choice=choice)
            if again.get("code") != "no_such_poll":
                self._notes.tried(Tried(Try("vote", {}, "voted"), again.get("code")))


async def _unless_out(doing: Coroutine[Any, Any, None]) -> None:
    try:
        await doing
    except (Out, CannotGoOn):
        return  # told by what else the member does


IN: dict[str, Callable[[Member], Awaitable[None]]] = {
    "open": Member._quiet,
    "silence": Member._quiet,
    "speaker": Member._listens,
    "round": Member._goes_round,
    "queue": Member._raises_hands,
}
