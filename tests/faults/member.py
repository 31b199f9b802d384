"""Somebody in a room, as a page is there: stays in whatever happens to the connection, says things, and writes everything down."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import aiohttp

from tests.faults.history import History, Kind
from tests.faults.line import Answer, Event, Line, NoLine

CONNECT_SECONDS = 2.0  # a stopped worker keeps taking connections: another try may reach another
ANSWER_SECONDS = 6.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0  # between tries to come back, in seconds
FINISH_SECONDS = 1.5  # what was asked on the old line may take so long before the new one is taken
MOVES = 0.05, 0.4  # in which part of the time given it moves: the rest is for a busy machine

# The server will be able to answer otherwise later.
LATER = frozenset({"unavailable", "not_open", "full"})


class Member:
    """`name` is what the history calls it. `urls`: where the servers are; each try goes to one of them.

    `key` makes a facilitator. Nothing is promised to happen in time: whoever waits gives the bound."""

    def __init__(
        self,
        name: str,
        history: History,
        session: aiohttp.ClientSession,
        urls: Sequence[str],
        room: str,
        *,
        key: str = "",
        chance: random.Random | None = None,
    ) -> None:
        self.name = name
        self.seat = ""
        self.seen: set[str] = set()  # ids of messages received
        self.seq = 0
        self._epoch = ""
        self._history = history
        self._session = session
        self._urls = urls
        self._room = room
        self._key = key
        self._chance = chance or random.Random()
        self._token = ""
        self._line: Line | None = None
        self._seated = asyncio.Event()
        self._lost = asyncio.Event()
        self._staying: asyncio.Task[None] | None = None
        self._moving: asyncio.Task[None] | None = None
        self._pause = FIRST_PAUSE
        self._ids = 0
        self.over = ""  # why it is not in the room any more, nor tries to be

    # --- what it is told to do

    def start(self) -> None:
        self._staying = asyncio.create_task(self._stay())

    async def seated(self) -> None:
        """Until it sits in the room."""
        await self._seated.wait()

    @property
    def is_seated(self) -> bool:
        return self._seated.is_set()

    def has(self, message: str, other: Member) -> bool:
        """Whether it has that message, or was told that it could not be had and has come as far as the other."""
        return message in self.seen or (self._epoch == other._epoch and self.seq >= other.seq)

    async def send(self, text: str) -> str:
        """Says it, again and again under the same id, until it was acknowledged or refused. Returns the public id."""
        self._ids += 1
        own = f"m{self._ids}"
        message = ""
        while not self.over:
            await self._seated.wait()
            if not message or not message.startswith(f"{self.seat}."):
                message = f"{self.seat}.{own}"  # a new seat: another message, as far as anybody can tell
            line = self._line
            if line is None or self.over:
                continue
            self._history.add(self.name, Kind.INVOKED, message=message)
            try:
                answer = await line.ask("send", {"id": own, "text": text}, ANSWER_SECONDS, self._noting(message))
            except NoLine as fault:
                self._history.add(self.name, Kind.UNKNOWN, message=message, code=str(fault))
                continue
            if answer["ok"] or answer["code"] != "unavailable":
                break
            await asyncio.sleep(answer.get("retry_after_ms", 500) / 1_000)
        return message

    def _noting(self, message: str) -> Callable[[Answer], None]:
        def note(answer: Answer) -> None:
            if answer["ok"]:
                self._history.add(self.name, Kind.OK, message=message, epoch=self._epoch, seq=answer["seq"])
            else:
                kind = Kind.UNKNOWN if answer["code"] == "unavailable" else Kind.REFUSED
                self._history.add(self.name, kind, message=message, code=answer["code"])

        return note

    async def ask(self, name: str, payload: Event | None = None, seconds: float = ANSWER_SECONDS) -> Answer:
        """Anything else. Raises `NoLine`."""
        await self._seated.wait()
        if self._line is None:
            raise NoLine(self.over)
        return await self._line.ask(name, payload or {}, seconds)

    def cut(self) -> None:
        """The line ends without a word."""
        if self._line is not None:
            self._line._end("cut here")

    async def leave(self) -> None:
        """Goes for good, if it can say so; otherwise it is just gone."""
        if self.over:
            return
        self.over = "left"
        line = self._line
        if line is not None:
            with suppress(NoLine):
                await line.ask("leave", {}, ANSWER_SECONDS)
            line.close()
        self._history.add(self.name, Kind.LEFT)
        await self.stop()

    async def stop(self) -> None:
        """This test is over. Nothing is written down."""
        self.over = self.over or "stopped"
        tasks = [task for task in (self._staying, self._moving) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._line is not None:
            self._line.close()
            await self._line.gone()

    # --- staying in

    async def _stay(self) -> None:
        while not self.over:
            self._lost.clear()
            if self._line is not None or await self._come_in():
                await self._lost.wait()
            await asyncio.sleep(self._next_pause())

    def _next_pause(self) -> float:
        pause = self._pause * self._chance.uniform(0.5, 1.0)
        self._pause = min(LONGEST_PAUSE, self._pause * 2)
        return max(FIRST_PAUSE, pause)

    async def _come_in(self) -> bool:
        try:
            line = await Line.open(self._session, self._chance.choice(self._urls), CONNECT_SECONDS)
            if not await self._sit_down(line):
                return False
        except NoLine:
            return False
        return True

    async def _sit_down(self, line: Line, old: Line | None = None) -> bool:
        """Joins on the new line. Until that is answered nothing of the old one counts: what comes there, comes again here."""
        while not line.ended and not self.over:
            request: dict[str, Any] = {"room": self._room}
            if self._token:
                request |= {"seat_token": self._token, "epoch": self._epoch, "seq": self.seq}
            else:
                request |= {"key": self._key} if self._key else {}
                self._history.add(self.name, Kind.ASKED)
            if old is not None:
                old.hold()
            try:
                answer = await line.ask("join", request, ANSWER_SECONDS, lambda answer: self._joined(line, old, answer))
            except NoLine:
                break
            if answer["ok"]:
                return True
            if old is not None:
                break
            if answer["code"] in ("seat_gone", "bad_token"):
                self._token = ""
                continue
            if answer["code"] not in LATER:
                self._end(answer["code"])
                break
            await asyncio.sleep(answer.get("retry_after_ms", 500) / 1_000 * self._chance.uniform(0.8, 1.2))
        line.close()
        if old is not None and not old.ended:
            old.release()
        return False

    def _joined(self, line: Line, old: Line | None, answer: Answer) -> None:
        """From within the reading: whatever comes behind the answer finds everything in its place."""
        if not answer["ok"]:
            return
        if old is not None:
            old.close()
        returning = bool(self._token)
        self._token, self.seat = answer["seat_token"], answer["you"]["seat"]
        epoch, seq = answer["epoch"], answer["seq"]
        missed = answer.get("missed", [])
        if returning:
            self._history.add(self.name, Kind.BACK, epoch=epoch, seq=seq)
        else:  # what was said between the admission and the answer is in it
            self._history.add(self.name, Kind.ADMITTED, epoch=epoch, seq=missed[0]["seq"] - 1 if missed else seq)
        if answer.get("gap"):  # before what there still is
            self._history.add(self.name, Kind.GAP, epoch=epoch, seq=missed[0]["seq"] - 1 if missed else seq, code="answer")
        for event in missed:
            self._heard(event)
        # What does not fit into the answer follows: the last that was received is then the last of those, not the snapshot.
        if not missed:
            self._epoch, self.seq = epoch, seq
        self._line, self._pause = line, FIRST_PAUSE
        line.on_event = self._on_event
        line.on_end = lambda how: self._on_end(line, how)
        self._seated.set()

    def _on_end(self, line: Line, how: str) -> None:
        if self._line is not line:
            return
        self._line = None
        if self._moving is not None:
            self._moving.cancel()  # two ways back at once would be one too many
        self._seated.clear()
        if not self.over:
            self._history.add(self.name, Kind.LOST, code=how)
        self._lost.set()

    def _end(self, why: str) -> None:
        """It is out, and stays out."""
        if not self.over:
            self.over = why
            self._history.add(self.name, Kind.LEFT, code=why)
            self._seated.set()  # nobody shall wait for what never comes
            self._lost.set()

    # --- what comes

    def _on_event(self, name: str, event: Event) -> None:
        if name == "event":
            self._heard(event)
        elif name == "move":
            self._history.add(self.name, Kind.MOVED)
            self._moving = asyncio.create_task(self._move(event["within_ms"] / 1_000))

    def _heard(self, event: Event) -> None:
        kind, epoch, seq = event["type"], event["epoch"], event["seq"]
        if kind == "replaced":  # by our own other line; its number is of no event
            return
        self._epoch, self.seq = epoch, seq
        if kind == "message":
            self.seen.add(event["id"])
            self._history.add(self.name, Kind.RECEIVED, message=event["id"], epoch=epoch, seq=seq)
            return
        if kind == "gap":
            self._history.add(self.name, Kind.GAP, epoch=epoch, seq=seq, code="event")
            return
        self._history.add(self.name, Kind.SAW, epoch=epoch, seq=seq, code=_told(event))
        if kind in ("closed", "removed"):
            self._end(kind)

    async def _move(self, within: float) -> None:
        """Connects anew before it lets go of the old line."""
        await asyncio.sleep(within * self._chance.uniform(*MOVES))
        old = self._line
        try:
            line = await Line.open(self._session, self._chance.choice(self._urls), CONNECT_SECONDS)
        except NoLine:
            return  # the old one ends by itself, and then it comes back as from any loss
        try:
            if old is None or old.ended:
                return
            self._seated.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(FINISH_SECONDS):
                    while old.asking:  # noqa: ASYNC110 (an answer sets nothing that could be waited for)
                        await asyncio.sleep(0.01)
            # From the join on the server may end the old line at any moment, before the answer is here: that is no loss.
            ended: list[str] = []
            old.on_end = ended.append
            if not await self._sit_down(line, old):
                self._seated.set()
                old.on_end = lambda how: self._on_end(old, how)
                for how in ended:
                    self._on_end(old, how)
        finally:
            if self._line is not line:
                line.close()


def _told(event: Event) -> str:
    if event["type"] != "presence":
        return str(event["type"])
    if event.get("left"):
        return "gone"
    return "away" if any(record["away"] for record in event.get("changed", ())) else "presence"
