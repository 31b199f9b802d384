"""All declarations of what is held (`holding.py`), gathered from where each thing is held."""

from __future__ import annotations

from itertools import chain

from chatserver import logs
from chatserver.backplane import memory, window
from chatserver.backplane.redis import scripts
from chatserver.domain import agenda, poll, state
from chatserver.engine import (
    committer,
    connections,
    live_room,
    openings,
    own_posts,
    pending,
    presence,
    rates,
    repeats,
    replica,
    rooms,
    seating,
    timetable,
)
from chatserver.holding import Holding
from chatserver.store import tables
from chatserver.supervisor import supervisor
from chatserver.transport import arrivals, browser, connection, fanout, heartbeat, metrics, socketio_server, web_server
from chatserver.transport.api import doorkeeper
from chatserver.wire import views

# In the order in which the page tells of them.
_ALWAYS = (
    *(state.HOLDS, agenda.HOLDS, poll.HOLDS, window.HOLDS),
    *(replica.HOLDS, own_posts.HOLDS, presence.HOLDS, connections.HOLDS, rates.HOLDS, seating.HOLDS),
    *(live_room.HOLDS, repeats.HOLDS, committer.HOLDS),
    *(pending.HOLDS, rooms.HOLDS, openings.HOLDS, timetable.HOLDS, views.HOLDS),
    *(connection.HOLDS, fanout.HOLDS, heartbeat.HOLDS, arrivals.HOLDS, socketio_server.HOLDS, doorkeeper.HOLDS, web_server.HOLDS),
    *(tables.HOLDS, logs.HOLDS, metrics.HOLDS, browser.HOLDS),
)
_ALONE = (memory.HOLDS,)
_WITH_REDIS = (scripts.HOLDS, supervisor.HOLDS)


def held(*, redis: bool) -> tuple[Holding, ...]:
    """All that is held where rooms are on a Redis, or where they are not."""
    return tuple(chain(*_ALWAYS, *(_WITH_REDIS if redis else _ALONE)))
