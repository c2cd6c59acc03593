"""OFD files (GB/T 33190—2016), the national fixed-layout format, as office suites, converters and invoices write them."""

import re
from typing import TYPE_CHECKING

from attrtrack.domain.documents import SourceText
from attrtrack.errors import BrokenSourceError, EmptySourceError, EncryptedSourceError, ScanWithoutTextError
from attrtrack.reading.containers.archive import opened
from attrtrack.reading.containers.markup import local
from attrtrack.reading.ofd.document import Contents, OfdDocument
from attrtrack.reading.ofd.forms import fields_of
from attrtrack.reading.ofd.objects import Limits
from attrtrack.reading.ofd.package import Package, child, children, text_of
from attrtrack.reading.ofd.paragraphs import Text, text_of_pages
from attrtrack.reading.plain.residue import is_scanner_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEWEST, _STAMPED = 5, 30
_KEPT = ("Title", "Author", "Subject", "Abstract", "Keywords", "CreationDate", "ModDate", "Creator", "DocUsage")
_ENCRYPTED = re.compile(r"(?:^|/)(?:encryptions?|encryptinfo|decryptseed|encryptentries|entriesmap)[^/]*\.(?:xml|dat)$")
_MOST_DOCUMENTS = 200
_MOST_PAIRS = 500


def read_ofd(data: bytes, name: str) -> SourceText:
    """Read every document of an OFD file; stamps, watermarks and running heads go into the header.

    Raises encrypted, broken, too-large, empty or scan-without-text.
    """
    with opened(data) as archive:
        package = Package(archive)
        bodies = _bodies(package)
        limits = Limits()
        documents = [OfdDocument(package, part, limits).contents() for part in _roots(package, bodies)]
    texts = [text_of_pages(document.pages) for document in documents]
    text = "\n\n".join(text.body for text in texts if text.body)
    header = "\n".join(dict.fromkeys(line for pair in zip(texts, documents, strict=True) for line in _header(*pair)))
    if not _is_text(text, documents):
        raise _without_text(documents, header)
    properties = tuple(pair for body in bodies for pair in _metadata(body))
    return SourceText(
        name=name,
        format="ofd",
        text=text,
        header=header,
        box=fields_of(texts[0] if texts else None, properties),
        metadata=(*properties, *_beside(documents))[:_MOST_PAIRS],
    )


def _bodies(package: Package) -> list["_Element"]:
    """Return the document bodies that the entry names; raises encrypted when the container says that it is."""
    entry = package.find("OFD.xml")
    if any(_ENCRYPTED.search(name) for name in package.names()):
        raise _encrypted()
    if entry is None:
        raise BrokenSourceError("OFD 文件缺少入口 OFD.xml，已损坏：请重新导出或另传一份。")
    root = package.tree(entry)
    if any(local(element).lower().startswith("encrypt") for element in root.iter()):
        raise _encrypted()
    return [element for element in root.iter() if local(element).lower() == "docbody"]


def _encrypted() -> EncryptedSourceError:
    return EncryptedSourceError("这份 OFD 已加密：请在原软件中解除加密、另存后再提交。")


def _roots(package: Package, bodies: list["_Element"]) -> list[str]:
    """Return the Document.xml of each body, each once; by convention where the entry names none."""
    roots: dict[str, None] = {}
    for index, body in enumerate(bodies or [None]):
        named = text_of(child(body, "DocRoot")) if body is not None else ""
        part = package.find(named or f"Doc_{index}/Document.xml")
        if part is None:
            raise BrokenSourceError("OFD 文件缺少 Document.xml，已损坏或不完整：请重新导出或另传一份。")
        roots[part] = None
    if len(roots) > _MOST_DOCUMENTS:
        raise BrokenSourceError("OFD 文件中的文档过多，不是正常的公文：请拆分后再提交。")
    return list(roots)


def _header(text: Text, contents: Contents) -> list[str]:
    return [line for line in (*text.heads, *contents.aside) if line.strip()]


def _is_text(text: str, documents: list[Contents]) -> bool:
    """Whether there is a text to read, not only the line of a scanning program on pictures of pages."""
    lines = {line.strip() for line in text.split("\n") if line.strip() and not is_scanner_line(line)}
    said = sum(char.isalnum() for line in lines for char in line)
    pages = sum(len(document.pages) for document in documents)
    covered = sum(document.pictured for document in documents)
    if not any(char.isalnum() for char in text):
        return False
    if not covered:
        return said >= _FEWEST or not any(document.drawn for document in documents)
    return said >= (_STAMPED if covered == pages else _FEWEST)


def _without_text(documents: list[Contents], header: str) -> EmptySourceError | ScanWithoutTextError:
    if header or any(document.drawn for document in documents):
        return ScanWithoutTextError("这份 OFD 的页面是图片，没有文字：请提供可选中文字的版本，或先做文字识别。")
    return EmptySourceError("这份 OFD 里没有文字：请核对后另传一份。")


def _metadata(body: "_Element") -> list[tuple[str, str]]:
    """Return what DocInfo says; a date may be ISO or in the form of PDF, and is kept as written."""
    info = child(body, "DocInfo")
    if info is None:
        return []
    pairs = [(label, text_of(child(info, label))) for label in _KEPT if label != "Keywords"]
    keywords = [text_of(keyword) for keyword in children(child(info, "Keywords"), "Keyword")]
    pairs.append(("Keywords", "；".join(filter(None, keywords)) or text_of(child(info, "Keywords"))))
    custom = children(child(info, "CustomDatas"), "CustomData")
    pairs += [(datum.get("Name", "").strip(), text_of(datum)) for datum in custom]
    return [(label, value) for label, value in pairs if label and value]


def _beside(documents: list[Contents]) -> list[tuple[str, str]]:
    """Return the names of attachments, the remarks and the text that is not shown, for the search for signs."""
    pairs = [("附件", name) for document in documents for name in document.attachments]
    pairs += [("批注", remark) for document in documents for remark in document.remarks]
    hidden = dict.fromkeys(line for document in documents for line in document.hidden)
    return [*pairs, *(("隐藏文字", line) for line in hidden)]
