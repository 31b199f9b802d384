"""The commands about meetings: what each is, and when it is held."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from chatserver.cli_options import config_option, fail, given_of, group_option, in_store, json_option, settings_of, show, slug, yes_option
from chatserver.cli_shown import described, described_kept, notices, row, told
from chatserver.clock import LoopClock
from chatserver.config import base_url
from chatserver.facilitating import meetings, rooms
from chatserver.facilitating.meetings import DEFAULTS, Kept
from chatserver.store.base import Meeting, Opening, Store

C = TypeVar("C", bound=Callable[..., Any])

slug_argument = click.argument("meeting_slug", callback=slug, metavar="MEETING")
_FIELDS = (
    click.option(
        "--format",
        "format_name",
        metavar="NAME",
        help="One that comes along, or one of the group's: see `chatserver format list --group SLUG`.",
    ),
    click.option("--timezone", metavar="NAME", help="The time zone of --start, like Europe/Berlin."),
    click.option("--start", metavar="TIME", help="The first one, in local time, like 2026-11-24T19:00."),
    click.option("--rrule", metavar="RRULE", help='How it repeats, like "FREQ=WEEKLY;BYDAY=TU".'),
    click.option("--minutes", type=int, help="How long it is."),
    click.option("--always-open/--not-always-open", default=None, help="It is open day and night, without --start and --rrule."),
    click.option("--doors-minutes", type=int, help="How long before its start it opens; -1 for rooms.doors_minutes."),
    click.option("--capacity", type=int, help="Seats; 0 for rooms.capacity."),
    click.option("--lobby/--no-lobby", default=None, help="Newcomers wait until a moderator admits them."),
    click.option("--language", metavar="TAG", help="Like en, de or pt-BR."),
    click.option("--type", "types", multiple=True, metavar="CODE", help="A code of the Meeting Guide's list, like O or D; several times."),
    click.option("--notes", help="A few words about it, for directories and calendars."),
)


def fields(command: C) -> C:
    """With an option for each field of a meeting, but its title."""
    for option in reversed(_FIELDS):
        command = option(command)
    return command


@click.group()
def meeting() -> None:
    """Adds, edits and removes meetings, changes single ones, opens and closes their rooms."""


@meeting.command("add")
@group_option
@click.option("--slug", "meeting_slug", required=True, callback=slug, metavar="SLUG", help="Its name in addresses: a-z, 0-9 and -.")
@click.option("--title", required=True, help="Its title for people.")
@fields
@click.option("--now", is_flag=True, help="Open it now, for --minutes.")
@config_option
@json_option
def meeting_add(group_slug: str, meeting_slug: str, now: bool, config: Path | None, as_json: bool, **options: Any) -> None:
    """Makes a meeting: one that repeats, one that is open now, one that is always open, or one that its facilitator opens.

    Where nothing else is said it is an open circle of 60 minutes, in UTC.

    \b
    Examples:
      chatserver meeting add --group tuesday --slug evening --title "Evening circle" \\
        --timezone Europe/Berlin --start 2026-11-24T19:00 --rrule "FREQ=WEEKLY;BYDAY=TU" --minutes 60
      chatserver meeting add --group tuesday --slug today --title "Today" --now --minutes 120
    """
    given = _given(options)
    if now and (given.get("start") or given.get("rrule") or given.get("always_open")):
        fail("--now is for a meeting without --start, --rrule and --always-open.")
    settings = settings_of(config)

    async def make(store: Store) -> tuple[Kept, Opening | None]:
        at = int(time.time() * 1_000)
        kept = await meetings.add(store, group_slug, {"slug": meeting_slug, **given}, at)
        if not now:
            return kept, None
        opener = rooms.opener_of(store, LoopClock(), settings.rooms.doors_minutes)
        return kept, await rooms.open_now(store, opener, group_slug, meeting_slug)

    kept, opening = in_store(settings, make)
    page = f"{base_url(settings)}/r/{meeting_slug}"
    data = {**described(kept.meeting, opening), "page": page, "notices": list(kept.notices)}
    show(as_json, data, [f"Made{', and open now' if opening else ''}: {page}", *notices(kept.notices)])


@meeting.command("edit")
@slug_argument
@click.option("--title", help="Its title for people.")
@fields
@config_option
@json_option
def meeting_edit(meeting_slug: str, config: Path | None, as_json: bool, **options: Any) -> None:
    """Changes what is given of a meeting; the rest stays. A room that is open stays as it is.

    An empty --rrule means that it is held once; an empty --start that it is opened by hand.

    \b
    Examples:
      chatserver meeting edit evening --start 2026-12-01T19:30
      chatserver meeting edit evening --start "" --notes "On demand."
    """
    given = _given(options)
    if not given:
        fail("Nothing is changed. Give at least one option: see chatserver meeting edit --help")
    settings = settings_of(config)

    async def edit(store: Store) -> Kept:
        before = await meetings.find(store, meeting_slug)
        return await meetings.edit(store, before.group.slug, meeting_slug, given, int(time.time() * 1_000))

    kept = in_store(settings, edit)
    lines = ["Changed.", *told(kept.meeting, None, int(time.time() * 1_000), base_url(settings)), *notices(kept.notices)]
    show(as_json, described_kept(kept), lines)


@meeting.command("list")
@click.option("--group", "group_slug", callback=slug, metavar="SLUG", help="Those of this group.")
@config_option
@json_option
def meeting_list(group_slug: str | None, config: Path | None, as_json: bool) -> None:
    """Lists the meetings: which are open, and when the others are on next.

    \b
    Example:
      chatserver meeting list --json
    """

    async def read(store: Store) -> list[tuple[Meeting, Opening | None]]:
        opened = {opening.meeting.slug: opening for opening in await store.openings()}
        return [(each, opened.get(each.slug)) for each in await store.meetings(group_slug)]

    found = in_store(settings_of(config), read)
    now = int(time.time() * 1_000)
    show(as_json, [described(each, opening) for each, opening in found], [row(each, opening, now) for each, opening in found])


@meeting.command("show")
@slug_argument
@config_option
@json_option
def meeting_show(meeting_slug: str, config: Path | None, as_json: bool) -> None:
    """Tells all of a meeting, in sentences.

    \b
    Example:
      chatserver meeting show evening
    """
    settings = settings_of(config)

    async def read(store: Store) -> tuple[Meeting, Opening | None]:
        found = await meetings.find(store, meeting_slug)
        return found, await rooms.opening(store, found.group.slug, meeting_slug)

    found, opening = in_store(settings, read)
    show(as_json, described(found, opening), told(found, opening, int(time.time() * 1_000), base_url(settings)))


@meeting.command("remove")
@slug_argument
@yes_option
@config_option
@json_option
def meeting_remove(meeting_slug: str, yes: bool, config: Path | None, as_json: bool) -> None:
    """Removes a meeting with its exceptions and keys. Its room may not be open.

    \b
    Example:
      chatserver meeting remove evening
    """
    settings = settings_of(config)
    found = in_store(settings, lambda store: meetings.find(store, meeting_slug))
    if not yes:
        click.confirm(f"Remove “{found.title}”, its exceptions and keys? This cannot be undone.", abort=True, err=True)
    in_store(settings, lambda store: meetings.remove(store, found.group.slug, meeting_slug))
    show(as_json, {"slug": meeting_slug, "group": found.group.slug}, [f"Removed: “{found.title}”."])


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The fields that were given. Where one of them rules out another that was left out, that goes."""
    given = given_of(**options)
    if "format_name" in given:
        given["format"] = given.pop("format_name")
    for name, usual in (("capacity", 0), ("doors_minutes", -1)):
        if given.get(name) == usual:
            given[name] = DEFAULTS[name]
    for name in ("start", "rrule"):
        if given.get(name) == "":
            given[name] = None
    if given.get("always_open") or ("start" in given and given["start"] is None):
        given.setdefault("start", None)
        given.setdefault("rrule", None)
    elif given.get("start") is not None:
        given.setdefault("always_open", False)
    return given
