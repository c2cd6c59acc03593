"""`correct`, `resolve`, `precedents`, `propose`, `suggest --db`: learning as programs and people call it."""

from pathlib import Path
from typing import Any

import pytest
from contract_shapes import FINDING, PROPOSAL, shaped
from decided_letters import PRICE, QUERY

from attrtrack.resources import training_folder

PRECEDENT = {
    "id": (str,), "title": (str,), "doc_number": (str,), "unit": (str, type(None)), "attribute": (str,), "source": (str,), "weight": (float,),
    "standing": (str,), "rules": (list,), "taught_by": (str,), "taught_at": (str,),
}  # fmt: skip


def _record(run: Any, folder: Path, text: str, number: int) -> str:
    (folder / f"{number}.txt").write_text(text.format(number=number, town="东山"), encoding="utf-8")
    return str(run("record", f"{number}.txt", "--json").rows[0]["id"])


def _decide(run: Any, identifier: str) -> Any:
    run("declare", identifier, "--attribute", "withheld", "--reason", "R16-1b")
    return run("sign", identifier, "--as", "王主任", "--json")


def test_a_decision_is_heard_where_the_register_is_named(run: Any, tmp_path: Path) -> None:
    """`suggest --db` and `propose` name the precedent; `suggest` alone needs no register and hears none."""
    first, second = _record(run, tmp_path, QUERY, 1), _record(run, tmp_path, QUERY, 2)
    before = run("suggest", "2.txt", "--json").rows[0]
    assert _decide(run, first).status == 0
    heard = run("suggest", "2.txt", "--db", "sqlite:///attrtrack.db", "--json").rows[0]
    proposed = run("propose", second, "--json").rows[0]
    for row in (heard, proposed):
        shaped(row, PROPOSAL)
        (voice,) = [voice for voice in row["voices"] if voice["voice"] == "precedent"]
        assert (voice["attribute"], voice["precedents"]) == ("withheld", [first])
        assert row["attribute"] == "withheld"
    assert run("suggest", "2.txt", "--json").rows[0] == before
    assert f"（{first}）" in run("propose", second).out


def test_a_conflict_is_listed_resolved_and_taken_back(run: Any, tmp_path: Path) -> None:
    """The act tells of it, `precedents --conflicts` lists it, `resolve` ends it either way."""
    first = _record(run, tmp_path, PRICE, 1)
    findings = _decide(run, first).rows[0]["findings"]
    (conflict,) = [finding for finding in findings if finding["code"] == "precedent-conflict"]
    shaped(conflict, FINDING)
    (row,) = run("precedents", "--conflicts", "--year", "2025", "--json").rows
    shaped(row, PRECEDENT)
    assert (row["id"], row["standing"]) == (first, "conflict")
    assert row["rules"]
    assert run("precedents", "--conflicts", "--year", "2020", "--json").rows == []
    assert run("resolve", first, "--teach", "--note", "已审核", "--json").rows[0]["standing"] == "teaching"
    assert run("resolve", first, "--set-aside", "--note", "有误", "--json").rows[0]["standing"] == "set_aside"
    assert "不作先例" in run("precedents").out
    assert "待处理 0 件" in run("precedents").out


def test_a_correction_is_shown_and_withdrawn(run: Any, tmp_path: Path) -> None:
    """The record carries it beside the decision; withdrawn it is gone, and both stand in the journal."""
    first = _record(run, tmp_path, QUERY, 1)
    _decide(run, first)
    row = run("correct", first, "--attribute", "依申请公开", "--note", "抽查", "--as", "考核员", "--json").rows[0]
    assert (row["attribute"], row["correction"]["attribute"]) == ("withheld", "on_request")
    assert row["correction"]["corrected_by"] == "考核员"
    assert "应为：依申请公开" in run("correct", first, "--attribute", "依申请公开").out
    assert run("correct", first, "--withdraw", "--json").rows[0]["correction"] is None
    assert run("precedents", "--json").rows[0]["source"] == "decision"


def test_wrong_use_is_told(run: Any, tmp_path: Path) -> None:
    """Status 2 for a wrong call, 1 for what the register refuses."""
    first = _record(run, tmp_path, QUERY, 1)
    assert run("resolve", first, "--note", "x").status == 2
    assert run("resolve", first, "--teach", "--set-aside", "--note", "x").status == 2
    assert run("correct", first, "--withdraw", "--attribute", "withheld").status == 2
    assert run("correct", first).status == 2
    refused = run("resolve", first, "--teach", "--note", "x", "--json")
    assert (refused.status, refused.rows[0]["refused"]) == (1, True)
    assert run("correct", "D99", "--attribute", "withheld", "--json").rows[0]["error"]["code"] == "unknown-record"


def test_gathering_is_asked_for(run: Any, tmp_path: Path) -> None:
    """After an upgrade earlier decisions can be gathered; where all are known there are none to gather."""
    _decide(run, _record(run, tmp_path, QUERY, 1))
    assert "0 件" in run("precedents", "--gather").err


def test_training_from_the_register_asks_before_it_replaces(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal and without --yes nothing is replaced, and it says so; with --yes the model is there."""
    letters = tmp_path / "letters"
    letters.mkdir()
    for file in sorted((training_folder(None) / "letters").glob("*.jsonl"))[:3]:
        lines = file.read_text(encoding="utf-8").splitlines()[:30]
        (letters / file.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setenv("ATTRTRACK_MODELS_DIR", str(tmp_path / "own"))
    _decide(run, _record(run, tmp_path, QUERY, 1))
    told = run("train", "--from-register", "--data", "letters", stdin=b"")
    assert told.status == 0
    assert "没有替换" in told.out
    assert "改对" in told.out
    assert not (tmp_path / "own" / "manifest.json").exists()
    (row,) = run("train", "--from-register", "--data", "letters", "--yes", "--json").rows
    assert (row["learnt"], row["replaced"]) == (1, True)
    assert {item["id"] for item in row["flipped"]} >= {*row["gained"], *row["lost"]}
    assert (tmp_path / "own" / "manifest.json").exists()
    assert run("train", "--restore").status == 3
    assert run("train", "--restore", "--from-register").status == 2
