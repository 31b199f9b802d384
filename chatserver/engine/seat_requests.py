"""What somebody asks from their seat. Each request becomes a command; the rules and permissions are the domain's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chatserver.clock import Clock
from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.floor import queue, typed
from chatserver.domain.poll import PollKind
from chatserver.domain.posts import author_of
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, Hat, Role, may
from chatserver.domain.walls import is_wall
from chatserver.engine.committer import UNAVAILABLE, Done
from chatserver.engine.connections import Connection, place
from chatserver.engine.live_room import LiveRoom
from chatserver.engine.rates import Rates
from chatserver.engine.rooms import Rooms
from chatserver.formats import prompts
from chatserver.store.base import StoreUnavailable
from chatserver.wire import schemas

SHOWN_AGAIN_MS = 20_000
Answer = dict[str, Any] | Refused


class SeatRequests:
    def __init__(self, rooms: Rooms, clock: Clock, rates: Rates) -> None:
        self._rooms = rooms
        self._clock = clock
        self._rates = rates

    async def leave(self, here: Connection, request: schemas.Nothing) -> Answer:
        return await self._simple(here, c.Leave())

    # --- posts

    async def send(self, here: Connection, request: schemas.Send) -> Answer:
        return await self._said(
            here, request.id, request.text, lambda at: c.Send(request.id, request.text, request.reply_to, request.warning, at)
        )

    async def milestone(self, here: Connection, request: schemas.Milestone) -> Answer:
        return await self._said(here, request.id, "", lambda at: c.Milestone(request.id, request.kind, request.count, at))

    async def _said(self, here: Connection, id: str, text: str, command: Callable[[int | None], c.Send | c.Milestone]) -> Answer:
        """`command` makes it, from when this seat last said something."""
        room, seat = place(here)
        message = f"{seat}.{id}"
        first = room.posting.said_before(seat, message)
        if first is not None:
            too_fast = here.buckets.take("commands", self._rates.commands)
            if too_fast is not None:
                return too_fast
            return {"seq": first}  # sent again after a lost answer: what was taken once is not refused now
        too_fast = self._too_fast(room, seat)
        if too_fast is not None:
            return too_fast
        meant = typed(room.state, seat, text)
        if meant is not None:
            outcome = await self._fact(here, meant)
            return outcome if isinstance(outcome, Refused) else {"seq": outcome.seq}
        holder = room.seat(seat)
        if holder is not None and not self._rates.repeats:
            in_wave = room.state.core.wave_at is not None
            fills = Refused(Code.WALL) if is_wall(text) else room.repeats.take(holder, message, text, in_wave)
            if fills is not None:
                return fills
        asked = command(room.replica.last_post.get(seat))
        posted = await room.posting.post(seat, asked, message)
        if isinstance(posted, Refused):
            room.repeats.give_back(message, text)
            if posted.code is Code.FIRST_MESSAGE and isinstance(asked, c.Send):
                # Shown again every now and then as long as it waits: to a host who comes, or has loaded the page again.
                await room.posting.post(seat, c.ShowFirst(asked), f"{message}/{self._clock.now() // SHOWN_AGAIN_MS}")
            return posted
        return {"seq": posted[1]}

    def _too_fast(self, room: LiveRoom, seat: str) -> Refused | None:
        buckets = room.buckets
        holder = room.seat(seat)
        if holder is not None and may(holder, Action.UNHURRIED):
            return buckets.take(("seat", seat), self._rates.messages)
        return buckets.take(("seat", seat), self._rates.messages) or buckets.take("room", self._rates.room)

    async def react(self, here: Connection, request: schemas.React) -> Answer:
        return await self._post(here, c.React(request.to, request.kind))

    async def retract(self, here: Connection, request: schemas.Retract) -> Answer:
        room, seat = place(here)
        answer = await self._post(here, c.Retract(request.id))
        if not isinstance(answer, Refused) and author_of(request.id) == seat:
            room.repeats.taken_back(request.id)
        return answer

    async def _post(self, here: Connection, command: c.Post) -> Answer:
        room, seat = place(here)
        posted = await room.posting.post(seat, command)
        return posted if isinstance(posted, Refused) else {}

    # --- moderation

    async def mute(self, here: Connection, request: schemas.Mute) -> Answer:
        outcome = await self._fact(here, c.Mute(request.seat, request.seconds))
        if isinstance(outcome, Refused):
            return outcome
        return {"until": next(event.until for event in outcome.events if isinstance(event, e.Muted))}

    async def unmute(self, here: Connection, request: schemas.Unmute) -> Answer:
        return await self._simple(here, c.Unmute(request.seat))

    async def remove(self, here: Connection, request: schemas.Remove) -> Answer:
        room, seat = place(here)
        messages = room.messages_of(request.seat) if request.retract else ()
        outcome = await self._fact(here, c.Remove(request.seat, request.ban, request.reason, messages))
        if isinstance(outcome, Refused):
            return outcome
        # What was said between the look and the removal. From the removal on nothing more can come of that seat.
        late = room.messages_of(request.seat) if request.retract else ()
        for message in late:
            await room.posting.post(seat, c.Retract(message))
        return {"retracted": len(messages) + len(late)}

    async def rename(self, here: Connection, request: schemas.Rename) -> Answer:
        return await self._simple(here, c.Rename(request.seat, request.name))

    async def warn(self, here: Connection, request: schemas.Warn) -> Answer:
        return await self._post(here, c.Warn(request.seat, request.text))

    async def to_listener(self, here: Connection, request: schemas.ToListener) -> Answer:
        return await self._simple(here, c.ToListener(request.seat, request.word))

    async def to_member(self, here: Connection, request: schemas.ToMember) -> Answer:
        return await self._simple(here, c.ToMember(request.seat))

    async def appoint(self, here: Connection, request: schemas.Appoint) -> Answer:
        return await self._simple(here, c.Appoint(request.seat, Role(request.role)))

    async def appoint_hat(self, here: Connection, request: schemas.AppointHat) -> Answer:
        return await self._simple(here, c.AppointHat(request.seat, Hat(request.hat), request.on))

    async def step_in(self, here: Connection, request: schemas.Nothing) -> Answer:
        return await self._simple(here, c.StepIn())

    async def lock(self, here: Connection, request: schemas.Switch) -> Answer:
        return await self._simple(here, c.Lock(request.on))

    async def freeze(self, here: Connection, request: schemas.Switch) -> Answer:
        return await self._simple(here, c.Freeze(request.on))

    async def lobby(self, here: Connection, request: schemas.Switch) -> Answer:
        return await self._simple(here, c.Lobby(request.on))

    async def first_messages(self, here: Connection, request: schemas.Switch) -> Answer:
        return await self._simple(here, c.FirstMessages(request.on, tuple(place(here)[0].replica.last_post)))

    async def first_answer(self, here: Connection, request: schemas.FirstAnswer) -> Answer:
        if request.let_through:
            return await self._simple(here, c.LetThrough(request.seat))
        return await self._post(here, c.SendBack(request.seat, request.id))

    async def sweep(self, here: Connection, request: schemas.Sweep) -> Answer:
        room, seat = place(here)
        messages: dict[str, tuple[str, ...]] = {}
        if request.retract:
            messages = {each.id: said for each in room.state.seated() if (said := room.messages_of(each.id))}
        outcome = await self._fact(here, c.Sweep(request.minutes, tuple(messages.items()), tuple(request.seats or ())))
        if isinstance(outcome, Refused):
            return outcome
        gone = [x.seat for x in outcome.events if isinstance(x, e.Swept)]
        retracted = sum(len(messages.get(each, ())) for each in gone)
        # What was said between the look and the sweep. From the sweep on nothing more can come of those seats.
        for each in gone if request.retract else ():
            for message in set(room.messages_of(each)) - set(messages.get(each, ())):
                await room.posting.post(seat, c.Retract(message))
                retracted += 1
        return {"seats": gone, "retracted": retracted, "lobby": any(isinstance(x, e.LobbySet) for x in outcome.events)}

    async def admit(self, here: Connection, request: schemas.LobbyAnswer) -> Answer:
        outcome = await self._fact(here, c.Admit(request.seat, tuple(request.seats or ())))
        if isinstance(outcome, Refused):
            return outcome
        came = [x.seat for x in outcome.events if isinstance(x, e.Admitted)]
        return {"count": len(came), "seats": came}

    async def deny(self, here: Connection, request: schemas.LobbyAnswer) -> Answer:
        outcome = await self._fact(here, c.Deny(request.seat, tuple(request.seats or ())))
        return outcome if isinstance(outcome, Refused) else {"count": sum(isinstance(x, e.Denied) for x in outcome.events)}

    async def slow(self, here: Connection, request: schemas.Slow) -> Answer:
        return await self._simple(here, c.Slow(request.seconds))

    # --- taking turns

    async def hand(self, here: Connection, request: schemas.Hand) -> Answer:
        outcome = await self._simple(here, c.Hand(request.up, request.kind))
        if isinstance(outcome, Refused) or not request.up:
            return outcome
        room, seat = place(here)
        order = [waiting.id for waiting in queue(room.state)]
        return {"position": order.index(seat) + 1 if seat in order else 0}

    async def done(self, here: Connection, request: schemas.Nothing) -> Answer:
        return await self._simple(here, c.Done())

    async def pass_(self, here: Connection, request: schemas.Nothing) -> Answer:
        return await self._simple(here, c.Pass())

    async def replies(self, here: Connection, request: schemas.Replies) -> Answer:
        return await self._simple(here, c.Welcome(request.welcome))

    async def floor(self, here: Connection, request: schemas.Floor) -> Answer:
        if request.extend_seconds:
            return await self._simple(here, c.ExtendShare(request.extend_seconds))
        return await self._simple(here, c.GiveFloor(request.seat))

    async def sign(self, here: Connection, request: schemas.Sign) -> Answer:
        return await self._simple(here, c.GiveSign(request.sign))

    async def queue(self, here: Connection, request: schemas.Queue) -> Answer:
        return await self._simple(here, c.MoveHand(request.seat, request.to))

    async def agenda(self, here: Connection, request: schemas.Agenda) -> Answer:
        if request.go is None:
            return await self._simple(here, c.ExtendSegment(request.extend_seconds))
        return await self._simple(here, c.Go(request.go, request.extend_seconds))

    async def script(self, here: Connection, request: schemas.Script) -> Answer:
        """What is read out in a segment, for who leads, or reads."""
        if not _may(here, Action.READ):
            return Refused(Code.NOT_ALLOWED)
        segments = place(here)[0].state.agenda.segments
        return {"script": segments[request.index].script} if request.index < len(segments) else Refused(Code.NO_SUCH_SEGMENT)

    # --- asking everybody

    async def topic(self, here: Connection, request: schemas.Topic) -> Answer:
        return await self._simple(here, c.SetTopic(request.text))

    async def prompts(self, here: Connection, request: schemas.Nothing) -> Answer:
        """Topics to choose from, for who leads."""
        if not _may(here, Action.LEAD):
            return Refused(Code.NOT_ALLOWED)
        return {"prompts": [{"subject": each.subject, "title": each.title, "text": each.text} for each in prompts()]}

    async def poll(self, here: Connection, request: schemas.OpenPoll) -> Answer:
        command = c.OpenPoll(PollKind(request.kind), request.question, tuple(request.options), request.seconds)
        outcome = await self._fact(here, command)
        if isinstance(outcome, Refused):
            return outcome
        return {"poll": next(event.poll.number for event in outcome.events if isinstance(event, e.PollOpened))}

    async def vote(self, here: Connection, request: schemas.Vote) -> Answer:
        return await self._simple(here, c.Vote(request.poll, request.choice))

    async def poll_close(self, here: Connection, request: schemas.OfPoll) -> Answer:
        return await self._simple(here, c.ClosePoll(request.poll))

    async def poll_clear(self, here: Connection, request: schemas.OfPoll) -> Answer:
        return await self._simple(here, c.ClearPoll(request.poll))

    async def extend(self, here: Connection, request: schemas.Extend) -> Answer:
        room, _ = place(here)
        try:
            latest = await self._rooms.latest_end(room.slug)
        except StoreUnavailable:
            return UNAVAILABLE
        outcome = await self._fact(here, c.Extend(request.minutes, latest))
        return outcome if isinstance(outcome, Refused) else {"closes_at": room.state.core.closing_at}

    async def close(self, here: Connection, request: schemas.Nothing) -> Answer:
        return await self._simple(here, c.Close())

    async def _fact(self, here: Connection, command: c.Fact) -> Done | Refused:
        room, seat = place(here)
        return await room.submit(seat, command)

    async def _simple(self, here: Connection, command: c.Fact) -> Answer:
        outcome = await self._fact(here, command)
        return outcome if isinstance(outcome, Refused) else {}


def _may(here: Connection, action: Action) -> bool:
    room, seat = place(here)
    holder = room.seat(seat)
    return holder is not None and may(holder, action)
