"""Keeps one connection to Redis: opens it, and opens it anew when it is lost."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress

import hiredis

from chatserver.backplane.base import BackplaneFault, BackplaneUnavailable
from chatserver.backplane.redis.address import Address
from chatserver.backplane.redis.connection import Connection
from chatserver.logs import log

CONNECT_SECONDS = 1.0
START_SECONDS = 5.0
FIRST_WAIT_SECONDS = 0.05
LONGEST_WAIT_SECONDS = 0.5

_log = logging.getLogger(__name__)


class Link:
    """`connection` is None while it is away. `up` is called each time it is back, but for the first."""

    def __init__(self, address: Address, opened: Callable[[], Awaitable[Connection]], up: Callable[[], None]) -> None:
        self.connection: Connection | None = None
        self._address = address
        self._opened = opened
        self._up = up
        self._keeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Raises `BackplaneFault`."""
        try:
            async with asyncio.timeout(START_SECONDS):
                self.connection = await self._opened()
        except ssl.SSLError as fault:
            reason = getattr(fault, "verify_message", "") or fault.reason or "the handshake failed"
            raise BackplaneFault(f"Redis at {self._address} could not be reached with TLS: {reason}.") from None
        except TimeoutError:
            raise BackplaneFault(f"Redis at {self._address} did not answer in {START_SECONDS:.0f} s.") from None
        except (OSError, UnicodeError) as fault:  # the latter: a host's name that can be none
            reason = getattr(fault, "strerror", None) or type(fault).__name__
            raise BackplaneFault(f"Redis at {self._address} could not be reached: {reason}. Is it running?") from None
        except (BackplaneUnavailable, hiredis.HiredisError):
            raise BackplaneFault(f"What answers at {self._address} is no Redis, or closed the connection.") from None
        self._keeping = asyncio.create_task(self._keep(self.connection))

    async def stop(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
        self.drop()

    def drop(self) -> None:
        """Closes the connection; a new one is opened at once."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    async def _keep(self, connection: Connection) -> None:
        while True:
            await asyncio.shield(connection.closed)
            self.connection = None
            log(_log, "warning", "redis is away")
            connection = await self._again()
            self.connection = connection
            log(_log, "info", "redis is back")
            try:
                self._up()
            except Exception:
                _log.exception("redis is back, and somebody could not be told")

    async def _again(self) -> Connection:
        wait, told = 0.0, False
        while True:
            await asyncio.sleep(wait)
            wait = min(max(2 * wait, FIRST_WAIT_SECONDS), LONGEST_WAIT_SECONDS)
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    return await self._opened()
            except BackplaneFault:
                if not told:  # `chatserver check` has the sentence
                    log(_log, "error", "redis is there, and cannot be used as it is")
                    told = True
            except (OSError, TimeoutError, BackplaneUnavailable, hiredis.HiredisError):
                pass  # said once, when it went
            except Exception:
                _log.exception("redis answered something unforeseen")
