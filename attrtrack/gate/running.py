"""Running the checks so that none passes by not having been made: what fails, is skipped or takes too long blocks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from attrtrack.domain.findings import Finding
from attrtrack.errors import EnvironmentFailedError
from attrtrack.gate.cases import Case
from attrtrack.gate.checks import CHECKS, Check
from attrtrack.rules import Rules

Timer = Callable[[], float]
"""Seconds of a clock that only goes forward; None where nobody measures."""

_CALLED: Mapping[str, str] = {
    "attribute_is_stated": "是否写明公开属性",
    "reason_is_stated": "是否说明理由",
    "reason_has_a_clause": "理由对应的条款",
    "reason_is_chosen": "理由是否一律套用",
    "mark_agrees": "与公开标注是否一致",
    "cites_regulation_in_force": "所引条例是否有效",
    "says_nothing_named_for_publication": "是否属于应当主动公开的内容",
    "forwards_consistently": "与所转发公文的属性是否一致",
    "cites_nothing_withheld": "是否引用不公开的公文",
    "attribute_is_likely": "属性与建议是否相符",
    "reason_is_likely": "理由与建议是否相符",
    "explains_in_its_own_words": "解读是否照抄",
    "explains_what_is_asked": "解读要素是否齐全",
    "is_signed_by_another": "认定人与签发人是否分开",
    "is_reviewed_by_the_office": "办公室审核",
    "is_reviewed_for_secrecy": "保密审查",
    "looks_at_personal_data": "个人信息",
    "interprets_before_signing": "解读材料",
    "co_issuers_agree": "联合发文单位的意见",
    "adjusts_for_a_reason": "签发后调整的原因",
    "comes_off_the_website": "已公开的网页",
    "is_public_as_itself": "是否只发了新闻",
}
_NEEDS_PROPOSAL = frozenset({"attribute_is_likely", "reason_is_likely"})
_NEEDS_TEXT = frozenset({"cites_regulation_in_force", "cites_nothing_withheld", "says_nothing_named_for_publication"})
NEEDS_INTERPRETATIONS = frozenset({"explains_in_its_own_words", "explains_what_is_asked"})
WITHOUT_TEXT = _NEEDS_TEXT | NEEDS_INTERPRETATIONS
"""Checks that cannot be repeated for a letter of which only digests and elements were kept."""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """One check as it was run: its name and what it found."""

    name: str
    findings: tuple[Finding, ...]


def findings(case: Case, rules: Rules) -> tuple[Finding, ...]:
    """Run every check on a case and return all findings, in the order of the checks."""
    return tuple(finding for run in run_checks(case, rules) for finding in run.findings)


def run_checks(
    case: Case, rules: Rules, *, timer: Timer | None = None, without: frozenset[str] = frozenset()
) -> tuple[CheckRun, ...]:
    """Run the checks on a case, each by itself, except those named; with a timer, each within the office's limit."""
    limit = float(rules.switch("check_seconds")[0])
    return tuple(_run(check, case, rules, timer, limit=limit) for check in CHECKS if check.__name__ not in without)


def _run(check: Check, case: Case, rules: Rules, timer: Timer | None, *, limit: float) -> CheckRun:
    name = check.__name__
    called = _CALLED.get(name, name)
    if name in _NEEDS_PROPOSAL and case.proposal is None and case.course is not None:
        missing = "没有系统建议可以对照，请先运行 attrtrack propose"
        return CheckRun(name, (rules.finding("check-skipped", check=called, missing=missing),))
    begun = timer() if timer else 0.0
    try:
        found = tuple(check(case, rules))
    except EnvironmentFailedError:
        raise
    except Exception:  # noqa: BLE001 - whatever a check stumbles over, it has not passed
        return CheckRun(name, (rules.finding("check-failed", check=called),))
    if timer and timer() - begun > limit:
        found = (*found, rules.finding("check-timed-out", check=called, limit=f"{limit:g}"))
    return CheckRun(name, found)


def found_by(runs: Iterable[CheckRun]) -> dict[str, list[str]]:
    """Return the codes that each check found: what was run, as the evaluation keeps it."""
    return {run.name: [finding.code for finding in run.findings] for run in runs}


def carried_over(kept: Mapping[str, list[str]], found: Iterable[Finding], names: frozenset[str]) -> tuple[Finding, ...]:
    """Return the findings that some checks made when a kept judgement was made, which cannot be made again."""
    codes = {code for name in names for code in kept.get(name, ())}
    return tuple(finding for finding in found if finding.code in codes)
