"""A drafter's papers in a real browser: passages cut with and without the mouse, kept, taken back, and every file taken home."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from papers_office import LINES, NAME, PHONE, a_recorded_letter
from playwright.sync_api import Download, Page, expect
from sample_office import SampleOffice
from unit.reporting.letters import holds
from web_served import WAYS

from attrtrack.domain.access import Role

pytestmark = pytest.mark.browser
_MARK_WITH_THE_MOUSE = """words => {
    const text = document.querySelector("[data-cutting]");
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.lastIndexOf(words);
        if (at < 0) continue;
        getSelection().setBaseAndExtent(node, at, node, at + words.length);
    }
    text.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
}"""


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_a_public_version_is_made_and_kept(
    desk_at: Callable[..., Page],
    checking: Callable[..., Callable[[], None]],
    sample_office: SampleOffice,
    *,
    width: int,
    javascript: bool,
) -> None:
    """Personal data by a tick, a name by its words, everything downloaded; a cut taken back stays on record."""
    identifier = a_recorded_letter(sample_office.app, lines=(*LINES, f"第{width}份"), attribute="proactive")
    page = desk_at(Role.DRAFTER, width=width, javascript=javascript)
    checked = checking(page, width, javascript=javascript)
    page.goto(f"/documents/{identifier}")
    checked()
    assert words_of(taken(page, "拟发文件属性管理意见表"))[0] == "拟发文件属性管理意见表"
    assert "（此件公开发布）" in words_of(taken(page, "原件加注“主动公开”标注"))
    page.get_by_role("link", name="删减后公开").click()
    checked()
    page.get_by_role("button", name="删去勾选的").click()
    expect(page.get_by_role("status")).to_contain_text("已删去 1 处个人信息")
    _cut_the_name(page, javascript=javascript)
    expect(page.locator("#cuts")).to_contain_text("同样的字在公开版里还有 1 处")
    checked()
    public = taken(page, "下载公开版（docx）")
    assert holds(public, PHONE) == []
    assert [line.count(NAME) for line in words_of(public)[3:5]] == [1, 0]
    page.get_by_role("button", name="留存这一版").click()
    expect(page.get_by_text("现在的公开版已经留存")).to_be_visible()
    assert taken(page, "拟稿人甲") == public
    page.locator("#cuts li").filter(has_text="姓名").get_by_role("button").click()
    expect(page.locator("#cuts")).to_contain_text("已恢复")
    expect(page.get_by_role("button", name="留存这一版")).to_be_visible()
    _refused(page)
    checked()


def _cut_the_name(page: Page, *, javascript: bool) -> None:
    if javascript:
        page.wait_for_load_state()  # the script listens once the page is whole
        page.evaluate(_MARK_WITH_THE_MOUSE, NAME)
        expect(page.get_by_label("要删去的原文")).to_have_value(NAME)
    else:
        page.get_by_label("要删去的原文").fill(NAME)
        page.get_by_label("第几处").fill("2")
    expect(page.get_by_label("第几处")).to_have_value("2")
    page.get_by_label("理由", exact=True).select_option("R15-2")
    page.get_by_label("说明").fill("姓名与公务无关")
    page.get_by_role("button", name="删去", exact=True).click()


def _refused(page: Page) -> None:
    """Words that are not in the text: the form comes back as it was, with what to do."""
    page.get_by_label("要删去的原文").fill("没有的字")
    page.get_by_label("理由", exact=True).select_option("R15-2")
    page.get_by_role("button", name="删去", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("正文里没有这些字")
    expect(page.get_by_label("要删去的原文")).to_have_value("没有的字")


def test_the_office_takes_the_registration_table_home(desk_at: Callable[..., Page]) -> None:
    """The queue leads to the table; it holds every document of the scope, and opens in another program."""
    page = desk_at(Role.OFFICE)
    page.goto("/queue")
    table = load_workbook(io.BytesIO(taken(page, "公开发布归类登记表")), read_only=True).active
    assert table is not None
    rows = table.iter_rows(min_row=1, values_only=True)
    title, _, head, first = (next(rows) for _ in range(4))
    assert "公开发布归类登记表" in str(title[0])
    assert (head[2], head[9], first[0]) == ("发文字号", "公开属性", 1)


def taken(page: Page, link: str) -> bytes:
    """Save the file behind a link and return its bytes."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).first.click()
    saved: Download = coming.value
    return Path(saved.path()).read_bytes()


def words_of(data: bytes) -> list[str]:
    """Return the paragraphs of a docx as another program reads them."""
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]
