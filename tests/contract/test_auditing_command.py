"""`audit` holds to the contract: shape, order, what is left out, the exports."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from builders import LETTER
from contract_shapes import EVIDENCE, Shape, shaped
from office_program import converted
from openpyxl import load_workbook

from attrtrack.nlp.artifact import load_model
from attrtrack.resources import models_folder

AUDIT: Shape = {
    "id": (str,), "declared": (str,), "proposed": (str, type(None)), "score": (float, int), "reason": (str, type(None)),
    "evidence": (list,), "flagged": (bool,), "letter_of_reply": (bool,), "title": (str, type(None)),
    "doc_number": (str, type(None)), "row": (int, type(None)), "doubt": (str, type(None)),
}  # fmt: skip
REQUEST = (
    "云栖市教育局关于增核校车购置经费的请示\n云教请〔2025〕4号\n云栖市人民政府：\n"
    "我局现有校车二十二辆，今年到期报废六辆。为保证秋季开学使用，恳请市政府增核购置经费一百四十万元。\n妥否，请批示。\n"
    "云栖市教育局\n2025年5月9日\n"
)
NOTICE = (
    "云栖市人力资源和社会保障局关于公开招聘中小学教师的公告\n云人社告〔2025〕2号\n"
    "根据工作需要，面向社会公开招聘中小学教师八十名。报名时间为6月10日至16日，资格条件和岗位表见附件，"
    "欢迎符合条件的人员报考。\n云栖市人力资源和社会保障局\n2025年6月1日\n"
)


def a_row(identifier: str, text: str, declared: str | None, **values: Any) -> dict[str, Any]:
    """Make a row of a JSON Lines ledger; its title is the first line of the text."""
    row = {"id": identifier, "title": text.split("\n", 1)[0], "text": text, **values}
    return row if declared is None else {**row, "declared_attribute": declared}


ROWS = [
    a_row("right", LETTER, "proactive"),
    a_row("request", REQUEST, "proactive", genre="请示"),
    a_row("hidden", LETTER, "withheld", genre="复函", issuer="云栖市住房和城乡建设局"),
    a_row("notice", NOTICE, "主动公开"),
    a_row("nobody", NOTICE, None),
]


@pytest.fixture
def jsonl(tmp_path: Path) -> Any:
    """Write rows as a JSON Lines ledger and return its name."""

    def write(rows: list[Any], name: str = "台账.jsonl") -> str:
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
        return name

    return write


def test_the_wrong_rows_come_first_letters_of_reply_at_the_top(run: Any, jsonl: Any, tmp_path: Path) -> None:
    """Every row has the contract's fields, quotes stand in the text, flags leave the status 0, no database is made."""
    done = run("audit", jsonl(ROWS), "--json")
    assert done.status == 0
    audited = [row for row in done.rows if row["audited"]]
    assert [row["id"] for row in audited[:2]] == ["hidden", "request"]
    assert {row["id"] for row in audited} == {"right", "request", "hidden", "notice"}
    texts = {row["id"]: row["text"] for row in ROWS}
    for row in audited:
        shaped(row, AUDIT)
        assert 0.0 <= row["score"] <= 1.0
        for item in row["evidence"]:
            shaped(item, EVIDENCE)
            assert texts[row["id"]][item["start"] : item["end"]] == item["quote"]
    hidden, request = audited[:2]
    assert (hidden["declared"], hidden["proposed"], hidden["letter_of_reply"], hidden["flagged"]) == (
        "withheld", "proactive", True, True,
    )  # fmt: skip
    assert (request["proposed"], request["letter_of_reply"], request["flagged"]) == ("withheld", False, True)
    assert not any(row["flagged"] for row in audited[2:])
    assert not (tmp_path / "attrtrack.db").exists()


def test_rows_without_a_declared_attribute_are_listed_last_and_not_judged(run: Any, jsonl: Any) -> None:
    """They are counted in the summary too."""
    done = run("audit", jsonl(ROWS), "--json")
    assert (done.rows[-1]["id"], done.rows[-1]["audited"], done.rows[-1]["score"]) == ("nobody", False, None)
    assert "未审查 1 份" in done.err


