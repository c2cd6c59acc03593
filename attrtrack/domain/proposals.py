"""Proposals: what the voices say of a document, and what they say together."""

from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding


class Voice(StrEnum):
    """Who speaks: the printed mark, the rules, the trained model, or the office's precedents."""

    MARK = "mark"
    RULES = "rules"
    MODEL = "model"
    PRECEDENT = "precedent"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One voice's opinion; `attribute` None means it has none."""

    voice: Voice
    attribute: DisclosureAttribute | None
    reason: str | None = None
    probability: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonLikelihood:
    """A reason code with its probability among the reasons that can carry the proposed attribute."""

    code: str
    probability: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """The combined suggestion (建议).

    `attribute` is the best guess even when `abstained`; `doubt` says in Chinese why a person must look;
    `probability` is the calibrated probability of `attribute`; `voices` keeps every opinion, disagreement included.
    """

    attribute: DisclosureAttribute | None
    probability: float | None
    abstained: bool
    doubt: str | None
    reason: str | None
    reasons: tuple[ReasonLikelihood, ...]
    evidence: tuple[Evidence, ...]
    voices: tuple[Opinion, ...]
    findings: tuple[Finding, ...]
    rules_version: str
    model_version: str | None
