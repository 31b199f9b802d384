"""One client's connection after the handshake: WebSocket, Engine.IO and Socket.IO in one small object.

There is no task, queue or timer for one that is quiet: thousands of them wait in a worker. Frames are parsed by aiohttp's reader; what
it does not look at is looked at here. What this stands on without being promised it is listed in `tests/transport/test_private_names.py`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol, cast

from aiohttp import WebSocketError, WSCloseCode, WSMessage, WSMsgType
from aiohttp._websocket.models import WSMessageTextBytes
from aiohttp._websocket.reader import WebSocketDataQueue, WebSocketReader

from chatserver.holding import Holding
from chatserver.transport import frames
from chatserver.wire.packets import MAX_FRAME, Connect, Event, PacketFault, packet_of

MAX_UNSENT = 256 * 1_024  # bytes. Who does not read is closed, and can come back and resume
AT_A_TIME = 16_384  # bytes of a backlog
MAX_ASKED = 64  # events that wait to be handled; then no more is read until they are
CLOSE_SECONDS = 2.0  # how long a peer may take to answer our close
END_SECONDS = 5.0  # how long a connection may take to end, what is still to be sent to it included; then it is dropped

_REASONS: dict[int, str] = {
    WSCloseCode.PROTOCOL_ERROR: "bad_frame",
    WSCloseCode.INVALID_TEXT: "bad_json",  # not UTF-8
    WSCloseCode.MESSAGE_TOO_BIG: "too_big",
}


class Server(Protocol):
    """What a connection asks of where it belongs."""

    loop: asyncio.AbstractEventLoop  # asked for each time, Python 3.11 makes a system call to find it

    def joined(self, connection: Connection) -> None:
        """It has joined the namespace."""

    def left(self, connection: Connection) -> None:
        """It is at its end, or will be in a moment. Once for each."""

    def ended(self, connection: Connection) -> None:
        """Nothing of it is there any more. Once for each."""

    async def ask(self, connection: Connection, event: Event) -> bytes:
        """The answer's JSON."""
        ...


class Shared(Protocol):
    """The room, which writes to all of its connections together and may be about to."""

    def late_for(self, connection: Connection) -> bytes:
        """What this one has not got yet. Whoever asks writes it."""

    def moods_changed(self) -> None:
        """One of its connections has begun, or ceased, to be behind."""


