"""The real pages, documents and titles that linking is measured on, with the right answers, as values."""

import datetime as dt
import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared_data import shared

from attrtrack.domain.interpretations import Interpretation, LinkableDocument


@dataclass(frozen=True)
class Answers:
    """The right document of each page (None: none of these), copies named by their original."""

    truth: dict[str, str | None]
    original: dict[str, str]


def a_day(text: object) -> dt.date | None:
    """Read an ISO day; anything else is no day."""
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None


def json_rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines, packed or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode().splitlines()]


def real_documents() -> list[LinkableDocument]:
    """Return the real documents."""
    return [
        LinkableDocument(
            row["id"], row["title"], row.get("doc_number"), row.get("issuer"), a_day(row.get("date")),
            url=row.get("url"), text=row.get("text") or "", same_as=row.get("same_as"),
        )
        for row in json_rows(shared("data/links/documents.jsonl"))
    ]  # fmt: skip


def real_pages() -> list[Interpretation]:
    """Return the real interpretations."""
    return [
        Interpretation(
            row["id"], row.get("title"), row.get("url"), a_day(row.get("published")), row.get("publisher"),
            text=row.get("text") or "", cited_titles=tuple(row["cited_titles"]), cited_numbers=tuple(row["cited_numbers"]),
        )
        for row in json_rows(shared("data/links/interpretations.jsonl"))
    ]  # fmt: skip


def answers(documents: Iterable[LinkableDocument]) -> Answers:
    """Return what readers judged right."""
    original = {document.id: document.same_as or document.id for document in documents}
    rows = json_rows(shared("data/links/links.jsonl"))
    truth = {row["interpretation_id"]: row["document_id"] for row in rows}
    return Answers({page: original[answer] if answer else None for page, answer in truth.items()}, original)


def titled_documents() -> list[LinkableDocument]:
    """Return the titles of seven governments as documents; `nan` and `NaT` are no values."""
    return [
        LinkableDocument(
            str(number), row["title"], row["doc_number"] if row["doc_number"] not in {"nan", ""} else None,
            row["gov"], a_day(row["issued"]) or a_day(row["published"]), url=row["url"],
        )
        for number, row in enumerate(json_rows(shared("data/titles.jsonl.gz")))
    ]  # fmt: skip
