"""The laws of accounts as conditions that no row may meet, written once for both databases.

A law is the kind of refusal, the words people read, and a condition over NEW and OLD. `IS DISTINCT FROM` and the count of
days are put into each database's own words where the triggers are made. Conditions that UNIQUE and CHECK state as well
stand here a second time, because INSERT OR REPLACE and PRAGMA ignore_check_constraints pass those in SQLite.
"""

Law = tuple[str, str, str]

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_ROLES = (
    "('drafter', 'office', 'signatory', 'assessor', 'system_administrator', 'security_administrator', "
    "'audit_administrator')"
)
_ADMINISTRATORS = "('system_administrator', 'security_administrator', 'audit_administrator')"
_ASSESSORS = "('assessor')"
_MAKERS = "('drafter', 'office', 'signatory')"
_SYSTEM = "system_administrator"
_SYSTEMS = f"('{_SYSTEM}')"
DAYS_366 = "more_than_366_days(NEW.created_at, NEW.expires_at)"


def _held(account: str, among: str) -> str:
    """Return the condition that an account holds one of some roles: its newest row on the role is a grant."""
    return f"""EXISTS (SELECT 1 FROM role_grants AS held WHERE held.account_id = {account} AND held.granted
      AND held.role IN {among} AND NOT EXISTS (SELECT 1 FROM role_grants AS later
        WHERE later.account_id = held.account_id AND later.role = held.role AND later.id > held.id))"""  # noqa: S608


def _no_other_system_administrator(account: str) -> str:
    return f"""NOT EXISTS (SELECT 1 FROM accounts AS other
      WHERE other.id <> {account} AND other.closed_at IS NULL AND {_held("other.id", _SYSTEMS)})"""  # noqa: S608


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


