"""The triggers of revision 0006 for SQLite: states, reviews, and a decision that rests on the gate's passed judgement.

A decision must repeat the newest declaration, rest on an evaluation of just that declaration which let it pass, come from
another person than the declaration (names compared without case, width and blanks; SQLite has no function for it, so
the letters are compared one by one), and find the reviews that the office's journalled switches ask for.
"""

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_UNSEEN = f"{_BLANKS}\u00ad\u200c\u200d\u2060"
_STATES = "('draft', 'declared', 'reviewed', 'returned', 'signed', 'published', 'withdrawn')"
TRANSITIONS = (
    "draft>declared", "draft>withdrawn", "declared>reviewed", "declared>returned", "declared>signed",
    "declared>published", "declared>withdrawn", "reviewed>declared", "reviewed>returned", "reviewed>signed",
    "reviewed>withdrawn", "returned>declared", "returned>withdrawn", "signed>declared", "signed>published",
    "published>declared",
)  # fmt: skip
"""Every step from state to state; one more between the same two states is none."""
_STEPS = ", ".join(f"'{step}'" for step in TRANSITIONS)


def _blank(value: str) -> str:
    return f"ltrim(COALESCE({value}, ''), '{_BLANKS}') = ''"


def _narrow(name: str) -> str:
    for character in _UNSEEN:
        name = f"replace({name}, '{character}', '')"
    return f"({name})"


def _letter(name: str) -> str:
    code = f"unicode(substr({name}, 16 * tens.high + ones.low + 1, 1))"
    return f"lower(char(CASE WHEN {code} BETWEEN 65281 AND 65374 THEN {code} - 65248 ELSE {code} END))"


def _same_person(one: str, other: str) -> str:
    """Return the condition that two names differ in case, width and blanks only; letters after the 256th do not count."""
    digits = ", ".join(f"({digit})" for digit in range(16))
    return (
        f"EXISTS (SELECT 1 FROM (SELECT {_narrow(one)} AS a, {_narrow(other)} AS b) AS names "  # noqa: S608 - own names
        "WHERE length(names.a) = length(names.b) AND NOT EXISTS ("
        f"SELECT 1 FROM (SELECT column1 AS high FROM (VALUES {digits})) AS tens, "
        f"(SELECT column1 AS low FROM (VALUES {digits})) AS ones "
        "WHERE 16 * tens.high + ones.low < length(names.a) "
        f"AND {_letter('names.a')} <> {_letter('names.b')}))"
    )


def _unreadable(name: str) -> str:
    return f"typeof({name}) <> 'text' OR {_blank(name)} OR instr({name}, char(0)) > 0"


def _switched(code: str, *, default: str) -> str:
    value = f"SELECT value FROM gate_switches WHERE code = '{code}' ORDER BY id DESC LIMIT 1"  # noqa: S608 - own names
    return f"""COALESCE(({value}), '["{default}"]') = '["on"]'"""


def _newest(document: str) -> str:
    return f"(SELECT MAX(id) FROM declarations WHERE document_id = {document})"  # noqa: S608 - names of this module


_LAST_REVIEW = (
    f"(SELECT result FROM reviews WHERE declaration_id = {_newest('NEW.document_id')} ORDER BY id DESC LIMIT 1)"  # noqa: S608 - own names
)
_DECIDED_DECLARATION = (
    "(SELECT e.declaration_id FROM decisions AS d JOIN evaluations AS e ON e.id = d.evaluation_id "
    "WHERE d.document_id = NEW.id AND d.superseded_at IS NULL)"
)

_REMOVING = "(NEW.state = 'withdrawn' AND EXISTS (SELECT 1 FROM removals WHERE document_id = NEW.id))"
"""What is found to be classified leaves its state before its decision goes, so that none is ever signed without one."""


