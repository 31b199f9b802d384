"""Who does what in a rehearsal besides taking turns, so that each meeting shows all that can happen in one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    drops: bool = False  # loses the line in the middle of a share, and comes back to it
    passes: bool = False  # in the first round; and takes the turn that is offered at the end
    types: bool = False  # `!` and `done` by hand, as it was done for decades
    asks: bool = False  # raises a hand for a question
    overruns: bool = False  # shares until after the clear sign


_PARTS = (Part(drops=True), Part(passes=True), Part(types=True), Part(asks=True), Part(overruns=True))
_OF_THREE = (Part(drops=True, asks=True), Part(passes=True, types=True, overruns=True))
LEAST = len(_OF_THREE) + 1


def parts(members: int) -> tuple[Part, ...]:
    """One for each. The first has none: somebody looks on."""
    given = _PARTS if members > len(_PARTS) else _OF_THREE
    return (Part(), *given, *(Part() for _ in range(members - 1 - len(given))))
