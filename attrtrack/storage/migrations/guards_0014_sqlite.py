"""The triggers of revision 0014 for SQLite: readings of pages are appended, and leave with their removed document only."""

from attrtrack.storage.migrations.guards_0008_sqlite import triggers_of
from attrtrack.storage.migrations.told_0014 import TOLD

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
APPENDED = "页面链接只能追加，不得修改或删除"
"""The words of a refusal."""
_REFUSED = f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {APPENDED}'); END"
_TAKEN = "EXISTS (SELECT 1 FROM page_links WHERE id = NEW.id)"
_REMOVED = "EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id)"


def _blank(column: str) -> str:
    return f"ltrim(COALESCE(NEW.{column}, ''), '{_BLANKS}') = ''"


_LAWFUL = f"""CREATE TRIGGER page_links_lawful BEFORE INSERT ON page_links BEGIN
  SELECT RAISE(ABORT, 'attrtrack-state: 页面须属于一份文件或一件解读') WHERE NOT (
    (NEW.interpretation_id IS NULL AND EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id))
    OR (NEW.document_id IS NULL AND EXISTS (SELECT 1 FROM interpretations WHERE id = NEW.interpretation_id)));
  SELECT RAISE(ABORT, 'attrtrack-state: 页面链接须写明地址和读取的人') WHERE {_blank("address")} OR {_blank("read_by")};
END"""  # noqa: S608 - names of this module only
"""Said here too, since SQLite looks at foreign keys only where a connection asks for it."""

SQLITE_TRIGGERS: dict[str, str] = {
    "page_links_replace": f"CREATE TRIGGER page_links_replace BEFORE INSERT ON page_links WHEN {_TAKEN} {_REFUSED}",
    "page_links_lawful": _LAWFUL,
    "page_links_update": f"CREATE TRIGGER page_links_update BEFORE UPDATE ON page_links {_REFUSED}",
    "page_links_delete": f"CREATE TRIGGER page_links_delete BEFORE DELETE ON page_links WHEN NOT {_REMOVED} {_REFUSED}",
    **{name: made for told in TOLD for name, made in triggers_of(told)},
}
"""Every trigger by name, as `sqlite_master` keeps it."""
