"""At the door: looking in, coming in, coming back, opening a scheduled room."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson

from chatserver.backplane.base import BackplaneUnavailable
from chatserver.clock import Clock
from chatserver.domain import commands as c
from chatserver.domain.doors import Last, at_the_door
from chatserver.domain.guidelines import DEFAULT_GUIDELINES
from chatserver.domain.lobby import network_tag
from chatserver.domain.names import skeleton
from chatserver.domain.raids import newcomers
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Hat, Role
from chatserver.domain.room import decide
from chatserver.domain.state import RoomState, Standing
from chatserver.domain.stewardship import holds
from chatserver.domain.work import EXPIRES_MS, PUZZLES, Work, difficulty, is_solved
from chatserver.engine.answers import join_answer
from chatserver.engine.committer import UNAVAILABLE
from chatserver.engine.connections import Connection, Connections
from chatserver.engine.fanout import Fanout
from chatserver.engine.live_room import LiveRoom
from chatserver.engine.offered_names import offers
from chatserver.engine.openings import Openings
from chatserver.engine.presence import heard_by, on_own_line
from chatserver.engine.rates import Rates
from chatserver.engine.rooms import Rooms
from chatserver.engine.taking import Taken
from chatserver.engine.tokens import hash_token, new_seat, new_token
from chatserver.formats import resolve
from chatserver.store.base import Key, Meeting, Opening, Store, StoreUnavailable
from chatserver.wire import schemas
from chatserver.wire.events import encode, numbered
from chatserver.wire.views import closing_fields

MISSED_BYTES = 65_536  # in the join answer; more follows as events
MISSED_EVENTS = 6_000  # the last of them; before that is a gap: more would not fit into the queue of a connection
OFFERED = 8
_HATS = frozenset(hat.value for hat in Hat)

Answer = dict[str, Any] | Refused


class Door:
    def __init__(
        self,
        store: Store,
        openings: Openings,
        rooms: Rooms,
        connections: Connections,
        fanout: Fanout,
        clock: Clock,
        rates: Rates,
        contact: str,
        call_ms: int,
        worker: str,
    ) -> None:
        self._store = store
        self._openings = openings
        self._rooms = rooms
        self._connections = connections
        self._fanout = fanout
        self._clock = clock
        self._rates = rates
        self._contact = contact
        self._call_ms = call_ms
        self._worker = worker

    async def look(self, here: Connection, request: schemas.Door) -> Answer:
        """What one sees before going in; `names` that nobody there has."""
        try:
            meeting, key = await self._meeting(request.room, request.key)
            room = await self._rooms.serve(meeting.slug)
            opening = await self._store.opening(meeting.slug)
            own = await self._store.format(meeting.group.slug, meeting.format)
        except _No as no:
            return no.refused
        except StoreUnavailable:
            return UNAVAILABLE
        if room == UNAVAILABLE:
            return UNAVAILABLE
        if meeting.group.visibility == "invite" and key is None:
            return Refused(Code.INVITE_NEEDED)  # whoever was not invited learns nothing of the group
        state = None if isinstance(room, Refused) else room.state
        core = state.core if state else None
        group, format_, now = meeting.group, resolve(meeting.format, own), self._clock.now()
        return {
            "slug": meeting.slug,
            "title": meeting.title,
            "group": group.slug,
            "group_name": group.name,
            "format": meeting.format,
            "format_title": state.agenda.title if state else format_.title,
            "note": state.agenda.note if state else format_.note,
            "led_by": group.led_by,
            "kind": group.kind,
            "guidelines": list(group.guidelines or DEFAULT_GUIDELINES),
            "language": meeting.language,
            "timezone": meeting.timezone,
            "calendar": meeting.start is not None and group.visibility != "invite",
            **(_of_open(state, now) if state else self._of_shut(meeting, opening, now)),
            "locked": bool(core and core.locked),
            "frozen": bool(core and core.frozen),
            "full": bool(state and len(state.seats) >= state.core.capacity),
            "lobby": bool(core and core.newcomers_wait),
            "names": [name for name in offers(OFFERED) if not state or skeleton(name) not in state.names],
            "key_role": key.role if key else None,
            "contact": self._contact,
            "now": now,
        }

    def _of_shut(self, meeting: Meeting, opening: Opening | None, now: int) -> dict[str, Any]:
        last = None
        if opening is not None and opening.closed_at is not None:
            last = Last(opening.occurrence, opening.opened_at, opening.closed_at)
        shut = at_the_door(meeting.schedule, now, self._openings.timetable.doors_minutes(meeting), last)
        opens_at, starts_at = (shut.next.opens_at, shut.next.starts_at) if shut.next else (None, None)
        told = {"state": shut.state, "closes_at": None, "held": False}
        if shut.state == "closed":
            return {**told, "opens_at": None, "starts_at": None, "next_at": starts_at}
        return {**told, "opens_at": opens_at, "starts_at": starts_at, "next_at": None}

    async def open(self, here: Connection, request: schemas.Open) -> Answer:
        """A facilitator opens the room now."""
        try:
            meeting, key = await self._meeting(request.room, request.key)
            if key is None or key.role != Role.FACILITATOR.value:
                return Refused(Code.KEY_NEEDED)
            async with asyncio.timeout(self._call_ms / 1_000):
                return {"epoch": await self._openings.open_now(meeting)}
        except _No as no:
            return no.refused
        except (StoreUnavailable, BackplaneUnavailable, TimeoutError):
            return UNAVAILABLE

    async def join(self, here: Connection, request: schemas.Join) -> Answer:
        if here.room is not None:
            return Refused(Code.ALREADY_JOINED)
        try:
            room, key = await self._room(request.room, request.key)
            if isinstance(room, Refused):
                return room
            tag = _tag(room, here)
            too_fast = room.buckets.take(("join", tag), self._rates.joins)
            if too_fast is not None:
                return too_fast
            if request.seat_token is not None:
                return await self._come_back(here, room, request, request.seat_token)
            return await self._come_in(here, room, request, tag, key)
        except _No as no:
            return no.refused
        except (StoreUnavailable, BackplaneUnavailable):
            return UNAVAILABLE

    async def _room(self, name: str, key: str | None) -> tuple[LiveRoom | Refused, Key | None]:
        """The room that a slug or an invite names, and the key that was shown. Raises `_No`."""
        if key is None:
            room = await self._rooms.serve(name)  # a slug, mostly; then nothing more has to be asked of the store
            if not isinstance(room, Refused) or room.code is not Code.UNKNOWN_ROOM:
                return room, None
        meeting, shown = await self._meeting(name, key)
        return await self._rooms.serve(meeting.slug), shown

    async def _meeting(self, name: str, key: str | None) -> tuple[Meeting, Key | None]:
        """The meeting that a slug or an invite names, and the key that was shown (an invite is one). Raises `_No`."""
        meeting = await self._store.meeting(name)
        if meeting is None:
            invite = await self._store.key(hash_token(name))
            if invite is None or invite.meeting is None:
                raise _No(Code.UNKNOWN_ROOM)
            meeting = await self._store.meeting(invite.meeting)
            if meeting is None:
                raise _No(Code.UNKNOWN_ROOM)
            key = key or name
        if key is None:
            return meeting, None
        known = await self._store.key(hash_token(key))
        if known is None or known.group != meeting.group.slug or known.meeting not in (None, meeting.slug):
            raise _No(Code.BAD_KEY)
        return meeting, known

    async def _come_in(self, here: Connection, room: LiveRoom, request: schemas.Join, tag: int | None, key: Key | None) -> Answer:
        needed = self._work_needed(here, room, request) if key is None else None
        if needed is not None:
            return needed
        seat, token = new_seat()
        command = c.Join(
            seat=seat,
            token=hash_token(token),
            name=request.name,
            offers=() if request.name is not None else offers(OFFERED),
            role=Role(request.role) if request.role else None,
            granted=None if key is None else Role.MEMBER if key.role in _HATS else Role(key.role),
            tag=tag,
            knock=request.knock,
            worker=self._worker,
            link=key.hash if key is not None and key.role in _HATS else None,
            hat=Hat(key.role) if key is not None and key.role in _HATS else None,
        )
        if key is not None and key.uses_left is not None and here.paid != key.hash:
            if key.uses_left == 0:
                return Refused(Code.KEY_USED)
            # Refusals are looked for first: nobody shall spend a single-use link on a name that was taken.
            refused = decide(room.state, None, command, self._clock.now())
            if isinstance(refused, Refused):
                return refused
            if not await self._store.use_key(key.hash):
                return Refused(Code.KEY_USED)
            here.paid = key.hash
        taken = await room.seating.take(command, 0)
        if not isinstance(taken, Refused):
            here.paid, here.worked = None, False
        elif taken.code is Code.LINK_IN_USE and command.link is not None:
            await self._tell_holder(room, command.link)
        return self._seated(here, room, taken, token)

    async def _tell_holder(self, room: LiveRoom, link: bytes) -> None:
        """That their link was used a second time: they may have lost it."""
        holder = room.state.core.links.get(link)
        if holder is not None:
            await room.posting.post(holder, c.LinkTried(link))

    def _work_needed(self, here: Connection, room: LiveRoom, request: schemas.Join) -> Refused | None:
        """While a wave lasts. What was asked of this connection, no other can do; and it is done once, for one seat."""
        core, now, given = room.state.core, self._clock.now(), request.work
        if core.wave_at is None or here.worked:
            return None
        asked, here.work = here.work, None
        if asked is not None and given is not None and is_solved(asked, given.salt, given.numbers, now):
            here.worked = True
            return None
        bits = difficulty(len(newcomers(room.state, now)), core.wave_joins)
        here.work = Work(new_token()[:22], bits, PUZZLES, now + EXPIRES_MS)
        return Refused(Code.WORK_NEEDED, work=here.work)

    async def _come_back(self, here: Connection, room: LiveRoom, request: schemas.Join, token: str) -> Answer:
        taken = await room.seating.take(c.Return(hash_token(token), self._worker), request.seq or 0)
        known = request.epoch is not None and request.seq is not None and room.replica.goes_on_from(request.epoch, request.seq)
        return self._seated(here, room, taken, token, known)

    def _seated(self, here: Connection, room: LiveRoom, taken: Taken | Refused, token: str, known: bool = True) -> Answer:
        """Gives the seat to the connection and makes its answer, in one step of the loop. `known`: whether it is known what it has had."""
        if isinstance(taken, Refused):
            return taken
        seat = taken.seat
        answer = join_answer(room.replica, seat, token, self._clock.now())
        if taken.overtaken:
            replaced = numbered(encode({"type": "replaced"}), room.replica.line, room.replica.seq, self._clock.now())
            asyncio.get_running_loop().call_soon(self._replaced, here, replaced)  # right behind the answer
            return {**answer, "missed": []}
        attached = self._connections.attach(here, room, seat, token)
        if seat.standing is Standing.WAITING:
            said = [orjson.Fragment(numbered(k.event.body, room.replica.line, k.seq, k.at)) for k in taken.missed if on_own_line(seat, k)]
            return {**answer, "missed": said} if said else answer
        if not known:
            return {**answer, "gap": True}
        frames = [numbered(k.event.body, room.replica.line, k.seq, k.at) for k in taken.missed if heard_by(seat, k)]
        if len(frames) > MISSED_EVENTS or not taken.complete:
            answer["gap"] = True  # and what there still is: the running share, the last minute
        frames = frames[-MISSED_EVENTS:]
        fits = _fitting(frames)
        if fits < len(frames):
            room.presence.hold(attached, frames[fits:])
            asyncio.get_running_loop().call_soon(room.presence.release, attached)  # right behind the answer
        return {**answer, "missed": [orjson.Fragment(frame) for frame in frames[:fits]]}

    def _replaced(self, here: Connection, event: bytes) -> None:
        self._fanout.deliver((here.id,), event)
        self._fanout.disconnect(here.id)


def _of_open(state: RoomState, now: int) -> dict[str, Any]:
    told = {"state": "open", "opens_at": None, "starts_at": state.core.starts_at, "next_at": None}
    return {**told, **closing_fields(state.core), "held": holds(state, now)}


class _No(Exception):
    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.refused = Refused(code)


def _tag(room: LiveRoom, here: Connection) -> int | None:
    prefix = here.network()
    return None if prefix is None else network_tag(room.state.core.tag_key, prefix)


def _fitting(frames: list[bytes]) -> int:
    size = 0
    for n, frame in enumerate(frames):
        size += len(frame)
        if size > MISSED_BYTES:
            return n
    return len(frames)
