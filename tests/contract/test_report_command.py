"""`check-report`: one object a contradiction, exit 1 when something was found, what was not checked on stderr."""

import json
from pathlib import Path

import pytest
from register_places import register_at

from attrtrack.cli.main import main

_REPORT = (
    "云栖市人民政府办公室关于2023年度全市政务公开工作情况的通报\n云政办函〔2024〕6号\n各县（区）人民政府：\n"
    "全年收到申请{total}件，其中网络申请70件、信函申请40件。\n云栖市人民政府办公室\n2024年2月5日\n"
)


def _written(folder: Path, total: int) -> Path:
    path = folder / "通报.txt"
    path.write_text(_REPORT.format(total=total), encoding="utf-8")
    return path


def test_each_contradiction_is_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Code, message, certainty and an exact place; nothing else on stdout, what was not checked on stderr."""
    path = _written(tmp_path, 120)
    assert main(["check-report", str(path), "--json"]) == 1
    out, err = capsys.readouterr()
    (row,) = [json.loads(line) for line in out.splitlines()]
    place = row["place"]
    text = path.read_text(encoding="utf-8").strip("\n")
    assert (row["code"], row["certainty"]) == ("sum-of-parts", "sure")
    assert "70＋40＝110件" in row["message"]
    assert text[place["start"] : place["end"]] == place["quote"]
    assert "核对" in err


def test_nothing_found_is_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report that agrees with itself prints no row; for people the last line says what was not checked."""
    path = _written(tmp_path, 110)
    assert main(["check-report", str(path), "--json"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check-report", str(path)]) == 0
    out = capsys.readouterr().out
    assert "没有发现矛盾" in out
    assert "都没有核对" in out.splitlines()[-1]


def test_titles_of_a_register_are_heard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a database a title cited a sign away from a registered one is named; without one it passes."""
    database = register_at(tmp_path / "register.db")
    letter = tmp_path / "办法.txt"
    letter.write_text(
        "云栖市人民政府办公室关于印发云栖市城市公园日常养护管理办法的通知\n云政办发〔2023〕7号\n各县（区）人民政府：\n"
        "现将办法印发给你们，请遵照执行。\n云栖市人民政府办公室\n2023年3月5日\n（此件公开发布）\n",
        encoding="utf-8",
    )
    report = tmp_path / "通报.txt"
    report.write_text(
        _REPORT.format(total=110).replace("全年", "按照《云栖市城市公园养护管理办法》，全年"), encoding="utf-8"
    )
    assert main(["record", str(letter), "--db", database]) == 0
    assert main(["check-report", str(report)]) == 0
    capsys.readouterr()
    assert main(["check-report", str(report), "--db", database, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "cited-title"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file is one sentence and status 1."""
    assert main(["check-report", str(tmp_path / "没有.docx"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "not-found"
