"""`chatserver directory check`: what is printed, and the exit code."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chatserver.store.base import Group, Meeting, Store
from tests.commands import run, stored

GROUP = Group("riverside", "Riverside group", address="Berlin, Germany")
EVENING = Meeting("evening", GROUP, "Evening", "open-circle", "Europe/Berlin", "2020-01-07T19:00", "FREQ=WEEKLY;BYDAY=TU,TH", 60)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHATSERVER_SERVER__PUBLIC_URL", "https://meet.example.org")
    (tmp_path / "data").mkdir()


def put(*meetings: Meeting) -> None:
    async def add(store: Store) -> None:
        for group in {meeting.group.slug: meeting.group for meeting in meetings}.values():
            await store.add_group(group)
        for meeting in meetings:
            await store.add_meeting(meeting)

    stored(add)


def check() -> tuple[int, str]:
    result = run("directory", "check")
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def test_all_is_right() -> None:
    put(EVENING, replace(EVENING, slug="monthly", title="Monthly", rrule="FREQ=MONTHLY;BYDAY=1TU"))
    code, text = check()
    assert code == 0, "that a monthly meeting is left out can not be mended"
    lines = text.splitlines()
    assert lines[0] == "https://meet.example.org/meetings.json has 2 records, of 1 of 2 meetings."
    assert "evening (Evening, Riverside group)" in lines
    assert "  In the feed: evening-tu, Tuesday 19:00–20:00 Europe/Berlin, at “Berlin, Germany”." in lines
    assert "  Not in the feed: it is monthly, and the format knows only weekly meetings. It is in the calendars." in lines
    assert any(line.startswith("  TSML: listed. As an online meeting") for line in lines)
    assert "    $tsml_conference_providers['meet.example.org'] = 'Text chat';" in lines
    assert '        "meet.example.org": "Text chat"' in lines


def test_a_fault_that_can_be_mended() -> None:
    put(EVENING, replace(EVENING, slug="other", group=replace(GROUP, slug="other", address="")))
    code, text = check()
    assert code == 1
    assert "  To mend it: Give the group other an approximate one" in text


def test_without_a_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHATSERVER_SERVER__PUBLIC_URL")
    assert check()[0] == 0, "nothing is listed yet"
    put(EVENING)
    code, text = check()
    assert code == 1
    assert "set server.public_url" in text


def test_for_programs() -> None:
    put(EVENING)
    result = run("directory", "check", "--json")
    found: dict[str, Any] = json.loads(result.output)
    assert result.exit_code == 0
    assert found["feed"] == "https://meet.example.org/meetings.json"
    assert found["faults"] == []
    (meeting,) = found["meetings"]
    assert (meeting["meeting"], meeting["group"], meeting["fault"], meeting["left_out"]) == ("evening", "riverside", False, None)
    assert [record["slug"] for record in meeting["records"]] == ["evening-tu", "evening-th"]
    assert [each["reader"] for each in meeting["readers"]] == ["TSML", "tsml-ui", "Meeting Guide app", "OIAA"]
    assert found["snippets"].keys() == {"wordpress", "tsml_ui"}


def test_without_meetings() -> None:
    code, text = check()
    assert code == 0
    assert text.splitlines()[0] == "https://meet.example.org/meetings.json has 0 records, of 0 of 0 meetings."
