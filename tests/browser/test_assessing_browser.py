"""An assessor's day in a real browser: from the rates to what is missing, from a doubt to its correction, and on paper."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect
from sample_office import SampleOffice
from web_people import ASSESSED
from web_served import WAYS

from attrtrack.domain.access import Role
from attrtrack.domain.evidence import Evidence

pytestmark = pytest.mark.browser
_A4 = (595, 842)
_SPILLING = """() => [...document.querySelectorAll('main td, main th')].filter(
    cell => cell.scrollWidth > cell.clientWidth + 1
).map(cell => cell.outerHTML.slice(0, 120))"""
_SHOWN = """() => [...document.querySelectorAll('main table td, main table th')].filter(
    cell => cell.checkVisibility() && cell.innerText.trim()
).slice(0, 60).map(cell => cell.innerText)"""
_CUT = """() => [...document.querySelectorAll('main *')].filter(
    element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !element.closest('svg')
).map(element => element.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def doubted(sample_office: SampleOffice) -> list[str]:
    """Have the gate doubt two documents of the unit that is assessed, and return them."""
    with sample_office.app.store.unit_of_work("test", "cli") as work:
        listed = work.queries.overview(ASSESSED, limit=60)
        withheld = [row.id for row in listed if row.attribute is not None and row.attribute.value == "withheld"][:2]
        rules = sample_office.app.rules
        for identifier in withheld:
            found = rules.finding(
                "attribute-doubtful",
                Evidence("关于印发", None, "rules"),
                declared="不予公开",
                proposed="主动公开",
                probability="93%",
                because="请对照所引正文核对。",
            )
            work.evaluations.add(identifier, (found,), rules.version)
    return withheld


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_an_assessors_day(
    desk_at: Callable[..., Page],
    checking: Callable[..., Callable[[], None]],
    doubted: list[str],
    *,
    width: int,
    javascript: bool,
) -> None:
    """Rates, a quarter, the rows behind a number, what is missing, tables, a doubt corrected and taken back; acts by keyboard."""
    page = desk_at(Role.ASSESSOR, width=width, javascript=javascript)
    checked = checking(page, width, javascript=javascript)
    page.goto("/")
    checked()
    expect(page.locator("svg.bullet")).to_have_count(5)
    page.get_by_label("季度").select_option("第一季度")
    page.get_by_role("button", name="查看").press("Enter")
    expect(page.get_by_text("2026年 · 第一季度")).to_be_visible()
    number = page.get_by_role("link", name=re.compile("政策解读率（按文件）不计入"))
    counted = number.inner_text()
    number.press("Enter")
    expect(page.locator(".tabs a[aria-current]")).to_have_text(f"不计入 {counted}")
    checked()
    rule = page.locator(".chips a").nth(1)
    told = rule.inner_text().split()
    rule.press("Enter")
    expect(page.locator("caption")).to_contain_text(f"共 {told[-1]} 份")
    page.get_by_role("link", name="总览", exact=True).last.click()
    page.get_by_role("link", name="达标还差什么").click()
    checked()
    expect(page.get_by_text(re.compile("还差 [0-9]+ 份解读")).first).to_be_visible()
    expect(page.locator(".behind tbody tr").first.get_by_role("link")).to_have_attribute(
        "href", re.compile("^/documents/D")
    )
    page.goto("/figures/by/unit?year=&unit=")
    checked()
    page.goto("/figures/by/quarter?show=interpretation-rate-document")
    checked()
    page.get_by_role("link", name=re.compile("^还差")).first.click()
    page.get_by_role("link", name=re.compile("^还差（从")).click()
    expect(page.locator(".by tbody tr")).to_have_count(4)
    _correct(page, checked, doubted[0])


def _correct(page: Page, checked: Callable[[], None], document: str) -> None:
    page.goto("/flags?year=&unit=")
    checked()
    page.locator(f'a[href^="/flags/{document}?"]').click()
    expect(page.get_by_text("系统建议主动公开（把握93%）")).to_be_visible()
    checked()
    page.get_by_label("主动公开", exact=True).press("Space")
    page.get_by_label("说明").fill("印发办法的通知应当公开。")
    page.get_by_role("button", name="保存更正").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已更正为主动公开")
    expect(page.locator(".tabs")).to_contain_text("已更正 1")
    page.get_by_role("link", name="查看或撤回").click()
    page.get_by_role("button", name="撤回考核更正").click()
    expect(page.get_by_role("status")).to_have_text("已撤回考核更正。")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/figures/by/unit?year=&unit=",
        "/figures/by/quarter?show=diversified-rate-interpretation",
        "/figures/interpretation-rate/document?part=excluded",
        "/missing",
    ],
)
def test_pages_stand_letters_of_double_size_and_print_on_a4(desk_at: Callable[..., Page], path: str) -> None:
    """At 200 % no cell spills; the printed page is A4, cuts nothing at the side, loses forms, and keeps every word of its tables."""
    page = desk_at(Role.ASSESSOR, width=1440 // 2)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440 // 2
    assert page.evaluate(_SPILLING) == []
    expect(page.get_by_role("button", name="打印本页")).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 690, "height": 1000})
    cells = page.evaluate(_SHOWN)
    assert cells
    assert page.evaluate(_CUT) == []
    for form in page.locator("form, nav, [data-print], .places").all():
        expect(form).to_be_hidden()
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    words = ""
    for sheet in document:
        assert abs(sheet.get_width() - _A4[0]) < 2
        assert abs(sheet.get_height() - _A4[1]) < 2
        words += "".join(sheet.get_textpage().get_text_bounded().split())
    assert len(document) <= (1 if path == "/" else 12)
    assert [cell for cell in cells if "".join(cell.split()) not in words] == []
    document.close()
