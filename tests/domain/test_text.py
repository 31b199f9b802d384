"""What people type: kept as they said it, without what could hide, reorder or bury the words of others."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain import commands as c
from chatserver.domain.events import Message
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.text import MARKS_IN_A_ROW, MAX_TEXT, checked, clean, is_invisible
from tests.domain.rooms import accepted, circle, message_of, only_event, why_not
from tests.domain.strategies import modest

AWKWARD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\u0301\u0489\u200b\u200d\u202e\ufeff\u00ad\u2066\n\r\t \U0001d160\u0958aeo"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    "text",
    [
        "Thirty days today.",
        "line one\nline two\n\n\tindented",
        "שלום, I am here",
        "می\u200cخواهم",  # a Persian joiner
        "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 1️⃣",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "क्ष क्\u200dष",
        "ﷺ",
        "آية \u06dd١٢",
        "Việt Nam ẳ",
        "בְּרֵאשִׁ֖ית",
        "a \u200f(b)\u200e c",
    ],
)
def test_what_people_write_is_kept_as_it_is(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert checked(text, MAX_TEXT) == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  hello \n", "hello"),
        ("you said \u202eevil\u202c", "you said evil"),
        ("\u2067isolated\u2069", "isolated"),
        ("a\u0000b\u0007c\u009fd", "abcd"),
        ("one\r\ntwo", "one\ntwo"),
        ("in\u200bvis\u2060ible\ufeff", "invisible"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
    ],
)
def test_what_could_mislead_is_taken_out(typed: str, shown: str) -> None:
    assert checked(typed, MAX_TEXT) == shown


@pytest.mark.parametrize("between", ["", "\u200b", "\u200d", "\u200e", "\ufeff", "\u0007", "\u202e", "\u034f", "\ufe0f"])
def test_marks_do_not_pile_up_whatever_stands_between(between: str) -> None:
    cleaned = clean("a" + between.join("\u0316" * 60) + "b")
    marks = sum(unicodedata.category(ch) == "Mn" for ch in cleaned)
    assert marks <= MARKS_IN_A_ROW
    assert (cleaned[0], cleaned[-1]) == ("a", "b")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\t",
        "\u200b",
        "\u200d\u200c\u2060",
        "\u3164",
        "\u2800",
        "\u115f\u1160",
        "\u0301\u0302",
        "\ufe0f",
        "\u202e",
        "\U000e0041",
    ],
)
def test_text_that_shows_nothing_is_empty(text: str) -> None:
    assert checked(text, MAX_TEXT) == Refused(Code.EMPTY)


@pytest.mark.parametrize("text", ["\ud83d", "hello \udc00", "\ude00\ud83d", "x" * 1_999 + "\ud83d"])
def test_half_a_character_is_refused(text: str) -> None:
    assert checked(text, MAX_TEXT) == Refused(Code.BAD_TEXT)


@pytest.mark.parametrize("ch", ["x", "🌊", "語", "é", "\u05d0"])
def test_2000_characters_of_any_script_are_taken_and_2001_are_not(ch: str) -> None:
    assert message_of(circle(), "ann", ch * 2_000).text == ch * 2_000
    assert why_not(circle(), "ann", c.Send("m1", ch * 2_001)) is Code.TOO_LONG


def test_text_that_outgrows_the_limit_when_composed_is_too_long() -> None:
    assert checked("\U0001d160" * 2_000, MAX_TEXT) == Refused(Code.TOO_LONG)


def test_no_control_and_no_pile_of_any_script_passes() -> None:
    """Of all characters that there are: none is in what is looked at in haste."""
    of_category = {ch: category for ch in map(chr, range(0x110000)) if (category := unicodedata.category(ch)) in {"Cc", "Cf", "Mn", "Me"}}
    assert len(of_category) > 2_000
    for ch, category in of_category.items():
        left = clean(f"a{ch * 9}b")[1:-1]
        if category in {"Mn", "Me"}:
            assert len(left) <= 3 * MARKS_IN_A_ROW, hex(ord(ch))  # one may be composed of several
        elif category == "Cc":
            assert not left or ch in "\n\t", hex(ord(ch))
        elif left:
            assert not is_invisible(left) or ch in "\u200c\u200d\u200e\u200f\u061c" or ord(ch) >= 0xE0020, hex(ord(ch))


@modest
@given(AWKWARD)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@modest
@given(AWKWARD)
def test_a_taken_text_shows_something_holds_no_control_and_is_no_longer_than_allowed(text: str) -> None:
    taken = checked(text, 30)
    if isinstance(taken, str):
        assert 0 < len(taken) <= 30
        assert not is_invisible(taken)
        assert not any(unicodedata.category(ch) == "Cc" and ch not in "\n\t" for ch in taken)
        assert not any(ch in taken for ch in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
        taken.encode()


@pytest.mark.parametrize(
    ("warning", "code"), [("", Code.EMPTY), ("\u200b", Code.EMPTY), ("x" * 81, Code.TOO_LONG), ("half \ud83d", Code.BAD_TEXT)]
)
def test_a_content_warning_is_checked_like_a_text(warning: str, code: Code) -> None:
    assert why_not(circle(), "ann", c.Send("m1", "hello", warning=warning)) is code


def test_a_content_warning_is_shown_cleaned() -> None:
    event = only_event(accepted(circle(), "ann", c.Send("m1", "hello", warning=" relapse\u202e ")))
    assert isinstance(event, Message)
    assert event.warning == "relapse"
