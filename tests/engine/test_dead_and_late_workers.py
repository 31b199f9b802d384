"""Workers that die, or are taken for dead, or come late with what nobody else knows."""

from __future__ import annotations

import pytest

from chatserver.domain.refusals import Code, Refused
from tests.engine.house import House
from tests.engine.test_recovery import loses_everything


class TestWorkersThatDie:
    async def test_their_seats_go_away(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        second.service.rooms.beat()
        await house.passes(4_000, 20)
        assert second.state.seats[one.seat].away_since is not None, "the first never beat: it is dead"
        assert second.state.seats[other.seat].away_since is None
        assert other.events("presence")[-1]["changed"][0]["seat"] == one.seat

    async def test_not_while_nobody_knows_who_lives(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, _ = await first.join(), await second.join()
        second.backplane.fails = {"beat"}
        second.service.rooms.beat()
        await house.passes(8_000, 20)
        assert second.state.seats[one.seat].away_since is None

    async def test_who_came_back_elsewhere_stays(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, _ = await first.join(), await second.join()
        await one.comes_back(second)
        second.service.rooms.beat()
        await house.passes(8_000, 20)
        assert second.state.seats[one.seat].away_since is None

    @pytest.mark.parametrize("how", ["loses", "hangs"])
    async def test_a_seat_taken_back_by_nobody_goes_away(self, house: House, how: str) -> None:
        """Whoever came back was told that it failed, and did not try again."""
        worker = house.worker(call_ms=60)
        worker.service.rooms.beat()
        one, _ = await worker.join(), await worker.join()
        one.drop()
        await house.passes(8_000, 20)
        assert worker.state.seats[one.seat].away_since is not None
        setattr(worker.backplane, how, {"commit"})
        back = worker.connect()
        answer = await back.raw("join", **one.to_return())
        assert answer == Refused(Code.UNAVAILABLE, 1_000)
        worker.backplane.heal()
        back.drop()
        await house.passes(14_000, 40)
        assert worker.state.seats[one.seat].away_since is not None

    async def test_who_was_there_all_the_time_is_not_away_for_good(self, house: House) -> None:
        """A worker that was stopped for some seconds, or cut off, is taken for dead; its people's sockets have stayed."""
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        second.service.rooms.beat()
        await house.passes(4_000, 20)
        assert second.state.seats[one.seat].away_since is not None
        first.service.rooms.beat()
        await house.passes(4_000, 40)
        assert second.state.seats[one.seat].away_since is None
        assert other.events("presence")[-1]["changed"][0]["away"] is False
        await house.passes(700_000, 400)
        assert one.seat in second.state.seats
        assert await one.say("I have been here all the time")


class TestWhatTheAdoptedRoomDoesNotKnow:
    async def test_an_admission_that_was_lost_lets_nobody_hear(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, waiting = await second.host(), await second.join(knock=True)
        speaker = await first.join()
        first.backplane.cut = True
        await host.ok("admit", seat=waiting.seat)
        first.backplane.heal()
        second.backplane.down = second.backplane.cut = True
        await loses_everything(house, first)
        await house.passes(1_200, 20)
        second.backplane.heal()
        second.backplane.doubt()
        await house.passes(500, 20)
        await speaker.say("not for those at the door")
        assert waiting.texts() == []
        assert waiting.disconnected

    async def test_a_seat_for_somebody_who_was_told_no_is_given_back(self, house: House) -> None:
        worker = house.worker(call_ms=60)
        host = await worker.host()
        house.clock.advance(100)
        worker.backplane.loses, worker.backplane.cut = {"commit"}, True
        new = worker.connect()
        assert await new.raw("join", room="room", name="Anna") == Refused(Code.UNAVAILABLE, 1_000)
        worker.backplane.heal()
        worker.backplane.doubt()
        await house.passes(2_000, 40)
        assert set(worker.state.seats) == {host.seat}
        await new.ok("join", room="room", name="Anna")

    async def test_words_that_were_taken_back_do_not_come_again(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, troll = await first.host(), await second.join()
        deputy = await second.host("moderator")
        first.backplane.cut = True
        await troll.say("ugly", id="m1")
        first.backplane.heal()
        second.backplane.down = second.backplane.cut = True
        await loses_everything(house, first)
        await house.passes(1_200, 20)
        second.backplane.heal()
        second.backplane.fails = {"post"}
        second.backplane.doubt()
        await house.passes(300, 20)
        await host.ok("retract", id=f"{troll.seat}.m1")
        second.backplane.fails.clear()
        await house.passes(2_000, 20)
        assert host.texts() == []
        assert deputy.texts() == ["ugly"]

    async def test_a_room_that_another_worker_closed_and_could_not_erase(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, one = await first.host(), await second.join()
        second.service.rooms.beat()
        first.backplane.fails = {"erase"}
        assert await host.refused("close") == "unavailable"
        first.backplane.down = first.backplane.cut = True  # and it dies
        await house.passes(4_000, 40)
        assert one.events()[-1]["type"] == "closed"
        assert house.memory._rooms == {}

    async def test_a_meeting_that_was_closed_and_opened_again_is_another(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        host, one = await first.host(), await second.join()
        second.backplane.cut = True
        await host.ok("close")
        await house.store.open_meeting("room", "opening-again", house.clock.now(), house.clock.now() + 3_600_000)
        newcomer = await first.join()
        second.backplane.heal()
        second.backplane.doubt()
        await house.passes(500)
        assert one.events()[-1]["type"] == "closed"
        assert newcomer.answer["room"]["seat_count"] == 1

    async def test_what_was_seen_is_not_held_for_ever(self, house: House) -> None:
        first, second = house.worker(), house.worker()
        one, other = await first.join(), await second.join()
        second.service.rooms.beat()
        first.backplane.cut = True
        await other.say("only the second has it")
        other.drop()
        first.backplane.heal()
        second.backplane.down = second.backplane.cut = True
        await loses_everything(house, first)
        await house.passes(1_200, 20)
        assert await one.say("on")
        second.backplane.heal()
        second.backplane.fails = {"post"}
        second.backplane.doubt()
        await house.passes(130_000, 100)
        assert second.live()._seen == {}
