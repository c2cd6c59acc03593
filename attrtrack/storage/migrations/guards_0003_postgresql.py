"""The functions and triggers of revision 0003 for PostgreSQL; what they guard is said in `guards_0003_sqlite`."""

_BY_A_PERSON = "('confirmed', 'rejected')"


def _last_word(row: str) -> str:
    return (
        f"COALESCE((SELECT word FROM judgements WHERE interpretation_id = {row}.interpretation_id "  # noqa: S608 - own names
        f"AND document_id = {row}.document_id ORDER BY id DESC LIMIT 1), 'open')"
    )


_AS_JUDGED = f"""  last_word := {_last_word("NEW")};
  IF NEW.judgement IN {_BY_A_PERSON} AND (last_word <> NEW.judgement OR NOT EXISTS (
    SELECT 1 FROM judgements WHERE interpretation_id = NEW.interpretation_id AND document_id = NEW.document_id
    AND word = NEW.judgement AND judged_by = NEW.judged_by AND judged_at = NEW.judged_at)) THEN
    RAISE EXCEPTION 'attrtrack-append: 没有这样的人工判断，关联不得确认或否定' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.judgement NOT IN {_BY_A_PERSON} AND last_word IN {_BY_A_PERSON} THEN
    RAISE EXCEPTION 'attrtrack-append: 人工判断过的关联不得由系统建议改写' USING ERRCODE = 'check_violation';
  END IF;"""  # noqa: S608 - names of this module only

REPLACED_BODIES: dict[str, str] = {
    "attrtrack_links_update": f"""
DECLARE
  last_word text;
BEGIN
{_AS_JUDGED}
  IF NEW.interpretation_id IS DISTINCT FROM OLD.interpretation_id
     OR NEW.document_id IS DISTINCT FROM OLD.document_id THEN
    RAISE EXCEPTION 'attrtrack-append: 关联的双方不得更换' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
""",
    "attrtrack_links_delete": f"""
BEGIN
  IF {_last_word("OLD")} IN {_BY_A_PERSON}
     AND NOT EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id) THEN
    RAISE EXCEPTION 'attrtrack-append: 人工判断过的关联不得删除' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END
""",  # noqa: S608 - names of this module only
}
"""Functions of revision 0001 that have another body from here on."""

BODIES: dict[str, str] = {
    **REPLACED_BODIES,
    "attrtrack_links_judged": f"""
DECLARE
  last_word text;
BEGIN
{_AS_JUDGED}
  RETURN NEW;
END
""",
}
"""Body of each trigger function, as `pg_proc.prosrc` keeps it."""

FUNCTIONS: dict[str, str] = {
    name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = @schema@, pg_temp "
    f"AS $body${body}$body$"
    for name, body in BODIES.items()
}
"""The statement that makes each function; `@schema@` stands for the quoted name of the register's schema."""

_REFUSED = "('人工判断只能追加，不得修改或删除')"

POSTGRESQL_TRIGGERS: dict[str, str] = {
    "judgements_update": "CREATE TRIGGER judgements_update BEFORE UPDATE ON judgements FOR EACH ROW "
    f"EXECUTE FUNCTION attrtrack_refuse{_REFUSED}",
    "judgements_delete": "CREATE TRIGGER judgements_delete BEFORE DELETE ON judgements FOR EACH ROW "
    f"EXECUTE FUNCTION attrtrack_refuse_unless_removed{_REFUSED}",
    "judgements_truncate": "CREATE TRIGGER judgements_truncate BEFORE TRUNCATE ON judgements FOR EACH STATEMENT "
    f"EXECUTE FUNCTION attrtrack_refuse{_REFUSED}",
    "links_judged": "CREATE TRIGGER links_judged BEFORE INSERT ON links FOR EACH ROW "
    "EXECUTE FUNCTION attrtrack_links_judged()",
}
"""Every trigger by name with the statement that makes it."""
