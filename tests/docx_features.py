"""Word documents made part by part, one feature each, with the text that a reader of the printed page sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from office_files import paragraph, zipped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NAMES = (
    f'xmlns:w="{WORD}" xmlns:r="{_OFFICE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


@dataclass(frozen=True)
class Feature:
    """One document: its name, its bytes, its true lines (header apart) and what must not be read."""

    name: str
    data: bytes
    lines: tuple[str, ...]
    header: tuple[str, ...] = ()
    absent: tuple[str, ...] = field(default=())


def story(root: str, body: str) -> str:
    """Wrap block elements into the root element of a part."""
    inner = f"<w:body>{body}</w:body>" if root == "document" else body
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMES}>{inner}</w:{root}>'


def relations(rows: Mapping[str, tuple[str, str]], office: str = _OFFICE) -> str:
    """Make a relationships part of id → (kind, target)."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>' for key, (kind, target) in rows.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def package(
    body: str,
    *,
    related: Mapping[str, tuple[str, str]] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    types: Mapping[str, str] | None = None,
    main: str = "word/document.xml",
    main_type: str = _MAIN_TYPE,
) -> bytes:
    """Make a whole package that other programs open too; `types` maps part names to content types."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in {main: main_type, **(types or {})}.items()
    )
    folder, _, leaf = main.rpartition("/")
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": relations({"rId1": ("officeDocument", main)}),
        main: story("document", body),
        f"{folder}/_rels/{leaf}.rels": relations(related or {}),
    }
    return zipped({**files, **(parts or {})})


def run(text: str, properties: str = "") -> str:
    """Make one run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, properties: str = "") -> str:
    """Make a table cell of block elements."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    """Make a table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Make a row of cells."""
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def simple_row(*texts: str) -> str:
    """Make a row of cells with a line each."""
    return row(*(cell(paragraph(text)) for text in texts))


def _choice(chosen: str, fallback: str) -> str:
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{chosen}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _box(text: str) -> str:
    return f"<wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx>"


def _old_box(text: str) -> str:
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return f"<w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict>"


def _mark(kind: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def _instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def _headed() -> Feature:
    kinds = {"default": "关于印发办法的通知", "first": "某市水务局文件", "even": "某水发〔2023〕7号"}
    parts = {
        f"word/header{number}.xml": story("hdr", paragraph(text)) for number, text in enumerate(kinds.values(), start=1)
    }
    parts["word/footer1.xml"] = story(
        "ftr",
        f"<w:p>{run('第')}{_mark('begin')}{_instruction(' PAGE ')}{_mark('separate')}{run('1')}{_mark('end')}</w:p>",
    )
    related = {f"h{number}": ("header", f"header{number}.xml") for number in (1, 2, 3)} | {
        "f1": ("footer", "footer1.xml")
    }
    references = "".join(
        f'<w:headerReference w:type="{kind}" r:id="h{number}"/>' for number, kind in enumerate(kinds, start=1)
    )
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = {name: f"{base}.{'footer' if 'footer' in name else 'header'}+xml" for name in parts}
    body = paragraph("正文一段") + f'<w:sectPr>{references}<w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
    data = package(body, related=related, parts=parts, types=types)
    return Feature("headers", data, ("正文一段",), ("第1", *kinds.values()), ("PAGE",))


def _changed() -> list[Feature]:
    inserted = (
        f"<w:p><w:ins>{run('新增的话')}</w:ins><w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del>"
        f"<w:moveTo>{run('移来的话')}</w:moveTo><w:moveFrom>{run('移走的话')}</w:moveFrom></w:p>"
    )
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半句')}</w:p><w:p>{run('后半句')}</w:p>"
    rows = table(simple_row("甲", "乙"), row(cell(paragraph("丙")), cell(paragraph("丁")), properties="<w:del/>"))
    return [
        Feature("changes", package(inserted), ("新增的话移来的话",), absent=("删去", "移走")),
        Feature("deleted-mark", package(joined), ("前半句后半句",)),
        Feature("deleted-row", package(rows), ("甲\t乙",), absent=("丙",)),
    ]


def _tables() -> list[Feature]:
    inner = table(simple_row("内甲", "内乙"))
    nested = table(row(cell(paragraph("外甲") + inner), cell(paragraph("外乙"))))
    wide = row(cell(paragraph("合并的表头"), '<w:gridSpan w:val="2"/>'), cell(paragraph("丙栏")))
    tall = row(cell(paragraph("水源"), '<w:vMerge w:val="restart"/>'), cell(paragraph("一号井")))
    below = row(cell(paragraph("水源"), "<w:vMerge/>"), cell(paragraph("二号井")))
    controls = table(
        f"<w:sdt><w:sdtContent>{simple_row('行控件', '值')}</w:sdtContent></w:sdt>",
        row(f"<w:sdt><w:sdtContent>{cell(paragraph('格控件'))}</w:sdtContent></w:sdt>", cell(paragraph("值二"))),
    )
    return [
        Feature(
            "table", package(table(simple_row("名称", "数量"), simple_row("水表", "三"))), ("名称\t数量", "水表\t三")
        ),
        Feature("nested-table", package(nested), ("外甲 内甲\t内乙\t外乙",)),
        Feature("merged", package(table(wide, tall, below)), ("合并的表头\t丙栏", "水源\t一号井", "\t二号井")),
        Feature("row-controls", package(controls), ("行控件\t值", "格控件\t值二")),
    ]


def _boxes() -> list[Feature]:
    both = _choice(_box("某市水务局文件"), _old_box("某市水务局文件")) + paragraph("框后一段")
    only_old = _choice("<wps:spPr/>", _old_box("旧式文本框")) + f"<w:p><w:r>{_old_box('独立文本框')}</w:r></w:p>"
    control = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('填好的控件')}</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('单击此处输入文字')}</w:sdtContent></w:sdt>{run('已填')}</w:p>"
    )
    return [
        Feature("text-box", package(both), ("某市水务局文件", "框后一段")),
        Feature("old-text-box", package(only_old), ("旧式文本框", "独立文本框")),
        Feature("controls", package(control), ("填好的控件", "已填"), absent=("单击此处",)),
    ]


def _fields() -> list[Feature]:
    nested = (
        f"<w:p>{_mark('begin')}{_instruction('IF ')}{_mark('begin')}{_instruction('MERGEFIELD x')}{_mark('separate')}"
        f"{run('藏起的值')}{_mark('end')}{_instruction(' = 1')}{_mark('separate')}{run('显示的值')}{_mark('end')}</w:p>"
    )
    simple = f'<w:p><w:fldSimple w:instr="DATE">{run("2023年3月1日")}</w:fldSimple></w:p>'
    dde = f"<w:p>{_mark('begin')}{_instruction('DDEAUTO cmd /c calc')}{_mark('end')}{run('照常的话')}</w:p>"
    ticked = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    form = f"<w:p>{_mark('begin', ticked)}{_instruction('FORMCHECKBOX')}{_mark('end')}{run('主动公开')}</w:p>"
    drawing = _instruction("EQ \\o\\ac(○,密)")
    circled = f"<w:p>{_mark('begin')}{drawing}{_mark('end')}{run('字')}</w:p>"
    unclosed = f"<w:p>{_mark('begin')}{_instruction('REF a')}{run('没有结束的域')}</w:p>"
    body = nested + simple + dde + form + circled + unclosed
    lines = ("显示的值", "2023年3月1日", "照常的话", "☑主动公开", "密字", "没有结束的域")
    return [Feature("fields", package(body), lines, absent=("藏起的值", "MERGEFIELD", "calc"))]


def _signs() -> list[Feature]:
    symbols = (
        '<w:p><w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>' + run("主动公开")
        + '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>' + run("不予公开") + "</w:p>"
    )  # fmt: skip
    lettered = (
        "<w:p>" + run("R", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>') + run("依申请公开R") + "</w:p>"
    )
    ruby = (
        f"<w:p><w:r><w:ruby><w:rubyPr/><w:rt>{run('shuǐ')}</w:rt><w:rubyBase>{run('水')}</w:rubyBase></w:ruby></w:r>"
        f"<w:smartTag>{run('务局')}</w:smartTag><w:r><w:t>节</w:t><w:softHyphen/><w:t>约</w:t></w:r></w:p>"
    )
    formula = "<w:p><m:oMath><m:r><m:t>用水量=总量</m:t></m:r></m:oMath></w:p>"
    hidden = f"<w:p>{run('藏着的字', '<w:vanish/>')}{run('看得见的字')}</w:p>"
    numbered = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{run("总体要求")}</w:p>'
    return [
        Feature("symbols", package(symbols + lettered), ("☑主动公开□不予公开", "☑依申请公开R")),
        Feature("ruby-and-tags", package(ruby), ("水务局节约",), absent=("shuǐ",)),
        Feature("formula", package(formula), ("用水量=总量",)),
        Feature("hidden", package(hidden), ("藏着的字看得见的字",)),
        Feature("numbered", package(numbered), ("总体要求",)),
    ]


def _packages() -> list[Feature]:
    body = paragraph("结构特别的文件")
    strict = story("document", body).replace(WORD, _STRICT_WORD).replace(_OFFICE, _STRICT_OFFICE)
    text = ("结构特别的文件",)
    related = {"r1": ("image", "../NULL"), "r2": ("header", "gone.xml")}
    wide = story("document", body).replace("UTF-8", "UTF-16").encode("utf-16")
    renamed = zipped(
        {"_RELS\\.rels": relations({"r": ("officeDocument", "/Word/Document.XML")}), "word\\document.xml": story("document", body)}
    )  # fmt: skip
    template = _MAIN_TYPE.replace("document.main", "template.main")
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return [
        Feature("strict", package("", parts={"word/document.xml": strict}), text),
        Feature("missing-parts", package(body, related=related), text),
        Feature("elsewhere", package(body, main="content/main.xml"), text),
        Feature("utf-16", package("", parts={"word/document.xml": wide}), text),
        Feature("other-spelling", renamed, text),
        Feature("template", package(body, main_type=template), text),
        Feature("macros", package(body, main_type=macro), text),
    ]


def _embedded() -> list[Feature]:
    page = "<html><body><p>网页里的一段</p></body></html>"
    inner = package(
        paragraph("嵌入文档的一段") + '<w:altChunk r:id="deep"/>', related={"deep": ("aFChunk", "deep.txt")}
    )
    parts: dict[str, str | bytes] = {
        "word/a.html": page,
        "word/b.txt": "文本里的一段".encode("gb18030"),
        "word/c.docx": inner,
    }
    related = {key: ("aFChunk", name) for key, name in (("a", "a.html"), ("b", "b.txt"), ("c", "c.docx"))}
    types = {"word/a.html": "text/html", "word/b.txt": "text/plain", "word/c.docx": _MAIN_TYPE}
    body = paragraph("前言") + "".join(f'<w:altChunk r:id="{key}"/>' for key in related)
    lines = ("前言", "网页里的一段", "文本里的一段", "嵌入文档的一段")
    return [Feature("embedded", package(body, related=related, parts=parts, types=types), lines)]


def features() -> list[Feature]:
    """Make all documents."""
    groups = (_changed(), _tables(), _boxes(), _fields(), _signs(), _packages(), _embedded())
    return [_headed(), *(feature for group in groups for feature in group)]
