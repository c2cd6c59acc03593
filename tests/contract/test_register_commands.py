"""`record`, `declare`, `sign`, `publish`, `import`, `link`, `judge`, `coverage`, `export` hold to the contract."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from builders import LETTER
from contract_shapes import FINDING, IMPORTED, LINK, LINKS, MEASURE, SUMMARY, shaped
from openpyxl import load_workbook
from register_insides import kept_in


def recorded(run: Any, letter: str) -> str:
    """Record the letter and return its id."""
    return str(run("record", letter, "--json").rows[0]["id"])


def cleared(run: Any, identifier: str) -> None:
    """Let somebody else than the drafter review a document for secrecy."""
    assert run("secrecy", identifier, "--cleared", "--personal-data-cleared", "--as", "钱保密").status == 0


def test_the_usual_course_of_a_letter(run: Any, letter: str) -> None:
    """Record, declare, sign, publish: each act prints the record in its new state."""
    identifier = recorded(run, letter)
    declared = run("declare", identifier, "--attribute", "proactive", "--json")
    cleared(run, identifier)
    signed = run("sign", identifier, "--as", "王主任", "--json")
    published = run(
        "publish", identifier, "--url", "https://www.yunqi.example/1.html", "--date", "2025-06-20", "--json"
    )
    assert [done.status for done in (declared, signed, published)] == [0, 0, 0]
    assert [done.rows[0]["state"] for done in (declared, signed, published)] == ["declared", "signed", "published"]
    assert signed.rows[0]["decided_by"] == "王主任"


@pytest.mark.parametrize(
    ("declaration", "code"),
    [
        ((), "attribute-missing"),
        (("--attribute", "withheld"), "reason-missing"),
        (("--attribute", "withheld", "--reason", "内部资料"), "reason-without-clause"),
        (("--attribute", "on_request", "--reason", "R16-1a"), "reason-does-not-carry"),
    ],
)
def test_sign_refuses_what_the_gate_blocks(run: Any, letter: str, declaration: tuple[str, ...], code: str) -> None:
    """The refusal is one object with its findings, status 1, and the state stays."""
    identifier = recorded(run, letter)
    if declaration:
        assert run("declare", identifier, *declaration).status == 0
    done = run("sign", identifier, "--json")
    assert done.status == 1
    (row,) = done.rows
    assert row["refused"] is True
    for finding in row["findings"]:
        shaped(finding, FINDING)
    assert code in {finding["code"] for finding in row["findings"] if finding["severity"] == "block"}
    assert run("publish", identifier, "--url", "https://a.example/", "--date", "2025-06-20").status == 1


def test_same_file_again_changes_nothing(run: Any, letter: str) -> None:
    """The register knows a document by its content."""
    assert recorded(run, letter) == recorded(run, letter)


def test_same_number_with_other_text_keeps_both_and_says_so(run: Any, letter: str, tmp_path: Path) -> None:
    """Nothing is overwritten; the second record carries a finding."""
    first = recorded(run, letter)
    (tmp_path / "另.txt").write_text(LETTER.replace("可以提取", "不得提取"), encoding="utf-8")
    row = run("record", "另.txt", "--json").rows[0]
    assert row["id"] != first
    assert "duplicate-number" in {finding["code"] for finding in row["findings"]}


def test_classified_file_leaves_only_a_refusal(run: Any, tmp_path: Path) -> None:
    """The database holds neither text, title nor number of a refused file."""
    secret = "秘密★5年\n云栖市公安局关于巡线口令更换的通知\n云公发〔2025〕7号\n口令为松风。\n"
    (tmp_path / "甲.txt").write_text(secret, encoding="utf-8")
    done = run("record", "甲.txt", "--json")
    assert (done.status, done.rows[0]["refused"]) == (1, True)
    kept = kept_in(tmp_path / "attrtrack.db")
    for piece in ("巡线", "云公发", "松风", "甲.txt"):
        assert piece.encode() not in kept
    assert b"refused" in kept


def test_unknown_id_is_refused_in_a_sentence(run: Any) -> None:
    """An id that is not in the register is told, status 1."""
    done = run("declare", "D999", "--attribute", "proactive")
    assert done.status == 1
    assert "D999" in done.err


def test_import_reports_each_row_and_a_summary(run: Any, ledger: str) -> None:
    """Rows with their numbers, the summary last; importing again changes nothing."""
    done = run("import", ledger, "--json")
    *rows, summary = done.rows
    for row in rows:
        shaped(row, IMPORTED)
    shaped(summary, SUMMARY)
    assert summary == {"imported": 4, "updated": 0, "unchanged": 0, "refused": 0}
    assert [row["row"] for row in rows] == [3, 4, 5, 6]
    assert "备注二" in done.err
    assert run("import", ledger, "--json").rows[-1] == {"imported": 0, "updated": 0, "unchanged": 4, "refused": 0}


def test_dry_run_writes_nothing(run: Any, ledger: str) -> None:
    """A trial tells what would happen and leaves the register empty."""
    assert run("import", ledger, "--dry-run", "--json").rows[-1]["imported"] == 4
    assert run("import", ledger, "--json").rows[-1]["imported"] == 4


def test_ragged_ledger_imports_the_good_rows(run: Any, tmp_path: Path) -> None:
    """A short row and a row with an impossible date are told by number; the others come in."""
    (tmp_path / "乱.csv").write_text(
        "文件名称,发文字号,公开属性,成文日期\n"
        "云栖市教育局关于校历的通知,云教发〔2025〕1号,主动公开,2025-01-02,多出的,两格\n"
        "云栖市教育局关于体检的通知\n"
        "云栖市教育局关于竞赛的通知,云教发〔2025〕3号,主动公开,2025年13月45日\n"
        "云栖市教育局关于食堂的通知,云教发〔2025〕4号,大概公开,2025-01-05\n",
        encoding="gb18030",
    )
    done = run("import", "乱.csv", "--json")
    *rows, summary = done.rows
    assert summary["imported"] + summary["refused"] == 4
    assert summary["imported"] >= 3
    assert {row["row"] for row in rows} == {2, 3, 4, 5}


def test_three_ledgers_with_other_headers_import_alike(run: Any, tmp_path: Path) -> None:
    """Synonyms of headers lead to the same records."""
    seen = []
    for index, stored in enumerate(sorted((Path(__file__).parent / "header_synonyms").glob("*.csv"))):
        name = shutil.copy(stored, tmp_path / stored.name).name
        assert run("import", name, "--unit", "云栖市教育局", "--db", f"sqlite:///{index}.db").status == 0
        done = run("export", "--year", "2025", "--out", f"{index}.xlsx", "--db", f"sqlite:///{index}.db")
        assert done.status == 0
        sheet = load_workbook(tmp_path / f"{index}.xlsx").worksheets[0]
        seen.append([[cell.value for cell in row] for row in sheet.iter_rows()])
    assert len(seen) == 3
    assert seen[0] == seen[1] == seen[2]


DOCUMENTS = [
    {"id": "d1", "title": "云栖市人民政府办公室关于印发云栖市电梯加装资金管理办法的通知", "doc_number": "云政办规〔2025〕3号", "date": "2025-03-04"},
    {"id": "d2", "title": "云栖市人民政府关于校车安全的意见", "doc_number": "云政发〔2025〕9号", "date": "2025-05-04"},
]  # fmt: skip
INTERPRETATIONS = [
    {"id": "i1", "title": "《云栖市电梯加装资金管理办法》解读", "published": "2025-03-06", "cited_numbers": ["云政办规〔2025〕3号"]},
    {"id": "i2", "title": None, "published": "2025-03-06", "text": "今日天气晴好，市民游园。"},
    {"title": "没有编号"},
]  # fmt: skip


def test_link_batch_needs_no_database(run: Any, tmp_path: Path) -> None:
    """Given rows in, links out, best first, at most five; a bad row is told and the others go on."""
    for name, rows in (("d.jsonl", DOCUMENTS), ("i.jsonl", INTERPRETATIONS)):
        (tmp_path / name).write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    done = run("link", "--batch", "--documents", "d.jsonl", "--interpretations", "i.jsonl", "--json")
    assert done.status == 1
    links = {row["interpretation_id"]: row for row in done.rows if "error" not in row}
    assert set(links) == {"i1", "i2"}
    for row in links.values():
        shaped(row, LINKS)
        for link in row["links"]:
            shaped(link, LINK)
    assert links["i1"]["links"][0]["document_id"] == "d1"
    assert links["i1"]["links"][0]["decision"] == "auto"
    assert links["i2"]["links"] == []
    assert not (tmp_path / "attrtrack.db").exists()


def test_link_judge_and_coverage_in_the_register(run: Any, ledger: str) -> None:
    """A person's judgement moves the figures, and can be taken back."""
    run("import", ledger)
    assert run("link", "--json").status == 0
    measures = run("coverage", "--year", "2025", "--rows", "--json")
    assert measures.status == 0
    for row in measures.rows:
        shaped(row, MEASURE)
        assert row["state"] in {"defined", "undefined", "not_assessable"}
        assert (row["value"] is None) == (row["state"] != "defined")
        assert len(row["numerator"]["ids"]) == row["numerator"]["count"]
    rate = {(row["code"], row["reading"]): row for row in measures.rows}
    assert rate["interpretation-rate", "document"]["value"] == 1.0
    judged = run("judge", "I1", "none", "--json")
    assert judged.status == 0
    after = {(row["code"], row["reading"]): row for row in run("coverage", "--year", "2025", "--json").rows}
    assert after["interpretation-rate", "document"]["value"] == 0.0
    assert after["diversified-rate", "document"]["state"] == "undefined"


