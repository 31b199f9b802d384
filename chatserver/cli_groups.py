"""The commands about groups."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from chatserver.cli_options import config_option, fail, given_of, in_store, json_option, settings_of, show, slug, yes_option
from chatserver.cli_shown import described, row, told_group
from chatserver.config import base_url
from chatserver.facilitating import groups
from chatserver.facilitating.groups import KINDS, LED_BY
from chatserver.store.base import Group, Meeting, Opening, Store, Visibility

C = TypeVar("C", bound=Callable[..., Any])

slug_argument = click.argument("group_slug", callback=slug, metavar="GROUP")
_FIELDS = (
    click.option("--visibility", type=click.Choice(get_args(Visibility)), help="Whether the home page and directories show it."),
    click.option("--led-by", type=click.Choice(LED_BY), help="Who leads; said at the door."),
    click.option("--kind", type=click.Choice(KINDS), help="What it is; said at the door."),
    click.option("--guideline", "guidelines", multiple=True, help="One guideline; may be given several times. Else the usual ones."),
    click.option("--address", help="Roughly where it is, for directories: “Berlin, Germany”."),
    click.option("--region", help="For directories."),
    click.option("--website", help="For directories: an address like https://example.org/group."),
)


def fields(command: C) -> C:
    """With an option for each field of a group, but its name."""
    for option in reversed(_FIELDS):
        command = option(command)
    return command


@click.group()
def group() -> None:
    """Adds, edits, lists and removes groups."""


@group.command("add")
@click.option("--slug", "group_slug", required=True, callback=slug, metavar="SLUG", help="Its name in addresses: a-z, 0-9 and -.")
@click.option("--name", required=True, help="Its name for people.")
@fields
@config_option
@json_option
def group_add(group_slug: str, name: str, config: Path | None, as_json: bool, **options: Any) -> None:
    """Makes a group. Where nothing else is said it is listed, peer support, and led by a peer.

    \b
    Example:
      chatserver group add --slug tuesday --name "Tuesday group" --led-by counsellor
    """
    settings = settings_of(config)
    made = in_store(settings, lambda store: groups.add(store, given_of(slug=group_slug, name=name, **options)))
    page = f"{base_url(settings)}/g/{group_slug}"
    show(as_json, {**asdict(made), "page": page}, [f"Made: {page}", f"Next: chatserver meeting add --group {group_slug} ..."])


@group.command("edit")
@slug_argument
@click.option("--name", help="Its name for people.")
@fields
@click.option("--usual-guidelines", is_flag=True, help="The usual guidelines again, instead of its own.")
@config_option
@json_option
def group_edit(group_slug: str, usual_guidelines: bool, config: Path | None, as_json: bool, **options: Any) -> None:
    """Changes what is given of a group; the rest stays. Rooms that are open stay as they are.

    \b
    Example:
      chatserver group edit tuesday --name "Tuesday circle" --website https://example.org/tuesday
    """
    given = given_of(**options)
    if usual_guidelines and "guidelines" in given:
        fail("--usual-guidelines and --guideline are both there; leave one out.")
    if usual_guidelines:
        given["guidelines"] = ()
    if not given:
        fail("Nothing is changed. Give at least one option: see chatserver group edit --help")
    settings = settings_of(config)
    edited = in_store(settings, lambda store: groups.edit(store, group_slug, given))
    show(as_json, asdict(edited), ["Changed.", *told_group(edited, base_url(settings))])


@group.command("list")
@config_option
@json_option
def group_list(config: Path | None, as_json: bool) -> None:
    """Lists all groups.

    \b
    Example:
      chatserver group list --json
    """
    found = in_store(settings_of(config), lambda store: store.groups())
    show(as_json, [asdict(each) for each in found], [f"{each.slug}\t{each.visibility}\t{each.name}" for each in found])


@group.command("show")
@slug_argument
@config_option
@json_option
def group_show(group_slug: str, config: Path | None, as_json: bool) -> None:
    """Tells all of a group, and when its meetings are on next.

    \b
    Example:
      chatserver group show tuesday
    """
    settings = settings_of(config)

    async def read(store: Store) -> tuple[Group, list[tuple[Meeting, Opening | None]]]:
        found = await groups.find(store, group_slug)
        opened = {opening.meeting.slug: opening for opening in await store.openings()}
        return found, [(each, opened.get(each.slug)) for each in await store.meetings(group_slug)]

    found, of_group = in_store(settings, read)
    now = int(time.time() * 1_000)
    lines = told_group(found, base_url(settings))
    lines += [row(meeting, opening, now) for meeting, opening in of_group] or ["It has no meetings yet."]
    show(as_json, {**asdict(found), "meetings": [described(meeting, opening) for meeting, opening in of_group]}, lines)


@group.command("remove")
@slug_argument
@yes_option
@config_option
@json_option
def group_remove(group_slug: str, yes: bool, config: Path | None, as_json: bool) -> None:
    """Removes a group with its meetings, formats and keys. None of its rooms may be open.

    \b
    Example:
      chatserver group remove tuesday
    """
    settings = settings_of(config)

    async def read(store: Store) -> tuple[Group, list[Meeting]]:
        return await groups.find(store, group_slug), await store.meetings(group_slug)

    found, meetings = in_store(settings, read)
    if not yes:
        titles = ", ".join(f"“{meeting.title}”" for meeting in meetings) or "none"
        click.confirm(f"Remove “{found.name}”, its meetings ({titles}), formats and keys? This cannot be undone.", abort=True, err=True)
    in_store(settings, lambda store: store.remove_group(group_slug))
    show(as_json, {"slug": group_slug, "meetings": [meeting.slug for meeting in meetings]}, [f"Removed: “{found.name}”."])
