"""The backplane's contract: posts, subscribers, and the end."""

from __future__ import annotations

from chatserver.backplane.base import Late, Numbered, OtherLine, Repeated, Stale
from tests.contract.backplanes import Bench, Heard, Line, event, words


async def test_a_post_is_published(line: Line) -> None:
    heard = await line.hear()
    said = words('{"text":"hello"}', "s.1")
    assert await line.post(said, "s.1") == Numbered(2)
    await heard.reaches(2)
    (delivery,) = heard.deliveries
    assert (delivery.line, delivery.seq, delivery.events) == ("a.1", 2, (said,))
    assert (dict(delivery.entries), delivery.narrows, delivery.erased) == ({}, False, False)


async def test_a_post_decided_before_a_narrowing_fact_is_stale(line: Line) -> None:
    await line.commit({}, {}, [event()], narrows=True)
    await line.posted(event(), guard=2)
    assert await line.post(event(), "s.1", guard=1) == Stale(2)
    assert await line.post(event(), "s.1", guard=3) == Stale(2)
    assert await line.post(event(), "s.1", guard=2) == Numbered(4)


async def test_facts_that_do_not_narrow_leave_posts_alone(line: Line) -> None:
    await line.commit({}, {"seat/x": b""}, [event()])
    assert await line.post(event(), guard=1) == Numbered(3)


async def test_a_late_post(line: Line) -> None:
    until = line.bench.now() + 2_000
    await line.bench.advance(10_000)
    assert await line.post(event(), "s.1", not_after=until) == Late()
    assert await line.post(event(), "s.1") == Numbered(2), "what was late is not known"


async def test_a_message_happens_once(line: Line) -> None:
    heard = await line.hear()
    assert await line.post(words("1", "s.1"), "s.1") == Numbered(2)
    assert await line.post(words("other words", "s.1"), "s.1") == Repeated(2)
    assert await line.post(words("2", "t.1"), "t.1") == Numbered(3)
    await heard.reaches(3)
    assert [d.events[0].body for d in heard.deliveries] == [b"1", b"2"]
    loaded = await line.loaded()
    assert dict(loaded.message_ids) == {"s.1": 2, "t.1": 3}


async def test_posts_without_an_id_happen_each_time(line: Line) -> None:
    assert [await line.posted(event()), await line.posted(event())] == [2, 3]


async def test_what_was_taken_once_is_not_refused_now(line: Line) -> None:
    """The id is looked at before the guard: the answer was lost, the message was not."""
    await line.posted(event(), "s.1")
    await line.commit({}, {}, [event()], narrows=True)
    assert await line.post(event(), "s.1", guard=1) == Repeated(2)


async def test_a_message_id_is_known_for_two_minutes(line: Line) -> None:
    await line.posted(words("1", "s.1"), "s.1")
    await line.bench.advance(110_000)  # the window has let go of the words long since
    assert await line.bodies_since(1) == []
    assert await line.post(words("1", "s.1"), "s.1") == Repeated(2)
    await line.bench.advance(11_000)
    loaded = await line.loaded()
    assert dict(loaded.message_ids) == {}
    assert await line.post(words("1", "s.1"), "s.1") == Numbered(3)


async def test_a_repetition_does_not_make_it_known_longer(line: Line) -> None:
    await line.posted(words("1", "s.1"), "s.1")
    await line.bench.advance(100_000)
    assert await line.post(words("1", "s.1"), "s.1") == Repeated(2)
    await line.bench.advance(30_000)
    assert await line.post(words("1", "s.1"), "s.1") == Numbered(3)


async def test_refused_calls_publish_nothing_and_use_no_number(line: Line) -> None:
    await line.commit({}, {}, [event("narrowing")], narrows=True)
    await line.posted(event("first"), "s.1", guard=2)
    heard = await line.hear()
    bench, past = line.bench, line.bench.now() - 10_000
    await line.post(event("stale"), guard=1)
    await line.post(event("late"), guard=2, not_after=past)
    await line.post(event("repeated"), "s.1", guard=2)
    await line.post(event("other line"), line="x", guard=2)
    await line.commit({"core": 9}, {"core": b"conflict"}, [event("conflict")], narrows=True)
    await line.commit({}, {"core": b"late"}, [event("late")], not_after=past, narrows=True)
    await line.commit({}, {"core": b"other"}, [event("other line")], line="x", narrows=True)
    await bench.backplane.erase("room", "x", event("erased"))
    await bench.backplane.open("room", "x", {})
    assert await line.posted(event("after"), guard=2) == 4
    await heard.reaches(4)
    assert [e.body for d in heard.deliveries for e in d.events] == [b"after"]
    assert await line.entries() == {"core": (1, b"c")}


