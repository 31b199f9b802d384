"""Times as people say them, in the meeting's zone and with the weekday."""

from __future__ import annotations

from datetime import UTC, datetime

from chatserver.domain.schedule import Occurrence, zone_of


def spoken(one: Occurrence, timezone: str) -> str:
    """`Tuesday 24 November 2026, 19:00 to 20:00 (Europe/Berlin)`"""
    zone = zone_of(timezone) or UTC
    begins, ends = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
    end = f"{ends:%H:%M}" if (ends - begins).days == 0 else spoken_local(ends)
    return f"{spoken_local(begins)} to {end} ({timezone})"


def spoken_moment(at: int, timezone: str) -> str:
    """Of milliseconds since 1970: `Tuesday 24 November 2026, 19:00 (Europe/Berlin)`"""
    return f"{spoken_local(datetime.fromtimestamp(at / 1_000, zone_of(timezone) or UTC))} ({timezone})"


def spoken_local(local: datetime) -> str:
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"
