"""Speaking at a wrong time, twice, too fast, or what is not one's own: a coded refusal, and nobody hears of it."""

from __future__ import annotations

import asyncio
from secrets import token_hex
from typing import Any

import pytest

from tests.clients import SECONDS, Client
from tests.transport.conftest import House

HELLO = {"id": "m1", "text": "Hello"}


async def say(who: Client, text: str) -> None:
    await who.taken("send", {"id": token_hex(8), "text": text})


async def heard_only(listener: Client, speaker: Client, *texts: str) -> None:
    """The listener has got these messages and no others: one more proves that nothing is still on its way."""
    await say(speaker, "the last")
    await listener.event("message", lambda e: e["text"] == "the last")
    assert listener.texts() == [*texts, "the last"]


async def test_sending_before_joining(house: House) -> None:
    assert await (await house.connect()).refused("send", HELLO) == "not_joined"


async def test_sending_after_leaving(house: House) -> None:
    other, member = await house.member(), await house.member()
    await member.taken("leave")
    assert await member.refused("send", HELLO) == "not_joined"
    assert await member.refused("leave") == "not_joined"
    assert member.seat in (await other.event("presence", lambda e: e["left"]))["left"]
    await heard_only(other, other)
    await member.join("room")
    await member.taken("send", HELLO)


async def test_joining_twice_on_one_connection(house: House) -> None:
    member = await house.member()
    assert await member.refused("join", {"room": "room"}) == "already_joined"
    await member.taken("send", HELLO)


async def test_sending_while_muted(house: House) -> None:
    host, member = await house.moderator(), await house.member()
    until = (await host.taken("mute", {"seat": member.seat, "seconds": 30}))["until"]
    answer = await member.ask("send", HELLO)
    assert (answer["code"], 0 < answer["retry_after_ms"] <= 30_000) == ("muted", True)
    muted = await member.event("muted")
    assert (muted["seat"], muted["muted"], muted["until"]) == (member.seat, True, until)
    assert await member.refused("react", {"to": "x.y", "kind": "hug"}) == "muted"
    assert (await member.taken("help", {"text": "I can still call"}))["heard_by"] == 1
    await heard_only(host, host)
    await host.taken("unmute", {"seat": member.seat})
    await member.taken("send", HELLO)


async def test_a_mute_outlasts_a_reconnect_and_ends_by_itself(house: House) -> None:
    host, member = await house.moderator(), await house.member()
    await host.taken("mute", {"seat": member.seat, "seconds": 1})
    await member.drop()
    back = await (await house.connect()).join("room", seat_token=member.joined["seat_token"])
    assert await back.refused("send", HELLO) == "muted"
    await back.event("muted", lambda e: not e["muted"])
    await back.taken("send", HELLO)


async def test_one_who_was_removed_is_heard_no_more(house: House) -> None:
    host, member, other = await house.moderator(), await house.member(), await house.member()
    await host.taken("remove", {"seat": member.seat})
    await member.event("removed")
    await member.gone()
    back = await house.connect()
    assert await back.refused("join", {"room": "room", "seat_token": member.joined["seat_token"]}) == "removed"
    assert await back.refused("send", HELLO) == "not_joined"
    await heard_only(other, other)


async def test_a_locked_room_lets_those_inside_speak(house: House) -> None:
    host, member = await house.moderator(), await house.member()
    await host.taken("lock", {"on": True})
    await member.taken("send", HELLO)
    assert await (await house.connect()).refused("join", {"room": "room"}) == "locked"


async def test_a_frozen_room(house: House) -> None:
    host, member = await house.moderator(), await house.member()
    await host.taken("freeze", {"on": True})
    assert await member.refused("send", HELLO) == "frozen"
    assert await member.refused("react", {"to": "x.y", "kind": "hug"}) == "frozen"
    assert await (await house.connect()).refused("join", {"room": "room"}) == "frozen"
    await say(host, "why")
    await host.taken("freeze", {"on": False})
    await member.taken("send", HELLO)
    assert member.texts() == ["why", "Hello"]


async def test_a_listener_does_not_speak(house: House) -> None:
    listener, member = await house.member(role="listener"), await house.member()
    assert await listener.refused("send", HELLO) == "listening"
    await heard_only(member, member)


@pytest.mark.parametrize("options", [{"limits.messages_per_second": 10, "limits.message_burst": 2}])
async def test_too_fast_says_when_to_try_again(house: House) -> None:
    member, other = await house.member(), await house.member()
    answers = [await member.ask("send", {"id": f"m{n}", "text": str(n)}) for n in range(4)]
    assert [a["ok"] for a in answers[:2]] == [True, True]
    refused = [a for a in answers if not a["ok"]]
    assert refused
    assert all((a["code"], 0 < a["retry_after_ms"] <= 200) == ("too_fast", True) for a in refused)
    await say(other, "another is not slowed down")
    async with asyncio.timeout(SECONDS):
        while not (await member.ask("send", {"id": "later", "text": "later"}))["ok"]:
            pass
    taken = [str(n) for n, a in enumerate(answers) if a["ok"]]
    await other.event("message", lambda e: e["text"] == "later")
    assert [t for t in other.texts() if t != "another is not slowed down"] == [*taken, "later"]


@pytest.mark.parametrize("options", [{"limits.commands_per_second": 0.01, "limits.command_burst": 3}])
async def test_too_many_requests_of_any_kind(house: House) -> None:
    """Calls for help and messages have rates of their own, from a seat; knocking at every door there might be has not."""
    raw = await (await house.connect()).join("room")
    codes = [await raw.refused(name) for name in ("nonsense", "door", "open", "close", "leave")]
    assert codes == ["unknown_event", "bad_payload", "too_fast", "too_fast", "too_fast"]
    stranger = await house.connect()
    codes = [await stranger.refused("join", {"room": f"guess-{n}"}) for n in range(4)]
    assert codes == ["unknown_room"] * 3 + ["too_fast"]
    assert await stranger.refused("help") == "too_fast"
    await raw.taken("help", {"text": "help"})
    await raw.taken("send", HELLO)


