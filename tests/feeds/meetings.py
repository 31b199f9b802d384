"""Groups and meetings to make feeds of, with everything that is difficult about times."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from chatserver.domain.schedule import Change
from chatserver.store.base import Group, Meeting

BASE = "https://meet.example.org"

local = datetime.fromisoformat

GROUP = Group("riverside", "Riverside group", address="Berlin, Germany", region="Berlin", website="https://riverside.example.org")
TUESDAY = Meeting(
    "tuesday",
    GROUP,
    "Tuesday evening",
    "open-circle",
    "Europe/Berlin",
    "2026-11-24T19:00",
    "FREQ=WEEKLY;BYDAY=TU",
    60,
    types=("O", "D"),
    language="de",
    notes="Newcomers are welcome.",
    updated_at=1_795_000_123_456,
    sequence=4,
)

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",  # has no summer time since 2019
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kathmandu",  # 5:45 ahead
    "Africa/Casablanca",  # back in Ramadan, by dates
    "Asia/Gaza",  # likewise
    "America/Santiago",  # on no weekday that one BYDAY names
    "UTC",
)


def changed(start: str, to: str | None = None, minutes: int | None = None, title: str | None = None) -> Change:
    return Change(local(start), start=None if to is None else local(to), minutes=minutes, title=title)


def skipped(start: str) -> Change:
    return Change(local(start), skipped=True)


_SERIES: dict[str, tuple[str, str | None, int, tuple[Change, ...]]] = {
    "weekly": ("2026-11-24T19:00", "FREQ=WEEKLY;BYDAY=TU", 60, ()),
    "rule-without-day": ("2026-11-24T19:00", "FREQ=WEEKLY", 60, ()),
    "half-past-two": ("2026-03-01T02:30", "FREQ=WEEKLY;BYDAY=SU", 90, ()),
    "quarter-past-two-daily": ("2026-03-01T02:15", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", 30, ()),
    "midnight-daily": ("2026-03-01T00:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", 45, ()),
    "quarter-to-two": ("2026-03-01T01:45", "FREQ=WEEKLY;BYDAY=SU", 120, ()),  # over the hour that is left out, or comes twice
    "all-day-daily": ("2026-03-01T12:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", 1_440, ()),  # some days are shorter
    "two-a-week": ("2026-11-24T19:00", "FREQ=WEEKLY;BYDAY=TU,TH", 60, ()),
    "every-second": ("2026-11-24T19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU", 60, ()),
    "every-second-monday": ("2026-11-24T19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", 60, ()),
    "summers": ("2026-06-02T19:00", "FREQ=WEEKLY;BYDAY=TU;BYMONTH=6,7,8", 60, ()),
    "last-friday": ("2026-11-27T19:00", "FREQ=MONTHLY;BYDAY=-1FR", 60, ()),
    "first-and-third": ("2026-12-01T19:00", "FREQ=MONTHLY;BYDAY=1TU,3TU", 60, ()),
    "last-working-day": ("2026-11-30T19:00", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", 60, ()),
    "first-weekend-day": ("2026-11-01T19:00", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1", 60, ()),
    "thirty-first": ("2026-10-31T19:00", "FREQ=MONTHLY;BYMONTHDAY=31", 60, ()),
    "last-day": ("2026-11-30T19:00", "FREQ=MONTHLY;BYMONTHDAY=-1", 60, ()),
    "thirteenth-if-friday": ("2026-02-13T19:00", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", 60, ()),
    "monthly-by-start": ("2026-10-31T19:00", "FREQ=MONTHLY", 60, ()),
    "quarterly": ("2026-11-03T19:00", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", 60, ()),
    "leap-day": ("2026-11-29T19:00", "FREQ=MONTHLY;BYMONTHDAY=29", 60, ()),
    "until": ("2026-11-24T19:00", "FREQ=WEEKLY;UNTIL=20270330;BYDAY=TU", 60, ()),  # a local day
    "until-gap": ("2026-11-01T02:30", "FREQ=WEEKLY;UNTIL=20270328;BYDAY=SU", 60, ()),
    "ten": ("2026-11-24T19:00", "FREQ=WEEKLY;COUNT=10;BYDAY=TU", 60, (skipped("2026-12-08T19:00"), skipped("2027-01-26T19:00"))),
    "skipped": ("2026-11-24T19:00", "FREQ=WEEKLY;BYDAY=TU", 60, (skipped("2026-11-24T19:00"), skipped("2026-12-29T19:00"))),
    "moved": (
        "2026-11-24T19:00",
        "FREQ=WEEKLY;BYDAY=TU",
        60,
        (
            changed("2026-12-22T19:00", "2026-12-23T18:00"),
            changed("2026-12-29T19:00", "2027-02-01T07:00", 120, "A walk, in words; “outside”"),
            changed("2027-01-05T19:00", minutes=30),
            changed("2027-01-12T19:00", title="Anniversary"),
            changed("2027-03-23T19:00", "2027-03-28T02:30"),  # into what Berlin's clock leaves out
            changed("2027-04-06T19:00", "2027-04-06T19:15"),
        ),
    ),
    "moved-onto-the-next": (
        "2026-11-24T19:00",
        "FREQ=WEEKLY;BYDAY=TU",
        240,
        (changed("2026-12-01T19:00", "2026-12-08T17:00"), changed("2026-12-22T19:00", "2026-12-29T20:00")),
    ),
    "changed-places": (
        "2026-11-24T19:00",
        "FREQ=WEEKLY;BYDAY=TU",
        60,
        (changed("2026-12-01T19:00", "2026-12-08T19:00"), changed("2026-12-08T19:00", "2026-12-01T19:00")),
    ),
    "moved-out-of-a-gap": ("2026-03-01T02:30", "FREQ=WEEKLY;BYDAY=SU", 60, (changed("2027-03-28T02:30", "2027-03-28T10:00"),)),
    "skipped-in-a-gap": ("2026-03-01T02:30", "FREQ=WEEKLY;BYDAY=SU", 60, (skipped("2027-03-28T02:30"), skipped("2027-03-14T02:30"))),
    "changed-long-ago": ("2019-11-26T19:00", "FREQ=WEEKLY;BYDAY=TU", 60, (skipped("2019-12-24T19:00"),)),
    "once": ("2027-01-15T19:00", None, 60, ()),
    "once-in-a-gap": ("2027-03-28T02:30", None, 60, ()),
    "once-moved": ("2027-01-15T19:00", None, 60, (changed("2027-01-15T19:00", "2027-01-16T10:00", 90, "Later"),)),
    "once-skipped": ("2027-01-15T19:00", None, 60, (skipped("2027-01-15T19:00"),)),
}


def difficult(zone: str) -> list[Meeting]:
    """Of every difficulty one, in that zone."""
    return [
        replace(TUESDAY, slug=slug, timezone=zone, start=start, rrule=rrule, minutes=minutes, changes=changes)
        for slug, (start, rrule, minutes, changes) in _SERIES.items()
    ]
