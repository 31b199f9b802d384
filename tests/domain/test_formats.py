"""Formats as values: what a file may say, everything that is wrong with one, and never an accident."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain import formats as f
from chatserver.domain.faults import Fault
from chatserver.domain.formats import Format, Mode, Prompt, Segment, parse, parse_prompts, read
from chatserver.domain.text import clean, is_invisible

SHARING = {"title": "Sharing", "minutes": 38, "mode": "queue"}
QUIET = {"title": "Quiet", "minutes": 2, "mode": "silence"}
MISSING = object()
LEAST = {"title": "Ours", "segments": [QUIET, SHARING]}


def made(data: dict[str, Any]) -> Format:
    found = parse("ours", data)
    assert isinstance(found, Format), found
    return found


def faults(data: dict[str, Any], name: str = "ours") -> dict[str, str]:
    """Every sentence, by where it is about."""
    found = parse(name, data)
    assert isinstance(found, tuple)
    assert len({fault.where for fault in found}) == len(found), "one fault, told twice"
    return {fault.where: fault.sentence for fault in found}


def only_fault(data: dict[str, Any]) -> tuple[str, str]:
    ((where, sentence),) = faults(data).items()
    return where, sentence


def sharing(**fields: object) -> dict[str, Any]:
    """A format whose second segment has these fields too, or instead."""
    return {"title": "Ours", "segments": [QUIET, {name: value for name, value in {**SHARING, **fields}.items() if value is not MISSING}]}


def test_what_is_left_out_has_a_default() -> None:
    assert made(LEAST) == Format("ours", "Ours", (Segment("Quiet", 2, Mode.SILENCE), Segment("Sharing", 38, Mode.QUEUE)))


def test_everything_can_be_said() -> None:
    check_in = {
        "title": "Check-in",
        "minutes": 10,
        "mode": "round",
        "cross_talk": True,
        "share_seconds": 0,
        "script": "Each in turn.\nYou may pass.\n",
        "hand_over": False,
        "asks": "How are you here today?",
        "prompts": True,
        "agree": True,
        "milestones": True,
        "resource": "A place to read on.",
        "until_next": True,
    }
    after = {"title": "After", "minutes": 15, "mode": "open", "after": True}
    found = made({"title": "Ours", "heard_last": False, "note": "Not affiliated.", "speed": 60, "segments": [check_in, after]})
    expected = Segment(
        "Check-in",
        10,
        Mode.ROUND,
        True,
        0,
        "Each in turn.\nYou may pass.",
        False,
        "How are you here today?",
        prompts=True,
        agree=True,
        milestones=True,
        resource="A place to read on.",
        until_next=True,
    )
    assert found == Format("ours", "Ours", (expected, Segment("After", 15, Mode.OPEN, after=True)), False, "Not affiliated.", 60)


def test_the_hour_does_not_count_what_comes_after_it() -> None:
    assert made({**LEAST, "segments": [QUIET, SHARING, {**SHARING, "minutes": 15, "after": True}]}).minutes == 40


def test_texts_are_cleaned_as_those_that_people_type() -> None:
    found = made(sharing(title="  Sharing\u202e ", script="Go\u0007od"))
    assert (found.segments[1].title, found.segments[1].script) == ("Sharing", "Good")


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"minutes": 0}, "minutes", "0 was given; it may be a whole number of minutes from 1 to 480."),
        ({"minutes": -5}, "minutes", "-5 was given"),
        ({"minutes": 481}, "minutes", "481 was given"),
        ({"minutes": 10**5000}, "minutes", "a very large number was given"),
        ({"minutes": 2.5}, "minutes", "2.5 was given"),
        ({"minutes": float("nan")}, "minutes", "nan was given"),
        ({"minutes": True}, "minutes", "true was given"),
        ({"minutes": "38"}, "minutes", '"38" was given'),
        ({"minutes": date(2026, 11, 24)}, "minutes", "a date was given"),
        ({"minutes": MISSING}, "minutes", "it is missing; it may be a whole number of minutes"),
        ({"mode": "circle"}, "mode", '"circle" was given; it may be one of "open", "queue", "round", "speaker", "silence".'),
        ({"mode": MISSING}, "mode", "it is missing; it may be one of"),
        ({"mode": ["open"]}, "mode", "a list was given; it may be one of"),
        ({"mode": "QUEUE"}, "mode", '"QUEUE" was given'),
        ({"title": MISSING}, "title", "it is missing; it may be one line of 1 to 80 characters"),
        ({"title": ""}, "title", "there is nothing to see in it"),
        ({"title": " \u200b\u00ad"}, "title", "there is nothing to see in it"),
        ({"title": "a" * 81}, "title", "it has 81 characters; it may be one line of 1 to 80 characters"),
        ({"title": "a\nb"}, "title", "it has several lines, or tabs"),
        ({"title": "a\u2028b"}, "title", "it has several lines, or tabs"),
        ({"title": "half \ud83d"}, "title", "half a character is in it"),
        ({"title": 7}, "title", "7 was given"),
        ({"script": "a" * 2001}, "script", "it has 2001 characters; it may be text of 1 to 2000 characters"),
        ({"script": "\u200b"}, "script", "there is nothing to see in it"),
        ({"script": "half \ud83d"}, "script", "half a character is in it"),
        ({"script": {"text": "Hello"}}, "script", "a table was given"),
        ({"mode": "round", "asks": "a" * 201}, "asks", "it has 201 characters"),
        ({"mode": "round", "asks": "a\nb"}, "asks", "it has several lines"),
        ({"asks": "One word"}, "asks", 'choose mode = "round"'),
        ({"share_seconds": 14}, "share_seconds", "14 was given; it may be a whole number of seconds from 15 to 3600, or 0 for no limit."),
        ({"share_seconds": 3601}, "share_seconds", "3601 was given"),
        ({"share_seconds": -1}, "share_seconds", "-1 was given"),
        ({"share_seconds": False}, "share_seconds", "false was given"),
        ({"cross_talk": "yes"}, "cross_talk", '"yes" was given; it may be true or false, without quotation marks.'),
        ({"cross_talk": 1}, "cross_talk", "1 was given"),
        ({"mode": "silence", "cross_talk": True}, "cross_talk", "nobody writes in a silence"),
        ({"hand_over": "no"}, "hand_over", "true or false"),
        ({"prompts": []}, "prompts", "a list was given"),
        ({"agree": 0}, "agree", "0 was given"),
        ({"after": "true"}, "after", '"true" was given'),
        ({"crosstalk": True}, "crosstalk", "there is no such field; did you mean cross_talk?"),
        ({"colour": "red"}, "colour", "there is no such field; leave it out."),
    ],
)
def test_every_fault_of_a_segment(fields: dict[str, object], field: str, sentence: str) -> None:
    where, told = only_fault(sharing(**fields))
    assert where == f"segments[1].{field}"
    assert sentence in told


@pytest.mark.parametrize("minutes", [1, 480])
@pytest.mark.parametrize("seconds", [0, 15, 3600])
def test_the_bounds_themselves_may_be(minutes: int, seconds: int) -> None:
    assert made(sharing(minutes=minutes, share_seconds=seconds)).segments[1].share_seconds == seconds


@pytest.mark.parametrize(
    ("data", "where", "sentence"),
    [
        ({"segments": [SHARING]}, "title", "it is missing"),
        ({**LEAST, "title": "\n"}, "title", "there is nothing to see in it"),
        ({**LEAST, "note": "a" * 501}, "note", "it has 501 characters"),
        ({**LEAST, "heard_last": "no"}, "heard_last", "true or false"),
        ({**LEAST, "speed": 0}, "speed", "0 was given; it may be a whole number of times from 1 to 600."),
        ({**LEAST, "speed": 601}, "speed", "601 was given"),
        ({**LEAST, "speed": 1.5}, "speed", "1.5 was given"),
        ({**LEAST, "name": "ours"}, "name", "there is no such field"),
        ({**LEAST, "segment": []}, "segment", "did you mean segments?"),
        ({"title": "Ours"}, "segments", "there are none; begin each with [[segments]]."),
        ({"title": "Ours", "segments": []}, "segments", "there are none"),
        (
            {"title": "Ours", "segments": SHARING},
            "segments",
            "a table was given; it is a list of tables, and each begins with [[segments]].",
        ),
        ({"title": "Ours", "segments": "none"}, "segments", '"none" was given'),
        ({"title": "Ours", "segments": [SHARING, 3]}, "segments[1]", "3 was given; it is a table"),
        ({"title": "Ours", "segments": [{**SHARING, "minutes": 1}] * 41}, "segments", "there are 41; there may be up to 40."),
        ({"title": "Ours", "segments": [{**SHARING, "minutes": 400}] * 4}, "segments", "they add up to 1600 minutes"),
        ({"title": "Ours", "segments": [{**SHARING, "after": True}]}, "segments", "all of them come after the end"),
        ({"title": "Ours", "segments": [{**SHARING, "after": True}, QUIET]}, "segments[0].after", "the meeting goes on after it"),
    ],
)
def test_every_fault_of_a_format(data: dict[str, Any], where: str, sentence: str) -> None:
    found = only_fault(data)
    assert found[0] == where
    assert sentence in found[1]


@pytest.mark.parametrize("name", ["", "Ours", "a" * 65, "ours\n", "ours!", "../ours"])
def test_a_name_is_one_for_addresses(name: str) -> None:
    assert "it may be 1 to 64 of a-z, 0-9 and -." in faults(LEAST, name)["name"]


def test_all_faults_are_told_at_once() -> None:
    wrong = {
        "title": 5,
        "colour": "red",
        "note": "\u200b",
        "segments": [
            {"title": "", "minutes": 0, "mode": "talk", "share_seconds": 1, "script": 3, "sript": "Hello"},
            "sharing",
            {"minutes": 3, "mode": "silence", "cross_talk": True, "asks": "What?"},
        ],
    }
    assert set(faults(wrong, "NO")) == {
        "name",
        "title",
        "colour",
        "note",
        "segments[0].title",
        "segments[0].minutes",
        "segments[0].mode",
        "segments[0].share_seconds",
        "segments[0].script",
        "segments[0].sript",
        "segments[1]",
        "segments[2].title",
        "segments[2].cross_talk",
        "segments[2].asks",
    }


def test_what_the_segments_are_together_is_told_with_the_rest_where_it_is_known() -> None:
    after = {**SHARING, "after": True, "colour": "red"}
    assert set(faults({"title": "Ours", "segments": [after, QUIET]})) == {"segments[0].colour", "segments[0].after"}
    long = {**SHARING, "minutes": 480}
    assert set(faults({"title": "Ours", "segments": [long, long, long, {**long, "mode": "talk"}]})) == {"segments", "segments[3].mode"}
    assert set(faults({"title": "Ours", "segments": [{**SHARING, "after": True}, 3]})) == {"segments[1]"}
    assert set(faults({"title": "Ours", "segments": [{**SHARING, "after": True}, {**QUIET, "after": 1}]})) == {"segments[1].after"}


def test_what_is_told_of_a_file_is_short_and_moves_no_terminal() -> None:
    wrong = {**sharing(mode="\x1b[2J" + "a" * 500), "\x1b[31mred\u202e" + "b" * 500: 1}
    for where, sentence in faults(wrong).items():
        assert where.isprintable()
        assert sentence.isprintable()
        assert len(where) + len(sentence) < 250


# --- files


TOML = """
title = "Ours"
[[segments]]
title = "Quiet"
minutes = 2
mode = "silence"
[[segments]]
title = "Sharing"
minutes = 38
mode = "queue"
"""


def test_a_file_is_read() -> None:
    assert read("ours", TOML) == made(LEAST)
    assert read("ours", TOML.replace("\n", "\r\n")) == made(LEAST)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("title = ", "this is not TOML: Invalid value (at "),
        ("title = 'a'\ntitle = 'b'", "this is not TOML: "),
        ("a = " + "[" * 20_000, "too deep within each other"),
        ("a = " + "9" * 5_000, "this is not TOML: "),
        ("a = '\0'", "this is not TOML: "),
        ("#" * 65_537, "it has more than 65536 characters"),
    ],
)
def test_a_file_that_cannot_be_read(toml: str, sentence: str) -> None:
    found = read("ours", toml)
    assert isinstance(found, tuple)
    (fault,) = found
    assert fault.where == "file"
    assert sentence in str(fault)


# --- topics


def test_topics_are_read() -> None:
    one = {"subject": "hope", "title": "A good moment", "text": "Tell us of one."}
    assert parse_prompts({"prompts": [one]}) == ((Prompt("hope", "A good moment", "Tell us of one."),), ())


def test_all_faults_of_topics_are_told_at_once() -> None:
    _, found = parse_prompts({"prompts": [{"title": "", "text": 3, "txt": ""}, 7], "prompt": 1})
    assert [fault.where for fault in found] == [
        "prompt",
        "prompts[0].txt",
        "prompts[0].subject",
        "prompts[0].title",
        "prompts[0].text",
        "prompts[1]",
    ]
    assert parse_prompts({})[1] == (Fault("prompts", "there are none; begin each with [[prompts]]."),)


# --- whatever comes


FIELDS = [
    "title",
    "segments",
    "note",
    "heard_last",
    "speed",
    "minutes",
    "mode",
    "share_seconds",
    "script",
    "asks",
    "after",
    "cross_talk",
    "prompts",
]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 60),
    st.integers(),
    st.floats(),
    st.text(max_size=90),
    st.sampled_from([*Mode, "Sharing", "\ud800", "\u200b", date(2026, 1, 1), b"bytes", object]),
)
KEYS = st.one_of(st.sampled_from(FIELDS), st.text(max_size=8))
NESTED = st.recursive(LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=8)), max_leaves=25)


@given(st.text(max_size=8), st.dictionaries(KEYS, NESTED, max_size=6))
def test_whatever_is_given_is_a_format_or_has_faults(name: str, data: dict[str, Any]) -> None:
    for found in (parse(name, data), parse_prompts(data)[1]):
        assert isinstance(found, Format) or all(fault.where and fault.sentence for fault in found)


@given(st.text(max_size=60))
def test_whatever_a_file_holds_never_raises(toml: str) -> None:
    assert read("ours", toml)


LINES = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60).map(clean).filter(lambda text: not is_invisible(text))
)
FULL = st.builds(
    Segment,
    title=LINES,
    minutes=st.integers(1, 36),
    mode=st.just(Mode.ROUND),
    cross_talk=st.booleans(),
    share_seconds=st.one_of(st.just(0), st.integers(15, 3600)),
    script=st.one_of(st.just(""), LINES),
    hand_over=st.booleans(),
    asks=st.one_of(st.just(""), LINES),
    resource=st.one_of(st.just(""), LINES),
    prompts=st.booleans(),
    agree=st.booleans(),
    milestones=st.booleans(),
    until_next=st.booleans(),
)
PLAIN = st.builds(Segment, title=LINES, minutes=st.integers(1, 36), mode=st.sampled_from(Mode))
FORMATS = st.builds(
    lambda title, segments, after, heard_last, note, speed: Format("ours", title, (*segments, *after), heard_last, note, speed),
    LINES,
    st.lists(st.one_of(FULL, PLAIN), min_size=1, max_size=30),
    st.lists(st.builds(Segment, title=LINES, minutes=st.integers(1, 60), mode=st.just(Mode.OPEN), after=st.just(True)), max_size=2),
    st.booleans(),
    st.one_of(st.just(""), LINES),
    st.integers(1, 600),
)


@given(FORMATS)
def test_a_format_written_out_is_read_back(wanted: Format) -> None:
    data = asdict(wanted)
    assert parse(data.pop("name"), data) == wanted


def test_the_limits_fit_each_other() -> None:
    """A file that uses all that it may can be given."""
    assert f.MAX_SEGMENTS * f.MAX_TITLE < f.MAX_FILE
    assert f.MAX_SCRIPT * 30 < f.MAX_FILE