def _reviewed_as(results: str) -> str:
    return (
        f"(SELECT result FROM reviews WHERE declaration_id = {_newest('NEW.id')} "  # noqa: S608 - names of this module
        f"ORDER BY id DESC LIMIT 1) IN ({results})"
    )


_DOCUMENTS = {
    "documents_state": f"""CREATE TRIGGER documents_state BEFORE UPDATE OF state ON documents
WHEN NEW.state IS NOT OLD.state BEGIN
  SELECT RAISE(ABORT, 'attrtrack-state: 外部已印发的文件不能改为其他状态，其他文件也不能改为外部已印发')
    WHERE OLD.state = 'issued_elsewhere' OR NEW.state = 'issued_elsewhere';
  SELECT RAISE(ABORT, 'attrtrack-state: 没有这种状态') WHERE NEW.state IS NULL OR NEW.state NOT IN {_STATES};
  SELECT RAISE(ABORT, 'attrtrack-gate: 没有有效的审定，不得进入已签发或已公开')
    WHERE NEW.state IN ('signed', 'published')
      AND NOT EXISTS (SELECT 1 FROM decisions WHERE document_id = NEW.id AND superseded_at IS NULL);
  SELECT RAISE(ABORT, 'attrtrack-state: 不能从文件现在的状态直接改为这种状态')
    WHERE OLD.state || '>' || NEW.state NOT IN ({_STEPS}) AND NOT {_REMOVING};
  SELECT RAISE(ABORT, 'attrtrack-state: 已签发的文件只有重新认定后才能重新审定')
    WHERE OLD.state IN ('signed', 'published') AND NEW.state = 'declared'
      AND COALESCE({_newest("NEW.id")}, 0) <= COALESCE({_DECIDED_DECLARATION}, 0);
  SELECT RAISE(ABORT, 'attrtrack-state: 退回的文件须重新认定')
    WHERE OLD.state IN ('reviewed', 'returned') AND NEW.state = 'declared' AND EXISTS (
      SELECT 1 FROM reviews WHERE declaration_id = {_newest("NEW.id")});
  SELECT RAISE(ABORT, 'attrtrack-state: 没有同意或不同意见的审核记录，不得进入已审核')
    WHERE NEW.state = 'reviewed' AND NOT COALESCE({_reviewed_as("'agree', 'dispute'")}, 0);
  SELECT RAISE(ABORT, 'attrtrack-state: 没有退回的审核记录，不得进入已退回')
    WHERE NEW.state = 'returned' AND NOT COALESCE({_reviewed_as("'return'")}, 0);
  SELECT RAISE(ABORT, 'attrtrack-state: 没有撤回的记录，不得进入已撤回')
    WHERE NEW.state = 'withdrawn' AND NOT EXISTS (SELECT 1 FROM withdrawals WHERE document_id = NEW.id)
      AND NOT {_REMOVING};
END""",  # noqa: S608 - names of this module only
    "documents_insert_removed": """CREATE TRIGGER documents_insert_removed BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM removals WHERE document_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 已移除的公文的编号不得再用'); END""",
}

_RESTS = f"""EXISTS (
      SELECT 1 FROM evaluations AS e JOIN declarations AS d ON d.id = e.declaration_id
      WHERE e.id = NEW.evaluation_id AND e.document_id = NEW.document_id AND e.act = 'sign' AND e.outcome = 'passed'
        AND e.evaluated_by = NEW.decided_by AND d.id = {_newest("NEW.document_id")}
        AND d.attribute = NEW.attribute AND d.reason IS NEW.reason)"""  # noqa: S608 - names of this module only
_CLEARED = """EXISTS (
      SELECT 1 FROM secrecy_reviews AS s JOIN documents AS o ON o.id = s.document_id
      WHERE s.id = (SELECT MAX(id) FROM secrecy_reviews WHERE document_id = NEW.document_id)
        AND s.result IN ('cleared', 'partly') AND s.reviewed_at >= o.recorded_at"""