@pytest.mark.parametrize("options", [{"limits.joins_per_minute": 2}])
async def test_too_many_joins_from_one_network(house: House) -> None:
    await house.member()
    await house.member()
    answer = await (await house.connect()).ask("join", {"room": "room"})
    assert (answer["code"], 0 < answer["retry_after_ms"] <= 60_000) == ("too_fast", True)


async def test_a_flood_of_calls_for_help_is_told_when_to_call_again(house: House) -> None:
    host, member = await house.moderator(), await house.member()
    answers = [await member.ask("help", {"text": f"call {n}"}) for n in range(7)]
    taken = [a for a in answers if a["ok"]]
    assert len(taken) >= 5
    assert all(a["code"] == "too_fast" and a["retry_after_ms"] > 0 for a in answers if not a["ok"])
    await heard_only(host, host)
    assert len([e for e in host.events if e["type"] == "help_message"]) == len(taken), "every call that was taken has been heard"


async def test_slow_mode(house: House) -> None:
    host, member, other = await house.moderator(), await house.member(), await house.member()
    await host.taken("slow", {"seconds": 1})
    await member.taken("send", HELLO)
    answer = await member.ask("send", {"id": "m2", "text": "again"})
    assert (answer["code"], 0 < answer["retry_after_ms"] <= 1_000) == ("slow", True)
    await other.taken("send", HELLO)  # each has their own turn
    await say(host, "a")
    await say(host, "b")
    await host.taken("slow", {"seconds": 0})
    await member.taken("send", {"id": "m2", "text": "again"})


async def test_two_members_using_the_same_message_id(house: House) -> None:
    first, second = await house.member(), await house.member()
    await first.taken("send", {"id": "same", "text": "mine"})
    await second.taken("send", {"id": "same", "text": "and mine"})
    ids = [(await first.event("message", lambda e, t=t: e["text"] == t))["id"] for t in ("mine", "and mine")]  # type: ignore[misc]
    assert ids == [f"{first.seat}.same", f"{second.seat}.same"]
    assert await second.refused("retract", {"id": ids[0]}) == "not_yours"
    await second.taken("retract", {"id": ids[1]})


async def test_the_same_id_sent_twice_is_one_message(house: House) -> None:
    host, member = await house.moderator(), await house.member()
    first = (await member.taken("send", HELLO))["seq"]
    await say(host, "between")
    assert (await member.taken("send", HELLO))["seq"] == first
    assert (await member.taken("send", {"id": "m1", "text": "other words"}))["seq"] == first
    await host.taken("mute", {"seat": member.seat})
    assert (await member.taken("send", HELLO))["seq"] == first, "what was taken once is not refused now"
    await heard_only(host, host, "Hello", "between")


async def test_the_same_id_many_times_at_once_and_after_a_reconnect(house: House) -> None:
    member, other = await house.member(), await house.member()
    answers = await asyncio.gather(*(member.taken("send", HELLO) for _ in range(5)))
    await member.drop()
    back = await (await house.connect()).join("room", seat_token=member.joined["seat_token"])
    answers.append(await back.taken("send", HELLO))
    assert len({a["seq"] for a in answers}) == 1
    await heard_only(other, other, "Hello")


async def test_taking_back_what_another_wrote(house: House) -> None:
    host, member, other = await house.moderator(), await house.member(), await house.member()
    await member.taken("send", HELLO)
    message = f"{member.seat}.m1"
    assert await other.refused("retract", {"id": message}) == "not_yours"
    assert await other.refused("retract", {"id": "m1"}) == "no_such_message"
    await heard_only(member, member, "Hello")
    assert [e for e in member.events if e["type"] == "retracted"] == []
    await host.taken("retract", {"id": message})
    assert (await other.event("retracted"))["id"] == message


async def report(reporter: Client, message: dict[str, Any], **other: Any) -> dict[str, Any]:
    return await reporter.ask("report", {"id": message["id"], "text": message["text"], "proof": message["proof"], **other})


async def test_a_report_with_altered_words(house: House) -> None:
    host, author, reporter = await house.moderator(), await house.member(), await house.member()
    await author.taken("send", {"id": "m1", "text": "harmless"})
    await author.taken("send", {"id": "m2", "text": "ugly"})
    harmless = await reporter.event("message", lambda e: e["text"] == "harmless")
    ugly = await reporter.event("message", lambda e: e["text"] == "ugly")
    altered: list[dict[str, Any]] = [
        {"text": "never said"},
        {"text": "harmless "},
        {"text": ""},
        {"id": ugly["id"]},
        {"id": harmless["id"].replace(author.seat, reporter.seat)},
        {"proof": ugly["proof"]},
        {"proof": harmless["proof"].upper()},
        {"proof": ""},
        {"proof": "ä" * 32},
        {"text": None},
        {"proof": None},
    ]
    for change in altered:
        answer = await report(reporter, harmless, **change)
        assert answer.get("code") == "bad_proof", change
    await heard_only(host, host, "harmless", "ugly")
    assert [e for e in host.events if e["type"] == "report"] == []
    assert (await report(reporter, ugly, reason="unkind"))["heard_by"] == 1
    heard = await host.event("report")
    assert (heard["text"], heard["about"], heard["reason"]) == ("ugly", author.seat, "unkind")
