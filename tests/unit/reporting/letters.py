"""Letters for the tests of papers: docx files with whatever an office leaves in them."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

from docx import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINES = (
    "甲市水务局关于河道清淤的函",
    "甲水函〔2024〕7号",
    "乙县人民政府：",
    "来函收悉。经研究，同意贵县的清淤方案。联系人张小明，电话13900001111。",
    "清淤费用由张小明负责核算，报送我局。",
    "甲市水务局",
    "2024年3月4日",
)
TEXT = "\n".join(LINES)


def a_letter(lines: Iterable[str] = LINES) -> bytes:
    """Make a docx with these paragraphs, by python-docx."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Make a package of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def rewritten(data: bytes, change: Callable[[str], str], **more: bytes) -> bytes:
    """Return a package with its main part changed as text, and with further parts (`word__comments` is word/comments.xml)."""
    parts = parts_of(data)
    parts["word/document.xml"] = change(parts["word/document.xml"].decode()).encode()
    return packed({**parts, **{f"{name.replace('__', '/')}.xml": content for name, content in more.items()}})


def spied(secret: str) -> bytes:
    """Make the letter with a secret in every corner where programs leave words."""
    data = a_letter()
    corners = (
        f'<w:p><w:bookmarkStart w:id="1" w:name="{secret}"/><w:r><w:t>河道由我局</w:t></w:r><w:del w:id="5" '
        f'w:author="{secret}"><w:r><w:delText>{secret}</w:delText></w:r></w:del><w:ins w:id="6" w:author="{secret}">'
        f'<w:r w:rsidR="00AB12CD"><w:t>管护。</w:t></w:r></w:ins><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        f'<w:instrText> AUTHOR {secret} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r>'
        f'<w:rPr><w:vanish/></w:rPr></w:r><w:commentReference w:id="0"/></w:p>'
        f'<w:sdt><w:sdtPr><w:alias w:val="{secret}"/><w:tag w:val="{secret}"/></w:sdtPr><w:sdtContent><w:p><w:r>'
        "<w:t>特此函复。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    told = f"<x>{secret}</x>".encode()
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{secret}</dc:creator></cp:coreProperties>'
    ).encode()
    return rewritten(
        data,
        lambda xml: xml.replace("<w:sectPr", f"{corners}<w:sectPr", 1),
        docProps__core=core, docProps__custom=told, word__comments=told, word__people=told, customXml__item1=told,
        word__header1=told, word__footnotes=told, word__embeddings__x=told, docProps__thumbnail=told,
    )  # fmt: skip


def differences(one: bytes, other: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Return for each part that differs what stands in each package between the bytes both begin and both end with."""
    before, after = parts_of(one), parts_of(other)
    assert list(before) == list(after)
    return {name: _between(before[name], after[name]) for name in before if before[name] != after[name]}


def _between(one: bytes, other: bytes) -> tuple[bytes, bytes]:
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    return one[start : len(one) - end], other[start : len(other) - end]


def _alike(one: bytes, other: bytes) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def holds(data: bytes, words: str) -> list[str]:
    """Return the parts in whose bytes words stand, in any encoding that an office writes."""
    forms = [words.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    forms.append("".join(f"&#{ord(letter)};" for letter in words).encode())
    forms.append("".join(f"&#x{ord(letter):X};" for letter in words).encode())
    return [name for name, content in parts_of(data).items() if any(form in content for form in forms)]
