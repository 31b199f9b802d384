"""What a server has to make of a client's bytes, written from RFC 6455 and from nothing else: whole streams only, and slow."""

from __future__ import annotations

from dataclasses import dataclass, field

from chatserver.wire.packets import MAX_FRAME, Bare, Connect, Event, PacketFault, packet_of
from tests.transport.raw import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT

# Section 7.4.1, and what IANA has registered since; 1004, 1005, 1006 and 1015 are never sent. Section 7.4.2: 3000 to 4999 are free.
CLOSE_CODES = frozenset({*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)})
NOTHING = 1005  # section 7.1.5: a close frame without a code
OPEN = None


@dataclass
class Expected:
    """What is to come out. Where two rules are broken at once, either may be told of: `close` holds every code that is right."""

    pongs: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # how the Socket.IO packets begin that are written
    asked: list[tuple[str, int]] = field(default_factory=list)  # events, by name and size
    close: frozenset[int | None] = frozenset({OPEN})
    ours: bool = False  # it is we who close


def expected(stream: bytes, sid: str) -> Expected:
    """Of a connection that has just been opened."""
    model = _Model(sid)
    at = 0
    while model.out.close == {OPEN}:
        used = model.frame(stream[at:])
        if not used:
            break
        at += used
    return model.out


class _Model:
    def __init__(self, sid: str) -> None:
        self.out = Expected()
        self._sid = sid
        self._opcode: int | None = None  # of the message that is being put together
        self._message = b""
        self._joined = False

    def _fail(self, *codes: int | None) -> None:
        self.out.close, self.out.ours = frozenset(codes), True

    def frame(self, data: bytes) -> int:
        """Takes the first frame. Returns its size; 0: it is not all there."""
        if len(data) < 2:
            return 0
        fin, reserved, opcode = data[0] >> 7, data[0] >> 4 & 7, data[0] & 15
        masked, size, at = data[1] >> 7, data[1] & 127, 2
        control = opcode >= 8
        if reserved or not masked or opcode not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG) or (control and (not fin or size > 125)):
            self._fail(1002)
            return 0
        if size > 125:
            at += 2 if size == 126 else 8
            if len(data) < at:
                return 0
            size = int.from_bytes(data[2:at])
        misplaced = not control and (opcode == CONTINUATION) is (self._opcode is None)
        if not control and size + len(self._message) > MAX_FRAME:
            self._fail(*((1002, 1009) if misplaced else (1009,)))
            return 0
        whole = len(data) >= at + 4 + size
        if misplaced:
            self._fail(*((1002,) if whole else (1002, OPEN)))  # at the latest when it has come
            return 0
        if not whole:
            return 0
        key, payload = data[at : at + 4], data[at + 4 : at + 4 + size]
        self._take(bool(fin), opcode, bytes(byte ^ key[n % 4] for n, byte in enumerate(payload)))
        return at + 4 + size

    def _take(self, fin: bool, opcode: int, payload: bytes) -> None:
        if opcode == PING:
            self.out.pongs.append(payload)
        elif opcode == CLOSE:
            self._closed(payload)
        elif opcode != PONG:
            self._opcode = self._opcode or opcode
            self._message += payload
            if fin:
                opcode, message = self._opcode, self._message
                self._opcode, self._message = None, b""
                self._said(opcode, message)

    def _closed(self, payload: bytes) -> None:
        code = int.from_bytes(payload[:2]) if payload else NOTHING
        faults = [] if not payload or (len(payload) >= 2 and code in CLOSE_CODES) else [1002]
        faults += [] if _is_utf8(payload[2:]) else [1007]
        self._fail(*(faults or [code]))
        self.out.ours = bool(faults)

    def _said(self, opcode: int, message: bytes) -> None:
        """Socket.IO's packets have tests of their own; here they show what has arrived."""
        if opcode == TEXT and not _is_utf8(message):
            self._fail(1007)
            return
        try:
            packet = packet_of(message.decode() if opcode == TEXT else message, self._joined)
        except PacketFault as fault:
            self._fail(fault.code)
            return
        if isinstance(packet, Connect):
            self._joined = self._joined or packet.namespace == "/"
            self.out.texts.append(f'40{{"sid":"{self._sid}"' if packet.namespace == "/" else f"44{packet.namespace},")
        elif isinstance(packet, Event):
            self.out.asked.append((packet.name, len(str(packet.arguments))))
            if packet.ack is not None:
                self.out.texts.append(f"43{packet.ack}[")
        elif packet is not Bare.PONG:
            self._fail(1000)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
