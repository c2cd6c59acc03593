"""The door's part of the day in a real browser: the first run, a search and where it leads, a draft that outlives its session."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sample_office import SampleOffice
from web_people import LOGINS, PASSWORD, with_password
from web_register import an_app
from web_served import WAYS, served

from attrtrack.domain.access import Role
from attrtrack.workflow import sample
from attrtrack.workflow.app import App
from attrtrack.workflow.sample import SampleStep

pytestmark = pytest.mark.browser
_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
DRAFTER = LOGINS[Role.DRAFTER]
TEXT = "各乡镇人民政府：\n现将<b>饮水</b>安全有关事项通知如下，请认真贯彻执行。\n"


@pytest.fixture
def begun_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve a register that nobody has used yet, with a sample year of two steps."""

    def load(app: App) -> Iterator[SampleStep]:
        del app
        yield SampleStep("read", 20, "读文件：20 份。")
        yield SampleStep("record", 20, "登记：新登记 20 份。")

    monkeypatch.setattr(sample, "load", load)
    yield from served(an_app(tmp_path))


@pytest.mark.parametrize(("width", "javascript"), WAYS[::2])
def test_the_first_run(
    browser: Browser, begun_site: str, axe: Callable[[Page], list[str]], *, width: int, javascript: bool
) -> None:
    """From the front page to the sample year, and to the first administrator's desk, a slip of the pen on the way."""
    context = browser.new_context(
        base_url=begun_site, viewport={"width": width, "height": 900}, java_script_enabled=javascript
    )
    page, axe = context.new_page(), axe if javascript else _unchecked
    page.goto("/")
    page.get_by_role("link", name="首次使用").click()
    _seemly(page, axe)
    page.get_by_role("button", name="装入示例年度").click()
    expect(page.get_by_text("装好了。", exact=True)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="新登记 20 份")).to_be_visible()
    _seemly(page, axe)
    page.get_by_role("navigation", name="所在位置").get_by_role("link", name="首次使用").click()
    page.get_by_label("登录名").focus()
    for words in ("zhou.system", "周系统", PASSWORD, "写得不一样的口令啊啊啊"):
        page.keyboard.insert_text(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("两次写的口令不一样")
    expect(page.get_by_label("登录名")).to_have_value("zhou.system")
    for label in ("口令", "再写一遍口令"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="建立账号并登录").click()
    expect(page.get_by_text("周系统").first).to_be_visible()
    _seemly(page, axe)
    page.goto("/first-run")
    expect(page.get_by_text("登记里已经有账号了")).to_be_visible()
    _seemly(page, axe)
    context.close()


@pytest.mark.parametrize(("width", "javascript"), WAYS[::2])
def test_a_search(
    desk_at: Callable[..., Page], axe: Callable[[Page], list[str]], *, width: int, javascript: bool
) -> None:
    """From the head of a page by two characters to the records, on to the next page, narrowed, nothing found, and to a document."""
    page, axe = desk_at(Role.OFFICE, width=width, javascript=javascript), axe if javascript else _unchecked
    page.goto("/queue")
    page.get_by_role("searchbox", name="检索公文和解读").fill("饮水")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("检索")
    expect(page.get_by_role("status").first).to_contain_text("含“饮水”")
    assert page.locator("mark.sought").first.inner_text() == "饮水"
    _seemly(page, axe)
    first = page.locator(".hits h2").all_inner_texts()
    page.get_by_role("link", name="后面的").click()
    assert set(first).isdisjoint(page.locator(".hits h2").all_inner_texts())
    page.get_by_role("link", name="回到第一页").click()
    assert page.locator(".hits h2").all_inner_texts() == first
    page.get_by_label("类别").select_option(label="只查解读")
    page.get_by_role("main").get_by_role("button", name="检索").click()
    assert all("解读" in words for words in page.locator(".hits .quiet").all_inner_texts())
    page.get_by_label("检索词").fill('没有" OR <b>这个</b>*')
    page.get_by_role("main").get_by_role("button", name="检索").click()
    expect(page.get_by_text("没有含")).to_be_visible()
    expect(page.get_by_label("检索词")).to_have_value('没有" OR <b>这个</b>*')
    _seemly(page, axe)
    page.get_by_label("检索词").fill("饮水")
    page.get_by_label("类别").select_option(label="只查公文")
    page.get_by_role("main").get_by_role("button", name="检索").click()
    page.locator(".hits a").first.click()
    assert "/documents/D" in page.url
    if javascript:
        page.goto("/search?q=饮水")
        page.set_viewport_size({"width": 720, "height": 450})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not page.evaluate(_WIDER)


@pytest.mark.parametrize(("width", "javascript"), WAYS[::2])
def test_a_draft_outlives_its_session(
    desk_at: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    sample_office: SampleOffice,
    *,
    width: int,
    javascript: bool,
) -> None:
    """Typed, the session ended meanwhile, a wrong password, the right one: the words are there to go on with, and are sent."""
    way = f"{width}，{'有' if javascript else '无'}脚本"
    with_password(sample_office.app, DRAFTER, PASSWORD)
    page, axe = desk_at(Role.DRAFTER, width=width, javascript=javascript), axe if javascript else _unchecked
    page.goto("/drafts/new")
    page.get_by_label("标题").fill(f"关于饮水安全的通知（{way}）")
    page.get_by_label("正文", exact=False).last.fill(TEXT)
    with sample_office.app.store.unit_of_work("test", "cli") as work:
        work.sessions.end_all(DRAFTER)
    page.get_by_role("button", name="登记这段文字").click()
    expect(page.get_by_text("也没有丢")).to_be_visible()
    _seemly(page, axe)
    for password in ("not the password", PASSWORD):
        page.get_by_label("口令").fill(password)
        page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("刚才填写的内容还在")
    expect(page.get_by_label("正文")).to_have_value(TEXT)
    _seemly(page, axe)
    page.get_by_label("正文").fill(TEXT + f"再加一句（{way}）。")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已登记")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"关于饮水安全的通知（{way}）")


def _seemly(page: Page, axe: Callable[[Page], list[str]]) -> None:
    """Nothing runs off sideways, nothing breaks WCAG."""
    page.wait_for_load_state()
    assert not page.evaluate(_WIDER)
    assert axe(page) == []


def _unchecked(page: Page) -> list[str]:
    """Stand for axe in a page without script, whose timers never come."""
    del page
    return []
