"""Where workers' processes come from: one that has everything imported already, and forks.

To begin Python and import what a worker needs takes a processor two seconds, to fork a few milliseconds; and what was imported is in the
machine's memory once for all workers. The supervisor cannot fork by itself: it has a loop, and connections to a database. So the nursery
parts from it before it has any of these (docs/decisions/0029-workers-are-forked.md).

They speak over a pair of sockets, a line of JSON each. The supervisor: `{"begin": null}`, with the descriptors that the worker is to have,
and `{"kill": pid}`. The nursery: `{"begun": pid}` or `{"failed": errno}`, and of each that has ended `{"ended": pid, "code": ...}`.
Its end of the pair closes with the supervisor, and then the nursery ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import json
import logging
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from chatserver.logs import log

MAX_LINE = 65_536
MAX_DESCRIPTORS = 64
ANSWER_SECONDS = 20.0
FAILED = 1  # the exit code of one that ended with an exception, and of whatever can no longer be asked about
LOST = "the process that starts workers is gone"

Work = Callable[[Sequence[socket.socket]], int]

_log = logging.getLogger(__name__)


class Nursery:
    """As the supervisor sees it."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._hearing: asyncio.Task[None] | None = None
        self._asking = asyncio.Lock()  # an answer says nothing of what it answers
        self._answer: asyncio.Future[int] | None = None
        self._codes: dict[int, asyncio.Future[int]] = {}
        self.lost = asyncio.Event()

    @classmethod
    def open(cls, work: Work) -> Nursery:
        """To be called while this process has no loop, no other thread and nothing open. `work` is what a worker does with its
        descriptors, and returns its exit code. Raises `OSError`."""
        ours, theirs = socket.socketpair()
        sys.stdout.flush()
        if os.fork() == 0:
            ours.close()
            try:
                _tend(theirs, work)
            except BaseException as fault:
                _log.error("nursery failed", exc_info=fault)
            finally:
                os._exit(FAILED)
        theirs.close()
        ours.setblocking(False)
        return cls(ours)

    async def begin(self, descriptors: Sequence[int]) -> int:
        """The id of a worker's process, which has copies of these (`MAX_DESCRIPTORS` at most). Raises `OSError`."""
        if self._hearing is None:
            self._hearing = asyncio.create_task(self._hear(), name="nursery")
        async with self._asking:
            if self.lost.is_set():
                raise BrokenPipeError(0, LOST)
            self._answer = asyncio.get_running_loop().create_future()
            socket.send_fds(self._end, [_line({"begin": None})], descriptors)
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    return await self._answer
            except TimeoutError:  # stopped by somebody, perhaps
                self._hearing.cancel()
                self._lose()
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from None

    async def ended(self, pid: int) -> int:
        """The exit code, when it has ended; below zero: by that signal."""
        return await asyncio.shield(self._codes[pid])

    def forget(self, pid: int) -> None:
        """To be called of each that has ended."""
        self._codes.pop(pid, None)

    def kill(self, pid: int) -> None:
        with contextlib.suppress(OSError):
            if self.lost.is_set():
                os.kill(pid, signal.SIGKILL)
            else:  # by the nursery, whose child it is: nobody else can have its number as long as that does not let go of it
                self._end.send(_line({"kill": pid}))

    async def _hear(self) -> None:
        loop = asyncio.get_running_loop()
        unread = b""
        try:
            while data := await loop.sock_recv(self._end, MAX_LINE):
                *lines, unread = (unread + data).split(b"\n")
                for line in lines:
                    self._take(json.loads(line), loop)
        except Exception as fault:
            _log.error("nursery not understood", exc_info=fault)
        self._lose()

    def _lose(self) -> None:
        self.lost.set()
        log(_log, "error", "nursery lost")
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(BrokenPipeError(0, LOST))
        for code in self._codes.values():
            if not code.done():
                code.set_result(FAILED)

    def _take(self, told: dict[str, Any], loop: asyncio.AbstractEventLoop) -> None:
        if "ended" in told:
            self._codes[told["ended"]].set_result(told["code"])
            return
        assert self._answer is not None, "it was asked"
        if "begun" in told:
            self._codes[told["begun"]] = loop.create_future()
            self._answer.set_result(told["begun"])
        else:
            self._answer.set_exception(OSError(told["failed"], os.strerror(told["failed"])))


def _line(message: dict[str, Any]) -> bytes:
    return json.dumps(message).encode() + b"\n"


# --- in the nursery's own process


def _tend(supervisor: socket.socket, work: Work) -> None:
    os.setsid()  # the terminal's Ctrl-C is for the supervisor, which then tells the workers
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    woken, wake = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    gc.collect()
    gc.freeze()  # or the first search for garbage in a worker would copy all of it

    def begin(descriptors: Sequence[int]) -> None:
        try:
            pid = os.fork()
        except OSError as fault:
            _tell(supervisor, {"failed": fault.errno})
            return
        if pid == 0:
            signal.set_wakeup_fd(-1)
            for each in (woken, wake, supervisor.detach()):
                os.close(each)
            code = FAILED
            try:
                code = _worked(work, [socket.socket(fileno=each) for each in descriptors])
            finally:
                os._exit(code)  # whatever happens, a worker does not go on as a nursery
        _tell(supervisor, {"begun": pid})

    watched = select.poll()
    watched.register(supervisor, select.POLLIN)
    watched.register(woken, select.POLLIN)
    while True:
        for descriptor, _ in watched.poll():
            if descriptor == woken:
                with contextlib.suppress(BlockingIOError):
                    os.read(woken, MAX_LINE)
                _tell_who_ended(supervisor)
                continue
            data, descriptors, _, _ = socket.recv_fds(supervisor, MAX_LINE, MAX_DESCRIPTORS)
            if not data:
                return
            for line in data.splitlines():  # with descriptors come those of one, the last
                asked = json.loads(line)
                if "begin" in asked:
                    begin(descriptors)
                else:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(asked["kill"], signal.SIGKILL)
            for each in descriptors:
                os.close(each)


def _tell(supervisor: socket.socket, message: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):  # it has ended; then so do we
        supervisor.sendall(_line(message))


def _tell_who_ended(supervisor: socket.socket) -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            _tell(supervisor, {"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def _worked(work: Work, descriptors: Sequence[socket.socket]) -> int:
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text("chatserver-work")  # what `ps` and `top` call it
    try:
        return work(descriptors)
    except SystemExit as asked:
        return asked.code if isinstance(asked.code, int) else FAILED
    except BaseException as fault:
        _log.error("worker failed", exc_info=fault)  # where, and not what: chatserver/logs.py
        return FAILED
    finally:
        sys.stdout.flush()
