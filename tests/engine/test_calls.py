"""Reports and calls for help: who hears of them, and that the answer says so honestly."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatserver.domain.refusals import Refused
from tests.engine.house import CONTACT, House, Person, Worker


async def said(person: Person, text: str = "ugly") -> dict[str, str]:
    await person.ok("send", id="said", text=text)
    return dict(person.events("message")[-1])


async def test_a_report_goes_to_the_hosts(worker: Worker) -> None:
    host, one, other = await worker.host(), await worker.join(), await worker.join()
    message = await said(one)
    assert await other.ok("report", id=message["id"], reason="It hurts") == {"heard_by": 1}
    (report,) = host.events("report")
    assert (report["about"], report["seat"], report["text"], report["reason"]) == (one.seat, other.seat, "ugly", "It hurts")
    assert one.events("report") == other.events("report") == []


async def test_never_to_the_host_it_is_about(worker: Worker) -> None:
    bad, good, one = await worker.host("moderator"), await worker.host("moderator"), await worker.join()
    message = await said(bad)
    assert await one.ok("report", id=message["id"]) == {"heard_by": 1}
    assert bad.events("report") == []
    assert len(good.events("report")) == 1
    back = await bad.comes_back(seq=bad.answer["seq"])
    assert [e for e in back.answer["missed"] if e["type"] == "report"] == []


async def test_where_only_the_reported_could_hear_nobody_does(worker: Worker) -> None:
    bad, one = await worker.host(), await worker.join()
    message = await said(bad)
    assert await one.ok("report", id=message["id"]) == {"heard_by": 0, "contact": CONTACT}


async def test_the_same_seat_hears_nothing_of_it_in_a_snapshot_either(worker: Worker) -> None:
    bad, one = await worker.host("moderator"), await worker.join()
    message = await said(bad)
    await one.ok("report", id=message["id"])
    assert (await bad.comes_back()).answer["room"]["reports"] == []
    later = await worker.host("moderator")
    assert [r["about"] for r in later.answer["room"]["reports"]] == [bad.seat], "another who comes later hears that there is one"


async def test_hosts_who_are_away_or_in_no_room_do_not_count(house: House, worker: Worker) -> None:
    here, away, one = await worker.host(), await worker.host("moderator"), await worker.join()
    assert (await one.ok("help"))["heard_by"] == 2
    away.drop()
    await house.passes(6_000)
    assert (await one.ok("help"))["heard_by"] == 1
    await here.ok("leave")
    answer = await one.ok("help", text="Anybody?")
    assert (answer["heard_by"], answer["contact"]) == (0, CONTACT)


async def test_hosts_on_other_workers_hear_too(house: House) -> None:
    first, second = house.worker(), house.worker()
    host, one = await first.host(), await second.join()
    assert (await one.ok("help", text="please"))["heard_by"] == 1
    assert [e["text"] for e in host.events("help_message")] == ["please"]


async def test_words_with_their_proof_outlive_the_window(house: House, worker: Worker) -> None:
    host, one, other = await worker.host(), await worker.join(), await worker.join()
    message = await said(one)
    await house.passes(61_000)
    assert await other.refused("report", id=message["id"]) == "no_such_message"
    assert await other.refused("report", id=message["id"], text="altered", proof=message["proof"]) == "bad_proof"
    assert await other.ok("report", id=message["id"], text="ugly", proof=message["proof"]) == {"heard_by": 1}
    assert host.events("report")[-1]["text"] == "ugly"


async def test_a_muted_one_may_call(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    await host.ok("mute", seat=one.seat)
    await host.ok("freeze", on=True)
    assert (await one.ok("help", text="why?"))["heard_by"] == 1


async def test_a_flood_of_calls_is_told_when_to_call_again(house: House, worker: Worker) -> None:
    host, one, other = await worker.host(), await worker.join(), await worker.join()
    for n in range(5):
        await one.ok("help", text=str(n))
    refused = await one.raw("help", text="once more")
    assert isinstance(refused, Refused)
    assert refused.code == "too_fast"
    assert refused.retry_after_ms is not None
    assert 0 < refused.retry_after_ms <= 5_000
    assert (await other.ok("help"))["heard_by"] == 1, "each has their own"
    await house.passes(refused.retry_after_ms)
    assert await one.ok("help", text="once more")
    assert len(host.events("help_message")) == 6, "each that was taken is heard"
    assert len({e["call"] for e in host.events("call")}) == 2, "and one line a seat"


@pytest.mark.parametrize("about", ["m.1", "nobody"])
async def test_a_report_of_nothing(worker: Worker, about: str) -> None:
    assert await (await worker.join()).refused("report", id=about) == "no_such_message"


class TestALine:
    async def test_of_somebody_in_the_lobby_in_both_directions(self, house: House, worker: Worker) -> None:
        host = await worker.host()
        await host.ok("lobby", on=True)
        one = await worker.join()
        call = (await one.ok("help", text="please"))["call"]
        assert host.events("call")[-1] | {"seq": 0, "at": 0, "epoch": ""} == {
            "type": "call", "epoch": "", "seq": 0, "at": 0, "call": call, "seat": one.seat, "name": one.answer["you"]["name"],
            "lobby": True, "state": "waiting", "taken_by": None, "since": house.clock.now(),
        }  # fmt: skip
        await host.ok("help_take", call=call)
        assert one.events("your_call")[-1]["call"]["state"] == "taken"
        await host.ok("help_say", call=call, id="a", text="I am here")
        await one.ok("help_say", call=call, id="b", text="thank you")
        assert [e["text"] for e in one.events("help_message")] == [e["text"] for e in host.events("help_message")]
        assert [e["text"] for e in one.events("help_message")] == ["please", "I am here", "thank you"]
        back = await one.comes_back(seq=one.answer["seq"])
        assert [e["text"] for e in back.answer["missed"]] == ["please", "I am here", "thank you"]
        assert back.answer["room"]["call"]["state"] == "taken"
        await host.ok("admit", seat=one.seat)
        assert back.events("lobby")[-1]["admitted"]["room"]["call"]["call"] == call
        await back.ok("help_close", call=call)
        assert back.events("your_call")[-1]["call"] is None
        assert host.events("call")[-1]["state"] == "closed"

    async def test_is_heard_by_nobody_else(self, worker: Worker) -> None:
        host, one, other = await worker.host(), await worker.join(), await worker.join()
        call = (await one.ok("help", text="please"))["call"]
        await host.ok("help_say", call=call, text="I am here")
        kinds = {"call", "your_call", "help_message"}
        assert not kinds & {e["type"] for e in other.events()}
        back = await other.comes_back(seq=other.answer["seq"])
        assert not kinds & {e["type"] for e in back.answer["missed"]}
        assert (back.answer["room"]["call"], back.answer["room"].get("calls")) == (None, None)
        assert await back.refused("help_say", call=call, text="hello") == "no_such_call"
        assert await back.refused("help_take", call=call) == "not_allowed"

    async def test_is_taken_by_a_host_who_answers(self, worker: Worker) -> None:
        host, one = await worker.host(), await worker.join()
        call = (await one.ok("help"))["call"]
        await host.ok("help_say", call=call, text="I am here")
        assert host.events("call")[-1]["taken_by"] == host.seat

    async def test_what_is_said_again_under_its_id_is_said_once(self, worker: Worker) -> None:
        host, one = await worker.host(), await worker.join()
        call = (await one.ok("help"))["call"]
        first = await one.ok("help_say", call=call, id="a", text="please")
        assert await one.ok("help_say", call=call, id="a", text="please") == first
        assert len(host.events("help_message")) == 1
        assert (await host.ok("host_say", id="a", text="Who?")) == (await host.ok("host_say", id="a", text="Who?"))
        assert len(host.events("host_message")) == 1

    async def test_is_there_for_a_host_who_reloads_and_one_who_comes_later(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, one = await first.host(), await second.join()
        await one.ok("help", text="please")
        back = await host.comes_back(second, seq=host.answer["seq"])
        assert [e["text"] for e in back.answer["missed"] if e["type"] == "help_message"] == ["please"]
        later = await second.host("moderator")
        for answer in (back.answer, later.answer):
            assert [(c["seat"], c["state"]) for c in answer["room"]["calls"]] == [(one.seat, "waiting")]
        assert "please" not in str(later.answer)

    async def test_without_anybody_there_says_so_and_waits_for_who_comes(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one = await first.join()
        answer = await one.ok("help", text="please")
        assert (answer["heard_by"], answer["contact"]) == (0, CONTACT)
        host = await second.host()
        (call,) = host.answer["room"]["calls"]
        await host.ok("help_take", call=call["call"])
        assert one.events("your_call")[-1]["call"]["state"] == "taken"

    async def test_waits_again_when_its_taker_is_gone_and_others_hear_it(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        taker, other, one = await first.host(), await second.host("moderator"), await second.join()
        call = (await one.ok("help"))["call"]
        await taker.ok("help_take", call=call)
        assert await other.refused("help_take", call=call) == "taken"
        taker.drop()
        await house.passes(6_000)
        assert other.events("call")[-1]["state"] == "taken", "a tunnel is no leaving"
        await house.passes(31_000)
        assert (other.events("call")[-1]["state"], one.events("your_call")[-1]["call"]["state"]) == ("waiting", "waiting")
        await other.ok("help_take", call=call)
        assert one.events("your_call")[-1]["call"]["state"] == "taken"
        await other.ok("leave")
        assert one.events("your_call")[-1]["call"]["state"] == "waiting"

    async def test_is_given_back_and_waits_for_all_who_moderate(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        taker, other, one = await first.host(), await second.host("moderator"), await second.join()
        call = (await one.ok("help"))["call"]
        await taker.ok("help_take", call=call)
        assert await other.refused("help_take", call=call, take=False) == "taken"
        await taker.ok("help_take", call=call, take=False)
        assert (other.events("call")[-1]["state"], one.events("your_call")[-1]["call"]["state"]) == ("waiting", "waiting")
        await other.ok("help_take", call=call)
        assert taker.events("call")[-1]["taken_by"] == other.seat

    async def test_two_hosts_who_take_it_at_once(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        a, b, one = await first.host(), await second.host("moderator"), await first.join()
        call = (await one.ok("help"))["call"]
        answers = await house.done(_both(a, b, call))
        assert sorted(isinstance(x, Refused) for x in answers) == [False, True]
        assert {e["taken_by"] for e in (a.events("call")[-1], b.events("call")[-1])} <= {a.seat, b.seat}
        assert a.events("call")[-1]["taken_by"] == b.events("call")[-1]["taken_by"]


async def _both(a: Person, b: Person, call: str) -> list[Any]:
    return list(await asyncio.gather(a.raw("help_take", call=call), b.raw("help_take", call=call)))


class TestAReport:
    async def test_is_taken_and_its_outcome_told_to_who_reported(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, bad, one = await first.host(), await first.join(), await second.join()
        message = await said(bad)
        await one.ok("report", id=message["id"])
        report = host.events("report")[-1]["report"]
        await host.ok("report_take", report=report)
        assert host.events("report_changed")[-1]["taken_by"] == host.seat
        await host.ok("report_take", report=report, take=False)
        assert (host.events("report_changed")[-1]["taken_by"], host.events("report_changed")[-1]["state"]) == (None, "waiting")
        await host.ok("report_close", report=report, outcome="acted")
        assert "acted on it" in one.events("report_outcome")[-1]["message"]
        assert bad.events("report_outcome") == host.events("report_outcome") == []
        back = await host.comes_back()
        assert back.answer["room"]["reports"] == []
        assert await back.refused("report_close", report=report, outcome="acted") == "no_such_report"

    async def test_floods_are_told_when_to_report_again(self, worker: Worker) -> None:
        await worker.host()
        bad, one = await worker.join(), await worker.join()
        message = await said(bad)
        answers = [await one.raw("report", id=message["id"]) for _ in range(17)]
        refused = [x for x in answers if isinstance(x, Refused)]
        assert refused
        assert all(x.code == "too_fast" and x.retry_after_ms for x in refused)


async def test_the_hosts_channel_is_the_hosts(worker: Worker) -> None:
    host, deputy, one = await worker.host(), await worker.host("moderator"), await worker.join()
    await host.ok("host_say", id="m1", text="Who takes the door?")
    assert [e["text"] for e in deputy.events("host_message")] == ["Who takes the door?"]
    assert one.events("host_message") == []
    assert await one.refused("host_say", id="m1", text="hello") == "not_allowed"
