"""Reading and recording measured on real files: the share of fields read right, and hostile files survived."""

import re
import time
from collections import Counter
from typing import Any

import pytest
from shared_data import rows_of, shared

from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.errors import InputRefusedError
from attrtrack.reading import is_ledger, read_source, read_table
from attrtrack.recording import record
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules

pytestmark = pytest.mark.shared
_READ_KINDS = {"docx", "html", "pdf", "txt"}
_SECONDS = 10.0
_GENRES = {genre.value for genre in Genre}


def bare(text: str | None) -> str | None:
    """Return a value without blanks and separators, as two people may print it."""
    return re.sub(r"[\s、,，]", "", text or "") or None


def fields_of(document: Document) -> dict[str, Any]:
    """Return the measured fields of a document."""
    return {
        "title": bare(document.title),
        "doc_number": bare(document.number),
        "issuing_body": bare(document.issuer),
        "date": document.date.isoformat() if document.date else None,
        "attribute_mark": bool(document.marks),
        "genre": str(document.genre).replace("复函", "函") if document.genre else None,
    }


def wanted_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return the true values of the measured fields."""
    return {
        "title": bare(row["title"]),
        "doc_number": bare(row["doc_number"]),
        "issuing_body": bare(row["issuing_body"]),
        "date": row["date"],
        "attribute_mark": bool(row["attribute_mark"]),
        "genre": genre if (genre := re.split("[（(]", row["genre"] or "")[0]) in _GENRES else None,
    }


def outcome_of(row: dict[str, Any], rules: Rules) -> Document | str:
    """Read and record one file; a ledger or a refusal is told in a word."""
    data = shared(f"data/files/{row['file']}").read_bytes()
    try:
        if not is_ledger(row["file"]):
            return record(read_source(data, row["file"]), rules)
        for table in read_table(data, row["file"]):
            recognise(table, rules)
    except InputRefusedError as error:
        return error.code
    return "ledger"


def test_fields_of_real_files(rules: Rules) -> None:
    """At least nine in ten files have each field right, and what must be refused is refused by its code."""
    right: Counter[str] = Counter()
    wrong: list[str] = []
    read = 0
    for row in rows_of("data/files/INDEX.jsonl"):
        if row["kind"] not in _READ_KINDS:
            continue
        document = outcome_of(row, rules)
        if isinstance(document, str):
            assert document == row.get("must_refuse"), row["file"]
            continue
        assert not row.get("must_refuse"), row["file"]
        read += 1
        got = fields_of(document)
        for field, value in wanted_of(row).items():
            right[field] += got[field] == value
            wrong += [] if got[field] == value else [f"{row['file']} {field}: {value!r} read as {got[field]!r}"]
    print(f"\n{read} files; fields right: {dict(right)}", *wrong, sep="\n  ")
    assert all(count >= read * 0.9 for count in right.values())


def test_fields_of_published_documents(rules: Rules) -> None:
    """The texts of published documents give number, mark and issuer in nine of ten rows, titles in eight of ten."""
    right: Counter[str] = Counter()
    total = 0
    for row in rows_of("data/published_documents.jsonl"):
        document = record(read_source(row["text"].encode(), "text.txt"), rules)
        total += 1
        right["title"] += bare(document.title) == bare(row["title"])
        right["number"] += bare(document.number) == bare(row["doc_number"])
        right["issuer"] += (
            document.issuers != () if len(row["issuer"]) < 4 else bare(document.issuer) == bare(row["issuer"])
        )
        right["mark"] += bool(document.marks) == bool(row["label_evidence"])
    print(f"\n{total} texts; fields right: {dict(right)}")
    assert min(right["number"], right["mark"], right["issuer"]) >= total * 0.9
    assert right["title"] >= total * 0.8


def test_every_file_is_read_or_refused(rules: Rules) -> None:
    """No file of any kind crashes a reader or keeps it busy; classified ones are called so in every format."""
    outcomes: Counter[str] = Counter()
    for row in rows_of("data/files/INDEX.jsonl"):
        start = time.monotonic()
        outcome = outcome_of(row, rules)
        outcomes[outcome if isinstance(outcome, str) else "read"] += 1
        assert not row.get("must_refuse") or row["must_refuse"] == outcome, row["file"]
        assert time.monotonic() - start < _SECONDS, row["file"]
    print(f"\n{dict(outcomes)}")
    assert outcomes["read"] > 0
