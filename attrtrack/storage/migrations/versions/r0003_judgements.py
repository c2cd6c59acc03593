"""Judgements of links appended act by act, what the matcher suggested kept beside them, addresses and hyperlinks of pages.

Judgements of before are taken over as they stand: what one person judged of one interpretation at one moment is one act.
A pair that a person judged keeps no trace of how sure the matcher was; taken back, it waits for a person.
"""

import hashlib

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

from attrtrack.storage.migrations.guards_0003_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0003_sqlite import REPLACED, SQLITE_TRIGGERS

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PART = 1000


def upgrade() -> None:
    """Create the table, take over what was judged, then put the triggers in place."""
    bind = op.get_bind()
    _create_judgements()
    bind.exec_driver_sql(
        "ALTER TABLE links ADD COLUMN suggested TEXT "
        "CONSTRAINT ck_links_suggested CHECK (suggested IS NULL OR suggested IN ('pending', 'auto'))"
    )
    op.add_column("interpretations", sa.Column("links", sa.JSON))
    op.add_column("interpretations", sa.Column("address_key", sa.Text))
    op.create_index("ix_interpretations_address_key", "interpretations", ["address_key"])
    _take_over(bind)
    _guard(bind)


def downgrade() -> None:
    """Refuse: going back would throw judgements away."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _create_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("act", _KEY, nullable=False),
        sa.Column("interpretation_id", _KEY, nullable=False),
        sa.Column("document_id", _KEY),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("undoes", _KEY),
        sa.Column("judged_by", sa.Text, nullable=False),
        sa.Column("judged_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["interpretation_id"], ["interpretations.id"], name=op.f("fk_judgements_interpretation")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_judgements_document")),
        sa.CheckConstraint("act BETWEEN 1 AND id", name=op.f("ck_judgements_act")),
        sa.CheckConstraint(
            "kind IN ('choose', 'also', 'reject', 'none', 'undo', 'ledger', 'former')",
            name=op.f("ck_judgements_kind"),
        ),
        sa.CheckConstraint("word IN ('confirmed', 'rejected', 'open')", name=op.f("ck_judgements_word")),
        sa.CheckConstraint("document_id IS NOT NULL OR word = 'open'", name=op.f("ck_judgements_document")),
        sa.CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name=op.f("ck_judgements_undoes")),
        sa.CheckConstraint(f"ltrim(judged_by, '{_BLANKS}') <> ''", name=op.f("ck_judgements_judged_by")),
    )
    op.create_index("ix_judgements_pair", "judgements", ["interpretation_id", "document_id", "id"])
    op.create_index("ix_judgements_document", "judgements", ["document_id"])


def _take_over(bind: Connection) -> None:
    bind.exec_driver_sql(
        "UPDATE links SET suggested = CASE WHEN judgement IN ('pending', 'auto') THEN judgement ELSE 'pending' END "
        "WHERE probability IS NOT NULL"
    )
    bind.exec_driver_sql(
        "INSERT INTO judgements (id, act, interpretation_id, document_id, kind, word, judged_by, judged_at) "
        "SELECT id, min(id) OVER (PARTITION BY interpretation_id, judged_at, judged_by), "
        "interpretation_id, document_id, 'former', judgement, judged_by, judged_at "
        "FROM (SELECT row_number() OVER (ORDER BY judged_at, interpretation_id, judged_by, document_id) AS id, "
        "interpretation_id, document_id, judgement, judged_by, judged_at "
        "FROM links WHERE judgement IN ('confirmed', 'rejected')) AS judged"
    )
    rows = bind.exec_driver_sql("SELECT id, url FROM interpretations WHERE url IS NOT NULL").all()
    keyed = [{"id_": row[0], "key": _address_key(row[1])} for row in rows]
    for start in range(0, len(keyed), _PART):
        bind.execute(
            sa.text("UPDATE interpretations SET address_key = :key WHERE id = :id_"), keyed[start : start + _PART]
        )


def _address_key(url: str) -> str:
    """Digest an address without scheme, fragment and last slash, as `mapping.address_key` did when this was written."""
    bare = url.strip().partition("#")[0].partition("://")[2] or url.strip()
    host, slash, path = bare.partition("/")
    return hashlib.sha256(f"{host.lower()}{slash}{path}".rstrip("/").encode(errors="surrogatepass")).hexdigest()


def _guard(bind: Connection) -> None:
    if bind.dialect.name == "sqlite":
        for name in REPLACED:
            bind.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in SQLITE_TRIGGERS.values():
            bind.exec_driver_sql(statement)
        return
    schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in FUNCTIONS.values():
        bind.exec_driver_sql(statement.replace("@schema@", schema))
    for name, statement in POSTGRESQL_TRIGGERS.items():
        bind.exec_driver_sql(statement)
        table = statement.split(" ON ", 1)[1].split()[0]
        bind.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
