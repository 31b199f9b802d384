"""The commands about the room of a meeting. A server that runs follows within seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from chatserver.cli_options import config_option, in_store, json_option, settings_of, show, slug
from chatserver.clock import LoopClock
from chatserver.config import Settings, base_url
from chatserver.facilitating import meetings, rooms
from chatserver.facilitating.spoken import spoken_moment
from chatserver.store.base import Opening, Store

slug_argument = click.argument("meeting_slug", callback=slug, metavar="MEETING")


@click.command("open")
@slug_argument
@config_option
@json_option
def meeting_open(meeting_slug: str, config: Path | None, as_json: bool) -> None:
    """Opens the room of a meeting now: for its next occurrence, if that begins within two hours, or else for as long as the meeting lasts.

    One that is open stays as it is.

    \b
    Example:
      chatserver meeting open evening
    """
    settings = settings_of(config)

    async def open_now(store: Store) -> Opening:
        meeting = await meetings.find(store, meeting_slug)
        opener = rooms.opener_of(store, LoopClock(), settings.rooms.doors_minutes)
        return await rooms.open_now(store, opener, meeting.group.slug, meeting_slug)

    opening = in_store(settings, open_now)
    _tell(settings, opening, opening.closes_at, as_json)


@click.command("extend")
@slug_argument
@click.argument("minutes", type=int)
@config_option
@json_option
def meeting_extend(meeting_slug: str, minutes: int, config: Path | None, as_json: bool) -> None:
    """Lets the room of a meeting be open so many MINUTES longer, up to the next meeting in it.

    \b
    Example:
      chatserver meeting extend evening 15
    """
    settings = settings_of(config)

    async def extend(store: Store) -> tuple[Opening, int]:
        meeting = await meetings.find(store, meeting_slug)
        clock = LoopClock()
        opener = rooms.opener_of(store, clock, settings.rooms.doors_minutes)
        return await rooms.extend(store, opener, meeting.group.slug, meeting_slug, {"minutes": minutes}, clock.now())

    opening, closes_at = in_store(settings, extend, {"minutes": "MINUTES"})
    _tell(settings, opening, closes_at, as_json)


@click.command("close")
@slug_argument
@config_option
@json_option
def meeting_close(meeting_slug: str, config: Path | None, as_json: bool) -> None:
    """Closes the room of a meeting: everybody in it is told, and nothing of it is kept.

    \b
    Example:
      chatserver meeting close evening
    """

    async def close(store: Store) -> Opening:
        meeting = await meetings.find(store, meeting_slug)
        return await rooms.close(store, meeting.group.slug, meeting_slug, LoopClock().now())

    opening = in_store(settings_of(config), close)
    show(as_json, {"slug": meeting_slug, "closed": True}, [f"Closed: “{opening.meeting.title}”. Who was in it sees so within seconds."])


COMMANDS = (meeting_open, meeting_extend, meeting_close)


def _tell(settings: Settings, opening: Opening, closes_at: int, as_json: bool) -> None:
    page = f"{base_url(settings)}/r/{opening.meeting.slug}"
    data: dict[str, Any] = {"slug": opening.meeting.slug, "opened_at": opening.opened_at, "closes_at": closes_at, "page": page}
    show(as_json, data, [f"Open until {spoken_moment(closes_at, opening.meeting.timezone)}: {page}"])
