"""The play itself: everybody comes in, the meeting is held, and what was seen is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from chatserver.clock import Clock
from chatserver.domain.formats import Format
from chatserver.rehearsal.cast import parts
from chatserver.rehearsal.checker import Check, Checker
from chatserver.rehearsal.connection import Connection, Json, LineLost
from chatserver.rehearsal.happenings import Kind, Reporter, Tell
from chatserver.rehearsal.host import Host
from chatserver.rehearsal.hour import Hour
from chatserver.rehearsal.lines import Lines
from chatserver.rehearsal.member import Member
from chatserver.rehearsal.player import CannotGoOn, Out, Player
from chatserver.rehearsal.talks import Talks
from chatserver.rehearsal.tries import Tried, Tries

COMES_IN = 3.0  # seconds of the meeting from one to the next
TOLD_SECONDS = 10.0  # real ones, until everybody has heard that it is over


@dataclass(frozen=True, slots=True)
class Plan:
    """What is rehearsed, and where. `lead`: there is no pretend facilitator; the members follow whoever leads."""

    url: str
    room: str
    key: str  # a facilitator's
    invite: str  # a member's: many who come at once are no join wave then
    format: Format
    members: int
    lead: bool = False
    wait: bool = False  # until somebody has come in


class Play:
    """One rehearsal. `run` it once; then ask for its `checks`."""

    def __init__(self, plan: Plan, clock: Clock, tell: Tell, random: Random) -> None:
        self.hour = Hour(clock, plan.format.speed)
        self.finished = False  # the meeting came to its end
        self._plan, self._tell, self._random = plan, tell, random
        self._lines, self._checker = Lines(random), Checker(led=not plan.lead)
        self._people: list[Player] = []  # the first one looks on
        self._members: dict[Player, Member] = {}
        self._cast: dict[str, str] = {}  # names by seat
        self._reporter: Reporter | None = None

    async def run(self, ready: Json) -> None:
        """Until the room is closed. `ready` is told when the first one is in the room.

        Raises `NotTaken`, `CannotGoOn`, and `LineLost` where no server answers."""
        try:
            host = None if self._plan.lead else await self._comes(self._plan.key)
            members = [await self._comes(self._plan.invite) for _ in range(1 if self._plan.lead else 0)]
            self._report(Kind.READY, **ready)
            while len(members) < self._plan.members:
                members.append(await self._comes(self._plan.invite))
                await self.hour.pause(COMES_IN)
            await self._hold(host, members)
        finally:
            await asyncio.gather(*(player.leave_the_line() for player in self._people))

    @property
    def begun(self) -> bool:
        """Somebody was let in."""
        return bool(self._cast)

    def checks(self) -> list[Check]:
        for player in self._people:
            self._checker.taken(player.taken)
        return self._checker.checks(finished=self.finished)

    async def _hold(self, host: Player | None, members: list[Player]) -> None:
        looks = self._people[0]
        for player, part in zip(members, parts(len(members)), strict=True):
            self._members[player] = Member(player, part, self._lines, self._random, self)
        if self._reporter is not None:
            self._reporter.look_for_strangers()
        try:
            if self._plan.wait or self._plan.lead:
                await looks.until(lambda view: any(seat["seat"] not in self._cast for seat in view.room["seats"]))
            doing: list[Coroutine[Any, Any, None]] = [member.live() for member in self._members.values()]
            doing.append(Talks(looks, members, self._lines, self._random).go_on())
            doing.append(Tries(looks, members, self._random, self.tried).go_on())
            if host is not None:
                doing.append(Host(host, members, self._random).lead())
            await _all_of(doing, looks.until(lambda view: view.closed))
        except Out:
            if not looks.view.closed:
                raise CannotGoOn(
                    "A moderator has sent the one out who looks on, so nothing more is known. The rehearsal ends here."
                ) from None
        await self._looks_whether_over()
        self.finished = True

    async def _comes(self, key: str) -> Player:
        player = Player(self._plan.url, self._plan.room, self.hour, self)
        self._people.append(player)
        await player.come_in(key)
        return player

    async def _looks_whether_over(self) -> None:
        for player in self._people:
            if player.is_away:
                self._checker.away(player.seat)
        with suppress(TimeoutError):
            async with asyncio.timeout(TOLD_SECONDS):
                await asyncio.gather(*(player.until_over() for player in self._people if not player.is_away))
        try:
            door = await look_at_door(self._plan.url, self._plan.room)
            self._checker.door(str(door.get("state") or door.get("code")))
        except LineLost:
            raise CannotGoOn("The server went away at the end of the rehearsal.") from None

    # --- what is heard

    def entered(self, player: Player, answer: Json, first: bool) -> None:
        self._cast[player.seat] = player.name
        self._checker.entered(player.seat, answer)
        if player is self._people[0]:
            self._reporter = self._reporter or Reporter(player.view, self.hour, self._tell, self._cast)
            if not first:
                self._reporter.looks()

    def heard(self, player: Player, event: Json, late: bool) -> None:
        self._checker.heard(player.seat, event, late)
        if player in self._members:
            self._members[player].hears(event)
        if event["type"] == "sign":
            self._report(Kind.SIGN, name=player.name, sign=event["sign"])
        if player is self._people[0] and self._reporter is not None:
            self._reporter.hears(event)
            if self._members:
                self._reporter.look_for_strangers()

    def tried(self, tried: Tried) -> None:
        self._checker.tried(tried)
        self._report(Kind.TRIED, event=tried.what.event, code=tried.code, wanted=tried.what.code)

    def voted(self, poll: int) -> None:
        self._checker.voted(poll)

    def lost_the_line(self, player: Player) -> None:
        self._checker.dropped()
        self._report(Kind.DROPPED, name=player.name)

    def found_the_seat(self, player: Player, in_time: bool) -> None:
        self._checker.back(in_time)
        self._report(Kind.BACK, name=player.name, in_time=in_time)

    def _report(self, kind: Kind, **fields: Any) -> None:
        if self._reporter is not None:
            self._reporter.tell(kind, **fields)


async def look_at_door(url: str, room: str) -> Json:
    """What the server says of a room, or that it knows none. Raises `LineLost` where no server answers."""
    connection = await Connection().open(url)
    try:
        return await connection.ask("door", {"room": room})
    finally:
        await connection.close()


async def close_room(url: str, room: str, key: str) -> None:
    """For whoever stops in the middle. Raises `LineLost`."""
    connection = await Connection().open(url)
    try:
        if (await connection.ask("join", {"room": room, "key": key}))["ok"]:
            await connection.ask("close", {})
    finally:
        await connection.close()


async def _all_of(doing: list[Coroutine[Any, Any, None]], until: Coroutine[Any, Any, None]) -> None:
    """Does all of it until `until` is over, or one of them fails: that is raised."""
    tasks = [asyncio.ensure_future(each) for each in doing]
    over = asyncio.ensure_future(until)
    try:
        waiting = {over, *tasks}
        while not over.done():
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for each in done:
                each.result()
    finally:
        for each in (over, *tasks):
            each.cancel()
        await asyncio.gather(over, *tasks, return_exceptions=True)
