"""The lobby, and the keys at the door."""

from __future__ import annotations

import asyncio

import pytest

from chatserver.backplane.base import Loaded
from chatserver.domain.refusals import Code, Refused
from tests.engine.house import House, Worker


async def test_admitted_has_the_whole_join_answer(house: House, worker: Worker) -> None:
    host = await worker.host()
    await host.ok("lobby", on=True)
    one = await worker.join()
    assert one.answer["waiting"] is True
    assert set(one.answer["room"]) == {"slug", "title", "guidelines", "held", "closes_at", "call", "spoken_to"}
    assert [w["seat"] for w in host.events("lobby")[-1]["waiting"]] == [one.seat]
    await host.say("not for them")
    assert (await host.ok("admit", seat=one.seat))["count"] == 1
    (event,) = one.events()
    admitted = event["admitted"]
    member = await worker.host("member")
    assert set(admitted) == set(member.answer) | {"ok"}
    assert (admitted["seat_token"], admitted["you"]["seat"], admitted["missed"]) == (one.token, one.seat, [])
    assert (admitted["epoch"], admitted["seq"]) == (event["epoch"], event["seq"])
    assert admitted["room"]["seat_count"] == 2
    assert await one.say("Hello") == host.events("message")[-1]["seq"]


async def test_the_token_of_the_admission_works(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join(knock=True)
    await host.ok("admit", all=True)
    one.drop()
    assert (await one.comes_back()).seat == one.seat


async def test_denied(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join(knock=True)
    late = await worker.join(knock=True)
    assert (await host.ok("deny", seats=[one.seat, "gone"]))["count"] == 1
    assert [each["seat"] for each in host.events("lobby")[-1]["waiting"]] == [late.seat], "who knocked since is not denied unseen"
    assert one.events()[-1]["denied"] is True
    assert await one.refused("send", id="1", text="x") == "not_joined"
    await host.say("not for them")
    assert one.texts() == []


async def test_who_waits_says_and_hears_nothing_but_may_call(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join(knock=True)
    assert await one.refused("send", id="1", text="x") == "waiting"
    assert (await one.ok("help", text="Let me in"))["heard_by"] == 1
    assert host.events("call")[-1]["lobby"] is True
    await host.say("x")
    assert [e["type"] for e in one.events()] == ["your_call", "help_message"], "their own line, and nothing of the room"


async def test_a_word_with_who_waits(house: House) -> None:
    first, second = house.worker(lag=1), house.worker(lag=2)
    host, one, other = await first.host(), await second.join(knock=True), await first.join(knock=True)
    member = await first.join(name="Grey Heron")
    assert await one.refused("lobby_say", id="1", text="let me in") == "waiting"
    await host.ok("lobby_say", id="a", text="Hello, who are you?", seat=one.seat)
    assert await host.ok("lobby_say", id="a", text="Hello, who are you?", seat=one.seat), "said again, and once"
    await house.passes(10)
    assert [e["type"] for e in one.events()] == ["lobby_message", "lobby"]
    assert one.events("lobby")[-1]["spoken_to"] is True
    await one.ok("lobby_say", id="b", text="I was here last week")
    await house.passes(10)
    said = [(e["by_host"], e["text"], e["seat"]) for e in host.events("lobby_message")]
    assert said == [(True, "Hello, who are you?", one.seat), (False, "I was here last week", one.seat)]
    assert host.events("lobby")[-1]["waiting"][0]["spoken_to"] is True
    assert (member.events("lobby_message"), other.events("lobby_message")) == ([], [])
    assert host.seat not in str(one.events()), "nobody's name, and nobody's seat"

    one.drop()
    back = await one.comes_back()
    assert back.answer["room"]["spoken_to"] is True
    for n in range(2):
        await back.ok("lobby_say", id=f"c{n}", text="and more")
    assert await back.refused("lobby_say", id="d", text="and more") == "too_fast"
    call = (await back.ok("help", text="I am not well"))["call"]
    await back.ok("help_say", call=call, text="and nobody slows that down")
    await host.ok("admit", seat=one.seat)
    assert await host.refused("lobby_say", id="e", text="still there?", seat=one.seat) == "no_such_seat"


async def test_who_greets_from_now_on_has_nothing_of_what_was_said_before(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join(knock=True)
    member = await worker.join(name="Grey Heron")
    await host.ok("lobby_say", id="a", text="Hello, who are you?", seat=one.seat)
    await host.ok("appoint_hat", seat=member.seat, hat="greeter", on=True)
    await host.ok("lobby_say", id="b", text="A greeter comes", seat=one.seat)
    member.drop()
    back = await member.comes_back()
    assert "Hello, who are you?" not in str(back.answer)
    assert [e["text"] for e in member.events("lobby_message")] == ["A greeter comes"]


async def test_coming_back_while_waiting(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join(knock=True)
    one.drop()
    back = await one.comes_back()
    assert back.answer["waiting"] is True
    await host.ok("admit", seat=one.seat)
    assert back.events()[-1]["admitted"]["seat_token"] == one.token


async def test_admitted_on_another_worker(house: House) -> None:
    first, second = house.worker(lag=1), house.worker(lag=2)
    host, one = await first.host(), await second.join(knock=True)
    await host.ok("admit", seat=one.seat)
    await house.passes(10)
    assert one.events()[-1]["admitted"]["you"]["seat"] == one.seat


async def test_closed_is_told_in_the_lobby_too(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join(knock=True)
    await host.ok("close")
    assert one.events()[-1]["type"] == "closed"


async def test_a_single_use_key_raced_by_two(house: House, worker: Worker) -> None:
    await worker.join()
    key = await house.key("moderator", uses=1)
    joins = [asyncio.create_task(worker.connect().raw("join", room="room", key=key)) for _ in range(2)]

    async def both() -> list[dict[str, object] | Refused]:
        return list(await asyncio.gather(*joins))

    answers = await house.done(both())
    assert [a.code for a in answers if isinstance(a, Refused)] == [Code.KEY_USED]
    assert await worker.connect().refused("join", room="room", key=key) == "key_used"


async def test_a_key_is_not_spent_on_a_refusal(house: House, worker: Worker) -> None:
    await worker.join(name="Anna")
    key, one = await house.key("moderator", uses=1), worker.connect()
    assert await one.refused("join", room="room", key=key, name="Anna") == "name_taken"
    assert (await one.ok("join", room="room", key=key, name="Ben"))["you"]["role"] == "moderator"


async def test_a_key_is_not_lost_where_the_backplane_fails_then(house: House, worker: Worker) -> None:
    await worker.join()
    key, one = await house.key("moderator", uses=1), worker.connect()
    worker.backplane.fails = {"commit"}
    assert await one.refused("join", room="room", key=key) == "unavailable"
    assert await worker.connect().refused("join", room="room", key=key) == "key_used"
    worker.backplane.heal()
    assert (await one.ok("join", room="room", key=key))["you"]["role"] == "moderator"
    await one.ok("leave")
    assert await one.refused("join", room="room", key=key) == "key_used", "once"


async def test_keys_that_do_not_fit(house: House, worker: Worker) -> None:
    await house.meeting("elsewhere", group="others")
    await house.meeting("second")
    foreign = await house.key("facilitator", group="others")
    bound = await house.key("moderator", meeting="second")
    for key in (foreign, bound, "made up"):
        assert await worker.connect().refused("join", room="room", key=key) == "bad_key"
        assert await worker.connect().refused("door", room="room", key=key) == "bad_key"
    revoked = await house.key("moderator")
    await house.store.revoke_keys("group", "moderator")
    assert await worker.connect().refused("join", room="room", key=revoked) == "bad_key"
    assert await worker.connect().refused("open", room="room", key=foreign) == "bad_key"


@pytest.mark.parametrize("role", ["facilitator", "moderator"])
async def test_a_role_needs_its_key(worker: Worker, role: str) -> None:
    assert await worker.connect().refused("join", room="room", role=role) == "key_needed"


async def test_only_a_facilitators_key_opens(house: House, worker: Worker) -> None:
    await house.meeting("later", opened=False)
    assert await worker.connect().refused("join", room="later") == "not_open"
    assert await worker.connect().refused("open", room="later", key=await house.key("moderator")) == "key_needed"
    key = await house.key("facilitator")
    epoch = (await worker.connect().ok("open", room="later", key=key))["epoch"]
    assert (await worker.join("later")).answer["epoch"] == epoch
    assert (await worker.connect().ok("open", room="later", key=key))["epoch"] == epoch, "it is open already"


@pytest.mark.parametrize("lag", range(8))
async def test_two_who_open_at_once_open_one(house: House, lag: int) -> None:
    await house.meeting("later", opened=False)
    key = await house.key("facilitator")
    opens = [asyncio.create_task(house.worker(lag=lag + n).connect().raw("open", room="later", key=key)) for n in range(2)]

    async def both() -> list[dict[str, object] | Refused]:
        return list(await asyncio.gather(*opens))

    first, second = await house.done(both())
    loaded = await house.memory.load("later")
    assert isinstance(loaded, Loaded)
    assert first == second == {"epoch": loaded.line}


async def test_a_group_by_invitation(house: House, worker: Worker) -> None:
    await house.meeting("private", group="closed-group", visibility="invite")
    assert await worker.connect().refused("join", room="private") == "invite_needed"
    assert await worker.connect().refused("door", room="private") == "invite_needed", "not even its title"
    invite = await house.key("member", group="closed-group", meeting="private", uses=1)
    one = await worker.join(invite)  # an invite is the room's name and the key in one
    assert one.answer["room"]["slug"] == "private"
    assert await worker.connect().refused("join", room=invite) == "key_used"


async def test_a_room_that_nobody_knows(worker: Worker) -> None:
    assert await worker.connect().refused("join", room="nowhere") == "unknown_room"
    assert await worker.connect().refused("door", room="nowhere") == "unknown_room"
