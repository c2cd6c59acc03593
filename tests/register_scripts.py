# ruff: noqa: S608 - every statement here is an attack, put together of names of this module
"""Raw SQL of every kind against a register, put together at random: each script is what one attempt runs, in order."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from register_watch import SETTLED, Watch

from attrtrack.storage.columns import moment_text
from attrtrack.storage.migrations.told import TOLD

MOMENT = "'2024-03-01T04:00:00.000000+00:00'"
STATES = ("draft", "declared", "reviewed", "returned", "signed", "published", "withdrawn", "issued_elsewhere", "fine")
VALUES = (
    "NULL",
    "''",
    "'x'",
    "' \u3000'",
    "0",
    "1",
    "-1",
    "99",
    "'proactive'",
    "'withheld'",
    "'signed'",
    MOMENT,
    "'[]'",
    "'{}'",
)
_TABLES = {told.table: told for told in TOLD}
_FREE = ("journal", "idempotency_keys", "precedent_hashes", "alembic_version")
_ORS = ("", "", "OR IGNORE ", "OR REPLACE ", "OR FAIL ", "OR ROLLBACK ", "OR ABORT ")


@dataclass
class Chosen:
    """Chance and the register as the attacker sees it."""

    chance: random.Random
    watch: Watch
    key: int
    sqlite: bool

    def table(self) -> str:
        """Choose a table; those of the course of a document more often."""
        often = (
            "documents",
            "declarations",
            "decisions",
            "evaluations",
            "secrecy_reviews",
            "reviews",
            "links",
            "interpretations",
        )
        return self.chance.choice(often if self.chance.random() < 0.5 else (*_TABLES, *_FREE))

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the columns of a table."""
        told = _TABLES.get(table)
        if told is None:
            return {
                "journal": (
                    "sequence",
                    "at",
                    "actor",
                    "action",
                    "subject",
                    "outcome",
                    "detail",
                    "previous_hash",
                    "hash",
                    "origin",
                ),
                "idempotency_keys": ("actor", "key", "digest", "begun_at", "status", "answer", "etag"),
                "precedent_hashes": ("hash", "precedent_id"),
                "alembic_version": ("version_num",),
            }[table]
        return (*told.kinds, *told.unwatched)

    def key_of(self, table: str) -> str:
        """Return a column by which to choose a row."""
        return _TABLES[table].key[0] if table in _TABLES else self.columns(table)[0]

    def value(self, table: str, column: str) -> str:
        """Choose a value: of the common ones, or one that stands elsewhere in the column."""
        if self.chance.random() < 0.4:
            return f"(SELECT {column} FROM {table} ORDER BY {column} {self.chance.choice(('', 'DESC'))} LIMIT 1)"
        return self.chance.choice((*VALUES, "X'00'", "9e999", "'a' || char(0)") if self.sqlite else VALUES)

    def where(self, table: str) -> str:
        """Choose rows: all, those of the document at hand, one."""
        column = self.key_of(table)
        mine = "document_id" if "document_id" in self.columns(table) else column
        one = f"{column} = (SELECT {self.chance.choice(('MIN', 'MAX'))}({column}) FROM {table})"
        return self.chance.choice(("true", f"{mine} = {self.key}", one, one))


Script = Callable[[Chosen], Iterator[str]]


def _or(c: Chosen) -> str:
    return c.chance.choice(_ORS) if c.sqlite else ""


def state(c: Chosen) -> Iterator[str]:
    """Move the document on without a word."""
    yield f"UPDATE {_or(c)}documents SET state = '{c.chance.choice(STATES)}' WHERE id = {c.key}"


def update(c: Chosen) -> Iterator[str]:
    """Put another value into any column of any table."""
    table = c.table()
    column = c.chance.choice(c.columns(table))
    yield f"UPDATE {_or(c)}{table} SET {column} = {c.value(table, column)} WHERE {c.where(table)}"


def delete(c: Chosen) -> Iterator[str]:
    """Delete rows of any table."""
    table = c.table()
    yield f"DELETE FROM {table} WHERE {c.where(table)}"


def copied(c: Chosen) -> Iterator[str]:
    """Insert copies of rows with one or two columns altered, replacing what is there or beside it."""
    table = c.table()
    columns = c.columns(table)
    altered = {c.chance.choice(columns) for _ in range(c.chance.choice((0, 1, 2)))}
    if c.chance.random() < 0.5:
        altered.add(c.key_of(table))
    key = c.key_of(table)
    made = ", ".join(
        (
            f"{name} + 1000"
            if name == key and table not in {"alembic_version", "idempotency_keys"}
            else c.value(table, name)
        )
        if name in altered
        else name
        for name in columns
    )
    yield f"INSERT {_or(c)}INTO {table} ({', '.join(columns)}) SELECT {made} FROM {table} WHERE {c.where(table)} {_conflict(c, table)}"


