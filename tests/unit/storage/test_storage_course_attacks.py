"""What must come before a sign-off, attacked with raw SQL on both databases: the database asks for it by itself."""

from collections.abc import Callable

import pytest
from signed_off import DRAFTER, judged_by, prepare
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from unit.storage.samples import NOON, SWITCHES, a_decision, a_document, add_document

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration, State
from attrtrack.domain.evaluations import GateAct
from attrtrack.domain.findings import Finding, Severity
from attrtrack.domain.reexaminations import Reexamined
from attrtrack.domain.reviews import (
    CoIssuerOpinion,
    OfficeReview,
    OpinionResult,
    ReviewResult,
    SecrecyResult,
    SecrecyReview,
)
from attrtrack.errors import GateRefusedError, StorageUnusableError
from attrtrack.storage import Store, UnitOfWork, open_store
from attrtrack.storage.engine import is_sqlite

_P, _U, _W = DisclosureAttribute
REASON = "危及公共安全"
MOMENT = "2024-03-01T04:00:00.000000+00:00"
DECIDE = (
    "INSERT INTO decisions (id, document_id, attribute, reason, decided_by, decided_at, rules_version, because, evaluation_id) "
    "VALUES (90, {document}, {attribute}, {reason}, {by}, '{moment}', 'r1', {because}, {evaluation})"
)
JUDGE = (
    "INSERT INTO evaluations (id, document_id, input_digest, findings, gravest, rules_version, evaluated_at, code, act, "
    "outcome, declaration_id, input, evaluated_by) VALUES (80, 1, 'x', '{findings}', {gravest}, 'r1', '{moment}', {code}, "
    "{act}, {outcome}, {declaration}, {given}, {by})"
)


def deciding(**values: object) -> str:
    """Write an INSERT of the lawful decision on D1, with literals replaced."""
    lawful = {"document": 1, "attribute": "'withheld'", "reason": f"'{REASON}'", "by": "'签发人'", "because": "NULL"}
    return DECIDE.format(**{**lawful, "evaluation": 1, "moment": MOMENT, **values})


def judging(**values: object) -> str:
    """Write an INSERT of a passed judgement of D1 for its sign-off, with literals replaced."""
    lawful = {"findings": "[]", "gravest": "NULL", "code": "'G-x'", "act": "'sign'", "outcome": "'passed'"}
    return JUDGE.format(**{**lawful, "declaration": 1, "given": "'{}'", "by": "'签发人'", "moment": MOMENT, **values})


@pytest.fixture
def ready(store: Store) -> Store:
    """D1 is declared withheld and let pass (evaluation 1); D2 is signed; D3 proactive, reviewed, let pass (evaluation 3)."""
    with store.unit_of_work("签发人") as work:
        for number in (1, 2, 3):
            add_document(work, content_hash=f"h{number}")
        prepare(work, "D1", a_decision(_W, REASON))
        work.decisions.add("D2", prepare(work, "D2", a_decision(_W, REASON)), state=State.SIGNED)
        prepare(work, "D3", a_decision(_P))
        work.reviews.add("D3", OfficeReview(ReviewResult.AGREE, None, "审核人"))
        work.reviews.add_opinion("D3", CoIssuerOpinion("乙局", OpinionResult.AGREE, None, "审核人"))
        work.reexaminations.schedule("D2", NOON.date())
        add_document(work, a_document(title="撤"), content_hash="h4")
        work.reviews.withdraw("D4", "改由上级发文")
        work.documents.set_state("D4", State.WITHDRAWN)
    return store


def attack(engine: Engine, script: str) -> None:
    """Run a script as an intruder would and commit it."""
    with engine.connect() as connection:
        for statement in script.split(";"):
            connection.exec_driver_sql(statement)
        connection.commit()


def refused(engine: Engine, script: str) -> str:
    """Assert that a script is refused; return the database's words."""
    with pytest.raises(DBAPIError) as refusal:
        attack(engine, script)
    return str(refusal.value.orig)


def test_the_lawful_decision_passes(ready: Store, raw: Engine) -> None:
    """The attacks below fail for what they want, not for how they are written."""
    del ready
    attack(raw, ";".join((judging(), deciding(evaluation=80), "UPDATE documents SET state = 'signed' WHERE id = 1")))
    attack(raw, "UPDATE documents SET state = 'reviewed' WHERE id = 3")


