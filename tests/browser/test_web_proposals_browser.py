"""The document page with everything on it, in a real browser: fits, opens by keyboard, prints."""

from collections.abc import Iterator

import pytest
from decided_letters import PRICE
from playwright.sync_api import Browser, expect
from signed_off import sign_as_others
from web_register import an_app
from web_served import served

from attrtrack.workflow import learning, registering

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def decided_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a register with a conflict (D1), a corrected document (D2) and a draft whose mark contradicts its text (D3)."""
    folder = tmp_path_factory.mktemp("decided")
    app = an_app(folder)
    for number in (1, 2, 3):
        file = folder / f"{number}.txt"
        text = PRICE.format(number=number, town="东山") + ("（此件不公开）\n" if number == 3 else "")
        file.write_text(text, encoding="utf-8")
        registering.record_file(app, str(file))
    registering.declare(app, "D1", "withheld", "R16-1b")
    sign_as_others(app, "D1")
    learning.correct(app, "D2", "proactive", reason="P20-08", note="收费标准" + "应当公开" * 30)
    yield from served(app)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["D1", "D2", "D3"])
def test_the_page_fits(browser: Browser, decided_site: str, name: str, *, width: int) -> None:
    """Nothing scrolls sideways, and what is suggested stands in the first view of a desk."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{decided_site}/documents/{name}")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    box = page.locator("#proposal .said").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 900
    page.close()


def test_a_quotation_is_found_in_the_text_by_keyboard(browser: Browser, decided_site: str) -> None:
    """Tab reaches the link beside a quotation, Enter shows the sentence where it stands."""
    page = browser.new_page(viewport={"width": 1440, "height": 700})
    page.goto(f"{decided_site}/documents/D1")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "在正文中":
            break
    page.keyboard.press("Enter")
    expect(page.locator("mark.carries, mark.questioned").nth(2)).to_be_in_viewport()
    page.close()


def test_the_page_prints_without_links_into_itself(browser: Browser, decided_site: str) -> None:
    """On paper the suggestion stands beside the register's facts, and no link is left that paper cannot follow."""
    page = browser.new_page()
    page.goto(f"{decided_site}/documents/D1")
    page.emulate_media(media="print")
    expect(page.locator("cite a").first).to_be_hidden()
    expect(page.locator("#conflict")).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()