def test_coverage_of_an_empty_register_is_undefined(run: Any) -> None:
    """No rows, no figures: undefined, neither 0 nor 1."""
    rows = run("coverage", "--json").rows
    assert {row["state"] for row in rows} == {"undefined"}
    assert {row["value"] for row in rows} == {None}


def test_export_of_a_year_without_documents_says_so(run: Any, tmp_path: Path) -> None:
    """No file is written where there is nothing to list."""
    done = run("export", "--year", "1999", "--out", "无.xlsx")
    assert done.status == 1
    assert "1999" in done.err
    assert not (tmp_path / "无.xlsx").exists()


def test_an_attribute_changes_by_a_new_decision(run: Any, letter: str) -> None:
    """After sign-off the old decision holds until a new one is signed; the published state follows the attribute."""
    identifier = recorded(run, letter)
    run("declare", identifier, "--attribute", "proactive")
    cleared(run, identifier)
    run("sign", identifier, "--as", "王主任")
    run("publish", identifier, "--url", "https://www.yunqi.example/1.html", "--date", "2025-06-20")
    why = ("--because", "涉及第三方，核对后改为依申请公开")
    again = run("declare", identifier, "--attribute", "on_request", "--reason", "U27-1", *why, "--json")
    assert (again.rows[0]["state"], again.rows[0]["attribute"]) == ("published", "proactive")
    signed = run("sign", identifier, "--as", "王主任", "--json")
    assert (signed.rows[0]["state"], signed.rows[0]["attribute"]) == ("signed", "on_request")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://", "2025-06-20"),
        ("https://a.example/x y", "2025-06-20"),
        ("ftp://a.example/", "2025-06-20"),
        ("https://a.example/", "2124-01-01"),
    ],
)
def test_impossible_publications_are_refused(run: Any, letter: str, url: str, day: str) -> None:
    """No half address and no day to come is registered."""
    identifier = recorded(run, letter)
    run("declare", identifier, "--attribute", "proactive")
    cleared(run, identifier)
    assert run("sign", identifier, "--as", "王主任").status == 0
    assert run("publish", identifier, "--url", url, "--date", day, "--json").status == 1


