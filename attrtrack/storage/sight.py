"""What is out of sight is not there: the tables of documents as somebody sees them who may see some units only.

Decision: a question is narrowed where it leaves for the database, below every query, by common table expressions that
bear the tables' own names. So no query can forget to ask whose documents it reads, and one written next year is narrowed
too. Each expression is NOT MATERIALIZED, so that both databases plan as if the condition stood in the query itself.
Seen are: documents of the units; what is attached to them; interpretations of the units and those linked to a document
seen (they count in its measures); letters that the units' own programs asked the gate about. Keys are counted, and rows
written, over everything there is; whoever writes to a record has found it first.
"""

import json
import re
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import ExecutionContext

SIGHT = "attrtrack_units"
"""The execution option that names the units seen (None: all)."""

_DOCUMENT = "SELECT 1 FROM {real}documents AS whose WHERE whose.id = mine.document_id AND whose.unit {seen}"
_OWN = "mine.unit {seen}"
_ATTACHED = f"EXISTS ({_DOCUMENT})"
_LINKED = """EXISTS (SELECT 1 FROM {real}links AS joined JOIN {real}documents AS whose ON whose.id = joined.document_id
  WHERE joined.interpretation_id = mine.id AND joined.judgement <> 'rejected' AND whose.unit {seen})"""
_READ = f"""(EXISTS (SELECT 1 FROM {{real}}interpretations AS owner WHERE owner.id = mine.interpretation_id AND owner.unit {{seen}})
  OR {_LINKED.replace("mine.id", "mine.interpretation_id")})"""  # noqa: S608 - names of this module only

SEEN = {
    "documents": _OWN,
    "interpretations": f"({_OWN} OR {_LINKED})",
    "standings": _OWN,
    "standing_links": _OWN,
    "grade_decisions": _OWN,
    "assessment_acts": _OWN,
    "search_entries": f"({_OWN} OR (mine.kind = 'I' AND {_LINKED.replace('mine.id', 'mine.record')}))",
    "evaluations": f"(CASE WHEN mine.document_id IS NULL THEN {_OWN} ELSE {_ATTACHED} END)",
    "page_links": f"(CASE WHEN mine.document_id IS NULL THEN {_READ} ELSE {_ATTACHED} END)",
    "judgements": f"(mine.document_id IS NULL OR {_ATTACHED})",
    **dict.fromkeys(
        (
            "proposals",
            "declarations",
            "decisions",
            "publications",
            "links",
            "corrections",
            "precedents",
            "need_decisions",
            "reviews",
            "secrecy_reviews",
            "opinions",
            "withdrawals",
            "reexaminations",
            "cuts",
            "kept_files",
        ),
        _ATTACHED,
    ),
}
"""The condition under which a row of each table is seen; every table that names a document is here (a test looks)."""

OVER_ALL = "/* over all that is seen */"
"""Begins a question that runs over whole tables: who sees little has it gathered once, not looked up row by row."""
_GATHERED = "mine.document_id IN (SELECT whose.id FROM {real}documents AS whose WHERE whose.unit {seen})"
_GATHERED_LINKED = (
    "mine.id IN (SELECT mine.id FROM {real}interpretations AS mine WHERE mine.unit {seen} "
    "UNION SELECT mine.interpretation_id FROM {real}links AS mine WHERE mine.judgement <> 'rejected' AND "
)
_OF_ALL = {"interpretations": f"{_GATHERED_LINKED}{_GATHERED})", "links": _GATHERED}
"""The first of them that a question mentions is gathered; links asked for beside interpretations are looked up for each."""

WIDE = 12
"""Who sees more units than this is taken to see a good part of the register."""
_WALKED = "+mine.unit {seen}"
"""The sign keeps SQLite from fetching unit by unit, which costs whoever sees many units a sorting of all their rows."""
_IN_ORDER = re.compile(r"ORDER BY documents\.(id|year)\b")
"""Documents are walked where an order is asked for, for the first fifty; standings always: their indexes hold what is counted."""

_BY_UNIT = "GROUP BY standings.unit"
"""What is counted unit by unit is fetched so."""

_TABLE = "{table} AS NOT MATERIALIZED (SELECT * FROM {real}{table} AS mine WHERE {seen})"
_SQLITE = {"real": "main.", "seen": "IN (SELECT name FROM seen_units)"}
_GIVEN = "seen_units(name) AS (SELECT value FROM json_each(?))"
_POSTGRESQL = {"real": "", "seen": "= ANY(%(seen_units)s::text[])"}
_MENTIONED = re.compile(rf"\b({'|'.join(SEEN)})\b")
_WITH = re.compile(r"\s*WITH\s+(RECURSIVE\s+)?", re.IGNORECASE)


def narrow(
    connection: Connection,
    _cursor: object,
    statement: str,
    parameters: Any,  # noqa: ANN401 - a tuple or a mapping, as the driver wants them
    context: ExecutionContext | None,
    executemany: bool,  # noqa: FBT001 - the signature of SQLAlchemy's event
) -> tuple[str, Any]:
    """Narrow a question to the units of its execution option; everything else passes as it is."""
    units = None if context is None or executemany else context.execution_options.get(SIGHT)
    return narrowed(statement, parameters, units, sqlite=connection.dialect.name == "sqlite")


def narrowed(
    statement: str,
    parameters: Any,  # noqa: ANN401 - as above
    units: frozenset[str] | None,
    *,
    sqlite: bool,
) -> tuple[str, Any]:
    """Return a question and its parameters as somebody sees who may see some units only (None: all)."""
    seen = None if units is None else narrowed_statement(statement, sqlite=sqlite, wide=len(units) > WIDE)
    if units is None or seen is None:
        return statement, parameters
    if sqlite:
        return seen, (json.dumps(sorted(units)), *parameters)
    return seen, {**parameters, "seen_units": sorted(units)}


@lru_cache(maxsize=2048)
def narrowed_statement(statement: str, *, sqlite: bool, wide: bool = False) -> str | None:
    """Return a question with the tables that it mentions as they are seen; None where it mentions none."""
    mentioned = sorted(set(_MENTIONED.findall(statement)))
    if not mentioned:
        return None
    words = _SQLITE if sqlite else _POSTGRESQL
    parts = [_GIVEN] if sqlite else []
    seen_rows = {**SEEN, **(_for_sqlite(statement, wide=wide) if sqlite else {})}
    parts += [
        _TABLE.format(table=table, real=words["real"], seen=seen_rows[table].format(**words)) for table in mentioned
    ]
    seen, begun = ", ".join(parts), _WITH.match(statement)
    if begun is None:
        return f"WITH {seen} {statement}"
    if begun[1] and not sqlite:
        raise ValueError("a recursive question about documents cannot be narrowed")
    return f"{begun[0]}{seen}, {statement[begun.end() :]}"


def _for_sqlite(statement: str, *, wide: bool) -> dict[str, str]:
    """Return the conditions that say to SQLite how to go about it; PostgreSQL finds out by itself."""
    if not wide:
        told = next((table for table in _OF_ALL if table in statement), "") if OVER_ALL in statement else ""
        return {told: _OF_ALL[told]} if told else {}
    walked = ["documents"] if _IN_ORDER.search(statement) else []
    if _BY_UNIT not in statement:
        walked += ["standings", "standing_links"]
    return dict.fromkeys(walked, _WALKED)
