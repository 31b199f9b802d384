"""What pretend members say: there is enough of it, it is short, and each part of each format finds its own."""

from __future__ import annotations

from random import Random

import pytest

from chatserver.domain.floor import MAX_REPLY
from chatserver.domain.formats import Mode
from chatserver.domain.text import checked
from chatserver.formats import built_in
from chatserver.rehearsal import cast
from chatserver.rehearsal.lines import ROUNDS, TALKS, Lines, kind_of_round, kind_of_talk, written

LONGEST = 160  # a bubble of some lines on a phone

TALKS_WRITTEN = written("talks")["talks"]

# By hand: what the rounds and the open parts of the formats that come along are about.
PARTS = {
    "aa-discussion": ["newcomers", "work"],  # the second is after the end, where another talk is taken
    "aa-step": ["reading"],
    "na": ["newcomers", "naming"],
    "smart": ["check_in", "agenda", "work", "leaving"],
    "recovery-dharma": ["naming", "reading"],
    "refuge-recovery": ["naming", "reading"],
    "celebrate-recovery": ["naming"],
    "facilitated-group": ["guidelines", "check_in", "work", "word"],
    "open-circle": ["hello", "work", "closing"],
    "free": ["work"],
}


@pytest.mark.parametrize("name", PARTS)
def test_what_a_part_is_about(name: str) -> None:
    kinds = [
        kind_of_round(s.title, s.asks) if s.mode is Mode.ROUND else kind_of_talk(s.title)
        for s in built_in()[name].segments
        if s.mode in (Mode.ROUND, Mode.OPEN)
    ]
    assert kinds == PARTS[name]


def every_text() -> list[str]:
    turns = [turn for kinds in written("turns").values() for given in kinds.values() for turn in given]
    said = [text for words in (*turns, *(talk["words"] for talk in TALKS_WRITTEN)) for text in words.strip().split("\n")]
    return said + [text for given in written("host").values() for text in (given if isinstance(given, list) else [given])]


def test_every_line_can_be_said_as_it_stands() -> None:
    for text in every_text():
        assert checked(text, MAX_REPLY) == text
        assert len(text) <= LONGEST, text
        assert text.isascii(), "it is sent escaped"
        assert text.strip().lower() not in ("!", "?", "done", "ga", "pass"), "a command"


def test_every_line_of_every_talk_is_read() -> None:
    found = Lines(Random(1))
    for kind in {talk["kind"] for talk in TALKS_WRITTEN}:
        written = sum(len(talk["words"].strip().split("\n")) for talk in TALKS_WRITTEN if talk["kind"] == kind)
        assert sum(len(talk.lines) for talk in found.talks(kind)) == written, kind
        assert not any(talk.lines[0].answers for talk in found.talks(kind)), "nothing stands before the first"


def test_there_is_something_for_every_kind() -> None:
    found = Lines(Random(1))
    assert all(found.talks(kind) for kind in (*(kind for kind, _ in TALKS), "after"))
    for kind, _ in ROUNDS:
        assert found.turn(kind)
    for kind in ("any", "story", "question"):
        assert found.turn(kind)


@pytest.mark.parametrize("kind", ["check_in", "naming", "leaving", "word", "any"])
def test_twelve_members_say_twelve_things(kind: str) -> None:
    found = Lines(Random(1))
    assert len({found.turn(kind) for _ in range(12)}) == 12


@pytest.mark.parametrize("members", [cast.LEAST, 4, 5, 6, 12, 100])
def test_everything_happens_however_many_there_are(members: int) -> None:
    given = cast.parts(members)
    assert len(given) == members
    assert given[0] == cast.Part(), "who looks on has no part"
    for what in ("drops", "passes", "types", "asks", "overruns"):
        assert sum(getattr(part, what) for part in given) == 1, what
