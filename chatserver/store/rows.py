"""What the store's values look like as rows, and the queries that read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LABEL_STYLE_TABLENAME_PLUS_COL, Row, bindparam, select, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from chatserver.domain.schedule import Change, written
from chatserver.store.base import Group, Meeting, Opening
from chatserver.store.tables import changes, formats, groups, keys, meetings, openings


class rows_as_json(FunctionElement[Any]):  # noqa: N801 (a function of SQL)
    """All rows as one value, a list of lists, so that what belongs to a row comes along with it. NULL or an empty list: there are none."""

    type = JSON()
    inherit_cache = True


@compiles(rows_as_json, "sqlite")
def _of_sqlite(element: rows_as_json, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **more)}))"


@compiles(rows_as_json, "postgresql")
def _of_postgresql(element: rows_as_json, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **more)}))"


_CHANGES = (
    select(rows_as_json(changes.c.original, changes.c.skipped, changes.c.start, changes.c.minutes, changes.c.title))
    .where(changes.c.meeting_slug == meetings.c.slug)
    .correlate(meetings)
    .scalar_subquery()
    .label("changes")
)
MEETINGS = (
    select(meetings, groups, _CHANGES).join(groups, groups.c.slug == meetings.c.group_slug).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
)
OPENINGS = MEETINGS.add_columns(openings).join(openings, openings.c.meeting_slug == meetings.c.slug)
STILL_OPEN = openings.c.closed_at.is_(None)

# What is asked for whoever comes is made once: SQLAlchemy looks through all of a statement to know whether it has seen it.
MEETING = MEETINGS.where(meetings.c.slug == bindparam("slug"))
# The one that is open is the latest, also where its number is not: PostgreSQL gives numbers out before it knows who comes first.
LATEST = OPENINGS.where(openings.c.meeting_slug == bindparam("slug")).order_by(STILL_OPEN.desc(), openings.c.number.desc())
REVISIONS = select(meetings.c.slug, meetings.c.sequence, meetings.c.updated_at)
ENDS = (
    select(openings.c.id, openings.c.meeting_slug, openings.c.closes_at, openings.c.occurrence)
    .where(STILL_OPEN)
    .order_by(openings.c.number)
)
FORMAT = select(formats.c.toml).where(formats.c.group_slug == bindparam("group"), formats.c.name == bindparam("name"))
KEY = select(keys).where(keys.c.hash == bindparam("hash"))
NEXT_LINE = update(openings).where(openings.c.id == bindparam("opening")).values(line=openings.c.line + 1).returning(openings.c.line)


def of_group(group: Group) -> dict[str, Any]:
    return {
        "slug": group.slug,
        "name": group.name,
        "visibility": group.visibility,
        "led_by": group.led_by,
        "kind": group.kind,
        "guidelines": list(group.guidelines),
        "address": group.address,
        "region": group.region,
        "website": group.website,
    }


def of_meeting(meeting: Meeting) -> dict[str, Any]:
    """All but its changes and its sequence."""
    return {
        "slug": meeting.slug,
        "group_slug": meeting.group.slug,
        "title": meeting.title,
        "format": meeting.format,
        "timezone": meeting.timezone,
        "start": meeting.start,
        "rrule": meeting.rrule,
        "minutes": meeting.minutes,
        "capacity": meeting.capacity,
        "lobby": meeting.lobby,
        "doors_minutes": meeting.doors_minutes,
        "always_open": meeting.always_open,
        "types": list(meeting.types),
        "language": meeting.language,
        "notes": meeting.notes,
        "updated_at": meeting.updated_at,
    }


def of_change(meeting: str, change: Change) -> dict[str, Any]:
    return {
        "meeting_slug": meeting,
        "original": written(change.original),
        "skipped": change.skipped,
        "start": None if change.start is None else written(change.start),
        "minutes": change.minutes,
        "title": change.title,
    }


def as_group(row: Row[Any], prefix: str = "") -> Group:
    of = row._mapping
    return Group(
        slug=of[f"{prefix}slug"],
        name=of[f"{prefix}name"],
        visibility=of[f"{prefix}visibility"],
        led_by=of[f"{prefix}led_by"],
        kind=of[f"{prefix}kind"],
        guidelines=tuple(of[f"{prefix}guidelines"]),
        address=of[f"{prefix}address"],
        region=of[f"{prefix}region"],
        website=of[f"{prefix}website"],
    )


def as_meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        slug=row.meetings_slug,
        group=as_group(row, "groups_"),
        title=row.meetings_title,
        format=row.meetings_format,
        timezone=row.meetings_timezone,
        start=row.meetings_start,
        rrule=row.meetings_rrule,
        minutes=row.meetings_minutes,
        capacity=row.meetings_capacity,
        lobby=row.meetings_lobby,
        doors_minutes=row.meetings_doors_minutes,
        always_open=row.meetings_always_open,
        changes=tuple(_as_change(*each) for each in sorted(row.changes or ())),
        types=tuple(row.meetings_types),
        language=row.meetings_language,
        notes=row.meetings_notes,
        updated_at=row.meetings_updated_at,
        sequence=row.meetings_sequence,
    )


def _as_change(original: str, skipped: int, start: str | None, minutes: int | None, title: str | None) -> Change:
    at = datetime.fromisoformat
    return Change(at(original), bool(skipped), None if start is None else at(start), minutes, title)


def as_opening(row: Row[Any]) -> Opening:
    return Opening(
        id=row.openings_id,
        meeting=as_meeting(row),
        line=row.openings_line,
        opened_at=row.openings_opened_at,
        closes_at=row.openings_closes_at,
        closed_at=row.openings_closed_at,
        occurrence=row.openings_occurrence,
    )
