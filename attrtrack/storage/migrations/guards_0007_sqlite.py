"""The triggers of revision 0007 for SQLite.

A job begins in the queue, goes along its table of states and never back from an end; its progress never falls, and what
it was asked to do is not changed. Files handed in are emptied and never replaced.
"""

_ASKED = ("id", "kind", "parameters", "access", "unit", "started_by", "origin", "created_at")
_OTHER = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _ASKED)
_FILE = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in ("job_id", "place", "name", "size"))

REPLACED: tuple[str, ...] = ()
"""Triggers of earlier revisions that stand here anew."""

SQLITE_TRIGGERS: dict[str, str] = {
    "jobs_insert": """CREATE TRIGGER jobs_insert BEFORE INSERT ON jobs BEGIN
  SELECT RAISE(ABORT, 'attrtrack-append: 任务不得替换') WHERE EXISTS (SELECT 1 FROM jobs WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'attrtrack-state: 任务只能从排队开始')
    WHERE NEW.state <> 'queued' OR NEW.done <> 0 OR NEW.attempts <> 0;
END""",
    "jobs_update": f"""CREATE TRIGGER jobs_update BEFORE UPDATE ON jobs BEGIN
  SELECT RAISE(ABORT, 'attrtrack-state: 任务已经结束，不能再办理') WHERE OLD.state IN ('done', 'failed', 'cancelled');
  SELECT RAISE(ABORT, 'attrtrack-state: 任务要先开始办理，才能完成')
    WHERE OLD.state = 'queued' AND NEW.state = 'done';
  SELECT RAISE(ABORT, 'attrtrack-append: 任务的进度不得后退')
    WHERE NEW.done < OLD.done OR NEW.attempts < OLD.attempts OR (NEW.cursor IS NULL AND OLD.cursor IS NOT NULL);
  SELECT RAISE(ABORT, 'attrtrack-state: 任务不在办理中，不能推进')
    WHERE NEW.done <> OLD.done AND (OLD.state <> 'running' OR NEW.holder IS NOT OLD.holder);
  SELECT RAISE(ABORT, 'attrtrack-append: 任务的要求不得修改') WHERE {_OTHER};
END""",
    "jobs_delete": "CREATE TRIGGER jobs_delete BEFORE DELETE ON jobs "
    "BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 任务记录不得删除'); END",
    "job_files_insert": """CREATE TRIGGER job_files_insert BEFORE INSERT ON job_files
WHEN EXISTS (SELECT 1 FROM job_files WHERE job_id = NEW.job_id AND place = NEW.place)
  OR (SELECT state FROM jobs WHERE id = NEW.job_id) <> 'queued'
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 任务的文件只能在排队时交来，不得替换'); END""",
    "job_files_update": f"""CREATE TRIGGER job_files_update BEFORE UPDATE ON job_files
WHEN NEW.content IS NOT NULL OR {_FILE}
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 任务的文件只能清除，不得修改'); END""",
    "job_files_delete": "CREATE TRIGGER job_files_delete BEFORE DELETE ON job_files "
    "BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 任务的文件只能清除，不得删除'); END",
}
"""Every trigger by name, as `sqlite_master` keeps it."""
