"""The functions and triggers of revision 0007 for PostgreSQL; what they guard is said in `guards_0007_sqlite`."""

_ASKED = ("id", "kind", "parameters", "access", "unit", "started_by", "origin", "created_at")
_KEPT = "'{" + ",".join(_ASKED) + "}'::text[]"

BODIES: dict[str, str] = {
    "attrtrack_jobs_insert": """
BEGIN
  IF NEW.state <> 'queued' OR NEW.done <> 0 OR NEW.attempts <> 0 THEN
    RAISE EXCEPTION 'attrtrack-state: 任务只能从排队开始' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_jobs_update": f"""
DECLARE
  asked text;
BEGIN
  IF OLD.state IN ('done', 'failed', 'cancelled') THEN
    RAISE EXCEPTION 'attrtrack-state: 任务已经结束，不能再办理' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'queued' AND NEW.state = 'done' THEN
    RAISE EXCEPTION 'attrtrack-state: 任务要先开始办理，才能完成' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.done < OLD.done OR NEW.attempts < OLD.attempts OR (NEW.cursor IS NULL AND OLD.cursor IS NOT NULL) THEN
    RAISE EXCEPTION 'attrtrack-append: 任务的进度不得后退' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.done <> OLD.done AND (OLD.state <> 'running' OR NEW.holder IS DISTINCT FROM OLD.holder) THEN
    RAISE EXCEPTION 'attrtrack-state: 任务不在办理中，不能推进' USING ERRCODE = 'check_violation';
  END IF;
  FOREACH asked IN ARRAY {_KEPT} LOOP
    IF to_jsonb(NEW) -> asked IS DISTINCT FROM to_jsonb(OLD) -> asked THEN
      RAISE EXCEPTION 'attrtrack-append: 任务的要求不得修改' USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END
""",
    "attrtrack_job_files_insert": """
BEGIN
  IF (SELECT state FROM jobs WHERE id = NEW.job_id) <> 'queued' THEN
    RAISE EXCEPTION 'attrtrack-append: 任务的文件只能在排队时交来，不得替换' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_job_files_update": """
BEGIN
  IF NEW.content IS NOT NULL OR (NEW.job_id, NEW.place, NEW.name, NEW.size)
     IS DISTINCT FROM (OLD.job_id, OLD.place, OLD.name, OLD.size) THEN
    RAISE EXCEPTION 'attrtrack-append: 任务的文件只能清除，不得修改' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
}
"""Body of each trigger function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""


def _before(event: str, table: str, function: str) -> str:
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}"
    )


POSTGRESQL_TRIGGERS: dict[str, str] = {
    "jobs_insert": _before("INSERT", "jobs", "attrtrack_jobs_insert()"),
    "jobs_update": _before("UPDATE", "jobs", "attrtrack_jobs_update()"),
    "jobs_delete": _before("DELETE", "jobs", "attrtrack_refuse('任务记录不得删除')"),
    "jobs_truncate": _before("TRUNCATE", "jobs", "attrtrack_refuse('任务记录不得清空')"),
    "job_files_insert": _before("INSERT", "job_files", "attrtrack_job_files_insert()"),
    "job_files_update": _before("UPDATE", "job_files", "attrtrack_job_files_update()"),
    "job_files_delete": _before("DELETE", "job_files", "attrtrack_refuse('任务的文件只能清除，不得删除')"),
    "job_files_truncate": _before("TRUNCATE", "job_files", "attrtrack_refuse('任务的文件只能清除，不得清空')"),
}
"""Every trigger by name with the statement that makes it."""
