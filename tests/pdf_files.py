"""PDF files made by hand for the tests of reading: text at given places, pictures, annotations, forms, attachments."""

from collections.abc import Sequence

_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    "/DW 1000 /W [1 [500] 814 939 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
    "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)
_PICTURE = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream"
SCAN = "q 595 0 0 842 0 0 cm /Scan Do Q\n"


def at(x: float, y: float, text: str, size: float = 16, *, before: str = "", matrix: str = "1 0 0 1") -> str:
    """Write text with its first base line point at (x, y); `before` are operators such as a colour or a render mode."""
    return f"q {before} BT /F1 {size} Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET Q\n"


def lines(texts: Sequence[str], *, top: float = 760, left: float = 80, size: float = 16, pitch: float = 28) -> str:
    """Write lines under one another; blanks at the beginning of a line move it to the right by as many half widths."""
    return "".join(
        at(left + (len(text) - len(text.lstrip(" "))) * size / 2, top - number * pitch, text.strip(), size)
        for number, text in enumerate(texts)
    )


def a_pdf_of(pages: Sequence[str], *, page: str = "", catalog: str = "", objects: Sequence[str] = ()) -> bytes:
    """Make a PDF of content streams; `page` and `catalog` add entries, `objects` further objects from number 10 on."""
    numbered: dict[int, str] = {3: _FONT, 4: _PICTURE, **dict(enumerate(objects, start=10))}
    first = 10 + len(objects)
    kids = [first + 2 * index for index in range(len(pages))]
    numbered[1] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"
    numbered[2] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>"
    for kid, content in zip(kids, pages, strict=True):
        numbered[kid] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {kid + 1} 0 R {page} "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /Scan 4 0 R >> >> >>"
        )
        numbered[kid + 1] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    output, offsets = "%PDF-1.7\n", {}
    for number, content in sorted(numbered.items()):
        offsets[number] = len(output)
        output += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(
        f"{offsets[number]:010d} 00000 n \n" if number in offsets else "0000000000 65535 f \n"
        for number in range(max(offsets) + 1)
    )
    trailer = f"trailer << /Size {max(offsets) + 1} /Root 1 0 R >>"
    return f"{output}xref\n0 {max(offsets) + 1}\n{table}{trailer}\nstartxref\n{len(output)}\n%%EOF".encode("latin-1")
