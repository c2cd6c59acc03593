"""A clerk's and a signatory's day in a real browser: the queue by keyboard, one document decided in every way, the doubtful list."""

import re
import sys
import time
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sample_office import SampleOffice
from web_people import OWN, acting
from web_served import WAYS

from attrtrack.domain.access import Role
from attrtrack.domain.decisions import State
from attrtrack.workflow.accepting import offers
from attrtrack.workflow.job_running import run_job

pytestmark = pytest.mark.browser
SECONDS = 60
CLEARED = 20
_REVIEW = "/queue?waits=review"
_PLACE = re.compile(r"^/queue/(D\d+)\?waits=review$")
_ENLARGED = (720, 360)
"""Widths of the wide window in pixels of the page when everything is enlarged to 200 % and 400 %."""
Axe = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def undisputed(sample_office: SampleOffice) -> list[str]:
    """Return twenty declared letters that nothing speaks against."""
    taken = sample_office.take("declared", CLEARED + 4)
    offered = offers(acting(sample_office.app, Role.OFFICE), taken)
    return [one for one in taken if offered[one].against is None][:CLEARED]


def test_twenty_undisputed_are_cleared_by_keyboard(
    desk_at: Callable[..., Page], sample_office: SampleOffice, undisputed: list[str]
) -> None:
    """No mouse: chosen in the list and agreed to together, taken back together, then agreed to one after the other."""
    assert len(undisputed) == CLEARED
    page = desk_at(Role.OFFICE)
    begun = time.perf_counter()
    page.goto(_REVIEW)
    _choose(page, set(undisputed))
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_have_text(f"已同意 {CLEARED} 份。")
    together = time.perf_counter() - begun
    assert _states(sample_office, undisputed) == {State.REVIEWED}
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_have_text(f"已收回 {CLEARED} 份的同意，重新待审核。")
    assert _states(sample_office, undisputed) == {State.DECLARED}
    begun = time.perf_counter()
    page.keyboard.press("n")
    page.wait_for_url(re.compile(re.escape(_REVIEW)))
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    _agree_one_by_one(page, set(undisputed))
    singly = time.perf_counter() - begun
    sys.stdout.write(
        f"\n{CLEARED} undisputed documents by keyboard: together {together:.1f} s, one by one {singly:.1f} s (at most {SECONDS} s)\n"
    )
    assert _states(sample_office, undisputed) == {State.REVIEWED}
    assert together < SECONDS
    assert singly < SECONDS


def _choose(page: Page, wanted: set[str]) -> None:
    """Walk down the list with j and choose with x."""
    places = page.locator("[data-open]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for place in places:
        page.keyboard.press("j")
        if _id_of(place) in wanted:
            page.keyboard.press("x")
    expect(page.locator("[data-counts]")).to_have_text(f"已选 {len(wanted)} 份")


def _agree_one_by_one(page: Page, wanted: set[str]) -> None:
    """Agree with a where the document is wanted, go on with j where it is not."""
    left = set(wanted)
    while left:
        page.wait_for_url(lambda url: "/queue/D" in url)
        shown = _id_of(page.url[page.url.index("/queue") :])
        assert shown is not None
        page.keyboard.press("a" if shown in left else "j")
        left.discard(shown)
        page.wait_for_url(lambda url, old=shown: f"/queue/{old}?" not in url)


def _id_of(place: str) -> str | None:
    found = _PLACE.match(place)
    return found[1] if found else None


def _states(office: SampleOffice, documents: list[str]) -> set[State]:
    with office.app.store.reading() as work:
        return {work.documents.get(one).state for one in documents}


def test_keys_are_explained_and_can_be_turned_off(desk_at: Callable[..., Page], axe: Axe) -> None:
    """? tells the keys of the page at hand; a key typed into a field is text; turned off, none of them does anything."""
    page = desk_at(Role.OFFICE)
    page.goto(_REVIEW)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="键盘快捷键")
    expect(dialog).to_contain_text("打开这一行")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr.current [data-open]")).to_be_focused()
    first = page.locator("[data-open]").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".way")).to_contain_text("第 1 份")
    page.keyboard.press("r")
    expect(page.get_by_label("退回意见")).to_be_focused()
    page.keyboard.type("ja")
    expect(page.get_by_label("退回意见")).to_have_value("ja")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".way")).to_contain_text("第 2 份")
    page.get_by_role("button", name="键盘快捷键").click()
    page.get_by_label("使用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".way")).to_contain_text("第 2 份")
    page.keyboard.press("?")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="键盘快捷键").click()
    expect(page.get_by_label("使用单键快捷键")).not_to_be_checked()


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_a_day_at_the_office(
    desk_at: Callable[..., Page],
    checking: Callable[..., Callable[[], None]],
    sample_office: SampleOffice,
    *,
    width: int,
    javascript: bool,
) -> None:
    """Filtered, returned, disputed, taken back, reviewed for secrecy, agreed to together; signed over a dispute; audited."""
    clerk = desk_at(Role.OFFICE, width=width, javascript=javascript)
    signatory = desk_at(Role.SIGNATORY, width=width, javascript=javascript)

    def checked(page: Page) -> None:
        checking(page, width, *(_ENLARGED if javascript else ()), javascript=javascript)()

    returned, disputed, bulk = sample_office.take("declared", 3)
    (unreasoned,) = sample_office.take("unreasoned")
    _filter(clerk, checked)
    _see_the_disagreement(clerk, unreasoned, checked)
    _return(clerk, returned, checked)
    _dispute_and_clear(clerk, disputed, checked)
    _sign(signatory, disputed, checked)
    _agree_together(clerk, bulk, checked)
    assert _states(sample_office, [returned]) == {State.RETURNED}
    assert _states(sample_office, [disputed]) == {State.SIGNED}
    assert _states(sample_office, [bulk]) == {State.DECLARED}
    _audit(clerk, checked, sample_office)


