"""The talk in parts where everybody writes: who says which line is cast anew for each exchange, and each waits for the one before."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from chatserver.rehearsal.alongside import as_long_as
from chatserver.rehearsal.lines import Lines, Talk, kind_of_talk
from chatserver.rehearsal.player import Out, Player

# Seconds of the meeting.
GREETING = 6.0  # from line to line before the start, which has no end of its own
PACE = 24.0  # in a conversation
SLOWEST = 40.0
LAST = 60.0  # nothing new is begun so near the end
SPREAD = (0.6, 1.4)


class Talks:
    def __init__(self, looks: Player, members: Sequence[Player], lines: Lines, random: Random) -> None:
        """`looks` sees which part the meeting has come to."""
        self._looks, self._members, self._lines, self._random = looks, members, lines, random
        self._before: Player | None = None

    async def go_on(self) -> None:
        """Until the room is closed. Raises `CannotGoOn`."""
        looks = self._looks
        try:
            while True:
                now = looks.view.part
                await as_long_as(looks, lambda view, now=now: view.part == now, self._part())  # type: ignore[misc]
                await looks.until(lambda view, now=now: view.part != now)  # type: ignore[misc]
        except Out:
            return

    async def _part(self) -> None:
        view, hour = self._looks.view, self._looks.hour
        if view.mode != "open":
            return
        kind = "hello" if view.index < 0 else "after" if view.after else kind_of_talk(view.segment["title"])
        if kind == "work":
            while hour.left(view.segment["ends_at"]) > LAST:
                await self._hold(self._lines.talk(kind), PACE)
            return
        talks = self._random.sample(self._lines.talks(kind), len(self._lines.talks(kind)))
        lines = sum(len(talk.lines) for talk in talks)
        pace = GREETING if view.index < 0 else min(SLOWEST, hour.left(view.segment["ends_at"]) * 0.8 / lines)
        for talk in talks:
            await self._hold(talk, pace)

    async def _hold(self, talk: Talk, pace: float) -> None:
        cast = self._cast(talk)
        said = None
        try:
            if talk.milestone is not None and "milestones" in self._looks.view.offers:
                await cast["A"].announce(*talk.milestone)
            for line in talk.lines:
                await self._looks.hour.pause(pace * self._random.uniform(*SPREAD))
                speaker = cast[line.who]
                if await speaker.say(line.text, said if line.answers else None):
                    said = speaker.taken[-1]
        except Out:
            if self._looks.over:
                raise  # else somebody's visit was ended, and the others begin another

    def _cast(self, talk: Talk) -> dict[str, Player]:
        """Not the same two people twice in a row."""
        there = [member for member in self._members if not member.over and member is not self._before]
        letters = sorted({line.who for line in talk.lines})
        if len(there) < len(letters):
            there = [member for member in self._members if not member.over]
        chosen = self._random.sample(there, min(len(letters), len(there)))
        self._before = chosen[-1]
        return {letter: chosen[n % len(chosen)] for n, letter in enumerate(letters)}
