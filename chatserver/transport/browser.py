"""What the page keeps in a visitor's browser. It is web/src/room/keep.ts that keeps it, and nothing else; a test holds that it is these."""

from __future__ import annotations

from chatserver.holding import Holding

_AT = "sessionStorage room:"  # and the room's slug

HOLDS = (
    Holding("browser-key", "browser", _AT, "leaving", ("key",), identifies="secret"),
    Holding("browser-seat", "browser", _AT, "leaving", ("token", "me", "left"), identifies="secret"),
    Holding("browser-place", "browser", _AT, "leaving", ("epoch", "seq", "lately", "share"), identifies="seat"),
    Holding("browser-unsent", "browser", _AT, "leaving", ("draft", "warning", "unsent"), identifies="words"),
    Holding("browser-hidden", "browser", _AT, "leaving", ("hidden",), identifies="seat"),
    Holding("browser-comfort", "browser", _AT, "leaving", ("size", "sound")),
    Holding("browser-out", "browser", _AT, "leaving", ("out",), identifies="seat"),
)
