"""An office measures the present model and rules on its own rows and on the decisions of its register."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, a_document, a_mark
from signed_off import decide

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision, State
from attrtrack.domain.documents import Document
from attrtrack.errors import EmptySourceError, SourceNotFoundError
from attrtrack.workflow.app import App
from attrtrack.workflow.archive import measure_register, measure_rows
from attrtrack.workflow.archive_cases import is_training_data

_P, _U, _W = DisclosureAttribute
_REPLY = "云溪县水务局关于再生水价格执行口径的复函\n各乡镇水务站：\n全县再生水价格统一按每立方米1.2元执行，本口径适用于全县各类用户。\n此复。\n"
_FIRM = "云溪县水务局关于溪口纺织厂取水许可变更问题的复函\n溪口纺织厂：\n你厂来函收悉。同意你厂取水许可证载明的取水量由每年三万立方米变更为二万立方米，请于十日内到我局换证。\n此复。\n"


def _told_nobody(_what: str, _done: int, _total: int) -> None:
    """Pass progress over."""


def _write(place: Path, *rows: dict[str, Any] | str) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    place.write_text("\n".join(lines), encoding="utf-8")
    return place


def test_plain_rows_are_measured_by_issuer_and_year(app: App, tmp_path: Path) -> None:
    """Rows need id, text and label only; Chinese words and a reason's name are understood."""
    place = _write(
        tmp_path / "本单位.jsonl",
        {"id": "a", "text": _REPLY, "label": "主动公开", "issuer": "云溪县水务局", "date": "2023-05-06"},
        {"id": "b", "text": _FIRM, "declared_attribute": "on_request", "date": "2024-02-03", "title": "关于变更的复函"},
    )
    found = measure_rows(app, place, progress=_told_nobody)
    assert found.by_voice["together"].letters == 2
    assert {"rules", "together"} <= set(found.by_voice)
    assert [(group.name, group.letters) for group in found.by_year] == [("2023", 1), ("2024", 1)]
    assert "云溪县水务局" in {group.name for group in found.by_issuer}
    assert found.left_out.told() == ""


def test_rows_left_out_are_counted_with_their_cause(app: App, tmp_path: Path) -> None:
    """No label, no text, an unknown label, a repeated id, broken JSON: each is told with its place."""
    place = _write(
        tmp_path / "x.jsonl",
        {"id": "a", "text": _REPLY, "label": "proactive"},
        {"id": "b", "text": _REPLY},
        {"id": "c", "title": "只有标题", "label": "proactive"},
        {"id": "d", "text": _REPLY, "label": "随便"},
        {"id": "a", "text": _REPLY, "label": "proactive"},
        "{",
    )
    found = measure_rows(app, place, progress=_told_nobody)
    assert found.by_voice["together"].letters == 1
    assert sum(found.left_out.counts.values()) == 5
    told = found.left_out.told()
    for word in ("没有写明公开属性", "没有正文", "随便", "重复", "JSON", "x.jsonl 第 2 行"):
        assert word in told


def test_classified_rows_leave_no_trace_of_their_words(app: App, tmp_path: Path) -> None:
    """A row with a sign of secrecy is left out; neither its id nor its text is repeated."""
    secret = {"id": "密件一号", "text": "机密★10年\n云溪县关于演练的函\n各单位：\n略。", "label": "withheld"}
    place = _write(tmp_path / "x.jsonl", {"id": "a", "text": _REPLY, "label": "proactive"}, secret)
    found = measure_rows(app, place, progress=_told_nobody)
    assert found.by_voice["together"].letters == 1
    assert "密件一号" not in found.left_out.told()
    assert "演练" not in found.left_out.told()


def test_disagreements_are_listed(app: App, tmp_path: Path) -> None:
    """A decision that the proposal does not share is named with what was proposed instead."""
    place = _write(tmp_path / "x.jsonl", {"id": "a", "text": _REPLY, "label": "withheld", "reason": "R16-1a"})
    (item,) = measure_rows(app, place, progress=_told_nobody).disagreements
    assert (item.id, item.decided) == ("a", _W)
    assert item.proposed != _W


