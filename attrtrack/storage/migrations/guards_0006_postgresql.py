"""The functions and triggers of revision 0006 for PostgreSQL; what they guard is said in `guards_0006_sqlite`."""

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
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
_NARROW = "".join(map(chr, range(0x21, 0x7F))).replace("'", "''")


def _blank(value: str) -> str:
    return f"ltrim(COALESCE({value}, ''), '{_BLANKS}') = ''"


def _folded(name: str) -> str:
    return f"lower(translate({name}, '{_WIDE}{_UNSEEN}', '{_NARROW}'))"


def _switched(code: str, *, default: str) -> str:
    value = f"SELECT value FROM gate_switches WHERE code = '{code}' ORDER BY id DESC LIMIT 1"  # noqa: S608 - own names
    return f"""COALESCE(({value}), '["{default}"]') = '["on"]'"""


def _refused(condition: str, words: str) -> str:
    return f"""
  IF {condition} THEN
    RAISE EXCEPTION 'attrtrack-{words}' USING ERRCODE = 'check_violation';
  END IF;"""


_LAST_REVIEW = "SELECT result FROM reviews WHERE declaration_id = newest.id ORDER BY id DESC LIMIT 1"
_DECIDED_DECLARATION = (
    "SELECT e.declaration_id FROM decisions AS d JOIN evaluations AS e ON e.id = d.evaluation_id "
    "WHERE d.document_id = NEW.id AND d.superseded_at IS NULL"
)


def _newest(document: str) -> str:
    return f"SELECT * INTO newest FROM declarations WHERE document_id = {document} ORDER BY id DESC LIMIT 1"  # noqa: S608 - own names


def _body(*refusals: str, document: str | None = None) -> str:
    declared = "DECLARE\n  newest declarations;\n  said text;\n" if document else ""
    found = f"\n  {_newest(document)};\n  said := ({_LAST_REVIEW});" if document else ""
    return f"\n{declared}BEGIN{found}{''.join(refusals)}\n  RETURN NEW;\nEND\n"


_RESTS = """EXISTS (
    SELECT 1 FROM evaluations AS e WHERE e.id = NEW.evaluation_id AND e.document_id = NEW.document_id
      AND e.act = 'sign' AND e.outcome = 'passed' AND e.evaluated_by = NEW.decided_by AND e.declaration_id = newest.id)"""
_CLEARED = f"""EXISTS (
    SELECT 1 FROM secrecy_reviews AS s JOIN documents AS o ON o.id = s.document_id
    WHERE s.id = (SELECT MAX(id) FROM secrecy_reviews WHERE document_id = NEW.document_id)
      AND s.result IN ('cleared', 'partly') AND s.reviewed_at >= o.recorded_at
      AND {_folded("s.reviewed_by")} <> {_folded("newest.declared_by")})"""  # noqa: S608 - names of this module only

_REMOVING = "(NEW.state = 'withdrawn' AND EXISTS (SELECT 1 FROM removals WHERE document_id = NEW.id))"

