"""The store in an SQL database. Every write is one statement, so that nothing is ever half done and no lock is held while we think."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    CursorResult,
    Delete,
    Executable,
    Insert,
    Row,
    Select,
    Update,
    bindparam,
    delete,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import ReturningUpdate

from chatserver.store import postgresql, sqlite
from chatserver.store.base import AlreadyThere, Group, Key, KeyRole, Meeting, NotThere, Opening, Store, StoreUnavailable
from chatserver.store.faults import as_unavailable
from chatserver.store.in_time import Calls, to_its_end
from chatserver.store.tables import formats, groups, keys, meetings, openings

CALL_SECONDS = 2.0

# People ask for whatever they type. What is no slug is not there, and not every text can be asked for: PostgreSQL takes no zero character.
_SLUG = re.compile(r"[a-z0-9-]{1,64}")

P = ParamSpec("P")
R = TypeVar("R")


async def open_store(url: str, *, as_it_is: bool = False) -> Store:
    """Brings the database at `url` (an SQLAlchemy URL, of SQLite or PostgreSQL) up to date and opens it. Raises `StoreUnavailable`.

    `as_it_is`: somebody else has brought it up to date."""
    if not as_it_is:
        from chatserver.store.migrate import migrate  # and all of Alembic: a worker begins faster without

        await migrate(url)
    where = make_url(url)
    return SqlStore((sqlite if where.get_backend_name() == "sqlite" else postgresql).make_engine(where))


def shown(url: str) -> str:
    """The URL as people may see it: without the password."""
    return make_url(url).render_as_string(hide_password=True)


def bounded(
    call: Callable[Concatenate[SqlStore, P], Coroutine[Any, Any, R]],
) -> Callable[Concatenate[SqlStore, P], Coroutine[Any, Any, R]]:
    """Lets a call end in time, and with nothing but the port's own exceptions."""

    @functools.wraps(call)
    async def within(self: SqlStore, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with as_unavailable():
            return await self.calls.within(CALL_SECONDS, call(self, *args, **kwargs))

    return within


class SqlStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        self.calls = Calls()
        # SQLite has one writer at a time. Taking turns here costs nothing; waiting for each other in the database is done by
        # trying again, and who is unlucky, or on a busy machine, tries until the call's time is up.
        self._writer: AbstractAsyncContextManager[None] = asyncio.Lock() if self._sqlite else nullcontext()

    async def close(self) -> None:
        await self.calls.end(CALL_SECONDS)
        with suppress(TimeoutError):  # a server that does not answer does not hear us go
            await self.calls.within(CALL_SECONDS, self._engine.dispose())

    @bounded
    async def check(self) -> None:
        await self.is_empty()

    @bounded
    async def is_empty(self) -> bool:
        return await self._first(select(groups.c.slug)) is None

    @bounded
    async def groups(self) -> list[Group]:
        return sorted((_group(row) for row in await self._all(select(groups))), key=lambda each: each.slug)

    @bounded
    async def group(self, slug: str) -> Group | None:
        row = await self._first(select(groups).where(groups.c.slug == slug)) if _SLUG.fullmatch(slug) else None
        return None if row is None else _group(row)

    @bounded
    async def meetings(self, group: str | None = None) -> list[Meeting]:
        query = _MEETINGS
        if group is not None:
            if not _SLUG.fullmatch(group):
                return []
            query = query.where(meetings.c.group_slug == group)
        # Sorted here, since each database, and each language of one, has its own idea of where a hyphen goes.
        return sorted((_meeting(row) for row in await self._all(query)), key=lambda each: each.slug)

    @bounded
    async def meeting(self, slug: str) -> Meeting | None:
        row = await self._first(_MEETING, slug=slug) if _SLUG.fullmatch(slug) else None
        return None if row is None else _meeting(row)

    @bounded
    async def add_group(self, group: Group) -> None:
        try:
            await self._write(
                insert(groups).values(
                    slug=group.slug,
                    name=group.name,
                    visibility=group.visibility,
                    led_by=group.led_by,
                    kind=group.kind,
                    guidelines=list(group.guidelines),
                )
            )
        except IntegrityError:
            raise AlreadyThere(group.slug) from None

    @bounded
    async def add_meeting(self, meeting: Meeting) -> None:
        try:
            await self._write(
                insert(meetings).values(
                    slug=meeting.slug,
                    group_slug=meeting.group.slug,
                    title=meeting.title,
                    format=meeting.format,
                    timezone=meeting.timezone,
                    start=meeting.start,
                    rrule=meeting.rrule,
                    minutes=meeting.minutes,
                    capacity=meeting.capacity,
                    lobby=meeting.lobby,
                )
            )
        except IntegrityError:
            if await self.group(meeting.group.slug) is None:
                raise NotThere(meeting.group.slug) from None
            raise AlreadyThere(meeting.slug) from None

    @bounded
    async def format(self, group: str, name: str) -> str | None:
        if not (_SLUG.fullmatch(group) and _SLUG.fullmatch(name)):
            return None
        row = await self._first(_FORMAT, group=group, name=name)
        return None if row is None else str(row.toml)

    @bounded
    async def formats(self, group: str) -> dict[str, str]:
        if not _SLUG.fullmatch(group):
            return {}
        query = select(formats.c.name, formats.c.toml).where(formats.c.group_slug == group)
        return dict(sorted((row.name, row.toml) for row in await self._all(query)))

    @bounded
    async def put_format(self, group: str, name: str, toml: str) -> None:
        if not _SLUG.fullmatch(group):
            raise NotThere(group)
        adding = (sqlite_insert if self._sqlite else postgresql_insert)(formats).values(group_slug=group, name=name, toml=toml)
        try:
            await self._write(adding.on_conflict_do_update(index_elements=["group_slug", "name"], set_={"toml": toml}))
        except IntegrityError:
            raise NotThere(group) from None

    @bounded
    async def remove_format(self, group: str, name: str) -> bool:
        if not (_SLUG.fullmatch(group) and _SLUG.fullmatch(name)):
            return False
        return bool(await self._write(delete(formats).where(formats.c.group_slug == group, formats.c.name == name)))

    @bounded
    async def add_key(self, key: Key) -> None:
        try:
            await self._write(
                insert(keys).values(hash=key.hash, group_slug=key.group, meeting_slug=key.meeting, role=key.role, uses_left=key.uses_left)
            )
        except IntegrityError:
            raise NotThere(key.meeting if key.meeting and await self.group(key.group) else key.group) from None

    @bounded
    async def revoke_keys(self, group: str, role: KeyRole, meeting: str | None = None) -> int:
        statement = delete(keys).where(keys.c.group_slug == group, keys.c.role == role)
        if meeting is not None:
            statement = statement.where(keys.c.meeting_slug == meeting)
        return await self._write(statement)

    @bounded
    async def key(self, hash: bytes) -> Key | None:
        row = await self._first(_KEY, hash=hash)
        return None if row is None else Key(row.hash, row.group_slug, row.role, row.meeting_slug, row.uses_left)

    @bounded
    async def use_key(self, hash: bytes) -> bool:
        key = await self.key(hash)
        if key is None:
            return False
        if key.uses_left is None:
            return True
        return bool(await self._write(update(keys).where(keys.c.hash == hash, keys.c.uses_left > 0).values(uses_left=keys.c.uses_left - 1)))

    @bounded
    async def open_meeting(self, slug: str, opening_id: str, opened_at: int, closes_at: int) -> Opening:
        meeting = await self.meeting(slug)
        if meeting is None:
            raise NotThere(slug)
        statement = insert(openings).values(id=opening_id, meeting_slug=slug, line=0, opened_at=opened_at, closes_at=closes_at)
        for _ in range(3):  # the one that is open may close just before we read it
            try:
                await self._write(statement)
            except IntegrityError:
                row = await self._first(_OPENINGS.where(openings.c.meeting_slug == slug, openings.c.closed_at.is_(None)))
                if row is not None:
                    return _opening(row)
            else:
                return Opening(opening_id, meeting, 0, opened_at, closes_at)
        raise StoreUnavailable("The meeting was opened and closed by others at the same time.")

    @bounded
    async def opening(self, slug: str) -> Opening | None:
        row = await self._first(_LATEST, slug=slug) if _SLUG.fullmatch(slug) else None
        return None if row is None else _opening(row)

    @bounded
    async def openings(self) -> list[Opening]:
        return [_opening(row) for row in await self._all(_OPENINGS.where(openings.c.closed_at.is_(None)).order_by(openings.c.number))]

    @bounded
    async def ends(self) -> dict[str, tuple[str, int]]:
        return {id: (slug, closes_at) for id, slug, closes_at in await self._all(_ENDS)}

    @bounded
    async def next_line(self, opening_id: str) -> int:
        row = await self._updated(_NEXT_LINE, opening=opening_id)
        if row is None:
            raise NotThere(opening_id)
        return int(row.line)

    @bounded
    async def close_opening(self, opening_id: str, closed_at: int) -> bool:
        statement = update(openings).where(openings.c.id == opening_id, openings.c.closed_at.is_(None))
        return bool(await self._write(statement.values(closed_at=closed_at)))

    def _at_work(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection for one statement: no call of the store needs two that hold together."""
        return self._engine.connect() if self._sqlite else self._engine.begin()

    async def _all(self, query: Select[Any]) -> Sequence[Row[Any]]:
        async with self._at_work() as connection:
            return (await self._execute(connection, query)).all()

    async def _first(self, query: Select[Any], **values: Any) -> Row[Any] | None:
        async with self._at_work() as connection:
            return (await self._execute(connection, query, values)).first()

    async def _updated(self, statement: ReturningUpdate[Any], **values: Any) -> Row[Any] | None:
        """What it returned of the row that it changed."""
        async with self._writer, self._at_work() as connection:
            return (await self._execute(connection, statement, values)).first()

    async def _write(self, statement: Insert | Update | Delete) -> int:
        """How many rows it changed. Lets `IntegrityError` through."""
        async with self._writer, self._at_work() as connection:
            return (await self._execute(connection, statement)).rowcount

    async def _execute(self, connection: AsyncConnection, statement: Executable, values: dict[str, Any] | None = None) -> CursorResult[Any]:
        work = connection.execute(statement, values)
        # A statement of SQLite goes on in its thread when it is given up. Left alone, it gets the lock in the end, and keeps it.
        # Of PostgreSQL the connection is thrown away with it, and the server ends what it cannot be told to end.
        return await (to_its_end(work) if self._sqlite else work)


_MEETINGS = select(meetings, groups).join(groups, groups.c.slug == meetings.c.group_slug).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
_OPENINGS = _MEETINGS.add_columns(openings).join(openings, openings.c.meeting_slug == meetings.c.slug)

# What is asked for whoever comes is made once: SQLAlchemy looks through all of a statement to know whether it has seen it.
_MEETING = _MEETINGS.where(meetings.c.slug == bindparam("slug"))
# The one that is open is the latest, also where its number is not: PostgreSQL gives numbers out before it knows who comes first.
_LATEST = _OPENINGS.where(openings.c.meeting_slug == bindparam("slug")).order_by(
    openings.c.closed_at.is_(None).desc(), openings.c.number.desc()
)
_OPEN = openings.c.closed_at.is_(None)
_ENDS = select(openings.c.id, openings.c.meeting_slug, openings.c.closes_at).where(_OPEN).order_by(openings.c.number)
_FORMAT = select(formats.c.toml).where(formats.c.group_slug == bindparam("group"), formats.c.name == bindparam("name"))
_KEY = select(keys).where(keys.c.hash == bindparam("hash"))
_NEXT_LINE = update(openings).where(openings.c.id == bindparam("opening")).values(line=openings.c.line + 1).returning(openings.c.line)


def _group(row: Row[Any]) -> Group:
    return Group(row.slug, row.name, row.visibility, row.led_by, row.kind, tuple(row.guidelines))


def _meeting(row: Row[Any]) -> Meeting:
    return Meeting(
        slug=row.meetings_slug,
        group=Group(
            slug=row.groups_slug,
            name=row.groups_name,
            visibility=row.groups_visibility,
            led_by=row.groups_led_by,
            kind=row.groups_kind,
            guidelines=tuple(row.groups_guidelines),
        ),
        title=row.meetings_title,
        format=row.meetings_format,
        timezone=row.meetings_timezone,
        start=row.meetings_start,
        rrule=row.meetings_rrule,
        minutes=row.meetings_minutes,
        capacity=row.meetings_capacity,
        lobby=row.meetings_lobby,
    )


def _opening(row: Row[Any]) -> Opening:
    return Opening(
        id=row.openings_id,
        meeting=_meeting(row),
        line=row.openings_line,
        opened_at=row.openings_opened_at,
        closes_at=row.openings_closes_at,
        closed_at=row.openings_closed_at,
    )
