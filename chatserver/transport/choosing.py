"""Finding a meeting among many: by language, format, and day of the week. By links alone, so that it needs no script and no form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from chatserver import formats
from chatserver.store.base import Meeting

_DAYS = [str(day) for day in range(1, 8)]  # Monday is 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody looks for; empty: anything."""

    language: str = ""  # BCP 47
    format: str = ""
    day: str = ""  # of the week where the meeting is at home

    def fits(self, meeting: Meeting) -> bool:
        return (not self.language or meeting.language == self.language) and (not self.format or meeting.format == self.format)

    def on_day(self, meeting: Meeting, starts_at: datetime) -> bool:
        return not self.day or str(starts_at.astimezone(ZoneInfo(meeting.timezone)).isoweekday()) == self.day


@dataclass(frozen=True, slots=True)
class Option:
    text: str
    href: str
    chosen: bool
    language: str = ""  # whose name the reader's own browser knows


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to choose by. `label` is the id of a sentence."""

    label: str
    options: tuple[Option, ...]


def read(query: Mapping[str, str], meetings: Iterable[Meeting]) -> Choice:
    """Only what some meeting has: anything else is no choice."""
    among = list(meetings)
    known = {"language": {one.language for one in among}, "format": {one.format for one in among}, "day": set(_DAYS)}
    return Choice(**{name: query.get(name, "") for name, values in known.items() if query.get(name) in values})


def rows(choice: Choice, meetings: Iterable[Meeting], words: Callable[[str], str], language: str = "") -> list[Row]:
    """Nothing to choose by where all are alike. `language`: the reader's, where they have chosen it, to go on in it."""
    among = list(meetings)
    named = formats.built_in()
    languages = [(tag, tag.upper(), tag) for tag in sorted({one.language for one in among if one.language})]
    titles = sorted((named[name].title if name in named else name, name) for name in {one.format for one in among})
    days = [(day, words(f"day-{day}"), "") for day in _DAYS] if len(among) > 1 else []
    offered = (("language", languages), ("format", [(name, title, "") for title, name in titles]), ("day", days))
    return [_row(choice, name, values, words, language) for name, values in offered if len(values) > 1]


def _row(choice: Choice, name: str, values: list[tuple[str, str, str]], words: Callable[[str], str], language: str) -> Row:
    now = asdict(choice)[name]
    every = Option(words("choose-any"), _href(replace(choice, **{name: ""}), language), now == "")
    return Row(
        f"choose-{name}",
        (every, *(Option(text, _href(replace(choice, **{name: value}), language), now == value, tag) for value, text, tag in values)),
    )


def query_of(choice: Choice, language: str = "") -> str:
    """What stands in an address for it."""
    return urlencode({name: value for name, value in {"lang": language, **asdict(choice)}.items() if value})


def _href(choice: Choice, language: str) -> str:
    query = query_of(choice, language)
    return f"/?{query}#meetings" if query else "/#meetings"
