"""What the connection stands on inside aiohttp without being promised it. (python-socketio and python-engineio are clients here only.)

A new version that changes one of these fails here, with a sentence about what to look at, before it fails in a meeting."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

from aiohttp import web
from aiohttp._websocket.reader import WebSocketDataQueue, WebSocketReader
from aiohttp._websocket.reader_py import WebSocketReader as ReadableReader
from aiohttp.web_protocol import RequestHandler

from chatserver.transport.connection import Connection

CONNECTION = "see chatserver/transport/connection.py"
HANDSHAKE = "see chatserver/transport/handshake.py"


def source(thing: Any) -> str:
    return " ".join(inspect.getsource(thing).split())


def test_the_reader_hands_over_whole_messages() -> None:
    parameters = list(inspect.signature(ReadableReader.__init__).parameters)
    assert parameters == ["self", "queue", "max_msg_size", "compress", "decode_text"], f"aiohttp's reader is made otherwise: {CONNECTION}"
    handled = source(ReadableReader._handle_frame)
    assert "self.queue.feed_data(" in handled, f"aiohttp's reader gives messages to its queue in another way: {CONNECTION}"


def test_the_reader_looks_at_nothing_else_of_its_queue() -> None:
    looked_at = {
        word.partition(".")[0].rstrip(",:;)")
        for part in source(ReadableReader).split("self.queue.")[1:]
        for word in [part.split("(")[0].split()[0]]
    }
    assert looked_at == {"feed_eof", "feed_data", "_size", "_limit", "_stalled_reader"}, f"aiohttp's reader uses {looked_at}: {CONNECTION}"


def test_the_reader_tells_of_a_bad_frame_by_set_exception() -> None:
    assert "set_exception(self.queue, exc)" in source(ReadableReader.feed_data), f"aiohttp's reader tells of faults otherwise: {CONNECTION}"


def test_the_queue_may_be_ours() -> None:
    """The compiled reader asks for its own kind of queue, and calls what a subclass has in its place."""
    assert issubclass(Connection, WebSocketDataQueue), CONNECTION
    heard: list[Any] = []

    class Queue(WebSocketDataQueue):
        def __init__(self) -> None:
            pass

        def feed_data(self, data: Any, size: int) -> None:
            heard.append(data)

    WebSocketReader(Queue(), 100, compress=False, decode_text=True).feed_data(b"\x81\x81\x00\x00\x00\x003")
    assert [message.data for message in heard] == ["3"], f"aiohttp's reader does not call a queue's feed_data any more: {CONNECTION}"


def test_a_request_handler_lets_go_of_its_transport() -> None:
    assert "_message_tail" in RequestHandler.__slots__, f"aiohttp keeps what comes behind a handshake elsewhere: {HANDSHAKE}"
    assert "if self.transport is not None: self.transport.close()" in source(RequestHandler.start), f"aiohttp closes otherwise: {HANDSHAKE}"
    lost = source(RequestHandler.connection_lost)
    assert "self._manager.connection_lost(self, exc)" in lost, f"aiohttp forgets its connections otherwise: {HANDSHAKE}"
    assert "self.force_close()" in lost, f"aiohttp ends its handlers otherwise: {HANDSHAKE}"


async def test_the_answer_is_left_to_us() -> None:
    finished = source(RequestHandler.finish_response)
    for called in ("prepare_meth(request)", "resp.write_eof()"):
        assert f"await {called}" in finished, f"aiohttp sends an answer in another way: {HANDSHAKE}"
    assert asyncio.iscoroutinefunction(web.Response.prepare)
