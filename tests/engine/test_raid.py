"""A raid, as a script: thirty who come to hurt, against a meeting of fifteen, over two workers and a real Redis. `-s` shows what happens.

And the wave by itself: two hundred who come in five seconds, from one network and from many."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from chatserver.domain import work
from chatserver.domain.limits import Rate
from chatserver.domain.raids import GATHERING_MS
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import Standing
from tests.engine.house import House, Person, Worker
from tests.engine.redis_house import RedisHouse

MEMBERS, RAIDERS = 15, 30
QUIET_SECONDS = 2.0
MINUTE = 60_000
AS_SET = replace(House().rates, messages=Rate(1, 5), commands=Rate(10, 40), joins=Rate(5, 300), repeats=False)  # the defaults


@pytest.fixture
async def over_redis() -> AsyncIterator[RedisHouse]:
    house = RedisHouse(rates=AS_SET, wave_joins=15)
    await house.meeting(format="aa-discussion", minutes=90)
    house.worker(), house.worker()
    await house.start()
    house.clock.advance(GATHERING_MS)
    yield house
    await house.stop()


@pytest.fixture(autouse=True)
def _little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred telephones are quicker than one test."""
    monkeypatch.setattr(work, "EASIEST", 2)


@dataclass
class Transcript:
    began: float = field(default_factory=time.perf_counter)
    lines: list[str] = field(default_factory=list)

    def __call__(self, what: str) -> None:
        self.lines.append(f"{time.perf_counter() - self.began:6.3f} s  {what}")
        print(self.lines[-1])  # noqa: T201  # what `-s` is for


async def seated(house: RedisHouse, transcript: Transcript) -> tuple[Person, list[Person]]:
    """A host and fifteen members on two workers, in the middle of somebody's share."""
    first, second = house.workers
    host = await first.host(name="Early Light")
    members = [await (first, second)[n % 2].join() for n in range(MEMBERS)]
    await host.ok("agenda", go=4)
    for member in members[:3]:
        await member.ok("hand", up=True)
    transcript(f"{MEMBERS} members and a host, on two workers; {members[0].answer['you']['name']} shares, two have raised a hand")
    house.clock.advance(1)
    await house.quiet()
    return host, members


async def raid(house: RedisHouse, transcript: Transcript) -> tuple[list[Person], dict[str, int], list[Person]]:
    """They come as fast as they can, under names that look like the host's, and say ugly things."""
    chance, inside, waiting = random.Random(3), list[Person](), list[Person]()
    refused: dict[str, int] = {}
    names = ["Moderator", "М0derator", "Early Light", "Early Líght", "EarIy Light", "H o s t", "🅼🅾🅳", "Admin 1", "Ｈｏｓｔ", "kys"]
    for n in range(RAIDERS):
        one = house.workers[n % 2].connect(bytes([chance.randrange(256), chance.randrange(256)]))
        answer = await house.done(one.works(room="room", name=names[n % len(names)]))
        if isinstance(answer, Refused):
            refused[answer.code] = refused.get(answer.code, 0) + 1
            answer = await house.done(one.works(room="room"))
        assert not isinstance(answer, Refused)
        one.answer = answer
        (waiting if answer.get("waiting") else inside).append(one)
    transcript(f"{RAIDERS} come: {len(inside)} are inside before it is a wave, {len(waiting)} wait; names refused: {refused}")
    return inside, refused, waiting


async def flood(inside: list[Person], said: str) -> dict[str, int]:
    """Each of them tries everything at once. How many of each answer."""
    texts = [
        "Nobody wants you here, go away",
        "go away all of you. " * 90,
        "x" * 2_000,
        "look" + "\n" * 60 + "here",
        f"{said} 1",
        f"{said} 2",
    ]
    asked = [
        one.raw("send", id=f"{said}{n}", text=f"{text} {one.seat}" if said in text else text)
        for one in inside
        for n, text in enumerate(texts)
    ]
    asked += [one.raw("react", to=f"{one.seat}.{said}0", kind="hug") for one in inside]
    answers: dict[str, int] = {}
    for answer in await asyncio.gather(*asked):
        code = answer.code.value if isinstance(answer, Refused) else "taken"
        answers[code] = answers.get(code, 0) + 1
    return answers


def shown(person: Person) -> list[str]:
    """What stands on their page: what was said, less what was taken back."""
    gone = {e["id"] for e in person.events("retracted")}
    return [e["text"] for e in person.events("message") if e["id"] not in gone]


