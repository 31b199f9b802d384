"""The checker finds each kind of wrong that it is there to find, and nothing where nothing is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.checker import ANOMALIES, check
from tests.faults.histories import MUTATIONS, Story, correct
from tests.faults.history import Kind
from tests.faults.order import disorder


def room(*members: str) -> Story:
    story = Story()
    for member in members:
        story.add(member, Kind.ADMITTED, epoch="e.1", seq=1)
    return story


def only(story: Story, anomaly: str) -> str:
    """The one example of the one anomaly that is found."""
    verdict = check(story.records)
    assert dict(verdict.anomalies) == {anomaly: 1}, str(verdict)
    assert ANOMALIES[anomaly] in str(verdict)
    (example,) = verdict.examples[anomaly]
    return example


def test_where_nothing_is_wrong_nothing_is_found() -> None:
    story = room("a", "b").said("a", "a.1", 2, "b").said("b", "b.1", 3, "a")
    verdict = check(story.records)
    assert verdict.holds, str(verdict)
    assert (verdict.acknowledged, verdict.refused, verdict.unknown, verdict.gaps) == (2, 0, 0, 0)


def test_lost() -> None:
    assert "b has up to" in only(room("a", "b").said("a", "a.1", 2).said("a", "a.2", 3, "b"), "lost")


def test_lost_to_everybody_its_sender_included() -> None:
    story = room("a", "b").add("a", Kind.INVOKED, "a.1").add("a", Kind.OK, "a.1", "e.1", 2)
    assert check(story.records).anomalies["lost"] == 2


def test_lost_to_somebody_who_came_back_without_a_gap() -> None:
    story = room("a", "b").add("b", Kind.LOST).said("a", "a.1", 2).add("b", Kind.BACK, "", "e.1", 2)
    only(story, "lost")


def test_what_somebody_was_told_of_is_not_lost() -> None:
    story = room("a", "b").add("b", Kind.LOST).said("a", "a.1", 2).add("b", Kind.BACK, "", "e.1", 2).add("b", Kind.GAP, "", "e.1", 2)
    verdict = check(story.records)
    assert verdict.holds, str(verdict)
    assert (verdict.gaps, verdict.forgiven) == (1, 1)


def test_only_what_the_gap_is_about_is_forgiven() -> None:
    story = room("a", "b").add("b", Kind.GAP, "", "e.1", 2).said("a", "a.1", 3)
    only(story, "lost")
    story = room("a", "b").said("a", "a.1", 2).said("a", "a.2", 3, "b").add("b", Kind.GAP, "", "e.1", 4)
    only(story, "lost")


def test_nobody_is_due_what_was_said_before_they_came_or_after_they_left() -> None:
    story = room("a", "b").said("a", "a.1", 2, "b").add("c", Kind.ADMITTED, "", "e.1", 2).add("b", Kind.LEFT)
    assert check(story.said("a", "a.2", 3, "c").records).holds


def test_repeated() -> None:
    story = room("a", "b").said("a", "a.1", 2, "b").add("b", Kind.LOST).add("b", Kind.BACK, "", "e.1", 2)
    only(story.add("b", Kind.RECEIVED, "a.1", "e.1", 2), "repeated")


def test_inverted() -> None:
    story = room("a", "b", "c").add("a", Kind.INVOKED, "a.1").add("c", Kind.INVOKED, "c.1")
    # Each has numbers in their order; under another line a message may have another number.
    for member, first, second in (("a", "a.1", "c.1"), ("b", "a.1", "c.1"), ("c", "c.1", "a.1")):
        epoch = "e.1" if member != "c" else "e.2"
        story.add(member, Kind.RECEIVED, first, epoch, 2).add(member, Kind.RECEIVED, second, epoch, 3)
    assert "the other way round" in only(story, "inverted")


def test_no_one_order_though_no_two_contradict_each_other() -> None:
    assert list(disorder({"a": ["x", "y"], "b": ["y", "z"], "c": ["x", "z"]})) == []
    (example,) = disorder({"a": ["x", "y"], "b": ["y", "z"], "c": ["z", "x"]})
    assert "go in a circle" in example


def test_an_epoch_has_its_place_whoever_saw_it_first() -> None:
    story = room("a").add("b", Kind.ADMITTED, "", "e.3", 9).said("a", "a.1", 5, epoch="e.2").said("a", "a.2", 10, "b", epoch="e.3")
    verdict = check(story.records)
    assert verdict.holds, str(verdict)


def test_backwards() -> None:
    story = room("a").said("a", "a.1", 5)
    only(story.add("a", Kind.SAW, "", "e.1", 5, "presence"), "backwards")
    story = room("a").said("a", "a.1", 5).said("a", "a.2", 6, epoch="e.2")
    only(story.add("a", Kind.SAW, "", "e.1", 7, "presence"), "backwards")


def test_renumbered() -> None:
    story = room("a", "b").add("a", Kind.INVOKED, "a.1").add("a", Kind.RECEIVED, "a.1", "e.1", 2).add("b", Kind.RECEIVED, "a.1", "e.1", 3)
    only(story, "renumbered")
    story = room("a", "b").add("a", Kind.INVOKED, "a.1").add("b", Kind.INVOKED, "b.1")
    only(story.add("a", Kind.RECEIVED, "a.1", "e.1", 2).add("b", Kind.RECEIVED, "b.1", "e.1", 2), "renumbered")


def refused(code: str) -> Story:
    story = room("a", "b").add("a", Kind.INVOKED, "a.1").add("a", Kind.UNKNOWN if code == "unavailable" else Kind.REFUSED, "a.1", code=code)
    return story.add("b", Kind.RECEIVED, "a.1", "e.1", 2)


def test_refused_and_seen() -> None:
    assert "muted for a, received by b" in only(refused("muted"), "refused_seen")


def test_what_was_not_available_may_have_happened() -> None:
    verdict = check(refused("unavailable").records)
    assert verdict.holds, str(verdict)
    assert (verdict.unknown, verdict.unsure) == (1, 1)


def test_what_was_unsure_first_and_refused_then_may_have_happened() -> None:
    story = refused("unavailable").add("a", Kind.INVOKED, "a.1").add("a", Kind.REFUSED, "a.1", code="muted")
    assert check(story.records).holds


def test_acknowledged_before_it_was_received() -> None:
    story = room("a").add("a", Kind.INVOKED, "a.1").add("a", Kind.OK, "a.1", "e.1", 2).add("a", Kind.RECEIVED, "a.1", "e.1", 2)
    only(story, "early_ok")


def test_received_by_somebody_who_came_later() -> None:
    story = room("a").said("a", "a.1", 5).add("b", Kind.ADMITTED, "", "e.1", 5)
    assert "admitted later" in check(story.add("b", Kind.RECEIVED, "a.1", "e.1", 5).records).examples["intruded"][0]


def test_heard_from_before_one_had_asked_to_come_in() -> None:
    """Also where the answer to the join claims that they were in by then."""
    story = room("a").said("a", "a.1", 5).add("b", Kind.ASKED).add("b", Kind.ADMITTED, "", "e.1", 4)
    assert "before it asked" in only(story.add("b", Kind.RECEIVED, "a.1", "e.1", 5), "intruded")


def test_said_while_one_came_in() -> None:
    story = room("a").add("b", Kind.ASKED).said("a", "a.1", 5).add("b", Kind.ADMITTED, "", "e.1", 4)
    verdict = check(story.add("b", Kind.RECEIVED, "a.1", "e.1", 5).records)
    assert verdict.holds, str(verdict)


def test_received_by_somebody_who_is_not_there() -> None:
    only(room("a").said("a", "a.1", 2).add("z", Kind.RECEIVED, "a.1", "e.1", 2), "intruded")
    only(room("a", "b").add("b", Kind.LEFT).said("a", "a.1", 2).add("b", Kind.RECEIVED, "a.1", "e.1", 2), "intruded")


def test_received_before_it_was_sent() -> None:
    only(room("a").add("a", Kind.RECEIVED, "a.1", "e.1", 2), "unsent")


def test_thrown_out() -> None:
    only(room("a").add("a", Kind.LOST).add("a", Kind.ADMITTED, "", "e.1", 9), "thrown_out")


def test_not_back() -> None:
    """They are due what they could have had, and no more."""
    story = room("a", "b").said("a", "a.1", 2, "b").add("b", Kind.LOST).said("a", "a.2", 3)
    only(story, "absent")


@given(st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_what_is_right_passes(seed: int) -> None:
    verdict = check(correct(seed).records)
    assert verdict.holds, str(verdict)
    assert verdict.acknowledged > 5


@pytest.mark.parametrize("mutation", MUTATIONS)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_one_thing_wrong_is_found(mutation: str, seed: int) -> None:
    story = correct(seed)
    mutate, anomaly = MUTATIONS[mutation]
    if mutate(story):
        verdict = check(story.records)
        assert verdict.anomalies[anomaly], f"{mutation}: {verdict}"
