"""Marks in other words, rows of options to tick, and marks that share a line or a bracket."""

import pytest

from attrtrack.domain.documents import Document, SourceText
from attrtrack.recording import record
from attrtrack.rules import Rules

LETTER = "云水发〔2023〕4号\n关于公布办事指南的通知\n各乡镇：\n现将办事指南公布。\n云栖市水务局\n2023年3月1日\n"


def read(rules: Rules, text: str, **fields: object) -> Document:
    """Record a text."""
    values: dict[str, object] = {"name": "来件.txt", "format": "txt", "text": text, **fields}
    return record(SourceText(**values), rules)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "attribute"),
    [
        ("（此件不予公开，属内部事务信息）", "withheld"), ("（此件不得公开）", "withheld"), ("（此件不对外公开）", "withheld"),
        ("〈此件不公开〉", "withheld"), ("（本件公开发布）", "proactive"), ("［此件主动公开］", "proactive"), ("（此件公开发布。）", "proactive"),
        ("（此件全文公开）", "proactive"), ("（此件公開發佈）", "proactive"), ("（此件公开\n发布）", "proactive"), ("主动公开", "proactive"),
        ("（联系人：李某，电话：0539-1234567；此件公开发布）", "proactive"), ("（此件依申请公开，联系人：李某）", "on_request"),
        ("公开属性：　主动公开　　　印数：30份", "proactive"), ("公开选项：依申请公开 责任编辑：李某", "on_request"),
        ("公开方式：主动公开□ 依申请公开☑ 不予公开□", "on_request"), ("公开方式：☑主动公开 □依申请公开 □不予公开", "proactive"),
        ("√主动公开　依申请公开", "proactive"), ("不予公开（√）　主动公开（　）", "withheld"), ("是否公开：□是 ☑否", "withheld"),
    ],
)  # fmt: skip
def test_forms_of_marks(rules: Rules, line: str, attribute: str) -> None:
    """Each form is read once, and its text is what stands in the source at its span."""
    document = read(rules, LETTER + line)
    (mark,) = document.marks
    assert mark.attribute.value == attribute
    assert mark.span is not None
    assert mark.text == mark.span.of(document.text)


@pytest.mark.parametrize(
    "line",
    [
        "（此件公开后，请各单位转发）", "此件公开前应当征求意见。", "（此件发至县团级）", "关于“此件公开发布”标注的说明", "公开方式：□主动公开 □依申请公开",
        "公开属性：主动公开　依申请公开　不予公开", "公开属性：主动公开 / 依申请公开", "请在附注处注明（此件公开发布）。", "各单位要做好\n主动公开",
    ],
)  # fmt: skip
def test_no_marks(rules: Rules, line: str) -> None:
    """Sentences about marks, distribution notes, quoted words and options that nobody ticked are no marks."""
    assert read(rules, LETTER + line).marks == ()


def test_several_ticks_are_unclear(rules: Rules) -> None:
    """A row with two ticks says nothing, and the reader is told."""
    document = read(rules, LETTER + "公开方式：☑主动公开 ☑依申请公开 □不予公开")
    assert document.marks == ()
    assert "mark-unclear" in [finding.code for finding in document.findings]


def test_ticks_in_an_attribute_box(rules: Rules) -> None:
    """The box of a page may tick its options too; review comments are no place of marks."""
    ticked = read(rules, LETTER, box=(("公开方式", "主动公开□ 不予公开☑"),))
    assert [mark.attribute.value for mark in ticked.marks] == ["withheld"]
    assert read(rules, LETTER, metadata=(("批注", "（此件公开发布）"),)).marks == ()