@pytest.mark.usefixtures("ready")
def test_a_decision_rests_on_the_passed_judgement_of_its_declaration(raw: Engine) -> None:
    """None, another document's, another person's, another act's, or of other words than declared: all refused."""
    for script in (
        deciding(evaluation="NULL"),
        deciding(evaluation=2),
        deciding(evaluation=77),
        deciding(by="'别人'"),
        deciding(attribute="'proactive'", reason="NULL"),
        deciding(reason="'别的理由'"),
        f"{judging(act=repr('gate'))};{deciding(evaluation=80)}",
        f"{judging(declaration='NULL', act=repr('declare'))};{deciding(evaluation=80)}",
    ):
        assert "把关记录" in refused(raw, script), script


def test_an_older_declarations_judgement_is_worth_nothing(ready: Store, raw: Engine) -> None:
    """What passed before the drafter declared anew passes no more, and a blocked judgement never."""
    with ready.unit_of_work("签发人") as work:
        work.declarations.add("D1", Declaration(_W, REASON, declared_by=DRAFTER))
        finding = Finding("same-person", Severity.BLOCK, "x")
        assert not work.evaluations.add("D1", (finding,), "r1", act=GateAct.SIGN).passed
    for evaluation in (1, 4):
        assert "把关记录" in refused(raw, deciding(evaluation=evaluation))


@pytest.mark.usefixtures("ready")
def test_a_judgement_cannot_be_forged_half(raw: Engine) -> None:
    """A passed judgement has no blocking finding, says by whom and on what, and names the document's own declaration."""
    block = '[{"code":"same-person", "severity" : "block","message":"","evidence":[]}]'
    for script in (
        judging(findings=block),
        judging(gravest="'block'"),
        judging(code="NULL"),
        judging(outcome="NULL"),
        judging(given="NULL"),
        judging(by="' '"),
        judging(declaration=2),
        judging(declaration="NULL"),
        judging(outcome="'fine'"),
    ):
        refused(raw, script)


@pytest.mark.parametrize("name", ["Li Ming", "ＬＩ　ｍｉｎｇ", "li\u200bming", " LIMING\u00a0"])
def test_the_drafter_does_not_sign_however_the_name_is_typed(ready: Store, raw: Engine, name: str) -> None:
    """Case, width and blanks make no other person, in the database either."""
    with ready.unit_of_work(name) as work:
        work.declarations.add("D1", Declaration(_W, REASON, declared_by="Li Ming"))
        work.evaluations.add("D1", (), "r1", act=GateAct.SIGN)
    assert "同一人" in refused(raw, deciding(by=f"'{name}'", evaluation=4))


def test_another_name_signs(ready: Store, raw: Engine) -> None:
    """A name that only begins like the drafter's is another's."""
    with ready.unit_of_work("Li Ming Hua") as work:
        work.declarations.add("D1", Declaration(_W, REASON, declared_by="Li Ming"))
        work.evaluations.add("D1", (), "r1", act=GateAct.SIGN)
    attack(raw, deciding(by="'Li Ming Hua'", evaluation=4))


@pytest.mark.usefixtures("ready")
def test_a_name_is_text_without_a_hidden_end(raw: Engine) -> None:
    """A name cut off by a NUL or kept as bytes, which only SQLite would keep, would compare as another; blanks are no name."""
    hidden = (f"'{DRAFTER}' || char(0) || 'x'", f"CAST('{DRAFTER}' AS BLOB)") if is_sqlite(raw) else ()
    for name in (*hidden, "''", "' \u3000'"):
        assert "审定人" in refused(raw, f"{deciding(by=name)}")


def _proactive(evaluation: int = 3, **values: object) -> str:
    return deciding(**{"document": 3, "attribute": "'proactive'", "reason": "NULL", "evaluation": evaluation, **values})


@pytest.mark.parametrize(
    ("result", "by", "when"),
    [
        ("refused", "钱保密", MOMENT),
        ("cleared", DRAFTER, MOMENT),
        ("cleared", "钱保密", "2020-01-01T00:00:00.000000+00:00"),
    ],
)
def test_the_newest_secrecy_review_must_clear(ready: Store, raw: Engine, result: str, by: str, when: str) -> None:
    """Refused, made by the drafter, or older than the recording: the document is not signed for publication."""
    del ready
    review = f"INSERT INTO secrecy_reviews VALUES (70, 3, '{result}', NULL, false, '{by}', '{when}')"  # noqa: S608 - attack
    assert "保密审查" in refused(raw, f"{review};{_proactive()}")
    attack(raw, _proactive())


def _disagrees(work: UnitOfWork) -> None:
    work.reviews.add_opinion("D1", CoIssuerOpinion("乙局", OpinionResult.DISAGREE, "未定", "审核人"))


def _returns(work: UnitOfWork) -> None:
    work.reviews.add("D1", OfficeReview(ReviewResult.RETURN, "没有写明条款", "审核人"))


def _disputes(work: UnitOfWork) -> None:
    work.reviews.add("D1", OfficeReview(ReviewResult.DISPUTE, None, "审核人", attribute=_P))


