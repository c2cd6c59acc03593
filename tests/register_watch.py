"""An independent watch over a register: every row before and after an act, the journal's new entries, and the laws.

It reads through a connection of its own and knows nothing of the program's repositories. `look` returns what has changed
since the last look; `faults` says what of it breaks a law: a change without its entry, an entry that does not follow, a
signed document without attribute or needed reason, a decision that one person made alone or that was altered later.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
import sqlalchemy as sa

from attrtrack.domain.people import same_person
from attrtrack.storage.migrations.told import TOLD

Row = dict[str, Any]
ENTRY = ("sequence", "at", "actor", "origin", "action", "subject", "outcome", "detail", "previous_hash", "hash")
SETTLED = {"signed", "published"}
APPENDED = (
    "declarations", "evaluations", "reviews", "secrecy_reviews", "opinions", "withdrawals", "publications", "proposals",
    "reexaminations", "judgements",
)  # fmt: skip
_KEYS = {told.table: told.key for told in TOLD}
_COLUMNS = {told.table: tuple(told.kinds) for told in TOLD}


@dataclass(frozen=True, slots=True)
class Seen:
    """What has changed between two looks: rows by name (`decisions/5`), and the entries that came."""

    added: dict[str, Row]
    changed: dict[str, tuple[Row, Row]]
    gone: dict[str, Row]
    entries: list[Row]

    @property
    def rows(self) -> set[str]:
        """The names of all rows that were touched."""
        return {*self.added, *self.changed, *self.gone}

    @property
    def tables(self) -> set[str]:
        """The tables that were touched."""
        return {name.partition("/")[0] for name in self.rows}


@dataclass
class Watch:
    """The register as it was at the last look."""

    url: str
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    came: dict[str, int] = field(default_factory=dict)
    sequence: int = 0
    hash: str = "0" * 64
    _images: dict[str, object] = field(default_factory=dict)
    _names: dict[tuple[str, object], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parsed = sa.make_url(self.url)
        self._sqlite = None if parsed.get_backend_name() != "sqlite" else sqlite3.connect(str(parsed.database))
        self._server = None
        if self._sqlite is None:
            self._server = psycopg.connect(
                host=str(parsed.query["host"]), user=parsed.username, dbname=parsed.database, autocommit=True
            )
        self.look()

    def close(self) -> None:
        """Close the connection."""
        for connection in (self._sqlite, self._server):
            if connection is not None:
                connection.close()

    def look(self) -> Seen:
        """Read the register whole and return what has changed."""
        added, changed, gone = dict[str, Row](), dict[str, tuple[Row, Row]](), dict[str, Row]()
        present = dict(self._read_sqlite() if self._sqlite else self._read_server())
        for name, image in present.items():
            former = self._images.get(name)
            if former == image and type(former) is type(image):
                continue
            table, _, _ = name.partition("/")
            row = self._row(table, image)
            if former is None:
                added[name] = row
            else:
                changed[name] = (self.rows[table][name], row)
            self.rows.setdefault(table, {})[name] = row
        for name in [name for name in self._images if name not in present]:
            gone[name] = self.rows[name.partition("/")[0]].pop(name)
        self._images = present
        seen = Seen(added, changed, gone, list(self._entries()))
        for entry in seen.entries:
            if entry["detail"].startswith('{"row":"'):
                self.came.setdefault(entry["detail"][8:].partition('"')[0], entry["sequence"])
        return seen

    def _read_sqlite(self) -> Iterator[tuple[str, object]]:
        assert self._sqlite is not None
        self._sqlite.execute("BEGIN")
        for table, columns in _COLUMNS.items():
            key = " || '-' || ".join(_KEYS[table])  # the database prints 9e999 in its own way, here as in its journal
            for name, *row in self._sqlite.execute(f"SELECT {key}, {', '.join(columns)} FROM {table}"):  # noqa: S608 - own names
                yield f"{table}/{name}", tuple(row)
        self._sqlite.execute("COMMIT")

    def _read_server(self) -> Iterator[tuple[str, object]]:
        assert self._server is not None
        parts = []
        for table, columns in _COLUMNS.items():
            wanted = ", ".join(f"t.{name}" for name in columns)
            key = " || '-' || ".join(f"t.{name}" for name in _KEYS[table])
            parts.append(
                f"SELECT '{table}/' || {key}, (SELECT row_to_json(r)::text FROM (SELECT {wanted}) r) FROM {table} t"  # noqa: S608 - own names
            )
        yield from self._server.execute(" UNION ALL ".join(parts)).fetchall()

    def _row(self, table: str, image: object) -> Row:
        if isinstance(image, tuple):
            return dict(zip(_COLUMNS[table], image, strict=True))
        return dict(json.loads(str(image)))

    def _entries(self) -> Iterator[Row]:
        query = f"SELECT {', '.join(ENTRY)} FROM journal WHERE sequence > {self.sequence} ORDER BY sequence"  # noqa: S608
        connection: Any = self._sqlite or self._server
        for row in connection.execute(query).fetchall():
            yield dict(zip(ENTRY, row, strict=True))

    # -- what must hold ---------------------------------------------------------------------------------------------

    def faults(self, seen: Seen) -> list[str]:
        """Return every law that what was seen breaks, in plain words; nothing where all hold."""
        return [*self._untold(seen), *self._broken_chain(seen), *self._altered(seen), *self._unlawful(seen)]

    def _untold(self, seen: Seen) -> Iterator[str]:
        last = dict[str, str]()
        actions = {entry["action"] for entry in seen.entries}
        for entry in seen.entries:
            if entry["detail"].startswith('{"row":"'):
                last[entry["detail"][8:].partition('"')[0]] = entry["detail"]
        for name in seen.rows:
            if name.startswith("removals/"):
                if "remove-classified" not in actions:
                    yield f"no entry: {name}"
            elif name not in last:
                yield f"no entry: {name}"
            elif ('"digest":"' in last[name]) is (name in seen.gone):
                yield f"wrong entry: {name}"

    def _broken_chain(self, seen: Seen) -> Iterator[str]:
        for entry in seen.entries:
            told = [entry[name] for name in ENTRY[:-1]]
            text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            follows = entry["sequence"] == self.sequence + 1 and entry["previous_hash"] == self.hash
            if not follows or entry["hash"] != hashlib.sha256(text.encode()).hexdigest():
                yield f"chain: entry {entry['sequence']}"
            self.sequence, self.hash = entry["sequence"], entry["hash"]

    def _removed(self, row: Mapping[str, Any]) -> bool:
        return f"removals/{row.get('document_id', row.get('id'))}" in self.rows.get("removals", {})

    def _altered(self, seen: Seen) -> Iterator[str]:
        for name, (before, after) in seen.changed.items():
            table = name.partition("/")[0]
            rest = {key for key in after if before[key] != after[key]}
            if table == "decisions" and (rest != {"superseded_at"} or before["superseded_at"] is not None):
                yield f"altered: {name} {sorted(rest)}"
            if table in APPENDED:
                yield f"altered: {name} {sorted(rest)}"
        for name in seen.added:
            if f"removals/{name.partition('/')[2]}" in self.rows.get("removals", {}) and name.startswith("documents/"):
                yield f"again: {name}, which was removed"
        for name, row in seen.gone.items():
            if name.partition("/")[0] in (*APPENDED, "decisions", "documents") and not self._removed(row):
                yield f"gone: {name}"

    def _unlawful(self, seen: Seen) -> Iterator[str]:
        touched = {row["document_id"] for name, row in self._touched(seen) if name.startswith("decisions/")}
        touched |= {row["id"] for name, row in self._touched(seen) if name.startswith("documents/")}
        for key in touched:
            yield from self.unsigned(key)
        for name, row in seen.added.items():
            if name.startswith("decisions/"):
                yield from (f"unlawful: {name} {words}" for words in self._against(row, self.came.get(name, 0)))

        yield from self._misjudged(seen)

    def _misjudged(self, seen: Seen) -> Iterator[str]:
        """Say which new judgement passed over a block, and which review is the drafter's own or of an older declaration."""
        for name, row in seen.added.items():
            if name.startswith("evaluations/") and row["outcome"] == "passed":
                found = json.loads(row["findings"]) if isinstance(row["findings"], str) else row["findings"]
                if row["gravest"] == "block" or any(item["severity"] == "block" for item in found):
                    yield f"unlawful: {name} passed over a block"
            if name.startswith("reviews/"):
                if row["result"] == "retract" and not self._retractable(row, self.came.get(name, 0)):
                    yield f"unlawful: {name} takes back what is not its own, not alone, or acted upon"
                declared = self.newest("declarations", row["document_id"], self.came.get(name, 0))
                if declared is None or row["declaration_id"] != declared["id"]:
                    yield f"unlawful: {name} of an older declaration"
                elif same_person(row["reviewed_by"], declared["declared_by"]):
                    yield f"unlawful: {name} by the drafter"

    def _retractable(self, row: Row, at: int) -> bool:
        """Whether the last word on the declaration was one's own, alone, and nobody had decided by then."""
        said = self.words_on({"id": row["declaration_id"], "document_id": row["document_id"]}, at)
        decided = {item["evaluation_id"] for item in self.of("decisions", row["document_id"], at)}
        acted = any(
            item["id"] in decided and item["declaration_id"] == row["declaration_id"]
            for item in self.of("evaluations", row["document_id"], at)
        )
        results = [item["result"] for item in said]
        alone = results[-1:] not in ([], ["retract"]) and results[-2:-1] in ([], ["retract"])
        return alone and not acted and said[-1]["reviewed_by"] == row["reviewed_by"]

    def _touched(self, seen: Seen) -> Iterator[tuple[str, Row]]:
        yield from seen.added.items()
        yield from ((name, after) for name, (_, after) in seen.changed.items())
        yield from seen.gone.items()

    def unsigned(self, key: int) -> Iterator[str]:
        """Say how a document is signed without attribute or needed reason."""
        document = self.document(key)
        if document is None or document["state"] not in SETTLED:
            return
        live = [row for row in self.of("decisions", key) if row["superseded_at"] is None]
        if len(live) != 1:
            yield f"signed: D{key} has {len(live)} decisions in force"
        for row in live:
            if row["attribute"] not in {"proactive", "on_request", "withheld"}:
                yield f"signed: D{key} without attribute"
            if row["attribute"] != "proactive" and not str(row["reason"] or "").strip():
                yield f"signed: D{key} without reason"

    def _against(self, decision: Row, at: int) -> Iterator[str]:
        """Say what a new decision lacks by what the register held when it was made."""
        key = decision["document_id"]
        judged = self.rows.get("evaluations", {}).get(f"evaluations/{decision['evaluation_id']}")
        declared = self.newest("declarations", key, at)
        if judged is None or declared is None:
            yield "rests on nothing"
            return
        if (judged["act"], judged["outcome"], judged["evaluated_by"]) != ("sign", "passed", decision["decided_by"]):
            yield "rests on another's judgement"
        if judged["declaration_id"] != declared["id"]:
            yield "rests on an older declaration"
        if any(declared[name] != decision[name] for name in ("attribute", "reason")):
            yield "says other than declared"
        if same_person(decision["decided_by"], declared["declared_by"]):
            yield "one person declared and signed"
        yield from self._reviewed(decision, declared, at)

    def _reviewed(self, decision: Row, declared: Row, at: int) -> Iterator[str]:
        key = decision["document_id"]
        secrecy = self.newest("secrecy_reviews", key, at)
        if decision["attribute"] == "proactive" and (
            secrecy is None
            or secrecy["result"] not in {"cleared", "partly"}
            or same_person(secrecy["reviewed_by"], declared["declared_by"])
        ):
            yield "to be published without secrecy review"
        said = self.words_on(declared, at)
        because = str(decision["because"] or "").strip()
        if said and said[-1]["result"] == "return":
            yield "returned by the office"
        if said and said[-1]["result"] == "dispute" and not because:
            yield "over a dispute without a reason"
        opinions = {
            row["unit"]: row["result"]
            for row in self.of("opinions", key, at)
            if row["declaration_id"] == declared["id"]
        }
        if "disagree" in opinions.values():
            yield "against a co-issuer"
        if len(self.of("decisions", key, at)) > 0 and not because:
            yield "changed without a reason"

    def document(self, key: int) -> Row | None:
        """Return a document as it stood at the last look."""
        return self.rows.get("documents", {}).get(f"documents/{key}")

    def of(self, table: str, key: int, at: int | None = None) -> list[Row]:
        """Return the rows of a document in a table, oldest first; `at`: those that came before an entry."""
        mine = (
            row
            for name, row in self.rows.get(table, {}).items()
            if row["document_id"] == key and (at is None or self.came.get(name, 0) < at)
        )
        return sorted(mine, key=lambda row: int(row["id"]))

    def words_on(self, declared: Row | None, at: int | None = None) -> list[Row]:
        """Return the office's words on a declaration, oldest first, those taken back and the taking back among them."""
        if declared is None:
            return []
        return [
            row for row in self.of("reviews", declared["document_id"], at) if row["declaration_id"] == declared["id"]
        ]

    def newest(self, table: str, key: int, at: int | None = None) -> Row | None:
        """Return the newest row of a document in a table."""
        return (self.of(table, key, at) or [None])[-1]
