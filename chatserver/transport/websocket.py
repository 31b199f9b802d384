"""The WebSocket under Engine.IO: strict frames, no compression, close codes that say why.

Takes the place of engineio's own aiohttp wrapper, which negotiates permessage-deflate (a compression context per connection, and a
side channel on what is said) and cannot close with a code. What it stands on is listed in `tests/transport/test_private_names.py`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from chatserver.wire.packets import MAX_FRAME, PacketFault, check

JOIN_SECONDS = 5.0  # the namespace must be joined by then
CLOSE_SECONDS = 2.0  # how long a peer may take to answer our close; aiohttp's own 10 s would hold up a stop


class StrictWebSocket:
    """One connection, as engineio drives it: called once with the request, then `wait`, `send` and `close`."""

    def __init__(self, handler: Callable[[StrictWebSocket], Awaitable[None]], server: object, opened: dict[str, StrictWebSocket]) -> None:
        self._handler = handler
        self._opened = opened
        self._joined = False
        self._sock: web.WebSocketResponse
        self.task: asyncio.Task[object] | None = None  # aiohttp's, which ends with the connection

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        self._sock = web.WebSocketResponse(max_msg_size=MAX_FRAME, compress=False, timeout=CLOSE_SECONDS, autoping=True)
        await self._sock.prepare(environ["aiohttp.request"])
        self.task = asyncio.current_task()
        sid: str = self._handler.__self__.sid  # type: ignore[attr-defined]  # the engineio socket whose method this is
        self._opened[sid] = self
        late = asyncio.get_running_loop().call_later(JOIN_SECONDS, self._not_joined)
        try:
            await self._handler(self)
        finally:
            late.cancel()
            del self._opened[sid]
        return self._sock

    def _not_joined(self) -> None:
        if not self._joined:
            self.close_soon(1008, "no_join")

    def close_soon(self, code: int, reason: str) -> None:
        """Closes from outside the connection's own task."""
        task = asyncio.ensure_future(self._sock.close(code=code, message=reason.encode()))
        task.add_done_callback(lambda t: t.cancelled() or t.exception())

    def abort(self) -> None:
        """Drops the connection as it is: for a peer that does not answer."""
        request = self._sock._req
        if request is not None and request.transport is not None:
            request.transport.abort()

    async def wait(self) -> str:
        message = await self._sock.receive()
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            raise OSError("closed")
        try:
            self._joined = check(message.data, self._joined)
        except PacketFault as fault:
            await self._sock.close(code=fault.code, message=fault.reason.encode())
            raise OSError("closed") from None
        text: str = message.data
        return text

    async def send(self, message: str) -> None:
        await self._sock.send_str(message)

    async def close(self) -> None:
        await self._sock.close()
