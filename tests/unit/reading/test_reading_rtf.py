"""RTF and Word's XML files, which offices send under the name .doc."""

import random
import time

import pytest

from attrtrack.errors import BrokenSourceError, ClassifiedMaterialError, EmptySourceError, InputRefusedError
from attrtrack.reading import read_source

HEAD = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset2 Wingdings;}}"
WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
FLAT = "http://schemas.microsoft.com/office/2006/xmlPackage"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
AML = "http://schemas.microsoft.com/aml/2001/core"
OFFICE = "urn:schemas-microsoft-com:office:office"


def in_bytes(text: str) -> bytes:
    """Write text as older programs do: by the bytes of its code page."""
    return b"".join(b"\\'%02x" % code if code > 127 else bytes([code]) for code in text.encode("gbk"))


def in_units(text: str) -> bytes:
    """Write text as newer programs do: by its code units, each with a substitute to be skipped."""
    units = memoryview(text.encode("utf-16-le")).cast("H")
    return b"".join(b"\\u%d?" % (unit - 65536 if unit > 32767 else unit) for unit in units)


def rtf(*parts: bytes) -> bytes:
    """Make a document."""
    return HEAD + b"".join(parts) + b"}"


@pytest.mark.parametrize("written", [in_bytes, in_units])
def test_rtf_text(written: object) -> None:
    """Both ways of writing Chinese are read; a plain line break in the file says nothing."""
    assert callable(written)
    data = rtf(
        rb"\f0 ", written("某县水务局"), b"\r\n", written("文件"), rb"\par No.\~1\tab ", written("号"), rb"\line x\par"
    )
    for name in ("a.rtf", "a.doc"):
        assert read_source(data, name).text == "某县水务局文件\nNo.\u00a01\t号\nx"


def test_rtf_corners() -> None:
    """Deletions, instructions, pictures and unknown groups are no text; headers, notes and properties have their place."""
    source = read_source(
        rtf(
            rb"{\info{\title ", in_units("水渠"), rb"}}{\header ", in_bytes("页眉"), rb"\par}",
            rb"{\field{\*\fldinst PAGE}{\fldrslt 7}}{\deleted ", in_bytes("删"), rb"}{\*\unknown no}{\pict 00ff}",
            in_units("𠮷字"), rb"{\footnote ", in_bytes("脚注"), rb"}{\f1 \'fe}\bin3 {{{ok\par",
            rb"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv ", in_bytes("水印"), rb"}}{\shptxt ", in_bytes("框"), rb"\par}}}",
            in_bytes("段"), rb"\par",
        ),
        "a.doc",
    )  # fmt: skip
    assert source.text == "7𠮷字☑ok\n水印\n框\n段"
    assert source.header == "页眉"
    assert source.metadata == (("title", "水渠"), ("脚注", "脚注"))


def test_rtf_tables() -> None:
    """Cells are parted by tabs; a table in a cell stays in it."""
    nested = rb"\pard\intbl\itap2 c\nestcell d\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
    row = rb"\trowd\cellx1\cellx2\pard\intbl a\par b\cell " + nested + rb"\pard\intbl\cell\row"
    assert read_source(rtf(row, rb"\pard end\par"), "a.rtf").text == "a b\tc\td\nend"


def test_rtf_refusals() -> None:
    """A file that is cut off, nested without end or empty is refused; a sign in it is found first."""
    for data in (HEAD + b"text", HEAD + b"{" * 10_000):
        with pytest.raises(BrokenSourceError):
            read_source(data, "a.doc")
    with pytest.raises(EmptySourceError):
        read_source(rtf(rb"\par"), "a.rtf")
    with pytest.raises(ClassifiedMaterialError):
        read_source(HEAD + "机密★5年".encode("gbk"), "a.rtf")


def word_2003() -> bytes:
    """Make a document of Word 2003 in XML."""
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    header = f"<w:sectPr><w:hdr w:type='odd'>{text.format('页眉')}</w:hdr></w:sectPr>"
    note = f"<w:footnote>{text.format('脚注')}</w:footnote>"
    deleted = "<aml:annotation w:type='Word.Deletion'><aml:content><w:r><w:delText>删</w:delText></w:r></aml:content></aml:annotation>"
    body = f"<wx:sect><w:p>{deleted}<w:r><w:t>正文</w:t>{note}</w:r></w:p>{header}</wx:sect>"
    own = "<o:CustomDocumentProperties><o:_x516C__x5F00_>是</o:_x516C__x5F00_></o:CustomDocumentProperties>"
    names = f"xmlns:w='{WORD_2003}' xmlns:aml='{AML}' xmlns:o='{OFFICE}' xmlns:wx='{WORD_2003}/aux'"
    properties = f"<o:DocumentProperties><o:Title>水渠</o:Title></o:DocumentProperties>{own}"
    return f"<?xml version='1.0'?><w:wordDocument {names}>{properties}<w:body>{body}</w:body></w:wordDocument>".encode()


def flat_package() -> bytes:
    """Make a docx package in one XML file."""
    part = "<pkg:part pkg:name='/word/{}.xml' pkg:contentType='{}+xml'><pkg:xmlData>{}</pkg:xmlData></pkg:part>"
    text = "<w:{0} xmlns:w='{1}'><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:{0}>"
    body = f"<w:document xmlns:w='{WORD}'>{text.format('body', WORD, '正文')}</w:document>"
    parts = part.format("document", "x", body) + part.format("header1", "x", text.format("hdr", WORD, "页眉"))
    return f"<?xml version='1.0'?><pkg:package xmlns:pkg='{FLAT}'>{parts}</pkg:package>".encode()


def test_word_xml() -> None:
    """Both kinds of Word's XML files are read like the documents they are."""
    source = read_source(word_2003(), "a.doc")
    assert (source.text, source.header) == ("正文", "页眉")
    assert dict(source.metadata) == {"title": "水渠", "公开": "是", "脚注": "脚注"}
    flat = read_source(flat_package(), "a.xml")
    assert (flat.text, flat.header) == ("正文", "页眉")


def test_word_xml_with_a_document_type() -> None:
    """Entities are refused, not expanded."""
    evil = word_2003().replace(b"<w:wordDocument", b"<!DOCTYPE a [<!ENTITY x 'y'>]><w:wordDocument", 1)
    with pytest.raises(BrokenSourceError):
        read_source(evil, "a.doc")


@pytest.mark.parametrize(
    "data", [rtf(in_units("某县水务局"), rb"\par{\header ", in_bytes("页眉"), rb"}\trowd a\cell\row"), word_2003()]
)
def test_mutants(data: bytes) -> None:
    """Damaged copies are read or refused, each within a second."""
    chance = random.Random(3)  # noqa: S311 - damage, not cryptography
    refused = 0
    for number in range(100):
        changed = bytearray(data)
        if number % 2:
            del changed[chance.randrange(6, len(changed)) :]
        for _ in range(chance.randint(1, 6)):
            changed[chance.randrange(5, len(changed))] = chance.randrange(256)
        begun = time.perf_counter()
        try:
            read_source(bytes(changed), "a.doc")
        except InputRefusedError:
            refused += 1
        assert time.perf_counter() - begun < 1
    assert refused
