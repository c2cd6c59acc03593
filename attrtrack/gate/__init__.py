"""The gate: no document is signed without an attribute, or without a reason that carries it.

Decision: checks are named functions in one tuple; each yields findings and decides nothing. A blocking finding stops the
sign-off, and a check that fails to run is an error, never a pass. `deciding` holds the states and who may move them,
`archives` what only many documents together show. What other rooms know of a document comes in as values of its `Case`.
"""

from attrtrack.gate.archives import CatchAll, Declared, catch_all_finding, catch_alls, ledger_findings
from attrtrack.gate.cases import Case, Explained, KnownDocument
from attrtrack.gate.checks import CHECKS, STATE_SECRECY, findings
from attrtrack.gate.deciding import ensure_allowed, is_blocked, sign_off, state_after
from attrtrack.gate.explaining import explaining_findings

__all__ = [
    "CHECKS",
    "STATE_SECRECY",
    "Case",
    "CatchAll",
    "Declared",
    "Explained",
    "KnownDocument",
    "catch_all_finding",
    "catch_alls",
    "ensure_allowed",
    "explaining_findings",
    "findings",
    "is_blocked",
    "ledger_findings",
    "sign_off",
    "state_after",
]
