"""`score`: a published table recomputed, units scored by a scheme."""

from pathlib import Path
from typing import Any

from contract_shapes import shaped

CHECK = {
    "units": (int,), "totals_wrong": (list, type(None)), "caps_exceeded": (list, type(None)), "rank_method": (str, type(None)),
    "rank_findings": (list,), "unread": (list,), "tables": (list,),
}  # fmt: skip
RANK = {
    "table": (str,), "units": (list,), "rows": (list,), "published": (list,), "expected": (list,), "follows": (list,),
    "message": (str,),
}  # fmt: skip
SCHEME = ("--scheme", "shanxi-2020-sample", "--year", "2024")
DECISION = {
    "id": (str,), "unit": (str,), "year": (int,), "scheme": (str,), "grade": (str, type(None)),
    "grade_proposed": (str, type(None)), "score": (int, float, type(None)), "range": (list, type(None)), "rectify": (bool,),
    "mend_by": (str, type(None)), "because": (str, type(None)), "decided_by": (str,), "decided_at": (str,),
    "rules_version": (str,),
}  # fmt: skip
TASK = {
    "due": (str, type(None)), "message": (str,), "kind": (str,), "id": (str,), "days_left": (int, type(None)),
    "workdays_left": (int, type(None)), "overdue": (bool,), "done": (dict, type(None)), "unit": (str,), "year": (int,),
    "scheme": (str,),
}  # fmt: skip
TABLE = """单位,书面（20分）,网上（10分）,总分,名次
甲局,19.5,9,28.5,1
乙局,20.5,7,27.5,2
丙局,18,9.5,27.5,3
丁局,18,8,26,4
戊局,17,9,26,4
己局,10,9,20,5
"""


def test_a_checked_table_is_one_object(run: Any, tmp_path: Path) -> None:
    """Totals, caps and ranks with their rows; the status says that something was found."""
    (tmp_path / "成绩.csv").write_text(TABLE, encoding="utf-8")
    ran = run("score", "--check", "成绩.csv", "--json")
    (row,) = ran.rows
    shaped(row, CHECK)
    assert (ran.status, row["units"], row["rank_method"]) == (1, 6, "dense")
    assert [(one["unit"], one["published"], one["recomputed"]) for one in row["totals_wrong"]] == [("己局", 20, 19)]
    assert [(one["unit"], one["value"], one["full_mark"]) for one in row["caps_exceeded"]] == [("乙局", 20.5, 20)]
    (fault,) = row["rank_findings"]
    shaped(fault, RANK)
    assert (fault["units"], fault["expected"]) == (["乙局", "丙局"], [2, 2])
    assert fault["follows"][-1] == {"unit": "己局", "row": 7, "published": 5, "expected": 4}


def test_a_sound_table_is_told_in_words(run: Any, tmp_path: Path) -> None:
    """Status 0, and what could not be judged is said."""
    (tmp_path / "成绩.csv").write_text("单位,书面,总分,名次\n甲局,9,9,1\n乙局,8,8,2\n", encoding="utf-8")
    ran = run("score", "--check", "成绩.csv")
    assert ran.status == 0
    assert "没有写明各项满分" in ran.out


def test_wrong_use_and_other_files(run: Any, tmp_path: Path) -> None:
    """Nothing to do is wrong use; a file without score table is refused with advice."""
    assert run("score").status == 2
    assert run("score", "--check", "成绩.csv", "--year", "2023").status == 2
    (tmp_path / "别的.csv").write_text("标题,文号\n某通知,某发〔2024〕1号\n", encoding="utf-8")
    ran = run("score", "--check", "别的.csv", "--json")
    assert (ran.status, ran.rows[0]["error"]["code"]) == (1, "bad-row")


