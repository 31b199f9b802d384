"""The sample: a believable week, made once, and taken away again."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatserver.domain.schedule import Change, Schedule, occurrences
from chatserver.domain.schedule_faults import checked, with_change
from chatserver.facilitating.occurrences import next_of
from chatserver.formats import built_in
from chatserver.sample.week import SampleMeeting, week
from chatserver.store.base import Group, Meeting
from tests.commands import data, done, refused, run, stored

NOW = int(datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp() * 1_000)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def everything() -> tuple[list[Group], list[Meeting]]:
    async def read(store: Any) -> tuple[list[Group], list[Meeting]]:
        return await store.groups(), await store.meetings()

    found: tuple[list[Group], list[Meeting]] = stored(read)
    return found


def schedule_of(meeting: SampleMeeting) -> Schedule:
    """With its changes. All of it is right, or this fails."""
    given = meeting.given
    always = given.get("always_open", False)
    made = checked(given["timezone"], given.get("start"), given.get("rrule"), given["minutes"], always_open=always)
    assert isinstance(made, Schedule), (given["slug"], made)
    for original, change in meeting.changes.items():
        start = change.get("start")
        differs = Change(
            datetime.fromisoformat(original),
            change.get("skipped", False),
            datetime.fromisoformat(start) if start else None,
            change.get("minutes"),
            change.get("title"),
        )
        with_it = with_change(made, differs)
        assert isinstance(with_it, Schedule), (given["slug"], with_it)
        made = with_it
    return made


def test_it_has_a_group_for_each_format_and_every_kind_of_meeting() -> None:
    done("sample")
    groups, meetings = everything()
    assert len(groups) == 11
    assert {meeting.format for meeting in meetings} == set(built_in())
    assert all(len({meeting.format for meeting in meetings if meeting.group == group}) == 1 for group in groups)
    assert Counter(meeting.schedule.kind for meeting in meetings).keys() == {"recurring", "once", "always open", "by hand"}
    assert {group.visibility for group in groups} == {"listed", "unlisted", "invite"}
    assert len({meeting.timezone for meeting in meetings}) >= 6
    assert len({meeting.language for meeting in meetings}) >= 3
    changes = [change for meeting in meetings for change in meeting.changes]
    assert {(change.skipped, change.start is not None, change.title is not None) for change in changes} >= {
        (True, False, False),
        (False, True, False),
        (False, False, True),
    }
    assert all(meeting.types or not meeting.format.startswith(("aa-", "na")) for meeting in meetings)


def test_a_second_time_it_changes_nothing_and_says_so() -> None:
    assert data("sample")["there"] == []
    before = everything()
    assert done("sample") == "The sample is here already. Nothing was changed.\n"
    assert everything() == before
    done("group", "remove", "rimu", "--yes")
    assert data("sample")["made"] == ["rimu"]
    assert [group.slug for group in everything()[0]] == [group.slug for group in before[0]]


def test_it_does_not_come_between_a_group_of_one_s_own() -> None:
    done("group", "add", "--slug", "tuesday", "--name", "Tuesday group")
    assert "There are other groups here: tuesday. To have the sample beside them: chatserver sample --anyway" in refused("sample")
    assert len(everything()[0]) == 1
    done("sample", "--anyway")
    assert len(everything()[0]) == 12


def test_it_is_taken_away_and_nothing_else() -> None:
    done("group", "add", "--slug", "tuesday", "--name", "Tuesday group")
    done("group", "add", "--slug", "rimu", "--name", "Ours, by the same name in addresses")
    assert "rimu" in refused("sample"), "one of that slug is somebody's own"
    done("sample", "--anyway")
    done("meeting", "open", "nightlight-always")
    assert run("sample", "--remove", typed="n\n").exit_code == 1
    assert len(everything()[0]) == 12
    removed = json.loads(done("sample", "--remove", "--yes", "--json"))["removed"]
    assert len(removed) == 10
    assert "rimu" not in removed
    groups, meetings = everything()
    assert ([group.slug for group in groups], meetings) == (["rimu", "tuesday"], [])
    assert done("sample", "--remove", "--yes") == "Nothing of the sample is here.\n"


def test_every_meeting_takes_place_and_none_of_a_group_overlaps_another() -> None:
    done("sample")
    _, meetings = everything()
    for meeting in meetings:
        assert (next_of(meeting, NOW) is None) is (meeting.schedule.kind == "by hand"), meeting.slug
    since = datetime.now(UTC)
    for one, other in combinations(meetings, 2):
        if one.group == other.group and not one.always_open and not other.always_open:
            mine, theirs = (list(occurrences(each.schedule, since, since + timedelta(days=100))) for each in (one, other))
            together = [(a, b) for a in mine for b in theirs if a.starts_at < b.ends_at and b.starts_at < a.ends_at]
            assert together == [], (one.slug, other.slug)


@settings(max_examples=30, deadline=None)
@given(st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001 (a moment in UTC, as it is taken)
def test_it_can_be_laid_on_any_day(at: datetime) -> None:
    """Whatever weekday, month's end or change of clocks there is: schedules and exceptions are right, and every start is past."""
    now = int(at.replace(tzinfo=UTC).timestamp() * 1_000)
    for group in week(now):
        for meeting in group.meetings:
            schedule = schedule_of(meeting)
            for original in meeting.changes:
                assert datetime.fromisoformat(original) >= at - timedelta(days=2)
            if schedule.kind == "recurring":
                assert schedule.start is not None
                assert schedule.start < at + timedelta(days=1)
            assert schedule.kind != "once" or next(occurrences(schedule, at.replace(tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC)), None)
