"""Hats, single-purpose links and succession, over two workers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatserver.domain.refusals import Code, Refused
from chatserver.engine.tokens import hash_token, new_token
from chatserver.store.base import Key
from tests.engine.house import House, Person, Worker

LAGS = range(6)
SECOND = 1_000


def pair(house: House, lag: int) -> tuple[Worker, Worker]:
    return house.worker(lag=lag), house.worker(lag=lag + 1_000)


async def together(house: House, *asked: tuple[Person, str, dict[str, Any]]) -> list[dict[str, Any] | Refused]:
    async def all_of_them() -> list[dict[str, Any] | Refused]:
        return list(await asyncio.gather(*(person.raw(event, **payload) for person, event, payload in asked)))

    return await house.done(all_of_them())


def hats(worker: Worker) -> dict[str, list[str]]:
    return {seat.id: sorted(seat.hats) for seat in worker.state.seats.values() if seat.hats}


@pytest.mark.parametrize("lag", LAGS)
async def test_of_two_who_use_a_link_at_once_exactly_one_holds_it_and_is_told(house: House, lag: int) -> None:
    first, second = pair(house, lag)
    await first.host(), await second.join()
    link = await house.key("greeter", meeting="room")
    one, other = first.connect(), second.connect()
    answers = await together(house, (one, "join", {"room": "room", "key": link}), (other, "join", {"room": "room", "key": link}))
    assert [a.code for a in answers if isinstance(a, Refused)] == [Code.LINK_IN_USE]
    (came,) = [a for a in answers if not isinstance(a, Refused)]
    assert {"see_lobby", "admit"} <= set(came["you"]["may"])
    await house.quiet()
    assert hats(first) == hats(second) == {came["you"]["seat"]: ["greeter"]}
    holder, refused = (one, other) if not isinstance(answers[0], Refused) else (other, one)
    told = [*came["missed"], *holder.events()]  # with the answer, where it was in that very moment
    assert [event["type"] for event in told].count("link_used") == 1
    assert refused.events() == []
    assert await refused.ok("join", room="room"), "and goes in without it"


async def test_a_link_that_is_rotated_while_in_use(house: House) -> None:
    """The holder keeps the hat for this visit, over a dropped line too; the old link is dead, the new one gives a hat of its own."""
    worker = house.worker()
    await worker.host()
    old = await house.key("timekeeper", meeting="room")
    holder = await worker.join(key=old)
    await house.store.revoke_keys("group", "timekeeper", "room")
    new = await house.key("timekeeper", meeting="room")
    assert await worker.connect().refused("join", room="room", key=old) == Code.BAD_KEY
    holder.drop()
    await house.passes(20 * SECOND)
    back = await holder.comes_back()
    assert "keep_time" in back.answer["you"]["may"]
    other = await worker.join(key=new)
    assert hats(worker) == {back.seat: ["timekeeper"], other.seat: ["timekeeper"]}


async def test_whose_tab_is_gone_opens_the_link_anew(house: House) -> None:
    """Held by a seat that is away, it goes to who comes with it: still exactly one has it."""
    worker = house.worker()
    await worker.host()
    link = await house.key("reader", meeting="room")
    lost = await worker.join(key=link)
    lost.drop()
    assert await worker.connect().refused("join", room="room", key=link) == Code.LINK_IN_USE, "perhaps they only reload"
    await house.passes(10 * SECOND)
    again = await worker.join(key=link)
    assert hats(worker) == {again.seat: ["reader"]}
    back = await lost.comes_back()
    assert "read" not in back.answer["you"]["may"]
    await again.ok("leave")
    assert worker.state.core.links == {}
    assert hats(worker) == {}


async def test_a_hats_link_leads_nowhere_else(house: House) -> None:
    await house.meeting("other")
    worker = house.worker()
    link = await house.key("mentor", meeting="room")
    assert await worker.connect().refused("join", room="other", key=link) == Code.BAD_KEY
    assert (await worker.connect().ok("door", room="room", key=link))["key_role"] == "mentor"
    assert await worker.connect().refused("open", room="room", key=link) == Code.KEY_NEEDED
    assert await worker.connect().refused("join", room="room", key=link, role="moderator") == Code.KEY_NEEDED


async def test_a_hats_link_opens_a_room_for_the_invited(house: House) -> None:
    await house.meeting("private", group="closed", visibility="invite")
    text = new_token()
    await house.store.add_key(Key(hash_token(text), "closed", "reader", "private"))
    assert "read" in (await house.worker().join("private", key=text)).answer["you"]["may"]


async def test_a_greeter_on_another_worker_hears_of_the_lobby_and_members_do_not(house: House) -> None:
    first, second = pair(house, 1)
    host, greeter, member = await first.host(), await second.join(), await second.join()
    await host.ok("appoint_hat", seat=greeter.seat, hat="greeter", on=True)
    await house.quiet()
    assert greeter.events("you")[-1]["waiting"] == []
    newcomer = first.connect()
    newcomer.answer = await newcomer.ok("join", room="room", knock=True)
    await house.quiet()
    assert [one["seat"] for one in greeter.events("lobby")[-1]["waiting"]] == [newcomer.seat]
    assert member.events("lobby") == []
    await greeter.ok("admit", seat=newcomer.seat)
    await house.quiet()
    assert newcomer.events("lobby")[-1]["admitted"]["you"]["seat"] == newcomer.seat
    await host.ok("appoint_hat", seat=greeter.seat, hat="greeter", on=False)
    assert await greeter.refused("admit", all=True) == Code.NOT_ALLOWED


@pytest.mark.parametrize("lag", LAGS)
async def test_of_two_successors_exactly_one_steps_in_and_gives_it_back(house: House, lag: int) -> None:
    first, second = pair(house, lag)
    host, one, other = await first.host(), await first.join(), await second.join()
    for person in (one, other):
        await host.ok("appoint_hat", seat=person.seat, hat="successor", on=True)
    await host.ok("leave")
    await house.quiet()
    assert [worker.state.core.held for worker in (first, second)] == [True, True]
    newcomer = await second.join()
    assert newcomer.answer["waiting"] is True
    answers = await together(house, (one, "step_in", {}), (other, "step_in", {}))
    assert [a.code for a in answers if isinstance(a, Refused)] == [Code.LED]
    await house.quiet()
    assert [worker.state.core.held for worker in (first, second)] == [False, False]
    leads, does_not = (one, other) if not isinstance(answers[0], Refused) else (other, one)
    assert newcomer.events("lobby")[-1]["admitted"]
    await leads.ok("mute", seat=newcomer.seat)
    assert await does_not.refused("mute", seat=newcomer.seat) == Code.NOT_ALLOWED
    await second.host("moderator")
    await house.quiet()
    assert {seat.role.value for seat in first.state.seats.values() if seat.id in (one.seat, other.seat)} == {"member"}
    assert await leads.refused("mute", seat=newcomer.seat) == Code.NOT_ALLOWED


async def test_a_private_word_reaches_one_seat_over_workers_and_over_a_dropped_line(house: House) -> None:
    first, second = pair(house, 3)
    host, ann, bob = await first.host(), await second.join(), await second.join()
    ann.drop()
    await host.ok("warn", seat=ann.seat, text="Please speak from “I”.")
    await host.ok("to_listener", seat=ann.seat, word="You are welcome to read.")
    await house.quiet()
    back = await ann.comes_back()
    assert [event["text"] for event in back.answer["missed"]] == ["Please speak from “I”.", "You are welcome to read."]
    assert back.answer["you"]["role"] == "listener"
    assert bob.events("word") == host.events("word") == []
    assert host.seat not in str(back.answer["missed"])
