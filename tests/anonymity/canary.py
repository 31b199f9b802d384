"""A random word is said in every place where something can be said; afterwards everything is searched for it."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.transport.raw import Raw, connected, frame, shake_hands

MARKED = "127.0.0.77"  # an address that nothing else here comes from


def new_canary() -> str:
    """In letters that no filter of names or texts touches."""
    return "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(24))


async def from_marked(url: str, headers: dict[str, str]) -> Raw:
    """A connection from the marked address."""
    address = urlsplit(url)
    streams = await asyncio.open_connection(address.hostname, address.port, local_addr=(MARKED, 0), limit=1 << 20)
    return await (await shake_hands(url, headers, over=streams)).connect()


async def say_everywhere(url: str, room: str, key: str, canary: str, *, address: str | None = None) -> list[Raw]:
    """A meeting in which every field that takes words holds the canary, refusals and broken packets included.

    `address`: what stands in the addresses of pages where a name is looked up, if not the canary."""
    headers = {"User-Agent": canary, "Cookie": f"c={canary}", "X-Forwarded-For": canary, "Referer": f"http://x/{canary}"}
    host, member, troll, waits = [await from_marked(url, headers) for _ in range(4)]
    await host.join(room, key=key, name=f"H {canary}"[:30])
    seat = (await member.join(room, name=canary))["you"]["seat"]
    trolls = (await troll.join(room))["you"]["seat"]
    waiting = (await waits.join(room, knock=True))["you"]["seat"]
    asked: list[tuple[Raw, str, Any]] = [
        (member, "send", {"id": "m1", "text": f"I say {canary}"}),
        (member, "send", {"id": canary, "text": canary, "warning": canary}),
        (member, "send", {"id": "bad id", "text": canary}),
        (member, "send", {"id": "m3", "text": canary * 100}),
        (member, "help", {"text": f"help {canary}"}),
        (member, canary, {"text": canary}),
        (member, "react", {"to": f"{canary}.{canary}", "kind": "hug"}),
        (member, "mute", {"seat": canary}),
        (member, "door", {"room": canary, "key": canary}),
        (member, "report", {"id": f"{seat}.m1", "text": "altered", "proof": canary}),
        (troll, "report", {"id": f"{seat}.m1", "reason": f"because {canary}"}),
        (host, "lobby_say", {"id": "l1", "text": f"who are you {canary}", "seat": waiting}),
        (waits, "lobby_say", {"id": "l2", "text": f"I am {canary}"}),
        (waits, "leave", {}),
        (host, "first_messages", {"on": True}),
        (troll, "send", {"id": "t0", "text": f"first {canary}"}),
        (host, "first_answer", {"seat": trolls, "id": "t0", "let_through": False}),
        (host, "first_messages", {"on": False}),
        (troll, "send", {"id": "t1", "text": f"ugly {canary}"}),
        (host, "rename", {"seat": trolls, "name": f"T {canary}"}),
        (host, "lock", {"on": canary}),
        (host, "mute", {"seat": seat}),
        (member, "send", {"id": "m4", "text": f"muted {canary}"}),
        (host, "remove", {"seat": trolls, "reason": f"go {canary}", "ban": True}),
    ]
    for n, (who, name, payload) in enumerate(asked):
        await who.ask(name, payload, ack=n)
    broken = [f'42["{canary}",NaN]', f"7{canary}", f'42/{canary},["x"]', f'45-["{canary}"]']
    bad = [await connected(url, headers) for _ in broken]
    for raw, packet in zip(bad, broken, strict=True):
        raw.text(packet)
        await raw.closed()
    torn = await connected(url, headers)
    torn.put(frame(1, f'421["send",{{"text":"{canary}"}}]'.encode())[:-9])  # never comes to its end
    # And in addresses, of pages and of the API, with a key that is none.
    named = address or canary
    paths = (f"/r/{named}?key={canary}", f"/g/{named}.ics", f"/api/v1/groups/{named}?{canary}={canary}", f"/{canary}")
    pages = [await shake_hands(url, headers | {"Authorization": f"Bearer {canary}"}, path) for path in paths]
    return [host, member, troll, waits, torn, *bad, *pages]


async def close_and_go(raws: list[Raw]) -> None:
    assert (await raws[0].ask("close"))["ok"]
    for raw in raws:
        await raw.close()


def files_holding(folder: Path, canary: str) -> list[str]:
    needles = [canary.encode(), canary.encode("utf-16-le"), canary.encode().hex().encode()]
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and any(needle in path.read_bytes() for needle in needles):
            found.append(str(path))
    return found


def temporary_files() -> set[Path]:
    return set(Path(tempfile.gettempdir()).iterdir())
