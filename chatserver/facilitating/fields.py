"""What a field of a group or a meeting may be: how it is read, and the words that say so to whoever gave something else.

The rules of each field stand here once. The models of the HTTP API take their descriptions and bounds from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from chatserver.domain.faults import Fault, shown
from chatserver.domain.text import checked

MAX_WEBSITE = 500


class Unreadable(ValueError):
    """It may not be that."""

    def __init__(self, sentence: str = "", *, items: Mapping[int, str] | None = None) -> None:
        """`sentence`: one that says more than the rule's words. `items`: of a list, those that are wrong, each with its sentence."""
        super().__init__(sentence)
        self.sentence = sentence
        self.items = items or {}


@dataclass(frozen=True, slots=True)
class Rule:
    what: str  # what it may be: "one line of 1 to 200 characters"
    read: Callable[[Any], Any]  # the value as it is kept; raises `Unreadable`
    bounds: Mapping[str, Any] = field(default_factory=dict)  # the same for machines, as far as JSON Schema can say it


Rules = Mapping[str, Rule]
Given = Mapping[str, Any]  # fields by name, each of the right type; what is not given stays as it is


def read(given: Given, rules: Rules) -> tuple[dict[str, Any], list[Fault]]:
    """The fields as they are kept, and every fault. Those without a rule here are left out."""
    kept: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in given.items():
        if name in rules:
            try:
                kept[name] = rules[name].read(value)
            except Unreadable as why:
                faults += [Fault(f"{name}[{n}]", sentence) for n, sentence in why.items.items()] or [
                    Fault(name, why.sentence or _not_so(value, rules[name]))
                ]
    return kept, faults


def _not_so(value: object, rule: Rule) -> str:
    return f"{shown(value)} was given; it may be {rule.what}."


def slug() -> Rule:
    """A name in addresses."""
    what = "1 to 64 of a-z, 0-9 and -"

    def read(value: str) -> str:
        if not re.fullmatch(r"[a-z0-9-]{1,64}", value):
            raise Unreadable
        return value

    return Rule(what, read, {"pattern": "^[a-z0-9-]{1,64}$"})


def line(longest: int, *, least: int = 1) -> Rule:
    """One line, cleaned as what people type; where `least` is 0 it may be empty."""
    what = f"one line of {least} to {longest} characters"

    def read(value: str) -> str:
        cleaned = _cleaned(value, longest, least)
        if re.search(r"[\n\t\u2028\u2029]", cleaned):
            raise Unreadable(f"it has several lines, or tabs; it may be {what}.")
        return cleaned

    return Rule(what, read, {"minLength": least, "maxLength": longest})


def lines(longest: int) -> Rule:
    """Text of several lines, or none."""
    return Rule(f"text of up to {longest} characters", lambda value: _cleaned(value, longest, 0), {"maxLength": longest})


def list_of(rule: Rule, most: int, *, each: str) -> Rule:
    """Up to so many; one that is there twice is taken once."""

    def read(values: Iterable[str]) -> tuple[str, ...]:
        given = list(values)
        if len(given) > most:
            raise Unreadable(f"there are {len(given)}; there may be up to {most}.")
        kept: dict[str, None] = {}
        wrong: dict[int, str] = {}
        for n, value in enumerate(given):
            try:
                kept[rule.read(value)] = None
            except Unreadable as why:
                wrong[n] = why.sentence or _not_so(value, rule)
        if wrong:
            raise Unreadable(items=wrong)
        return tuple(kept)

    return Rule(f"up to {most} of them, {each} {rule.what}", read, {"maxItems": most, "items": {"type": "string", **rule.bounds}})


def one_of(values: Sequence[str]) -> Rule:
    def read(value: str) -> str:
        if value not in values:
            raise Unreadable
        return value

    return Rule(f"one of {', '.join(values)}", read, {"enum": list(values)})


def whole(least: int, most: int, *, or_none: str = "") -> Rule:
    """`or_none`: it may be None, and what that means."""

    def read(value: int | None) -> int | None:
        if value is None and or_none:
            return None
        if value is None or not least <= value <= most:
            raise Unreadable
        return value

    what = f"a whole number from {least} to {most}" + (f", or left out for {or_none}" if or_none else "")
    return Rule(what, read, {"minimum": least, "maximum": most})


def truth() -> Rule:
    return Rule("true or false", lambda value: value)


def code(known: Mapping[str, str]) -> Rule:
    """One of a list, in any case of letters."""
    example = ", ".join(f"{each} ({known[each]})" for each in ("O", "D", "BE") if each in known)

    def read(value: str) -> str:
        value = value.strip().upper()
        if value not in known:
            raise Unreadable
        return value

    return Rule(f"a code of the Meeting Guide's list, like {example}", read)


def language() -> Rule:
    def read(value: str) -> str:
        value = value.strip()
        if value and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?", value):
            raise Unreadable
        first, *rest = value.split("-")
        return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])

    return Rule("the tag of a language, like en, de or pt-BR, or empty", read, {"maxLength": 11})


def website() -> Rule:
    def read(value: str) -> str:
        value = value.strip()
        if value and not (len(value) <= MAX_WEBSITE and re.fullmatch(r"https?://[!-~]+", value) and _whole_address(value)):
            raise Unreadable
        return value

    return Rule("an address like https://example.org/group, or empty", read, {"maxLength": MAX_WEBSITE})


def _whole_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def _cleaned(value: str, longest: int, least: int) -> str:
    if least == 0 and not value.strip():
        return ""
    cleaned = checked(value, longest)
    if not isinstance(cleaned, str):
        raise Unreadable
    return cleaned
