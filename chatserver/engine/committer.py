"""Facts of one room, committed one batch at a time.

While a commit is in flight, commands gather and go into the next, a host's first. Coming and going is paced: the first goes at
once, what comes within 50 ms after it is folded, so that a thousand joins are some dozens of commits and presence events.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from chatserver.backplane.base import AtMost, Backplane, BackplaneUnavailable, Conflict, Late, Numbered, OtherLine, Settling
from chatserver.backplane.base import Event as WireEvent
from chatserver.clock import Clock
from chatserver.domain import commands as c
from chatserver.domain.events import NARROWING, Closed, Event, Knocked, Seated
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.room import decide, evolved
from chatserver.domain.state import AGENDA, CORE, FLOOR, SEAT, RoomState, changed_entries
from chatserver.engine.begun import Begun
from chatserver.engine.replica import Replica
from chatserver.holding import Holding
from chatserver.wire.entries import pack_all
from chatserver.wire.events import of_facts, tells_of_lobby, tells_of_turns

_log = logging.getLogger(__name__)

CALL_MS = 2_000  # what is asked of a room is refused after this
PRESENCE_MS = 50
AT_A_TIME = 250  # in one commit: each copies a room of that size or more, and who has come in gets a snapshot; the loop stands still for it
ATTEMPTS = 8
RETRY_MS = 1_000
UNAVAILABLE = Refused(Code.UNAVAILABLE, RETRY_MS)

# What crowds do, and nobody needs to know at once.
_PRESENCE = (c.Join, c.Return, c.GoneAway, c.StillHere, c.Leave, c.Vote)
_UNHURRIED = (*_PRESENCE, c.Tick)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command brought about. `seq` is the room's when it had come back to this worker."""

    events: tuple[Event, ...]
    seq: int


Outcome = Done | Refused


@dataclass(slots=True, eq=False)
class _Asked:
    actor: str | None
    command: c.Fact
    outcome: asyncio.Future[Outcome]


@dataclass(slots=True)
class _Folded:
    """A batch decided: the state it leads to, and the event that ends it where something in it closes the room."""

    state: RoomState
    events: list[Event] = field(default_factory=list)
    decided: list[tuple[_Asked, tuple[Event, ...] | Refused]] = field(default_factory=list)
    closing: tuple[Event, ...] | None = None
    # What closes the room, or lets it be open longer, which is recorded in the store first, and what was asked after it.
    later: list[_Asked] = field(default_factory=list)


