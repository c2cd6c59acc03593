"""The functions and triggers of revision 0008 for PostgreSQL; what they do is said in `guards_0008_sqlite`.

The database hashes by itself, so that every session can write and none can write unseen: one that does not say who it is
stands in the journal as `outside:` with its database role. Each entry takes the lock that the program's writers take,
hence the chain cannot fork. SM3 needs the extension pgcrypto and a server whose OpenSSL knows it.
"""

from collections.abc import Iterator

from attrtrack.storage.migrations.told_0008 import DATE, INTEGER, JSON, NUMBER, TOLD, TRUTH, Told, printed

_LOCK = 0x61747472
_QUOTE = "COALESCE(to_json((?)::text)::text, 'null')"
_ALGORITHM = "COALESCE((SELECT a.algorithm FROM journal_algorithms a ORDER BY a.id DESC LIMIT 1), 'sha256')"
_SAID = "COALESCE(current_setting('attrtrack.{name}', true), '')"
_PRINTED = {
    INTEGER: "COALESCE(?::text, 'null')",
    TRUTH: "COALESCE(?::int::text, 'null')",
    NUMBER: "COALESCE('\"' || encode(float8send(?), 'hex') || '\"', 'null')",
    JSON: "COALESCE(to_json(?::text)::text, 'null')",
    DATE: "COALESCE('\"' || to_char(?, 'YYYY-MM-DD') || '\"', 'null')",
}

ACTS = "CREATE VIEW journal_acts AS SELECT action, subject, outcome, detail FROM journal"
"""What is entered here becomes an entry of the journal, sealed; as on SQLite."""


def _value(told: Told, row: str, name: str) -> str:
    return _PRINTED.get(told.kinds[name], "COALESCE(to_json(?)::text, 'null')").replace("?", f"{row}.{name}")


def image(told: Told, row: str) -> str:
    """Return the expression of a row as the journal's digest covers it; `row` is NEW, OLD or the table's name."""
    return "'[' || " + " || ',' || ".join(_value(told, row, name) for name in told.kinds) + " || ']'"


def _safe(told: Told) -> str:
    parts = [f"""'"{name}":' || {_value(told, "NEW", name)}""" for name in told.safe]
    joined = "".join(f" || {comma}{part}" for comma, part in zip(_commas(told), parts, strict=True))
    return joined + (f" || {printed(told.extra.format(row='NEW'), _QUOTE)}" if told.extra else "")


def _commas(told: Told) -> Iterator[str]:
    return ("" if told.bare and place == 0 else "',' || " for place, _ in enumerate(told.safe))


def _detail(told: Told) -> str:
    if told.bare:
        return f"'{{'{_safe(told)} || '}}'"
    head = f"""'{{"row":"' || {told.row("NEW")} || '","digest":"' || attrtrack_hash({_ALGORITHM}, image) || '"'"""
    return f"{head}{_safe(told)} || moved || '}}'"


def _moved(told: Told) -> str:
    if told.moved is None:
        return ""
    old, new = (_value(told, row, told.moved) for row in ("OLD", "NEW"))
    return f"""    IF NEW.{told.moved} IS DISTINCT FROM OLD.{told.moved} THEN
      moved := ',"from":' || {old} || ',"to":' || {new};
    END IF;
"""


def _body(told: Told) -> str:
    update = told.update.replace("~", "IS DISTINCT FROM")
    return f"""
DECLARE
  image text;
  act text;
  moved text := '';
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO journal (action, subject, outcome, detail)
    VALUES ({told.delete}, {told.subject.format(row="OLD")}, 'done', '{{"row":"' || {told.row("OLD")} || '"}}');
    RETURN NULL;
  END IF;
  image := {image(told, "NEW")};
  IF TG_OP = 'UPDATE' THEN
    IF image = {image(told, "OLD")} THEN
      RETURN NULL;
    END IF;
    IF {told.row("NEW")} <> {told.row("OLD")} THEN
      RAISE EXCEPTION 'attrtrack-append: 记录的编号不得修改' USING ERRCODE = 'check_violation';
    END IF;
    act := {update};
{_moved(told)}  ELSE
    act := {told.insert};
  END IF;
  INSERT INTO journal (action, subject, outcome, detail)
  VALUES (act, {told.subject.format(row="NEW")}, 'done', {_detail(told)});
  RETURN NULL;
END
"""  # noqa: S608 - names of this module only


_REFUSED_OUTSIDE = """
BEGIN
  IF COALESCE(current_setting('attrtrack.actor', true), '') = '' THEN
    RAISE EXCEPTION USING MESSAGE = 'attrtrack-append: ' || TG_ARGV[0], ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
"""

