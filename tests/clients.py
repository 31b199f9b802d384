"""The official Python client, with what a test needs: every event it got, and bounded waits for those to come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import socketio
from pydantic import ValidationError

from chatserver.wire.server_events import SERVER_EVENTS, JoinAnswer

SECONDS = 10.0

Event = dict[str, Any]


class Client:
    """One connection. `events` are all that came as `event`, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.misshapen: list[str] = []  # events that are not as the AsyncAPI document says
        self.joined: dict[str, Any] = {}  # the join answer
        self.moved: list[dict[str, Any]] = []
        self.disconnected = asyncio.Event()
        self._arrived = asyncio.Condition()
        self._sio = socketio.AsyncClient(reconnection=False)
        self._sio.on("event", self._on_event)
        self._sio.on("move", self.moved.append)
        self._sio.on("disconnect", lambda *_: self.disconnected.set())

    async def connect(self, url: str, headers: dict[str, str] | None = None) -> Client:
        await self._sio.connect(url, headers or {}, transports=["websocket"])
        return self

    async def _on_event(self, event: Event) -> None:
        try:
            SERVER_EVENTS[event["type"]].model_validate(event)
        except (KeyError, ValidationError) as fault:
            self.misshapen.append(f"{event}: {fault!r}")
        async with self._arrived:
            self.events.append(event)
            self._arrived.notify_all()

    async def ask(self, event: str, payload: Any = None) -> dict[str, Any]:
        """The answer to a client event."""
        answer = await self._sio.call(event, payload if payload is not None else {}, timeout=SECONDS)
        assert isinstance(answer, dict), answer
        return answer

    async def taken(self, event: str, payload: Any = None) -> dict[str, Any]:
        """The answer, which must be ok."""
        answer = await self.ask(event, payload)
        assert answer["ok"], answer
        return answer

    async def refused(self, event: str, payload: Any = None) -> str:
        """The code of the answer, which must be a refusal with a sentence."""
        answer = await self.ask(event, payload)
        assert answer["ok"] is False, answer
        assert answer["message"].endswith("."), answer
        return str(answer["code"])

    async def join(self, room: str, **more: Any) -> Client:
        self.joined = await self.taken("join", {"room": room, **more})
        JoinAnswer.model_validate(self.joined)
        return self

    @property
    def seat(self) -> str:
        return str(self.joined["you"]["seat"])

    async def event(self, kind: str, matches: Callable[[Event], bool] = lambda _: True) -> Event:
        """The first event of that type that matches, from the beginning on; waits for it."""

        def found() -> Event | None:
            return next((e for e in self.events if e["type"] == kind and matches(e)), None)

        async with asyncio.timeout(SECONDS), self._arrived:
            await self._arrived.wait_for(lambda: found() is not None)
        event = found()
        assert event is not None
        return event

    def texts(self) -> list[str]:
        return [e["text"] for e in self.events if e["type"] == "message"]

    async def gone(self) -> None:
        """Until the server has disconnected it."""
        async with asyncio.timeout(SECONDS):
            await self.disconnected.wait()

    async def drop(self) -> None:
        """The connection ends without a word, as on a bad line."""
        self._sio.eio.ws and await self._sio.eio.ws.close()
        await self.gone()

    async def close(self) -> None:
        await self._sio.disconnect()
        assert self.misshapen == []