def test_a_printed_mark_does_not_give_the_answer_away(app: App, tmp_path: Path) -> None:
    """With and without its mark a document gets the same proposal."""
    marked = {"id": "a", "text": _FIRM + "（此件主动公开）\n", "label": "proactive"}
    plain = {"id": "a", "text": _FIRM, "label": "proactive"}
    said = [
        measure_rows(app, _write(tmp_path / "x.jsonl", row), progress=_told_nobody).disagreements
        for row in (marked, plain)
    ]
    assert said[0] == said[1] != ()


@pytest.mark.parametrize("rows", [(), ({"id": "a", "text": _REPLY},)])
def test_nothing_to_measure_is_told(app: App, tmp_path: Path, rows: tuple[dict[str, Any], ...]) -> None:
    """An empty file, or one without a usable row, says what a row needs."""
    with pytest.raises(EmptySourceError, match="label"):
        measure_rows(app, _write(tmp_path / "x.jsonl", *rows), progress=_told_nobody)


def test_a_missing_place_and_an_empty_folder_are_told(app: App, tmp_path: Path) -> None:
    """The path is named."""
    with pytest.raises(SourceNotFoundError, match="没有"):
        measure_rows(app, tmp_path / "nowhere", progress=_told_nobody)
    with pytest.raises(EmptySourceError, match="jsonl"):
        measure_rows(app, tmp_path, progress=_told_nobody)


def test_rows_with_writers_are_training_data(tmp_path: Path) -> None:
    """The first row tells; a broken first line is no training data."""
    full = {"id": "a", "writer": "甲", "evidence": ["x"], "text": "x", "label": "proactive"}
    assert is_training_data(_write(tmp_path / "full.jsonl", "", full))
    assert not is_training_data(_write(tmp_path / "plain.jsonl", {"id": "a", "text": "x", "label": "proactive"}))
    assert not is_training_data(_write(tmp_path / "broken.jsonl", "{", full))


def _decide(app: App, document: Document, attribute: DisclosureAttribute, *, unit: str) -> None:
    with app.unit_of_work() as work:
        identifier = work.documents.add(
            document, content_hash=document.text[:60], unit=unit, file_name=None, state=State.DRAFT
        ).id
        decide(work, identifier, Decision(attribute, "R16-1a", "王主任", NOW, "r"))


def test_decisions_of_the_register_are_the_labels(app: App) -> None:
    """Decided documents with a text are measured, by unit and year; the rest is counted with its cause."""
    _decide(app, a_document(_REPLY, title=None, year_stated=2023), _P, unit="水务局")
    _decide(app, a_document(_FIRM, title=None, year_stated=2024, marks=(a_mark(_P),)), _P, unit="水务局")
    _decide(app, a_document("只有标题的复函", title="只有标题的复函", year_stated=2024), _U, unit="教育局")
    with app.unit_of_work() as work:
        work.documents.add(a_document(), content_hash="h", unit="水务局", file_name=None, state=State.DRAFT)
    found = measure_register(app, unit=None, year=None, progress=_told_nobody)
    assert found.by_voice["together"].letters == 2
    assert [(group.name, group.letters) for group in found.by_issuer] == [("水务局", 2)]
    assert found.left_out.counts == {"没有正文": 1, "还没有审定": 1}
    assert {item.id for item in found.disagreements} <= {"D1", "D2"}
    assert measure_register(app, unit="水务局", year=2024, progress=_told_nobody).by_voice["together"].letters == 1


def test_a_register_without_decisions_says_what_to_do(app: App) -> None:
    """Nothing decided is no error of the program: it says how to decide."""
    with pytest.raises(EmptySourceError, match="attrtrack sign"):
        measure_register(app, unit=None, year=2023, progress=_told_nobody)
