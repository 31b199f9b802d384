"""Workers in one process, over one backplane and one store, and the people who use them."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import random
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson

from chatserver.backplane.memory import MemoryBackplane
from chatserver.domain.limits import Rate
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import RoomState
from chatserver.domain.work import Work
from chatserver.engine.live_room import LiveRoom
from chatserver.engine.openings import RoomDefaults
from chatserver.engine.rates import Rates
from chatserver.engine.service import Service
from chatserver.engine.tokens import hash_token, new_token
from chatserver.store.base import Group, Key, KeyRole, Meeting
from chatserver.wire.events import encode
from tests.engine.fake_store import FakeStore
from tests.engine.unreliable import Unreliable
from tests.fakes import FakeClock, FakeFanout
from tests.waiting import settled

T = TypeVar("T")

UNLIMITED = Rates(Rate(0, 0), Rate(0, 0), Rate(0, 0))
PACE_MS = 10
CONTACT = "the operator"
_ids = itertools.count()


def done(work: Work) -> dict[str, Any]:
    """The work as a client does it: after docs/protocol.md, and nothing of the server's own."""
    numbers = []
    for n in range(work.puzzles):
        start = hashlib.sha256(f"{work.salt}.{n}.".encode())
        for number in itertools.count():
            tried = start.copy()
            tried.update(str(number).encode())
            if int.from_bytes(tried.digest()) >> (256 - work.difficulty) == 0:
                numbers.append(number)
                break
    return {"salt": work.salt, "numbers": numbers}


@dataclass
class House:
    window_seconds: float = 60.0
    capacity: int = 100
    doors_minutes: int = 15
    shared: bool = True  # its workers are told that the backplane is not theirs alone
    rates: Rates = UNLIMITED
    wave_joins: int = 0
    clock: FakeClock = field(default_factory=FakeClock)
    store: FakeStore = field(default_factory=FakeStore)

    def __post_init__(self) -> None:
        self.memory = MemoryBackplane(self.clock, self.window_seconds)

    async def meeting(self, slug: str = "room", *, opened: bool = True, minutes: int = 60, group: str = "group", **more: Any) -> None:
        visibility, format_name = more.pop("visibility", "listed"), more.pop("format", "open-circle")
        self.store.all_groups.setdefault(group, Group(group, "A group", visibility))
        meeting = Meeting(slug, self.store.all_groups[group], "A meeting", format_name, "UTC", None, None, minutes, **more)
        self.store.all_meetings[slug] = meeting
        if opened:
            await self.store.open_meeting(slug, f"opening-{next(_ids)}", self.clock.now(), self.clock.now() + minutes * 60_000)

    def worker(self, *, call_ms: int = 2_000, lag: int | None = None) -> Worker:
        backplane = Unreliable(self.memory, self.store.log, None if lag is None else random.Random(lag), shared=self.shared)
        return Worker(self, call_ms, backplane)

    async def key(self, role: KeyRole, *, group: str = "group", meeting: str | None = None, uses: int | None = None) -> str:
        text = new_token()
        await self.store.add_key(Key(hash_token(text), group, role, meeting, uses))
        return text

    async def done(self, asked: Coroutine[Any, Any, T]) -> T:
        """Its result; lets time pass while it waits for the pace of coming and going."""
        task = asyncio.ensure_future(asked)
        for _ in range(500):
            await settled(20)
            if task.done():
                break
            self.clock.advance(PACE_MS)
        else:
            task.cancel()
            raise TimeoutError("asked and not answered")
        return task.result()

    async def passes(self, ms: int, steps: int = 10) -> None:
        """Time, in some steps, and what it brings about."""
        for n in range(steps):
            self.clock.advance(ms * (n + 1) // steps - ms * n // steps)
            await self.quiet()

    async def quiet(self) -> None:
        """Until what is under way has come about."""
        await settled(40)


class Worker:
    def __init__(self, house: House, call_ms: int, backplane: Unreliable) -> None:
        self.house = house
        self.fanout = FakeFanout()
        self.backplane = backplane
        defaults = RoomDefaults(house.capacity, 600_000, 5_000, house.doors_minutes, 15 * 60_000, house.wave_joins)
        self.service = Service(house.store, self.backplane, self.fanout, house.clock, defaults, house.rates, CONTACT, call_ms=call_ms)

    def live(self, slug: str = "room") -> LiveRoom:
        room = self.service.rooms.live(slug)
        assert room is not None
        return room

    @property
    def state(self) -> RoomState:
        return self.live().state

    def connect(self, network: bytes | None = b"\x0a\x01") -> Person:
        person = Person(self, f"c{next(_ids)}")
        self.service.connected(person.connection, lambda: network)
        return person

    async def join(self, room: str = "room", **more: Any) -> Person:
        person = self.connect()
        answer = await self.house.done(person.works(room=room, **more))
        assert not isinstance(answer, Refused), answer
        person.answer = answer
        return person

    async def host(self, role: KeyRole = "facilitator", **more: Any) -> Person:
        return await self.join(key=await self.house.key(role), **more)


@dataclass
class Person:
    worker: Worker
    connection: str
    answer: dict[str, Any] = field(default_factory=dict)  # the join answer

    @property
    def seat(self) -> str:
        return str(self.answer["you"]["seat"])

    @property
    def token(self) -> str:
        return str(self.answer["seat_token"])

    async def works(self, **join: Any) -> dict[str, Any] | Refused:
        """Joins, and does the work that this takes."""
        answer = await self.raw("join", **join)
        while isinstance(answer, Refused) and answer.work is not None:
            answer = await self.raw("join", **join, work=done(answer.work))
        return answer

    async def raw(self, event: str, **payload: Any) -> dict[str, Any] | Refused:
        """Its answer, whatever it is, without letting time pass."""
        answer = await self.worker.service.ask(self.connection, event, (payload,))
        return answer if isinstance(answer, Refused) else dict(orjson.loads(encode(answer)))

    async def ask(self, event: str, **payload: Any) -> dict[str, Any] | Refused:
        return await self.worker.house.done(self.raw(event, **payload))

    async def ok(self, event: str, **payload: Any) -> dict[str, Any]:
        answer = await self.ask(event, **payload)
        assert not isinstance(answer, Refused), answer
        return answer

    async def refused(self, event: str, **payload: Any) -> Code:
        answer = await self.ask(event, **payload)
        assert isinstance(answer, Refused), answer
        return answer.code

    async def say(self, text: str, id: str | None = None) -> int:
        return int((await self.ok("send", id=id or f"m{next(_ids)}", text=text))["seq"])

    def drop(self) -> None:
        self.worker.service.disconnected(self.connection)

    async def comes_back(self, worker: Worker | None = None, *, seq: int | None = None, epoch: str | None = None) -> Person:
        """On a new connection, with the last event that this one has got."""
        new = (worker or self.worker).connect()
        new.answer = await new.ok("join", **self.to_return(seq=seq, epoch=epoch))
        return new

    def to_return(self, *, seq: int | None = None, epoch: str | None = None) -> dict[str, Any]:
        last = max([self.answer["seq"], *(e["seq"] for e in self.events())])
        return {"room": "room", "seat_token": self.token, "seq": last if seq is None else seq, "epoch": epoch or self.answer["epoch"]}

    def events(self, kind: str | None = None) -> list[dict[str, Any]]:
        return self.worker.fanout.of(self.connection, kind)

    def texts(self) -> list[str]:
        return [e["text"] for e in self.events("message")]

    @property
    def disconnected(self) -> bool:
        return self.connection in self.worker.fanout.disconnected
