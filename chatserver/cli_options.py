"""What several commands of the command line share: their options, an open store, and how faults and data are told."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

import click

from chatserver.config import ConfigFaults, Settings, load
from chatserver.domain.faults import Fault
from chatserver.domain.refusals import Code
from chatserver.facilitating.faulty import Faulty, NextMeeting, NotOpen, TooMany
from chatserver.facilitating.formats import NoSuchFormat
from chatserver.store.base import AlreadyThere, NotThere, StillOpen, Store, StoreUnavailable
from chatserver.store.sql import open_store, shown
from chatserver.wire.codes import CODES

T = TypeVar("T")


class AskedWrongly(click.ClickException):
    exit_code = 2


def fail(sentence: str) -> NoReturn:
    raise AskedWrongly(sentence)


def settings_of(config: Path | None, options: dict[str, object] | None = None) -> Settings:
    try:
        return load(config, options=options)
    except ConfigFaults as faults:
        raise AskedWrongly("The configuration is not right.\n" + "\n".join(f"  {fault}" for fault in faults.faults)) from None


def in_store(settings: Settings, work: Callable[[Store], Awaitable[T]], called: Mapping[str, str] = MappingProxyType({})) -> T:
    """What `work` gives. What it refuses is told, and the command ends. `called`: fields whose option has another name here."""

    async def opened() -> T:
        store = await open_store(settings.store.url)
        try:
            return await work(store)
        finally:
            await store.close()

    try:
        return asyncio.run(opened())
    except StoreUnavailable as fault:
        raise click.ClickException(f"{shown(settings.store.url)}: {fault}") from None
    except NotThere as fault:
        fail(f'There is no group or meeting "{fault.args[0]}" here. See `chatserver group list` and `chatserver meeting list`.')
    except AlreadyThere as fault:
        fail(f'"{fault.args[0]}" is there already.')
    except StillOpen as fault:
        fail(f'"{fault.args[0]}" is open now. Close it first: chatserver meeting close {fault.args[0]}')
    except NotOpen as fault:
        fail(f'"{fault.args[0]}" is not open now.')
    except NextMeeting:
        fail(CODES[Code.NEXT_MEETING].sentence)
    except (NoSuchFormat, TooMany) as fault:
        fail(str(fault))
    except Faulty as found:
        fail("\n".join(_as_option(fault, {**_OPTIONS, **called}) for fault in found.faults))


# Fields whose options are called otherwise, since they may be given several times; and what is no option.
_OPTIONS = {"guidelines": "--guideline", "types": "--type", "original": "WHEN", "key": "The key"}


def _as_option(fault: Fault, called: Mapping[str, str]) -> str:
    """The fault where whoever typed it finds it: `--doors-minutes: ...`"""
    name = fault.where.partition("[")[0]
    return f"{called.get(name, '--' + name.replace('_', '-'))}: {fault.sentence}"


def slug(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[a-z0-9-]{1,64}", value):
        raise click.BadParameter("it may be 1 to 64 of a-z, 0-9 and -.")
    return value


def given_of(**options: Any) -> dict[str, Any]:
    """The fields that were given: an option that was left out is None, or of several, nothing."""
    return {name: value for name, value in options.items() if value not in (None, ())}


config_option = click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="The configuration file; else ./config.toml, where there is one."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
yes_option = click.option("--yes", is_flag=True, help="Do not ask back.")
group_option = click.option("--group", "group_slug", required=True, callback=slug, metavar="SLUG", help="The group.")


def show(as_json: bool, data: Any, lines: list[str]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))
