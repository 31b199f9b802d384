"""What pretend members say, from the TOML files here: drawn in a shuffled order, and nothing twice before all of it was said."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

# What a part of the meeting asks for, by words in its title or in what it asks: the first that fits; else the last.
ROUNDS = (
    ("word", r"\bone word\b"),
    ("reading", r"\bread|paragraph"),
    ("leaving", r"check-?out|take with you|until next time|leave\b"),
    ("naming", r"call you|who is here|introduc"),
    ("check_in", ""),
)
TALKS = (
    ("newcomers", r"newcomer|first-timer|milestone|visitor|clean time"),
    ("guidelines", r"guideline|agree"),
    ("agenda", r"agenda"),
    ("hello", r"welcome|greeting|arriv"),
    ("closing", r"closing|goodbye|farewell"),
    ("work", ""),
)


def kind_of_round(title: str, asks: str) -> str:
    return _first(ROUNDS, f"{title} {asks}")


def kind_of_talk(title: str) -> str:
    return _first(TALKS, title)


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next(kind for kind, words in table if re.search(words, text.lower()))


@dataclass(frozen=True, slots=True)
class Line:
    """Of a talk. `who` is a letter; `answers` the message before it."""

    who: str
    text: str
    answers: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """`milestone`: what A announces at its beginning, where there is place for it: a kind and a count."""

    lines: tuple[Line, ...]
    milestone: tuple[str, int | None] | None = None


Turn = tuple[str, ...]  # the messages of one turn


@cache
def written(file: str) -> dict[str, Any]:
    """One of the files: `host` (by occasion a line, or several), `talks`, `turns`."""
    return tomllib.loads(files(__package__).joinpath(f"{file}.toml").read_text("utf-8"))


class Lines:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._all: dict[str, list[Any]] = {}
        for talk in written("talks")["talks"]:
            self._all.setdefault(f"talk/{talk['kind']}", []).append(_talk(talk["words"], talk.get("milestone", "")))
        for of, turns in (*written("turns")["rounds"].items(), *written("turns")["shares"].items()):
            self._all[f"turn/{of}"] = [tuple(turn.strip().split("\n")) for turn in turns]
        self._left: dict[str, list[Any]] = {}

    def talk(self, kind: str) -> Talk:
        talk: Talk = self._drawn(f"talk/{kind}")
        return talk

    def talks(self, kind: str) -> list[Talk]:
        """All of that kind, as they stand."""
        return list(self._all[f"talk/{kind}"])

    def turn(self, kind: str) -> Turn:
        """`kind`: of a round, or `any`, `story`, `question`."""
        turn: Turn = self._drawn(f"turn/{kind}")
        return turn

    def _drawn(self, of: str) -> Any:
        if not self._left.get(of):
            self._left[of] = self._random.sample(self._all[of], len(self._all[of]))
        return self._left[of].pop()


def _talk(words: str, milestone: str) -> Talk:
    found = [re.fullmatch(r"([A-C])(>| ) ?(\S.*)", line) for line in words.strip().split("\n")]
    kind, _, count = milestone.partition(" ")
    marked = (kind, int(count) if count else None) if kind else None
    return Talk(tuple(Line(line[1], line[3], line[2] == ">") for line in found if line is not None), marked)
