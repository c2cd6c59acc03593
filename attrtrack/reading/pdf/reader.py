"""PDF files with a text layer; scans, forms that need another program, and packages of files are refused with advice."""

import re
import threading
from collections import Counter
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from attrtrack.domain.documents import SourceText
from attrtrack.errors import BrokenSourceError, EncryptedSourceError, ScanWithoutTextError, UnsupportedFormatError
from attrtrack.reading.limits import MAX_PAGES, too_large
from attrtrack.reading.pdf.beside import attachments_of
from attrtrack.reading.pdf.pages import Page, pages_of
from attrtrack.reading.pdf.paragraphs import paragraphs_of
from attrtrack.reading.pdf.running import without_running
from attrtrack.reading.plain.residue import is_scanner_line

# PDFium keeps global state and may be entered by one thread only
_PDFIUM = threading.Lock()
_FEWEST_CHARACTERS, _FEWEST_ON_SCAN, _FEWEST_RECOGNISED, _FEWEST_OF_COVER, _PLACEHOLDER = 5, 40, 15, 20, 600
_PICTURE, _HALF = 0.5, 0.5
_WAITING = re.compile(
    r"Please wait\.\.\.|If this message is not eventually replaced|请稍候.{0,40}(?:替换|内容)", re.DOTALL
)
_PACKAGE = re.compile(r"PDF\s*(?:Portfolio|package|包|文件包|作品集|组合)", re.IGNORECASE)
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")


def read_pdf(data: bytes, name: str) -> SourceText:
    """Read the text layer page by page; nothing is rendered, nothing embedded is run or opened.

    `header` holds running headers and footers, page numbers and watermarks; `metadata` the properties, remarks, and
    names of attached files. Raises encrypted, broken, scan-without-text, unsupported-format or too-large.
    """
    with _PDFIUM:
        document = _opened(data)
        try:
            pages, metadata = _contents(document)
        finally:
            document.close()
    lines, running = without_running([page.lines for page in pages], [page.edges for page in pages])
    text = "\n".join(paragraphs_of(lines))
    header = "\n".join(dict.fromkeys([*running, *(mark for page in pages for mark in page.watermarks)]))
    _refuse_placeholders(text, metadata, data)
    _refuse_unreadable(text)
    _refuse_scans(pages, [[line.text for line in page] for page in lines], data)
    return SourceText(name=name, format="pdf", text=text, header=header, metadata=(*metadata, *_told(pages)))


def _opened(data: bytes) -> "pypdfium2.PdfDocument":
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise EncryptedSourceError("这份 PDF 设有密码：请去掉密码后再提交。") from error
        raise BrokenSourceError("这份 PDF 已损坏，无法打开：请重新导出。") from error


def _contents(document: "pypdfium2.PdfDocument") -> tuple[list[Page], list[tuple[str, str]]]:
    if not 0 < len(document) <= MAX_PAGES:
        if len(document):
            raise too_large()
        raise BrokenSourceError("这份 PDF 里没有页面，或已损坏：请重新导出。")
    metadata = list(document.get_metadata_dict(skip_empty=True).items())
    metadata.extend(attachments_of(document))
    pages = list(pages_of(document, _forms(document)))
    if not any(page.readable for page in pages):
        raise BrokenSourceError("这份 PDF 已损坏，页面无法读取：请重新导出。")
    return pages, metadata


def _forms(document: "pypdfium2.PdfDocument") -> Any:  # noqa: ANN401 - a handle of PDFium
    """Return the handle that reads form fields, None for a document without a form; scripts are not run."""
    kind = document.get_formtype()
    if kind == pdfium.FORMTYPE_XFA_FULL:
        raise _needs_another_program()
    if kind == pdfium.FORMTYPE_NONE:
        return None
    try:
        document.init_forms()
    except pypdfium2.PdfiumError:
        return None
    return document.formenv.raw if document.formenv else None


def _needs_another_program() -> UnsupportedFormatError:
    return UnsupportedFormatError(
        "这份 PDF 是动态表单（XFA），内容只有专用阅读器能显示：请在其中打开后“打印为 PDF”再提交。"
    )


def _refuse_placeholders(text: str, metadata: list[tuple[str, str]], data: bytes) -> None:
    """Refuse pages that only say that another program would show something."""
    if len(text) > _PLACEHOLDER:
        return
    if _WAITING.search(text):
        raise _needs_another_program()
    attached = any(label == "附件" for label, _ in metadata)
    if attached and (b"/Collection" in data or _PACKAGE.search(text)):
        raise UnsupportedFormatError("这份 PDF 是文件包，正文在所附的文件里：请把其中的文件逐一另存后提交。")


def _refuse_scans(pages: list[Page], lines: list[list[str]], data: bytes) -> None:
    """Refuse pictures of pages, also when a scanner's name, a stamp or a page number is all the text they have."""
    repeated = Counter(text for page in lines for text in set(page))
    often = max(2, len(pages) * _HALF)
    covers = scanned = 0
    for page, texts in zip(pages, lines, strict=True):
        own = (text for text in texts if not is_scanner_line(text) and (len(pages) == 1 or repeated[text] < often))
        count = sum(char.isalnum() for text in own for char in text)
        if page.pictured < _PICTURE:
            covers += count
        else:
            scanned += count if count >= (_FEWEST_RECOGNISED if page.recognised else _FEWEST_ON_SCAN) else 0
    if not scanned and any(page.pictured >= _PICTURE for page in pages) and covers < _FEWEST_OF_COVER:
        raise ScanWithoutTextError("这份 PDF 是扫描图片，没有文字层：请提供可选中文字的版本，或先做文字识别。")
    if covers + scanned < _FEWEST_CHARACTERS:
        if b"%%EOF" not in data[-2048:]:
            raise BrokenSourceError("这份 PDF 不完整，读不出文字：请重新导出或重新下载。")
        raise ScanWithoutTextError("这份 PDF 没有文字层（页面是图片或曲线）：请提供可选中文字的版本，或先做文字识别。")


def _refuse_unreadable(text: str) -> None:
    """Refuse a text layer whose fonts do not say which characters they show."""
    strange = len(_UNREADABLE.findall(text))
    if strange >= _FEWEST_CHARACTERS and strange * 2 > sum(not char.isspace() for char in text):
        raise ScanWithoutTextError("这份 PDF 的字体没有文字编码，读出来是乱码：请重新导出，或先做文字识别。")


def _told(pages: list[Page]) -> list[tuple[str, str]]:
    """Return remarks, and what a reader should know of the text's origin."""
    told = [remark for page in pages for remark in page.remarks]
    if sum(page.recognised and page.pictured >= _PICTURE for page in pages) > len(pages) * _HALF:
        told.append(("来源", "扫描件的文字层"))
    lost = [str(number) for number, page in enumerate(pages, 1) if not page.readable]
    blind = [str(number) for number, page in enumerate(pages, 1) if page.pictured >= _PICTURE and not page.lines]
    told.extend([("来源", f"第{'、'.join(lost[:20])}页无法读取")] if lost else [])
    told.extend([("来源", f"第{'、'.join(blind[:20])}页是图片，没有文字")] if blind else [])
    return list(dict.fromkeys(told))
