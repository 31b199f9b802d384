"""The one table of codes: complete, in whole sentences, kind."""

from __future__ import annotations

import re

import pytest

from chatserver.domain.refusals import Code, Refused
from chatserver.wire.codes import CODES, refusal

BLAMING = re.compile(
    r"\b(invalid|illegal|errors?|fail(ed|ure)?|forbidden|violat\w+|abus\w+|wrong|fault|must|banned|punished|rejected|denied|bad|refused"
    r"|suspicious|mistake)\b|!",
    re.IGNORECASE,
)


def test_every_code_has_a_sentence() -> None:
    assert list(CODES) == list(Code)


@pytest.mark.parametrize("code", Code)
def test_a_sentence_begins_large_and_ends_with_a_full_stop(code: Code) -> None:
    sentence = CODES[code].sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert sentence == " ".join(sentence.split())
    assert len(sentence) <= 120, "it has to be read at a glance"


@pytest.mark.parametrize("code", Code)
def test_no_sentence_blames(code: Code) -> None:
    assert not BLAMING.search(CODES[code].sentence)


def test_no_two_codes_say_the_same() -> None:
    assert len({meaning.sentence for meaning in CODES.values()}) == len(CODES)


@pytest.mark.parametrize("code", Code)
def test_a_code_is_a_stable_name(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code.value)
    assert code.value == code.name.lower()


def test_a_refusal_as_an_answer() -> None:
    assert refusal(Refused(Code.MUTED, 1_200)) == {
        "ok": False,
        "code": "muted",
        "message": CODES[Code.MUTED].sentence,
        "retry_after_ms": 1_200,
    }
    assert "retry_after_ms" not in refusal(Refused(Code.NOT_YOURS))