_DRAFTER = f"(SELECT declared_by FROM declarations WHERE id = {_newest('NEW.document_id')})"  # noqa: S608 - own names

_DECISIONS = {
    "decisions_insert": f"""CREATE TRIGGER decisions_insert BEFORE INSERT ON decisions BEGIN
  SELECT RAISE(ABORT, 'attrtrack-gate: 审定必须明确公开属性')
    WHERE NEW.attribute IS NULL OR NEW.attribute NOT IN ('proactive', 'on_request', 'withheld');
  SELECT RAISE(ABORT, 'attrtrack-gate: 不予公开必须说明理由')
    WHERE NEW.attribute = 'withheld' AND {_blank("NEW.reason")};
  SELECT RAISE(ABORT, 'attrtrack-gate: 按本单位设置，这种公开属性必须说明理由')
    WHERE {_blank("NEW.reason")} AND instr(
      COALESCE((SELECT value FROM gate_switches WHERE code = 'reason_required_for' ORDER BY id DESC LIMIT 1),
               '["on_request","withheld"]'),
      '"' || NEW.attribute || '"') > 0;
  SELECT RAISE(ABORT, 'attrtrack-gate: 审定必须有审定人') WHERE {_unreadable("NEW.decided_by")};
  SELECT RAISE(ABORT, 'attrtrack-gate: 审定的公文不在登记中')
    WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
  SELECT RAISE(ABORT, 'attrtrack-append: 审定只能追加，不得替换')
    WHERE NEW.superseded_at IS NOT NULL OR EXISTS (
      SELECT 1 FROM decisions
      WHERE id = NEW.id OR (document_id = NEW.document_id AND superseded_at IS NULL));
  SELECT RAISE(ABORT, 'attrtrack-gate: 外部已印发或已撤回的文件不得审定')
    WHERE (SELECT state FROM documents WHERE id = NEW.document_id) NOT IN ('declared', 'reviewed');
  SELECT RAISE(ABORT, 'attrtrack-gate: 签发后更改公开属性必须说明原因')
    WHERE {_blank("NEW.because")} AND EXISTS (SELECT 1 FROM decisions WHERE document_id = NEW.document_id);
  SELECT RAISE(ABORT, 'attrtrack-gate: 审定必须与最新的认定一致，并有签发人就这份认定得到的、已通过的把关记录')
    WHERE NOT {_RESTS} OR EXISTS (SELECT 1 FROM decisions WHERE evaluation_id = NEW.evaluation_id);
  SELECT RAISE(ABORT, 'attrtrack-gate: 认定人和签发人不得是同一人')
    WHERE {_switched("separation_of_duties", default="on")} AND {_same_person("NEW.decided_by", _DRAFTER)};
  SELECT RAISE(ABORT, 'attrtrack-gate: 主动公开的文件须先由起草人以外的人作保密审查（先审查、后公开）')
    WHERE NEW.attribute = 'proactive' AND {_switched("secrecy_review_required", default="on")}
      AND NOT {_CLEARED} AND NOT {_same_person("s.reviewed_by", _DRAFTER)});
  SELECT RAISE(ABORT, 'attrtrack-gate: 办公室已退回这份认定，须重新认定') WHERE {_LAST_REVIEW} = 'return';
  SELECT RAISE(ABORT, 'attrtrack-gate: 办公室有不同意见，签发须说明原因')
    WHERE {_LAST_REVIEW} = 'dispute' AND {_blank("NEW.because")};
  SELECT RAISE(ABORT, 'attrtrack-gate: 按本单位设置，须先经办公室审核')
    WHERE {_switched("office_review_required", default="off")} AND {_LAST_REVIEW} IS NULL;
  SELECT RAISE(ABORT, 'attrtrack-gate: 联合发文单位有不同意见，须重新认定')
    WHERE EXISTS (
      SELECT 1 FROM opinions AS o WHERE o.declaration_id = {_newest("NEW.document_id")} AND o.result = 'disagree'
        AND NOT EXISTS (SELECT 1 FROM opinions AS later WHERE later.declaration_id = o.declaration_id
          AND later.unit = o.unit AND later.id > o.id));
END""",  # noqa: S608 - names of this module only
    "decisions_update": """CREATE TRIGGER decisions_update BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'attrtrack-append: 审定不得修改，只能由新的审定取代一次')
    WHERE OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
      OR NEW.id IS NOT OLD.id OR NEW.document_id IS NOT OLD.document_id OR NEW.attribute IS NOT OLD.attribute
      OR NEW.reason IS NOT OLD.reason OR NEW.decided_by IS NOT OLD.decided_by
      OR NEW.decided_at IS NOT OLD.decided_at OR NEW.rules_version IS NOT OLD.rules_version
      OR NEW.because IS NOT OLD.because OR NEW.evaluation_id IS NOT OLD.evaluation_id;
  SELECT RAISE(ABORT, 'attrtrack-gate: 已签发或已公开的文件不能没有有效的审定')
    WHERE EXISTS (SELECT 1 FROM documents WHERE id = OLD.document_id AND state IN ('signed', 'published'));
END""",
    "decisions_delete_unsigned": """CREATE TRIGGER decisions_delete_unsigned BEFORE DELETE ON decisions
WHEN EXISTS (SELECT 1 FROM documents WHERE id = OLD.document_id AND state IN ('signed', 'published'))
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 已签发或已公开的文件的审定不得删除'); END""",
}

