"""python-socketio as it comes, on aiohttp and uvloop. `python stock.py PORT`; says "ready"; ends by itself after an hour."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import socketio
import uvloop
from aiohttp import web

AN_HOUR = 3600

server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*", ping_interval=25, ping_timeout=20)
messages = 0


@server.on("join")  # type: ignore[untyped-decorator]  # of socketio, which has no types
async def join(sid: str, room: str) -> str:
    await server.enter_room(sid, room)
    return room


@server.on("msg")  # type: ignore[untyped-decorator]
async def message(_sid: str, said: dict[str, Any]) -> None:
    global messages
    messages += 1
    room = said["room"]
    await server.emit("msg", {"room": room, "seq": messages, "nick": "anon", "text": said["text"]}, room=room)


async def main(port: int) -> None:
    app = web.Application()
    server.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=4096).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.sleep(AN_HOUR)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
