"""Several pages in one room: what the server would send to each of them, and whether it makes of each what a fresh snapshot shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from chatserver.backplane.base import Event
from chatserver.domain import events as e
from chatserver.domain.events import Hears
from chatserver.domain.roles import Hat, Role
from chatserver.domain.room import EVOLVE
from chatserver.domain.state import RoomState, Seat, Standing
from chatserver.wire.events import encode, of_closing, of_facts, of_post
from chatserver.wire.views import door_fields, own_seat, snapshot
from tests.domain.client_view import ClientView

Json = dict[str, Any]
HOSTS = {Role.FACILITATOR, Role.MODERATOR}


def join_answer(state: RoomState, seat: Seat) -> Json:
    if seat.standing is Standing.WAITING:
        return read({"you": own_seat(seat), "waiting": True, "room": door_fields(state, seat.id)})
    return read({"you": own_seat(seat), "room": snapshot(state, seat)})


def read(answer: Json) -> Json:
    """As a page reads it."""
    return dict(orjson.loads(encode(answer)))


def wire_events(before: RoomState, after: RoomState, events: Sequence[e.Event]) -> list[Event]:
    """As the engine makes them: facts of one commit together, posts one by one, the closing by itself."""
    if any(isinstance(x, e.Closed) for x in events):
        return [of_closing()]
    if events and not any(type(x) in EVOLVE for x in events) and not isinstance(events[0], e.HelpWords):
        return [of_post(x) for x in events]  # type: ignore[arg-type]
    return of_facts(before, after, events)


class Pages:
    """One page for every seat. Those who come in get a page with the answer that they would get."""

    def __init__(self, state: RoomState) -> None:
        self.state = state
        self.of: dict[str, ClientView] = {s.id: ClientView(join_answer(state, s)) for s in state.seats.values()}

    def happen(self, after: RoomState, events: Sequence[e.Event]) -> None:
        """The events reach every page that is to hear them; then whoever came in or back opens a page."""
        for event in wire_events(self.state, after, events):
            body: Json = orjson.loads(event.body)
            for seat in self._hearing(event, after):
                if event.answers:
                    body = {"type": "lobby", "admitted": join_answer(after, after.seats[seat])}
                self.of[seat].apply(body)
                assert not event.ends or self.of[seat].over
        self.state = after
        for seat in [s for s, page in self.of.items() if page.over or s not in after.seats]:
            del self.of[seat]
        for holder in after.seats.values():
            if holder.id not in self.of and not after.core.closed:
                self.of[holder.id] = ClientView(join_answer(after, holder))

    def _hearing(self, event: Event, after: RoomState) -> list[str]:
        audience = event.audience
        if audience.hears is Hears.SEAT:
            return [s for s, page in self.of.items() if s == audience.seat and not page.over]
        if audience.hears is Hears.PRESENT:
            return list(self.of)
        inside = [s for s, page in self.of.items() if not page.waiting and not page.over and s != audience.but]
        if audience.hears is Hears.ALL:
            return inside
        there = [s for s in inside if s in after.seats]
        greeters = {s for s in there if Hat.GREETER in after.seats[s].hats and audience.hears is Hears.LOBBY}
        hosts = [s for s in there if after.seats[s].role in HOSTS or s in greeters]
        # Whose seat ended in the same commit has no connection any more.
        one_more = audience.seat if audience.seat in after.seats and audience.seat in self.of and not self.of[audience.seat].over else None
        return hosts if one_more is None or one_more in hosts else [*hosts, one_more]

    def check(self) -> None:
        """Every page shows what a fresh snapshot shows. The order of `seats` means nothing."""
        for seat, page in self.of.items():
            fresh = join_answer(self.state, self.state.seats[seat])
            assert page.you == fresh["you"]
            assert ordered(page.room) == ordered(fresh["room"]), seat


def ordered(room: Json) -> Json:
    return room if "seats" not in room else {**room, "seats": sorted(room["seats"], key=lambda s: str(s["seat"]))}
