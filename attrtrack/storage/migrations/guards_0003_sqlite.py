"""The triggers of revision 0003 for SQLite: judgements of links are appended only, and a link says what they say.

A link is confirmed or rejected exactly when the last judgement of its pair is, by whom and when one of them says; a
suggestion is refused where a person's word stands, whoever writes it.
"""

_KEPT = "NOT EXISTS (SELECT 1 FROM removals WHERE document_id = OLD.document_id)"
_BY_A_PERSON = "('confirmed', 'rejected')"


def _last_word(row: str) -> str:
    return (
        f"COALESCE((SELECT word FROM judgements WHERE interpretation_id = {row}.interpretation_id "  # noqa: S608 - own names
        f"AND document_id = {row}.document_id ORDER BY id DESC LIMIT 1), 'open')"
    )


_SAID_SO = (
    "EXISTS (SELECT 1 FROM judgements WHERE interpretation_id = NEW.interpretation_id "
    "AND document_id = NEW.document_id AND word = NEW.judgement "
    "AND judged_by = NEW.judged_by AND judged_at = NEW.judged_at)"
)
_UNFOUNDED = f"NEW.judgement IN {_BY_A_PERSON} AND ({_last_word('NEW')} <> NEW.judgement OR NOT {_SAID_SO})"
_OVERWRITTEN = f"NEW.judgement NOT IN {_BY_A_PERSON} AND {_last_word('NEW')} IN {_BY_A_PERSON}"
_AS_JUDGED = f"""  SELECT RAISE(ABORT, 'attrtrack-append: 没有这样的人工判断，关联不得确认或否定') WHERE {_UNFOUNDED};
  SELECT RAISE(ABORT, 'attrtrack-append: 人工判断过的关联不得由系统建议改写') WHERE {_OVERWRITTEN};"""

REPLACED = ("links_update", "links_delete")
"""Triggers of revision 0001 that stand here anew."""

SQLITE_TRIGGERS: dict[str, str] = {
    "judgements_replace": "CREATE TRIGGER judgements_replace BEFORE INSERT ON judgements "
    "WHEN EXISTS (SELECT 1 FROM judgements WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 人工判断只能追加，不得修改或删除'); END",
    "judgements_update": "CREATE TRIGGER judgements_update BEFORE UPDATE ON judgements "
    "BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 人工判断只能追加，不得修改或删除'); END",
    "judgements_delete": f"CREATE TRIGGER judgements_delete BEFORE DELETE ON judgements WHEN {_KEPT} "
    "BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 人工判断只能追加，不得修改或删除'); END",
    "links_judged": f"CREATE TRIGGER links_judged BEFORE INSERT ON links BEGIN\n{_AS_JUDGED}\nEND",
    "links_update": f"""CREATE TRIGGER links_update BEFORE UPDATE ON links BEGIN
{_AS_JUDGED}
  SELECT RAISE(ABORT, 'attrtrack-append: 关联的双方不得更换')
    WHERE NEW.interpretation_id IS NOT OLD.interpretation_id OR NEW.document_id IS NOT OLD.document_id;
END""",
    "links_delete": f"""CREATE TRIGGER links_delete BEFORE DELETE ON links
WHEN {_last_word("OLD")} IN {_BY_A_PERSON} AND {_KEPT}
BEGIN SELECT RAISE(ABORT, 'attrtrack-append: 人工判断过的关联不得删除'); END""",
}
"""Every trigger by name, as `sqlite_master` keeps it."""
