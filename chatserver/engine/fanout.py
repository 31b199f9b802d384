"""The fan-out's port: one event to many connections of this worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Together(Protocol):
    """Connections that hear the same: those inside one room. A connection is in one of these at most."""

    def add(self, connection: str) -> None:
        """It hears what is delivered from now on. One that has gone is passed over."""

    def discard(self, connection: str) -> None: ...

    def deliver(self, event: bytes, asker: str | None = None) -> None:
        """Sends `event`, a JSON object, to each. Order holds with what is delivered to one of them alone.

        `asker`: the connection that is about to be told that this was taken, which can go out together."""


class Fanout(Protocol):
    def room(self) -> Together: ...

    def deliver(self, connections: Sequence[str], event: bytes) -> None:
        """Sends `event`, a JSON object, to each connection; a connection that has gone is passed over.

        Does not wait. What is delivered first arrives first, acknowledgements that are returned later included."""

    def follow_up(self, connection: str, events: Sequence[bytes]) -> None:
        """Sends these as the connection takes them, be they many. What is delivered after them arrives after them."""

    def disconnect(self, connection: str) -> None:
        """Closes the connection once what was delivered before has gone out."""
