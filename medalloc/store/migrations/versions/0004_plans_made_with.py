"""Which set of weights a plan was made with.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.add_column("plans", sa.Column("made_with", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("plans", "made_with")
