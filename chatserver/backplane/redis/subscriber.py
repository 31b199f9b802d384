"""The connection by which deliveries come."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from chatserver.backplane.base import BackplaneUnavailable, Sink
from chatserver.backplane.redis.address import Address
from chatserver.backplane.redis.connection import ANSWER_SECONDS, Connection
from chatserver.backplane.redis.link import Link
from chatserver.backplane.redis.packing import Unreadable, unpack_delivery
from chatserver.logs import log

_log = logging.getLogger(__name__)

Pushed = Callable[[list[Any]], None]


class Subscriber:
    def __init__(self, address: Address, opened: Callable[[Pushed], Awaitable[Connection]], up: Callable[[], None]) -> None:
        self.link = Link(address, self._opened, self._up)
        self._open = opened
        self._told_up = up
        self._sinks: dict[bytes, list[Sink]] = {}
        self._coming: dict[bytes, int] = {}  # channel -> calls of `subscribe` that wait for Redis's word
        self._heard: set[bytes] = set()  # channels asked for on the connection that is being opened

    async def _opened(self) -> Connection:
        connection = await self._open(self._pushed)
        try:
            self._heard = set(self._sinks)
            for confirmed in [connection.send("SUBSCRIBE", channel) for channel in self._heard]:
                await confirmed
        except BaseException:
            connection.close()
            raise
        return connection

    def _up(self) -> None:
        connection = self.link.connection
        for channel in self._heard - self._sinks.keys():  # left while the connection was being opened
            if connection is not None:
                connection.tell("UNSUBSCRIBE", channel)
        self._told_up()

    async def subscribe(self, channel: bytes, sink: Sink) -> None:
        connection = self.link.connection
        if connection is None:
            raise BackplaneUnavailable
        self._coming[channel] = self._coming.get(channel, 0) + 1
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                # The sink is in place before anything that comes after Redis's word is read.
                await connection.send("SUBSCRIBE", channel, then=lambda: self._sinks.setdefault(channel, []).append(sink))
        except TimeoutError:
            self._leave(channel, sink)
            raise BackplaneUnavailable from None
        except BaseException:
            self._leave(channel, sink)
            raise
        finally:
            self._coming[channel] -= 1
            if not self._coming[channel]:
                del self._coming[channel]
                self._release(channel)

    def unsubscribe(self, channel: bytes, sink: Sink) -> None:
        self._leave(channel, sink)
        self._release(channel)

    def _leave(self, channel: bytes, sink: Sink) -> None:
        sinks = self._sinks.get(channel, [])
        if sink in sinks:
            sinks.remove(sink)

    def _release(self, channel: bytes) -> None:
        """Nobody listens any more, and nobody is about to."""
        if self._sinks.get(channel) or channel in self._coming:
            return
        self._sinks.pop(channel, None)
        if self.link.connection is not None:
            self.link.connection.tell("UNSUBSCRIBE", channel)

    def _pushed(self, message: list[Any]) -> None:
        _, channel, payload = message
        sinks = self._sinks.get(channel)
        if not sinks:
            return
        try:
            delivery = unpack_delivery(payload)
        except Unreadable:
            log(_log, "error", "a delivery from redis was none of ours")
            return
        for sink in tuple(sinks):
            try:
                sink(delivery)
            except Exception:
                # One room's fault must not cost the others their deliveries.
                _log.exception("a delivery was not taken")
