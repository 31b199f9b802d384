"""The reference client: what docs/protocol.md says that a client does with events, and nothing that only the server knows."""

from __future__ import annotations

import copy
from typing import Any

Json = dict[str, Any]
FOR_HOSTS = ("waiting", "calls", "reports")


class ClientView:
    """Somebody's page: the snapshot they joined with, and what events have made of it."""

    def __init__(self, join_answer: Json) -> None:
        self.you: Json = copy.deepcopy(join_answer["you"])
        self.room: Json = copy.deepcopy(join_answer["room"])
        self.waiting: bool = join_answer.get("waiting", False)
        self.messages: dict[str, Json] = {}
        self.calls: list[Json] = []
        self.words: list[Json] = []
        self.over: str | None = None  # why this page is no longer in the room

    def apply(self, event: Json) -> None:
        assert self.over is None, f"an event after {self.over}: {event}"
        getattr(self, f"_on_{event['type']}")(event)

    def _on_presence(self, event: Json) -> None:
        seats = {s["seat"]: s for s in self.room["seats"]}
        for record in (*event["joined"], *event["changed"]):
            seats[record["seat"]] = record
        for seat in event["left"]:
            seats.pop(seat, None)
        self.room["seats"] = list(seats.values())
        self.room["seat_count"] = event["seat_count"]

    def _on_room(self, event: Json) -> None:
        changed = {k: v for k, v in event.items() if k != "type"}
        assert changed.keys() <= self.room.keys(), changed
        self.room.update(changed)

    def _on_floor(self, event: Json) -> None:
        self.room["floor"] = {"seat": event["seat"], "ends_at": event["ends_at"]} if event["seat"] is not None else None
        self.room["hands"], self.room["questions"] = event["hands"], event["questions"]

    def _on_sign(self, event: Json) -> None:
        assert self.room["floor"]["seat"] == self.you["seat"]

    def _on_poll(self, event: Json) -> None:
        self.room["poll"] = event["poll"]

    def _on_muted(self, event: Json) -> None:
        assert event["muted"] is (event["until"] is not None)
        for seat in self.room["seats"]:
            if seat["seat"] == event["seat"]:
                seat["muted"] = event["muted"]

    def _on_you(self, event: Json) -> None:
        self.you = event["you"]
        for name in FOR_HOSTS:  # who greets sees who waits, and no calls
            if name in event:
                self.room[name] = event[name]
            else:
                self.room.pop(name, None)

    def _on_lobby(self, event: Json) -> None:
        if "admitted" in event:
            self.__init__(event["admitted"])  # type: ignore[misc]
        elif event.get("swept"):
            self.room, self.waiting = event["room"], True
        elif event.get("denied"):
            assert event["message"]
            self.over = "denied"
        else:
            changed = {k: v for k, v in event.items() if k != "type"}
            assert changed.keys() <= ({"held", "closes_at", "call", "spoken_to"} if self.waiting else {"waiting"}), changed
            self.room.update(changed)

    def _on_message(self, event: Json) -> None:
        self.messages[event["id"]] = event

    def _on_milestone(self, event: Json) -> None:
        self.messages[event["id"]] = event

    def _on_retracted(self, event: Json) -> None:
        self.messages.pop(event["id"], None)

    def _on_reaction(self, event: Json) -> None:
        pass

    def _on_report(self, event: Json) -> None:
        assert event["about"] != self.you["seat"]
        self.calls.append(event)
        self._put("reports", "report", {k: v for k, v in event.items() if k not in ("type", "name", "text", "reason")})

    def _on_report_changed(self, event: Json) -> None:
        self._put("reports", "report", {k: v for k, v in event.items() if k != "type"})

    def _on_report_outcome(self, event: Json) -> None:
        assert event["message"]

    def _on_call(self, event: Json) -> None:
        self._put("calls", "call", {k: v for k, v in event.items() if k != "type"})

    def _put(self, where: str, key: str, record: Json) -> None:
        if where not in self.room:
            return  # what there is comes with the role that may see it
        rest = [one for one in self.room[where] if one[key] != record[key]]
        self.room[where] = rest if record["state"] == "closed" else sorted([*rest, record], key=lambda one: (one["since"], one[key]))

    def _on_your_call(self, event: Json) -> None:
        self.room["call"] = event["call"]

    def _on_help_message(self, event: Json) -> None:
        assert "calls" in self.room or self.room["call"]["call"] == event["call"]
        self.calls.append(event)

    def _on_first_message(self, event: Json) -> None:
        assert "calls" in self.room
        self.calls.append(event)

    def _on_first_answered(self, event: Json) -> None:
        assert "calls" in self.room or self.you["seat"] == event["seat"]

    def _on_lobby_message(self, event: Json) -> None:
        assert event["seat"] == self.you["seat"] if self.waiting else any(one["seat"] == event["seat"] for one in self.room["waiting"])
        self.calls.append(event)

    def _on_host_message(self, event: Json) -> None:
        self.calls.append(event)

    def _on_question(self, event: Json) -> None:
        self.calls.append(event)

    def _on_link_used(self, event: Json) -> None:
        self.words.append(event)

    def _on_word(self, event: Json) -> None:
        self.words.append(event)

    def _on_closing(self, event: Json) -> None:
        self.room["closes_at"] = event["closes_at"]

    def _on_removed(self, event: Json) -> None:
        self.over = "removed"

    def _on_replaced(self, event: Json) -> None:
        self.over = "replaced"

    def _on_closed(self, event: Json) -> None:
        self.over = "closed"
