"""The register: documents, what is said and decided of them, interpretations, links, journal and switches."""

import sqlalchemy as sa
from alembic import op

from attrtrack.storage.migrations.guards_0001_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0001_sqlite import SQLITE_TRIGGERS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, then the triggers of the database at hand."""
    _create_documents()
    _create_proposals()
    _create_declarations()
    _create_decisions()
    _create_evaluations_and_publications()
    _create_interpretations_and_links()
    _create_journal_and_switches()
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
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


def downgrade() -> None:
    """Refuse: going back would throw the register away."""
    raise NotImplementedError("the first revision has nothing to go back to")


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("twin_hash", sa.Text),
        sa.Column("file_name", sa.Text),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("number", sa.Text),
        sa.Column("genre", sa.Text),
        sa.Column("issuers", sa.JSON, nullable=False),
        sa.Column("addressee", sa.Text),
        sa.Column("date", sa.Text),
        sa.Column("print_date", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("marks", sa.JSON, nullable=False),
        sa.Column("personal_data", sa.JSON, nullable=False),
        sa.Column("elements", sa.JSON, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("drafting_department", sa.Text),
        sa.Column("carried_title", sa.Text),
        sa.Column("declared_attribute", sa.Text),
        sa.Column("declared_reason", sa.Text),
        sa.Column("attribute_asked", sa.Boolean, nullable=False),
        sa.Column("needs_interpretation", sa.Boolean),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'declared', 'signed', 'published', 'issued_elsewhere')",
            name=op.f("ck_documents_state"),
        ),
        sa.CheckConstraint(
            "declared_attribute IS NULL OR declared_attribute IN ('proactive', 'on_request', 'withheld')",
            name=op.f("ck_documents_declared_attribute"),
        ),
    )
    op.create_index("ix_documents_unit_year", "documents", ["unit", "year", "id"])
    op.create_index("ix_documents_year", "documents", ["year", "id"])
    op.create_index("ix_documents_content_hash", "documents", ["content_hash"])
    op.create_index("ix_documents_twin_hash", "documents", ["twin_hash"])
    op.create_index("ix_documents_number", "documents", ["number"])


def _create_proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("attribute", sa.Text),
        sa.Column("probability", sa.Float),
        sa.Column("abstained", sa.Boolean, nullable=False),
        sa.Column("doubt", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("voices", sa.JSON, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("model_version", sa.Text),
        sa.Column("proposed_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_proposals_document")),
        sa.CheckConstraint(
            "attribute IS NULL OR attribute IN ('proactive', 'on_request', 'withheld')",
            name=op.f("ck_proposals_attribute"),
        ),
        sa.CheckConstraint("probability IS NULL OR probability BETWEEN 0 AND 1", name=op.f("ck_proposals_probability")),
    )
    op.create_index("ix_proposals_document", "proposals", ["document_id", "id"])


def _create_declarations() -> None:
    op.create_table(
        "declarations",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("attribute", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("declared_by", sa.Text, nullable=False),
        sa.Column("declared_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_declarations_document")),
        sa.CheckConstraint(
            "attribute IS NULL OR attribute IN ('proactive', 'on_request', 'withheld')",
            name=op.f("ck_declarations_attribute"),
        ),
    )
    op.create_index("ix_declarations_document", "declarations", ["document_id", "id"])


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("attribute", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", sa.Text, nullable=False),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("superseded_at", sa.Text),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_decisions_document")),
        sa.CheckConstraint("attribute IN ('proactive', 'on_request', 'withheld')", name=op.f("ck_decisions_attribute")),
        sa.CheckConstraint(
            f"attribute <> 'withheld' OR (reason IS NOT NULL AND ltrim(reason, '{_BLANKS}') <> '')",
            name=op.f("ck_decisions_withheld_reason"),
        ),
        sa.CheckConstraint(f"ltrim(decided_by, '{_BLANKS}') <> ''", name=op.f("ck_decisions_decided_by")),
    )
    op.create_index("ix_decisions_document", "decisions", ["document_id", "id"])
    op.create_index(
        "uq_decisions_live",
        "decisions",
        ["document_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def _create_evaluations_and_publications() -> None:
    op.create_table(
        "evaluations",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("input_digest", sa.Text, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("gravest", sa.Text),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("evaluated_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_evaluations_document")),
        sa.CheckConstraint(
            "gravest IS NULL OR gravest IN ('block', 'flag', 'note')", name=op.f("ck_evaluations_gravest")
        ),
    )
    op.create_index("ix_evaluations_document", "evaluations", ["document_id", "id"])
    op.create_table(
        "publications",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("channel", sa.Text),
        sa.Column("registered_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_publications_document")),
    )
    op.create_index("ix_publications_document", "publications", ["document_id", "id"])


def _create_interpretations_and_links() -> None:
    op.create_table(
        "interpretations",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("twin_hash", sa.Text),
        sa.Column("unit", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("title", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("publisher", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("forms", sa.JSON, nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("cited_titles", sa.JSON, nullable=False),
        sa.Column("cited_numbers", sa.JSON, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.UniqueConstraint("twin_hash", name=op.f("uq_interpretations_twin_hash")),
    )
    op.create_index("ix_interpretations_unit_year", "interpretations", ["unit", "year", "id"])
    op.create_table(
        "links",
        sa.Column("interpretation_id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("document_id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("judgement", sa.Text, nullable=False),
        sa.Column("probability", sa.Float),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("judged_by", sa.Text),
        sa.Column("judged_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["interpretation_id"], ["interpretations.id"], name=op.f("fk_links_interpretation")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_links_document")),
        sa.CheckConstraint(
            "judgement IN ('pending', 'auto', 'confirmed', 'rejected')", name=op.f("ck_links_judgement")
        ),
        sa.CheckConstraint("probability IS NULL OR probability BETWEEN 0 AND 1", name=op.f("ck_links_probability")),
        sa.CheckConstraint(
            "(judgement IN ('confirmed', 'rejected')) = (judged_by IS NOT NULL)", name=op.f("ck_links_judged_by")
        ),
    )
    op.create_index("ix_links_document", "links", ["document_id", "interpretation_id"])


def _create_journal_and_switches() -> None:
    op.create_table(
        "journal",
        sa.Column("sequence", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_journal_sequence")),
        sa.CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name=op.f("ck_journal_hash")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_journal_previous_hash")),
    )
    op.create_index("ix_journal_subject", "journal", ["subject", "sequence"])
    op.create_table(
        "removals",
        sa.Column("document_id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("removed_at", sa.Text, nullable=False),
        sa.Column("removed_by", sa.Text, nullable=False),
    )
    op.create_table(
        "gate_switches",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("set_at", sa.Text, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
    )
    op.create_index("ix_gate_switches_code", "gate_switches", ["code", "id"])
