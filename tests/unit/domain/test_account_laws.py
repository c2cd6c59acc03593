"""Laws of accounts: logins, roles that stay apart, lock-out, rights and sight."""

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest

from attrtrack.domain.access import ADMINISTRATORS, RIGHTS, Right, Role
from attrtrack.domain.accounts import (
    Account,
    checked_login,
    checked_name,
    clash,
    login_of,
    role_named,
    scopes_named,
)
from attrtrack.domain.sign_in_rules import SignInRules
from attrtrack.errors import NotPermittedError, UsageError

NOON = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)


def test_logins_have_one_form() -> None:
    """Width and case do not make another person."""
    assert login_of(" Ｗａｎｇ ") == login_of("wang") == checked_login("WANG") == "wang"
    assert checked_login("李明") == "李明"


@pytest.mark.parametrize("typed", ["", " ", "-", "a b", "x" * 65, "a\nb", "a/b", ".a", "a\u200bb"])
def test_bad_logins_are_refused(typed: str) -> None:
    """A login that could be mistaken, or break a line of the journal, is refused."""
    with pytest.raises(UsageError):
        checked_login(typed)


@pytest.mark.parametrize("typed", ["", "　", "x" * 121, "甲\n乙"])
def test_bad_names_are_refused(typed: str) -> None:
    """Names are shown on pages and in lists: not empty, one line, of some length."""
    with pytest.raises(UsageError, match="姓名"):
        checked_name(typed, "姓名")


def test_administrators_stay_apart() -> None:
    """No administrator holds another role; the assessor stays apart from those who make documents; others may join."""
    apart = {pair for pair in combinations(Role, 2) if clash([pair[0]], pair[1])}
    assert apart == {pair for pair in combinations(Role, 2) if clash([pair[1]], pair[0])}
    expected = {pair for pair in combinations(Role, 2) if ADMINISTRATORS & set(pair) or Role.ASSESSOR in pair}
    assert apart == expected
    assert clash([Role.OFFICE], Role.OFFICE) is None


def test_no_administrator_reads_or_changes_a_document() -> None:
    """What administrators may do is about the system, and each thing belongs to one of them."""
    about_documents = frozenset().union(*(RIGHTS[role] for role in set(Role) - ADMINISTRATORS))
    held = [right for role in ADMINISTRATORS for right in RIGHTS[role]]
    assert not about_documents & set(held)
    assert len(held) == len(set(held))


def test_lock_doubles_up_to_its_longest() -> None:
    """Four failures are forgiven; then 15 minutes, 30, 60, … eight hours at most, without overflow."""
    rules = SignInRules()
    minutes = [rules.locked_until(count, NOON) for count in (4, 5, 6, 7, 10, 11, 10_000)]
    assert [None if until is None else (until - NOON).seconds // 60 for until in minutes] == [
        None, 15, 30, 60, 480, 480, 480,
    ]  # fmt: skip


def test_rights_end_with_the_account_and_wait_for_the_password() -> None:
    """A closed account may do nothing, nor one whose password somebody else knows."""
    roles = frozenset({Role.DRAFTER})
    assert Right.DECLARE in Account("a", "a", "甲", roles).rights
    assert Account("a", "a", "甲", roles, must_change=True).rights == frozenset()
    assert Account("a", "a", "甲", roles, closed_at=NOON).access(None).units == frozenset()


def test_a_password_of_others_is_what_a_refusal_speaks_of() -> None:
    """Who must change the password is told so and how, not sent to ask for rights that the roles give already."""
    drafter = Account("a", "a", "甲", frozenset({Role.DRAFTER}), must_change=True)
    with pytest.raises(NotPermittedError, match=r"口令是别人设的.*attrtrack user password"):
        drafter.access(None).ensure(Right.DECLARE)
    with pytest.raises(NotPermittedError, match="没有“签发”的权限"):
        replace(drafter, must_change=False).access(None).ensure(Right.SIGN)


def test_sight_follows_the_role() -> None:
    """Makers see their unit, assessors what is assigned to them, administrators nothing."""
    assert Account("a", "a", "甲", frozenset({Role.SIGNATORY})).sight == ("甲",)
    assert Account("a", "a", "甲", frozenset({Role.ASSESSOR}), assesses=("乙",)).sight == ("乙",)
    assert Account("a", "a", "甲", frozenset({Role.SYSTEM_ADMINISTRATOR})).sight == ()
    assert Account("a", "a", None, frozenset({Role.DRAFTER})).sight == ()


def test_roles_and_scopes_are_named_in_either_language() -> None:
    """Codes and Chinese words of roles are taken; what is none is told with the list."""
    assert role_named("签发人") is role_named("signatory") is Role.SIGNATORY
    assert scopes_named(["read", "use-gate"]) == {Right.READ, Right.USE_GATE}
    for wrong in (["all"], [], [""]):
        with pytest.raises(UsageError, match="use-gate"):
            scopes_named(wrong)
    with pytest.raises(UsageError, match="drafter"):
        role_named("皇帝")
