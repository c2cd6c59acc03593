"""What the triggers look up at every sign-off is found by an index: it was walked through, and took longer the more was signed.

The queue of one genre is read from an index, too.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_QUEUED = ["genre", "kind", "urgency", "year", "unit", "waits", "publish_by", "reexamine_by", "reason"]


def upgrade() -> None:
    """Add the indexes, and widen that of the genres."""
    op.create_index("ix_decisions_evaluation", "decisions", ["evaluation_id"])
    op.create_index("ix_reviews_declaration", "reviews", ["declaration_id", "id"])
    op.create_index("ix_opinions_declaration", "opinions", ["declaration_id", "unit", "id"])
    op.drop_index("ix_standings_genre", "standings")
    op.create_index("ix_standings_genre", "standings", _QUEUED)


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")
