"""Public versions: what was cut is in no byte, what was not cut is all there."""

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from unit.reporting.letters import LINES, TEXT, W, a_letter, holds, parts_of, rewritten, spied

from attrtrack.domain.cuts import LEFT_OUT, public_text
from attrtrack.domain.evidence import Span
from attrtrack.reporting.public_version import found_in, public_docx

NAME, PHONE = "张小明", "13900001111"


def cut(words: str, occurrence: int = 1, text: str = TEXT) -> Span:
    """Return where words stand for the n-th time."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def lines_of(data: bytes) -> list[str]:
    """Return the paragraphs as python-docx, another program, reads them."""
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


def test_passages_give_way_to_the_sign() -> None:
    """Cuts that touch or overlap are one; the sign tells nothing of their length."""
    text = "甲乙丙丁戊"
    assert public_text(text, [Span(1, 3), Span(2, 4)]) == f"甲{LEFT_OUT}戊"
    assert public_text(text, [Span(3, 4), Span(0, 1)]) == f"{LEFT_OUT}乙丙{LEFT_OUT}戊"


def test_cuts_are_made_in_the_original_s_own_form() -> None:
    """The docx keeps its paragraphs and styles; the words are gone, those not cut stay, here the second name."""
    data = rewritten(
        a_letter(), lambda xml: xml.replace("<w:r><w:t>甲市水务局关于", "<w:r><w:rPr><w:b/></w:rPr><w:t>甲市水务局关于")
    )
    made = public_docx(TEXT, [cut(NAME), cut(PHONE)], original=data, title=LINES[0])
    assert lines_of(made) == [*LINES[:3], LINES[3].replace(NAME, LEFT_OUT).replace(PHONE, LEFT_OUT), *LINES[4:]]
    assert b"<w:b/>" in parts_of(made)["word/document.xml"]
    assert holds(made, PHONE) == []


def test_no_byte_of_any_part_holds_what_was_cut() -> None:
    """Properties, comments, tracked deletions and authors, fields, bookmarks, controls, custom XML, notes, embedded files."""
    data = spied(NAME)
    text = TEXT + "\n河道由我局管护。\n特此函复。"
    assert len(holds(data, NAME)) > 8
    made = public_docx(text, [cut(NAME), cut(NAME, 2)], original=data, title=None)
    assert holds(made, NAME) == []
    assert set(parts_of(made)) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml",
        "word/numbering.xml",
    }  # fmt: skip
    assert b"rsid" not in b"".join(parts_of(made).values())
    assert lines_of(made)[-3:] == [LINES[-1], "河道由我局管护。", "特此函复。"]


def test_a_cut_over_lines_runs_and_tables() -> None:
    """A passage over several paragraphs leaves one sign; what stands in a table's cells is cut like the rest."""
    document = Document()
    for line in LINES[:3]:
        document.add_paragraph(line)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "经办人", NAME
    document.add_paragraph("特此函复。")
    file = io.BytesIO()
    document.save(file)
    text = "\n".join([*LINES[:3], f"经办人\t{NAME}", "特此函复。"])
    spans = [cut(NAME, text=text), cut(f"{LINES[1]}\n{LINES[2]}", text=text)]
    made = public_docx(text, spans, original=file.getvalue(), title=None)
    assert lines_of(made) == [LINES[0], LEFT_OUT, "特此函复。"]
    assert Document(io.BytesIO(made)).tables[0].rows[0].cells[1].text == LEFT_OUT


@pytest.mark.parametrize("original", [None, b"no package", a_letter(["另一份文件"])], ids=["text", "broken", "other"])
def test_without_the_same_letters_the_docx_is_made_from_the_text(original: bytes | None) -> None:
    """An original that is no docx, broken, or reads otherwise gives no place to cut in: the text itself is laid out."""
    made = public_docx(TEXT, [cut(PHONE)], original=original, title=LINES[0])
    assert lines_of(made) == public_text(TEXT, [cut(PHONE)]).split("\n")
    assert holds(made, PHONE) == []


