"""The long form: many runs, and a table. `python -m tests.faults --help`."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import uvloop

from tests import postgres
from tests.faults.faults import BY_NAME, FAULTS, ROLLING, Fault
from tests.faults.many import stampede
from tests.faults.promises import MEMBERS_BACK_SECONDS, broken
from tests.faults.run import Plan, Result, run
from tests.faults.schedule import programme
from tests.faults.table import table
from tests.redis import RunningRedis

write_option = click.option(
    "--write",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A page in which the result is to take the last one's place.",
)


@click.group(invoke_without_command=True)
@click.option("--runs", default=120, show_default=True, help="How many rooms are put through it.")
@click.option("--messages", default=120_000, show_default=True, help="Acknowledged messages in all of them together, at least.")
@click.option("--seed", type=int, help="Repeats the programme of the run that printed it.")
@click.option(
    "--faults", "names", multiple=True, type=click.Choice(list(BY_NAME)), help="Only these; else all. May be given several times."
)
@click.option("--together", is_flag=True, help="All that is named in --faults in one room, instead of each alone first.")
@click.option("--at-once", default=2, show_default=True, help="Rooms at the same time, each with servers of its own.")
@click.option("--machines", default=1, show_default=True, help="Supervisors of a room; several share a PostgreSQL, with two workers each.")
@click.option("--pace", default=150.0, show_default=True, help="Messages a second in a room.")
@write_option
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), help="A folder for the histories of rooms in which a promise was broken."
)
@click.pass_context
def main(
    context: click.Context,
    runs: int,
    messages: int,
    seed: int | None,
    names: tuple[str, ...],
    together: bool,
    at_once: int,
    machines: int,
    pace: float,
    write: Path | None,
    keep: Path | None,
) -> None:
    """Rooms under load with faults at random times. Exit code 1 where a promise was broken.

    \b
    Examples:
      python -m tests.faults
      python -m tests.faults --runs 5 --seed 7 --faults "worker killed"
      python -m tests.faults members --count 2000
    """
    if context.invoked_subcommand is not None:
        return
    seed = seed if seed is not None else random.SystemRandom().randrange(1_000_000)
    click.echo(f"seed {seed}")
    chance = random.Random(seed)
    chosen = [BY_NAME[name] for name in names] or list(FAULTS)
    faults: list[tuple[Fault, ...]] = [tuple(chosen)] * runs if together else programme(runs, chance, chosen)
    plans = [
        # Who looks for traces of a rolling restart must not see people leave who leave.
        Plan(chance.randrange(1_000_000), each, passers=0 if each == (ROLLING,) else 2, messages=-(-messages // runs), pace=pace)
        for each in faults
    ]
    if machines > 1:
        plans = [replace(plan, machines=machines, workers=2) for plan in plans]
    try:
        results = uvloop.run(all_of(plans, at_once, keep))
    finally:
        postgres.pytest_unconfigure()
    text = table(results)
    click.echo(text)
    write_between(write, "runs", f"{text}\n\n`python -m tests.faults --runs {runs} --messages {messages} --seed {seed}`, {_machine()}.")
    bad = [result for result in results if broken(result)]
    for result in bad:
        click.echo(f"BROKEN in {result.plan.name}, seed {result.plan.seed}:\n  " + "\n  ".join(broken(result)))
    context.exit(1 if bad or len(results) < runs else 0)


async def all_of(plans: Sequence[Plan], at_once: int, keep: Path | None) -> list[Result]:
    places = asyncio.Semaphore(at_once)
    results: list[Result] = []
    start = time.monotonic()

    async def one(plan: Plan) -> None:
        async with places:
            began = time.monotonic()
            try:
                with _place() as (folder, redis), _shared_store(plan) as store:
                    result = await run(replace(plan, store=store), folder, redis)
            except Exception as fault:
                click.echo(f"  FAILED {plan.name}, seed {plan.seed}: {fault!r}")
                return
            results.append(result)
            now = time.monotonic()
            click.echo(f"{len(results):4}/{len(plans)} {now - start:5.0f} s  {_told(result)} in {now - began:.0f} s")
            if keep is not None and broken(result):
                _keep(result, keep)

    await asyncio.gather(*(one(plan) for plan in plans))
    return results


@contextmanager
def _place() -> Iterator[tuple[Path, RunningRedis]]:
    with tempfile.TemporaryDirectory(prefix="chatserver-faults-") as folder, RunningRedis(Path(folder)) as redis:
        yield Path(folder), redis


@contextmanager
def _shared_store(plan: Plan) -> Iterator[str]:
    """The URL of a database for all machines; nothing where there is one machine."""
    if plan.machines == 1:
        yield ""
        return
    with postgres.fresh_database(postgres.server_url()) as url:
        yield url


def write_between(page: Path | None, name: str, text: str) -> None:
    """Between the marks `<!-- name -->` and `<!-- /name -->`."""
    if page is None:
        return
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, _, rest = page.read_text("utf-8").partition(start)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{start}{text}\n{end}{after}", "utf-8")


def _machine() -> str:
    return f"{datetime.now(UTC).date().isoformat()}, everything on one machine with {os.cpu_count()} processors"


def _told(result: Result) -> str:
    verdict, wrong = result.verdict, broken(result)
    figures = f"{verdict.acknowledged} acknowledged, {verdict.gaps} gaps"
    return f"{'BROKEN' if wrong else 'ok    '} {result.plan.name}, seed {result.plan.seed}: " + "; ".join([*wrong, figures])


def _keep(result: Result, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [result.plan.name, *result.happened, *broken(result), str(result.verdict), *map(str, result.history.records)]
    (folder / f"{result.plan.seed}.txt").write_text("\n".join(lines))


@main.command()
@click.option("--count", default=2_000, show_default=True)
@click.option("--workers", default=3, show_default=True)
@click.option("--seed", default=1, show_default=True)
@write_option
@click.pass_context
def members(context: click.Context, count: int, workers: int, seed: int, write: Path | None) -> None:
    """Kills all workers at once, and measures how long it takes until everybody is back."""
    with _place() as (folder, redis):
        result = uvloop.run(stampede(count, folder, redis, seed, workers))
    click.echo(str(result))
    write_between(write, "members", f"{result.told} ({workers} workers, {_machine()}.)")
    context.exit(0 if result.verdict.holds and max(result.back) <= MEMBERS_BACK_SECONDS else 1)


if __name__ == "__main__":
    main()
