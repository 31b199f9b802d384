"""Countries and their time zones, from the zone database that comes along (the package `tzdata`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def _rows(name: str) -> Iterator[list[str]]:
    text = files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


# By the two letters of ISO 3166.
COUNTRIES: dict[str, str] = {code: name for code, name, *_ in _rows("iso3166.tab")}


def zones_of(country: str) -> tuple[str, ...]:
    """Its time zones, by every name that a browser may have for them."""
    return _zones().get(country, ())


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    zones: dict[str, set[str]] = {}
    country_of: dict[str, str] = {}
    for country, _, zone, *_ in _rows("zone.tab"):
        zones.setdefault(country, set()).add(zone)
        country_of[zone] = country
    for row in _rows("tzdata.zi"):
        kind, *names = row[0].split(" ")
        if kind == "L" and names[0] in country_of and names[1] not in country_of and "/" in names[1] and not names[1].startswith("Etc/"):
            zones[country_of[names[0]]].add(names[1])  # an old name, like Asia/Calcutta
    return {country: tuple(sorted(names)) for country, names in zones.items()}
