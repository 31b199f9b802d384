"""What is wrong with what somebody wrote, in sentences: all of it is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where (`segments[2].minutes`, counted from 0), and a sentence with what was given and what it may be."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


def shown(value: object) -> str:
    """What was given, for a sentence: short, and without anything that a terminal would act on."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{printable(value, 40)}"'
        case int():
            return str(value) if abs(value) < 10**15 else "a very large number"  # Python refuses to write those of thousands of digits
        case float():
            return str(value)
        case list() | tuple():
            return "a list"
        case Mapping():
            return "a table"
        case _:
            return f"a {type(value).__name__}"


def printable(text: str, longest: int) -> str:
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(ch if ch.isprintable() else "�" for ch in short)
