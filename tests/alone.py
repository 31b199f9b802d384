"""One at a time on this machine: what tests need from outside is brought by one process of a run, and found by the others."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone() -> Iterator[None]:
    """Waits for the others of this user. Not to be asked for again within."""
    with (Path(tempfile.gettempdir()) / f"chatserver-tests-{os.getuid()}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # given back when the file is closed, or the process has ended
        yield