async def test_a_raid_is_quiet_after_one_tap_and_the_meeting_goes_on(over_redis: RedisHouse) -> None:
    house = over_redis
    transcript = Transcript()
    host, members = await seated(house, transcript)
    await house.passes(2 * MINUTE)
    before = house.workers[0].state
    sharer, queue = before.floor.seat, [e["hands"] for e in host.events("floor")][-1]
    assert sharer == members[0].seat

    inside, refused, waiting = await raid(house, transcript)
    assert len(inside) <= 16, "two workers may each let one more in"
    assert refused[Code.NAME_RESERVED] > 10
    assert refused[Code.NAME_TAKEN] >= 3
    assert host.events("room")[-1]["wave"] is True

    # The floor is somebody's: nothing of theirs is taken while it is. So the raid waits for a part in which all may write.
    assert set(await house.done(flood(inside, "early"))) <= {"not_your_turn", "too_fast", "wall", "repeated", "taken"}
    assert shown(members[1]) == [], "where turns are taken, a raid has none"
    transcript("in a share: nothing of what they say is taken")
    await host.ok("agenda", go=0)
    while host.worker.state.agenda.segment.mode.value != "open":
        await host.ok("agenda", go="next")
    house.clock.advance(10_000)
    agenda = house.workers[0].state.agenda

    first_hostile = time.perf_counter()
    answers = await house.done(flood(inside, "ugly"))
    await house.quiet()
    transcript(f"they flood a part in which all may write: {answers}")
    assert answers["wall"] >= len(inside)
    assert answers.get("repeated", 0) + answers.get("too_fast", 0) > 0
    assert any("ugly" in text for text in shown(members[1]))

    swept = await host.ok("sweep", minutes=1, retract=True)  # the one tap
    tap = time.perf_counter()
    late = await house.done(flood(inside, "uglier"))
    await house.quiet()
    quiet = time.perf_counter()
    transcript(f"one tap: {len(swept['seats'])} to the lobby, {swept['retracted']} messages taken back; then they get {late}")
    transcript(f"quiet {quiet - first_hostile:.3f} s after the first hostile message, {quiet - tap:.3f} s of that after the tap")
    assert set(late) <= {"waiting", "wall", "too_fast", "repeated"}
    assert sorted(swept["seats"]) == sorted(one.seat for one in inside)
    assert quiet - first_hostile < QUIET_SECONDS
    for person in (host, *members):
        assert shown(person) == [], "nothing hostile is left on any page"
        assert not person.disconnected

    for worker in house.workers:
        state = worker.state
        assert {s.id for s in state.seated()} == {host.seat, *(m.seat for m in members)}
        assert state.agenda.index == agenda.index
        assert state.agenda.ends_at == agenda.ends_at
        assert {s.id for s in state.waiting()} == {one.seat for one in (*inside, *waiting)}
    await members[3].say("We go on.")
    await house.quiet()
    assert all(shown(person) == ["We go on."] for person in (host, *members))
    assert all("We go on." not in one.texts() for one in (*inside, *waiting))
    await host.ok("agenda", go=4)
    await house.quiet()
    assert house.workers[1].state.floor.seat == queue[0], "who had raised a hand has their turn"
    transcript("the meeting goes on from where it was: the same part, the same hands")
    assert (await host.ok("deny", all=True))["count"] == len(inside) + len(waiting)
    transcript("all who wait are turned away")


async def test_a_freeze_is_quiet_too_and_is_undone(over_redis: RedisHouse) -> None:
    house = over_redis
    transcript = Transcript()
    host, members = await seated(house, transcript)
    await house.passes(2 * MINUTE)
    inside, _, _ = await raid(house, transcript)
    floor, left = house.workers[0].state.floor, house.workers[0].state.agenda
    await host.ok("freeze", on=True)
    assert set(await house.done(flood([*inside, *members[1:]], "ugly"))) <= {"frozen", "wall", "too_fast", "repeated"}
    for one in inside:
        assert (await host.ask("remove", seat=one.seat, ban=True, retract=True)) is not None
    await host.ok("freeze", on=False)
    await house.quiet()
    after = house.workers[1].state
    assert (after.floor.seat, after.agenda.index) == (floor.seat, left.index)
    await members[0].say("I was saying that it went well.")


def network(n: int) -> bytes:
    return n.to_bytes(2)


