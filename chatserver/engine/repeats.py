"""What has been said in the last minute, so that it is not said again and again: hashes alone, on this worker alone, for a minute."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from chatserver.clock import Clock
from chatserver.domain.names import skeletons
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, may
from chatserver.domain.state import Seat
from chatserver.holding import Holding

KEPT_MS = 60_000
BY_ONE = 12  # letters: "Thank you!" may be said twice in a minute
BY_MANY = 20  # letters: "Good evening all" is said by everybody
MANY = 2  # newcomers who have said it; in a wave of them the next may not. Else three may thank somebody in the same words
LOOKED_AT = 400  # code points in which look-alikes are sought, which takes its time
MOST_OF_ONE = 8  # who said the same
MOST = 2_000  # texts of a room in a minute; more come only in a flood, and then the oldest go
_SIGNS = dict.fromkeys(map(ord, "!|$@"))  # in a name, they may be letters


@dataclass(frozen=True, slots=True)
class _Said:
    at: int
    seat: str
    message: str
    new: bool


class Repeats:
    """Of one room. The key is made with it, and never leaves it: nothing can be told from the hashes."""

    __slots__ = ("_added", "_clock", "_key", "_said")

    def __init__(self, clock: Clock, added: Callable[[], None]) -> None:
        """`added` is called when there is something more to be forgotten in time."""
        self._added = added
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._said: dict[bytes, list[_Said]] = {}

    def take(self, seat: Seat, message: str, text: str, in_wave: bool) -> Refused | None:
        """Whether this seat says what has just been said; else it is remembered. Those who lead may: they are asked to read out again."""
        letters = _letters(text)
        if len(letters) < BY_ONE or may(seat, Action.UNHURRIED):
            return None
        now, key, new = self._clock.now(), self._hash(letters), self._is_new(seat)
        self._forget(now)
        said = [x for x in self._said.get(key, ()) if now - x.at < KEPT_MS and x.message != message]
        own = [x.at for x in said if x.seat == seat.id]
        if own:
            return Refused(Code.REPEATED, own[-1] + KEPT_MS - now)
        others = [x.at for x in said if x.new]  # each has said it once
        if in_wave and new and len(letters) >= BY_MANY and len(others) >= MANY:
            return Refused(Code.REPEATED, others[-MANY] + KEPT_MS - now)
        self._said.pop(key, None)  # and to the end of the row
        self._said[key] = [*said, _Said(now, seat.id, message, new)][-MOST_OF_ONE:]
        self._added()
        return None

    def give_back(self, message: str, text: str) -> None:
        """It was not taken after all."""
        self._drop(self._hash(_letters(text)), message)

    def taken_back(self, message: str) -> None:
        """By whoever said it, who may say it again: with a content warning."""
        key = next((key for key, said in self._said.items() if any(x.message == message for x in said)), None)
        if key is not None:
            self._drop(key, message)

    def _drop(self, key: bytes, message: str) -> None:
        left = [x for x in self._said.get(key, ()) if x.message != message]
        if left:
            self._said[key] = left
        else:
            self._said.pop(key, None)

    def _is_new(self, seat: Seat) -> bool:
        return seat.new and seat.came_lately(self._clock.now())

    def _forget(self, now: int) -> None:
        """What is too old, which stands in front."""
        while self._said:
            key = next(iter(self._said))
            if len(self._said) < MOST and now - self._said[key][-1].at < KEPT_MS:
                return
            del self._said[key]

    def due(self) -> int | None:
        """When something is to be forgotten next."""
        return next((said[-1].at + KEPT_MS for said in self._said.values()), None)

    def forget_old(self) -> None:
        self._forget(self._clock.now())

    def _hash(self, letters: str) -> bytes:
        return hashlib.blake2b(letters.encode(), key=self._key, digest_size=8).digest()


def _letters(text: str) -> str:
    """Of the whole. What is the same to the eye is the same here, as far as it is looked at so closely."""
    if len(text) < BY_ONE:
        return ""
    rest = "".join(ch for ch in text[LOOKED_AT:].casefold() if ch.isalnum())
    return next(iter(skeletons(text[:LOOKED_AT].translate(_SIGNS))), "") + rest


HOLDS = (Holding("repeats", "memory", "engine.repeats.Repeats", "time", ("_said", "_key"), KEPT_MS // 1_000, identifies="words"),)
