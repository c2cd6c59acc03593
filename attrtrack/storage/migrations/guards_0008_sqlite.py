"""The triggers of revision 0008 for SQLite: every change of a row enters the journal, whoever makes it.

SQLite cannot hash: the functions `attrtrack_…` belong to the connection (see `hashing`), so that a connection which has
none of them cannot write at all. `journal_acts` is the one door to the journal: its trigger gives an entry its place,
time, actor and hash; beside MAX(sequence) SQLite takes `hash` from the very row of the greatest sequence. A row pushed out by INSERT OR REPLACE fires no trigger of its own unless the connection asks for
it, therefore tables without such a guard get one here.
"""

from collections.abc import Iterator

from attrtrack.storage.migrations.told_0008 import NUMBER, TOLD, Told, printed

_QUOTE = "json_quote(?)"
_ALGORITHM = "COALESCE((SELECT algorithm FROM journal_algorithms ORDER BY id DESC LIMIT 1), 'sha256')"
_GENESIS = "0" * 64
_OUTSIDE = "attrtrack_actor() LIKE 'outside:%'"
_CHANGED_HASH = (
    f"""'{{"row":"journal_algorithms/' || a.id || '","digest":"{"[0-9a-f]" * 64}","to":"' || a.algorithm || '"}}'"""
)
_TEXTS = ("at", "actor", "origin", "action", "subject", "outcome", "detail", "previous_hash", "hash")
_NO_ENTRY = " OR ".join((*(f"typeof(NEW.{name}) <> 'text'" for name in _TEXTS), "length(NEW.hash) <> 64"))
_NO_MOMENT = "NEW.at NOT GLOB '????-??-??T??:??:??.??????+00:00' OR julianday(NEW.at) IS NULL"
"""OR IGNORE and PRAGMA ignore_check_constraints would pass by NOT NULL and CHECK: an entry left out, its row kept."""

ACTS = "CREATE VIEW journal_acts AS SELECT action, subject, outcome, detail FROM journal"
"""What is entered here becomes an entry of the journal, sealed."""


def image(told: Told, row: str) -> str:
    """Return the expression of a row as the journal's digest covers it; `row` is NEW, OLD or the table's name."""
    values = (
        f"attrtrack_float({row}.{name})" if kind == NUMBER else f"{row}.{name}" for name, kind in told.kinds.items()
    )
    return f"json_array({', '.join(values)})"


def detail(told: Told, row: str) -> str:
    """Return the expression of what an entry holds of a row."""
    safe = "".join(
        f""" || '{"" if told.bare and place == 0 else ","}"{name}":' || json_quote({row}.{name})"""
        for place, name in enumerate(told.safe)
    )
    extra = f" || {printed(told.extra.format(row=row), _QUOTE)}" if told.extra else ""
    if told.bare:
        return f"'{{'{safe}{extra} || '}}'"
    return f"""'{{"row":"' || {told.row(row)} || '","digest":"' || attrtrack_hash({_ALGORITHM}, {image(told, row)}) || '"'{safe}{extra}"""


def _entry(action: str, subject: str, detail: str) -> str:
    columns = "action, subject, outcome, detail"
    return f"INSERT INTO journal_acts ({columns}) VALUES ({action}, {subject}, 'done', {detail});"  # noqa: S608 - own names


def _moved(told: Told) -> str:
    if told.moved is None:
        return ""
    old, new = (f"json_quote({row}.{told.moved})" for row in ("OLD", "NEW"))
    return f""" || CASE WHEN NEW.{told.moved} IS NOT OLD.{told.moved} THEN ',"from":' || {old} || ',"to":' || {new} ELSE '' END"""


def _renamed(told: Told) -> str:
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in told.key)


def _of(told: Told) -> Iterator[tuple[str, str]]:
    table, end = told.table, "" if told.bare else " || '}'"
    differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in told.kinds)
    subject = told.subject.format(row="NEW")
    moved = "" if told.bare else _moved(told)
    acts = {
        "insert": ("INSERT", _entry(told.insert, subject, detail(told, "NEW") + end)),
        "update": (
            f"UPDATE WHEN {differs}",
            f"SELECT RAISE(ABORT, 'attrtrack-append: 记录的编号不得修改') WHERE {_renamed(told)};\n  "
            + _entry(told.update.replace("~", "IS NOT"), subject, detail(told, "NEW") + moved + end),
        ),
        "delete": (
            "DELETE",
            _entry(told.delete, told.subject.format(row="OLD"), f"""'{{"row":"' || {told.row("OLD")} || '"}}'"""),
        ),
    }
    for event, (when, entry) in acts.items():
        name, (act, _, condition) = f"{table}_journal_{event}", when.partition(" ")
        yield name, f"CREATE TRIGGER {name} AFTER {act} ON {table} {condition} BEGIN\n  {entry}\nEND"
    yield from _irreplaceable(told)
    if len(told.key) > 1:
        yield from _bound(told.table)


