"""When a meeting takes place, and what is otherwise with one of its occurrences."""

from __future__ import annotations

from typing import Any

import pytest

from chatserver.domain.schedule import written
from chatserver.facilitating import changes
from chatserver.transport.api.codes import Code
from tests.api.conftest import START, Api

EVENING = "/groups/group/meetings/evening"
SECOND = "2100-01-12T19:00"


async def starts(api: Api, days: str = "since=2100-01-01&until=2100-01-31") -> list[str]:
    return [each["local"] for each in (await api.done("GET", f"{EVENING}/occurrences?{days}"))["occurrences"]]


async def test_those_between_two_days_both_included(api: Api) -> None:
    await api.meeting(minutes=90)
    answer = await api.done("GET", f"{EVENING}/occurrences?since=2100-01-05&until=2100-01-19")
    assert [each["original"] for each in answer["occurrences"]] == [START, SECOND, "2100-01-19T19:00"]
    first = answer["occurrences"][0]
    assert (first["starts_at"], first["ends_at"]) == (4_102_855_200_000, 4_102_855_200_000 + 90 * 60_000)
    assert (first["title"], first["changed"], answer["timezone"]) == ("Evening", False, "Europe/Berlin")
    assert await starts(api, "since=2100-01-06&until=2100-01-11") == []


async def test_days_are_those_of_the_meeting_s_zone(api: Api) -> None:
    await api.meeting(timezone="Pacific/Auckland", start="2100-01-05T00:30")
    assert await starts(api, "since=2100-01-05&until=2100-01-05") == ["2100-01-05T00:30"]
    assert await starts(api, "since=2100-01-04&until=2100-01-04") == []


async def test_without_days_it_is_four_weeks_from_today(api: Api) -> None:
    await api.done("POST", "/groups/group/meetings", {"slug": "always", "title": "Always", "always_open": True})
    answer = await api.done("GET", "/groups/group/meetings/always/occurrences")
    assert len(answer["occurrences"]) == 28
    assert answer["since"] == answer["occurrences"][0]["local"][:10]


@pytest.mark.parametrize(
    ("days", "where"),
    [
        ("since=tomorrow", "since"), ("since=2100-02-30", "since"), ("since=1969-01-01", "since"), ("since=9999-12-31", "since"),
        ("until=", "until"), ("since=20270101", "since"), ("since=2100-01-05&until=2100-01-04", "until"),
        ("since=2100-01-01&until=2101-02-05", "until"), ("since=2100-01-01&until=9999-01-01", "until"), ("from=2100-01-01", "from"),
    ],
)  # fmt: skip
async def test_days_that_are_none_or_too_many(api: Api, days: str, where: str) -> None:
    await api.meeting()
    assert where in (await api.ask("GET", f"{EVENING}/occurrences?{days}")).faults


