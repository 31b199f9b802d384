"""Groups, meetings, keys, openings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("visibility", sa.String(16), nullable=False),
        sa.Column("led_by", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("guidelines", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_groups"),
    )
    op.create_table(
        "meetings",
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("group_slug", sa.String(64), nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("format", sa.String(64), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("start", sa.String(16), nullable=True),
        sa.Column("rrule", sa.String, nullable=True),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=True),
        sa.Column("lobby", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_meetings"),
        sa.ForeignKeyConstraint(["group_slug"], ["groups.slug"], name="fk_meetings_group_slug"),
        sa.UniqueConstraint("slug", "group_slug", name="uq_meetings_slug"),
    )
    op.create_table(
        "keys",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("group_slug", sa.String(64), nullable=False),
        sa.Column("meeting_slug", sa.String(64), nullable=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("uses_left", sa.Integer, nullable=True),
        sa.PrimaryKeyConstraint("hash", name="pk_keys"),
        sa.ForeignKeyConstraint(["group_slug"], ["groups.slug"], name="fk_keys_group_slug"),
        sa.ForeignKeyConstraint(["meeting_slug", "group_slug"], ["meetings.slug", "meetings.group_slug"], name="fk_keys_meeting_slug"),
    )
    op.create_table(
        "openings",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("meeting_slug", sa.String(64), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("closes_at", sa.BigInteger, nullable=False),
        sa.Column("closed_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_openings"),
        sa.UniqueConstraint("id", name="uq_openings_id"),
        sa.ForeignKeyConstraint(["meeting_slug"], ["meetings.slug"], name="fk_openings_meeting_slug"),
    )
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "one_open_opening_a_meeting", "openings", ["meeting_slug"], unique=True, sqlite_where=still_open, postgresql_where=still_open
    )
