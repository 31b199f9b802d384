"""What is told of a rehearsal while it goes on, for a terminal or a machine: made from what the one who looks on hears.

The words of people who come in are theirs: they are told of, and never shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chatserver.rehearsal.hour import Hour
from chatserver.rehearsal.room_view import RoomView

Json = dict[str, Any]

VISITOR = "a visitor"


class Kind(StrEnum):
    READY = "ready"  # title, page, lead, members, speed, minutes, agenda
    PART = "part"  # index, title, mode, ends_at, minutes, parts: how many there are
    SAID = "said"  # name, text (None: a visitor's), leads, to
    MILESTONE = "milestone"  # name, milestone, count (both None: a visitor's)
    TOPIC = "topic"  # topic
    ASKED = "asked"  # of everybody: poll, asks: what kind, question
    COUNTED = "counted"  # poll, asks, voted, result
    REACTED = "reacted"  # name, reaction, to
    TURN = "turn"  # name (None: nobody), next: names, ends_at
    SIGN = "sign"  # name, sign
    CAME = "came"  # name
    LEFT = "left"  # name
    DROPPED = "dropped"  # name
    BACK = "back"  # name, in_time
    TRIED = "tried"  # event, code, wanted
    CLOSED = "closed"
    STOPPED = "stopped"  # by whoever started it; the room is closed
    SUMMARY = "summary"  # checks: [ok, sentence], ok


@dataclass(frozen=True, slots=True)
class Happening:
    kind: Kind
    at: float  # seconds of the meeting since it was begun; none before the start
    fields: Json


Tell = Callable[[Happening], None]


class Reporter:
    """Turns what one seat sees and hears into happenings. `cast` are the pretend members' names, by seat."""

    def __init__(self, view: RoomView, hour: Hour, tell: Tell, cast: dict[str, str]) -> None:
        self._view, self._hour, self._tell, self._cast = view, hour, tell, cast
        self._begun_at: int | None = None
        self._visit = 0
        self._strangers: set[str] = set()  # who is there, and is not of the cast
        self._last_poll = (0, False)
        self._last_turn: Json = {"name": None, "next": [], "ends_at": None}
        self._writers: dict[str, str] = {}  # of messages

    def tell(self, kind: Kind, **fields: Any) -> None:
        since = self._begun_at
        at = 0.0 if since is None else max(0.0, (self._hour.now() - since) * self._hour.speed / 1_000)
        self._tell(Happening(kind, round(at, 1), fields))

    def name(self, seat: str | None) -> str | None:
        return None if seat is None else self._cast.get(seat, VISITOR)

    def hears(self, event: Json) -> None:
        match event["type"]:
            case "message":
                self._said(event)
            case "reaction":
                self.tell(Kind.REACTED, name=self.name(event["seat"]), reaction=event["kind"], to=self._writers.get(event["to"]))
            case "milestone":
                self._writers[event["id"]] = self.name(event["seat"]) or ""
                mine = event["seat"] in self._cast
                told = {"milestone": event["kind"] if mine else None, "count": event["count"] if mine else None}
                self.tell(Kind.MILESTONE, name=self.name(event["seat"]), **told)
            case "poll" if event["poll"] is not None:
                self._poll(event["poll"])
            case "room" if event.get("topic"):
                self.tell(Kind.TOPIC, topic=event["topic"])
            case "closed":
                self.tell(Kind.CLOSED)
            case _:
                pass
        self.looks()

    def looks(self) -> None:
        """At what has changed in the room."""
        self._part()
        self._turn()

    def look_for_strangers(self) -> None:
        """Once all of the cast are there."""
        there = {seat["seat"] for seat in self._view.room["seats"]} - self._cast.keys()
        for _ in there - self._strangers:
            self.tell(Kind.CAME, name=VISITOR)
        for _ in self._strangers - there:
            self.tell(Kind.LEFT, name=VISITOR)
        self._strangers = there

    def _part(self) -> None:
        if self._view.visit == self._visit:
            return
        self._visit, segment = self._view.visit, self._view.segment
        self._begun_at = self._begun_at or self._hour.now()
        agenda = self._view.room["agenda"]
        told = {key: segment[key] for key in ("index", "title", "mode", "ends_at")}
        self.tell(Kind.PART, **told, minutes=agenda[self._view.index]["minutes"], parts=len(agenda))

    def _said(self, event: Json) -> None:
        seat = event["seat"]
        self._writers[event["id"]] = self.name(seat) or ""
        text = event["text"] if seat in self._cast else None
        to = self._writers.get(event.get("reply_to") or "")
        self.tell(Kind.SAID, name=self.name(seat), text=text, leads=self._view.leads(seat), to=to)

    def _poll(self, poll: Json) -> None:
        """Each vote changes it; what is told is that it was asked, and that it was counted."""
        stage = (poll["poll"], poll["result"] is not None)
        if stage == self._last_poll:
            return
        self._last_poll = stage
        if poll["result"] is None:
            self.tell(Kind.ASKED, poll=poll["poll"], asks=poll["kind"], question=poll["question"])
        else:
            self.tell(Kind.COUNTED, poll=poll["poll"], asks=poll["kind"], voted=poll["voted"], result=poll["result"])

    def _turn(self) -> None:
        floor, holder = self._view.room["floor"] or {}, self._view.holder
        turn = {"name": self.name(holder), "next": [self.name(seat) for seat in self._view.hands], "ends_at": floor.get("ends_at")}
        if turn != self._last_turn:
            self._last_turn = turn
            self.tell(Kind.TURN, **turn)
