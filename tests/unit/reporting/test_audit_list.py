"""The audit's list: figures in a sentence, cells in words, texts that stay texts."""

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.audits import AuditedRow, AuditSummary, Suspicion
from attrtrack.domain.evidence import Evidence
from attrtrack.reporting.audit_list import AUDIT_COLUMNS, audit_csv, audit_workbook, summary_line
from attrtrack.rules import Rules, load_rules

ROW = AuditedRow(
    id="D1",
    file="台账.xlsx",
    row=7,
    title="关于水价听证问题的复函",
    number="云水函〔2025〕2号",
    genre="复函",
    unit="云栖市水务局",
    declared=DisclosureAttribute.WITHHELD,
    declared_reason="敏感",
    letter_of_reply=True,
    by_title=False,
)
ITEM = Suspicion(
    row=ROW,
    declared=DisclosureAttribute.WITHHELD,
    proposed=DisclosureAttribute.PROACTIVE,
    score=0.934,
    flagged=True,
    probability=0.97,
    reason="L-A",
    evidence=(Evidence("本答复适用于全市。", None, "model"),),
    doubt="只有标题。",
)
SUMMARY = AuditSummary(
    10, 3, 2, 1, 4, learnt_from_archive=False, by_unit=(("云栖市水务局", 5, 2), ("云栖市教育局", 4, 1))
)


@pytest.fixture(scope="module")
def rules() -> Rules:
    """The rule tables of the package."""
    return load_rules()


def test_the_sentence_of_figures_names_the_unit_with_most() -> None:
    """Audited, flagged, hidden letters, the unit, and what was left out."""
    line = summary_line(SUMMARY)
    for piece in (
        "审查 10 份，存疑 3 份",
        "函复 2 份",
        "云栖市水务局（5 份中 2 份）",
        "未审查 1 份",
        "只有标题、按标题判断 4 份",
    ):
        assert piece in line
    assert "单位" not in summary_line(replace(SUMMARY, by_unit=()))


def test_the_workbook_says_what_why_and_how_doubtful(rules: Rules) -> None:
    """One row a document below the header; the score is a number that can be sorted."""
    data = audit_workbook([ITEM], SUMMARY, rules=rules, today=dt.date(2026, 1, 5))
    sheet = load_workbook(io.BytesIO(data))["存疑清单"]
    assert [cell.value for cell in sheet[3]] == [name for name, _ in AUDIT_COLUMNS]
    cells = dict(zip((cell.value for cell in sheet[3]), (cell.value for cell in sheet[4]), strict=True))
    assert (cells["认定属性"], cells["建议属性"], cells["认定理由"]) == ("不予公开", "主动公开", "敏感")
    assert cells["存疑程度"] == pytest.approx(0.934)
    assert cells["依据原句"] == "本答复适用于全市。"
    assert "台账第 7 行" in str(cells["说明"])
    assert data == audit_workbook([ITEM], SUMMARY, rules=rules, today=dt.date(2026, 1, 5))


@pytest.mark.parametrize("title", ["=1+1", "+86", "-函", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_of_the_csv_begins_a_formula(rules: Rules, title: str) -> None:
    """A title that begins like a formula is led by an apostrophe; what follows is whole."""
    lines = "".join(audit_csv([replace(ITEM, row=replace(ROW, title=title))], rules=rules))
    _, (_, shown, *_) = csv.reader(io.StringIO(lines, newline=""))
    assert shown == f"'{title}"
