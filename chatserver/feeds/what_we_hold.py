"""What this server holds, by kind, place and time: for programs as JSON, for people as lines of a page. Made of the declarations
(`chatserver/holding.py`), whose sentences are in the page's own words. The shape is described in docs/anonymity.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from chatserver.holding import Holding

VERSION = 1


class Words(Protocol):
    def __call__(self, id: str, **values: Any) -> str:
        """The sentence of this id."""


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of thing, in one place, for one time."""

    kind: str
    where: str
    until: str
    seconds: int | None
    identifies: str
    parts: Mapping[str, list[str]]  # entry, key, table, class, metric or storage key -> its fields, columns or labels

    def what(self, words: Words) -> str:
        return words(f"holds-{self.kind}")

    def how_long(self, words: Words) -> str:
        seconds = self.seconds or 0
        unit, count = ("minutes", seconds // 60) if seconds >= 120 and seconds % 60 == 0 else ("seconds", seconds)
        return words(f"until-{self.until}", time=words(f"held-{unit}", count=count))


def composed(holdings: Iterable[Holding], seconds: Mapping[str, int]) -> list[Held]:
    """One for each kind, place and time, in the order of the declarations. `seconds`: what the settings say, by their keys.

    What the settings let be held for no time is left out."""
    found: dict[tuple[str, str, str, int | None, str], dict[str, list[str]]] = {}
    for one in holdings:
        for_so_long = seconds[one.setting] if one.setting else one.seconds
        if for_so_long != 0:
            parts = found.setdefault((one.kind, one.where, one.until, for_so_long, one.identifies), {})
            parts.setdefault(one.at, []).extend(one.named)
    return [Held(*key, parts) for key, parts in found.items()]


def by_place(held: Iterable[Held], words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """For the page: each place, with what is held there and how long. The same sentences stand once."""
    ordered = sorted(held, key=lambda one: _PLACES.index(one.where))
    return [
        (words(f"held-in-{where}"), list(dict.fromkeys((one.what(words), one.how_long(words)) for one in ones)))
        for where, ones in groupby(ordered, key=lambda one: one.where)
    ]


_PLACES = ("room", "memory", "redis", "database", "log", "metrics", "browser")


def document(held: Iterable[Held], words: Words) -> str:
    """The JSON at /.well-known/what-we-hold.json."""
    return json.dumps(
        {
            "version": VERSION,
            "holds": [
                {
                    "kind": one.kind,
                    "what": one.what(words),
                    "where": one.where,
                    "until": one.until,
                    "seconds": one.seconds,
                    "how_long": one.how_long(words),
                    "identifies": one.identifies,
                    "parts": {at: sorted(set(names)) for at, names in one.parts.items()},
                }
                for one in held
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
