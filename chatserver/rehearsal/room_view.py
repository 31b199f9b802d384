"""What somebody in the room sees of it: the snapshot of the join answer, and what events have made of it (docs/protocol.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

LEADS = frozenset({"facilitator", "moderator"})


@dataclass
class RoomView:
    """`visit` counts the parts that have begun, `turn` the turns: who waits for a change compares them."""

    room: Json = field(default_factory=dict)
    closed: bool = False
    visit: int = 0
    turn: int = 0

    def enter(self, room: Json) -> None:
        """A fresh snapshot: when coming in, coming back, or after a gap."""
        before = self.room
        self.room = dict(room)
        if before:
            self._count(before)

    def apply(self, event: Json) -> None:
        before = dict(self.room)
        match event["type"]:
            case "presence":
                seats = {seat["seat"]: seat for seat in (*self.room["seats"], *event["joined"], *event["changed"])}
                self.room["seats"] = [seat for key, seat in seats.items() if key not in event["left"]]
            case "room":
                known = self.room.keys() & event.keys()
                self.room |= {key: event[key] for key in known}
            case "floor":
                self.room["floor"] = None if event["seat"] is None else {"seat": event["seat"], "ends_at": event["ends_at"]}
                self.room |= {"hands": event["hands"], "questions": event["questions"]}
            case "poll":
                self.room["poll"] = event["poll"]
            case "gap":
                self.enter(event["room"])
            case "closed":
                self.closed = True
            case _:
                return
        self._count(before)

    def _count(self, before: Json) -> None:
        if before["segment"]["index"] != self.index:
            self.visit += 1
        if _holder(before) != self.holder:
            self.turn += 1

    @property
    def segment(self) -> Json:
        segment: Json = self.room["segment"]
        return segment

    @property
    def index(self) -> int:
        return int(self.segment["index"])

    @property
    def mode(self) -> str:
        return str(self.segment["mode"])

    @property
    def holder(self) -> str | None:
        """The seat that has the floor."""
        return _holder(self.room)

    @property
    def hands(self) -> list[str]:
        hands: list[str] = self.room["hands"]
        return hands

    @property
    def offers(self) -> list[str]:
        """What this part is for, besides its mode."""
        offers: list[str] = self.segment["offers"]
        return offers

    @property
    def open_poll(self) -> int | None:
        """The number of the poll that is asked now."""
        poll = self.room["poll"]
        return None if poll is None or poll["result"] is not None else int(poll["poll"])

    @property
    def part(self) -> tuple[int, str]:
        """Changes with each part that begins, and where another mode holds in it."""
        return self.visit, self.mode

    @property
    def after(self) -> bool:
        """Whether this part comes after the end of the hour."""
        return self.index >= 0 and bool(self.room["agenda"][self.index]["after"])

    def seat(self, seat: str | None) -> Json | None:
        return next((each for each in self.room["seats"] if each["seat"] == seat), None)

    def leads(self, seat: str) -> bool:
        record = self.seat(seat)
        return record is not None and record["role"] in LEADS

    def may_write(self, seat: str) -> bool:
        """By the table of docs/protocol.md."""
        if self.mode == "open":
            return True
        return self.mode != "silence" and (self.holder == seat or (self.mode == "speaker" and self.leads(seat)))

    def may_reply(self, to: str) -> bool:
        """Whether a short reply to this message may be written in any turn."""
        author = self.seat(to.partition(".")[0])
        return bool(self.segment["cross_talk"]) and self.mode != "silence" and author is not None and bool(author["welcomes"])


def _holder(room: Json) -> str | None:
    return None if room["floor"] is None else str(room["floor"]["seat"])
