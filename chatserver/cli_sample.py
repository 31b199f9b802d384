"""The command that lays a sample, for trying out."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

import click

from chatserver.cli_options import config_option, fail, in_store, json_option, settings_of, show, yes_option
from chatserver.config import base_url
from chatserver.sample.laying import Laid, OthersThere, lay, take_away
from chatserver.store.base import Store


@click.command()
@click.option("--anyway", is_flag=True, help="Also where there are other groups.")
@click.option("--remove", is_flag=True, help="Take the sample's groups away again, and nothing else.")
@yes_option
@config_option
@json_option
def sample(anyway: bool, remove: bool, yes: bool, config: Path | None, as_json: bool) -> None:
    """Makes one group for each format that comes along, with a believable week of meetings, to look around in.

    A second time it changes nothing.

    \b
    Example:
      chatserver sample && chatserver serve
    """
    settings = settings_of(config)
    now = int(time.time() * 1_000)
    if remove:
        if not yes:
            click.confirm("Remove the sample's groups with all that they have by now, and close their rooms?", abort=True, err=True)
        gone = in_store(settings, lambda store: take_away(store, now))
        show(as_json, {"removed": gone}, [f"Removed: {', '.join(gone)}." if gone else "Nothing of the sample is here."])
        return

    async def make(store: Store) -> Laid:
        try:
            return await lay(store, now, anyway=anyway)
        except OthersThere as others:
            fail(f"There are other groups here: {others}. To have the sample beside them: chatserver sample --anyway")

    laid = in_store(settings, make)
    if not laid.made:
        lines = ["The sample is here already. Nothing was changed."]
    else:
        lines = [
            f"Made {len(laid.made)} groups: {', '.join(laid.made)}.",
            f"Look at them: chatserver serve, then {base_url(settings)}/",
            f"To lead one: chatserver key facilitator --group {laid.made[0]}",
            "To take them away again: chatserver sample --remove",
        ]
    show(as_json, asdict(laid), lines)
