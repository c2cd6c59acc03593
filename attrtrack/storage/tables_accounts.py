"""The tables of units, accounts, roles, sessions, tokens and identities; the laws that need more than one row are triggers."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Table, UniqueConstraint

from attrtrack.storage.columns import Moment, RecordKey, Structure
from attrtrack.storage.tables import BLANKS, metadata

_ROLES = (
    "('drafter', 'office', 'signatory', 'assessor', 'system_administrator', 'security_administrator', "
    "'audit_administrator')"
)


def _key(name: str = "id") -> "Column[int]":
    return Column(name, RecordKey, primary_key=name == "id", autoincrement=False, nullable=False)


def _of_account(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["account_id"], ["accounts.id"], name=f"fk_{table}_account")


units = Table(
    "units",
    metadata,
    _key(),
    Column("name", sa.Text, nullable=False),
    Column("parent_id", RecordKey),
    Column("top", sa.Boolean, nullable=False),
    Column("created_by", sa.Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    ForeignKeyConstraint(["parent_id"], ["units.id"], name="fk_units_parent"),
    UniqueConstraint("name", name="uq_units_name"),
    CheckConstraint(f"ltrim(name, '{BLANKS}') <> ''", name="ck_units_name"),
    CheckConstraint("parent_id IS NULL OR parent_id <> id", name="ck_units_parent"),
    CheckConstraint("NOT top OR parent_id IS NULL", name="ck_units_top"),
    Index("ix_units_parent", "parent_id"),
)

accounts = Table(
    "accounts",
    metadata,
    _key(),
    Column("login", sa.Text, nullable=False),
    Column("display_name", sa.Text, nullable=False),
    Column("unit_id", RecordKey),
    Column("password_hash", sa.Text),
    Column("must_change", sa.Boolean, nullable=False),
    Column("failures", sa.Integer, nullable=False),
    Column("locked_until", Moment),
    Column("created_by", sa.Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_accounts_unit"),
    UniqueConstraint("login", name="uq_accounts_login"),
    CheckConstraint(f"ltrim(login, '{BLANKS}') <> ''", name="ck_accounts_login"),
    CheckConstraint(
        "password_hash IS NULL OR substr(password_hash, 1, 10) = '$argon2id$'", name="ck_accounts_password_hash"
    ),
    CheckConstraint("failures >= 0", name="ck_accounts_failures"),
)

role_grants = Table(
    "role_grants",
    metadata,
    _key(),
    _key("account_id"),
    Column("role", sa.Text, nullable=False),
    Column("granted", sa.Boolean, nullable=False),
    Column("granted_by", sa.Text, nullable=False),
    Column("granted_at", Moment, nullable=False),
    _of_account("role_grants"),
    CheckConstraint(f"role IN {_ROLES}", name="ck_role_grants_role"),
    Index("ix_role_grants_account", "account_id", "role", "id"),
)
"""Appended only; the newest row of an account and a role says whether it is held."""

assessed_units = Table(
    "assessed_units",
    metadata,
    _key(),
    _key("account_id"),
    _key("unit_id"),
    Column("assigned", sa.Boolean, nullable=False),
    Column("assigned_by", sa.Text, nullable=False),
    Column("assigned_at", Moment, nullable=False),
    _of_account("assessed_units"),
    ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_assessed_units_unit"),
    Index("ix_assessed_units_account", "account_id", "unit_id", "id"),
)
"""Appended only, read like `role_grants`."""

sessions = Table(
    "sessions",
    metadata,
    _key(),
    _key("account_id"),
    Column("token_hash", sa.Text, nullable=False),
    Column("origin", sa.Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    _of_account("sessions"),
    UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    CheckConstraint("length(token_hash) = 64", name="ck_sessions_token_hash"),
    CheckConstraint("expires_at > started_at", name="ck_sessions_expires_at"),
    Index("ix_sessions_account", "account_id", "id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    _key(),
    _key("account_id"),
    Column("name", sa.Text, nullable=False),
    Column("prefix", sa.Text, nullable=False),
    Column("token_hash", sa.Text, nullable=False),
    Column("scopes", Structure, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    _of_account("api_tokens"),
    UniqueConstraint("token_hash", name="uq_api_tokens_token_hash"),
    CheckConstraint("length(token_hash) = 64", name="ck_api_tokens_token_hash"),
    CheckConstraint("expires_at > created_at", name="ck_api_tokens_expires_at"),
    Index("ix_api_tokens_account", "account_id", "id"),
)

identities = Table(
    "identities",
    metadata,
    _key(),
    _key("account_id"),
    Column("issuer", sa.Text, nullable=False),
    Column("subject", sa.Text, nullable=False),
    Column("bound_by", sa.Text, nullable=False),
    Column("bound_at", Moment, nullable=False),
    Column("ended_at", Moment),
    _of_account("identities"),
    Index("ix_identities_issuer_subject", "issuer", "subject", "id"),
)
