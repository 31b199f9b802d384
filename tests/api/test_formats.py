"""Formats over the API."""

from __future__ import annotations

import pytest

from chatserver.domain.formats import Format, read
from chatserver.facilitating import formats
from chatserver.formats import built_in, toml_of
from chatserver.transport.api.codes import Code
from tests.api.conftest import Api

FORMATS = "/groups/group/formats"
OURS = 'title = "Ours"\n[[segments]]\ntitle = "Round"\nminutes = 45\nmode = "round"\n'


async def test_those_that_come_along_are_listed_and_read(api: Api) -> None:
    listed = (await api.done("GET", FORMATS))["formats"]
    assert [each["name"] for each in listed] == sorted(built_in())
    assert not any(each["own"] or each["faults"] for each in listed)
    one = await api.done("GET", f"{FORMATS}/smart")
    assert one["toml"] == toml_of("smart")
    answer = (await api.ask("GET", f"{FORMATS}/smrt")).refused(Code.NOT_FOUND)
    assert 'There is no format "smrt" here; did you mean smart?' in answer["message"]


async def test_one_s_own_is_put_and_used_and_removed(api: Api) -> None:
    await api.meeting(format="open-circle")
    put = await api.done("PUT", f"{FORMATS}/open-circle", {"toml": OURS})
    assert put["format"] == {"name": "open-circle", "own": True, "title": "Ours", "minutes": 45, "segments": 1, "faults": []}
    assert put["meetings"] == ["evening", "room"]
    assert (await api.done("PUT", f"{FORMATS}/open-circle", {"toml": OURS})).data == put.data
    assert (await api.done("GET", f"{FORMATS}/open-circle"))["toml"] == OURS
    listed = {each["name"]: each["own"] for each in (await api.done("GET", FORMATS))["formats"]}
    assert listed["open-circle"]
    await api.done("DELETE", f"{FORMATS}/open-circle")
    assert (await api.done("GET", f"{FORMATS}/open-circle"))["toml"] == toml_of("open-circle")
    (await api.ask("DELETE", f"{FORMATS}/open-circle")).refused(Code.NOT_FOUND)


async def test_a_meeting_is_held_in_one_of_the_group_s_own(api: Api) -> None:
    assert "format" in (await api.ask("POST", "/groups/group/meetings", {"slug": "a", "title": "A", "format": "ours"})).faults
    await api.done("PUT", f"{FORMATS}/ours", {"toml": OURS})
    await api.done("POST", "/groups/group/meetings", {"slug": "a", "title": "A", "format": "ours"})


async def test_all_that_is_wrong_with_one_is_told_at_once(api: Api) -> None:
    toml = 'titel = "Ours"\n[[segments]]\ntitle = "Round"\nminutes = 0\nmode = "wheel"\n'
    answer = await api.ask("PUT", f"{FORMATS}/ours", {"toml": toml})
    assert set(answer.faults) == {"titel", "title", "segments[0].minutes", "segments[0].mode"}
    found = read("ours", toml)
    assert not isinstance(found, Format)
    assert answer.faults == {fault.where: fault.sentence for fault in found}
    assert "file" in (await api.ask("PUT", f"{FORMATS}/ours", {"toml": "not TOML"})).faults
    assert "name" in (await api.ask("PUT", f"{FORMATS}/Ours!", {"toml": OURS})).faults
    assert "toml" in (await api.ask("PUT", f"{FORMATS}/ours", {"toml": ["x"]})).faults
    assert "toml" in (await api.ask("PUT", f"{FORMATS}/ours", {})).faults
    assert await api.house.store.formats("group") == {}


async def test_there_is_an_end_to_formats(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_OWN", 1)
    await api.done("PUT", f"{FORMATS}/ours", {"toml": OURS})
    (await api.ask("PUT", f"{FORMATS}/more", {"toml": OURS})).refused(Code.TOO_MANY)
    await api.done("PUT", f"{FORMATS}/ours", {"toml": OURS.replace("45", "50")})


async def test_one_that_cannot_be_read_any_more_is_listed_with_its_faults(api: Api) -> None:
    await api.house.store.put_format("group", "old", 'title = "Old"')
    (old,) = [each for each in (await api.done("GET", FORMATS))["formats"] if each["name"] == "old"]
    assert (old["own"], old["title"]) == (True, None)
    assert old["faults"][0]["where"] == "segments"