REPLACED_BODIES: dict[str, str] = {
    "attrtrack_documents_state": _body(
        _refused(
            "OLD.state = 'issued_elsewhere' OR NEW.state = 'issued_elsewhere'",
            "state: 外部已印发的文件不能改为其他状态，其他文件也不能改为外部已印发",
        ),
        _refused(f"NEW.state IS NULL OR NEW.state NOT IN {_STATES}", "state: 没有这种状态"),
        _refused(
            "NEW.state IN ('signed', 'published') AND NOT EXISTS "
            "(SELECT 1 FROM decisions WHERE document_id = NEW.id AND superseded_at IS NULL FOR SHARE)",
            "gate: 没有有效的审定，不得进入已签发或已公开",
        ),
        _refused(
            f"OLD.state || '>' || NEW.state NOT IN ({_STEPS}) AND NOT {_REMOVING}",
            "state: 不能从文件现在的状态直接改为这种状态",
        ),
        _refused(
            "OLD.state IN ('signed', 'published') AND NEW.state = 'declared' "
            f"AND COALESCE(newest.id, 0) <= COALESCE(({_DECIDED_DECLARATION}), 0)",
            "state: 已签发的文件只有重新认定后才能重新审定",
        ),
        _refused(
            "OLD.state IN ('reviewed', 'returned') AND NEW.state = 'declared' AND said IS NOT NULL",
            "state: 退回的文件须重新认定",
        ),
        _refused(
            "NEW.state = 'reviewed' AND COALESCE(said, '') NOT IN ('agree', 'dispute')",
            "state: 没有同意或不同意见的审核记录，不得进入已审核",
        ),
        _refused(
            "NEW.state = 'returned' AND COALESCE(said, '') <> 'return'", "state: 没有退回的审核记录，不得进入已退回"
        ),
        _refused(
            "NEW.state = 'withdrawn' AND NOT EXISTS (SELECT 1 FROM withdrawals WHERE document_id = NEW.id) "  # noqa: S608
            f"AND NOT {_REMOVING}",
            "state: 没有撤回的记录，不得进入已撤回",
        ),
        document="NEW.id",
    ),
    "attrtrack_decisions_insert": _body(
        _refused(
            "NEW.attribute IS NULL OR NEW.attribute NOT IN ('proactive', 'on_request', 'withheld')",
            "gate: 审定必须明确公开属性",
        ),
        _refused(f"NEW.attribute = 'withheld' AND {_blank('NEW.reason')}", "gate: 不予公开必须说明理由"),
        _refused(
            f"{_blank('NEW.reason')} AND strpos(COALESCE((SELECT value FROM gate_switches "  # noqa: S608 - own names
            "WHERE code = 'reason_required_for' ORDER BY id DESC LIMIT 1), '[\"on_request\",\"withheld\"]'), "
            "'\"' || NEW.attribute || '\"') > 0",
            "gate: 按本单位设置，这种公开属性必须说明理由",
        ),
        _refused(_blank("NEW.decided_by"), "gate: 审定必须有审定人"),
        _refused("NEW.superseded_at IS NOT NULL", "append: 审定只能追加，不得替换"),
        _refused(
            "(SELECT state FROM documents WHERE id = NEW.document_id FOR SHARE) NOT IN ('declared', 'reviewed')",
            "gate: 外部已印发或已撤回的文件不得审定",
        ),
        _refused(
            f"{_blank('NEW.because')} AND EXISTS (SELECT 1 FROM decisions WHERE document_id = NEW.document_id)",  # noqa: S608 - own names
            "gate: 签发后更改公开属性必须说明原因",
        ),
        _refused(
            "newest.id IS NULL OR newest.attribute IS DISTINCT FROM NEW.attribute "  # noqa: S608 - own names
            f"OR newest.reason IS DISTINCT FROM NEW.reason OR NOT {_RESTS} "
            "OR EXISTS (SELECT 1 FROM decisions WHERE evaluation_id = NEW.evaluation_id)",
            "gate: 审定必须与最新的认定一致，并有签发人就这份认定得到的、已通过的把关记录",
        ),
        _refused(
            f"{_switched('separation_of_duties', default='on')} "
            f"AND {_folded('NEW.decided_by')} = {_folded('newest.declared_by')}",
            "gate: 认定人和签发人不得是同一人",
        ),
        _refused(
            f"NEW.attribute = 'proactive' AND {_switched('secrecy_review_required', default='on')} AND NOT {_CLEARED}",
            "gate: 主动公开的文件须先由起草人以外的人作保密审查（先审查、后公开）",
        ),
        _refused("said = 'return'", "gate: 办公室已退回这份认定，须重新认定"),
        _refused(f"said = 'dispute' AND {_blank('NEW.because')}", "gate: 办公室有不同意见，签发须说明原因"),
        _refused(
            f"{_switched('office_review_required', default='off')} AND said IS NULL",
            "gate: 按本单位设置，须先经办公室审核",
        ),
        _refused(
            "EXISTS (SELECT 1 FROM opinions AS o WHERE o.declaration_id = newest.id AND o.result = 'disagree' "
            "AND NOT EXISTS (SELECT 1 FROM opinions AS later WHERE later.declaration_id = o.declaration_id "
            "AND later.unit = o.unit AND later.id > o.id))",
            "gate: 联合发文单位有不同意见，须重新认定",
        ),
        document="NEW.document_id",
    ),
    "attrtrack_decisions_update": """
BEGIN
  IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
     OR (to_jsonb(NEW) - 'superseded_at') IS DISTINCT FROM (to_jsonb(OLD) - 'superseded_at') THEN
    RAISE EXCEPTION 'attrtrack-append: 审定不得修改，只能由新的审定取代一次' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM documents WHERE id = OLD.document_id AND state IN ('signed', 'published') FOR SHARE;
  IF FOUND THEN
    RAISE EXCEPTION 'attrtrack-gate: 已签发或已公开的文件不能没有有效的审定' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
}
"""Functions of revision 0001 that have another body from here on."""

_OF_ITS_DOCUMENT = (
    "NOT EXISTS (SELECT 1 FROM declarations WHERE id = NEW.declaration_id AND document_id = NEW.document_id)"
)

BODIES: dict[str, str] = {
    **REPLACED_BODIES,
    "attrtrack_documents_insert_removed": _body(
        _refused("EXISTS (SELECT 1 FROM removals WHERE document_id = NEW.id)", "append: 已移除的公文的编号不得再用"),
    ),
    "attrtrack_decisions_delete_unsigned": """
BEGIN
  PERFORM 1 FROM documents WHERE id = OLD.document_id AND state IN ('signed', 'published') FOR SHARE;
  IF FOUND THEN
    RAISE EXCEPTION 'attrtrack-append: 已签发或已公开的文件的审定不得删除' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END
""",
    "attrtrack_declarations_lawful": _body(
        _refused(_blank("NEW.declared_by"), "gate: 认定必须有认定人"),
        _refused(
            "EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id AND state = 'withdrawn')",
            "state: 已撤回的文件不得再认定",
        ),
    ),
    "attrtrack_evaluations_lawful": _body(
        _refused(
            "num_nulls(NEW.code, NEW.act, NEW.outcome, NEW.input) > 0 "
            f"OR NEW.outcome NOT IN ('passed', 'blocked') OR {_blank('NEW.evaluated_by')}",
            "gate: 把关记录须写明编号、环节、结果、所用的输入和办理人",
        ),
        _refused(
            "NEW.outcome = 'passed' AND (COALESCE(NEW.gravest, '') = 'block' OR EXISTS "
            "(SELECT 1 FROM json_array_elements(NEW.findings) AS listed (item) WHERE listed.item ->> 'severity' = 'block'))",
            "gate: 有阻止类问题的把关记录不得记为通过",
        ),
        _refused(
            "NEW.act = 'sign' AND NEW.outcome = 'passed' AND num_nulls(NEW.document_id, NEW.declaration_id) > 0",
            "gate: 签发的把关记录须指明文件及其认定",
        ),
        _refused(f"NEW.declaration_id IS NOT NULL AND {_OF_ITS_DOCUMENT}", "gate: 把关记录所指的认定不是这份文件的"),
    ),
    "attrtrack_reviews_lawful": _body(
        _refused("NEW.declaration_id IS DISTINCT FROM newest.id", "gate: 审核须针对这份文件最新的认定"),
        _refused(
            f"{_switched('separation_of_duties', default='on')} "
            f"AND {_folded('NEW.reviewed_by')} = {_folded('newest.declared_by')}",
            "gate: 认定人不得审核自己的认定",
        ),
        document="NEW.document_id",
    ),
    "attrtrack_opinions_lawful": _body(
        _refused(
            "NEW.declaration_id IS DISTINCT FROM newest.id",
            "gate: 联合发文单位的意见须针对这份文件最新的认定，写明单位和结果",
        ),
        document="NEW.document_id",
    ),
    "attrtrack_reexaminations_lawful": _body(
        _refused(
            "NOT EXISTS (SELECT 1 FROM decisions WHERE id = NEW.decision_id "
            "AND document_id = NEW.document_id AND superseded_at IS NULL)",
            "gate: 复查须针对这份文件有效的审定",
        ),
    ),
    "attrtrack_withdrawals_lawful": _body(
        _refused(
            "NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id "
            "AND state IN ('draft', 'declared', 'reviewed', 'returned'))",
            "state: 已签发的文件和外部已印发的文件不得撤回",
        ),
    ),
}
"""Body of each trigger function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""


def _append_only(table: str, name: str) -> dict[str, str]:
    words = f"('{name}只能追加，不得修改或删除')"
    refuse = f"EXECUTE FUNCTION attrtrack_refuse{words}"
    return {
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_refuse_unless_removed{words}",
        f"{table}_truncate": f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    }


def _lawful(table: str) -> dict[str, str]:
    return {
        f"{table}_lawful": f"CREATE TRIGGER {table}_lawful BEFORE INSERT ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION attrtrack_{table}_lawful()"
    }


POSTGRESQL_TRIGGERS: dict[str, str] = {
    "documents_insert_removed": "CREATE TRIGGER documents_insert_removed BEFORE INSERT ON documents FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_documents_insert_removed()",
    "decisions_delete_unsigned": "CREATE TRIGGER decisions_delete_unsigned BEFORE DELETE ON decisions FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_decisions_delete_unsigned()",
    **_lawful("declarations"),
    **_lawful("evaluations"),
    **_lawful("reviews"),
    **_lawful("opinions"),
    **_lawful("reexaminations"),
    **_lawful("withdrawals"),
    **_append_only("reviews", "审核"),
    **_append_only("secrecy_reviews", "保密审查"),
    **_append_only("opinions", "联合发文单位的意见"),
    **_append_only("withdrawals", "撤回记录"),
    **_append_only("reexaminations", "复查记录"),
}
"""Every trigger by name with the statement that makes it."""
