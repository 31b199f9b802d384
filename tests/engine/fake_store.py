"""A store in memory, at the store's port."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

from chatserver.domain.schedule import Change
from chatserver.store.base import Ending, Group, Key, KeyRole, Meeting, NotThere, Opening, Revision, StillOpen, StoreUnavailable


@dataclass
class FakeStore:
    """`down`: names of the methods that raise `StoreUnavailable`. Every call lets others run first, as a real one does."""

    down: set[str] = field(default_factory=set)
    log: list[str] = field(default_factory=list)
    all_groups: dict[str, Group] = field(default_factory=dict)
    all_meetings: dict[str, Meeting] = field(default_factory=dict)
    all_formats: dict[str, dict[str, str]] = field(default_factory=dict)  # by group and name
    all_keys: dict[bytes, Key] = field(default_factory=dict)
    all_openings: list[Opening] = field(default_factory=list)

    async def _called(self, name: str) -> None:
        await asyncio.sleep(0)
        if name in self.down:
            raise StoreUnavailable
        self.log.append(name)

    async def close(self) -> None:
        await self._called("close")

    async def check(self) -> None:
        await self._called("check")

    async def is_empty(self) -> bool:
        await self._called("is_empty")
        return not self.all_groups

    async def groups(self) -> list[Group]:
        await self._called("groups")
        return list(self.all_groups.values())

    async def group(self, slug: str) -> Group | None:
        await self._called("group")
        return self.all_groups.get(slug)

    async def meetings(self, group: str | None = None) -> list[Meeting]:
        await self._called("meetings")
        return [m for m in self.all_meetings.values() if group in (None, m.group.slug)]

    async def meeting(self, slug: str) -> Meeting | None:
        await self._called("meeting")
        return self.all_meetings.get(slug)

    async def revisions(self) -> dict[str, Revision]:
        await self._called("revisions")
        return {m.slug: (m.sequence, m.updated_at) for m in self.all_meetings.values()}

    async def add_group(self, group: Group) -> None:
        await self._called("add_group")
        self.all_groups[group.slug] = group

    async def add_meeting(self, meeting: Meeting) -> None:
        await self._called("add_meeting")
        self.all_meetings[meeting.slug] = meeting

    async def update_group(self, group: Group) -> None:
        await self._called("update_group")
        if group.slug not in self.all_groups:
            raise NotThere(group.slug)
        self.all_groups[group.slug] = group
        self.all_meetings = {slug: replace(m, group=group) if m.group.slug == group.slug else m for slug, m in self.all_meetings.items()}

    async def update_meeting(self, meeting: Meeting, *, if_sequence: int | None = None) -> bool:
        await self._called("update_meeting")
        old = self._meeting(meeting.slug)
        if if_sequence not in (None, old.sequence):
            return False
        self._put(replace(meeting, group=old.group, sequence=old.sequence + 1))
        return True

    async def put_change(self, meeting: str, change: Change, updated_at: int) -> None:
        await self._called("put_change")
        self._put_changes(self._meeting(meeting), change.original, (change,), updated_at)

    async def remove_change(self, meeting: str, original: datetime, updated_at: int) -> bool:
        await self._called("remove_change")
        of = self.all_meetings.get(meeting)
        if of is None or original not in [change.original for change in of.changes]:
            return False
        self._put_changes(of, original, (), updated_at)
        return True

    async def remove_meeting(self, slug: str) -> None:
        await self._called("remove_meeting")
        self._meeting(slug)
        self._remove({slug})

    async def remove_group(self, slug: str) -> None:
        await self._called("remove_group")
        if slug not in self.all_groups:
            raise NotThere(slug)
        self._remove({m.slug for m in self.all_meetings.values() if m.group.slug == slug})
        self.all_keys = {hash: key for hash, key in self.all_keys.items() if key.group != slug}
        self.all_formats.pop(slug, None)
        del self.all_groups[slug]

    async def format(self, group: str, name: str) -> str | None:
        await self._called("format")
        return self.all_formats.get(group, {}).get(name)

    async def formats(self, group: str) -> dict[str, str]:
        await self._called("formats")
        return dict(sorted(self.all_formats.get(group, {}).items()))

    async def put_format(self, group: str, name: str, toml: str) -> None:
        await self._called("put_format")
        if group not in self.all_groups:
            raise NotThere(group)
        self.all_formats.setdefault(group, {})[name] = toml

    async def remove_format(self, group: str, name: str) -> bool:
        await self._called("remove_format")
        return self.all_formats.get(group, {}).pop(name, None) is not None

    async def add_key(self, key: Key) -> None:
        await self._called("add_key")
        self.all_keys[key.hash] = key

    async def revoke_keys(self, group: str, role: KeyRole, meeting: str | None = None, *, but: bytes | None = None) -> int:
        await self._called("revoke_keys")
        of_role = [k for k in self.all_keys.values() if (k.group, k.role) == (group, role) and meeting in (None, k.meeting)]
        gone = [k.hash for k in of_role if k.hash != but]
        for hash in gone:
            del self.all_keys[hash]
        return len(gone)

    async def revoke_key(self, hash: bytes) -> bool:
        await self._called("revoke_key")
        return self.all_keys.pop(hash, None) is not None

    async def key(self, hash: bytes) -> Key | None:
        await self._called("key")
        return self.all_keys.get(hash)

    async def use_key(self, hash: bytes) -> bool:
        await self._called("use_key")
        key = self.all_keys.get(hash)
        if key is None or key.uses_left == 0:
            return False
        if key.uses_left is not None:
            self.all_keys[hash] = replace(key, uses_left=key.uses_left - 1)
        return True

    async def open_meeting(self, slug: str, opening_id: str, opened_at: int, closes_at: int, occurrence: str | None = None) -> Opening:
        await self._called("open_meeting")
        meeting = self._meeting(slug)
        of_meeting = [o for o in self.all_openings if o.meeting.slug == slug]
        for opening in sorted(of_meeting, key=lambda o: o.closed_at is not None):
            if opening.closed_at is None or (occurrence is not None and opening.occurrence == occurrence):
                return opening
        opening = Opening(opening_id, meeting, 0, opened_at, closes_at, occurrence=occurrence)
        self.all_openings.append(opening)
        return opening

    async def extend_opening(self, opening_id: str, closes_at: int) -> int | None:
        await self._called("extend_opening")
        opening = next((o for o in self.all_openings if o.id == opening_id and o.closed_at is None), None)
        return None if opening is None else self._change(opening_id, closes_at=max(closes_at, opening.closes_at)).closes_at

    async def opening(self, slug: str) -> Opening | None:
        await self._called("opening")
        return next((o for o in reversed(self.all_openings) if o.meeting.slug == slug), None)

    async def openings(self) -> list[Opening]:
        await self._called("openings")
        return [o for o in self.all_openings if o.closed_at is None]

    async def ends(self) -> dict[str, Ending]:
        await self._called("ends")
        return {o.id: Ending(o.meeting.slug, o.closes_at, o.occurrence) for o in self.all_openings if o.closed_at is None}

    async def next_line(self, opening_id: str) -> int:
        await self._called("next_line")
        return self._change(opening_id, line=self._opening(opening_id).line + 1).line

    async def close_opening(self, opening_id: str, closed_at: int) -> bool:
        await self._called("close_opening")
        if self._opening(opening_id).closed_at is not None:
            return False
        self._change(opening_id, closed_at=closed_at)
        return True

    def _meeting(self, slug: str) -> Meeting:
        if slug not in self.all_meetings:
            raise NotThere(slug)
        return self.all_meetings[slug]

    def _put(self, meeting: Meeting) -> None:
        self.all_meetings[meeting.slug] = meeting
        self.all_openings = [replace(o, meeting=meeting) if o.meeting.slug == meeting.slug else o for o in self.all_openings]

    def _put_changes(self, of: Meeting, original: datetime, changes: tuple[Change, ...], updated_at: int) -> None:
        kept = [change for change in of.changes if change.original != original]
        in_order = tuple(sorted((*kept, *changes), key=lambda change: change.original))
        self._put(replace(of, changes=in_order, updated_at=updated_at, sequence=of.sequence + 1))

    def _remove(self, slugs: set[str]) -> None:
        for opening in self.all_openings:
            if opening.meeting.slug in slugs and opening.closed_at is None:
                raise StillOpen(opening.meeting.slug)
        self.all_meetings = {slug: m for slug, m in self.all_meetings.items() if slug not in slugs}
        self.all_keys = {hash: key for hash, key in self.all_keys.items() if key.meeting not in slugs}
        self.all_openings = [o for o in self.all_openings if o.meeting.slug not in slugs]

    def _opening(self, opening_id: str) -> Opening:
        return next(o for o in self.all_openings if o.id == opening_id)

    def _change(self, opening_id: str, **changes: int) -> Opening:
        n = next(n for n, o in enumerate(self.all_openings) if o.id == opening_id)
        self.all_openings[n] = replace(self.all_openings[n], **changes)  # type: ignore[arg-type]
        return self.all_openings[n]
