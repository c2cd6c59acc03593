"""The functions and triggers of revision 0001 for PostgreSQL.

Every trigger is enabled ALWAYS, so that a replica session does not pass it; every function has its search path pinned
to the register's schema, so that a temporary table called `decisions` cannot stand in for the true one.
"""

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_BLANK_REASON = f"ltrim(COALESCE(NEW.reason, ''), '{_BLANKS}') = ''"
_FACTS = (
    "unit, year, content_hash, twin_hash, file_name, format, title, number, genre, issuers, addressee, date, "
    "print_date, text, marks, personal_data, elements, findings, drafting_department, carried_title, declared_attribute, "
    "declared_reason, attribute_asked, needs_interpretation"
)

BODIES: dict[str, str] = {
    "attrtrack_refuse": """
BEGIN
  RAISE EXCEPTION USING MESSAGE = 'attrtrack-append: ' || TG_ARGV[0], ERRCODE = 'check_violation';
END
""",
    "attrtrack_documents_insert": """
BEGIN
  IF NEW.state NOT IN ('draft', 'declared', 'issued_elsewhere') THEN
    RAISE EXCEPTION 'attrtrack-gate: 没有审定的文件不得登记为已签发或已公开' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_documents_state": """
BEGIN
  IF OLD.state = 'issued_elsewhere' OR NEW.state = 'issued_elsewhere' THEN
    RAISE EXCEPTION 'attrtrack-state: 外部已印发的文件不能改为其他状态，其他文件也不能改为外部已印发'
      USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state IS NULL OR NEW.state NOT IN ('draft', 'declared', 'signed', 'published') THEN
    RAISE EXCEPTION 'attrtrack-state: 没有这种状态' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state IN ('signed', 'published')
     AND NOT EXISTS (SELECT 1 FROM decisions WHERE document_id = NEW.id AND superseded_at IS NULL FOR SHARE) THEN
    RAISE EXCEPTION 'attrtrack-gate: 没有有效的审定，不得进入已签发或已公开' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_decisions_insert": f"""
BEGIN
  IF NEW.attribute IS NULL OR NEW.attribute NOT IN ('proactive', 'on_request', 'withheld') THEN
    RAISE EXCEPTION 'attrtrack-gate: 审定必须明确公开属性' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.attribute = 'withheld' AND {_BLANK_REASON} THEN
    RAISE EXCEPTION 'attrtrack-gate: 不予公开必须说明理由' USING ERRCODE = 'check_violation';
  END IF;
  IF {_BLANK_REASON} AND strpos(
      COALESCE((SELECT value FROM gate_switches WHERE code = 'reason_required_for' ORDER BY id DESC LIMIT 1),
               '["on_request","withheld"]'),
      '"' || NEW.attribute || '"') > 0 THEN
    RAISE EXCEPTION 'attrtrack-gate: 按本单位设置，这种公开属性必须说明理由' USING ERRCODE = 'check_violation';
  END IF;
  IF ltrim(COALESCE(NEW.decided_by, ''), '{_BLANKS}') = '' THEN
    RAISE EXCEPTION 'attrtrack-gate: 审定必须有审定人' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.superseded_at IS NOT NULL THEN
    RAISE EXCEPTION 'attrtrack-append: 审定只能追加，不得替换' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",  # noqa: S608 - blanks of this module only
    "attrtrack_decisions_update": """
BEGIN
  IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
     OR (NEW.id, NEW.document_id, NEW.attribute, NEW.decided_by, NEW.decided_at, NEW.rules_version)
        IS DISTINCT FROM (OLD.id, OLD.document_id, OLD.attribute, OLD.decided_by, OLD.decided_at, OLD.rules_version)
     OR NEW.reason IS DISTINCT FROM OLD.reason THEN
    RAISE EXCEPTION 'attrtrack-append: 审定不得修改，只能由新的审定取代一次' USING ERRCODE = 'check_violation';
  END IF;
  PERFORM 1 FROM documents WHERE id = OLD.document_id AND state IN ('signed', 'published') FOR SHARE;
  IF FOUND THEN
    RAISE EXCEPTION 'attrtrack-gate: 已签发或已公开的文件不能没有有效的审定' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_links_update": """
BEGIN
  IF OLD.judgement IN ('confirmed', 'rejected') AND NEW.judgement NOT IN ('confirmed', 'rejected') THEN
    RAISE EXCEPTION 'attrtrack-append: 人工判断过的关联不得由系统建议改写' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.interpretation_id IS DISTINCT FROM OLD.interpretation_id
     OR NEW.document_id IS DISTINCT FROM OLD.document_id THEN
    RAISE EXCEPTION 'attrtrack-append: 关联的双方不得更换' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_refuse_unless_removed": """
BEGIN
  IF EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION USING MESSAGE = 'attrtrack-append: ' || TG_ARGV[0], ERRCODE = 'check_violation';
END
""",
    "attrtrack_documents_delete": """
BEGIN
  IF EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'attrtrack-append: 已登记的公文不得删除' USING ERRCODE = 'check_violation';
END
""",
    "attrtrack_removals_journalled": """
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM journal WHERE sequence = (SELECT MAX(sequence) FROM journal) AND action = 'remove-classified') THEN
    RAISE EXCEPTION 'attrtrack-append: 移除涉密文件必须先记入审计日志' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_links_delete": """
