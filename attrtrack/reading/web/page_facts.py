"""What a saved page says of itself: its heading, the day and the body that published it, its own address."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from attrtrack.domain.dates import WrittenDate, find_dates
from attrtrack.reading.web.lines import Line
from attrtrack.reading.web.tree import Element

_SPACES = re.compile(r"\s+")
_NO_WORD = re.compile(r"[\W_]+")
_TAGS = re.compile(r"<[^<>]{1,200}>")
_NAMED_HEADING = re.compile(
    r"^(?:\w{0,12}[-_])?(?:art(?:icle)?|xl|con(?:tent)?|info|news|detail|ewb|main|page|wz|zw|gk|arti|doc)?s?[-_]?"
    r"(?:title|tit|biaoti|bt|headline|activity-name|headings?)\d{0,2}$"
)
_SITE = re.compile(
    r"\s*(?:[_|｜]|--+|—{2}|\s[-–—]\s|[-–](?=[^-–]{2,24}(?:网|政府|门户|网站|委员会|委|局|厅|部|频道|平台)$))\s*"
)
_GENERIC = frozenset(
    {
        "政策解读", "解读", "首页", "详情", "文章详情", "正文", "信息公开", "政府信息公开", "政务公开", "无标题", "无标题文档",
        "新闻详情", "详细信息", "内容详情", "详情页", "文章", "标题", "相关文件", "相关链接", "通知公告", "untitled", "document",
    }
)  # fmt: skip
_CALLED = re.compile(r"解读|读懂|图解|答记者问|问答|发布会|访谈|吹风会|说明$")
_SHORTEST, _LONGEST, _LONGEST_LINE = 4, 200, 80
_MOST_NAMED, _MOST_LINES, _MOST_BODY_LINES = 40, 300, 6
_LONGEST_PUBLISHER, _LONGEST_ADDRESS, _LONGEST_INFO = 40, 2000, 160

_DATE_METAS = (
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "article:published_time",
    "og:release_date",
    "publishtime",
)
_DATE_FIELDS = ("发布日期", "发布时间", "公开日期", "公开时间", "公布日期")
_PUBLISHED = re.compile(r"(?:发布|公开|公布|发表|发文|更新|上传|添加|录入)?(?:日期|时间)\s*[:：]?\s*$")
_INFO = re.compile(r"来源|作者|浏览|点击|阅读|字号|字体|访问|责编|编辑")
_SOURCE_FIELDS = ("信息来源", "来源", "发布机构", "发布单位", "发布机关")
_SOURCE = re.compile(
    r"(?:信息|文章|稿件|内容)?来源(?:于)?\s*[:：]\s*([^\s\u3000|｜:：]{2,40})|发布(?:机构|单位|机关|部门)\s*[:：]\s*([^\s\u3000|｜:：]{2,40})"
)
_NO_SOURCE = frozenset({"本站", "本网", "原创", "互联网", "网络", "未知", "佚名", "本站原创", "其他"})
_TRAILING = re.compile(
    r"(?:发布|公开|成文)?(?:日期|时间).*$|(?:字体|字号).*$|"
    r"[\s【\[（(|｜](?:浏览|点击|阅读|作者|责编|编辑|打印|关闭|分享|收藏).*$|"
    r"(?:浏览|点击|阅读|作者|责编|编辑)(?:次数|量|数)?\s*[:：].*$|(?:19|20)\d{2}[-年/.].*$"
)
_BEFORE, _AFTER = " \u3000】]〕）)|｜/，,；;、", " \u3000【[〔（(|｜/，,；;、"
_SAVED_FROM = re.compile(
    r"saved from url=\(\d{1,6}\)\s*(\S{8,2000})|(?:^|\n)\s*url:\s*(https?://\S{4,2000})", re.IGNORECASE
)
_COMMENTS = 6000


def metas(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the fields of the page's head by name or property in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        value = _flat(attributes.get("content") or "")
        if name and value and len(value) <= _LONGEST_ADDRESS:
            found.setdefault(name, value)
    return found


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _squeezed(text: str) -> str:
    return _NO_WORD.sub("", text)


def title_of(tree: LexborHTMLParser, root: Element, said: dict[str, str], *, subject: str) -> str | None:
    """Return the heading of the article: as the site states it, else the one that the window's title repeats.

    `subject` is the title under which a browser saved the page; a window's title counts without the name of the site.
    """
    window = next((_flat(node.text()) for node in tree.css("title")[:1]), "") or _flat(subject)
    site = {said.get(name, "") for name in ("sitename", "columnname", "og:site_name")} - {""}
    headings = [text for text in dict.fromkeys(_headings(tree, root)) if _is_title(text, site)]
    stated = _flat(_TAGS.sub("", said.get("articletitle", "")))
    if _is_title(stated, site):
        return next((text for text in headings if _squeezed(stated) == _squeezed(text)), stated)
    repeated = [text for text in headings if _squeezed(text) in _squeezed(window)]
    if repeated:
        return max(repeated, key=len)
    first = _SITE.split(window, maxsplit=1)[0].strip() if window else ""
    longer = [text for text in headings if _is_title(first, site) and _squeezed(first) in _squeezed(text)]
    shared = _flat(said.get("og:title", ""))
    candidates = (*longer, shared, *headings, first)
    return next((text for text in candidates if _is_title(text, site)), None)


def first_line(text: str) -> str | None:
    """Return the first line of an article saved without its page, where it calls itself an interpretation."""
    line = _flat(text.lstrip().partition("\n")[0])
    return (
        line if len(line) <= _LONGEST_LINE and _CALLED.search(line) and not line.endswith(("。", "：", ":")) else None
    )


def _headings(tree: LexborHTMLParser, root: Element) -> Iterator[str]:
    for tag in ("h1", "h2", "h3"):
        yield from (_flat(node.text()) for node in tree.css(tag)[:5])
    named = (element for element in root.walk() if _is_heading(element))
    for _, element in zip(range(_MOST_NAMED), named, strict=False):
        yield _flat("".join(piece for item in element.walk() for piece in item.pieces if isinstance(piece, str)))


def _is_heading(element: Element) -> bool:
    if not _SHORTEST <= element.length <= _LONGEST or element.hidden:
        return False
    return any(_NAMED_HEADING.match(name) for name in (element.id, *element.classes) if name)


def _is_title(text: str, site: set[str]) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and _squeezed(text).lower() not in _GENERIC and text not in site


def published_of(
    tree: LexborHTMLParser,
    said: dict[str, str],
    box: Sequence[tuple[str, str]],
    *,
    beside: Sequence[Line],
    head: Sequence[Line],
) -> dt.date | None:
    """Return the day of publication: stated in the head, in the box, or on the line of source and date at the heading.

    `beside` are the lines outside the article, `head` its first lines, where many sites print that line.
    """
    stated = [said[name] for name in _DATE_METAS if name in said]
    fields = dict(box)
    stated += [fields[name] for name in _DATE_FIELDS if name in fields]
    stated += [_flat(node.text()) for node in tree.css("#publish_time, time[datetime]")[:3]]
    stated += [node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")[:3]]
    days = (_day(text) for text in stated)
    return next((day for day in days if day is not None), None) or _on_a_line((*head[:_MOST_BODY_LINES], *beside))


def _day(text: str) -> dt.date | None:
    date = WrittenDate.parse(text) or next((found for found, _ in find_dates(text)), None)
    return date.as_date if date else None


def _on_a_line(lines: Iterable[Line]) -> dt.date | None:
    """Find the date on a line that names it as the date of publication, else beside a source, else alone."""
    beside: dt.date | None = None
    for line in [" ".join(cells) for cells in lines][:_MOST_LINES]:
        if len(line) > _LONGEST_INFO:
            continue
        for date, span in find_dates(line):
            if date.as_date is None:
                continue
            if _PUBLISHED.search(line[: span.start]):
                return date.as_date
            alone = not _squeezed(re.sub(r"\d{1,2}:\d{2}(?::\d{2})?|星期.", "", line[: span.start] + line[span.end :]))
            if beside is None and (_INFO.search(line) or alone):
                beside = date.as_date
    return beside


def publisher_of(
    tree: LexborHTMLParser,
    said: dict[str, str],
    box: Sequence[tuple[str, str]],
    *,
    beside: Sequence[Line],
    head: Sequence[Line],
) -> str | None:
    """Return who published the page, as its head, its box or the line of source and date says."""
    fields = dict(box)
    stated = [said.get("contentsource", ""), *(fields.get(name, "") for name in _SOURCE_FIELDS)]
    stated += [_flat(node.text()) for node in tree.css("#js_name")[:1]]
    for line in [" ".join(cells) for cells in (*head[:_MOST_BODY_LINES], *beside)][:_MOST_LINES]:
        match = _SOURCE.search(line) if len(line) <= _LONGEST_INFO else None
        if match:
            stated.append(match[1] or match[2])
    names = (
        _TRAILING.sub("", _flat(_TAGS.sub("", text)).removeprefix("来源：").removeprefix("来源:"))
        .lstrip(_BEFORE)
        .rstrip(_AFTER)
        for text in stated
    )
    return next((name for name in names if 1 < len(name) <= _LONGEST_PUBLISHER and name not in _NO_SOURCE), None)


def address_of(tree: LexborHTMLParser, page: str, said: dict[str, str], *, saved_from: str) -> str | None:
    """Return the page's own address: where a browser saved it from, else what the page calls its canonical one.

    A canonical address without path is that of the site, not of the page.
    """
    comment = _SAVED_FROM.search(page[:_COMMENTS])
    canonical = [node.attributes.get("href") or "" for node in tree.css("link[rel=canonical]")[:1]]
    own = [saved_from, (comment[1] or comment[2]) if comment else ""]
    claimed = [*canonical, said.get("og:url", ""), said.get("url", "")]
    found = [address for address in map(_flat, own) if is_address(address)]
    found += [address for address in map(_flat, claimed) if is_address(address) and urlsplit(address).path.strip("/")]
    return found[0].partition("#")[0] if found else None


def is_address(text: str) -> bool:
    """Whether a text is a web address that can be kept."""
    if len(text) > _LONGEST_ADDRESS or not text.lower().startswith(("http://", "https://")) or not text.isprintable():
        return False
    try:
        return bool(urlsplit(text).hostname) and " " not in text
    except ValueError:
        return False
