"""Making accounts, giving roles, units and sight, and what is refused and journalled."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from register_places import register_at
from unit.workflow.people import (
    HOUSING,
    NEW_PASSWORD,
    PASSWORD,
    ROOFS,
    TOWN,
    WATER,
    acting,
    add_person,
    nobody,
    set_up,
)

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings, load_settings
from attrtrack.domain.access import Right, Role
from attrtrack.errors import (
    NotPermittedError,
    NotSignedInError,
    SignInRefusedError,
    TransitionNotAllowedError,
    UnknownRecordError,
    UsageError,
)
from attrtrack.workflow import accounts
from attrtrack.workflow.app import App
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.signing_in import app_of_session, app_of_token, change_password, sign_in


@pytest.fixture
def office(tmp_path: Path) -> Iterator[App]:
    """Give an office with administrators and units, and nobody acting yet."""
    app = assemble(Settings(), database_url=register_at(tmp_path / "register.db"), actor="admin", unit=None)
    set_up(app)
    yield replace(app, make_store=lambda: app.store)
    app.store.close()


def _journal(app: App, action: str) -> list[tuple[str, str, str]]:
    with app.store.reading() as work:
        return [
            (entry.actor, entry.subject, entry.outcome) for entry in work.journal.entries() if entry.action == action
        ]


def test_console_looks_up_its_access_when_first_asked(office: App) -> None:
    """A name that is an account acts by its roles; a name that is none may do nothing, not even read."""
    assert office.access.rights == {Right.MANAGE_ACCOUNTS, Right.MANAGE_SYSTEM}
    for ask in (lambda app: app.access, lambda app: app.reading().__enter__(), lambda app: app.home_unit):
        with pytest.raises(NotPermittedError, match="路人"):
            ask(nobody(office))


def test_refusals_are_journalled(office: App) -> None:
    """Who lacks a right, and who has no account, leaves an entry with name, right and subject."""
    drafter = add_person(office, "drafter", Role.DRAFTER, unit=HOUSING)
    for app in (drafter, nobody(office)):
        with pytest.raises(NotPermittedError):
            permitted(app, Right.SIGN, subject="D1")
    permitted(drafter, Right.SIGN, Right.DECLARE)
    assert _journal(office, "refuse-access")[-2:] == [("drafter", "D1", "refused"), ("路人", "D1", "refused")]


def test_each_role_sees_its_units(office: App) -> None:
    """Own unit and below; the top unit everything; assessors what is assigned; administrators nothing."""
    housing = add_person(office, "drafter", Role.DRAFTER, unit=HOUSING)
    roofs = add_person(office, "roofer", Role.OFFICE, unit=ROOFS)
    mayor = add_person(office, "mayor", Role.SIGNATORY, unit=TOWN)
    add_person(office, "assessor", Role.ASSESSOR)
    security = acting(office, "security")
    for unit in (WATER, ROOFS):
        accounts.assign_unit(security, "assessor", unit)
    accounts.assign_unit(security, "assessor", ROOFS, assigned=False)
    assert housing.access.units == {HOUSING, ROOFS}
    assert roofs.access.units == {ROOFS}
    assert mayor.access.units is None
    assert acting(office, "assessor").access.units == {WATER}
    assert acting(office, "admin").access.units == frozenset()


def test_moving_changes_sight(office: App) -> None:
    """A unit moved elsewhere takes its documents out of the sight of its former superior."""
    drafter = add_person(office, "drafter", Role.DRAFTER, unit=HOUSING)
    security = acting(office, "security")
    accounts.move_unit(security, ROOFS, WATER)
    assert drafter.access.units == {HOUSING, ROOFS}
    assert acting(office, "drafter").access.units == {HOUSING}
    accounts.place_account(security, "drafter", WATER)
    assert acting(office, "drafter").access.units == {WATER, ROOFS}
    with pytest.raises(TransitionNotAllowedError, match="单位"):
        accounts.place_account(security, "drafter", None)
    with pytest.raises(TransitionNotAllowedError, match="下级"):
        accounts.move_unit(security, WATER, ROOFS)


def test_recording_is_in_ones_own_name(office: App) -> None:
    """Documents are recorded for the account's unit, or a stated one in sight; for no other."""
    drafter = add_person(office, "drafter", Role.DRAFTER, unit=HOUSING)
    assert replace(drafter, unit=None).home_unit == HOUSING
    assert replace(drafter, unit=ROOFS).home_unit == ROOFS
    with pytest.raises(NotPermittedError, match="单位"):
        _ = replace(drafter, unit=WATER).home_unit


def test_first_security_administrator_is_named_once(office: App) -> None:
    """A system administrator names a security administrator only while there is none."""
    admin = acting(office, "admin")
    with pytest.raises(NotPermittedError):
        accounts.add_account(admin, "second", roles=[Role.SECURITY_ADMINISTRATOR])
    accounts.add_account(admin, "second")
    with pytest.raises(NotPermittedError):
        accounts.grant_role(admin, "second", Role.SECURITY_ADMINISTRATOR)
    accounts.close_account(admin, "security")
    accounts.grant_role(admin, "second", Role.SECURITY_ADMINISTRATOR)
    assert acting(office, "second").access.may(Right.MANAGE_ROLES)


