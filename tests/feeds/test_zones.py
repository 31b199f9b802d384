"""Zones as calendars get them, against zoneinfo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from chatserver.domain.schedule import zones
from chatserver.feeds.zones import turns, zone_component
from tests.feeds import javascript

FIRST, LAST = 2012, 2036
# With all that clocks do: by rules that changed, by dates, by half an hour, not at all, and for good.
SOME = (
    "Africa/Casablanca", "Africa/Juba", "America/Caracas", "America/Mexico_City", "America/New_York", "America/Nuuk", "America/Sao_Paulo",
    "America/Santiago", "America/St_Johns", "Antarctica/Troll", "Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Pyongyang",
    "Asia/Tehran", "Australia/Lord_Howe", "Europe/Dublin", "Europe/Istanbul", "Europe/Kiev", "Europe/London", "Europe/Volgograd",
    "Pacific/Apia", "Pacific/Chatham", "Pacific/Norfolk", "US/Eastern",
)  # fmt: skip


def local_times(zone: ZoneInfo) -> list[datetime]:
    """Every fifth day at noon, and around each turn of the clock what is neither left out nor there twice."""
    found = [datetime(FIRST, 1, 1, 12) + timedelta(days=5 * n) for n in range(73 * (LAST - FIRST + 1))]  # noqa: DTZ001
    for turn in turns(zone, datetime(FIRST, 1, 1, tzinfo=UTC), datetime(LAST + 1, 1, 1, tzinfo=UTC)):
        jump = abs(turn.after - turn.before)
        found += [turn.local - jump - timedelta(minutes=1), turn.local + jump, turn.local + jump + timedelta(minutes=1)]
    return sorted(found)


def offset(zone: ZoneInfo, local: datetime) -> int:
    found = local.replace(tzinfo=zone).utcoffset()
    assert found is not None
    return int(found.total_seconds())


def test_ical_js_reads_zones_as_zoneinfo_does() -> None:
    names = sorted(name for name in zones() if name.count("/") and not name.startswith("Etc/"))
    assert len(names) > 400
    times = {name: local_times(ZoneInfo(name)) for name in (*names[::7], *SOME)}
    texts = {name: zone_component(name, FIRST, LAST).decode() for name in times}
    given = {"texts": texts, "times": {name: [f"{each:%Y-%m-%dT%H:%M:%S}" for each in found] for name, found in times.items()}}
    read = javascript.run("read_zones.mjs", given)
    wrong = {
        name: [
            f"{local} is {seconds}" for local, seconds in zip(found, read[name], strict=True) if offset(ZoneInfo(name), local) != seconds
        ]
        for name, found in times.items()
    }
    assert {name: found[:3] for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", SOME)
def test_icalendar_reads_it_likewise(name: str) -> None:
    zone = ZoneInfo(name)
    component = icalendar.Timezone.from_ical(zone_component(name, FIRST, LAST).decode())
    assert isinstance(component, icalendar.Timezone)
    read = component.to_tz(lookup_tzid=False)
    times = local_times(zone)
    wrong = [local for local in times if read.utcoffset(local.replace(tzinfo=read)) != zone.utcoffset(local.replace(tzinfo=zone))]
    assert wrong[:3] == []


def test_a_rule_that_goes_on_is_a_rule() -> None:
    """Two components, for programs that read no more; and right when the file is old."""
    text = zone_component("Europe/Berlin", 2026, 2036).decode()
    assert text.count("BEGIN:DAYLIGHT") == text.count("BEGIN:STANDARD") == 1
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in text
    assert "RDATE" not in text
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n" in zone_component("America/New_York", 2026, 2036).decode()


def test_summer_time_is_what_puts_the_clock_on() -> None:
    """Also in Ireland and Morocco, where zoneinfo calls winter the exception."""
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20250330T010000" in zone_component("Europe/Dublin", 2026, 2036).decode()


def test_a_zone_without_turns_has_one_offset() -> None:
    text = zone_component("Asia/Kathmandu", 2026, 2036).decode()
    assert text.count("BEGIN:STANDARD") == 1
    assert "TZOFFSETTO:+0545" in text
    assert "DAYLIGHT" not in text


def test_turns_are_told_to_the_second() -> None:
    on, back = turns(ZoneInfo("Europe/Berlin"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert (on.at, on.local, on.name) == (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 2), "CEST")  # noqa: DTZ001
    assert (back.at, back.before, back.after) == (datetime(2026, 10, 25, 1, tzinfo=UTC), timedelta(hours=2), timedelta(hours=1))
