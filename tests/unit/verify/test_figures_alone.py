"""The figures proven outside the system: an export alone, and one row of it changed."""

import datetime as dt
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.measures import Measure, MeasuredDocument, MeasuredInterpretation
from attrtrack.domain.register import YearListRow
from attrtrack.metrics import measures
from attrtrack.reporting import Receipts, year_list_workbook
from attrtrack.rules import load_rules
from attrtrack.verify import figures
from attrtrack.verify.__main__ import main

RULES = load_rules()
FOLDER = Path(figures.__file__).parent
_LINES = 150
TEXT = MeasuredInterpretation("I1", ("text",), ("government-website",), confirmed=True)
VIDEO = MeasuredInterpretation("I2", ("video",), ("wechat",), confirmed=False)


def a_row(**changes: object) -> MeasuredDocument:
    """Make a document with an interpretation, and change it."""
    row = MeasuredDocument(
        id="D1",
        title="关于冬季供热的通知",
        number="云政办发〔2024〕7号",
        genre="通知",
        unit="甲局",
        date=WrittenDate(2024, 3, 1),
        attribute=DisclosureAttribute.PROACTIVE,
        reason=None,
        state=State.PUBLISHED,
        needs_interpretation=True,
        published_on="2024-03-05",
        interpretations=(TEXT,),
    )
    return replace(row, **changes)  # type: ignore[arg-type]


OFFICE = (
    a_row(),
    a_row(id="D2", interpretations=(VIDEO,)),
    a_row(id="D3", interpretations=()),
    a_row(id="D4", attribute=DisclosureAttribute.WITHHELD, reason="R16-2c", interpretations=(), published_on=None),
    a_row(id="D5", attribute=None, needs_interpretation=None, interpretations=(), published_on=None),
)


TOLD = (
    a_row(interpretations=(replace(TEXT, published=dt.date(2024, 3, 6), mutual=False, copied=False),)),
    a_row(id="D3", interpretations=(), published_on="2024-04-20", checked=DisclosureAttribute.PROACTIVE),
    *OFFICE[3:],
)
"""An office of whose measures each has something to count."""


def counted(rows: tuple[MeasuredDocument, ...]) -> dict[tuple[str, str], Measure]:
    """Return the program's own figures of the year, by code and reading."""
    return {(one.code, one.reading.value): one for one in measures(rows, year=2024, unit=None, rules=RULES)}


def export(path: Path, rows: tuple[MeasuredDocument, ...] = OFFICE) -> Path:
    """Write the year's list of the office."""
    listed = [YearListRow(row.id, row.title, row.number, row.genre, row.attribute, None, None, ()) for row in rows]
    receipts = Receipts(tuple(counted(rows).values()), rows, {"I1": "文字解读"}, ())
    path.write_bytes(year_list_workbook(listed, unit="甲局", year=2024, rules=RULES, receipts=receipts))
    return path


def changed(path: Path, sheet: str, row: str, cells: dict[str, str | None]) -> Path:
    """Change cells of one row, named by its first cell, as somebody with a spreadsheet program would."""
    book = load_workbook(path)
    table = book[sheet]
    columns = {str(cell.value).split()[-1]: cell.column for cell in table[2] if cell.value}
    place = next(cells_[0].row for cells_ in table.iter_rows(min_row=3) if cells_[0].value == row)
    for field, value in cells.items():
        table.cell(place, columns[field]).value = value
    out = path.with_name("changed.xlsx")
    book.save(out)
    return out


def differing(path: Path) -> set[tuple[str, str]]:
    """Return the figures that the verifier names."""
    readings = {"按文件": "document", "按解读": "interpretation"}
    return {(one["code"], readings[one["reading"]]) for one in figures.recomputed(path) if one["differences"]}


def test_it_is_small_and_holds(tmp_path: Path) -> None:
    """Reading, sorting and counting on a few pages of code together: every figure found again from the facts."""
    assert len((FOLDER / "figures.py").read_text(encoding="utf-8").splitlines()) <= _LINES
    found = figures.recomputed(export(tmp_path / "a.xlsx"))
    assert [one["differences"] for one in found if one["differences"]] == []
    assert {one["code"] for one in found} == {row.code for row in RULES.measures}
    rate = next(one for one in found if one["code"] == "interpretation-rate")
    assert (rate["numerator"], rate["denominator"], rate["excluded"]) == ("1", "3", "2")


