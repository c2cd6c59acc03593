"""What stands beside the body: the attribute box of a page, the page's own title, the file name."""

import re
from pathlib import PurePosixPath

from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.documents import SourceText
from attrtrack.domain.numbers import NumberReading, find_all, normalise
from attrtrack.recording.head import clean_title, looks_like_title
from attrtrack.recording.organs import names_in
from attrtrack.rules.tables import Rules

_NUMBER = ("发文字号", "文号", "公文文号", "发布文号", "文件编号", "字号")
_TITLE = ("标题", "名称", "文件名称", "信息名称")
_ISSUER = ("发文机关", "发文单位", "发文机构", "制发机关", "制定机关")
_DATE = ("成文日期", "成文时间", "发文日期", "发文时间", "制发日期", "生成日期")
_PAGE_TITLE, _HEADING, _WINDOW = "ArticleTitle", "PageHeading", "PageTitle"
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—－]+\s+|--|——|-")
_SHORTEST = 8


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
        if cleaned and (looks_like_title(cleaned, rules) or "关于" in cleaned):
            return cleaned
    return None


def page_title(source: SourceText, rules: Rules) -> str | None:
    """Return the title from the page's headings, else from its window title without the name of the site."""
    headings = [value for label, value in source.metadata if label == _HEADING]
    windows = [value for label, value in source.metadata if label == _WINDOW]
    pieces = [piece for value in windows for piece in (value, *_SITE.split(value))]
    titles = (*map(clean_title, headings), *(title for title in map(clean_title, pieces) if "关于" in title))
    return next((title for title in titles if len(title) >= _SHORTEST and looks_like_title(title, rules)), None)


def box_issuers(source: SourceText) -> tuple[str, ...]:
    """Return the organs under 发文机关 and the like; 发布机构 may be a re-poster and is not asked."""
    return names_in((_field(source, _ISSUER) or "").replace("；", " ").replace(";", " "))


def box_date(source: SourceText) -> WrittenDate | None:
    """Return the date made that the box states."""
    return WrittenDate.parse(_field(source, _DATE) or "")


def name_number(source: SourceText) -> NumberReading:
    """Return the number that the file name carries; names are often another document's, so this comes last."""
    stem = PurePosixPath(source.name.replace("\\", "/")).stem
    for number, _, repaired in find_all(stem):
        return NumberReading(str(number), repaired=repaired)
    return NumberReading(None)
