"""What directories of recovery meetings would do with the records of `/meetings.json`, in sentences for the operator.

Read in their source in November 2026 (github.com/code4recovery):

* TSML, the WordPress plugin 12 Step Meeting List: 12-step-meeting-list, includes/functions_import.php (tsml_import_sanitize_meetings,
  tsml_import_buffer_next), functions_timezone.php, variables.php ($tsml_conference_providers). WordPress itself: wp_http_validate_url.
* tsml-ui, what TSML and other sites show meetings with: tsml-ui, src/helpers/load-meeting-data.ts, format-conference-provider.ts.
* The Meeting Guide app of A.A.: spec, README.md ("Meeting Guide requirements").
* OIAA, the Online Intergroup of A.A.: central, app/helpers/format-valid.ts and validators.ts."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

from chatserver.feeds.meeting_guide import LeftOut, Record, linkable, records
from chatserver.feeds.meeting_types import LANGUAGES, TYPES
from chatserver.store.base import Meeting

SHOWN_AS = "Text chat"  # what directories write on the button to a room
MAX_NAME = 64  # that the Meeting Guide app shows

# By tsml-ui, of a meeting that nobody goes to in person (settings.ts, in_person_types).
IN_PERSON = ("BA", "BRK", "CAN", "CF", "AL-AN", "AL", "FF", "OUT", "SM", "X", "XB")
WORDPRESS_PORTS = (None, 80, 443, 8080)

Outcome = Literal["listed", "inactive", "left out"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reader does with a meeting's records."""

    reader: str
    outcome: Outcome
    sentence: str
    fault: bool = False  # that the operator or the group can mend


