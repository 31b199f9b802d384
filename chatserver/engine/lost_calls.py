"""Calls for help that are lost with the backplane: nobody shall wait on a line that is not there."""

from __future__ import annotations

from collections.abc import Callable

from chatserver.domain.call import Call
from chatserver.domain.calls import call_of
from chatserver.domain.commands import Help
from chatserver.domain.state import CALL, RoomState
from chatserver.engine.presence import Presence
from chatserver.engine.replica import Replica


class LostCalls:
    """To be made before a replica adopts another room. Where whoever called is connected here, this worker is the one that calls again."""

    def __init__(self, replica: Replica, presence: Presence) -> None:
        calls = (call for call in replica.state.calls.values() if presence.of_seat(call.seat) is not None)
        self._own: list[tuple[Call, int]] = [(call, replica.versions.get(CALL + call.id, 0)) for call in calls]

    def again(self, state: RoomState, has_all_upto: int, submit: Callable[[str, Help], None]) -> None:
        """Under the same id. Its words are said again as all that is lost is."""
        for call, seq in self._own:
            if seq > has_all_upto and call.seat in state.seats and call_of(state, call.seat) is None:
                submit(call.seat, Help(call.id, None))