@pytest.mark.parametrize("networks", [1, 200], ids=["from one network", "from many"])
@pytest.mark.parametrize("workers", [1, 2])
async def test_200_joins_in_5_seconds(networks: int, workers: int) -> None:
    house = House(wave_joins=15, capacity=500)
    await house.meeting()
    house.clock.advance(GATHERING_MS)
    there = [house.worker(lag=n) for n in range(workers)] if workers > 1 else [house.worker()]
    host = await there[0].host()
    members = [await there[n % workers].join() for n in range(10)]
    await house.passes(2 * MINUTE)
    answers: list[dict[str, Any]] = []
    for second in range(5):
        asked = [there[n % workers].connect(network((second * 40 + n) % networks)).works(room="room") for n in range(40)]
        for answer in await house.done(_all(asked)):
            assert not isinstance(answer, Refused), answer
            answers.append(answer)
        house.clock.advance(1_000)
    await house.passes(1_000)
    inside = [a for a in answers if "waiting" not in a]
    # Those of one moment are decided together, on each worker: no more than what was on its way then comes in besides.
    assert 15 <= len(inside) <= 15 * workers
    assert len(host.events("lobby")[-1]["waiting"]) == 200 - len(inside)
    for worker in there:
        assert all(worker.state.seats[m.seat].standing is Standing.SEATED for m in members)
    for member in members:
        await member.say("still here")
    members[0].drop()
    assert "waiting" not in (await members[0].comes_back()).answer
    invited = await there[-1].join(key=await house.key("member"))
    assert "waiting" not in invited.answer
    await host.ok("lobby", on=False)
    assert (await host.ok("admit", all=True))["count"] == 200 - len(inside)


async def _all(asked: list[Any]) -> list[dict[str, Any] | Refused]:
    return list(await asyncio.gather(*asked))


async def test_a_wave_is_over_by_itself(worker: Worker) -> None:
    house = worker.house
    house.wave_joins = 3
    await house.meeting("other")
    house.clock.advance(GATHERING_MS)
    small = house.worker()
    host = await small.join("other", key=await house.key("facilitator"))
    for _ in range(3):
        await small.join("other")
    late = await small.join("other")
    assert late.answer["waiting"]
    assert host.events("room")[-1]["wave"] is host.events("room")[-1]["lobby"] is True
    await house.passes(MINUTE + 1_000)
    assert host.events("room")[-1]["wave"] is False
    assert "waiting" not in (await small.join("other")).answer


async def test_swept_hears_nothing_until_it_is_let_in_and_keeps_its_token(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    swept = await host.ok("sweep", minutes=5)
    assert (one.events("lobby")[-1]["swept"], one.events("lobby")[-1]["by_name"]) == (True, False)
    assert one.events("lobby")[-1]["room"]["slug"] == "room"
    await host.say("not for them")
    assert one.texts() == []
    assert await one.refused("send", id="m1", text="x") is Code.WAITING
    await host.ok("admit", seats=swept["seats"])
    admitted = one.events("lobby")[-1]["admitted"]
    assert "seat_token" not in admitted
    await host.say("for all")
    assert one.texts() == ["for all"]
    one.drop()
    assert (await one.comes_back()).seat == one.seat


async def test_an_admission_is_undone_for_exactly_those_it_let_in(worker: Worker) -> None:
    host, member = await worker.host(), await worker.join()
    await host.ok("lobby", on=True)
    one, two = await worker.join(), await worker.join()
    await host.ok("lobby", on=False)
    admitted = await host.ok("admit", all=True)
    assert admitted == {"count": 2, "seats": [one.seat, two.seat]}
    await two.ok("leave")
    assert await member.refused("sweep", seats=admitted["seats"]) is Code.NOT_ALLOWED
    back = await host.ok("sweep", seats=admitted["seats"])
    assert back == {"seats": [one.seat], "retracted": 0, "lobby": False}
    told = one.events("lobby")[-1]
    assert (told["swept"], told["by_name"], told["room"]["slug"]) == (True, True, "room")
    assert [each["seat"] for each in host.events("lobby")[-1]["waiting"]] == [one.seat]
    await member.say("still here")
    assert "waiting" not in (await worker.join()).answer, "the lobby is off"
    await host.ok("admit", seats=back["seats"])
    assert one.events("lobby")[-1]["admitted"]["you"]["seat"] == one.seat


async def test_swept_while_away_comes_back_to_the_lobby(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    one.drop()
    await host.ok("sweep", minutes=5)
    back = await one.comes_back()
    assert back.answer["waiting"]
    await host.say("not for them")
    await host.ok("admit", seat=one.seat)
    assert back.events()[-1]["admitted"]["seat_token"] == one.token
    assert back.texts() == []
