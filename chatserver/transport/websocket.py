"""The WebSocket under Engine.IO: strict frames, no compression, close codes that say why, an end in time whatever the peer does.

Takes the place of engineio's own aiohttp wrapper, which negotiates permessage-deflate (a compression context per connection, and a
side channel on what is said) and cannot close with a code. What it stands on is listed in `tests/transport/test_private_names.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from chatserver.transport.fanout import MAX_QUEUED
from chatserver.wire.packets import MAX_FRAME, PacketFault, check

JOIN_SECONDS = 5.0  # the namespace must be joined by then
CLOSE_SECONDS = 2.0  # how long a peer may take to answer our close; aiohttp's own 10 s would hold up a stop
END_SECONDS = 5.0  # how long a connection may take to end, what is still to be sent to it included; then it is dropped

_GOODBYE = "1"  # Engine.IO's close
_REASONS: dict[int, bytes] = {
    WSCloseCode.GOING_AWAY: b"going_away",
    WSCloseCode.PROTOCOL_ERROR: b"bad_frame",
    WSCloseCode.INVALID_TEXT: b"bad_json",  # not UTF-8
    WSCloseCode.MESSAGE_TOO_BIG: b"too_big",
}


class _Response(web.WebSocketResponse):
    """aiohttp closes by itself on a frame that it cannot read, with a code, but without a reason."""

    async def close(self, *, code: int = WSCloseCode.OK, message: bytes = b"", drain: bool = True) -> bool:
        return await super().close(code=code, message=message or _REASONS.get(code, b""), drain=drain)


class StrictWebSocket:
    """One connection, as engineio drives it: called once with the request, then `wait`, `send` and `close`."""

    def __init__(self, handler: Callable[[StrictWebSocket], Awaitable[None]], server: object, opened: dict[str, StrictWebSocket]) -> None:
        self._handler = handler
        self._socket: Any = handler.__self__  # type: ignore[attr-defined]  # the engineio socket whose method this is
        self._opened = opened
        self._joined = False
        self._code = WSCloseCode.OK
        self._ending: asyncio.TimerHandle | None = None
        self._transport: asyncio.WriteTransport | None
        self._sock: web.WebSocketResponse
        self.task: asyncio.Task[object] | None = None  # aiohttp's, which ends with the connection

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        request: web.Request = environ["aiohttp.request"]
        self._transport = request.transport
        # aiohttp refuses what is as long as `max_msg_size`.
        self._sock = _Response(max_msg_size=MAX_FRAME + 1, compress=False, timeout=CLOSE_SECONDS, autoping=True)
        await self._sock.prepare(request)
        self.task = asyncio.current_task()
        self._opened[self._socket.sid] = self
        late = asyncio.get_running_loop().call_later(JOIN_SECONDS, self._not_joined)
        try:
            await self._handler(self)
        finally:
            late.cancel()
            if self._ending is not None:
                self._ending.cancel()
            del self._opened[self._socket.sid]
        return self._sock

    def _not_joined(self) -> None:
        if not self._joined:
            self.close_soon(1008, "no_join")

    def close_soon(self, code: int, reason: str) -> None:
        """Closes from outside the connection's own task."""
        self.end_in_time()
        task = asyncio.ensure_future(self._sock.close(code=code, message=reason.encode()))
        task.add_done_callback(lambda t: t.cancelled() or t.exception())

    def going_away(self) -> None:
        """When it closes, it is because this worker stops."""
        self._code = WSCloseCode.GOING_AWAY

    def end_in_time(self) -> None:
        """It is about to end. One who does not read would hold up what is still to be sent, and the close frame itself, forever."""
        if self._ending is None:
            self._ending = asyncio.get_running_loop().call_later(END_SECONDS, self.abort)

    def abort(self) -> None:
        """Drops the connection as it is: for a peer that does not answer."""
        if self._transport is not None:
            self._transport.abort()

    async def wait(self) -> str:
        try:
            return await self._next()
        except BaseException:  # also when engineio cancels it, having heard nothing for too long
            self.end_in_time()
            raise

    async def _next(self) -> str:
        message = await self._sock.receive()
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            raise OSError("closed")
        if self._socket.queue.qsize() >= MAX_QUEUED:  # it goes on asking, and does not read the answers
            self.abort()
            raise OSError("too slow")
        try:
            self._joined = check(message.data, self._joined)
        except PacketFault as fault:
            self.end_in_time()
            await self._sock.close(code=fault.code, message=fault.reason.encode())
            raise OSError("closed") from None
        text: str = message.data
        if text == _GOODBYE:  # engineio would go on reading from one whom it has forgotten
            raise OSError("closed")
        return text

    async def send(self, message: str) -> None:
        await self._sock.send_str(message)

    async def close(self) -> None:
        self.end_in_time()
        await self._sock.close(code=self._code)
