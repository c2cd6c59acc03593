"""Findings: one rule's answer about one document."""

from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.evidence import Evidence


class Severity(StrEnum):
    """What a finding does: stop the sign-off, ask a person to look, or only tell."""

    BLOCK = "block"
    FLAG = "flag"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer (问题): stable code, severity, the sentence people read, the evidence for it."""

    code: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
