"""A report as one page of HTML to read and to print: the layout of GB/T 9704—2012, bars as SVG, nothing loaded from elsewhere.

A number opens to its row of the table of receipts; what it is stands beside it as data (`data-measure`, `data-part`,
`data-unit`, `data-year`), so that a program finds it again.
"""

from collections.abc import Iterator
from html import escape

from attrtrack.domain.reports import (
    NEW_LINE,
    Bars,
    Block,
    Cell,
    Grid,
    Level,
    Named,
    Number,
    Paragraph,
    Piece,
    Report,
    Row,
    Strip,
)
from attrtrack.reporting.charts import BAR, SHORT_BAR, Bar, bar_chart
from attrtrack.reporting.report_layout import FONTS, LONGEST, SIZES

_STANDINS = {
    "方正小标宋简体": "'方正小标宋简体','FZXiaoBiaoSong-B05S','小标宋','Noto Serif CJK SC',SimSun,serif",
    "仿宋_GB2312": "'仿宋_GB2312','仿宋',FangSong,STFangsong,'Noto Serif CJK SC',serif",
    "楷体_GB2312": "'楷体_GB2312','楷体',KaiTi,STKaiti,'Noto Serif CJK SC',serif",
    "黑体": "'黑体',SimHei,STHeiti,'Noto Sans CJK SC',sans-serif",
}
_SHEET = """
html{background:#e9ebee}
body{box-sizing:border-box;margin:8mm auto;background:#fff;color:#000;width:210mm;padding:37mm 26mm 35mm 28mm;box-shadow:0 1px 6px #0003}
body.landscape{width:297mm;padding:28mm 35mm 26mm 37mm}
p{margin:0;line-height:28pt;text-align:justify;overflow-wrap:anywhere}
p.title{line-height:35pt;text-align:center;margin-bottom:28pt;text-wrap:balance}
p.heading,p.subheading,p.body,p.attachment{text-indent:2em}
p.heading,p.subheading{break-after:avoid}
p.note{line-height:24pt}
p.signature{text-align:right;padding-right:2em;margin-top:28pt;break-after:avoid}
p.date{text-align:right;padding-right:2em}
a{color:inherit;text-decoration:none;border-bottom:.5pt dotted #777}
figure{margin:10pt 0;break-inside:avoid}
figure svg{width:100%;height:auto}
svg.strip{width:100%;height:9pt;display:block;print-color-adjust:exact;-webkit-print-color-adjust:exact}
table{border-collapse:collapse;width:100%;margin:6pt 0 14pt;font-size:11pt;line-height:18pt;table-layout:fixed}
caption{font-weight:normal;font-size:12pt;padding:6pt 0}
th,td{border:.5pt solid #000;padding:2pt 4pt;vertical-align:middle;overflow-wrap:anywhere}
th{font-weight:normal}
td.c,th{text-align:center}
tr{break-inside:avoid}
tr:target{background:#fff3c4}
thead{display:table-header-group}
div.page{break-after:page;height:0}
@media screen{div.page{border-top:1px dashed #bbb;margin:10mm 0}}
@media print{html{background:none}body,body.landscape{margin:0;padding:0;width:auto;box-shadow:none}a{border:0}}
"""
_MIDDLE = ' class="c"'
_PRINTED = {
    False: "@page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-right{content:'— ' counter(page) ' —';font:14pt SimSun,'Noto Serif CJK SC',serif}}"
    "@page:left{@bottom-right{content:none}@bottom-left{content:'— ' counter(page) ' —';font:14pt SimSun,'Noto Serif CJK SC',serif}}",
    True: "@page{size:A4 landscape;margin:28mm 35mm 26mm 37mm;@bottom-right{content:'— ' counter(page) ' —';font:14pt SimSun,'Noto Serif CJK SC',serif}}",
}


def report_page(report: Report) -> str:
    """Return the report as HTML."""
    blocks = "\n".join(_block(block) for block in report.blocks)
    shape = ' class="landscape"' if report.landscape else ""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_said(report.title)}</title>\n<style>{_PRINTED[report.landscape]}{_SHEET}{''.join(_levels())}</style>\n"
        f"</head>\n<body{shape}>\n{blocks}\n</body>\n</html>\n"
    )


def _levels() -> Iterator[str]:
    for level in Level:
        yield f"p.{level.value}{{font:{SIZES[level]:g}pt {_STANDINS[FONTS[level]]};line-height:{_line(level)}pt}}"
    yield f"caption,th{{font-family:{_STANDINS['黑体']}}}td{{font-family:{_STANDINS['仿宋_GB2312']}}}"


def _line(level: Level) -> int:
    return 35 if level is Level.TITLE else 24 if level is Level.NOTE else 28


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        role = ' role="heading" aria-level="1"' if block.level is Level.TITLE else ""
        return f'<p class="{block.level.value}"{role}>{_pieces(block.pieces)}</p>'
    if isinstance(block, Grid):
        return _grid(block)
    if isinstance(block, Bars):
        bars = [Bar(bar.name, bar.share, bar.number.words, bar.target) for bar in block.bars]
        return f"<figure>{bar_chart(block.title, bars)}</figure>"
    return '<div class="page"></div>'


def _grid(block: Grid) -> str:
    whole = sum(column.width for column in block.columns)
    widths = "".join(f'<col style="width:{100 * column.width / whole:.1f}%">' for column in block.columns)
    heads = "".join(f'<th scope="col">{_said(column.name)}</th>' for column in block.columns)
    rows = "\n".join(_row(row, [column.centred for column in block.columns]) for row in block.rows)
    return (
        f"<table>\n<caption>{_said(block.caption)}</caption>\n<colgroup>{widths}</colgroup>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _row(row: Row, centred: list[bool]) -> str:
    anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
    cells = "".join(
        f"<td{_MIDDLE if middle else ''}>{_pieces(cell)}</td>" for cell, middle in zip(row.cells, centred, strict=True)
    )
    return f"<tr{anchor}>{cells}</tr>"


def _pieces(pieces: Cell) -> str:
    return "".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    if piece == NEW_LINE:
        return "<br>"
    if isinstance(piece, str):
        return _said(piece)
    if isinstance(piece, Strip):
        return (
            '<svg class="strip" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect width="100" height="10" fill="#eef1f4"/><rect width="{100 * min(max(piece.share, 0), 1):.1f}" height="10" '
            f'fill="{BAR if piece.reached else SHORT_BAR}"/></svg>'
        )
    if isinstance(piece, Named):
        return f'<span data-id="{escape(piece.id)}">{_said(piece.words)}</span>'
    return _number(piece)


def _number(piece: Number) -> str:
    receipt = piece.receipt
    facts = {
        "measure": receipt.measure,
        "reading": receipt.reading.value if receipt.reading else "",
        "part": receipt.part.value,
        "unit": receipt.unit or "",
        "year": str(receipt.year),
    }
    told = "".join(f' data-{name}="{_said(words)}"' for name, words in facts.items() if words)
    return f'<a href="#{escape(receipt.opens)}"{told}>{_said(piece.words)}</a>'


def _said(words: str) -> str:
    kept = "".join(letter for letter in words if letter >= " " and not "\ud800" <= letter <= "\udfff")
    return escape(kept if len(kept) <= LONGEST else kept[:LONGEST] + "……")
