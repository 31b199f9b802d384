"""The load generator and the raw server build, and what is said by some is heard by all. No figure is judged here."""

from __future__ import annotations

import os

import pytest

from bench.cores import shared_out
from bench.figures import FAULTS
from bench.load import Phase, run_load
from bench.programs import Missing, load_program
from bench.servers import PRODUCT, RAW, missing, running
from tests.alone import alone

ALL = frozenset(os.sched_getaffinity(0))


def test_two_processors_are_shared_between_server_and_load() -> None:
    cores = shared_out(frozenset({3, 5}))
    assert (cores.server, cores.load, cores.redis) == (frozenset({3}), frozenset({5}), frozenset({5}))
    assert "share" in cores.told


def test_with_four_nobody_shares() -> None:
    cores = shared_out(frozenset(range(4)))
    assert not cores.workers & cores.redis
    assert not (cores.workers | cores.redis) & cores.load


@pytest.mark.skipif(len(ALL) < 2, reason="a benchmark needs two processors")
@pytest.mark.parametrize("server", [RAW, PRODUCT])
def test_a_tiny_round(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.servers.ROOMS", 2)
    try:
        with alone():
            load_program()
    except Missing as fault:
        pytest.skip(str(fault))
    assert missing(server) is None
    phases = [
        Phase("come", "come=12"),
        Phase("rate", "rate=40:0.3"),
        Phase("closed", "closed=2:0.1"),
        *([Phase("hostile", "hostile=3:40:0.3")] if server == PRODUCT else []),  # the raw one trusts its members
        Phase("vanish", "vanish=4:40:0.3"),
        Phase("deaf", "deaf=2:40:0.3"),
        Phase("idle", "idle=0.05"),
    ]
    cores = shared_out(ALL)
    with running(server, cores) as target:
        figures = run_load(target, phases, rooms=2, senders=4, cores=cores.load, seconds=30)
    assert list(figures) == [phase.name for phase in phases]
    assert figures["come"]["joined"] == 12
    for phase, members in (("rate", 6), ("closed", 6), ("hostile", 6), ("vanish", 4), ("deaf", 3)):
        if phase not in figures:
            continue
        each = figures[phase]
        assert each["sent"] > 0
        assert each["received"] == each["sent"] * members
        assert [each[fault] for fault in FAULTS] == [0] * len(FAULTS)
    if server == PRODUCT:
        assert figures["hostile"]["visits"] >= 6
    assert figures["deaf"]["dropped"] == 0, "they were not behind"
