"""The three administrators' day in a real browser: an account from its making to its lock, roles, units, rules, the journal."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sample_office import SampleOffice
from web_people import OWN
from web_served import WAYS

from attrtrack.domain.access import Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "javascript"), WAYS)
def test_three_administrators_day(
    desk_at: Callable[..., Page],
    checking: Callable[..., Callable[[], None]],
    sample_office: SampleOffice,
    *,
    width: int,
    javascript: bool,
) -> None:
    """An account is made, given its role, locked and unlocked; a unit is added; rules are read; the journal tells and is proven."""
    login = f"sun.{width}{'' if javascript else '.plain'}"

    def desk(role: Role) -> tuple[Page, Callable[[], None]]:
        page = desk_at(role, width=width, javascript=javascript)
        return page, checking(page, width, javascript=javascript)

    _make(*desk(Role.SYSTEM_ADMINISTRATOR), login)
    _entitle(*desk(Role.SECURITY_ADMINISTRATOR), login)
    with sample_office.app.store.reading() as work:
        made = work.accounts.get(login)
    assert (made.roles, made.suspended, made.display_name) == ({Role.OFFICE}, False, "孙文书")
    _audit(*desk(Role.AUDIT_ADMINISTRATOR), login)
    _read_rules(*desk(Role.DRAFTER))


def _make(page: Page, checked: Callable[[], None], login: str) -> None:
    """Make an account by keyboard, lock and unlock it, add a unit, look at the system."""
    page.goto("/administration")
    checked()
    page.get_by_role("link", name="增加账号").click()
    checked()
    page.get_by_label("登录名").focus()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type("孙文书")
    page.keyboard.press("Tab")
    page.keyboard.type(OWN)
    page.keyboard.press("Enter")
    secret = page.locator(".secret code").inner_text()
    assert len(secret) >= 20
    checked()
    page.get_by_role("link", name="已经交给本人").click()
    expect(page.get_by_text("没有角色，什么也办不了。")).to_be_visible()
    assert secret not in page.content()
    checked()
    page.get_by_role("link", name="锁定账号").click()
    checked()
    page.get_by_role("button", name="锁定账号").click()
    expect(page.get_by_role("status")).to_contain_text("已锁定账号")
    page.get_by_role("button", name="解除锁定").click()
    expect(page.get_by_role("status")).to_contain_text("可以重新登录")
    page.goto("/administration/units")
    checked()
    page.get_by_label("单位名称").last.fill(f"第{login.partition('.')[2]}科")
    page.get_by_label("上级单位").fill("不存在的单位")
    page.get_by_role("button", name="增加单位").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("上级单位").fill(OWN)
    page.get_by_role("button", name="增加单位").click()
    expect(page.get_by_role("status")).to_contain_text("已增加单位")
    page.get_by_role("link", name="系统", exact=True).click()
    expect(page.get_by_text("各部分正常")).to_be_visible()
    checked()


def _entitle(page: Page, checked: Callable[[], None], login: str) -> None:
    """Find the account, give it a role, meet a clash that says why, take the role back and give it again."""
    page.goto("/administration")
    page.get_by_label("登录名或姓名").fill(login)
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="孙文书").click()
    checked()
    _grant(page, "办公室审核人")
    expect(page.get_by_role("status")).to_contain_text("已授予角色：办公室审核人")
    _grant(page, "审计管理员")
    expect(page.get_by_role("alert")).to_contain_text("管理员")
    checked()
    page.get_by_role("button", name="收回角色 办公室审核人").click()
    expect(page.get_by_role("status")).to_contain_text("即刻生效")
    _grant(page, "办公室审核人")


def _grant(page: Page, role: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{role}")).check()
    page.get_by_role("button", name="授予", exact=True).click()


def _audit(page: Page, checked: Callable[[], None], login: str) -> None:
    """Follow the account through the journal, then prove the journal."""
    page.goto("/journal")
    checked()
    page.get_by_label("对什么", exact=True).fill(f"账号 {login}")
    page.get_by_role("button", name="查找").click()
    told = page.locator("table.journal").inner_text()
    assert all(word in told for word in ("增加账号", "锁定账号", "解除锁定", "授予角色", "收回角色")), told
    checked()
    page.get_by_role("link", name="核对", exact=True).click()
    checked()
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("heading", name="核对无误")).to_be_visible()
    checked()


def _read_rules(page: Page, checked: Callable[[], None]) -> None:
    """Find a reason with its clause and source, and read what the model is."""
    page.goto("/rules")
    checked()
    page.get_by_role("link", name="理由目录").click()
    page.get_by_label("在本表中查找").fill("R16-2c")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("article.rule")).to_have_count(1)
    expect(page.locator("article.rule")).to_contain_text("第十六条第二款")
    page.locator("summary").first.click()
    expect(page.get_by_text("认得出的写法")).to_be_visible()
    checked()
    page.goto("/rules/model")
    expect(page.get_by_role("heading", name="准不准")).to_be_visible()
    checked()
    page.goto("/account/tokens")
    checked()
