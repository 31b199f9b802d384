"""The commands about formats: those that come along, and the groups' own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import click

from chatserver.cli_options import config_option, fail, group_option, in_store, json_option, settings_of, show, slug
from chatserver.domain.faults import Fault
from chatserver.domain.formats import MAX_FILE, Format, read
from chatserver.facilitating import formats as formats_
from chatserver.facilitating.formats import Listed
from chatserver.formats import built_in, toml_of
from chatserver.store.base import Store

of_group_option = click.option("--group", "group_slug", callback=slug, metavar="SLUG", help="With the formats of this group.")
name_option = click.option(
    "--name", required=True, callback=slug, metavar="NAME", help="Its name: a-z, 0-9 and -. One that comes along may be replaced so."
)
file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.group("format")
def formats() -> None:
    """Lists, shows, checks and adds formats: the agendas of meetings."""


@formats.command("list")
@of_group_option
@config_option
@json_option
def format_list(group_slug: str | None, config: Path | None, as_json: bool) -> None:
    """Lists the formats that come along, and with --group those of the group too.

    \b
    Example:
      chatserver format list --group tuesday
    """
    if group_slug is None:
        found = [Listed(name, False, each) for name, each in sorted(built_in().items())]
    else:
        found = in_store(settings_of(config), lambda store: formats_.listed(store, group_slug))
    rows = [_described(each.name, each.read, group_slug if each.own else None) for each in found]
    lines = [f"{each['name']}\t{each['group'] or 'comes along'}\t{_in_a_line(each)}" for each in rows]
    show(as_json, rows, lines)


@formats.command("show")
@click.argument("name")
@of_group_option
@config_option
@json_option
def format_show(name: str, group_slug: str | None, config: Path | None, as_json: bool) -> None:
    """Prints a format as a file (TOML), to start one of the group's own from.

    \b
    Examples:
      chatserver format show aa-discussion > ours.toml
      chatserver format show ours --group tuesday --json
    """
    toml = toml_to_hold(name, group_slug, config)
    if not as_json:
        click.echo(toml.rstrip("\n"))
        return
    made = read(name, toml)
    if not isinstance(made, Format):
        _tell_faults(made, as_json)
    show(as_json, asdict(made), [])


@formats.command("check")
@file_argument
@json_option
def format_check(file: Path, as_json: bool) -> None:
    """Tells everything that is wrong with the file of a format, at once.

    \b
    Example:
      chatserver format check ours.toml
    """
    made = _from_file("a-format", _from_disk(file), as_json)
    show(as_json, {"faults": []}, [f"The format is right: {_summary(made)}."])


@formats.command("add")
@group_option
@name_option
@file_argument
@config_option
@json_option
def format_add(group_slug: str, name: str, file: Path, config: Path | None, as_json: bool) -> None:
    """Adds a format to the group's own, or replaces the one of that name: for rooms that open from now on.

    \b
    Example:
      chatserver format add --group tuesday --name ours ours.toml
    """
    settings = settings_of(config)
    toml = _from_disk(file)
    made = _from_file(name, toml, as_json)

    async def add(store: Store) -> list[str]:
        await formats_.put(store, group_slug, name, toml)
        return await formats_.named_by(store, group_slug, name)

    meetings = in_store(settings, add)
    next_step = f"Next: chatserver meeting add --group {group_slug} --format {name} ..."
    show(
        as_json,
        {**_described(name, made, group_slug), "meetings": meetings},
        [f"Added: {name}, {_summary(made)}.", f"Held so from now on: {', '.join(meetings)}." if meetings else next_step],
    )


@formats.command("remove")
@group_option
@name_option
@config_option
@json_option
def format_remove(group_slug: str, name: str, config: Path | None, as_json: bool) -> None:
    """Removes a format of the group's own. One that comes along under that name is in use again, or else the open circle.

    \b
    Example:
      chatserver format remove --group tuesday --name ours
    """

    async def remove(store: Store) -> list[str]:
        await formats_.remove(store, group_slug, name)
        return await formats_.named_by(store, group_slug, name)

    meetings = in_store(settings_of(config), remove)
    instead = name if name in built_in() else "open-circle"
    lines = [f"Removed: {name}."] + ([f"Held as {instead} (it comes along) from now on: {', '.join(meetings)}."] if meetings else [])
    show(as_json, {"name": name, "group": group_slug, "meetings": meetings}, lines)


def toml_to_hold(name: str, group_slug: str | None, config: Path | None) -> str:
    """Of a format that comes along, or with a group, of one that it may hold its meetings in. An unknown one is asked wrongly."""
    if group_slug is not None:
        return in_store(settings_of(config), lambda store: formats_.text(store, group_slug, name))
    toml = toml_of(name)
    if toml is None:
        fail(formats_.no_such(name, built_in()))
    return toml


def _from_disk(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig") as opened:  # some editors put a mark first
            return opened.read(MAX_FILE + 1)
    except UnicodeDecodeError:
        fail(f"{file}: this is not text in UTF-8.")
    except (OSError, ValueError) as fault:
        fail(f"{file}: this file cannot be read: {getattr(fault, 'strerror', None) or fault}.")


def _from_file(name: str, toml: str, as_json: bool) -> Format:
    made = read(name, toml)
    if not isinstance(made, Format):
        _tell_faults(made, as_json)
    return made


def _tell_faults(faults: tuple[Fault, ...], as_json: bool) -> NoReturn:
    show(as_json, {"faults": [asdict(fault) for fault in faults]}, [str(fault) for fault in faults])
    raise click.exceptions.Exit(2)


def _described(name: str, made: Format | tuple[Fault, ...], group: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "group": group, "title": None, "minutes": None, "segments": None, "faults": []}
    if isinstance(made, Format):
        return {**found, "title": made.title, "minutes": made.minutes, "segments": len(made.segments)}
    return {**found, "faults": [asdict(fault) for fault in made]}


def _in_a_line(described: dict[str, Any]) -> str:
    if described["faults"]:
        return "cannot be read: print it with `chatserver format show`, and ask `chatserver format check`"
    return f"{described['minutes']} min\t{described['title']}"


def _summary(made: Format) -> str:
    count = len(made.segments)
    return f"“{made.title}”, {count} segment{'' if count == 1 else 's'}, {made.minutes} minutes"
