"""Levels of secrecy printed across or beside other lines of a PDF page stay readable for the judgement of secrecy."""

from pdf_files import a_pdf_of, at, lines

from attrtrack.reading import read_source
from attrtrack.reading.pdf.glyphs import Glyph
from attrtrack.reading.pdf.overprint import signs_at_head

BODY = ["关于做好值守工作的通知", "各县区应急管理局：", "请认真组织实施值守工作。"]


def test_a_box_across_a_line_is_kept_as_it_was_written() -> None:
    """A level a few points off another line's base line is told with the page's header, not torn letter by letter."""
    page = at(90, 760, "云栖市应急管理局文件") + at(94, 755.5, "机密★5年") + lines(BODY, top=700)
    assert "机密★5年" in read_source(a_pdf_of([page]), "a.pdf").header.split("\n")


def test_a_page_without_a_level_has_no_header() -> None:
    """Words about secrecy in running text are not taken out of it."""
    page = at(90, 760, "云栖市应急管理局文件") + lines([*BODY, "保守国家秘密，人人有责。"], top=700)
    assert "密" not in read_source(a_pdf_of([page]), "a.pdf").header


def _written(text: str, left: float, y: float, first: int) -> list[Glyph]:
    return [Glyph(char, left + 16 * n, left + 16 * (n + 1), y, 16.0, 0, first + n) for n, char in enumerate(text)]


def test_only_what_stands_apart_counts_at_the_head() -> None:
    """A level at the right of the first lines is a sign; one that wrapping has put at the left margin is not."""
    apart = [*_written("000012", 80, 780, 0), *_written("秘密", 400, 780, 6), *_written("应急管理局", 80, 740, 8)]
    wrapped = [*_written("不得泄露国家", 80, 780, 0), *_written("秘密。", 80, 752, 6)]
    assert signs_at_head(apart) == ["秘密"]
    assert signs_at_head(wrapped) == []
