"""Fixtures that all kinds of tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import RunningServer

pytest_plugins = ["tests.redis", "tests.postgres"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    """A real server of its own, with the demo group, without limits on how fast things are done."""
    environ = {"CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "0", "CHATSERVER_LIMITS__JOINS_PER_MINUTE": "0"}
    with RunningServer(tmp_path, environ) as running:
        yield running
