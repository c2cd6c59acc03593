"""An assessor's tools in a real browser: scores to the rows behind a loss, a report to its file, checks to the place in the text; by keyboard."""

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from web_people import ASSESSED

from attrtrack.domain.access import Role

pytestmark = pytest.mark.browser
SCHEME = "shanxi-2020-sample"
REPORT = """东山县人民政府办公室关于2025年度政务公开考核结果的通报
各乡镇人民政府，县直各单位：
2025年，全县共收到依申请公开件120件，其中自然人申请88件、法人申请30件。
会议于2025年2月30日召开，研究了有关事项。
东山县人民政府办公室
2026年1月15日
"""
TABLE = "单位,书面考核（26分）,网上考核（10分）,总分,名次\n县水利局,25,9,34,1\n县教育局,24,8,33,2\n县财政局,27,4,31,3\n"
FOUND = f"单位,规则,次数,说明,依据\n{ASSESSED},organisation,1,没有台账,实地检查记录\n"
_DROPPED = """data => {
  const carried = new DataTransfer();
  carried.items.add(new File([Uint8Array.from(atob(data), sign => sign.charCodeAt(0))], "通报.txt"));
  return carried;
}"""
_SPILLING = """() => [...document.querySelectorAll('main td, main th')].filter(
    cell => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1
).map(cell => cell.outerHTML.slice(0, 120))"""
_WIDE_SHEET, _TALL_SHEET = (842, 595), (595, 842)
Checked = Callable[[], None]


@pytest.mark.parametrize(("width", "javascript"), [(1440, True), (390, False)])
def test_an_assessors_tools(
    desk_at: Callable[..., Page],
    checking: Callable[..., Callable[[], None]],
    tmp_path: Path,
    *,
    width: int,
    javascript: bool,
) -> None:
    """From the front page through all four, each state without a fault at its width."""
    page = desk_at(Role.ASSESSOR, width=width, javascript=javascript)
    checked = checking(page, width, *([width // 2] if javascript else []), javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name=re.compile("^考核计分")).press("Enter")
    checked()
    _score(page, checked, tmp_path)
    page.get_by_role("link", name="生成报告").press("Enter")
    _report(page, checked, tmp_path)
    page.get_by_role("link", name="核对报告").press("Enter")
    _check(page, checked, tmp_path, javascript=javascript)
    page.get_by_role("link", name="复核成绩表").press("Enter")
    _recount(page, checked, tmp_path)


def _score(page: Page, checked: Checked, folder: Path) -> None:
    page.get_by_label("考核细则").select_option(SCHEME)
    page.get_by_role("button", name="计分", exact=True).press("Enter")
    expect(page.get_by_role("note").filter(has_text="示例细则")).to_be_visible()
    checked()
    page.get_by_role("link", name=ASSESSED).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(ASSESSED)
    loss = page.locator(".losses details").first
    loss.locator("summary").press("Enter")
    expect(loss.get_by_role("link").first).to_have_attribute("href", re.compile("^/documents/D"))
    checked()
    told = loss.locator("summary").inner_text()
    loss.get_by_role("link", name=re.compile("^看全部|^看这项")).click()
    expect(page.locator("caption")).to_contain_text(f"共 {re.findall('[0-9]+', told)[0]} 份")
    page.go_back()
    page.get_by_role("link", name="考核计分").press("Enter")
    expect(page.locator(".scored")).to_be_visible()
    table = folder / "录入.csv"
    table.write_text(FOUND, encoding="utf-8")
    page.get_by_label("扣分、加分表").set_input_files(table)
    page.get_by_role("button", name="一并计分", exact=True).press("Enter")
    expect(page.locator(".sheet-of-unit")).to_contain_text("没有台账")
    checked()


def _report(page: Page, checked: Checked, folder: Path) -> None:
    checked()
    page.get_by_label(re.compile("^自查报告")).press("Space")
    page.get_by_role("button", name="生成并预览").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("请选择单位")
    checked()
    page.get_by_label(re.compile("^单位")).select_option(ASSESSED)
    page.get_by_role("button", name="生成并预览").press("Enter")
    paper = page.get_by_role("article")
    expect(paper).to_contain_text("自查报告")
    checked()
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载 Word（docx）").click()
    assert "自查报告" in taken.value.suggested_filename
    kept = folder / "自查报告.docx"
    taken.value.save_as(kept)
    assert kept.read_bytes().startswith(b"PK")
    number = paper.locator('a[href*="part=numerator"]').first
    counted = number.inner_text()
    number.press("Enter")
    expect(page.locator("#numerator-count")).to_have_text(counted)
    page.go_back()


def _check(page: Page, checked: Checked, folder: Path, *, javascript: bool) -> None:
    checked()
    if javascript:
        carried = page.evaluate_handle(_DROPPED, base64.b64encode(REPORT.encode()).decode())
        page.dispatch_event("main", "drop", {"dataTransfer": carried})
    else:
        file = folder / "通报.txt"
        file.write_text(REPORT, encoding="utf-8")
        page.get_by_label("报告文件").set_input_files(file)
        page.get_by_role("button", name="核对这个文件").press("Enter")
    expect(page.locator("#result")).to_contain_text("发现 2 处矛盾")
    checked()
    page.locator("#findings cite a").last.press("Enter")
    expect(page.locator("#text mark.questioned").last).to_be_in_viewport()
    page.get_by_text("或者粘贴文字").click()
    page.get_by_role("button", name="核对这段文字").click()
    expect(page.get_by_role("alert")).to_contain_text("也没有粘贴文字")
    checked()


def _recount(page: Page, checked: Checked, folder: Path) -> None:
    checked()
    table = folder / "成绩.csv"
    table.write_text(TABLE, encoding="utf-8")
    page.get_by_label("成绩表").set_input_files(table)
    page.get_by_role("button", name="复核这份表").press("Enter")
    expect(page.locator("#result")).to_contain_text("有 2 处不符")
    expect(page.locator(".recount tbody tr").first).to_contain_text("县教育局")
    expect(page.locator(".recount tbody tr").last).to_contain_text("不超过 26")
    checked()


@pytest.mark.parametrize(
    ("path", "sheet"),
    [
        (f"/scores?scheme={SCHEME}&year=2026", _TALL_SHEET),
        (f"/scores/sheet?scheme={SCHEME}&year=2026&unit={ASSESSED}", _TALL_SHEET),
        ("/reports?kind=notice&year=2026", _TALL_SHEET),
        ("/reports?kind=rectification&year=2026", _WIDE_SHEET),
    ],
)
def test_pages_stand_letters_of_double_size_and_print(
    desk_at: Callable[..., Page], path: str, sheet: tuple[int, int]
) -> None:
    """At 200 % no cell spills; on paper forms are gone, a report lies as its kind asks and begins with its own title."""
    page = desk_at(Role.ASSESSOR, width=1440 // 2)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440 // 2
    assert page.evaluate(_SPILLING) == []
    page.emulate_media(media="print")
    for form in page.locator("form, nav, [data-print], .places").all():
        expect(form).to_be_hidden()
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    for printed in document:
        assert (abs(printed.get_width() - sheet[0]) < 2, abs(printed.get_height() - sheet[1]) < 2) == (True, True)
    words = "".join(document[0].get_textpage().get_text_bounded().split())
    reported = path.startswith("/reports")
    title = "".join(page.locator(".paper .title" if reported else "h1").first.inner_text().split())
    assert words.startswith(title) if reported else title in words
    document.close()
