"""The triggers of revision 0001 for SQLite.

INSERT OR REPLACE passes UPDATE and DELETE triggers, and PRAGMA ignore_check_constraints passes CHECKs: so every
guarded table also looks at INSERTs, and the gate's rule stands here a second time beside the CHECK.
A row may be deleted only with its document, and a document only once `removals` says that it was found to be classified.
`documents_identity` compares values because UPDATE OF id does not see an assignment to `rowid`.
"""

_BLANKS = " \t\n\v\f\r\u00a0\u200b\u3000\ufeff"
_BLANK_REASON = f"ltrim(COALESCE(NEW.reason, ''), '{_BLANKS}') = ''"
_FACTS = (
    "unit, year, content_hash, twin_hash, file_name, format, title, number, genre, issuers, addressee, date, "
    "print_date, text, marks, personal_data, elements, findings, drafting_department, carried_title, declared_attribute, "
    "declared_reason, attribute_asked, needs_interpretation"
)


def _kept(document: str) -> str:
    """Return the condition under which a row stays: its document has not been removed as classified."""
    return f"NOT EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.{document})"  # noqa: S608 - names of this module


def _append_only(table: str, name: str, key: str = "id", *, of_document: bool = False) -> dict[str, str]:
    message = f"attrtrack-append: {name}只能追加，不得修改或删除"
    unless = f" WHEN {_kept('document_id')}" if of_document else ""
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - names of this module only
    return {
        f"{table}_replace": f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN {taken} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table}{unless} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
    }


_DOCUMENTS = {
    "documents_insert": """CREATE TRIGGER documents_insert BEFORE INSERT ON documents BEGIN
  SELECT RAISE(ABORT, 'attrtrack-append: 已登记的公文不得被替换')
    WHERE EXISTS (SELECT 1 FROM documents WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'attrtrack-gate: 没有审定的文件不得登记为已签发或已公开')
    WHERE NEW.state NOT IN ('draft', 'declared', 'issued_elsewhere');
END""",
    "documents_state": """CREATE TRIGGER documents_state BEFORE UPDATE OF state ON documents
WHEN NEW.state IS NOT OLD.state BEGIN
  SELECT RAISE(ABORT, 'attrtrack-state: 外部已印发的文件不能改为其他状态，其他文件也不能改为外部已印发')
    WHERE OLD.state = 'issued_elsewhere' OR NEW.state = 'issued_elsewhere';
  SELECT RAISE(ABORT, 'attrtrack-state: 没有这种状态')
    WHERE NEW.state IS NULL OR NEW.state NOT IN ('draft', 'declared', 'signed', 'published');
  SELECT RAISE(ABORT, 'attrtrack-gate: 没有有效的审定，不得进入已签发或已公开')
    WHERE NEW.state IN ('signed', 'published')
      AND NOT EXISTS (SELECT 1 FROM decisions WHERE document_id = NEW.id AND superseded_at IS NULL);
END""",
    "documents_facts": f"""CREATE TRIGGER documents_facts BEFORE UPDATE OF {_FACTS} ON documents
WHEN OLD.state <> 'issued_elsewhere' BEGIN
  SELECT RAISE(ABORT, 'attrtrack-append: 在本系统登记的公文内容不得改写，请作为新文件登记');
END""",
    "documents_identity": """CREATE TRIGGER documents_identity BEFORE UPDATE ON documents
WHEN NEW.id IS NOT OLD.id OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.recorded_by IS NOT OLD.recorded_by
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 公文的编号和登记人、登记时间不得修改'); END""",
    "documents_delete": f"""CREATE TRIGGER documents_delete BEFORE DELETE ON documents WHEN {_kept("id")}
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 已登记的公文不得删除'); END""",
}

