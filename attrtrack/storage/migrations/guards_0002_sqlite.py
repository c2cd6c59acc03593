"""The triggers of revision 0002 for SQLite: corrections and precedents are appended, superseded once, never rewritten.

A precedent against which a rule of arts 19-21 speaks cannot enter teaching, and starts to teach by a named person only.
"""

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEPT = "NOT EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id)"
_CORRECTION = ("id", "document_id", "attribute", "reason", "note", "corrected_by", "corrected_at", "rules_version")
_PRECEDENT = (
    "id", "document_id", "source", "attribute", "reason", "weight", "sketch", "opposed", "rules", "taught_by", "taught_at",
)  # fmt: skip
_RESOLUTION = ("standing", "resolved_by", "resolved_at", "note")


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)


def _replace(table: str, name: str) -> dict[str, str]:
    return {
        f"{table}_replace": f"""CREATE TRIGGER {table}_replace BEFORE INSERT ON {table}
WHEN NEW.superseded_at IS NOT NULL OR EXISTS (
  SELECT 1 FROM {table} WHERE id = NEW.id OR (document_id = NEW.document_id AND superseded_at IS NULL))
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {name}只能追加，不得替换'); END"""  # noqa: S608 - names of this module only
    }


def _delete(table: str, name: str) -> dict[str, str]:
    return {
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} WHEN {_KEPT} "
        f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {name}不得删除'); END"
    }


SQLITE_TRIGGERS: dict[str, str] = {
    **_replace("corrections", "考核更正"),
    "corrections_update": f"""CREATE TRIGGER corrections_update BEFORE UPDATE ON corrections
WHEN OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL OR {_changed(_CORRECTION)}
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 考核更正不得修改，只能由新的更正取代或者撤回一次'); END""",
    **_delete("corrections", "考核更正"),
    **_replace("precedents", "先例"),
    "precedents_insert": """CREATE TRIGGER precedents_insert BEFORE INSERT ON precedents
WHEN NEW.standing IS NULL OR NEW.opposed IS NULL
  OR COALESCE(NEW.resolved_by, NEW.resolved_at, NEW.note) IS NOT NULL
  OR NOT (NEW.standing = 'conflict' OR (NEW.standing = 'teaching' AND NOT NEW.opposed))
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 与应当公开的规则冲突的先例，须由人处理后才起作用'); END""",
    "precedents_update": f"""CREATE TRIGGER precedents_update BEFORE UPDATE ON precedents BEGIN
  SELECT RAISE(ABORT, 'attrtrack-append: 先例不得修改，只能处理或者由新的先例取代')
    WHERE OLD.superseded_at IS NOT NULL OR {_changed(_PRECEDENT)};
  SELECT RAISE(ABORT, 'attrtrack-append: 处理先例须写明由谁处理')
    WHERE ({_changed(_RESOLUTION)})
      AND (NEW.standing = 'conflict' OR NEW.resolved_at IS NULL
        OR ltrim(COALESCE(NEW.resolved_by, ''), '{_BLANKS}') = '');
END""",
    **_delete("precedents", "先例"),
}
"""Every trigger by name, as `sqlite_master` keeps it."""
