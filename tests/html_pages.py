"""Document pages as the site programs of offices build them, each with the fields that a reader finds on it."""

import quopri
from collections.abc import Callable
from dataclasses import dataclass, field

TITLE = "临川市水务局关于加强农村饮水安全管理工作的通知"
NUMBER = "临水发〔2023〕15号"
ISSUER = "临川市水务局"
OPENING = "各县（区）水务局："
PARAGRAPHS = (
    OPENING,
    "为进一步加强农村饮水安全管理，保障群众喝上放心水，现就有关事项通知如下。",
    "一、压实管理责任。各地要明确每处供水工程的管理单位和责任人，逐级签订责任书。",
    "二、加强水质检测。日供水千吨以上的工程每日检测，其他工程每季度至少检测一次。",
    "三、完善应急预案。遇有旱情或者水质异常，要及时启动预案，并于两小时内报告。",
)
SIGNATURE = (ISSUER, "2023年5月18日", "（此件公开发布）")
BODY = (*PARAGRAPHS, *SIGNATURE)
_MENU = '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li><li><a>互动交流</a></li></ul></div>'
_TRAIL = '<div class="crumbs">当前位置：<a>首页</a> &gt; <a>公示公告</a></div>'
_FOOT = '<div class="footer"><p>版权所有：临川市人民政府办公室　备案序号：赣备00000000号</p></div>'
_BOX = {
    "索引号": "LC012-0401-2023-0015",
    "发文字号": NUMBER,
    "发文机关": ISSUER,
    "成文日期": "2023-05-18",
    "公开方式": "主动公开",
}


@dataclass(frozen=True)
class Page:
    """One page: its bytes, its file name, the fields of its box, and words that are no part of its text."""

    name: str
    data: bytes
    box: dict[str, str] = field(default_factory=lambda: dict(_BOX))
    absent: tuple[str, ...] = ("首页", "版权所有")
    file: str = "page.html"


def _paragraphs(lines: tuple[str, ...] = BODY, before: str = "<p>", after: str = "</p>") -> str:
    return "".join(f"{before}{line}{after}" for line in lines)


def _whole(content: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_临川市人民政府</title>{head}</head>'
        f"<body>{_MENU}{_TRAIL}{content}{_FOOT}</body></html>"
    )


def _table_of_two(pairs: dict[str, str]) -> str:
    rows = "".join(f"<tr><td>{label}：</td><td>{value}</td></tr>" for label, value in pairs.items())
    return f"<table>{rows}</table>"


def _editor() -> str:
    box = _table_of_two(_BOX)
    return f'{box}<h1>{TITLE}</h1><div class="xl"><div class="view TRS_UEDITOR trs_paper_default">{_paragraphs()}</div></div>'


def _zoomed() -> str:
    items = list(_BOX.items())
    rows = "".join(
        "<tr>" + "".join(f"<th>{label}</th><td>{value}</td>" for label, value in items[start : start + 2]) + "</tr>"
        for start in range(0, len(items), 2)
    )
    tools = '<div class="dyclose"><a>打印本页</a><a>关闭窗口</a></div>'
    return f'<table class="bt">{rows}</table><div class="tit">{TITLE}</div><div id="zoom">{_paragraphs()}</div>{tools}'


def _library() -> str:
    cells = "".join(
        f"<tr><td><b>{label[0]}　{label[1:]}：</b></td><td>{value}</td></tr>" if label == "索引号" else
        f"<tr><td><b>{label}：</b></td><td>{value}</td></tr>" for label, value in _BOX.items()
    )  # fmt: skip
    return f'<table class="bd1"><tbody>{cells}</tbody></table><table><tr><td class="b12c" id="UCAP-CONTENT">{_paragraphs()}</td></tr></table>'


def _campus() -> str:
    items = "".join(f"<li><span>{label}</span><span>{value}</span></li>" for label, value in _BOX.items())
    return (
        f'<ul class="info">{items}</ul><form><h2>{TITLE}</h2><div id="vsb_content_2"><div class="v_news_content">{_paragraphs()}</div></div>'
        f"<div>上一篇：<a>另一件通知</a></div><div>下一篇：<a>再一件通知</a></div></form>"
    )


def _point() -> str:
    pairs = "".join(f"<dt>{label}</dt><dd><a>{value}</a></dd>" for label, value in _BOX.items())
    share = '<div class="ewb-share bdsharebuttonbox">分享到：<a>微信</a></div>'
    return f'<dl>{pairs}</dl><h3>{TITLE}</h3>{share}<div class="ewb-article-info">{_paragraphs()}</div>'


def _boxes_of_divs() -> str:
    pairs = "".join(
        f'<div class="row"><div class="l">{label}：</div><div class="r">{value}</div></div>'
        for label, value in _BOX.items()
    )
    return f'<div class="xxgk-top">{pairs}</div><div class="title">{TITLE}</div><div class="xxgk_content">{_paragraphs()}</div>'