BEGIN
  IF OLD.judgement IN ('confirmed', 'rejected')
     AND NOT EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id) THEN
    RAISE EXCEPTION 'attrtrack-append: 人工判断过的关联不得删除' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END
""",
    "attrtrack_journal_chain": """
BEGIN
  IF NEW.sequence IS DISTINCT FROM (SELECT COALESCE(MAX(sequence), 0) + 1 FROM journal)
     OR NEW.previous_hash IS DISTINCT FROM COALESCE(
       (SELECT hash FROM journal ORDER BY sequence DESC LIMIT 1), repeat('0', 64)) THEN
    RAISE EXCEPTION 'attrtrack-append: 审计日志必须首尾相接' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_gate_switches_journalled": """
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM journal WHERE sequence = (SELECT MAX(sequence) FROM journal)
      AND action = 'set-switch' AND subject = NEW.code) THEN
    RAISE EXCEPTION 'attrtrack-append: 把关开关的变动必须先记入审计日志' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
}
"""Body of each trigger function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""


def _append_only(table: str, name: str, *, of_document: bool = False) -> dict[str, str]:
    words = f"('{name}只能追加，不得修改或删除')"
    refuse = f"EXECUTE FUNCTION attrtrack_refuse{words}"
    unless = f"EXECUTE FUNCTION attrtrack_refuse_unless_removed{words}" if of_document else refuse
    return {
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {unless}",
        f"{table}_truncate": f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    }


def _truncate(table: str, name: str) -> dict[str, str]:
    return {
        f"{table}_truncate": f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        f"EXECUTE FUNCTION attrtrack_refuse('{name}不得清空')"
    }


POSTGRESQL_TRIGGERS: dict[str, str] = {
    "documents_insert": "CREATE TRIGGER documents_insert BEFORE INSERT ON documents FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_documents_insert()",
    "documents_state": "CREATE TRIGGER documents_state BEFORE UPDATE OF state ON documents FOR EACH ROW "
    "WHEN (NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION attrtrack_documents_state()",
    "documents_facts": f"CREATE TRIGGER documents_facts BEFORE UPDATE OF {_FACTS} ON documents FOR EACH ROW "
    "WHEN (OLD.state <> 'issued_elsewhere') "
    "EXECUTE FUNCTION attrtrack_refuse('在本系统登记的公文内容不得改写，请作为新文件登记')",
    "documents_identity": "CREATE TRIGGER documents_identity BEFORE UPDATE OF id, recorded_at, recorded_by "
    "ON documents FOR EACH ROW EXECUTE FUNCTION attrtrack_refuse('公文的编号和登记人、登记时间不得修改')",
    "documents_delete": "CREATE TRIGGER documents_delete BEFORE DELETE ON documents FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_documents_delete()",
    **_truncate("documents", "公文登记"),
    "decisions_insert": "CREATE TRIGGER decisions_insert BEFORE INSERT ON decisions FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_decisions_insert()",
    "decisions_update": "CREATE TRIGGER decisions_update BEFORE UPDATE ON decisions FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_decisions_update()",
    "decisions_delete": "CREATE TRIGGER decisions_delete BEFORE DELETE ON decisions FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_refuse_unless_removed('审定不得删除')",
    **_truncate("decisions", "审定"),
    "links_update": "CREATE TRIGGER links_update BEFORE UPDATE ON links FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_links_update()",
    "links_delete": "CREATE TRIGGER links_delete BEFORE DELETE ON links FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_links_delete()",
    **_truncate("links", "解读关联"),
    "journal_chain": "CREATE TRIGGER journal_chain BEFORE INSERT ON journal FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_journal_chain()",
    "removals_journalled": "CREATE TRIGGER removals_journalled BEFORE INSERT ON removals FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_removals_journalled()",
    "gate_switches_journalled": "CREATE TRIGGER gate_switches_journalled BEFORE INSERT ON gate_switches FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_gate_switches_journalled()",
    **_append_only("proposals", "建议", of_document=True),
    **_append_only("declarations", "认定", of_document=True),
    **_append_only("evaluations", "把关记录", of_document=True),
    **_append_only("publications", "公开记录", of_document=True),
    **_append_only("removals", "移除记录"),
    **_append_only("journal", "审计日志"),
    **_append_only("gate_switches", "把关开关"),
}
"""Every trigger by name with the statement that makes it."""
