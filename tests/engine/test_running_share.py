"""The words of whoever has the floor stay for those who drop out and come back, as long as the turn runs; and no longer."""

from __future__ import annotations

import pytest

from chatserver.formats import built_in
from tests.engine.house import House, Person, Worker
from tests.engine.redis_house import RedisHouse
from tests.engine.test_memory import CANARY, canaries
from tests.engine.test_recovery import loses_everything
from tests.waiting import settled, until

SEGMENTS = built_in()["aa-discussion"].segments
SHARING = next(n for n, segment in enumerate(SEGMENTS) if segment.mode.value == "queue")
SPEAKING = next(n for n, segment in enumerate(SEGMENTS) if segment.mode.value == "speaker")
OPEN = next(n for n, segment in enumerate(SEGMENTS) if segment.mode.value == "open")
LONG_MS = 300_000


class Meeting:
    """A host, who shares, and a listener to it on another worker."""

    def __init__(self, house: House, here: Worker, there: Worker, host: Person, sharer: Person, listener: Person) -> None:
        self.house, self.here, self.there = house, here, there
        self.host, self.sharer, self.listener = host, sharer, listener

    async def long_share(self, *texts: str) -> None:
        """Each a while after the other."""
        for text in texts:
            await self.sharer.say(text)
            await self.house.passes(LONG_MS // len(texts))

    def canaries(self) -> list[object]:
        """What either worker or the backplane still holds of them."""
        for worker in (self.here, self.there):
            worker.fanout.events.clear()  # the test's own memory
        self.house.clock.advance(0)  # lets go of cancelled timers
        return [held for start in (self.here.service, self.there.service, self.house.memory) for held in canaries(start)]


async def meeting(house: House, *, segment: int = SHARING) -> Meeting:
    await house.meeting(format="aa-discussion")
    here, there = house.worker(), house.worker()
    if isinstance(house, RedisHouse):
        await house.start()
    host, sharer, listener = await here.host(), await here.join(), await there.join()
    await host.ok("agenda", go=segment)
    if segment == SPEAKING:
        await host.ok("floor", seat=sharer.seat)
    else:
        await sharer.ok("hand", up=True)
    await house.passes(10)
    return Meeting(house, here, there, host, sharer, listener)


@pytest.fixture
async def sharing() -> Meeting:
    return await meeting(House())


def missed(person: Person, kind: str = "message") -> list[str]:
    return [e["text" if kind == "message" else "type"] for e in person.answer.get("missed", []) if e["type"] == kind]


def window_of(worker: Worker) -> list[str | None]:
    return [kept.event.message for kept in worker.live().replica.window.after(0)]


async def test_who_listens_comes_back_in_the_middle_of_a_long_share(sharing: Meeting) -> None:
    await sharing.sharer.say("heard")
    sharing.listener.drop()
    await sharing.long_share("one", "two", "three")
    back = await sharing.listener.comes_back(sharing.here)
    assert missed(back) == ["one", "two", "three"]
    assert "gap" not in back.answer, "nothing else was said"
    await sharing.sharer.say("four")
    assert back.texts() == ["four"]


async def test_who_shares_comes_back_in_the_middle_of_it(sharing: Meeting) -> None:
    await sharing.long_share("one", "two", "three")
    sharing.sharer.drop()
    back = await sharing.sharer.comes_back(sharing.there, seq=sharing.sharer.answer["seq"])
    assert missed(back) == ["one", "two", "three"]
    await back.say("four")
    await settled()
    assert sharing.host.texts() == ["one", "two", "three", "four"]


async def test_on_a_worker_that_comes_to_the_room_only_then(sharing: Meeting) -> None:
    sharing.listener.drop()
    await sharing.long_share("one", "two")
    back = await sharing.listener.comes_back(sharing.house.worker())
    assert missed(back) == ["one", "two"]


async def test_all_else_that_was_said_meanwhile_goes_and_that_is_told(sharing: Meeting) -> None:
    await sharing.sharer.ok("replies", welcome=True)
    sharing.listener.drop()
    first = await sharing.sharer.say("one", id="one")
    await sharing.host.ok("react", to=f"{sharing.sharer.seat}.one", kind="hug")
    await sharing.host.ok("report", id=f"{sharing.sharer.seat}.one")
    await sharing.host.ok("help", text="with the door")
    await sharing.house.passes(61_000)
    await sharing.sharer.say("two")
    await sharing.host.ok("react", to=f"{sharing.sharer.seat}.one", kind="candle")
    assert len([k for k in sharing.here.live().replica.window.after(first - 1) if k.event.message is None]) == 1
    back = await sharing.listener.comes_back()
    assert back.answer["gap"] is True
    assert [e.get("text") or e["kind"] for e in back.answer["missed"]] == ["one", "two", "candle"]


async def test_what_others_say_goes_in_its_time() -> None:
    """Replies to a share, and whoever leads in a speaker's segment."""
    share = await meeting(House(), segment=SPEAKING)
    await share.host.say("Please welcome our speaker")
    share.listener.drop()
    await share.sharer.say("one")
    await share.host.say("a little louder, please")
    await share.house.passes(61_000)
    await share.sharer.say("two")
    back = await share.listener.comes_back()
    assert (missed(back), back.answer["gap"]) == (["one", "two"], True)
    for worker in (share.here, share.there):
        assert len(window_of(worker)) == 2


@pytest.mark.parametrize("ends", ["done", "pass", "floor taken back", "floor given on", "segment", "leaves", "removed", "muted"])
async def test_when_the_turn_is_over_what_is_old_goes_at_once_and_the_rest_in_its_time(sharing: Meeting, ends: str) -> None:
    host, sharer, listener = sharing.host, sharing.sharer, sharing.listener
    await sharing.long_share(f"{CANARY} old")
    await sharer.say("young")
    assert len(window_of(sharing.here)) == len(window_of(sharing.there)) == 2
    assert sharing.canaries(), "or this test could not fail"
    await {
        "done": lambda: sharer.ok("done"),
        "pass": lambda: sharer.ok("pass"),
        "floor taken back": lambda: host.ok("floor", seat=None),
        "floor given on": lambda: host.ok("floor", seat=listener.seat),
        "segment": lambda: host.ok("agenda", go=OPEN),
        "leaves": lambda: sharer.ok("leave"),
        "removed": lambda: host.ok("remove", seat=sharer.seat),
        "muted": lambda: host.ok("mute", seat=sharer.seat),
    }[ends]()
    await settled()
    assert len(window_of(sharing.here)) == len(window_of(sharing.there)) == 1
    assert sharing.canaries() == []
    back = await listener.comes_back(seq=listener.answer["seq"], epoch=listener.answer["epoch"])
    assert (missed(back), back.answer["gap"]) == (["young"], True)
    await sharing.house.passes(59_000)
    assert len(window_of(sharing.here)) == len(window_of(sharing.there)) == 1
    await sharing.house.passes(1_500)
    assert window_of(sharing.here) == window_of(sharing.there) == []


async def test_it_goes_in_its_time_though_something_later_was_to_go_next(sharing: Meeting) -> None:
    await sharing.sharer.say(f"{CANARY} young")
    await sharing.house.passes(30_000)
    await sharing.listener.ok("react", to=f"{sharing.sharer.seat}.x", kind="hug")
    await sharing.sharer.ok("done")
    await sharing.house.passes(29_000)
    assert len(window_of(sharing.here)) == len(window_of(sharing.there)) == 2
    await sharing.house.passes(2_000)
    assert len(window_of(sharing.here)) == len(window_of(sharing.there)) == 1
    assert sharing.canaries() == []


async def test_a_floor_that_passes_on_by_itself_ends_it(sharing: Meeting) -> None:
    """Of one who dropped out and stays away."""
    await sharing.long_share("old")
    sharing.sharer.drop()
    await sharing.house.passes(90_000)
    assert len(window_of(sharing.there)) == 1, "the floor waits for them"
    await sharing.house.passes(10_000)
    assert window_of(sharing.here) == window_of(sharing.there) == []


async def test_the_next_turn_is_one_of_its_own(sharing: Meeting) -> None:
    await sharing.long_share("the first")
    await sharing.sharer.ok("done")
    await sharing.listener.ok("hand", up=True)
    await sharing.listener.say("the second")
    await sharing.house.passes(LONG_MS)
    back = await sharing.host.comes_back(seq=sharing.host.answer["seq"], epoch=sharing.host.answer["epoch"])
    assert (missed(back), back.answer["gap"]) == (["the second"], True)


async def test_in_an_open_segment_nothing_is_held() -> None:
    share = await meeting(House(), segment=OPEN)
    await share.long_share("said")
    assert window_of(share.here) == window_of(share.there) == []


async def test_a_newcomer_gets_none_of_it(sharing: Meeting) -> None:
    await sharing.long_share("one", "two")
    new = await sharing.there.join()
    assert (missed(new), "gap" in new.answer) == ([], False)
    await sharing.sharer.say("three")
    await sharing.house.passes(LONG_MS)
    back = await new.comes_back(seq=1)
    assert (missed(back), "gap" in back.answer) == (["three"], False)


async def test_what_was_taken_back_is_gone(sharing: Meeting) -> None:
    await sharing.sharer.say("ugly", id="ugly")
    await sharing.long_share("one", "two")
    await sharing.sharer.ok("retract", id=f"{sharing.sharer.seat}.ugly")
    sharing.listener.drop()
    back = await sharing.listener.comes_back(seq=sharing.listener.answer["seq"])
    assert missed(back) == ["one", "two"]
    assert missed(back, "retracted") == ["retracted"]


async def test_a_removal_takes_all_of_it_along(sharing: Meeting) -> None:
    await sharing.long_share("ugly", "worse")
    assert (await sharing.host.ok("remove", seat=sharing.sharer.seat, retract=True))["retracted"] == 2
    assert len(sharing.listener.events("retracted")) == 2


async def test_what_is_in_it_can_be_reported_without_its_words(sharing: Meeting) -> None:
    await sharing.sharer.say("ugly", id="ugly")
    await sharing.house.passes(LONG_MS)
    await sharing.listener.ok("report", id=f"{sharing.sharer.seat}.ugly")
    assert sharing.host.events("report")[-1]["text"] == "ugly"


async def test_it_outlives_a_backplane_that_comes_back_empty(sharing: Meeting) -> None:
    sharing.listener.drop()
    await sharing.long_share("one", "two")
    await loses_everything(sharing.house, sharing.here, sharing.there)
    await sharing.house.passes(2_500)
    await sharing.sharer.say("three")
    await sharing.house.passes(LONG_MS)
    back = await sharing.listener.comes_back(sharing.house.worker())
    assert (missed(back), "gap" in back.answer) == (["one", "two", "three"], False)
    await sharing.sharer.ok("done")
    await settled()
    assert window_of(sharing.here) == window_of(sharing.there) == []


async def test_a_worker_that_was_cut_off_for_long_brings_its_people_up_to_it(sharing: Meeting) -> None:
    sharing.there.backplane.cut = True
    await sharing.host.ok("react", to=f"{sharing.sharer.seat}.x", kind="hug")
    await sharing.long_share("one", "two")
    sharing.there.backplane.heal()
    sharing.there.backplane.doubt()
    await settled()
    assert sharing.listener.texts() == ["one", "two"]
    assert len(sharing.listener.events("gap")) == 1, "the reaction is gone"
    await sharing.sharer.ok("done")
    await settled()
    assert window_of(sharing.there) == []


async def test_a_worker_that_did_not_hear_of_the_end_lets_go_of_it_when_it_does(sharing: Meeting) -> None:
    await sharing.long_share("old")
    sharing.there.backplane.cut = True
    await sharing.sharer.ok("done")
    sharing.there.backplane.heal()
    sharing.there.backplane.doubt()
    await settled()
    assert window_of(sharing.there) == []
    assert sharing.there.live().replica.window.holding == 0


async def test_what_a_worker_says_again_after_the_turn_is_not_held(sharing: Meeting) -> None:
    """Acknowledged by a worker that was then cut off, and lost with the backplane."""
    sharing.there.backplane.cut = True
    await sharing.sharer.say("acknowledged, and lost")
    sharing.there.backplane.heal()
    sharing.here.backplane.down = sharing.here.backplane.cut = True
    await loses_everything(sharing.house, sharing.there)
    await sharing.house.passes(1_200, 20)
    host = await sharing.host.comes_back(sharing.there, seq=sharing.host.answer["seq"])
    await host.ok("floor", seat=None)
    sharing.here.backplane.heal()
    sharing.here.backplane.doubt()
    await sharing.house.passes(500, 20)
    assert sharing.listener.texts() == ["acknowledged, and lost"]
    await sharing.house.passes(61_000)
    assert window_of(sharing.here) == window_of(sharing.there) == []


async def test_one_mebibyte_ends_it(sharing: Meeting) -> None:
    long = "€" * 2_000  # three bytes each
    sharing.listener.drop()
    for n in range(180):
        await sharing.sharer.say(f"{n:03}{long[3:]}")
        if n % 60 == 0:
            await sharing.house.passes(61_000)
    for worker in (sharing.here, sharing.there, sharing.house.worker()):
        back = await sharing.listener.comes_back(worker)
        await back.ok("help")  # what does not fit into the answer comes before whatever is asked
        texts = [*missed(back), *back.texts()]
        assert 160 < len(texts) < 180
        assert back.answer["gap"] is True
        assert [text[:3] for text in texts] == [f"{n:03}" for n in range(180 - len(texts), 180)], "the oldest goes first"


async def test_without_a_window_nothing_is_held() -> None:
    share = await meeting(House(window_seconds=0))
    share.listener.drop()
    await share.sharer.say(f"{CANARY} said")
    assert share.canaries() == []
    assert (await share.listener.comes_back(seq=share.listener.answer["seq"])).answer["gap"] is True


async def test_after_closing_nothing_is_held(sharing: Meeting) -> None:
    await sharing.long_share(f"{CANARY} said")
    await sharing.host.ok("close")
    await settled()
    assert sharing.canaries() == []


async def keys(house: RedisHouse) -> set[str]:
    """Of the room."""
    connection = house.backplanes[-1]._calls.connection
    assert connection is not None
    return {key.decode().rpartition(":")[2] for key in await connection.send("KEYS", f"{house.prefix}{{room}}:*")}


async def forgets_everything(house: RedisHouse) -> None:
    connection = house.backplanes[-1]._calls.connection
    assert connection is not None
    await connection.send("DEL", *await connection.send("KEYS", f"{house.prefix}{{room}}:*"))
    for worker in house.workers:
        worker.backplane.doubt()

    def goes_on() -> bool:
        house.clock.advance(4)  # at this pace its second is over however slowly the machine looks
        return all(".2-" in worker.live().replica.line for worker in house.workers)

    await until(goes_on, "no new line began")


async def test_the_whole_of_it_over_a_real_redis() -> None:
    house = RedisHouse()
    try:
        share = await meeting(house)
        share.listener.drop()
        await share.long_share("one", "two")
        await share.host.ok("react", to=f"{share.sharer.seat}.x", kind="hug")
        assert await keys(house) == {"line", "entries", "window", "share"}
        await house.passes(61_000)

        third = house.worker()
        await house.backplanes[-1].start()
        back = await share.listener.comes_back(third)
        assert (missed(back), back.answer["gap"]) == (["one", "two"], True)

        await forgets_everything(house)
        await share.sharer.say("three")
        await house.passes(LONG_MS)

        await house.dies(share.here)
        sharer = await share.sharer.comes_back(third, seq=share.sharer.answer["seq"], epoch=share.sharer.answer["epoch"])
        assert missed(sharer) == ["one", "two", "three"]
        assert "share" in await keys(house)

        await sharer.say("young")
        await sharer.ok("done")
        await house.quiet()
        assert "share" not in await keys(house)
        for worker in house.workers:
            assert len(window_of(worker)) == 1
        await house.passes(61_000)
        assert "window" not in await keys(house)
        host = await share.host.comes_back(third, seq=share.host.answer["seq"], epoch=share.host.answer["epoch"])
        assert (missed(host), host.answer["gap"]) == ([], True)

        await share.listener.comes_back(share.there)
        await host.ok("floor", seat=share.listener.seat)
        await host.ok("floor", seat=None)
        await host.ok("close")
        assert await keys(house) == set()
    finally:
        await house.stop()
