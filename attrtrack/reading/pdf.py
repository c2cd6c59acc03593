"""PDF files with a text layer."""

import itertools
import re
import threading

import pypdfium2

from attrtrack.domain.documents import SourceText
from attrtrack.errors import BrokenSourceError, EncryptedSourceError, ScanWithoutTextError
from attrtrack.reading.limits import MAX_CHARACTERS, MAX_PAGES, too_large
from attrtrack.reading.wrapping import rejoin

# PDFium keeps global state and may be entered by one thread only
_PDFIUM = threading.Lock()
_FEWEST_CHARACTERS = 5
# signs of another font, which some programs write after the rest of their line
_LEFT_OVER = re.compile(r"\s[“”‘’\"'·…—–《》〈〉（）()A-Za-z0-9]+(?:\s+[“”‘’\"'·…—–《》〈〉（）()A-Za-z0-9]+)*\s*$")
_LONGEST_LINE = 400


def read_pdf(data: bytes, name: str) -> SourceText:
    """Read the text layer page by page; pictures of pages are refused, nothing embedded is run or opened."""
    with _PDFIUM:
        pages, metadata = _pages(data)
    text = rejoin("\n".join(pages), printed=True)
    if sum(char.isalnum() for char in text) < _FEWEST_CHARACTERS:
        raise ScanWithoutTextError("这份 PDF 是扫描图片，没有文字层：请提供可选中文字的版本，或先做文字识别。")
    return SourceText(name=name, format="pdf", text=text, metadata=metadata)


def _pages(data: bytes) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise EncryptedSourceError("这份 PDF 设有密码：请去掉密码后再提交。") from error
        raise BrokenSourceError("这份 PDF 已损坏，无法打开：请重新导出。") from error
    try:
        if len(document) > MAX_PAGES:
            raise too_large()
        metadata = tuple((key, value) for key, value in document.get_metadata_dict(skip_empty=True).items())
        return _texts(document), metadata
    finally:
        document.close()


def _texts(document: "pypdfium2.PdfDocument") -> list[str]:
    pages: list[str] = []
    total = 0
    for index in range(len(document)):
        page_text = _page_text(document, index)
        total += len(page_text)
        if total > MAX_CHARACTERS:
            raise too_large()
        pages.append(_without_page_number(page_text))
    return pages


def _page_text(document: "pypdfium2.PdfDocument", index: int) -> str:
    """Return the text of one page; a page that PDFium cannot load has none."""
    try:
        page = document[index]
        try:
            textpage = page.get_textpage()
            try:
                return _ordered(textpage).replace("\ufffe", "").replace("\x00", "")
            finally:
                textpage.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return ""


def _ordered(textpage: "pypdfium2.PdfTextPage") -> str:
    """Return the text of a page, characters left over at the end of a line put back where they are printed."""
    text = str(textpage.get_text_range())
    if len(text) != textpage.count_chars():
        return text
    lines: list[str] = []
    start = 0
    for line in text.split("\n"):
        left_over = len(line) <= _LONGEST_LINE and _LEFT_OVER.search(line)
        lines.append(_by_place(textpage, line, start) if left_over else line)
        start += len(line) + 1
    return "\n".join(lines)


def _by_place(textpage: "pypdfium2.PdfTextPage", line: str, start: int) -> str:
    """Order the characters of one printed line by their left edge; a line that is not level stays as it is."""
    content = line.rstrip()
    boxes = [textpage.get_charbox(start + index) for index in range(len(content))]
    lefts = [box[0] for box in boxes]
    middle = [(box[1] + box[3]) / 2 for box in boxes]
    low, high = min(box[1] for box in boxes), max(box[3] for box in boxes)
    tallest = max(box[3] - box[1] for box in boxes)
    level = high - low <= 2 * tallest and all(low <= place <= high for place in middle)
    if not level or all(left <= right for left, right in itertools.pairwise(lefts)):
        return line
    ordered = "".join(content[index] for index in sorted(range(len(content)), key=lambda index: lefts[index]))
    return re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", ordered)


def _without_page_number(text: str) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    for place in (-1, 0):
        while lines and not lines[place].strip():
            del lines[place]
        if len(lines) > 1 and lines[place].strip(" -—–·").isdigit() and len(lines[place].strip()) <= 6:  # noqa: PLR2004 - "- 12 -"
            del lines[place]
    return "\n".join(lines)
