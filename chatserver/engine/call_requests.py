"""What somebody asks about help and reports. Each is answered with who hears it; where nobody does, with whom to turn to instead."""

from __future__ import annotations

import json
from typing import Any

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.calls import call_of
from chatserver.domain.posts import author_of
from chatserver.domain.refusals import Refused
from chatserver.domain.roles import Action, may
from chatserver.domain.state import Standing
from chatserver.engine.connections import Connection, place
from chatserver.engine.live_room import LiveRoom
from chatserver.engine.rates import ANSWER, HELP, LINE, REPORT
from chatserver.engine.tokens import new_token
from chatserver.wire import schemas
from chatserver.wire.events import of_post

Answer = dict[str, Any] | Refused


class CallRequests:
    def __init__(self, contact: str) -> None:
        """`contact` is the operator's."""
        self._contact = contact

    async def help(self, here: Connection, request: schemas.Help) -> Answer:
        room, seat = place(here)
        too_fast = room.buckets.take(("help", seat), HELP)
        if too_fast is not None:
            return too_fast
        outcome = await room.submit(seat, c.Help(new_token()[:16], request.text))
        if isinstance(outcome, Refused):
            return outcome
        for event in outcome.events:
            if isinstance(event, e.HelpWords):
                room.posting.remember(seat, of_post(event), outcome.seq)
        call = call_of(room.state, seat)
        return {"call": call.id if call is not None else None, **self.heard(room, seat)}

    async def help_say(self, here: Connection, request: schemas.HelpSay) -> Answer:
        """A host who answers a call that waits takes it by that."""
        room, seat = place(here)
        too_fast = room.buckets.take(("line", seat), LINE)
        if too_fast is not None:
            return too_fast
        holder, call = room.seat(seat), room.state.calls.get(request.call)
        if call is not None and call.taken_by is None and call.seat != seat and holder is not None and may(holder, Action.HEAR_CALLS):
            await room.submit(seat, c.TakeCall(call.id))  # where another was faster, both are on the line
        id = request.id or new_token()[:16]
        return await self._said(room, seat, id, c.HelpSay(request.call, id, request.text))

    async def help_take(self, here: Connection, request: schemas.TakeCall) -> Answer:
        return await self._simple(here, c.TakeCall(request.call, request.take))

    async def help_close(self, here: Connection, request: schemas.OfCall) -> Answer:
        return await self._simple(here, c.CloseCall(request.call))

    async def host_say(self, here: Connection, request: schemas.HostSay) -> Answer:
        room, seat = place(here)
        too_fast = room.buckets.take(("line", seat), LINE)
        if too_fast is not None:
            return too_fast
        return await self._said(room, seat, request.id, c.HostSay(request.id, request.text))

    async def lobby_say(self, here: Connection, request: schemas.LobbySay) -> Answer:
        """Who waits may answer once this has been said to them."""
        room, seat = place(here)
        holder = room.seat(seat)
        too_fast = room.buckets.take(("lobby", seat), LINE if holder is None or holder.standing is Standing.SEATED else ANSWER)
        if too_fast is not None:
            return too_fast
        said = await self._said(room, seat, request.id, c.LobbySay(request.id, request.text, request.seat))
        other = None if isinstance(said, Refused) or request.seat is None else room.seat(request.seat)
        if other is None or other.spoken_to:
            return said
        outcome = await room.submit(seat, c.SpeakTo(other.id))
        return outcome if isinstance(outcome, Refused) else said

    async def _said(self, room: LiveRoom, seat: str, id: str, command: c.Post) -> Answer:
        posted = await room.posting.post(seat, command, f"{seat}.{id}")
        return posted if isinstance(posted, Refused) else {"seq": posted[1]}

    # --- reports

    async def report(self, here: Connection, request: schemas.Report) -> Answer:
        room, seat = place(here)
        too_fast = room.buckets.take(("report", seat), REPORT)
        if too_fast is not None:
            return too_fast
        known: str | None = None
        if request.text is None and request.proof is None:
            kept, _ = room.replica.since(0)
            body = next((k.event.body for k in kept if k.event.message == request.id), None)
            known = json.loads(body).get("text") if body is not None else None
        command = c.Report(new_token()[:16], request.id, request.reason, request.text, request.proof, known)
        outcome = await room.submit(seat, command)
        return outcome if isinstance(outcome, Refused) else self.heard(room, author_of(request.id))

    async def report_take(self, here: Connection, request: schemas.TakeReport) -> Answer:
        return await self._simple(here, c.TakeReport(request.report, request.take))

    async def report_close(self, here: Connection, request: schemas.ReportClose) -> Answer:
        return await self._simple(here, c.CloseReport(request.report, request.outcome))

    async def question(self, here: Connection, request: schemas.Question) -> Answer:
        room, seat = place(here)
        too_fast = here.buckets.take("question", HELP)
        if too_fast is not None:
            return too_fast
        posted = await room.posting.post(seat, c.Ask(new_token()[:16], request.text))
        return posted if isinstance(posted, Refused) else self.heard(room, seat)

    def heard(self, room: LiveRoom, but: str) -> dict[str, Any]:
        """How many hosts hear of it; where none does, whom to turn to instead."""
        count = room.hosts_here(but)
        return {"heard_by": count} if count or not self._contact else {"heard_by": 0, "contact": self._contact}

    async def _simple(self, here: Connection, command: c.Fact) -> Answer:
        room, seat = place(here)
        outcome = await room.submit(seat, command)
        return outcome if isinstance(outcome, Refused) else {}
