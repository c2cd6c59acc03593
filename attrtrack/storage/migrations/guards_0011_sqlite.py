"""The triggers of revision 0011 for SQLite: files and cuts are appended, and leave with their removed document only.

A document has one original. A cut is undone once, by an entry of the same document.
"""

from attrtrack.storage.migrations.guards_0008_sqlite import triggers_of
from attrtrack.storage.migrations.told_0011 import TOLD

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
NAMES = {"cuts": "删减记录", "kept_files": "留存的文件"}
"""What each table is called in a refusal."""
NO_SUCH_CUT = (
    "NEW.undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cuts "
    "WHERE id = NEW.undoes AND document_id = NEW.document_id AND undoes IS NULL)"
)
UNDONE = "NEW.undoes IS NOT NULL AND EXISTS (SELECT 1 FROM cuts WHERE undoes = NEW.undoes)"
SECOND_ORIGINAL = (
    "NEW.kind = 'original' AND EXISTS (SELECT 1 FROM kept_files "
    "WHERE document_id = NEW.document_id AND kind = 'original')"
)
NO_SUCH_BASE = (
    "NEW.kind = 'public' AND NOT EXISTS (SELECT 1 FROM cuts WHERE id = NEW.cut_id AND document_id = NEW.document_id)"
)


def _refused(kind: str, words: str, condition: str) -> str:
    return f"  SELECT RAISE(ABORT, 'attrtrack-{kind}: {words}') WHERE {condition};\n"


def _blank(value: str) -> str:
    return f"ltrim(COALESCE({value}, ''), '{_BLANKS}') = ''"


_NO_DOCUMENT = "NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id)"
"""Said here too, since SQLite looks at foreign keys only where a connection asks for it."""
_LAWS = {
    "cuts": (
        _refused("state", "没有这份文件", _NO_DOCUMENT)
        + _refused("state", "删减须写明位置和理由", f"NEW.undoes IS NULL AND ({_blank('NEW.reason')} OR "
                 "typeof(NEW.starts) <> 'integer' OR typeof(NEW.ends) <> 'integer' "
                 "OR NEW.starts < 0 OR NEW.ends <= NEW.starts)")
        + _refused("state", "要恢复的删减不在这份文件中", NO_SUCH_CUT)
        + _refused("state", "这处删减已经恢复", UNDONE)
    ),
    "kept_files": (
        _refused("state", "没有这份文件", _NO_DOCUMENT)
        + _refused("append", "一份公文只留存一份原件", SECOND_ORIGINAL)
        + _refused("state", "公开版须依据这份文件的删减记录", NO_SUCH_BASE)
        + _refused("state", "留存的文件须有内容、大小和摘要", "typeof(NEW.content) <> 'blob' OR NEW.size IS NOT "
                   "length(NEW.content) OR length(NEW.sha256) IS NOT 64 OR NEW.kind NOT IN ('original', 'public')")
    ),
}  # fmt: skip


def _append_only(table: str) -> dict[str, str]:
    refused = f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {NAMES[table]}只能追加，不得修改或删除'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - names of this module only
    removed = "EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id)"
    return {
        f"{table}_replace": f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN {taken} {refused}",
        f"{table}_lawful": f"CREATE TRIGGER {table}_lawful BEFORE INSERT ON {table} BEGIN\n{_LAWS[table]}END",
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refused}",
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} WHEN NOT {removed} {refused}",
    }


SQLITE_TRIGGERS: dict[str, str] = {
    **_append_only("cuts"),
    **_append_only("kept_files"),
    **{name: made for told in TOLD for name, made in triggers_of(told)},
}
"""Every trigger by name, as `sqlite_master` keeps it."""
