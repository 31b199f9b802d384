"""Helplines: each with the page on which it was read, the official ones first, and no country guessed."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from chatserver.resources import HelplineFaults, as_json, built_in, by_country, helplines, read, to_look_at
from chatserver.resources.countries import zones_of

TODAY = date(2026, 11, 26)
ENTRY = """
[[helpline]]
country = "NZ"
kind = "crisis"
name = "Somebody"
contact = "1737"
channel = "call"
hours = "not stated"
language = ["en"]
source = "https://example.org/help"
source_date = "2026-01"
seen = "2026-11-20"
confidence = "official"
"""


def without(field: str) -> str:
    return re.sub(rf"^{field} = .*\n", "", ENTRY, flags=re.MULTILINE)


def test_every_entry_that_comes_along_has_its_source_and_the_day_it_was_read() -> None:
    assert len(built_in()) == 79
    for each in built_in():
        assert each.source.startswith("http")
        assert each.seen <= TODAY


@pytest.mark.parametrize(
    "source", ["", 'source = ""\n', 'source = "from memory"\n', 'source = "https://"\n', 'source = "ftp://example.org"\n', "source = 1\n"]
)
def test_an_entry_without_its_source_page_is_refused(source: str) -> None:
    with pytest.raises(HelplineFaults, match=r"helpline\[0\]\.source"):
        read(without("source") + source)


@pytest.mark.parametrize("field", re.findall(r"^(\w+) =", ENTRY, re.MULTILINE))
def test_and_so_is_one_that_lacks_anything_else(field: str) -> None:
    with pytest.raises(HelplineFaults, match=rf"helpline\[0\]\.{field}"):
        read(without(field))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"NZ"', '"XX"'),
        ('"crisis"', '"other"'),
        ('"1737"', '"<b>1737</b>"'),
        ('"call"', '"fax"'),
        ('"2026-01"', '"2026"'),
        ('"2026-11-20"', '"2026-11-31"'),
        ('"official"', '"hearsay"'),
        ('["en"]', "[]"),
        ('name = "Somebody"', 'name = "Somebody"\nfree = true'),
    ],
)
def test_what_an_entry_cannot_say_is_refused(was: str, now: str) -> None:
    with pytest.raises(HelplineFaults):
        read(ENTRY.replace(was, now))


@pytest.mark.parametrize("text", ["", "[[helpline", "helpline = 1", "other = 1\n" + ENTRY, "helpline = [1]"])
def test_what_is_no_list_of_entries_is_refused(text: str) -> None:
    with pytest.raises(HelplineFaults):
        read(text)


def test_the_emergency_number_stands_first_and_of_each_kind_the_official_ones() -> None:
    for of_country in by_country(built_in()).values():
        ranks = [(("emergency", "crisis", "addiction").index(x.kind), not x.official) for x in of_country]
        assert ranks == sorted(ranks)


def test_what_is_older_than_a_year_is_marked() -> None:
    (line,) = read(ENTRY)
    assert not line.old(TODAY)
    assert line.old(date(2027, 1, 2))
    (undated,) = read(ENTRY.replace("2026-01", "unknown"))
    assert not undated.old(TODAY)
    assert undated.old(date(2027, 11, 21)), "read more than a year ago"


@pytest.mark.parametrize(
    ("hours", "shown"), [("not stated", None), ("24 hours", "24 hours"), ("09-17 (one source only)", None), ("x; check", None)]
)
def test_hours_that_are_not_known_are_not_shown(hours: str, shown: str | None) -> None:
    (line,) = read(ENTRY.replace("not stated", hours))
    assert line.hours_shown == shown


def test_the_operator_is_asked_to_look_at_what_is_old_undated_or_of_secondary_sources() -> None:
    assert to_look_at(read(ENTRY), TODAY) == []
    for was, now in (("2026-01", "2020-01"), ("2026-01", "unknown"), ("official", "two-sources")):
        (sentence,) = to_look_at(read(ENTRY.replace(was, now)), TODAY)
        assert "https://example.org/help" in sentence
    assert len(to_look_at(built_in(), TODAY)) > 40


def test_the_operators_own_stand_for_a_country(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(ENTRY, "utf-8")
    lines = helplines(str(own))
    assert [x.name for x in lines if x.country == "NZ"] == ["Somebody"]
    assert len([x for x in lines if x.country == "GB"]) == 3
    with pytest.raises(HelplineFaults, match="cannot be read"):
        helplines(str(tmp_path / "not there"))


def test_a_zone_is_of_one_country_and_old_names_are_known() -> None:
    told = as_json(built_in(), TODAY)["countries"]
    zones = [zone for country in told for zone in country["zones"]]
    assert len(zones) == len(set(zones))
    assert "Asia/Calcutta" in zones_of("IN")
    assert "Europe/Berlin" in zones_of("DE")
    assert not [zone for zone in zones if zone in ("UTC", "Etc/UTC") or "/" not in zone]


def test_the_file_still_says_where_it_comes_from() -> None:
    text = files("chatserver.resources").joinpath("helplines.toml").read_text("utf-8")
    assert "HOW TO CHECK AN ENTRY" in text
