"""The functions and triggers of revision 0005 for PostgreSQL; what they guard is said in `laws_0005`.

Laws that look at rows of others wait for whoever else is writing, by the lock that every writer of the program takes:
two connections that each close one of the last two administrators would otherwise not see one another.
"""

from attrtrack.storage.migrations.laws_0005 import APPENDED, DAYS_366, KEPT, LAWS, Law

_DAYS = "NEW.expires_at::timestamptz - NEW.created_at::timestamptz > interval '366 days'"
_LOCK = "  PERFORM pg_advisory_xact_lock(1635021938);\n"
_ALONE = frozenset({"units_update", "accounts_update", "role_grants_enter", "identities_enter"})


def _body(name: str, laws: tuple[Law, ...]) -> str:
    refusals = "".join(
        f"  IF {condition.replace(DAYS_366, _DAYS)} THEN\n"
        f"    RAISE EXCEPTION 'attrtrack-{kind}: {words}' USING ERRCODE = 'check_violation';\n  END IF;\n"
        for kind, words, condition in laws
    )
    return f"\nBEGIN\n{_LOCK if name in _ALONE else ''}{refusals}  RETURN NEW;\nEND\n"


BODIES: dict[str, str] = {f"attrtrack_{name}": _body(name, laws) for name, (_, _, laws) in LAWS.items()}
"""Body of each trigger function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""


def _refused(table: str, event: str, words: str) -> str:
    level = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} FOR EACH {level} "
        f"EXECUTE FUNCTION attrtrack_refuse('{words}')"
    )


POSTGRESQL_TRIGGERS: dict[str, str] = {
    **{
        name: f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION attrtrack_{name}()"
        for name, (table, event, _) in LAWS.items()
    },
    **{f"{table}_delete": _refused(table, "DELETE", f"{name}不得删除") for table, name in KEPT.items()},
    **{f"{table}_truncate": _refused(table, "TRUNCATE", f"{name}不得清空") for table, name in KEPT.items()},
    **{f"{table}_update": _refused(table, "UPDATE", f"{KEPT[table]}只能追加，不得修改") for table in APPENDED},
}
"""Every trigger by name with the statement that makes it."""
