"""The sample year in a real browser: whoever signs in sees a page without a fault, which leads on by its head."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from attrtrack.domain.access import Role

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", [Role.OFFICE, Role.AUDIT_ADMINISTRATOR])
def test_the_head_of_a_page_leads_on(
    desk_at: Callable[..., Page], axe: Callable[[Page], list[str]], role: Role
) -> None:
    """Each place in the head opens, says where one is, and has no fault that the checker knows."""
    page = desk_at(role, width=390)
    page.goto("/account")
    places = [link.get_attribute("href") or "" for link in page.locator(".places nav a").all()]
    for place in places:
        page.goto(place)
        expect(page.locator(".places a[aria-current]")).to_have_count(1)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
