"""The backplane over Redis: one connection for calls, one for deliveries, a script for each call."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import hiredis

from chatserver.backplane.base import (
    BEAT_MS,
    DEAD_MS,
    AtMost,
    BackplaneFault,
    BackplaneUnavailable,
    Conflict,
    Event,
    Held,
    Late,
    Loaded,
    Missed,
    Numbered,
    OtherLine,
    Position,
    Repeated,
    Settling,
    Sink,
    Stale,
)
from chatserver.backplane.redis import packing
from chatserver.backplane.redis.address import parse_address
from chatserver.backplane.redis.checks import Server, check, look_at
from chatserver.backplane.redis.connection import Connection, Word, code_of, connect
from chatserver.backplane.redis.link import Link
from chatserver.backplane.redis.packing import Unreadable
from chatserver.backplane.redis.scripts import load_scripts
from chatserver.backplane.redis.sentinel import master_of
from chatserver.backplane.redis.subscriber import Pushed, Subscriber
from chatserver.backplane.union import order_of
from chatserver.clock import Clock
from chatserver.logs import log

PREFIX = "chatserver:"
MAX_KNOWN = 10_000  # rooms
NEAR_MS = 100.0  # an answer that took longer tells nothing about the time

_log = logging.getLogger(__name__)


class RedisBackplane:
    """Raises `ValueError` for an address that is none. `time_known` gets the server's time, whenever an answer came quickly enough."""

    shared = True

    def __init__(
        self,
        url: str,
        clock: Clock,
        window_seconds: float,
        *,
        accept_unsafe: bool = False,
        time_known: Callable[[int], None] = lambda _: None,
        prefix: str = PREFIX,
    ) -> None:
        self.window_ms = int(window_seconds * 1_000)
        self.doubt: Callable[[], None] = lambda: None
        self.ahead_ms = 0  # of the server's time: how tests let time pass there
        self._address = parse_address(url)
        self._clock = clock
        self._accept_unsafe = accept_unsafe
        self._time_known = time_known
        self._prefix = prefix
        # Channels know no databases.
        self._channels = prefix if self._address.db == 0 else f"{prefix}{self._address.db}:"
        self._calls = Link(self._address, self._open_calls, self._calls_are_back)
        self._subscriber = Subscriber(self._address, self._open_subscriber, self._deliveries_are_back)
        self._shas: Mapping[str, bytes] = {}
        self._known_places: dict[str, tuple[tuple[bytes, ...], bytes]] = {}
        self._server = Server("")
        self._heard_of = Server("")  # the server that the deliveries come from
        self._master: tuple[str, int] | None = None
        self._back_at = 0
        self._ticking: asyncio.Task[None] | None = None

    @property
    def answers(self) -> bool:
        return self._calls.connection is not None and self._subscriber.link.connection is not None

    # --- connections

    async def start(self) -> None:
        await self._calls.start()
        self._back_at = self._clock.now()
        try:
            await self._subscriber.link.start()
        except BaseException:
            await self._calls.stop()
            raise
        self._ticking = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
            with suppress(asyncio.CancelledError):
                await self._ticking
        await self._calls.stop()
        await self._subscriber.link.stop()

    async def _open_calls(self) -> Connection:
        master = await master_of(self._address)
        connection = await connect(self._address, master)
        try:
            server = await look_at(connection, self._address)
            if not self._accept_unsafe:
                await check(connection, self._address)
            self._shas = await load_scripts(connection)
            asked = asyncio.get_running_loop().time()
            seconds, microseconds = await connection.send("TIME")
            self._tell_time(int(seconds) * 1_000 + int(microseconds) // 1_000 + self.ahead_ms, asked)
        except hiredis.ReplyError as fault:
            connection.close()
            raise BackplaneFault(f"Redis at {self._address} does not let this server do what it needs ({code_of(fault)}).") from None
        except BaseException:
            connection.close()
            raise
        self._server, self._master = server, master
        return connection

    async def _open_subscriber(self, pushed: Pushed) -> Connection:
        connection = await connect(self._address, await master_of(self._address), pushed)
        try:
            self._heard_of = await look_at(connection, self._address)
        except BaseException:
            connection.close()
            raise
        return connection

    def _calls_are_back(self) -> None:
        self._back_at = self._clock.now()
        self.doubt()

    def _deliveries_are_back(self) -> None:
        self.doubt()

    async def _tick(self) -> None:
        """Notices a peer that is gone without a word, and a server that is no longer the one to talk to."""
        while True:
            await asyncio.sleep(BEAT_MS / 1_000)
            for link in (self._calls, self._subscriber.link):
                if link.connection is not None:
                    link.connection.tell("PING")
            try:
                if await master_of(self._address) != self._master:
                    self._calls.drop()
            except BackplaneFault:
                pass  # no sentinel answers: what is connected stays
            except Exception:
                _log.exception("the sentinels could not be asked")
            if self._calls.connection is not None and self._server != self._heard_of:
                self._subscriber.link.drop()

    def _tell_time(self, now: int, asked: float) -> None:
        took = (asyncio.get_running_loop().time() - asked) * 1_000
        if took < NEAR_MS:
            self._time_known(now + round(took / 2))

    # --- calls

    def _call(self, script: str, room: str, *words: Word) -> asyncio.Future[Any]:
        connection = self._calls.connection
        if connection is None:
            raise BackplaneUnavailable
        keys, channel = self._places(room)
        return connection.send(b"EVALSHA", self._shas[script], *keys, self._server.run_id, self.ahead_ms, self.window_ms, channel, *words)

    def _places(self, room: str) -> tuple[tuple[bytes, ...], bytes]:
        """How many keys a room has, and which; and its channel."""
        places = self._known_places.get(room)
        if places is None:
            if len(self._known_places) >= MAX_KNOWN:
                self._known_places.clear()
            key = f"{self._prefix}{{{room}}}:"
            names = ("line", "entries", "window", "ids", "idtimes", "share")
            keys = (b"%d" % len(names), *(f"{key}{name}".encode() for name in names))
            places = self._known_places[room] = keys, self._channel(room)
        return places

    def _channel(self, room: str) -> bytes:
        return f"{self._channels}{{{room}}}".encode()

    async def _answer(self, call: asyncio.Future[Any]) -> list[Any]:
        try:
            answer = await call
        except hiredis.ReplyError as fault:
            raise self._failed(fault) from None
        if type(answer) is not list or not answer:
            raise _unreadable()
        return answer

    def _failed(self, fault: hiredis.ReplyError) -> BackplaneUnavailable:
        code = code_of(fault)
        log(_log, "error", "redis refused a call", code=code.lower())
        if code in {"NOSCRIPT", "READONLY", "NOAUTH", "LOADING", "MASTERDOWN"}:
            self._calls.drop()  # it is not what it was: look anew
        return BackplaneUnavailable()

    async def open(self, room: str, line: str, entries: Mapping[str, bytes]) -> bool:
        pairs = [word for pair in entries.items() for word in pair]
        match await self._answer(self._call("open", room, line, order_of(line), *pairs)):
            case [b"opened"]:
                return True
            case [b"there"]:
                return False
        raise _unreadable()

    async def commit(
        self,
        room: str,
        line: str,
        expected: Mapping[str, int],
        entries: Mapping[str, bytes | None],
        events: Sequence[Event],
        *,
        narrows: bool,
        not_after: int,
        at_most: AtMost | None = None,
        holding: int | None = None,
    ) -> Numbered | Conflict | OtherLine | Settling | Late:
        prefix, count = ("", -1) if at_most is None else (at_most.prefix, at_most.count)
        written = [(key, value) for key, value in entries.items() if value is not None]
        deleted = [key for key, value in entries.items() if value is None]
        flags = packing.flags_of(narrows, holding)
        words: list[Word] = [line, not_after, flags, prefix, count, len(expected), len(written), len(deleted), len(events)]
        words += [packing.head_of(len(events) + 1), packing.pack_entries(entries)]
        for expectation in expected.items():
            words += expectation
        for pair in written:
            words += pair
        words += deleted
        for event in events:
            words += _words_of(event)
        answer = await self._answer(self._call("commit", room, *words))
        match answer:
            case [b"numbered", int(seq)]:
                return Numbered(seq)
            case [b"conflict", int(seq)]:
                return Conflict(seq)
            case [b"full", int(seq)]:
                return Conflict(seq, full=True)
            case [b"late"]:
                return Late()
        return _refusal(answer)

    async def post(
        self, room: str, line: str, guard: int, not_after: int, message_id: str | None, event: Event
    ) -> Numbered | Repeated | Stale | OtherLine | Settling | Late:
        answer = await self._answer(self._call("post", room, line, guard, not_after, message_id or "", *_words_of(event)))
        match answer:
            case [b"numbered", int(seq)]:
                return Numbered(seq)
            case [b"repeated", int(seq)]:
                return Repeated(seq)
            case [b"stale", int(seq)]:
                return Stale(seq)
            case [b"late"]:
                return Late()
        return _refusal(answer)

    async def subscribe(self, room: str, sink: Sink) -> None:
        await self._subscriber.subscribe(self._channel(room), sink)

    async def unsubscribe(self, room: str, sink: Sink) -> None:
        self._subscriber.unsubscribe(self._channel(room), sink)

    async def load(self, room: str) -> Loaded | Settling | None:
        match await self._answer(self._call("load", room)):
            case [b"absent"]:
                return None
            case [b"settling", int(wait)]:
                return Settling(wait)
            case [b"loaded", bytes(line), int(seq), int(guard), int(holding), list(entries), list(ids), list(before)]:
                with _reading():
                    return Loaded(
                        line.decode(),
                        seq,
                        guard,
                        dict(zip(packing.texts(entries[::2]), map(packing.unpack_entry, entries[1::2]), strict=True)),
                        dict(sorted(zip(packing.texts(ids[::2]), map(int, ids[1::2]), strict=True), key=lambda item: item[1])),
                        dict(zip(packing.texts(before[::2]), map(int, before[1::2]), strict=True)),
                        holding,
                    )
        raise _unreadable()

    async def since(self, room: str, line: str, seq: int) -> Missed | OtherLine | Settling:
        answer = await self._answer(self._call("since", room, line, seq))
        match answer:
            case [b"missed", int(upto), int(floor), list(members)]:
                with _reading():
                    events = tuple(sorted(map(packing.unpack_kept, members), key=lambda kept: kept.seq))
                    return Missed(upto, floor <= seq <= upto, events, floor)
        return _refusal(answer)

    async def erase(self, room: str, line: str, event: Event) -> Numbered | OtherLine:
        match await self._answer(self._call("erase", room, line, packing.pack_event(event))):
            case [b"numbered", int(seq)]:
                return Numbered(seq)
            case [b"other", *there] if not there or type(there[0]) is bytes:
                return OtherLine(there[0].decode("utf-8", "replace") if there else None)
        raise _unreadable()

    async def restore(self, room: str, line: str, held: Held) -> Settling | OtherLine:
        words: list[Word] = [line, order_of(line), held.line, order_of(held.line), held.seq, held.guard, held.floor, held.holding]
        words += [len(held.entries), len(held.window), len(held.message_ids)]
        for key, (seq, value) in held.entries.items():
            words += (key, b"%d|%b" % (seq, value))
        for kept in held.window:
            _, message, retracts, size, packed = _words_of(kept.event)
            words += (kept.seq, kept.at, message, retracts, size, packed)
        for pair in (*held.message_ids.items(), *held.before.items()):
            words += pair
        return _refusal(await self._answer(self._call("restore", room, *words)))

    async def touch(self, rooms: Sequence[str]) -> Mapping[str, Position]:
        calls = [self._call("touch", room) for room in rooms]
        answers = await asyncio.gather(*(self._answer(call) for call in calls), return_exceptions=True)
        positions = {}
        for room, answer in zip(rooms, answers, strict=True):
            match answer:
                case BaseException():
                    raise answer
                case [b"absent"]:
                    pass
                case [b"at", bytes(line), int(seq), int(wait), int(strange)]:
                    positions[room] = Position(line.decode("utf-8", "replace"), seq, wait, strange > 0)
                case _:
                    raise _unreadable()
        return positions

    async def beat(self, worker: str) -> frozenset[str] | None:
        connection = self._calls.connection
        if connection is None:
            raise BackplaneUnavailable
        asked = asyncio.get_running_loop().time()
        keys = f"{self._prefix}workers", f"{self._prefix}since"
        call = connection.send("EVALSHA", self._shas["beat"], 2, *keys, worker, self.ahead_ms, DEAD_MS)
        match await self._answer(call):
            case [int(now), int(since), list(workers)]:
                self._tell_time(now, asked)
                # Nor can it be told of a set that has just begun anew: the others have not beaten yet.
                if self._clock.now() < self._back_at + 2 * BEAT_MS or now < since + 2 * BEAT_MS:
                    return None
                with _reading():
                    return frozenset(packing.texts(workers))
        raise _unreadable()


def _words_of(event: Event) -> tuple[int, str, str, int | str, bytes]:
    """An event as the scripts take it."""
    return int(event.kept), event.message or "", event.retracts or "", packing.size_of(event), packing.pack_event(event)


def _refusal(answer: list[Any]) -> OtherLine | Settling:
    match answer:
        case [b"other"]:
            return OtherLine(None)
        case [b"other", bytes(line)]:
            return OtherLine(line.decode("utf-8", "replace"))
        case [b"settling", int(wait)]:
            return Settling(wait)
    raise _unreadable()


def _unreadable() -> BackplaneUnavailable:
    log(_log, "error", "an answer from redis was none of ours")
    return BackplaneUnavailable()


@contextmanager
def _reading() -> Iterator[None]:
    """What is read is as if a stranger had written it."""
    try:
        yield
    except (Unreadable, ValueError, TypeError):
        raise _unreadable() from None
