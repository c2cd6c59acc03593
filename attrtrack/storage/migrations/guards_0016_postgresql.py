"""The functions and triggers of revision 0016 for PostgreSQL; what they guard is said in `guards_0016_sqlite`."""

from attrtrack.storage.migrations.guards_0016_sqlite import KEPT_WHILE_RUNNING, UNCHANGED

BODIES: dict[str, str] = {
    "attrtrack_job_products_insert": f"""
BEGIN
  IF COALESCE((SELECT state FROM jobs WHERE id = NEW.job_id), '') <> 'running' THEN
    RAISE EXCEPTION 'attrtrack-append: {KEPT_WHILE_RUNNING}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",  # noqa: S608 - names of this module only
}
"""Body of each trigger function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""

POSTGRESQL_TRIGGERS: dict[str, str] = {
    "job_products_insert": "CREATE TRIGGER job_products_insert BEFORE INSERT ON job_products "
    "FOR EACH ROW EXECUTE FUNCTION attrtrack_job_products_insert()",
    "job_products_update": "CREATE TRIGGER job_products_update BEFORE UPDATE ON job_products "
    f"FOR EACH ROW EXECUTE FUNCTION attrtrack_refuse('{UNCHANGED}')",
}
"""Every trigger by name with the statement that makes it."""
