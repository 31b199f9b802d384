"""The log holds nothing of what people say, at no level, whoever writes to it."""

from __future__ import annotations

import ast
import asyncio
import io
import logging
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatserver import logs
from chatserver.logs import AllowListFormatter, install, log, loop_exception_handler
from chatserver.store.base import Group
from chatserver.store.sql import open_store

CANARY = "canary-7f3a"
logger = logging.getLogger("chatserver.tests")


def loggers() -> dict[str, logging.Logger]:
    return {name: one for name, one in logging.root.manager.loggerDict.items() if isinstance(one, logging.Logger)}


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Installs the log at DEBUG with everything that goes to standard error, and takes all of it back afterwards."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    root, factory, hooks = logging.root, logging.getLogRecordFactory(), (sys.excepthook, sys.unraisablehook, threading.excepthook)
    handlers, level, raising = root.handlers, root.level, logging.raiseExceptions
    before = {name: (one.level, one.handlers, one.propagate, one.disabled) for name, one in loggers().items()}
    install("debug")
    yield stream
    for name, one in loggers().items():
        one.level, one.handlers, one.propagate, one.disabled = before.get(name, (logging.NOTSET, [], True, False))
    root.manager._clear_cache()  # type: ignore[attr-defined]  # what levels were worked out to be
    logging.captureWarnings(False)
    root.handlers, logging.raiseExceptions = handlers, raising
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks


def raise_canary() -> None:
    raise ValueError(CANARY)


def test_our_own_event_is_written_with_its_fields(written: io.StringIO) -> None:
    log(logger, "info", "the worker is ready", port=8000, state="open", exception="ValueError")
    assert written.getvalue().endswith("INFO chatserver.tests the worker is ready port=8000 state=open exception=ValueError\n")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seat", 1),
        ("text", "hello"),
        ("reason", "A sentence"),
        ("reason", "198.51.100.7"),
        ("reason", "k3v9x"),
        ("reason", "x" * 43),
        ("reason", b"word"),
        ("count", 1.5),
        ("exception", "ValueError(1)"),
    ],
)
def test_a_field_that_could_hold_something_of_a_person_is_refused(field: str, value: Any) -> None:
    with pytest.raises(TypeError):
        log(logger, "info", "event", **{field: value})


def test_of_a_foreign_record_only_the_place_is_written(written: io.StringIO) -> None:
    logging.getLogger("asyncio.server").error("Error handling %s", CANARY, extra={"peer": CANARY}, stack_info=True)
    line = written.getvalue()
    assert " ERROR asyncio test_logs:" in line
    assert CANARY not in line
    assert line.count("\n") == 1


@pytest.mark.parametrize("name", ["", "aiohttp.access", "aiohttp.server", "asyncio", "sqlalchemy.engine", CANARY])
def test_no_logger_lets_a_word_through(written: io.StringIO, name: str) -> None:
    foreign = logging.getLogger(name)
    for level in (logging.DEBUG, logging.INFO, logging.ERROR, logging.CRITICAL):
        foreign.log(level, CANARY)
        foreign.log(level, "%s", CANARY)
    try:
        raise_canary()
    except ValueError:
        foreign.exception("failed for %s", CANARY)
    assert CANARY not in written.getvalue()


def test_the_access_log_is_off(written: io.StringIO) -> None:
    logging.getLogger("aiohttp.access").info("GET /")
    assert written.getvalue() == ""


def test_the_type_of_an_exception_and_the_way_to_it_are_written(written: io.StringIO) -> None:
    try:
        raise_canary()
    except ValueError:
        logger.exception(CANARY)
    assert "exception=ValueError at=test_logs:" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_a_handler_that_a_library_brings_gets_no_text_either(written: io.StringIO) -> None:
    brought = io.StringIO()
    foreign = logging.getLogger("library")
    foreign.addHandler(logging.StreamHandler(brought))
    try:
        raise_canary()
    except ValueError:
        foreign.exception(CANARY)
    foreign.handlers = []
    assert brought.getvalue().startswith("test_logs:")
    assert CANARY not in brought.getvalue() + written.getvalue()


def test_a_record_from_before_is_not_trusted() -> None:
    record = logging.LogRecord("name", logging.INFO, "/a/place.py", 7, CANARY, (), None)
    assert AllowListFormatter().format(record).endswith("INFO other place:7")


def test_a_warning_says_nothing(written: io.StringIO) -> None:
    warnings.warn(CANARY, stacklevel=1)
    assert CANARY not in written.getvalue()


async def test_a_task_that_fails_unseen(written: io.StringIO) -> None:
    async def fail() -> None:
        raise_canary()

    loop = asyncio.get_running_loop()
    for handler in (loop_exception_handler, None):
        loop.set_exception_handler(handler)
        task = loop.create_task(fail(), name=CANARY)
        await asyncio.wait([task])
        del task
    loop.set_exception_handler(None)
    assert written.getvalue().count("exception=ValueError at=test_logs:") == 2
    assert CANARY not in written.getvalue()


async def test_a_fault_of_the_loop_without_an_exception(written: io.StringIO) -> None:
    loop_exception_handler(asyncio.get_running_loop(), {"message": CANARY})
    assert written.getvalue().endswith("ERROR chatserver.logs the event loop met a fault\n")


def test_a_thread_that_fails(written: io.StringIO) -> None:
    thread = threading.Thread(target=raise_canary, name=CANARY)
    thread.start()
    thread.join()
    assert "unhandled exception exception=ValueError at=" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_a_finaliser_that_fails(written: io.StringIO) -> None:
    class Failing:
        def __del__(self) -> None:
            raise_canary()

    Failing()
    assert "unhandled exception exception=ValueError at=" in written.getvalue()
    assert CANARY not in written.getvalue()


async def test_the_database_driver_at_debug(written: io.StringIO, tmp_path: Path) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite3")
    await store.add_group(Group("canary", CANARY))
    await store.close()
    assert "DEBUG aiosqlite" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_the_program_that_ends_with_an_exception() -> None:
    code = f"from chatserver.logs import install; install('debug'); raise ValueError('{CANARY}')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 1
    assert "unhandled exception exception=ValueError at=<string>:1" in done.stderr
    assert CANARY not in done.stderr


def test_every_event_in_the_code_is_a_literal_and_nobody_goes_around_log() -> None:
    package = Path(logs.__file__).parent
    for file in package.rglob("*.py"):
        if file == Path(logs.__file__):
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            where = f"{file.relative_to(package)}:{node.lineno}"
            if isinstance(called, ast.Name) and called.id == "log":
                assert len(node.args) == 3, where
                assert isinstance(node.args[2], ast.Constant), f"{where}: the event is not a literal"
            if (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id in ("logger", "_logger", "logging")
            ):
                assert called.attr in ("getLogger",), f"{where}: use chatserver.logs.log"
