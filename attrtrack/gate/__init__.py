"""The gate: no document is signed without an attribute, or without a reason that carries it.

Decision: checks are named functions in one tuple; each yields findings and decides nothing. A blocking finding stops the
sign-off, and a check that fails to run is an error, never a pass. `deciding` holds the states and who may move them.
"""

from attrtrack.gate.checks import CHECKS, STATE_SECRECY, Case, findings
from attrtrack.gate.deciding import ensure_allowed, is_blocked, sign_off, state_after

__all__ = ["CHECKS", "STATE_SECRECY", "Case", "ensure_allowed", "findings", "is_blocked", "sign_off", "state_after"]