def _two_columns() -> str:
    labels = "".join(f"<li>{label}：</li>" for label in _BOX)
    values = "".join(f"<li>{value}</li>" for value in _BOX.values())
    return f"<ul>{labels}</ul><ul>{values}</ul><h1>{TITLE}</h1><div id='article-content'>{_paragraphs()}</div>"


def _heading_row() -> str:
    labels = "".join(f"<th>{label}</th>" for label in _BOX)
    values = "".join(f"<td>{value}</td>" for value in _BOX.values())
    return f"<table><tr>{labels}</tr><tr>{values}</tr></table><h1>{TITLE}</h1><div class='pages_content'>{_paragraphs()}</div>"


def _running_box() -> str:
    stated = "　".join(f"{label}：{value}" for label, value in _BOX.items())
    return f"<p class='gkinfo'>{stated}</p><h1>{TITLE}</h1><div class='con_text'>{_paragraphs()}</div>"


def _bracketed() -> str:
    pairs = "".join(f"<span>【{label}】 {value}</span><br>" for label, value in _BOX.items())
    return f"<div class='gk'>{pairs}</div><h1>{TITLE}</h1><div id='NewsContent'>{_paragraphs()}</div>"


def _line_breaks() -> str:
    text = "<br>&nbsp;<br>".join(f"　　{line}" for line in BODY)
    table = f"<table><tr><td class='title'>{TITLE}</td></tr><tr><td class='nr'>{text}</td></tr></table>"
    return _table_of_two(_BOX) + table


def _printed_twice() -> str:
    copy = f'<div class="print-copy" style="display: none">{_paragraphs()}</div>'
    second = f'<div class="content-print">{_paragraphs()}</div>'
    return f'{_table_of_two(_BOX)}<h1>{TITLE}</h1><div class="article">{_paragraphs()}</div>{copy}{second}'


def _hidden_box() -> str:
    box = f'<div style="display:none">{_table_of_two(_BOX)}</div>'
    return f'{box}<h1>{TITLE}</h1><div class="TRS_Editor"><style>.a{{}}</style>{_paragraphs()}</div>'


def _hidden_body() -> str:
    return f'{_table_of_two(_BOX)}<h1>{TITLE}</h1><div id="Zoom" style="display:none">{_paragraphs()}</div>'


def _divisions() -> str:
    lines = _paragraphs(BODY, "<div><span>", "</span></div>")
    side = '<div class="sidebar"><ul><li><a>其他通知一</a></li><li><a>其他通知二</a></li></ul></div>'
    return f'{_table_of_two(_BOX)}<h1>{TITLE}</h1><div class="q7">{lines}</div>{side}'


def _columns_table() -> str:
    links = "".join(f"<li><a>栏目{number}</a></li>" for number in range(1, 12))
    right = f"{_table_of_two(_BOX)}<h1>{TITLE}</h1><div class='content'>{_paragraphs()}</div>"
    return f"<table><tr><td><ul class='menu'>{links}</ul></td><td>{right}</td></tr></table>"


def _web_archive() -> bytes:
    page = _whole(_editor()).replace('charset="utf-8"', 'charset="gb2312"')
    encoded = quopri.encodestring(page.encode("gb18030")).decode("ascii")
    return (
        "From: <Saved by a browser>\r\nSubject: =?utf-8?B?5rC0?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----=_Part_0"\r\n\r\n'
        '------=_Part_0\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
        f"Content-Location: http://www.example.cn/a.html\r\n\r\n{encoded}\r\n"
        "------=_Part_0\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAAACw=\r\n"
        "------=_Part_0--\r\n"
    ).encode("latin-1")


_BUILDERS: dict[str, Callable[[], str]] = {
    "editor": _editor,
    "zoomed": _zoomed,
    "library": _library,
    "campus": _campus,
    "point": _point,
    "divs": _boxes_of_divs,
    "two-columns": _two_columns,
    "heading-row": _heading_row,
    "running-box": _running_box,
    "bracketed": _bracketed,
    "line-breaks": _line_breaks,
    "printed-twice": _printed_twice,
    "hidden-box": _hidden_box,
    "hidden-body": _hidden_body,
    "divisions": _divisions,
    "columns-table": _columns_table,
}


def pages() -> list[Page]:
    """Make all pages."""
    built = [Page(name, _whole(build()).encode()) for name, build in _BUILDERS.items()]
    meta = f'<meta name="ArticleTitle" content="{TITLE}"><meta name="ColumnName" content="通知">'
    bare = f'<div id="zoom">{_paragraphs((NUMBER, TITLE, *BODY))}</div>'
    return [
        *built,
        Page("metadata", _whole(bare, meta).encode("gb18030"), {}),
        Page(
            "fragment",
            f"<table><tr><td>公开方式：</td><td>主动公开</td></tr></table>{bare}".encode(),
            {"公开方式": "主动公开"},
        ),
        Page("web-archive", _web_archive(), file="page.mht"),
        Page("archive-named-doc", _web_archive(), file="page.doc"),
    ]
