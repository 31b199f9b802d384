"""Socket.IO events to the engine and its answers back. Translation only: what an event means is not known here."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

from aiohttp import web
from yarl import URL

from chatserver.domain.refusals import Refused
from chatserver.holding import Holding
from chatserver.transport import frames
from chatserver.transport.connection import Connection
from chatserver.transport.fanout import SocketFanout
from chatserver.transport.handshake import accepted, is_websocket, take, usual
from chatserver.transport.heartbeat import PING_SECONDS, PONG_SECONDS, Heartbeat
from chatserver.transport.proxies import Proxies
from chatserver.wire.codes import refusal
from chatserver.wire.events import encode
from chatserver.wire.packets import MAX_FRAME, Event

PATH = "/socket.io/"
MOVE_MS = 3_000


class Engine(Protocol):
    """What the engine's service looks like from here."""

    def connected(self, connection: str, network: Callable[[], bytes | None]) -> None: ...

    def disconnected(self, connection: str) -> None: ...

    def ask(self, connection: str, event: str, arguments: tuple[Any, ...]) -> Awaitable[dict[str, Any] | Refused]: ...


class SocketioServer:
    def __init__(
        self, fanout: SocketFanout, *, public_url: str, answered: Callable[[str, str], None], proxies: Proxies | None = None
    ) -> None:
        """`public_url`: where people reach this server, if that is told; its page may connect besides that of the host asked for.

        `answered` is told each event's name and the answer's code ("ok" where it was taken)."""
        self._fanout = fanout
        self._public_origin = str(URL(public_url).origin()) if public_url else None  # as browsers write it
        self._answered = answered
        self._proxies = proxies or Proxies()
        self._opened: set[Connection] = set()
        self._heartbeat = Heartbeat()
        self._moving_ms: int | None = None
        self._stopping = False
        self._empty = asyncio.Event()
        self._engine: Engine
        self.loop: asyncio.AbstractEventLoop

    def attach(self, app: web.Application, engine: Engine) -> None:
        """Within the loop that is to serve it."""
        self._engine = engine
        self.loop = asyncio.get_running_loop()
        app.router.add_route("*", PATH, self._handshake)

    async def _handshake(self, request: web.Request) -> web.StreamResponse:
        """A page of another site may not use a visitor's browser to come in here. Clients without an origin are not browsers."""
        if self._stopping:
            return web.Response(status=503, text="This server is stopping.\n")
        if not self._is_own(request.headers.get("Origin"), request.host):
            return web.Response(status=403, text="This page may not connect here.\n")
        query = request.query
        if query.get("EIO") != "4" or query.get("transport") != "websocket" or "sid" in query or not is_websocket(request):
            return web.Response(status=400, text="Only WebSockets connect here, of Engine.IO 4.\n")
        transport, behind, taken = take(request)
        told = request.headers.getall(self._proxies.header, ()) if self._proxies.header else ()
        self._begin(transport, request.headers["Sec-WebSocket-Key"], behind, told)
        return taken

    def opens(self, transport: asyncio.Transport, data: bytes) -> bool:
        """Begins a connection if its first bytes are the usual handshake and nothing speaks against it. All else is for `_handshake`."""
        opening = None if self._stopping else usual(data, self.loop, self._proxies.header)
        if opening is None or not self._is_own(opening.origin, opening.host):
            return False
        self._begin(transport, opening.key, opening.behind, opening.told)
        return True

    def _is_own(self, origin: str | None, host: str) -> bool:
        return origin is None or origin in (f"http://{host}", f"https://{host}", self._public_origin)

    def _begin(self, transport: asyncio.Transport, key: str, behind: bytes, told: Sequence[str]) -> None:
        peer = transport.get_extra_info("peername")
        network = self._proxies.class_of(peer[0] if isinstance(peer, tuple) and peer else None, told)
        connection = Connection(secrets.token_urlsafe(15), self, transport, network)
        transport.set_protocol(connection)
        self._opened.add(connection)
        self._empty.clear()
        self._heartbeat.add(connection)
        transport.write(accepted(key) + frames.text(_OPEN_PACKET % connection.id.encode()))
        if behind:
            connection.data_received(behind)

    # --- what connections ask of us

    def joined(self, connection: Connection) -> None:
        self._fanout.add(connection)
        self._engine.connected(connection.id, connection.network)
        if self._moving_ms is not None:  # it was on its way when all were told
            connection.write(_move(self._moving_ms))

    def left(self, connection: Connection) -> None:
        self._heartbeat.discard(connection)
        if connection.in_namespace:
            self._engine.disconnected(connection.id)
            self._fanout.discard(connection)

    def ended(self, connection: Connection) -> None:
        self._opened.discard(connection)
        if not self._opened:
            self._empty.set()

    async def ask(self, connection: Connection, event: Event) -> bytes:
        answer = await self._engine.ask(connection.id, event.name, event.arguments)
        self._answered(event.name, answer.code.value if isinstance(answer, Refused) else "ok")
        return encode(refusal(answer) if isinstance(answer, Refused) else {"ok": True, **answer})

    # --- leaving

    async def move_all(self, within_ms: int, seconds: float) -> None:
        """Tells every client, and who still comes, to move to another worker, and waits until they have gone, for `seconds` at most.

        `within_ms` is what they have to spread over, so that they do not come all at once there."""
        self._move(within_ms)
        await self._until_empty(seconds)

    def _move(self, within_ms: int) -> None:
        self._moving_ms = within_ms
        for connection in list(self._opened):
            if connection.in_namespace:
                connection.write(_move(within_ms))

    async def _until_empty(self, seconds: float) -> None:
        if self._opened:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._empty.wait()

    async def close_all(self, seconds: float) -> None:
        """Tells every client to move to another worker, closes all connections, and drops after `seconds` what has not answered."""
        self._stopping = True
        if self._moving_ms is None:
            self._move(MOVE_MS)
        for connection in list(self._opened):
            connection.close(1001, "going_away")
        await self._until_empty(seconds)
        for connection in list(self._opened):
            connection.abort()
        self._heartbeat.stop()


# Engine.IO's first, with the connection's id.
_OPEN_PACKET = b'0{"sid":"%%s","upgrades":[],"pingInterval":%d,"pingTimeout":%d,"maxPayload":%d}' % (
    PING_SECONDS * 1_000,
    PONG_SECONDS * 1_000,
    MAX_FRAME,
)


def _move(within_ms: int) -> bytes:
    return frames.text(f'42["move",{{"within_ms":{within_ms}}}]')


HOLDS = (Holding("connection", "memory", "transport.socketio_server.SocketioServer", "connection-ends", ("_opened",), identifies="seat"),)
