"""Whose key is shown, how, and what it may be used for; and that a key stands nowhere but in its header."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

from chatserver.engine.tokens import hash_token, new_token
from chatserver.store.base import Key, KeyRole
from chatserver.transport.api.codes import Code
from chatserver.transport.api.doorkeeper import WRONG
from tests.api.conftest import WEEKLY, Api
from tests.running import RunningServer

GROUP = "/groups/group"


async def other_groups_key(api: Api, role: KeyRole = "facilitator") -> str:
    text = new_token()
    await api.house.store.add_key(Key(hash_token(text), "other", role))
    return text


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Basic {key}", "{key}", "Bearer {key}x", "Bearer {key} {key}", "bearer={key}", "Bearer é"],
)
async def test_without_a_key_that_works_nothing_is_told(api: Api, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.format(key=api.key)}
    for method, path in (("GET", GROUP), ("GET", "/groups/none"), ("DELETE", f"{GROUP}/meetings/room")):
        answer = (await api.ask(method, path, key=None, headers=headers)).refused(Code.BAD_KEY)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert await api.house.store.meeting("room") is not None


async def test_a_key_is_taken_however_bearer_is_written(api: Api) -> None:
    for header in (f"bearer {api.key}", f"BEARER  {api.key}"):
        await api.done("GET", GROUP, key=None, headers={"Authorization": header})


@pytest.mark.parametrize("name", ["key", "token", "access_token", "KEY", "api_key"])
async def test_a_key_in_the_address_is_refused_by_its_name(api: Api, name: str) -> None:
    for key in (None, ""):
        answer = (await api.ask("GET", f"{GROUP}?{name}=anything", key=key)).refused(Code.KEY_IN_ADDRESS)
        assert "rotate" in answer["message"]


@pytest.mark.parametrize("query", ["?x={key}", "?{key}", "?since=2100-01-01&until={key}"])
async def test_a_key_in_the_address_is_refused_whatever_it_is_called(api: Api, query: str) -> None:
    moderator = await api.house.key("moderator")
    for path in (GROUP, f"{GROUP}/meetings/room/occurrences", "/nowhere", "/openapi.json"):
        for key in (api.key, moderator):
            (await api.ask("GET", path + query.format(key=key))).refused(Code.KEY_IN_ADDRESS)
    harmless = await api.ask("GET", GROUP + query.format(key=new_token()))
    harmless.refused(Code.FAULTY)


async def test_who_moderates_or_is_invited_edits_nothing(api: Api) -> None:
    for role in ("moderator", "member"):
        key = await api.house.key(role)
        (await api.ask("GET", GROUP, key=key)).refused(Code.NOT_FACILITATOR)
        (await api.ask("DELETE", f"{GROUP}/meetings/room", key=key)).refused(Code.NOT_FACILITATOR)


async def test_a_key_that_is_counted_at_the_door_is_not_for_this(api: Api) -> None:
    key = await api.house.key("facilitator", uses=1)
    (await api.ask("GET", GROUP, key=key)).refused(Code.COUNTED_KEY)
    assert await api.house.store.use_key(hash_token(key)), "it was not used up"


async def test_another_group_s_key_learns_nothing(api: Api) -> None:
    key = await other_groups_key(api)
    seen = set()
    for path in (GROUP, "/groups/none", f"{GROUP}/meetings/room", f"{GROUP}/meetings/none", f"{GROUP}/formats/none"):
        answer = (await api.ask("GET", path, key=key)).refused(Code.OTHER_GROUP)
        seen.add(str(answer.data))
    assert len(seen) == 1, "what exists is refused as what does not"
    (await api.ask("DELETE", f"{GROUP}/meetings/room", key=key)).refused(Code.OTHER_GROUP)
    (await api.ask("POST", f"{GROUP}/meetings/room/open", key=key)).refused(Code.OTHER_GROUP)
    # Through its own group's address neither.
    theirs = [("GET", ""), ("DELETE", ""), ("PATCH", ""), ("POST", "/open"), ("POST", "/close"), ("GET", "/occurrences")]
    for method, more in theirs:
        body = {"title": "Mine"} if method == "PATCH" else None
        there, not_there = [await api.ask(method, f"/groups/other/meetings/{slug}{more}", body, key=key) for slug in ("room", "none")]
        assert there.refused(Code.NOT_FOUND).data == not_there.refused(Code.NOT_FOUND).data
    assert (await api.stored("room")).title == "A meeting"


async def test_a_key_of_one_meeting_reads_its_group_and_edits_its_meeting(api: Api) -> None:
    await api.meeting("evening")
    key = await api.house.key("facilitator", meeting="evening")
    whole = await api.done("GET", GROUP, key=key)
    assert [meeting["slug"] for meeting in whole["meetings"]] == ["evening"]
    await api.done("PATCH", f"{GROUP}/meetings/evening", {"title": "Ours"}, key=key)
    await api.done("PUT", f"{GROUP}/meetings/evening/changes/2100-01-12", {"skipped": True}, key=key)
    await api.done("POST", f"{GROUP}/keys", {"kind": "moderator", "meeting": "evening"}, key=key)
    refused = [
        ("GET", f"{GROUP}/meetings/room", None),
        ("GET", f"{GROUP}/meetings/none", None),
        ("POST", f"{GROUP}/meetings/room/open", None),
        ("PATCH", GROUP, {"name": "Ours"}),
        ("POST", f"{GROUP}/meetings", {"slug": "more", **WEEKLY}),
        ("DELETE", f"{GROUP}/meetings/evening", None),
        ("PUT", f"{GROUP}/formats/ours", {"toml": ""}),
        ("POST", f"{GROUP}/keys", {"kind": "facilitator"}),
        ("POST", f"{GROUP}/keys/rotate", {"kind": "facilitator", "meeting": "room"}),
    ]
    for method, path, body in refused:
        (await api.ask(method, path, body, key=key)).refused(Code.OTHER_MEETING)
    assert "key" in (await api.ask("POST", f"{GROUP}/keys/revoke", {"key": api.key}, key=key)).faults
    await api.done("GET", GROUP)


async def test_wrong_keys_are_slowed_down_and_right_ones_are_not(api: Api) -> None:
    for _ in range(int(WRONG.burst)):
        (await api.ask("GET", GROUP, key=new_token())).refused(Code.BAD_KEY)
    answer = (await api.ask("GET", GROUP, key=new_token())).refused(Code.TOO_FAST)
    assert 0 < answer["retry_after_ms"] <= 5_000
    assert 1 <= int(answer.headers["Retry-After"]) <= 5
    await api.done("GET", GROUP)


@pytest.mark.parametrize("options", [{"limits.commands_per_second": 0.001, "limits.command_burst": 3}])
async def test_a_key_asks_as_often_as_commands_are_asked(api: Api) -> None:
    for _ in range(3):
        await api.done("GET", GROUP)
    (await api.ask("GET", GROUP)).refused(Code.TOO_FAST)
    await api.done("GET", GROUP, key=await api.house.key("facilitator"))


async def test_no_page_of_another_site_can_ask(api: Api) -> None:
    """A browser asks first whether it may send the header. Nobody answers that it may: `ask` looks for that in every answer."""
    headers = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    (await api.ask("OPTIONS", GROUP, key=None, headers=headers)).refused(Code.WRONG_METHOD)
    await api.done("GET", GROUP, headers={"Origin": "https://elsewhere.example"})


async def test_a_key_in_a_wrong_place_is_not_shown_back(api: Api) -> None:
    secret = await api.house.key("facilitator")
    wrong: list[tuple[str, str, object]] = [
        ("PATCH", GROUP, {secret: 1}),
        ("PATCH", GROUP, {"visibility": secret, "led_by": f"Bearer {secret}", "website": f"ftp://{secret}"}),
        ("POST", f"{GROUP}/meetings", {"slug": f"{secret}!", "title": secret * 9, "format": secret, "timezone": secret, "start": secret}),
        ("PUT", f"{GROUP}/meetings/room/changes/{secret}", {"skipped": True}),
        ("PUT", f"{GROUP}/formats/{secret}", {"toml": f'{secret} = "{secret}"'}),
        ("GET", f"{GROUP}/formats/{secret}", None),
        ("POST", f"{GROUP}/keys", {"kind": secret, "meeting": secret}),
        ("POST", f"{GROUP}/keys/revoke", {"key": [secret]}),
        ("POST", f"{GROUP}/keys/revoke", {"kye": secret}),
        ("POST", f"{GROUP}/keys/revoke", {"key": f"{secret}x"}),
        ("GET", f"/groups/{secret}", None),
        ("GET", f"/{secret}", None),
        ("GET", f"{GROUP}?key={secret}", None),
    ]
    for method, path, body in wrong:
        assert not (await api.ask(method, path, body))["ok"]
    for text in api.texts:
        assert secret[:24] not in text, text
        assert secret[-24:] not in text, text


async def test_no_key_is_in_any_line_of_the_log(tmp_path: Path) -> None:
    """Keys in the header, in a body, in the address and in its answer, at the level at which the most is told."""
    (tmp_path / "data").mkdir()
    with RunningServer(tmp_path, {"CHATSERVER_LOG__LEVEL": "debug", "PYTHONASYNCIODEBUG": "1"}) as server:
        key, wrong = server.facilitator_key, new_token()
        headers = {"Authorization": f"Bearer {key}"}
        base = f"{server.url}/api/v1/groups/demo"
        async with aiohttp.ClientSession() as session:
            made = await session.post(f"{base}/keys", json={"kind": "moderator"}, headers=headers)
            text = (await made.json())["key"]
            for method, url, body in (
                ("GET", f"{base}?key={key}", None),
                ("GET", f"{base}/{wrong}", None),
                ("POST", f"{base}/keys/revoke", {"key": text}),
                ("POST", f"{base}/keys/revoke", {"key": {key: [wrong]}}),
            ):
                await (await session.request(method, url, json=body, headers=headers)).read()
            await (await session.get(base, headers={"Authorization": f"Bearer {wrong}"})).read()
        assert await asyncio.to_thread(server.stop) == 0
        log = "\n".join(line for line in server.output.splitlines() if re.match(r"\d{4}-\d\d-\d\dT", line))
        assert " DEBUG " in log
        for secret in (key, wrong, text):
            assert secret not in log
            assert secret[:20] not in log
        for file in (tmp_path / "data").iterdir():
            assert text.encode() not in file.read_bytes()
