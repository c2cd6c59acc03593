"""No check passes by not having been made."""

from collections.abc import Iterator
from itertools import count

import pytest
from builders import a_declaration, a_document, a_proposal

from attrtrack.domain.attributes import DisclosureAttribute as Attribute
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.reviews import Course
from attrtrack.errors import RulesInvalidError
from attrtrack.gate import CHECKS, WITHOUT_TEXT, Case, carried_over, findings, found_by, is_blocked, run_checks, running
from attrtrack.rules import Rules

CASE = Case(a_document(), a_declaration(Attribute.WITHHELD, "R16-2c"), a_proposal(Attribute.WITHHELD))


def stumbles(_case: Case, _rules: Rules) -> Iterator[Finding]:
    """Fail after the first finding."""
    yield Finding("reason-thin", Severity.FLAG, "x")
    raise ZeroDivisionError


def test_a_check_that_fails_blocks(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a check stumbles over, it has not passed, and the other checks are still made."""
    monkeypatch.setattr(running, "CHECKS", (stumbles, *CHECKS))
    found = findings(Case(a_document(), a_declaration(None)), rules)
    assert [(item.code, item.severity) for item in found] == [
        ("check-failed", Severity.BLOCK),
        ("attribute-missing", Severity.BLOCK),
    ]


def test_broken_rules_are_told_as_such(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule table that cannot be used is the environment's failure, told with what to do."""

    def lacks(_case: Case, rules: Rules) -> Iterator[Finding]:
        rules.switch("no-such-switch")
        yield from ()

    monkeypatch.setattr(running, "CHECKS", (lacks,))
    with pytest.raises(RulesInvalidError):
        findings(CASE, rules)


def test_a_check_that_takes_too_long_blocks(rules: Rules) -> None:
    """Each check is measured by itself against the office's limit; a quick one says nothing."""
    slow, quick = count(step=11), count(step=1)
    late = [item for run in run_checks(CASE, rules, timer=lambda: float(next(slow))) for item in run.findings]
    assert [item.code for item in late] == ["check-timed-out"] * len(CHECKS)
    assert is_blocked(late)
    assert not [item for run in run_checks(CASE, rules, timer=lambda: float(next(quick))) for item in run.findings]


def test_a_sign_off_without_a_proposal_skips_checks_and_blocks(rules: Rules) -> None:
    """Nobody compared the declaration with a proposal; for a linter that is nothing to stop at."""
    case = Case(a_document(), a_declaration(Attribute.WITHHELD, "R16-2c"), course=Course("王主任"))
    assert [item.code for item in findings(case, rules)] == ["check-skipped"] * 2
    assert findings(Case(a_document(), a_declaration(Attribute.WITHHELD, "R16-2c")), rules) == ()


def test_every_check_is_named_in_chinese_and_kept_by_name(rules: Rules) -> None:
    """The names under which runs are kept are unique, and people read a Chinese one."""
    runs = run_checks(CASE, rules)
    names = [check.__name__ for check in CHECKS]
    assert list(found_by(runs)) == names
    assert set(names) == set(running._CALLED)
    assert set(names) >= WITHOUT_TEXT


def test_what_cannot_be_repeated_is_carried_over() -> None:
    """Of the findings kept, those of the named checks are taken over, others not."""
    outdated, thin = Finding("regulation-outdated", Severity.FLAG, ""), Finding("reason-thin", Severity.FLAG, "")
    kept = {"cites_regulation_in_force": ["regulation-outdated"], "reason_has_a_clause": ["reason-thin"]}
    assert carried_over(kept, (thin, outdated), WITHOUT_TEXT) == (outdated,)
