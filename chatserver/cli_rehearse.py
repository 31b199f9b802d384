"""`chatserver rehearse`: pretend members hold a whole meeting on a server that runs."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from chatserver.cli_formats import of_group_option, toml_to_hold
from chatserver.cli_options import config_option, fail, settings_of
from chatserver.config import base_url, local_url
from chatserver.domain.formats import MAX_SPEED, Format, read
from chatserver.rehearsal.cast import LEAST
from chatserver.store.base import StoreUnavailable
from chatserver.store.sql import open_store, shown

MOST = 100  # pretend members


def address(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.startswith(("http://", "https://")):
        raise click.BadParameter("it may be an address like http://127.0.0.1:8000.")
    return value and value.rstrip("/")


@click.command()
@click.option("--format", "name", required=True, metavar="NAME", help="What is held: see `chatserver format list`.")
@of_group_option
@click.option("--members", type=click.IntRange(LEAST, MOST), default=12, show_default=True, help="How many pretend members.")
@click.option("--speed", type=click.IntRange(1, MAX_SPEED), default=60, show_default=True, help="So many times as fast the hour goes by.")
@click.option("--lead", is_flag=True, help="You lead, by the facilitator's link: there is no pretend facilitator.")
@click.option("--wait", is_flag=True, help="Begin only when somebody has come in.")
@click.option("--url", callback=address, metavar="URL", help="The server's address; else by server.host and server.port.")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for whatever happens.")
def rehearse(
    name: str,
    group_slug: str | None,
    members: int,
    speed: int,
    lead: bool,
    wait: bool,
    url: str | None,
    config: Path | None,
    as_json: bool,
) -> None:
    """Lets pretend members hold a whole meeting on the server that runs, and looks whether all went right.

    Watch it here, or in the browser by the link that is printed: to see how a meeting goes, to practise leading one (--lead, with a low
    --speed), or to try a server. Nobody's words but the pretend members' are shown here. The room is closed at the end, and with Ctrl-C.

    \b
    Examples:
      chatserver rehearse --format smart
      chatserver rehearse --format aa-discussion --lead --speed 4
    """
    settings = settings_of(config)
    toml = toml_to_hold(name, group_slug, config)
    if not isinstance(read(name, toml), Format):
        fail(f"The format {name} of {group_slug} cannot be read; ask `chatserver format check` what is wrong with it.")
    if url is None and settings.server.port == 0:
        fail("server.port is 0, so the server is at any free port: name its address with --url.")
    from chatserver.rehearsal.run import Wanted, rehearsed  # with its Socket.IO client: the other commands start faster without

    wanted = Wanted(name, toml, members, speed, lead, wait, url or local_url(settings), url or base_url(settings), as_json)
    try:
        sentence = asyncio.run(rehearsed(wanted, lambda: open_store(settings.store.url), sys.stdout))
    except StoreUnavailable as fault:
        raise click.ClickException(f"{shown(settings.store.url)}: {fault}") from None
    if sentence:
        raise click.ClickException(sentence)
