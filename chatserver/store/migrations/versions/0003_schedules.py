"""Schedules: changes of single occurrences, which occurrence an opening is of, and what directories and calendars want to know."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # What was there before has them too; a worker of the version before, which still runs, leaves them out.
    for name in ("address", "region", "website"):
        op.add_column("groups", sa.Column(name, sa.String, nullable=False, server_default=""))
    for column in (
        sa.Column("doors_minutes", sa.Integer, nullable=True),
        sa.Column("always_open", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("types", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("language", sa.String, nullable=False, server_default=""),
        sa.Column("notes", sa.String, nullable=False, server_default=""),
        sa.Column("updated_at", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("sequence", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("meetings", column)
    op.add_column("openings", sa.Column("occurrence", sa.String(16), nullable=True))
    op.create_table(
        "changes",
        sa.Column("meeting_slug", sa.String(64), nullable=False),
        sa.Column("original", sa.String(16), nullable=False),
        sa.Column("skipped", sa.Boolean, nullable=False),
        sa.Column("start", sa.String(16), nullable=True),
        sa.Column("minutes", sa.Integer, nullable=True),
        sa.Column("title", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("meeting_slug", "original", name="pk_changes"),
        sa.ForeignKeyConstraint(["meeting_slug"], ["meetings.slug"], name="fk_changes_meeting_slug"),
    )
    op.create_index("one_opening_an_occurrence", "openings", ["meeting_slug", "occurrence"], unique=True)
