"""Words that ask for careful handling are told, and refuse nothing."""

import pytest

from attrtrack.domain.documents import SourceText
from attrtrack.recording import record
from attrtrack.recording.handling import asks_for_care
from attrtrack.rules import Rules, load_rules
from attrtrack.rules.schema import HandlingRow

RULES = load_rules()
LETTER = "云栖市水务局\n关于报送节水情况的函\n云水函〔2024〕8号\n市发展改革委：\n现将有关情况函告。\n云栖市水务局\n2024年4月2日\n"


@pytest.mark.parametrize("row", RULES.handling, ids=lambda row: row.code)
def test_examples_of_the_table(row: HandlingRow) -> None:
    """A row's examples are lines of such words; its counter-examples are ordinary text to every row."""
    assert all(asks_for_care(text, RULES) for text in row.examples)
    assert not any(asks_for_care(text, RULES) for text in row.counterexamples)


@pytest.mark.parametrize(
    ("text", "header", "words"),
    [
        (f"内部资料　注意保存\n{LETTER}", "", "内部资料注意保存"),
        (f"【工作秘密】\n{LETTER}", "", "工作秘密"),
        (LETTER, "内部文件，不得外传", "内部文件，不得外传"),
    ],
)
def test_a_finding_and_no_refusal(rules: Rules, text: str, header: str, words: str) -> None:
    """The document is read, and one finding quotes the words where they stand."""
    document = record(SourceText("来件.txt", "txt", text, header=header), rules)
    found = [finding for finding in document.findings if finding.code == "handling-restricted"]
    assert len(found) == 1
    assert words in found[0].message
    assert all(item.span is None or item.span.of(text) == item.quote for item in found[0].evidence)


def test_no_finding_in_ordinary_letters(rules: Rules) -> None:
    """A letter that speaks of internal material in its sentences gets no such finding."""
    text = LETTER.replace("现将", "内部资料不得外传，注意保存。现将")
    assert not [
        f for f in record(SourceText("来件.txt", "txt", text), rules).findings if f.code == "handling-restricted"
    ]
