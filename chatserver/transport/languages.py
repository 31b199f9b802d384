"""The languages of the server's own pages: their sentences, how they write dates and names, and which of them somebody reads.

A language is a file in web/locales; the build puts each beside the page, complete (web/languages.ts). docs/translating.md is about them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_datetime
from fluent.runtime import FluentBundle, FluentResource

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
ENGLISH = "en"
PSEUDO = "en-XA"  # for tests and screenshots: who asks for it by name gets it, and nobody is offered it
_BETWEEN = re.compile(r"\n(?=[a-z#])")  # two sentences of a file, each with the lines that continue it
_MOST_ASKED = 20  # languages in one header

# As the page writes them (web/src/shared/words.ts): the day and the time, without the year.
_DATES = {"es": "EEEE d 'de' MMMM, HH:mm", "ar": "EEEE، d MMMM، HH:mm"}
_ENGLISH_DATE = "EEEE dd MMMM, HH:mm"


class Words:
    """The sentences, by Fluent. What comes from people is isolated, so that it cannot turn a sentence around."""

    def __init__(self, static: Path = STATIC, language: str = ENGLISH) -> None:
        self.language = language
        self._bundle = FluentBundle([language])
        paths = (folder / f"{language}.ftl" for folder in (static / "locales", PACKAGE.parent / "web" / "locales"))
        source = next((path.read_text("utf-8") for path in paths if path.is_file()), "")
        self._sources = {sentence.partition(" ")[0]: sentence for sentence in _BETWEEN.split(source)}

    def __call__(self, id: str, **values: Any) -> str:
        if not self._bundle.has_message(id) and id in self._sources:  # all of them take a quarter of a second to read
            self._bundle.add_resource(FluentResource(self._sources[id]))
        pattern = self._bundle.get_message(id).value if self._bundle.has_message(id) else None
        return id if pattern is None else str(self._bundle.format_pattern(pattern, values)[0])

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language.partition("-")[0])

    def utc_time(self, at: datetime, now: datetime) -> str:
        """With the day of the week where it is not today."""
        at, now = at.astimezone(UTC), now.astimezone(UTC)
        pattern = "HH:mm" if at.date() == now.date() else "EEEE HH:mm"
        return f"{format_datetime(at, pattern, UTC, self._locale)} UTC"

    def local_time(self, at: datetime, zone: str) -> str:
        """By the clocks of that zone."""
        written = format_datetime(at, _DATES.get(self._locale.language, _ENGLISH_DATE), ZoneInfo(zone), self._locale)
        return f"{written} ({zone.replace('_', ' ')})"

    def country(self, code: str, english: str) -> str:
        """Of two letters."""
        return english if self._locale.language == ENGLISH else self._locale.territories.get(code, english)

    def is_another(self, tag: str) -> bool:
        """Whether that is a language, and not this one."""
        return tag != "" and tag.partition("-")[0].lower() != self._locale.language

    def name_of(self, tag: str) -> str:
        """Of another language, as this one calls it; its tag where that is not known."""
        try:
            return Locale.parse(tag, sep="-").get_display_name(self._locale) or tag
        except (UnknownLocaleError, ValueError):
            return tag


class Languages:
    """All that there are, by their tags (BCP 47)."""

    def __init__(self, static: Path = STATIC) -> None:
        found = sorted(path.stem for path in (static / "locales").glob("*.ftl"))
        self.words: Mapping[str, Words] = {tag: Words(static, tag) for tag in found or [ENGLISH]}
        # What people are offered: tag, its own name, direction.
        self.offered = [(tag, words("language"), words("direction")) for tag, words in self.words.items() if tag != PSEUDO]

    def chosen(self, asked: str, accepts: str) -> str:
        """`asked`: by a link of ours; else what the browser's Accept-Language would have; else English."""
        if asked in self.words:
            return asked
        offered = {tag: tag for tag, *_ in self.offered}
        for wanted in _wanted(accepts):
            tag = offered.get(wanted) or offered.get(wanted.partition("-")[0])
            if tag:
                return tag
        return ENGLISH


def _wanted(accepts: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first."""
    found: list[tuple[float, str]] = []
    for one in accepts.split(",")[:_MOST_ASKED]:
        tag, _, quality = one.strip().partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=")) if quality else 1.0
        except ValueError:
            continue
        if weight > 0:
            found.append((weight, tag.strip().lower()))
    return [tag for _, tag in sorted(found, key=lambda pair: -pair[0])]


def link(path: str, asked: str) -> str:
    """To a page of ours, in the language that somebody has chosen by a link. Who has not, is asked by their browser each time."""
    return f"{path}?{urlencode({'lang': asked})}" if asked else path
