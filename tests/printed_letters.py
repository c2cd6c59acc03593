"""Letters of known text as flat OpenDocument files in the layout of GB/T 9704, for an office program to print."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

_LETTERS = Path(__file__).resolve().parent.parent / "training_data" / "letters"
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Sans Mono CJK SC")
_SPACES = {
    "office": "office:1.0",
    "style": "style:1.0",
    "text": "text:1.0",
    "table": "table:1.0",
    "draw": "drawing:1.0",
    "fo": "xsl-fo-compatible:1.0",
    "svg": "svg-compatible:1.0",
}
_STYLES = {
    "Body": ("justify", "16pt", "32pt"),
    "Level": ("start", "16pt", "0pt"),
    "Head": ("center", "34pt", "0pt"),
    "Number": ("center", "16pt", "0pt"),
    "Title": ("center", "22pt", "0pt"),
    "Signature": ("end", "16pt", "0pt"),
    "Small": ("start", "12pt", "0pt"),
    "Item": ("justify", "16pt", "32pt"),
    "Running": ("center", "10pt", "0pt"),
}


@dataclass
class Printed:
    """A document for the printer: its body XML, and the true text in reading order, one block a line."""

    font: str = FONTS[0]
    landscape: bool = False
    columns: int = 1
    header: str = ""
    numbered: bool = False
    body: list[str] = field(default_factory=list)
    truth: list[str] = field(default_factory=list)

    def paragraph(self, style: str, text: str) -> None:
        """Add one paragraph."""
        self.body.append(f'<text:p text:style-name="{style}">{escape(text)}</text:p>')
        self.truth.append(text)

    def noted(self, text: str, note: str, number: int) -> None:
        """Add a paragraph with a footnote at its end."""
        citation = f"<text:note-citation>{number}</text:note-citation>"
        content = f'<text:note-body><text:p text:style-name="Small">{escape(note)}</text:p></text:note-body>'
        mark = f'<text:note text:note-class="footnote">{citation}{content}</text:note>'
        self.body.append(f'<text:p text:style-name="Body">{escape(text)}{mark}</text:p>')
        self.truth.extend((f"{text}{number}", f"{number} {note}"))

    def boxed(self, text: str, anchor: str) -> None:
        """Add a bordered text box in its own place of the flow, and the paragraph that anchors it."""
        frame = f'<draw:text-box fo:min-height="1cm"><text:p text:style-name="Small">{escape(text)}</text:p></draw:text-box>'
        box = f'<draw:frame draw:style-name="Box" text:anchor-type="as-char" svg:width="12cm" draw:z-index="0">{frame}</draw:frame>'
        self.body.append(f'<text:p text:style-name="Small">{box}</text:p>')
        self.truth.append(text)
        self.paragraph("Body", anchor)

    def table(self, rows: list[list[str]], *, merged: bool = False) -> None:
        """Add a bordered table; `merged` spans the first cell of the second row over two rows."""
        width = len(rows[0])
        lines = [f'<table:table><table:table-column table:number-columns-repeated="{width}"/>']
        for at, row in enumerate(rows):
            lines.append("<table:table-row>")
            for column, cell in enumerate(row):
                if merged and column == 0 and at == 2:
                    lines.append("<table:covered-table-cell/>")
                    continue
                span = ' table:number-rows-spanned="2"' if merged and column == 0 and at == 1 else ""
                text = f'<text:p text:style-name="Small">{escape(cell)}</text:p>'
                lines.append(
                    f'<table:table-cell table:style-name="Cell" office:value-type="string"{span}>{text}</table:table-cell>'
                )
            lines.append("</table:table-row>")
            hidden = 1 if merged and at == 2 else 0
            self.truth.append("\t".join(row[hidden:]))
        self.body.append("".join([*lines, "</table:table>"]))

    def columned(self, columns: int, texts: list[str]) -> None:
        """Add a section of several columns."""
        paragraphs = "".join(f'<text:p text:style-name="Small">{escape(text)}</text:p>' for text in texts)
        self.body.append(
            f'<text:section text:style-name="Columns{columns}" text:name="S{len(self.body)}">{paragraphs}</text:section>'
        )
        self.truth.extend(texts)

    def fodt(self) -> str:
        """Return the whole file."""
        spaces = " ".join(
            f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}"' for key, value in _SPACES.items()
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f'<office:font-face-decls><style:font-face style:name="F" svg:font-family="\'{self.font}\'"/></office:font-face-decls>'
            f"<office:styles>{''.join(self._style(name) for name in _STYLES)}</office:styles>"
            f"<office:automatic-styles>{self._automatic()}</office:automatic-styles>"
            f"<office:master-styles>{self._master()}</office:master-styles>"
            f"<office:body><office:text>{''.join(self.body)}</office:text></office:body></office:document>"
        )

    def _style(self, name: str) -> str:
        align, size, indent = _STYLES[name]
        right = ' fo:margin-right="64pt"' if name == "Signature" else ""
        red = ' fo:color="#ff0000"' if name == "Head" else ""
        return (
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" '
            f'fo:text-indent="{indent}" fo:line-height="170%"{right}/><style:text-properties style:font-name="F" '
            f'style:font-name-asian="F" fo:font-size="{size}" style:font-size-asian="{size}"{red} fo:language="en" '
            'fo:country="US" style:language-asian="zh" style:country-asian="CN"/></style:style>'
        )

    def _automatic(self) -> str:
        sides = (
            'fo:page-width="297mm" fo:page-height="210mm"'
            if self.landscape
            else 'fo:page-width="210mm" fo:page-height="297mm"'
        )
        columns = "".join(
            f'<style:style style:name="Columns{count}" style:family="section"><style:section-properties>'
            f'<style:columns fo:column-count="{count}" fo:column-gap="8mm"/></style:section-properties></style:style>'
            for count in (2, 3)
        )
        zones = "".join(
            f'<style:{zone}-style><style:header-footer-properties fo:min-height="8mm"/></style:{zone}-style>'
            for zone in ("header", "footer")
        )
        return (
            f'<style:page-layout style:name="P"><style:page-layout-properties {sides} fo:margin-top="25mm" '
            f'fo:margin-bottom="22mm" fo:margin-left="28mm" fo:margin-right="26mm"/>{zones}</style:page-layout>{columns}'
            '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" '
            'fo:padding="1mm"/></style:style><style:style style:name="Box" style:family="graphic"><style:graphic-properties '
            'fo:border="0.5pt solid #000000" fo:padding="1.5mm"/></style:style>'
        )

    def _master(self) -> str:
        header = (
            f'<style:header><text:p text:style-name="Running">{escape(self.header)}</text:p></style:header>'
            if self.header
            else ""
        )
        footer = (
            '<style:footer><text:p text:style-name="Running">— <text:page-number text:select-page="current">1</text:page-number>'
            " —</text:p></style:footer>"
            if self.numbered
            else ""
        )
        return (
            f'<style:master-page style:name="Standard" style:page-layout-name="P">{header}{footer}</style:master-page>'
        )


def letters() -> list[dict[str, str]]:
    """Return the labelled letters of the repository."""
    lines = (
        line for path in sorted(_LETTERS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [json.loads(line) for line in lines]


def _body_of(letter: dict[str, str]) -> list[str]:
    skipped = {letter["title"], letter["doc_number"], letter["issuer"]}
    lines = [line.strip() for line in letter["text"].split("\n") if line.strip()]
    return [line for line in lines if line not in skipped and len(line) > 20]


def an_official_letter(number: int, stock: list[dict[str, str]]) -> Printed:
    """Lay out one letter; its number picks font, paper, and what else stands in it."""
    letter, others = stock[number * 7 % len(stock)], stock[number * 7 + 1 : number * 7 + 14]
    page = Printed(font=FONTS[number % 3], landscape=number % 10 == 7, numbered=number % 2 == 0)
    page.header = f"{letter['issuer']}文件汇编" if number % 4 == 0 else ""
    if number % 5 == 0:
        page.paragraph("Level", "特急")
    page.paragraph("Head", f"{letter['issuer']}文件" if len(letter["issuer"]) < 10 else letter["issuer"])
    page.paragraph("Number", letter["doc_number"])
    page.paragraph("Title", letter["title"])
    page.paragraph("Level", f"{letter['addressee']}：")
    for line in _body_of(letter):
        page.paragraph("Body", line)
    _added(page, number, others)
    page.paragraph("Signature", letter["issuer"])
    page.paragraph("Signature", "2023年5月18日")
    page.paragraph("Body", "（此件公开发布）")
    page.paragraph("Small", f"抄送：{letter['addressee']}，档案室。")
    page.paragraph("Small", f"{letter['issuer']}办公室　　　2023年5月19日印发")
    return page


def _added(page: Printed, number: int, others: list[dict[str, str]]) -> None:
    texts = [line for letter in others for line in _body_of(letter)]
    mixed = ["序号ＡＢ１２", "COVID-19（第2版）", "３月5日 9:30—11:00", "“十四五”《办法》……", "100%、3.5‰、±0.2℃"]
    rows = [
        ["序号", "单位", "主要内容", "完成时限"],
        *[
            [str(at), letter["addressee"][:12], (_body_of(letter) or ["无"])[0][:40], "2023年9月底前"]
            for at, letter in enumerate(others[:5], 1)
        ],
    ]
    kind = number % 6
    if kind in {0, 3}:
        page.table(rows, merged=kind == 3)
    if kind in {1, 5}:
        page.columned(2, texts[:6])
    if kind in {2, 5}:
        page.noted(texts[0], "本数据不含开发区，口径与上年相同。", 1)
        page.noted(texts[1], "见《工作规程》第3版第12页。", 2)
        for at, text in enumerate(texts[2:6], 1):
            page.paragraph("Item", f"{at}．{text[:60]}")
    if kind == 4:
        page.boxed("联系人：办公室，电话010—12345678转8002；E-mail: office@example.cn", texts[0])
    page.paragraph("Body", "，".join(mixed) + "。")
    if number % 12 == 5:
        for text in [line for letter in others for line in _body_of(letter)]:
            page.paragraph("Body", text)
