"""Signing in: passwords, lock-out, sessions, tokens and identities, on the register as an office runs it."""

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from register_insides import kept_in
from register_places import register_at
from unit.workflow.people import HOUSING, NEW_PASSWORD, PASSWORD, WATER, acting, add_person, set_up

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.access import Right, Role
from attrtrack.errors import NotPermittedError, NotSignedInError, SignInRefusedError, UsageError
from attrtrack.workflow import accounts
from attrtrack.workflow.app import App
from attrtrack.workflow.signing_in import (
    app_of_account,
    app_of_session,
    app_of_token,
    change_password,
    has_accounts,
    sign_in,
    sign_in_identity,
    sign_out,
)

WEB = "web 10.1.2.3"


class Watch:
    """A clock that tests move."""

    now = dt.datetime(2024, 3, 1, 4, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """Return the time the test has set."""
        return self.now

    def on(self, **amount: int) -> None:
        """Let time pass."""
        self.now += dt.timedelta(**amount)


@pytest.fixture
def watch() -> Watch:
    """Give a clock that stands."""
    return Watch()


@pytest.fixture
def office(tmp_path: Path, watch: Watch) -> Iterator[App]:
    """Give an office with administrators, units and a drafter who has a password."""
    url = register_at(tmp_path / "register.db")
    app = assemble(Settings(), database_url=url, actor="李拟稿", unit=None)
    app = replace(app, clock=watch, make_store=lambda: _store(url, watch))
    set_up(app)
    add_person(app, "drafter", Role.DRAFTER, unit=HOUSING)
    _give_password(app, "drafter")
    yield app
    app.store.close()


def _store(url: str, watch: Watch) -> object:
    from attrtrack.storage import open_store  # noqa: PLC0415 - a store on the test's own clock

    return open_store(url, clock=watch, switches={})


def _give_password(app: App, login: str) -> None:
    with app.store.reading() as work:
        known = work.accounts.password_hash("admin")
    with app.store.unit_of_work("test") as work:
        work.accounts.set_password(login, str(known), must_change=False)


def _entries(app: App, action: str) -> list[tuple[str, str, str]]:
    with app.store.reading() as work:
        return [
            (entry.subject, entry.outcome, entry.detail) for entry in work.journal.entries() if entry.action == action
        ]


def _fails(app: App, login: str, password: str = "wrong horse staple") -> str:  # noqa: S107 - a wrong one
    with pytest.raises(SignInRefusedError) as refusal:
        sign_in(app, login, password, address=WEB)
    return refusal.value.message


def test_right_password_opens_a_session_that_acts_as_its_account(office: App) -> None:
    """A session acts by login, rights, unit and place of its account, and is in the journal."""
    signed = sign_in(office, " DRAFTER ", PASSWORD, address=WEB)
    acts = app_of_session(office, signed.token, address=WEB)
    assert (acts.actor, acts.unit, acts.origin) == ("drafter", HOUSING, WEB)
    assert acts.access.may(Right.DECLARE)
    assert not acts.access.may(Right.SIGN)
    assert acts.access.sees("房管科")
    assert not acts.access.sees(WATER)
    assert not acts.access.sees(None)
    assert _entries(office, "sign-in")[-1][:2] == ("user:drafter", "done")


def test_every_refusal_is_the_same_sentence(office: App, watch: Watch) -> None:
    """Wrong password, unknown, closed and locked accounts, accounts without a password: nobody can tell which."""
    add_person(office, "silent")
    add_person(office, "gone")
    accounts.close_account(acting(office, "admin"), "gone")
    said = {_fails(office, name) for name in ("drafter", "nobody", "gone", "silent", "", "a" * 9999)}
    for _ in range(4):
        said.add(_fails(office, "drafter"))
    said.add(_fails(office, "drafter", PASSWORD))
    assert len(said) == 1
    watch.on(minutes=16)
    sign_in(office, "drafter", PASSWORD, address=WEB)


def test_what_was_typed_never_enters_the_journal(office: App) -> None:
    """A password typed as name, a wrong password and a right one leave no trace in any entry."""
    _fails(office, PASSWORD, "x")
    _fails(office, "drafter", NEW_PASSWORD)
    sign_in(office, "drafter", PASSWORD, address=WEB)
    with office.store.reading() as work:
        everything = "\n".join(f"{entry.subject} {entry.detail} {entry.actor}" for entry in work.journal.entries())
    assert "狐狸" not in everything
    assert "石板" not in everything
    assert ("-", "refused", '{"why":"unknown"}') in _entries(office, "sign-in")


def test_lock_out_grows_and_is_lifted(office: App, watch: Watch) -> None:
    """Five wrong passwords lock for 15 minutes, the next one for 30; an administrator can lift the lock."""
    for _ in range(5):
        _fails(office, "drafter")
    _fails(office, "drafter", PASSWORD)
    watch.on(minutes=14)
    _fails(office, "drafter", PASSWORD)
    watch.on(minutes=2)
    _fails(office, "drafter")
    watch.on(minutes=29)
    _fails(office, "drafter", PASSWORD)
    assert len(_entries(office, "lock-user")) == 2
    accounts.unlock_account(acting(office, "admin"), "drafter")
    sign_in(office, "drafter", PASSWORD, address=WEB)
    for _ in range(4):
        _fails(office, "drafter")
    sign_in(office, "drafter", PASSWORD, address=WEB)


def test_session_ends_by_idleness_age_sign_out_and_closing(office: App, watch: Watch) -> None:
    """30 minutes without a request, 12 hours in all, signing out, or the account's end: each ends a session for good."""
    idle, old, left, closed = (sign_in(office, "drafter", PASSWORD, address=WEB).token for _ in range(4))
    sign_out(app_of_session(office, left, address=WEB), left)
    watch.on(minutes=20)
    app_of_session(office, old, address=WEB)
    watch.on(minutes=20)
    for token in (idle, left):
        with pytest.raises(NotSignedInError):
            app_of_session(office, token, address=WEB)
    for _ in range(23):
        app_of_session(office, old, address=WEB)
        watch.on(minutes=29)
    watch.on(minutes=29)
    with pytest.raises(NotSignedInError):
        app_of_session(office, old, address=WEB)
    fresh = sign_in(office, "drafter", PASSWORD, address=WEB).token
    accounts.close_account(acting(office, "admin"), "drafter")
    for token in (closed, fresh, "", "x" * 500, "\ud800"):
        with pytest.raises(NotSignedInError):
            app_of_session(office, token, address=WEB)


def test_database_holds_no_secret(office: App, tmp_path: Path) -> None:
    """Neither password nor session nor token can be read from the register."""
    token = sign_in(office, "drafter", PASSWORD, address=WEB).token
    made = accounts.add_token(acting(office, "drafter"), "drafter", "OA", scopes=frozenset({Right.READ}), days=30)
    office.store.close()
    content = kept_in(tmp_path / "register.db")
    for secret in (token, made.secret, PASSWORD, PASSWORD.replace(" ", "")):
        assert secret.encode() not in content
    assert made.token.prefix.encode() in content


def test_role_taken_is_taken_from_a_session_at_once(office: App) -> None:
    """A session is asked for its account's rights at each request."""
    token = sign_in(office, "drafter", PASSWORD, address=WEB).token
    assert app_of_session(office, token, address=WEB).access.may(Right.DECLARE)
    accounts.revoke_role(acting(office, "security"), "drafter", Role.DRAFTER)
    assert app_of_session(office, token, address=WEB).access.rights == frozenset()


def test_password_change_ends_other_sessions(office: App) -> None:
    """With a new password the session at hand stays, others end, the old password no longer fits."""
    kept, other = (sign_in(office, "drafter", PASSWORD, address=WEB).token for _ in range(2))
    acts = app_of_session(office, kept, address=WEB)
    with pytest.raises(SignInRefusedError):
        change_password(acts, "not the old one", NEW_PASSWORD, keep=kept)
    with pytest.raises(UsageError, match="至少 12 个字符"):
        change_password(acts, PASSWORD, "短口令", keep=kept)
    with pytest.raises(UsageError, match="相同"):
        change_password(acts, PASSWORD, PASSWORD, keep=kept)
    change_password(acts, PASSWORD, NEW_PASSWORD, keep=kept)
    app_of_session(office, kept, address=WEB)
    with pytest.raises(NotSignedInError):
        app_of_session(office, other, address=WEB)
    _fails(office, "drafter", PASSWORD)
    sign_in(office, "drafter", NEW_PASSWORD, address=WEB)


def test_reset_password_permits_nothing_but_its_change(office: App) -> None:
    """A password that somebody else knows opens no document until its owner has changed it."""
    accounts.reset_password(acting(office, "admin"), "drafter", NEW_PASSWORD)
    signed = sign_in(office, "drafter", NEW_PASSWORD, address=WEB)
    assert signed.account.must_change
    acts = app_of_session(office, signed.token, address=WEB)
    assert acts.access.rights == frozenset()
    assert not acts.access.sees(HOUSING)
    change_password(acts, NEW_PASSWORD, PASSWORD, keep=signed.token)
    assert app_of_session(office, signed.token, address=WEB).access.may(Right.DECLARE)


def test_token_acts_within_its_scopes_until_its_end(office: App, watch: Watch) -> None:
    """A program may do what both the token and the account's roles permit; not after expiry or revocation."""
    drafter = acting(office, "drafter")
    scopes = frozenset({Right.READ, Right.USE_GATE})
    made = accounts.add_token(drafter, "drafter", "办公系统", scopes=scopes, days=30)
    acts = app_of_token(office, made.secret, address=WEB)
    assert acts.access.rights == scopes
    assert acts.access.units == drafter.access.units
    assert acts.origin == f"{WEB} T1"
    assert accounts.list_tokens(drafter, "drafter")[0].used_at == watch.now
    with pytest.raises(NotPermittedError, match="不能用接口令牌"):
        accounts.add_token(acts, "drafter", "更长", scopes=scopes, days=300)
    watch.on(days=30)
    with pytest.raises(NotSignedInError):
        app_of_token(office, made.secret, address=WEB)
    second = accounts.add_token(drafter, "drafter", "第二", scopes=scopes, days=1)
    accounts.revoke_token(drafter, second.token.id)
    for secret in (second.secret, second.secret[:-1], "", "\ud800"):
        with pytest.raises(NotSignedInError):
            app_of_token(office, secret, address=WEB)


def test_token_cannot_exceed_its_account(office: App) -> None:
    """No scope beyond the account's rights, no life beyond a year, and none for somebody else."""
    drafter = acting(office, "drafter")
    with pytest.raises(UsageError, match="sign"):
        accounts.add_token(drafter, "drafter", "x", scopes=frozenset({Right.SIGN}), days=1)
    for days in (0, 366, 9999):
        with pytest.raises(UsageError, match="1 到 365"):
            accounts.add_token(drafter, "drafter", "x", scopes=frozenset({Right.READ}), days=days)
    with pytest.raises(NotPermittedError, match="本人"):
        accounts.add_token(acting(office, "admin"), "drafter", "x", scopes=frozenset({Right.READ}), days=1)


def test_identity_opens_only_what_it_was_bound_to(office: App) -> None:
    """Somebody vouched for by a provider gets in when bound to an open account, and not after unbinding."""
    admin = acting(office, "admin")
    with pytest.raises(SignInRefusedError, match="绑定"):
        sign_in_identity(office, "https://id.example", "u-1", address=WEB)
    accounts.bind_identity(admin, "drafter", "https://id.example", subject_there="u-1")
    signed = sign_in_identity(office, "https://id.example", "u-1", address=WEB)
    assert app_of_session(office, signed.token, address=WEB).actor == "drafter"
    with pytest.raises(SignInRefusedError):
        sign_in_identity(office, "https://other.example", "u-1", address=WEB)
    accounts.unbind_identity(admin, "https://id.example", subject_there="u-1")
    with pytest.raises(SignInRefusedError):
        sign_in_identity(office, "https://id.example", "u-1", address=WEB)


def test_account_acts_later_by_what_it_may_then(office: App) -> None:
    """Work begun by somebody who has left since is not done in their name."""
    assert app_of_account(office, "drafter", origin="job 1").access.may(Right.DECLARE)
    accounts.close_account(acting(office, "admin"), "drafter")
    with pytest.raises(NotPermittedError):
        app_of_account(office, "drafter", origin="job 1")


def test_unknown_login_takes_as_long_as_a_known_one(office: App) -> None:
    """Time does not tell whether a login exists: medians of wrong passwords lie within a quarter of one another."""

    def taken(name: str) -> float:
        start = time.perf_counter()
        _fails(office, name)
        return time.perf_counter() - start

    taken("nobody")
    known, unknown = [], []
    for _ in range(9):
        known.append(taken("drafter"))
        unknown.append(taken("nobody"))
    ratio = statistics.median(known) / statistics.median(unknown)
    assert 0.75 < ratio < 1.33, f"known/unknown {ratio:.2f}"


def test_single_desk_needs_no_account(tmp_path: Path) -> None:
    """A register without accounts is open to a name alone, and says so."""
    app = assemble(Settings(), database_url=register_at(tmp_path / "r.db"), actor="李拟稿", unit="甲")
    assert not has_accounts(app)
    assert app.access.rights is None
    assert app_of_account(app, "李拟稿", origin="job 1").access.units is None
    app.store.close()
