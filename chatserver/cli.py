"""The command line, for the one who runs the server.

Faults are sentences. The exit code is 2 for what was asked wrongly, 1 for what failed.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from chatserver import cli_occurrences, cli_rooms, resources
from chatserver.cli_directory import directory
from chatserver.cli_formats import formats
from chatserver.cli_groups import group
from chatserver.cli_keys import key
from chatserver.cli_meetings import meeting
from chatserver.cli_options import config_option, json_option, settings_of, show
from chatserver.cli_rehearse import rehearse
from chatserver.cli_sample import sample
from chatserver.config import ConfigFaults, Fault, load, warnings
from chatserver.store.base import StoreUnavailable


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
    """Tells everything that is wrong with the configuration; and with the Redis that it names, if it names one. Where all is right, also
    which helplines somebody should look at.

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
    try:
        look = resources.to_look_at(resources.helplines(settings.operator.helplines), datetime.now(UTC).date())
    except resources.HelplineFaults as wrong:
        tell([Fault("operator.helplines", str(wrong))], 1)
    lines = [*(f"Look at this: {each}" for each in noticed), "The configuration is right."]
    if look:
        lines += ["", f"Please look at {len(look)} helplines before people rely on them (docs/operating.md says how):", *look]
    show(as_json, {"faults": [], "warnings": [asdict(each) for each in noticed], "helplines": look}, lines)


for each in (group, meeting, key, formats, directory, rehearse, sample):
    main.add_command(each)
for command in (*cli_occurrences.COMMANDS, *cli_rooms.COMMANDS):
    meeting.add_command(command)


@main.command()
def asyncapi() -> None:
    """Prints the wire contract for machines: an AsyncAPI document, as JSON.

    \b
    Example:
      chatserver asyncapi > asyncapi.json
    """
    from chatserver.wire.asyncapi import document

    click.echo(json.dumps(document(), ensure_ascii=False, indent=2))


@main.command()
def openapi() -> None:
    """Prints the contract of the HTTP API for machines: an OpenAPI document, as JSON.

    \b
    Example:
      chatserver openapi > openapi.json
    """
    from chatserver.transport.api.openapi import document

    click.echo(json.dumps(document(), ensure_ascii=False, indent=2))
