"""`check` shows what the law says against a declaration: as lines for people, as findings of the contract for programs."""

from pathlib import Path
from typing import Any

import pytest
from contract_shapes import FINDING, shaped

_APPROVAL = (
    "云栖市人民政府关于溪口区防洪规划的批复\n云政函〔2025〕6号\n溪口区人民政府：\n"
    "你区请示收悉。原则同意《溪口区防洪规划》。根据《政府信息公开条例》第十四条第四款，附图不公开。\n"
    "请按照《防汛物资调度细则》（内部文件）一并执行。\n云栖市人民政府\n2025年6月3日\n"
)


@pytest.fixture
def approval(tmp_path: Path) -> str:
    """An approval of a plan that cites the old regulation and an internal document."""
    (tmp_path / "批复.txt").write_text(_APPROVAL, encoding="utf-8")
    return "批复.txt"


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (
            ("--attribute", "withheld", "--reason", "其他不宜公开的信息"),
            {"reason-without-clause", "reason-catch-all", "regulation-outdated", "withheld-named-for-publication"},
        ),
        (("--attribute", "proactive"), {"regulation-outdated", "cites-non-public"}),
        (("--attribute", "withheld", "--reason", "内部资料，属于过程性信息"), {"reason-part-void"}),
        (("--attribute", "withheld", "--reason", "条例第八条"), {"reason-without-clause", "regulation-outdated"}),
    ],
)
def test_check_names_what_the_law_says(run: Any, approval: str, arguments: tuple[str, ...], codes: set[str]) -> None:
    """Each finding has its shape, and every quotation with a place is the text there."""
    done = run("check", approval, *arguments, "--json")
    (row,) = done.rows
    assert codes <= {finding["code"] for finding in row["findings"]}
    for finding in row["findings"]:
        shaped(finding, FINDING)
        for evidence in finding["evidence"]:
            if evidence["start"] is not None:
                assert _APPROVAL[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_check_prints_the_sentence_for_people(run: Any, approval: str) -> None:
    """The message and the sentence it rests on stand on lines of their own."""
    done = run("check", approval, "--attribute", "withheld", "--reason", "R16-2c")
    assert done.status == 1
    assert "第二十条第（三）项" in done.out
    assert "原则同意《溪口区防洪规划》" in done.out


def test_ledger_that_gives_one_reason_for_everything_is_told(run: Any, tmp_path: Path) -> None:
    """Seven of eight rows with the same words: each of the seven is flagged, the eighth is not."""
    rows = [f"关于第{number}项工作的函,云水函〔2025〕{number}号,不予公开,属于内部管理信息" for number in range(1, 8)]
    lines = ["标题,发文字号,公开属性,理由", *rows, "关于公布名录的通知,云水发〔2025〕9号,主动公开,"]
    (tmp_path / "台账.csv").write_text("\n".join(lines), encoding="utf-8")
    done = run("check", "台账.csv", "--json")
    flagged = [row["row"] for row in done.rows if "reason-catch-all" in {item["code"] for item in row["findings"]}]
    assert flagged == [2, 3, 4, 5, 6, 7, 8]
