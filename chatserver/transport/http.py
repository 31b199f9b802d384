"""Routes, and the headers that every answer carries, errors and WebSocket upgrades included."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from chatserver.feeds.what_we_hold import Held, document
from chatserver.resources import Helpline, as_json
from chatserver.store.base import Store, StoreUnavailable
from chatserver.transport.feeds import add_feeds
from chatserver.transport.pages import Asset, Pages, Reader

log = logging.getLogger(__name__)

SOCKETS = "/socket.io/"
_AN_HOUR = "public, max-age=3600"
_A_YEAR = "public, max-age=31536000, immutable"
# Only features that browsers know: an unknown one is a complaint in everybody's console.
_DENIED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip


def add_routes(
    app: web.Application,
    *,
    store: Store,
    base_url: str,
    contact: str,
    helplines: Sequence[Helpline],
    ready: Callable[[], bool],
    onion_url: str = "",
    held: Sequence[Held] = (),
) -> None:
    """Adds everything but the sockets. `base_url` is where people reach this server, `onion_url` where they do over Tor, if they can;
    `ready` is False while it starts or stops; `held` is what this server holds."""
    site = _Site(store, Pages(contact, base_url=base_url, held=held), helplines, ready, held)
    app.middlewares.append(site.kindly)
    app.on_response_prepare.append(_headers(base_url, onion_url))
    add_feeds(app, store, base_url)  # before the pages: /g/one.ics is not the group "one.ics"
    app.router.add_get("/", site.home)
    app.router.add_get("/g/{group}", site.group)
    app.router.add_get("/r/{room}", site.room)
    app.router.add_get("/what-we-keep", site.keep)
    app.router.add_get("/help", site.help)
    app.router.add_get("/helplines.json", site.helplines)
    app.router.add_get("/.well-known/what-we-hold.json", site.held)
    app.router.add_post("/left", site.left)
    app.router.add_get("/static/assets/{name}", site.asset)
    app.router.add_get("/healthz", site.healthz)
    app.router.add_get("/readyz", site.readyz)


class _Site:
    def __init__(self, store: Store, pages: Pages, helplines: Sequence[Helpline], ready: Callable[[], bool], held: Sequence[Held]) -> None:
        self._store = store
        self._pages = pages
        self._helplines = helplines
        self._ready = ready
        self._held = document(held, pages.words)

    async def home(self, request: web.Request) -> web.Response:
        groups, meetings, openings = await self._store.groups(), await self._store.meetings(), await self._store.openings()
        # Where there are hundreds, when they are takes a moment to compute, and people are talking here.
        return _html(await asyncio.to_thread(self._pages.home, groups, meetings, openings, datetime.now(UTC), self._reader(request)))

    async def group(self, request: web.Request) -> web.Response:
        group = await self._store.group(request.match_info["group"])
        if group is None or group.visibility == "invite":
            raise web.HTTPNotFound
        meetings, openings = await self._store.meetings(group.slug), await self._store.openings()
        return _html(await asyncio.to_thread(self._pages.group, group, meetings, openings, datetime.now(UTC), self._reader(request)))

    async def room(self, request: web.Request) -> web.Response:
        """The same shell for every room: who may come in is the socket's business, and the key never gets here."""
        if await self._store.meeting(request.match_info["room"]) is None:
            raise web.HTTPNotFound
        return _html(self._pages.room(self._reader(request)))

    async def keep(self, request: web.Request) -> web.Response:
        return _html(self._pages.keep(self._reader(request)))

    async def help(self, request: web.Request) -> web.Response:
        return _html(self._pages.help(self._helplines, datetime.now(UTC).date(), self._reader(request)))

    async def helplines(self, _request: web.Request) -> web.Response:
        """The same for everybody, so that nobody's country is asked for."""
        text = json.dumps(as_json(self._helplines, datetime.now(UTC).date()), ensure_ascii=False)
        told = web.Response(text=text, content_type="application/json", charset="utf-8")
        told.headers[hdrs.CACHE_CONTROL] = _AN_HOUR
        return told

    async def held(self, _request: web.Request) -> web.Response:
        return web.Response(text=self._held, content_type="application/json", charset="utf-8")

    async def left(self, _request: web.Request) -> web.Response:
        """The page says that its visitor has left: the browser is to forget what it has of this site. Not its storage, in which is only
        what somebody chose to keep."""
        return web.Response(status=204, headers={"Clear-Site-Data": '"cache"'})

    async def asset(self, request: web.Request) -> web.Response:
        asset = self._pages.assets.files.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        return _asset(request, asset)

    async def healthz(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(self, _request: web.Request) -> web.Response:
        if not self._ready():
            return web.Response(text="not ready\n", status=503)
        try:
            await self._store.check()
        except StoreUnavailable:
            return web.Response(text="the store does not answer\n", status=503)
        return web.Response(text="ready\n")

    @property
    def kindly(self) -> Middleware:
        """Turns every failure of a page into a kind one, without its details."""

        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.path.startswith(SOCKETS):
                return await handler(request)
            try:
                return await handler(request)
            except web.HTTPNotFound:
                return self._sorry(request, "missing-title", "missing-text", 404)
            except web.HTTPMethodNotAllowed as refused:
                response = self._sorry(request, "missing-title", "method-text", 405)
                response.headers[hdrs.ALLOW] = refused.headers.get(hdrs.ALLOW, "GET, HEAD")
                return response
            except web.HTTPException:
                raise
            except StoreUnavailable:
                response = self._sorry(request, "broken-title", "busy-text", 503)
                response.headers[hdrs.RETRY_AFTER] = "30"
                return response
            except Exception:
                log.exception("a page failed")  # the formatter writes the kind of the fault and where it was
                return self._sorry(request, "broken-title", "broken-text", 500)

        return middleware

    def _sorry(self, request: web.Request, heading: str, text: str, status: int) -> web.Response:
        return _html(self._pages.sorry(heading, text, self._reader(request)), status)

    def _reader(self, request: web.Request) -> Reader:
        return self._pages.reader(request.query.get("lang", ""), request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)


def _asset(request: web.Request, asset: Asset) -> web.Response:
    headers = {hdrs.CACHE_CONTROL: _A_YEAR, hdrs.VARY: "Accept-Encoding", hdrs.ETAG: f'"{asset.etag}"'}
    if request.headers.get(hdrs.IF_NONE_MATCH) == f'"{asset.etag}"':
        return web.Response(status=304, headers=headers)
    body = asset.body
    if asset.gzipped is not None and "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, ""):
        headers[hdrs.CONTENT_ENCODING] = "gzip"
        body = asset.gzipped
    charset = "utf-8" if asset.type.startswith("text/") else None
    return web.Response(body=body, content_type=asset.type, charset=charset, headers=headers)


def _headers(base_url: str, onion_url: str) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    address = urlsplit(base_url)
    # 'self' covers WebSockets in the browsers of today; Safari before 15.4 needs them named.
    sockets = f" {'wss' if address.scheme == 'https' else 'ws'}://{address.netloc}" if address.netloc else ""
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            f"connect-src 'self'{sockets}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
    always = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _DENIED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    if address.scheme == "https":  # TLS ends in the proxy, whose visitors shall not come without; over HTTP browsers take no notice
        always["Strict-Transport-Security"] = "max-age=31536000"

    async def prepare(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(always)
        if onion_url and response.content_type == "text/html":
            response.headers["Onion-Location"] = onion_url + request.path_qs
        response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")
        response.headers.pop(hdrs.SERVER, None)

    return prepare
