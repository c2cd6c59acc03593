"""What stands beside the body: the attribute box of a page, the page's own title, the file name."""

import re
from pathlib import PurePosixPath

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import SourceText
from attrtrack.domain.numbers import NumberReading, find_all, normalise
from attrtrack.recording.organs import names_in
from attrtrack.recording.titles import clean_title, looks_like_title
from attrtrack.rules.tables import Rules

_NUMBER = ("发文字号", "文号", "公文文号", "发布文号", "文件编号", "字号")
_TITLE = ("标题", "名称", "文件名称", "信息名称")
_ISSUER = ("发文机关", "发文单位", "发文机构", "制发机关", "制定机关")
_DATE = ("成文日期", "成文时间", "发文日期", "发文时间", "制发日期", "生成日期")
_PRINTED = ("印发日期", "印发时间")
_PAGE_TITLE, _HEADING, _WINDOW = "ArticleTitle", "PageHeading", "PageTitle"
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—－]+\s+|--|——|-")
_WAY = re.compile(r"[>»›]|当前.{0,4}位置|^首页")
_COLUMN = re.compile(
    r"^(?!政府工作).{0,4}(?:文件|公告|公示|公报|通知|解读|政策|指南|问答)$|^政府信息公开(?:指南|目录|制度|规定|年报)$"
)
_EXPLAINS = re.compile(
    r"(?:问答|解答|答疑|解读|图解|问与答|(?:办事|服务|办理|申办)(?:指南|流程|须知))(?:[（(【].{0,20}[）)】])?$"
    r"|^[【\[]?(?:一图读懂|图解|(?:政策|文字|图文|音频|视频|动漫|媒体|专家)?解读)"
)
_DAY_BEHIND = re.compile(r"\s*[（(\[]\s*(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}[^）)\]]{0,9}[）)\]]$")
_SUBJECT = re.compile(r"关于|^(?:印发|转发|批转)")
_SHORTEST, _SHORTEST_HEADING = 8, 5
_LOOSE_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fa5]{2,16}?字?)\s*[〔\[（(【]?(?P<year>(?:19|20)\d{2})(?:[〕\]）)】]\s*|\s*[-—－_]\s*|年)第?(?P<serial>\d{1,4})号"
)
_BEFORE_NAME = re.compile(
    r"^(?:[（(【\[]?(?:附件|转载|转发|定稿|终稿|印发稿|\d+)[\d一二三四五六七八九十]*[）)】\]]?[\s：:._、\-—]*)+"
)


def _field(source: SourceText, labels: tuple[str, ...]) -> str | None:
    fields = dict(source.box)
    return next((fields[label].strip() for label in labels if fields.get(label, "").strip()), None)


def box_number(source: SourceText) -> NumberReading:
    """Return the number that the attribute box states."""
    return normalise(_field(source, _NUMBER) or "")


def box_title(source: SourceText, rules: Rules) -> str | None:
    """Return the title that the box, else the page states, if it reads like a document's title."""
    for title in (_field(source, _TITLE), dict(source.metadata).get(_PAGE_TITLE)):
        cleaned = clean_title(title or "")
        named = looks_like_title(cleaned, rules) and not _COLUMN.match(cleaned)
        if cleaned and (named or "关于" in cleaned):
            return cleaned
    return None


def explains(title: str) -> bool:
    """Whether a title is that of a page about documents or services: questions and answers, a guide, an interpretation."""
    return bool(_EXPLAINS.search(title))


def page_title(source: SourceText, rules: Rules) -> str | None:
    """Return the title from the page's headings, else from its window title without the name of the site."""
    headings = [_DAY_BEHIND.sub("", clean_title(value)) for label, value in source.metadata if label == _HEADING]
    windows = [value for label, value in source.metadata if label == _WINDOW]
    pieces = [clean_title(piece) for value in windows for piece in (value, *_SITE.split(value))]
    titles = [title for title in headings if len(title) >= _SHORTEST_HEADING]
    titles += [title for title in pieces if len(title) >= _SHORTEST and _SUBJECT.search(title)]
    named = (title for title in titles if not (_COLUMN.match(title) or _WAY.search(title)))
    return next((title for title in named if looks_like_title(title, rules)), None)


def box_issuers(source: SourceText) -> tuple[str, ...]:
    """Return the organs under 发文机关 and the like; 发布机构 may be a re-poster and is not asked."""
    return names_in((_field(source, _ISSUER) or "").replace("；", " ").replace(";", " "))


def box_date(source: SourceText) -> WrittenDate | None:
    """Return the date made that the box states."""
    return WrittenDate.parse(_field(source, _DATE) or "")


def box_print_date(source: SourceText) -> WrittenDate | None:
    """Return the date of printing that the box states."""
    return WrittenDate.parse(_field(source, _PRINTED) or "")


def name_title(source: SourceText, rules: Rules) -> str | None:
    """Return the title that the file is named after; None when its name does not read like a title."""
    pieces = re.split(r"[_＿]", _BEFORE_NAME.sub("", _stem(source)))
    names = [clean_title(re.sub(r"[（(]\d+[）)]$|^\d+[.、\-]\s*|\s*-\s*副本$", "", piece)) for piece in pieces]
    return next((name for name in names if len(name) >= _SHORTEST and looks_like_title(name, rules)), None)


def name_number_loosely(source: SourceText) -> str | None:
    """Return the number in the file name, also without its brackets (某政办2020-10号), to compare, never to use."""
    strict = name_number(source).number
    loose = _LOOSE_NUMBER.search(_stem(source))
    if strict or loose is None:
        return strict
    return f"{loose['code'].removesuffix('字')}〔{loose['year']}〕{int(loose['serial'])}号"


def _stem(source: SourceText) -> str:
    return PurePosixPath(source.name.replace("\\", "/")).stem


def name_number(source: SourceText) -> NumberReading:
    """Return the number that the file name carries; names are often another document's, so this comes last."""
    for number, _, repaired in find_all(_stem(source)):
        return NumberReading(str(number), repaired=repaired)
    return NumberReading(None)
