"""The functions and triggers of revision 0015 for PostgreSQL; what they guard is said in `guards_0015_sqlite`."""

from attrtrack.storage.migrations.guards_0008_postgresql import body_of, triggers_of
from attrtrack.storage.migrations.guards_0015_sqlite import (
    NAMES,
    NO_SUCH_DECISION,
    NO_SUCH_VISIT,
    NOTHING_TO_TAKE_BACK,
    SAID_ALREADY,
    WORDS,
)
from attrtrack.storage.migrations.told_0015 import TOLD


def _body(*laws: str) -> str:
    refused = "".join(
        f"""  IF {law} THEN
    RAISE EXCEPTION 'attrtrack-state: {WORDS[law]}' USING ERRCODE = 'check_violation';
  END IF;
"""
        for law in laws
    )
    return f"\nBEGIN\n{refused}  RETURN NEW;\nEND\n"


BODIES: dict[str, str] = {
    "attrtrack_grade_decisions_lawful": _body(NOTHING_TO_TAKE_BACK),
    "attrtrack_assessment_acts_lawful": _body(NO_SUCH_VISIT, NO_SUCH_DECISION, SAID_ALREADY),
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
    refused = f"EXECUTE FUNCTION attrtrack_refuse('{NAMES[table]}只能追加，不得修改或删除')"
    head = f"CREATE TRIGGER {table}_"
    return {
        f"{table}_lawful": f"{head}lawful BEFORE INSERT ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_{table}_lawful()",
        f"{table}_update": f"{head}update BEFORE UPDATE ON {table} FOR EACH ROW {refused}",
        f"{table}_delete": f"{head}delete BEFORE DELETE ON {table} FOR EACH ROW {refused}",
        f"{table}_truncate": f"{head}truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}",
    }


POSTGRESQL_TRIGGERS: dict[str, str] = {
    **_append_only("grade_decisions"),
    **_append_only("assessment_acts"),
    **{name: made for told in TOLD for name, made in triggers_of(told)},
}
"""Every trigger by name with the statement that makes it."""
