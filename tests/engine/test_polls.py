"""Polls and milestones over two workers: counted once each, told to all alike, and kept through what happens to those who serve them."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from chatserver.domain.refusals import Code
from chatserver.domain.state import POLL
from tests.engine.house import House, Person, Worker


@pytest.fixture
async def two() -> tuple[House, Worker, Worker]:
    house = House()
    await house.meeting(format="facilitated-group")
    return house, house.worker(), house.worker()


async def group(two: tuple[House, Worker, Worker], members: int = 6) -> tuple[Person, list[Person]]:
    house, here, there = two
    host = await here.host()
    people = [await (here if n % 2 else there).join() for n in range(members)]
    await house.passes(100)
    return host, people


def told(person: Person) -> dict[str, Any] | None:
    return dict(person.events("poll")[-1])["poll"]  # type: ignore[no-any-return]


async def test_a_show_of_hands(two: tuple[House, Worker, Worker]) -> None:
    house = two[0]
    host, people = await group(two)
    assert await host.ok("poll", kind="agree") == {"poll": 1}
    await asyncio.gather(*(house.done(person.raw("vote", poll=1, choice=n // 4)) for n, person in enumerate(people)))
    await house.passes(100)
    for person in (host, *people):
        seen = told(person)
        assert seen is not None
        assert (seen["voted"], seen["result"]) == (6, None)
        assert (person.events("you")[-1]["you"]["voted"] if person is not host else 1) == 1
    await host.ok("poll_close", poll=1)
    await house.passes(10)
    assert [told(person) for person in (host, *people)] == [told(host)] * 7
    assert told(host) == {
        "poll": 1,
        "kind": "agree",
        "question": "",
        "options": [],
        "voted": 6,
        "ends_at": None,
        "result": {"counts": [4, 2]},
    }
    late = await two[2].join()
    assert late.answer["room"]["poll"] == told(host)
    assert late.answer["you"]["voted"] == 0
    await host.ok("poll_clear", poll=1)
    await house.passes(10)
    assert told(late) is None


@pytest.mark.parametrize("lag", range(4))
async def test_votes_on_two_workers_at_once_are_each_counted_once(lag: int) -> None:
    house = House()
    await house.meeting(format="facilitated-group")
    here, there = house.worker(lag=lag), house.worker(lag=lag + 50)
    host, people = await group((house, here, there), 12)
    await host.ok("poll", kind="scale")
    await house.passes(500)
    await asyncio.gather(*(house.done(person.raw("vote", poll=1, choice=n % 5)) for n, person in enumerate(people)))
    await house.passes(3_000)
    await host.ok("poll_close", poll=1)
    await house.passes(1_000)
    assert here.state.poll == there.state.poll
    assert told(people[0]) == told(people[1])
    assert here.state.poll.counts == (3, 3, 2, 2, 2)


async def test_a_vote_is_remembered_by_the_seat_on_whatever_worker_it_comes_back(two: tuple[House, Worker, Worker]) -> None:
    house = two[0]
    host, people = await group(two)
    await host.ok("poll", kind="agree")
    await people[0].ok("vote", poll=1, choice=0)
    people[0].drop()
    await house.passes(8_000)
    back = await people[0].comes_back(house.worker())
    assert back.answer["you"]["voted"] == 1
    assert back.answer["room"]["poll"]["voted"] == 1
    assert await back.refused("vote", poll=1, choice=1) is Code.VOTED


async def test_many_votes_are_told_together(two: tuple[House, Worker, Worker]) -> None:
    house = two[0]
    host, people = await group(two, 60)
    await host.ok("poll", kind="agree")
    await house.passes(500)
    before = len(host.events("poll"))
    await asyncio.gather(*(house.done(person.raw("vote", poll=1, choice=0)) for person in people))
    await house.passes(1_000)
    assert told(host) is not None
    assert host.events("poll")[-1]["poll"]["voted"] == 60
    assert len(host.events("poll")) - before < 20


async def test_nobody_s_choice_is_in_what_goes_round(two: tuple[House, Worker, Worker]) -> None:
    """While a poll is open its totals are on the backplane alone, and only there: nobody's page gets them."""
    house = two[0]
    host, people = await group(two)
    await host.ok("poll", kind="choice", question="What next?", options=["Rest", "Go on"])
    await people[0].ok("vote", poll=1, choice=1)
    await house.passes(100)
    loaded: Any = await house.memory.load("room")
    assert POLL in loaded.entries
    for person in (host, *people):
        assert "counts" not in json.dumps(person.events())


async def test_it_is_counted_by_itself_once_though_two_workers_see_that_it_is_time(two: tuple[House, Worker, Worker]) -> None:
    house = two[0]
    host, people = await group(two)
    await host.ok("poll", kind="agree", seconds=30)
    await people[0].ok("vote", poll=1, choice=0)
    await house.passes(31_000)
    for person in (host, *people):
        assert told(person) is not None
        assert person.events("poll")[-1]["poll"]["result"] == {"few": True}
        assert sum(event["poll"]["result"] is not None for event in person.events("poll")) == 1


async def test_only_who_leads_may_ask_and_choose_a_topic(two: tuple[House, Worker, Worker]) -> None:
    house = two[0]
    host, (one, *_) = await group(two)
    for event, payload in (("poll", {"kind": "agree"}), ("topic", {"text": "Rest"}), ("prompts", {}), ("poll_close", {"poll": 1})):
        assert await one.refused(event, **payload) is Code.NOT_ALLOWED
    offered = (await host.ok("prompts"))["prompts"]
    assert len(offered) >= 30
    assert offered[0].keys() == {"subject", "title", "text"}
    await host.ok("topic", text=offered[0]["title"])
    await house.passes(10)
    assert one.events("room")[-1]["topic"] == offered[0]["title"]


async def test_a_milestone_is_heard_by_all_once_and_celebrated(two: tuple[House, Worker, Worker]) -> None:
    house = two[0]
    host, people = await group(two)
    first = await people[0].ok("milestone", id="x", kind="again")
    assert await people[0].ok("milestone", id="x", kind="again") == first, "sent again after a lost answer"
    await people[1].ok("react", to=f"{people[0].seat}.x", kind="celebrate")
    await house.passes(10)
    for person in (host, *people):
        assert [(event["seat"], event["kind"], event["count"]) for event in person.events("milestone")] == [(people[0].seat, "again", None)]
        assert [event["kind"] for event in person.events("reaction")] == ["celebrate"]
    assert await people[2].refused("report", id=f"{people[0].seat}.x") is Code.NO_SUCH_MESSAGE, "there are no words in it"
    people[3].drop()
    await people[4].ok("milestone", id="y", kind="days", count=30)
    back = await people[3].comes_back(two[1])
    assert [event["type"] for event in back.answer["missed"]] == ["milestone"]


async def test_whose_share_welcomes_replies_is_seen_by_all(two: tuple[House, Worker, Worker]) -> None:
    house = two[0]
    _, (one, other, *_) = await group(two)
    await one.ok("replies", welcome=True)
    await house.passes(10)
    assert [seat["welcomes"] for seat in other.events("presence")[-1]["changed"]] == [True]
    late = await two[1].join()
    assert {seat["seat"]: seat["welcomes"] for seat in late.answer["room"]["seats"]}[one.seat] is True


async def test_a_format_says_that_it_is_not_affiliated() -> None:
    house = House()
    await house.meeting(format="smart")
    worker = house.worker()
    door = await worker.connect().ok("door", room="room")
    one = await worker.join()
    for seen in (door, one.answer["room"]):
        assert seen["format_title"] == "SMART Recovery meeting"
        assert "not affiliated" in seen["note"]
