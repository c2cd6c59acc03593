"""What printing leaves in a text: numbers of pages and signatures of scanning programs, and what only looks like them."""

import pytest

from attrtrack.reading.plain.residue import is_page_number, is_scanner_line


@pytest.mark.parametrize(
    "line", ["— 12 —", "－3－", "·5·", "第 3 页", "第3页，共5页", "第三页", "3/5", "第3頁/共5頁", "Page 3 of 9"]
)
def test_numbers_of_pages(line: str) -> None:
    """A page's number is known in the forms that office programs print."""
    assert is_page_number(line)


@pytest.mark.parametrize("line", ["共 3 页", "12 34", "3.5", "第三章", "12345", "3 台", "附件 2"])
def test_figures_that_are_no_page_number(line: str) -> None:
    """Figures of a table, headings and long numbers stay in the text."""
    assert not is_page_number(line)


@pytest.mark.parametrize("line", ["由扫描全能王扫描创建", "Scanned with CamScanner", "Evaluation Only."])
def test_signatures_of_scanning_programs(line: str) -> None:
    """What a scanning or converting program prints on every page is no text of the document."""
    assert is_scanner_line(line)


@pytest.mark.parametrize(
    "line", ["关于做好节约用水工作的通知", "各处室应当将纸质档案逐份扫描入库。", "由某局负责扫描" + "档案" * 40]
)
def test_sentences_about_scanning(line: str) -> None:
    """A document that speaks of scanning keeps its sentences."""
    assert not is_scanner_line(line)
