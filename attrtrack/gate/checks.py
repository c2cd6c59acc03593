"""The checks of the gate on what was declared: attribute, reason, mark, and what the proposal says of them."""

from collections.abc import Callable, Iterator

from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.domain.marks import Mark
from attrtrack.domain.reasons import LegalReason
from attrtrack.gate.cases import Case
from attrtrack.gate.courses import (
    adjusts_for_a_reason,
    co_issuers_agree,
    comes_off_the_website,
    interprets_before_signing,
    is_public_as_itself,
    is_reviewed_by_the_office,
    is_reviewed_for_secrecy,
    is_signed_by_another,
    looks_at_personal_data,
)
from attrtrack.gate.explaining import explains_in_its_own_words, explains_what_is_asked
from attrtrack.gate.texts import (
    cites_nothing_withheld,
    cites_regulation_in_force,
    forwards_consistently,
    says_nothing_named_for_publication,
)
from attrtrack.rules import Rules
from attrtrack.rules.reasons import ReasonResolution, resolve_reason, void_parts

_SURE = 0.99
STATE_SECRECY = "R14-1"
_STALE = "stale-"
_GENERAL_ADVICE = "请写明《政府信息公开条例》的具体条款，或从理由目录中选择。"
_SEE_NEXT = "所引的是已经取代的旧条例，改法见下一条。"

Check = Callable[[Case, Rules], Iterator[Finding]]


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
    if STATE_SECRECY in {resolution.code, *resolution.others}:
        yield rules.finding("secret-reason", *case.reason_evidence)
    elif resolution.code is None:
        yield from _no_clause(case, rules, resolution)
    else:
        yield from _reason_carries(case, rules, resolution)


def _no_clause(case: Case, rules: Rules, resolution: ReasonResolution) -> Iterator[Finding]:
    fault = resolution.fault
    stale = fault is not None and fault.code.startswith(_STALE)
    advice = _SEE_NEXT if stale else fault.advice if fault else _GENERAL_ADVICE
    yield rules.finding("reason-without-clause", *case.reason_evidence, reason=case.reason, advice=advice)
    if fault is not None and stale:
        yield rules.finding("regulation-outdated", *case.reason_evidence, quote=resolution.quote, advice=fault.advice)


def _reason_carries(case: Case, rules: Rules, resolution: ReasonResolution) -> Iterator[Finding]:
    if case.attribute is None:
        return
    cited = [reason for code in (resolution.code or "", *resolution.others) if (reason := rules.reason(code))]
    reason = next((one for one in cited if one.carries(case.attribute)), None)
    if reason is None:
        yield from (
            rules.finding(
                "reason-does-not-carry",
                *case.reason_evidence,
                code=one.code,
                reason=one.name,
                attribute=case.attribute.chinese,
            )
            for one in cited[:1]
        )
        return
    if case.reason != reason.code and len("".join(case.reason.split())) < int(rules.switch("minimum_reason_length")[0]):
        yield rules.finding("reason-thin", *case.reason_evidence, must_show=reason.must_show)
    yield from _parts_are_sound(case, rules, resolution)


def _parts_are_sound(case: Case, rules: Rules, resolution: ReasonResolution) -> Iterator[Finding]:
    """Note the parts of a combined reason that no clause stands for; the part that has one carries the attribute."""
    for part in void_parts(case.reason, resolution, rules):
        if part.fault is not None:
            evidence = Evidence(part.quote, None, "declaration")
            yield rules.finding("reason-part-void", evidence, part=part.quote, advice=part.fault.advice)


def reason_is_chosen(case: Case, rules: Rules) -> Iterator[Finding]:
    """Attribute and reason are not the ones that an office system enters by default."""
    if case.attribute is None or case.attribute not in rules.switch("reason_required_for") or not case.reason:
        return
    fault = resolve_reason(case.reason, rules).fault
    if fault is not None and fault.code in rules.switch("catch_all_faults"):
        usage = f"“{case.attribute.chinese}”加“{case.reason}”"
        yield rules.finding("reason-catch-all", *case.reason_evidence, usage=usage)


def mark_agrees(case: Case, rules: Rules) -> Iterator[Finding]:
    """A printed mark says the same as the declaration; a mark of a carried text is that text's own."""
    for mark in case.own_marks:
        if mark.redacted:
            yield rules.finding("redaction-noted", _mark_evidence(case, mark))
        if case.attribute is not None and mark.attribute is not case.attribute:
            finding = rules.finding(
                "mark-contradicts",
                _mark_evidence(case, mark),
                mark=mark.text,
                attribute=case.attribute.chinese,
            )
            yield finding if "on" in rules.switch("mark_contradiction_blocks") else rules.softened(finding)


def _mark_evidence(case: Case, mark: Mark) -> Evidence:
    if mark.span is None:
        return Evidence(mark.text, None, f"mark:{mark.place}")
    return case.document.quote(mark.span, f"mark:{mark.place}")


def attribute_is_likely(case: Case, rules: Rules) -> Iterator[Finding]:
    """A declaration that a confident proposal contradicts is flagged, never changed."""
    proposal = case.proposal
    if proposal is None or proposal.abstained or proposal.attribute is None or case.attribute is None:
        return
    probability = proposal.probability or 0.0
    if proposal.attribute is not case.attribute and probability >= _threshold(rules, "doubt_threshold"):
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
    """A declared reason that is improbable beside the proposed one, for the same attribute, is flagged."""
    proposal = case.proposal
    if proposal is None or proposal.abstained or proposal.attribute is not case.attribute or not case.reason:
        return
    declared, proposed = _declared_reasons(case, rules), rules.reason(proposal.reason or "")
    if not declared or proposed is None:
        return
    likelihood = {likely.code: likely.probability for likely in proposal.reasons}
    mine = max(likelihood.get(reason.code, 0.0) for reason in declared)
    if likelihood.get(proposed.code, 0.0) >= _threshold(rules, "reason_doubt_proposed") and mine < _threshold(
        rules, "reason_doubt_declared"
    ):
        yield rules.finding(
            "reason-doubtful",
            *proposal.evidence,
            declared=f"{declared[0].code} {declared[0].name}",
            proposed=f"{proposed.code} {proposed.name}",
        )


def _declared_reasons(case: Case, rules: Rules) -> list[LegalReason]:
    """Return every reason that the declared words leave open and that carries the attribute."""
    found = resolve_reason(case.reason, rules)
    reasons = (rules.reason(code) for code in (*found.candidates, *found.others))
    return [reason for reason in reasons if reason and case.attribute is not None and reason.carries(case.attribute)]


def _threshold(rules: Rules, switch: str) -> float:
    return float(rules.switch(switch)[0])


CHECKS: tuple[Check, ...] = (
    attribute_is_stated,
    reason_is_stated,
    reason_has_a_clause,
    reason_is_chosen,
    mark_agrees,
    cites_regulation_in_force,
    says_nothing_named_for_publication,
    forwards_consistently,
    cites_nothing_withheld,
    attribute_is_likely,
    reason_is_likely,
    explains_in_its_own_words,
    explains_what_is_asked,
    is_signed_by_another,
    is_reviewed_by_the_office,
    is_reviewed_for_secrecy,
    looks_at_personal_data,
    interprets_before_signing,
    co_issuers_agree,
    adjusts_for_a_reason,
    comes_off_the_website,
    is_public_as_itself,
)
