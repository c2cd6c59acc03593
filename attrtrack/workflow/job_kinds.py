"""The table of the kinds of jobs."""

from collections.abc import Mapping

from attrtrack.domain.access import Right
from attrtrack.domain.jobs import JobKind
from attrtrack.workflow.job_archive import plan_linking, plan_proposing
from attrtrack.workflow.job_audit import plan_audit
from attrtrack.workflow.job_export import plan_export
from attrtrack.workflow.job_imports import plan_ledgers, plan_pages
from attrtrack.workflow.job_parts import KindOfJob

_SCOPE = frozenset({"unit", "year"})

KINDS: Mapping[JobKind, KindOfJob] = {
    JobKind.IMPORT_LEDGER: KindOfJob(Right.IMPORT, _SCOPE, takes_files=True, plan=plan_ledgers),
    JobKind.IMPORT_PAGES: KindOfJob(Right.IMPORT, frozenset({"unit"}), takes_files=True, plan=plan_pages),
    JobKind.RE_PROPOSE: KindOfJob(Right.RUN_JOBS, _SCOPE, takes_files=False, plan=plan_proposing),
    JobKind.RE_LINK: KindOfJob(Right.RUN_JOBS, _SCOPE, takes_files=False, plan=plan_linking),
    JobKind.AUDIT: KindOfJob(Right.RUN_JOBS, _SCOPE, takes_files=False, plan=plan_audit),
    JobKind.EXPORT: KindOfJob(Right.EXPORT, _SCOPE, takes_files=False, plan=plan_export, for_a_year=True),
}
"""Every kind with the right that starting it needs."""
