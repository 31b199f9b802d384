"""Whose key a request shows, and whether it may ask for this. Of the key nothing is kept, logged or answered."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from aiohttp import hdrs, web

from chatserver.clock import Clock
from chatserver.domain.limits import Rate
from chatserver.domain.lobby import network_tag
from chatserver.engine.rates import FULL_AGAIN_MS, Buckets
from chatserver.engine.tokens import hash_token
from chatserver.holding import Holding
from chatserver.store.base import Store
from chatserver.transport.api.codes import Code, Refused
from chatserver.transport.api.route import Caller, Route, Scope
from chatserver.transport.network import network_prefix

# Nobody guesses 256 bits: this spares the database who tries. It is for wrong keys alone, so that whoever has a right one and shares
# a network (or a proxy) with them is never kept out.
WRONG = Rate(per_second=0.2, burst=20)
NAMES = frozenset({"key", "token", "access_token", "api_key", "apikey", "authorization", "bearer", "invite"})
LIKE_A_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
LOOKED_UP = 4  # of an address's values, those that look like keys


class Doorkeeper:
    def __init__(self, store: Store, clock: Clock, requests: Rate) -> None:
        """`requests`: how often a key may ask."""
        self._store = store
        self._requests = requests
        self._buckets = Buckets(clock)
        self._tag_key = secrets.token_bytes(16)  # of this worker: a network's tag means nothing anywhere else

    async def caller(self, request: web.Request) -> Caller:
        """Raises `Refused`, `StoreUnavailable`."""
        shown = request.headers.getall(hdrs.AUTHORIZATION, [])
        found = re.fullmatch(r"Bearer +([!-~]{1,128})", shown[0].strip(), re.IGNORECASE) if len(shown) == 1 else None
        if found is None:
            raise Refused(Code.BAD_KEY)
        key = await self._store.key(hash_token(found[1])) if LIKE_A_KEY.fullmatch(found[1]) else None
        if key is None:
            self._one_wrong_more(request)
            raise Refused(Code.BAD_KEY)
        self._take(key.hash, self._requests)
        if key.role != "facilitator":
            raise Refused(Code.NOT_FACILITATOR)
        if key.uses_left is not None:
            raise Refused(Code.COUNTED_KEY)
        return Caller(key.hash, key.group, key.meeting)

    async def no_key_in_address(self, request: web.Request) -> None:
        """Raises `Refused` where a key stands in the address of a request, or what looks as if it were to be one."""
        if any(name.lower() in NAMES for name in request.query):
            raise Refused(Code.KEY_IN_ADDRESS)
        values = [each for each in dict.fromkeys((*request.query.values(), *request.query)) if LIKE_A_KEY.fullmatch(each)]
        for value in values[:LOOKED_UP]:
            if await self._store.key(hash_token(value)) is not None:
                raise Refused(Code.KEY_IN_ADDRESS)
            self._one_wrong_more(request)

    def _one_wrong_more(self, request: web.Request) -> None:
        """Raises `Refused` where there were too many from there. A network is known by 12 bits of a keyed hash, for ten minutes."""
        prefix = network_prefix(request.remote)
        self._take("nowhere" if prefix is None else network_tag(self._tag_key, prefix), WRONG)

    def _take(self, who: object, rate: Rate) -> None:
        too_fast = self._buckets.take(who, rate)
        if too_fast is not None:
            raise Refused(Code.TOO_FAST, retry_after_ms=too_fast.retry_after_ms)


def allow(caller: Caller, route: Route, named: Iterable[tuple[str, str]]) -> None:
    """Raises `Refused` unless the key is for what the address names. Whether that exists is not looked at."""
    names = dict(named)
    if names["group"] != caller.group:
        raise Refused(Code.OTHER_GROUP)
    if caller.meeting is None or route.scope is Scope.READING:
        return
    if route.scope is Scope.GROUP or names.get("meeting", caller.meeting) != caller.meeting:
        raise Refused(Code.OTHER_MEETING)


HOLDS = (
    Holding("api-network-key", "memory", "transport.api.doorkeeper.Doorkeeper", "process-ends", ("_tag_key",), identifies="secret"),
    Holding("api-rates", "memory", "engine.rates.Buckets", "time", ("_buckets",), FULL_AGAIN_MS // 1_000, identifies="network"),
)
