"""Coming in with what is no ticket: closed doors, keys and seat tokens that are forged, foreign or used up, roles without a key."""

from __future__ import annotations

import asyncio

import pytest
from socketio.exceptions import BadNamespaceError
from socketio.exceptions import TimeoutError as NoAnswer

from chatserver.engine.tokens import hash_token, new_token
from chatserver.store.base import Group, Key, Meeting
from tests.clients import Client
from tests.transport.conftest import House


async def refused(house: House, room: str = "room", **more: object) -> str:
    return await (await house.connect()).refused("join", {"room": room, **more})


async def foreign_room(house: House) -> str:
    """A room of another group, and a facilitator's key for that group."""
    group, key = Group("other", "Another group"), new_token()
    await house.store.add_group(group)
    await house.store.add_meeting(Meeting("elsewhere", group, "Elsewhere", "open-circle", "UTC", None, None, 60))
    await house.store.open_meeting("elsewhere", "elsewhere1", house.clock.now(), house.clock.now() + 3_600_000)
    await house.store.add_key(Key(hash_token(key), "other", "facilitator", None, None))
    return key


async def test_an_unknown_room(house: House) -> None:
    for room in ("nowhere", "ROOM", "room ", "../room", "room\x00", "%", "' OR 1=1 --"):
        assert await refused(house, room) == "unknown_room", room


async def test_a_room_that_is_not_open(house: House) -> None:
    await house.meeting("later", opened=False)
    assert await refused(house, "later") == "not_open"
    door = await (await house.connect()).taken("door", {"room": "later"})
    assert door["state"] == "scheduled"


async def test_a_room_that_is_closed(house: House) -> None:
    await (await house.facilitator()).taken("close")
    assert await refused(house) == "closed"


async def test_a_room_whose_time_is_over(house: House) -> None:
    await house.meeting("over", minutes=0)
    assert await refused(house, "over") == "closed"


async def test_a_full_room_takes_its_hosts_still(house: House) -> None:
    await house.meeting("small", capacity=2)
    clients = [await house.connect() for _ in range(6)]
    answers = await asyncio.gather(*(client.ask("join", {"room": "small"}) for client in clients))
    assert [a["ok"] for a in answers].count(True) == 2
    assert {a["code"] for a in answers if not a["ok"]} == {"full"}
    host = await (await house.connect()).join("small", key=await house.key("moderator"))
    assert host.joined["room"]["seat_count"] == 3
    inside = next(c for c, a in zip(clients, answers, strict=True) if a["ok"])
    await inside.taken("leave")
    assert await refused(house, "small") == "full", "the host's seat counts"


async def test_a_locked_room_takes_its_hosts_and_those_who_come_back(house: House) -> None:
    host, member = await house.moderator(), await house.member()
    await host.taken("lock", {"on": True})
    await member.drop()
    assert await refused(house) == "locked"
    await (await house.connect()).join("room", seat_token=member.joined["seat_token"])
    await house.moderator()


# --- keys


async def test_a_forged_key(house: House) -> None:
    for key in (new_token(), "x", "0" * 43, "ключ"):
        assert await refused(house, key=key) == "bad_key", key
    assert await (await house.connect()).refused("door", {"room": "room", "key": new_token()}) == "bad_key"
    assert await (await house.connect()).refused("open", {"room": "room", "key": new_token()}) == "bad_key"


async def test_the_hash_of_a_key_is_no_key(house: House) -> None:
    key = await house.key("facilitator")
    assert await refused(house, key=hash_token(key).hex()) == "bad_key"


async def test_a_key_of_another_group(house: House) -> None:
    key = await foreign_room(house)
    assert await refused(house, key=key) == "bad_key"
    assert await (await house.connect()).refused("open", {"room": "room", "key": key}) == "bad_key"
    await (await house.connect()).join("elsewhere", key=key)


async def test_a_key_of_another_meeting(house: House) -> None:
    await house.meeting("second")
    key = await house.key("moderator", meeting="second")
    assert await refused(house, key=key) == "bad_key"
    host = await (await house.connect()).join("second", key=key)
    assert host.joined["you"]["role"] == "moderator"


async def test_a_key_that_is_used_up(house: House) -> None:
    key = await house.key("moderator", uses=1)
    clients = [await house.connect() for _ in range(5)]
    answers = await asyncio.gather(*(c.ask("join", {"room": "room", "key": key}) for c in clients))
    assert sorted(a.get("code", "taken") for a in answers) == ["key_used"] * 4 + ["taken"]
    assert await refused(house, key=key) == "key_used"


async def test_a_refusal_uses_no_key_up(house: House) -> None:
    await house.member(name="Taken")
    key = await house.key("moderator", uses=1)
    assert await refused(house, key=key, name="Taken") == "name_taken"
    assert (await house.member(key=key, name="Free")).joined["you"]["role"] == "moderator"


async def test_a_key_that_was_revoked(house: House) -> None:
    key = await house.key("facilitator")
    await house.store.revoke_keys("group", "facilitator")
    assert await refused(house, key=key) == "bad_key"


@pytest.mark.parametrize("role", ["facilitator", "moderator"])
async def test_a_role_without_its_key(house: House, role: str) -> None:
    assert await refused(house, role=role) == "key_needed"
    invite = await house.key("member", meeting="room")
    assert await refused(house, role=role, key=invite) == "key_needed"
    assert await refused(house, invite, role=role) == "key_needed"


