"""The function and triggers of revision 0004 for PostgreSQL; what they guard is said in `guards_0004_sqlite`."""

BODIES: dict[str, str] = {
    "attrtrack_need_decisions_update": """
BEGIN
  IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
     OR (to_jsonb(NEW) - 'superseded_at') IS DISTINCT FROM (to_jsonb(OLD) - 'superseded_at') THEN
    RAISE EXCEPTION 'attrtrack-append: 应解读的认定不得修改，只能由新的认定取代或者撤销一次' USING ERRCODE = 'check_violation';
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

POSTGRESQL_TRIGGERS: dict[str, str] = {
    "need_decisions_delete": "CREATE TRIGGER need_decisions_delete BEFORE DELETE ON need_decisions FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_refuse_unless_removed('应解读的认定不得删除')",
    "need_decisions_truncate": "CREATE TRIGGER need_decisions_truncate BEFORE TRUNCATE ON need_decisions "
    "FOR EACH STATEMENT EXECUTE FUNCTION attrtrack_refuse('应解读的认定不得清空')",
    "need_decisions_update": "CREATE TRIGGER need_decisions_update BEFORE UPDATE ON need_decisions FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_need_decisions_update()",
    "need_decisions_enter": "CREATE TRIGGER need_decisions_enter BEFORE INSERT ON need_decisions FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_enters_live('应解读的认定只能追加，不得替换')",
}
"""Every trigger by name with the statement that makes it."""
