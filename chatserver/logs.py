"""The log: what this program says of itself, and nothing of what people said to it.

Our own records are an event from the code and a few fields of an allow-list, through `log()`. Of every other record (a library's, an
exception's) only time, level, logger, place in the code and type of exception are written, whatever the level.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any, Literal, LiteralString

from chatserver.holding import Holding

Level = Literal["debug", "info", "warning", "error"]

FIELDS = frozenset(
    {
        "code",  # a refusal's, a closed connection's
        "count",
        "exception",  # the name of a type
        "port",
        "reason",  # one of a few words in the code
        "slot",  # the number of a worker's place
        "state",  # one of a few words in the code
        "workers",
    }
)

# No digits: tokens, addresses and most ids are no words.
_WORD = re.compile(r"[a-z]{1,20}(_[a-z]{1,20}){0,4}")
_TYPE = re.compile(r"_?[A-Za-z]{1,60}")

# Told about themselves only at DEBUG; else one line for every packet.
_TALKATIVE = (
    "aiohttp",
    "aiosqlite",
    "alembic",
    "asyncio",
    "sqlalchemy",
)


class _Said(logging.LogRecord):
    """A record whose text is ours. The only kind whose text is ever written."""

    def __init__(self, name: str, level: int, text: str) -> None:
        super().__init__(name, level, "", 0, text, (), None)


def log(logger: logging.Logger, level: Level, event: LiteralString, **fields: int | bool | str) -> None:
    """Writes `event`, a literal of the code, with fields of `FIELDS`: numbers, or one word of the code.

    Raises `TypeError` for anything else, so that a test meets it before a log does.
    """
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"{name} is not a field that may be logged")
        word = _TYPE if name == "exception" else _WORD
        if not isinstance(value, int) and not word.fullmatch(str(value)):
            raise TypeError(f"{name} is neither a number nor a word of the code")
    _say(logger, level, event, fields)


def _say(logger: logging.Logger, level: Level, event: str, fields: Mapping[str, object]) -> None:
    number = logging.getLevelNamesMapping()[level.upper()]
    if logger.isEnabledFor(number):
        logger.handle(_Said(logger.name, number, " ".join([event, *(f"{name}={value}" for name, value in fields.items())])))


class AllowListFormatter(logging.Formatter):
    """One line a record: time, level, logger, and our own words or a place in the code."""

    def __init__(self, slot: int | None = None) -> None:
        super().__init__()
        self._slot = "" if slot is None else f" slot={slot}"

    def format(self, record: logging.LogRecord) -> str:
        said = record if isinstance(record, _Said) else _place_of(record)
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return f"{at} {said.levelname} {said.name} {said.msg}{self._slot}"


def _place_of(record: logging.LogRecord) -> _Said:
    """What may be known of a record that is not ours."""
    words = [f"{PurePath(record.pathname).stem}:{record.lineno}"]
    kind, _, traceback = record.exc_info or (None, None, None)
    if kind is not None:
        words += [f"{name}={value}" for name, value in _fault(kind, traceback).items()]
    return _Said(_logger_name(record.name), record.levelno, " ".join(words))


def _logger_name(name: str) -> str:
    """The name of a module or its package; a library may have named a logger after what it was given."""
    for known in (name, name.partition(".")[0]):
        if known == "root" or known in sys.modules:
            return known
    return "other"


def _fault(kind: type[BaseException], traceback: TracebackType | None) -> dict[str, str]:
    """An exception's type and the way to it in the code, without a value or a line of it."""
    places = []
    while traceback is not None:
        places.append(f"{PurePath(traceback.tb_frame.f_code.co_filename).stem}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return {"exception": kind.__name__, "at": ">".join(places[-6:]) or "unknown"}


def install(level: Level, slot: int | None = None) -> None:
    """Makes this the only way to the log, for every logger there is and will be.

    `slot`: the place of this worker among several, which write into one log."""
    # At the source, since libraries may bring handlers of their own.
    logging.setLogRecordFactory(lambda *args, **more: _place_of(logging.LogRecord(*args, **more)))
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AllowListFormatter(slot))
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers = []
            logger.propagate = True
    logging.root.handlers = [handler]
    logging.root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel("DEBUG" if level == "debug" else "WARNING")
    logging.getLogger("aiohttp.access").disabled = True
    logging.raiseExceptions = False  # or a record that cannot be written is printed with its arguments
    logging.captureWarnings(True)
    sys.excepthook = _unhandled
    sys.unraisablehook = lambda fault: _unhandled(fault.exc_type, fault.exc_value, fault.exc_traceback)
    threading.excepthook = lambda fault: _unhandled(fault.exc_type, fault.exc_value, fault.exc_traceback)


def loop_exception_handler(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """For `loop.set_exception_handler`."""
    fault = context.get("exception")
    if isinstance(fault, BaseException):
        _unhandled(type(fault), fault, fault.__traceback__)
    else:
        log(_logger, "error", "the event loop met a fault")


_logger = logging.getLogger(__name__)


def _unhandled(kind: type[BaseException], _fault_itself: BaseException | None, traceback: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        _say(_logger, "error", "unhandled exception", _fault(kind, traceback))


# Besides, every line has a time, a level, the name of a logger, and an event's literal or a place in the code.
HOLDS = (Holding("log-line", "log", "stderr", "operator-deletes", tuple(sorted(FIELDS | {"at"}))),)