Checked = Callable[[Page], None]


def _filter(page: Page, checked: Checked) -> None:
    page.goto("/queue")
    checked(page)
    expect(page.get_by_text("您能办的：")).to_be_visible()
    page.get_by_role("link", name=re.compile("^签发受阻")).click()
    page.get_by_label("单位").select_option(OWN)
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("link", name="取消筛选")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载公开发布归类登记表").click()
    assert saved.value.suggested_filename.endswith(".xlsx")


def _see_the_disagreement(page: Page, document: str, checked: Checked) -> None:
    page.goto(f"/queue/{document}?waits=blocked")
    expect(page.locator("#disagreement")).to_contain_text("起草部门认定为不予公开；系统建议主动公开")
    expect(page.locator("#findings")).to_contain_text("没有说明理由")
    expect(page.locator("#text")).to_be_visible()
    checked(page)


def _return(page: Page, document: str, checked: Checked) -> None:
    page.goto(f"/queue/{document}?waits=review")
    page.get_by_text("退回起草部门", exact=True).click()
    page.get_by_label("退回意见").fill("   ")
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("退回要写明意见")
    checked(page)
    page.get_by_label("退回意见").fill("附件请一并说明是否公开。")
    page.get_by_role("button", name="退回", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已退回：")


def _dispute_and_clear(page: Page, document: str, checked: Checked) -> None:
    _dispute(page, document)
    page.get_by_role("status").get_by_role("link", name="收回审核意见").click()
    checked(page)
    page.get_by_role("button", name="收回", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("重新待审核")
    _dispute(page, document)
    page.goto(f"/queue/{document}")
    checked(page)
    expect(page.locator("#disagreement")).to_contain_text("涉及内部事务")
    page.get_by_label("可以公开", exact=True).check()
    page.get_by_label("文中的个人信息已逐处看过").check()
    page.get_by_role("button", name="登记保密审查").click()
    expect(page.get_by_role("status")).to_contain_text("保密审查已登记（可以公开）")


def _dispute(page: Page, document: str) -> None:
    page.goto(f"/queue/{document}?waits=review")
    page.get_by_text("有不同意见", exact=True).click()
    page.locator("#review").get_by_label("不予公开").check()
    page.locator("#f-dispute").fill("涉及内部事务。")
    page.get_by_role("button", name="登记不同意见").click()
    expect(page.get_by_role("status")).to_contain_text("已登记不同意见")


def _sign(page: Page, document: str, checked: Checked) -> None:
    page.goto(f"/queue/{document}")
    checked(page)
    page.get_by_label("签发的原因").fill("群众普遍关心，应当公开。")
    page.get_by_role("button", name="签发", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已签发：")


def _agree_together(page: Page, document: str, checked: Checked) -> None:
    page.goto(_REVIEW)
    row = page.locator("tr", has=page.locator(f'a[href^="/queue/{document}?"]'))
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="同意所选").click()
    expect(page.get_by_role("status")).to_have_text("已同意 1 份。")
    checked(page)
    page.get_by_role("button", name="撤销，收回这 1 份的同意").click()
    expect(page.get_by_role("status")).to_contain_text("已收回 1 份的同意")


def _audit(page: Page, checked: Checked, office: SampleOffice) -> None:
    page.goto("/queue")
    page.get_by_role("link", name="存疑清单").click()
    checked(page)
    page.get_by_label("单位").select_option("云溪县水利局")
    page.get_by_role("button", name="开始审查").click()
    expect(page.get_by_role("heading", name="排队等候")).to_be_visible()
    job = page.url.rpartition("/")[2]
    page.get_by_role("link", name="停止更新").click()
    checked(page)
    assert run_job(office.app, job) is not None
    page.goto(f"/audit/{job}")
    checked(page)
    expect(page.get_by_text(re.compile("审查 [0-9]+ 份，存疑 [0-9]+ 份"))).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="下载清单").click()
    sheet = load_workbook(BytesIO(saved.value.path().read_bytes())).active
    assert sheet is not None
    assert sheet.max_row > 3