@dataclass(frozen=True, slots=True)
class Checked:
    """A meeting, and what becomes of it."""

    meeting: Meeting
    records: tuple[Record, ...]
    left_out: LeftOut | None
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...]  # sentences about single fields

    @property
    def fault(self) -> bool:
        """Whether it would be left out, or listed wrongly, by what can be mended."""
        return bool(self.left_out and self.left_out.mend) or any(verdict.fault for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class _Site:
    """What is the same for all records."""

    host: str
    port: int | None
    reachable: bool
    zones: dict[str, str]  # of an address, that of its first record

    @property
    def fetched(self) -> bool:
        """Whether WordPress gets the feed."""
        return self.reachable and self.port in WORDPRESS_PORTS


def check(meetings: Iterable[Meeting], base_url: str, now: datetime) -> list[Checked]:
    made = [(meeting, records(meeting, base_url, now)) for meeting in meetings]
    zones: dict[str, str] = {}
    for _, found in made:
        for record in [] if isinstance(found, LeftOut) else found:
            zones.setdefault(record["formatted_address"], record["timezone"])
    address = urlsplit(base_url)
    site = _Site(address.hostname or "", address.port, _is_public(address.hostname or ""), zones)
    return [_checked(meeting, found, site) for meeting, found in made]


def site_faults(base_url: str) -> list[str]:
    """Sentences about the server's own address: what keeps directories from using any of its records."""
    address = urlsplit(base_url)
    faults = []
    if not _is_public(address.hostname or ""):
        faults.append(f"Directories cannot reach {base_url}: set server.public_url to the address at which everybody reaches this server.")
    if not linkable(base_url):
        faults.append(
            f"{address.netloc} has a port, and directories take no link with one, so the records have none: let a proxy serve the site "
            "on the usual port, and set server.public_url to its address without a port."
        )
    return faults


def wordpress_snippet(base_url: str) -> str:
    """For the functions.php of a WordPress site's theme, so that TSML takes links to this host (12-step-meeting-list, issue 91)."""
    host = (urlsplit(base_url).hostname or "").replace("\\", "\\\\").replace("'", "\\'")
    return f"global $tsml_conference_providers;\n$tsml_conference_providers['{host}'] = '{SHOWN_AS}';"


def tsml_ui_snippet(base_url: str) -> str:
    """For a page that shows meetings with tsml-ui and without WordPress, before its script; it adds to those that tsml-ui knows."""
    config = json.dumps({"conference_providers": {urlsplit(base_url).hostname or "": SHOWN_AS}}, indent=2).replace("</", "<\\/")
    return f"<script>\nvar tsml_react_config = {config};\n</script>"


def _checked(meeting: Meeting, found: list[Record] | LeftOut, site: _Site) -> Checked:
    if isinstance(found, LeftOut):
        return Checked(meeting, (), found, (), ())
    record = found[0]  # they differ in the weekday only
    verdicts = tuple(reader(record, site) for reader in (_tsml, _tsml_ui, _meeting_guide, _oiaa))
    return Checked(meeting, tuple(found), None, verdicts, tuple(_about_types(meeting)))


def _tsml(record: Record, site: _Site) -> Verdict:
    if not site.fetched:
        where = f"{site.host}:{site.port}" if site.reachable else site.host
        return Verdict("TSML", "left out", f"WordPress gets no feed from {where}.", fault=True)
    zone = record["timezone"]
    first = site.zones[record["formatted_address"]]
    if first != zone:
        why = f"it keeps one time zone an address, and another meeting at “{record['formatted_address']}” comes first with {first}"
        return Verdict("TSML", "listed", f"At the wrong time: {why}. Write the addresses differently.", fault=True)
    if zone not in _known_zones():
        why = f"its zone, {zone}, is an old name that PHP may not know, and the site's own would be taken"
        return Verdict("TSML", "listed", f"Maybe at the wrong time: {why}. Name a zone by its city of today.", fault=True)
    if "conference_url" not in record:
        return Verdict("TSML", "inactive", "It has no link, so it counts as closed.", fault=True)
    closed = ", as closed (it has both O and C)" if {"O", "C"} <= set(record.get("types", ())) else ""
    return Verdict("TSML", "listed", f"As an online meeting{closed}, where the site has the line below; without the line as inactive.")


def _tsml_ui(record: Record, _site: _Site) -> Verdict:
    if "conference_url" not in record:
        return Verdict("tsml-ui", "inactive", "It has no link, so it counts as closed.", fault=True)
    notes = []
    unshown = [code for code in record.get("types", ()) if code in IN_PERSON]
    if unshown:
        notes.append(f"{', '.join(unshown)} {'is' if len(unshown) == 1 else 'are'} not shown: for meetings in person.")
    if record.get("end_time", "24:00") < record["time"]:
        notes.append("It takes the end, after midnight, for one on the same day.")
    sentence = "As an online meeting, where the page has the setting below; without it as inactive."
    return Verdict("tsml-ui", "listed", " ".join([sentence, *notes]))


def _meeting_guide(record: Record, site: _Site) -> Verdict:
    reader = "Meeting Guide app"
    if not site.reachable:
        return Verdict(reader, "left out", f"It gets no feed from {site.host}.", fault=True)
    sentence = (
        "Where an A.A. office has connected the feed, for A.A. alone. It shows links to services that it knows: ask it for this host."
    )
    if len(record["name"]) > MAX_NAME:
        sentence += f" Of the name {MAX_NAME} characters are shown."
    return Verdict(reader, "listed", sentence)


def _oiaa(_record: Record, site: _Site) -> Verdict:
    sentence = (
        f"It reads no feeds. A group enters its meetings there by hand, and the form takes a link to {site.host} when OIAA has added it."
    )
    return Verdict("OIAA", "left out", sentence)


def _about_types(meeting: Meeting) -> list[str]:
    notes = []
    by_name = {name.lower(): code for code, name in TYPES.items()}
    for code in meeting.types:
        if code == "ONL":
            notes.append("Type ONL is left out: directories find out by themselves that a meeting is online.")
        elif code not in TYPES:
            near = by_name.get(code.lower()) or next(iter(get_close_matches(code.upper(), TYPES, n=1, cutoff=0.5)), None)
            notes.append(f"Type code {code} is unknown, and left out{f'; did you mean {near} ({TYPES[near]})?' if near else '.'}")
    if meeting.language and meeting.language.lower().partition("-")[0] not in LANGUAGES:
        notes.append(f"Language {meeting.language} has no type code, and is left out.")
    return notes


@lru_cache(1)
def _known_zones() -> frozenset[str]:
    """Those of today, which PHP's list has (DateTimeZone::listIdentifiers)."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    return frozenset({"UTC", *(line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#"))})


def _is_public(host: str) -> bool:
    """Whether programs elsewhere reach it, as far as its name tells."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and host.rpartition(".")[2] not in ("local", "localhost", "internal", "onion")