def test_boxes_stand_before_their_paragraph() -> None:
    """The text of a box is text: it is read before the paragraph on which it hangs, and kept there."""
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>加急</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    data = rewritten(a_letter(), lambda xml: xml.replace("<w:r><w:t>乙县", f"{box}<w:r><w:t>乙县"))
    text = "\n".join([*LINES[:2], "加急", *LINES[2:]])
    made = public_docx(text, [cut(PHONE, text=text)], original=data, title=None)
    assert lines_of(made)[1:4] == [LINES[1], "加急", LINES[2]]


def test_the_same_register_gives_the_same_bytes() -> None:
    """No clock and no chance is in a public version."""
    made = [public_docx(TEXT, [cut(NAME)], original=a_letter(), title=None) for _ in range(2)]
    assert made[0] == made[1]


def test_styles_that_name_a_passage_stay_out() -> None:
    """A style may be called after a person: then the styles stay out, the form of the letters remains."""
    parts = parts_of(a_letter())
    styles = parts["word/styles.xml"].replace(b'w:val="Normal"', f'w:val="{NAME}"'.encode(), 1)
    data = rewritten(a_letter(), lambda xml: xml, word__styles=styles)
    made = public_docx(TEXT, [cut(NAME), cut(NAME, 2)], original=data, title=None)
    assert holds(made, NAME) == []
    assert lines_of(made)[0] == LINES[0]


def test_styles_and_lists_have_no_names_of_an_office() -> None:
    """A part of a passage may name a style or label a list: styles get our names, labels are numbers and signs only."""
    named = f'<w:style w:type="paragraph" w:styleId="{NAME}的段落"><w:name w:val="{NAME}的段落"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    lists = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:name w:val="{NAME}"/><w:lvl w:ilvl="0"><w:lvlText w:val="{NAME}%1"/>'
        '</w:lvl><w:lvl w:ilvl="1"><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum></w:numbering>'
    )
    data = rewritten(
        a_letter(),
        lambda xml: xml.replace("<w:r><w:t>来函", f'<w:pPr><w:pStyle w:val="{NAME}的段落"/></w:pPr><w:r><w:t>来函'),
        word__styles=f"<w:styles {W}>{named}</w:styles>".encode(), word__numbering=lists.encode(),
    )  # fmt: skip
    made = public_docx(TEXT, [cut(f"联系人{NAME}")], original=data, title=None)
    assert holds(made, NAME) == ["word/document.xml"]
    styled = Document(io.BytesIO(made)).paragraphs[3].style
    assert styled is not None
    assert styled.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert "（%2）".encode() in parts_of(made)["word/numbering.xml"]


def test_the_search_finds_what_a_part_hides() -> None:
    """The last look is over letters and values of every part; a passage said again on purpose may stay where it was."""
    parts = {
        "word/document.xml": f"<d><t>{NAME[:1]}</t><t>{NAME[1:]}</t></d>".encode(),
        "x.xml": f'<x a="{NAME}"/>'.encode(),
    }
    assert found_in(parts, TEXT, [cut(NAME)]) == ["x.xml"]
    assert found_in(parts, TEXT, [cut(NAME), cut(NAME, 2)]) == ["word/document.xml", "x.xml"]


@pytest.mark.parametrize("figure", ["32", "2006", "word", "640"])
def test_figures_that_a_file_has_of_its_own_can_be_cut(figure: str) -> None:
    """Sizes, margins and addresses of formats are in every docx; a passage of the same signs is cut like any other."""
    text = f"核定人数为{figure}人。"
    made = public_docx(text, [cut(figure, text=text)], original=a_letter([text]), title=None)
    assert lines_of(made) == [f"核定人数为{LEFT_OUT}人。"]
    assert figure not in "".join(lines_of(public_docx(text, [cut(figure, text=text)], original=None, title=None)))
