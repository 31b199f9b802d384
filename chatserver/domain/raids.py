"""Many at once: a join wave turns the lobby on for newcomers by itself, and a sweep sends there who came in the last minutes.

Neither touches who was there before. A sweep of some by name undoes an admission. What is counted is in the seats themselves, so
that it holds over workers and nothing more is kept.
The rules are in docs/decisions/0022-a-wave-costs-newcomers-a-moment.md.
"""

from __future__ import annotations

from chatserver.domain.commands import Sweep
from chatserver.domain.events import Admitted, FactEvent, LobbySet, Swept, WaveEnded
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Role
from chatserver.domain.state import RoomState, Seat
from chatserver.domain.stewardship import dropped_until, holds

MINUTE_MS = 60_000
MOST_SWEPT_MINUTES = 30
# Until so long after a meeting begins, people come all at once because it begins, and it takes twice as many to be a wave.
GATHERING_MS = 5 * MINUTE_MS
QUIET_PART = 3  # a wave is over where not even this part of what began it came in the same time
_SWEPT = frozenset({Role.MEMBER, Role.LISTENER})


def newcomers(state: RoomState, now: int) -> list[int]:
    """When those came who came lately and uninvited: the oldest first."""
    core = state.core
    since = max(now - core.wave_ms, core.wave_from)
    return sorted(seat.since for seat in state.seats.values() if seat.new and seat.since > since)


def _many(state: RoomState, now: int) -> int:
    """How many newcomers are what a meeting has anyway."""
    core = state.core
    begins_at = core.opened_at if core.starts_at is None else core.starts_at
    return core.wave_joins * 2 if now < begins_at + GATHERING_MS else core.wave_joins


def begins_wave(state: RoomState, now: int) -> bool:
    """Whether one more who comes uninvited makes a wave of it."""
    core, many = state.core, _many(state, now)
    if core.wave_at is not None or not many or len(state.seats) < many:
        return False
    return len(newcomers(state, now)) >= many


def wave_ends_at(state: RoomState) -> int | None:
    """When the wave is over by itself, as things are. A few who trickle in do not make it last."""
    core = state.core
    if core.wave_at is None:
        return None
    few = max(1, _many(state, core.wave_at) // QUIET_PART)
    came = newcomers(state, core.wave_at)
    ends_at = max(core.wave_at, came[-few] if len(came) >= few else 0) + core.wave_ms
    return ends_at if state.hosts() else max(ends_at, dropped_until(state))


def wave_due(state: RoomState, now: int) -> tuple[FactEvent, ...]:
    """The end of a wave. Those who wait are the hosts' to let in; where nobody is who could, they come in as they would have."""
    ends_at = wave_ends_at(state)
    if ends_at is None or now < ends_at:
        return ()
    alone = not state.hosts() and not holds(state, now)
    return (WaveEnded(now), *(Admitted(s.id, now) for s in state.waiting() if alone and s.held and not s.marked))


def _came_at(seat: Seat) -> int:
    return max(seat.since, seat.admitted_at)


def sweep(state: RoomState, actor: Seat, command: Sweep, now: int) -> tuple[FactEvent, ...] | Refused:
    by_name = command.minutes is None
    if by_name is not bool(command.seats):
        return Refused(Code.BAD_PAYLOAD)
    without_lead = [seat for seat in state.seated() if seat.role in _SWEPT]
    if command.minutes is None:
        chosen = set(command.seats)
        gone = [seat for seat in without_lead if seat.id in chosen]
    elif 1 <= command.minutes <= MOST_SWEPT_MINUTES:
        since = now - command.minutes * MINUTE_MS
        gone = [seat for seat in without_lead if _came_at(seat) >= since]
    else:
        return Refused(Code.BAD_PAYLOAD)
    # Of many, or they would walk in again; for the few who are named newcomers need not wait.
    lobby = (LobbySet(True),) if gone and not by_name and not state.core.lobby else ()
    messages = dict(command.messages)
    return (*lobby, *(Swept(seat.id, messages.get(seat.id, ()), by_name) for seat in gone))
