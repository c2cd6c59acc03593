"""Units, accounts, roles, sessions, tokens and identities of people."""

import sqlalchemy as sa
from alembic import op

from attrtrack.storage.migrations.guards_0005_postgresql import FUNCTIONS, POSTGRESQL_TRIGGERS
from attrtrack.storage.migrations.guards_0005_sqlite import REPLACED, SQLITE_TRIGGERS

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, then put the triggers in place."""
    _create_units_and_accounts()
    _create_roles()
    _create_keys()
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for name in REPLACED:
            bind.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in SQLITE_TRIGGERS.values():
            bind.exec_driver_sql(statement)
        return
    schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for statement in FUNCTIONS.values():
        bind.exec_driver_sql(statement.replace("@schema@", schema))
    for name, statement in POSTGRESQL_TRIGGERS.items():
        bind.exec_driver_sql(statement)
        table = statement.split(" ON ", 1)[1].split()[0]
        bind.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def downgrade() -> None:
    """Refuse: a register is not taken back."""
    raise NotImplementedError("a register is not taken back to an earlier revision")


def _create_units_and_accounts() -> None:
    op.create_table(
        "units",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("parent_id", _KEY),
        sa.Column("top", sa.Boolean, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("closed_at", sa.Text),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent")),
        sa.UniqueConstraint("name", name=op.f("uq_units_name")),
        sa.CheckConstraint(f"ltrim(name, '{_BLANKS}') <> ''", name=op.f("ck_units_name")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_units_parent")),
        sa.CheckConstraint("NOT top OR parent_id IS NULL", name=op.f("ck_units_top")),
    )
    op.create_index("ix_units_parent", "units", ["parent_id"])
    op.create_table(
        "accounts",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("unit_id", _KEY),
        sa.Column("password_hash", sa.Text),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.Text),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("closed_at", sa.Text),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_accounts_unit")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
        sa.CheckConstraint(f"ltrim(login, '{_BLANKS}') <> ''", name=op.f("ck_accounts_login")),
        sa.CheckConstraint(
            "password_hash IS NULL OR substr(password_hash, 1, 10) = '$argon2id$'",
            name=op.f("ck_accounts_password_hash"),
        ),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_accounts_failures")),
    )


def _create_roles() -> None:
    op.create_table(
        "role_grants",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("granted", sa.Boolean, nullable=False),
        sa.Column("granted_by", sa.Text, nullable=False),
        sa.Column("granted_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_role_grants_account")),
        sa.CheckConstraint(
            "role IN ('drafter', 'office', 'signatory', 'assessor', 'system_administrator', "
            "'security_administrator', 'audit_administrator')",
            name=op.f("ck_role_grants_role"),
        ),
    )
    op.create_index("ix_role_grants_account", "role_grants", ["account_id", "role", "id"])
    op.create_table(
        "assessed_units",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("assigned", sa.Boolean, nullable=False),
        sa.Column("assigned_by", sa.Text, nullable=False),
        sa.Column("assigned_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_assessed_units_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_assessed_units_unit")),
    )
    op.create_index("ix_assessed_units_account", "assessed_units", ["account_id", "unit_id", "id"])


def _create_keys() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sessions_account")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_sessions_token_hash")),
        sa.CheckConstraint("expires_at > started_at", name=op.f("ck_sessions_expires_at")),
    )
    op.create_index("ix_sessions_account", "sessions", ["account_id", "id"])
    op.create_table(
        "api_tokens",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("scopes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("used_at", sa.Text),
        sa.Column("revoked_at", sa.Text),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_api_tokens_account")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_api_tokens_token_hash")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_api_tokens_expires_at")),
    )
    op.create_index("ix_api_tokens_account", "api_tokens", ["account_id", "id"])
    op.create_table(
        "identities",
        sa.Column("id", _KEY, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("bound_by", sa.Text, nullable=False),
        sa.Column("bound_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_identities_account")),
    )
    op.create_index("ix_identities_issuer_subject", "identities", ["issuer", "subject", "id"])
