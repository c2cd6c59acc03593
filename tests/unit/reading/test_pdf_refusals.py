"""PDF files without readable text are refused with advice; what stands beside the pages is kept for the search for marks."""

import io

import pypdf
import pytest
from pdf_files import SCAN, a_pdf_of, at, lines

from attrtrack.domain.documents import SourceText
from attrtrack.errors import (
    BrokenSourceError,
    EncryptedSourceError,
    InputRefusedError,
    ScanWithoutTextError,
    UnsupportedFormatError,
)
from attrtrack.reading import read_source

TEXT = ["各县区水务局：", "    为节约用水，现将今年检查工作的时间和范围通知如下，请认真执行。", "    检查自五月开始。"]


def read(data: bytes) -> SourceText:
    """Read a file."""
    return read_source(data, "a.pdf")


def encrypted(user: str, owner: str) -> bytes:
    """Make a file with passwords."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(a_pdf_of([lines(TEXT)])))
    writer.encrypt(user, owner, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        at(400, 20, "扫描全能王 创建", 10),
        at(380, 20, "Scanned by CamScanner", 10),
        at(290, 20, "- 3 -", 10),
        at(200, 20, "某市档案馆 2023年5月8日 收文第0031号", 10),
    ],
    ids=["nothing", "scanner", "english", "number", "stamp"],
)
@pytest.mark.parametrize("pages", [1, 3])
def test_scans_are_refused(stamp: str, pages: int) -> None:
    """Pictures of pages are called scans, also when a scanner's name, a stamp or a page number is printed over them."""
    with pytest.raises(ScanWithoutTextError, match="扫描"):
        read(a_pdf_of([SCAN + stamp] * pages))


def test_a_scan_with_recognised_text_is_read() -> None:
    """Text laid invisibly over the picture is read, and where it comes from is told."""
    hidden = "".join(at(80, 700 - 28 * n, text.strip(), before="3 Tr") for n, text in enumerate(TEXT))
    source = read(a_pdf_of([SCAN + hidden]))
    assert source.text.startswith("各县区水务局：")
    assert ("来源", "扫描件的文字层") in source.metadata


def test_scanned_annexes_behind_a_text() -> None:
    """A letter with scanned pages behind it is read, and the pages without text are named."""
    assert ("来源", "第2、3页是图片，没有文字") in read(a_pdf_of([lines(TEXT), SCAN, SCAN])).metadata


def test_passwords() -> None:
    """A file that needs a password to open is refused; one that only forbids changes is read."""
    with pytest.raises(EncryptedSourceError):
        read(encrypted("geheim", "owner"))
    assert read(encrypted("", "owner")).text.startswith("各县区水务局：")


def test_forms_for_another_program() -> None:
    """A page that only asks to wait for another program is refused with the advice to print it."""
    placeholder = lines(["Please wait... If this message is not eventually replaced by the proper contents"], size=9)
    with pytest.raises(UnsupportedFormatError, match="打印为 PDF"):
        read(a_pdf_of([placeholder]))
    form = "<< /Fields [] /XFA 10 0 R >>"
    data = a_pdf_of(
        [placeholder],
        catalog=f"/NeedsRendering true /AcroForm {form}",
        objects=["<< /Length 6 >>\nstream\n<xdp/>\nendstream"],
    )
    with pytest.raises(UnsupportedFormatError):
        read(data)


ATTACHED = [
    "<< /Type /Filespec /F (list.docx) /UF <FEFF96444EF6540D5355002E0064006F00630078> /EF << /F 11 0 R >> >>",
    "<< /Type /EmbeddedFile /Length 2 >>\nstream\nxx\nendstream",
]
NAMES = "/Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >>"


def test_attached_files_are_named_not_opened() -> None:
    """Names of embedded files are metadata; a file that is only a package of others is refused."""
    assert ("附件", "附件名单.docx") in read(a_pdf_of([lines(TEXT)], catalog=NAMES, objects=ATTACHED)).metadata
    package = a_pdf_of(
        [at(80, 700, "请用最新版阅读器打开此包")], catalog=f"{NAMES} /Collection << >>", objects=ATTACHED
    )
    with pytest.raises(UnsupportedFormatError, match="文件包"):
        read(package)


def utf16(text: str) -> str:
    """Write a string as PDF does."""
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


def test_form_values_and_remarks() -> None:
    """Filled fields stand in the text at their place, ticked boxes as such; remarks and the text of stamps are metadata."""
    objects = [
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V {utf16('云栖市水务局')} /Rect [200 695 400 715] >>",
        "<< /Type /Annot /Subtype /Widget /FT /Btn /T (b) /V /Yes /AS /Yes /Rect [200 655 216 671] /AP << /N << /Yes 14 0 R /Off 14 0 R >> >> >>",
        f"<< /Type /Annot /Subtype /Text /Contents {utf16('请核对')} /Rect [10 10 20 20] >>",
        "<< /Type /Annot /Subtype /Stamp /Rect [300 100 500 160] /AP << /N 15 0 R >> >>",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 10 10] /Length 0 >>\nstream\n\nendstream",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 60] /Resources << /Font << /F1 3 0 R >> >> /Length 60 >>\nstream\n"
        f"BT /F1 30 Tf 10 20 Td <{'收讫'.encode('utf-16-be').hex()}> Tj ET".ljust(60)
        + "\nendstream",
    ]
    content = at(80, 700, "填报单位：") + at(80, 660, "主动公开")
    data = a_pdf_of(
        [content],
        page="/Annots [10 0 R 11 0 R 12 0 R 13 0 R]",
        catalog="/AcroForm << /Fields [10 0 R 11 0 R] >>",
        objects=objects,
    )
    source = read(data)
    assert source.text.split("\n") == ["填报单位： 云栖市水务局", "主动公开 ☑"]
    assert source.metadata == (("批注", "请核对"), ("批注", "收讫"))


def test_broken_files() -> None:
    """A file cut off is read as far as it goes or called broken, never a scan; fonts without encoding are named."""
    whole = a_pdf_of([lines(TEXT)])
    for share in range(1, 20):
        try:
            read(whole[: len(whole) * share // 20])
        except InputRefusedError as error:
            assert isinstance(error, BrokenSourceError)  # noqa: PT017 - either outcome is right, this class is not
    with pytest.raises(BrokenSourceError):
        read(a_pdf_of([]))
    with pytest.raises(ScanWithoutTextError, match="乱码"):
        read(a_pdf_of([at(80, 700, "\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008")]))


def test_properties_are_metadata() -> None:
    """Title and author of the file are kept under their own names."""
    data = a_pdf_of([lines(TEXT)], objects=["<< /Title (Notice) >>"]).replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Info 10 0 R"
    )
    assert ("Title", "Notice") in read(data).metadata
