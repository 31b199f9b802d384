"""The formats and topics that come along: what the specification's table says, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatserver import formats
from chatserver.app import StartFault, Worker
from chatserver.clock import LoopClock
from chatserver.config import Settings
from chatserver.domain.formats import Format, Mode, Segment, read
from chatserver.domain.text import checked
from chatserver.formats import FormatFaults, built_in, prompts, resolve, toml_of
from tests.engine.fake_store import FakeStore

OPEN, QUEUE, ROUND, SPEAKER, SILENCE = Mode

# The table of formats, by hand: (title or its beginning, minutes, mode, cross-talk, seconds of a share). None: the table leaves it open.
Row = tuple[str, int | None, Mode, bool, int | None]
DHARMA: list[Row] = [
    ("Opening and readings", None, SPEAKER, False, None),
    ("Check-in", None, ROUND, False, None),
    ("Meditation", 15, SILENCE, False, None),
    ("Reading", None, ROUND, False, None),
    ("Sharing", None, QUEUE, False, 300),
    ("Dedication", None, SPEAKER, False, None),
]
TABLE: dict[str, tuple[int, list[Row]]] = {
    "aa-discussion": (
        60,
        [
            ("Quiet", 2, SILENCE, False, None),
            ("Opening and readings", 6, SPEAKER, False, None),
            ("Newcomers and milestones", 3, OPEN, False, None),
            ("Topic", 4, SPEAKER, False, None),
            ("Sharing", 38, QUEUE, False, 180),
            ("Announcements", 3, SPEAKER, False, None),
            ("Closing", 4, SPEAKER, False, None),
            ("Fellowship", None, OPEN, True, None),
        ],
    ),
    "aa-speaker": (
        60,
        [
            ("Opening", None, SPEAKER, False, None),
            ("Speaker", 30, SPEAKER, False, 0),
            ("Sharing", None, QUEUE, False, None),
            ("Closing", None, SPEAKER, False, None),
        ],
    ),
    "aa-step": (
        60,
        [
            ("Opening", None, SPEAKER, False, None),
            ("Reading", None, ROUND, False, None),
            ("Sharing", None, QUEUE, False, 180),
            ("Closing", None, SPEAKER, False, None),
        ],
    ),
    "na": (
        75,
        [
            ("Silence", None, SILENCE, False, None),
            ("Opening and readings", 10, SPEAKER, False, None),
            ("First-timers, visitors, clean time", 5, OPEN, False, None),
            ("Introductions", None, ROUND, False, None),
            ("Sharing", 35, QUEUE, False, 300),
            ("Closing", None, SPEAKER, False, None),
        ],
    ),
    "smart": (
        90,
        [
            ("Welcome", 5, SPEAKER, False, None),
            ("Check-in", 15, ROUND, False, 120),
            ("Agenda", 3, OPEN, False, None),
            ("Working time", 45, OPEN, True, None),
            ("Hat", 3, SPEAKER, False, None),
            ("Check-out", 15, ROUND, False, None),
            ("Closing", 4, SPEAKER, False, None),  # not in the table, whose minutes are 86: a facilitator says good-bye in them
        ],
    ),
    "recovery-dharma": (90, DHARMA),
    "refuge-recovery": (90, DHARMA),
    "celebrate-recovery": (
        120,
        [
            ("Large group", 60, SPEAKER, False, 0),
            ("Small group: who is here", 15, ROUND, False, None),  # the two are 50 minutes
            ("Small group: sharing", 35, QUEUE, False, 300),
            ("Closing together", None, SPEAKER, False, None),
        ],
    ),
    "facilitated-group": (
        75,
        [
            ("Welcome", None, SPEAKER, False, None),
            ("Guidelines", None, OPEN, False, None),
            ("Check-in", None, ROUND, False, 120),
            ("Group work", None, OPEN, True, None),
            ("Resource", None, SPEAKER, False, None),
            ("Closing round", None, ROUND, False, None),
        ],
    ),
    "open-circle": (60, [("Welcome", None, OPEN, False, None), ("Circle", None, OPEN, True, None), ("Closing", None, OPEN, False, None)]),
    "free": (60, [("Together", 60, OPEN, True, None)]),
}
FELLOWSHIPS = {name for name in TABLE if name not in ("facilitated-group", "open-circle", "free")}


def every_segment() -> Iterator[tuple[str, Segment]]:
    for name, each in built_in().items():
        for segment in each.segments:
            yield f"{name}: {segment.title}", segment


def every_text() -> Iterator[str]:
    for each in built_in().values():
        yield from (each.title, each.note)
    for _, segment in every_segment():
        yield from (segment.title, segment.script, segment.asks)
    for prompt in prompts():
        yield from (prompt.subject, prompt.title, prompt.text)


def test_there_are_these() -> None:
    assert set(built_in()) == set(TABLE)
    assert "prompts" not in built_in()
    assert toml_of("prompts") is None


@pytest.mark.parametrize("name", TABLE)
def test_a_format_is_as_the_table_says(name: str) -> None:
    minutes, rows = TABLE[name]
    found = built_in()[name]
    assert (found.name, found.minutes, found.heard_last) == (name, minutes, True)
    assert [(s.title, s.mode, s.cross_talk) for s in found.segments] == [(title, mode, talk) for title, _, mode, talk, _ in rows]
    for segment, (_, wanted, _, _, seconds) in zip(found.segments, rows, strict=True):
        assert wanted in (None, segment.minutes)
        assert seconds in (None, segment.share_seconds)
        assert segment.hand_over


def test_what_only_some_segments_are() -> None:
    assert [where for where, segment in every_segment() if segment.after] == ["aa-discussion: Fellowship"]
    assert [where for where, segment in every_segment() if segment.agree] == ["facilitated-group: Guidelines"]
    chosen = {where for where, segment in every_segment() if segment.prompts}
    assert chosen == {"aa-discussion: Topic", "smart: Agenda", "facilitated-group: Group work", "open-circle: Circle"}


def test_every_round_asks_something() -> None:
    for where, segment in every_segment():
        assert bool(segment.asks) == (segment.mode is ROUND), where


@pytest.mark.parametrize("name", TABLE)
def test_a_format_named_after_a_fellowship_says_that_it_is_not_of_it(name: str) -> None:
    note = built_in()[name].note
    assert ("is not affiliated with" in note and "quotes none of its" in note) == (name in FELLOWSHIPS)


@pytest.mark.parametrize("name", TABLE)
def test_a_format_says_at_its_beginning_that_it_is_not_treatment(name: str) -> None:
    opening = " ".join(segment.script for segment in built_in()[name].segments[:2])
    assert "not treatment" in opening


def test_texts_are_what_people_may_type_too_and_stay_as_they_are() -> None:
    for text in filter(None, every_text()):
        assert checked(text, 2_000) == text


def test_scripts_are_short() -> None:
    for where, segment in every_segment():
        assert 0 < len(segment.script) <= 600, where


def test_topics_are_of_all_subjects() -> None:
    assert len(prompts()) == 32
    assert {prompt.subject for prompt in prompts()} == {"triggers", "cravings", "relapse prevention", "coping", "lifestyle", "hope"}
    assert len({prompt.title for prompt in prompts()}) == 32
    for prompt in prompts():
        assert 1 <= len(re.findall(r"[.?!](?= |$)", prompt.text)) <= 2, prompt.title


def test_a_copy_begins_as_what_it_was_copied_from() -> None:
    for name, each in built_in().items():
        toml = toml_of(name)
        assert toml is not None
        assert read(name, toml) == each
    assert toml_of("ours") is None


OURS = 'title = "Ours"\n[[segments]]\ntitle = "All of it"\nminutes = 60\nmode = "queue"\n'


def test_what_a_meeting_names_is_the_group_s_own_first() -> None:
    assert resolve("smart", None) is built_in()["smart"]
    assert resolve("ours", OURS).title == "Ours"
    assert (resolve("smart", OURS).name, resolve("smart", OURS).title) == ("smart", "Ours")


def test_what_has_gone_or_cannot_be_read_is_stood_in_for() -> None:
    assert resolve("ours", None) is built_in()["open-circle"]
    assert resolve("ours", "title = ") is built_in()["open-circle"]
    assert resolve("smart", OURS.replace("60", "0")) is built_in()["smart"]


def test_nobody_changes_what_came_along() -> None:
    with pytest.raises(TypeError):
        built_in()["ours"] = built_in()["free"]  # type: ignore[index]


@pytest.fixture
def came_along(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The files, to be changed."""
    texts = dict(formats._texts())
    for cached in (built_in, prompts):
        cached.cache_clear()
    monkeypatch.setattr(formats, "_texts", lambda: texts)
    yield texts
    for cached in (built_in, prompts):
        cached.cache_clear()


