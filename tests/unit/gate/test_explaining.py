"""What the gate says of interpretations: an excerpt is flagged with its passages, missing elements are noted by name."""

from dataclasses import replace

from builders import LETTER, a_declaration, a_document

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.copying import ContentElement, CopiedSpan, CopyMeasure
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.findings import Severity
from attrtrack.gate import Case, Explained, explaining_findings, findings
from attrtrack.rules import Rules

SPANS = (CopiedSpan(Span(3, 40), Span(40, 77), quotation=False, own=37),)
WHOLE = (
    ContentElement("background", "背景", asked=True, evidence=Evidence("近年来", None, "rules:background")),
    ContentElement("scope", "适用范围", asked=False, evidence=None),
)
LACKING = (*WHOLE, ContentElement("basis", "依据", asked=True, evidence=None))


def explained(share: float | None, elements: tuple[ContentElement, ...] = WHOLE) -> Explained:
    """Make an interpretation of which so much is copied."""
    return Explained("“补贴办法解读”", CopyMeasure(share, 320, 300, SPANS if share else ()), elements)


def test_an_excerpt_is_flagged_with_the_passages_of_the_document(rules: Rules) -> None:
    """From the office's threshold on, with quotations of the document that stand in its text."""
    document = a_document()
    (finding,) = explaining_findings(explained(0.5), document, rules)
    assert (finding.code, finding.severity) == ("interpretation-copied", Severity.FLAG)
    assert "50%" in finding.message
    assert [item.quote for item in finding.evidence] == [LETTER[40:77]]


def test_own_words_and_the_unknown_are_not_flagged(rules: Rules) -> None:
    """Below the threshold, or where nobody can tell, nothing is said."""
    assert explaining_findings(explained(0.49), a_document(), rules) == ()
    assert explaining_findings(explained(None), a_document(), rules) == ()


def test_missing_elements_are_named(rules: Rules) -> None:
    """Only those that the office asks for, as a note that stops nothing."""
    (finding,) = explaining_findings(explained(0.1, LACKING), a_document(), rules)
    assert (finding.code, finding.severity) == ("interpretation-elements-missing", Severity.NOTE)
    assert "依据" in finding.message
    assert "适用范围" not in finding.message


def test_an_office_moves_the_threshold(rules: Rules) -> None:
    """The switch of the gate's table decides, not the program."""
    gate = [row._replace(values=("0.2",)) if row.code == "copied_share" else row for row in rules.gate]
    strict = replace(rules, gate=tuple(gate))
    assert [item.code for item in explaining_findings(explained(0.3), a_document(), strict)] == [
        "interpretation-copied"
    ]


def test_the_gate_asks_it_of_every_case(rules: Rules) -> None:
    """A case that brings interpretations is told about them; one that brings none is not."""
    declared = a_declaration(DisclosureAttribute.PROACTIVE)
    bare = Case(a_document(), declared)
    codes = {item.code for item in findings(replace(bare, explained=(explained(0.9, LACKING),)), rules)}
    assert {"interpretation-copied", "interpretation-elements-missing"} <= codes
    assert not {item.code for item in findings(bare, rules)} & {
        "interpretation-copied",
        "interpretation-elements-missing",
    }
