"""Keys: made, replaced, ended, and never listed."""

from __future__ import annotations

from typing import Any

import pytest

from chatserver.engine.tokens import hash_token
from chatserver.store.base import Key, Meeting, StoreUnavailable
from chatserver.transport.api.codes import Code
from tests.api.conftest import Api

KEYS = "/groups/group/keys"


async def works(api: Api, key: str) -> bool:
    return await api.house.store.key(hash_token(key)) is not None


@pytest.mark.parametrize(("kind", "role"), [("facilitator", "facilitator"), ("moderator", "moderator")])
async def test_a_key_is_made_and_only_its_hash_kept(api: Api, kind: str, role: str) -> None:
    answer = await api.done("POST", KEYS, {"kind": kind})
    assert answer.status == 201
    key = answer["key"]
    assert (len(key), answer["ended"]) == (43, 0)
    assert answer["link"].endswith(f"/r/room#key={key}"), "its only meeting's"
    hash = hash_token(key)
    assert await api.house.store.key(hash) == Key(hash, "group", role)  # type: ignore[arg-type]


async def test_an_invite_is_for_one_meeting(api: Api) -> None:
    answer = await api.done("POST", KEYS, {"kind": "invite", "meeting": "room", "uses": 3})
    assert answer["link"].endswith(f"/r/room#invite={answer['key']}")
    hash = hash_token(answer["key"])
    assert await api.house.store.key(hash) == Key(hash, "group", "member", "room", 3)
    assert (await api.ask("POST", KEYS, {"kind": "invite"})).faults == {"meeting": "an invite is for one meeting; name it."}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "kind"), ({"kind": "operator"}, "kind"),
        ({"kind": "moderator", "uses": 0}, "uses"), ({"kind": "moderator", "uses": 1.5}, "uses"),
        ({"kind": "moderator", "uses": 100_001}, "uses"), ({"kind": "invite", "meeting": "none"}, "meeting"),
        ({"kind": "moderator", "meeting": 5}, "meeting"), ({"kind": "moderator", "role": "facilitator"}, "role"),
    ],
)  # fmt: skip
async def test_a_key_that_can_not_be(api: Api, body: dict[str, Any], where: str) -> None:
    for path in (KEYS, f"{KEYS}/rotate"):
        assert where in (await api.ask("POST", path, body)).faults


async def test_a_meeting_of_another_group_is_none_of_this_one_s(api: Api) -> None:
    other = await api.house.store.group("other")
    assert other is not None
    await api.house.store.add_meeting(Meeting("theirs", other, "Theirs", "open-circle", "UTC", None, None, 60))
    theirs, none = [await api.ask("POST", KEYS, {"kind": "invite", "meeting": slug}) for slug in ("theirs", "none!!")]
    assert theirs.faults["meeting"].replace("theirs", "none!!") == none.faults["meeting"]


async def test_rotating_ends_all_others_of_that_kind(api: Api) -> None:
    moderator, of_room = await api.house.key("moderator"), await api.house.key("moderator", meeting="room")
    second = await api.house.key("facilitator")
    answer = await api.done("POST", f"{KEYS}/rotate", {"kind": "facilitator"})
    assert answer["ended"] == 2
    assert [await works(api, key) for key in (api.key, second, moderator, answer["key"])] == [False, False, True, True]
    (await api.ask("GET", "/groups/group")).refused(Code.BAD_KEY)
    await api.done("GET", "/groups/group", key=answer["key"])

    of_meeting = await api.done("POST", f"{KEYS}/rotate", {"kind": "moderator", "meeting": "room"}, key=answer["key"])
    assert of_meeting["ended"] == 1
    assert [await works(api, key) for key in (moderator, of_room, of_meeting["key"])] == [True, False, True]


async def test_nobody_is_locked_out_where_the_old_ones_cannot_be_ended(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object, **__: object) -> int:
        raise StoreUnavailable

    monkeypatch.setattr(api.house.store, "revoke_keys", away)
    (await api.ask("POST", f"{KEYS}/rotate", {"kind": "facilitator"})).refused(Code.UNAVAILABLE)
    await api.done("GET", "/groups/group")


async def test_one_key_is_ended_by_showing_it(api: Api) -> None:
    keys = [await api.house.key("moderator") for _ in range(3)]
    await api.done("POST", f"{KEYS}/revoke", {"key": keys[0]})
    await api.done("POST", f"{KEYS}/revoke", {"key": f"https://chat.example.org/r/room#key={keys[1]}"})
    assert [await works(api, key) for key in keys] == [False, False, True]
    told = "no key like this works here; it may have ended already, or be another group's."
    assert (await api.ask("POST", f"{KEYS}/revoke", {"key": keys[0]})).faults == {"key": told}
    other = Key(hash_token("o" * 43), "other", "facilitator")
    await api.house.store.add_key(other)
    assert (await api.ask("POST", f"{KEYS}/revoke", {"key": "o" * 43})).faults == {"key": told}
    assert await api.house.store.key(other.hash) == other


async def test_keys_are_never_listed(api: Api) -> None:
    (await api.ask("GET", KEYS)).refused(Code.WRONG_METHOD)
    made = (await api.done("POST", KEYS, {"kind": "moderator"}))["key"]
    await api.done("GET", "/groups/group")
    assert made not in api.texts[-1]
