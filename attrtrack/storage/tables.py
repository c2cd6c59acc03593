"""The register's tables as queries see them; the migrations write the same out in full, and a test compares the two."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Table, UniqueConstraint

from attrtrack.storage.columns import Moment, RecordKey, Structure

metadata = sa.MetaData()

BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
"""Characters that do not make a reason, full-width and zero-width ones included."""

_ATTRIBUTES = "('proactive', 'on_request', 'withheld')"


def _key(*, primary: bool = True) -> "Column[int]":
    return Column(
        "id" if primary else "document_id", RecordKey, primary_key=primary, autoincrement=False, nullable=False
    )


def _of_document(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["document_id"], ["documents.id"], name=f"fk_{table}_document")


def _one_live(table: Table) -> None:
    """Let a document have one row of a table that no later one supersedes."""
    live = table.c.superseded_at.is_(None)
    Index(f"uq_{table.name}_live", table.c.document_id, unique=True, sqlite_where=live, postgresql_where=live)


documents = Table(
    "documents",
    metadata,
    _key(),
    Column("state", sa.Text, nullable=False),
    Column("unit", sa.Text),
    Column("year", sa.Integer),
    Column("content_hash", sa.Text, nullable=False),
    Column("twin_hash", sa.Text),
    Column("file_name", sa.Text),
    Column("format", sa.Text, nullable=False),
    Column("title", sa.Text),
    Column("number", sa.Text),
    Column("genre", sa.Text),
    Column("issuers", Structure, nullable=False),
    Column("addressee", sa.Text),
    Column("date", sa.Text),
    Column("print_date", sa.Text),
    Column("text", sa.Text, nullable=False),
    Column("marks", Structure, nullable=False),
    Column("personal_data", Structure, nullable=False),
    Column("elements", Structure, nullable=False),
    Column("findings", Structure, nullable=False),
    Column("drafting_department", sa.Text),
    Column("carried_title", sa.Text),
    Column("declared_attribute", sa.Text),
    Column("declared_reason", sa.Text),
    Column("attribute_asked", sa.Boolean, nullable=False),
    Column("needs_interpretation", sa.Boolean),
    Column("need_origin", sa.Text),
    Column("need_proposed", sa.Boolean),
    Column("need_rule", sa.Text),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", sa.Text, nullable=False),
    CheckConstraint(
        "state IN ('draft', 'declared', 'reviewed', 'returned', 'signed', 'published', 'withdrawn', 'issued_elsewhere')",
        name="ck_documents_state",
    ),
    CheckConstraint(
        f"declared_attribute IS NULL OR declared_attribute IN {_ATTRIBUTES}", name="ck_documents_declared_attribute"
    ),
    Index("ix_documents_unit_year", "unit", "year", "id"),
    Index("ix_documents_year", "year", "id"),
    Index("ix_documents_content_hash", "content_hash"),
    Index("ix_documents_twin_hash", "twin_hash"),
    Index("ix_documents_number", "number"),
    Index("ix_documents_state", "state"),
)

proposals = Table(
    "proposals",
    metadata,
    _key(),
    _key(primary=False),
    Column("attribute", sa.Text),
    Column("probability", sa.Float),
    Column("abstained", sa.Boolean, nullable=False),
    Column("doubt", sa.Text),
    Column("reason", sa.Text),
    Column("reasons", Structure, nullable=False),
    Column("evidence", Structure, nullable=False),
    Column("voices", Structure, nullable=False),
    Column("findings", Structure, nullable=False),
    Column("rules_version", sa.Text, nullable=False),
    Column("model_version", sa.Text),
    Column("proposed_at", Moment, nullable=False),
    _of_document("proposals"),
    CheckConstraint(f"attribute IS NULL OR attribute IN {_ATTRIBUTES}", name="ck_proposals_attribute"),
    CheckConstraint("probability IS NULL OR probability BETWEEN 0 AND 1", name="ck_proposals_probability"),
    Index("ix_proposals_document", "document_id", "id"),
)

declarations = Table(
    "declarations",
    metadata,
    _key(),
    _key(primary=False),
    Column("attribute", sa.Text),
    Column("reason", sa.Text),
    Column("declared_by", sa.Text, nullable=False),
    Column("declared_at", Moment, nullable=False),
    Column("because", sa.Text),
    _of_document("declarations"),
    CheckConstraint(f"attribute IS NULL OR attribute IN {_ATTRIBUTES}", name="ck_declarations_attribute"),
    Index("ix_declarations_document", "document_id", "id"),
)

decisions = Table(
    "decisions",
    metadata,
    _key(),
    _key(primary=False),
    Column("attribute", sa.Text, nullable=False),
    Column("reason", sa.Text),
    Column("decided_by", sa.Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("rules_version", sa.Text, nullable=False),
    Column("superseded_at", Moment),
    Column("because", sa.Text),
    Column("evaluation_id", RecordKey),
    _of_document("decisions"),
    ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"], name="fk_decisions_evaluation"),
    CheckConstraint(f"attribute IN {_ATTRIBUTES}", name="ck_decisions_attribute"),
    CheckConstraint(
        f"attribute <> 'withheld' OR (reason IS NOT NULL AND ltrim(reason, '{BLANKS}') <> '')",
        name="ck_decisions_withheld_reason",
    ),
    CheckConstraint(f"ltrim(decided_by, '{BLANKS}') <> ''", name="ck_decisions_decided_by"),
    Index("ix_decisions_document", "document_id", "id"),
    Index("ix_decisions_evaluation", "evaluation_id"),
)
_one_live(decisions)

evaluations = Table(
    "evaluations",
    metadata,
    _key(),
    Column("document_id", RecordKey),
    Column("input_digest", sa.Text, nullable=False),
    Column("findings", Structure, nullable=False),
    Column("gravest", sa.Text),
    Column("rules_version", sa.Text, nullable=False),
    Column("evaluated_at", Moment, nullable=False),
    Column("code", sa.Text),
    Column("act", sa.Text),
    Column("outcome", sa.Text),
    Column("declaration_id", RecordKey),
    Column("unit", sa.Text),
    Column("input", Structure),
    Column("model_version", sa.Text),
    Column("evaluated_by", sa.Text),
    _of_document("evaluations"),
    ForeignKeyConstraint(["declaration_id"], ["declarations.id"], name="fk_evaluations_declaration"),
    CheckConstraint("gravest IS NULL OR gravest IN ('block', 'flag', 'note')", name="ck_evaluations_gravest"),
    CheckConstraint(
        "act IS NULL OR act IN ('record', 'declare', 'review', 'sign', 'publish', 'gate')", name="ck_evaluations_act"
    ),
    CheckConstraint(
        "outcome IS NULL OR (outcome = 'blocked' AND gravest IS NOT NULL AND gravest = 'block') "
        "OR (outcome = 'passed' AND (gravest IS NULL OR gravest <> 'block'))",
        name="ck_evaluations_outcome",
    ),
    Index("ix_evaluations_document", "document_id", "id"),
    Index("uq_evaluations_code", "code", unique=True),
)
"""Every judgement of the gate, whole: `code` is its public id; a letter that an OA only asks about has no document."""

publications = Table(
    "publications",
    metadata,
    _key(),
    _key(primary=False),
    Column("url", sa.Text, nullable=False),
    Column("published", sa.Date),
    Column("channel", sa.Text),
    Column("registered_at", Moment, nullable=False),
    _of_document("publications"),
    Index("ix_publications_document", "document_id", "id"),
)

interpretations = Table(
    "interpretations",
    metadata,
    _key(),
    Column("twin_hash", sa.Text),
    Column("unit", sa.Text),
    Column("year", sa.Integer),
    Column("title", sa.Text),
    Column("url", sa.Text),
    Column("published", sa.Date),
    Column("publisher", sa.Text),
    Column("text", sa.Text, nullable=False),
    Column("forms", Structure, nullable=False),
    Column("channels", Structure, nullable=False),
    Column("cited_titles", Structure, nullable=False),
    Column("cited_numbers", Structure, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("links", Structure),
    Column("address_key", sa.Text),
    UniqueConstraint("twin_hash", name="uq_interpretations_twin_hash"),
    Index("ix_interpretations_unit_year", "unit", "year", "id"),
    Index("ix_interpretations_address_key", "address_key"),
)

links = Table(
    "links",
    metadata,
    Column("interpretation_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("document_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("judgement", sa.Text, nullable=False),
    Column("probability", sa.Float),
    Column("evidence", Structure, nullable=False),
    Column("judged_by", sa.Text),
    Column("judged_at", Moment, nullable=False),
    Column("suggested", sa.Text),
    ForeignKeyConstraint(["interpretation_id"], ["interpretations.id"], name="fk_links_interpretation"),
    _of_document("links"),
    CheckConstraint("judgement IN ('pending', 'auto', 'confirmed', 'rejected')", name="ck_links_judgement"),
    CheckConstraint("probability IS NULL OR probability BETWEEN 0 AND 1", name="ck_links_probability"),
    CheckConstraint("(judgement IN ('confirmed', 'rejected')) = (judged_by IS NOT NULL)", name="ck_links_judged_by"),
    CheckConstraint("suggested IS NULL OR suggested IN ('pending', 'auto')", name="ck_links_suggested"),
    Index("ix_links_document", "document_id", "interpretation_id"),
)
"""How each pair stands: the last judgement of it, else what the matcher suggests (`suggested` outlives a judgement)."""

judgements = Table(
    "judgements",
    metadata,
    _key(),
    Column("act", RecordKey, nullable=False),
    Column("interpretation_id", RecordKey, nullable=False),
    Column("document_id", RecordKey),
    Column("kind", sa.Text, nullable=False),
    Column("word", sa.Text, nullable=False),
    Column("undoes", RecordKey),
    Column("judged_by", sa.Text, nullable=False),
    Column("judged_at", Moment, nullable=False),
    ForeignKeyConstraint(["interpretation_id"], ["interpretations.id"], name="fk_judgements_interpretation"),
    _of_document("judgements"),
    CheckConstraint("act BETWEEN 1 AND id", name="ck_judgements_act"),
    CheckConstraint(
        "kind IN ('choose', 'also', 'reject', 'none', 'undo', 'ledger', 'former')", name="ck_judgements_kind"
    ),
    CheckConstraint("word IN ('confirmed', 'rejected', 'open')", name="ck_judgements_word"),
    CheckConstraint("document_id IS NOT NULL OR word = 'open'", name="ck_judgements_document"),
    CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name="ck_judgements_undoes"),
    CheckConstraint(f"ltrim(judged_by, '{BLANKS}') <> ''", name="ck_judgements_judged_by"),
    Index("ix_judgements_pair", "interpretation_id", "document_id", "id"),
    Index("ix_judgements_document", "document_id"),
)
"""What people said of pairs, appended only; the rows of one act share its number (`act`, the key of the first)."""

journal = Table(
    "journal",
    metadata,
    Column("sequence", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", sa.Text, nullable=False),
    Column("action", sa.Text, nullable=False),
    Column("subject", sa.Text, nullable=False),
    Column("outcome", sa.Text, nullable=False),
    Column("detail", sa.Text, nullable=False),
    Column("previous_hash", sa.Text, nullable=False),
    Column("hash", sa.Text, nullable=False),
    Column("origin", sa.Text),
    CheckConstraint("sequence >= 1", name="ck_journal_sequence"),
    CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name="ck_journal_hash"),
    Index("ix_journal_subject", "subject", "sequence"),
)
BACKUPS = journal.c.action == sa.literal_column("'backup'")
Index("ix_journal_backups", journal.c.sequence, sqlite_where=BACKUPS, postgresql_where=BACKUPS)

journal_acts = sa.table("journal_acts", *(sa.column(name) for name in ("action", "subject", "outcome", "detail")))
"""The journal's one door: what is entered here gets its place, time, actor and hash from the database's own trigger."""

journal_algorithms = Table(
    "journal_algorithms",
    metadata,
    _key(),
    Column("algorithm", sa.Text, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("set_by", sa.Text, nullable=False),
    CheckConstraint("algorithm IN ('sha256', 'sm3')", name="ck_journal_algorithms_algorithm"),
)
"""By which digest the journal is chained, from the entry on that tells of the row; SHA-256 where there is none."""

removals = Table(
    "removals",
    metadata,
    Column("document_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    Column("rule", sa.Text, nullable=False),
    Column("removed_at", Moment, nullable=False),
    Column("removed_by", sa.Text, nullable=False),
)

gate_switches = Table(
    "gate_switches",
    metadata,
    _key(),
    Column("code", sa.Text, nullable=False),
    Column("value", sa.Text, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("set_by", sa.Text, nullable=False),
    Index("ix_gate_switches_code", "code", "id"),
)

corrections = Table(
    "corrections",
    metadata,
    _key(),
    _key(primary=False),
    Column("attribute", sa.Text, nullable=False),
    Column("reason", sa.Text),
    Column("note", sa.Text),
    Column("corrected_by", sa.Text, nullable=False),
    Column("corrected_at", Moment, nullable=False),
    Column("rules_version", sa.Text, nullable=False),
    Column("superseded_at", Moment),
    _of_document("corrections"),
    CheckConstraint(f"attribute IN {_ATTRIBUTES}", name="ck_corrections_attribute"),
    CheckConstraint(f"ltrim(corrected_by, '{BLANKS}') <> ''", name="ck_corrections_corrected_by"),
    Index("ix_corrections_document", "document_id", "id"),
)
_one_live(corrections)

precedents = Table(
    "precedents",
    metadata,
    _key(),
    _key(primary=False),
    Column("source", sa.Text, nullable=False),
    Column("attribute", sa.Text, nullable=False),
    Column("reason", sa.Text),
    Column("weight", sa.Float, nullable=False),
    Column("sketch", Structure, nullable=False),
    Column("opposed", sa.Boolean, nullable=False),
    Column("rules", Structure, nullable=False),
    Column("taught_by", sa.Text, nullable=False),
    Column("taught_at", Moment, nullable=False),
    Column("standing", sa.Text, nullable=False),
    Column("resolved_by", sa.Text),
    Column("resolved_at", Moment),
    Column("note", sa.Text),
    Column("superseded_at", Moment),
    _of_document("precedents"),
    CheckConstraint("source IN ('decision', 'correction')", name="ck_precedents_source"),
    CheckConstraint(f"attribute IN {_ATTRIBUTES}", name="ck_precedents_attribute"),
    CheckConstraint("weight > 0", name="ck_precedents_weight"),
    CheckConstraint("standing IN ('teaching', 'conflict', 'set_aside')", name="ck_precedents_standing"),
    CheckConstraint(
        "resolved_by IS NOT NULL OR standing = 'conflict' OR (standing = 'teaching' AND NOT opposed)",
        name="ck_precedents_resolved",
    ),
    Index("ix_precedents_document", "document_id", "id"),
    Index("ix_precedents_standing", "standing", "id"),
)
_one_live(precedents)

precedent_hashes = Table(
    "precedent_hashes",
    metadata,
    Column("hash", sa.BigInteger, primary_key=True, autoincrement=False, nullable=False),
    Column("corrected", sa.Boolean, primary_key=True, nullable=False),
    Column("precedent_id", RecordKey, primary_key=True, autoincrement=False, nullable=False),
    sqlite_with_rowid=False,
)
"""Where a lookup begins: the smallest hashes of the precedents that teach; made again from the sketches at any time."""

need_decisions = Table(
    "need_decisions",
    metadata,
    _key(),
    _key(primary=False),
    Column("needed", sa.Boolean, nullable=False),
    Column("because", sa.Text, nullable=False),
    Column("decided_by", sa.Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("rules_version", sa.Text, nullable=False),
    Column("superseded_at", Moment),
    _of_document("need_decisions"),
    CheckConstraint(f"ltrim(because, '{BLANKS}') <> ''", name="ck_need_decisions_because"),
    CheckConstraint(f"ltrim(decided_by, '{BLANKS}') <> ''", name="ck_need_decisions_decided_by"),
    Index("ix_need_decisions_document", "document_id", "id"),
)
"""What people decided on the need of an interpretation; `documents` holds what a ledger states and the rules propose."""
_one_live(need_decisions)

LIVE_INDEXES = {f"uq_{table}_live": table for table in ("decisions", "corrections", "precedents", "need_decisions")}
"""The partial unique indexes by which a document has one live decision, correction, precedent and decision on its need."""
