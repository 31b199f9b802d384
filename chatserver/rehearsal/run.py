"""A rehearsal from beginning to end, for the command line: the stage, the play, what is told of it, and tidying up."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from random import Random
from typing import Any, TextIO

from chatserver.clock import LoopClock
from chatserver.rehearsal.connection import LineLost
from chatserver.rehearsal.happenings import Happening, Kind, Tell
from chatserver.rehearsal.play import Plan, Play, close_room, look_at_door
from chatserver.rehearsal.player import CannotGoOn, NotTaken
from chatserver.rehearsal.stage import Stage, set_up, strike
from chatserver.rehearsal.terminal import FINE, NARROWEST, Look, Terminal
from chatserver.store.base import Store

DRAW_SECONDS = 0.2
OTHER_STORE = frozenset({"unknown_room", "bad_key"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for. The format has no faults."""

    format: str
    toml: str
    members: int
    speed: int
    lead: bool
    wait: bool
    url: str  # where the server is reached
    page: str  # what links begin with
    as_json: bool = False


async def rehearsed(wanted: Wanted, open_store: Callable[[], Awaitable[Store]], out: TextIO) -> str:
    """Plays it. Returns what did not hold, or why it did not come to its end, as a sentence; empty where all went right.

    Raises `StoreUnavailable`."""
    try:
        await look_at_door(wanted.url, "rehearsal")
    except LineLost:
        return f"No server answers at {wanted.url}. Start it in another terminal with `chatserver serve`, or name its address with --url."
    clock = LoopClock()
    store = await open_store()
    try:
        stage = await set_up(store, wanted.format, wanted.toml, wanted.speed, clock.now())
        try:
            return await _played(wanted, stage, clock, out)
        finally:
            await strike(store, stage, clock.now())
    finally:
        await store.close()


async def _played(wanted: Wanted, stage: Stage, clock: LoopClock, out: TextIO) -> str:
    plan = Plan(wanted.url, stage.meeting.slug, stage.key, stage.invite, stage.format, wanted.members, wanted.lead, wanted.wait)
    play = Play(plan, clock, lambda happening: tell(happening), Random())
    terminal = None if wanted.as_json else Terminal(out, look_of(out), play.hour.left)
    tell: Tell = terminal.tell if terminal is not None else _json_lines(out)
    fault = ""
    running = asyncio.create_task(play.run(_ready(wanted, stage)), name="rehearsal")
    async with _interrupted() as stop, _drawn(terminal):
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
    try:
        if not running.done():
            running.cancel()
        await running
    except asyncio.CancelledError:
        with suppress(LineLost):  # then it is closed by way of the store
            await close_room(wanted.url, plan.room, plan.key)
        tell(Happening(Kind.STOPPED, 0.0, {}))
    except (CannotGoOn, LineLost, NotTaken) as stopped:
        fault = _why(wanted, stopped)
    if terminal is not None:
        terminal.close()
    return fault + _summed_up(play, tell)


def _summed_up(play: Play, tell: Tell) -> str:
    """Tells the checks, and returns what did not hold."""
    if not play.begun:
        return ""
    checks = play.checks()
    wrong = [check.sentence for check in checks if not check.ok]
    tell(Happening(Kind.SUMMARY, 0.0, {"ok": not wrong, "finished": play.finished, "checks": [asdict(check) for check in checks]}))
    return " ".join(wrong)


def _why(wanted: Wanted, stopped: Exception) -> str:
    match stopped:
        case NotTaken(args=(code, *_)) if code in OTHER_STORE:
            return (
                f"The server at {wanted.url} does not know the room that was made for it: it has another store. "
                "Start this command with the server's configuration (--config, or in its folder)."
            )
        case NotTaken(args=(_, sentence, *_)) | CannotGoOn(args=(sentence,)):
            return str(sentence)
        case _:
            return f"The server at {wanted.url} does not answer any more."


def _ready(wanted: Wanted, stage: Stage) -> dict[str, Any]:
    page = f"{wanted.page}/r/{stage.meeting.slug}"
    waits = ""
    if wanted.lead:
        waits = "It begins when you do: open the second link, go in, and press Begin."
    elif wanted.wait:
        waits = "It begins when somebody has come in."
    return {
        "title": stage.meeting.title,
        "page": page,
        "lead": f"{page}#key={stage.key}",
        "waits": waits,
        "members": wanted.members,
        "speed": wanted.speed,
        "minutes": stage.format.minutes,
        "agenda": [[segment.title, segment.minutes] for segment in stage.format.segments],
    }


def _json_lines(out: TextIO) -> Tell:
    def tell(happening: Happening) -> None:
        told = {"type": happening.kind.value, "at": happening.at, **happening.fields}
        out.write(json.dumps(told, ensure_ascii=False) + "\n")
        out.flush()

    return tell


def look_of(out: TextIO) -> Look:
    """What can be done there: nothing is written over in a file, no colours where NO_COLOR says so (no-color.org)."""
    columns = shutil.get_terminal_size().columns
    live = out.isatty() and os.environ.get("TERM", "") not in ("", "dumb") and columns >= NARROWEST
    try:
        "".join(FINE.values()).encode(out.encoding or "ascii")
        fine = True
    except (UnicodeError, LookupError):
        fine = False
    return Look(columns, live, live and not os.environ.get("NO_COLOR"), fine)


@asynccontextmanager
async def _interrupted() -> AsyncIterator[asyncio.Event]:
    """Set by Ctrl-C and SIGTERM; a second one ends everything at once."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()

    def once(number: signal.Signals) -> None:
        loop.remove_signal_handler(number)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, once, number)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


@asynccontextmanager
async def _drawn(terminal: Terminal | None) -> AsyncIterator[None]:
    """Keeps the clocks in the terminal going."""

    async def draw() -> None:
        while terminal is not None:
            terminal.draw()
            await asyncio.sleep(DRAW_SECONDS)

    drawing = asyncio.create_task(draw(), name="drawing")
    try:
        yield
    finally:
        drawing.cancel()
        with suppress(asyncio.CancelledError):
            await drawing
