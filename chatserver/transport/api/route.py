"""What a route is: one operation of the API, as the server and the OpenAPI document need it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from chatserver.domain.faults import Fault
from chatserver.engine.opener import Opener
from chatserver.facilitating.faulty import none_of
from chatserver.store.base import Store
from chatserver.transport.api.codes import Code
from chatserver.transport.api.shapes import Shape, Told


class Scope(Enum):
    """What a key must be for. A key of one meeting reads its group, and edits that meeting."""

    READING = "reading"
    MEETING = "meeting"
    GROUP = "group"


class Live(Protocol):
    """The rooms as this worker serves them. What the store says is followed by all workers within some seconds; this is for at once."""

    async def close(self, slug: str, opening_id: str) -> None: ...

    async def lasts_until(self, slug: str, closes_at: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What the operations stand on."""

    store: Store
    opener: Opener
    live: Live
    now: Callable[[], int]  # milliseconds since 1970
    base_url: str  # where people reach this server


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, by their key."""

    hash: bytes
    group: str
    meeting: str | None  # the one that the key is for; None: all of the group


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose key is the right one for it."""

    parts: Parts
    caller: Caller
    path: Mapping[str, str]  # what the address names: group, meeting, original, format
    given: Mapping[str, Any] = field(default_factory=dict)  # fields of the body, or of the query, that have the right shape
    faults: Sequence[Fault] = ()  # what is wrong with the shape of the others

    @property
    def store(self) -> Store:
        return self.parts.store

    @property
    def group(self) -> str:
        return self.path["group"]

    @property
    def meeting(self) -> str:
        return self.path["meeting"]

    @property
    def now(self) -> int:
        return self.parts.now()

    def right(self) -> Mapping[str, Any]:
        """What is given, where all of it has the right shape. Raises `Faulty`."""
        none_of(self.faults)
        return self.given


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str  # below /api/v1
    name: str  # its operationId
    summary: str
    handle: Callable[[Asked], Awaitable[Told]]
    answer: type[Told]
    scope: Scope = Scope.MEETING
    body: type[Shape] | None = None
    query: type[Shape] | None = None
    status: int = 200
    refusals: tuple[Code, ...] = ()  # besides those of every route
