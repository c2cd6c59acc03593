"""Signing in and out, and who acts in a request: sessions of people, tokens of programs, accounts at the console.

Decisions. Hashing happens outside transactions, so that a guesser cannot hold up writers; what a right password meets is
asked again inside (the account may have been locked or closed meanwhile), so that many guesses at once are worth no more
than five one after another. Every refusal is the same sentence after the same work. Names typed at a failed sign-in enter
the journal only where they are a known login: people type passwords there. A session is written to once a minute at most.
"""

import datetime as dt
from dataclasses import replace

from attrtrack.domain.access import OPEN, Access
from attrtrack.domain.accounts import Account, Session, SignedIn, login_of
from attrtrack.domain.passwords import password_faults
from attrtrack.errors import NotPermittedError, NotSignedInError, SignInRefusedError, UsageError
from attrtrack.storage import UnitOfWork
from attrtrack.storage.accounts import subject
from attrtrack.workflow.app import App
from attrtrack.workflow.passwords import fits, hashed_password, is_outdated, new_secret, secret_hash

_SEEN_EVERY = dt.timedelta(minutes=1)
_NOBODY = "-"


def has_accounts(app: App) -> bool:
    """Whether the register knows accounts; where it knows none, a name alone counts (a single desk)."""
    with app.store.reading() as work:
        return work.accounts.any()


def sign_in(app: App, login: str, password: str, *, address: str) -> SignedIn:
    """Begin a session for the right password; else `SignInRefusedError`, the same for every reason, journalled.

    `address` is where the person is, as the journal keeps it (`web 10.1.2.3`).
    """
    name = login_of(login)
    with app.store.reading() as work:
        known_hash = work.accounts.password_hash(name)
    right = fits(password, known_hash)
    renewed = hashed_password(password) if right and known_hash and is_outdated(known_hash) else None
    with app.store.unit_of_work(_NOBODY, address) as work:
        account = work.accounts.find(name)
        if account is None or not _admitted(app, account):
            refusal = "unknown" if account is None else "closed" if account.closed_at is not None else "locked"
            _journal_refusal(work, account, refusal)
        elif not right or work.accounts.password_hash(name) != known_hash:
            _count_failure(app, work, account)
        else:
            if renewed is not None:
                work.accounts.renew_hash(name, renewed)
            return _begin(app, work, account, address=address, by="password")
    raise _refused()


def sign_in_identity(app: App, issuer: str, subject_there: str, *, address: str) -> SignedIn:
    """Begin a session for somebody whom an identity provider has vouched for and who was bound to an account before."""
    with app.store.unit_of_work(_NOBODY, address) as work:
        identity = work.identities.find(issuer, subject_there)
        account = None if identity is None else work.accounts.find(identity.login)
        if account is not None and account.closed_at is None and not account.suspended:
            return _begin(app, work, account, address=address, by="identity")
        why = "unbound" if account is None else "locked" if account.suspended else "closed"
        _journal_refusal(work, account, why)
    raise SignInRefusedError("没有与这个身份绑定的账号：请联系系统管理员绑定。")


def app_of_session(app: App, token: str, *, address: str) -> App:
    """Return the app in which the owner of a session acts; `NotSignedInError` when it has ended, by itself or by time."""
    digest = secret_hash(token)
    with app.store.reading() as work:
        session = work.sessions.find(digest)
        account = None if session is None else work.accounts.get(session.login)
        access = OPEN if account is None else _access(work, account)
    now = app.clock()
    if session is None or account is None or session.ended_at is not None or account.closed_at is not None:
        raise NotSignedInError("尚未登录，或者登录已经结束：请重新登录。")
    if not session.open_at(now, app.sign_in_rules.idle):
        with app.store.unit_of_work(account.login, address) as work:
            if work.sessions.end(digest):
                work.journal.append("sign-out", subject(account.login), "done", {"by": "time"})
        raise NotSignedInError("登录已经超时：请重新登录。")
    if now - session.seen_at >= _SEEN_EVERY:
        with app.store.unit_of_work(account.login, address) as work:
            work.sessions.see(digest)
    return app.acting_as(account.login, access, origin=address, unit=account.unit)


def whose_session(app: App, token: str) -> str | None:
    """Return the login whose session it is or was; None for one that the register does not know."""
    with app.store.reading() as work:
        session = work.sessions.find(secret_hash(token))
    return None if session is None else session.login


def app_of_token(app: App, bearer: str, *, address: str) -> App:
    """Return the app in which a program acts: the rights of the account's roles that the token's scopes name.

    Raises `NotSignedInError` when the token is unknown, revoked or expired, or its account is closed.
    """
    digest = secret_hash(bearer)
    with app.store.reading() as work:
        token = work.api_tokens.find(digest)
        account = None if token is None else work.accounts.get(token.login)
        access = OPEN if account is None else _access(work, account)
    now = app.clock()
    if token is None or account is None or account.closed_at is not None or not token.open_at(now):
        raise NotSignedInError("接口令牌无效、已过期或已撤销：请联系管理员换发。")
    if token.used_at is None or now - token.used_at >= _SEEN_EVERY:
        with app.store.unit_of_work(account.login, address) as work:
            work.api_tokens.use(digest)
    scoped = replace(access, rights=(access.rights or frozenset()) & token.scopes)
    return app.acting_as(account.login, scoped, origin=f"{address} {token.id}", unit=account.unit)


