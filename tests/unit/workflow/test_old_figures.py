"""Figures of a past day stay as they were, whatever has been done since; so do those of the tables of then."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from office_years import fill
from signed_off import decide
from unit.storage.conftest import Clock, clock, opened, store
from unit.storage.samples import add_document, an_interpretation, proposals_for

from attrtrack.bootstrap import build_app
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision, State
from attrtrack.domain.interpretations import Judgement, LinkDecision
from attrtrack.domain.judgements import Act, last_in_force
from attrtrack.domain.measures import Measure
from attrtrack.rules import load_rules
from attrtrack.storage import Store
from attrtrack.storage.identifiers import document_id, interpretation_id
from attrtrack.storage.tables import corrections, documents, interpretations, links, publications
from attrtrack.storage.tables_gate import reexaminations, reviews
from attrtrack.workflow.app import App
from attrtrack.workflow.measuring import coverage
from attrtrack.workflow.registering import withdraw

__all__ = ["clock", "opened", "store"]

THEN = dt.datetime(2025, 3, 3, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def app(database_url: str, opened: Callable[[str], Store], clock: Clock) -> App:
    """Give a register of a dozen offices on a day of 2025."""
    clock.now = THEN
    store = opened(database_url)
    app = replace(build_app(database_url, "王办理"), clock=clock, make_store=lambda: store)
    fill(store, app.rules, range(12))
    return app


def test_what_is_done_later_changes_no_figure_of_a_past_day(app: App, clock: Clock) -> None:
    """Publications, reviews, corrections, re-examinations, interpretations, withdrawals of the next month: not in the old figure."""
    assert coverage(app, as_of=THEN.date()) == coverage(app)
    published = coverage(app, as_of=THEN.date())
    clock.now = THEN + dt.timedelta(days=30)
    _go_on(app)
    assert coverage(app, as_of=THEN.date()) == published
    changed = {one.code for one, old in zip(coverage(app), published, strict=True) if one != old}
    assert changed >= {
        "accurate-rate",
        "published-rate",
        "publication-days",
        "reexamined-rate",
        "diversified-rate",
    }


def test_a_document_signed_later_was_not_labelled_then(app: App, clock: Clock) -> None:
    """A draft without a label is no document of its year yet; signed next month it is one, and labelled, in no old figure."""
    published = coverage(app, as_of=THEN.date())
    clock.now = THEN + dt.timedelta(days=30)
    with app.store.unit_of_work("王主任") as work:
        draft = next(row.id for row in work.queries.overview(limit=500) if row.state is State.DRAFT)
        signed = Decision(DisclosureAttribute.PROACTIVE, None, "王主任", clock.now, "r")
        decide(work, draft, signed)
        work.documents.set_state(draft, State.SIGNED)
    assert coverage(app, as_of=THEN.date()) == published
    now, then = (next(one for one in found if one.code == "labelled-rate") for found in (coverage(app), published))
    assert set(now.numerator) - set(then.numerator) == set(now.denominator) - set(then.denominator) == {draft}
    assert now.value != then.value


def _go_on(app: App) -> None:
    """Do something to every document, dated a month later."""
    day = app.today
    with app.store.unit_of_work("王办理") as work:
        transaction = work.documents._transaction
        now = transaction.now
        rows = list(
            transaction.rows(sa.select(documents.c.id, documents.c.state, documents.c.unit).order_by(documents.c.id))
        )
        transaction.execute(corrections.update().where(corrections.c.superseded_at.is_(None)).values(superseded_at=now))
        for row in rows:
            transaction.insert(corrections, {"document_id": row.id, "attribute": "withheld", "reason": None, "note": None,
                "corrected_by": "孙考核", "corrected_at": now, "rules_version": "r", "superseded_at": None})  # fmt: skip
            item = transaction.insert(interpretations, {"twin_hash": None, "unit": row.unit, "year": None, "title": "一图读懂",
                "url": f"https://later.example/{row.id}", "published": day, "publisher": None, "text": "", "forms": ["picture"],
                "channels": ["wechat"], "cited_titles": [], "cited_numbers": [], "recorded_at": now, "links": None,
                "address_key": None})  # fmt: skip
            transaction.execute(links.insert(), [{"interpretation_id": item, "document_id": row.id, "judgement": "auto",
                "probability": 0.9, "evidence": [], "judged_by": None, "judged_at": now, "suggested": "auto"}])  # fmt: skip
            if row.state in {State.SIGNED.value, State.ISSUED_ELSEWHERE.value}:
                transaction.insert(publications, {"document_id": row.id, "url": f"https://later.example/w/{row.id}",
                    "published": day, "channel": None, "registered_at": now})  # fmt: skip
        declared = transaction.rows(sa.text("SELECT document_id, max(id) AS id FROM declarations GROUP BY document_id"))
        for row in list(declared):
            transaction.insert(reviews, {"document_id": row.document_id, "declaration_id": row.id, "result": "agree",
                "attribute": None, "reason": None, "comment": None, "reviewed_by": "李审核", "reviewed_at": now})  # fmt: skip
        decided = transaction.rows(sa.text("SELECT document_id, id FROM decisions WHERE attribute <> 'proactive'"))
        for row in list(decided):
            transaction.insert(reexaminations, {"document_id": row.document_id, "decision_id": row.id, "act": "keep", "due": day,
                "because": "仍然有效", "examined_by": "王主任", "examined_at": now})  # fmt: skip
        drafts = [row.id for row in rows if row.state == State.DRAFT.value]
    for key in drafts[:3]:
        withdraw(app, f"D{key}", "不发了")


def test_links_judged_later_change_no_figure_of_a_past_day(app: App, clock: Clock) -> None:
    """Every pair refused, confirmed, taken back or named anew a month later: as of the day, all stand as they stood then."""
    published = coverage(app, as_of=THEN.date())
    clock.now = THEN + dt.timedelta(days=30)
    with app.store.unit_of_work("王办理") as work:
        pairs = [*work.documents._transaction.rows(sa.select(links.c.interpretation_id, links.c.document_id))]
        keys = sorted({document_id(pair.document_id) for pair in pairs})
    for place, pair in enumerate(pairs):
        item, document = interpretation_id(pair.interpretation_id), document_id(pair.document_id)
        with app.store.unit_of_work("王办理") as work:
            if place % 4 == 0:
                work.links.act(item, Act.NONE, None, by="王判定")
            elif place % 4 == 1:
                work.links.act(item, Act.CHOOSE, document, by="王判定")
            elif place % 4 == 2 and last_in_force(work.links.acts(item)):
                work.links.act(item, Act.UNDO, None, by="王判定")
            else:
                work.links.act(item, Act.ALSO, keys[place % len(keys)], by="王判定")
    assert coverage(app, as_of=THEN.date()) == published
    changed = {one.code for one, old in zip(coverage(app), published, strict=True) if one != old}
    assert changed >= {"interpretation-rate", "diversified-rate", "off-website-rate", "copied-rate"}


@pytest.mark.parametrize("suggested", [None, "pending"])
def test_a_pair_counts_as_a_ledger_first_stated_it(store: Store, clock: Clock, suggested: str | None) -> None:
    """A ledger handed in later speaks of earlier times, once: what people say after it counts from their own day on."""
    with store.unit_of_work("张登记") as work:
        document = add_document(work, state=State.ISSUED_ELSEWHERE)
        item = work.interpretations.add(an_interpretation(), unit="甲县", year=2024).id
        if suggested:
            work.links.propose(item, proposals_for(item, (document, 0.9, LinkDecision.REVIEW)))
    before = clock().date()
    told = [(item, False, False)] if suggested else []
    assert linked(store, before) == told
    clock.now += dt.timedelta(days=10)
    with store.unit_of_work("张登记") as work:
        work.links.judge_many([(item, document)], Judgement.CONFIRMED, "台账")
    stated = clock().date()
    clock.now += dt.timedelta(days=10)
    with store.unit_of_work("王判定") as work:
        work.links.judge(item, document, Judgement.REJECTED, "王判定")
    refused = clock().date()
    clock.now += dt.timedelta(days=10)
    with store.unit_of_work("王判定") as work:
        work.links.act(item, Act.UNDO, None, by="王判定")
        work.links.act(item, Act.UNDO, None, by="王判定")
    confirmed = [(item, True, False)]
    shown = [linked(store, day) for day in (before, stated, refused, clock().date(), None)]
    assert shown == [confirmed, confirmed, [], told, told]


def test_a_link_of_the_matcher_stays_its_own_until_a_person_speaks(store: Store, clock: Clock) -> None:
    """A ledger that states the pair adds no word to it; a refusal counts from its day on, and taken back it leaves the link as it was."""
    with store.unit_of_work("张登记") as work:
        document = add_document(work, state=State.ISSUED_ELSEWHERE)
        item = work.interpretations.add(an_interpretation(), unit="甲县", year=2024).id
        work.links.propose(item, proposals_for(item, (document, 0.9, LinkDecision.AUTO)))
        work.links.judge_many([(item, document)], Judgement.CONFIRMED, "台账")
    before = clock().date()
    clock.now += dt.timedelta(days=10)
    with store.unit_of_work("王判定") as work:
        work.links.judge(item, document, Judgement.REJECTED, "王判定")
    refused = clock().date()
    clock.now += dt.timedelta(days=10)
    with store.unit_of_work("王判定") as work:
        work.links.act(item, Act.UNDO, None, by="王判定")
    automatic = [(item, True, True)]
    shown = [linked(store, day) for day in (before, refused, clock().date(), None)]
    assert shown == [automatic, [], automatic, automatic]


def linked(store: Store, day: dt.date | None) -> list[tuple[str, bool, bool]]:
    """Return the interpretations of the only document, confirmed or not, automatic or not, as of a day."""
    with store.reading() as work:
        (row,) = work.queries.measured_documents(as_of=day)
    return [(item.id, item.confirmed, item.automatic) for item in row.interpretations]


def test_old_tables_give_the_old_figure(app: App, tmp_path: Path) -> None:
    """A dictionary that was changed since has another version and other figures; by the tables of then they are as they were."""
    folder = tmp_path / "then"
    folder.mkdir()
    before = coverage(app, as_of=THEN.date())
    table = Path(load_rules.__code__.co_filename).parent / "data" / "measures.toml"
    text = table.read_text(encoding="utf-8")
    (folder / "measures.toml").write_text(text.replace('valid_to = ""', 'valid_to = "2023-12-31"'), encoding="utf-8")
    changed = coverage(replace(app, rules=load_rules(folder)), as_of=THEN.date())
    (folder / "measures.toml").write_text(text, encoding="utf-8")
    again = coverage(replace(app, rules=load_rules(folder)), as_of=THEN.date())
    assert again == before
    assert {one.dictionary_version for one in before} == {app.rules.hashes["measures"]}
    assert {one.dictionary_version for one in changed}.isdisjoint({app.rules.hashes["measures"]})
    assert _denominators(changed) < _denominators(before)


def _denominators(found: tuple[Measure, ...]) -> int:
    return sum(len(one.denominator) for one in found)
