"""What the journal is told of each table by the triggers of revision 0008: the frozen table from which both databases' are written.

An entry names its row (`"row":"decisions/5"`) and holds a digest of the row whole, so that the register can be compared
with its journal, beside a few short columns by which people read it. Titles, numbers, texts and words of people stay out:
nobody can take a word out of a journal should the document turn out to be classified.

The digest is taken over the row as a compact JSON array of its columns in the order given here: numbers as they are,
truth as 1 and 0, dates and JSON as their text, floating numbers by their bits as 16 hex digits, since the two databases
print the same number in different words. Thus a register that moves from one to the other keeps its digests.
"""

import re
from dataclasses import dataclass

TEXT, INTEGER, TRUTH, NUMBER, JSON, DATE = "t", "i", "b", "f", "j", "d"
_QUOTED = re.compile(r"<<(.+?)>>")


@dataclass(frozen=True, slots=True)
class Told:
    """How one table is told; expressions name the row `{row}`, and what stands in `<<…>>` is printed as JSON.

    `columns` is `name` or `name:kind`, the kinds above; `unwatched` columns are in no digest and journal no change.
    `update` is an expression of NEW and OLD. `moved` is told as `from` and `to` where it changes. `unique` are the sets
    of columns by which INSERT OR REPLACE could push out a row unseen, where no guard of an earlier revision refuses that.
    """

    table: str
    columns: str
    subject: str
    insert: str
    update: str
    delete: str = "'remove'"
    safe: tuple[str, ...] = ()
    moved: str | None = None
    extra: str = ""
    key: tuple[str, ...] = ("id",)
    unwatched: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    bare: bool = False

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each column that the digest covers, in its order."""
        pairs = (word.partition(":") for word in self.columns.split())
        return {name: kind or TEXT for name, _, kind in pairs}

    def row(self, row: str) -> str:
        """Return the expression of the row's name, `decisions/5`."""
        return f"'{self.table}/' || " + " || '-' || ".join(f"{row}.{name}" for name in self.key)


def changed(*columns: str) -> str:
    """Return the condition that one of some columns is another than before; `~` stands for the database's own word."""
    return " OR ".join(f"NEW.{name} ~ OLD.{name}" for name in columns)


def printed(expression: str, quote: str) -> str:
    """Put the database's own way of printing JSON in place of `<<…>>`."""
    return _QUOTED.sub(lambda found: quote.replace("?", found[1]), expression)


_OF_DOCUMENT = "'D' || {row}.document_id"
_FACTS = (
    "unit", "year", "content_hash", "twin_hash", "file_name", "format", "title", "number", "genre", "addressee", "date",
    "print_date", "text", "drafting_department", "carried_title", "declared_attribute", "declared_reason", "attribute_asked",
    "needs_interpretation",
)  # fmt: skip