def test_all_faults_of_all_files_are_told_at_start(came_along: dict[str, str]) -> None:
    came_along["na"] = came_along["na"].replace("minutes = 10", "minutes = 0")
    came_along["free"] = "title = "
    came_along["prompts"] = ""
    with pytest.raises(FormatFaults) as told:
        built_in()
    assert "na.toml: segments[1].minutes: 0 was given" in str(told.value)
    assert "free.toml: file: this is not TOML" in str(told.value)
    with pytest.raises(FormatFaults, match=r"prompts\.toml: prompts: there are none"):
        prompts()


def test_an_installation_without_its_files_is_told(came_along: dict[str, str]) -> None:
    came_along.clear()
    with pytest.raises(FormatFaults, match=r"open-circle\.toml is missing"):
        built_in()


async def test_a_server_with_faulty_files_does_not_start(came_along: dict[str, str]) -> None:
    came_along["free"] = "title = "
    with pytest.raises(StartFault, match=r"free\.toml: file: this is not TOML"):
        await Worker(Settings(), FakeStore(), LoopClock()).start()


def test_the_example_of_the_manual_is_right() -> None:
    manual = Path(__file__).parents[1] / "docs" / "operating.md"
    found = re.search(r"## Formats\n.*?```toml\n(.*?)```", manual.read_text("utf-8"), re.DOTALL)
    assert found is not None
    example = read("ours", found[1])
    assert isinstance(example, Format), example
    assert example.minutes == 55
