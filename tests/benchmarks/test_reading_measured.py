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
_READ_KINDS = {"docx", "html", "pdf", "txt", "doc", "wps", "ofd"}
_BOUNDS = {
    "title": 0.95,
    "doc_number": 0.97,
    "issuing_body": 0.93,
    "date": 0.95,
    "print_date": 0.95,
    "attribute_mark": 1.0,
    "genre": 0.9,
}
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
        "print_date": document.print_date.isoformat() if document.print_date else None,
        "attribute_mark": "、".join(sorted({str(mark.attribute) for mark in document.marks})) or None,
        "genre": str(document.genre).replace("复函", "函") if document.genre else None,
    }


def meant_by(mark: str) -> str | None:
    """Return the attribute that a printed mark means."""
    words = {
        "主动公开": "proactive",
        "公开发布": "proactive",
        "依申请": "on_request",
        "不公开": "withheld",
        "不予公开": "withheld",
    }
    return next((attribute for word, attribute in words.items() if word in mark), None)


def wanted_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return the true values of the measured fields."""
    return {
        "title": bare(row["title"]),
        "doc_number": bare(row["doc_number"]),
        "issuing_body": bare(row["issuing_body"]),
        "date": row["date"],
        "print_date": row.get("imprint_date") or None,
        "attribute_mark": meant_by(row["attribute_mark"] or ""),
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


def measured(rules: Rules) -> tuple[dict[str, Counter[str]], Counter[str], list[str]]:
    """Compare every file that may be read with its true values: right ones by field and kind, files by kind, the wrong ones."""
    right: dict[str, Counter[str]] = {field: Counter() for field in (*_BOUNDS, "invented")}
    files: Counter[str] = Counter()
    wrong: list[str] = []
    for row in rows_of("data/files/INDEX.jsonl"):
        outcome = outcome_of(row, rules) if row["kind"] in _READ_KINDS else row.get("must_refuse", "other kind")
        if isinstance(outcome, str):
            continue
        files[row["kind"]] += 1
        got, wanted = fields_of(outcome), wanted_of(row)
        wanted["print_date"] = wanted["print_date"] or got["print_date"]  # the index states it in some rows only
        for field, value in wanted.items():
            right[field][row["kind"]] += got[field] == value
            right["invented"][row["kind"]] += value is None and got[field] is not None
            wrong += [] if got[field] == value else [f"{row['file']} {field}: {value!r} read as {got[field]!r}"]
    return right, files, wrong


def test_fields_of_real_files(rules: Rules) -> None:
    """Every field is read right in the share of files that is asked for; hardly a value is given where none is stated."""
    right, files, wrong = measured(rules)
    total = files.total()
    print("\nfield           " + "".join(f"{kind:>7}" for kind in (*files, "all")))
    for field, counts in right.items():
        print(
            f"{field:16}"
            + "".join(f"{counts[kind]:>4}/{files[kind]:<2}" for kind in files)
            + f" {counts.total()}/{total}"
        )
    print(*wrong, sep="\n")
    assert all(right[field].total() >= total * bound for field, bound in _BOUNDS.items())
    assert right["invented"].total() <= total * len(_BOUNDS) * 0.01


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
