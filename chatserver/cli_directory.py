"""The commands about directories of meetings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from chatserver.cli_options import config_option, in_store, json_option, settings_of, show
from chatserver.config import base_url
from chatserver.feeds.directories import Checked, check, site_faults, tsml_ui_snippet, wordpress_snippet
from chatserver.feeds.meeting_guide import Record

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@click.group()
def directory() -> None:
    """Checks what directories of recovery meetings make of the meetings here."""


@directory.command("check")
@config_option
@json_option
def directory_check(config: Path | None, as_json: bool) -> None:
    """Tells for every meeting whether it is in /meetings.json, and what directories would do with it.

    Prints what sites need to take links to this server. The exit code is 1 where a listed meeting would be left out, or shown
    wrongly, by something that can be mended.

    \b
    Example:
      chatserver directory check --config /etc/chatserver/config.toml
    """
    settings = settings_of(config)
    address = base_url(settings)
    checked = check(in_store(settings, lambda store: store.meetings()), address, datetime.now(UTC))
    faults = site_faults(address)
    snippets = {"wordpress": wordpress_snippet(address), "tsml_ui": tsml_ui_snippet(address)}
    found = {
        "feed": f"{address}/meetings.json",
        "faults": faults,
        "meetings": [_described(each) for each in checked],
        "snippets": snippets,
    }
    show(as_json, found, _lines(address, faults, checked, snippets))
    listed = any(each.records for each in checked)
    if (faults and listed) or any(each.fault for each in checked):
        click.get_current_context().exit(1)


def _described(checked: Checked) -> dict[str, Any]:
    meeting = checked.meeting
    return {
        "meeting": meeting.slug,
        "group": meeting.group.slug,
        "fault": checked.fault,
        "left_out": checked.left_out and asdict(checked.left_out),
        "records": list(checked.records),
        "readers": [asdict(verdict) for verdict in checked.verdicts],
        "notes": list(checked.notes),
    }


def _lines(address: str, faults: list[str], checked: list[Checked], snippets: dict[str, str]) -> list[str]:
    count = sum(len(each.records) for each in checked)
    meetings = sum(bool(each.records) for each in checked)
    lines = [f"{address}/meetings.json has {_counted(count, 'record')}, of {meetings} of {_counted(len(checked), 'meeting')}.", *faults]
    for each in checked:
        lines += ["", *_about(each)]
    return [
        *lines,
        "",
        "For a WordPress site with 12 Step Meeting List (TSML), in the functions.php of its theme:",
        "",
        *_indented(snippets["wordpress"]),
        "",
        f"and under Meetings, Import & Export, as a data source: {address}/meetings.json",
        "",
        "For a page with tsml-ui and without WordPress, before its script (or within the tsml_react_config that is there):",
        "",
        *_indented(snippets["tsml_ui"]),
    ]


def _about(checked: Checked) -> list[str]:
    meeting = checked.meeting
    lines = [f"{meeting.slug} ({meeting.title}, {meeting.group.name})"]
    lines += [f"  In the feed: {_of_record(record)}." for record in checked.records]
    if checked.left_out:
        lines.append(f"  Not in the feed: {checked.left_out.why}")
        if checked.left_out.mend:
            lines.append(f"  To mend it: {checked.left_out.mend}")
    lines += [f"  {note}" for note in checked.notes]
    lines += [f"  {verdict.reader}: {verdict.outcome}. {verdict.sentence}" for verdict in checked.verdicts]
    return lines


def _of_record(record: Record) -> str:
    until = f"–{record['end_time']}" if "end_time" in record else ""
    types = f", types {' '.join(record['types'])}" if "types" in record else ""
    when = f"{DAYS[record['day']]} {record['time']}{until} {record['timezone']}"
    return f"{record['slug']}, {when}, at “{record['formatted_address']}”{types}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]