class Committer:
    def __init__(
        self,
        room: str,
        backplane: Backplane,
        replica: Replica,
        clock: Clock,
        call_ms: int,
        *,
        before_close: Callable[[], Awaitable[WireEvent | None]],
        before_longer: Callable[[int], Awaitable[bool]],
        level: Callable[[], Awaitable[bool]],
    ) -> None:
        """A batch takes `call_ms` at most.

        `before_close` records the closing in the store, and returns the room's last event; None: it could not. `before_longer` records
        that the room closes later, and says whether it could. `level` waits until the replica is what the room is, and says whether the
        room goes on."""
        self._room = room
        self._backplane = backplane
        self._replica = replica
        self._clock = clock
        self._call_ms = call_ms
        self._before_close = before_close
        self._before_longer = before_longer
        self._level = level
        self._loop = asyncio.get_running_loop()
        self._asked: list[_Asked] = []
        self._busy = False
        self._running: asyncio.Task[None] | None = None  # where it has to wait for something
        self._urgent = asyncio.Event()
        self._presence_at = -PRESENCE_MS

    def ask(self, actor: str | None, *commands: c.Fact) -> list[asyncio.Future[Outcome]]:
        """What each of them will have brought about. They go into one commit, if nothing is refused."""
        asked = [_Asked(actor, command, self._loop.create_future()) for command in commands]
        self._asked += asked
        if self._busy:
            if not all(isinstance(command, _PRESENCE) for command in commands):
                self._urgent.set()
        else:
            self._begin()
        return [each.outcome for each in asked]

    async def submit(self, actor: str | None, command: c.Fact) -> Outcome:
        (outcome,) = self.ask(actor, command)
        return await outcome

    def _begin(self) -> None:
        """As far as it goes at once; for the rest there is a task."""
        self._busy = True
        under_way: tuple[list[_Asked], Begun[list[_Asked]]] | None = None
        if self._wait_ms() <= 0:
            batch = self._batch()
            try:
                begun = Begun(self._commit(batch))
            except Exception as fault:
                self._end(batch, [], fault)
            else:
                if begun.done:
                    self._end(batch, begun.result)
                else:
                    under_way = batch, begun
        if under_way is None and not self._asked:
            self._busy = False
        else:
            self._running = asyncio.create_task(self._run(under_way))

    async def _run(self, under_way: tuple[list[_Asked], Begun[list[_Asked]]] | None) -> None:
        try:
            if under_way is not None:
                await self._to_its_end(*under_way)
            while self._asked:
                await self._pace()
                batch = self._batch()
                await self._to_its_end(batch, self._commit(batch))
        finally:
            self._busy, self._running = False, None

    def _batch(self) -> list[_Asked]:
        """Of what has gathered, as much as goes into one commit. The rest, and what comes from now on, is for the next."""
        gathered = sorted(self._asked, key=lambda a: isinstance(a.command, _UNHURRIED))  # stable: a host's first
        batch, self._asked = gathered[:AT_A_TIME], gathered[AT_A_TIME:]
        if any(isinstance(a.command, _PRESENCE) for a in batch):
            self._presence_at = self._clock.now()
        return batch

    async def _to_its_end(self, batch: list[_Asked], commit: Awaitable[list[_Asked]]) -> None:
        later: list[_Asked] = []
        fault: Exception | None = None
        try:
            async with asyncio.timeout(self._call_ms / 1_000):
                later = await commit
        except Exception as raised:
            fault = raised
        finally:
            self._end(batch, later, fault)

    def _end(self, batch: list[_Asked], later: list[_Asked], fault: Exception | None = None) -> None:
        """Of a batch, of which `later` is left for the next. Nobody is left waiting, whatever went wrong."""
        if fault is not None and not isinstance(fault, BackplaneUnavailable | TimeoutError):
            # Ours. What has gathered meanwhile is done all the same. The formatter writes the kind of the fault and where it was.
            _log.error("commit failed", exc_info=fault)
        _refuse([a for a in batch if a not in later])
        self._asked = later + self._asked

    def _wait_ms(self) -> int:
        """How long what has gathered is to wait for more of its kind."""
        if not all(isinstance(a.command, _PRESENCE) for a in self._asked):
            return 0
        return self._presence_at + PRESENCE_MS - self._clock.now()

    async def _pace(self) -> None:
        wait = self._wait_ms()
        if wait > 0:
            self._urgent.clear()
            timer = self._clock.call_later(wait, self._urgent.set)
            await self._urgent.wait()
            timer.cancel()

    def _fold(self, batch: list[_Asked], now: int) -> _Folded:
        """Decides each command on the state that those before it lead to, up to one that closes the room. One that lets it be open longer
        goes alone: where that cannot be recorded, only it is refused."""
        folded = _Folded(self._replica.state)
        for n, asked in enumerate(batch):
            decision = decide(folded.state, asked.actor, asked.command, now)
            if not isinstance(decision, Refused):
                if any(isinstance(e, Closed) for e in decision):
                    folded.closing, folded.later = decision, batch[n:]
                    break
                then = evolved(folded.state, decision)
                longer = then.core.closes_at > folded.state.core.closes_at
                if longer and n:
                    folded.later = batch[n:]
                    break
                folded.state = then
                folded.events += decision
                if longer:
                    folded.later = batch[n + 1 :]
                    folded.decided.append((asked, decision))
                    break
            folded.decided.append((asked, decision))
        return folded

    async def _commit(self, batch: list[_Asked]) -> list[_Asked]:
        """Commits the batch, and returns what is left of it for the next."""
        replica = self._replica
        for _ in range(ATTEMPTS):
            now, line, before = self._clock.now(), replica.line, replica.state
            folded = self._fold(batch, now)
            if not folded.events:
                _resolve(folded.decided, replica.seq)
                if folded.closing is None:
                    return folded.later
                await self._close(folded.later[0], folded.closing)
                return folded.later[1:]
            entries = changed_entries(before, folded.state)
            if tells_of_turns(before, folded.state, folded.events):
                entries.setdefault(FLOOR, folded.state.floor)  # so that another worker's list, made at the same moment, does not stand
            if tells_of_lobby(before, folded.state, folded.events):
                entries.setdefault(CORE, folded.state.core)  # likewise
            packed = pack_all(entries)
            replica.written = {key: (packed[key], entry) for key, entry in entries.items()}
            # Who asks is read: their removal or new role, decided on another worker, comes before what they asked here.
            read = {
                CORE,
                AGENDA,
                *(SEAT + a.actor for a, decision in folded.decided if a.actor and decision and not isinstance(decision, Refused)),
            }
            in_turn = before.core.held or folded.state.core.held or folded.state.agenda.index >= 0
            if in_turn or any(isinstance(a.command, c.Turns) for a in batch):
                read |= {FLOOR}  # who has the floor decides what follows from nearly everything
            expected = {key: replica.versions.get(key, 0) for key in (*read, *entries)}
            closes_at = folded.state.core.closes_at
            if closes_at > before.core.closes_at and not await self._before_longer(closes_at):
                _refuse([asked for asked, _ in folded.decided])
                return folded.later
            joins = any(isinstance(e, Seated | Knocked) for e in folded.events)
            result = await self._backplane.commit(
                self._room,
                line,
                expected,
                packed,
                of_facts(before, folded.state, folded.events),
                narrows=any(type(e) in NARROWING for e in folded.events),
                not_after=now + self._call_ms,
                at_most=AtMost(SEAT, max(before.core.capacity, len(folded.state.seats))) if joins else None,
                holding=folded.state.floor.running if FLOOR in entries else None,  # the words of the turn that runs now stay
            )
            match result:
                case Numbered(seq):
                    await replica.reached(line, seq)
                    replica.written = {}
                    _resolve(folded.decided, seq)
                    return folded.later
                case Conflict(seen):
                    await replica.reached(line, seen)  # what we lost against is here, or on its way to us
                case OtherLine() | Settling():
                    if not await self._level():
                        _refuse(batch, Refused(Code.CLOSED))
                        return []
                case Late():
                    return []
        return []

    async def _close(self, asked: _Asked, events: tuple[Event, ...]) -> None:
        """The store first: what is closed there is never revived, wherever a worker dies in between."""
        last = await self._before_close()
        if last is None:
            _refuse([asked])
            return
        for _ in range(ATTEMPTS):
            line = self._replica.line
            result = await self._backplane.erase(self._room, line, last)
            if isinstance(result, Numbered):
                await self._replica.reached(line, result.seq)
            elif await self._level():
                continue  # it was on another line
            _resolve([(asked, events)], self._replica.seq)
            return


def _resolve(decided: list[tuple[_Asked, tuple[Event, ...] | Refused]], seq: int) -> None:
    for asked, decision in decided:
        if not asked.outcome.done():
            asked.outcome.set_result(decision if isinstance(decision, Refused) else Done(decision, seq))


def _refuse(batch: list[_Asked], refused: Refused = UNAVAILABLE) -> None:
    for asked in batch:
        if not asked.outcome.done():
            asked.outcome.set_result(refused)


_AT = "engine.committer.Committer"
HOLDS = (
    Holding("room-place", "memory", _AT, "room-closes", ("_room",)),
    Holding("on-its-way", "memory", _AT, "time", ("_asked",), 2, identifies="seat"),
)