@pytest.mark.parametrize(("said", "words"), [(_disagrees, "联合发文"), (_returns, "退回"), (_disputes, "不同意见")])
def test_objections_stand_in_the_way(ready: Store, raw: Engine, said: Callable[[UnitOfWork], None], words: str) -> None:
    """A disagreeing co-issuer and a return stop the sign-off; over a dispute the decision must say why."""
    with ready.unit_of_work("审核人") as work:
        said(work)
    assert words in refused(raw, deciding())
    if said is _disputes:
        attack(raw, deciding(because="'尚未成熟'"))


@pytest.mark.usefixtures("ready")
def test_states_follow_what_was_said(raw: Engine) -> None:
    """No state without the record that leads to it, and no way back from signed or withdrawn."""
    for document, state in (
        (1, "reviewed"),
        (1, "returned"),
        (1, "withdrawn"),
        (1, "draft"),
        (2, "declared"),
        (2, "withdrawn"),
        (2, "draft"),
        (2, "reviewed"),
        (4, "declared"),
        (4, "draft"),
    ):
        refused(raw, f"UPDATE documents SET state = '{state}' WHERE id = {document}")  # noqa: S608 - attack
    refused(raw, f"INSERT INTO declarations VALUES (60, 4, 'withheld', 'x', '某人', '{MOMENT}', NULL)")  # noqa: S608 - attack
    refused(raw, f"INSERT INTO withdrawals VALUES (2, 'x', '某人', '{MOMENT}')")  # noqa: S608 - attack


TABLES = ("reviews", "secrecy_reviews", "opinions", "withdrawals", "reexaminations")


