"""What opens the register besides a password: sessions, API tokens, identities at a provider; secrets as hashes only."""

import datetime as dt

import sqlalchemy as sa

from attrtrack.domain.access import Right
from attrtrack.domain.accounts import ApiToken, Identity, Session
from attrtrack.errors import TransitionNotAllowedError, UnknownRecordError
from attrtrack.storage.accounts import Accounts
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.tables_accounts import accounts, api_tokens, identities, sessions
from attrtrack.storage.transaction import Transaction


class Sessions:
    """Sessions of people at the web; ended ones stay as a record."""

    def __init__(self, transaction: Transaction, known: Accounts) -> None:
        self._transaction = transaction
        self._accounts = known

    def begin(self, session: Session, token_hash: str) -> None:
        """Keep a session that begins."""
        row = {
            "account_id": self._accounts.key(session.login),
            "token_hash": token_hash,
            "origin": session.origin,
            "started_at": session.started_at,
            "seen_at": session.seen_at,
            "expires_at": session.expires_at,
        }
        self._transaction.insert(sessions, row)

    def find(self, token_hash: str) -> Session | None:
        """Return the session of a token, ended or not."""
        query = (
            sa.select(sessions, accounts.c.login)
            .join(accounts, accounts.c.id == sessions.c.account_id)
            .where(sessions.c.token_hash == token_hash)
        )
        row = self._transaction.first(query)
        if row is None:
            return None
        return Session(row.login, row.started_at, row.seen_at, row.expires_at, row.origin, row.ended_at)

    def see(self, token_hash: str) -> None:
        """Keep that the session was used just now; one that ended meanwhile stays as it is."""
        changed = sessions.update().where(sessions.c.token_hash == token_hash, sessions.c.ended_at.is_(None))
        self._transaction.execute(changed.values(seen_at=self._transaction.now))

    def end(self, token_hash: str) -> bool:
        """End a session; return whether it was open."""
        changed = sessions.update().where(sessions.c.token_hash == token_hash, sessions.c.ended_at.is_(None))
        return bool(self._transaction.execute(changed.values(ended_at=self._transaction.now)).rowcount)

    def end_all(self, login: str, *, but: str | None = None) -> int:
        """End every session of an account but one; return how many were open."""
        changed = sessions.update().where(
            sessions.c.account_id == self._accounts.key(login), sessions.c.ended_at.is_(None)
        )
        if but is not None:
            changed = changed.where(sessions.c.token_hash != but)
        return int(self._transaction.execute(changed.values(ended_at=self._transaction.now)).rowcount)


class ApiTokens:
    """Keys of programs."""

    def __init__(self, transaction: Transaction, known: Accounts) -> None:
        self._transaction = transaction
        self._accounts = known

    def add(self, token: ApiToken, token_hash: str) -> ApiToken:
        """Keep a token; return it with its id."""
        key = self._transaction.insert(
            api_tokens,
            {
                "account_id": self._accounts.key(token.login),
                "name": token.name,
                "prefix": token.prefix,
                "token_hash": token_hash,
                "scopes": sorted(scope.value for scope in token.scopes),
                "created_at": token.created_at,
                "expires_at": token.expires_at,
            },
        )
        return self.get(f"T{key}")

    def get(self, token_id: str) -> ApiToken:
        """Return a token; `UnknownRecordError` when there is none."""
        digits = token_id[1:16]
        if token_id[:1] == "T" and digits.isascii() and digits.isdigit():
            for token in self._tokens(api_tokens.c.id == int(digits)):
                return token
        raise UnknownRecordError(f"没有接口令牌“{token_id[:20]}”：请核对编号（形如 T3）。")

    def find(self, token_hash: str) -> ApiToken | None:
        """Return the token of a secret, revoked or not."""
        return next(iter(self._tokens(api_tokens.c.token_hash == token_hash)), None)

    def of(self, login: str | None) -> list[ApiToken]:
        """Return the tokens of an account, None: of all, in order of entry."""
        return self._tokens(sa.true() if login is None else accounts.c.login == login)

    def use(self, token_hash: str) -> None:
        """Keep that the token was used just now."""
        changed = api_tokens.update().where(api_tokens.c.token_hash == token_hash, api_tokens.c.revoked_at.is_(None))
        self._transaction.execute(changed.values(used_at=self._transaction.now))

    def revoke(self, token_id: str) -> None:
        """Revoke a token for ever; a second time changes nothing."""
        if self.get(token_id).revoked_at is not None:
            return
        changed = api_tokens.update().where(api_tokens.c.id == int(token_id[1:]))
        self._transaction.execute(changed.values(revoked_at=self._transaction.now))

    def revoke_all(self, login: str) -> None:
        """Revoke every token of an account."""
        for token in self.of(login):
            self.revoke(token.id)

    def _tokens(self, condition: "sa.ColumnElement[bool]") -> list[ApiToken]:
        query = (
            sa.select(api_tokens, accounts.c.login)
            .join(accounts, accounts.c.id == api_tokens.c.account_id)
            .where(condition)
            .order_by(api_tokens.c.id)
        )
        return [_token(row) for row in self._transaction.rows(query)]


