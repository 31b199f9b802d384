"""The commands about keys. A key is printed once, and never given on the command line, where other users of the machine could see it."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from getpass import getpass
from pathlib import Path
from typing import Any, TypeVar

import click

from chatserver.cli_options import config_option, fail, given_of, group_option, in_store, json_option, settings_of, show, slug
from chatserver.config import base_url
from chatserver.facilitating import keys
from chatserver.facilitating.keys import HATS, KINDS

C = TypeVar("C", bound=Callable[..., Any])

meeting_option = click.option(
    "--meeting", "meeting_slug", callback=slug, metavar="SLUG", help="For this meeting only. An invite and a hat need it."
)
uses_option = click.option("--uses", type=int, help="How often it may be used; else any number of times.")


@click.group()
def key() -> None:
    """Makes, replaces and ends keys: the links that lead, moderate and invite."""


def _making(command: C) -> C:
    for option in reversed((group_option, meeting_option, uses_option, _rotate_option, config_option, json_option)):
        command = option(command)
    return command


_rotate_option = click.option("--rotate", is_flag=True, help="End all older ones, as `chatserver key rotate` does.")


@key.command("facilitator")
@_making
def key_facilitator(**options: Any) -> None:
    """Prints a link for who leads. Only a hash of its key is kept: it can not be shown again.

    The link begins with server.public_url, or else with server.host and server.port of the configuration: a --port given to `serve` is
    not known here.

    \b
    Example:
      chatserver key facilitator --group demo
    """
    _make("facilitator", **options)


@key.command("moderator")
@_making
def key_moderator(**options: Any) -> None:
    """Prints a link for who moderates. Only a hash of its key is kept: it can not be shown again.

    \b
    Example:
      chatserver key moderator --group demo --uses 1
    """
    _make("moderator", **options)


@key.command("invite")
@_making
def key_invite(**options: Any) -> None:
    """Prints a link with which members come into a meeting of a group that meets by invitation.

    \b
    Example:
      chatserver key invite --group demo --meeting evening --uses 10
    """
    _make("invite", **options)


def _hat(hat: str) -> None:
    """The command of a service role's link."""

    @_making
    def command(**options: Any) -> None:
        _make(hat, **options)

    about = f"Prints a link for the {hat} of a meeting, which one person at a time can use."
    key.command(hat, help=f"{about}\n\n\b\nExample:\n  chatserver key {hat} --group demo --meeting evening")(command)


for each in HATS:
    _hat(each)


@key.command("rotate")
@click.argument("kind", type=click.Choice(list(KINDS)))
@group_option
@meeting_option
@uses_option
@config_option
@json_option
def key_rotate(kind: str, **options: Any) -> None:
    """Prints a new link, and ends all others of that kind, for the group or (with --meeting) for that meeting.

    \b
    Example:
      chatserver key rotate facilitator --group demo
    """
    _make(kind, rotate=True, **options)


@key.command("revoke")
@group_option
@config_option
@json_option
def key_revoke(group_slug: str, config: Path | None, as_json: bool) -> None:
    """Ends one key. It asks for the key, or for the link in which it stands, or reads it from standard input.

    \b
    Example:
      chatserver key revoke --group demo < link.txt
    """
    settings = settings_of(config)
    text = getpass("The key, or its link: ").strip() if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not text:
        fail("No key was given. Paste it, or the link in which it stands, when you are asked.")
    in_store(settings, lambda store: keys.revoke(store, group_slug, text))
    show(as_json, {"group": group_slug, "revoked": True}, ["Ended. It opens nothing any more."])


def _make(kind: str, group_slug: str, meeting_slug: str | None, uses: int | None, rotate: bool, config: Path | None, as_json: bool) -> None:
    settings = settings_of(config)
    given = given_of(kind=kind, meeting=meeting_slug, uses=uses)
    make: Callable[..., Awaitable[keys.Made]] = keys.rotate if rotate else keys.make
    made = in_store(settings, lambda store: make(store, group_slug, given))
    link = base_url(settings) + made.path
    data: dict[str, Any] = {"key": made.text, "link": link}
    if rotate:
        data["ended"] = made.ended
    show(as_json, data, [link])
    if rotate and not as_json:
        click.echo("No older key was there." if not made.ended else f"Older keys that stopped working: {made.ended}.", err=True)