def _irreplaceable(told: Told) -> Iterator[tuple[str, str]]:
    if not told.unique:
        return
    table = told.table
    same = " OR ".join("(" + " AND ".join(f"{name} = NEW.{name}" for name in names) + ")" for names in told.unique)
    other = " OR ".join(f"{name} IS NOT OLD.{name}" for name in told.key)
    refused = "BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 已有的记录不得被替换'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of this module only
    by_another = f"EXISTS (SELECT 1 FROM {table} WHERE ({same}) AND ({other}))"  # noqa: S608 - names of this module only
    yield (
        f"{table}_journal_replace",
        f"CREATE TRIGGER {table}_journal_replace BEFORE INSERT ON {table} WHEN {taken} {refused}",
    )
    yield (
        f"{table}_journal_push_out",
        f"CREATE TRIGGER {table}_journal_push_out BEFORE UPDATE ON {table} WHEN {_renamed(told)} OR {by_another} {refused}",
    )


def triggers_of(told: Told) -> Iterator[tuple[str, str]]:
    """Yield the triggers of a table by name; later revisions make those of their own tables with it."""
    yield from _of(told)


def _bound(table: str) -> Iterator[tuple[str, str]]:
    """Guard the hidden rowid of a table with a key of several columns: OR REPLACE pushes a row out by it, too.

    SQLite shows -1 for a rowid that it is yet to choose, therefore no row may have one below 1.
    """
    refused = "BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 已有的记录不得被替换'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid)"  # noqa: S608 - names of this module only
    for name, event, condition in (
        ("place", "BEFORE INSERT", taken),
        ("placed", "AFTER INSERT", "NEW.rowid < 1"),
        ("replace", "BEFORE UPDATE", "NEW.rowid IS NOT OLD.rowid"),
    ):
        trigger = f"{table}_journal_row_{name}"
        yield trigger, f"CREATE TRIGGER {trigger} {event} ON {table} WHEN {condition} {refused}"


def _refused_outside(table: str, event: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{event} BEFORE INSERT ON {table} WHEN {_OUTSIDE} "
        f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {words}'); END"
    )


def _kept(table: str, words: str) -> dict[str, str]:
    refused = f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {words}'); END"
    return {
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refused}",
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refused}",
    }


_JOURNAL = {
    "journal_append": f"""CREATE TRIGGER journal_append INSTEAD OF INSERT ON journal_acts BEGIN
  SELECT RAISE(ABORT, 'attrtrack-append: 审计日志的各项须是文字')
    WHERE {" OR ".join(f"typeof(NEW.{name}) <> 'text'" for name in ("action", "subject", "outcome", "detail"))};
  SELECT RAISE(ABORT, 'attrtrack-append: 审计日志的摘要算法只能由本系统更换')
    WHERE NEW.action = 'set-journal-hash' AND NOT EXISTS (
      SELECT 1 FROM journal_algorithms AS a WHERE a.id = (SELECT MAX(id) FROM journal_algorithms)
        AND NEW.detail GLOB {_CHANGED_HASH});
  INSERT INTO journal (sequence, at, actor, origin, action, subject, outcome, detail, previous_hash, hash)
  SELECT sequence, at, actor, origin, NEW.action, NEW.subject, NEW.outcome, NEW.detail, previous_hash,
    attrtrack_seal({_ALGORITHM},
      json_array(sequence, at, actor, origin, NEW.action, NEW.subject, NEW.outcome, NEW.detail, previous_hash))
  FROM (SELECT COALESCE(MAX(sequence), 0) + 1 AS sequence, COALESCE(hash, '{_GENESIS}') AS previous_hash,
      CAST(COALESCE(attrtrack_now(), strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000+00:00') AS TEXT) AS at,
      CAST(attrtrack_actor() AS TEXT) AS actor, CAST(attrtrack_origin() AS TEXT) AS origin FROM journal);
END""",  # noqa: S608 - names of this module only
    "journal_chain": f"""CREATE TRIGGER journal_chain BEFORE INSERT ON journal
WHEN {_NO_ENTRY} OR {_NO_MOMENT} OR NEW.hash IS NOT attrtrack_sealed()
  OR (SELECT NEW.sequence IS COALESCE(MAX(sequence), 0) + 1 AND NEW.previous_hash IS COALESCE(hash, '{_GENESIS}')
    FROM journal) IS NOT 1
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 审计日志必须首尾相接'); END""",  # noqa: S608 - names of this module only
    **_kept("journal", "审计日志只能追加，不得修改或删除"),
    **_kept("journal_algorithms", "审计日志的摘要算法只能追加，不得修改或删除"),
    "journal_algorithms_enter": _refused_outside("journal_algorithms", "enter", "审计日志的摘要算法只能由本系统更换"),
    "removals_journalled": _refused_outside("removals", "journalled", "涉密文件只能由本系统移除"),
    "gate_switches_journalled": _refused_outside("gate_switches", "journalled", "把关开关只能由本系统改动"),
}

REPLACED = ("journal_chain", "journal_update", "journal_delete", "removals_journalled", "gate_switches_journalled")
"""Triggers of earlier revisions that stand here anew."""

GONE = ("journal_replace",)
"""Triggers of earlier revisions that are no more: `journal_chain` alone lets no sequence be taken twice."""

SQLITE_TRIGGERS: dict[str, str] = {**_JOURNAL, **{name: made for told in TOLD for name, made in _of(told)}}
"""Every trigger by name, as `sqlite_master` keeps it."""
