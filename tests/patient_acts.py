"""Acts of browser tests that wait until the page has loaded, as people do: what a page's script does not hear yet is lost.

A control can be seen, and is acted on, before the scripts that listen to it have run; on a machine that others use as well
that happens now and then, and nobody could tell it from a fault of the page.
"""

from collections.abc import Callable
from functools import wraps

import pytest
from playwright.sync_api import Keyboard, Locator, Page

_ACTS = (
    "check", "click", "dispatch_event", "fill", "focus", "press", "select_option", "set_checked", "set_input_files", "uncheck",
)  # fmt: skip


def act_patiently(patch: pytest.MonkeyPatch) -> None:
    """Let every act on a control and every key wait until the page that it belongs to has loaded."""
    for name in _ACTS:
        patch.setattr(Locator, name, _patient(getattr(Locator, name)))
    of_page: Callable[[Page], Keyboard] = Page.keyboard.__get__

    def keyboard(page: Page) -> Keyboard:
        page.wait_for_load_state()
        return of_page(page)

    patch.setattr(Page, "keyboard", property(keyboard))


def _patient(act: Callable[..., object]) -> Callable[..., object]:
    @wraps(act)
    def acted(control: Locator, *given: object, **named: object) -> object:
        control.wait_for(state="attached")
        control.page.wait_for_load_state()
        return act(control, *given, **named)

    return acted
