"""What we stand on inside python-socketio, python-engineio and aiohttp without being promised it.

A new version that changes one of these fails here, with a sentence about what to look at, before it fails in a meeting."""

from __future__ import annotations

import inspect
from typing import Any

import engineio
import pytest
import socketio
from aiohttp import WSCloseCode, web
from engineio.async_drivers import aiohttp as driver
from engineio.async_socket import AsyncSocket
from engineio.packet import MESSAGE, Packet

from chatserver.transport.websocket import StrictWebSocket

WEBSOCKET = "see chatserver/transport/websocket.py"
FANOUT = "see chatserver/transport/fanout.py"
SERVER = "see chatserver/transport/socketio_server.py"


@pytest.fixture
def sio() -> Any:
    return socketio.AsyncServer(async_mode="aiohttp", transports=["websocket"])


def source(thing: Any) -> str:
    return " ".join(inspect.getsource(thing).split())


def test_engineio_takes_its_websocket_from_a_table(sio: Any) -> None:
    eio = getattr(sio, "eio", None)
    assert isinstance(eio, engineio.AsyncServer), f"socketio.AsyncServer has no engineio server as .eio any more: {SERVER}"
    assert getattr(eio, "_async", {}).get("websocket") is driver.WebSocket, f"engineio's _async['websocket'] is gone: {SERVER}"
    made = "ws = self.server._async['websocket']( self._websocket_handler, self.server) return await ws(environ)"
    assert made in source(AsyncSocket._upgrade_websocket), f"engineio makes and calls its WebSocket in another way: {WEBSOCKET}"


def test_engineio_drives_its_websocket_by_three_methods() -> None:
    theirs = {name for name, member in vars(driver.WebSocket).items() if inspect.isfunction(member)}
    assert theirs == {"__init__", "__call__", "close", "send", "wait"}, f"engineio's WebSocket has other methods: {WEBSOCKET}"
    for name in ("__call__", "close", "send", "wait"):
        ours, other = (list(inspect.signature(getattr(c, name)).parameters) for c in (StrictWebSocket, driver.WebSocket))
        assert ours == other, f"engineio's WebSocket.{name} takes {other} now: {WEBSOCKET}"
    assert "environ['aiohttp.request']" in source(driver.WebSocket.__call__), f"engineio hands the request over elsewhere: {WEBSOCKET}"


def test_an_engineio_socket_is_a_queue_that_none_ends(sio: Any) -> None:
    made = AsyncSocket(sio.eio, "sid")
    for name in ("queue", "sid", "closed"):
        assert hasattr(made, name), f"engineio's AsyncSocket has no .{name} any more: {FANOUT}"
    handler = source(AsyncSocket._websocket_handler)
    written = "packets = await self.poll()"
    assert written in handler, f"engineio's writer does not send from the queue any more: {FANOUT}"
    assert "if not packets:" in handler, f"engineio's writer does not end by itself any more: {FANOUT}"
    assert "await ws.close()" in handler, f"engineio's writer does not close the WebSocket any more: {FANOUT}"
    assert "if packets == [None]: return []" in source(AsyncSocket.poll), f"None does not end engineio's queue any more: {FANOUT}"
    assert Packet(MESSAGE, '2["event",{}]').encode() == '42["event",{}]', f"engineio encodes a text packet in another way: {FANOUT}"


def test_socketio_sends_through_that_queue_and_leaves_order_alone() -> None:
    sent = source(socketio.AsyncServer._send_packet) + source(engineio.AsyncServer.send) + source(engineio.AsyncServer.send_packet)
    assert "await socket.send(pkt)" in sent, f"acknowledgements do not go through the socket's queue any more: {FANOUT}"
    assert "await self.queue.put(pkt)" in source(AsyncSocket.send), (
        f"acknowledgements do not go through the socket's queue any more: {FANOUT}"
    )
    handled = source(socketio.AsyncServer._handle_event)
    waited = "else: await self._handle_event_internal("
    assert waited in handled, f"events of one connection are not handled one after the other any more: {SERVER}"


def test_socketio_tells_which_socket_a_session_has(sio: Any) -> None:
    for thing, name in ((sio, "manager"), (sio.manager, "eio_sid_from_sid"), (sio.eio, "sockets"), (sio, "environ")):
        assert hasattr(thing, name), f"{type(thing).__name__}.{name} is gone: {SERVER}"
    kept = "self.environ[eio_sid] = environ"
    assert kept in source(socketio.AsyncServer._handle_eio_connect), f"socketio copies the headers: clearing ours is not enough: {SERVER}"


def test_socketio_calls_us_for_every_event() -> None:
    found = source(socketio.AsyncServer._get_event_handler)
    assert "'*' in self.handlers" in found, f"socketio's catch-all handler works in another way: {SERVER}"
    assert set(socketio.AsyncServer.reserved_events) == {"connect", "disconnect"}, f"socketio reserves other events: {SERVER}"


def test_aiohttp_closes_a_broken_frame_through_close() -> None:
    """Where it would not, the client would hear no reason."""
    received = source(web.WebSocketResponse.receive)
    assert "except WebSocketError as exc:" in received, f"aiohttp handles broken frames in another way: {WEBSOCKET}"
    assert "await self.close(code=exc.code)" in received, f"aiohttp closes broken frames in another way: {WEBSOCKET}"
    parameters = inspect.signature(web.WebSocketResponse.close).parameters
    assert [*parameters][1:] == ["code", "message", "drain"], f"aiohttp's close takes other parameters: {WEBSOCKET}"
    assert parameters["code"].default == WSCloseCode.OK, f"aiohttp's close has another default code: {WEBSOCKET}"
