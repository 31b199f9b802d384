"""From an HTTP request to a connection of ours: the WebSocket's opening handshake (RFC 6455 section 4.2), and away from aiohttp.

`usual` reads it where it is as every client writes it. Where it is not, aiohttp has made a request of it, and would keep a task, that
request with all its headers and a response for as long as the connection lives. So the socket is taken over as soon as the handshake
is done, and nothing of the request is left.
`tests/transport/test_private_names.py` lists what that stands on.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from dataclasses import dataclass
from typing import cast

from aiohttp import HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.base_protocol import BaseProtocol
from aiohttp.http_parser import HttpRequestParser
from aiohttp.web_request import BaseRequest

_KEY = re.compile(r"[A-Za-z0-9+/]{22}==")  # 16 bytes
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


# What is asked for, and nothing else; and what a request that has something in it would need to be looked at for.
_USUAL_PATHS = frozenset({"/socket.io/?EIO=4&transport=websocket", "/socket.io/?transport=websocket&EIO=4"})
_USUAL_BEGINNING = b"GET /socket.io/?"
_UNUSUAL = ("Content-Length", "Transfer-Encoding", "Sec-WebSocket-Protocol")
_ONCE = ("Host", "Origin", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a handshake says."""

    host: str
    origin: str | None
    key: str
    behind: bytes  # what came with it: the first frames
    told: tuple[str, ...] = ()  # what the header says that tells where it comes from


def usual(data: bytes, loop: asyncio.AbstractEventLoop, told_in: str = "") -> Opening | None:
    """The handshake that these first bytes of a connection are, if it is all there, is right, and is as every client writes it.

    `told_in`: a header that a proxy writes. None says nothing against it: only that this has to be looked at with more care."""
    if not data.startswith(_USUAL_BEGINNING) or b"\r\n\r\n" not in data:
        return None
    try:
        messages, upgraded, behind = HttpRequestParser(BaseProtocol(loop), loop, len(data)).feed_data(data)
    except Exception:  # aiohttp is to say what is wrong with it
        return None
    if len(messages) != 1 or not upgraded:
        return None
    request, headers = messages[0][0], messages[0][0].headers
    if request.path not in _USUAL_PATHS or request.version != HttpVersion11 or any(name in headers for name in _UNUSUAL):
        return None
    host, origin, upgrade, key, version = (headers.get(name) for name in _ONCE)
    if host is None or upgrade != "websocket" or version != "13" or key is None or not _KEY.fullmatch(key):
        return None
    if len(headers) != len(set(map(str.lower, headers))):  # one of them twice
        return None
    return Opening(host, origin, key, behind, tuple(headers.getall(told_in, ())) if told_in else ())


class _Taken(web.Response):
    """What aiohttp gets for an answer: there is nothing that it should send."""

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        pass


def is_websocket(request: web.Request) -> bool:
    """Whether it opens a WebSocket as it should."""
    return web.WebSocketResponse().can_prepare(request).ok


def accepted(key: str) -> bytes:
    """The answer that makes it one, without any extension: compression would tell by its sizes what is said."""
    accept = base64.b64encode(hashlib.sha1(key.strip().encode() + _GUID).digest())
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
