"""From what happened to what is sent: the wire events of a commit or a post, each with its audience."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chatserver.backplane.base import Event
from chatserver.domain import events as e
from chatserver.domain.agenda import NOBODY, Floor
from chatserver.domain.events import EVERYBODY, WHO_SEE_THE_LOBBY, Audience, Hears, only
from chatserver.domain.refusals import Code
from chatserver.domain.roles import Action, may
from chatserver.domain.state import RoomState, Seat, Standing
from chatserver.wire import call_views
from chatserver.wire.bodies import encode as encode
from chatserver.wire.bodies import wire
from chatserver.wire.call_events import of_calls, words
from chatserver.wire.codes import CODES
from chatserver.wire.views import (
    closing_fields,
    door_fields,
    floor_fields,
    own_seat,
    poll_record,
    room_fields,
    seat_record,
    segment_record,
    waiting_list,
)

HANDS = (e.HandRaised, e.HandLowered, e.HandMoved)
DENIED_SENTENCE = "A moderator could not let you in right now. This says nothing about you. You are welcome at another meeting."


def numbered(body: bytes, epoch: str, seq: int, at: int) -> bytes:
    """The whole wire event, from its body and what only the backplane knew. `epoch` is of characters that JSON does not escape."""
    return b'{"epoch":"%s","seq":%d,"at":%d,%s' % (epoch.encode(), seq, at, body[1:])


def of_post(event: e.PostEvent, floor: Floor = NOBODY) -> Event:
    """`floor` as it was when this was decided: what is said by whoever has it is said under the number of their turn."""
    audience = e.audience_of_post(event)
    match event:
        case e.Message():
            fields: dict[str, Any] = {"id": event.id, "seat": event.seat, "name": event.name, "text": event.text, "proof": event.proof}
            if event.reply_to is not None:
                fields["reply_to"] = event.reply_to
            if event.warning is not None:
                fields["warning"] = event.warning
            held = floor.turn if floor.seat == event.seat else 0
            if held:
                fields["share"] = held
            return wire(audience, "message", fields, kept=True, message=event.id, held=held)
        case e.FirstMessage():  # not kept: their page asks again, and then it is shown again
            first = {"seat": event.seat, "id": event.id, "name": event.name, "text": event.text, "warning": event.warning}
            return wire(audience, "first_message", first)
        case e.SentBack():
            return wire(audience, "first_answered", {"seat": event.seat, "id": event.id, "let_through": False}, kept=True)
        case e.MilestoneReached():
            milestone = {"id": event.id, "seat": event.seat, "name": event.name, "kind": event.kind, "count": event.count}
            return wire(audience, "milestone", milestone, kept=True, message=event.id)
        case e.Retracted():
            return wire(audience, "retracted", {"id": event.id}, kept=True, retracts=event.id)
        case e.Reacted():
            return wire(audience, "reaction", {"to": event.to, "kind": event.kind, "seat": event.seat}, kept=True)
        case e.QuestionAsked():
            return wire(audience, "question", {"question": event.question, "text": event.text}, kept=True)
        case e.HelpWords():
            return words(event)
        case e.LobbyWords():
            lobby_words = {"seat": event.seat, "id": event.id, "by_host": event.by_host, "text": event.text}
            return wire(audience, "lobby_message", lobby_words, kept=True)
        case e.HostWords():
            said = {"id": event.id, "seat": event.seat, "name": event.name, "text": event.text}
            return wire(audience, "host_message", said, kept=True)
        case e.LinkUsedAgain():
            return wire(audience, "link_used", {}, kept=True)
        case e.Warned():
            return wire(audience, "word", {"about": "warning", "text": event.text}, kept=True)


def of_facts(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> list[Event]:
    """The wire events of one commit, in the order in which a client applies them.

    What concerns one seat alone comes after what all see; an admission comes last, since its answer is the room as it is then."""
    return [
        *_room(before, after, facts),
        *_seats(before, after, facts),
        *_turns(before, after, facts),
        *_poll(before, after),
        *_hosts(before, after, facts),
        *of_calls(before, after, facts),
        *_private(before, after, facts),
    ]


def _room(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> Iterator[Event]:
    changed: dict[str, Any] = {}
    if before.core is not after.core:
        old, new = room_fields(before.core), room_fields(after.core)
        changed = {k: v for k, v in new.items() if old[k] != v}
    if (after.agenda.index >= 0 or changed) and segment_record(before) != segment_record(after):  # also where the last host is gone
        changed["segment"] = segment_record(after)
    if before.agenda.topic != after.agenda.topic:
        changed["topic"] = after.agenda.topic or None
    if changed:
        yield wire(EVERYBODY, "room", changed)
    if any(isinstance(f, e.ClosingSoon) for f in facts):
        yield wire(EVERYBODY, "closing", {"closes_at": after.core.closing_at})


def _seats(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> Iterator[Event]:
    for fact in facts:
        match fact:
            case e.Muted(seat=seat, until=until) if _is_seated(after, seat):
                yield wire(EVERYBODY, "muted", {"seat": seat, "muted": True, "until": until})
            case e.Unmuted(seat=seat) if _is_seated(after, seat):
                yield wire(EVERYBODY, "muted", {"seat": seat, "muted": False, "until": None})
            case e.Removed(messages=messages) | e.Swept(messages=messages):
                for message in messages:
                    yield wire(EVERYBODY, "retracted", {"id": message}, kept=True, retracts=message)
            case _:
                pass
    joined, changed, left = [], [], []
    for seat in dict.fromkeys(s for f in facts for s in _seats_of(f)):
        old, new = before.seats.get(seat), after.seats.get(seat)
        was = old is not None and old.standing is Standing.SEATED
        if new is not None and new.standing is Standing.SEATED:
            record = seat_record(new)
            if not was:
                joined.append(record)
            elif old is not None and seat_record(old) != record:
                changed.append(record)
        elif was:
            left.append(seat)
    if joined or changed or left:
        yield wire(EVERYBODY, "presence", {"joined": joined, "changed": changed, "left": left, "seat_count": len(after.seated())})


def tells_of_turns(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> bool:
    """Whether these facts bring about a `floor` event. It carries whole lists: two workers must not make one each of the same state."""
    held = before.core.held or after.core.held
    if after.agenda.index < 0 and not held and not any(_of_hands(fact, before) for fact in facts):
        return False
    return floor_fields(after) != floor_fields(before)


def _turns(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> Iterator[Event]:
    if tells_of_turns(before, after, facts):
        told = floor_fields(after)
        floor = told.pop("floor") or {"seat": None, "ends_at": None}
        yield wire(EVERYBODY, "floor", floor | told)


def _poll(before: RoomState, after: RoomState) -> Iterator[Event]:
    if before.poll is not after.poll and (told := poll_record(after.poll)) != poll_record(before.poll):
        yield wire(EVERYBODY, "poll", {"poll": told})


def _of_hands(fact: e.Event, before: RoomState) -> bool:
    """Whether it can change who has a hand up, where nobody takes turns."""
    return isinstance(fact, HANDS) or any(seat in before.seats and before.seats[seat].hand is not None for seat in _seats_of(fact))


def _is_seated(state: RoomState, seat: str) -> bool:
    """Who waits in the lobby is nobody's business but the hosts'."""
    return seat in state.seats and state.seats[seat].standing is Standing.SEATED


def tells_of_lobby(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> bool:
    """Whether these facts bring about a `lobby` event, which carries a whole list, as `floor` does."""
    # Most who come and go were never in it.
    return any(_of_lobby(fact, before, after) for fact in facts) and waiting_list(after) != waiting_list(before)


def _hosts(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> Iterator[Event]:
    if tells_of_lobby(before, after, facts):
        yield wire(WHO_SEE_THE_LOBBY, "lobby", {"waiting": waiting_list(after)})


def _of_lobby(fact: e.Event, before: RoomState, after: RoomState) -> bool:
    """Whether the fact can change who waits, or how they are listed."""
    if isinstance(fact, e.TagBlocked):
        return True
    return any(
        state.seats[seat].standing is Standing.WAITING for seat in _seats_of(fact) for state in (before, after) if seat in state.seats
    )


def _private(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> Iterator[Event]:
    if closing_fields(before.core) != closing_fields(after.core):
        for one in after.waiting():
            if one.id in before.seats and not _is_seated(before, one.id):  # who is swept just now is told with it
                yield wire(only(one.id), "lobby", closing_fields(after.core))
    for fact in facts:
        match fact:
            case e.Removed(seat=seat, reason=reason, banned=banned):
                yield wire(only(seat), "removed", {"reason": reason, "banned": banned}, ends=True)
            case e.Returned(seat=seat):
                yield wire(only(seat), "replaced", {}, ends=True)  # to the connection that had the seat, if it is still there
            case e.ShareSign(seat=seat, sign=sign, by_hand=by_hand) if after.floor.seat == seat:  # it may be over by now
                yield wire(only(seat), "sign", {"sign": sign, "ends_at": after.floor.ends_at, "by_hand": by_hand})
            case e.Vouched(seat=seat) if _is_seated(after, seat):
                yield wire(Audience(Hears.HOSTS, seat), "first_answered", {"seat": seat, "let_through": True})
            case e.Swept(seat=seat):
                yield wire(only(seat), "lobby", {"swept": True, "room": door_fields(after, seat)})
            case e.SpokenTo(seat=seat) if seat in after.seats and after.seats[seat].spoken_to:  # not let in by now
                yield wire(only(seat), "lobby", {"spoken_to": True})
            case e.Denied(seat=seat):
                yield wire(only(seat), "lobby", {"denied": True, "message": DENIED_SENTENCE})
            case (
                e.Renamed(seat=seat)
                | e.RoleGiven(seat=seat)
                | e.HatGiven(seat=seat)
                | e.SteppedIn(seat=seat)
                | e.SteppedBack(seat=seat)
                | e.Voted(seat=seat)
            ) if seat in after.seats:
                holder = after.seats[seat]
                fields: dict[str, Any] = {"you": own_seat(holder)}
                inside = holder.standing is Standing.SEATED  # who waits with a hat may not use it yet
                if inside and may(holder, Action.SEE_LOBBY):
                    fields["waiting"] = waiting_list(after)
                if inside and may(holder, Action.HEAR_CALLS):
                    fields |= call_views.for_host(after, holder)
                yield wire(only(seat), "you", fields)
            case _:
                pass
    for fact in facts:
        if isinstance(fact, e.RoleGiven) and fact.word is not None:
            yield wire(only(fact.seat), "word", {"about": fact.role.value, "text": fact.word}, kept=True)
        if isinstance(fact, e.Admitted) and _is_seated(after, fact.seat):
            yield wire(only(fact.seat), "lobby", {}, answers=True)


def _seats_of(fact: e.Event) -> tuple[str, ...]:
    """The seat that a fact is about, where there is one."""
    seat: str | Seat | None = getattr(fact, "seat", None)
    return () if seat is None else (seat,) if isinstance(seat, str) else (seat.id,)


def of_closing(next_at: int | None = None) -> Event:
    """The last event of a room, also to those who wait in its lobby. `next_at`: when its next meeting begins."""
    return wire(Audience(Hears.PRESENT), "closed", {"message": CODES[Code.CLOSED].sentence, "next_at": next_at})
