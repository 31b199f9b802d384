"""The tables: everything that outlives a meeting. There is no table about people, and a test lists every column."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from chatserver.holding import Holding

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

groups = Table(
    "groups",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("name", String, nullable=False),
    Column("visibility", String(16), nullable=False),
    Column("led_by", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("guidelines", JSON, nullable=False),
    Column("address", String, nullable=False),
    Column("region", String, nullable=False),
    Column("website", String, nullable=False),
)

# A group's own formats, as the files that were given. The names of a meeting's format refer to these or to those that come along.
formats = Table(
    "formats",
    metadata,
    Column("group_slug", String(64), ForeignKey("groups.slug"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("toml", String, nullable=False),
)

meetings = Table(
    "meetings",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("group_slug", String(64), ForeignKey("groups.slug"), nullable=False),
    Column("title", String, nullable=False),
    Column("format", String(64), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("start", String(16), nullable=True),
    Column("rrule", String, nullable=True),
    Column("minutes", Integer, nullable=False),
    Column("capacity", Integer, nullable=True),
    Column("lobby", Boolean, nullable=False),
    Column("doors_minutes", Integer, nullable=True),
    Column("always_open", Boolean, nullable=False),
    Column("types", JSON, nullable=False),
    Column("language", String, nullable=False),
    Column("notes", String, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("sequence", Integer, nullable=False),
    UniqueConstraint("slug", "group_slug"),  # so that a key can name a meeting of its own group only
)

# What is otherwise with single occurrences. Times are local, as a meeting's start is.
changes = Table(
    "changes",
    metadata,
    Column("meeting_slug", String(64), ForeignKey("meetings.slug"), primary_key=True),
    Column("original", String(16), primary_key=True),
    Column("skipped", Boolean, nullable=False),
    Column("start", String(16), nullable=True),
    Column("minutes", Integer, nullable=True),
    Column("title", String, nullable=True),
)

keys = Table(
    "keys",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("group_slug", String(64), ForeignKey("groups.slug"), nullable=False),
    Column("meeting_slug", String(64), nullable=True),
    Column("role", String(16), nullable=False),
    Column("uses_left", Integer, nullable=True),
    ForeignKeyConstraint(["meeting_slug", "group_slug"], ["meetings.slug", "meetings.group_slug"]),
)

openings = Table(
    "openings",
    metadata,
    Column("number", Integer, primary_key=True),  # their order: two may begin in one millisecond
    Column("id", String(64), nullable=False, unique=True),
    Column("meeting_slug", String(64), ForeignKey("meetings.slug"), nullable=False),
    Column("line", Integer, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("closes_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger, nullable=True),
    Column("occurrence", String(16), nullable=True),
)

_open = text("closed_at IS NULL")
Index("one_open_opening_a_meeting", openings.c.meeting_slug, unique=True, sqlite_where=_open, postgresql_where=_open)
# NULLs are different from each other: of those opened by hand there may be any number.
Index("one_opening_an_occurrence", openings.c.meeting_slug, openings.c.occurrence, unique=True)


HOLDS = (
    Holding(
        "group", "database", "groups", "operator-deletes",
        ("slug", "name", "visibility", "led_by", "kind", "guidelines", "address", "region", "website"),
    ),
    Holding("format", "database", "formats", "operator-deletes", ("group_slug", "name", "toml")),
    Holding(
        "meeting", "database", "meetings", "operator-deletes",
        (
            "slug", "group_slug", "title", "format", "timezone", "start", "rrule", "minutes", "capacity", "lobby", "doors_minutes",
            "always_open", "types", "language", "notes", "updated_at", "sequence",
        ),
    ),
    Holding("change", "database", "changes", "operator-deletes", ("meeting_slug", "original", "skipped", "start", "minutes", "title")),
    Holding(
        "key", "database", "keys", "operator-deletes", ("hash", "group_slug", "meeting_slug", "role", "uses_left"), identifies="secret"
    ),
    Holding(
        "opening", "database", "openings", "operator-deletes",
        ("number", "id", "meeting_slug", "line", "opened_at", "closes_at", "closed_at", "occurrence"),
    ),
    Holding("database-version", "database", "alembic_version", "operator-deletes", ("version_num",)),
)  # fmt: skip
