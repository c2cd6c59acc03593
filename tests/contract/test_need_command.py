"""`need`: the rules propose, a person decides, the measures say whose word they used."""

from pathlib import Path
from typing import Any

from contract_shapes import shaped

NEED = {
    "id": (str,), "title": (str, type(None)), "doc_number": (str, type(None)), "unit": (str, type(None)),
    "needed": (bool, type(None)), "source": (str, type(None)), "proposal": (dict,), "ledger": (bool, type(None)),
    "decision": (dict, type(None)),
}  # fmt: skip
LISTED = {
    **{key: NEED[key] for key in ("id", "title", "doc_number", "unit", "needed", "source")},
    "rule": (str, type(None)),
}
LEDGER = """公文全称,发文字号,成文日期,公开属性,是否应解读
某市人民政府办公室关于印发某市临时救助办法的通知,云政办发〔2024〕1号,2024-01-02,主动公开,
关于成立某市防汛指挥部的通知,云政办发〔2024〕2号,2024-01-03,主动公开,
某市取消地铁测温,云政办发〔2024〕3号,2024-01-04,主动公开,
关于表彰节能先进集体的通报,云政办发〔2024〕4号,2024-01-05,主动公开,是
"""


def _import(run: Any, folder: Path) -> None:
    (folder / "台账.csv").write_text(LEDGER, encoding="utf-8")
    assert run("import", "台账.csv", "--unit", "某市政府", "--year", "2024").status == 0


def _rate(run: Any) -> dict[str, Any]:
    rows = run("coverage", "--year", "2024", "--json").rows
    return next(row for row in rows if row["code"] == "interpretation-rate")


def test_a_proposal_is_shown_with_its_reason(run: Any, tmp_path: Path) -> None:
    """The row names the rule, the sentence and the words found."""
    _import(run, tmp_path)
    (row,) = run("need", "D1", "--json").rows
    shaped(row, NEED)
    assert (row["needed"], row["source"], row["ledger"], row["decision"]) == (True, "policy-kind", None, None)
    assert row["proposal"]["rule"] == "policy-kind"
    (evidence,) = row["proposal"]["evidence"]
    assert row["title"][evidence["start"] : evidence["end"]] == evidence["quote"] == "办法"
    assert "应解读　（规则建议）" in run("need", "D1").out


def test_a_person_decides_again_and_undoes(run: Any, tmp_path: Path) -> None:
    """Each decision holds from the next figure on, and undoing brings the rule back."""
    _import(run, tmp_path)
    assert _rate(run)["need_sources"] == {"person": 0, "ledger": 1, "unrecorded": 0, "rules": {"policy-kind": 1}}
    (row,) = run("need", "D3", "yes", "--because", "影响群众出行", "--as", "王主任", "--json").rows
    assert (row["needed"], row["source"], row["decision"]["decided_by"]) == (True, "person", "王主任")
    assert run("need", "D1", "否", "--because", "只是转述上级").status == 0
    rate = _rate(run)
    assert rate["need_sources"] == {"person": 1, "ledger": 1, "unrecorded": 0, "rules": {}}
    assert {"id": "D1", "rule": "interpretation-not-needed", "need": "person"} in rate["excluded"]
    assert {"id": "D2", "rule": "interpretation-not-needed", "need": "bodies"} in rate["excluded"]
    assert "人工认定 1 份，台账写明 1 份" in run("coverage", "--year", "2024").out
    assert run("need", "D1", "--undo", "--json").rows[0]["source"] == "policy-kind"
    again = run("need", "D1", "--undo", "--json")
    assert (again.status, again.rows[0]["refused"]) == (1, True)


def test_a_reason_cannot_command_the_terminal(run: Any, tmp_path: Path) -> None:
    """What was typed or pasted is shown on one line, control signs spelt out."""
    _import(run, tmp_path)
    shown = run("need", "D3", "yes", "--because", "甲\x1b[31m乙\n丙").out
    assert "\x1b" not in shown
    assert "甲\\x1b[31m乙 丙" in shown


def test_the_list_is_what_waits_for_a_person(run: Any, tmp_path: Path) -> None:
    """Undecided documents, and those of which ledger or person and rules disagree."""
    _import(run, tmp_path)
    rows = run("need", "--list", "--year", "2024", "--json").rows
    for row in rows:
        shaped(row, LISTED)
    assert [(row["id"], row["needed"], row["proposed"]) for row in rows] == [("D3", None, None), ("D4", True, False)]
    told = run("need", "--list", "--unit", "某市政府").out
    assert "未定 1 件，与规则建议不一致 1 件" in told
    run("need", "D3", "no", "--because", "只是消息")
    assert [row["id"] for row in run("need", "--list", "--json").rows] == ["D4"]
    assert run("need", "--list", "--year", "1999", "--json").rows == []
    assert "有变化的 0 件" in run("need", "--renew").err


def test_use_is_checked(run: Any, tmp_path: Path) -> None:
    """What is unclear is refused in words, and nothing is kept."""
    _import(run, tmp_path)
    for wrong in (
        ("need",),
        ("need", "D1", "yes"),
        ("need", "D1", "--because", "说明"),
        ("need", "D1", "yes", "--undo"),
        ("need", "D1", "--list"),
    ):
        assert run(*wrong).status == 2
    assert run("need", "D1", "或许", "--because", "说明", "--json").status == 2
    assert run("need", "D99", "yes", "--because", "说明", "--json").status == 1
    assert run("need", "D1", "--json").rows[0]["decision"] is None


def test_a_text_at_hand_is_looked_at(run: Any, tmp_path: Path) -> None:
    """A recorded file's clause of force decides where its title leaves it open."""
    text = (
        "某市人民政府办公室转发市农委关于加强物业管理意见的通知\n\n云政办发〔2024〕9号\n\n各区人民政府：\n"
        "现将意见转发给你们。本意见自2024年5月1日起施行，有效期5年。\n\n某市人民政府办公室\n2024年4月1日\n"
    )
    (tmp_path / "转发.txt").write_text(text, encoding="utf-8")
    assert run("record", "转发.txt").status == 0
    (row,) = run("need", "D1", "--json").rows
    assert (row["needed"], row["source"]) == (True, "text-validity")
    assert row["proposal"]["evidence"][0]["source"] == "text"
