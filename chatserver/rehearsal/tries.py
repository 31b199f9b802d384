"""What must be refused is tried now and then: out of turn, in a silence, without the right to it, in a wrong shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

from chatserver.rehearsal.player import Out, Player

# Seconds of the meeting.
BETWEEN = (150.0, 300.0)
MARGIN = 5.0  # near the end of a part nothing could be told from it

WORDS = "This was tried where it must not be said."
VOID = frozenset({"too_fast", "unavailable", "frozen", "muted"})  # says nothing about what was tried


@dataclass(frozen=True, slots=True)
class Try:
    event: str
    payload: dict[str, Any]
    code: str  # of the refusal that it must meet


@dataclass(frozen=True, slots=True)
class Tried:
    what: Try
    code: str | None  # None: it was taken


_SEND = {"text": WORDS}
# In every mode, by a member.
ALWAYS = (
    Try("agenda", {"go": "next"}, "not_allowed"),
    Try("floor", {"seat": None}, "not_allowed"),
    Try("lock", {"on": True}, "not_allowed"),
    Try("send", {**_SEND, "loud": True}, "bad_payload"),
)
# By a member who has not the floor.
IN_MODE = {
    "open": (Try("send", {"text": " \u200b "}, "empty"), Try("done", {}, "not_your_turn")),
    "queue": (Try("send", _SEND, "not_your_turn"), Try("done", {}, "not_your_turn")),
    "round": (Try("send", _SEND, "not_your_turn"), Try("done", {}, "not_your_turn")),
    "speaker": (Try("send", _SEND, "not_your_turn"),),
    "silence": (Try("send", _SEND, "silence"),),
}
_ids = count(1)


class Tries:
    def __init__(self, looks: Player, members: Sequence[Player], random: Random, tried: Callable[[Tried], None]) -> None:
        """`looks` sees which part the meeting has come to."""
        self._looks, self._members, self._random, self._tried = looks, members, random, tried
        self._modes: set[str] = set()  # in which something was tried

    async def go_on(self) -> None:
        """Until the room is closed. Raises `CannotGoOn`."""
        looks = self._looks
        try:
            while True:
                view = looks.view
                new = view.mode not in self._modes and view.index >= 0  # every mode that comes is tried
                await looks.within(MARGIN if new else self._random.uniform(*BETWEEN), lambda view, now=view.part: view.part != now)  # type: ignore[misc]
                if view.index >= 0 and looks.hour.left(view.segment["ends_at"]) > MARGIN:
                    await self._one()
        except Out:
            return

    async def _one(self) -> None:
        there = [member for member in self._members if not member.over and not member.has_floor]
        if not there:
            return
        member = self._random.choice(there)
        view, mode = member.view, member.view.mode
        what = self._random.choice(IN_MODE[mode] if mode not in self._modes else (*IN_MODE[mode], *ALWAYS))
        payload = what.payload | ({"id": f"x{next(_ids)}"} if what.event == "send" else {})
        before = (view.part, view.turn)
        try:
            answer = await member.ask(what.event, **payload)
        except Out:
            if self._looks.over:
                raise
            return
        # Whatever had changed meanwhile was heard before the answer.
        if (view.part, view.turn) == before and answer.get("code") not in VOID:
            self._modes.add(mode)
            self._tried(Tried(what, None if answer["ok"] else answer["code"]))