_DECISIONS = {
    "decisions_insert": f"""CREATE TRIGGER decisions_insert BEFORE INSERT ON decisions BEGIN
  SELECT RAISE(ABORT, 'attrtrack-gate: 审定必须明确公开属性')
    WHERE NEW.attribute IS NULL OR NEW.attribute NOT IN ('proactive', 'on_request', 'withheld');
  SELECT RAISE(ABORT, 'attrtrack-gate: 不予公开必须说明理由')
    WHERE NEW.attribute = 'withheld' AND {_BLANK_REASON};
  SELECT RAISE(ABORT, 'attrtrack-gate: 按本单位设置，这种公开属性必须说明理由')
    WHERE {_BLANK_REASON} AND instr(
      COALESCE((SELECT value FROM gate_switches WHERE code = 'reason_required_for' ORDER BY id DESC LIMIT 1),
               '["on_request","withheld"]'),
      '"' || NEW.attribute || '"') > 0;
  SELECT RAISE(ABORT, 'attrtrack-gate: 审定必须有审定人')
    WHERE ltrim(COALESCE(NEW.decided_by, ''), '{_BLANKS}') = '';
  SELECT RAISE(ABORT, 'attrtrack-gate: 审定的公文不在登记中')
    WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id = NEW.document_id);
  SELECT RAISE(ABORT, 'attrtrack-append: 审定只能追加，不得替换')
    WHERE NEW.superseded_at IS NOT NULL OR EXISTS (
      SELECT 1 FROM decisions
      WHERE id = NEW.id OR (document_id = NEW.document_id AND superseded_at IS NULL));
END""",  # noqa: S608 - blanks of this module only
    "decisions_update": """CREATE TRIGGER decisions_update BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'attrtrack-append: 审定不得修改，只能由新的审定取代一次')
    WHERE OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
      OR NEW.id IS NOT OLD.id OR NEW.document_id IS NOT OLD.document_id OR NEW.attribute IS NOT OLD.attribute
      OR NEW.reason IS NOT OLD.reason OR NEW.decided_by IS NOT OLD.decided_by
      OR NEW.decided_at IS NOT OLD.decided_at OR NEW.rules_version IS NOT OLD.rules_version;
  SELECT RAISE(ABORT, 'attrtrack-gate: 已签发或已公开的文件不能没有有效的审定')
    WHERE EXISTS (SELECT 1 FROM documents WHERE id = OLD.document_id AND state IN ('signed', 'published'));
END""",
    "decisions_delete": f"""CREATE TRIGGER decisions_delete BEFORE DELETE ON decisions WHEN {_kept("document_id")}
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 审定不得删除'); END""",
}

_LINKS = {
    "links_replace": """CREATE TRIGGER links_replace BEFORE INSERT ON links
WHEN EXISTS (SELECT 1 FROM links WHERE interpretation_id = NEW.interpretation_id AND document_id = NEW.document_id)
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 已有的关联不得被替换'); END""",
    "links_update": """CREATE TRIGGER links_update BEFORE UPDATE ON links BEGIN
  SELECT RAISE(ABORT, 'attrtrack-append: 人工判断过的关联不得由系统建议改写')
    WHERE OLD.judgement IN ('confirmed', 'rejected') AND NEW.judgement NOT IN ('confirmed', 'rejected');
  SELECT RAISE(ABORT, 'attrtrack-append: 关联的双方不得更换')
    WHERE NEW.interpretation_id IS NOT OLD.interpretation_id OR NEW.document_id IS NOT OLD.document_id;
END""",
    "links_delete": f"""CREATE TRIGGER links_delete BEFORE DELETE ON links
WHEN OLD.judgement IN ('confirmed', 'rejected') AND {_kept("document_id")}
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 人工判断过的关联不得删除'); END""",
}

_CHAINS = {
    "journal_chain": """CREATE TRIGGER journal_chain BEFORE INSERT ON journal
WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM journal)
  OR NEW.previous_hash IS NOT COALESCE(
    (SELECT hash FROM journal ORDER BY sequence DESC LIMIT 1),
    '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 审计日志必须首尾相接'); END""",
    "removals_journalled": """CREATE TRIGGER removals_journalled BEFORE INSERT ON removals
WHEN NOT EXISTS (
  SELECT 1 FROM journal WHERE sequence = (SELECT MAX(sequence) FROM journal) AND action = 'remove-classified')
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 移除涉密文件必须先记入审计日志'); END""",
    "gate_switches_journalled": """CREATE TRIGGER gate_switches_journalled BEFORE INSERT ON gate_switches
WHEN NOT EXISTS (
  SELECT 1 FROM journal WHERE sequence = (SELECT MAX(sequence) FROM journal)
    AND action = 'set-switch' AND subject = NEW.code)
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 把关开关的变动必须先记入审计日志'); END""",
}

SQLITE_TRIGGERS: dict[str, str] = {
    **_DOCUMENTS,
    **_DECISIONS,
    **_LINKS,
    **_CHAINS,
    **_append_only("proposals", "建议", of_document=True),
    **_append_only("declarations", "认定", of_document=True),
    **_append_only("evaluations", "把关记录", of_document=True),
    **_append_only("publications", "公开记录", of_document=True),
    **_append_only("removals", "移除记录", key="document_id"),
    **_append_only("journal", "审计日志", key="sequence"),
    **_append_only("gate_switches", "把关开关"),
}
"""Every trigger by name, as `sqlite_master` keeps it."""
