"""A WebSocket client that keeps no rule by itself: it sends the bytes that it is told to, and shows the bytes that come."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.clients import SECONDS

PATH = "/socket.io/?EIO=4&transport=websocket"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA


class Closed(Exception):
    """The server has closed: `code` and `reason` of its close frame, or None where the connection just ended."""

    def __init__(self, code: int | None, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@dataclass
class Response:
    status: int
    headers: dict[str, str]  # names in lower case
    body: str = ""


def frame(opcode: int, payload: bytes, *, fin: bool = True, reserved: int = 0, masked: bool = True) -> bytes:
    """RFC 6455 section 5.2."""
    head = bytes([fin << 7 | reserved << 4 | opcode])
    size, mask = len(payload), 0x80 if masked else 0
    if size < 126:
        head += bytes([mask | size])
    elif size < 65_536:
        head += bytes([mask | 126]) + struct.pack("!H", size)
    else:
        head += bytes([mask | 127]) + struct.pack("!Q", size)
    # A mask of zeros is a mask, and leaves the payload as it is.
    return head + (bytes(4) if masked else b"") + payload


@dataclass
class Raw:
    """One connection. What the server sent as text is in `packets`, in order, after it was read."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    response: Response
    packets: list[str] = field(default_factory=list)

    # --- sending

    def put(self, data: bytes) -> None:
        self.writer.write(data)

    def text(self, packet: str) -> None:
        self.put(frame(TEXT, packet.encode("utf-8", "surrogatepass")))

    def event(self, name: str, payload: Any = None, ack: int | None = None) -> None:
        data = [name] if payload is None else [name, payload]
        self.text(f"42{'' if ack is None else ack}{json.dumps(data, ensure_ascii=False)}")

    # --- receiving

    async def _frame(self) -> tuple[int, bytes]:
        try:
            head = await self.reader.readexactly(2)
            size = head[1] & 0x7F
            assert not head[1] & 0x80, "a server masks nothing"
            assert not head[0] & 0x70, "nothing is compressed"
            if size == 126:
                size = struct.unpack("!H", await self.reader.readexactly(2))[0]
            elif size == 127:
                size = struct.unpack("!Q", await self.reader.readexactly(8))[0]
            return head[0] & 0x0F, await self.reader.readexactly(size)
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Closed(None) from None

    async def packet(self) -> str:
        """The next Engine.IO packet; the server's pings are answered on the way. Raises `Closed`."""
        while True:
            opcode, payload = await self._frame()
            if opcode == CLOSE:
                raise Closed(struct.unpack("!H", payload[:2])[0] if payload else 1005, payload[2:].decode())
            if opcode == TEXT:
                packet = payload.decode()
                self.packets.append(packet)
                if packet == "2":
                    self.text("3")
                    continue
                return packet

    async def until(self, start: str, seconds: float = SECONDS) -> str:
        """The next packet that begins so."""
        async with asyncio.timeout(seconds):
            while not (packet := await self.packet()).startswith(start):
                pass
            return packet

    async def answer(self, ack: int) -> dict[str, Any]:
        packet = await self.until(f"43{ack}[")
        (answer,) = json.loads(packet.removeprefix(f"43{ack}"))
        assert isinstance(answer, dict)
        return answer

    async def ask(self, name: str, payload: Any = None, ack: int = 1) -> dict[str, Any]:
        self.event(name, payload, ack)
        return await self.answer(ack)

    async def closed(self, seconds: float = SECONDS) -> tuple[int | None, str]:
        """Code and reason with which the server closes, within that time."""
        async with asyncio.timeout(seconds):
            try:
                while True:
                    await self.packet()
            except Closed as closed:
                return closed.code, closed.reason

    async def ended(self, seconds: float = SECONDS) -> None:
        """Until the server has ended the TCP connection."""
        async with asyncio.timeout(seconds):
            with suppress(ConnectionError):
                while await self.reader.read(65_536):
                    pass

    # --- what a client does first and last

    async def connect(self) -> Raw:
        """Joins the namespace."""
        await self.until("0{")
        self.text("40")
        await self.until("40{")
        return self

    async def join(self, room: str = "room", **more: Any) -> dict[str, Any]:
        """Takes a seat in the room."""
        answer = await self.ask("join", {"room": room, **more}, ack=9_999)
        assert answer["ok"], answer
        return answer

    def abort(self) -> None:
        self.writer.transport.abort()

    def reset(self) -> None:
        """Gone at once, and the server is told so (RST)."""
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.abort()

    async def close(self) -> None:
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()


async def _head(reader: asyncio.StreamReader) -> Response:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    return Response(int(first.split()[1]), headers)


async def _dial(url: str, buffer: int | None) -> Streams:
    address = urlsplit(url)
    sock = socket.socket()
    if buffer is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, (address.hostname, address.port))
    return await asyncio.open_connection(sock=sock, limit=1 << 20 if buffer is None else buffer)


async def shake_hands(
    url: str, headers: Mapping[str, str] | None = None, path: str = PATH, *, buffer: int | None = None, over: Streams | None = None
) -> Raw:
    """Asks for a WebSocket and takes whatever answer comes. `headers` stand in place of the usual ones of the same name.

    `buffer`: the size of the socket's receive buffer, for a client that will not read. `over`: a connection that is open already."""
    sent = {
        "Host": urlsplit(url).netloc,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        **(headers or {}),
    }
    async with asyncio.timeout(SECONDS):
        reader, writer = over or await _dial(url, buffer)
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        writer.write(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
        response = await _head(reader)
        if response.status != 101:
            response.body = (await reader.readexactly(int(response.headers.get("content-length", "0")))).decode()
    return Raw(reader, writer, response)


async def open_socket(url: str, headers: Mapping[str, str] | None = None, *, buffer: int | None = None) -> Raw:
    """A WebSocket that has joined nothing yet."""
    raw = await shake_hands(url, headers, buffer=buffer)
    assert raw.response.status == 101, raw.response
    return raw


async def connected(url: str, headers: Mapping[str, str] | None = None, *, buffer: int | None = None) -> Raw:
    """One that has joined the namespace, in no room yet."""
    return await (await open_socket(url, headers, buffer=buffer)).connect()
