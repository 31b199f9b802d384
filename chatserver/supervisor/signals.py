"""What the operator's signals mean: SIGHUP replaces the workers, SIGTERM drains, SIGINT leaves, and the second of these stops at once."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable

from chatserver.logs import log
from chatserver.supervisor.channel import Message
from chatserver.supervisor.process import WorkerFault
from chatserver.supervisor.supervisor import Supervisor

_log = logging.getLogger(__name__)


class Signals:
    """Takes the signals of this process from now on, in order."""

    def __init__(self) -> None:
        self._asked: asyncio.Queue[signal.Signals] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._asked.put_nowait, number)

    async def next(self) -> signal.Signals:
        return await self._asked.get()

    async def stop(self) -> signal.Signals:
        """The next that asks for a stop; what asks for something else meanwhile is not done."""
        while (number := await self.next()) == signal.SIGHUP:
            pass
        return number


class Reloads:
    """Replaces the workers when asked to, one round after the other; what is asked for during a round is one more round after it."""

    def __init__(self, supervisor: Supervisor, read: Callable[[], Message | None], say: Callable[[str], None]) -> None:
        """`read` gives what the new workers are begun with; None: it has said what is wrong, and nothing is to change."""
        self._supervisor = supervisor
        self._read = read
        self._say = say
        self._asked = asyncio.Event()
        self._task = asyncio.create_task(self._run(), name="reload")

    def ask(self) -> None:
        self._asked.set()

    async def _run(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            if (hand_over := self._read()) is None:
                log(_log, "error", "reload refused", reason="configuration")
                continue
            log(_log, "info", "reloading")
            try:
                await self._supervisor.replace_all(hand_over)
            except WorkerFault as fault:
                log(_log, "error", "reload refused", reason="worker")
                self._say(f"The new workers cannot start, the old ones go on: {fault}")
            except Exception:
                _log.exception("reload failed")  # and the next one may be asked for
            else:
                log(_log, "info", "reloaded")
                self._say("All workers are new.")

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def obey(
    signals: Signals, supervisor: Supervisor, reloads: Reloads, drain_seconds: Callable[[], float], say: Callable[[str], None]
) -> None:
    """Until all has stopped."""
    while (number := await signals.next()) == signal.SIGHUP:
        reloads.ask()
    await reloads.stop()
    say("Stopping: everyone is told to move; once more stops at once.")
    log(_log, "info", "stopping", state="draining" if number == signal.SIGTERM else "leaving")
    leaving = asyncio.create_task(supervisor.leave(drain_seconds() if number == signal.SIGTERM else 0), name="leave")
    again = asyncio.create_task(signals.stop(), name="second signal")
    await asyncio.wait({leaving, again}, return_when=asyncio.FIRST_COMPLETED)
    again.cancel()
    if not leaving.done():
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        await supervisor.stop()
    else:
        leaving.result()
