"""`export` with its checks and catalogues, and `import --dry-run` of what came back edited."""

from pathlib import Path
from typing import Any

import pytest
from office_program import converted
from openpyxl import load_workbook

from attrtrack.verify.__main__ import main as verify

LEDGER = (
    "公文全称,文号,成文日期,公开属性,不公开理由,牵头起草部门,主动公开公文链接\n"
    "关于甲事的通知,云建发〔2025〕1号,2025-01-02,主动公开,,房管科,http://oa/1.html\n"
    "关于乙事的函,云建函〔2025〕2号,2025-02-02,不予公开,个人隐私,办公室,\n"
)
UNIT = ("--unit", "云栖市住建局")


@pytest.fixture
def filled(run: Any, tmp_path: Path) -> Any:
    """Run commands on a register of two documents."""
    (tmp_path / "台账.csv").write_text(LEDGER, encoding="utf-8")
    assert run("import", "台账.csv", *UNIT).status == 0
    return run


def test_a_check_lists_what_is_missing_and_ends_with_one(filled: Any) -> None:
    """Each missing cell and closed address with its document; the last line counts, and says that no page was asked."""
    done = filled("export", "--year", "2025", "--check", "--all-units", "--json")
    assert done.status == 1
    *rows, summary = done.rows
    told = [
        (row["kind"], row.get("id"), row.get("column"), row.get("address")) for row in rows if row["kind"] != "unit"
    ]
    assert told == [
        ("missing-cell", "D1", "解读文件链接", None),
        ("closed-address", "D1", "主动公开公文链接", "http://oa/1.html"),
    ]
    assert {"kind": "unit", "unit": "云栖市住建局", "documents": 2, "missing": {"解读文件链接": 1}} in rows
    assert (summary["documents"], summary["missing"], summary["closed_addresses"]) == (2, 1, 1)
    assert summary["pages_asked"] is False
    words = filled("export", "--year", "2025", "--check", *UNIT)
    assert (words.status, "http://oa/1.html" in words.out, "没有检查" in words.err) == (1, True, True)


def test_an_edited_list_shows_its_difference_first(filled: Any, tmp_path: Path) -> None:
    """Export, edit, try: the cell, the document, from what to what; the figures of the export are found again."""
    assert filled("export", "--year", "2025", "--out", "清单.xlsx", *UNIT).status == 0
    assert verify(["figures", str(tmp_path / "清单.xlsx")]) == 0
    book = load_workbook("清单.xlsx")
    cell = next(cells for cells in book["公文清单"].iter_rows(min_row=4) if cells[1].value == "关于甲事的通知")
    cell[4].value = "物业科"
    book.save("改过.xlsx")
    done = filled("import", "改过.xlsx", "--dry-run", *UNIT)
    assert "D1  牵头起草部门：房管科 → 物业科" in done.out
    assert "将导入 0 行，更新 1 行，1 行没有变化" in done.out
    (row,) = [row for row in filled("import", "改过.xlsx", "--dry-run", "--json", *UNIT).rows if row.get("changes")]
    assert (row["known"], row["outcome"]) == ("D1", "updated")
    assert row["changes"] == [{"field": "drafting_department", "before": "房管科", "after": "物业科", "taken": True}]


def test_registered_rows_change_only_when_somebody_agrees(
    filled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New rows come in unasked; a change is refused without a terminal, asked for at one, and made with --yes."""
    rows = (
        "公文全称,文号,成文日期,牵头起草部门",
        "关于甲事的通知,云建发〔2025〕1号,2025-01-02,物业科",
        "关于丙事的通知,云建发〔2025〕3号,2025年2月30日,房管科",
    )
    (tmp_path / "新.csv").write_text("\n".join(rows), encoding="utf-8")
    trial = filled("import", "新.csv", "--dry-run", *UNIT)
    assert "第 3 行  新登记  关于丙事的通知（云栖市住建局）" in trial.out
    assert "提示[ledger-cell-unreadable] 新.csv 第 3 行" in trial.err
    done = filled("import", "新.csv", "--json", *UNIT)
    assert done.status == 1
    new, held, summary = done.rows
    assert (new["ok"], new["outcome"], [one["code"] for one in new["findings"]]) == (
        True,
        "imported",
        ["ledger-cell-unreadable"],
    )
    assert (held["ok"], held["row"], held["error"]["code"], held["known"]) == (False, 2, "change-unconfirmed", "D1")
    assert held["changes"] == [{"field": "drafting_department", "before": "房管科", "after": "物业科", "taken": True}]
    assert summary == {"imported": 1, "updated": 0, "unchanged": 0, "refused": 1}
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: "no\n", raising=False)
    no = filled("import", "新.csv", *UNIT)
    assert (no.status, "房管科 → 物业科" in no.err, "确定改动" in no.err) == (1, True, True)
    monkeypatch.setattr("sys.stdin.readline", lambda: "是\n", raising=False)
    yes = filled("import", "新.csv", *UNIT)
    assert (yes.status, "导入 0 行，更新 1 行，未变 1 行，拒收 0 行" in yes.out) == (0, True)
    (tmp_path / "新.csv").write_text("\n".join(rows).replace("物业科", "房管科"), encoding="utf-8")
    assert filled("import", "新.csv", "--yes", "--json", *UNIT).rows[-1]["updated"] == 1


def test_an_office_program_opens_the_list_and_its_figures_still_hold(filled: Any, tmp_path: Path) -> None:
    """LibreOffice writes the export anew in its own manner; every sheet is there, every figure recomputed."""
    assert filled("export", "--year", "2025", "--all-units", "--out", "清单.xlsx").status == 0
    again = tmp_path / "again.xlsx"
    again.write_bytes(converted({"list.xlsx": Path("清单.xlsx").read_bytes()}, "xlsx", tmp_path)["list.xlsx"])
    assert load_workbook(again).sheetnames == load_workbook("清单.xlsx").sheetnames
    assert verify(["figures", str(again)]) == 0


def test_catalogues_and_wrong_use(filled: Any, tmp_path: Path) -> None:
    """A catalogue of each attribute that has documents; what does not go together is told with status 2."""
    done = filled("export", "--year", "2025", "--catalogue", "withheld", "--out", "不予公开.html", "--json")
    assert (done.status, done.rows) == (0, [{"out": "不予公开.html", "year": 2025, "rows": 1}])
    page = (tmp_path / "不予公开.html").read_text(encoding="utf-8")
    assert "关于乙事的函" not in page
    assert "第十五条" in page
    for wrong in (
        ("--catalogue", "withheld", "--out", "目录.pdf"),
        ("--check", "--out", "清单.xlsx"),
        ("--all-units", *UNIT, "--out", "清单.xlsx"),
        (),
    ):
        assert filled("export", "--year", "2025", *wrong).status == 2, wrong
