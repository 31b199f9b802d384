"""Two workers over one backplane: one order, one state, one set of rules."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatserver.domain.refusals import Code, Refused
from tests.engine.house import House, Person, Worker
from tests.waiting import settled

LAGS = range(12)
Asked = tuple[Person, str, dict[str, Any]]


def pair(house: House, lag: int) -> tuple[Worker, Worker]:
    return house.worker(lag=lag), house.worker(lag=lag + 1_000)


async def together(house: House, *asked: Asked) -> list[dict[str, Any] | Refused]:
    """All asked at the same time."""
    return await house.done(_gather(asked))


async def _gather(asked: tuple[Asked, ...]) -> list[dict[str, Any] | Refused]:
    return list(await asyncio.gather(*(person.raw(event, **payload) for person, event, payload in asked)))


@pytest.mark.parametrize("lag", LAGS)
async def test_one_order(house: House, lag: int) -> None:
    first, second = pair(house, lag)
    one, other = await first.join(), await second.join()
    sends: list[Asked] = [(p, "send", {"id": f"m{n}", "text": "x"}) for n in range(20) for p in (one, other)]
    assert not [a for a in await together(house, *sends) if isinstance(a, Refused)]
    await settled()
    assert len(one.texts()) == 40
    assert one.events("message") == other.events("message")


@pytest.mark.parametrize("lag", LAGS)
async def test_a_name_is_given_once(house: House, lag: int) -> None:
    first, second = pair(house, lag)
    await first.join(), await second.join()
    asked: list[Asked] = [(w.connect(), "join", {"room": "room", "name": n}) for w, n in ((first, "Anna"), (second, "ANNA"))]
    answers = await together(house, *asked)
    refused = [a.code for a in answers if isinstance(a, Refused)]
    assert refused == [Code.NAME_TAKEN]


@pytest.mark.parametrize("lag", LAGS)
async def test_no_more_than_the_room_holds(lag: int) -> None:
    house = House(capacity=7)
    await house.meeting()
    first, second = pair(house, lag)
    await first.join(), await second.join()
    asked: list[Asked] = [(w.connect(), "join", {"room": "room"}) for _ in range(5) for w in (first, second)]
    answers = await together(house, *asked)
    assert sum(not isinstance(a, Refused) for a in answers) == 5
    assert {a.code for a in answers if isinstance(a, Refused)} == {Code.FULL}
    await settled()
    assert len(first.state.seats) == len(second.state.seats) == 7


@pytest.mark.parametrize("lag", LAGS)
async def test_in_a_full_room_one_may_follow_another(lag: int) -> None:
    house = House(capacity=2)
    await house.meeting()
    first, _ = pair(house, lag)
    stays, goes = await first.join(), await first.join()
    answers = await together(house, (goes, "leave", {}), (first.connect(), "join", {"room": "room"}))
    assert answers[0] == {}
    assert not isinstance(answers[1], Refused) or answers[1].code is Code.FULL
    assert await stays.say("still here")


@pytest.mark.parametrize("lag", LAGS)
async def test_a_mute_on_one_stops_a_post_on_the_other(house: House, lag: int) -> None:
    first, second = pair(house, lag)
    host, one = await first.host(), await second.join()
    asked: list[Asked] = [(host, "mute", {"seat": one.seat})]
    asked += [(one, "send", {"id": f"m{n}", "text": "x"}) for n in range(10)]
    answers = await together(house, *asked)
    await settled()
    muted_at = host.events("muted")[0]["seq"]
    assert all(e["seq"] < muted_at for e in host.events("message")), "nothing after the mute"
    assert {a.code for a in answers if isinstance(a, Refused)} <= {Code.MUTED}
    taken = [a["seq"] for a in answers[1:] if not isinstance(a, Refused)]
    assert sorted(e["seq"] for e in host.events("message")) == sorted(taken)
    assert await one.refused("send", id="later", text="x") == "muted"


@pytest.mark.parametrize("lag", LAGS)
async def test_who_is_no_host_any_more_does_nothing_more(house: House, lag: int) -> None:
    """Decided on a worker that has not heard of it yet."""
    first, second = pair(house, lag)
    facilitator, moderator, one = await first.host(), await second.host("moderator"), await first.join()
    await together(house, (facilitator, "appoint", {"seat": moderator.seat, "role": "member"}), (moderator, "mute", {"seat": one.seat}))
    await settled()
    demoted_at = moderator.events("you")[0]["seq"]
    assert all(e["seq"] < demoted_at for e in one.events("muted"))


@pytest.mark.parametrize("lag", LAGS)
async def test_facts_at_the_same_time_all_happen(house: House, lag: int) -> None:
    first, second = pair(house, lag)
    one, other = await first.host(), await second.host()
    members = [await (first, second)[n % 2].join() for n in range(4)]
    asked: list[Asked] = [(one, "slow", {"seconds": 5}), (other, "lobby", {"on": True})]
    asked += [((one, other)[n % 2], "mute", {"seat": m.seat}) for n, m in enumerate(members)]
    asked += [(one, "freeze", {"on": True}), (other, "lock", {"on": True})]
    assert [a for a in await together(house, *asked) if isinstance(a, Refused)] == []
    await settled()
    core = first.state.core
    assert (core.slow_seconds, core.lobby, core.frozen, core.locked) == (5, True, True, True)
    assert dict(first.state.seats) == dict(second.state.seats)
    assert all(s.muted_until for s in first.state.seats.values() if s.role == "member")


@pytest.mark.parametrize("lag", LAGS)
async def test_a_seat_taken_on_both_at_once_is_held_by_one(house: House, lag: int) -> None:
    first, second = pair(house, lag)
    old, watcher = await first.join(), await second.join()
    news = [worker.connect() for worker in (first, second, first, second)]
    answers = await together(house, *((new, "join", old.to_return()) for new in news))
    assert [a for a in answers if isinstance(a, Refused)] == []
    await settled()
    assert old.disconnected
    holders = [new for new in news if not new.disconnected]
    assert len(holders) == 1
    assert all(len(new.events("replaced")) == (new not in holders) for new in news)
    await house.passes(10_000)
    assert first.state.seats[old.seat].away_since is None, "what the older ones lost is void"
    assert await holders[0].say("It is I") == watcher.events("message")[-1]["seq"]
    for new in news:
        if new not in holders:
            assert await new.refused("send", id="x", text="x") == "not_joined"


async def test_both_hear_that_the_room_has_closed(house: House) -> None:
    first, second = pair(house, 3)
    host, other = await first.host(), await second.join()
    await host.ok("close")
    await settled()
    assert len(host.events("closed")) == len(other.events("closed")) == 1
    assert (len(first.service.rooms), len(second.service.rooms)) == (0, 0)


async def test_both_find_it_due_and_it_happens_once(house: House) -> None:
    first, second = pair(house, 5)
    host, one = await first.host(), await second.join()
    await host.ok("mute", seat=one.seat, seconds=60)
    await house.passes(61_000)
    assert [e["muted"] for e in one.events("muted")] == [True, False]
    assert host.events("muted") == one.events("muted")
