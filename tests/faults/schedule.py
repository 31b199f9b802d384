"""When which faults happen. All of it comes from a seed, so that a run can be repeated as far as the machine allows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from tests.faults.faults import FAULTS, Fault

FIRST = (1.0, 2.5)  # the first fault begins so many seconds after the load
OVERLAP = 2.0  # so long after the end of the first, at most, the second begins


@dataclass(frozen=True)
class Happening:
    fault: Fault
    begins: float  # seconds after the load began
    seed: int  # of what is left to chance in it


def schedule(faults: Sequence[Fault], chance: random.Random) -> list[Happening]:
    """The faults given, in that order, at random times: the second while the first is there, or soon after."""
    happenings: list[Happening] = []
    earliest, latest = FIRST
    for fault in faults:
        begins = chance.uniform(earliest, latest)
        happenings.append(Happening(fault, begins, chance.getrandbits(32)))
        earliest, latest = begins, begins + fault.seconds + OVERLAP
    return happenings


def programme(runs: int, chance: random.Random, faults: Sequence[Fault] = FAULTS) -> list[tuple[Fault, ...]]:
    """What is to happen in each of that many runs: first each fault alone, then random pairs, none of them about one and the same thing.

    Two killed workers are two things; Redis is there only once."""
    alone: list[tuple[Fault, ...]] = [(fault,) for fault in faults]
    pairs: list[tuple[Fault, ...]] = [
        (one, other) for one in faults for other in faults if one.target != other.target or (one.target == "worker" and one is not other)
    ]
    chance.shuffle(pairs)
    rest = max(0, runs - len(alone))
    return (alone + list(islice(cycle(pairs or alone), rest)))[:runs]
