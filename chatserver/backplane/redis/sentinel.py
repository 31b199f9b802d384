"""Which server is the master, by those who watch over it."""

from __future__ import annotations

import asyncio
from contextlib import closing

import hiredis

from chatserver.backplane.base import BackplaneFault, BackplaneUnavailable
from chatserver.backplane.redis.address import Address
from chatserver.backplane.redis.connection import Connection, connect, sign_in

EACH_SECONDS = 0.5


async def master_of(address: Address) -> tuple[str, int] | None:
    """None where the address is not one of sentinels. Raises `BackplaneFault` where none of them knows.

    All are asked at once: two that are gone must not take the time of the one that is there."""
    if address.service is None:
        return None
    for known in await asyncio.gather(*(_known_to(sentinel, address) for sentinel in address.hosts)):
        if known is not None:
            return known
    raise BackplaneFault(f"No sentinel knows a master for {address}.")


async def _known_to(sentinel: tuple[str, int], address: Address) -> tuple[str, int] | None:
    try:
        async with asyncio.timeout(EACH_SECONDS):
            with closing(await connect(Address((sentinel,)), None)) as connection:
                answer = await _ask(connection, address)
    except (OSError, TimeoutError, BackplaneUnavailable, hiredis.ReplyError):
        return None
    match answer:
        case [bytes(host), bytes(port)] if port.isdigit():
            return host.decode("ascii", "replace"), int(port)
    return None


async def _ask(connection: Connection, address: Address) -> object:
    question = ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", address.service or "")
    try:
        return await connection.send(*question)
    except hiredis.ReplyError:
        # Sentinels may want a password, too: that of the servers is all we have.
        await sign_in(connection, address)
        return await connection.send(*question)
