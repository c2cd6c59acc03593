"""The triggers of revision 0012 for SQLite: the office takes back its own word on a declaration (撤回审核意见).

A word taken back stands in the register with the entry `retract` after it. From then on the declaration counts as not looked
at: wherever revision 0006 asks for the last review, a retraction is none.
"""

from attrtrack.storage.migrations.guards_0006_sqlite import SQLITE_TRIGGERS as FORMER

RESULTS = ("result IN ('agree', 'return', 'dispute')", "result IN ('agree', 'return', 'dispute', 'retract')")
"""The condition of the table before and after this revision."""
REPLACED: tuple[str, ...] = ("documents_state", "decisions_insert", "reviews_lawful")
"""Triggers of revision 0006 that stand here anew."""

OWN_ALONE = """EXISTS (
      SELECT 1 FROM reviews AS last WHERE last.declaration_id = NEW.declaration_id
        AND last.id = (SELECT MAX(id) FROM reviews WHERE declaration_id = NEW.declaration_id)
        AND last.result <> 'retract' AND last.reviewed_by = NEW.reviewed_by
        AND 'retract' = COALESCE((SELECT earlier.result FROM reviews AS earlier
          WHERE earlier.declaration_id = NEW.declaration_id AND earlier.id < last.id ORDER BY earlier.id DESC LIMIT 1),
          'retract'))"""
"""The last word on the declaration is one's own, not taken back yet, and no other stands before it."""
UNDECIDED = """NOT EXISTS (
      SELECT 1 FROM decisions AS d JOIN evaluations AS e ON e.id = d.evaluation_id
      WHERE d.document_id = NEW.document_id AND e.declaration_id = NEW.declaration_id)"""
WORDS = "attrtrack-gate: 只能收回自己的、还没有人据以办理的、此前没有别的意见的审核意见"

_OF_NEWEST = (
    "SELECT 1 FROM reviews WHERE declaration_id = (SELECT MAX(id) FROM declarations WHERE document_id = NEW.id)"
)


def reworded(statement: str, *changes: tuple[str, str]) -> str:
    """Return a statement of an earlier revision with parts of it changed, each of which stands in it."""
    for former, present in changes:
        if former not in statement:
            raise ValueError(former)
        statement = statement.replace(former, present)
    return statement


SQLITE_TRIGGERS: dict[str, str] = {
    "documents_state": reworded(
        FORMER["documents_state"],
        (
            f"{_OF_NEWEST})",
            f"{_OF_NEWEST}\n        AND id = (SELECT MAX(id) FROM reviews WHERE document_id = NEW.id) AND result <> 'retract')",  # noqa: S608 - names of this module only
        ),
    ),
    "decisions_insert": reworded(
        FORMER["decisions_insert"],
        ("(SELECT result FROM reviews WHERE", "(SELECT NULLIF(result, 'retract') FROM reviews WHERE"),
    ),
    "reviews_lawful": reworded(
        FORMER["reviews_lawful"],
        ("NOT IN ('agree', 'return', 'dispute')", "NOT IN ('agree', 'return', 'dispute', 'retract')"),
        (
            "\nEND",
            f"\n  SELECT RAISE(ABORT, '{WORDS}')\n    WHERE NEW.result = 'retract' AND NOT ({OWN_ALONE} AND {UNDECIDED});\nEND",
        ),
    ),
}
"""Every trigger by name, as `sqlite_master` keeps it."""