BODIES: dict[str, str] = {
    "attrtrack_hash": """
DECLARE
  place text;
  found text;
BEGIN
  IF algorithm = 'sha256' THEN
    RETURN encode(sha256(convert_to(told, 'UTF8')), 'hex');
  END IF;
  SELECT n.nspname INTO place FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pgcrypto';
  IF algorithm <> 'sm3' OR place IS NULL THEN
    RAISE EXCEPTION 'attrtrack-append: 数据库不能计算 SM3：请由数据库管理员安装扩展 pgcrypto' USING ERRCODE = 'check_violation';
  END IF;
  EXECUTE 'SELECT encode(' || quote_ident(place) || '.digest(convert_to($1, ''UTF8''), ''sm3''), ''hex'')' INTO found USING told;
  RETURN found;
END
""",
    "attrtrack_journal_chain": f"""
DECLARE
  last record;
BEGIN
  IF COALESCE(NEW.sequence::text, NEW.at, NEW.actor, NEW.origin, NEW.previous_hash, NEW.hash) IS NOT NULL THEN
    RAISE EXCEPTION 'attrtrack-append: 审计日志必须首尾相接' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM pg_advisory_xact_lock({_LOCK});
  SELECT sequence, hash INTO last FROM journal ORDER BY sequence DESC LIMIT 1;
  NEW.sequence := COALESCE(last.sequence, 0) + 1;
  NEW.previous_hash := COALESCE(last.hash, repeat('0', 64));
  NEW.actor := COALESCE(NULLIF({_SAID.format(name="actor")}, ''), 'outside:' || session_user);
  NEW.origin := COALESCE(NULLIF({_SAID.format(name="origin")}, ''), 'outside:');
  NEW.at := COALESCE(NULLIF({_SAID.format(name="now")}, ''),
    to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00');
  IF NEW.at !~ '^\\d{{4}}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{{6}}\\+00:00$' OR NEW.at::timestamptz IS NULL THEN
    RAISE EXCEPTION 'attrtrack-append: 审计日志的时间写法不对' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.action = 'set-journal-hash' AND NOT EXISTS (
    SELECT 1 FROM journal_algorithms a WHERE a.id = (SELECT MAX(id) FROM journal_algorithms) AND NEW.detail
      ~ ('^\\{{"row":"journal_algorithms/' || a.id || '","digest":"[0-9a-f]{{64}}","to":"' || a.algorithm || '"\\}}$')) THEN
    RAISE EXCEPTION 'attrtrack-append: 审计日志的摘要算法只能由本系统更换' USING ERRCODE = 'check_violation';
  END IF;
  NEW.hash := attrtrack_hash({_ALGORITHM}, '[' || NEW.sequence || ',' || concat_ws(',', to_json(NEW.at),
    to_json(NEW.actor), to_json(NEW.origin), to_json(NEW.action), to_json(NEW.subject), to_json(NEW.outcome),
    to_json(NEW.detail), to_json(NEW.previous_hash)) || ']');
  RETURN NEW;
END
""",  # noqa: S608 - names of this module only
    "attrtrack_refuse_outside": _REFUSED_OUTSIDE,
    **{f"attrtrack_{told.table}_journal": _body(told) for told in TOLD},
}
"""Body of each function, as `pg_proc.prosrc` keeps it."""

_SIGNATURES = {"attrtrack_hash": "attrtrack_hash(algorithm text, told text) RETURNS text"}

FUNCTIONS: dict[str, str] = {
    name: f"CREATE OR REPLACE FUNCTION {_SIGNATURES.get(name, f'{name}() RETURNS trigger')} LANGUAGE plpgsql "
    f"SET search_path = @schema@, pg_temp AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""


def _of(told: Told) -> Iterator[tuple[str, str]]:
    table = told.table
    for event in ("insert", "update", "delete"):
        name = f"{table}_journal_{event}"
        yield (
            name,
            f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION attrtrack_{table}_journal()",
        )
    name = f"{table}_journal_truncate"
    yield (
        name,
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION attrtrack_refuse('登记不得清空')",
    )


def triggers_of(told: Told) -> Iterator[tuple[str, str]]:
    """Yield the triggers of a table by name; later revisions make those of their own tables with it."""
    yield from _of(told)


def body_of(told: Told) -> str:
    """Return the body of the function that tells the journal of a table."""
    return _body(told)


def _refused_outside(table: str, event: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{event} BEFORE INSERT ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_refuse_outside('{words}')"
    )


def _kept(table: str, words: str) -> dict[str, str]:
    return {
        f"{table}_{event}": f"CREATE TRIGGER {table}_{event} BEFORE {event.upper()} ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_refuse('{words}')"
        for event in ("update", "delete")
    }


REPLACED = {"removals_journalled": "removals", "gate_switches_journalled": "gate_switches"}
"""Triggers of earlier revisions that stand here anew, with their tables."""

POSTGRESQL_TRIGGERS: dict[str, str] = {
    **_kept("journal_algorithms", "审计日志的摘要算法只能追加，不得修改或删除"),
    "journal_algorithms_enter": _refused_outside("journal_algorithms", "enter", "审计日志的摘要算法只能由本系统更换"),
    "removals_journalled": _refused_outside("removals", "journalled", "涉密文件只能由本系统移除"),
    "gate_switches_journalled": _refused_outside("gate_switches", "journalled", "把关开关只能由本系统改动"),
    **{name: made for told in TOLD for name, made in _of(told)},
}
"""Every trigger by name with the statement that makes it."""
