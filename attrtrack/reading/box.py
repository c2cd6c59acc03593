"""The attribute box of a page (索引号, 发文字号, 公开方式 …): labels and their values, wherever the page's table puts them."""

import re

_LABELS = (
    "索引号", "索取号", "发文字号", "发布文号", "公文文号", "文件编号", "文号", "字号", "公开方式", "公开属性", "公开类别", "公开类型",
    "公开形式", "信息公开类别", "信息公开选项", "是否同意公开", "发布机构", "发布机关", "发布单位", "发文机关", "发文单位", "发文机构",
    "制发机关", "制定机关", "印发机关", "成文日期", "成文时间", "发文日期", "发文时间", "印发日期", "生成日期", "制发日期", "发布日期", "发布时间", "公开日期",
    "公开时间", "标题", "名称", "文件名称", "信息名称", "主题分类", "主题词", "有效性", "时效性", "效力状态", "体裁", "文种", "体裁分类",
    "公开时限", "公开范围", "统一编号", "实施日期", "失效日期", "生效日期", "废止日期", "密级", "涉密等级", "内容概述", "分类", "组配分类", "服务对象",
    "信息来源", "来源", "关键词", "所属主题", "信息分类", "效力", "责任编辑", "浏览次数",
)  # fmt: skip
_LABEL = "|".join(r"[\s\u3000]*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
_STATED = re.compile(rf"(?:^|(?<=[\s\u3000|【\[（(]))({_LABEL})[\s\u3000】\]]*[:：]")
_ALONE = re.compile(rf"^[【\[]?({_LABEL})[】\]]?[\s\u3000]*$")
_SPACED = re.compile(rf"^[【\[]?({_LABEL})[】\]]?[\s\u3000]+([^：:]{{2,80}})$")
_LONGEST_VALUE = 200


def is_label(text: str) -> bool:
    """Whether a text is one of the labels of attribute boxes and nothing else."""
    return len(text) <= 20 and _bare(text) in _LABELS  # noqa: PLR2004 - a label with its blanks is short


def fields(page: str, body: str) -> tuple[tuple[str, str], ...]:
    """Read the labelled fields that stand on the page outside its body; the first value of a label counts."""
    outside = page.replace(body, "\n", 1) if body else page
    pairs: dict[str, str] = {}
    cells = [cell.strip(" \u3000\u00a0") for cell in re.split(r"[\t\n]", outside)]
    for index, cell in enumerate(cells):
        following = next((later for later in cells[index + 1 : index + 3] if later), "")
        for label, value in _pairs(cell, following):
            if value and len(value) <= _LONGEST_VALUE:
                pairs.setdefault(label, value)
    return tuple(pairs.items())


def _pairs(cell: str, following: str) -> list[tuple[str, str]]:
    """Read the fields of one cell; a label at its end, or alone in it, takes the cell that follows."""
    next_value = "" if _ALONE.match(following) or _STATED.match(following) else following
    alone = _ALONE.match(cell)
    if alone:
        return [(_bare(alone[1]), next_value)]
    spaced = _SPACED.match(cell)
    if spaced:
        return [(_bare(spaced[1]), spaced[2].strip())]
    stated = list(_STATED.finditer(cell))
    ends = [match.start() for match in stated[1:]] + [len(cell)][: len(stated)]
    return [
        (_bare(match[1]), cell[match.end() : end].strip(" \u3000|") or (next_value if end == len(cell) else ""))
        for match, end in zip(stated, ends, strict=True)
    ]


def _bare(label: str) -> str:
    return "".join(label.split())
