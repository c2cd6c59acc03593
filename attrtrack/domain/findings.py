"""Findings: one rule's answer about one document."""

from collections.abc import Iterable
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


def gravest(findings: Iterable[Finding]) -> Severity | None:
    """Return the severity of the gravest finding; None when nothing was found."""
    found = {item.severity for item in findings}
    return next((severity for severity in Severity if severity in found), None)
