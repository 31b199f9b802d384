"""The API of a real worker, over HTTP, and what its OpenAPI document says of every answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp
import orjson
import pytest

from chatserver.store.base import Group, Meeting
from chatserver.transport.api.codes import CODES, Code
from chatserver.transport.api.openapi import Refusal
from chatserver.transport.api.routes import PREFIX, ROUTES, refusals
from tests.transport.conftest import House, house, options

__all__ = ["house", "options"]

START, RULE = "2100-01-05T19:00", "FREQ=WEEKLY;BYDAY=TU"
WEEKLY = {"title": "Evening", "timezone": "Europe/Berlin", "start": START, "rrule": RULE}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    data: Any

    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    def refused(self, code: Code) -> Answer:
        assert (self.status, self.data["ok"], self.data["code"]) == (CODES[code].status, False, code), self.data
        return self

    @property
    def faults(self) -> dict[str, str]:
        """Their sentences, by where they are."""
        self.refused(Code.FAULTY)
        return {fault["where"]: fault["sentence"] for fault in self.data["faults"]}


@dataclass
class Api:
    """Asks as a facilitator of the group "group", unless `key` is another."""

    house: House
    key: str
    session: aiohttp.ClientSession
    texts: list[str] = field(default_factory=list)  # of every answer

    async def ask(self, method: str, path: str, body: Any = None, *, key: str | None = "", **more: Any) -> Answer:
        """`key`: None for none."""
        headers = dict(more.pop("headers", {}))
        if key is not None:
            headers.setdefault("Authorization", f"Bearer {key or self.key}")
        if body is not None:
            more["data"] = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        async with self.session.request(method, PREFIX + path, headers=headers, **more) as response:
            text = await response.text()
            self.texts.append(text)
            assert response.headers["Cache-Control"] == "no-store"
            assert not [name for name in response.headers if name.lower().startswith("access-control-")]
            assert response.content_type == "application/json", text
            answer = Answer(response.status, dict(response.headers), orjson.loads(text))
        as_documented(method, path.partition("?")[0], answer)
        return answer

    async def done(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        answer = await self.ask(method, path, body, **more)
        assert answer.status in (HTTPStatus.OK, HTTPStatus.CREATED), answer.data
        assert answer["ok"] is True
        return answer

    async def meeting(self, slug: str = "evening", **fields: Any) -> Answer:
        return await self.done("POST", "/groups/group/meetings", {"slug": slug, **WEEKLY, **fields})

    async def stored(self, slug: str = "evening") -> Meeting:
        meeting = await self.house.store.meeting(slug)
        assert meeting is not None
        return meeting


def as_documented(method: str, path: str, answer: Answer) -> None:
    """The answer has the shape and the status that the document has for its route, and no other code than those that it lists."""
    parts = path.split("/")
    for route in ROUTES:
        names = route.path.split("/")
        same = len(names) == len(parts) and all(name == part or name.startswith("{") for name, part in zip(names, parts, strict=True))
        if not (same and route.method == method):
            continue
        if answer.data["ok"]:
            assert answer.status == route.status
            route.answer.model_validate(answer.data)
        else:
            Refusal.model_validate(answer.data)
            assert answer.data["code"] in refusals(route), (route.name, answer.data)
            assert answer.status == CODES[Code(answer.data["code"])].status
        return
    assert answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.BAD_REQUEST) or path == "/openapi.json"


@pytest.fixture
async def api(house: House) -> AsyncIterator[Api]:
    key = await house.key("facilitator")
    await house.store.add_group(Group("other", "Another group"))
    async with aiohttp.ClientSession(house.url) as session:
        yield Api(house, key, session)
