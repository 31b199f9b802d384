"""The fan-out's port: one event to many connections of this worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Fanout(Protocol):
    def deliver(self, connections: Sequence[str], event: bytes) -> None:
        """Sends `event`, a JSON object, to each connection; a connection that has gone is passed over.

        Does not wait. What is delivered first arrives first, acknowledgements that are returned later included."""

    def disconnect(self, connection: str) -> None:
        """Closes the connection once what was delivered before has gone out."""
