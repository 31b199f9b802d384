"""From an HTTP request to a connection of ours: the WebSocket's opening handshake (RFC 6455 section 4.2), and away from aiohttp.

aiohttp would keep a task, a request with all its headers and a response for as long as the connection lives. So the socket is taken
over as soon as the handshake is done, and nothing of the request is left.
`tests/transport/test_private_names.py` lists what that stands on.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from typing import cast

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.web_request import BaseRequest

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class _Taken(web.Response):
    """What aiohttp gets for an answer: there is nothing that it should send."""

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        pass


def is_websocket(request: web.Request) -> bool:
    """Whether it opens a WebSocket as it should."""
    return web.WebSocketResponse().can_prepare(request).ok


def accepted(request: web.Request) -> bytes:
    """The answer that makes it one, without any extension: compression would tell by its sizes what is said."""
    key = request.headers["Sec-WebSocket-Key"].strip().encode()
    accept = base64.b64encode(hashlib.sha1(key + _GUID).digest())
    return b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n" % accept


def take(request: web.Request) -> tuple[asyncio.Transport, bytes, web.Response]:
    """The transport, which aiohttp knows nothing of any more; what came behind the handshake already; what to return to aiohttp.

    Give the transport a protocol in the same step of the loop."""
    handler = request.protocol
    transport, behind = cast(asyncio.Transport, request.transport), handler._message_tail
    handler.transport = None  # or it would close it
    handler.connection_lost(None)
    taken = _Taken()
    taken.force_close()
    return transport, behind, taken
