"""The formats of groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "formats",
        sa.Column("group_slug", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("toml", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("group_slug", "name", name="pk_formats"),
        sa.ForeignKeyConstraint(["group_slug"], ["groups.slug"], name="fk_formats_group_slug"),
    )
