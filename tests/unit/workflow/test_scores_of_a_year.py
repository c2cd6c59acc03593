"""Scores of the units of a year, from the register and from what a person entered."""

from dataclasses import replace
from pathlib import Path

import pytest

from attrtrack.domain.evaluations import GateAct
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.scores import Score
from attrtrack.errors import BadRowError, UnknownRecordError
from attrtrack.workflow.app import App
from attrtrack.workflow.assessing import counted_scores, score
from attrtrack.workflow.importing import ImportScope, import_ledger

SCHEME = "shanxi-2020-sample"
LEDGER = """公文全称,发文字号,成文日期,公开属性,不公开理由
云栖市临时救助办法,云政发〔2024〕1号,2024-01-02,主动公开,
关于成立云栖市防汛指挥部的通知,云政发〔2024〕2号,2024-01-03,,
关于设备采购问题的复函,云政函〔2024〕3号,2024-01-04,不予公开,内部事务信息
"""
ENTRIES = """单位,规则,次数,说明,依据
云栖市住建局,diversified-below,0,没有解读可比,考核组认定
云栖市住建局,off-website-below,0,没有解读可比,考核组认定
云栖市住建局,organisation,1,没有台账,检查记录
另一局,organisation,1,没有台账,检查记录
"""


@pytest.fixture
def filled(app: App, tmp_path: Path) -> App:
    """A register of three documents of one unit."""
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="utf-8")
    list(import_ledger(app, str(path), ImportScope("云栖市住建局", 2024)))
    return app


def test_losses_name_their_rows(filled: App) -> None:
    """The document without attribute and the one without interpretation cost points; rates without rows stay open."""
    (one,) = score(filled, SCHEME, year=2024).scores
    losses = {loss.rule: loss.rows for section in one.sections for loss in section.losses}
    assert losses["attribute-missing"] == ("D2",)
    assert losses["not-interpreted"] == ("D1",)
    assert {rule.rule for rule in one.open} == {"diversified-below", "off-website-below"}
    assert (one.rank, one.grade_proposed, one.lowest < one.total) == (None, None, True)


def test_a_person_settles_what_is_open(filled: App, tmp_path: Path) -> None:
    """With evidence the score is complete and ranked; a unit without documents is left open by all that asks the register."""
    path = tmp_path / "人工.csv"
    path.write_text(ENTRIES, encoding="utf-8")
    first, second = score(filled, SCHEME, year=2024, entries=str(path)).scores
    assert (first.unit, first.complete, first.rank) == ("云栖市住建局", True, 1)
    assert "检查记录" in first.sections[2].losses[0].evidence
    assert (second.unit, second.complete, second.rank) == ("另一局", False, None)


def test_counted_scores_are_the_scores(filled: App, tmp_path: Path) -> None:
    """The same points, reasons, ranks and open rules, no rows; a finding that a later judgement no longer has counts for neither."""
    path = tmp_path / "人工.csv"
    path.write_text(ENTRIES, encoding="utf-8")
    found = Finding("mark-contradicts", Severity.BLOCK, "矛盾")
    with filled.store.unit_of_work("test", "cli") as work:
        for document, findings in (("D1", (found, found)), ("D2", (found,)), ("D2", ())):
            work.evaluations.add(document, findings, "r")
        work.evaluations.add("D3", (found,), "r", act=GateAct.PUBLISH)
    for entries in (None, str(path)):
        whole = score(filled, SCHEME, year=2024, entries=entries)
        counted = counted_scores(filled, SCHEME, year=2024, entries=entries)
        assert [_without_rows(one) for one in whole.scores] == list(counted.scores)
        assert (counted.left_out, counted.tasks) == (whole.left_out, whole.tasks)
    lost = {loss.rule: loss.asked for section in counted.scores[0].sections for loss in section.losses}
    assert lost["mark-contradicts"] == 1


def _without_rows(one: Score) -> Score:
    sections = (
        replace(section, losses=tuple(replace(loss, rows=()) for loss in section.losses)) for section in one.sections
    )
    return replace(one, sections=tuple(sections))


def test_what_the_register_has_answered_is_not_entered_again(filled: App, tmp_path: Path) -> None:
    """A second count of the same documents is refused."""
    path = tmp_path / "人工.csv"
    path.write_text(ENTRIES.replace("organisation,1", "attribute-missing,5", 1), encoding="utf-8")
    with pytest.raises(BadRowError, match="attribute-missing"):
        score(filled, SCHEME, year=2024, entries=str(path))


def test_units_of_no_class_are_told(filled: App) -> None:
    """The scheme of another place does not score them."""
    found = score(filled, "xinzhou-2022", year=2024)
    assert (found.scores, [unit for unit, _ in found.left_out]) == ((), ["云栖市住建局"])


def test_an_unknown_scheme_or_an_empty_year_is_refused(filled: App) -> None:
    """The schemes there are stand in the sentence."""
    with pytest.raises(UnknownRecordError, match=SCHEME):
        score(filled, "other", year=2024)
    with pytest.raises(UnknownRecordError, match="2019"):
        score(filled, SCHEME, year=2019)
