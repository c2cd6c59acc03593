"""Law 1 of the house: what the program proposes and what people decide are kept apart."""

import ast
from pathlib import Path

import pytest
from builders import LETTER
from signed_off import sign_as_others

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.workflow import registering
from attrtrack.workflow.app import App
from attrtrack.workflow.proposing import propose

ROOT = Path(__file__).resolve().parents[3]


def test_the_suggestion_never_touches_the_decision(app: App, tmp_path: Path) -> None:
    """A person decides against the proposal; proposing again, as often as one likes, changes nothing of it."""
    file = tmp_path / "复函.txt"
    file.write_text(LETTER, encoding="utf-8")
    identifier = registering.record_file(app, str(file)).record.id
    proposed = propose(app, identifier).attribute
    other = (
        DisclosureAttribute.ON_REQUEST
        if proposed is not DisclosureAttribute.ON_REQUEST
        else DisclosureAttribute.PROACTIVE
    )
    registering.declare(app, identifier, other, "U27-1" if other is DisclosureAttribute.ON_REQUEST else None)
    decided = sign_as_others(app, identifier).record.decision
    assert decided is not None
    assert decided.attribute is other
    for _ in range(3):
        propose(app, identifier)
    with app.reading() as work:
        assert work.documents.get(identifier).decision == decided
        assert work.documents.get(identifier).attribute is other


def test_proposing_declares_nothing(app: App, tmp_path: Path) -> None:
    """However sure a proposal is, the attribute stays absent until somebody declares it."""
    file = tmp_path / "复函.txt"
    file.write_text(LETTER.replace("特此函复。", "特此函复。\n（此件公开发布）"), encoding="utf-8")
    recorded = registering.record_file(app, str(file)).record
    assert recorded.attribute is None
    assert recorded.declaration is None


@pytest.mark.parametrize("room", ["proposing", "nlp", "linking"])
def test_rooms_that_suggest_cannot_name_a_decision(room: str) -> None:
    """No module that proposes imports the words for declaring and deciding, except the states themselves."""
    for path in (ROOT / "attrtrack" / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module != "attrtrack.domain.decisions", path
