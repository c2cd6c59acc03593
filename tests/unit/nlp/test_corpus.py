"""Labelled letters are read strictly."""

import json
from pathlib import Path
from typing import Any

import pytest
from repository import ROOT

from attrtrack.errors import BadRowError
from attrtrack.nlp.corpus import check_reasons, data_digest, load_corpus, writers_of
from attrtrack.rules import Rules

_ROW: dict[str, Any] = {
    "id": "t-001",
    "writer": "t",
    "title": "关于水价的批复",
    "genre": "批复",
    "issuer": "溪口县人民政府",
    "issuer_group": "county",
    "addressee": "县水务局",
    "date": "2024-06-12",
    "text": "关于水价的批复\n县水务局：\n每立方米2.2元。",
    "label": "proactive",
    "reason": "P20-08",
    "acceptable": ["proactive"],
    "difficulty": "easy",
    "evidence": ["每立方米2.2元"],
}


def _write(folder: Path, *rows: dict[str, Any]) -> Path:
    file = folder / "t.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return file


def test_shipped_corpus_is_sound(rules: Rules) -> None:
    """All letters of the repository follow the guide: known reasons that carry the label, evidence in the text."""
    rows = load_corpus(ROOT / "training_data")
    check_reasons(rows, rules)
    assert len(rows) >= 360
    assert len(writers_of(rows)) >= 5


def test_shipped_letters_bear_no_printed_mark() -> None:
    """A printed mark in a training text would give the answer away."""
    for row in load_corpus(ROOT / "training_data"):
        assert "此件" not in row.text, row.id


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"label": "secret"}, "label"),
        ({"acceptable": ["withheld"]}, "acceptable"),
        ({"genre": "便条"}, "便条"),
        ({"evidence": ["每立方米9元"]}, "evidence"),
        ({"evidence": []}, "evidence"),
        ({"title": ""}, "title"),
        ({"difficulty": "huge"}, "difficulty"),
    ],
)
def test_bad_row_is_named_with_file_and_line(tmp_path: Path, change: dict[str, Any], named: str) -> None:
    """A row that breaks the guide is refused with its file, line and field."""
    _write(tmp_path, _ROW, {**_ROW, "id": "t-002", **change})
    with pytest.raises(BadRowError, match=named) as caught:
        load_corpus(tmp_path)
    assert "t.jsonl 第 2 行" in caught.value.message


@pytest.mark.parametrize("line", ["{", "[]", "[" * 5000])
def test_line_that_is_no_object_is_refused(tmp_path: Path, line: str) -> None:
    """Broken, foreign or endlessly nested JSON is a bad row, not a crash."""
    file = tmp_path / "x.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(BadRowError, match="第 1 行"):
        load_corpus(file)


def test_ids_are_unique_over_all_files(tmp_path: Path) -> None:
    """Two rows of one id would count twice."""
    with pytest.raises(BadRowError, match="t-001"):
        load_corpus(_write(tmp_path, _ROW, _ROW))


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    """A folder without letters cannot be trained on."""
    with pytest.raises(BadRowError):
        load_corpus(tmp_path)


def test_reason_must_carry_the_label(tmp_path: Path, rules: Rules) -> None:
    """A withheld reason under a proactive label is refused."""
    rows = load_corpus(_write(tmp_path, {**_ROW, "reason": "R15-2"}))
    with pytest.raises(BadRowError, match="R15-2"):
        check_reasons(rows, rules)


def test_digest_depends_on_content_not_on_order(tmp_path: Path) -> None:
    """The digest of the data changes with a word and not with the order of rows."""
    rows = load_corpus(_write(tmp_path, _ROW, {**_ROW, "id": "t-002"}))
    changed = load_corpus(_write(tmp_path, _ROW, {**_ROW, "id": "t-002", "addressee": "县财政局"}))
    assert data_digest(rows) == data_digest(tuple(reversed(rows)))
    assert data_digest(rows) != data_digest(changed)