def _conflict(c: Chosen, table: str) -> str:
    if c.chance.random() < 0.5:
        return ""
    column = c.chance.choice(c.columns(table))
    doing = c.chance.choice(
        ("NOTHING", f"UPDATE SET {column} = {c.value(table, column)}", f"UPDATE SET {column} = excluded.{column}")
    )
    target = "" if doing == "NOTHING" else f"({', '.join(_TABLES[table].key) if table in _TABLES else c.key_of(table)})"
    return f"ON CONFLICT {target} DO {doing}"


def cte(c: Chosen) -> Iterator[str]:
    """Write by way of a common table expression, or a MERGE."""
    table = c.table()
    column, key = c.chance.choice(c.columns(table)), c.key_of(table)
    chosen = f"SELECT {key} AS k FROM {table} WHERE {c.where(table)}"
    if c.sqlite:
        yield f"WITH x AS ({chosen}) UPDATE {_or(c)}{table} SET {column} = {c.value(table, column)} FROM x WHERE {key} = x.k"
        return
    yield c.chance.choice(
        (
            f"WITH x AS (DELETE FROM {table} WHERE {c.where(table)} RETURNING *) INSERT INTO {table} SELECT * FROM x",
            f"WITH x AS (UPDATE {table} SET {column} = {c.value(table, column)} RETURNING {key}) SELECT count(*) FROM x",
            f"MERGE INTO {table} t USING ({chosen}) x ON t.{key} = x.k WHEN MATCHED THEN UPDATE SET {column} = {c.value(table, column)}",
            f"MERGE INTO {table} t USING ({chosen}) x ON t.{key} = x.k WHEN MATCHED THEN DELETE",
        )
    )


def rowid(c: Chosen) -> Iterator[str]:
    """Push a row out by its number (SQLite: the rowid, which UPDATE OF does not see)."""
    table = c.chance.choice(("links", "job_files", "interpretations", c.table()))
    instead = c.chance.choice(("OR REPLACE ", _or(c))) if c.sqlite else ""
    key, name = c.key_of(table), "rowid" if c.sqlite else "id"
    last = f"(SELECT MAX({name}) FROM {table})"
    if c.chance.random() < 0.5:
        yield f"UPDATE {instead}{table} SET {name} = {c.chance.choice((last, '777', '-1'))} WHERE {key} = (SELECT MIN({key}) FROM {table})"
        return
    columns = [item for item in c.columns(table) if item != "id"]
    made = ", ".join(f"{item} + 5000" if item == key else item for item in columns)
    yield f"INSERT {instead}INTO {table} ({name}, {', '.join(columns)}) SELECT {last}, {made} FROM {table} LIMIT 1"


def journal(c: Chosen) -> Iterator[str]:
    """Write to the journal by its door or beside it."""
    hashed = "'set-journal-hash', '-', 'done', '{\"to\":\"sm3\"}'"
    forged = "'declare', 'D1', 'done', '{\"row\":\"documents/'"
    columns = "action, subject, outcome, detail"
    yield c.chance.choice(
        (
            f"INSERT INTO journal_acts ({columns}) VALUES ({hashed})",
            f"INSERT INTO journal_acts ({columns}) VALUES ({forged})",
            f"INSERT INTO journal_acts ({columns}) VALUES ('x', '-', 'done', NULL)",
            f"INSERT INTO journal ({columns}) VALUES ({forged})",
            "INSERT INTO journal SELECT sequence + 1, at, actor, action, subject, outcome, detail, hash, hash, origin FROM journal",
            "UPDATE journal_acts SET action = 'x'",
            "DELETE FROM journal_acts",
            f"INSERT {_or(c)}INTO journal SELECT * FROM journal LIMIT 1",
        )
    )


