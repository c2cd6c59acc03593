"""What suggestions and precedents tell people: doubt before certainty, words before codes, what to type next."""

from pathlib import Path
from typing import Any

from builders import LETTER
from decided_letters import PRICE


def _write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text.format(number=1, town="东山"), encoding="utf-8")
    return name


def test_a_doubtful_suggestion_says_so_first(run: Any, tmp_path: Path) -> None:
    """Mark against text: the answer begins with the doubt, the voices are told as divided, no share is nought."""
    name = _write(tmp_path, "标注.txt", PRICE + "（此件不公开）\n")
    row = run("suggest", name, "--json").rows[0]
    out = run("suggest", name).out
    assert row["abstained"]
    assert "建议：拿不准，请人工判断；先列为不予公开" in out
    assert "各方不一致：标注 不予公开" in out
    assert " 0%" not in out


def test_a_batch_is_summed_up_for_people_only(run: Any, tmp_path: Path) -> None:
    """The last line counts; programs get rows alone."""
    rows = '{"id": "甲", "title": "关于停车收费的批复", "text": "请按此执行。"}\n{"id": "乙", "text": "收悉。"}\n{坏\n'
    (tmp_path / "一批.jsonl").write_text(rows, encoding="utf-8")
    told = run("suggest", "--batch", "一批.jsonl")
    assert told.status == 1
    assert told.out.splitlines()[0] == "第 1 行  甲  关于停车收费的批复"
    assert told.out.splitlines()[-1].startswith("共 2 份：")
    assert "另有 1 行不能用" in told.out
    assert len(run("suggest", "--batch", "一批.jsonl", "--json").rows) == 3


def test_precedents_say_what_to_do(run: Any, tmp_path: Path) -> None:
    """An empty register, a conflict with its reason and both commands, and one resolved: each in words."""
    assert "还没有先例" in run("precedents").out
    assert run("precedents", "--conflicts").out == "没有待处理的冲突。\n"
    assert run("precedents", "--json").out == ""
    identifier = run("record", _write(tmp_path, "批复.txt", PRICE), "--json").rows[0]["id"]
    run("declare", identifier, "--attribute", "withheld", "--reason", "R16-1b")
    run("sign", identifier, "--as", "王主任")
    (rule,) = run("precedents", "--conflicts", "--json").rows[0]["rules"][:1]
    out = run("precedents", "--conflicts").out
    assert rule not in out
    assert "正文属于应当主动公开的内容：" in out
    assert f"attrtrack resolve {identifier} --set-aside --note 为什么" in out
    resolved = run("resolve", identifier, "--set-aside", "--note", "审定有误").out
    assert "不作先例" in resolved
    assert "--teach" not in resolved


def test_the_conflicts_finding_names_commands_that_run(run: Any, tmp_path: Path) -> None:
    """What the sentence tells people to type is a right call."""
    identifier = run("record", _write(tmp_path, "批复.txt", PRICE), "--json").rows[0]["id"]
    run("declare", identifier, "--attribute", "withheld", "--reason", "R16-1b")
    findings = run("sign", identifier, "--as", "王主任", "--json").rows[0]["findings"]
    (message,) = (item["message"] for item in findings if item["code"] == "precedent-conflict")
    for act in ("--set-aside", "--teach"):
        command = f"attrtrack resolve {identifier} {act} --note 为什么"
        assert command in message
        assert run(*command.split()[1:]).status == 0


def test_wrong_use_is_told_in_chinese_punctuation(run: Any) -> None:
    """No half-width colon of the parser's own English is left."""
    assert "缺少：--note" in run("resolve", "D1", "--teach").err
    assert "不认识的参数：D2" in run("propose", "D1", "D2").err


def test_an_answered_suggestion_says_how_sure(run: Any, tmp_path: Path) -> None:
    """One line: attribute and how sure; the reason with its article below."""
    out = run("suggest", _write(tmp_path, "复函.txt", LETTER.replace("{", "").replace("}", ""))).out
    assert "把握 " in out
    assert "《政府信息公开条例》第" in out


def test_a_checked_ledger_ends_with_a_count(run: Any, tmp_path: Path) -> None:
    """A ledger without a fault says so too; programs get rows alone."""
    head = "标题,文号,公开属性,不公开理由\n"
    good = "关于印发供水办法的通知,云政〔2026〕1号,主动公开,\n"
    (tmp_path / "好.csv").write_text(head + good, encoding="utf-8")
    bad = "关于某某事项的复函,云水函〔2026〕3号,,\n"
    (tmp_path / "坏.csv").write_text(head + good + bad, encoding="utf-8")
    clean = run("check", "好.csv")
    assert (clean.status, clean.out) == (0, "好.csv：检查 1 行，其中没有问题 1 行\n")
    found = run("check", "坏.csv")
    assert found.status == 1
    assert found.out.splitlines()[-1] == "坏.csv：检查 2 行，其中不予签发 1 行，没有问题 1 行"
    assert len(run("check", "坏.csv", "--json").rows) == 2