def test_roles_need_a_unit_and_do_not_clash(office: App) -> None:
    """A document role needs to know whose documents; clashes are told before the database refuses."""
    add_person(office, "loner")
    security = acting(office, "security")
    with pytest.raises(TransitionNotAllowedError, match="单位"):
        accounts.grant_role(security, "loner", Role.DRAFTER)
    with pytest.raises(TransitionNotAllowedError, match="三员分立"):
        accounts.grant_role(security, "security", Role.SIGNATORY)
    accounts.place_account(security, "loner", WATER)
    granted = [accounts.grant_role(security, "loner", Role.DRAFTER) for _ in range(2)]
    assert granted[0] == granted[1]
    assert accounts.revoke_role(security, "loner", Role.DRAFTER).roles == frozenset()
    assert accounts.revoke_role(security, "loner", Role.OFFICE).roles == frozenset()


def test_login_is_never_given_twice(office: App) -> None:
    """A closed account's name stays its own, in whatever width and case it is typed."""
    add_person(office, "wang")
    admin = acting(office, "admin")
    assert accounts.close_account(admin, "WANG").closed_at is not None
    assert accounts.close_account(admin, "wang") == accounts.close_account(admin, "ｗａｎｇ")
    with pytest.raises(TransitionNotAllowedError, match="已经用过"):
        accounts.add_account(admin, "Wang")
    with pytest.raises(NotPermittedError):
        acting(office, "wang")


def test_recovery_is_for_the_console_and_loud(office: App) -> None:
    """Recovery makes a system administrator, nothing else, never from the web, and leaves an entry of its own."""
    console = nobody(office)
    for app, roles in (
        (console, [Role.SIGNATORY]),
        (console, []),
        (replace(console, origin="web 10.0.0.1"), [Role.SYSTEM_ADMINISTRATOR]),
    ):
        with pytest.raises((UsageError, NotPermittedError)):
            accounts.add_account(app, "rescue", roles=roles, recover=True)
    accounts.add_account(console, "rescue", password=NEW_PASSWORD, roles=[Role.SYSTEM_ADMINISTRATOR], recover=True)
    assert _journal(office, "recover") == [("路人", "user:rescue", "done")]


def test_first_account_is_made_at_the_console_only(tmp_path: Path) -> None:
    """Nobody makes the first administrator through the web."""
    app = assemble(Settings(), database_url=register_at(tmp_path / "r.db"), actor="某人", unit=None)
    with pytest.raises(NotPermittedError, match="attrtrack user add"):
        accounts.add_account(
            replace(app, origin="web 127.0.0.1"), "admin", password=PASSWORD, roles=[Role.SYSTEM_ADMINISTRATOR]
        )
    app.store.close()


@pytest.mark.parametrize(
    "act",
    [
        lambda app: accounts.close_account(app, "nobody"),
        lambda app: accounts.unlock_account(app, "nobody"),
        lambda app: accounts.reset_password(app, "nobody", NEW_PASSWORD),
        lambda app: accounts.add_unit(app, "新科", "没有的局"),
        lambda app: accounts.close_unit(app, "没有的局"),
        lambda app: accounts.revoke_token(app, "T9"),
        lambda app: accounts.revoke_token(app, "T" + "9" * 400),
        lambda app: accounts.unbind_identity(app, "https://id.example", subject_there="x"),
    ],
)
def test_what_is_not_there_is_told(office: App, act: Any) -> None:
    """Unknown accounts, units, tokens and bindings are a sentence, not a failure of the database."""
    with pytest.raises(UnknownRecordError):
        act(acting(office, "admin"))


def test_limits_of_the_door_are_settings() -> None:
    """An office may ask for longer passwords and shorter sessions, within limits."""
    given = {"ATTRTRACK_PASSWORD_LENGTH": "16", "ATTRTRACK_SESSION_IDLE_MINUTES": "10", "ATTRTRACK_SESSION_HOURS": "8"}
    settings = load_settings(given)
    assert (settings.password_length, settings.session_idle_minutes, settings.session_hours) == (16, 10, 8)
    for wrong in ("4", "abc", "-1", "９９", "1000"):
        with pytest.raises(UsageError, match="password_length"):
            load_settings({"ATTRTRACK_PASSWORD_LENGTH": wrong})


def test_a_lock_by_an_administrator_ends_every_way_in(office: App) -> None:
    """Sessions, tokens and the right password; wrong passwords do not shorten it, and no system administrator is locked."""
    login = "drafter"
    drafter = add_person(office, login, Role.DRAFTER, unit=HOUSING)
    accounts.reset_password(office, login, PASSWORD)
    change_password(drafter, PASSWORD, NEW_PASSWORD)
    token = accounts.add_token(acting(office, login), login, "台账", scopes=frozenset({Right.READ}), days=9)
    session = sign_in(office, login, NEW_PASSWORD, address="web 10.0.0.1")
    assert accounts.lock_account(office, login).suspended
    with pytest.raises(NotSignedInError):
        app_of_session(office, session.token, address="web 10.0.0.1")
    assert not app_of_token(office, token.secret, address="web 10.0.0.1").access.may(Right.READ)
    for password in (NEW_PASSWORD, "错误的口令写在这里了"):
        with pytest.raises(SignInRefusedError):
            sign_in(office, login, password, address="web 10.0.0.1")
    with office.store.reading() as work:
        assert work.accounts.get(login).suspended
    with pytest.raises(TransitionNotAllowedError, match="系统管理员的账号不能锁定"):
        accounts.lock_account(office, office.actor)
    assert not accounts.unlock_account(office, login).suspended
    assert sign_in(office, login, NEW_PASSWORD, address="web 10.0.0.1").account.rights
    assert accounts.end_sessions(office, login) == 1
    assert accounts.end_sessions(office, login) == 0
    assert accounts.rename_account(office, login, "张新名").display_name == "张新名"
