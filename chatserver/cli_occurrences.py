"""The commands about single occurrences of a meeting: when they are, and what is otherwise with one."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from itertools import islice
from pathlib import Path
from typing import Any

import click

from chatserver.cli_options import config_option, fail, given_of, in_store, json_option, settings_of, show, slug
from chatserver.cli_shown import described_kept, exceptions, notices
from chatserver.domain.schedule import Change, Occurrence, written
from chatserver.facilitating import changes, meetings
from chatserver.facilitating.meetings import Kept
from chatserver.facilitating.occurrences import coming
from chatserver.facilitating.spoken import spoken
from chatserver.store.base import Meeting, Store

slug_argument = click.argument("meeting_slug", callback=slug, metavar="MEETING")
when_argument = click.argument("when", metavar="WHEN")


@click.command("next")
@slug_argument
@click.option("--count", type=click.IntRange(1, 100), default=5, show_default=True, help="How many.")
@config_option
@json_option
def meeting_next(meeting_slug: str, count: int, config: Path | None, as_json: bool) -> None:
    """Tells when a meeting is on, and when next.

    \b
    Example:
      chatserver meeting next evening --count 3
    """
    meeting = in_store(settings_of(config), lambda store: meetings.find(store, meeting_slug))
    found = list(islice(coming(meeting, _now()), count))
    show(as_json, [_described(meeting, one) for one in found], [_line(meeting, one) for one in found] or [_why_none(meeting)])


@click.command("skip")
@slug_argument
@when_argument
@config_option
@json_option
def meeting_skip(meeting_slug: str, when: str, config: Path | None, as_json: bool) -> None:
    """Skips one occurrence: that of the date (or the local date and time) WHEN. Nothing opens then, and calendars are told.

    \b
    Example:
      chatserver meeting skip evening 2026-12-22
    """
    _change(meeting_slug, when, config, as_json, lambda _: {"skipped": True})


@click.command("move")
@slug_argument
@when_argument
@click.option("--to", "start", required=True, metavar="TIME", help="In the meeting's local time, like 2026-12-23T20:00.")
@config_option
@json_option
def meeting_move(meeting_slug: str, when: str, start: str, config: Path | None, as_json: bool) -> None:
    """Moves one occurrence, that of the date WHEN, to another time.

    \b
    Example:
      chatserver meeting move evening 2026-12-22 --to 2026-12-23T20:00
    """
    _change(meeting_slug, when, config, as_json, lambda before: {**before, "start": start})


@click.command("change")
@slug_argument
@when_argument
@click.option("--minutes", type=int, help="How long it is this once.")
@click.option("--title", help="Its title this once.")
@config_option
@json_option
def meeting_change(meeting_slug: str, when: str, minutes: int | None, title: str | None, config: Path | None, as_json: bool) -> None:
    """Gives one occurrence, that of the date WHEN, another length or title.

    \b
    Example:
      chatserver meeting change evening 2026-12-29 --minutes 90 --title "Year's end"
    """
    given = given_of(minutes=minutes, title=title)
    if not given:
        fail("Nothing is changed. Give --minutes or --title, or use `chatserver meeting move` or `skip`.")
    _change(meeting_slug, when, config, as_json, lambda before: {**before, **given})


@click.command("restore")
@slug_argument
@when_argument
@config_option
@json_option
def meeting_restore(meeting_slug: str, when: str, config: Path | None, as_json: bool) -> None:
    """Makes one occurrence, that of the date WHEN, as always again.

    \b
    Example:
      chatserver meeting restore evening 2026-12-22
    """

    async def restore(store: Store, meeting: Meeting) -> Kept:
        return await changes.restore(store, meeting.group.slug, meeting_slug, when, _now())

    _changed(meeting_slug, config, as_json, restore)


COMMANDS = (meeting_next, meeting_skip, meeting_move, meeting_change, meeting_restore)


def _change(meeting_slug: str, when: str, config: Path | None, as_json: bool, given: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """`given` makes of how the occurrence differs now how it is to."""

    async def put(store: Store, meeting: Meeting) -> Kept:
        before = _differs(meeting, when)
        return await changes.put(store, meeting.group.slug, meeting_slug, when, _now(), **given(before))

    _changed(meeting_slug, config, as_json, put)


def _differs(meeting: Meeting, when: str) -> dict[str, Any]:
    local = changes.original(meeting, when)
    change: Change | None = next((each for each in meeting.changes if each.original == local), None)
    if change is None or change.skipped:
        return {}
    return given_of(start=written(change.start) if change.start else None, minutes=change.minutes, title=change.title)


def _changed(meeting_slug: str, config: Path | None, as_json: bool, work: Callable[[Store, Meeting], Awaitable[Kept]]) -> None:
    async def do(store: Store) -> Kept:
        return await work(store, await meetings.find(store, meeting_slug))

    kept = in_store(settings_of(config), do, {"start": "--to"})
    meeting = kept.meeting
    one = next(coming(meeting, _now()), None)
    next_one = f"Next: {_line(meeting, one)}." if one else _why_none(meeting)
    lines = [f"“{meeting.title}” ({meeting.slug}).", *exceptions(meeting.changes), next_one, *notices(kept.notices)]
    show(as_json, described_kept(kept), lines)


def _line(meeting: Meeting, one: Occurrence) -> str:
    as_always = "" if not one.changed else f", “{one.title}”" if one.title else ", not as always"
    return f"{spoken(one, meeting.timezone)}{as_always}"


def _described(meeting: Meeting, one: Occurrence) -> dict[str, Any]:
    starts, ends = (int(at.timestamp()) * 1_000 for at in (one.starts_at, one.ends_at))
    return {"original": one.key, "starts_at": starts, "ends_at": ends, "title": one.title or meeting.title, "changed": one.changed}


def _why_none(meeting: Meeting) -> str:
    return "It does not take place any more." if meeting.start else "It has no times: who leads opens it by hand."


def _now() -> int:
    return int(time.time() * 1_000)
