"""Fixtures that all kinds of tests share."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.running import RunningServer

pytest_plugins = ["tests.redis", "tests.postgres"]

# Each of these has the machine at work with many processes, and some look at how long things take: never two of them at a time.
ONE_AT_A_TIME = (
    *("tests/bench/", "tests/faults/", "tests/processes/"),
    *("tests/anonymity/test_outside.py", "tests/anonymity/test_several_workers.py", "tests/anonymity/test_what_is_held.py"),
)


MEMORY = Path("/dev/shm")  # each run has a folder of its own there
ENOUGH = 2 * 1024**3  # bytes


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Databases and the like in memory: a disk that others use, too, takes seconds now and then to be sure of a change."""
    chosen = config.option.basetemp is not None or hasattr(config, "workerinput")
    if not chosen and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        config.option.basetemp = folder = MEMORY / f"chatserver-tests-{os.getuid()}-{os.getpid()}"
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


class SideBySide(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """What `make test` runs at the same time: a file at a time, since its tests share fixtures."""

    def _split_scope(self, nodeid: str) -> str:
        return "one at a time" if nodeid.startswith(ONE_AT_A_TIME) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    return SideBySide(config, log)


@pytest.fixture(scope="module", autouse=True)
def out_of_the_way() -> Iterator[None]:
    """What thousands of tests leave behind is a million objects, and to look through them all takes the collector longer than the
    2 seconds that a database is given. So what a file leaves is looked through once."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    """A real server of its own, with the demo group, without limits on how fast things are done."""
    environ = {"CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "0", "CHATSERVER_LIMITS__JOINS_PER_MINUTE": "0"}
    with RunningServer(tmp_path, environ) as running:
        yield running
