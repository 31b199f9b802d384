"""Every sentence that the page and the templates ask for is there, and can be said."""

from __future__ import annotations

import re
from pathlib import Path

from chatserver.transport.languages import PACKAGE, STATIC, Words

ROOT = PACKAGE.parent
ASKED = re.compile(r"""\bt\(\s*"([a-z0-9_-]+)\"""")


def sources() -> list[Path]:
    return [*(ROOT / "web/src").rglob("*.ts*"), *(PACKAGE / "templates").glob("*.html")]


def test_no_sentence_is_missing() -> None:
    words = Words(STATIC)
    asked = {id for path in sources() for id in ASKED.findall(path.read_text("utf-8"))}
    assert len(asked) > 100
    assert {id for id in asked if words(id) == id} == set()


def test_names_are_isolated_and_numbers_counted() -> None:
    words = Words(STATIC)
    assert words("call-help", name="אבג") == "\u2068אבג\u2069 asks for help"
    assert "1 minute left" in words("time-left", minutes=1)
    assert "minutes left" in words("time-left", minutes=5)


def test_the_built_sentences_are_those_of_the_sources() -> None:
    assert (STATIC / "locales/en.ftl").read_bytes() == (ROOT / "web/locales/en.ftl").read_bytes()