_REGISTER = (
    Told(
        "documents",
        "id:i state unit year:i content_hash twin_hash file_name format title number genre issuers:j addressee date "
        "print_date text marks:j personal_data:j elements:j findings:j drafting_department carried_title "
        "declared_attribute declared_reason attribute_asked:b needs_interpretation:b need_origin need_proposed:b "
        "need_rule recorded_at recorded_by",
        subject="'D' || {row}.id",
        insert="'record'",
        update=f"CASE WHEN {changed('state')} THEN 'set-state' WHEN {changed(*_FACTS)} THEN 'replace-facts' "
        f"WHEN {changed('need_proposed', 'need_rule', 'need_origin')} THEN 'renew-need' ELSE 'replace-facts' END",
        safe=("state", "declared_attribute"),
        moved="state",
    ),
    Told(
        "proposals",
        "id:i document_id:i attribute probability:f abstained:b doubt reason reasons:j evidence:j voices:j findings:j "
        "rules_version model_version proposed_at",
        subject=_OF_DOCUMENT,
        insert="'propose'",
        update="'change'",
        safe=("attribute", "abstained", "rules_version", "model_version"),
    ),
    Told(
        "declarations",
        "id:i document_id:i attribute reason declared_by declared_at because",
        subject=_OF_DOCUMENT,
        insert="'declare'",
        update="'change'",
        safe=("attribute",),
    ),
    Told(
        "decisions",
        "id:i document_id:i attribute reason decided_by decided_at rules_version superseded_at because evaluation_id:i",
        subject=_OF_DOCUMENT,
        insert="'decide'",
        update="'end-decision'",
        safe=("attribute", "decided_by", "rules_version"),
    ),
    Told(
        "evaluations",
        "id:i document_id:i input_digest findings:j gravest rules_version evaluated_at code act outcome declaration_id:i "
        "unit input:j model_version evaluated_by",
        subject="COALESCE('D' || {row}.document_id, '-')",
        insert="'evaluate'",
        update="'change'",
        safe=("code", "act", "outcome", "gravest", "rules_version", "model_version"),
        unique=(("code",),),
    ),
    Told(
        "publications",
        "id:i document_id:i url published:d channel registered_at",
        subject=_OF_DOCUMENT,
        insert="'publish'",
        update="'change'",
        safe=("published",),
    ),
    Told(
        "interpretations",
        "id:i twin_hash unit year:i title url published:d publisher text forms:j channels:j cited_titles:j "
        "cited_numbers:j recorded_at links:j address_key",
        subject="'I' || {row}.id",
        insert="'record'",
        update="'replace-facts'",
        safe=("published",),
        unique=(("id",), ("twin_hash",)),
    ),
    Told(
        "links",
        "interpretation_id:i document_id:i judgement probability:f evidence:j judged_by judged_at suggested",
        subject="'I' || {row}.interpretation_id",
        insert="CASE WHEN NEW.judged_by IS NULL THEN 'propose-link' ELSE 'set-link' END",
        update="'set-link'",
        delete="'drop-link'",
        safe=("judgement",),
        moved="judgement",
        key=("interpretation_id", "document_id"),
    ),
    Told(
        "judgements",
        "id:i act:i interpretation_id:i document_id:i kind word undoes:i judged_by judged_at",
        subject="'I' || {row}.interpretation_id",
        insert="CASE WHEN NEW.act = NEW.id THEN 'judge-link' ELSE 'judge-link-too' END",
        update="'change'",
        safe=("document_id", "kind", "word", "undoes", "judged_by"),
    ),
    Told(
        "removals",
        "document_id:i rule removed_at removed_by",
        subject="'-'",
        insert="'remove-classified'",
        update="'change'",
        safe=("rule",),
        key=("document_id",),
        bare=True,
    ),
    Told(
        "gate_switches",
        "id:i code value set_at set_by",
        subject="{row}.code",
        insert="'set-switch'",
        update="'change'",
        extra="""',"from":' || <<(SELECT s.value FROM gate_switches s WHERE s.code = {row}.code AND s.id < {row}.id """
        """ORDER BY s.id DESC LIMIT 1)>> || ',"to":' || <<{row}.value>>""",
    ),
    Told(
        "corrections",
        "id:i document_id:i attribute reason note corrected_by corrected_at rules_version superseded_at",
        subject=_OF_DOCUMENT,
        insert="'correct'",
        update="'withdraw-correction'",
        safe=("attribute",),
    ),
    Told(
        "precedents",
        "id:i document_id:i source attribute reason weight:f sketch:j opposed:b rules:j taught_by taught_at standing "
        "resolved_by resolved_at note superseded_at",
        subject=_OF_DOCUMENT,
        insert="'teach'",
        update=f"CASE WHEN {changed('superseded_at')} THEN 'end-precedent' ELSE 'resolve-precedent' END",
        safe=("source", "attribute", "standing"),
        moved="standing",
    ),
    Told(
        "need_decisions",
        "id:i document_id:i needed:b because decided_by decided_at rules_version superseded_at",
        subject=_OF_DOCUMENT,
        insert="'decide-need'",
        update="'undo-need'",
        safe=("needed",),
    ),
    Told(
        "reviews",
        "id:i document_id:i declaration_id:i result attribute reason comment reviewed_by reviewed_at",
        subject=_OF_DOCUMENT,
        insert="'review'",
        update="'change'",
        safe=("result", "attribute"),
    ),
    Told(
        "secrecy_reviews",
        "id:i document_id:i result note personal_data_cleared:b reviewed_by reviewed_at",
        subject=_OF_DOCUMENT,
        insert="'review-secrecy'",
        update="'change'",
        safe=("result", "personal_data_cleared"),
    ),
    Told(
        "opinions",
        "id:i document_id:i declaration_id:i unit result comment recorded_by recorded_at",
        subject=_OF_DOCUMENT,
        insert="'opinion'",
        update="'change'",
        safe=("unit", "result"),
    ),
    Told(
        "withdrawals",
        "document_id:i because withdrawn_by withdrawn_at",
        subject=_OF_DOCUMENT,
        insert="'withdraw'",
        update="'change'",
        key=("document_id",),
    ),
    Told(
        "reexaminations",
        "id:i document_id:i decision_id:i act due:d because examined_by examined_at",
        subject=_OF_DOCUMENT,
        insert="'reexamine'",
        update="'change'",
        safe=("act", "due"),
    ),
    Told(
        "journal_algorithms",
        "id:i algorithm set_at set_by",
        subject="'-'",
        insert="'set-journal-hash'",
        update="'change'",
        extra="""',"to":' || <<{row}.algorithm>>""",
        unique=(("id",),),
    ),
)

_OF_ACCOUNT = "'user:' || (SELECT a.login FROM accounts a WHERE a.id = {row}.account_id)"

