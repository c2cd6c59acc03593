"""Word documents: every feature that carries text, packages of every spelling, embedded files, and hostile ones."""

import contextlib
import time

import pytest
from docx_features import Feature, cell, features, package, row, run, story, table
from office_files import a_docx, paragraph, zipped

from attrtrack.errors import BrokenSourceError, EmptySourceError, InputRefusedError, SourceTooLargeError
from attrtrack.reading import read_source


@pytest.mark.parametrize("feature", features(), ids=lambda feature: feature.name)
def test_features(feature: Feature) -> None:
    """Each feature gives exactly the text that a reader of the printed page sees, once."""
    source = read_source(feature.data, f"{feature.name}.docx")
    assert tuple(line for line in source.text.split("\n") if line.strip()) == feature.lines
    assert tuple(source.header.split("\n") if source.header else ()) == feature.header
    assert not [word for word in feature.absent if word in source.text + source.header]


def test_remarks_and_properties() -> None:
    """Notes, comments and the file's own properties are kept apart from the text, wherever the package puts them."""
    related = {"c": ("comments", "said.xml"), "f": ("footnotes", "footnotes.xml")}
    parts = {
        "word/said.xml": story("comments", f"<w:comment>{paragraph('请再核')}</w:comment>"),
        "word/footnotes.xml": story("footnotes", f"<w:footnote>{paragraph('见附表')}</w:footnote>"),
        "docProps/core.xml": '<c xmlns:d="urn:d"><d:title>某通知</d:title><d:creator>某人</d:creator></c>',
        "docProps/app.xml": "<P><Company>某市水务局</Company><broken",
    }
    source = read_source(package(paragraph("正文"), related=related, parts=parts), "a.docx")
    assert source.text == "正文"
    assert source.metadata == (("title", "某通知"), ("Company", "某市水务局"), ("批注", "请再核"), ("脚注", "见附表"))


def test_text_below_a_merged_cell_is_not_lost() -> None:
    """A continued cell with words of its own keeps them, so that nothing can be hidden there."""
    top = row(cell(paragraph("甲"), '<w:vMerge w:val="restart"/>'), cell(paragraph("一")))
    below = row(cell(paragraph("另有的话"), "<w:vMerge/>"), cell(paragraph("二")))
    assert read_source(package(table(top, below)), "a.docx").text == "甲\t一\n另有的话\t二"


def test_a_long_field_over_paragraphs() -> None:
    """The result of a field that goes on over paragraphs, as tables of contents do, is text."""
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType="separate"/>'
    body = f'{begin}<w:t>第一章</w:t></w:r></w:p>{paragraph("第二章")}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert read_source(package(body), "a.docx").text == "第一章\n第二章"


def test_an_embedded_file_that_cannot_be_read_refuses_the_document() -> None:
    """What nobody could read is not let in as part of a document that could be."""
    parts = {"word/x.png": b"\x89PNG...."}
    data = package('<w:altChunk r:id="x"/>', related={"x": ("aFChunk", "x.png")}, parts=parts)
    with pytest.raises(InputRefusedError):
        read_source(data, "a.docx")


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" * 300 + "</w:p>" * 300,
        paragraph("字") * 40_000,
        table(row(cell(paragraph("字"))) * 20_000),
        "<w:p>" + run("字") * 60_000 + "</w:p>",
        "<w:tbl><w:tr><w:tc>" * 60 + paragraph("字") * 5000 + "</w:tc></w:tr></w:tbl>" * 60,
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 60_000 + "</w:p>",
        "<w:altChunk/>" * 60_000,
    ],
)
def test_monotonous_documents_end(body: str) -> None:
    """A document of one element repeated is read or refused at once."""
    start = time.process_time()
    with contextlib.suppress(BrokenSourceError, SourceTooLargeError, EmptySourceError):
        read_source(a_docx(body), "a.docx")
    assert time.process_time() - start < 5


def test_too_much_markup_is_refused_before_it_is_parsed() -> None:
    """A part that would fill the memory when parsed is refused by its markup; formatting alone is dropped instead."""
    with pytest.raises(SourceTooLargeError):
        read_source(a_docx("<w:a/>" * 1_100_000), "a.docx")
    formatted = run("字", '<w:sz w:val="32"/><w:color w:val="FF0000"/>')
    assert read_source(a_docx(f"<w:p>{formatted * 80_000}</w:p>"), "a.docx").text.count("字") == 80_000


def test_many_parts_share_one_budget() -> None:
    """Two headers that are each bearable are refused when both together are too much."""
    parts = {f"word/header{number}.xml": f"<a>{'<b/>' * 640_000}</a>" for number in range(2)}
    with pytest.raises(SourceTooLargeError):
        read_source(zipped({"word/document.xml": story("document", paragraph("字")), **parts}), "a.docx")


def test_a_template_without_its_main_part_is_broken() -> None:
    """A package that names a main part that is not there is refused as broken."""
    with pytest.raises(BrokenSourceError):
        read_source(package("", parts={"word/document.xml": ""}), "a.docx")
