"""The scripts of the pages: few, our own, and writing nothing but text; what the browser runs is what stands here."""

import re
from pathlib import Path

import pytest

import api
from api.pages.rendering import TEMPLATES

SCRIPTS = sorted((Path(api.__file__).parent / "static").glob("*.js"))
_MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|srcdoc")
_CODE = re.compile(r"\beval\b|\bFunction\(|import\(|set(?:Timeout|Interval)\(\s*[\"'`]|javascript:")
_REACHING_OUT = re.compile(
    r"XMLHttpRequest|WebSocket|EventSource|sendBeacon|postMessage|[\"']message[\"']|window\.open"
)
_KEEPING = re.compile(r"localStorage|sessionStorage|indexedDB|caches\b")
_MERGING = re.compile(r"__proto__|\bprototype\b|for \(const \w+ in ")
_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_writes_text_and_nothing_else(script: Path) -> None:
    """No markup or code is made of words, no object of names from outside, nothing is kept in the browser or sent elsewhere."""
    written = script.read_text(encoding="utf-8")
    for forbidden in (_MARKUP, _CODE, _REACHING_OUT, _KEEPING, _MERGING):
        assert forbidden.search(written) is None, forbidden.pattern


def test_one_script_asks_the_server_and_it_asks_its_own_form() -> None:
    """The look ahead sends the form to where its button would, follows no redirect, and runs nothing of the answer."""
    asking = [path.name for path in SCRIPTS if "fetch(" in path.read_text(encoding="utf-8")]
    assert asking == ["look.js"]
    written = (SCRIPTS[0].parent / "look.js").read_text(encoding="utf-8")
    assert re.findall(r"fetch\(([^,]+),", written) == ["form.action"]
    assert 'credentials: "same-origin"' in written
    assert 'redirect: "error"' in written


def test_a_script_remembers_one_choice_and_nothing_about_anybody() -> None:
    """The only cookie that a script writes says whether the keys are on."""
    written = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    assert re.findall(r"document\.cookie = `([^;]+);", written) == ['${COOKIE}=${on ? "on" : "off"}']


def test_no_page_has_a_handler_in_its_markup() -> None:
    """Scripts listen by themselves, so that the policy of the pages can forbid every script that stands in markup."""
    for path in TEMPLATES.iterdir():
        written = path.read_text(encoding="utf-8")
        assert _HANDLER.search(written) is None, path.name
        assert "javascript:" not in written, path.name
