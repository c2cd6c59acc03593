"""The sample year in a real browser: whoever signs in sees a page which leads on by its head."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from attrtrack.domain.access import Role

pytestmark = pytest.mark.browser


def test_the_head_of_a_page_leads_on(desk_at: Callable[..., Page]) -> None:
    """Each place in each head opens and says where one is."""
    for role in (Role.OFFICE, Role.AUDIT_ADMINISTRATOR):
        page = desk_at(role, width=390)
        page.goto("/account")
        places = [link.get_attribute("href") or "" for link in page.locator(".places nav a").all()]
        assert places, role
        for place in places:
            page.goto(place)
            expect(page.locator(".places a[aria-current]")).to_have_count(1)
