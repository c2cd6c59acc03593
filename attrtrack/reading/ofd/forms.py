"""The labelled fields of OFD forms (收文处理单, 发文稿纸): a label in one cell, its value in the next, without a colon.

Decision: only the first document's text is asked, and only when it has several known labels in cells of their own, so
that a word in the head of a list of figures does not become a field of the document.
"""

from itertools import pairwise

from attrtrack.reading.ofd.paragraphs import Text
from attrtrack.reading.web.box import is_label

_FEWEST_LABELS = 3
_LONGEST_VALUE = 200
# what a form about a document received or drafted calls the elements that the attribute box of a page names
_AS_IN_BOXES = {
    "来文文号": "文号", "来文字号": "文号", "原文号": "文号", "收文文号": "文号", "发文号": "文号", "公文标题": "标题", "来文标题": "标题",
    "文件标题": "标题", "发文标题": "标题", "题名": "标题", "来文题名": "标题", "来文单位": "发文单位", "来文机关": "发文机关",
    "来文日期": "发文日期", "公开与否": "公开方式", "是否公开": "公开方式", "公开选项": "公开方式",
}  # fmt: skip
_FORM_LABELS = frozenset(
    {
        "收文编号", "收文日期", "收文时间", "收文号", "编号", "份数", "缓急", "紧急程度", "缓急程度", "办理时限", "办结时限", "拟办意见", "批示",
        "领导批示", "领导批办", "领导批示意见", "办公室意见", "处理意见", "承办意见", "承办单位", "承办部门", "承办人", "办理结果", "传阅", "阅批意见",
        "核稿", "会签", "签发", "拟稿", "拟稿人", "拟稿单位", "拟稿部门", "主办单位", "主送", "抄送", "附件", "联系人", "联系电话", "备注",
        "页数", "文件类型", "公文种类", "来文种类", "登记人", "登记日期", "摘要", "内容摘要", "事由", "校对", "印数", "打印份数",
    }
)  # fmt: skip


def fields_of(text: Text | None, metadata: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a form, then those that the file's own properties name as attribute boxes do."""
    pairs: dict[str, str] = {}
    for label, value in _form(text) if text is not None else []:
        pairs.setdefault(label, value)
    for label, value in metadata:
        if is_label(label) and len(value) <= _LONGEST_VALUE:
            pairs.setdefault(_bare(label), value)
    return tuple(pairs.items())


def _form(text: Text) -> list[tuple[str, str]]:
    rows = [*text.tables, *(tuple(line.split("\t")) for line in text.body.split("\n") if "\t" in line)]
    pairs: list[tuple[str, str]] = []
    labels: set[str] = set()
    for row in rows:
        cells = [cell.strip() for cell in row]
        labels.update(_bare(cell) for cell in cells if _is_field(cell))
        for label, value in pairwise(cells):
            if _is_field(label) and value and not _is_field(value) and len(value) <= _LONGEST_VALUE:
                bare = _bare(label)
                pairs.append((_AS_IN_BOXES.get(bare, bare), value))
    return pairs if len(labels) >= _FEWEST_LABELS else []


def _is_field(cell: str) -> bool:
    bare = _bare(cell)
    return is_label(bare) or bare in _AS_IN_BOXES or bare in _FORM_LABELS


def _bare(label: str) -> str:
    return "".join(label.split()).rstrip("：:")
