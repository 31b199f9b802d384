"""The worker's one door for requests: an event's name and payload in, its answer out. Whatever goes wrong, there is an answer."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from chatserver.backplane.base import Backplane, BackplaneUnavailable
from chatserver.clock import Clock
from chatserver.domain.refusals import Code, Refused
from chatserver.engine.call_requests import CallRequests
from chatserver.engine.committer import CALL_MS, UNAVAILABLE
from chatserver.engine.connections import Connection, Connections, Network, NotJoined
from chatserver.engine.door import Door
from chatserver.engine.fanout import Fanout
from chatserver.engine.openings import Openings, RoomDefaults
from chatserver.engine.rates import Rates
from chatserver.engine.rooms import Rooms
from chatserver.engine.seat_requests import SeatRequests
from chatserver.engine.tokens import new_token
from chatserver.store.base import Store
from chatserver.wire import schemas

Handler = Callable[[Connection, Any], Awaitable[dict[str, Any] | Refused]]

_log = logging.getLogger(__name__)

# From a seat these have rates of their own; all else shares one by connection.
_RATED_BY_SEAT = frozenset({"send", "milestone", "help", "help_say", "host_say", "lobby_say", "report"})


class Service:
    def __init__(
        self,
        store: Store,
        backplane: Backplane,
        fanout: Fanout,
        clock: Clock,
        defaults: RoomDefaults,
        rates: Rates,
        contact: str,
        *,
        call_ms: int = CALL_MS,
    ) -> None:
        """`contact` is the operator's, for when nobody else can hear a call. What takes longer than `call_ms` is refused."""
        self.connections = Connections(clock)
        worker = new_token()[:16]
        openings = Openings(store, backplane, clock, defaults)
        self.opener = openings.opener
        self.rooms = Rooms(backplane, openings, fanout, clock, self.connections.detached, call_ms, worker)
        self.rates = rates
        door = Door(store, openings, self.rooms, self.connections, fanout, clock, rates, contact, call_ms, worker)
        seat = SeatRequests(self.rooms, clock, rates)
        calls = CallRequests(contact)
        self._handlers: dict[str, Handler] = {
            "door": door.look,
            "join": door.join,
            "open": door.open,
            "leave": seat.leave,
            "send": seat.send,
            "milestone": seat.milestone,
            "react": seat.react,
            "retract": seat.retract,
            "report": calls.report,
            "report_take": calls.report_take,
            "report_close": calls.report_close,
            "question": calls.question,
            "help": calls.help,
            "help_say": calls.help_say,
            "help_take": calls.help_take,
            "help_close": calls.help_close,
            "host_say": calls.host_say,
            "lobby_say": calls.lobby_say,
            "mute": seat.mute,
            "unmute": seat.unmute,
            "remove": seat.remove,
            "rename": seat.rename,
            "warn": seat.warn,
            "to_listener": seat.to_listener,
            "to_member": seat.to_member,
            "appoint": seat.appoint,
            "appoint_hat": seat.appoint_hat,
            "step_in": seat.step_in,
            "lock": seat.lock,
            "freeze": seat.freeze,
            "lobby": seat.lobby,
            "first_messages": seat.first_messages,
            "first_answer": seat.first_answer,
            "sweep": seat.sweep,
            "admit": seat.admit,
            "deny": seat.deny,
            "slow": seat.slow,
            "hand": seat.hand,
            "done": seat.done,
            "pass": seat.pass_,
            "replies": seat.replies,
            "floor": seat.floor,
            "sign": seat.sign,
            "queue": seat.queue,
            "agenda": seat.agenda,
            "script": seat.script,
            "topic": seat.topic,
            "prompts": seat.prompts,
            "poll": seat.poll,
            "vote": seat.vote,
            "poll_close": seat.poll_close,
            "poll_clear": seat.poll_clear,
            "extend": seat.extend,
            "close": seat.close,
        }

    def connected(self, connection: str, network: Network) -> None:
        self.connections.connected(connection, network)

    def disconnected(self, connection: str) -> None:
        self.connections.disconnected(connection)

    async def ask(self, connection: str, event: str, arguments: tuple[Any, ...]) -> dict[str, Any] | Refused:
        """The answer to a client event: what the acknowledgement carries besides `ok`, or the refusal."""
        here = self.connections.get(connection)
        if here is None:
            return UNAVAILABLE
        if here.attached is None or event not in _RATED_BY_SEAT:
            too_fast = here.buckets.take("commands", self.rates.commands)
            if too_fast is not None:
                return too_fast
        payload = schemas.read(event, arguments)
        if isinstance(payload, Refused):
            return payload
        try:
            return await self._handlers[event](here, payload)
        except NotJoined:
            return Refused(Code.NOT_JOINED)
        except BackplaneUnavailable:
            return UNAVAILABLE
        except Exception:
            # The formatter writes the kind of the fault and where it happened; what was said is in neither.
            _log.exception("request failed")
            return UNAVAILABLE
