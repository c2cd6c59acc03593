"""Two places that state an element differently: one value is used, one finding shows both and where they stand."""

import pytest

from attrtrack.domain.documents import Document, SourceText
from attrtrack.domain.findings import Finding
from attrtrack.recording import record
from attrtrack.rules import Rules

LETTER = (
    "云栖市水务局关于加强河道采砂管理的通知\n云水发〔2023〕4号\n各县区水务局：\n请加强河道采砂管理。\n"
    "云栖市水务局\n2023年3月1日\n云栖市水务局办公室　2023年3月2日印发"
)


def read(rules: Rules, **fields: object) -> Document:
    """Record the letter with what stands beside it."""
    values: dict[str, object] = {"name": "来件.html", "format": "html", "text": LETTER, **fields}
    return record(SourceText(**values), rules)  # type: ignore[arg-type]


def told(document: Document) -> list[Finding]:
    """Return the findings about places that disagree."""
    return [finding for finding in document.findings if finding.code == "elements-disagree"]


@pytest.mark.parametrize(
    ("label", "value", "element", "used"),
    [
        ("发文字号", "云水发〔2023〕5号", "发文字号", "云水发〔2023〕4号"),
        ("成文日期", "2023-03-11", "成文日期", "2023-03-01"),
        ("印发日期", "2023-03-12", "印发日期", "2023-03-02"),
        ("发文机关", "云栖市林业局", "发文机关", "云栖市水务局"),
        ("标题", "云栖市林业局关于开展春季植树的通知", "标题", "云栖市水务局关于加强河道采砂管理的通知"),
    ],
)
def test_the_box_disagrees(rules: Rules, label: str, value: str, element: str, used: str) -> None:
    """Each element of the attribute box is compared with the paper; the evidence quotes both."""
    (finding,) = told(read(rules, box=((label, value),)))
    assert finding.message.startswith(element)
    assert f"{used}（正文）" in finding.message
    assert f"{value}（网页属性栏）" in finding.message
    assert [proof.quote for proof in finding.evidence if proof.span is None] == [value]
    assert [proof for proof in finding.evidence if proof.span]


@pytest.mark.parametrize(
    "fields",
    [
        {"box": (("发布机构", "云栖市林业局"),)},
        {"box": (("发布日期", "2023-04-01"),)},
        {"box": (("发文机关", "市水务局"), ("标题", "关于加强河道采砂管理的通知"))},
        {"metadata": (("Title", "关于春节放假的通知"),)},
        {"metadata": (("PageHeading", "云栖市水务局关于加强河道采砂管理的通知"),)},
        {"name": "云水发2023-4号.docx"},
        {"name": "1-云水发字〔2023〕4号（定稿）.docx"},
        {"name": "扫描件0032.pdf"},
    ],
)
def test_places_that_say_the_same(rules: Rules, fields: dict[str, object]) -> None:
    """Re-posters, days of publication, short forms, left-over file properties and plain file names contradict nothing."""
    assert told(read(rules, **fields)) == []


def test_several_places_make_one_finding(rules: Rules) -> None:
    """Box and file name that both differ are told in one finding."""
    (finding,) = told(read(rules, box=(("文号", "云水发〔2023〕5号"),), name="云水发〔2022〕6号.html"))
    assert "云水发〔2023〕5号（网页属性栏）、云水发〔2022〕6号（文件名）" in finding.message


def test_marks_that_differ_name_their_places(rules: Rules) -> None:
    """A mark on the paper and another in the box are shown with their places."""
    document = read(rules, text=LETTER + "\n（此件依申请公开）", box=(("公开方式", "主动公开"),))
    (finding,) = [finding for finding in document.findings if finding.code == "mark-unclear"]
    assert "（此件依申请公开）（正文）、公开方式：主动公开（网页属性栏）" in finding.message
