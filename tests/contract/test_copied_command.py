"""`copied` tells a drafter and an assessor, in words and as rows, how much of an interpretation is copied."""

from pathlib import Path
from typing import Any

NOTICE = (
    "本市户籍、年满八十周岁且经评估为中度以上失能的老年人，可以申请居家养老服务补贴。"
    "补贴标准为中度失能每人每月三百元，重度失能每人每月五百元，由区民政部门按季度发放到本人账户。"
    "申请人应当向户籍所在地街道办事处提交申请表和身份证明，街道办事处在十个工作日内完成初审。"
)


def two_files(folder: Path) -> tuple[str, str]:
    """Write an interpretation that is an excerpt, and its document."""
    (folder / "解读.txt").write_text("一、谁可以申请\n" + NOTICE, encoding="utf-8")
    (folder / "办法.txt").write_text(
        "云栖市居家养老服务补贴办法\n" + NOTICE + "\n本办法自公布之日起施行。", encoding="utf-8"
    )
    return "解读.txt", "办法.txt"


def test_two_files_in_words(run: Any, tmp_path: Path) -> None:
    """The share, the same sentences, what is missing, and what to do about it."""
    done = run("copied", *two_files(tmp_path))
    assert done.status == 0
    for words in ("照抄 9", "同于原文", "应写而没有写到：背景", "近于文件摘抄"):
        assert words in done.out


def test_two_files_as_a_row(run: Any, tmp_path: Path) -> None:
    """One object with the share, the passages in both texts, the elements and the findings."""
    (row,) = run("copied", *two_files(tmp_path), "--json").rows
    assert set(row) == {
        "interpretation_id", "document_id", "interpretation_title", "document_title", "judgement", "share", "why_not",
        "words", "copied", "elements", "missing", "findings",
    }  # fmt: skip
    assert row["share"] > 0.9
    text = (tmp_path / "解读.txt").read_text(encoding="utf-8")
    for item in row["copied"]:
        assert text[item["start"] : item["end"]] == item["quote"]
    assert "interpretation-copied" in {item["code"] for item in row["findings"]}
    assert "background" in row["missing"]


def test_the_wrong_order_and_a_bad_file_are_told(run: Any, tmp_path: Path) -> None:
    """Of two files a person must know which one cannot be read, and whether they were named the wrong way round."""
    text, document = two_files(tmp_path)
    (tmp_path / "办法解读.txt").write_text((tmp_path / text).read_text(encoding="utf-8"), encoding="utf-8")
    assert "次序可能反了" in run("copied", document, "办法解读.txt").err
    assert "次序" not in run("copied", "办法解读.txt", document).err
    (tmp_path / "空.txt").write_bytes(b"")
    done = run("copied", text, "空.txt")
    assert (done.status, "空.txt：" in done.err) == (1, True)


def test_a_short_caption_is_not_judged(run: Any, tmp_path: Path) -> None:
    """Too few words are told as such, not as nothing copied."""
    _, document = two_files(tmp_path)
    (tmp_path / "图.txt").write_text("一图读懂居家养老服务补贴", encoding="utf-8")
    assert "测不了" in run("copied", "图.txt", document).out
    assert run("copied", "图.txt", document, "--json").rows[0]["share"] is None


def test_wrong_use_and_an_empty_register(run: Any, tmp_path: Path) -> None:
    """One file alone, a limit of nothing, a year beside files: status 2; a register without links: status 1 and what to do."""
    text, document = two_files(tmp_path)
    assert run("copied", text).status == 2
    assert run("copied", text, document, "--limit", "0").status == 2
    assert run("copied", text, document, "--year", "2023").status == 2
    empty = run("copied", "--year", "2023")
    assert empty.status == 1
    assert "attrtrack link" in empty.err
    assert run("copied", text, "没有.txt", "--json").rows[0]["error"]["code"] == "not-found"
