"""`chatserver serve`: alone in this process, or as the supervisor of several."""

from __future__ import annotations

import asyncio
import logging
import resource
import signal
from collections.abc import Callable
from contextlib import suppress

import uvloop

from chatserver import logs
from chatserver.app import StartFault, Worker, set_aside_what_stays
from chatserver.clock import LoopClock
from chatserver.config import ConfigFaults, Settings, base_url
from chatserver.demo import make_demo
from chatserver.store.base import Store
from chatserver.store.sql import open_store
from chatserver.supervisor.channel import Message
from chatserver.supervisor.nursery import Nursery
from chatserver.supervisor.process import WorkerFault
from chatserver.supervisor.signals import Reloads, Signals, obey
from chatserver.supervisor.supervisor import Supervisor
from chatserver.swap import swap_warning
from chatserver.transport.listening import CannotListen, listening_sockets
from chatserver.transport.metrics import Metrics
from chatserver.transport.status import status_pages
from chatserver.transport.web_server import WebServer
from chatserver.worker import work_for_supervisor

_log = logging.getLogger(__name__)

Say = Callable[[str], None]

# What all workers must agree on, or what the supervisor itself stands on.
NEED_RESTART = ("server.host", "server.port", "server.workers", "store.url", "backplane.url", "metrics.host", "metrics.port")


def serve(settings: Settings, announce: Say, reload: Callable[[], Settings]) -> int:
    """Runs until SIGTERM or SIGINT; returns the exit code. `reload` reads the settings anew, for SIGHUP.

    Raises `StartFault` and `StoreUnavailable`, whose texts are for the operator."""
    logs.install(settings.log.level)
    # What is said in a room is in this process's memory: it must not reach a disk by way of a crash. Workers inherit these.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # one file a connection
    if settings.backplane.url:
        try:
            nursery = Nursery.open(work_for_supervisor)  # before there is a loop
        except OSError as fault:
            raise StartFault(f"A process cannot be started: {fault.strerror}.") from None
        return asyncio.run(_supervise(settings, nursery, announce, reload))
    return uvloop.run(_serve_alone(settings, announce))


async def _serve_alone(settings: Settings, announce: Say) -> int:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.loop_exception_handler)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    store = await open_store(settings.store.url)
    worker = Worker(settings, store, LoopClock())
    try:
        port, metrics_port = await worker.start()
        set_aside_what_stays()
    except StartFault:
        await store.close()
        raise
    announce(await _greeting(settings, store, port, metrics_port))
    logs.log(_log, "info", "started", port=port)
    await stop.wait()
    announce("Stopping: everyone is told, nothing is kept.")
    await worker.stop()
    logs.log(_log, "info", "stopped")
    return 0


async def _supervise(settings: Settings, nursery: Nursery, announce: Say, reload: Callable[[], Settings]) -> int:
    asyncio.get_running_loop().set_exception_handler(logs.loop_exception_handler)
    signals = Signals()
    current = settings

    def say(text: str) -> None:
        with suppress(OSError):  # the terminal that it was started from may be gone
            announce(text)

    def read() -> Message | None:
        nonlocal current
        try:
            current = _merged(settings, reload(), say)
        except ConfigFaults as found:
            say("The configuration is not right; nothing changes.\n" + "\n".join(f"  {fault}" for fault in found.faults))
            return None
        logs.install(current.log.level)
        return _hand_over(current)

    status = WebServer()
    try:
        sockets = listening_sockets(settings.server.host, settings.server.port, settings.server.workers)
        supervisor = Supervisor(sockets, _hand_over(settings), nursery, say)
        metrics_port = await _listen_aside(status, settings, supervisor)
    except CannotListen as fault:
        raise StartFault(*fault.args) from None
    port: int = sockets[0][0].getsockname()[1]
    store = await open_store(settings.store.url)  # brought up to date before the workers come
    try:
        if not await _started(supervisor, signals):
            return 0
        # The demo's link is shown once: not by a start that then fails.
        say(await _greeting(settings, store, port, metrics_port))
    except BaseException:
        await supervisor.stop()
        raise
    finally:
        await store.close()
    logs.log(_log, "info", "started", port=port, workers=settings.server.workers)
    watching = asyncio.create_task(_stop_without(nursery), name="nursery's end")
    await obey(signals, supervisor, Reloads(supervisor, read, say), lambda: current.server.drain_seconds, say)
    watching.cancel()
    await status.stop(_nobody)
    logs.log(_log, "info", "stopped")
    return 1 if nursery.lost.is_set() else 0


async def _stop_without(nursery: Nursery) -> None:
    """No worker could be begun any more, nor killed: whoever watches over us starts us anew, and people are sent on until then."""
    await nursery.lost.wait()
    signal.raise_signal(signal.SIGINT)


def _hand_over(settings: Settings) -> Message:
    return {"settings": settings.model_dump()}


async def _listen_aside(status: WebServer, settings: Settings, supervisor: Supervisor) -> int | None:
    metrics = Metrics(supervisor.counts, supervisor.processes)
    pages = status_pages(metrics, supervisor.ready, settings.server.workers, lambda: supervisor.stopping)
    if settings.metrics.port < 0:
        return None
    return await status.listen_aside(pages, settings.metrics.host, settings.metrics.port)


async def _nobody(_seconds: float) -> None:
    """There are no sockets on the operator's address."""


async def _started(supervisor: Supervisor, signals: Signals) -> bool:
    """False where a signal came first. Raises `StartFault`."""
    starting = asyncio.create_task(supervisor.start(), name="start")
    stop = asyncio.create_task(signals.stop(), name="signal while starting")
    await asyncio.wait({starting, stop}, return_when=asyncio.FIRST_COMPLETED)
    if stop.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        await supervisor.stop()
        return False
    stop.cancel()
    try:
        await starting
    except WorkerFault as fault:
        raise StartFault(*fault.args) from None
    return True


def _merged(before: Settings, after: Settings, say: Say) -> Settings:
    """What new workers get: `after`, but for what needs a restart; that is said."""
    changed = after.model_dump()
    for key in NEED_RESTART:
        section, _, name = key.partition(".")
        old = getattr(getattr(before, section), name)
        if changed[section][name] != old:
            say(f"{key}: this was changed, which needs a restart; until then it is as it was.")
            changed[section][name] = old
    return Settings.model_validate(changed)


async def _greeting(settings: Settings, store: Store, port: int, metrics_port: int | None) -> str:
    """What the operator reads when it has started; in an empty store this makes the demo."""
    address = base_url(settings, port)
    facilitator = await make_demo(store, LoopClock().now(), address)
    groups = await store.groups()
    lines = ["", f"  The page             {address}/"]
    if facilitator is not None:
        room = facilitator.partition("#")[0]
        lines += [
            f"  A room, open now     {room}",
            f"  To lead it, open     {facilitator}",
            "                       (keep this link to yourself: whoever has it is the facilitator)",
        ]
    else:
        # Only hashes of keys are kept: the link of an earlier start cannot be shown again, a new one can be made.
        lines += [f"  A link to lead with  uv run chatserver key facilitator --group {groups[0].slug}"]
    if metrics_port is not None:
        lines += [f"  Metrics              http://{settings.metrics.host}:{metrics_port}/metrics"]
    elif settings.metrics.port == settings.server.port > 0:
        lines += [f"  Metrics              {address}/metrics"]
    warning = swap_warning()
    return "\n".join([*lines, *([f"  {warning}"] if warning else []), "  Stop with Ctrl-C.", ""])
