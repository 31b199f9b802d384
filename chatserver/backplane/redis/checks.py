"""What a Redis must be before anybody's words are given to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import hiredis

from chatserver.backplane.base import BackplaneFault
from chatserver.backplane.redis.address import Address
from chatserver.backplane.redis.connection import Connection, in_words

OLDEST = 7


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A setting. Settings that the server does not have need nothing."""

    name: str
    fits: Callable[[str], bool]
    value: str  # as it is written in redis.conf and after CONFIG SET
    reason: str


def _is(value: str) -> Callable[[str], bool]:
    return lambda found: found == value


_OFF = "-1"
_WANTED = (
    _Wanted("save", _is(""), '""', "it writes what it holds to disk from time to time (RDB)"),
    _Wanted("appendonly", _is("no"), "no", "it writes every change to disk (AOF)"),
    _Wanted("maxmemory-policy", _is("noeviction"), "noeviction", "it throws away what is in use when its memory is full"),
    _Wanted("slowlog-log-slower-than", lambda v: v.startswith("-"), _OFF, "its slow log keeps commands, and words that were said in them"),
    # Valkey 8.1 and later.
    _Wanted("commandlog-request-larger-than", lambda v: v.startswith("-"), _OFF, "its command log keeps large commands, and words in them"),
    _Wanted("commandlog-reply-larger-than", lambda v: v.startswith("-"), _OFF, "its command log keeps commands with large answers"),
)


@dataclass(frozen=True, slots=True)
class Server:
    run_id: str  # of the process


async def look_at(connection: Connection, address: Address) -> Server:
    """Which server this is. Raises `BackplaneFault` where it is none that can be written to."""
    try:
        sending = connection.send("INFO", "server"), connection.send("ROLE")
        info, role = _fields(await sending[0]), await sending[1]
    except hiredis.ReplyError as fault:
        raise BackplaneFault(f"Redis at {address} does not say what it is: {in_words(fault)}") from None
    if not isinstance(role, list) or not role or role[0] != b"master":
        raise BackplaneFault(f"Redis at {address} is a replica. Name its master in backplane.url, or the sentinels that know it.")
    if info.get("redis_mode") == "cluster":
        raise BackplaneFault(f"Redis at {address} is part of a cluster, which this server cannot use yet. Name a single one, or sentinels.")
    run_id = info.get("run_id", "")
    if not run_id:
        raise BackplaneFault(f"Redis at {address} does not say which process it is (run_id of INFO server).")
    return Server(run_id)


async def check(connection: Connection, address: Address) -> None:
    """Raises `BackplaneFault` with everything that speaks against using it, and what to paste to mend that."""
    reasons: list[str] = []
    wrong: list[_Wanted] = []
    try:
        info = _fields(await connection.send("INFO", "server"))
        version = info.get("redis_version", "")
        if info.get("server_name") != "valkey" and int(re.match(r"\d*", version)[0] or 0) < OLDEST:  # type: ignore[index]  # always matches
            reasons.append(f"it is version {version or 'unknown'}, and Redis {OLDEST} or newer, or Valkey, is needed")
        answers = [connection.send("CONFIG", "GET", wanted.name) for wanted in _WANTED]
        for wanted, answer in zip(_WANTED, answers, strict=True):
            pair = await answer
            if pair and not wanted.fits(pair[1].decode("utf-8", "replace")):
                wrong.append(wanted)
    except hiredis.ReplyError:
        reasons.append(
            "it does not let its settings be looked at (CONFIG GET): see for yourself that it has no RDB, AOF, eviction and slow log"
        )
    reasons += [wanted.reason for wanted in wrong]
    if not reasons:
        return
    lines = [f"Redis at {address} must not hold what people say as it is:", *(f"  - {reason}" for reason in reasons)]
    if wrong:
        lines += ["In redis.conf:", *(f"  {w.name} {w.value}" for w in wrong)]
        lines += ["Until it is restarted, with redis-cli:", *(f"  CONFIG SET {w.name} {w.value}" for w in wrong)]
    lines.append("To use it all the same: backplane.accept_unsafe = true.")
    raise BackplaneFault("\n".join(lines))


def _fields(info: Any) -> dict[str, str]:
    text = info.decode("utf-8", "replace") if isinstance(info, bytes) else ""
    return dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
