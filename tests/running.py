"""The real server in a process of its own, as an operator starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
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
    url: str = ""
    room: str = ""  # slug of the demo's open room
    facilitator_key: str = ""
    output: str = ""

    def __enter__(self) -> RunningServer:
        env = {k: v for k, v in os.environ.items() if not re.fullmatch(r"CHATSERVER_(?!TEST_).*", k)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chatserver", "serve", "--port", "0"],
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

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Asks it to stop, and returns its exit code. Raises `subprocess.TimeoutExpired` where it takes longer than 15 s."""
        self.process.send_signal(number)
        code = self.process.wait(STOP_SECONDS)
        while (line := self._lines.get(timeout=STOP_SECONDS)) is not None:
            self.output += line
        return code

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
