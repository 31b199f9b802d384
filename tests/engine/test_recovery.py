"""Deliveries lost on the way, a backplane that comes back empty: nothing that was acknowledged is lost, nothing is seen twice."""

from __future__ import annotations

import asyncio

from chatserver.domain.refusals import Code, Refused
from tests.engine.house import House, Person, Worker
from tests.waiting import settled

SETTLED_MS = 2_500  # noticed at the next beat, and settled


async def loses_everything(house: House, *workers: Worker) -> None:
    house.memory.forget("room")
    for worker in workers:
        worker.backplane.doubt()
    await settled()


def seqs(person: Person) -> list[tuple[int, int]]:
    """Epochs as they came, numbered, with the seqs within them."""
    order = epochs(person)
    return [(order.index(e["epoch"]), e["seq"]) for e in person.events()]


def epochs(person: Person) -> list[str]:
    return list(dict.fromkeys([person.answer["epoch"], *(e["epoch"] for e in person.events())]))


class TestDeliveriesLostOnTheWay:
    async def test_the_next_one_shows_it(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        first.backplane.cut = True
        await other.say("lost on the way")
        first.backplane.heal()
        await other.say("next")
        await settled()
        assert one.texts() == other.texts() == ["lost on the way", "next"]
        assert epochs(one) == epochs(other)
        assert seqs(one) == sorted(set(seqs(one)))
        assert one.events("gap") == one.events("room") == [], "only words were missed, and they are here"

    async def test_the_backplane_says_so(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        first.backplane.cut = True
        await other.say("lost on the way")
        first.backplane.heal()
        first.backplane.doubt()
        await settled()
        assert one.texts() == ["lost on the way"]

    async def test_the_beat_shows_it(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        first.service.rooms.beat()
        first.backplane.cut = True
        await other.say("lost on the way")
        first.backplane.heal()
        await house.passes(3_500, 35)
        assert one.texts() == ["lost on the way"]

    async def test_who_was_acknowledged_later_than_the_line_was_cut(self, house: House) -> None:
        """The answer waits for the delivery; when that comes by another way, it is an answer."""
        worker = house.worker()
        one = await worker.join()
        worker.backplane.cut = True
        asked = asyncio.create_task(one.raw("send", id="x", text="x"))
        await settled()
        assert not asked.done()
        worker.backplane.heal()
        worker.backplane.doubt()
        await settled()
        assert asked.done()
        assert isinstance(asked.result(), dict)
        assert one.texts() == ["x"]

    async def test_who_came_and_went_meanwhile(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, one = await first.host(), await first.join()
        first.backplane.cut = True
        new = await second.join(name="Anna")
        await new.ok("leave")
        newer = await second.join(name="Ben")
        moderator = await second.host("moderator")
        await moderator.ok("freeze", on=True)
        first.backplane.heal()
        first.backplane.doubt()
        await settled()
        for person in (host, one):
            (room,) = person.events("room")
            assert {seat["seat"] for seat in room["seats"]} == {host.seat, one.seat, newer.seat, moderator.seat}
            assert room["seat_count"] == 4
            assert room["frozen"] is True
            assert seqs(person) == sorted(set(seqs(person)))
        assert "waiting" in host.events("room")[0]
        assert "waiting" not in one.events("room")[0]
        assert await one.refused("send", id="x", text="x") == "frozen"

    async def test_who_was_removed_meanwhile(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, host = await first.join(), await second.host()
        first.backplane.cut = True
        await host.ok("remove", seat=one.seat)
        first.backplane.heal()
        first.backplane.doubt()
        await settled()
        assert [e["type"] for e in one.events()][-1] == "removed"
        assert one.disconnected
        assert await one.refused("send", id="x", text="x") == "not_joined"

    async def test_whose_seat_was_taken_elsewhere_meanwhile(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one = await first.join()
        first.backplane.cut = True
        back = await one.comes_back(second)
        first.backplane.heal()
        first.backplane.doubt()
        await settled()
        assert one.events()[-1]["type"] == "replaced"
        assert one.disconnected
        assert await back.say("I am here")

    async def test_who_was_admitted_or_given_a_role_meanwhile(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, one = await second.host(), await first.join()
        waiting = await first.join(knock=True)
        first.backplane.cut = True
        await host.ok("admit", seat=waiting.seat)
        await host.ok("appoint", seat=one.seat, role="moderator")
        first.backplane.heal()
        first.backplane.doubt()
        await settled()
        (lobby,) = waiting.events("lobby")
        assert lobby["admitted"]["room"]["seat_count"] == 3
        assert one.events("you")[-1]["you"]["role"] == "moderator"
        await host.say("welcome")
        assert waiting.texts() == ["welcome"]

    async def test_without_a_window_the_gap_is_told(self, house: House) -> None:
        house = House(window_seconds=0)
        await house.meeting()
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        first.backplane.cut = True
        await other.say("lost on the way")
        first.backplane.heal()
        await other.say("next")
        await settled()
        assert [e["type"] for e in one.events() if e["type"] in ("gap", "message")] == ["gap", "message"]
        assert one.events("gap")[0]["room"]["seat_count"] == 2
        assert one.texts() == ["next"]


class TestABackplaneThatComesBackEmpty:
    async def test_the_room_goes_on(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, one, other = await first.host(), await first.join(), await second.join()
        await host.ok("mute", seat=one.seat)
        await other.say("before")
        await loses_everything(house, first, second)
        seq = await other.say("after")
        assert one.texts() == other.texts() == host.texts() == ["before", "after"]
        assert len(epochs(one)) == 2
        assert epochs(one) == epochs(other) == epochs(host)
        assert other.events("message")[-1]["seq"] == seq
        for person in (host, one, other):
            assert seqs(person) == sorted(set(seqs(person)))
            assert [len(e["seats"]) for e in person.events("room")] == [3]
        assert await one.refused("send", id="x", text="x") == "muted"
        assert epochs(one)[0].partition(".")[0] == epochs(one)[1].partition(".")[0], "the same opening"

    async def test_noticed_at_the_next_beat(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        first.service.rooms.beat()
        house.memory.forget("room")
        await house.passes(SETTLED_MS + 1_000, 40)
        assert await other.say("after")
        assert one.texts() == ["after"]

    async def test_a_send_meanwhile_waits_and_is_taken(self, house: House) -> None:
        worker = house.worker()
        one = await worker.join()
        await loses_everything(house)
        asked = asyncio.create_task(one.raw("send", id="x", text="x"))
        await house.passes(900, 30)
        assert not asked.done()
        await house.passes(200, 10)
        assert isinstance(asked.result(), dict)
        assert one.texts() == ["x"]

    async def test_what_one_worker_had_not_got_it_gets(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        first.backplane.cut = True
        await other.say("only the second has it", id="m1")
        first.backplane.heal()
        await loses_everything(house, first, second)
        await house.passes(1_200, 20)
        assert one.texts() == other.texts() == ["only the second has it"]
        await other.say("after")
        assert one.texts() == other.texts() == ["only the second has it", "after"]
        assert await other.say("again", id="m1") == other.events("message")[0]["seq"], "its id is known still"

    async def test_a_worker_that_comes_late_says_its_own_again(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, one, late = await first.host(), await first.join(), await second.join()
        first.backplane.cut = True
        await late.say("acknowledged, and lost", id="m1")
        first.backplane.heal()
        second.backplane.down = second.backplane.cut = True
        await loses_everything(house, first)
        await house.passes(1_200, 20)
        await one.say("meanwhile")
        second.backplane.heal()
        second.backplane.doubt()
        await house.passes(500, 20)
        assert sorted(one.texts()) == sorted(late.texts()) == ["acknowledged, and lost", "meanwhile"], "all of it, once"
        assert host.texts() == one.texts()
        assert epochs(one) == epochs(late)
        assert seqs(late) == sorted(set(seqs(late)))

    async def test_whoever_was_removed_meanwhile_is_not_heard_again(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, troll = await first.host(), await second.join()
        first.backplane.cut = True
        await troll.say("ugly")
        first.backplane.heal()
        second.backplane.down = second.backplane.cut = True
        await loses_everything(house, first)
        await host.ok("remove", seat=troll.seat)
        second.backplane.heal()
        second.backplane.doubt()
        await house.passes(500, 20)
        assert host.texts() == []
        assert troll.disconnected

    async def test_coming_back_with_the_old_epoch(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        await other.say("seen")
        one.drop()
        await other.say("missed before")
        await loses_everything(house, first, second)
        await other.say("missed after")
        back = await one.comes_back(second)
        assert "gap" not in back.answer
        assert [e["text"] for e in back.answer["missed"] if e["type"] == "message"] == ["missed before", "missed after"]

    async def test_coming_back_with_more_than_the_room_knows_is_a_gap(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        second.backplane.cut = True
        await one.say("only the first had it")
        second.backplane.heal()
        one.drop()
        first.backplane.down = first.backplane.cut = True
        await loses_everything(house, second)
        await other.say("after")
        back = await one.comes_back(second)
        assert back.answer["gap"] is True

    async def test_twice(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        for text in ("a", "b", "c"):
            await other.say(text)
            await loses_everything(house, first, second)
        await other.say("d")
        assert one.texts() == other.texts() == ["a", "b", "c", "d"]
        assert len(epochs(one)) == 4

    async def test_what_was_closed_meanwhile_is_not_revived(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, other = await first.host(), await second.join()
        second.backplane.cut = True
        await host.ok("close")
        second.backplane.heal()
        second.backplane.doubt()
        await settled()
        assert [e["type"] for e in other.events()][-1] == "closed"
        assert await other.refused("send", id="x", text="x") == "not_joined"
        assert await second.connect().refused("join", room="room") == "closed"

    async def test_nobody_is_left_who_holds_it(self, house: House) -> None:
        first, second = house.worker(), house.worker(call_ms=60)
        one = await first.join()
        await one.say("before")
        first.backplane.down = first.backplane.cut = True
        await loses_everything(house)
        new = second.connect()
        assert await new.raw("join", room="room") == Refused(Code.UNAVAILABLE, 1_000)
        await house.passes(4_900)
        assert await new.raw("join", room="room") == Refused(Code.UNAVAILABLE, 1_000)
        await house.passes(200)
        answer = await new.ok("join", room="room")
        assert answer["room"]["seat_count"] == 1
        assert answer["epoch"].partition(".")[0] == one.answer["epoch"].partition(".")[0]
        first.backplane.heal()
        first.backplane.doubt()
        await house.passes(500)
        assert one.disconnected, "its seat is no more; the page comes in anew"

    async def test_a_newcomer_is_let_in_when_it_has_settled(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one = await first.join()
        await loses_everything(house, first)
        new = await second.join()
        assert new.answer["room"]["seat_count"] == 2
        await one.say("welcome")
        assert new.texts() == ["welcome"]

    async def test_refused_in_time_while_it_is_away(self, house: House) -> None:
        worker = house.worker(call_ms=60)
        one = await worker.join()
        worker.backplane.down = True
        answer = await one.raw("send", id="x", text="x")
        assert answer == Refused(Code.UNAVAILABLE, 1_000)

    async def test_a_help_call_that_was_lost_is_heard(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, one = await first.host(), await second.join()
        deputy = await second.host("moderator")
        first.backplane.cut = True
        await one.ok("help", text="please")
        first.backplane.heal()
        second.backplane.down = second.backplane.cut = True
        await loses_everything(house, first)
        await house.passes(1_200, 20)
        second.backplane.heal()
        second.backplane.doubt()
        await house.passes(500, 20)
        assert [e["text"] for e in host.events("help_message")] == ["please"]
        assert [e["text"] for e in deputy.events("help_message")] == ["please"]


async def test_an_hour_under_way_goes_on_where_it_was() -> None:
    """Floor, queue, who was heard, what was voted, the topic: all of it is state, and what a backplane forgets is brought back."""
    house = House()
    await house.meeting(format="aa-discussion")
    workers = [house.worker(), house.worker()]
    host, one, other = await workers[0].host(), await workers[0].join(), await workers[1].join()
    await host.ok("agenda", go=4)
    for person in (one, other):
        await person.ok("hand", up=True)
        await house.passes(10)
    await one.ok("done")
    await one.ok("hand", up=True)
    await host.ok("topic", text="Asking for help")
    await host.ok("poll", kind="scale")
    await other.ok("vote", poll=1, choice=3)
    await house.passes(100)
    before = workers[0].state
    await loses_everything(house, *workers)
    await house.passes(SETTLED_MS)
    for worker in (*workers, house.worker()):
        late = await worker.join()
        state = worker.state
        assert (state.floor, state.poll) == (before.floor, before.poll)
        assert (state.agenda.index, state.agenda.ends_at, state.agenda.topic) == (4, before.agenda.ends_at, "Asking for help")
        assert late.answer["room"]["floor"]["seat"] == other.seat
        assert late.answer["room"]["hands"] == [one.seat]
        assert (state.seats[one.seat].heard, state.seats[other.seat].voted) == (1, 1)
    assert await other.refused("vote", poll=1, choice=3) is Code.VOTED
    await other.ok("done")
    await house.passes(10)
    assert workers[1].state.floor.seat == one.seat
