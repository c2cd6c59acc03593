"""A letter that LibreOffice wrote, with names in its properties, header and comment, as the papers give it back."""

from pathlib import Path

from unit.reporting.letters import LINES, TEXT, differences, holds, parts_of

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Span
from attrtrack.reporting.marked_letter import Wanted, marked_letter
from attrtrack.reporting.paragraphs import main_part
from attrtrack.reporting.public_version import public_docx

LETTER = Path(__file__).resolve().parents[2] / "fixtures" / "letter-libreoffice.docx"
NAME, PHONE = "张小明", "13900001111"


def test_one_paragraph_is_put_in_and_no_other_byte_differs() -> None:
    """Every part is the same, the main one too but for the paragraph of the mark, in the letters of the date."""
    data = LETTER.read_bytes()
    wanted = Wanted("（此件公开发布）", lambda mark: mark.attribute is DisclosureAttribute.PROACTIVE, "2024年3月4日")
    made = marked_letter(data, wanted, lambda _: [])
    ((name, (before, after)),) = differences(data, made).items()
    assert (name, before, after.count(b"</w:p>")) == ("word/document.xml", b"", 1)
    assert 'w:firstLine="600"' in after.decode()
    printed = [paragraph.text for paragraph in main_part(parts_of(made)[name]).paragraphs]
    assert printed == [*LINES, "（此件公开发布）"]


def test_what_was_cut_is_in_no_byte() -> None:
    """Name and number stand in six of its parts; in the public version they stand in none."""
    data = LETTER.read_bytes()
    places = [TEXT.index(NAME), TEXT.rindex(NAME)]
    spans = [
        *(Span(start, start + len(NAME)) for start in places),
        Span(TEXT.index(PHONE), TEXT.index(PHONE) + len(PHONE)),
    ]
    assert {"docProps/core.xml", "word/comments.xml", "word/header1.xml"} < {*holds(data, NAME), *holds(data, PHONE)}
    made = public_docx(TEXT, spans, original=data, title=LINES[0])
    assert (holds(made, NAME), holds(made, PHONE)) == ([], [])
    assert b'<w:jc w:val="right"/>' in parts_of(made)["word/document.xml"]
