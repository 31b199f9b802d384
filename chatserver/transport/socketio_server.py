"""Socket.IO events to the engine and its answers back. Translation only: what an event means is not known here."""

from __future__ import annotations

import asyncio
import json
import logging
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import socketio
from aiohttp import web
from aiohttp.typedefs import Handler
from engineio.packet import MESSAGE, Packet
from yarl import URL

from chatserver.domain.refusals import Refused
from chatserver.transport.fanout import SocketioFanout
from chatserver.transport.network import network_prefix
from chatserver.transport.websocket import StrictWebSocket
from chatserver.wire.codes import refusal
from chatserver.wire.packets import MAX_FRAME

PATH = "/socket.io/"
MOVE_MS = 3_000


class Engine(Protocol):
    """What the engine's service looks like from here."""

    def connected(self, connection: str, network: Callable[[], bytes | None]) -> None: ...

    def disconnected(self, connection: str) -> None: ...

    def ask(self, connection: str, event: str, arguments: tuple[Any, ...]) -> Awaitable[dict[str, Any] | Refused]: ...


class _Json:
    """UTF-8 as it is: escapes would make 2,000 characters of some scripts too long for a frame."""

    dumps = staticmethod(partial(json.dumps, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    loads = staticmethod(json.loads)


def _move(within_ms: int) -> str:
    """As a Socket.IO packet."""
    return f'2["move",{{"within_ms":{within_ms}}}]'


class SocketioServer:
    def __init__(self, fanout: SocketioFanout, *, public_url: str, answered: Callable[[str, str], None]) -> None:
        """`public_url`: where people reach this server, if that is told; its page may connect besides that of the host asked for.

        `answered` is told each event's name and the answer's code ("ok" where it was taken)."""
        self._fanout = fanout
        self._public_origin = str(URL(public_url).origin()) if public_url else None  # as browsers write it
        self._answered = answered
        self._opened: dict[str, StrictWebSocket] = {}
        self._moving_ms: int | None = None
        self._stopping = False
        self._engine: Engine
        silent = logging.getLogger("socketio.server")
        self._sio = socketio.AsyncServer(
            async_mode="aiohttp",
            async_handlers=False,  # events of one connection are handled in order
            transports=["websocket"],
            allow_upgrades=False,
            http_compression=False,
            cors_allowed_origins=[],  # the origin is checked by `_check_handshake`, before anything is set up
            max_http_buffer_size=MAX_FRAME,
            ping_interval=20,
            ping_timeout=15,
            json=_Json,
            logger=silent,
            engineio_logger=logging.getLogger("engineio.server"),
        )
        # python-engineio has no public way to give it another WebSocket.
        self._sio.eio._async = {**self._sio.eio._async, "websocket": partial(StrictWebSocket, opened=self._opened)}
        fanout.too_slow = self._drop
        fanout.ending = self._end_in_time
        self._sio.on("connect", self._on_connect)
        self._sio.on("disconnect", self._on_disconnect)
        self._sio.on("*", self._on_event)

    def attach(self, app: web.Application, engine: Engine) -> None:
        self._engine = engine
        self._sio.attach(app, socketio_path=PATH.strip("/"))
        app.middlewares.append(self._check_handshake)

    @web.middleware
    async def _check_handshake(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Before anything is set up: engineio would keep what it has set up for a handshake that then fails, headers and all.

        A page of another site may not use a visitor's browser to come in here. Clients without an origin are not browsers."""
        if request.path == PATH:
            if self._stopping:
                return web.Response(status=503, text="This server is stopping.\n")
            origin = request.headers.get("Origin")
            if origin is not None and origin not in (f"http://{request.host}", f"https://{request.host}", self._public_origin):
                return web.Response(status=403, text="This page may not connect here.\n")
            if not web.WebSocketResponse().can_prepare(request):
                return web.Response(status=400, text="Only WebSockets connect here.\n")
        return await handler(request)

    def _drop(self, eio_sid: str) -> None:
        socket = self._opened.get(eio_sid)
        if socket is not None:
            socket.abort()

    def _end_in_time(self, eio_sid: str) -> None:
        socket = self._opened.get(eio_sid)
        if socket is not None:
            socket.end_in_time()

    async def _on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        request = weakref.ref(environ["aiohttp.request"])
        environ.clear()  # headers and address are not held beyond the request itself

        def network() -> bytes | None:
            alive = request()
            return network_prefix(alive.remote) if alive is not None else None

        socket = self._sio.eio.sockets[self._sio.manager.eio_sid_from_sid(sid, "/")]
        self._fanout.add(sid, socket)
        self._engine.connected(sid, network)
        if self._moving_ms is not None:  # it was on its way when all were told; and it is told after it is told that it is connected
            asyncio.get_running_loop().call_soon(socket.queue.put_nowait, Packet(MESSAGE, _move(self._moving_ms)))

    async def _on_disconnect(self, sid: str, reason: str) -> None:
        self._fanout.disconnect(sid)  # who has left the namespace has nothing to stay connected for
        self._fanout.discard(sid)
        self._engine.disconnected(sid)

    async def _on_event(self, event: str, sid: str, *arguments: Any) -> dict[str, Any]:
        answer = await self._engine.ask(sid, event, arguments)
        self._answered(event, answer.code.value if isinstance(answer, Refused) else "ok")
        return refusal(answer) if isinstance(answer, Refused) else {"ok": True, **answer}

    async def move_all(self, within_ms: int, seconds: float) -> None:
        """Tells every client, and who still comes, to move to another worker, and waits until they have gone, for `seconds` at most.

        `within_ms` is what they have to spread over, so that they do not come all at once there."""
        self._move(within_ms)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while leaving := self._tasks():
                    await asyncio.wait(leaving)

    def _move(self, within_ms: int) -> None:
        self._moving_ms = within_ms
        self._fanout.deliver_to_all(_move(within_ms))

    def _tasks(self) -> list[asyncio.Task[object]]:
        return [ws.task for ws in self._opened.values() if ws.task is not None]

    async def close_all(self, seconds: float) -> None:
        """Tells every client to move to another worker, closes all connections, and drops after `seconds` what has not answered.

        aiohttp would wait for open WebSocket handlers (60 s by default), which nothing ends by itself."""
        self._stopping = True
        if self._moving_ms is None:
            self._move(MOVE_MS)
        for eio_sid, ws in list(self._opened.items()):
            ws.going_away()
            socket = self._sio.eio.sockets.get(eio_sid)
            if socket is not None:
                socket.queue.put_nowait(None)
        if leaving := self._tasks():
            await asyncio.wait(leaving, timeout=seconds)
        for ws in list(self._opened.values()):
            ws.abort()
        await self._sio.shutdown()
