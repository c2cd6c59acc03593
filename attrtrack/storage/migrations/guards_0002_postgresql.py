"""The functions and triggers of revision 0002 for PostgreSQL; what they guard is said in `guards_0002_sqlite`."""

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"

BODIES: dict[str, str] = {
    "attrtrack_corrections_update": """
BEGIN
  IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
     OR (to_jsonb(NEW) - 'superseded_at') IS DISTINCT FROM (to_jsonb(OLD) - 'superseded_at') THEN
    RAISE EXCEPTION 'attrtrack-append: 考核更正不得修改，只能由新的更正取代或者撤回一次' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_enters_live": """
BEGIN
  IF NEW.superseded_at IS NOT NULL THEN
    RAISE EXCEPTION USING MESSAGE = 'attrtrack-append: ' || TG_ARGV[0], ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_precedents_insert": """
BEGIN
  IF NEW.standing IS NULL OR NEW.opposed IS NULL
     OR num_nonnulls(NEW.resolved_by, NEW.resolved_at, NEW.note) > 0
     OR NOT (NEW.standing = 'conflict' OR (NEW.standing = 'teaching' AND NOT NEW.opposed)) THEN
    RAISE EXCEPTION 'attrtrack-append: 与应当公开的规则冲突的先例，须由人处理后才起作用' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_precedents_update": f"""
DECLARE
  free text[] := ARRAY['standing', 'resolved_by', 'resolved_at', 'note', 'superseded_at'];
BEGIN
  IF OLD.superseded_at IS NOT NULL OR (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free) THEN
    RAISE EXCEPTION 'attrtrack-append: 先例不得修改，只能处理或者由新的先例取代' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.standing, NEW.resolved_by, NEW.resolved_at, NEW.note)
       IS DISTINCT FROM (OLD.standing, OLD.resolved_by, OLD.resolved_at, OLD.note)
     AND (NEW.standing = 'conflict' OR NEW.resolved_at IS NULL
       OR ltrim(COALESCE(NEW.resolved_by, ''), '{_BLANKS}') = '') THEN
    RAISE EXCEPTION 'attrtrack-append: 处理先例须写明由谁处理' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
}
"""Body of each trigger function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""


def _kept(table: str, name: str) -> dict[str, str]:
    return {
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_refuse_unless_removed('{name}不得删除')",
        f"{table}_truncate": f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION attrtrack_refuse('{name}不得清空')",
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_{table}_update()",
        f"{table}_enter": f"CREATE TRIGGER {table}_enter BEFORE INSERT ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_enters_live('{name}只能追加，不得替换')",
    }


POSTGRESQL_TRIGGERS: dict[str, str] = {
    **_kept("corrections", "考核更正"),
    **_kept("precedents", "先例"),
    "precedents_insert": "CREATE TRIGGER precedents_insert BEFORE INSERT ON precedents FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_precedents_insert()",
}
"""Every trigger by name with the statement that makes it."""
