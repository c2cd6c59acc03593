"""The triggers of revision 0016 for SQLite: the file that a job makes is kept while the job runs, and is not changed afterwards.

It may be deleted at any time: it is made of what the register holds, and is kept for some days only.
"""

KINDS = (
    "kind IN ('import-ledger', 'import-pages', 're-propose', 're-link', 'audit')",
    "kind IN ('import-ledger', 'import-pages', 're-propose', 're-link', 'audit', 'export')",
)
"""The kinds of jobs before and after this revision."""
KEPT_WHILE_RUNNING = "任务的结果只能由办理中的任务存入，不得替换"
UNCHANGED = "任务的结果只能清除，不得修改"
"""The words of the refusals."""

SQLITE_TRIGGERS: dict[str, str] = {
    "job_products_insert": f"""CREATE TRIGGER job_products_insert BEFORE INSERT ON job_products
WHEN EXISTS (SELECT 1 FROM job_products WHERE job_id = NEW.job_id AND place = NEW.place)
  OR COALESCE((SELECT state FROM jobs WHERE id = NEW.job_id), '') <> 'running'
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {KEPT_WHILE_RUNNING}'); END""",  # noqa: S608 - names of this module only
    "job_products_update": "CREATE TRIGGER job_products_update BEFORE UPDATE ON job_products "
    f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {UNCHANGED}'); END",
}
"""Every trigger by name, as `sqlite_master` keeps it."""
