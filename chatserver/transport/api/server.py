"""The API over HTTP: from a request to the handler of its route, and from what that says to an answer."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import orjson
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from chatserver.clock import Clock
from chatserver.domain.faults import Fault
from chatserver.domain.limits import Rate
from chatserver.facilitating.faulty import Faulty, NextMeeting, NotOpen, TooMany, none_of
from chatserver.facilitating.formats import NoSuchFormat
from chatserver.store.base import AlreadyThere, NotThere, StillOpen, StoreUnavailable
from chatserver.transport.api.codes import CODES, Code, Refused
from chatserver.transport.api.doorkeeper import Doorkeeper, allow
from chatserver.transport.api.openapi import document
from chatserver.transport.api.route import Asked, Parts, Route
from chatserver.transport.api.routes import PREFIX, ROUTES
from chatserver.transport.api.shapes import Edit, Shape, read

_log = logging.getLogger(__name__)

JSON = "application/json"
RETRY_MS = 30_000
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,}")  # a key, or most of one

# What operations raise, as refusals. Those whose text is a sentence for the caller have it told.
_AS_REFUSED: Mapping[type[Exception], Callable[[Exception], Refused]] = {
    NotThere: lambda _: Refused(Code.NOT_FOUND),
    AlreadyThere: lambda _: Refused(Code.ALREADY_THERE),
    StillOpen: lambda _: Refused(Code.STILL_OPEN),
    NotOpen: lambda _: Refused(Code.NOT_OPEN),
    NextMeeting: lambda _: Refused(Code.NEXT_MEETING),
    NoSuchFormat: lambda why: Refused(Code.NOT_FOUND, sentence=str(why)),
    TooMany: lambda why: Refused(Code.TOO_MANY, sentence=str(why)),
    StoreUnavailable: lambda _: Refused(Code.UNAVAILABLE, retry_after_ms=RETRY_MS),
}


def add_api(app: web.Application, parts: Parts, clock: Clock, requests: Rate) -> None:
    """Adds all routes under /api/v1. `requests`: how often one key may ask."""
    doorkeeper = Doorkeeper(parts.store, clock, requests)
    api = web.Application(middlewares=[_answering(doorkeeper)])
    for route in ROUTES:
        api.router.add_route(route.method, route.path, partial(_serve, route, parts, doorkeeper))
    contract = orjson.dumps(document())
    api.router.add_route("GET", "/openapi.json", partial(_contract, contract))
    app.add_subapp(PREFIX, api)


async def _serve(route: Route, parts: Parts, doorkeeper: Doorkeeper, request: web.Request) -> web.Response:
    caller = await doorkeeper.caller(request)
    allow(caller, route, request.match_info.items())
    given, faults = _query(route, request)
    if route.body is None:
        none_of(faults)
    else:
        given, of_body = read(route.body, await _json(request))
        faults += of_body
        if issubclass(route.body, Edit) and not given and not faults:
            faults.append(Fault("body", "nothing is changed; give at least one field."))
    told = await route.handle(Asked(parts, caller, dict(request.match_info), given, faults))
    return _response(told.model_dump(mode="json"), route.status)


async def _contract(contract: bytes, _request: web.Request) -> web.Response:
    return web.Response(body=contract, content_type=JSON)


def _query(route: Route, request: web.Request) -> tuple[dict[str, Any], list[Fault]]:
    twice = [
        Fault(name[:60], "it is there twice; leave one out.")
        for name in dict.fromkeys(request.query)
        if len(request.query.getall(name)) > 1
    ]
    given, faults = read(route.query or Shape, dict(request.query))
    return given, twice + faults


async def _json(request: web.Request) -> object:
    if request.content_type != JSON or (request.charset or "utf-8").lower() not in ("utf-8", "utf8"):
        raise Refused(Code.NOT_JSON)
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(Code.TOO_LARGE) from None
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused(Code.BAD_JSON) from None


def _answering(doorkeeper: Doorkeeper) -> Middleware:
    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            await doorkeeper.no_key_in_address(request)
            return await handler(request)
        except Refused as refused:
            return _refusal(refused)
        except Faulty as found:
            return _refusal(Refused(Code.FAULTY, faults=found.faults))
        except web.HTTPMethodNotAllowed as found:
            return _refusal(Refused(Code.WRONG_METHOD, allowed=", ".join(sorted(found.allowed_methods))))
        except web.HTTPException:
            return _refusal(Refused(Code.NOT_FOUND))
        except tuple(_AS_REFUSED) as found:
            return _refusal(_AS_REFUSED[type(found)](found))
        except Exception:
            _log.exception("a request failed")  # the formatter writes the kind of the fault and where it was
            return _refusal(Refused(Code.BROKEN))

    return middleware


def _refusal(refused: Refused) -> web.Response:
    faults = [{"where": _without_keys(fault.where), "sentence": _without_keys(fault.sentence)} for fault in refused.faults]
    body: dict[str, Any] = {"ok": False, "code": refused.code.value, "message": _without_keys(refused.sentence), "faults": faults}
    if refused.retry_after_ms is not None:
        body["retry_after_ms"] = refused.retry_after_ms
    response = _response(body, CODES[refused.code].status)
    if refused.retry_after_ms is not None:
        response.headers[hdrs.RETRY_AFTER] = str(math.ceil(refused.retry_after_ms / 1_000))
    if refused.code is Code.BAD_KEY:
        response.headers[hdrs.WWW_AUTHENTICATE] = "Bearer"
    if refused.allowed:
        response.headers[hdrs.ALLOW] = refused.allowed
    return response


def _without_keys(text: str) -> str:
    """What was given is shown in faults: a key that was put in a wrong place is not."""
    return _SECRET.sub("…", text)


def _response(body: dict[str, Any], status: int) -> web.Response:
    return web.Response(
        body=orjson.dumps(body), status=status, content_type=JSON, charset="utf-8", headers={hdrs.CACHE_CONTROL: "no-store"}
    )
