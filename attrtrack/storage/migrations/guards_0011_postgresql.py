"""The functions and triggers of revision 0011 for PostgreSQL; what they guard is said in `guards_0011_sqlite`.

The database can hash by itself: a file whose bytes are not those of its digest is refused here.
"""

from attrtrack.storage.migrations.guards_0008_postgresql import body_of, triggers_of
from attrtrack.storage.migrations.guards_0011_sqlite import NAMES, NO_SUCH_BASE, NO_SUCH_CUT, SECOND_ORIGINAL, UNDONE
from attrtrack.storage.migrations.told_0011 import TOLD


def _refused(kind: str, words: str, condition: str) -> str:
    return f"""  IF {condition} THEN
    RAISE EXCEPTION 'attrtrack-{kind}: {words}' USING ERRCODE = 'check_violation';
  END IF;
"""


def _body(laws: str) -> str:
    return f"\nBEGIN\n{laws}  RETURN NEW;\nEND\n"


BODIES: dict[str, str] = {
    "attrtrack_cuts_lawful": _body(
        _refused("state", "要恢复的删减不在这份文件中", NO_SUCH_CUT) + _refused("state", "这处删减已经恢复", UNDONE)
    ),
    "attrtrack_kept_files_lawful": _body(
        _refused("append", "一份公文只留存一份原件", SECOND_ORIGINAL)
        + _refused("state", "公开版须依据这份文件的删减记录", NO_SUCH_BASE)
        + _refused("state", "留存的文件与摘要不符", "encode(sha256(NEW.content), 'hex') <> NEW.sha256")
    ),
    **{f"attrtrack_{told.table}_journal": body_of(told) for told in TOLD},
}
"""Body of each function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""


def _append_only(table: str) -> dict[str, str]:
    words = f"('{NAMES[table]}只能追加，不得修改或删除')"
    head = f"CREATE TRIGGER {table}_"
    return {
        f"{table}_lawful": f"{head}lawful BEFORE INSERT ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_{table}_lawful()",
        f"{table}_update": f"{head}update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION attrtrack_refuse{words}",
        f"{table}_delete": f"{head}delete BEFORE DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_refuse_unless_removed{words}",
        f"{table}_truncate": f"{head}truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION attrtrack_refuse{words}",
    }


POSTGRESQL_TRIGGERS: dict[str, str] = {
    **_append_only("cuts"),
    **_append_only("kept_files"),
    **{name: made for told in TOLD for name, made in triggers_of(told)},
}
"""Every trigger by name with the statement that makes it."""
