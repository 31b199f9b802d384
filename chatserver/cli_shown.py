"""Groups and meetings as the command line shows them: in sentences for people, and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from chatserver.domain.schedule import Change, written
from chatserver.facilitating.meetings import Kept
from chatserver.facilitating.occurrences import next_of
from chatserver.facilitating.spoken import spoken, spoken_local, spoken_moment
from chatserver.store.base import Group, Meeting, Opening


def described(meeting: Meeting, opening: Opening | None) -> dict[str, Any]:
    """For machines. `opening`: the room's, while it is open."""
    changes = [
        {**asdict(change), "original": written(change.original), "start": written(change.start) if change.start else None}
        for change in meeting.changes
    ]
    return {**asdict(meeting), "group": meeting.group.slug, "changes": changes, "closes_at": opening.closes_at if opening else None}


def described_kept(kept: Kept) -> dict[str, Any]:
    return {**described(kept.meeting, None), "notices": list(kept.notices)}


def row(meeting: Meeting, opening: Opening | None, now: int) -> str:
    """One line of a list."""
    return f"{meeting.slug}\t{meeting.group.slug}\t{when(meeting, opening, now)}\t{meeting.title}"


def when(meeting: Meeting, opening: Opening | None, now: int) -> str:
    """`open until …`, the next one's time, or why there is none."""
    if opening is not None:
        return f"open until {spoken_moment(opening.closes_at, meeting.timezone)}"
    if meeting.always_open:
        return "always open"
    one = next_of(meeting, now)
    if one is not None:
        return spoken(one, meeting.timezone)
    return "over" if meeting.start else "by hand"


def told(meeting: Meeting, opening: Opening | None, now: int, address: str) -> list[str]:
    """All of a meeting, in sentences."""
    lines = [
        f"“{meeting.title}” ({meeting.slug}), of {meeting.group.name} ({meeting.group.slug}).",
        f"Its room: {address}/r/{meeting.slug}",
        _how_often(meeting),
        f"Held as {meeting.format}, for {meeting.minutes} minutes." if not meeting.always_open else f"Held as {meeting.format}.",
    ]
    if opening is not None:
        lines.append(f"Open now, until {spoken_moment(opening.closes_at, meeting.timezone)}.")
    elif not meeting.always_open and meeting.start:
        one = next_of(meeting, now)
        lines.append(f"Next: {spoken(one, meeting.timezone)}." if one else "It does not take place any more.")
    lines += exceptions(meeting.changes)
    if meeting.doors_minutes is not None:
        lines.append(f"Doors open {meeting.doors_minutes} minutes before.")
    if meeting.capacity is not None:
        lines.append(f"Seats: {meeting.capacity}.")
    if meeting.lobby:
        lines.append("Newcomers wait in the lobby until a moderator admits them.")
    if meeting.language or meeting.types:
        lines.append(f"For directories: {' '.join([*meeting.types, *([meeting.language] if meeting.language else [])])}.")
    return [*lines, *meeting.notes.splitlines()]


def exceptions(changes: Iterable[Change]) -> list[str]:
    return [f"Not as always: {_exception(change)}." for change in changes]


def notices(sentences: Sequence[str]) -> list[str]:
    return [f"Note: {sentence}" for sentence in sentences]


def told_group(group: Group, address: str) -> list[str]:
    where = "It meets by invitation and has no page." if group.visibility == "invite" else f"Its page: {address}/g/{group.slug}"
    lines = [
        f"“{group.name}” ({group.slug}), {group.visibility}. {group.kind.capitalize()}, led by a {group.led_by}.",
        where,
        *(f"Guideline: {line}" for line in group.guidelines or ("the usual ones.",)),
    ]
    about = {"Address": group.address, "Region": group.region, "Website": group.website}
    return [*lines, *(f"{name}: {text}" for name, text in about.items() if text)]


def _how_often(meeting: Meeting) -> str:
    if meeting.always_open:
        return f"Always open; begun anew each day at 04:00 ({meeting.timezone})."
    start = meeting.schedule.start
    if start is None:
        return "Opened by hand."
    first = f"{spoken_local(start)} ({meeting.timezone})"
    return f"From {first} on, by the rule {meeting.rrule}." if meeting.rrule else f"Once, on {first}."


def _exception(change: Change) -> str:
    one = spoken_local(change.original)
    if change.skipped:
        return f"{one} is skipped"
    parts = [
        f"moved to {spoken_local(change.start)}" if change.start else "",
        f"{change.minutes} minutes" if change.minutes else "",
        f"“{change.title}”" if change.title else "",
    ]
    return f"{one}: {', '.join(part for part in parts if part)}"
