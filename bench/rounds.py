"""Runs sessions round by round, one server after the other in each, so that a machine that drifts does so for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.cores import Cores
from bench.load import LoadFault, run_load
from bench.programs import Missing
from bench.servers import running
from bench.sessions import Session

FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Sample:
    round: int
    server: str
    phase: str
    figure: str
    value: float


def measured(
    sessions: Sequence[Session], rounds: int, skipped: frozenset[str], cores: Cores, say: Callable[[str], None]
) -> Iterator[Sample]:
    """A session that fails is told of, leaves a sample that says so, and is left out. Who begins changes from round to round."""
    for number in range(1, rounds + 1):
        for session in sessions:
            if number > session.rounds:
                continue
            servers = [each for each in session.servers if each not in skipped]
            first = number % len(servers) if servers else 0
            for server in (*servers[first:], *servers[:first]):
                try:
                    figures = _run(session, server, cores)
                except (LoadFault, Missing, RuntimeError, TimeoutError) as fault:
                    say(f"  round {number}, {server}: FAILED: {fault}")
                    yield Sample(number, server, FAILED, FAILED, 1.0)
                    continue
                for phase, values in figures.items():
                    say(f"  round {number}, {server}, {phase}: {_told(values)}")
                    yield from (Sample(number, server, phase, figure, value) for figure, value in values.items())


def _run(session: Session, server: str, cores: Cores) -> dict[str, dict[str, float]]:
    with running(server, cores) as target:
        return run_load(
            target, session.phases_for(server), session.rooms, session.senders, cores.load, session.limit_seconds, session.text_bytes
        )


def _told(values: dict[str, float]) -> str:
    words = [f"{values[name]:{form}} {unit}" for name, form, unit in SHOWN if name in values]
    faults = [f"{name.upper()} {values[name]:.0f}" for name in ("missing", "lost", "refused", "unanswered") if values.get(name)]
    return ", ".join([*words, *faults])


SHOWN = (
    ("us_per_delivery", ".1f", "µs a delivery"),
    ("deliveries_per_s", ",.0f", "/s"),
    ("p50_ms", ".1f", "ms p50"),
    ("p99_ms", ".1f", "ms p99"),
    ("joins_per_s", ",.0f", "come a second"),
    ("kib_per_member", ".1f", "KiB each"),
    ("share", ".2%", "of a core"),
    ("visits", ",.0f", "hostile visits"),
    ("dropped", ".0f", "let go as too slow"),
)
