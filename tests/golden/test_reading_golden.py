"""Drop a file into `reading/`, get a test: files written by real programs, with what must be read of them beside.

`ATTRTRACK_GOLDEN=rewrite` writes `expected.json` anew; the difference is then reviewed like code.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from attrtrack.reading import is_ledger, read_source, read_table
from attrtrack.recording import record
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules
from attrtrack.workflow.shapes import document_row

FOLDER = Path(__file__).parent / "reading"
EXPECTED = FOLDER / "expected.json"
FILES = sorted(path for path in FOLDER.iterdir() if path != EXPECTED)


def read(path: Path, rules: Rules) -> dict[str, Any]:
    """Return what is read of a file, without its full text."""
    data = path.read_bytes()
    if not is_ledger(path.name):
        row = document_row(path.name, record(read_source(data, path.name), rules))
        row["findings"] = [finding["code"] for finding in row["findings"]]
        row["length"] = len(row.pop("text"))
        return row
    (ledger,) = [recognise(table, rules) for table in read_table(data, path.name)]
    rows = [
        (entry.row, entry.document.title, entry.document.number, entry.document.declared_attribute)
        for entry in ledger.entries
    ]
    return {
        "columns": ledger.columns,
        "unknown_headers": list(ledger.unknown_headers),
        "rows": [list(row) for row in rows],
        "errors": [error.row for error in ledger.errors],
    }


def test_there_are_files_of_every_format() -> None:
    """The folder holds what offices hold."""
    assert {path.suffix for path in FILES} >= {".docx", ".pdf", ".html", ".txt", ".csv", ".xlsx"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_reads_as_expected(path: Path, rules: Rules) -> None:
    """Every element is what a person reads on the paper."""
    found = json.loads(json.dumps(read(path, rules)))
    known = json.loads(EXPECTED.read_text(encoding="utf-8")) if EXPECTED.is_file() else {}
    if os.environ.get("ATTRTRACK_GOLDEN") == "rewrite":
        known[path.name] = found
        EXPECTED.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert found == known.get(path.name)
