"""Is there one order of which all these sequences are parts?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, pairwise


def disorder(sequences: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What contradicts one order, in words: nothing, where there is one. No sequence may hold anything twice."""
    distinct = {tuple(sequence): name for name, sequence in sequences.items()}
    if _one_order(distinct):
        return
    pairs = False
    for (first, one), (second, other) in combinations(distinct.items(), 2):
        for earlier, later in _turned_round(first, second):
            pairs = True
            yield f"{one} has {earlier} before {later}, {other} has them the other way round"
    if not pairs:
        yield "no two contradict each other, but all together go in a circle: " + _circle(distinct)


def _one_order(sequences: Mapping[tuple[str, ...], str]) -> bool:
    return not _circle(sequences)


def _circle(sequences: Mapping[tuple[str, ...], str]) -> str:
    before: TopologicalSorter[str] = TopologicalSorter()
    for sequence in sequences:
        for earlier, later in pairwise(sequence):
            before.add(later, earlier)
    try:
        before.prepare()
    except CycleError as fault:
        return " < ".join(fault.args[1][:8])
    return ""


def _turned_round(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Neighbours among what both hold which stand the other way round in the second."""
    place = {message: n for n, message in enumerate(second)}
    common = [message for message in first if message in place]
    return ((a, b) for a, b in pairwise(common) if place[a] > place[b])