def course(c: Chosen) -> Iterator[str]:
    """Sign the document off with all that must come before it, forged; usually something is amiss."""
    chance, key, now = c.chance, c.key, f"'{moment_text(dt.datetime.now(dt.UTC))}'"
    amiss = chance.choice(("", "same", "secrecy", "reason", "old", "other", "outcome", "attribute", "blank", "finding"))
    attribute = "proactive" if amiss == "secrecy" or chance.random() < 0.4 else "withheld"
    reason = "NULL" if attribute == "proactive" else "' \u3000'" if amiss == "reason" else "'R16-2c'"
    drafter, signatory = "外人甲", "外 人甲" if amiss == "same" else "外人乙"
    made = f"(SELECT MAX(id) FROM declarations WHERE document_id = {key})"
    judged = "(SELECT MAX(id) FROM evaluations)"
    if amiss != "old":
        yield f"INSERT INTO declarations VALUES ((SELECT MAX(id) + 1 FROM declarations AS d), {key}, '{attribute}', {reason}, '{drafter}', {now}, 'x')"
    if attribute == "proactive" and amiss != "secrecy":
        yield f"INSERT INTO secrecy_reviews VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM secrecy_reviews AS s), {key}, 'cleared', NULL, true, '外人丙', '2099-01-01T04:00:00.000000+00:00')"
    found = '[{"code": "x", "severity" :"block", "message": "", "evidence": []}]' if amiss == "finding" else "[]"
    outcome = "'blocked', 'block'" if amiss == "outcome" else "'passed', NULL"
    yield (
        "INSERT INTO evaluations (id, document_id, input_digest, findings, rules_version, evaluated_at, code, act, outcome, gravest, declaration_id, input, evaluated_by) "
        f"VALUES ((SELECT MAX(id) + 1 FROM evaluations AS e), {key}, 'x', '{found}', 'r', {now}, 'G-{chance.getrandbits(60):x}', 'sign', {outcome}, {made}, '{{}}', '{signatory}')"
    )
    yield f"UPDATE decisions SET superseded_at = {now} WHERE document_id = {key} AND superseded_at IS NULL"
    decided = "on_request" if amiss == "attribute" else attribute
    by = "' '" if amiss == "blank" else "'外人丁'" if amiss == "other" else f"'{signatory}'"
    yield (
        "INSERT INTO decisions (id, document_id, attribute, reason, decided_by, decided_at, rules_version, because, evaluation_id) "
        f"VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM decisions AS d), {key}, '{decided}', {reason}, {by}, {now}, 'r', 'x', {judged})"
    )
    yield f"UPDATE documents SET state = 'signed' WHERE id = {key}"


def said(c: Chosen) -> Iterator[str]:
    """Let the drafter review the own declaration, or somebody an older one, or take a word back."""
    newest = f"(SELECT MAX(id) FROM declarations WHERE document_id = {c.key})"
    speaker = f"(SELECT reviewed_by FROM reviews WHERE document_id = {c.key} ORDER BY id DESC LIMIT 1)"
    oldest = newest.replace("MAX", "MIN")
    drafter = f"(SELECT declared_by FROM declarations WHERE id = {newest})"
    declared, by = c.chance.choice(
        ((newest, drafter), (oldest, "'外人'"), (newest, "' '"), ("1", "'外人'"), (newest, speaker))
    )
    result = c.chance.choice(("agree", "retract"))
    yield f"INSERT INTO reviews VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM reviews AS r), {c.key}, {declared}, '{result}', NULL, NULL, NULL, {by}, {MOMENT})"


def removal(c: Chosen) -> Iterator[str]:
    """Say that the document was classified, and take its decision away."""
    signed = [row["id"] for row in c.watch.rows.get("documents", {}).values() if row["state"] in SETTLED]
    key = c.chance.choice(signed or [c.key])
    yield f"INSERT INTO removals (document_id, rule, removed_at, removed_by) VALUES ({key}, 'R14-1', {MOMENT}, 'system')"
    for table in ("decisions", *c.chance.sample(("declarations", "evaluations", "documents"), 1)):
        yield f"DELETE FROM {table} WHERE {'id' if table == 'documents' else 'document_id'} = {key}"


def again(c: Chosen) -> Iterator[str]:
    """Give a new document the number of one that was removed: whatever hangs on it could be deleted."""
    columns = [name for name in c.columns("documents") if name != "id"]
    removed = "(SELECT MIN(document_id) FROM removals)"
    fresh = ", ".join("'draft'" if name == "state" else name for name in columns)
    yield f"INSERT INTO documents (id, {', '.join(columns)}) SELECT {removed}, {fresh} FROM documents LIMIT 1"


def switch(c: Chosen) -> Iterator[str]:
    """Switch the office's demands off."""
    code = c.chance.choice(("separation_of_duties", "secrecy_review_required", "reason_required_for"))
    yield f"INSERT INTO gate_switches VALUES ((SELECT MAX(id) + 1 FROM gate_switches AS g), '{code}', '[\"off\"]', {MOMENT}, 'x')"


