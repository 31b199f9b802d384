"""Reports and calls for help: who hears of them, and that the answer says so honestly."""

from __future__ import annotations

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


async def test_hosts_who_are_away_or_in_no_room_do_not_count(house: House, worker: Worker) -> None:
    here, away, one = await worker.host(), await worker.host("moderator"), await worker.join()
    assert (await one.ok("help"))["heard_by"] == 2
    away.drop()
    await house.passes(6_000)
    assert (await one.ok("help"))["heard_by"] == 1
    await here.ok("leave")
    assert await one.ok("help", text="Anybody?") == {"heard_by": 0, "contact": CONTACT}


async def test_hosts_on_other_workers_hear_too(house: House) -> None:
    first, second = house.worker(), house.worker()
    host, one = await first.host(), await second.join()
    assert (await one.ok("help", text="please"))["heard_by"] == 1
    assert [e["text"] for e in host.events("help")] == ["please"]


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
    assert len(host.events("help")) == 7


@pytest.mark.parametrize("about", ["m.1", "nobody"])
async def test_a_report_of_nothing(worker: Worker, about: str) -> None:
    assert await (await worker.join()).refused("report", id=about) == "no_such_message"
