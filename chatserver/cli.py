"""The command line, for the one who runs the server.

Faults are sentences. The exit code is 2 for what was asked wrongly, 1 for what failed.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn, get_args

import click

from chatserver.cli_directory import directory
from chatserver.cli_formats import find_format, formats
from chatserver.cli_options import config_option, fail, group_option, in_store, json_option, settings_of, show, slug, words
from chatserver.cli_rehearse import rehearse
from chatserver.config import ConfigFaults, Fault, base_url, load, warnings
from chatserver.domain.formats import DEFAULT_FORMAT
from chatserver.domain.schedule import written
from chatserver.domain.schedule_faults import checked
from chatserver.engine.tokens import hash_token, new_opening_id, new_token
from chatserver.store.base import Group, Key, KeyRole, Meeting, NotThere, Opening, Store, StoreUnavailable, Visibility

# What a key is called on the command line, and the role that it gives.
KEY_ROLES: dict[str, KeyRole] = {"facilitator": "facilitator", "moderator": "moderator", "invite": "member"}
LED_BY = ("peer", "volunteer", "counsellor", "licensed therapist")
KINDS = ("peer support", "group therapy")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="chatserver")
def main() -> None:
    """Live, moderated, anonymous text meetings for peer groups.

    Every command has its own --help with an example.
    """


@main.command()
@config_option
@click.option("--port", type=int, help="Instead of server.port.")
@click.option("--workers", type=int, help="Instead of server.workers: how many processes. More than one needs Redis (backplane.url).")
def serve(config: Path | None, port: int | None, workers: int | None) -> None:
    """Runs the server until it is stopped.

    With Redis it keeps --workers processes running, and SIGHUP replaces them one by one, with the configuration as it is then.

    \b
    Examples:
      chatserver serve --port 8080
      CHATSERVER_BACKPLANE__URL=redis://127.0.0.1:6379 chatserver serve --workers 4
    """
    given = {"server.port": port, "server.workers": workers}
    options: dict[str, object] = {key: value for key, value in given.items() if value is not None}
    settings = settings_of(config, options)
    from chatserver import serving  # the whole server: the other commands start faster without
    from chatserver.app import StartFault

    try:
        code = serving.serve(settings, announce=click.echo, reload=lambda: load(config, options=options))
    except (StartFault, StoreUnavailable) as fault:
        raise click.ClickException(str(fault)) from None
    click.get_current_context().exit(code)


@main.command()
@config_option
@json_option
def check(config: Path | None, as_json: bool) -> None:
    """Tells everything that is wrong with the configuration; and with the Redis that it names, if it names one.

    \b
    Example:
      chatserver check --config /etc/chatserver/config.toml
    """

    def tell(faults: list[Fault], code: int) -> NoReturn:
        show(as_json, {"faults": [asdict(fault) for fault in faults]}, [str(fault) for fault in faults])
        click.get_current_context().exit(code)

    try:
        settings = load(config)
    except ConfigFaults as found:
        tell(found.faults, 2)
    if settings.backplane.url:
        from chatserver.app import backplane_fault

        fault = asyncio.run(backplane_fault(settings))
        if fault is not None:
            tell([Fault("backplane.url", fault)], 1)
    noticed = warnings(settings)
    lines = [f"Look at this: {each}" for each in noticed]
    show(as_json, {"faults": [], "warnings": [asdict(each) for each in noticed]}, [*lines, "The configuration is right."])


@main.command()
@click.argument("kind", type=click.Choice(list(KEY_ROLES)))
@group_option
@click.option("--meeting", "meeting_slug", callback=slug, metavar="SLUG", help="For this meeting only. An invite needs it.")
@click.option("--uses", type=click.IntRange(1, 100000), help="How often it may be used; else any number of times.")
@click.option("--rotate", is_flag=True, help="All older keys of this kind for this group (with --meeting: this meeting) stop working.")
@config_option
@json_option
def key(kind: str, group_slug: str, meeting_slug: str | None, uses: int | None, rotate: bool, config: Path | None, as_json: bool) -> None:
    """Prints a link with a new key. Only its hash is kept: it can not be shown again.

    The link begins with server.public_url, or else with server.host and server.port of the configuration: a --port given to `serve` is
    not known here.

    \b
    Examples:
      chatserver key facilitator --group demo
      chatserver key invite --group demo --meeting evening --uses 10
    """
    if kind == "invite" and meeting_slug is None:
        fail("An invite is for one meeting: name it with --meeting.")
    settings = settings_of(config)
    text = new_token()

    async def make(store: Store) -> list[Meeting]:
        if rotate:
            await store.revoke_keys(group_slug, KEY_ROLES[kind], meeting_slug)
        await store.add_key(Key(hash_token(text), group_slug, KEY_ROLES[kind], meeting_slug, uses))
        return await store.meetings(group_slug)

    meetings = in_store(settings, make)
    # A group that meets by invitation has no page: its key opens any of its rooms, and the first is as good a place as another.
    to_room = len(meetings) == 1 or any(one.group.visibility == "invite" for one in meetings)
    room = meeting_slug or (meetings[0].slug if to_room else None)
    page = f"/r/{room}" if room else f"/g/{group_slug}"
    link = f"{base_url(settings)}{page}#{'invite' if kind == 'invite' else 'key'}={text}"
    show(as_json, {"key": text, "link": link}, [link])


@main.group()
def group() -> None:
    """Adds and lists groups."""


@group.command("add")
@click.option("--slug", "group_slug", required=True, callback=slug, metavar="SLUG", help="Its name in addresses: a-z, 0-9 and -.")
@click.option("--name", required=True, callback=words, help="Its name for people.")
@click.option("--visibility", type=click.Choice(get_args(Visibility)), default="listed", show_default=True)
@click.option("--led-by", type=click.Choice(LED_BY), default="peer", show_default=True, help="Who leads; said at the door.")
@click.option("--kind", type=click.Choice(KINDS), default="peer support", show_default=True, help="What it is; said at the door.")
@click.option(
    "--guideline", "guidelines", multiple=True, callback=words, help="One guideline; may be given several times. Else the default ones."
)
@config_option
@json_option
def group_add(
    group_slug: str,
    name: str,
    visibility: Visibility,
    led_by: str,
    kind: str,
    guidelines: tuple[str, ...],
    config: Path | None,
    as_json: bool,
) -> None:
    """Makes a group.

    \b
    Example:
      chatserver group add --slug tuesday --name "Tuesday group" --led-by counsellor
    """
    settings = settings_of(config)
    made = Group(group_slug, name.strip(), visibility, led_by, kind, tuple(line.strip() for line in guidelines))
    in_store(settings, lambda store: store.add_group(made))
    page = f"{base_url(settings)}/g/{group_slug}"
    show(as_json, {**asdict(made), "page": page}, [f"Made: {page}", f"Next: chatserver meeting add --group {group_slug} ..."])


@group.command("list")
@config_option
@json_option
def group_list(config: Path | None, as_json: bool) -> None:
    """Lists all groups.

    \b
    Example:
      chatserver group list --json
    """
    groups = in_store(settings_of(config), lambda store: store.groups())
    show(as_json, [asdict(each) for each in groups], [f"{each.slug}\t{each.visibility}\t{each.name}" for each in groups])


@main.group()
def meeting() -> None:
    """Adds and lists meetings."""


@meeting.command("add")
@group_option
@click.option("--slug", "meeting_slug", required=True, callback=slug, metavar="SLUG", help="Its name in addresses: a-z, 0-9 and -.")
@click.option("--title", required=True, callback=words, help="Its title for people.")
@click.option(
    "--format",
    "format_name",
    default=DEFAULT_FORMAT,
    show_default=True,
    metavar="NAME",
    help="One that comes along, or one of the group's: see `chatserver format list --group SLUG`.",
)
@click.option("--timezone", "zone", default="UTC", show_default=True, metavar="NAME", help="The time zone of --start.")
@click.option("--start", "starts", metavar="TIME", help="The first one, in local time, like 2026-11-24T19:00.")
@click.option("--rrule", "rule", metavar="RRULE", help='How it repeats, like "FREQ=WEEKLY;BYDAY=TU".')
@click.option("--minutes", type=click.IntRange(1, 1440), default=60, show_default=True, help="How long it is.")
@click.option("--now", is_flag=True, help="Open it now, for --minutes.")
@click.option("--capacity", type=click.IntRange(2, 10000), help="Seats; else rooms.capacity.")
@click.option("--lobby", is_flag=True, help="Newcomers wait until a moderator admits them.")
@config_option
@json_option
def meeting_add(
    group_slug: str,
    meeting_slug: str,
    title: str,
    format_name: str,
    zone: str,
    starts: str | None,
    rule: str | None,
    minutes: int,
    now: bool,
    capacity: int | None,
    lobby: bool,
    config: Path | None,
    as_json: bool,
) -> None:
    """Makes a meeting: one that repeats, one that is open now, or one that its facilitator opens.

    \b
    Examples:
      chatserver meeting add --group tuesday --slug evening --title "Evening circle" \\
        --timezone Europe/Berlin --start 2026-11-24T19:00 --rrule "FREQ=WEEKLY;BYDAY=TU" --minutes 60
      chatserver meeting add --group tuesday --slug today --title "Today" --now --minutes 120
    """
    if now and (starts or rule):
        fail("--now is for a meeting without --start and --rrule.")
    schedule = checked(zone, starts, rule, minutes)
    if isinstance(schedule, tuple):
        fail("\n".join(f"--{fault}" for fault in schedule))
    settings = settings_of(config)

    async def make(store: Store) -> tuple[Meeting, Opening | None]:
        of_group = await store.group(group_slug)
        if of_group is None:
            raise NotThere(group_slug)
        await find_format(store, group_slug, format_name)
        at = int(time.time() * 1000)
        made = Meeting(
            slug=meeting_slug,
            group=of_group,
            title=title.strip(),
            format=format_name,
            timezone=zone,
            start=written(schedule.start) if schedule.start else None,
            rrule=schedule.rrule,
            minutes=minutes,
            capacity=capacity,
            lobby=lobby,
            updated_at=at,
        )
        await store.add_meeting(made)
        if not now:
            return made, None
        return made, await store.open_meeting(meeting_slug, new_opening_id(), at, at + minutes * 60_000)

    made, opening = in_store(settings, make)
    page = f"{base_url(settings)}/r/{meeting_slug}"
    show(as_json, {**described(made, opening), "page": page}, [f"Made{', and open now' if opening else ''}: {page}"])


@meeting.command("list")
@config_option
@json_option
def meeting_list(config: Path | None, as_json: bool) -> None:
    """Lists all meetings, and which are open.

    \b
    Example:
      chatserver meeting list --json
    """

    async def read(store: Store) -> list[tuple[Meeting, Opening | None]]:
        opened = {opening.meeting.slug: opening for opening in await store.openings()}
        return [(each, opened.get(each.slug)) for each in await store.meetings()]

    found = in_store(settings_of(config), read)
    lines = [f"{each.slug}\t{each.group.slug}\t{'open' if opening else each.start or 'by hand'}\t{each.title}" for each, opening in found]
    show(as_json, [described(each, opening) for each, opening in found], lines)


def described(meeting: Meeting, opening: Opening | None) -> dict[str, Any]:
    changes = [
        {**asdict(change), "original": written(change.original), "start": written(change.start) if change.start else None}
        for change in meeting.changes
    ]
    return {**asdict(meeting), "group": meeting.group.slug, "changes": changes, "closes_at": opening.closes_at if opening else None}


main.add_command(formats)
main.add_command(rehearse)
main.add_command(directory)


@main.command()
def asyncapi() -> None:
    """Prints the wire contract for machines: an AsyncAPI document, as JSON.

    \b
    Example:
      chatserver asyncapi > asyncapi.json
    """
    from chatserver.wire.asyncapi import document

    click.echo(json.dumps(document(), ensure_ascii=False, indent=2))
