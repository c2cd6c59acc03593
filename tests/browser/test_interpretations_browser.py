"""The day of whoever looks after interpretations, in a real browser: hand in, judge, take back, set the form, decide the need."""

import re
from collections.abc import Callable
from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, expect
from readings_office import a_zip
from sample_office import SampleOffice
from saved_pages import a_page
from web_served import WAYS

from attrtrack.domain.access import Role
from attrtrack.workflow.job_running import run_job

pytestmark = pytest.mark.browser
_NUMBERS = count(1)
_SAVED = "https://www.yunxi.example/saved/{}.html"
_WIDE = """() => [...document.querySelectorAll('main *')].filter(
    element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(element => element.outerHTML.slice(0, 80))"""
_ALL = (
    "/interpretations",
    "/interpretations?tab=missing",
    "/interpretations/new",
    "/interpretations/import",
    "/imports/new",
    "/needs",
    "/needs/D1",
    "/jobs",
)
Checked = Callable[[], None]


def _checking(axe: Callable[[Page], list[str]], page: Page, *, javascript: bool) -> Checked:
    """Give a function that finds nothing wrong with a page: neither axe-core nor anything cut off at its side."""

    def checked() -> None:
        page.wait_for_load_state()
        if javascript:
            assert axe(page) == []
        assert page.evaluate(_WIDE) == []

    return checked


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_a_day_with_interpretations(
    desk_at: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    sample_office: SampleOffice,
    *,
    width: int,
    javascript: bool,
) -> None:
    """A zip and a broken page come in as a job, one interpretation by its facts; what waits is judged and taken back."""
    page = desk_at(Role.OFFICE, width=width, javascript=javascript)
    checked = _checking(axe, page, javascript=javascript)
    _import(page, checked, sample_office)
    _register(page, checked)
    _judge(page, checked)
    _set_forms(page, checked)
    _decide_need(page, checked)


def _import(page: Page, checked: Checked, office: SampleOffice) -> None:
    number = next(_NUMBERS)
    page.goto("/interpretations")
    checked()
    page.get_by_role("link", name="批量导入").click()
    checked()
    saved = a_page(title=f"一图读懂《第{number}号河湖巡查办法》", saved_from=_SAVED.format(number)).encode()
    packed = a_zip(**{"网页__一.html": saved})
    page.get_by_label("文件").set_input_files(
        [
            FilePayload(name="解读.zip", mimeType="application/zip", buffer=packed),
            FilePayload(name="坏.html", mimeType="text/html", buffer=b"\x00\x01"),
        ]
    )
    page.get_by_role("button", name="交文件，开始导入").click()
    expect(page.get_by_role("status")).to_contain_text("已收下")
    checked()
    address = page.url
    page.get_by_role("link", name="停止自动刷新").click()
    run_job(office.app)
    page.goto(address)
    expect(page.locator("#bad")).to_contain_text("坏.html")
    expect(page.locator("#progress")).to_contain_text("新登记 1")
    checked()
    page.get_by_role("button", name="接着为它们找公文").click()
    page.get_by_role("link", name="停止自动刷新").click()
    checked()
    page.get_by_role("button", name="取消任务").click()
    expect(page.get_by_role("status")).to_contain_text("任务已取消")
    page.get_by_role("button", name="重新办理").click()
    run_job(office.app)
    page.get_by_role("navigation", name="主要页面").get_by_role("link", name="任务").click()
    expect(page.get_by_role("table").locator("tbody tr").first).to_contain_text("完成")
    checked()


def _register(page: Page, checked: Checked) -> None:
    page.goto("/interpretations/new")
    checked()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("至少要有一项")
    checked()
    page.get_by_label("标题").fill(f"政策问答第{next(_NUMBERS)}辑")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已登记解读")
    checked()


def _judge(page: Page, checked: Checked) -> None:
    page.goto("/interpretations")
    page.locator("[data-open]").first.click()
    checked()
    judged = page.url
    expect(page.locator("#beside")).to_contain_text("最可能的公文")
    expect(page.locator("#beside mark")).not_to_have_count(0)
    assert page.locator("#others article").count() <= 4
    page.get_by_role("link", name=re.compile("^与解读并排对照")).first.click()
    laid = page.locator("#beside").inner_text()
    match = re.search(r"D\d+", laid)
    assert match is not None
    page.get_by_role("button", name=f"就是 {match[0]} 这份").first.click()
    expect(page.get_by_role("status")).to_contain_text(f"解读的是 {match[0]}")
    assert page.url != judged
    page.get_by_role("status").get_by_role("link", name="撤销").click()
    expect(page.locator("#acts")).to_contain_text("办公室审核人甲")
    checked()
    page.get_by_role("button", name="撤销上一次判定").click()
    expect(page.get_by_role("status")).to_contain_text("已撤销")
    page.get_by_label("编号、文号或标题中的字").fill(match[0])
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#search article")).to_have_count(1)
    checked()
    page.get_by_role("button", name="都不是").click()
    expect(page.get_by_role("status")).to_contain_text("不关联任何公文")
    page.goto("/interpretations?tab=none")
    expect(page.locator(f'a[href="{urlsplit(judged).path}"]')).to_be_visible()
    checked()


def _set_forms(page: Page, checked: Checked) -> None:
    page.goto("/interpretations?tab=linked")
    checked()
    page.locator("[data-open]").nth(next(_NUMBERS)).click()
    page.get_by_text("改形式、渠道").click()
    page.get_by_role("checkbox", name="视频").check()
    page.get_by_role("checkbox", name="政务微博").check()
    checked()
    page.get_by_role("button", name="保存形式、渠道").click()
    expect(page.get_by_role("status")).to_contain_text("形式和渠道已改定")
    expect(page.locator("#interpretation")).to_contain_text("人工改定")
    expect(page.locator("#acts")).to_contain_text("改定形式")


def _decide_need(page: Page, checked: Checked) -> None:
    page.goto("/interpretations?tab=missing")
    checked()
    page.get_by_role("link", name=re.compile("^不必解读？")).nth(next(_NUMBERS)).click()
    checked()
    page.get_by_label("不需要解读").check()
    page.get_by_label("理由").fill("仅部署内部工作，不涉及群众。")
    page.get_by_role("button", name="认定").click()
    expect(page.get_by_role("status")).to_contain_text("已认定不需要解读")
    checked()
    page.get_by_role("status").get_by_role("link", name="撤销").click()
    page.get_by_role("button", name="撤销认定").click()
    expect(page.get_by_role("status")).to_contain_text("已撤销认定，现在：应当解读")


def test_interpretations_are_judged_by_keyboard_and_with_large_text(
    desk_at: Callable[..., Page],
) -> None:
    """Down the list, open, this one, taken back; at twice the size (half the width) and on a telephone nothing is cut off."""
    page = desk_at(Role.OFFICE)
    page.goto("/interpretations")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/interpretations/I\d+"))
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("已判定")
    page.get_by_role("status").get_by_role("link", name="撤销").press("Enter")
    page.wait_for_url(re.compile("#acts"))
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("已撤销")
    for width in (720, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for path in (*_ALL, page.url):
            page.goto(path)
            assert page.evaluate(_WIDE) == [], path
