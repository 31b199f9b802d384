"""Meetings by the command line: what a volunteer types, and reads."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chatserver.domain.schedule import written
from chatserver.store.base import Meeting
from tests.commands import data, done, refused, run, stored

WEEKLY = ["--timezone", "Europe/Berlin", "--start", "2100-01-05T19:00", "--rrule", "FREQ=WEEKLY;BYDAY=TU"]
FIRST = "Tuesday 5 January 2100, 19:00 to 20:00 (Europe/Berlin)"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def evening() -> None:
    done("group", "add", "--slug", "tuesday", "--name", "Tuesday group")
    done("meeting", "add", "--group", "tuesday", "--slug", "evening", "--title", "Evening", *WEEKLY)


def meeting_now() -> Meeting:
    found: Meeting = stored(lambda store: store.meeting("evening"))
    return found


# --- adding and editing


def test_a_meeting_with_all_that_can_be_said(evening: None) -> None:
    more = ["--doors-minutes", "20", "--language", "DE", "--type", "o", "--type", "D", "--notes", "Two lines\nof notes.", "--lobby"]
    made = data("meeting", "add", "--group", "tuesday", "--slug", "other", "--title", "Other", *more)
    assert (made["doors_minutes"], made["language"], made["types"], made["lobby"]) == (20, "de", ["O", "D"], True)
    assert made["notes"] == "Two lines\nof notes."
    always = data("meeting", "add", "--group", "tuesday", "--slug", "always", "--title", "Always", "--always-open")
    assert always["always_open"]
    assert "--now is for a meeting without" in refused(
        "meeting", "add", "--group", "tuesday", "--slug", "no", "--title", "No", "--always-open", "--now"
    )


def test_two_at_the_same_time_are_made_and_told(evening: None) -> None:
    """Both have a room of their own. Of what is more than eight weeks ahead nothing is told yet."""
    tomorrow = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)
    at = ["--timezone", "Europe/Berlin", "--start", f"{tomorrow:%Y-%m-%d}T12:00"]
    done("meeting", "add", "--group", "tuesday", "--slug", "noon", "--title", "Noon", *at)
    told = done("meeting", "add", "--group", "tuesday", "--slug", "too", "--title", "Too", *at).splitlines()
    assert told[0] == "Made: http://127.0.0.1:8000/r/too"
    assert told[1].startswith(f"Note: “Noon” (noon) is on at the same time, first on {tomorrow:%A} {tomorrow.day} ")


def test_a_meeting_is_edited_and_what_is_not_given_stays(evening: None) -> None:
    told = done("meeting", "edit", "evening", "--title", "Late circle", "--minutes", "90", "--capacity", "20", "--doors-minutes", "0")
    assert told.splitlines()[:5] == [
        "Changed.",
        "“Late circle” (evening), of Tuesday group (tuesday).",
        "Its room: http://127.0.0.1:8000/r/evening",
        "From Tuesday 5 January 2100, 19:00 (Europe/Berlin) on, by the rule FREQ=WEEKLY;BYDAY=TU.",
        "Held as open-circle, for 90 minutes.",
    ]
    assert meeting_now().sequence == 1
    done("meeting", "edit", "evening", "--capacity", "0", "--doors-minutes", "-1", "--title", "Evening", "--minutes", "60")
    now = meeting_now()
    assert (now.capacity, now.doors_minutes, now.title, now.rrule) == (None, None, "Evening", "FREQ=WEEKLY;BYDAY=TU")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--start", "2100-01-12T20:00"], {"start": "2100-01-12T20:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}),
        (["--rrule", ""], {"start": "2100-01-05T19:00", "rrule": None}),
        (["--start", ""], {"start": None, "rrule": None, "always_open": False}),
        (["--always-open"], {"start": None, "rrule": None, "always_open": True}),
    ],
)
def test_from_one_kind_to_another(evening: None, words: list[str], expected: dict[str, Any]) -> None:
    done("meeting", "edit", "evening", *words)
    now = meeting_now()
    assert {name: getattr(now, name) for name in expected} == expected
    done("meeting", "edit", "evening", *WEEKLY[2:])
    assert (meeting_now().start, meeting_now().rrule, meeting_now().always_open) == ("2100-01-05T19:00", "FREQ=WEEKLY;BYDAY=TU", False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Nothing is changed. Give at least one option"),
        (["--rrule", "FREQ=WEEKLY;BYDAY=WE"], "--start: 2100-01-05T19:00 is a Tuesday that the rule does not name"),
        (["--minutes", "2000", "--type", "ONL"], "--minutes: 2000 was given"),
        (["--minutes", "2000", "--type", "ONL"], '--type: "ONL" was given; it may be a code'),
        (["--doors-minutes", "-2"], "--doors-minutes: -2 was given"),
        (["--always-open", "--start", "2100-01-05T19:00"], "--always-open: a meeting that is always open has no start"),
    ],
)
def test_an_edit_that_can_not_be(evening: None, words: list[str], sentence: str) -> None:
    before = meeting_now()
    assert sentence in refused("meeting", "edit", "evening", *words)
    assert meeting_now() == before


def test_what_is_not_there(evening: None) -> None:
    for words in (["edit", "none", "--title", "x"], ["show", "none"], ["remove", "none", "--yes"], ["next", "none"], ["open", "none"],
                  ["close", "none"], ["skip", "none", "2100-01-05"], ["restore", "none", "2100-01-05"]):  # fmt: skip
        assert 'There is no group or meeting "none" here.' in refused("meeting", *words)


# --- reading


def test_a_meeting_is_shown_in_sentences(evening: None) -> None:
    assert done("meeting", "show", "evening").splitlines() == [
        "“Evening” (evening), of Tuesday group (tuesday).",
        "Its room: http://127.0.0.1:8000/r/evening",
        "From Tuesday 5 January 2100, 19:00 (Europe/Berlin) on, by the rule FREQ=WEEKLY;BYDAY=TU.",
        "Held as open-circle, for 60 minutes.",
        f"Next: {FIRST}.",
    ]
    done("meeting", "edit", "evening", "--start", "2000-01-04T19:00", "--rrule", "FREQ=WEEKLY;COUNT=2")
    assert "It does not take place any more." in done("meeting", "show", "evening")
    assert "\tover\t" in done("meeting", "list")
    done("meeting", "edit", "evening", "--always-open")
    assert "Always open; begun anew each day at 04:00 (Europe/Berlin)." in done("meeting", "show", "evening")
    done("meeting", "edit", "evening", "--not-always-open")
    assert "Opened by hand." in done("meeting", "show", "evening")
    assert data("meeting", "show", "evening")["slug"] == "evening"


def test_the_list_says_when_each_is_on_next(evening: None) -> None:
    done("group", "add", "--slug", "other", "--name", "Other")
    done("meeting", "add", "--group", "other", "--slug", "morning", "--title", "Morning", "--now")
    lines = done("meeting", "list").splitlines()
    assert lines[0] == f"evening\ttuesday\t{FIRST}\tEvening"
    assert lines[1].startswith("morning\tother\topen until ")
    assert [each["slug"] for each in data("meeting", "list", "--group", "other")] == ["morning"]


def test_the_coming_ones(evening: None) -> None:
    done("meeting", "skip", "evening", "2100-01-12")
    done("meeting", "change", "evening", "2100-01-19", "--title", "Guests")
    lines = done("meeting", "next", "evening", "--count", "2").splitlines()
    assert lines == [FIRST, "Tuesday 19 January 2100, 19:00 to 20:00 (Europe/Berlin), “Guests”"]
    coming = data("meeting", "next", "evening", "--count", "2")
    assert [(each["original"], each["title"]) for each in coming] == [("2100-01-05T19:00", "Evening"), ("2100-01-19T19:00", "Guests")]
    done("meeting", "edit", "evening", "--start", "")
    assert done("meeting", "next", "evening") == "It has no times: who leads opens it by hand.\n"
    assert data("meeting", "next", "evening") == []


# --- single occurrences


def test_skipping_moving_changing_and_restoring(evening: None) -> None:
    skipped = done("meeting", "skip", "evening", "2100-01-12")
    assert skipped.splitlines() == [
        "“Evening” (evening).",
        "Not as always: Tuesday 12 January 2100, 19:00 is skipped.",
        f"Next: {FIRST}.",
    ]
    moved = done("meeting", "move", "evening", "2100-01-12", "--to", "2100-01-13T20:30")
    assert "Tuesday 12 January 2100, 19:00: moved to Wednesday 13 January 2100, 20:30." in moved, "instead of skipping it"
    changed = done("meeting", "change", "evening", "2100-01-12T19:00", "--minutes", "90", "--title", "Guests")
    assert "moved to Wednesday 13 January 2100, 20:30, 90 minutes, “Guests”." in changed, "it stays moved"
    again = data("meeting", "move", "evening", "2100-01-12", "--to", "2100-01-14T20:30")
    (change,) = again["changes"]
    assert change == {"original": "2100-01-12T19:00", "skipped": False, "start": "2100-01-14T20:30", "minutes": 90, "title": "Guests"}
    restored = data("meeting", "restore", "evening", "2100-01-12")
    assert (restored["changes"], restored["sequence"]) == ([], 5)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["skip", "evening", "2100-01-13"], "WHEN: 2100-01-13T19:00 is no occurrence of this meeting; the nearest is 2100-01-12T19:00."),
        (["skip", "evening", "tomorrow"], 'WHEN: "tomorrow" was given; it may be a local date and time'),
        (["move", "evening", "2100-01-12", "--to", "2100-01-19T19:00"], "--to: another occurrence begins at 2100-01-19T19:00"),
        (["move", "evening", "2100-01-12", "--to", "later"], '--to: "later" was given; it may be a local date and time'),
        (["change", "evening", "2100-01-12"], "Nothing is changed. Give --minutes or --title"),
        (["change", "evening", "2100-01-12", "--minutes", "0"], "--minutes: 0 was given"),
        (["restore", "evening", "2100-01-13"], 'WHEN: "2100-01-13" was given; it may be the date of an occurrence, like 2026-11-24.'),
    ],
)
def test_a_change_that_can_not_be(evening: None, words: list[str], sentence: str) -> None:
    assert sentence in refused("meeting", *words)
    assert [written(change.original) for change in meeting_now().changes] == []


# --- rooms and removing


def test_a_room_is_opened_and_closed(evening: None) -> None:
    assert done("meeting", "open", "evening").startswith("Open until ")
    first = data("meeting", "open", "evening")
    assert first["closes_at"] - first["opened_at"] == 3_600_000
    assert first["page"] == "http://127.0.0.1:8000/r/evening"
    assert "Open now, until " in done("meeting", "show", "evening")
    assert done("meeting", "close", "evening") == "Closed: “Evening”. Who was in it sees so within seconds.\n"
    assert '"evening" is not open now.' in refused("meeting", "close", "evening")


def test_a_room_is_open_longer(evening: None) -> None:
    assert '"evening" is not open now.' in refused("meeting", "extend", "evening", "15")
    first = data("meeting", "open", "evening")
    assert data("meeting", "extend", "evening", "15")["closes_at"] == first["closes_at"] + 15 * 60_000
    assert done("meeting", "extend", "evening", "15").startswith("Open until ")
    assert "MINUTES: 0 was given; it may be a whole number from 1 to 240." in refused("meeting", "extend", "evening", "0")


def test_removing_a_meeting_asks_back(evening: None) -> None:
    assert run("meeting", "remove", "evening", typed="\n").exit_code == 1
    done("meeting", "open", "evening")
    assert "Close it first: chatserver meeting close evening" in refused("meeting", "remove", "evening", "--yes")
    done("meeting", "close", "evening")
    assert done("meeting", "remove", "evening", typed="y\n") == "Removed: “Evening”.\n"
    assert data("meeting", "list") == []
