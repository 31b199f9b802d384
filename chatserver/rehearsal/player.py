"""Somebody in the room: a seat, what they see from it, and what they do. Comes back by itself when the line is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from random import random
from typing import Any, Protocol

from chatserver.rehearsal.connection import Connection, Json, LineLost
from chatserver.rehearsal.hour import Hour
from chatserver.rehearsal.room_view import RoomView

MOVES_WITHIN = 0.8  # of the time that the server gives
BACK_TRIES = 20
BACK_MS = 500  # between them
LATER_MS = 500  # where the server does not say when
LATER = frozenset({"too_fast", "unavailable", "slow"})
OVER = {"closed": "closed", "removed": "removed", "replaced": "replaced"}


class CannotGoOn(Exception):
    """The server does not answer any more, or has forgotten the room. `args[0]` is a sentence."""


class NotTaken(Exception):
    """The server would not let somebody in. `args` are the code, its sentence, and when to try again, in ms."""


class Out(Exception):
    """No longer in the room: it is closed, or a moderator has ended this visit."""


class Ears(Protocol):
    """Who is told of all that somebody hears."""

    def entered(self, player: Player, answer: Json, first: bool) -> None:
        """With the join answer: the first time, or on coming back."""

    def heard(self, player: Player, event: Json, late: bool) -> None:
        """Each event, once and in order, after the view has it. `late`: it was missed at its time, and came with the answer."""


class Player:
    def __init__(self, url: str, room: str, hour: Hour, ears: Ears) -> None:
        self.view = RoomView()
        self.hour = hour
        self.name = self.seat = ""
        self.over = ""  # why this one is no longer in the room
        self.taken: list[str] = []  # the ids of what was said and taken
        self._url, self._room, self._ears = url, room, ears
        self._connection = Connection()
        self._token, self._at = "", ("", 0)
        self._returning: asyncio.Task[None] | None = None
        self._moving: asyncio.Task[None] | None = None
        self._dropped = False  # the line was let go, and is not back yet
        self._gone = ""
        self._broken: Exception | None = None
        self._waiting: set[asyncio.Future[None]] = set()
        self._ids = count(1)

    # --- coming and going

    async def come_in(self, key: str) -> None:
        """Under a name that the server gives. Raises `NotTaken`, and `LineLost` where no server answers."""
        while True:
            try:
                return await self._connected(lambda: {"key": key})
            except NotTaken as refusal:
                if refusal.args[0] not in LATER:
                    raise
                await self.hour.pause_ms(refusal.args[2])

    async def drop(self) -> None:
        """The line ends without a word. `come_back` is the way on."""
        self._dropped = True
        await self._connection.drop()

    async def come_back(self) -> None:
        """To the same seat. Raises `LineLost` and `NotTaken`."""
        await self._connected(lambda: {"seat_token": self._token, "epoch": self._at[0], "seq": self._at[1]})

    async def leave_the_line(self) -> None:
        """Ends the connection; whoever is still in the room stays there as somebody whose line is gone."""
        for task in (self._returning, self._moving):
            if task is not None:
                task.cancel()
        self.over = self.over or "left"
        await self._connection.close()

    async def _connected(self, join: Callable[[], Json]) -> None:
        """`join` is asked when the old line is heard no longer: what that one still hears while the new one is made does not come again."""
        old = self._connection
        new = Connection(lambda event: self._hear(new, event), lambda: self._lost(new), lambda ms: self._moves(new, ms))
        await new.open(self._url)
        self._connection = new  # what the old one hears from here on comes with the answer, too
        answer = await new.ask(
            "join", {"room": self._room} | join(), lambda given: self._entered(given) if given["ok"] and "waiting" not in given else None
        )
        await old.close()
        if not answer["ok"]:
            await new.close()
            raise NotTaken(answer["code"], answer["message"], answer.get("retry_after_ms", LATER_MS))
        if self.name == "":
            await new.close()
            raise NotTaken("waiting", "The lobby of this room is on, so nobody comes in by themselves.", LATER_MS)

    def _entered(self, answer: Json) -> None:
        first = not self.name
        self.name, self.seat = answer["you"]["name"], answer["you"]["seat"]
        self._token, self._at = answer["seat_token"], (answer["epoch"], answer["seq"])
        self._dropped = False
        self.hour.follow(answer["now"])
        self.view.enter(answer["room"])
        self._ears.entered(self, answer, first)
        for event in answer.get("missed", ()):
            self._ears.heard(self, event, late=True)
        self._changed()

    def _hear(self, connection: Connection, event: Json) -> None:
        if connection is not self._connection:
            return
        try:
            self._heard(event)
        except Exception as fault:  # the library would keep it to itself
            self._broken = fault
        self._changed()

    def _heard(self, event: Json) -> None:
        self._at = event["epoch"], max(event["seq"], self._at[1] if event["epoch"] == self._at[0] else 0)
        self.view.apply(event)
        self.over = self.over or OVER.get(event["type"], "")
        self._ears.heard(self, event, late=False)

    def _lost(self, connection: Connection) -> None:
        if connection is self._connection and not self.over and self._returning is None:
            self._returning = asyncio.get_running_loop().create_task(self._return(), name="coming back")

    def _moves(self, connection: Connection, within_ms: int) -> None:
        """At a moment of its own, so that not all come at once; until then the line is as good as ever."""

        async def later() -> None:
            await self.hour.pause_ms(random() * within_ms * MOVES_WITHIN)
            self._lost(connection)

        self._moving = asyncio.get_running_loop().create_task(later(), name="moving")

    async def _return(self) -> None:
        try:
            for _ in range(BACK_TRIES):
                with suppress(LineLost):
                    await self.come_back()
                    return
                await self.hour.pause_ms(BACK_MS)
            self._gone = "The server went away in the middle of the rehearsal, and did not come back."
        except NotTaken as refusal:
            if refusal.args[0] in OVER:
                self.over = refusal.args[0]
            else:
                self._gone = f"The server has forgotten this rehearsal: {refusal.args[1]}"
        finally:
            self._returning = None
            self._changed()

    # --- waiting

    async def until_over(self) -> None:
        """Until this one is no longer in the room."""
        while not self.over:
            await self._change()

    async def until(self, holds: Callable[[RoomView], bool]) -> None:
        """Raises `Out` and `CannotGoOn`."""
        while not holds(self.view):
            self._check()
            await self._change()

    async def within(self, seconds: float, holds: Callable[[RoomView], bool]) -> bool:
        """Whether it came to hold within so many seconds of the meeting."""
        waits = asyncio.ensure_future(self.until(holds))
        time = asyncio.ensure_future(self.hour.pause(seconds))
        try:
            await asyncio.wait({waits, time}, return_when=asyncio.FIRST_COMPLETED)
            if waits.done():
                waits.result()
            return holds(self.view)
        finally:
            waits.cancel()
            time.cancel()

    def _check(self) -> None:
        if self._broken is not None:
            raise self._broken
        if self._gone:
            raise CannotGoOn(self._gone)
        if self.over:
            raise Out(self.over)

    async def _change(self) -> None:
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        try:
            await waiting
        finally:
            self._waiting.discard(waiting)

    def _changed(self) -> None:
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    # --- doing

    async def ask(self, event: str, **payload: Any) -> Json:
        """The answer; asked again where the line was lost meanwhile. Raises `Out` and `CannotGoOn`."""
        while True:
            self._check()
            while self._returning is not None or self._dropped:
                await self._change()
                self._check()
            try:
                return await self._connection.ask(event, payload)
            except LineLost:
                self._lost(self._connection)

    async def say(self, text: str, reply_to: str | None = None) -> bool:
        """Whether it was taken, at last: what is only too early waits as long as the server says."""
        return await self._post("send", {"text": text} | ({} if reply_to is None else {"reply_to": reply_to}))

    async def announce(self, kind: str, count: int | None) -> bool:
        """A milestone; whether it was taken, likewise."""
        return await self._post("milestone", {"kind": kind} | ({} if count is None else {"count": count}))

    async def _post(self, event: str, payload: Json) -> bool:
        message = f"m{next(self._ids)}"
        while True:
            answer = await self.ask(event, id=message, **payload)
            if answer["ok"]:
                self.taken.append(f"{self.seat}.{message}")
                return True
            if answer["code"] == "frozen":
                await self.until(lambda view: not view.room["frozen"])
            elif answer["code"] in LATER:
                await self.hour.pause_ms(answer.get("retry_after_ms", LATER_MS))
            else:
                return False

    async def type(self, command: str) -> None:
        """One of the commands that text meetings have typed for decades: sent like a message, and none."""
        await self.ask("send", id=f"t{next(self._ids)}", text=command)

    @property
    def is_away(self) -> bool:
        """Its line was let go, and is not back."""
        return self._dropped

    @property
    def has_floor(self) -> bool:
        return self.view.holder == self.seat

    @property
    def may_write(self) -> bool:
        return self.view.may_write(self.seat)