def app_of_account(app: App, login: str, *, origin: str) -> App:
    """Return the app in which an account acts by what it may now: for work begun earlier (jobs) and at the console.

    In a register without accounts the name alone counts. Raises `NotPermittedError` when there is no such open account.
    """
    access = access_of_login(app, login)
    return app.acting_as(login, access, origin=origin, unit=access.home)


def access_of_login(app: App, login: str) -> Access:
    """Return what an account may; `OPEN` in a register without accounts, `NotPermittedError` for a name that is none."""
    with app.store.reading() as work:
        if not work.accounts.any():
            return OPEN
        account = work.accounts.find(login)
        if account is None or account.closed_at is not None:
            raise NotPermittedError(
                f"“{login[:50]}”不是在用的账号：请用 --as 写明登录名，或请系统管理员用 attrtrack user add 建立。"
            )
        return _access(work, account)


def sign_out(app: App, token: str) -> None:
    """End a session; one that has ended already stays so."""
    digest = secret_hash(token)
    with app.store.unit_of_work(app.actor, app.origin) as work:
        session = work.sessions.find(digest)
        if session is not None and work.sessions.end(digest):
            work.journal.append("sign-out", subject(session.login), "done", {"by": "user"})


def change_password(app: App, old: str, new: str, *, keep: str | None = None) -> None:
    """Change one's own password; all other sessions of the account end (`keep`: the token of the one at hand).

    Raises `SignInRefusedError` when the old one is wrong (that counts as a failed sign-in), `UsageError` when the new
    one is too weak or the same.
    """
    with app.store.reading() as work:
        account = work.accounts.get(app.actor)
        known_hash = work.accounts.password_hash(account.login)
    right = fits(old, known_hash)
    if right:
        new_hash = accepted_hash(app, account, new)
        if fits(new, known_hash):
            raise UsageError("新口令与旧口令相同：请换一个。")
    with app.store.unit_of_work(app.actor, app.origin) as work:
        account = work.accounts.get(app.actor)
        if not _admitted(app, account):
            _journal_refusal(work, account, "locked")
        elif not right or work.accounts.password_hash(account.login) != known_hash:
            _count_failure(app, work, account)
        else:
            work.accounts.set_password(account.login, new_hash, must_change=False)
            work.sessions.end_all(account.login, but=None if keep is None else secret_hash(keep))
            return
    raise SignInRefusedError("原口令不对，或者账号已被锁定：请核对后再试，或联系系统管理员。")


def accepted_hash(app: App, account: Account, password: str) -> str:
    """Return the hash of a new password; `UsageError` saying everything that is wrong with a weak one."""
    own = (account.login, account.display_name, account.unit or "")
    faults = password_faults(password, own_words=own, shortest=app.sign_in_rules.password_length)
    if faults:
        raise UsageError(f"口令不合要求：{'；'.join(faults)}。")
    return hashed_password(password)


def _access(work: UnitOfWork, account: Account) -> Access:
    """Return rights and sight: the own unit with all below for who makes documents, the assigned ones for an assessor."""
    units = work.units.below(account.sight)
    return account.access(units)


def _admitted(app: App, account: Account) -> bool:
    locked = account.locked_until is not None and app.clock() < account.locked_until
    return account.closed_at is None and not locked


def _begin(app: App, work: UnitOfWork, account: Account, *, address: str, by: str) -> SignedIn:
    token, now = new_secret(), app.clock()
    expires = now + app.sign_in_rules.absolute
    if account.failures or account.locked_until is not None:
        work.accounts.forget_failures(account.login)
    work.sessions.begin(Session(account.login, now, now, expires, address), secret_hash(token))
    work.journal.append("sign-in", subject(account.login), "done", {"by": by})
    return SignedIn(token, account, expires)


def _count_failure(app: App, work: UnitOfWork, account: Account) -> None:
    failures = account.failures + 1
    until = app.sign_in_rules.locked_until(failures, app.clock())
    _journal_refusal(work, account, "password")
    work.accounts.count_failure(account.login, failures, until)


def _journal_refusal(work: UnitOfWork, account: Account | None, why: str) -> None:
    work.journal.append("sign-in", _NOBODY if account is None else subject(account.login), "refused", {"why": why})


def _refused() -> SignInRefusedError:
    return SignInRefusedError("登录名或口令不对，或者账号已被锁定或停用：请核对后再试，或联系系统管理员。")