async def test_as_many_days_as_may_be_asked_for(api: Api) -> None:
    await api.meeting(rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")
    assert len(await starts(api, "since=2100-01-05&until=2101-02-08")) == 400


async def test_one_is_skipped_and_restored(api: Api) -> None:
    await api.meeting()
    skipped = await api.done("PUT", f"{EVENING}/changes/{SECOND}", {"skipped": True})
    assert skipped["meeting"]["changes"] == [{"original": SECOND, "skipped": True, "start": None, "minutes": None, "title": None}]
    assert await starts(api) == [START, "2100-01-19T19:00", "2100-01-26T19:00"]
    told = await api.done("GET", f"{EVENING}/occurrences?since=2100-01-01&until=2100-01-31")
    assert [each["original"] for each in told["skipped"]] == [SECOND]
    restored = await api.done("DELETE", f"{EVENING}/changes/{SECOND}")
    assert restored["meeting"]["changes"] == []
    assert SECOND in await starts(api)


async def test_one_is_moved_and_changed_once(api: Api) -> None:
    await api.meeting()
    change = {"start": "2100-01-13T20:30", "minutes": 90, "title": "Year’s first 🕯"}
    await api.done("PUT", f"{EVENING}/changes/2100-01-12", change)
    answer = await api.done("GET", f"{EVENING}/occurrences?since=2100-01-12&until=2100-01-18")
    (one,) = answer["occurrences"]
    assert (one["original"], one["local"], one["title"], one["changed"]) == (SECOND, "2100-01-13T20:30", "Year’s first 🕯", True)
    assert one["ends_at"] - one["starts_at"] == 90 * 60_000
    await api.done("PUT", f"{EVENING}/changes/2100-01-12", {"minutes": 30})
    (kept,) = (await api.stored()).changes
    assert (kept.start, kept.minutes, kept.title) == (None, 30, None), "a PUT says all of it"


async def test_the_same_again_changes_nothing(api: Api) -> None:
    await api.meeting()
    first = await api.done("PUT", f"{EVENING}/changes/{SECOND}", {"skipped": True})
    assert first["meeting"]["sequence"] == 1
    for when in (SECOND, "2100-01-12"):
        assert (await api.done("PUT", f"{EVENING}/changes/{when}", {"skipped": True})).data == first.data
    gone = await api.done("DELETE", f"{EVENING}/changes/{SECOND}")
    assert gone["meeting"]["sequence"] == 2
    assert (await api.done("DELETE", f"{EVENING}/changes/{SECOND}")).data == gone.data


@pytest.mark.parametrize(
    ("when", "body", "where", "words"),
    [
        (
            "2100-01-13",
            {"skipped": True},
            "original",
            "is no occurrence of this meeting; the nearest is 2100-01-12T19:00.",
        ),
        ("2100-01-12T20:00", {"skipped": True}, "original", "is no occurrence of this meeting"),
        ("2099-12-29", {"skipped": True}, "original", "the nearest is 2100-01-05T19:00."),
        ("soon", {"skipped": True}, "original", "it may be a local date and time to the minute"),
        ("2100-02-30", {"skipped": True}, "original", "it may be a local date and time to the minute"),
        ("2100-01-12", {}, "original", "nothing is changed; skip it, or give it another start, minutes or title."),
        ("2100-01-12", {"skipped": True, "minutes": 30}, "skipped", "one that is skipped has no other start, minutes or title"),
        ("2100-01-12", {"start": "2100-01-19T19:00"}, "start", "another occurrence begins at 2100-01-19T19:00"),
        ("2100-01-12", {"start": "later"}, "start", "it may be a local date and time to the minute"),
        ("2100-01-12", {"start": 5}, "start", "5 was given"),
        ("2100-01-12", {"minutes": 0}, "minutes", "from 1 to 1440"),
        ("2100-01-12", {"title": ""}, "title", "one line of 1 to 200 characters"),
        ("2100-01-12", {"skip": True}, "skip", "there is no such field; did you mean skipped?"),
    ],
)
async def test_a_change_that_can_not_be(api: Api, when: str, body: dict[str, Any], where: str, words: str) -> None:
    await api.meeting()
    assert words in (await api.ask("PUT", f"{EVENING}/changes/{when}", body)).faults[where]
    assert (await api.stored()).changes == ()
    assert (await api.stored()).sequence == 0


async def test_faults_of_the_occurrence_and_of_the_change_are_told_together(api: Api) -> None:
    await api.meeting()
    answer = await api.ask("PUT", f"{EVENING}/changes/soon", {"start": "later", "minutes": "x", "skip": True})
    assert set(answer.faults) == {"original", "start", "minutes", "skip"}


async def test_only_what_could_take_place_is_restored(api: Api) -> None:
    await api.meeting()
    for when in ("2100-01-13", "soon", "2100-01-12T20:00"):
        assert "original" in (await api.ask("DELETE", f"{EVENING}/changes/{when}")).faults


async def test_what_has_no_times_has_none_to_change(api: Api) -> None:
    await api.done("POST", "/groups/group/meetings", {"slug": "evening", "title": "By hand"})
    answer = await api.ask("PUT", f"{EVENING}/changes/2100-01-12", {"skipped": True})
    assert answer.faults["original"] == "only a meeting with a start has occurrences to change; leave the change out."
    assert await starts(api) == []


async def test_there_is_an_end_to_exceptions(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MAX_CHANGES", 1)
    await api.meeting()
    await api.done("PUT", f"{EVENING}/changes/2100-01-12", {"skipped": True})
    (await api.ask("PUT", f"{EVENING}/changes/2100-01-19", {"skipped": True})).refused(Code.TOO_MANY)
    await api.done("PUT", f"{EVENING}/changes/2100-01-12", {"minutes": 90})
    assert [written(change.original) for change in (await api.stored()).changes] == [SECOND]
