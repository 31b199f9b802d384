"""Every sentence that the page and the templates ask for is there, in every language, and nothing is said besides."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from fluent.syntax import FluentParser, ast

import hatch_build
from chatserver.transport.languages import ENGLISH, PACKAGE, PSEUDO, STATIC, Languages, Words
from chatserver.wire.call_views import OUTCOME_SENTENCES
from chatserver.wire.codes import CODES
from tests.alone import alone

ROOT = PACKAGE.parent
LOCALES = {path.stem: path for path in (ROOT / "web/locales").glob("*.ftl")}
TRANSLATED = sorted(LOCALES.keys() - {ENGLISH})
ASKED = re.compile(r"""\bt\(\s*"([a-z0-9_-]+)\"""")
# The lines of the short cards stand in English until somebody who speaks the language has reviewed them (docs/translating.md).
CRISIS = re.compile(r"card-[a-z]+-\d+")
# What the server says in English itself.
SERVERS = {f"refused-{code.value}" for code in CODES} | {"refused-denied"} | {f"outcome-{outcome}" for outcome in OUTCOME_SENTENCES}

Sentences = dict[str, ast.Message]


def sources() -> list[Path]:
    return [*(ROOT / "web/src").rglob("*.ts*"), *(PACKAGE / "templates").glob("*.html")]


def sentences(path: Path) -> Sentences:
    body = FluentParser().parse(path.read_text("utf-8")).body
    assert [entry.content for entry in body if isinstance(entry, ast.Junk)] == []
    found = [entry for entry in body if isinstance(entry, ast.Message)]
    assert len({one.id.name for one in found}) == len(found), "a sentence stands twice"
    return {one.id.name: one for one in found}


def parts(node: Any, kind: type) -> list[Any]:
    if isinstance(node, list):
        return [found for one in node for found in parts(one, kind)]
    if not isinstance(node, ast.BaseNode):
        return []
    return ([node] if isinstance(node, kind) else []) + [found for value in vars(node).values() for found in parts(value, kind)]


def variables(sentence: ast.Message) -> set[str]:
    return {one.id.name for one in parts(sentence, ast.VariableReference)}


def keys(choice: ast.SelectExpression) -> set[str]:
    return {str(variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value) for variant in choice.variants}


def test_no_sentence_is_missing() -> None:
    words = Words(STATIC)
    asked = {id for path in sources() for id in ASKED.findall(path.read_text("utf-8"))}
    assert len(asked) > 100
    assert {id for id in asked if words(id) == id} == set()


def test_there_are_the_languages_that_are_promised() -> None:
    assert {"ar", "es"} <= set(TRANSLATED)
    languages = Languages(STATIC)
    assert languages.words.keys() == {*LOCALES, PSEUDO}, "the page is built anew after a language came"
    assert {tag: direction for tag, _, direction in languages.offered}["ar"] == "rtl"
    assert PSEUDO not in {tag for tag, *_ in languages.offered}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_language_has_every_sentence_with_all_that_is_filled_in(tag: str) -> None:
    english, own = sentences(LOCALES[ENGLISH]), sentences(LOCALES[tag])
    crisis = {id for id in english if CRISIS.fullmatch(id)}
    assert len(crisis) == 15
    reviewed = Words(STATIC, tag)("crisis-in") == tag
    assert own.keys() ^ (english.keys() | SERVERS) == (set() if reviewed else crisis)
    for id in own.keys() & english.keys():
        assert variables(own[id]) == variables(english[id]), id
    for id in SERVERS:
        assert variables(own[id]) == set(), id


@pytest.mark.parametrize("tag", TRANSLATED)
def test_what_is_counted_is_counted_as_the_language_counts(tag: str) -> None:
    english, own = sentences(LOCALES[ENGLISH]), sentences(LOCALES[tag])
    rule = Locale.parse(tag).plural_form
    categories = {rule(number) for number in range(1_000)} - {"zero"}  # nothing: a sentence of its own where it can happen
    for id, sentence in own.items():
        counts = [choice for choice in parts(sentence, ast.SelectExpression) if keys(choice) & {"one", "two", "few", "many"}]
        for choice in counts:
            assert categories <= keys(choice), id
        by_name = {keys(choice) - categories - {"zero", "0"} != set() for choice in parts(sentence, ast.SelectExpression)}
        if id in english and any("one" in keys(choice) for choice in parts(english[id], ast.SelectExpression)):
            assert counts, f"{id} counts in English"
        elif id in english and True in by_name:
            ways = [keys(choice) for choice in parts(english[id], ast.SelectExpression)]
            assert [keys(choice) for choice in parts(sentence, ast.SelectExpression)] == ways, id


@pytest.mark.parametrize("tag", [*TRANSLATED, PSEUDO])
def test_every_sentence_can_be_said(tag: str) -> None:
    words = Words(STATIC, tag)
    for id, sentence in sentences(STATIC / "locales" / f"{tag}.ftl").items():
        for number in (0, 1, 2, 5, 11, 100):
            said = words(id, **dict.fromkeys(variables(sentence), number))
            assert said != id, id
            assert "{" not in said, id


def test_names_are_isolated_and_numbers_counted() -> None:
    words = Words(STATIC)
    assert words("call-help", name="אבג") == "\u2068אבג\u2069 asks for help"
    assert "1 minute left" in words("time-left", minutes=1)
    assert "minutes left" in words("time-left", minutes=5)
    arabic = Words(STATIC, "ar")
    assert [arabic("milestone-days", count=days) for days in (1, 2, 90)] == ["يوم واحد", "يومان", "\u206890\u2069 يومًا"]
    assert arabic("milestone-days", count=5) == "\u20685\u2069 أيام"


def test_the_built_sentences_are_those_of_the_sources() -> None:
    assert (STATIC / "locales/en.ftl").read_bytes() == (ROOT / "web/locales/en.ftl").read_bytes()
    for tag in TRANSLATED:
        built = (STATIC / f"locales/{tag}.ftl").read_text("utf-8")
        assert built.startswith(LOCALES[tag].read_text("utf-8").rstrip()), tag


def test_the_templates_say_nothing_of_their_own() -> None:
    jinja = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
    named = re.compile(r"""\b(?:aria-label|aria-description|title|placeholder|alt)=(["'])(.*?)\1""")
    said = []
    for path in (PACKAGE / "templates").glob("*.html"):
        html = jinja.sub("", path.read_text("utf-8"))
        said += [text for _, text in named.findall(html)]
        said += re.sub(r"<[^>]*>", "\n", html).splitlines()
    allowed = {"Meetings Feed"}  # by which name directories find it
    assert [text for text in said if re.search(r"[^\W\d_]", text) and text not in allowed] == []


def test_the_page_says_nothing_of_its_own() -> None:
    try:
        with alone():
            environment = hatch_build.install(ROOT / "web")
    except RuntimeError as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(fault))
    node = shutil.which("node", path=environment["PATH"])
    assert node is not None
    program = str(Path(__file__).with_name("hard_coded.mjs"))
    done = subprocess.run([node, program], env=environment, capture_output=True, text=True, timeout=50, check=True)
    assert done.stdout == ""
