"""What docs/reliability.md promises, as figures to hold a run to."""

from __future__ import annotations

from tests.faults.run import Result

REFUSED_SECONDS = 2.0
ON_THE_WAY_SECONDS = 0.25  # there and back
MOST_BACK_SECONDS, ALL_BACK_SECONDS, MOST = 5.0, 15.0, 0.99
FLOWING_SECONDS = 3.0
MEMBERS_BACK_SECONDS = 20.0
BUSY_SECONDS = 3.0  # of slack, where the other tests run beside

# Where the one who should answer, or the way to them, is itself stopped, nobody can be refused in time.
_CANNOT_ANSWER = ("worker stopped", "members'")
_EMPTY_AGAIN = ("redis killed", "redis restarted", "redis emptied")


def broken(result: Result, slack: float = ON_THE_WAY_SECONDS) -> list[str]:
    """Every promise that the run broke, in a sentence with the figure. `slack` is added to each bound in seconds: for a machine that is
    busy with other things."""
    verdict, figures, names = result.verdict, result.figures, [fault.name for fault in result.plan.faults]
    told = [f"{count} {anomaly}: {verdict.examples[anomaly][0]}" for anomaly, count in verdict.anomalies.items()]
    if not any(name.startswith(_CANNOT_ANSWER) for name in names) and figures.slowest_refusal > REFUSED_SECONDS + slack:
        told.append(f"a send was refused only after {figures.slowest_refusal:.1f} s")
    if result.left_over:
        told.append(f"after the room was closed Redis still has {result.left_over[:3]}")
    if names == ["worker killed"]:
        if figures.back_within(MOST_BACK_SECONDS + slack) < MOST:
            told.append(f"only {figures.back_within(MOST_BACK_SECONDS + slack):.0%} were back within {MOST_BACK_SECONDS:.0f} s")
        if figures.slowest_back > ALL_BACK_SECONDS + slack:
            told.append(f"somebody was back only after {figures.slowest_back:.1f} s")
    if len(names) == 1 and names[0].startswith(_EMPTY_AGAIN) and figures.slowest_flow > FLOWING_SECONDS + slack:
        told.append(f"after Redis was back, somebody's message went out only after {figures.slowest_flow:.1f} s")
    if names == ["rolling restart"]:
        told += _noticed(result)
    return told


def _noticed(result: Result) -> list[str]:
    """Traces of a rolling restart that somebody in the room saw."""
    verdict, figures = result.verdict, result.figures
    traces = {
        "were told that somebody is away or has left": figures.seen_leaving,
        "sends were refused or not answered": verdict.unsure + verdict.refused,
        "gaps were told": verdict.gaps,
        "connections were lost": figures.lost_lines,
    }
    return [f"a rolling restart was seen: {count} {what}" for what, count in traces.items() if count]