@pytest.mark.parametrize(
    ("row", "change", "as_if"),
    [
        ("D1", {"attribute": "依申请公开"}, {"attribute": DisclosureAttribute.ON_REQUEST}),
        ("D3", {"needs_interpretation": "否"}, {"needs_interpretation": False}),
        ("D4", {"reason": None, "clause": None}, {"reason": None}),
        ("D5", {"attribute": "主动公开", "published_on": "2024-04-01"}, {"attribute": DisclosureAttribute.PROACTIVE, "published_on": "2024-04-01"}),
        ("D2", {"date": "2015-01-01"}, {"date": WrittenDate(2015, 1, 1), "year_stated": None}),
        ("D3", {"title": "另一个标题"}, {"title": "另一个标题"}),
    ],
)  # fmt: skip
def test_one_row_changed_names_exactly_the_figures_that_change(
    tmp_path: Path, row: str, change: dict[str, str | None], as_if: dict[str, object]
) -> None:
    """The figures named are those that the program itself would then give otherwise."""
    rows = tuple(replace(one, **as_if) if one.id == row else one for one in OFFICE)  # type: ignore[arg-type]
    before = counted(OFFICE)
    after = {(one.code, one.reading.value): one for one in measures(rows, year=None, unit=None, rules=RULES)}
    parts = ("numerator", "denominator", "excluded", "range", "automatic", "state", "days")
    expected = {
        key for key, one in before.items() if any(getattr(one, part) != getattr(after[key], part) for part in parts)
    }
    assert differing(changed(export(tmp_path / "a.xlsx"), "核对·公文", row, change)) == expected


@pytest.mark.parametrize(
    ("sheet", "row", "change", "codes"),
    [
        ("公文", "D3", {"needs_interpretation": "否"}, {"interpretation-rate"}),
        ("解读", "I1", {"forms": "video"}, {"diversified-rate"}),
        ("解读", "I1", {"channels": "wechat"}, {"off-website-rate"}),
        ("公文", "D5", {"attribute_asked": "否"}, {"labelled-rate"}),
        ("公文", "D4", {"clause": None}, {"reasoned-rate"}),
        ("公文", "D1", {"checked": "不予公开"}, {"accurate-rate"}),
        ("公文", "D1", {"genre": "批复"}, {"reply-public-rate"}),
        ("公文", "D1", {"genre": "函", "title": "关于供热的答复"}, {"reply-public-rate"}),
        ("公文", "D3", {"state": "draft", "published_on": None}, {"published-rate", "publication-days"}),
        ("公文", "D3", {"published_on": "2024-06-01"}, {"publication-days"}),
        ("公文", "D3", {"date": "2024-03"}, {"publication-days"}),
        ("工作日", "2024-04-07", {"day": "2024-12-01"}, {"publication-days"}),
        ("关联", "D1", {"published": "2024-03-20"}, {"interpretation-days"}),
        ("关联", "D1", {"published": None}, {"interpretation-days"}),
        ("版本", "interpretation_workdays", {"value": "0"}, {"interpretation-days"}),
        ("关联", "D1", {"mutual": "是"}, {"mutual-links-rate"}),
        ("关联", "D1", {"copied": "是"}, {"copied-rate"}),
        ("公文", "D4", {"examined": "是"}, {"reexamined-rate"}),
        ("关联", "D1", {"automatic": "是"}, {"interpretation-rate", "interpretation-days"}),
    ],
)  # fmt: skip
def test_one_fact_changed_is_told_by_its_measures(
    tmp_path: Path, sheet: str, row: str, change: dict[str, str | None], codes: set[str]
) -> None:
    """No measure takes the program's word: a fact of each, changed alone, is told, and by no other measure."""
    path = export(tmp_path / "a.xlsx", TOLD)
    assert differing(path) == set()
    assert {code for code, _ in differing(changed(path, f"核对·{sheet}", row, change))} == codes


@pytest.mark.parametrize("code", [row.code for row in RULES.measures])
def test_every_measure_names_columns_of_the_workbook(tmp_path: Path, code: str) -> None:
    """What it says it looked at stands there by that name, of every reading."""
    path = export(tmp_path / "a.xlsx")
    book = load_workbook(path)
    known = {str(cell.value).split()[0] for name in book.sheetnames for cell in book[name][2] if cell.value}
    known |= {str(line[1]).partition("（")[0] for line in book["核对·版本"].iter_rows(min_row=3, values_only=True)}
    for told in figures.recomputed(path):
        assert told["code"] != code or set(told["facts"]) - known <= {"工作日"}


def test_a_link_judged_otherwise_is_told(tmp_path: Path) -> None:
    """A pending link made a confirmed one moves every figure that counts links."""
    found = differing(changed(export(tmp_path / "a.xlsx"), "核对·关联", "D2", {"confirmed": "是"}))
    assert found == {
        ("interpretation-rate", "document"), ("diversified-rate", "document"), ("off-website-rate", "document"),
        ("diversified-rate", "interpretation"), ("off-website-rate", "interpretation"),
        ("interpretation-days", "document"), ("mutual-links-rate", "document"), ("copied-rate", "interpretation"),
    }  # fmt: skip


def test_a_sign_or_a_figure_changed_is_told(tmp_path: Path) -> None:
    """What the program says is told where the facts say otherwise: the column of a row, or the number stated above it."""
    path = export(tmp_path / "a.xlsx")
    assert differing(changed(path, "核对·公文", "D1", {"主动公开发布率#published-rate": "分母"})) == {
        ("published-rate", "document")
    }
    assert differing(changed(path, "核对·指标", "政策解读率", {"value": "0.9"})) == {
        ("interpretation-rate", "document")
    }