_OF_ITS_DOCUMENT = (
    "NOT EXISTS (SELECT 1 FROM declarations WHERE id = NEW.declaration_id AND document_id = NEW.document_id)"
)
_NEWEST_ONLY = f"NEW.declaration_id IS NOT {_newest('NEW.document_id')}"

_LAWFUL = {
    "declarations_lawful": f"""CREATE TRIGGER declarations_lawful BEFORE INSERT ON declarations BEGIN
  SELECT RAISE(ABORT, 'attrtrack-gate: 认定必须有认定人') WHERE {_unreadable("NEW.declared_by")};
  SELECT RAISE(ABORT, 'attrtrack-state: 已撤回的文件不得再认定')
    WHERE EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id AND state = 'withdrawn');
END""",  # noqa: S608 - names of this module only
    "evaluations_lawful": f"""CREATE TRIGGER evaluations_lawful BEFORE INSERT ON evaluations BEGIN
  SELECT RAISE(ABORT, 'attrtrack-gate: 把关记录须写明编号、环节、结果、所用的输入和办理人')
    WHERE NEW.code IS NULL OR NEW.act IS NULL OR NEW.outcome IS NULL OR NEW.input IS NULL
      OR NEW.outcome NOT IN ('passed', 'blocked') OR {_unreadable("NEW.evaluated_by")};
  SELECT RAISE(ABORT, 'attrtrack-gate: 有阻止类问题的把关记录不得记为通过')
    WHERE NEW.outcome = 'passed' AND (NEW.gravest = 'block' OR EXISTS (
      SELECT 1 FROM json_each(NEW.findings) WHERE json_extract(value, '$.severity') = 'block'));
  SELECT RAISE(ABORT, 'attrtrack-gate: 签发的把关记录须指明文件及其认定')
    WHERE NEW.act = 'sign' AND NEW.outcome = 'passed' AND (NEW.document_id IS NULL OR NEW.declaration_id IS NULL);
  SELECT RAISE(ABORT, 'attrtrack-gate: 把关记录所指的认定不是这份文件的')
    WHERE NEW.declaration_id IS NOT NULL AND {_OF_ITS_DOCUMENT};
  SELECT RAISE(ABORT, 'attrtrack-append: 把关记录的编号不得重复')
    WHERE EXISTS (SELECT 1 FROM evaluations WHERE code = NEW.code);
END""",  # noqa: S608 - names of this module only
    "reviews_lawful": f"""CREATE TRIGGER reviews_lawful BEFORE INSERT ON reviews BEGIN
  SELECT RAISE(ABORT, 'attrtrack-gate: 审核须针对这份文件最新的认定') WHERE {_NEWEST_ONLY};
  SELECT RAISE(ABORT, 'attrtrack-gate: 审核须写明结果和审核人；退回须写明意见，不同意见须写明属性')
    WHERE {_unreadable("NEW.reviewed_by")} OR NEW.result NOT IN ('agree', 'return', 'dispute')
      OR (NEW.result = 'return' AND {_blank("NEW.comment")}) OR (NEW.result = 'dispute') <> (NEW.attribute IS NOT NULL);
  SELECT RAISE(ABORT, 'attrtrack-gate: 认定人不得审核自己的认定')
    WHERE {_switched("separation_of_duties", default="on")} AND {_same_person("NEW.reviewed_by", _DRAFTER)};
END""",
    "secrecy_reviews_lawful": f"""CREATE TRIGGER secrecy_reviews_lawful BEFORE INSERT ON secrecy_reviews BEGIN
  SELECT RAISE(ABORT, 'attrtrack-gate: 保密审查须写明结果和审查人')
    WHERE {_unreadable("NEW.reviewed_by")} OR NEW.result NOT IN ('cleared', 'partly', 'refused');
END""",
    "opinions_lawful": f"""CREATE TRIGGER opinions_lawful BEFORE INSERT ON opinions BEGIN
  SELECT RAISE(ABORT, 'attrtrack-gate: 联合发文单位的意见须针对这份文件最新的认定，写明单位和结果')
    WHERE {_NEWEST_ONLY} OR {_unreadable("NEW.unit")} OR NEW.result NOT IN ('agree', 'disagree');
END""",
    "reexaminations_lawful": """CREATE TRIGGER reexaminations_lawful BEFORE INSERT ON reexaminations BEGIN
  SELECT RAISE(ABORT, 'attrtrack-gate: 复查须针对这份文件有效的审定')
    WHERE NOT EXISTS (SELECT 1 FROM decisions
      WHERE id = NEW.decision_id AND document_id = NEW.document_id AND superseded_at IS NULL);
END""",
    "withdrawals_lawful": f"""CREATE TRIGGER withdrawals_lawful BEFORE INSERT ON withdrawals BEGIN
  SELECT RAISE(ABORT, 'attrtrack-state: 已签发的文件和外部已印发的文件不得撤回')
    WHERE NOT EXISTS (SELECT 1 FROM documents
      WHERE id = NEW.document_id AND state IN ('draft', 'declared', 'reviewed', 'returned'));
  SELECT RAISE(ABORT, 'attrtrack-gate: 撤回须说明原因') WHERE {_blank("NEW.because")};
END""",  # noqa: S608 - names of this module only
}


def _append_only(table: str, name: str, key: str = "id") -> dict[str, str]:
    refused = f"BEGIN SELECT RAISE(ABORT, 'attrtrack-append: {name}只能追加，不得修改或删除'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - names of this module only
    removed = "EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id)"
    return {
        f"{table}_replace": f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN {taken} {refused}",
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refused}",
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} WHEN NOT {removed} {refused}",
    }


REPLACED: tuple[str, ...] = ("documents_state", "decisions_insert", "decisions_update")
"""Triggers of earlier revisions that stand here anew."""

SQLITE_TRIGGERS: dict[str, str] = {
    **_DOCUMENTS,
    **_DECISIONS,
    **_LAWFUL,
    **_append_only("reviews", "审核"),
    **_append_only("secrecy_reviews", "保密审查"),
    **_append_only("opinions", "联合发文单位的意见"),
    **_append_only("withdrawals", "撤回记录", "document_id"),
    **_append_only("reexaminations", "复查记录"),
}
"""Every trigger by name, as `sqlite_master` keeps it."""
