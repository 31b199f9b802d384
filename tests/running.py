"""The real server in a process of its own, as an operator starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue

START_SECONDS = 30.0
STOP_SECONDS = 15.0


@dataclass
class RunningServer:
    """`chatserver serve` on a free port, with its data in `folder`. Use as a context."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)  # CHATSERVER_SECTION__KEY and the like
    options: Sequence[str] = ()  # of the command line, besides a free port
    through: Sequence[str] = ()  # a command that becomes the one that is given to it
    url: str = ""
    metrics: str = ""  # where its numbers are shown; with workers, also its /readyz and /healthz
    room: str = ""  # slug of the demo's open room
    facilitator_key: str = ""
    output: str = ""

    def __enter__(self) -> RunningServer:
        env = {k: v for k, v in os.environ.items() if not re.fullmatch(r"CHATSERVER_(?!TEST_).*", k)}
        self.process = subprocess.Popen(
            [*self.through, sys.executable, "-m", "chatserver", "serve", "--port", "0", *self.options],
            cwd=self.folder,
            env=env | {"PYTHONUNBUFFERED": "1"} | dict(self.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: Queue[str | None] = Queue()
        threading.Thread(target=self._read, daemon=True).start()
        while "Stop with Ctrl-C" not in self.output:
            self._next_line()
        self.url = self._found(r"The page +(\S+?)/?\s")
        if "Metrics" in self.output:
            self.metrics = self._found(r"Metrics +(\S+)")
        if "To lead it" in self.output:
            self.room = self._found(r"A room, open now +\S+/r/(\S+)")
            self.facilitator_key = self._found(r"#key=(\S+)")
        return self

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _next_line(self) -> None:
        try:
            line = self._lines.get(timeout=START_SECONDS)
        except Empty:
            raise TimeoutError(f"the server said only this in {START_SECONDS} s:\n{self.output}") from None
        if line is None:
            raise RuntimeError(f"the server ended:\n{self.output}")
        self.output += line

    def _found(self, pattern: str) -> str:
        match = re.search(pattern, self.output)
        assert match is not None, self.output
        return match[1]

    def said(self, words: str) -> None:
        """Until it has said so, on standard output or in its log. Raises `TimeoutError`, after 30 s in which it said nothing at all."""
        while words not in self.output:
            self._next_line()

    def worker_pids(self) -> list[int]:
        """Of the workers under it that live now, whether they are ready or not; the eldest first. None where it serves by itself."""
        return [pid for nursery in _children(self.process.pid) for pid in _children(nursery)]

    def nursery_pid(self) -> int:
        """Of what starts its workers (`chatserver/supervisor/nursery.py`)."""
        (pid,) = _children(self.process.pid)
        return pid

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Asks it to stop, and returns its exit code. Raises `subprocess.TimeoutExpired` where it takes longer than 15 s."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Its exit code, when it has ended. Raises `subprocess.TimeoutExpired` where it takes longer than 15 s."""
        code = self.process.wait(STOP_SECONDS)
        while (line := self._lines.get(timeout=STOP_SECONDS)) is not None:
            self.output += line
        return code

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            workers = self.worker_pids()
            self.process.kill()
            for pid in workers:  # they would stop by themselves, a little later
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()


def _children(parent: int) -> list[int]:
    """By age. The field after the state in /proc/PID/stat is the parent; the name before it may hold anything but `)`."""
    pids = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
    facts = {pid: _contents(f"/proc/{pid}/stat").rpartition(b")")[2].split() for pid in pids}
    found = {pid: int(fields[19]) for pid, fields in facts.items() if fields[1:2] == [str(parent).encode()]}  # 19: when it began
    return sorted(found, key=lambda pid: (found[pid], pid))


def _contents(path: str) -> bytes:
    """Nothing, where the process has just ended."""
    with suppress(OSError):
        return Path(path).read_bytes()
    return b""
