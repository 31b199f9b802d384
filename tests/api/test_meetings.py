"""The group and its meetings: read, made, edited and removed."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chatserver.domain.schedule import written
from chatserver.engine.tokens import hash_token
from chatserver.facilitating import meetings
from chatserver.store.base import Group
from chatserver.transport.api.codes import Code
from tests.api.conftest import START, WEEKLY, Api

GROUP = "/groups/group"
EVENING = f"{GROUP}/meetings/evening"


async def test_the_group_is_read_with_its_meetings(api: Api) -> None:
    await api.meeting(title="Evening circle")
    answer = await api.done("GET", GROUP)
    assert answer["group"]["slug"] == "group"
    assert answer["group"]["page"].endswith("/g/group")
    evening, room = answer["meetings"]
    assert (evening["slug"], evening["title"], evening["room"]) == ("evening", "Evening circle", None)
    assert evening["next"]["original"] == evening["next"]["local"] == START
    assert evening["next"]["ends_at"] - evening["next"]["starts_at"] == 3_600_000
    assert room["next"] is None
    assert room["room"]["closes_at"] > room["room"]["opened_at"]


async def test_the_group_is_edited_and_what_is_not_given_stays(api: Api) -> None:
    fields = {
        "name": " Ours ",
        "visibility": "invite",
        "led_by": "counsellor",
        "kind": "group therapy",
        "guidelines": ["Listen.", "Pass is fine."],
        "address": "Berlin, Germany",
        "region": "Berlin",
        "website": "https://example.org/ours",
    }
    answer = await api.done("PATCH", GROUP, fields)
    assert answer["group"] == {**fields, "name": "Ours", "slug": "group", "page": None}
    await api.done("PATCH", GROUP, {"region": ""})
    assert await api.house.store.group("group") == Group(
        "group",
        "Ours",
        "invite",
        "counsellor",
        "group therapy",
        ("Listen.", "Pass is fine."),
        "Berlin, Germany",
        "",
        "https://example.org/ours",
    )
    assert "body" in (await api.ask("PATCH", GROUP, {})).faults


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", " "), ("name", "x" * 201), ("name", "a\nb"), ("name", "\u200b"), ("guidelines", ["x"] * 31),
        ("guidelines[1]", ["a", ""]), ("website", "https://"), ("website", "javascript:alert(1)"), ("website", "https://u:p@example.org"),
        ("website", "https://example.org/ü"), ("website", "https://example.org:99999"), ("visibility", "hidden"), ("slug", "other"),
    ],
)  # fmt: skip
async def test_a_group_that_can_not_be(api: Api, field: str, value: Any) -> None:
    before = await api.house.store.group("group")
    assert field in (await api.ask("PATCH", GROUP, {field.partition("[")[0]: value, "region": "Ours"})).faults
    assert await api.house.store.group("group") == before


async def test_words_are_kept_in_every_language(api: Api) -> None:
    for name in ("Kreis für alle", "دایره‌ی آزاد", "開かれた輪", "Família 👨‍👩‍👧"):
        assert (await api.done("PATCH", GROUP, {"name": name}))["group"]["name"] == name
    # What reorders or hides is taken out.
    assert (await api.done("PATCH", GROUP, {"name": "a\u202eb\x00c"}))["group"]["name"] == "abc"


async def test_a_meeting_is_made_as_it_is_given(api: Api) -> None:
    given = {
        "title": "Evening circle",
        "format": "smart",
        "timezone": "Europe/Berlin",
        "start": START,
        "rrule": "freq=weekly;byday=tu",
        "minutes": 90,
        "always_open": False,
        "doors_minutes": 0,
        "capacity": 12,
        "lobby": True,
        "language": "DE-at",
        "types": ["o", "D", "O"],
        "notes": "Two lines\nof notes.",
    }
    answer = await api.done("POST", f"{GROUP}/meetings", {"slug": "evening", **given})
    assert answer.status == 201
    made = answer["meeting"]
    as_kept = {**given, "rrule": "FREQ=WEEKLY;BYDAY=TU", "language": "de-AT", "types": ["O", "D"]}
    assert {name: made[name] for name in given} == as_kept
    assert (made["slug"], made["sequence"], made["changes"], answer["notices"]) == ("evening", 0, [], [])
    assert made["page"].endswith("/r/evening")
    assert (await api.done("GET", EVENING))["meeting"] == made
    assert (await api.stored()).start == START


async def test_the_four_kinds(api: Api) -> None:
    by_hand = await api.done("POST", f"{GROUP}/meetings", {"slug": "by-hand", "title": "By hand"})
    assert by_hand["meeting"]["next"] is None
    once = await api.meeting("once", rrule=None)
    assert once["meeting"]["next"]["original"] == START
    always = await api.done("POST", f"{GROUP}/meetings", {"slug": "always", "title": "Always", "always_open": True})
    assert always["meeting"]["next"]["local"].endswith("T04:00")
    assert "always_open" in (await api.ask("POST", f"{GROUP}/meetings", {"slug": "both", **WEEKLY, "always_open": True})).faults


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"rrule": "FREQ=SECONDLY"}, "rrule", "FREQ=SECONDLY was given; it may be WEEKLY or MONTHLY"),
        ({"rrule": "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9"}, "rrule", "BYHOUR is not for meetings"),
        ({"rrule": "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"}, "rrule", "it names no day at all"),
        ({"rrule": "FREQ=WEEKLY;INTERVAL=0"}, "rrule", "INTERVAL=0 was given"),
        ({"rrule": "A" * 600}, "rrule", "it has more than 500 characters"),
        (
            {"rrule": "FREQ=WEEKLY;BYDAY=WE"},
            "start",
            "the rule does not name; the nearest that it does is 2100-01-06T19:00.",
        ),
        ({"start": "2100-02-30T19:00"}, "start", "it may be a local date and time to the minute"),
        ({"start": "2100-01-05T19:00+01:00"}, "start", "it may be a local date and time to the minute"),
        ({"start": "9999-12-31T23:59"}, "start", "it may be a local date and time to the minute"),
        ({"start": None}, "rrule", "it is there without a start"),
        ({"timezone": "Berlin"}, "timezone", "it may be a name like Europe/Berlin."),
        ({"timezone": "../../etc/passwd"}, "timezone", "it may be a name like"),
        ({"minutes": 0}, "minutes", "it may be a whole number from 1 to 1440."),
        ({"minutes": 10**30}, "minutes", "it may be a whole number"),
        ({"minutes": True}, "minutes", "true was given"),
        ({"capacity": 1}, "capacity", "from 2 to 10000, or left out for the server's setting."),
        ({"doors_minutes": 121}, "doors_minutes", "from 0 to 120"),
        ({"format": "circle"}, "format", 'There is no format "circle" here; did you mean open-circle?'),
        ({"notes": "x" * 2_001}, "notes", "text of up to 2000 characters."),
        ({"types": ["O"] * 21}, "types", "there are 21; there may be up to 20."),
        (
            {"types": ["O", "ONL"]},
            "types[1]",
            '"ONL" was given; it may be a code of the Meeting Guide\'s list, like O (Open), D (Discussion)',
        ),
        ({"title": "\u202e"}, "title", "one line of 1 to 200 characters."),
    ],
)
async def test_a_meeting_that_can_not_be(api: Api, fields: dict[str, Any], where: str, words: str) -> None:
    made = await api.ask("POST", f"{GROUP}/meetings", {"slug": "evening", **WEEKLY, **fields})
    assert words in made.faults[where]
    assert await api.house.store.meeting("evening") is None
    await api.meeting()
    before = await api.stored()
    assert words in (await api.ask("PUT", EVENING, {**WEEKLY, **fields})).faults[where]
    assert words in (await api.ask("PATCH", EVENING, fields)).faults[where]
    assert await api.stored() == before


async def test_a_start_that_the_clock_leaves_out_is_taken_and_is_later(api: Api) -> None:
    made = await api.meeting(start="2100-03-28T02:30", rrule="FREQ=WEEKLY;BYDAY=SU")
    assert (made["meeting"]["next"]["original"], made["meeting"]["next"]["local"]) == ("2100-03-28T02:30", "2100-03-28T03:30")


async def test_a_name_in_addresses_is_taken_once(api: Api) -> None:
    await api.meeting()
    (await api.ask("POST", f"{GROUP}/meetings", {"slug": "evening", **WEEKLY})).refused(Code.ALREADY_THERE)


async def test_there_is_an_end_to_meetings(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "MAX_MEETINGS", 2)
    await api.meeting()
    answer = (await api.ask("POST", f"{GROUP}/meetings", {"slug": "more", **WEEKLY})).refused(Code.TOO_MANY)
    assert answer["message"] == "There are 2 meetings in this group already. Remove one first."


async def test_the_same_again_changes_nothing(api: Api) -> None:
    await api.meeting()
    first = await api.done("PUT", EVENING, {**WEEKLY, "minutes": 75})
    assert first["meeting"]["sequence"] == 1
    for method, body in (("PUT", {**WEEKLY, "minutes": 75}), ("PATCH", {"minutes": 75}), ("PATCH", {"rrule": "byday=tu;freq=weekly"})):
        assert (await api.done(method, EVENING, body)).data == first.data, "not even when it was changed"
    assert (await api.done("PUT", EVENING, WEEKLY))["meeting"]["minutes"] == 60, "what is left out of a PUT is as usual"
    assert (await api.done("PATCH", EVENING, {"title": "Late"}))["meeting"]["sequence"] == 3


async def test_a_put_makes_nothing(api: Api) -> None:
    (await api.ask("PUT", EVENING, WEEKLY)).refused(Code.NOT_FOUND)


async def test_exceptions_stay_with_an_edit_as_far_as_there_is_an_occurrence(api: Api) -> None:
    await api.meeting()
    for day in ("2100-01-12", "2100-01-19"):
        await api.done("PUT", f"{EVENING}/changes/{day}", {"skipped": True})
    kept = await api.done("PATCH", EVENING, {"title": "Late"})
    assert [change["original"] for change in kept["meeting"]["changes"]] == ["2100-01-12T19:00", "2100-01-19T19:00"]
    fortnightly = await api.done("PATCH", EVENING, {"rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"})
    assert [change["original"] for change in fortnightly["meeting"]["changes"]] == ["2100-01-19T19:00"]
    assert fortnightly["notices"] == ["What was otherwise on 2100-01-12T19:00 has gone: by the schedule as it is now, nothing begins then."]
    assert [written(change.original) for change in (await api.stored()).changes] == ["2100-01-19T19:00"]


async def test_of_edits_at_the_same_time_none_is_lost(api: Api) -> None:
    await api.meeting()
    edits = [{"title": "Late"}, {"minutes": 90}, {"lobby": True}]
    skips = ["2100-01-12", "2100-01-19", "2100-01-26"]
    await asyncio.gather(
        *(api.done("PATCH", EVENING, edit) for edit in edits),
        *(api.done("PUT", f"{EVENING}/changes/{day}", {"skipped": True}) for day in skips),
    )
    after = await api.stored()
    assert (after.title, after.minutes, after.lobby) == ("Late", 90, True)
    assert [f"{change.original:%Y-%m-%d}" for change in after.changes] == skips
    assert after.sequence == 6


async def test_meetings_that_overlap_are_taken_and_told(api: Api) -> None:
    """Each has its own room, and both open: it may be meant so. Only the coming eight weeks are looked at."""
    tomorrow = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)
    day = f"{tomorrow:%Y-%m-%d}"
    first = await api.meeting(start=f"{day}T19:00", rrule=None)
    assert first["notices"] == []
    second = await api.meeting("second", start=f"{day}T19:30", rrule=None)
    told = f"on {tomorrow:%A} {tomorrow.day} {tomorrow:%B %Y}, 19:30 to 20:30 (Europe/Berlin). Both rooms open."
    assert second["notices"] == [f"“Evening” (evening) is on at the same time, first {told}"]
    assert (await api.done("PATCH", f"{GROUP}/meetings/second", {"start": f"{day}T20:00"}))["notices"] == [], "one begins as the other ends"
    moved = await api.done("PUT", f"{EVENING}/changes/{day}", {"start": f"{day}T19:30"})
    assert moved["notices"][0].startswith("“Evening” (second) is on at the same time")
    assert (await api.done("PUT", f"{EVENING}/changes/{day}", {"skipped": True}))["notices"] == []
    assert (await api.meeting("always", start=None, rrule=None, always_open=True))["notices"] == []
    assert (await api.meeting("far"))["notices"] == (await api.meeting("far-too"))["notices"] == []


async def test_a_meeting_is_removed_with_what_is_its_own(api: Api) -> None:
    await api.meeting()
    invite = await api.house.key("member", meeting="evening")
    await api.done("POST", f"{EVENING}/open")
    (await api.ask("DELETE", EVENING)).refused(Code.STILL_OPEN)
    await api.done("POST", f"{EVENING}/close")
    await api.done("DELETE", EVENING)
    (await api.ask("DELETE", EVENING)).refused(Code.NOT_FOUND)
    assert await api.house.store.key(hash_token(invite)) is None
