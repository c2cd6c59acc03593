"""The functions and triggers of revision 0014 for PostgreSQL; its CHECKs and foreign keys say who owns a page."""

from attrtrack.storage.migrations.guards_0008_postgresql import body_of, triggers_of
from attrtrack.storage.migrations.guards_0014_sqlite import APPENDED
from attrtrack.storage.migrations.told_0014 import TOLD

BODIES: dict[str, str] = {f"attrtrack_{told.table}_journal": body_of(told) for told in TOLD}
"""Body of each function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""

_HEAD, _REFUSED = "CREATE TRIGGER page_links_", f"EXECUTE FUNCTION attrtrack_refuse('{APPENDED}')"
POSTGRESQL_TRIGGERS: dict[str, str] = {
    "page_links_update": f"{_HEAD}update BEFORE UPDATE ON page_links FOR EACH ROW {_REFUSED}",
    "page_links_delete": f"{_HEAD}delete BEFORE DELETE ON page_links FOR EACH ROW "
    f"EXECUTE FUNCTION attrtrack_refuse_unless_removed('{APPENDED}')",
    "page_links_truncate": f"{_HEAD}truncate BEFORE TRUNCATE ON page_links FOR EACH STATEMENT {_REFUSED}",
    **{name: made for told in TOLD for name, made in triggers_of(told)},
}
"""Every trigger by name with the statement that makes it."""
