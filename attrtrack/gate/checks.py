"""The checks of the gate, one named function each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.marks import Mark
from attrtrack.domain.proposals import Proposal
from attrtrack.rules import Rules
from attrtrack.rules.reasons import ReasonResolution, resolve_reason

_SURE = 0.99
STATE_SECRECY = "R14-1"
_GENERAL_ADVICE = "请写明《政府信息公开条例》的具体条款，或从理由目录中选择。"


@dataclass(frozen=True, slots=True)
class Case:
    """What the gate looks at: a document, what the drafter declared, and the proposal if one was made."""

    document: Document
    declaration: Declaration
    proposal: Proposal | None = None

    @property
    def attribute(self) -> DisclosureAttribute | None:
        """The declared attribute."""
        return self.declaration.attribute

    @property
    def reason(self) -> str:
        """The declared reason without surrounding white space, empty when none was given."""
        return (self.declaration.reason or "").strip()

    @property
    def reason_evidence(self) -> tuple[Evidence, ...]:
        """The declared reason as evidence."""
        return (Evidence(self.reason, None, "declaration"),) if self.reason else ()


Check = Callable[[Case, Rules], Iterator[Finding]]


def findings(case: Case, rules: Rules) -> tuple[Finding, ...]:
    """Run every check on a case and return all findings, in the order of the checks."""
    return tuple(finding for check in CHECKS for finding in check(case, rules))


def attribute_is_stated(case: Case, rules: Rules) -> Iterator[Finding]:
    """A document without an attribute is not signed."""
    if case.attribute is None:
        yield rules.finding("attribute-missing")


def reason_is_stated(case: Case, rules: Rules) -> Iterator[Finding]:
    """An attribute that an office wants reasoned is not signed without a reason."""
    if case.attribute is not None and case.attribute in rules.switch("reason_required_for") and not case.reason:
        yield rules.finding("reason-missing", attribute=case.attribute.chinese)


def reason_has_a_clause(case: Case, rules: Rules) -> Iterator[Finding]:
    """A stated reason resolves to a clause of the regulation in force, and the clause carries the attribute."""
    if case.attribute is None or not case.reason:
        return
    resolution = resolve_reason(case.reason, rules)
    if resolution.code == STATE_SECRECY:
        yield rules.finding("secret-reason", *case.reason_evidence)
    elif resolution.code is None:
        advice = resolution.fault.advice if resolution.fault else _GENERAL_ADVICE
        yield rules.finding("reason-without-clause", *case.reason_evidence, reason=case.reason, advice=advice)
    else:
        yield from _reason_carries(case, rules, resolution)


def _reason_carries(case: Case, rules: Rules, resolution: ReasonResolution) -> Iterator[Finding]:
    reason = rules.reason(resolution.code or "")
    if reason is None or case.attribute is None:
        return
    if not reason.carries(case.attribute):
        yield rules.finding(
            "reason-does-not-carry",
            *case.reason_evidence,
            code=reason.code,
            reason=reason.name,
            attribute=case.attribute.chinese,
        )
    elif case.reason != reason.code and len("".join(case.reason.split())) < int(
        rules.switch("minimum_reason_length")[0]
    ):
        yield rules.finding("reason-thin", *case.reason_evidence, must_show=reason.must_show)


def mark_agrees(case: Case, rules: Rules) -> Iterator[Finding]:
    """A printed mark says the same as the declaration."""
    for mark in case.document.marks:
        if mark.redacted:
            yield rules.finding("redaction-noted", _mark_evidence(case.document, mark))
        if case.attribute is not None and mark.attribute is not case.attribute:
            finding = rules.finding(
                "mark-contradicts",
                _mark_evidence(case.document, mark),
                mark=mark.text,
                attribute=case.attribute.chinese,
            )
            yield finding if "on" in rules.switch("mark_contradiction_blocks") else rules.softened(finding)


def _mark_evidence(document: Document, mark: Mark) -> Evidence:
    if mark.span is None:
        return Evidence(mark.text, None, f"mark:{mark.place}")
    return document.quote(mark.span, f"mark:{mark.place}")


def attribute_is_likely(case: Case, rules: Rules) -> Iterator[Finding]:
    """A declaration that a confident proposal contradicts is flagged, never changed."""
    proposal = case.proposal
    if proposal is None or proposal.abstained or proposal.attribute is None or case.attribute is None:
        return
    probability = proposal.probability or 0.0
    if proposal.attribute is not case.attribute and probability >= float(rules.switch("doubt_threshold")[0]):
        reason = rules.reason(proposal.reason or "")
        yield rules.finding(
            "attribute-doubtful",
            *proposal.evidence,
            declared=case.attribute.chinese,
            proposed=proposal.attribute.chinese,
            probability="99%以上" if probability > _SURE else f"{probability:.0%}",
            because=reason.sentence if reason else "请对照所引正文核对。",
        )


def reason_is_likely(case: Case, rules: Rules) -> Iterator[Finding]:
    """A declared reason that is not among the likely ones for the same attribute is flagged."""
    proposal = case.proposal
    if proposal is None or proposal.abstained or proposal.attribute is not case.attribute or not case.reason:
        return
    declared = rules.reason(resolve_reason(case.reason, rules).code or "")
    proposed = rules.reason(proposal.reason or "")
    if declared is None or proposed is None or declared.code in {likely.code for likely in proposal.reasons}:
        return
    yield rules.finding(
        "reason-doubtful",
        *proposal.evidence,
        declared=f"{declared.code} {declared.name}",
        proposed=f"{proposed.code} {proposed.name}",
    )


CHECKS: tuple[Check, ...] = (
    attribute_is_stated,
    reason_is_stated,
    reason_has_a_clause,
    mark_agrees,
    attribute_is_likely,
    reason_is_likely,
)
