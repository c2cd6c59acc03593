"""A drafter's whole day without a mouse: each control is reached by Tab and worked by Enter, the arrows or letters."""

import re
from collections.abc import Callable
from itertools import count

import pytest
from decided_letters import PRICE
from playwright.sync_api import Locator, Page, expect
from sample_office import SampleOffice

from attrtrack.domain.access import Role

pytestmark = pytest.mark.browser
_FOCUSED = "found => found === document.activeElement"
_MOST_STEPS = 200
_NUMBERS = count(700)


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until a control has the focus, where it can be seen."""
    handle = wanted.element_handle()
    assert handle is not None
    for _ in range(_MOST_STEPS):
        if handle.evaluate(_FOCUSED):
            expect(wanted).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {wanted}")


def press(page: Page, wanted: Locator) -> None:
    """Reach a link or button and press Enter."""
    reach(page, wanted)
    page.keyboard.press("Enter")


def type_into(page: Page, label: str, words: str) -> None:
    """Reach a field and write into it what shall stand there."""
    reach(page, page.get_by_label(label))
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(words)


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    """Return a button by its words; one whose words are a part of another's is asked for whole."""
    return (
        page.get_by_role("button", name=name, exact=True)
        if isinstance(name, str)
        else page.get_by_role("button", name=name)
    )


def test_a_drafters_day_without_a_mouse(desk_at: Callable[..., Page], sample_office: SampleOffice) -> None:
    """Paste, mend, take the paper along, declare; choose otherwise; answer the office; publish; withdraw; find it again."""
    page = desk_at(Role.DRAFTER)
    page.goto("/drafts")
    press(page, page.get_by_role("link", name="改为粘贴文字"))
    type_into(page, "正文", PRICE.format(number=next(_NUMBERS), town="南山"))
    press(page, button(page, "登记这段文字"))
    expect(page.locator("#proposal .said")).to_have_text("主动公开")
    _mend(page)
    with page.expect_download() as paper:
        press(page, page.get_by_role("link", name="拟发文件属性管理意见表"))
    assert paper.value.suggested_filename.endswith(".docx")
    press(page, button(page, re.compile("^采用建议")))
    expect(page.get_by_role("status").first).to_contain_text("已认定为主动公开")
    _otherwise(page, sample_office.take("draft")[0])
    _answer(page, sample_office.take("returned")[0])
    _publish(page, sample_office.take("signed")[0])
    _withdraw(page, sample_office.take("draft")[0])


def _mend(page: Page) -> None:
    press(page, page.locator("summary", has_text="改正读错的要素"))
    type_into(page, "起草部门", "价格科")
    press(page, button(page, "改正并重新建议"))
    expect(page.locator("#elements .facts")).to_contain_text("价格科")


def _otherwise(page: Page, document: str) -> None:
    page.goto(f"/documents/{document}")
    press(page, page.get_by_role("link", name="另行认定"))
    press(page, page.get_by_role("button", name="不予公开", exact=True))
    form = page.locator("form[data-look]")
    reach(page, form.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(form.get_by_role("status")).to_contain_text("不会被拦下")
    press(page, button(page, "认定为不予公开"))
    expect(page.get_by_role("status").first).to_contain_text("已认定为不予公开")


def _answer(page: Page, document: str) -> None:
    page.goto("/drafts")
    press(page, page.get_by_role("navigation", name="办到哪一步").get_by_role("link", name=re.compile("等我认定")))
    page.wait_for_url(re.compile("stage=mine"))
    page.goto(f"/documents/{document}")
    press(page, button(page, re.compile("^采用建议")))
    expect(page.get_by_role("status").first).to_contain_text("已认定为")


def _publish(page: Page, document: str) -> None:
    page.goto(f"/documents/{document}")
    type_into(page, "公开地址", "https://www.yunxi.example/zfxxgk/2.html")
    reach(page, page.get_by_label("公开日期"))
    page.keyboard.type("03022026")
    press(page, button(page, "登记公开"))
    expect(page.get_by_role("status").first).to_contain_text("已登记公开发布")


def _withdraw(page: Page, document: str) -> None:
    page.goto(f"/documents/{document}")
    press(page, page.locator("summary", has_text="撤回这份公文"))
    type_into(page, "撤回的原因", "重复登记")
    press(page, button(page, "撤回"))
    expect(page.get_by_role("status").first).to_contain_text(f"已撤回 {document}")
    press(page, page.get_by_role("link", name=re.compile("办结")))
    expect(page.locator("tbody tr").filter(has_text=document)).to_contain_text("已撤回")
