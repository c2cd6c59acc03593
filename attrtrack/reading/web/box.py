"""The attribute box of a page (索引号, 发文字号, 公开方式 …): labels and their values, wherever the page's table puts them."""

import re

Line = list[str]

_LABELS = (
    "索引号", "索取号", "发文字号", "发布文号", "公文文号", "文件编号", "文号", "字号", "公开方式", "公开属性", "公开类别", "公开类型",
    "公开形式", "信息公开类别", "信息公开选项", "是否同意公开", "发布机构", "发布机关", "发布单位", "发文机关", "发文单位", "发文机构",
    "制发机关", "制定机关", "印发机关", "成文日期", "成文时间", "发文日期", "发文时间", "印发日期", "生成日期", "制发日期", "发布日期", "发布时间", "公开日期",
    "公开时间", "标题", "名称", "文件名称", "信息名称", "主题分类", "主题词", "有效性", "时效性", "效力状态", "体裁", "文种", "体裁分类",
    "公开时限", "公开范围", "统一编号", "实施日期", "失效日期", "生效日期", "废止日期", "密级", "涉密等级", "内容概述", "分类", "组配分类", "服务对象",
    "信息来源", "来源", "关键词", "所属主题", "信息分类", "效力", "责任编辑", "浏览次数", "发文文号", "文件文号", "文件字号", "信息索引",
    "信息索引号", "主题类别", "信息类别", "公文种类", "公文类型", "文件类型", "有效期", "公开程序", "公开程度", "信息形式", "责任部门",
    "公开责任部门", "主送机关", "主送单位", "签发人", "签发日期", "登记号", "规范性文件编号", "阅读次数",
    "废止状态", "施行日期", "公布日期",
)  # fmt: skip
_ALIASES = {
    "发文文号": "发文字号",
    "文件文号": "文号",
    "文件字号": "发文字号",
    "信息索引": "索引号",
    "信息索引号": "索引号",
}
_NUMBERS = frozenset({"发文字号", "发布文号", "公文文号", "文件编号", "文号", "字号"})
_LABEL = "|".join(r"[\s\u3000]*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
_STATED = re.compile(rf"(?:^|(?<=[\s\u3000|】\]）);；【\[（(]))({_LABEL})[\s\u3000】\]]*[:：]")
_ALONE = re.compile(rf"^[【\[（(]?[\s\u3000]*({_LABEL})[\s\u3000]*[】\]）)]?[\s\u3000]*[:：]?$")
_SPACED = re.compile(rf"^[【\[]?({_LABEL})[】\]]?[\s\u3000]+([^：:]{{2,80}})$")
_DIGIT = re.compile(r"\d|[〇○零一二三四五六七八九]年")
_EDGES = " \u3000\xa0|\u200b\ufeff"
_LONGEST_VALUE, _LONGEST_LABEL = 200, 20
_MOST_CHECKED = 4000
_COLUMN, _MOST_BESIDE = 3, 4


def is_label(text: str) -> bool:
    """Whether a text is one of the labels of attribute boxes, with or without its colon, and nothing else."""
    return 2 <= len(text) <= _LONGEST_LABEL and bool(_ALONE.match(text.strip(_EDGES)))  # noqa: PLR2004 - no label is shorter


def fields(lines: list[Line]) -> tuple[tuple[str, str], ...]:
    """Read the labelled fields of lines that stand outside a page's body; the first value of a label counts.

    A value stands after its label in the same cell, in the next cell (an empty one is an empty value), on the next
    line, under it where a line of labels is followed by one of values, or in a column of values after one of labels.
    """
    rows = [[cell.strip(_EDGES) for cell in line] for line in lines[:_MOST_CHECKED]]
    pairs: dict[str, str] = {}
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else []
        for label, value in _of_row(row, below) or _of_column(rows, number):
            name = _ALIASES.get(label, label)
            sizes_of_type = name == "字号" and not _DIGIT.search(value)  # 【字号：大 中 小】
            if value and len(value) <= _LONGEST_VALUE and not sizes_of_type:
                pairs.setdefault(name, value)
    return tuple(pairs.items())


def _of_row(row: Line, below: Line) -> list[tuple[str, str]]:
    """Read the fields of one line."""
    if len(row) > 1 and len(below) == len(row) and all(map(_named, row)) and not any(map(_named, below)):
        return [(_bare(label), value) for label, value in zip(row, below, strict=True)]
    found: list[tuple[str, str]] = []
    for place, cell in enumerate(row):
        beside = row[place + 1 : place + 1 + _MOST_BESIDE]
        label = _named(cell)
        if label:
            found.append((label, _beside(beside) if beside else _under(label, below)))
        else:
            found.extend(_within(cell, beside, below))
    return [(label, value) for label, value in found if value]


def _of_column(rows: list[Line], number: int) -> list[tuple[str, str]]:
    """Read a column of labels that is followed by a column of as many values, each of the kind its label asks for."""
    if not _stands_alone(rows[number]) or (number and _stands_alone(rows[number - 1])):
        return []
    end = number
    while end < len(rows) and _stands_alone(rows[end]):
        end += 1
    values = rows[end : end + end - number]
    if end - number < _COLUMN or len(values) < end - number or any(len(row) != 1 or _named(row[0]) for row in values):
        return []
    pairs = [(_named(rows[number + index][0]), value[0]) for index, value in enumerate(values)]
    return pairs if all(_fits(label, value) for label, value in pairs) else []


def _stands_alone(row: Line) -> bool:
    return len(row) == 1 and bool(_named(row[0]))


def _within(cell: str, beside: Line, below: Line) -> list[tuple[str, str]]:
    """Read the fields stated in one cell; a label at its end takes the next cell, else the next line."""
    spaced = _SPACED.match(cell)
    if spaced:
        return [(_bare(spaced[1]), spaced[2].strip(_EDGES))]
    stated = list(_STATED.finditer(cell))
    ends = [match.start() for match in stated[1:]] + [len(cell)][: len(stated)]
    pairs = []
    for match, end in zip(stated, ends, strict=True):
        label, value = _bare(match[1]), cell[match.end() : end].strip(_EDGES + "【[（(")
        if not value and end == len(cell):
            value = _beside(beside) if beside else _under(label, below)
        pairs.append((label, value))
    return pairs


def _beside(cells: Line) -> str:
    """Return the next cell that is not empty, unless it is a label itself; a cell of a colon alone is passed over."""
    value = next((cell for cell in cells if cell.strip(_EDGES + ":：")), "")
    return "" if _labelled(value) else value.lstrip(_EDGES + ":：")


def _under(label: str, below: Line) -> str:
    value = below[0].lstrip(_EDGES + ":：") if below else ""
    return "" if _labelled(value) or not _fits(label, value) else value


def _labelled(value: str) -> bool:
    """Whether a cell or line is a field of its own, so that the one before it is empty."""
    return bool(_named(value) or _STATED.match(value) or _SPACED.match(value))


def _fits(label: str, value: str) -> bool:
    """Whether a value further off can be the one that a label asks for: numbers and dates have digits."""
    dated = label.endswith(("日期", "时间")) or label in _NUMBERS
    return bool(value) and (not dated or bool(_DIGIT.search(value)))


def _named(cell: str) -> str:
    """Return the label that a cell consists of, or nothing."""
    found = _ALONE.match(cell) if len(cell) <= _LONGEST_LABEL else None
    return _bare(found[1]) if found else ""


def _bare(label: str) -> str:
    return "".join(label.split())