def test_the_command_says_it_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0 and one line a figure; with a changed row status 1, the figure and the row by name."""
    path = export(tmp_path / "a.xlsx")
    assert main(["figures", str(path)]) == 0
    told = capsys.readouterr().out
    assert "政策解读率（按文件）1/3，排除 2：按公开属性、公开日期、是否应解读、关联已确认重算，一致" in told
    assert main(["figures", str(changed(path, "核对·公文", "D3", {"needs_interpretation": "否"})), "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (bad,) = [one for one in rows if one["differences"]]
    assert bad["code"] == "interpretation-rate"
    assert any("D3" in one and "interpretation-not-needed" in one for one in bad["differences"])


def test_the_copied_folder_proves_figures(tmp_path: Path) -> None:
    """On a machine without the program the folder alone recomputes the export."""
    shutil.copytree(FOLDER, tmp_path / "verify")
    export(tmp_path / "a.xlsx")
    command = [sys.executable, "-I", "verify", "figures", "a.xlsx"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def _with_doctype(data: bytes) -> bytes:
    return data.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY e "x">]><worksheet', 1)


def _in_utf16(data: bytes) -> bytes:
    return data.decode().replace("UTF-8", "UTF-16").encode("utf-16")


@pytest.mark.parametrize("spoil", [_with_doctype, _in_utf16, lambda _: b"<a>", lambda data: data[:200]])
def test_hostile_parts_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[bytes], bytes]
) -> None:
    """Declared entities, other encodings and broken parts end with a sentence and status 2."""
    path = export(tmp_path / "a.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(out, "w") as other:
        for name in book.namelist():
            data = book.read(name)
            other.writestr(name, spoil(data) if "worksheets/sheet" in name else data)
    path.write_bytes(out.getvalue())
    assert main(["figures", str(path)]) == 2
    assert "无法核对" in capsys.readouterr().err


def without(path: Path, sheet: str) -> Path:
    """Take a sheet out of an export."""
    book = load_workbook(path)
    del book[sheet]
    book.save(path)
    return path


def test_a_list_without_definitions_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list written before lists told how measures sort rows is named as such."""
    assert main(["figures", str(without(export(tmp_path / "a.xlsx"), "核对·口径"))]) == 2
    assert "重新导出" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"condition": "〔公开属性〕 大于 主动公开"}, "看不懂"),
        ({"condition": "〔公开属性〕 为 主动公开 或者 依申请公开"}, "看不懂"),
        ({"condition": "__import__('os')"}, "看不懂"),
        ({"condition": None}, "看不懂"),
        ({"condition": "〔不存在的栏目〕 为 是"}, "没有 '不存在的栏目'"),
        ({"condition": "〔公开属性〕 为 〔不存在的栏目〕"}, "没有 '不存在的栏目'"),
        ({"condition": "〔公开属性标注率#labelled-rate〕 为 分子"}, "看不懂"),
    ],
)
def test_steps_that_cannot_be_followed_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, str | None], told: str
) -> None:
    """An unknown test or column and words that are no condition end with a sentence and status 2."""
    path = changed(export(tmp_path / "a.xlsx", TOLD), "核对·口径", "公开属性标注率", change)
    assert main(["figures", str(path)]) == 2
    assert told in capsys.readouterr().err


def test_a_definition_changed_is_told(tmp_path: Path) -> None:
    """Another definition gives another figure, and in any case another digest of its steps."""
    path = export(tmp_path / "a.xlsx", TOLD)
    steps = {(one["code"], one["reading"]): one["steps"] for one in figures.recomputed(path)}
    other = changed(path, "核对·口径", "属性认定准确率", {"condition": "〔审核更正意见〕 为 依申请公开"})
    assert differing(other) == {("accurate-rate", "document")}
    found = {(one["code"], one["reading"]): one["steps"] for one in figures.recomputed(other)}
    assert {key for key in steps if steps[key] != found[key]} == {("accurate-rate", "按文件")}


def test_the_verifier_names_no_measure() -> None:
    """What a measure is stands in the export alone."""
    text = (FOLDER / "figures.py").read_text(encoding="utf-8")
    assert [row.code for row in RULES.measures if row.code in text or row.name in text] == []


def test_what_is_no_export_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list without receipts, a file that is no workbook, one that unpacks to too much: wrong use, no traceback."""
    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(year_list_workbook([], unit=None, year=2024, rules=RULES))
    text = tmp_path / "a.txt"
    text.write_text("没有", encoding="utf-8")
    assert [main(["figures", str(path)]) for path in (bare, text, tmp_path / "none.xlsx")] == [2, 2, 2]
    monkeypatch.setattr(figures, "MAX_UNPACKED", 100)
    assert main(["figures", str(export(tmp_path / "big.xlsx"))]) == 2
