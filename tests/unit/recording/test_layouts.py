"""Short documents in many layouts (tables under layouts/): what a person reads off each paper, and no more."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document, SourceText
from attrtrack.recording import record
from attrtrack.rules import Rules

FOLDER = Path(__file__).parent / "layouts"
LAYOUTS = [
    layout | {"id": f"{path.stem}/{layout['id']}"}
    for path in sorted(FOLDER.glob("*.toml"))
    for layout in tomllib.loads(path.read_text(encoding="utf-8"))["layout"]
]
ABSENT: dict[str, Any] = {
    "title": None, "number": None, "issuers": [], "addressee": None, "date": None, "print_date": None, "marks": [],
    "copies": [], "contact": None, "attachments": [], "signer": None, "urgency": None,
}  # fmt: skip
ONLY_IF_STATED = {"genre", "carried", "findings"}


def source_of(layout: dict[str, Any]) -> SourceText:
    """Build the source text of a layout; pairs of box and metadata are written as tables."""
    return SourceText(
        name=layout.get("name", "来件.txt"),
        format=layout.get("format", "txt"),
        text=layout["text"].strip("\n"),
        header=layout.get("header", ""),
        box=tuple(layout.get("box", {}).items()),
        metadata=tuple(layout.get("metadata", {}).items()),
    )


def element(document: Document, name: str) -> str | None:
    """Return the text of the first element with this name."""
    return next((item.text for item in document.elements if item.name == name), None)


def facts_of(document: Document) -> dict[str, Any]:
    """Return the elements of a document in the words of the tables; an attachment that is absent ends with `-`, one not named with `*`."""
    return {
        "title": document.title,
        "number": document.number,
        "genre": document.genre and document.genre.value,
        "carried": document.carried_title,
        "issuers": list(document.issuers),
        "addressee": document.addressee,
        "date": document.date and document.date.isoformat(),
        "print_date": document.print_date and document.print_date.isoformat(),
        "marks": [mark.attribute.value for mark in document.marks],
        "copies": list(document.copies),
        "contact": document.contact,
        "attachments": [
            item.name + ("" if item.named else "*") + ("" if item.present else "-") for item in document.attachments
        ],
        "signer": element(document, "signer"),
        "urgency": element(document, "urgency"),
        "findings": [f.code for f in document.findings if not f.code.endswith(("-missing", "missing-in-text"))],
    }


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout["id"] for layout in LAYOUTS])
def test_layout(rules: Rules, layout: dict[str, Any]) -> None:
    """Every element of the paper is found as printed, nothing that it does not state is invented, and spans point at it."""
    document = record(source_of(layout), rules)
    facts = facts_of(document)
    stated = {key: facts[key] for key in ONLY_IF_STATED & layout.keys()}
    expected = {key: layout.get(key, absent) for key, absent in ABSENT.items()}
    assert {key: facts[key] for key in ABSENT} == expected
    assert stated == {key: layout[key] for key in stated}
    for item in document.elements:
        if item.span is not None and item.name not in {"number", "date", "print_date"}:
            printed = "".join(item.span.of(document.text).split())
            assert "".join(item.text.split()).replace(" ", "") in printed or item.name in {"title", "issuers"}


def test_tables_are_of_use() -> None:
    """There are many layouts, each with its own name, and every attribute occurs."""
    assert len({layout["id"] for layout in LAYOUTS}) == len(LAYOUTS) >= 60
    assert {mark for layout in LAYOUTS for mark in layout.get("marks", [])} == set(DisclosureAttribute)