class Connection(WebSocketDataQueue, asyncio.Protocol):
    """`write` and everything that is built on it keeps the order: what is written first arrives first.

    It is the queue that aiohttp's reader fills, and takes what comes in it at once. What the reader looks at of it is how much waits there
    (`_size`, `_limit`: nothing ever does)."""

    _size = _limit = 0

    __slots__ = (
        "__weakref__",
        "_asked",
        "_backlog",
        "_deaf",
        "_ending",
        "_handling",
        "_head",
        "_leaving",
        "_network",
        "_over",
        "_queued",
        "_reader",
        "_rest",
        "_server",
        "_stalled_reader",
        "_transport",
        "_within",
        "awaits_pong",
        "behind",
        "id",
        "in_namespace",
        "pinged_in",
        "room",
        "send",
    )

    def __init__(self, id: str, server: Server, transport: asyncio.Transport, network: bytes | None = None) -> None:
        """`network`: what is known of the one that it comes from (`network_class`). Its base's has nothing to make."""
        self.id = id
        self.room: Shared | None = None
        self.in_namespace = False
        self.behind = False  # there is something that could not be sent yet
        self.awaits_pong = False
        self.pinged_in = 0  # its place on the heartbeat's wheel
        self.send: Callable[[bytes], object] = transport.write  # past `write`, for the room
        self._backlog: deque[bytes] | None = None  # what is sent as it is taken, and whatever has come to stand behind that
        self._queued = 0  # bytes of the latter
        self._server = server
        self._network = network
        self._transport = transport
        self._reader = WebSocketReader(self, MAX_FRAME + 1, compress=False, decode_text=True)
        self._head = b""  # of a frame, as far as it has come
        self._rest = 0  # bytes that are still to come of the frame that came last
        self._within = False  # a message of which more fragments are to come
        self._deaf = False  # the peer has closed, and what it said before is still being handled
        self._asked: deque[Event] | None = None
        self._handling: asyncio.Task[None] | None = None
        self._leaving = False  # nothing that it says is heard any more, and nothing more is said to it
        self._ending: asyncio.TimerHandle | None = None
        self._over = False
        transport.set_write_buffer_limits(high=0)  # so that we are told as soon as anything has to wait

    @property
    def leaving(self) -> bool:
        return self._leaving

    @property
    def over(self) -> bool:
        return self._over

    def network(self) -> bytes | None:
        """What stands for the network at the other end. No address is kept."""
        return self._network

    # --- what goes out

    def write(self, data: bytes) -> None:
        """Frames, behind everything that was written before."""
        if self._leaving:
            return
        if self.room is not None:
            data = self.room.late_for(self) + data
        self.send(data)
        if not self.in_step:
            self.look_how_far_behind()

    def look_how_far_behind(self) -> None:
        unsent = self._transport.get_write_buffer_size() if self._backlog is None else self._queued
        if unsent > MAX_UNSENT and not self._leaving:
            if self._backlog is not None:
                self._backlog.clear()
                self._catch_up()
            self.close(1008, "too_slow")

    def pause_writing(self) -> None:
        self.behind = True
        if self.room is not None:
            self.room.moods_changed()

    def resume_writing(self) -> None:
        self.behind = False
        if self._backlog is not None:
            self._catch_up()
        if self.room is not None:
            self.room.moods_changed()

    def follow_up(self, data: list[bytes]) -> None:
        """Sends what may be much, as the peer takes it; everything else that is written meanwhile stands behind it.

        Who comes back on a bad line is not dropped for all that they missed."""
        if self._leaving:
            return
        if self.room is not None:
            data = [self.room.late_for(self), *data]
        if self._backlog is not None:
            self._backlog += data
            return
        self._backlog, self._queued, self.send = deque(data), 0, self._queue
        if not self.behind:
            self._catch_up()
        if self.room is not None:
            self.room.moods_changed()

    @property
    def in_step(self) -> bool:
        """What is sent to it goes out at once."""
        return not self.behind and self._backlog is None

    def _queue(self, data: bytes) -> None:
        assert self._backlog is not None
        self._backlog.append(data)
        self._queued += len(data)

    def _catch_up(self) -> None:
        backlog = self._backlog
        assert backlog is not None
        while backlog and not self.behind:
            size, together = 0, []
            while backlog and size < AT_A_TIME:
                together.append(backlog.popleft())
                size += len(together[-1])
            self._transport.write(b"".join(together))
        if not backlog:
            self._backlog, self.send = None, self._transport.write

    def close(self, code: int, reason: str = "", *, goodbye: bool = False) -> None:
        """Says why, and is done with it: the connection ends when the peer has answered, or has had its time for that."""
        if self._leaving:
            return
        if goodbye:
            self.write(frames.GOODBYE)
        self._leave(frames.close(code, reason), CLOSE_SECONDS)

    def _leave(self, last: bytes, seconds: float) -> None:
        """`seconds`: how long the end may take from when everything has been sent."""
        if self.room is not None and not self._leaving:
            last = self.room.late_for(self) + last
        self._leaving = True
        self.send(last)
        wait = END_SECONDS if self.behind else min(seconds, END_SECONDS)
        self._ending = self._server.loop.call_later(wait, self.abort)
        self._server.left(self)

    def abort(self) -> None:
        """Drops the connection as it is."""
        self._transport.abort()

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._over:
            return
        self._over = True
        if self._ending is not None:
            self._ending.cancel()
        if not self._leaving:
            self._leaving = True
            self._server.left(self)
        self._server.ended(self)

    def eof_received(self) -> None:
        """Then the transport closes itself: half a connection is none."""

    # --- what comes in

    def data_received(self, data: bytes) -> None:
        sound = self._sound(data)
        if sound == len(data):
            self._reader.feed_data(data)
        else:
            self._reader.feed_data(data[:sound])  # what came before it counts, however the network has cut it
            self._broken(1002)

    def _sound(self, data: bytes) -> int:
        """How much of it comes before a frame that is not masked, as a client's must be (RFC 6455 section 5.1), or begins a message within
        another (5.4). aiohttp's reader does not ask for the one, nor for the other while all of the message that came is empty."""
        had = len(self._head)
        if had:
            data, self._head = self._head + data, b""
        at, end = self._rest, len(data)
        while at < end:
            if end - at < 2:
                break
            first, size = data[at], data[at + 1] & 0x7F
            if data[at + 1] == size:
                return max(at - had, 0)
            head = 6 if size < 126 else 8 if size == 126 else 14
            if head > 6:
                if end - at < head:
                    break
                size = int.from_bytes(data[at + 2 : at + head - 4])
            if first & 0x08 == 0:  # no control frame: those may come between
                if self._within and first & 0x0F:
                    return max(at - had, 0)
                self._within = first < 0x80
            at += head + size
        self._head, self._rest = (data[at:], 0) if at < end else (b"", at - end)
        return end - had

    def feed_data(self, message: WSMessage | WSMessageTextBytes, size: int) -> None:
        """From the reader: a message, or a control frame. Exceptions would end the reader, and do not leave here."""
        kind = message.type
        if self._deaf:
            pass  # after a close comes nothing
        elif kind is WSMsgType.CLOSE:
            code = cast(int, message.data)
            self._after_what_was_said(lambda: self._closed_by_peer(code))
        elif self._leaving:
            pass  # what came in the same breath, or before the peer heard of the end
        elif kind is WSMsgType.PING:
            self.write(frames.pong(cast(bytes, message.data)))
        elif message.data == "3":  # the answer to a ping, which is most of what comes in from those who read
            self.awaits_pong = False
        elif kind is not WSMsgType.PONG:
            try:
                self._packet(cast("str | bytes", message.data))
            except PacketFault as fault:
                self.close(fault.code, fault.reason)

    def set_exception(self, exc: BaseException, exc_cause: BaseException | None = None) -> None:
        """From the reader: a frame that is none."""
        self._broken(int(exc.code) if isinstance(exc, WebSocketError) else int(WSCloseCode.PROTOCOL_ERROR))

    def _broken(self, code: int) -> None:
        if not self._deaf:
            self.close(code, _REASONS.get(code, "bad_frame"))

    def _after_what_was_said(self, end: Callable[[], None]) -> None:
        """Nothing is heard any more, and what was said before is handled first: who leaves in a hurry says so, and is gone in the same
        breath."""
        self._deaf = True
        if self._handling is not None and not self._leaving:
            self._handling.add_done_callback(lambda _: end())
        else:
            end()

    def _closed_by_peer(self, code: int) -> None:
        if not self._leaving:
            # Of the codes that nobody may send, the reader lets these pass (RFC 6455 section 7.4).
            never = code == WSCloseCode.ABNORMAL_CLOSURE or code >= 5_000
            self._leave(frames.close(1002, "bad_frame") if never else frames.close(code, ""), CLOSE_SECONDS)
        self._transport.close()  # when everything has gone out; the timer sees to it that it does

    def _packet(self, text: str | bytes) -> None:
        packet = packet_of(text, self.in_namespace)
        if isinstance(packet, Event):
            self._ask(packet)
        elif isinstance(packet, Connect):
            self._connect(packet.namespace)
        else:
            self._after_what_was_said(lambda: self.close(1000))

    def _connect(self, namespace: str) -> None:
        if namespace != "/":
            self.write(frames.text(f'44{namespace},{{"message":"Unable to connect"}}'))
            return
        self.in_namespace = True
        self.write(frames.text(f'40{{"sid":"{self.id}"}}'))
        self._server.joined(self)

    # --- events are handled one after the other

    def _ask(self, event: Event) -> None:
        if self._asked is None:
            self._asked = deque((event,))
            self._handling = self._server.loop.create_task(self._handle())
            return
        self._asked.append(event)
        if len(self._asked) == MAX_ASKED:
            self._transport.pause_reading()

    async def _handle(self) -> None:
        asked = self._asked
        assert asked is not None
        try:
            while asked and not self._leaving:
                event = asked[0]
                answer = await self._server.ask(self, event)
                asked.popleft()
                if event.ack is not None:
                    self.write(frames.text(b"43%d[%b]" % (event.ack, answer)))
                if len(asked) == MAX_ASKED - 1 and not self._over:
                    self._transport.resume_reading()
        finally:
            self._asked = self._handling = None


_AT = "transport.connection.Connection"
HOLDS = (
    Holding("connection", "memory", _AT, "connection-ends", ("id",), identifies="seat"),
    Holding("network-class", "memory", _AT, "connection-ends", ("_network",), identifies="network"),
    Holding("half-received", "memory", _AT, "connection-ends", ("_asked", "_head", "_rest"), identifies="words"),
    Holding("not-sent-yet", "memory", _AT, "connection-ends", ("_backlog",), identifies="words"),
)
