"""The index of titles, numbers and texts, derived from the register and renewed along the journal.

The tables begin empty: the first search, the end of an import or the start of the service fills them. Nothing guards
them, for nothing rests on them: they can be emptied at any time and are made again. The index of phrases knows what single signs
begin: or a single one would have thousands of pairs gone through.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INDEX = """CREATE VIRTUAL TABLE search_index USING fts5(words, content='', columnsize=0, prefix='1',
tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'")"""


def upgrade() -> None:
    """Create the tables, and on each database the index that it has for words."""
    connection = op.get_bind()
    postgresql = connection.dialect.name == "postgresql"
    op.create_table(
        "search_entries",
        sa.Column("place", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record", _KEY, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("words", sa.Text if postgresql else sa.LargeBinary, nullable=False),
        sa.Column("pairs", ARRAY(sa.Integer) if postgresql else sa.JSON),
    )
    op.create_index("uq_search_entries_record", "search_entries", ["kind", "record"], unique=True)
    op.create_index("ix_search_entries_within", "search_entries", ["unit", "year", "kind", "place"])
    op.create_table(
        "search_stamp",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("sequence", _KEY, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("documents", _KEY),
        sa.Column("interpretations", _KEY),
    )
    if postgresql:
        op.create_index("ix_search_entries_pairs", "search_entries", ["pairs"], postgresql_using="gin")
    else:
        connection.exec_driver_sql(_INDEX)


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")