async def test_a_key_gives_its_own_role_and_no_other(house: House) -> None:
    host = await house.member(key=await house.key("moderator"), role="facilitator")
    assert host.joined["you"]["role"] == "moderator"
    assert await host.refused("close") == "not_allowed"


async def test_opening_takes_a_facilitators_key(house: House) -> None:
    await house.meeting("later", opened=False)
    caller = await house.connect()
    assert await caller.refused("open", {"room": "later", "key": await house.key("moderator")}) == "key_needed"
    assert await caller.refused("open", {"room": "later", "key": new_token()}) == "bad_key"
    assert await caller.refused("open", {"room": "nowhere", "key": new_token()}) == "unknown_room"
    assert await refused(house, "later") == "not_open"
    key = await house.key("facilitator")
    epoch = (await caller.taken("open", {"room": "later", "key": key}))["epoch"]
    assert (await caller.taken("open", {"room": "later", "key": key}))["epoch"] == epoch, "open already"
    member = await (await house.connect()).join("later")
    assert member.joined["epoch"] == epoch


# --- seat tokens


async def test_a_forged_seat_token(house: House) -> None:
    member = await house.member()
    for token in (new_token(), member.seat, member.joined["seat_token"][:-1], member.joined["seat_token"] + "A"):
        assert await refused(house, seat_token=token) == "seat_gone"


async def test_a_seat_token_of_another_room(house: House) -> None:
    await house.meeting("second")
    member = await house.member()
    assert await refused(house, "second", seat_token=member.joined["seat_token"]) == "seat_gone"
    await member.taken("send", {"id": "m1", "text": "undisturbed"})


async def test_a_seat_token_after_leaving(house: House) -> None:
    member = await house.member()
    await member.taken("leave")
    assert await refused(house, seat_token=member.joined["seat_token"]) == "seat_gone"


async def test_a_seat_token_after_the_room_was_closed_and_opened_again(house: House) -> None:
    host = await house.facilitator()
    await host.taken("close")
    await host.taken("open", {"room": "room", "key": await house.key("facilitator")})
    assert await refused(house, seat_token=host.joined["seat_token"]) == "seat_gone"


async def test_a_seat_token_brings_no_more_than_its_seat(house: House) -> None:
    member = await house.member()
    await member.drop()
    back = await (await house.connect()).join("room", seat_token=member.joined["seat_token"], role="facilitator")
    assert back.joined["you"]["role"] == "member"


async def test_many_connections_with_one_seat_token_leave_one(house: House) -> None:
    """Also where they come in the same moment."""
    member, other = await house.member(), await house.member()
    clients = [await house.connect() for _ in range(5)]
    answers = await asyncio.gather(*(c.ask("join", {"room": "room", "seat_token": member.joined["seat_token"]}) for c in clients))
    assert {a["ok"] for a in answers} == {True}
    await member.event("replaced")
    await member.gone()
    said = await asyncio.gather(*(_try_to_speak(client, f"from {n}") for n, client in enumerate(clients)))
    assert said.count("sent") == 1, said
    await other.taken("send", {"id": "end", "text": "end"})
    await other.event("message", lambda e: e["text"] == "end")
    assert len(other.texts()) == 2


async def _try_to_speak(client: Client, text: str) -> str:
    try:
        answer = await client.ask("send", {"id": text.replace(" ", "-"), "text": text})
    except (BadNamespaceError, NoAnswer):  # disconnected before the answer
        await client.gone()
        return "gone"
    return "sent" if answer["ok"] else str(answer["code"])


# --- hosts


async def test_a_moderator_appointed_by_the_facilitator(house: House) -> None:
    host, member, other = await house.facilitator(), await house.member(), await house.member()
    assert await member.refused("mute", {"seat": other.seat}) == "not_allowed"
    await host.taken("appoint", {"seat": member.seat, "role": "moderator"})
    assert "mute" in (await member.event("you"))["you"]["may"]
    await member.taken("mute", {"seat": other.seat})
    assert await member.refused("mute", {"seat": host.seat}) == "not_allowed"
    assert await member.refused("appoint", {"seat": other.seat, "role": "moderator"}) == "not_allowed"
    assert await member.refused("close") == "not_allowed"
    await host.taken("appoint", {"seat": member.seat, "role": "member"})
    assert await member.refused("unmute", {"seat": other.seat}) == "not_allowed"
    assert await host.refused("appoint", {"seat": "nobody", "role": "moderator"}) == "no_such_seat"
    assert await host.refused("appoint", {"seat": member.seat, "role": "facilitator"}) == "bad_payload"


async def test_a_name_given_by_a_moderator(house: House) -> None:
    host, member, other = await house.moderator(), await house.member(name="Rude Words"), await house.member(name="Quiet")
    assert await member.refused("rename", {"seat": other.seat, "name": "Loud"}) == "not_allowed"
    assert await host.refused("rename", {"seat": member.seat, "name": "Quiet"}) == "name_taken"
    assert await host.refused("rename", {"seat": member.seat, "name": "\u200b"}) == "bad_name"
    await host.taken("rename", {"seat": member.seat, "name": "Kind Words"})
    assert (await member.event("you"))["you"]["name"] == "Kind Words"
    changed = await other.event("presence", lambda e: e["changed"])
    assert [s["name"] for s in changed["changed"]] == ["Kind Words"]
    await member.taken("send", {"id": "m1", "text": "x"})
    assert (await other.event("message"))["name"] == "Kind Words"
