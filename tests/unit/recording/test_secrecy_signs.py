"""Signs of state secrecy in every dress they come in, and the words about secrets that are none."""

import pytest

from attrtrack.domain.documents import SourceText
from attrtrack.errors import ClassifiedMaterialError
from attrtrack.recording import record, secrecy_sign
from attrtrack.rules import Rules

LETTER = (
    "云栖市某局文件\n云某发〔2023〕4号\n关于做好值守工作的通知\n各分局：\n请认真组织实施。\n云栖市某局\n2023年9月9日\n"
)


def refused(rules: Rules, text: str, **fields: object) -> bool:
    """Record a text and tell whether it was refused as classified."""
    values: dict[str, object] = {"name": "来件.txt", "format": "txt", "text": text, **fields}
    try:
        record(SourceText(**values), rules)  # type: ignore[arg-type]
    except ClassifiedMaterialError:
        return True
    return False


@pytest.mark.parametrize(
    "head",
    [
        "機密★20年", "机\n密\n★\n十\n年", "秘密\n★5年", "云栖市某局　　　　　机密", "特急，机密", "机密·特急", "秘密◆3年",
        "份号：000001", "份　号\n000127", "密级\n机密", "密级机密", "涉密文件　密级：机密", "絕 密", "Ｎｏ．000012　机密", "密级：[√]秘密",
    ],
)  # fmt: skip
def test_signs_in_the_head(rules: Rules, head: str) -> None:
    """Either script, upright or broken lines, a level beside the letterhead, urgency, or the copy number alone refuse."""
    assert refused(rules, f"{head}\n{LETTER}")


@pytest.mark.parametrize(
    "foot", ["（本件属秘密级，阅后退回）", "抄送：市委办。\n机密", "附件1\n秘密\n人员名单", "此件为机密文件。"]
)
def test_signs_below_the_text(rules: Rules, foot: str) -> None:
    """A note, a level in the imprint and one above an annex refuse."""
    assert refused(rules, LETTER + foot)


@pytest.mark.parametrize(
    "name", ["值守安排（机密）.txt", "【机密】值守安排.docx", "值守安排_秘密.docx", "机密-值守安排.docx"]
)
def test_signs_in_file_names(rules: Rules, name: str) -> None:
    """A level in brackets or behind a dash in the file name refuses."""
    assert refused(rules, LETTER, name=name)
    assert not refused(rules, LETTER, name="机密计算标准（试行）.docx")


@pytest.mark.parametrize(
    "head",
    [
        "商业秘密★5年", "工作秘密", "密级：无", "密级：公开", "密级：非密☑ 秘密□", "密级：□绝密 □机密 □秘密", "（本件不属于国家秘密）",
        "涉密：否", "非涉密", "（此件不涉密）", "密级（绝密、机密、秘密）", "密级：机密级以上", "标注为秘密★1年", "涉密文件管理制度",
        "1\t绝密\t0\n2\t机密\t0\n3\t秘密\t0", "本文件不涉及国家秘密", "国家秘密", "乙方：北京机密科技有限公司", "秘密花园",
        "份号：", "份数：60", "保守国家秘密　人人有责", "序号\t密级\n1\t绝密\t机密\t秘密",
    ],
)  # fmt: skip
def test_words_that_are_no_sign(rules: Rules, head: str) -> None:
    """Trade and work secrets, levels that are none, boxes left empty and slogans are read."""
    assert not refused(rules, f"{head}\n{LETTER}")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("秘密级", True), ("绝密", True), ("密级：机密", True), ("【秘密】关于值守的请示", True), ("机密★10年 关于值守的通知", True),
        ("関于", False), ("关于机密计算技术的通知", False), ("涉及国家秘密、商业秘密", False), ("密级：无", False), ("云某发〔2023〕4号", False),
    ],
)  # fmt: skip
def test_loose_fields(rules: Rules, text: str, sign: bool) -> None:
    """A title, number, id or cell is judged like the head of a document, and the rule that found the sign is named."""
    found = secrecy_sign(["无关", text], rules)
    assert (found is not None) is sign
    assert found is None or found in {row.code for row in rules.secrecy}
