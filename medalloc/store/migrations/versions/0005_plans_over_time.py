"""How far a plan looks ahead, and of which beds one more would make it cheaper.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.add_column("plans", sa.Column("horizon_days", sa.Integer(), nullable=True))
    op.add_column("plans", sa.Column("scarce", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("plans", "scarce")
    op.drop_column("plans", "horizon_days")
