"""`read`, `suggest` and `check` hold to the contract."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import LETTER
from contract_shapes import FINDING, PROPOSAL, READ, REFUSED_FILE, shaped

from attrtrack.domain.attributes import DisclosureAttribute


def test_read_prints_one_object_a_file(run: Any, letter: str) -> None:
    """The elements come with the documented names and types."""
    done = run("read", letter, "--json")
    assert done.status == 0
    (row,) = done.rows
    shaped(row, READ)
    assert (row["file"], row["format"], row["doc_number"], row["genre"]) == (
        letter,
        "txt",
        "云建函〔2025〕31号",
        "复函",
    )
    assert (row["date"], row["issuers"]) == ("2025-06-03", ["云栖市住房和城乡建设局"])
    assert row["marks"] == []
    for finding in row["findings"]:
        shaped(finding, FINDING)


def test_read_walks_folders_and_goes_on_after_a_refusal(run: Any, letter: str, tmp_path: Path) -> None:
    """One unreadable file does not stop the others; the status says that one was refused."""
    folder = tmp_path / "来件" / "下级"
    folder.mkdir(parents=True)
    (folder / "空.txt").write_bytes(b"")
    (folder / "复函.txt").write_text(LETTER, encoding="utf-8")
    done = run("read", "来件", letter, "--json")
    assert done.status == 1
    by_file = {row["file"]: row for row in done.rows}
    assert set(by_file) == {"来件/下级/空.txt", "来件/下级/复函.txt", letter}
    shaped(by_file["来件/下级/空.txt"], REFUSED_FILE)
    assert by_file["来件/下级/空.txt"]["error"]["code"] == "empty"


def refusal(run: Any, name: str) -> str:
    """Read a file that must be refused and return the error code."""
    done = run("read", name, "--json")
    assert done.status == 1
    (row,) = done.rows
    shaped(row, REFUSED_FILE)
    assert row["error"]["message"]
    return str(row["error"]["code"])


def test_missing_path_empty_folder_and_binary_are_refused(run: Any, tmp_path: Path) -> None:
    """Each kind of bad input has its own code and sentence."""
    (tmp_path / "空文件夹").mkdir()
    (tmp_path / "程序.txt").write_bytes(bytes(range(256)) * 40)
    assert refusal(run, "没有.docx") == "not-found"
    assert refusal(run, "空文件夹") == "empty"
    assert refusal(run, "程序.txt") == "broken"


def test_300_megabytes_are_refused_unread(run: Any, tmp_path: Path) -> None:
    """Size is checked before anything is read."""
    with (tmp_path / "大.docx").open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    assert refusal(run, "大.docx") == "too-large"


def test_classified_file_is_refused_without_a_word_of_it(run: Any, tmp_path: Path) -> None:
    """Neither stdout nor stderr carries anything of the document but its file name."""
    secret = "机密★10年\n云栖市人民政府办公室关于水库调度口令更换的通知\n云政办发〔2025〕7号\n口令为松风。\n"
    (tmp_path / "甲.txt").write_text(secret, encoding="utf-8")
    done = run("read", "甲.txt", "--json")
    assert done.status == 1
    assert done.rows[0]["error"]["code"] == "classified"
    for piece in ("水库", "云政办发", "松风"):
        assert piece not in done.out + done.err


def test_suggest_explains_itself(run: Any, letter: str) -> None:
    """A proposal names attribute, reason, probability and quotes the text exactly."""
    done = run("suggest", letter, "--json")
    assert done.status == 0
    (row,) = done.rows
    shaped(row, PROPOSAL)
    assert row["id"] == letter
    assert row["attribute"] in {item.value for item in DisclosureAttribute}
    assert row["evidence"]
    text = run("read", letter, "--json").rows[0]["text"]
    for item in row["evidence"]:
        assert text[item["start"] : item["end"]] == item["quote"]


def test_suggest_reads_standard_input(run: Any) -> None:
    """`-` stands for the text on standard input."""
    done = run("suggest", "-", "--json", stdin=LETTER.encode())
    assert done.status == 0
    shaped(done.rows[0], PROPOSAL)


def test_suggest_batch_goes_on_after_bad_rows(run: Any, tmp_path: Path) -> None:
    """A bad row gives an error object; the others are proposed for."""
    rows = [
        {"id": "a", "title": "云栖市水务局关于水价问题的复函", "text": LETTER},
        {"id": "b", "title": "", "text": ""},
        {"id": "", "text": LETTER},
        {"id": "c", "title": "某复函", "text": LETTER, "declared_attribute": "withheld", "declared_reason": "敏感"},
        {"id": "d", "title": 3, "text": LETTER},
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n{坏行\n"
    (tmp_path / "rows.jsonl").write_text(text, encoding="utf-8")
    done = run("suggest", "--batch", "rows.jsonl", "--json")
    assert done.status == 1
    assert [row.get("id", row.get("row")) for row in done.rows] == ["a", "b", 3, "c", "d", 6]
    good = [row for row in done.rows if "error" not in row]
    assert [row["id"] for row in good] == ["a", "c"]
    for row in good:
        shaped(row, PROPOSAL)
    assert "reason-without-clause" in {finding["code"] for finding in good[1]["findings"]}


@pytest.mark.parametrize(
    ("arguments", "blocked", "code"),
    [
        ((), True, "attribute-missing"),
        (("--attribute", "withheld"), True, "reason-missing"),
        (("--attribute", "不予公开", "--reason", "工作秘密"), True, "reason-without-clause"),
        (("--attribute", "依申请公开", "--reason", "R16-2c"), True, "reason-does-not-carry"),
    ],
)
def test_check_says_what_would_block(
    run: Any, letter: str, arguments: tuple[str, ...], blocked: bool, code: str
) -> None:
    """The gate as a linter: status 1 and the finding that stops the sign-off."""
    done = run("check", letter, *arguments, "--json")
    assert done.status == 1
    (row,) = done.rows
    assert set(row) == {"file", "row", "document", "blocked", "findings"}
    assert row["blocked"] is blocked
    assert code in {finding["code"] for finding in row["findings"]}


def test_check_passes_what_is_in_order(run: Any, letter: str) -> None:
    """Nothing found is status 0."""
    done = run("check", letter, "--attribute", "主动公开", "--json")
    assert (done.status, done.rows[0]["blocked"]) == (0, False)


def test_check_goes_through_a_ledger_row_by_row(run: Any, ledger: str) -> None:
    """Rows are named by their number in the file; unknown headers are listed, not guessed."""
    done = run("check", ledger, "--json")
    assert done.status == 1
    found = {row["row"]: {item["code"] for item in row["findings"]} for row in done.rows}
    assert set(found) == {3, 4, 5, 6}
    assert "reason-without-clause" in found[4]
    assert "reason-missing" in found[5]
    assert "attribute-missing" in found[6]
    assert not done.rows[0]["blocked"]
    assert "备注二" in done.err


def test_rows_without_id_are_numbered(run: Any, tmp_path: Path) -> None:
    """A list from elsewhere may carry no ids: its line numbers stand for them."""
    rows = [json.dumps({"title": "云栖市水务局关于水价问题的复函", "text": LETTER}, ensure_ascii=False)] * 2
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    done = run("suggest", "--batch", "rows.jsonl", "--json")
    assert (done.status, [row["id"] for row in done.rows]) == (0, ["1", "2"])


def test_an_id_given_twice_is_told(run: Any, tmp_path: Path) -> None:
    """The second row of an id is refused, since its answer could not be told apart."""
    rows = [json.dumps({"id": "a", "text": LETTER}, ensure_ascii=False)] * 2
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    done = run("suggest", "--batch", "rows.jsonl", "--json")
    assert (done.status, ["error" in row for row in done.rows]) == (1, [False, True])


def test_a_batch_in_another_encoding_is_told(run: Any, tmp_path: Path) -> None:
    """Lines that are not UTF-8 are refused by number with what to do; the others go on."""
    good, bad = json.dumps({"id": "a", "text": LETTER}), '{"id": "b", "text": "关于水价的复函"}'
    (tmp_path / "rows.jsonl").write_bytes(good.encode() + b"\n" + bad.encode("gbk"))
    done = run("suggest", "--batch", "rows.jsonl", "--json")
    assert [row.get("id", row.get("row")) for row in done.rows] == ["a", 2]
    assert "UTF-8" in done.rows[1]["error"]["message"]


def test_a_list_given_as_a_file_names_the_option(run: Any) -> None:
    """`suggest rows.jsonl` is wrong use, and the sentence says how to put it."""
    done = run("suggest", "rows.jsonl")
    assert done.status == 2
    assert "--batch" in done.err


@pytest.mark.parametrize(
    "row",
    [
        {"id": "a", "title": "机密★10年 关于安保工作的通知", "text": LETTER},
        {"id": "a", "title": "关于安保工作的通知", "text": LETTER, "密级": "机密"},
        {"id": "秘密★5年", "title": "关于安保工作的通知", "text": LETTER},
        {"id": "a", "title": "关于安保工作的通知", "text": "机密★10年\n" + LETTER},
    ],
)
def test_a_sign_of_secrecy_in_any_field_refuses_the_row(run: Any, tmp_path: Path, row: dict[str, str]) -> None:
    """Nothing of the row is printed but its line number."""
    (tmp_path / "rows.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    done = run("suggest", "--batch", "rows.jsonl", "--json")
    assert done.status == 1
    assert done.rows == [{"row": 1, "error": done.rows[0]["error"]}]
    assert done.rows[0]["error"]["code"] == "classified"
    assert "安保" not in done.out + done.err


def test_link_rows_with_a_sign_of_secrecy_are_refused(run: Any, tmp_path: Path) -> None:
    """Documents and interpretations are looked at before anything is matched or quoted."""
    rows = [{"id": "d1", "title": "【机密】关于印发安保方案的通知"}, {"id": "d2", "title": "关于印发绿道方案的通知"}]
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    (tmp_path / "i.jsonl").write_text('{"id": "i1", "title": "《绿道方案》解读"}', encoding="utf-8")
    done = run("link", "--batch", "--documents", "d.jsonl", "--interpretations", "i.jsonl", "--json")
    assert done.status == 1
    assert done.rows[0] == {"row": 1, "error": done.rows[0]["error"]}
    assert "安保" not in done.out + done.err