@pytest.mark.usefixtures("ready")
def test_what_was_said_is_only_appended(raw: Engine) -> None:
    """Nobody edits, removes, replaces or empties a review, an opinion, a withdrawal or a re-examination."""
    for table in TABLES:
        refused(raw, f"UPDATE {table} SET document_id = document_id")  # noqa: S608 - attack
        refused(raw, f"DELETE FROM {table}")  # noqa: S608 - attack
        if is_sqlite(raw):
            refused(raw, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 - attack
        else:
            refused(raw, f"TRUNCATE {table}")


@pytest.mark.usefixtures("ready")
def test_reviews_are_of_the_newest_declaration_and_by_another(raw: Engine) -> None:
    """Checks switched off do not let a review of another document's declaration, a nameless or an own one pass."""
    loose = "PRAGMA ignore_check_constraints = ON;PRAGMA foreign_keys = OFF;" if is_sqlite(raw) else ""
    insert = "INSERT INTO reviews VALUES (50, 1, {declaration}, {result}, NULL, NULL, {comment}, {by}, '{moment}')"
    lawful = {"declaration": 1, "result": "'agree'", "comment": "NULL", "by": "'审核人'", "moment": MOMENT}
    for values in (
        {"declaration": 2},
        {"by": f"'{DRAFTER}'"},
        {"by": "' '"},
        {"result": "'fine'"},
        {"result": "'return'"},
        {"result": "'dispute'"},
    ):
        refused(raw, loose + insert.format(**{**lawful, **values}))
    attack(raw, insert.format(**lawful))


@pytest.mark.parametrize("result", ["agree", "return", "dispute"])
def test_a_word_is_taken_back_only_by_whoever_said_it(ready: Store, raw: Engine, result: str) -> None:
    """No other person, nothing before it, nothing twice, nothing under it: only then does it count as not said."""
    take = "INSERT INTO reviews VALUES ({id}, 1, {declaration}, 'retract', NULL, NULL, NULL, '{by}', '{moment}')"
    lawful = {"id": 50, "declaration": 1, "by": "审核人", "moment": MOMENT}
    assert "收回" in refused(raw, take.format(**lawful))
    with ready.unit_of_work("审核人") as work:
        said = ReviewResult(result)
        word = OfficeReview(said, "意见", "审核人", attribute=_P if said is ReviewResult.DISPUTE else None)
        work.reviews.add("D1", word)
        work.documents.set_state("D1", State.RETURNED if said is ReviewResult.RETURN else State.REVIEWED)
    for values in ({"by": "别人"}, {"by": DRAFTER}, {"declaration": 2}):
        refused(raw, take.format(**{**lawful, **values}))
    refused(raw, "UPDATE documents SET state = 'declared' WHERE id = 1")
    attack(raw, take.format(**lawful))
    assert "收回" in refused(raw, take.format(**{**lawful, "id": 51}))
    attack(raw, "UPDATE documents SET state = 'declared' WHERE id = 1")
    for state in ("reviewed", "returned"):
        refused(raw, f"UPDATE documents SET state = '{state}' WHERE id = 1")  # noqa: S608 - attack
    attack(raw, deciding())
    refused(raw, take.format(**{**lawful, "id": 52}))


def test_what_was_signed_upon_is_not_taken_back(ready: Store, raw: Engine) -> None:
    """The word on a declaration that has been decided stays, whoever said it."""
    with ready.unit_of_work("审核人") as work:
        work.reviews.add("D1", OfficeReview(ReviewResult.AGREE, None, "审核人"))
    take = f"INSERT INTO reviews VALUES (50, 1, 1, 'retract', NULL, NULL, NULL, '审核人', '{MOMENT}')"  # noqa: S608 - attack
    attack(raw, deciding())
    assert "收回" in refused(raw, take)


def test_a_second_decision_says_why(ready: Store) -> None:
    """The database refuses an adjustment without a reason, and a document may change only after a new declaration."""

    def adjusted(work: UnitOfWork, because: str | None) -> None:
        work.declarations.add("D2", Declaration(_U, "U27-1", declared_by=DRAFTER))
        judged = judged_by(work, "签发人", "D2", "r1")
        decision = a_decision(_U, "U27-1", because=because, evaluation=judged)
        work.decisions.add("D2", decision, state=State.SIGNED)

    with pytest.raises(GateRefusedError, match="说明原因"), ready.unit_of_work("签发人") as work:
        adjusted(work, " \u3000")
    with ready.unit_of_work("签发人") as work:
        adjusted(work, "理由有变化")
        assert work.decisions.count("D2") == 2
        assert work.documents.get("D2").state is State.SIGNED


def test_an_office_switches_its_own_demands(ready: Store, database_url: str, raw: Engine) -> None:
    """The triggers read the journalled switches: an office may want its review, or let one person do both."""
    ready.close()
    wanting = {**SWITCHES, "office_review_required": ("on",), "separation_of_duties": ("off",)}
    open_store(database_url, clock=lambda: NOON, switches=wanting).close()
    assert "办公室审核" in refused(raw, deciding())
    attack(raw, f"INSERT INTO reviews VALUES (50, 1, 1, 'agree', NULL, NULL, NULL, '{DRAFTER}', '{MOMENT}')")  # noqa: S608 - test's own
    attack(raw, deciding())


def test_a_re_examination_is_of_the_decision_in_force(ready: Store, raw: Engine) -> None:
    """A later look needs its reason and the document's own live decision."""
    refused(raw, f"INSERT INTO reexaminations VALUES (40, 1, 1, 'keep', '2025-01-01', 'x', '某人', '{MOMENT}')")  # noqa: S608 - attack
    refused(raw, f"INSERT INTO reexaminations VALUES (40, 2, 1, 'keep', '2025-01-01', NULL, '某人', '{MOMENT}')")  # noqa: S608 - attack
    with ready.unit_of_work("复查人") as work:
        work.reexaminations.add("D2", Reexamined.CHANGE, "可以公开", due=None)
        (row,) = work.reexaminations.kept_back()
    assert (row.id, row.act, row.due) == ("D2", "change", None)


def test_the_owner_of_the_file_who_rewrites_the_schema_is_found_out(
    ready: Store, database_url: str, raw: Engine
) -> None:
    """Widening the states by hand is possible to the owner only, and the program then refuses to open."""
    ready.close()
    if is_sqlite(raw):
        change = "sql = replace(sql, '''withdrawn'', ', '''withdrawn'', ''waved_through'', ')"
        attack(raw, f"PRAGMA writable_schema = ON;UPDATE sqlite_master SET {change} WHERE name = 'documents'")  # noqa: S608 - attack
    else:
        attack(raw, "ALTER TABLE documents DROP CONSTRAINT ck_documents_state")
    with pytest.raises(StorageUnusableError, match="ck_documents_state"):
        open_store(database_url, clock=lambda: NOON, switches=SWITCHES)


def test_secrecy_reviews_are_read_back_whole(ready: Store) -> None:
    """What was reviewed, by whom, when, with what result stands in the register as it was said."""
    with ready.unit_of_work("钱保密") as work:
        made = SecrecyReview(SecrecyResult.PARTLY, "钱保密", NOON, note="附件2不公开", personal_data_cleared=True)
        work.reviews.add_secrecy("D1", made)
        assert work.reviews.secrecy("D1") == (made,)
        said = OfficeReview(ReviewResult.DISPUTE, "涉及群众", "审核人", NOON, attribute=_P, reason="P20-08")
        work.reviews.add("D1", said)
        assert work.reviews.of_declaration("D1") == work.reviews.of("D1") == (said,)
        assert work.reviews.withdrawn_because("D4") == "改由上级发文"
        assert work.reviews.withdrawn_because("D1") is None
