"""The triggers of revision 0004 for SQLite: what a person decides on the need of an interpretation is appended, superseded once."""

_KEPT = "NOT EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id)"
_SAID = ("id", "document_id", "needed", "because", "decided_by", "decided_at", "rules_version")
_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _SAID)

SQLITE_TRIGGERS: dict[str, str] = {
    "need_decisions_replace": """CREATE TRIGGER need_decisions_replace BEFORE INSERT ON need_decisions
WHEN NEW.superseded_at IS NOT NULL OR EXISTS (
  SELECT 1 FROM need_decisions WHERE id = NEW.id OR (document_id = NEW.document_id AND superseded_at IS NULL))
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 应解读的认定只能追加，不得替换'); END""",
    "need_decisions_update": f"""CREATE TRIGGER need_decisions_update BEFORE UPDATE ON need_decisions
WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL OR {_CHANGED}
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 应解读的认定不得修改，只能由新的认定取代或者撤销一次'); END""",
    "need_decisions_delete": "CREATE TRIGGER need_decisions_delete BEFORE DELETE ON need_decisions "
    f"WHEN {_KEPT} BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 应解读的认定不得删除'); END",
}
"""Every trigger by name, as `sqlite_master` keeps it."""
