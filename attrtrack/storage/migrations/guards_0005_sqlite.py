"""The triggers of revision 0005 for SQLite; what they guard is said in `laws_0005`."""

from attrtrack.storage.migrations.laws_0005 import APPENDED, DAYS_366, KEPT, LAWS, Law

REPLACED: tuple[str, ...] = ()
"""Triggers of earlier revisions that stand here anew."""

_DAYS = "COALESCE(julianday(NEW.expires_at) - julianday(NEW.created_at), 367) > 366"


def _made(name: str, table: str, event: str, laws: tuple[Law, ...]) -> str:
    refusals = "\n".join(
        f"  SELECT RAISE(ABORT, 'attrtrack-{kind}: {words}') WHERE {_condition(condition)};"
        for kind, words, condition in laws
    )
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN\n{refusals}\nEND"


def _condition(condition: str) -> str:
    return condition.replace("IS DISTINCT FROM", "IS NOT").replace(DAYS_366, _DAYS)


def _refused(table: str, event: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {words}'); END"
    )


SQLITE_TRIGGERS: dict[str, str] = {
    **{name: _made(name, table, event, laws) for name, (table, event, laws) in LAWS.items()},
    **{f"{table}_delete": _refused(table, "DELETE", f"{name}不得删除") for table, name in KEPT.items()},
    **{f"{table}_update": _refused(table, "UPDATE", f"{KEPT[table]}只能追加，不得修改") for table in APPENDED},
}
"""Every trigger by name, as `sqlite_master` keeps it."""