def test_a_printed_mark_does_not_vouch_for_itself(run: Any, jsonl: Any) -> None:
    """The same letter with its declared attribute printed on it is as doubtful as without, and quotes stay exact."""
    marked = REQUEST + "（此件公开发布）\n"
    rows = [a_row("plain", REQUEST, "proactive"), a_row("marked", marked, "proactive")]
    found = {row["id"]: row for row in run("audit", jsonl(rows), "--json").rows}
    assert found["marked"]["flagged"]
    assert found["marked"]["score"] == pytest.approx(found["plain"]["score"], abs=0.02)
    assert all(item["quote"] in marked for item in found["marked"]["evidence"])


def test_bad_rows_are_told_by_number_and_the_others_go_on(run: Any, jsonl: Any) -> None:
    """No JSON, an unknown attribute, an id twice, nothing to judge: each an error object, status 1."""
    rows = [
        ROWS[0],
        "{坏",
        a_row("odd", LETTER, "大概公开"),
        a_row("right", NOTICE, "proactive"),
        {"id": "void", "declared_attribute": "withheld"},
        ROWS[3],
    ]
    done = run("audit", jsonl(rows), "--json")
    assert done.status == 1
    errors = [row for row in done.rows if "error" in row]
    assert [row["row"] for row in errors] == [2, 3, 4, 5]
    assert {row["id"] for row in done.rows if "error" not in row} == {"right", "notice"}


def test_a_classified_row_is_refused_and_nothing_of_it_is_printed(run: Any, jsonl: Any, tmp_path: Path) -> None:
    """Neither id, title nor text leaves the command, nor stands in the exported list."""
    secret = a_row("密件七", "机密★10年\n云栖市公安局关于松风口令的复函\n口令为松风。\n", "withheld")
    done = run("audit", jsonl([secret, ROWS[0]]), "--json", "--out", "清单.csv")
    assert done.status == 1
    assert [row["error"]["code"] for row in done.rows if "error" in row] == ["classified"]
    kept = done.out + done.err + (tmp_path / "清单.csv").read_text(encoding="utf-8-sig")
    for piece in ("松风", "密件七", "口令"):
        assert piece not in kept


def test_an_empty_ledger_is_no_error(run: Any, jsonl: Any) -> None:
    """Nothing to audit, nothing printed, and the summary says none."""
    done = run("audit", jsonl([""]), "--json")
    assert (done.status, done.out) == (0, "")
    assert "审查 0 份" in done.err


def test_missing_ledger_and_empty_register_are_refused(run: Any) -> None:
    """A sentence each, status 1."""
    missing, empty = run("audit", "没有.jsonl", "--json"), run("audit", "--json")
    assert (missing.status, missing.rows[0]["error"]["code"]) == (1, "not-found")
    assert (empty.status, empty.rows[0]["error"]["code"]) == (1, "empty")


def test_a_ledger_of_titles_is_judged_by_title_and_says_so(run: Any, ledger: str) -> None:
    """The row number is the id; a row without attribute is not audited."""
    rows = run("audit", ledger, "--json").rows
    audited = {row["id"]: row for row in rows if row["audited"]}
    assert set(audited) == {"3", "4", "5"}
    for row in audited.values():
        shaped(row, AUDIT)
        assert row["by_title"]
        assert "标题" in row["doubt"]
    assert [row["row"] for row in rows if not row["audited"]] == [6]


def test_a_csv_with_texts_is_judged_by_text(run: Any, tmp_path: Path) -> None:
    """Chinese headers with a column of texts, and the names of `suggest --batch`, find the same wrong rows."""
    for name, header in (
        ("中文.csv", ["编号", "标题", "公开属性", "正文"]),
        ("batch.csv", ["id", "title", "declared_attribute", "text"]),
    ):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            rows = ([row["id"], row["title"], row["declared_attribute"], row["text"]] for row in ROWS[:4])
            csv.writer(file).writerows([header, *rows])
        found = run("audit", name, "--json").rows
        assert [row["id"] for row in found if row["flagged"]] == ["hidden", "request"]
        assert not any(row["by_title"] for row in found)


