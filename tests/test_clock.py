"""The clock that a worker lives by."""

from __future__ import annotations

import time

from chatserver.clock import LoopClock


def test_it_begins_as_the_machines() -> None:
    assert abs(LoopClock().now() - time.time() * 1_000) < 1_000


def test_it_follows_another_that_is_ahead() -> None:
    clock = LoopClock()
    clock.follow(clock.now() + 3_600_000)
    assert abs(clock.now() - time.time() * 1_000 - 3_600_000) < 1_000


def test_it_stands_where_the_other_is_behind() -> None:
    clock = LoopClock()
    before = clock.now()
    clock.follow(before - 3_600_000)
    assert clock.now() == before
    clock.follow(before + 5_000)
    assert clock.now() >= before + 5_000


def test_a_late_answer_does_not_shake_it() -> None:
    clock = LoopClock()
    offset = clock._offset
    clock.follow(clock.now() + 5)
    assert clock._offset == offset
