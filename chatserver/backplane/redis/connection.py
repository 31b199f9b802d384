"""One connection to a Redis server: commands go out together, answers are matched in order."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any, cast

import hiredis

from chatserver.backplane.base import BackplaneFault, BackplaneUnavailable
from chatserver.backplane.redis.address import Address

Word = str | bytes | int

ANSWER_SECONDS = 2.0
MAX_REPLY = 64 << 20

_MORE = object()


class Connection(asyncio.Protocol):
    """Raises `BackplaneUnavailable` from what was sent where no answer comes in 2 s, and `hiredis.ReplyError` where the answer is one.

    A command that was not answered in time closes the connection: it cannot be done later behind the back of whoever asked.
    """

    def __init__(self, pushed: Callable[[list[Any]], None] | None = None) -> None:
        """`pushed` gets the messages of a subscriber's connection. There, whatever comes is a sign of life."""
        self._pushed = pushed
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._reader = hiredis.Reader(notEnoughData=_MORE)
        self._unanswered: deque[tuple[asyncio.Future[Any], float, Callable[[], None] | None]] = deque()
        self._unsent: list[bytes] = []
        self._watch: asyncio.TimerHandle | None = None
        self._heard_at = 0.0
        self._unread = 0  # bytes of an answer that has begun
        self.closed: asyncio.Future[None] = self._loop.create_future()

    def send(self, *words: Word, then: Callable[[], None] | None = None) -> asyncio.Future[Any]:
        """The future answer. `then` is called when it has come, before anything that comes after it."""
        if self._transport is None:
            raise BackplaneUnavailable
        future: asyncio.Future[Any] = self._loop.create_future()
        if not self._unsent:
            self._loop.call_soon(self._flush)
        self._unsent.append(hiredis.pack_command(words))  # type: ignore[arg-type]  # its stub takes tuples of one only
        deadline = self._loop.time() + ANSWER_SECONDS
        self._unanswered.append((future, deadline, then))
        if self._watch is None:
            self._watch = self._loop.call_at(deadline, self._look)
        return future

    def tell(self, *words: Word) -> None:
        """Sends what nobody waits for the answer to. Does nothing where the connection is closed."""
        if self._transport is not None:
            self.send(*words).add_done_callback(lambda done: done.cancelled() or done.exception())

    def _flush(self) -> None:
        unsent, self._unsent = self._unsent, []
        if self._transport is not None and unsent:
            self._transport.write(unsent[0] if len(unsent) == 1 else b"".join(unsent))

    def _look(self) -> None:
        self._watch = None
        if not self._unanswered:
            return
        deadline = self._unanswered[0][1]
        if self._pushed is not None:
            deadline = max(deadline, self._heard_at + ANSWER_SECONDS)
        if deadline <= self._loop.time():
            self.close()
        else:
            self._watch = self._loop.call_at(deadline, self._look)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by name

    def data_received(self, data: bytes) -> None:
        self._heard_at = self._loop.time()
        self._unread += len(data)
        try:
            self._reader.feed(data)
            while (reply := self._reader.gets()) is not _MORE:
                self._unread = 0
                self._take(reply)
        except hiredis.ProtocolError:
            self.close()
        if self._unread > MAX_REPLY:
            self.close()

    def _take(self, reply: Any) -> None:
        if self._pushed is not None and type(reply) is list and reply and reply[0] == b"message":
            self._pushed(reply)
            return
        if not self._unanswered:
            self.close()  # nobody asked
            return
        future, _, then = self._unanswered.popleft()
        if future.done():
            return
        if isinstance(reply, hiredis.ReplyError):
            future.set_exception(reply)
            return
        if then is not None:
            then()
        future.set_result(reply)

    def connection_lost(self, exc: Exception | None) -> None:
        self.close()

    def close(self) -> None:
        """At once. What is unanswered fails."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.abort()
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        unanswered, self._unanswered = self._unanswered, deque()
        for future, _, _ in unanswered:
            if not future.done():
                future.set_exception(BackplaneUnavailable())
                future.exception()  # told, also where nobody waits for this one
        if not self.closed.done():
            self.closed.set_result(None)


async def connect(address: Address, host: tuple[str, int] | None, pushed: Callable[[list[Any]], None] | None = None) -> Connection:
    """To a server, as the address's user, in its database. The time it may take is bounded by whoever calls.

    Raises `OSError`, `BackplaneUnavailable`, and `BackplaneFault` where the server does not let us in.
    """
    loop = asyncio.get_running_loop()
    connection = Connection(pushed)
    if address.path is not None:
        await loop.create_unix_connection(lambda: connection, address.path)
    else:
        name, port = host or address.hosts[0]
        context = ssl.create_default_context(cafile=address.ca) if address.tls else None
        await loop.create_connection(lambda: connection, name, port, ssl=context)
    try:
        await sign_in(connection, address)
        if address.db:
            await connection.send("SELECT", address.db)
    except hiredis.ReplyError as fault:
        connection.close()
        raise BackplaneFault(f"Redis at {address} does not let this server in: {in_words(fault)}") from None
    except BaseException:
        connection.close()
        raise
    return connection


async def sign_in(connection: Connection, address: Address) -> None:
    if address.password is not None:
        await connection.send("AUTH", *([address.user] if address.user else []), address.password)


def in_words(fault: hiredis.ReplyError) -> str:
    """Redis's answer for the operator, by its first word: the rest may repeat what was sent."""
    word = code_of(fault)
    return {
        "WRONGPASS": "user or password is wrong.",
        "NOAUTH": "it wants a password, and backplane.url has none.",
        "NOPERM": "the user may not do what is needed; docs/redis/users.acl has the rights.",
        "DENIED": "it is in protected mode; set a password, or connect by loopback.",
        "LOADING": "it is still reading its data.",
    }.get(word, f"it answered {word}.")


def code_of(fault: hiredis.ReplyError) -> str:
    word = str(fault).partition(" ")[0]
    return word if word.isalpha() and word.isupper() and len(word) <= 20 else "ERR"