def test_a_year_is_scored_with_rows_and_marked_as_a_sample(run: Any, tmp_path: Path) -> None:
    """Each unit is an object with its losses, the sheet in four columns, and the word that the weights are a sample."""
    ledger = "公文全称,发文字号,成文日期,公开属性\n云栖市临时救助办法,云政发〔2024〕1号,2024-01-02,主动公开\n"
    (tmp_path / "台账.csv").write_text(ledger, encoding="utf-8")
    assert run("import", "台账.csv", "--unit", "某市政府", "--year", "2024").status == 0
    ran = run("score", "--scheme", "shanxi-2020-sample", "--year", "2024", "--json")
    (row,) = ran.rows
    assert (ran.status, row["unit"], row["sample"], row["complete"], row["score"]) == (0, "某市政府", True, False, None)
    assert row["sheet"][0].keys() == {"indicator", "weight", "lost", "reason", "rectified"}
    assert row["sections"][1]["losses"][0]["rows"] == ["D1"]
    assert "不得作为正式考核依据" in ran.err
    assert "暂不排名" in run("score", "--scheme", "shanxi-2020-sample", "--year", "2024").out


def test_a_grade_is_decided_and_stands_beside_the_proposal(run: Any, tmp_path: Path) -> None:
    """A decision is an object, so is the list of them; the year's scores hold it, in words too; taken back it is gone there."""
    ledger = "公文全称,发文字号,成文日期,公开属性\n云栖市临时救助办法,云政发〔2024〕1号,2024-01-02,主动公开\n"
    (tmp_path / "台账.csv").write_text(ledger, encoding="utf-8")
    run("import", "台账.csv", "--unit", "某市政府", "--year", "2024")
    assert run("score", "decide", "某市政府", "不合格", *SCHEME).status == 2
    reason = ("--because", "现场查实", "--mend-by", "2099-12-31")
    ran = run("score", "decide", "某市政府", "不合格", *SCHEME, *reason, "--json")
    (decision,) = ran.rows
    shaped(decision, DECISION)
    assert (ran.status, decision["grade"], decision["grade_proposed"], decision["score"]) == (0, "不合格", None, None)
    assert "示例细则" in ran.err
    (row,) = run("score", *SCHEME, "--json").rows
    assert (row["grade_proposed"], row["grade_decided"], row["decision"]) == (None, "不合格", decision)
    assert (row["tasks"][0]["id"], row["tasks"][0]["due"]) == ("G1", "2099-12-31")
    assert "审定等次：不合格（李拟稿" in run("score", *SCHEME).out
    (taken,) = run("score", "take-back", "某市政府", *SCHEME, "--because", "复核", "--json").rows
    assert (taken["id"], taken["grade"]) == ("G2", None)
    assert run("score", "decisions", "--year", "2024", "--json").rows == [decision, taken]
    (row,) = run("score", *SCHEME, "--json").rows
    assert (row["grade_decided"], row["decision"], row["tasks"]) == (None, None, [])


def test_tasks_are_listed_and_marked_as_done(run: Any) -> None:
    """With the days that are left, or by which they are overdue; what is done stands in the whole list only."""
    (visit,) = run("score", "visit", "某市政府", *SCHEME, "--visit", "2099-12-31", "--json").rows
    assert (visit["id"], visit["visit"], visit["due"]) == ("V1", "2099-12-31", "2099-12-16")
    (task,) = run("score", "tasks", "--on", "2099-12-17", "--json").rows
    shaped(task, TASK)
    assert (task["id"], task["days_left"], task["overdue"], task["done"]) == ("V1", -1, True, None)
    assert "逾期 1 天" in run("score", "tasks", "--on", "2099-12-17").out
    assert run("score", "done", "V1").status == 2
    (done,) = run("score", "done", "V1", "--note", "已发通知", "--json").rows
    assert (done["done"]["note"], done["done"]["said_by"]) == ("已发通知", "李拟稿")
    ran = run("score", "done", "V1", "--note", "已发通知", "--json")
    assert (ran.status, ran.rows[0]["error"]["code"]) == (1, "transition-not-allowed")
    assert run("score", "tasks", "--json").rows == []
    assert [one["id"] for one in run("score", "tasks", "--all", "--json").rows] == ["V1"]
    (again,) = run("score", "reopen", "V1", "--note", "没有送达", "--json").rows
    assert again["done"] is None


def test_an_act_put_wrongly_is_wrong_use(run: Any) -> None:
    """What an act needs is told; nothing is kept."""
    for words in (
        ("decide", "某市政府"),
        ("decide", "某市政府", "合格"),
        ("visit", "某市政府", *SCHEME),
        ("tasks", "多余"),
        ("vote",),
    ):
        assert run("score", *words).status == 2, words
    assert run("score", "done", "G9", "--note", "x").status == 1
