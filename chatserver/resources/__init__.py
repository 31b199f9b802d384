"""Where to turn outside a meeting: helplines by country, from a dated file that comes along or the operator's own.

Only entries whose source page was read are in it, each with that page's address. docs/operating.md says how to check one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chatserver.resources.countries import COUNTRIES, zones_of

KINDS = ("emergency", "crisis", "addiction")  # in the order in which they are shown
CHANNELS = ("call", "text", "chat")
CONFIDENCE = ("official", "national-list", "two-sources")
UNKNOWN = "unknown"
NOT_STATED = "not stated"
OLD_DAYS = 365
MAX_BYTES = 1 << 20


class HelplineFaults(Exception):
    """A file of helplines is not right. `args[0]` says everything that is wrong with it, to the operator."""


@dataclass(frozen=True, slots=True)
class Helpline:
    country: str  # ISO 3166
    kind: str
    name: str
    contact: str
    channel: str
    hours: str
    language: tuple[str, ...]
    source: str  # the page on which it was read
    source_date: str  # the month that the page shows, like 2026-01; or "unknown"
    seen: date  # when it was read
    confidence: str

    @property
    def official(self) -> bool:
        return self.confidence == "official"

    @property
    def hours_shown(self) -> str | None:
        """Not what is unknown, or doubtful: "not stated" does not mean closed, and must not be read so."""
        return None if self.hours == NOT_STATED or re.search(r"check|disagree|one source", self.hours) else self.hours

    def old(self, today: date) -> bool:
        """What it says was true more than a year ago, and nobody has looked since."""
        return (today - min(self.seen, self._shown_on or self.seen)).days > OLD_DAYS

    @property
    def _shown_on(self) -> date | None:
        return None if self.source_date == UNKNOWN else date.fromisoformat(f"{self.source_date}-01")


def read(text: str) -> tuple[Helpline, ...]:
    """The entries of a file. Raises `HelplineFaults` with all that is wrong."""
    try:
        data: Mapping[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as fault:
        raise HelplineFaults(f"this is not TOML: {fault}.") from None
    entries = data.get("helpline")
    if data.keys() != {"helpline"} or not isinstance(entries, list) or not entries:
        raise HelplineFaults("it is a list of entries, each of which begins with [[helpline]].")
    made, faults = [], []
    for n, entry in enumerate(entries):
        wrong = _faults(entry)
        faults += [f"helpline[{n}].{fault}" for fault in wrong]
        if not wrong:
            made.append(Helpline(**{**entry, "language": tuple(entry["language"]), "seen": date.fromisoformat(entry["seen"])}))
    if faults:
        raise HelplineFaults("\n".join(faults))
    return tuple(made)


def _is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in address
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_LINE = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
# Each field, whether a text is right in it, and what it may be.
_MAY_BE: dict[str, tuple[Callable[[str], object], str]] = {
    "country": (lambda text: text in COUNTRIES, "the two letters of a country, like NZ"),
    "kind": (lambda text: text in KINDS, "one of " + ", ".join(KINDS)),
    "name": (_LINE.fullmatch, "one line of up to 200 characters"),
    "contact": (re.compile(r"[0-9A-Za-z+.\-/ ]{2,60}").fullmatch, "a number or an address, up to 60 characters"),
    "channel": (lambda text: text in CHANNELS, "one of " + ", ".join(CHANNELS)),
    "hours": (_LINE.fullmatch, 'one line, or "not stated"'),
    "source": (_is_page, "the address of the page on which this was read; an entry without one is not taken"),
    "source_date": (lambda text: text == UNKNOWN or (len(text) == 7 and _is_day(f"{text}-01")), 'a month like 2026-01, or "unknown"'),
    "seen": (_is_day, "the day on which that page was read, like 2026-11-20"),
    "confidence": (lambda text: text in CONFIDENCE, "one of " + ", ".join(CONFIDENCE)),
}


def _are_languages(given: object) -> bool:
    return isinstance(given, list) and bool(given) and all(isinstance(x, str) and re.fullmatch(r"[a-z]{2,3}", x) for x in given)


def _faults(entry: object) -> list[str]:
    if not isinstance(entry, dict):
        return ["it is no entry; begin each with [[helpline]]."]
    faults = [f"{field}: there is no such field." for field in entry.keys() - {field.name for field in fields(Helpline)}]
    if not _are_languages(entry.get("language")):
        faults.append('language: it may be a list like ["en", "fr"].')
    for field, (is_right, what) in _MAY_BE.items():
        given = entry.get(field)
        if not isinstance(given, str) or not is_right(given):
            faults.append(f"{field}: {'it is missing' if given is None else f'{given!r} was given'}; it may be {what}.")
    return sorted(faults)


@cache
def built_in() -> tuple[Helpline, ...]:
    """Those that come along. Raises `HelplineFaults`: call it at start."""
    return read(files(__name__).joinpath("helplines.toml").read_text("utf-8"))


def helplines(own: str = "") -> tuple[Helpline, ...]:
    """Those that come along; for each country that the operator's file `own` names, only the operator's. Raises `HelplineFaults`."""
    if not own:
        return built_in()
    try:
        with Path(own).open("rb") as file:
            theirs = read(file.read(MAX_BYTES).decode("utf-8"))
    except OSError as fault:
        raise HelplineFaults(f"{own} cannot be read: {fault.strerror}.") from None
    except UnicodeDecodeError:
        raise HelplineFaults(f"{own} is not text in UTF-8.") from None
    countries = {each.country for each in theirs}
    return (*theirs, *(each for each in built_in() if each.country not in countries))


def by_country(lines: Sequence[Helpline]) -> dict[str, list[Helpline]]:
    """As they are shown: countries by name; the emergency number first, and of each kind the official ones."""
    order = sorted(lines, key=lambda x: (COUNTRIES[x.country], KINDS.index(x.kind), not x.official))
    shown: dict[str, list[Helpline]] = {}
    for each in order:
        shown.setdefault(each.country, []).append(each)
    return shown


def as_json(lines: Sequence[Helpline], today: date) -> dict[str, Any]:
    """What `/helplines.json` says. `zones` are for the reader's browser to guess by: nothing of it comes back here."""
    return {
        "countries": [
            {
                "country": country,
                "name": COUNTRIES[country],
                "zones": zones_of(country),
                "helplines": [_told(each, today) for each in of_country],
            }
            for country, of_country in by_country(lines).items()
        ]
    }


def _told(line: Helpline, today: date) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "name": line.name,
        "contact": line.contact,
        "channel": line.channel,
        "hours": line.hours_shown,
        "language": line.language,
        "official": line.official,
        "old": line.old(today),
    }


def to_look_at(lines: Sequence[Helpline], today: date) -> list[str]:
    """Sentences for the operator: what ought to be looked at before people rely on it."""
    found = []
    for each in (each for of_country in by_country(lines).values() for each in of_country):
        why = []
        if each.old(today):
            why.append(f"its source is of {min(each.source_date, each.seen.isoformat()[:7])}")
        if each.source_date == UNKNOWN:
            why.append("its source shows no date")
        if each.confidence == "two-sources":
            why.append("it is from two secondary sources")
        if each.hours != NOT_STATED and each.hours_shown is None:
            why.append("its hours are doubtful, and not shown")
        if why:
            found.append(f"{each.country} {each.name}, {each.channel} {each.contact}: {'; '.join(why)}. {each.source}")
    return found
