"""Accounts, units, tokens and identities as the objects that programs read."""

import datetime as dt

from attrtrack.domain.accounts import Account, ApiToken, Identity, Unit


def account_row(account: Account) -> dict[str, object]:
    """Return an account; nothing of its password."""
    return {
        "login": account.login,
        "name": account.display_name,
        "unit": account.unit,
        "roles": sorted(role.value for role in account.roles),
        "assesses": list(account.assesses),
        "has_password": account.has_password,
        "must_change": account.must_change,
        "locked_until": _moment(account.locked_until),
        "created_at": _moment(account.created_at),
        "closed_at": _moment(account.closed_at),
    }


def unit_row(unit: Unit) -> dict[str, object]:
    """Return a unit."""
    return {"name": unit.name, "parent": unit.parent, "top": unit.top, "closed_at": _moment(unit.closed_at)}


def token_row(token: ApiToken) -> dict[str, object]:
    """Return a token without its secret."""
    return {
        "id": token.id,
        "user": token.login,
        "name": token.name,
        "prefix": token.prefix,
        "scopes": sorted(scope.value for scope in token.scopes),
        "created_at": _moment(token.created_at),
        "expires_at": _moment(token.expires_at),
        "used_at": _moment(token.used_at),
        "revoked_at": _moment(token.revoked_at),
    }


def identity_row(identity: Identity) -> dict[str, object]:
    """Return who at a provider is who here."""
    return {
        "user": identity.login,
        "issuer": identity.issuer,
        "subject": identity.subject,
        "bound_at": _moment(identity.bound_at),
    }


def _moment(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
