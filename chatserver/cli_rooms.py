"""The commands about the room of a meeting. A server that runs follows within two seconds."""

from __future__ import annotations

import time
from pathlib import Path

import click

from chatserver.cli_options import config_option, in_store, json_option, settings_of, show, slug
from chatserver.config import base_url
from chatserver.facilitating import meetings, rooms
from chatserver.facilitating.spoken import spoken_moment
from chatserver.store.base import Opening, Store

slug_argument = click.argument("meeting_slug", callback=slug, metavar="MEETING")


@click.command("open")
@slug_argument
@config_option
@json_option
def meeting_open(meeting_slug: str, config: Path | None, as_json: bool) -> None:
    """Opens the room of a meeting now, for as long as the meeting lasts. One that is open stays as it is.

    \b
    Example:
      chatserver meeting open evening
    """
    settings = settings_of(config)

    async def open_now(store: Store) -> Opening:
        meeting = await meetings.find(store, meeting_slug)
        return await rooms.open_now(store, meeting.group.slug, meeting_slug, _now())

    opening = in_store(settings, open_now)
    page = f"{base_url(settings)}/r/{meeting_slug}"
    data = {"slug": meeting_slug, "opened_at": opening.opened_at, "closes_at": opening.closes_at, "page": page}
    show(as_json, data, [f"Open until {spoken_moment(opening.closes_at, opening.meeting.timezone)}: {page}"])


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
        return await rooms.close(store, meeting.group.slug, meeting_slug, _now())

    opening = in_store(settings_of(config), close)
    show(as_json, {"slug": meeting_slug, "closed": True}, [f"Closed: “{opening.meeting.title}”. Who was in it sees so within seconds."])


COMMANDS = (meeting_open, meeting_close)


def _now() -> int:
    return int(time.time() * 1_000)
