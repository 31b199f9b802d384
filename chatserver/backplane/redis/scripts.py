"""The scripts in `scripts/`: what happens in one step on the server."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from chatserver.backplane import base
from chatserver.backplane.redis.connection import Connection
from chatserver.holding import Holding

ROOM_MS = 15 * 60_000  # a room that nobody touches any more is gone after this
OF_A_ROOM = ("open", "commit", "post", "load", "since", "erase", "restore", "touch")
WRITE_ENTRIES = ("open", "commit", "restore")

_CONSTANTS = {
    "WINDOW_BYTES": base.WINDOW_BYTES,
    "MESSAGE_IDS_MS": base.MESSAGE_IDS_MS,
    "SETTLING_MS": base.SETTLING_MS,
    "SETTLING_NUMBERS": base.SETTLING_NUMBERS,
    "ROOM_MS": ROOM_MS,
}


@lru_cache(maxsize=1)
def sources() -> dict[str, str]:
    """Each script by its name, whole."""
    folder = files("chatserver.backplane.redis") / "scripts"
    constants = "".join(f"local {name} = {value}\n" for name, value in _CONSTANTS.items())

    def source(*names: str) -> str:
        return "".join((folder / f"{name}.lua").read_text() for name in names)

    def of_a_room(name: str) -> str:
        # Each function that a script brings along is made anew at each call: a post shall not pay for what it does not use.
        return constants + source("room", *(("entries",) if name in WRITE_ENTRIES else ()), name)

    return {name: of_a_room(name) for name in OF_A_ROOM} | {"beat": source("beat")}


async def load_scripts(connection: Connection) -> dict[str, bytes]:
    """Puts them on the server. Returns what each is called by there."""
    sending = {name: connection.send("SCRIPT", "LOAD", source) for name, source in sources().items()}
    return {name: await sha for name, sha in sending.items()}


_ROOM_SECONDS, _IDS_SECONDS, _BEAT_SECONDS = ROOM_MS // 1_000, base.MESSAGE_IDS_MS // 1_000, base.DEAD_MS // 1_000
HOLDS = (
    Holding("room-place", "redis", "line", "untouched", seconds=_ROOM_SECONDS, identifies="seat"),
    Holding("room-entries", "redis", "entries", "untouched", seconds=_ROOM_SECONDS, identifies="seat"),
    Holding("window", "redis", "window", "time", setting="rooms.window_seconds", identifies="words"),
    Holding("share", "redis", "share", "untouched", seconds=_ROOM_SECONDS, identifies="words"),
    Holding("message-ids", "redis", "ids", "time", seconds=_IDS_SECONDS, identifies="seat"),
    Holding("message-ids", "redis", "idtimes", "time", seconds=_IDS_SECONDS, identifies="seat"),
    Holding("worker-name", "redis", "workers", "time", seconds=_BEAT_SECONDS),
    Holding("worker-name", "redis", "since", "time", seconds=_BEAT_SECONDS),
)