_ACCOUNTS = (
    Told(
        "units",
        "id:i name parent_id:i top:b created_by created_at closed_at",
        subject="'unit:' || {row}.name",
        insert="'add-unit'",
        update=f"CASE WHEN {changed('closed_at')} THEN 'close-unit' WHEN {changed('parent_id')} THEN 'move-unit' "
        "ELSE 'change-unit' END",
        safe=("parent_id", "top"),
        unique=(("id",), ("name",)),
    ),
    Told(
        "accounts",
        "id:i login display_name unit_id:i password_hash must_change:b failures:i locked_until created_by created_at "
        "closed_at",
        subject="'user:' || {row}.login",
        insert="'add-user'",
        update=f"CASE WHEN {changed('closed_at')} THEN 'close-user' WHEN {changed('password_hash')} THEN 'set-password' "
        f"WHEN {changed('locked_until')} AND NEW.locked_until IS NOT NULL THEN 'lock-user' "
        f"WHEN {changed('locked_until')} THEN 'unlock-user' WHEN {changed('unit_id')} THEN 'place-user' "
        f"WHEN {changed('failures')} THEN 'count-failures' ELSE 'change-user' END",
        safe=("unit_id", "must_change", "failures", "locked_until"),
        unique=(("id",), ("login",)),
    ),
    Told(
        "role_grants",
        "id:i account_id:i role granted:b granted_by granted_at",
        subject=_OF_ACCOUNT,
        insert="CASE WHEN NEW.granted THEN 'grant-role' ELSE 'revoke-role' END",
        update="'change'",
        safe=("role",),
        unique=(("id",),),
    ),
    Told(
        "assessed_units",
        "id:i account_id:i unit_id:i assigned:b assigned_by assigned_at",
        subject=_OF_ACCOUNT,
        insert="CASE WHEN NEW.assigned THEN 'assign-unit' ELSE 'unassign-unit' END",
        update="'change'",
        safe=("unit_id",),
        unique=(("id",),),
    ),
    Told(
        "sessions",
        "id:i account_id:i token_hash origin started_at expires_at ended_at",
        subject=_OF_ACCOUNT,
        insert="'open-session'",
        update="'end-session'",
        unwatched=("seen_at",),
        unique=(("id",), ("token_hash",)),
    ),
    Told(
        "api_tokens",
        "id:i account_id:i name prefix token_hash scopes:j created_at expires_at revoked_at",
        subject="'token:T' || {row}.id",
        insert="'add-token'",
        update="'revoke-token'",
        safe=("account_id", "expires_at"),
        unwatched=("used_at",),
        unique=(("id",), ("token_hash",)),
    ),
    Told(
        "identities",
        "id:i account_id:i issuer subject bound_by bound_at ended_at",
        subject=_OF_ACCOUNT,
        insert="'bind-identity'",
        update="'unbind-identity'",
        safe=("issuer",),
        unique=(("id",),),
    ),
)

_JOBS = (
    Told(
        "jobs",
        "id:i kind parameters:j access:j unit started_by origin created_at state started_at finished_at cancel_asked_by",
        subject="'J' || {row}.id",
        insert="'start-job'",
        update=f"CASE WHEN {changed('state')} AND NEW.finished_at IS NOT NULL THEN 'end-job' "
        f"WHEN {changed('state')} THEN 'set-state' WHEN {changed('cancel_asked_by')} THEN 'cancel-job' "
        "ELSE 'change-job' END",
        safe=("kind", "state"),
        moved="state",
        unwatched=(
            "done", "total", "message", "cursor", "result", "attempts", "fruitless", "holder", "heartbeat_at", "taken_at",
            "done_when_taken",
        ),
        unique=(("id",),),
    ),
    Told(
        "job_files",
        "job_id:i place:i name size:i",
        subject="'J' || {row}.job_id",
        insert="'hand-in'",
        update="'change'",
        safe=("place", "size"),
        key=("job_id", "place"),
        unwatched=("content",),
        unique=(("job_id", "place"),),
    ),
)  # fmt: skip

TOLD: tuple[Told, ...] = (*_REGISTER, *_ACCOUNTS, *_JOBS)
"""Every table that the journal is told of."""

UNTOLD = {
    "alembic_version": "the revision of the structure, written by migrations only",
    "journal": "the journal itself",
    "idempotency_keys": "what was answered to a request that bore a key, for a day; no part of the register",
    "job_products": "the file that a job has made of what the register holds, for some days; no part of the register",
    "standings": "where each document stands, computed from what is told; it can be made again at any time",
    "standing_links": "the same of the interpretations of each document",
    "standing_stamp": "up to which journal entry the standings are made",
    "search_entries": "the words of documents and interpretations, folded for searching; they can be made again at any time",
    "search_stamp": "up to which journal entry the search index is made",
    "precedent_hashes": "a look-up made from the sketches of `precedents`, which are told; it can be made again at any time",
}
"""Tables that the journal is not told of, and why."""

UNWATCHED = {
    "sessions.seen_at": "when a session was last heard of; every page asked for would be an entry",
    "api_tokens.used_at": "when a token was last used; every request would be an entry",
    "jobs": "progress, lease and message of a job, several times a second; its state, its order and its end are told",
    "kept_files.content": "the bytes of a kept file; its sha256 is in the digest and compared whenever they are read",
    "job_files.content": "what was handed in, megabytes that are wiped when the job has ended; what it led to is told row by row",
}
"""Columns that are in no digest and whose change is no entry, and why."""
