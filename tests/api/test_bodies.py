"""What is no right request, whatever it is for: bodies, queries, methods and addresses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatserver.store.base import StoreUnavailable
from chatserver.transport.api.codes import CODES, Code
from tests.api.conftest import Api

GROUP = "/groups/group"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"nonsense", b'{"name": NaN}', b'{"name": "\\ud800"}', b"\xff\xfe{}", b'{"name": "a"} {}', b"[" * 60_000]
)
async def test_a_body_that_is_no_json(api: Api, body: bytes) -> None:
    answer = await api.ask("PATCH", GROUP, data=body, headers={"Content-Type": "application/json"})
    answer.refused(Code.BAD_JSON)


@pytest.mark.parametrize("body", [[], "name", 5, None, True, [["name", "x"]]])
async def test_a_body_that_is_no_object(api: Api, body: Any) -> None:
    answer = await api.ask("PATCH", GROUP, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    assert answer.faults["body"].endswith("it is an object with fields.")


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", "application/jsonp"]
)
async def test_a_body_of_another_type(api: Api, kind: str) -> None:
    """Those that a form of another site's page could send are among them."""
    headers = {"Content-Type": kind} if kind else {}
    (await api.ask("PATCH", GROUP, data=b'{"name": "Ours"}', headers=headers)).refused(Code.NOT_JSON)
    (await api.ask("PUT", f"{GROUP}/formats/ours", data=b"title = 1", headers=headers)).refused(Code.NOT_JSON)
    await api.done("PATCH", GROUP, data=b'{"name": "Ours"}', headers={"Content-Type": "application/json; charset=UTF-8"})


async def test_a_body_that_is_too_large(api: Api) -> None:
    (await api.ask("PATCH", GROUP, {"name": "x" * 65_536})).refused(Code.TOO_LARGE)
    assert "name" in (await api.ask("PATCH", GROUP, {"name": "x" * 65_000})).faults

    async def endless() -> Any:
        for _ in range(80):
            yield b" " * 1_024

    (await api.ask("PATCH", GROUP, data=endless(), headers={"Content-Type": "application/json"})).refused(Code.TOO_LARGE)
    await api.done("GET", GROUP)


async def test_all_that_is_wrong_is_told_at_once_and_nothing_changes(api: Api) -> None:
    before = await api.house.store.group("group")
    answer = await api.ask(
        "PATCH",
        GROUP,
        {"name": 5, "kind": "club", "led_by": None, "guidelins": [], "guidelines": ["Listen.", 3], "website": "ftp:/x", "region": "\n"},
    )
    assert answer.faults == {
        "name": "5 was given; it may be one line of 1 to 200 characters.",
        "led_by": "a NoneType was given; it may be one of peer, volunteer, counsellor, licensed therapist.",
        "guidelines[1]": "3 was given; it may be text.",
        "guidelins": "there is no such field; did you mean guidelines?",
        "kind": '"club" was given; it may be one of peer support, group therapy.',
        "website": '"ftp:/x" was given; it may be an address like https://example.org/group, or empty.',
    }
    assert await api.house.store.group("group") == before


async def test_of_a_meeting_too_its_schedule_included(api: Api) -> None:
    answer = await api.ask(
        "POST",
        f"{GROUP}/meetings",
        {"slug": "Evening!", "titel": "x", "timezone": "Mars", "start": 19, "rrule": "FREQ=SECONDLY", "minutes": "60", "capacity": 1,
         "format": "smrt", "types": ["O", "ONLINE!"], "language": "klingon", "notes": None, "lobby": 1},
    )  # fmt: skip
    assert set(answer.faults) == {
        "slug", "title", "titel", "timezone", "start", "rrule", "minutes", "capacity", "format", "types[1]", "language", "notes", "lobby",
    }  # fmt: skip
    assert answer.faults["rrule"].startswith("FREQ=SECONDLY was given; it may be WEEKLY or MONTHLY;")
    assert answer.faults["title"] == "it is missing; it may be one line of 1 to 200 characters."
    assert answer.faults["minutes"] == '"60" was given; it may be a whole number from 1 to 1440.'
    assert [meeting.slug for meeting in await api.house.store.meetings()] == ["room"]


async def test_a_query_that_nobody_asked_for(api: Api) -> None:
    assert (await api.ask("GET", f"{GROUP}?verbose=1")).faults == {"verbose": "there is no such field; leave it out."}
    assert "x" in (await api.ask("DELETE", f"{GROUP}/meetings/room?x=1")).faults
    assert "x" in (await api.ask("PATCH", f"{GROUP}?x=1", {"name": "Ours"})).faults
    assert await api.house.store.meeting("room") is not None
    twice = await api.ask("GET", f"{GROUP}/meetings/room/occurrences?since=2100-01-01&since=2100-01-02")
    assert twice.faults["since"] == "it is there twice; leave one out."


async def test_an_address_and_a_method_that_are_none(api: Api) -> None:
    for path in ("/", "/groups", "/groups/", f"{GROUP}/", f"{GROUP}/meeting", f"{GROUP}/meetings/room/rooms", "/%00"):
        (await api.ask("GET", path)).refused(Code.NOT_FOUND)
    answer = (await api.ask("POST", GROUP)).refused(Code.WRONG_METHOD)
    assert answer.headers["Allow"] == "GET, PATCH"
    (await api.ask("PROPFIND", GROUP)).refused(Code.WRONG_METHOD)


@pytest.mark.parametrize("slug", ["Room", "r" * 300, "%00", "%ED%A0%80", "..", "a b", "'; --", "é"])
async def test_a_meeting_of_no_name(api: Api, slug: str) -> None:
    for method, more in (("GET", ""), ("DELETE", ""), ("POST", "/open"), ("POST", "/close"), ("GET", "/occurrences")):
        (await api.ask(method, f"{GROUP}/meetings/{slug}{more}")).refused(Code.NOT_FOUND)


async def test_a_store_that_does_not_answer(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise StoreUnavailable("secret words")

    monkeypatch.setattr(api.house.store, "key", away)
    answer = (await api.ask("GET", GROUP)).refused(Code.UNAVAILABLE)
    assert answer.headers["Retry-After"] == "30"
    assert "secret" not in str(answer.data)


async def test_a_fault_of_ours_tells_nothing_of_itself(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(api.house.store, "meetings", fail)
    answer = (await api.ask("GET", GROUP)).refused(Code.BROKEN)
    assert "secret" not in str(answer.data)


def test_every_code_has_a_status_and_a_sentence() -> None:
    assert set(CODES) == set(Code)
    for meaning in CODES.values():
        assert 400 <= meaning.status < 600
        assert meaning.sentence[0].isupper()
        assert meaning.sentence.endswith(".")
