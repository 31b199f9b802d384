"""`python -m bench --help`."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from bench.cores import TooFew, here, machine
from bench.figures import Figures, read_csv, write_csv
from bench.page import write_page
from bench.programs import Missing, load_program
from bench.rounds import Sample, measured
from bench.servers import missing
from bench.sessions import full, hostile, quick
from bench.tables import everything

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "performance.md"
LAST, QUICK = HERE / "results" / "last.csv", HERE / "results" / "quick.csv"


@click.group(invoke_without_command=True)
@click.option("--quick", "short", is_flag=True, help="A smaller one, in under three minutes: one round of half the length, no growth.")
@click.option("--rounds", type=click.IntRange(1, 50), help="How often everything is measured; default 5, with --quick 1.")
@click.option("--write/--no-write", default=None, help="Put the result into docs/performance.md; default, unless --quick.")
@click.pass_context
def main(context: click.Context, short: bool, rounds: int | None, write: bool | None) -> None:
    """Measures what a delivery costs: here, python-socketio, Node's socket.io, and the limit.

    \b
    Examples:
      python -m bench --quick
      python -m bench --rounds 3 --no-write
      python -m bench hostile
      python -m bench page
    """
    if context.invoked_subcommand is not None:
        return
    try:
        cores = here()
        load_program()
    except (TooFew, Missing) as fault:
        raise click.ClickException(str(fault)) from None
    sessions, number, path = (quick(), rounds or 1, QUICK) if short else (full(), rounds or 5, LAST)
    skipped = {}
    for server in dict.fromkeys(server for session in sessions for server in session.servers):
        if reason := missing(server):
            skipped[server] = reason
            click.echo(f"Left out: {server}. {reason}")
    writes = write if write is not None else not short
    if writes and importlib.util.find_spec("matplotlib") is None:
        raise click.ClickException("The pictures need matplotlib: `make bench` brings it, and so does `uv sync --group bench`.")
    busy = os.getloadavg()[0]
    if busy > 0.5:
        click.echo(f"This machine is busy (load average {busy:.1f}): what is measured now is worth less.")
    click.echo(f"{number} rounds on {machine()}. {cores.told}")
    start, samples = time.monotonic(), list[Sample]()
    for sample in measured(sessions, number, frozenset(skipped), cores, click.echo):
        samples.append(sample)
        # After each, so that what was measured is there also when somebody has had enough.
        write_csv(path, samples)
    click.echo(f"\n{everything(Figures(samples))}\n\n{len(samples)} figures in {path}, in {(time.monotonic() - start) / 60:.1f} minutes.")
    if writes:
        write_page(PAGE, samples, _told(number, busy))


@main.command("hostile")
@click.option("--seconds", default=30.0, help="How long bad frames are sent.")
def beside_the_hostile(seconds: float) -> None:
    """Only what members notice of those who never read or send bad frames: p99, memory, who was let go."""
    samples = list(measured([hostile(seconds)], 1, frozenset(), here(), click.echo))
    click.echo(f"\n{everything(Figures(samples))}")


@main.command()
@click.option("--told", help="When and where it was measured, where that is not today and here.")
def page(told: str | None) -> None:
    """Writes docs/performance.md and its pictures anew from the last full result (bench/results/last.csv)."""
    samples = read_csv(LAST)
    write_page(PAGE, samples, told or _told(Figures(samples).rounds, None))


def _told(rounds: int, busy: float | None) -> str:
    load = "" if busy is None else f" Load average when it began: {busy:.1f}."
    return f"{datetime.now(UTC).date().isoformat()}, {rounds} rounds of chatserver{_commit()} on one machine: {machine()}.{load}"


def _commit() -> str:
    """Nothing, where this is no git repository."""
    with suppress(OSError, subprocess.CalledProcessError):
        command = ["git", "describe", "--always", "--dirty"]
        return f" at {subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()}"
    return ""


if __name__ == "__main__":
    main()
