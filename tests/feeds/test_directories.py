"""What directories would do with each record, as the operator is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chatserver.feeds.directories import Checked, Verdict, check, site_faults, tsml_ui_snippet, wordpress_snippet
from chatserver.store.base import Meeting
from tests.feeds import javascript
from tests.feeds.meetings import BASE, GROUP, TUESDAY

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
READERS = ["TSML", "tsml-ui", "Meeting Guide app", "OIAA"]


def checked(*meetings: Meeting, base: str = BASE) -> Checked:
    return check(meetings, base, NOW)[-1]


def verdict(reader: str, *meetings: Meeting, base: str = BASE) -> Verdict:
    (found,) = (each for each in checked(*meetings, base=base).verdicts if each.reader == reader)
    return found


def test_a_good_meeting() -> None:
    found = checked(TUESDAY)
    assert [(each.reader, each.outcome) for each in found.verdicts] == [
        ("TSML", "listed"),
        ("tsml-ui", "listed"),
        ("Meeting Guide app", "listed"),
        ("OIAA", "left out"),
    ]
    assert (found.left_out, found.notes, found.fault) == (None, (), False)
    assert all(each.sentence.endswith(".") for each in found.verdicts)
    assert site_faults(BASE) == []


def test_one_that_is_not_in_the_feed_has_no_verdicts() -> None:
    found = checked(replace(TUESDAY, rrule="FREQ=MONTHLY;BYDAY=1TU"))
    assert found.left_out is not None
    assert (found.records, found.verdicts, found.fault) == ((), (), False), "it is meant so"
    assert checked(replace(TUESDAY, group=replace(GROUP, address="", region=""))).fault, "that can be mended"


@pytest.mark.parametrize(
    ("base", "tsml", "tsml_ui", "faults"),
    [
        ("https://meet.example.org", "listed", "listed", 0),
        ("http://meet.example.org", "listed", "listed", 0),
        ("https://meet.example.org:8080", "inactive", "inactive", 1),  # which WordPress takes
        ("https://meet.example.org:8443", "left out", "inactive", 1),
        ("http://127.0.0.1:8000", "left out", "inactive", 2),
        ("http://localhost", "left out", "listed", 1),
        ("http://192.168.1.20", "left out", "listed", 1),
        ("http://[::1]:8000", "left out", "inactive", 2),
        ("http://chat.local", "left out", "listed", 1),
        ("http://abcdefghijklmnop.onion", "left out", "listed", 1),
    ],
)
def test_the_server_s_address(base: str, tsml: str, tsml_ui: str, faults: int) -> None:
    found = {each.reader: each.outcome for each in checked(TUESDAY, base=base).verdicts}
    assert (found["TSML"], found["tsml-ui"]) == (tsml, tsml_ui)
    assert len(site_faults(base)) == faults
    assert checked(TUESDAY, base=base).fault is (faults > 0)


def test_tsml_has_one_zone_an_address() -> None:
    """The first of the feed wins, so others of that address would be at the wrong time."""
    far = replace(TUESDAY, slug="far", timezone="America/New_York")
    found = verdict("TSML", TUESDAY, far)
    assert (found.outcome, found.fault) == ("listed", True)
    assert "wrong time" in found.sentence
    assert "Europe/Berlin" in found.sentence
    assert not check([TUESDAY, far], BASE, NOW)[0].fault
    assert not verdict("TSML", TUESDAY, replace(far, group=replace(GROUP, address="New York, NY, USA"))).fault


@pytest.mark.parametrize(("zone", "known"), [("Europe/Kyiv", True), ("UTC", True), ("Europe/Kiev", False), ("US/Eastern", False)])
def test_php_knows_the_zones_of_today(zone: str, known: bool) -> None:
    assert verdict("TSML", replace(TUESDAY, timezone=zone)).fault is not known


def test_what_tsml_ui_makes_of_single_fields() -> None:
    assert "X, BA are not shown" in verdict("tsml-ui", replace(TUESDAY, types=("O", "X", "BA"))).sentence
    assert "after midnight" in verdict("tsml-ui", replace(TUESDAY, start="2026-11-24T23:30")).sentence
    assert "after midnight" not in verdict("tsml-ui", TUESDAY).sentence


def test_open_and_closed_is_closed() -> None:
    assert "as closed" in verdict("TSML", replace(TUESDAY, types=("O", "C"))).sentence


def test_a_long_name_is_cut_by_the_app() -> None:
    assert "64" in verdict("Meeting Guide app", replace(TUESDAY, title="x" * 65)).sentence


@pytest.mark.parametrize(
    ("types", "language", "said"),
    [
        (("ONL",), "", "ONL is left out"),
        (("SPE",), "", "did you mean SP (Speaker)?"),
        (("o",), "", "did you mean O (Open)?"),
        (("Big Book",), "", "did you mean B (Big Book)?"),
        (("?",), "", "Type code ? is unknown, and left out."),
        ((), "st", "Language st has no type code"),
    ],
)
def test_codes_that_are_none(types: tuple[str, ...], language: str, said: str) -> None:
    (note,) = checked(replace(TUESDAY, types=types, language=language)).notes
    assert said in note
    assert not checked(replace(TUESDAY, types=types, language=language)).fault, "the meeting is listed without"


def test_the_line_for_wordpress() -> None:
    """What TSML's author gives for a provider that it does not know (12-step-meeting-list, issue 91)."""
    assert wordpress_snippet(BASE) == "global $tsml_conference_providers;\n$tsml_conference_providers['meet.example.org'] = 'Text chat';"
    assert wordpress_snippet("https://x');evil('").endswith("['x\\');evil(\\''] = 'Text chat';")


def test_the_setting_for_tsml_ui_is_javascript() -> None:
    snippet = tsml_ui_snippet("https://Meet.example.org:8443")
    script = snippet.removeprefix("<script>").removesuffix("</script>")
    assert javascript.run("evaluate.mjs", script) == {"conference_providers": {"meet.example.org": "Text chat"}}
    assert tsml_ui_snippet("https://x</script>").count("</script>") == 1
