"""Files that bear a sign of state secrecy: place x wording x spacing x format, each built here from invented words.

The letters under the signs are ordinary ones, so that the sign alone decides.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, islice

import docx
from docx.document import Document as WordDocument
from ofd_files import HEIGHT, LEFT, PITCH, TOP, Look, an_ofd, container, document, line_at, objects, page
from office_files import a_docx, an_xlsx, paragraph

TITLE = "关于做好汛期值班值守工作的通知"
LINES = (
    "云栖市应急管理局",
    TITLE,
    "云应急发〔2023〕14号",
    "各县（区）应急管理局：",
    "为做好今年汛期值班值守，现就有关事项通知如下。",
    "一、落实二十四小时值班，负责人保持通信畅通。",
    "二、遇有险情先报告、再续报，不得迟报。",
    "三、各乡镇每日下午五时前报送雨情水情。",
    "云栖市应急管理局",
    "2023年5月30日",
)
LONG = (
    "机密★5年",
    "秘密★1年",
    "绝密★长期",
    "机密★20年",
    "絕密★30年",
    "秘密☆6个月",
    "機密★10年",
    "密级：机密",
    "密级：秘密★3年",
)
SHORT = ("机密", "秘密", "绝密", "机密 10年", "特急 机密", "【秘密】", "秘密级", "密级：机密")
NUMBERED = ("份号：000012", "000012机密★3年", "No.000007 秘密")
_ZERO_WIDTH = "\u200b"
SPACINGS: Mapping[str, Callable[[str], str]] = {
    "as it is": str,
    "blanks": " ".join,
    "wide blanks": "\u3000".join,
    "zero width": _ZERO_WIDTH.join,
    "full width": lambda text: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """One file: its format, the place and dress of its sign, its name and bytes."""

    format: str
    place: str
    sign: str
    name: str
    data: bytes

    def __str__(self) -> str:
        """Name the variant as the table of the measurement does."""
        return f"{self.format}, {self.place}: {self.sign!r}"


def _dressed(wordings: tuple[str, ...], count: int, shift: int) -> Iterator[str]:
    """Yield `count` signs, wordings and spacings turning at different speeds so that all meet."""
    spacings = list(SPACINGS.values())
    for number, wording in enumerate(islice(cycle(wordings), shift, shift + count)):
        yield spacings[(shift + number + number // len(wordings)) % len(spacings)](wording)


def _with(*, before: str = "", after: str = "") -> str:
    return "\n".join(filter(None, (before, *LINES, after)))


TEXT_PLACES: Mapping[str, tuple[tuple[str, ...], Callable[[str], str]]] = {
    "head": (LONG + SHORT + NUMBERED, lambda sign: _with(before=sign)),
    "beside the letterhead": (SHORT[:3] + LONG[:6], lambda sign: _with(before=f"云栖市应急管理局　　　　　{sign}")),
    "body": (LONG, lambda sign: "\n".join((*LINES[:6], sign, *LINES[6:]))),
    "imprint": (LONG + SHORT[:3], lambda sign: _with(after=f"抄送：市委办公室。\n{sign}")),
    "above an annex": (LONG + SHORT[:3], lambda sign: _with(after=f"附件1\n{sign}\n值班人员安排表")),
    "note": (("（此件为秘密级）", "（本件属机密级，阅后退回）", "本件属国家秘密。"), lambda sign: _with(after=sign)),
}


def text_variants(count: int) -> Iterator[Variant]:
    """Yield plain texts in UTF-8 and GB 18030, and upright signs, one character a line."""
    for number, (place, (wordings, build)) in enumerate(TEXT_PLACES.items()):
        for sign in _dressed(wordings, count, number):
            charset = "gb18030" if number % 2 and _ZERO_WIDTH not in sign else "utf-8"
            yield Variant("txt", place, sign, "来件.txt", build(sign).encode(charset))
    for sign in ("机密★十年", "秘密★5年", "绝密"):
        yield Variant("txt", "upright", sign, "来件.txt", _with(before="\n".join(sign)).encode())
    for name in ("值守安排（机密）.txt", "【秘密】值守安排.txt", "绝密-值守安排.txt", "值守安排_机密.txt"):
        yield Variant("txt", "file name", name, name, _with().encode())


def _word(build: Callable[[WordDocument], None]) -> bytes:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _top(document: WordDocument, sign: str) -> None:
    document.paragraphs[0].insert_paragraph_before(sign)


def _header(document: WordDocument, sign: str) -> None:
    document.sections[0].header.paragraphs[0].text = sign


def _first_header(document: WordDocument, sign: str) -> None:
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = sign


def _footer(document: WordDocument, sign: str) -> None:
    document.sections[0].footer.paragraphs[0].text = sign


def _table(document: WordDocument, sign: str) -> None:
    table = document.add_table(rows=2, cols=2)
    cells = ("密级", sign, "份数", "60") if len(sign.strip()) <= len("机密") else (sign, "值班表", "份数", "60")
    for cell, text in zip((cell for row in table.rows for cell in row.cells), cells, strict=True):
        cell.text = text


def _split_runs(document: WordDocument, sign: str) -> None:
    paragraph = document.paragraphs[0].insert_paragraph_before()
    for char in sign:
        paragraph.add_run(char).bold = True


def _title_property(document: WordDocument, sign: str) -> None:
    document.core_properties.title = f"{sign}关于值守工作的通知" if sign.startswith("【") else sign


def _keywords(document: WordDocument, sign: str) -> None:
    document.core_properties.keywords = sign


WORD_PLACES: Mapping[str, tuple[tuple[str, ...], Callable[[WordDocument, str], None]]] = {
    "head": (LONG + SHORT + NUMBERED, _top),
    "header": (LONG + SHORT, _header),
    "first page's header": (LONG + SHORT, _first_header),
    "footer": (LONG + SHORT[:3], _footer),
    "table": (LONG + SHORT[:3], _table),
    "one run a character": (LONG + SHORT, _split_runs),
    "title property": (("【机密】", "机密★5年", "秘密"), _title_property),
    "keywords": (("机密★5年", "秘密", "绝密"), _keywords),
}
PRINTED_PLACES = ("head", "header", "first page's header", "footer", "table", "one run a character")


def word_variants(count: int, places: tuple[str, ...] = tuple(WORD_PLACES)) -> Iterator[Variant]:
    """Yield docx files; the same files, converted by an office program, serve doc, wps, eid and pdf."""
    for number, place in enumerate(places):
        wordings, build = WORD_PLACES[place]
        for sign in _dressed(wordings, count, number + 2):
            typed = sign.replace(_ZERO_WIDTH, "")
            data = _word(lambda document, build=build, sign=typed: build(document, sign))
            yield Variant("docx", place, typed, "来件.docx", data)


def _page(*, box: str = "", body: str = "", meta: str = "", heading: str = TITLE) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in LINES)
    return (
        f"<html><head><meta charset='utf-8'>{meta}<title>{heading}</title></head><body><div class='nav'>首页</div>"
        f"<table>{box}<tr><td>索引号</td><td>00012</td></tr></table><h1>{heading}</h1>"
        f"<div id='zoom'>{body}{paragraphs}</div></body></html>"
    ).encode()


_BOX = "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{}"
_BOX_END = "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
_BODY = "".join(paragraph(line) for line in LINES)
PACKED_PLACES: Mapping[str, tuple[tuple[str, ...], Callable[[str], bytes]]] = {
    "text box": (LONG + SHORT, lambda sign: a_docx(_BOX.format(paragraph(sign)) + _BOX_END + _BODY)),
    "tracked insertion": (LONG, lambda sign: a_docx(f"<w:p><w:ins><w:r><w:t>{sign}</w:t></w:r></w:ins></w:p>{_BODY}")),
    "content control": (
        LONG,
        lambda sign: a_docx(f"<w:sdt><w:sdtContent>{paragraph(sign)}</w:sdtContent></w:sdt>{_BODY}"),
    ),
    "custom property": (("机密", "秘密", "绝密"), lambda sign: a_docx(_BODY, custom=f"密级={sign}")),
    "watermark": (
        LONG[:4],
        lambda sign: a_docx(
            f"<w:p><w:r><w:pict><v:textpath xmlns:v='urn:v' string='{sign}'/></w:pict></w:r></w:p>{_BODY}"
        ),
    ),
}


def packed_variants(count: int) -> Iterator[Variant]:
    """Yield docx files whose sign stands where a plain reader does not look."""
    for number, (place, (wordings, build)) in enumerate(PACKED_PLACES.items()):
        for sign in _dressed(wordings, count, number + 4):
            typed = sign.replace(_ZERO_WIDTH, "")
            yield Variant("docx", place, typed, "来件.docx", build(typed))


PAGE_PLACES: Mapping[str, tuple[tuple[str, ...], Callable[[str], bytes]]] = {
    "body": (LONG + SHORT, lambda sign: _page(body=f"<p align='left'>{sign}</p>")),
    "body in spans": (LONG, lambda sign: _page(body="<p>" + "".join(f"<span>{char}</span>" for char in sign) + "</p>")),
    "attribute box": (("机密", "秘密", "绝密★长期"), lambda sign: _page(box=f"<tr><td>密级</td><td>{sign}</td></tr>")),
    "heading": (("【机密】", "【秘密】"), lambda sign: _page(heading=sign + TITLE)),
    "keywords": (("机密★5年", "秘密"), lambda sign: _page(meta=f"<meta name='keywords' content='{sign}'>")),
}


def page_variants(count: int) -> Iterator[Variant]:
    """Yield web pages as a government site's programs write them."""
    for number, (place, (wordings, build)) in enumerate(PAGE_PLACES.items()):
        for sign in _dressed(wordings, count, number + 1):
            yield Variant("html", place, sign, "来件.html", build(sign))