def test_flags_go_along_with_the_acts(run: Any, tmp_path: Path) -> None:
    """Personal data found in the text are told again at declaring, signing and publishing; so is a date that contradicts."""
    text = LETTER.replace("特此函复。", "联系人：张三，电话13812345678。\n特此函复。")
    (tmp_path / "甲.txt").write_text(text, encoding="utf-8")
    identifier = recorded(run, "甲.txt")
    acts = (
        ("declare", identifier, "--attribute", "proactive"),
        ("sign", identifier, "--as", "王主任"),
        ("publish", identifier, "--url", "https://www.yunqi.example/1.html", "--date", "2025-01-20"),
    )
    cleared(run, identifier)
    told = [{item["code"] for item in run(*act, "--json").rows[0]["findings"]} for act in acts]
    assert all("personal-data" in codes for codes in told)
    assert "published-before-date" in told[-1]


def test_declaring_nothing_is_wrong_use(run: Any, letter: str) -> None:
    """An attribute is absent until somebody names one."""
    assert run("declare", recorded(run, letter)).status == 2


def test_export_into_a_folder_names_the_mistake(run: Any, ledger: str) -> None:
    """A folder is no file name."""
    run("import", ledger)
    done = run("export", "--year", "2025", "--out", ".")
    assert done.status == 2
    assert "文件名" in done.err


@pytest.mark.parametrize("reason", ["R14-1", "国家秘密"])
def test_declaring_state_secrecy_removes_the_document(run: Any, letter: str, tmp_path: Path, reason: str) -> None:
    """The document is gone with all that quotes it, its id is not given again, and the journal keeps rule, time and user."""
    identifier = recorded(run, letter)
    done = run("declare", identifier, "--attribute", "withheld", "--reason", reason, "--json")
    assert (done.status, done.rows[0]["refused"]) == (1, True)
    assert run("declare", identifier, "--attribute", "proactive").status == 1
    kept = kept_in(tmp_path / "attrtrack.db")
    for piece in ("加装电梯", "云建函〔2025〕31号", letter):
        assert piece.encode() not in kept
    assert b"remove-classified" in kept
    (tmp_path / "另.txt").write_text(LETTER.replace("31号", "32号"), encoding="utf-8")
    assert recorded(run, "另.txt") != identifier


def test_a_row_that_contradicts_an_earlier_one_is_refused(run: Any, tmp_path: Path) -> None:
    """Of two rows for one document with different attributes the first is kept and the second told by number."""
    (tmp_path / "甲.csv").write_text(
        "标题,文号,公开属性\n关于水价的复函,云水函〔2025〕1号,主动公开\n关于水价的复函,云水函〔2025〕1号,不予公开\n",
        encoding="utf-8",
    )
    *rows, summary = run("import", "甲.csv", "--json").rows
    assert [(row["row"], row["ok"]) for row in rows] == [(2, True), (3, False)]
    assert (summary["imported"], summary["refused"]) == (1, 1)
