"""One connection to the server, as docs/protocol.md has it: asks and answers, and events in their order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import socketio

Json = dict[str, Any]

ANSWER_SECONDS = 15.0  # real ones

_silent = logging.getLogger("chatserver.rehearsal.socketio")
_silent.disabled = True  # what goes wrong is told by whoever asked


class LineLost(Exception):
    """The connection has ended, or could not be made; what was asked has happened or not."""


class Connection:
    """Open it once. `hear` gets each event; `lost` is called when it ends, unless it was closed here; `move` when this server goes away
    within so many milliseconds."""

    def __init__(
        self,
        hear: Callable[[Json], None] = lambda _: None,
        lost: Callable[[], None] = lambda: None,
        move: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._lost = lost
        self._answers: set[asyncio.Future[Json]] = set()
        self._open = False
        self._socket = socketio.AsyncClient(reconnection=False, handle_sigint=False, logger=_silent, engineio_logger=_silent)
        # Plain functions: they run in the order in which things come, before the answers behind them.
        self._socket.on("event", hear)
        self._socket.on("move", lambda told: move(told["within_ms"]))
        self._socket.on("disconnect", lambda *_: self._ended())

    async def open(self, url: str) -> Connection:
        """Raises `LineLost`."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._socket.connect(url, transports=["websocket"])
        except (socketio.exceptions.SocketIOError, OSError, TimeoutError, ValueError):
            await self._let_go()
            raise LineLost from None
        self._open = True
        return self

    async def ask(self, event: str, payload: Json, at_once: Callable[[Json], None] = lambda _: None) -> Json:
        """The answer, a refusal included. `at_once` gets it before any event behind it is heard. Raises `LineLost`."""
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()

        def answered(given: Json) -> None:
            if not answer.done():
                at_once(given)
                answer.set_result(given)

        self._answers.add(answer)
        try:
            if not self._open:
                raise LineLost
            await self._socket.emit(event, payload, callback=answered)
            async with asyncio.timeout(ANSWER_SECONDS):
                return await answer
        except (socketio.exceptions.SocketIOError, OSError, TimeoutError):
            raise LineLost from None
        finally:
            self._answers.discard(answer)

    async def close(self) -> None:
        self._open = False
        await self._let_go()

    async def drop(self) -> None:
        """Ends without a word, as on a bad line."""
        self._open = False
        with suppress(Exception):  # whatever a library makes of a socket that is torn away
            await self._socket.eio.ws.close()
        await self._let_go()

    async def _let_go(self) -> None:
        with suppress(Exception):
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._socket.disconnect()

    def _ended(self) -> None:
        was_open, self._open = self._open, False
        for answer in self._answers:
            if not answer.done():
                answer.set_exception(LineLost())
        if was_open:
            self._lost()
