"""Stands between a page and its server: holds back, changes or adds what the server says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Page, WebSocketRoute

EVENT, ANSWER = "42", "43"  # of Socket.IO within Engine.IO

Change = Callable[[str], str | None]


@dataclass
class Between:
    """`change`: what becomes of a frame of the server's; None: it never arrives."""

    change: Change = lambda frame: frame
    sent: list[str] = field(default_factory=list)  # by the page
    held: list[str] | None = None
    _page: WebSocketRoute | None = None
    _server: WebSocketRoute | None = None
    epoch: str = ""
    seq: int = 0

    async def stand(self, page: Page) -> Between:
        await page.route_web_socket("**/socket.io/**", self._opened)
        return self

    def _opened(self, route: WebSocketRoute) -> None:
        self._page, self._server = route, route.connect_to_server()
        route.on_message(self._ask)
        self._server.on_message(self._told)

    def _ask(self, frame: str | bytes) -> None:
        assert self._server is not None
        self.sent.append(str(frame))
        self._server.send(frame)

    def _told(self, frame: str | bytes) -> None:
        assert self._page is not None
        changed = self.change(str(frame))
        for name in ("epoch", "seq"):
            self._remember(str(frame), name)
        if changed is not None and self.held is not None:
            self.held.append(changed)
        elif changed is not None:
            self._page.send(changed)

    def _remember(self, frame: str, name: str) -> None:
        _, _, after = frame.partition(f'"{name}":')
        if after:
            value, _ = json.JSONDecoder().raw_decode(after.lstrip())
            setattr(self, name, value)

    def hold(self) -> Between:
        """From now on what the server says is on its way."""
        self.held = []
        return self

    def release(self) -> None:
        assert self._page is not None
        held, self.held = self.held or [], None
        for frame in held:
            self._page.send(frame)

    def says(self, event: dict[str, Any]) -> None:
        """As if the server said it now."""
        assert self._page is not None
        self.seq += 1
        self._page.send(EVENT + json.dumps(["event", {"epoch": self.epoch, "seq": self.seq, "at": 0, **event}]))
