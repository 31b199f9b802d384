"""Saying things: decided here, numbered by the backplane, acknowledged when it has come back; and said again should it be lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from chatserver.backplane.base import Backplane, BackplaneUnavailable, Event, Late, Numbered, OtherLine, Repeated, Settling, Stale
from chatserver.clock import Clock, pause
from chatserver.domain import commands as c
from chatserver.domain.events import PostEvent
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.room import decide
from chatserver.domain.state import RoomState
from chatserver.engine.committer import ATTEMPTS, RETRY_MS, UNAVAILABLE
from chatserver.engine.own_posts import Own, OwnPosts
from chatserver.engine.replica import Replica
from chatserver.engine.time_limit import TimeLimit
from chatserver.wire.events import of_post


class Room(Protocol):
    """What a live room looks like from here."""

    slug: str
    replica: Replica
    over: bool

    @property
    def state(self) -> RoomState: ...

    async def level(self) -> bool: ...


class Posting:
    def __init__(self, room: Room, backplane: Backplane, clock: Clock, call_ms: int, added: Callable[[], None]) -> None:
        """`added` is called when there is something more to be forgotten in time."""
        # What nothing can lose need not be said again.
        self.own = OwnPosts(clock, backplane.window_ms if backplane.shared else 0)
        self._room = room
        self._backplane = backplane
        self._clock = clock
        self._call_ms = call_ms
        self._limit = TimeLimit(call_ms)
        self._added = added

    async def post(self, actor: str, command: c.Post, message_id: str | None = None) -> tuple[PostEvent, int] | Refused:
        """Decides, publishes, and returns when it has come back. A fact that narrows who may speak makes it decide again."""
        replica = self._room.replica
        try:
            with self._limit:
                for _ in range(ATTEMPTS):
                    now = self._clock.now()
                    decision = decide(replica.state, actor, command, now)
                    if isinstance(decision, Refused):
                        return decision
                    event: Any = decision[0]
                    body = of_post(event, replica.state.floor)
                    line = replica.line
                    result = await self._backplane.post(self._room.slug, line, replica.guard, now + self._call_ms, message_id, body)
                    match result:
                        case Numbered(seq) | Repeated(seq):
                            await replica.reached(line, seq)
                            if body.kept:
                                self.own.add(actor, message_id, body, seq)
                                self._added()
                            return event, seq
                        case Stale(guard):
                            await replica.reached(line, guard)
                        case OtherLine() | Settling():
                            if not await self._room.level():
                                return Refused(Code.CLOSED)
                        case Late():
                            break
        except (BackplaneUnavailable, TimeoutError):
            pass
        return UNAVAILABLE

    def remember(self, seat: str, event: Event, seq: int) -> None:
        """That these words went with a fact: should they be lost, they are said again as all words are."""
        self.own.add(seat, None, event, seq)
        self._added()

    def said_before(self, seat: str, message: str) -> int | None:
        """The seq of a message that is sent again, where it was taken the first time. From now on it is acknowledged here."""
        first = self._room.replica.first_seq(message)
        if first is None or seat not in self._room.state.seats:
            return None
        for kept in self._room.replica.since(first - 1)[0][:1]:
            if kept.event.message == message:
                self.own.add(seat, message, kept.event, first)
        return first

    async def say_again(self, own: Own) -> None:
        """Said and acknowledged here, and lost: those who have not had it get it now. Not if whoever said it was removed meanwhile, or
        it was taken back; nor when it is older than what people are kept up with."""
        while not self._room.over and self._clock.now() < own.at + self._backplane.window_ms:
            replica = self._room.replica
            taken_back = own.message_id is not None and any(k.event.retracts == own.message_id for k in replica.since(0)[0])
            if taken_back or own.seat not in replica.state.seats:
                return
            try:
                with self._limit:
                    line, not_after = replica.line, self._clock.now() + self._call_ms
                    result = await self._backplane.post(self._room.slug, line, replica.guard, not_after, own.message_id, own.event)
                    match result:
                        case Numbered(seq) | Repeated(seq):
                            await replica.reached(line, seq)
                            self.own.add(own.seat, own.message_id, own.event, seq)
                            return
                        case Stale(guard):
                            await replica.reached(line, guard)
                        case OtherLine() | Settling():
                            await self._room.level()
                        case Late():
                            pass
            except (BackplaneUnavailable, TimeoutError):
                await pause(self._clock, RETRY_MS)
