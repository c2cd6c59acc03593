"""`review`, `secrecy`, `opinion`, `withdraw`, `due`, `reexamine`, `replay`: what programs read and people are told."""

from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from contract_shapes import FINDING, shaped

DUE = {
    "id": (str,), "title": (str, type(None)), "doc_number": (str, type(None)), "unit": (str, type(None)), "attribute": (str,),
    "reason": (str, type(None)), "decided_at": (str,), "due": (str, type(None)), "overdue": (bool,),
    "reason_gone": (str, type(None)),
}  # fmt: skip
REPLAYED = {
    "decision_id": (str,), "document_id": (str, type(None)), "act": (str,), "before": (str,), "after": (str,), "flips": (bool,),
    "findings_gone": (list,), "findings_new": (list,), "rules_before": (str,), "carried_over": (list,),
}  # fmt: skip


@pytest.fixture
def declared(run: Any, letter: str) -> str:
    """A letter that its drafter declared on request."""
    identifier = str(run("record", letter, "--json").rows[0]["id"])
    assert run("declare", identifier, "--attribute", "on_request", "--reason", "U27-1").status == 0
    return identifier


def test_drafter_office_and_signatory_each_act(run: Any, declared: str) -> None:
    """Each act prints the record in its new state; the decision bears the id of the judgement that it rests on."""
    (reviewed,) = run("review", declared, "--agree", "--as", "赵审核", "--json").rows
    (cleared,) = run("secrecy", declared, "--cleared", "--as", "钱保密", "--json").rows
    (signed,) = run("sign", declared, "--as", "王主任", "--json").rows
    assert [row["state"] for row in (reviewed, cleared, signed)] == ["reviewed", "reviewed", "signed"]
    assert signed["decision_id"].startswith("G-")
    assert signed["because"] is None


def test_one_person_is_refused_with_its_finding(run: Any, declared: str) -> None:
    """The drafter who reviews or signs gets the refusal as one object and status 1."""
    for act in (("review", declared, "--agree"), ("sign", declared)):
        done = run(*act, "--json")
        assert (done.status, done.rows[0]["refused"]) == (1, True)
        for finding in done.rows[0]["findings"]:
            shaped(finding, FINDING)
    assert "same-person" in {finding["code"] for finding in done.rows[0]["findings"]}


def test_a_return_and_a_dispute_in_words(run: Any, declared: str) -> None:
    """People are told the new state, who disagrees and what to do."""
    assert "已退回" in run("review", declared, "--return", "--comment", "没有写明条款", "--as", "赵审核").out
    run("declare", declared, "--attribute", "on_request", "--reason", "U27-1")
    dispute = ("--dispute", "--attribute", "主动公开", "--comment", "涉及群众")
    assert run("review", declared, *dispute, "--as", "赵审核").status == 0
    told = run("sign", declared, "--as", "王主任")
    assert told.status == 1
    assert "赵审核" in told.out
    assert "--because" in told.out
    assert run("sign", declared, "--as", "王主任", "--because", "涉及第三方").status == 0


@pytest.mark.parametrize(
    "act",
    [
        ("review", "D1"),
        ("review", "D1", "--agree", "--return"),
        ("review", "D1", "--return"),
        ("review", "D1", "--dispute"),
        ("secrecy", "D1"),
        ("opinion", "D1", "某某局"),
        ("withdraw", "D1"),
        ("reexamine", "D1", "--because", "x"),
        ("reexamine", "D1", "--keep", "--change", "--because", "x"),
        ("due", "--on", "昨天"),
    ],
)
@pytest.mark.usefixtures("declared")
def test_acts_put_wrongly_end_with_status_2(run: Any, act: tuple[str, ...]) -> None:
    """No act, two acts, or one without what it needs is wrong use, told in Chinese."""
    done = run(*act)
    assert done.status == 2
    assert "错误[usage]" in done.err


def test_a_stranger_to_the_letter_has_no_opinion(run: Any, declared: str) -> None:
    """Only a unit that issues the letter jointly is asked."""
    done = run("opinion", declared, "云栖市财政局", "--agree", "--json")
    assert (done.status, done.rows[0]["error"]["code"]) == (1, "bad-row")


def test_a_withdrawn_letter_can_be_recorded_again(run: Any, declared: str, letter: str) -> None:
    """It is told as withdrawn, refuses every further act, and its content gets a new id."""
    (row,) = run("withdraw", declared, "--because", "改由上级发文", "--json").rows
    assert row["state"] == "withdrawn"
    assert run("sign", declared, "--as", "王主任", "--json").status == 1
    assert run("record", letter, "--json").rows[0]["id"] != declared


def test_what_is_kept_back_comes_up_again(run: Any, declared: str) -> None:
    """Nothing today; by a far day one row of the contract's shape; kept or to be changed, as the office says."""
    run("sign", declared, "--as", "王主任")
    assert run("due").out == "没有到期应复查的文件。\n"
    (row,) = run("due", "--on", "2099-01-01", "--json").rows
    shaped(row, DUE)
    assert (row["id"], row["overdue"], row["reason_gone"]) == (declared, True, None)
    assert run("due", "--on", "2099-01-01", "--unit", "别的局", "--json").rows == []
    assert run("reexamine", declared, "--keep", "--because", "仍涉及第三方", "--json").status == 0
    told = run("reexamine", declared, "--change", "--because", "已可公开")
    assert f"attrtrack declare {declared}" in told.out
    assert "等待重新认定" in run("due").out


def test_a_replay_by_other_rules(run: Any, declared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the same rules nothing flips; an office that switches its review on sees which sign-off would not pass."""
    run("sign", declared, "--as", "王主任")
    same = run("replay", "--json")
    for row in same.rows:
        shaped(row, REPLAYED)
    assert not any(row["flips"] for row in same.rows)
    assert "结果会变的 0 份" in run("replay").out
    shipped = resources.files("attrtrack.rules") / "data" / "gate.toml"
    parts = shipped.read_text(encoding="utf-8").split('code = "office_review_required"\nvalues = ["off"]')
    (tmp_path / "本单位").mkdir()
    (tmp_path / "本单位" / "gate.toml").write_text(
        'code = "office_review_required"\nvalues = ["on"]'.join(parts), encoding="utf-8"
    )
    monkeypatch.setenv("ATTRTRACK_RULES_DIR", str(tmp_path / "本单位"))
    (flipped,) = [row for row in run("replay", "--json").rows if row["flips"]]
    assert (flipped["document_id"], flipped["before"], flipped["after"]) == (declared, "passed", "blocked")
    assert flipped["findings_new"] == ["review-missing"]
    assert "review-missing" in run("replay").out