def shadow(c: Chosen) -> Iterator[str]:
    """Put a temporary table in a table's place."""
    table = c.chance.choice(("decisions", "removals", "gate_switches", "journal", "documents"))
    register = "main" if c.sqlite else "public"
    yield f"CREATE TEMP TABLE {table} AS SELECT * FROM {register}.{table}"
    if not c.sqlite:
        yield f"SET search_path = pg_temp, {register}"
    if table == "removals":
        yield f"INSERT INTO removals VALUES ({c.key}, 'R14-1', {MOMENT}, 'x')"
        yield f"DELETE FROM {register}.decisions"
    yield f"UPDATE {register}.documents SET state = 'signed' WHERE id = {c.key}"


def attached(c: Chosen) -> Iterator[str]:
    """Reach for the register from another database, or bring one along."""
    yield "ATTACH ':memory:' AS mine"
    yield "CREATE TABLE mine.decisions AS SELECT * FROM main.decisions"
    yield f"INSERT {_or(c)}INTO main.decisions SELECT * FROM mine.decisions"
    yield f"UPDATE main.documents SET state = 'published' WHERE id = {c.key}"


def structure(c: Chosen) -> Iterator[str]:
    """Change the structure, as only an owner may."""
    table = c.table()
    yield c.chance.choice(
        (
            f"TRUNCATE {table}", f"TRUNCATE {table} CASCADE", f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"ALTER TABLE {table} DISABLE TRIGGER USER", "SET session_replication_role = replica", f"DROP TABLE {table} CASCADE",
            f"ALTER TABLE {table} DROP COLUMN {c.chance.choice(c.columns(table))} CASCADE",
            f"CREATE RULE r AS ON UPDATE TO {table} DO INSTEAD NOTHING", f"CREATE TABLE child () INHERITS ({table})",
            "CREATE OR REPLACE FUNCTION attrtrack_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            f"CREATE TRIGGER aaa BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION attrtrack_refuse('x')",
            "ALTER TABLE documents DROP CONSTRAINT ck_documents_state", "DROP INDEX uq_decisions_live",
            f"ALTER TABLE {table} RENAME TO gone",
        )
    )  # fmt: skip
    yield f"UPDATE documents SET state = 'signed' WHERE id = {c.key}"


def temporary_trigger(c: Chosen) -> Iterator[str]:
    """Let a trigger of the own connection swallow the journal's entry, or a guard."""
    yield c.chance.choice(
        (
            "CREATE TEMP TRIGGER x AFTER UPDATE ON main.documents BEGIN SELECT RAISE(IGNORE); END",
            "CREATE TEMP TRIGGER x BEFORE INSERT ON main.journal BEGIN SELECT RAISE(IGNORE); END",
            "CREATE TEMP TRIGGER x INSTEAD OF INSERT ON main.journal_acts BEGIN SELECT RAISE(IGNORE); END",
            "CREATE TEMP TRIGGER x BEFORE UPDATE ON main.documents BEGIN SELECT RAISE(IGNORE); END",
        )
    )
    yield f"UPDATE {_or(c)}documents SET state = '{c.chance.choice(STATES)}' WHERE id = {c.key}"


def schema(c: Chosen) -> Iterator[str]:
    """Rewrite the schema of a file, then write."""
    table = c.chance.choice(("documents", "decisions", "journal", "links"))
    yield "PRAGMA writable_schema = ON"
    yield c.chance.choice(
        (
            f"DELETE FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'",
            f"DROP TRIGGER {table}_journal_update",
            "DROP TRIGGER documents_state",
            "DROP TRIGGER journal_append",
            f"ALTER TABLE {table} RENAME TO gone",
            f"DROP TABLE {table}",
            "CREATE TRIGGER zzz AFTER UPDATE ON documents BEGIN SELECT RAISE(IGNORE); END",
            "DROP INDEX uq_decisions_live",
        )
    )
    yield f"UPDATE documents SET state = 'signed' WHERE id = {c.key}"


_SCRIPTS: dict[Script, int] = {
    state: 6, update: 8, delete: 4, copied: 6, cte: 4, rowid: 4, journal: 3, course: 8, removal: 4, again: 1, said: 2, switch: 1, shadow: 2,
}  # fmt: skip
OF_SQLITE: dict[Script, int] = {**_SCRIPTS, attached: 1, temporary_trigger: 1, schema: 1}
OF_POSTGRESQL: dict[Script, int] = {**_SCRIPTS, structure: 4}
OWNERS = {temporary_trigger, schema}
"""Scripts that only an owner can run with effect."""