def test_the_register_is_audited_by_year(run: Any, ledger: str, tmp_path: Path) -> None:
    """Imported rows and a recorded letter with its declaration; a year without documents is refused."""
    run("import", ledger)
    (tmp_path / "复函.txt").write_text(LETTER, encoding="utf-8")
    identifier = run("record", "复函.txt", "--json").rows[0]["id"]
    run("declare", identifier, "--attribute", "withheld", "--reason", "R16-2c")
    done = run("audit", "--year", "2025", "--json")
    assert done.status == 0
    first = done.rows[0]
    assert (first["id"], first["declared"], first["proposed"], first["flagged"]) == (
        identifier, "withheld", "proactive", True,
    )  # fmt: skip
    assert sum(row["audited"] for row in done.rows) == 4
    assert run("audit", "--year", "1999").status == 1


def test_limit_and_year_narrow_what_is_listed(run: Any, jsonl: Any) -> None:
    """The first N only; rows that state another year are left out and counted."""
    name = jsonl([{**row, "date": f"202{place}-05-01"} for place, row in enumerate(ROWS[:4])])
    assert [row["id"] for row in run("audit", name, "--limit", "1", "--json").rows] == ["hidden"]
    done = run("audit", name, "--year", "2021", "--json")
    assert [row["id"] for row in done.rows] == ["request"]
    assert "3 行属于其他年度" in done.err
    assert run("audit", name, "--limit", "0").status == 2


def test_people_get_a_table_and_a_summary(run: Any, jsonl: Any) -> None:
    """Only what is flagged is shown, in Chinese, with the unit that has most."""
    done = run("audit", jsonl(ROWS))
    assert done.status == 0
    assert "认定 不予公开 → 建议 主动公开" in done.out
    assert "审查 4 份，存疑 2 份；其中认定为不予公开、建议主动公开的函复 1 份" in done.out
    assert "存疑最多的单位" in done.out


FORMULA = '=HYPERLINK("http://a.example","复函")'


