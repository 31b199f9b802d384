"""The store in an SQL database. A write is one statement where that is enough; no lock is held while we think."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, case, delete, insert, make_url, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chatserver.domain.schedule import Change, written
from chatserver.store import postgresql, rows, sqlite
from chatserver.store.base import (
    AlreadyThere,
    Ending,
    Group,
    Key,
    KeyRole,
    Meeting,
    NotThere,
    Opening,
    Revision,
    StillOpen,
    Store,
    StoreUnavailable,
)
from chatserver.store.database import CALL_SECONDS, Database
from chatserver.store.faults import as_unavailable
from chatserver.store.rows import as_group, as_meeting, as_opening, of_change, of_group, of_meeting
from chatserver.store.tables import changes, formats, groups, keys, meetings, openings

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
            return await self._db.calls.within(CALL_SECONDS, call(self, *args, **kwargs))

    return within


class SqlStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._db = Database(engine)
        self._insert = sqlite_insert if self._db.sqlite else postgresql_insert  # which both know what to do where one is there

    async def close(self) -> None:
        await self._db.close()

    @bounded
    async def check(self) -> None:
        await self.is_empty()

    @bounded
    async def is_empty(self) -> bool:
        return await self._db.first(select(groups.c.slug)) is None

    @bounded
    async def groups(self) -> list[Group]:
        return sorted((as_group(row) for row in await self._db.all(select(groups))), key=lambda each: each.slug)

    @bounded
    async def group(self, slug: str) -> Group | None:
        row = await self._db.first(select(groups).where(groups.c.slug == slug)) if _SLUG.fullmatch(slug) else None
        return None if row is None else as_group(row)

    @bounded
    async def meetings(self, group: str | None = None) -> list[Meeting]:
        query = rows.MEETINGS
        if group is not None:
            if not _SLUG.fullmatch(group):
                return []
            query = query.where(meetings.c.group_slug == group)
        # Sorted here, since each database, and each language of one, has its own idea of where a hyphen goes.
        return sorted((as_meeting(row) for row in await self._db.all(query)), key=lambda each: each.slug)

    @bounded
    async def meeting(self, slug: str) -> Meeting | None:
        row = await self._db.first(rows.MEETING, slug=slug) if _SLUG.fullmatch(slug) else None
        return None if row is None else as_meeting(row)

    @bounded
    async def revisions(self) -> dict[str, Revision]:
        return {slug: (sequence, updated_at) for slug, sequence, updated_at in await self._db.all(rows.REVISIONS)}

    @bounded
    async def add_group(self, group: Group) -> None:
        try:
            await self._db.write(insert(groups).values(of_group(group)))
        except IntegrityError:
            raise AlreadyThere(group.slug) from None

    @bounded
    async def add_meeting(self, meeting: Meeting) -> None:
        async def add(connection: AsyncConnection) -> None:
            await connection.execute(insert(meetings).values(**of_meeting(meeting), sequence=0))
            await _add_changes(connection, meeting)

        try:
            await self._db.together(add)
        except IntegrityError:
            if await self.group(meeting.group.slug) is None:
                raise NotThere(meeting.group.slug) from None
            raise AlreadyThere(meeting.slug) from None

    @bounded
    async def update_group(self, group: Group) -> None:
        if not await self._db.write(update(groups).where(groups.c.slug == group.slug).values(of_group(group))):
            raise NotThere(group.slug)

    @bounded
    async def update_meeting(self, meeting: Meeting, *, if_sequence: int | None = None) -> bool:
        async def change(connection: AsyncConnection) -> bool:
            values = {name: value for name, value in of_meeting(meeting).items() if name not in ("slug", "group_slug")}
            if not await _update_meeting(connection, meeting.slug, if_sequence, **values):
                return False
            await connection.execute(delete(changes).where(changes.c.meeting_slug == meeting.slug))
            await _add_changes(connection, meeting)
            return True

        return await self._db.together(change)

    @bounded
    async def put_change(self, meeting: str, change: Change, updated_at: int) -> None:
        if not _SLUG.fullmatch(meeting):
            raise NotThere(meeting)
        values = of_change(meeting, change)

        async def put(connection: AsyncConnection) -> None:
            await _update_meeting(connection, meeting, updated_at=updated_at)
            adding = self._insert(changes).values(values)
            await connection.execute(adding.on_conflict_do_update(index_elements=["meeting_slug", "original"], set_=values))

        await self._db.together(put)

    @bounded
    async def remove_change(self, meeting: str, original: datetime, updated_at: int) -> bool:
        one = (changes.c.meeting_slug == meeting, changes.c.original == written(original))

        async def remove(connection: AsyncConnection) -> bool:
            await connection.execute(select(meetings.c.slug).where(meetings.c.slug == meeting).with_for_update())  # as in _update_meeting
            removed = bool((await connection.execute(delete(changes).where(*one))).rowcount)
            if removed:
                await _update_meeting(connection, meeting, updated_at=updated_at)
            return removed

        return bool(_SLUG.fullmatch(meeting)) and await self._db.together(remove)

    @bounded
    async def remove_meeting(self, slug: str) -> None:
        if not _SLUG.fullmatch(slug):
            raise NotThere(slug)

        async def remove(connection: AsyncConnection) -> None:
            if not await _remove_meetings(connection, meetings.c.slug == slug):
                raise NotThere(slug)

        await self._db.together(remove)

    @bounded
    async def remove_group(self, slug: str) -> None:
        if not _SLUG.fullmatch(slug):
            raise NotThere(slug)

        async def remove(connection: AsyncConnection) -> None:
            if not (await connection.execute(select(groups.c.slug).where(groups.c.slug == slug).with_for_update())).first():
                raise NotThere(slug)
            await _remove_meetings(connection, meetings.c.group_slug == slug)
            for table in (keys, formats):
                await connection.execute(delete(table).where(table.c.group_slug == slug))
            await connection.execute(delete(groups).where(groups.c.slug == slug))

        await self._db.together(remove)

    @bounded
    async def format(self, group: str, name: str) -> str | None:
        if not (_SLUG.fullmatch(group) and _SLUG.fullmatch(name)):
            return None
        row = await self._db.first(rows.FORMAT, group=group, name=name)
        return None if row is None else str(row.toml)

    @bounded
    async def formats(self, group: str) -> dict[str, str]:
        if not _SLUG.fullmatch(group):
            return {}
        query = select(formats.c.name, formats.c.toml).where(formats.c.group_slug == group)
        return dict(sorted((row.name, row.toml) for row in await self._db.all(query)))

    @bounded
    async def put_format(self, group: str, name: str, toml: str) -> None:
        if not _SLUG.fullmatch(group):
            raise NotThere(group)
        adding = self._insert(formats).values(group_slug=group, name=name, toml=toml)
        try:
            await self._db.write(adding.on_conflict_do_update(index_elements=["group_slug", "name"], set_={"toml": toml}))
        except IntegrityError:
            raise NotThere(group) from None

    @bounded
    async def remove_format(self, group: str, name: str) -> bool:
        if not (_SLUG.fullmatch(group) and _SLUG.fullmatch(name)):
            return False
        return bool(await self._db.write(delete(formats).where(formats.c.group_slug == group, formats.c.name == name)))

    @bounded
    async def add_key(self, key: Key) -> None:
        try:
            await self._db.write(
                insert(keys).values(hash=key.hash, group_slug=key.group, meeting_slug=key.meeting, role=key.role, uses_left=key.uses_left)
            )
        except IntegrityError:
            raise NotThere(key.meeting if key.meeting and await self.group(key.group) else key.group) from None

    @bounded
    async def revoke_keys(self, group: str, role: KeyRole, meeting: str | None = None, *, but: bytes | None = None) -> int:
        statement = delete(keys).where(keys.c.group_slug == group, keys.c.role == role)
        if but is not None:
            statement = statement.where(keys.c.hash != but)
        if meeting is not None:
            statement = statement.where(keys.c.meeting_slug == meeting)
        return await self._db.write(statement)

    @bounded
    async def revoke_key(self, hash: bytes) -> bool:
        return bool(await self._db.write(delete(keys).where(keys.c.hash == hash)))

    @bounded
    async def key(self, hash: bytes) -> Key | None:
        row = await self._db.first(rows.KEY, hash=hash)
        return None if row is None else Key(row.hash, row.group_slug, row.role, row.meeting_slug, row.uses_left)

    @bounded
    async def use_key(self, hash: bytes) -> bool:
        key = await self.key(hash)
        if key is None:
            return False
        if key.uses_left is None:
            return True
        return bool(
            await self._db.write(update(keys).where(keys.c.hash == hash, keys.c.uses_left > 0).values(uses_left=keys.c.uses_left - 1))
        )

    @bounded
    async def open_meeting(self, slug: str, opening_id: str, opened_at: int, closes_at: int, occurrence: str | None = None) -> Opening:
        meeting = await self.meeting(slug)
        if meeting is None:
            raise NotThere(slug)
        new = Opening(opening_id, meeting, 0, opened_at, closes_at, occurrence=occurrence)
        statement = insert(openings).values(
            id=opening_id, meeting_slug=slug, line=0, opened_at=opened_at, closes_at=closes_at, occurrence=occurrence
        )
        in_the_way = rows.STILL_OPEN if occurrence is None else or_(rows.STILL_OPEN, openings.c.occurrence == occurrence)
        for _ in range(3):  # the one that is open may close just before we read it
            try:
                await self._db.write(statement)
            except IntegrityError:
                row = await self._db.first(rows.LATEST.where(in_the_way), slug=slug)
                if row is not None:
                    return as_opening(row)
            else:
                return new
        raise StoreUnavailable("The meeting was opened and closed by others at the same time.")

    @bounded
    async def extend_opening(self, opening_id: str, closes_at: int) -> int | None:
        later = case((openings.c.closes_at < closes_at, closes_at), else_=openings.c.closes_at)
        extending = update(openings).where(openings.c.id == opening_id, rows.STILL_OPEN).values(closes_at=later)
        row = await self._db.updated(extending.returning(openings.c.closes_at))
        return None if row is None else int(row.closes_at)

    @bounded
    async def opening(self, slug: str) -> Opening | None:
        row = await self._db.first(rows.LATEST, slug=slug) if _SLUG.fullmatch(slug) else None
        return None if row is None else as_opening(row)

    @bounded
    async def openings(self) -> list[Opening]:
        return [as_opening(row) for row in await self._db.all(rows.OPENINGS.where(rows.STILL_OPEN).order_by(openings.c.number))]

    @bounded
    async def ends(self) -> dict[str, Ending]:
        return {id: Ending(*ending) for id, *ending in await self._db.all(rows.ENDS)}

    @bounded
    async def next_line(self, opening_id: str) -> int:
        row = await self._db.updated(rows.NEXT_LINE, opening=opening_id)
        if row is None:
            raise NotThere(opening_id)
        return int(row.line)

    @bounded
    async def close_opening(self, opening_id: str, closed_at: int) -> bool:
        statement = update(openings).where(openings.c.id == opening_id, rows.STILL_OPEN)
        return bool(await self._db.write(statement.values(closed_at=closed_at)))


async def _update_meeting(connection: AsyncConnection, slug: str, if_sequence: int | None = None, **values: Any) -> bool:
    """Raises `NotThere`. Comes before whatever else is changed of the meeting, so that two who change it wait for each other.

    False where its sequence is not `if_sequence`."""
    statement = update(meetings).where(meetings.c.slug == slug).values(**values, sequence=meetings.c.sequence + 1)
    if if_sequence is not None:
        statement = statement.where(meetings.c.sequence == if_sequence)
    if (await connection.execute(statement)).rowcount:
        return True
    if (await connection.execute(select(meetings.c.slug).where(meetings.c.slug == slug))).first() is None:
        raise NotThere(slug)
    return False


async def _add_changes(connection: AsyncConnection, meeting: Meeting) -> None:
    if meeting.changes:
        await connection.execute(insert(changes), [of_change(meeting.slug, each) for each in meeting.changes])


async def _remove_meetings(connection: AsyncConnection, which: ColumnElement[bool]) -> int:
    """How many there were. Raises `StillOpen`. Who would open one meanwhile waits for the lock on it, and then finds it gone."""
    found = (await connection.execute(select(meetings.c.slug).where(which).with_for_update())).scalars().all()
    open_now = await connection.execute(select(openings.c.meeting_slug).where(openings.c.meeting_slug.in_(found), rows.STILL_OPEN))
    slug = open_now.scalars().first()
    if slug is not None:
        raise StillOpen(slug)
    for table in (changes, keys, openings):
        await connection.execute(delete(table).where(table.c.meeting_slug.in_(found)))
    await connection.execute(delete(meetings).where(meetings.c.slug.in_(found)))
    return len(found)
