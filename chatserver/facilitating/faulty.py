"""How an operation says that it was not carried out."""

from __future__ import annotations

from collections.abc import Sequence

from chatserver.domain.faults import Fault


class Faulty(Exception):
    """What was asked for is not right; `faults` is everything that is wrong with it. Nothing has changed."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class TooMany(Exception):
    """There is no room for one more. `args[0]` is a sentence."""


class NotOpen(Exception):
    """The meeting of slug `args[0]` is not open."""


class NextMeeting(Exception):
    """The room of slug `args[0]` cannot be open longer: the next meeting in it begins then."""


def none_of(faults: Sequence[Fault]) -> None:
    """Raises `Faulty` where there are some."""
    if faults:
        raise Faulty(faults)