def ledger_variants() -> Iterator[Variant]:
    """Yield ledgers with a classified row, column or heading; such a row is refused, or the whole sheet where it is headed so."""
    header = ["标题", "文号", "成文日期"]
    rows = {
        "title cell": [header, [f"【机密】{TITLE}", "云应急发〔2023〕14号", "2023-05-30"]],
        "sign in the title": [header, [f"{TITLE} 机密★10年", "云应急发〔2023〕14号", "2023-05-30"]],
        "column": [[*header, "密级"], [TITLE, "云应急发〔2023〕14号", "2023-05-30", "秘密"]],
        "above the header": [["机密★5年"], header, [TITLE, "云应急发〔2023〕14号", "2023-05-30"]],
    }
    for place, cells in rows.items():
        yield Variant("xlsx", place, "机密", "台账.xlsx", an_xlsx(cells))
        yield Variant("csv", place, "机密", "台账.csv", "\n".join(",".join(row) for row in cells).encode("gb18030"))


def _layout(sign: str, place: str) -> bytes:
    unit = "char" if place == "one object a character" else "line"
    lines = [line_at(text, LEFT, TOP + number * PITCH) for number, text in enumerate(LINES, start=1)]
    height = {"footer": HEIGHT - 12.0, "page header": 14.0}.get(place, TOP)
    extra = line_at(sign, LEFT, height)
    return container(document({}, {"Pages/Page_0/Content.xml": page(objects([extra, *lines], Look(unit=unit)))}))


LAYOUT_PLACES: Mapping[str, tuple[tuple[str, ...], Callable[[str], bytes]]] = {
    place: (LONG + SHORT, lambda sign, place=place: _layout(sign, place))
    for place in ("head", "one object a character", "page header", "footer")
} | {
    "title of the file": (
        ("【机密】", "机密★5年"),
        lambda sign: an_ofd([*LINES], info=f"<o:Title>{sign}{TITLE}</o:Title>"),
    ),
}


def layout_variants(count: int) -> Iterator[Variant]:
    """Yield OFD files, the sign printed on the page or stated in the file's own title."""
    for number, (place, (wordings, build)) in enumerate(LAYOUT_PLACES.items()):
        for sign in _dressed(wordings, count, number + 3):
            typed = sign.replace(_ZERO_WIDTH, "")
            yield Variant("ofd", place, typed, "来件.ofd", build(typed))
