"""Coming back: what was missed, in order and once, or an honest gap."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from chatserver.domain.events import Reacted
from chatserver.wire.events import of_closing, of_post
from tests.engine.house import House, Person, Worker
from tests.waiting import settled


def texts(person: Person) -> list[str]:
    """What came in the answer, then as events."""
    return [e["text"] for e in person.answer.get("missed", []) if e["type"] == "message"] + person.texts()


async def test_what_was_missed(house: House, worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    await other.say("before")
    one.drop()
    for n in range(5):
        await other.say(f"while away {n}")
    back = await one.comes_back()
    await other.say("after")
    assert "gap" not in back.answer
    assert texts(back) == [*(f"while away {n}" for n in range(5)), "after"]
    assert back.answer["missed"] == other.events("message")[1:6], "each as it would have come"


async def test_on_another_worker(house: House) -> None:
    first, second = house.worker(lag=1), house.worker(lag=2)
    one, other = await first.join(), await first.join()
    one.drop()
    await other.say("while away")
    back = await one.comes_back(second)
    await other.say("after")
    await settled()
    assert texts(back) == ["while away", "after"]


@pytest.mark.parametrize("lag", range(10))
async def test_nothing_twice_and_nothing_lost_while_others_speak(house: House, lag: int) -> None:
    first, second = house.worker(lag=lag), house.worker(lag=lag + 50)
    one, other = await first.join(), await first.join()
    await other.say("0")
    one.drop()
    back = second.connect()
    coming = asyncio.create_task(back.raw("join", **one.to_return()))
    n = 0
    while not coming.done():
        n += 1
        await other.raw("send", id=f"n{n}", text=str(n))
    answer = coming.result()
    assert isinstance(answer, dict)
    back.answer = answer
    await other.say("end")
    await settled()
    assert texts(back) == [*(str(i) for i in range(1, n + 1)), "end"]


@pytest.mark.parametrize("changes", [{"epoch": "another.1"}, {"seq": 0}, {"seq": 10**6}])
async def test_what_cannot_be_known_is_a_gap(worker: Worker, changes: dict[str, object]) -> None:
    one, other = await worker.join(), await worker.join()
    await other.say("x")
    new = worker.connect()
    answer = await new.ok("join", **(one.to_return() | changes))
    # A seq before one's own admission is no gap: nothing before it was ever theirs.
    assert answer.get("gap") is (None if changes == {"seq": 0} else True)
    assert ("missed" in answer) is ("epoch" not in changes), "nothing twice: of another line it is not known what they have had"
    assert answer["room"]["seat_count"] == 2


async def test_without_epoch_and_seq_it_is_a_gap(worker: Worker) -> None:
    one = await worker.join()
    answer = await worker.connect().ok("join", room="room", seat_token=one.token)
    assert answer["gap"] is True


async def test_what_has_left_the_window_is_a_gap(house: House, worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    one.drop()
    await other.say("long ago")
    await house.passes(61_000)
    await other.say("just now")
    back = await one.comes_back()
    assert back.answer["gap"] is True
    assert texts(back) == ["just now"], "what there still is comes all the same"


async def test_a_quiet_minute_is_no_gap(house: House, worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    await other.say("heard")
    one.drop()
    await house.passes(300_000)
    assert (await one.comes_back()).answer["missed"] == []


async def test_without_a_window_words_are_a_gap_and_silence_is_none() -> None:
    house = House(window_seconds=0)
    await house.meeting()
    worker = house.worker()
    one, other = await worker.join(), await worker.join()
    assert (await one.comes_back()).answer["missed"] == []
    await other.say("x")
    assert (await one.comes_back(seq=one.answer["seq"])).answer["gap"] is True


async def test_nothing_from_before_ones_admission(house: House, worker: Worker) -> None:
    speaker = await worker.join()
    await speaker.say("before")
    one = await worker.join()
    await speaker.say("after")
    back = await one.comes_back(seq=1)
    assert texts(back) == ["after"]


async def test_nothing_from_ones_time_in_the_lobby(house: House, worker: Worker) -> None:
    host = await worker.host()
    one = await worker.join(knock=True)
    await host.say("while they wait")
    one.drop()
    await host.ok("admit", seat=one.seat)
    await host.say("welcome")
    back = await one.comes_back()
    assert texts(back) == ["welcome"]
    assert "gap" not in back.answer


async def test_who_was_admitted_long_after_leaving_the_line_has_no_gap(house: House, worker: Worker) -> None:
    host = await worker.host()
    one = await worker.join(knock=True)
    await host.say("said in the room, to others")
    await house.passes(61_000)
    one.drop()
    await host.ok("admit", seat=one.seat)
    await host.say("welcome")
    back = await one.comes_back()
    assert texts(back) == ["welcome"]


async def test_hosts_events_only_from_ones_time_as_a_host(house: House, worker: Worker) -> None:
    facilitator, one, caller = await worker.host(), await worker.join(), await worker.join()
    await caller.ok("help", text="first call")
    await facilitator.ok("appoint", seat=one.seat, role="moderator")
    await caller.ok("help", text="second call")
    back = await one.comes_back(seq=one.answer["seq"])
    assert [e["text"] for e in back.answer["missed"] if e["type"] == "help_message"] == ["second call"]
    await facilitator.ok("appoint", seat=one.seat, role="member")
    again = await back.comes_back(seq=one.answer["seq"])
    assert [e for e in again.answer["missed"] if e["type"] == "help_message"] == []


async def test_retracted_words_are_not_missed(worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    one.drop()
    await other.ok("send", id="1", text="oh no")
    await other.ok("retract", id=f"{other.seat}.1")
    back = await one.comes_back()
    assert [e["type"] for e in back.answer["missed"]] == ["retracted"]


LONG = "x" * 2_000


async def _much(worker: Worker, count: int = 60) -> tuple[Person, Person]:
    one, other = await worker.join(), await worker.join()
    one.drop()
    for n in range(count):
        await other.ok("send", id=f"l{n}", text=f"{n:04}" + LONG[4:])
    return one, other


def ids(events: list[dict[str, object]]) -> list[str]:
    return [str(e["id"]).partition(".")[2] for e in events if e["type"] == "message"]


async def test_more_than_fits_follows_in_order(worker: Worker) -> None:
    one, other = await _much(worker)
    back = await one.comes_back()
    await other.ok("send", id="newer", text="newer")
    inside, after = ids(back.answer["missed"]), ids(back.events())
    assert 20 < len(inside) < 40
    assert inside + after == [*(f"l{n}" for n in range(60)), "newer"]
    seqs = [e["seq"] for e in back.events()]
    assert seqs == sorted(set(seqs))


async def test_what_is_asked_at_once_is_answered_after_what_was_missed(worker: Worker) -> None:
    """A page may send before it has read its join answer."""
    one, _ = await _much(worker)
    back = worker.connect()

    async def both() -> list[str]:
        answer = await back.raw("join", **one.to_return())
        assert isinstance(answer, dict)
        back.answer = answer
        assert isinstance(await back.raw("send", id="mine", text="mine"), dict)
        return ids(back.events())

    heard = await worker.house.done(both())
    assert ids(back.answer["missed"]) + heard == [*(f"l{n}" for n in range(60)), "mine"]


@pytest.mark.parametrize("times", [1, 3])
async def test_held_back_and_lost_again_harms_nobody(worker: Worker, times: int) -> None:
    one, _ = await _much(worker)

    async def back_and_lost() -> None:
        back = worker.connect()
        await back.raw("join", **one.to_return())
        back.drop()  # before anything more has gone out
        assert back.events() == []

    for _ in range(times):
        await worker.house.done(back_and_lost())
    last = worker.connect()

    async def back_and_spoken_to() -> None:
        last.answer = cast(dict[str, Any], await last.raw("join", **one.to_return()))
        line = worker.live().replica.line
        await worker.house.memory.post("room", line, worker.live().replica.guard, 10**15, None, of_post(Reacted("x", "y.1", "hug")))

    await worker.house.done(back_and_spoken_to())
    assert ids(last.answer["missed"]) + ids(last.events()) == [f"l{n}" for n in range(60)]
    assert last.events()[-1]["type"] == "reaction"


async def test_what_ends_ones_visit_while_held_back_is_told(worker: Worker) -> None:
    one, _ = await _much(worker)
    back = worker.connect()

    async def back_and_closed() -> None:
        back.answer = cast(dict[str, Any], await back.raw("join", **one.to_return()))
        await worker.house.memory.erase("room", worker.live().replica.line, of_closing())

    await worker.house.done(back_and_closed())
    assert ids(back.answer["missed"]) + ids(back.events()) == [f"l{n}" for n in range(60)]
    assert back.events()[-1]["type"] == "closed"


async def test_a_newer_connection_takes_the_seat(house: House, worker: Worker) -> None:
    old, other = await worker.join(), await worker.join()
    new = await old.comes_back()
    assert new.seat == old.seat
    assert old.events()[-1]["type"] == "replaced"
    assert old.disconnected
    assert not new.events("replaced")
    old.drop()
    await house.passes(10_000)
    assert worker.state.seats[new.seat].away_since is None, "the older one's going away is void"
    await other.say("Hello again")
    assert new.texts() == ["Hello again"]
    assert old.texts() == []
    assert await old.refused("send", id="x", text="x") == "unavailable"


async def test_a_removed_one_does_not_come_back(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    await host.ok("remove", seat=one.seat)
    assert await worker.connect().refused("join", **one.to_return()) == "removed"
    assert await worker.connect().refused("join", room="room", seat_token="nobody's") == "seat_gone"
