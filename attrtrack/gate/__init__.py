"""The gate: no document is signed without an attribute, or without a reason that carries it.

Decision: checks are named functions in one tuple; each yields findings and decides nothing. A blocking finding stops the
sign-off, and so does a check that fails, is skipped or takes too long (`running`). `deciding` holds the states and the acts
that move them, `courses` what must have happened before a sign-off, `archives` what only many documents together show. What other rooms know of a document comes in as values of its `Case`.
"""

from attrtrack.gate.archives import CatchAll, Declared, catch_all_finding, catch_alls, ledger_findings
from attrtrack.gate.cases import Case, Explained, KnownDocument
from attrtrack.gate.checks import CHECKS, STATE_SECRECY
from attrtrack.gate.deciding import (
    TRANSITIONS,
    ensure_allowed,
    is_allowed,
    is_blocked,
    sign_off,
    state_after,
    state_declared,
    state_reviewed,
)
from attrtrack.gate.explaining import explaining_findings
from attrtrack.gate.running import WITHOUT_TEXT, CheckRun, carried_over, findings, found_by, run_checks

__all__ = [
    "CHECKS",
    "STATE_SECRECY",
    "TRANSITIONS",
    "WITHOUT_TEXT",
    "Case",
    "CatchAll",
    "CheckRun",
    "Declared",
    "Explained",
    "KnownDocument",
    "carried_over",
    "catch_all_finding",
    "catch_alls",
    "ensure_allowed",
    "explaining_findings",
    "findings",
    "found_by",
    "is_allowed",
    "is_blocked",
    "ledger_findings",
    "run_checks",
    "sign_off",
    "state_after",
    "state_declared",
    "state_reviewed",
]
