"""Every step of the label guide and every line of its table of letters stands in the rules; what is no sign, does not."""

import re

import pytest

from attrtrack.nlp.layout import read_letter
from attrtrack.proposing.by_rule import CompiledRule, find_hits
from attrtrack.rules import Rules, load_rules

_ROWS = load_rules().attribute_rules
_STEPS = (
    [f"S1:{code}" for code in ("R14-2", "R14-3", "R15-1", "R15-2")]
    + [f"S2:P20-{item:02d}" for item in range(1, 16)]
    + [f"S2:{code}" for code in ("P21", "P19-1", "P19-2", "P19-3", "L-A", "L-B", "P-46")]
    + [f"S3:R16-1{letter}" for letter in "abc"]
    + [f"S3:R16-2{letter}" for letter in "abcde"]
    + ["S3:result"]
    + [f"S4:U27-{item}" for item in (1, 2, 3)]
)
_TABLE = {
    "T1": "approves a plan, zone, boundary, name, land acquisition, project or price",
    "T2": "says how a rule is to be applied by all",
    "T3": "answers a suggestion or proposal of public interest",
    "T4": "announces what the public will use",
    "T5": "answers a request for comments",
    "T6": "gives a co-handling opinion",
    "T7": "settles posts, rooms, vehicles or internal funds",
    "T8": "announces appointments",
    "T9": "asks or reports upwards",
    "T10": "turns on a firm's undisclosed business",
    "T11": "turns on one person's private matters",
    "T12": "is the decision itself on a permit or project",
    "T13": "explains to one party its own matter",
    "T14": "certifies facts to one body",
    "T15": "concerns one place's or firm's single matter",
    "T16": "concerns a case or an enforcement file",
    "T17": "answers a deputy about one single matter",
    "T18": "is written for publication though called report or minutes",
    "T19": "answers comments on a draft still open",
    "T20": "concerns protection, stockpiles or risk assessments",
}
_REASON = {"T1": "P", "T5": "R16-2c", "T8": "P20-02", "T13": "U27-1", "T16": "R16-2e", "T17": "U27-1", "T20": "R14-3"}


@pytest.mark.parametrize("line", [*_STEPS, *_TABLE])
def test_line_of_the_guide_has_a_row(line: str) -> None:
    """At least one row stands for each step and each line of the table, and no row for a line that the guide lacks."""
    assert any(line in row.guide for row in _ROWS)


def test_rows_name_lines_of_the_guide_only() -> None:
    """Every row stands for something in the guide, among it the step of its own reason."""
    for row in _ROWS:
        assert row.guide, row.code
        assert set(row.guide) <= {*_STEPS, *_TABLE}, row.code
        assert any(line.endswith(f":{row.reason}") for line in row.guide), row.code


@pytest.mark.parametrize(("line", "reason"), _REASON.items())
def test_row_for_a_line_proposes_what_the_guide_says(line: str, reason: str) -> None:
    """Where the guide names one kind of reason for a line, some row for it has such a reason."""
    assert any(row.reason.startswith(reason) for row in _ROWS if line in row.guide)


@pytest.mark.parametrize(
    "text",
    [
        "云栖市水务局关于相关工作的函\n溪口区水务局：\n现将有关材料送去，请予支持。\n云栖市水务局\n2025年6月3日",
        "云栖市水务局内部工作的函\n云办函〔2025〕3号\n溪口区水务局：\n有关材料随函送达，请查收。\n云栖市水务局\n2025年6月3日",
        "云栖市政府办公室关于来函事项的复函\n云政办函〔2025〕8号\n溪口区政府：\n来函收悉，材料已经转交。\n云栖市政府办\n2025年6月3日",
    ],
)
def test_what_is_no_sign_by_itself_moves_no_rule(text: str, rules: Rules) -> None:
    """函 or 内部 in a title, an office's letter number, a government body addressed, 请予支持: none of them decides."""
    hits = find_hits(read_letter(text), [CompiledRule(row) for row in rules.attribute_rules])
    assert [hit.row.code for hit in hits] == []


def test_no_rule_names_a_place(rules: Rules) -> None:
    """Rows speak of kinds of documents, not of one province or city."""
    named = re.compile(r"[\u4e00-\u9fa5]{2,3}(?<!城)(?<!县)(?:省|市|县)(?:政府|局|厅)")
    for row in rules.attribute_rules:
        assert not named.search(row.pattern), row.code
        assert not named.search(row.unless), row.code
