"""`read` shows people what a document carries beside its text: attachments, copies, contact, and places that disagree."""

from pathlib import Path
from typing import Any

TEXT = (
    "云栖市水务局关于开展节水检查的通知\n云水发〔2023〕4号\n各县区水务局：\n请做好检查。\n附件：1.检查表\n2.汇总表\n"
    "云栖市水务局\n2023年3月1日\n（联系人：李某，电话：0573-82001234）\n抄送：市财政局，市审计局。\n附件1\n检查表\n一、水表\n附件3\n名单\n甲\n"
)


def test_people_see_attachments_copies_and_disagreements(run: Any, tmp_path: Path) -> None:
    """Absent and unnamed attachments are marked so, and the file name that says another number is told."""
    (tmp_path / "云水发〔2023〕5号.txt").write_text(TEXT, encoding="utf-8")
    done = run("read", "云水发〔2023〕5号.txt")
    assert done.status == 0
    assert "附件：检查表；汇总表（文件中没有）；名单（附件说明未列）" in done.out
    assert "抄送：市财政局、市审计局" in done.out
    assert "联系：联系人：李某，电话：0573-82001234" in done.out
    assert "采用“云水发〔2023〕4号（正文）”，另见“云水发〔2023〕5号（文件名）”" in done.out


def test_programs_get_added_keys(run: Any, tmp_path: Path) -> None:
    """Elements come with their places; their offsets point into `text`."""
    (tmp_path / "通知.txt").write_text(TEXT, encoding="utf-8")
    (row,) = run("read", "通知.txt", "--json").rows
    assert row["attachments"] == [
        {"name": "检查表", "present": True},
        {"name": "汇总表", "present": False},
        {"name": "名单", "present": True},
    ]
    assert row["copies"] == ["市财政局", "市审计局"]
    spans = {item["name"]: row["text"][item["start"] : item["end"]] for item in row["elements"]}
    assert (spans["contact"], spans["attachment_absent"]) == (row["contact"], "汇总表")
