"""The pages in a real browser, at the width of a desk and of a telephone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
WIDTHS = (1440, 390)
PATHS = (
    "/",
    "/documents?urgency=check",
    "/documents/D1",
    "/documents/D3",
    "/figures/diversified-rate/document?year=2023",
)
_WIDER_THAN_THE_PAGE = """() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll('main *, header *, footer *')]
        .filter(element => element.getBoundingClientRect().right > width + 1 && !element.closest('svg, thead'))
        .map(element => element.outerHTML.slice(0, 80));
}"""


@dataclass
class Watched:
    """A page and what it complained of or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def _watch(page: Page) -> Watched:
    watched = Watched(page)
    page.on("console", lambda message: watched.complaints.append(message.text))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("request", lambda request: watched.addresses.append(request.url))
    return watched


@pytest.fixture(params=WIDTHS)
def watched(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Return a fresh page at each width."""
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    yield _watch(page)
    page.close()


@pytest.mark.parametrize("path", PATHS)
def test_pages_fit_and_are_quiet(watched: Watched, site: str, path: str) -> None:
    """No sideways scrolling, no complaint in the console, no request to another host."""
    watched.page.goto(site + path)
    expect(watched.page.locator("h1")).to_be_visible()
    assert watched.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert watched.page.evaluate(_WIDER_THAN_THE_PAGE) == []
    assert watched.complaints == []
    assert {address for address in watched.addresses if not address.startswith(site + "/")} == set()
    assert len(watched.addresses) >= 2


def test_the_empty_page_fits(watched: Watched, empty_site: str) -> None:
    """The first page an office sees fits too and names the command to run."""
    watched.page.goto(empty_site)
    expect(watched.page.get_by_text("attrtrack import")).to_be_visible()
    assert watched.page.evaluate(_WIDER_THAN_THE_PAGE) == []
    assert watched.complaints == []


def test_what_matters_is_seen_without_scrolling(browser: Browser, site: str) -> None:
    """On a desk what waits and the three rates, each by its name, values and targets, stand in the first view."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(site)
    rates, leads = page.locator("table.rate tbody"), page.locator(".leads a")
    expect(rates.locator("h2")).to_have_text(["政策解读率", "多样化解读率", "非政府网站渠道发布率"])
    expect(leads).to_have_text(["签发受阻 1", "待认定 1", "待解读 1", "待判关联 1"])
    expect(rates.locator("a.value")).to_have_count(5)
    expect(rates.locator("svg.bullet")).to_have_count(5)
    for one in (*leads.all(), *rates.all()):
        box = one.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    page.close()


def test_a_figure_opens_by_keyboard(watched: Watched, site: str) -> None:
    """Past the head by its first link, Tab reaches the first rate with a visible ring, Enter opens the rows behind it."""
    page = watched.page
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _ in range(page.locator(".leads a").count() + 1):
        page.keyboard.press("Tab")
    focused = page.locator("#interpretation-rate-document")
    expect(focused).to_be_focused()
    outline = focused.evaluate(
        "element => getComputedStyle(element).outlineStyle + getComputedStyle(element).outlineWidth"
    )
    assert outline == "solid3px"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/figures/interpretation-rate/document"))
    expect(page.locator("#denominator-count")).to_be_visible()


def test_the_year_is_chosen_without_script(browser: Browser, site: str) -> None:
    """The form works in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_label("年度").select_option("2022")
    page.get_by_label("单位").select_option("")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("全部单位 · 2022年")).to_be_visible()
    expect(page.get_by_text("无法计算").first).to_be_visible()
    context.close()


def test_charts_are_told_to_those_who_do_not_see_them(browser: Browser, site: str) -> None:
    """Each chart is an image with a name and a sentence that holds value and target."""
    page = browser.new_page()
    page.goto(site)
    charts = page.get_by_role("img", name="政策解读率")
    assert charts.count() == 1
    assert "目标100%" in (charts.first.locator("desc").text_content() or "")
    page.close()
