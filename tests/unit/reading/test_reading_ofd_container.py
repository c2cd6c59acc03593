"""OFD containers as programs pack them: paths, namespaces, several documents, properties; and what is refused."""

import pytest
from ofd_files import an_ofd, container, document, entry, line_at, objects, page, pages_of, picture
from office_files import zipped

from attrtrack.errors import (
    BrokenSourceError,
    ClassifiedMaterialError,
    EmptySourceError,
    EncryptedSourceError,
    InputRefusedError,
    ScanWithoutTextError,
    SourceTooLargeError,
)
from attrtrack.reading import read_source

WORDS = "关于开展水库安全检查的通知"
CONTENT = page(objects([line_at(WORDS, 50, 60)]))


def read(parts: dict[str, str | bytes]) -> str:
    """Read a container of raw parts and return its text."""
    return read_source(zipped(parts), "a.ofd").text


def packed(
    location: str, stored: str, *, root: str = "Doc_0/Document.xml", stored_root: str = "Doc_0/Document.xml"
) -> str:
    """Read a file whose page is named and stored by these paths."""
    parts = document({}, {location: ""})
    return read({"OFD.xml": entry(root), stored_root: parts["Document.xml"], stored: CONTENT})


@pytest.mark.parametrize(
    ("location", "stored"),
    [
        ("Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("/Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("Doc_0/Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("../Doc_0/./Pages/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("Pages\\Page_0\\Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
        ("Pages/Page_0/Content.xml", "Doc_0\\Pages\\Page_0\\Content.xml"),
        ("Pages/Page_0/Content.xml", "DOC_0/pages/page_0/content.xml"),
        ("Pages/%E9%A1%B5_0/Content.xml", "Doc_0/Pages/页_0/Content.xml"),
        ("Pages/Page_Insert_55_2/Content.xml", "/Doc_0/Pages/Page_Insert_55_2/Content.xml"),
        ("Content_0.xml", "Doc_0/Content_0.xml"),
        ("Pages/Page_0", "Doc_0/Pages/Page_0/Content.xml"),
        ("", "Doc_0/Pages/Page_0/Content.xml"),
        ("Wrong/Page_0/Content.xml", "Doc_0/Pages/Page_0/Content.xml"),
    ],
)
def test_paths_however_written(location: str, stored: str) -> None:
    """A page is found by absolute, relative, encoded, misspelt and conventional paths."""
    assert packed(location, stored) == WORDS


def test_the_root_of_a_document_however_written() -> None:
    """The path to Document.xml may be absolute, in another case, or missing."""
    for root, stored in (("/Doc_1/Document.xml", "Doc_1/Document.xml"), ("doc_0\\document.xml", "Doc_0/Document.xml")):
        folder = stored.partition("/")[0]
        assert packed("Pages/P/Content.xml", f"{folder}/Pages/P/Content.xml", root=root, stored_root=stored) == WORDS
    bare = {"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>", "Doc_0/Pages/Page_0/Content.xml": CONTENT}
    assert read(bare) == WORDS


@pytest.mark.parametrize(
    ("prefix", "namespace"),
    [("ofd:", "http://www.ofdspec.org/2016"), ("ofd:", "http://www.ofdspec.org"), ("", ""), ("ns1:", "urn:other")],
)
def test_namespaces_however_written(prefix: str, namespace: str) -> None:
    """Elements are known by their local names."""
    attribute = f"xmlns{':' + prefix[:-1] if prefix else ''}"
    parts = {"OFD.xml": entry("Doc_0/Document.xml")}
    parts |= {f"Doc_0/{name}": part for name, part in document({}, {"Pages/P/Content.xml": CONTENT}).items()}
    written = {
        name: part.replace('xmlns:o="http://www.ofdspec.org/2016"', f'{attribute}="{namespace}"').replace("o:", prefix)
        for name, part in parts.items()
    }
    assert read({name: part.replace(f'{attribute}=""', "") for name, part in written.items()}) == WORDS


def test_pages_in_the_order_of_the_document() -> None:
    """The list of pages decides, not their names; without a list the numbers in the names do."""
    pages = {
        f"Pages/Page_{name}/Content.xml": page(objects([line_at(text, 50, 60)]))
        for name, text in (("9", "第一部分"), ("143", "第二部分"), ("2", "第三部分"))
    }
    assert read_source(container(document({}, pages)), "a.ofd").text == "第一部分\n第二部分\n第三部分"
    assert read(
        {"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<Document/>"} | {f"Doc_0/{k}": v for k, v in pages.items()}
    ) == ("第三部分\n第一部分\n第二部分")


def test_several_documents_in_one_file() -> None:
    """All documents are read, in order, an empty line between them."""
    parts: dict[str, str | bytes] = {"OFD.xml": entry("Doc_0/Document.xml", "Doc_1/Document.xml")}
    for number, text in enumerate(("甲县水利局文件", "乙县水利局文件")):
        content = page(objects([line_at(text, 50, 60)]))
        parts |= {f"Doc_{number}/{n}": p for n, p in document({}, {"Pages/Page_0/Content.xml": content}).items()}
    assert read(parts) == "甲县水利局文件\n\n乙县水利局文件"


def test_properties_and_attachments() -> None:
    """Properties are kept as written, named as attribute boxes name them they are fields; attachments give their names."""
    info = (
        "<o:Title>检查通知</o:Title><o:Author>某县水利局</o:Author><o:CreationDate>D:20220708103442+08'00'</o:CreationDate>"
        "<o:Keywords><o:Keyword>水库</o:Keyword><o:Keyword>安全</o:Keyword></o:Keywords><o:Subject/>"
        '<o:CustomDatas><o:CustomData Name="发文字号">某水发〔2023〕4号</o:CustomData><o:CustomData Name="x"/></o:CustomDatas>'
    )
    listed = (
        '<o:Attachments xmlns:o="x"><o:Attachment ID="1" Name="检查表.xlsx"><o:FileLoc>../Res/a.xlsx</o:FileLoc></o:Attachment>'
        '<o:Attachment ID="2"><o:FileLoc>/Doc_0/Res/b.xml</o:FileLoc></o:Attachment></o:Attachments>'
    )
    after = "<o:Attachments>Attachs/Attachments.xml</o:Attachments>"
    parts = document({"Attachs/Attachments.xml": listed}, {"Pages/P/Content.xml": CONTENT}, after=after)
    source = read_source(container(parts, info=info), "a.ofd")
    assert source.metadata == (
        ("Title", "检查通知"),
        ("Author", "某县水利局"),
        ("CreationDate", "D:20220708103442+08'00'"),
        ("Keywords", "水库；安全"),
        ("发文字号", "某水发〔2023〕4号"),
        ("附件", "检查表.xlsx"),
        ("附件", "/Doc_0/Res/b.xml"),
    )
    assert source.box == (("发文字号", "某水发〔2023〕4号"),)


def test_xml_that_is_not_quite_xml() -> None:
    """Control characters, a byte-order mark and blanks before the declaration, and GBK bytes are read all the same."""
    parts = {"OFD.xml": entry("Doc_0/Document.xml")}
    parts |= {f"Doc_0/{n}": p for n, p in document({}, {"Pages/P/Content.xml": ""}).items()}
    declared = '<?xml version="1.0" encoding="UTF-8"?>'
    marked = CONTENT.replace("水库", "水\x01库&#x2;")
    for content in (
        f"\ufeff \n{declared}{marked}".encode(),
        f"{declared}{CONTENT}".encode("gb18030"),
        f"{declared.replace('UTF-8', 'GBK')}{CONTENT}".encode("gbk"),
        CONTENT.encode("utf-16"),
    ):
        assert read(parts | {"Doc_0/Pages/P/Content.xml": content}) == WORDS


def test_pictures_without_text_are_scans() -> None:
    """Pages of pictures are refused, also with a stamp, a page number or a scanning program's line on them."""
    over = {
        "nothing": "",
        "program": objects([line_at("由扫描全能王扫描创建", 80, 290)]),
        "number": objects([line_at("— 1 —", 100, 290)]),
    }
    for name, text in over.items():
        pages = {f"Pages/Page_{number}/Content.xml": page(picture() + text) for number in range(2)}
        with pytest.raises(ScanWithoutTextError) as caught:
            read_source(container(document({}, pages)), "a.ofd")
        assert "文字识别" in caught.value.message, name
    note = f'<o:PageAnnot xmlns:o="x"><o:Annot><o:Appearance>{over["program"]}</o:Appearance></o:Annot></o:PageAnnot>'
    listed = '<o:Annotations xmlns:o="x"><o:Page PageID="1"><o:FileLoc>A.xml</o:FileLoc></o:Page></o:Annotations>'
    after = "<o:Annotations>L.xml</o:Annotations>"
    parts = document({"L.xml": listed, "A.xml": note}, {"Pages/Page_0/Content.xml": page("")}, after=after)
    with pytest.raises(ScanWithoutTextError):
        read_source(container(parts), "a.ofd")


def refused(parts: dict[str, str | bytes]) -> type[InputRefusedError]:
    """Return the class of the refusal of a container."""
    with pytest.raises(InputRefusedError) as caught:
        read_source(zipped(parts), "a.ofd")
    return type(caught.value)


def test_refusals_say_what_is_wrong() -> None:
    """Encrypted, empty, incomplete and secret files are told apart."""
    good = {"OFD.xml": entry("Doc_0/Document.xml")}
    good |= {f"Doc_0/{n}": p for n, p in document({}, {"Pages/P/Content.xml": CONTENT}).items()}
    assert read(dict(good)) == WORDS
    noise = bytes(range(256)) * 4
    assert refused(good | {"Encryptions.xml": "<a/>", "Doc_0/Document.xml": noise}) is EncryptedSourceError
    marked = good["OFD.xml"].replace("<o:DocRoot>", "<o:EncryptInfo/><o:DocRoot>")
    assert refused(good | {"OFD.xml": marked}) is EncryptedSourceError
    assert refused(good | {"Doc_0/Pages/P/Content.xml": page("")}) is EmptySourceError
    assert refused(good | {"Doc_0/Pages/P/Content.xml": noise}) is BrokenSourceError
    assert refused({name: part for name, part in good.items() if "Page" not in name}) is BrokenSourceError
    assert refused({name: part for name, part in good.items() if "Document" not in name}) is BrokenSourceError
    secret = page(picture() + objects([line_at("机密★3年", 30, 20)]))
    assert refused(good | {"Doc_0/Pages/P/Content.xml": secret}) is ClassifiedMaterialError


def test_what_would_grow_beyond_bounds() -> None:
    """Entities, repeats without end, units in units and pages without number are stopped."""
    good = {"OFD.xml": entry("Doc_0/Document.xml")}
    good |= {f"Doc_0/{n}": p for n, p in document({}, {"Pages/P/Content.xml": CONTENT}).items()}
    bomb = CONTENT.replace("<o:Page ", '<!DOCTYPE a [<!ENTITY b "c">]><o:Page ', 1).replace("水库", "&b;")
    assert refused(good | {"Doc_0/Pages/P/Content.xml": bomb}) is BrokenSourceError
    steps = CONTENT.replace('DeltaX="', 'DeltaX="g 999999999 5.6 ', 1)
    assert read(good | {"Doc_0/Pages/P/Content.xml": steps}) == WORDS
    named = "".join(f'<o:Page ID="{number}" BaseLoc="Pages/P/Content.xml"/>' for number in range(2001))
    endless = good["Doc_0/Document.xml"].replace("<o:Pages>", f"<o:Pages>{named}")
    assert refused(good | {"Doc_0/Document.xml": endless}) is SourceTooLargeError
    units = "".join(
        f'<o:CompositeGraphicUnit ID="{number}"><o:Content>{f"<o:CompositeObject ResourceID={chr(34)}{number + 1}{chr(34)}/>" * 20}'
        "</o:Content></o:CompositeGraphicUnit>"
        for number in range(10)
    )
    grown = good["Doc_0/Document.xml"].replace("</o:CommonData>", "<o:PublicRes>R.xml</o:PublicRes></o:CommonData>")
    held = page('<o:CompositeObject ResourceID="0"/>')
    parts = {"Doc_0/R.xml": f'<o:Res xmlns:o="x">{units}</o:Res>', "Doc_0/Pages/P/Content.xml": held}
    assert refused(good | {"Doc_0/Document.xml": grown} | parts) is SourceTooLargeError


@pytest.mark.parametrize("value", ["nan", "1e999", "-inf", "", "x", "9" * 400, "0 0", "g", "g 3", "g -1 2 g 2"])
def test_numbers_that_are_none(value: str) -> None:
    """Coordinates that no page can have do no harm, and lose no character."""
    for name in ("X", "Y", "DeltaX", "Size", "Boundary"):
        content = page(objects(pages_of([WORDS])[0], None))
        parts = container(document({}, {"Pages/P/Content.xml": _with(content, name, value)}))
        assert sorted("".join(read_source(parts, "a.ofd").text.split())) == sorted(WORDS), name


def _with(content: str, name: str, value: str) -> str:
    before, _, rest = content.rpartition(f' {name}="')
    return f'{before} {name}="{value}"{rest[rest.index(chr(34)) + 1 :]}'


def test_a_whole_file_of_running_text() -> None:
    """Many pages are read in a breath."""
    paragraphs = ["为加强水库大坝安全管理，保障人民生命财产安全，根据有关法律法规，结合本县实际，制定本办法。"] * 400
    assert read_source(an_ofd(paragraphs), "a.ofd").text.split("\n") == paragraphs
