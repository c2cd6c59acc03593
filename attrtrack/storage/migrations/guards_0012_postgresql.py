"""The functions of revision 0012 for PostgreSQL; what they guard is said in `guards_0012_sqlite`."""

from attrtrack.storage.migrations.guards_0006_postgresql import BODIES as FORMER
from attrtrack.storage.migrations.guards_0012_sqlite import OWN_ALONE, UNDECIDED, WORDS, reworded

_LAST = ("(SELECT result FROM reviews WHERE", "(SELECT NULLIF(result, 'retract') FROM reviews WHERE")
_REFUSED = f"""
  IF NEW.result = 'retract' AND NOT ({OWN_ALONE} AND {UNDECIDED}) THEN
    RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;"""

BODIES: dict[str, str] = {
    "attrtrack_documents_state": reworded(FORMER["attrtrack_documents_state"], _LAST),
    "attrtrack_decisions_insert": reworded(FORMER["attrtrack_decisions_insert"], _LAST),
    "attrtrack_reviews_lawful": reworded(FORMER["attrtrack_reviews_lawful"], ("\n  RETURN NEW;", _REFUSED)),
}
"""Body of each trigger function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""

POSTGRESQL_TRIGGERS: dict[str, str] = {}
"""The triggers stay as they are: only their functions change."""
