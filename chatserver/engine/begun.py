"""Work that is done as far as it goes at once. Most of what is asked of a backplane in this process waits for nothing: it needs no task,
no turn of the loop, and no timer to bound it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from functools import partial
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Begun(Generic[T]):
    """A coroutine that has gone to its first wait. What it raises before that is raised here.

    Await it for the rest, in whichever task; before its first wait it must not have asked in which task it is (`asyncio.timeout` does)."""

    __slots__ = ("_waits_for", "_work", "done", "result")

    result: T  # where it is done

    def __init__(self, work: Coroutine[Any, Any, T]) -> None:
        self._work = work
        self.done = False
        try:
            self._waits_for = work.send(None)
        except StopIteration as end:
            self.done, self.result = True, end.value

    def __await__(self) -> Generator[Any, Any, T]:
        if self.done:
            return self.result
        waits_for = self._waits_for
        while True:
            step: Callable[[], Any]
            try:
                step = partial(self._work.send, (yield waits_for))
            except BaseException as fault:  # the task is cancelled, most likely: the work's to take in
                step = partial(self._work.throw, fault)
            try:
                waits_for = step()
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