def _taken(table: str, *columns: str) -> str:
    same = " OR ".join(f"{column} = NEW.{column}" for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of this module only


def _next(table: str) -> Law:
    words = "角色和分工只能追加，编号必须相接"
    return ("append", words, f"NEW.id IS DISTINCT FROM (SELECT COALESCE(MAX(id), 0) + 1 FROM {table})")  # noqa: S608


_NO_SUCH_ACCOUNT = "NOT EXISTS (SELECT 1 FROM accounts WHERE id = NEW.account_id AND closed_at IS NULL)"
_CLOSED = ("state", "账号不存在或已停用", _NO_SUCH_ACCOUNT)
_BAD_HASH = "NEW.password_hash IS NOT NULL AND substr(NEW.password_hash, 1, 10) <> '$argon2id$'"
_ABOVE = """WITH RECURSIVE above(id) AS (SELECT NEW.parent_id UNION
      SELECT units.parent_id FROM units JOIN above ON units.id = above.id WHERE units.parent_id IS NOT NULL)
      SELECT 1 FROM above WHERE id = NEW.id"""

UNITS_ENTER: tuple[Law, ...] = (
    ("append", "已有的单位不得被替换", _taken("units", "id", "name")),
    ("state", "单位必须有名称", f"ltrim(COALESCE(NEW.name, ''), '{_BLANKS}') = ''"),
    ("state", "新单位不能是已撤销的", "NEW.closed_at IS NOT NULL"),
    (
        "state",
        "上级单位不存在或已撤销",
        "NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM units WHERE id = NEW.parent_id AND closed_at IS NULL)",
    ),
    ("state", "最高单位没有上级", "NEW.top AND NEW.parent_id IS NOT NULL"),
    (
        "state",
        "已经有最高单位，只能有一个",
        "NEW.top AND EXISTS (SELECT 1 FROM units WHERE top AND closed_at IS NULL)",
    ),
)
UNITS_UPDATE: tuple[Law, ...] = (
    (
        "append",
        "单位的编号、名称、层级标记和建立记录不得修改",
        _changed("id", "name", "top", "created_by", "created_at"),
    ),
    ("append", "已撤销的单位不得恢复或改动", "OLD.closed_at IS NOT NULL"),
    ("state", "最高单位没有上级", "NEW.top AND NEW.parent_id IS NOT NULL"),
    ("state", "上级单位不能是本单位或本单位的下级", f"NEW.parent_id IS NOT NULL AND EXISTS ({_ABOVE})"),
    (
        "state",
        "上级单位不存在或已撤销",
        (
            "NEW.parent_id IS NOT NULL AND NEW.parent_id IS DISTINCT FROM OLD.parent_id "
            "AND NOT EXISTS (SELECT 1 FROM units WHERE id = NEW.parent_id AND closed_at IS NULL)"
        ),
    ),
    (
        "state",
        "单位还有下级或在用账号，不能撤销",
        (
            "NEW.closed_at IS NOT NULL AND (EXISTS (SELECT 1 FROM units WHERE parent_id = NEW.id AND closed_at IS NULL) "
            "OR EXISTS (SELECT 1 FROM accounts WHERE unit_id = NEW.id AND closed_at IS NULL))"
        ),
    ),
)
ACCOUNTS_ENTER: tuple[Law, ...] = (
    ("append", "已有的账号不得被替换，登录名不得重复使用", _taken("accounts", "id", "login")),
    ("state", "账号必须有登录名", f"ltrim(COALESCE(NEW.login, ''), '{_BLANKS}') = ''"),
    ("state", "口令只能以 argon2id 摘要保存", _BAD_HASH),
    ("state", "新账号不能是已停用的", "NEW.closed_at IS NOT NULL"),
    ("state", "登录失败次数不能小于零", "COALESCE(NEW.failures, -1) < 0"),
    (
        "state",
        "单位不存在或已撤销",
        "NEW.unit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM units WHERE id = NEW.unit_id AND closed_at IS NULL)",
    ),
)
ACCOUNTS_UPDATE: tuple[Law, ...] = (
    ("append", "账号的编号、登录名和建立记录不得修改", _changed("id", "login", "created_by", "created_at")),
    ("append", "已停用的账号不得恢复或改动", "OLD.closed_at IS NOT NULL"),
    ("state", "口令只能以 argon2id 摘要保存", _BAD_HASH),
    ("state", "登录失败次数不能小于零", "COALESCE(NEW.failures, -1) < 0"),
    (
        "state",
        "最后一个系统管理员不能停用，请先另设一个",
        f"NEW.closed_at IS NOT NULL AND {_held('NEW.id', _SYSTEMS)} AND {_no_other_system_administrator('NEW.id')}",
    ),
)
ROLE_GRANTS_ENTER: tuple[Law, ...] = (
    _next("role_grants"),
    ("state", "没有这种角色", f"NEW.role IS NULL OR NEW.role NOT IN {_ROLES}"),
    _CLOSED,
    (
        "state",
        "第一个账号必须是系统管理员",
        f"NEW.granted AND NEW.role <> '{_SYSTEM}' AND {_no_other_system_administrator('0')}",
    ),
    (
        "state",
        "三员分立，管理员账号不得兼任其他角色",
        f"NEW.granted AND {_held('NEW.account_id', _ADMINISTRATORS)}",
    ),
    (
        "state",
        "三员分立，担任其他角色的账号不得兼任管理员",
        f"NEW.granted AND NEW.role IN {_ADMINISTRATORS} AND {_held('NEW.account_id', _ROLES)}",
    ),
    (
        "state",
        "考核人员不得兼任拟稿人、审核人或签发人",
        (
            f"NEW.granted AND ((NEW.role = 'assessor' AND {_held('NEW.account_id', _MAKERS)}) "
            f"OR (NEW.role IN {_MAKERS} AND {_held('NEW.account_id', _ASSESSORS)}))"
        ),
    ),
    (
        "state",
        "最后一个系统管理员的角色不能收回，请先另设一个",
        f"NOT NEW.granted AND NEW.role = '{_SYSTEM}' AND {_no_other_system_administrator('NEW.account_id')}",
    ),
)
ASSESSED_UNITS_ENTER: tuple[Law, ...] = (_next("assessed_units"), _CLOSED)
SESSIONS_ENTER: tuple[Law, ...] = (
    ("append", "已有的会话不得被替换", _taken("sessions", "id", "token_hash")),
    (
        "state",
        "会话令牌只能以摘要保存，并且必须有期限",
        "length(NEW.token_hash) <> 64 OR NEW.expires_at <= NEW.started_at",
    ),
    ("state", "新会话不能是已结束的", "NEW.ended_at IS NOT NULL"),
    _CLOSED,
)
SESSIONS_UPDATE: tuple[Law, ...] = (
    (
        "append",
        "会话的归属、令牌和期限不得修改",
        _changed("id", "account_id", "token_hash", "origin", "started_at", "expires_at"),
    ),
    ("append", "已结束的会话不得恢复", "OLD.ended_at IS NOT NULL"),
    ("append", "会话的时间不得倒退或超过期限", "NEW.seen_at < OLD.seen_at OR NEW.seen_at > NEW.expires_at"),
)
API_TOKENS_ENTER: tuple[Law, ...] = (
    ("append", "已有的接口令牌不得被替换", _taken("api_tokens", "id", "token_hash")),
    ("state", "接口令牌只能以摘要保存", "length(NEW.token_hash) <> 64"),
    ("state", "接口令牌必须有期限，最长 366 天", f"NEW.expires_at <= NEW.created_at OR {DAYS_366}"),
    ("state", "新令牌不能是已撤销的", "NEW.revoked_at IS NOT NULL"),
    _CLOSED,
)
API_TOKENS_UPDATE: tuple[Law, ...] = (
    (
        "append",
        "接口令牌的归属、范围和期限不得修改",
        _changed("id", "account_id", "name", "prefix", "token_hash", "created_at", "expires_at")
        + " OR CAST(NEW.scopes AS TEXT) IS DISTINCT FROM CAST(OLD.scopes AS TEXT)",
    ),
    ("append", "已撤销的接口令牌不得恢复", "OLD.revoked_at IS NOT NULL"),
)
IDENTITIES_ENTER: tuple[Law, ...] = (
    ("append", "已有的身份绑定不得被替换", _taken("identities", "id")),
    (
        "append",
        "这个身份已经绑定账号",
        "EXISTS (SELECT 1 FROM identities WHERE issuer = NEW.issuer AND subject = NEW.subject AND ended_at IS NULL)",
    ),
    ("state", "新的身份绑定不能是已解除的", "NEW.ended_at IS NOT NULL"),
    _CLOSED,
)
IDENTITIES_UPDATE: tuple[Law, ...] = (
    (
        "append",
        "身份绑定不得修改，只能解除一次",
        "OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR "
        + _changed("id", "account_id", "issuer", "subject", "bound_by", "bound_at"),
    ),
)

LAWS: dict[str, tuple[str, str, tuple[Law, ...]]] = {
    "units_enter": ("units", "INSERT", UNITS_ENTER),
    "units_update": ("units", "UPDATE", UNITS_UPDATE),
    "accounts_enter": ("accounts", "INSERT", ACCOUNTS_ENTER),
    "accounts_update": ("accounts", "UPDATE", ACCOUNTS_UPDATE),
    "role_grants_enter": ("role_grants", "INSERT", ROLE_GRANTS_ENTER),
    "assessed_units_enter": ("assessed_units", "INSERT", ASSESSED_UNITS_ENTER),
    "sessions_enter": ("sessions", "INSERT", SESSIONS_ENTER),
    "sessions_update": ("sessions", "UPDATE", SESSIONS_UPDATE),
    "api_tokens_enter": ("api_tokens", "INSERT", API_TOKENS_ENTER),
    "api_tokens_update": ("api_tokens", "UPDATE", API_TOKENS_UPDATE),
    "identities_enter": ("identities", "INSERT", IDENTITIES_ENTER),
    "identities_update": ("identities", "UPDATE", IDENTITIES_UPDATE),
}
"""Trigger name to table, event and what that event may not do."""

KEPT = {
    "units": "单位",
    "accounts": "账号",
    "role_grants": "角色授权",
    "assessed_units": "考核分工",
    "sessions": "会话",
    "api_tokens": "接口令牌",
    "identities": "身份绑定",
}
"""Tables whose rows are never deleted."""
APPENDED = ("role_grants", "assessed_units")
"""Tables whose rows are never changed."""