class Identities:
    """Who at an identity provider is who here."""

    def __init__(self, transaction: Transaction, known: Accounts) -> None:
        self._transaction = transaction
        self._accounts = known

    def bind(self, login: str, issuer: str, subject_there: str) -> None:
        """Bind somebody at a provider to an account; `TransitionNotAllowedError` when they are bound to one."""
        if self.find(issuer, subject_there) is not None:
            raise TransitionNotAllowedError("这个身份已经绑定账号：请先解除原来的绑定。")
        row = {"account_id": self._accounts.key(login), "issuer": issuer, "subject": subject_there}
        said = {"bound_by": self._transaction.actor, "bound_at": self._transaction.now}
        self._transaction.insert(identities, {**row, **said})

    def unbind(self, issuer: str, subject_there: str) -> None:
        """End a binding; `UnknownRecordError` when there is none."""
        if self.find(issuer, subject_there) is None:
            raise UnknownRecordError("没有这个身份绑定：请核对签发方和身份编号。")
        changed = identities.update().where(*_live(issuer, subject_there))
        self._transaction.execute(changed.values(ended_at=self._transaction.now))

    def unbind_all(self, login: str) -> None:
        """End every binding of an account."""
        for identity in self.of(login):
            self.unbind(identity.issuer, identity.subject)

    def find(self, issuer: str, subject_there: str) -> Identity | None:
        """Return to whom somebody at a provider is bound, or None."""
        return next(iter(self._identities(*_live(issuer, subject_there))), None)

    def of(self, login: str | None) -> list[Identity]:
        """Return the bindings of an account in force, None: of all."""
        conditions: list[sa.ColumnElement[bool]] = [identities.c.ended_at.is_(None)]
        if login is not None:
            conditions.append(accounts.c.login == login)
        return self._identities(*conditions)

    def _identities(self, *conditions: "sa.ColumnElement[bool]") -> list[Identity]:
        query = (
            sa.select(identities, accounts.c.login)
            .join(accounts, accounts.c.id == identities.c.account_id)
            .where(*conditions)
            .order_by(identities.c.id)
        )
        return [Identity(row.issuer, row.subject, row.login, row.bound_at) for row in self._transaction.rows(query)]


def _live(issuer: str, subject_there: str) -> "tuple[sa.ColumnElement[bool], ...]":
    return (identities.c.issuer == issuer, identities.c.subject == subject_there, identities.c.ended_at.is_(None))


def _token(row: AnyRow) -> ApiToken:
    known = {right.value for right in Right}
    moments: dict[str, dt.datetime | None] = {"used_at": row.used_at, "revoked_at": row.revoked_at}
    return ApiToken(
        f"T{row.id}",
        row.login,
        row.name,
        row.prefix,
        frozenset(Right(scope) for scope in row.scopes if scope in known),
        row.created_at,
        row.expires_at,
        **moments,
    )
