"""The triggers of revision 0015 for SQLite: what is decided and done in an assessment is appended, never changed.

A decision is taken back where there is one. A task is done once, opened again where it was done, and belongs to a visit or
to a decision that asks for mending, of the same unit, year and scheme.
"""

from attrtrack.storage.migrations.guards_0008_sqlite import triggers_of
from attrtrack.storage.migrations.told_0015 import TOLD

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
NAMES = {"grade_decisions": "等次的审定", "assessment_acts": "考核任务的记录"}
"""What each table is called in a refusal."""
_SAME = "unit = NEW.unit AND year = NEW.year AND scheme = NEW.scheme"
NOTHING_TO_TAKE_BACK = (
    f"NEW.grade IS NULL AND (SELECT grade FROM grade_decisions WHERE {_SAME} ORDER BY id DESC LIMIT 1) IS NULL"  # noqa: S608 - names of this module only
)
NO_SUCH_VISIT = (
    "NEW.visit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assessment_acts "  # noqa: S608 - names of this module only
    f"WHERE id = NEW.visit_id AND act = 'visit' AND {_SAME})"
)
NO_SUCH_DECISION = (
    "NEW.decision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM grade_decisions "  # noqa: S608 - names of this module only
    f"WHERE id = NEW.decision_id AND rectify AND {_SAME})"
)
SAID_ALREADY = (
    "NEW.act <> 'visit' AND (NEW.act = 'done') = ('done' = COALESCE((SELECT act FROM assessment_acts "
    "WHERE act <> 'visit' AND (visit_id = NEW.visit_id OR decision_id = NEW.decision_id) ORDER BY id DESC LIMIT 1), ''))"
)
WORDS = {
    NOTHING_TO_TAKE_BACK: "这个单位没有审定的等次可以收回",
    NO_SUCH_VISIT: "没有这项考核通知的任务",
    NO_SUCH_DECISION: "没有这项限期整改的任务",
    SAID_ALREADY: "这项任务已经是这样",
}
"""What is said of each law that both databases ask in the same words."""


def _refused(words: str, condition: str) -> str:
    return f"  SELECT RAISE(ABORT, 'attrtrack-state: {words}') WHERE {condition};\n"


def _blank(value: str) -> str:
    return f"ltrim(COALESCE({value}, ''), '{_BLANKS}') = ''"


def _named(who: str) -> str:
    blanks = " OR ".join(_blank(f"NEW.{name}") for name in ("unit", "scheme", who))
    return f"{blanks} OR typeof(NEW.year) <> 'integer' OR NEW.year NOT BETWEEN 1949 AND 2999"


_UNFOUNDED = f"(NEW.grade IS NULL OR NEW.proposed IS NULL OR NEW.grade <> NEW.proposed) AND {_blank('NEW.because')}"
_MISPUT = (
    f"(NEW.grade IS NOT NULL AND {_blank('NEW.grade')}) OR COALESCE(NEW.rectify, -1) NOT IN (0, 1) "
    "OR (NEW.rectify AND NEW.grade IS NULL) OR (NEW.mend_by IS NOT NULL AND NOT NEW.rectify)"
)
_NO_ACT = (
    "COALESCE(NEW.act, '') NOT IN ('visit', 'done', 'reopen') OR (NEW.act = 'visit') <> (NEW.visit_on IS NOT NULL) "
    "OR (NEW.act = 'visit') <> (NEW.notify_by IS NOT NULL) "
    "OR (NEW.act = 'visit') <> (NEW.visit_id IS NULL AND NEW.decision_id IS NULL) "
    f"OR (NEW.visit_id IS NOT NULL AND NEW.decision_id IS NOT NULL) OR (NEW.act <> 'visit' AND {_blank('NEW.note')})"
)
"""CHECKs say the same; here too, since a connection can turn those off."""
_LAWS = {
    "grade_decisions": (
        _refused("等次须写明单位、年度、细则和审定人", _named("decided_by"))
        + _refused("与建议不同的等次须写明理由", _UNFOUNDED)
        + _refused("整改期限只能随须整改的等次", _MISPUT)
        + _refused(WORDS[NOTHING_TO_TAKE_BACK], NOTHING_TO_TAKE_BACK)
    ),
    "assessment_acts": (
        _refused("考核任务须写明单位、年度、细则和办理人", _named("acted_by"))
        + _refused("考核任务须写明日期或说明", _NO_ACT)
        + "".join(_refused(WORDS[law], law) for law in (NO_SUCH_VISIT, NO_SUCH_DECISION, SAID_ALREADY))
    ),
}


def _append_only(table: str) -> dict[str, str]:
    refused = f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {NAMES[table]}只能追加，不得修改或删除'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - names of this module only
    return {
        f"{table}_replace": f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN {taken} {refused}",
        f"{table}_lawful": f"CREATE TRIGGER {table}_lawful BEFORE INSERT ON {table} BEGIN\n{_LAWS[table]}END",
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refused}",
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refused}",
    }


SQLITE_TRIGGERS: dict[str, str] = {
    **_append_only("grade_decisions"),
    **_append_only("assessment_acts"),
    **{name: made for told in TOLD for name, made in triggers_of(told)},
}
"""Every trigger by name, as `sqlite_master` keeps it."""
