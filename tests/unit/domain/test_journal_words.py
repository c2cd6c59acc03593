"""Every code that the journal can hold has its Chinese word, and what people type finds its entries."""

import ast
import re

import pytest
from repository import ROOT

from attrtrack.domain.journal_words import (
    ACTIONS,
    TABLES,
    action_words,
    actor_words,
    detail_words,
    row_words,
    subject_code,
    subject_words,
)
from attrtrack.storage.migrations.told import TOLD


def _appended() -> set[str]:
    """Return the acts that the program itself appends, beside those that triggers write."""
    found = set[str]()
    for path in (ROOT / "attrtrack" / "workflow").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "append":
                first = node.args[0] if len(node.args) > 2 else None
                found |= {first.value} if isinstance(first, ast.Constant) and isinstance(first.value, str) else set()
    return found


def test_every_act_that_can_be_written_has_a_word() -> None:
    """What triggers write of each table, and what use cases append."""
    literals = set[str]()
    for told in TOLD:
        for written in (told.insert, told.update, told.delete):
            literals |= set(re.findall(r"(?:THEN|ELSE|^) ?'([a-z-]+)'", written))
    assert {"record", "declare", "lock-user"} <= literals
    assert literals - set(ACTIONS) == set()
    appended = _appended()
    assert {"sign-in", "refuse-access"} <= appended
    assert appended - set(ACTIONS) == set()


def test_every_table_that_the_journal_vouches_for_has_a_word() -> None:
    """A row in doubt is named in words."""
    assert {told.table for told in TOLD} == set(TABLES)
    assert row_words("decisions/5") == "审定第 5 行"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("D12", "D12"),
        ("d12", "D12"),
        ("公文 D12", "D12"),
        ("账号 zhang", "user:zhang"),
        ("user:zhang", "user:zhang"),
        (" 单位 某某局 ", "unit:某某局"),
        ("GET /documents", "GET /documents"),
        ("", ""),
    ],
)
def test_what_people_type_finds_its_entries(typed: str, code: str) -> None:
    """The words that a page shows, and the codes of the export."""
    assert subject_code(typed) == code
    assert not code or subject_code(subject_words(code)) == code


def test_details_are_told_in_words_and_never_refused() -> None:
    """Known keys in Chinese, moments by the office's clock, numbers for programs left out, nonsense left alone."""
    assert detail_words('{"attribute": "withheld", "row": 5}') == ("公开属性：不予公开",)
    assert detail_words('{"right": "sign,nonsense"}') == ("所缺权限：签发、nonsense",)
    assert detail_words('{"locked_until": "9999-01-01T00:00:00+00:00"}') == ("锁定到：管理员解除为止",)
    assert detail_words('{"must_change": true}') == ("下次登录须改口令：是",)
    assert detail_words("[1") == detail_words("[1]") == ()
    assert (action_words("of-the-future"), actor_words("outside:root")) == ("of-the-future", "系统以外（root）")
