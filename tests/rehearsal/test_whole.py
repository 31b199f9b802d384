"""Whole rehearsals: everything that can happen in a meeting happens, what was seen is right, and nothing of it is left."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatserver.formats import built_in
from chatserver.rehearsal.play import look_at_door
from tests.clients import Client
from tests.rehearsal.conftest import Told, played, store_of, wanted
from tests.running import RunningServer

Json = dict[str, Any]


def sentences(told: Told) -> str:
    (summary,) = told.of("summary")
    return " ".join(check["sentence"] for check in summary["checks"])


async def nothing_is_left(running: RunningServer, told: Told) -> None:
    room = told.of("ready")[0]["page"].rpartition("/")[2]
    assert (await look_at_door(running.url, room))["code"] == "unknown_room"
    store = await store_of(running)()
    try:
        assert [group.slug for group in await store.groups()] == ["demo"]
        assert [meeting.slug for meeting in await store.meetings()] == ["evening"]
        assert await store.formats("rehearsal") == {}
    finally:
        await store.close()


@pytest.mark.parametrize("form", ["smart", "aa-discussion"])
async def test_a_meeting_from_the_greeting_to_the_end(running: RunningServer, form: str) -> None:
    sentence, told = await played(running, wanted(running, form, members=12))
    assert sentence == ""
    parts = [(part["title"], part["mode"], part["minutes"]) for part in told.of("part")]
    assert parts == [(s.title, s.mode.value, s.minutes) for s in built_in()[form].segments]
    (summary,) = told.of("summary")
    assert summary["ok"]
    assert summary["finished"]
    assert "13 people heard the same" in sentences(told)
    assert "Nobody could write out of turn" in sentences(told)
    assert "A line was lost in the middle of a share, and came back" in sentences(told)
    assert len(told.of("dropped")) == len(told.of("back")) == 1
    assert told.of("reacted")
    assert "Every vote that was taken was counted" in sentences(told) or form != "smart"
    assert [each["milestone"] for each in told.of("milestone")] or form != "aa-discussion"
    assert len(told.of("topic")) == 1
    assert [each["asks"] for each in told.of("counted")] == (["scale"] if form == "smart" else [])
    assert told.of("sign")
    assert all(each["code"] == each["wanted"] for each in told.of("tried"))
    assert {each["code"] for each in told.of("tried")} >= {"not_your_turn", *({"silence"} if form == "aa-discussion" else ())}
    assert any("just to read today" in (each["text"] or "") for each in told.of("said")), "the question"
    await nothing_is_left(running, told)


async def test_every_mode_in_a_few_seconds(running: RunningServer) -> None:
    """What the script says for a group's own words is left out, what is read in a silence is read before it, and all have their turn."""
    sentence, told = await played(running, wanted(running, members=6))
    assert sentence == ""
    texts = [each["text"] for each in told.of("said")]
    assert texts.index("Let us be quiet.") < texts.index("Welcome.")
    assert not any(text.startswith("[") for text in texts)
    quiet = next(n for n, each in enumerate(told) if each["type"] == "part" and each["title"] == "Quiet")
    opening = next(n for n, each in enumerate(told) if each["type"] == "part" and each["title"] == "Opening")
    assert not [each for each in told[quiet:opening] if each["type"] == "said"]
    check_in = next(n for n, each in enumerate(told) if each["type"] == "part" and each["title"] == "Check-in")
    sharing = next(n for n, each in enumerate(told) if each["type"] == "part" and each["title"] == "Sharing")
    turns = [each["name"] for each in told[check_in:sharing] if each["type"] == "turn" and each["name"]]
    assert len(set(turns)) == 7, "six members and who leads"


async def test_three_members_are_enough(running: RunningServer) -> None:
    sentence, told = await played(running, wanted(running, members=3))
    assert sentence == ""
    assert "4 people heard the same" in sentences(told)
    assert told.of("back")


async def test_a_format_with_a_speed_of_its_own_is_rehearsed_at_the_one_that_is_asked_for(running: RunningServer) -> None:
    own = 'title = "Own"\nspeed = 2 # slowly\n[[segments]]\ntitle = "speed = 3"\nminutes = 1\nmode = "open"\n'
    sentence, told = await played(running, wanted(running, "own", own, members=3))
    assert (sentence, told.of("ready")[0]["speed"]) == ("", 600)


async def test_somebody_leads_it_and_the_pretend_members_follow(running: RunningServer) -> None:
    """A person with the facilitator's link. Their words are told of, and not shown."""
    host, leading = Client(), list[asyncio.Task[None]]()

    async def come(ready: Json) -> None:
        room, key = ready["page"].rpartition("/")[2], ready["lead"].partition("#key=")[2]
        await (await host.connect(running.url)).join(room, key=key)
        try:
            await lead()
        finally:
            await host.taken("close")

    async def lead() -> None:
        assert host.joined["room"]["speed"] == 60
        await host.event("message")  # they greet who has come in
        await host.taken("send", {"id": "m1", "text": "Nobody else may read this."})
        await host.taken("agenda", {"go": "next"})
        await host.event("room", lambda e: e.get("segment", {}).get("mode") == "speaker")  # the silence ended by itself
        before = len(host.texts())
        await host.taken("agenda", {"go": "next"})
        await host.event("floor", lambda e: e["seat"] == host.seat)
        await host.taken("pass")
        await host.event("message", lambda _: len(host.texts()) >= before + 3)  # the others, but for one who passes at first

    asked = wanted(running, members=4, lead=True, speed=60)
    sentence, told = await played(running, asked, ready=lambda ready: leading.append(asyncio.create_task(come(ready))))
    await leading[0]
    assert sentence == ""
    assert "4 people heard the same" in sentences(told)
    (mine,) = [each for each in told.of("said") if each["leads"]]
    assert (mine["name"], mine["text"]) == ("a visitor", None)
    assert "Nobody else may read" not in str(told)
    await host.close()


async def test_it_begins_when_somebody_has_come_in(running: RunningServer) -> None:
    visitor, coming = Client(), list[asyncio.Task[Client]]()

    async def come(room: str) -> Client:
        return await (await visitor.connect(running.url)).join(room)

    def on_ready(ready: Json) -> None:
        coming.append(asyncio.create_task(come(ready["page"].rpartition("/")[2])))

    sentence, told = await played(running, wanted(running, members=3, wait=True), ready=on_ready)
    assert sentence == ""
    await coming[0]
    kinds = [each["type"] for each in told]
    assert told.of("came")[0]["name"] == "a visitor"
    assert kinds.index("came") < kinds.index("said")
    await visitor.close()
