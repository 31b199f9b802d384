"""The Meeting Guide format as rules: from github.com/code4recovery/spec, README.md, as far as it says what a record is to be.

The schema there (schema/meeting.schema.json) says the same but for addresses, of which it takes those of the United States only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from tests.feeds import javascript

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
NOT_IN_IT = {"website"}  # which TSML and tsml-ui read


@lru_cache(1)
def types() -> dict[str, str]:
    found: dict[str, str] = javascript.run("types.mjs", None)
    return found


def _text(least: int = 1, most: int = 5_000) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and least <= len(value) <= most and value == value.strip() and "\0" not in value


def _url(value: Any) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port is None and not parts.fragment


def _types(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and len(set(value)) == len(value) and set(value) <= types().keys()


def _updated(value: Any) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", value) is not None and datetime.fromisoformat(value).tzinfo is None


FIELDS: dict[str, Callable[[Any], bool]] = {
    "name": _text(most=255),
    "slug": lambda value: isinstance(value, str) and re.fullmatch(r"[a-z0-9-]{1,64}", value) is not None,
    "day": lambda value: type(value) is int and 0 <= value <= 6,
    "time": lambda value: isinstance(value, str) and _TIME.fullmatch(value) is not None,
    "end_time": lambda value: isinstance(value, str) and _TIME.fullmatch(value) is not None,
    "timezone": lambda value: value in available_timezones(),
    "formatted_address": _text(),
    "approximate": lambda value: value == "yes",  # a text room is at no address
    "region": _text(),
    "conference_url": _url,
    "conference_url_notes": _text(),
    "url": _url,
    "group": _text(),
    "website": _url,
    "types": _types,
    "notes": _text(),
    "updated": _updated,
}
# Of a weekly meeting that is online: README.md, "Required Fields", "Time Fields", "Geographic Fields"; meetings.md has the zone.
NEEDED = {"name", "slug", "day", "time", "timezone", "formatted_address", "approximate"}


def faults(records: list[dict[str, Any]]) -> list[str]:
    """Everything that is not as the specification has it."""
    found = []
    slugs = [record.get("slug") for record in records]
    found += [f"{slug} is there twice" for slug in set(slugs) if slugs.count(slug) > 1]
    for record in records:
        found += [f"{record.get('slug')}: {key} is missing" for key in NEEDED - record.keys()]
        found += [f"{record.get('slug')}: {key} is no field" for key in record.keys() - FIELDS.keys()]
        found += [f"{record.get('slug')}: {key} is {value!r}" for key, value in record.items() if key in FIELDS and not FIELDS[key](value)]
    return found