async def test_every_subscriber_hears_the_same_in_the_same_order(line: Line) -> None:
    first, second = await line.hear(), await line.hear()
    for n in range(20):
        await line.posted(words(str(n)))
        await line.commit({}, {f"seat/{n}": b""}, [event(), event()])
    third = await line.hear()
    last = await line.posted(event("last"))
    for heard in (first, second, third):
        await heard.reaches(last)
    assert first.deliveries == second.deliveries
    assert first.seqs == sorted(set(first.seqs))
    assert third.deliveries == first.deliveries[-1:], "from the return of subscribe on"


async def test_who_has_unsubscribed_hears_nothing(line: Line) -> None:
    stays, goes = await line.hear(), await line.hear()
    await line.posted(event())
    await goes.reaches(2)
    await line.bench.backplane.unsubscribe("room", goes)
    await line.posted(event())
    await stays.reaches(3)
    assert goes.seqs == [2]
    await line.bench.backplane.unsubscribe("room", goes)  # once more does no harm
    await line.bench.backplane.unsubscribe("nowhere", goes)


async def test_subscribing_before_the_room_is_there(bench: Bench) -> None:
    heard = Heard()
    await bench.backplane.subscribe("room", heard)
    await (await Line(bench).open()).posted(event())
    await heard.reaches(2)
    assert heard.seqs == [2]


async def test_load_and_the_deliveries_after_it_make_the_whole(line: Line) -> None:
    heard = await line.hear()
    await line.commit({}, {"seat/x": b"1"}, [event()])
    loaded = await line.loaded()
    await line.commit({}, {"seat/x": b"2", "seat/y": b"1"}, [event()])
    await line.commit({}, {"seat/y": None}, [event()])
    await heard.reaches(4)
    entries = {key: value for key, (_, value) in loaded.entries.items()}
    for delivery in heard.deliveries:
        if delivery.seq > loaded.seq:
            for key, value in delivery.entries.items():
                entries.pop(key, None)
                if value is not None:
                    entries[key] = value
    assert entries == {key: value for key, (_, value) in (await line.entries()).items()}
    assert dict(loaded.entries) == {"core": (1, b"c"), "seat/x": (2, b"1")}, "what was loaded does not change"


async def test_erased(line: Line) -> None:
    heard = await line.hear()
    await line.posted(words("1", "s.1"), "s.1")
    assert await line.bench.backplane.erase("room", "a.1", event("closed")) == Numbered(3)
    await heard.reaches(3)
    last = heard.deliveries[-1]
    assert (last.erased, last.line, [e.body for e in last.events]) == (True, "a.1", [b"closed"])
    assert [d.erased for d in heard.deliveries] == [False, True]
    backplane = line.bench.backplane
    assert await backplane.load("room") is None
    assert await line.post(event(), "s.1") == OtherLine(None)
    assert await line.commit({}, {}, [event()]) == OtherLine(None)
    assert await backplane.since("room", "a.1", 0) == OtherLine(None)
    assert await backplane.erase("room", "a.1", event()) == OtherLine(None)
    assert len(heard.deliveries) == 2


async def test_nothing_of_it_is_in_the_next_room_of_that_name(line: Line) -> None:
    await line.posted(words("1", "s.1"), "s.1")
    await line.bench.backplane.erase("room", "a.1", event())
    again = await Line(line.bench, line="b.1").open({"core": b"new"})
    loaded = await line.loaded()
    assert (loaded.line, loaded.seq, loaded.guard, dict(loaded.entries), dict(loaded.message_ids)) == (
        "b.1",
        1,
        1,
        {"core": (1, b"new")},
        {},
    )
    assert await again.bodies_since(0) == []
    assert await again.post(event(), "s.1") == Numbered(2)