def test_the_lists_hold_texts_not_formulas(run: Any, jsonl: Any, tmp_path: Path) -> None:
    """Xlsx and csv have the twelve columns, and a title that looks like a formula stays a text in both."""
    name = jsonl([{**ROWS[2], "title": FORMULA}, ROWS[0]])
    assert run("audit", name, "--out", "清单.xlsx").status == 0
    assert run("audit", name, "--out", "清单.csv").status == 0
    sheet = load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    table = list(csv.reader((tmp_path / "清单.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert lines[0] == table[0]
    assert lines[0][:4] == ["序号", "文件名称", "文号", "文种"]
    assert len(lines) == len(table) == 3
    titles = {lines[1][1], lines[2][1]}
    assert FORMULA in titles
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "'" + FORMULA in {table[1][1], table[2][1]}
    assert run("audit", name, "--out", "清单.txt").status == 2


def test_an_office_program_opens_the_list(run: Any, jsonl: Any, tmp_path: Path) -> None:
    """LibreOffice turns the workbook into the same rows."""
    run("audit", jsonl(ROWS), "--out", "清单.xlsx")
    (tmp_path / "office").mkdir()
    made = converted(
        {"清单.xlsx": (tmp_path / "清单.xlsx").read_bytes()},
        "csv:Text - txt - csv (StarCalc):44,34,76",
        tmp_path / "office",
    )
    lines = list(csv.reader(made["清单.xlsx"].decode("utf-8-sig").splitlines(keepends=True)))
    assert lines[2][:6] == ["序号", "文件名称", "文号", "文种", "单位", "认定属性"]
    assert lines[3][1].startswith("云栖市住房和城乡建设局关于老旧小区")
    assert lines[3][5] == "不予公开"


def test_a_classified_row_of_a_spreadsheet_is_refused_by_its_number(run: Any, tmp_path: Path) -> None:
    """The others are audited; nothing of the row is printed; a ledger with a classified name is not opened."""
    lines = [
        "标题,文号,公开属性",
        "云栖市教育局关于校车线路的复函,云教函〔2025〕9号,不公开",
        "机密★10年松风预案,云公发〔2025〕7号,不公开",
    ]
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8")
    done = run("audit", "台账.csv", "--json")
    assert done.status == 1
    assert [(row["row"], row["error"]["code"]) for row in done.rows if "error" in row] == [(3, "classified")]
    assert [row["id"] for row in done.rows if "error" not in row] == ["2"]
    assert "松风" not in done.out + done.err
    (tmp_path / "机密★台账.jsonl").write_text(json.dumps(ROWS[0], ensure_ascii=False), encoding="utf-8")
    assert [row["error"]["code"] for row in run("audit", "机密★台账.jsonl", "--json").rows] == ["classified"]


def test_two_processes_find_the_same(run: Any, jsonl: Any) -> None:
    """A long ledger is parted over processes: same rows, same order, refused rows told with their numbers."""
    rows = [{**ROWS[number % 4], "id": str(number)} for number in range(520)]
    rows[450] = {**rows[450], "declared_attribute": "不详"}
    rows[460] = {**rows[460], "title": "机密★5年"}
    name = jsonl(rows)
    alone, together = (run("audit", name, "--json", "--jobs", jobs) for jobs in ("1", "2"))
    assert (alone.status, alone.out) == (1, together.out)
    assert [row["row"] for row in alone.rows if "error" in row] == [451, 461]
    assert len(alone.rows) == 520


def test_words_of_a_ledger_command_no_terminal(run: Any, jsonl: Any, tmp_path: Path) -> None:
    """Control characters in title, reason and text reach neither the terminal nor the csv."""
    row = {**ROWS[2], "title": "关于\x1b[2J\x00加装电梯的复函", "declared_reason": "\x1b[31m敏感", "id": "\x1b]0;x"}
    done = run("audit", jsonl([row]), "--limit", "1", "--out", "清单.csv")
    assert "加装电梯的复函" in done.out
    assert "\x1b" not in done.out + (tmp_path / "清单.csv").read_text(encoding="utf-8-sig")
    assert "\x00" not in done.out + (tmp_path / "清单.csv").read_text(encoding="utf-8-sig")


def test_one_reason_for_everything_is_told(run: Any, jsonl: Any) -> None:
    """A unit that gives the same reason for most of its documents is named in the summary, and its rows are marked."""
    same = {"declared_attribute": "withheld", "declared_reason": "工作秘密", "issuer": "云栖市教育局"}
    rows = [{**ROWS[number % 4], **same, "id": str(number)} for number in range(30)]
    name = jsonl([*rows, {**ROWS[3], "id": "other", "issuer": "云栖市水务局"}])
    done = run("audit", name, "--json")
    assert "云栖市教育局 30 份中 30 份用“工作秘密”认定为不予公开" in done.err
    assert {row["catch_all"] for row in done.rows if row["id"] != "other"} == {True}
    assert [row["catch_all"] for row in done.rows if row["id"] == "other"] == [False]


def test_a_model_taught_by_the_office_is_no_impartial_judge(
    run: Any, jsonl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the model has learnt from the register's decisions the summary says so; the shipped one has not."""
    name = jsonl(ROWS)
    assert "学过本单位" not in run("audit", name).out
    monkeypatch.setattr("attrtrack.workflow.auditing.OFFICE", load_model(models_folder(None)).facts.writers[0])
    assert "学过本单位登记中的决定" in run("audit", name).out


def test_a_list_that_has_no_place_is_told_before_the_work(run: Any, tmp_path: Path) -> None:
    """A folder that is not there, or another kind of file, is refused before a ledger is opened."""
    assert run("audit", "没有这个台账.jsonl", "--out", "没有/清单.xlsx").status == 3
    assert run("audit", "没有这个台账.jsonl", "--out", "清单.docx").status == 2
    assert not list(tmp_path.iterdir())


def test_a_csv_of_long_texts_keeps_its_rows(run: Any, tmp_path: Path) -> None:
    """Texts of many lines with half-width commas, in GB 18030 as office programs save them, stay in their rows."""
    body = LETTER + "\n".join(f"{line}.资格审查,笔试,面试,按公告办理。" for line in range(60))
    with (tmp_path / "台账.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(
            [
                ("标题", "公开属性", "正文"),
                *((f"云栖市教育局关于第{row}号提案的答复", "不予公开", body) for row in range(5)),
            ]
        )
    done = run("audit", "台账.csv", "--json")
    assert done.status == 0
    assert [row["by_title"] for row in done.rows] == [False] * 5
