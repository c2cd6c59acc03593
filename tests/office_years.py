"""Generated office-years: registers of many offices, each with documents in every state that a figure tells apart.

An office is a unit of its own, so that many lie in one register and each is measured by itself. Rows are written in bulk but
by the register's own laws: every trigger speaks for every row.
"""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.measures import AnyMeasure, Measure, Reading
from attrtrack.domain.needs import NeedProposal
from attrtrack.domain.standings import Scope
from attrtrack.errors import EmptyListError
from attrtrack.rules import Rules
from attrtrack.storage import Store, UnitOfWork
from attrtrack.storage.documents import NewDocument
from attrtrack.storage.identifiers import document_id, document_key, interpretation_id
from attrtrack.storage.tables import (
    corrections,
    decisions,
    declarations,
    documents,
    evaluations,
    interpretations,
    judgements,
    links,
    publications,
)  # fmt: skip
from attrtrack.storage.tables_gate import reexaminations, reviews, secrecy_reviews
from attrtrack.storage.tables_pages import page_links
from attrtrack.verify.figures import recomputed
from attrtrack.workflow.app import App
from attrtrack.workflow.listing import export_year_list
from attrtrack.workflow.measuring import coverage
from attrtrack.workflow.overview import overview

YEARS = (2015, 2023, 2024)
MOST_DOCUMENTS = 14
REASONS = ("政府信息公开条例第十六条第一款：内部事务信息", "涉及个人隐私", "工作需要，暂不宜公开")
LAWS = "。".join(
    f"第{number}条　县级以上人民政府应当按照职责对辖区内的供水安全负责，并每年检查一次" for number in range(1, 9)
)
OWN_WORDS = "。".join(
    f"简单说，第{number}步您只要带上身份证到社区窗口说明情况，工作人员当天就会给您答复" for number in range(1, 9)
)


@dataclass
class _Office:
    """One office being made: its dice, its unit, what waits to be written."""

    dice: Random
    unit: str
    rules: Rules
    work: UnitOfWork
    now: dt.datetime
    rows: dict[str, tuple[sa.Table, list[dict[str, Any]]]] = field(default_factory=dict)

    def add(self, table: sa.Table, **values: Any) -> int:
        """Keep a row until `write`; return the key that it will have."""
        key = self.work.documents._transaction.next_key(table) if "id" in table.c else 0
        self.rows.setdefault(table.name, (table, []))[1].append({"id": key, **values} if key else values)
        return key

    def write(self) -> None:
        """Write what waits, in the order in which it came; links last, for they rest on judgements."""
        for table, rows in sorted(self.rows.values(), key=lambda waiting: waiting[0] is links):
            self.work.documents._transaction.execute(table.insert(), rows)
        self.rows.clear()

    def move(self, key: int, state: State) -> None:
        """Put a document into a state; the triggers look at it."""
        self.write()
        statement = documents.update().where(documents.c.id == key).values(state=state.value)
        self.work.documents._transaction.execute(statement)

    def likely(self, share: float) -> bool:
        """Throw the dice."""
        return self.dice.random() < share


def fill(store: Store, rules: Rules, seeds: range) -> dict[str, int]:
    """Make an office for every seed; return the units, each with the year that is measured of it."""
    made = {}
    for seed in seeds:
        dice = Random(seed)  # noqa: S311 - a test is repeated by its seed
        unit = f"第{seed}局"
        with store.unit_of_work("导入人") as work:
            _office(_Office(dice, unit, rules, work, work.documents._transaction.now))
        made[unit] = dice.choice(YEARS)
    return made


def _office(office: _Office) -> None:
    dice = office.dice
    count = dice.randrange(MOST_DOCUMENTS + 1)
    made = [_document(office, number) for number in range(count)]
    keys = [document_key(one) for one in office.work.documents.add_many(made)]
    for new, key in zip(made, keys, strict=True):
        if new.state is State.DRAFT:
            _on_its_way(office, key)
        elif office.likely(0.5):
            _publish(office, key, new.document.date)
        if office.likely(0.2):
            office.add(corrections, document_id=key, attribute=dice.choice(list(DisclosureAttribute)).value, reason=None,
                       note=None, corrected_by="孙考核", corrected_at=office.now, rules_version="r",
                       superseded_at=None)  # fmt: skip
    for number in range(dice.randrange(8)):
        if keys:
            _interpret(office, keys, number)
    office.write()


def _document(office: _Office, number: int) -> NewDocument:
    dice, ledger = office.dice, office.likely(0.5)
    year = dice.choice(YEARS)
    genre = dice.choice((Genre.NOTICE, Genre.OPINION, Genre.LETTER, Genre.REPLY_LETTER, Genre.OFFICIAL_REPLY))
    title = f"{office.unit}关于第{number}项供水安全工作的{'复' if office.likely(0.3) else ''}{genre.value}"
    attribute = dice.choice((None, *DisclosureAttribute))
    day = dice.choice((0, *range(1, 29)))
    document = Document(
        text=f"{title}\n{LAWS}。第{number}号。" if office.likely(0.7) else "",
        title=title,
        number=f"水发〔{year}〕{number}号",
        genre=genre,
        issuers=(office.unit,),
        date=WrittenDate(year, dice.randrange(1, 13), day) if office.likely(0.95) else None,
        declared_attribute=attribute if ledger else None,
        declared_reason=dice.choice((None, *REASONS))
        if ledger and attribute is not DisclosureAttribute.PROACTIVE
        else None,
    )
    rows = [row.code for row in office.rules.interpretation_needed]
    need = NeedProposal(dice.choice((True, True, False)), dice.choice(rows), "生成") if office.likely(0.85) else None
    state = State.ISSUED_ELSEWHERE if ledger else State.DRAFT
    digest = f"{dice.getrandbits(256):064x}"
    return NewDocument(document, digest, office.unit, state, f"{number}.docx", need)


def _on_its_way(office: _Office, key: int) -> None:
    """Declare, review, sign and publish a document, or stop on the way."""
    dice = office.dice
    if office.likely(0.15):
        return
    attribute = dice.choice(list(DisclosureAttribute))
    said = {
        "attribute": attribute.value,
        "reason": None if attribute is DisclosureAttribute.PROACTIVE else dice.choice(REASONS),
    }
    declaration = office.add(declarations, document_id=key, **said, declared_by="张起草", declared_at=office.now)
    office.move(key, State.DECLARED)
    office.add(secrecy_reviews, document_id=key, result="cleared", note=None, personal_data_cleared=True,
               reviewed_by="钱保密", reviewed_at=office.now)  # fmt: skip
    if office.likely(0.4):
        disputed = dice.choice(list(DisclosureAttribute)).value if office.likely(0.4) else None
        office.add(reviews, document_id=key, declaration_id=declaration, result="dispute" if disputed else "agree",
                   attribute=disputed, reason=None, comment=None, reviewed_by="赵审核", reviewed_at=office.now)  # fmt: skip
    if office.likely(0.2):
        return
    evaluation = office.add(
        evaluations, document_id=key, input_digest="0" * 64, findings=[], gravest=None, rules_version="r",
        evaluated_at=office.now, code=f"G-{secrets.token_hex(10)}", act="sign", outcome="passed",
        declaration_id=declaration, unit=None, input={}, model_version=None, evaluated_by="王主任",
    )  # fmt: skip
    decision = office.add(decisions, document_id=key, **said, decided_by="王主任", decided_at=office.now, rules_version="r",
                          superseded_at=None, because="已核对", evaluation_id=evaluation)  # fmt: skip
    office.move(key, State.SIGNED)
    if said["reason"] and office.likely(0.6):
        act = dice.choice(("schedule", "keep", "change"))
        office.add(reexaminations, document_id=key, decision_id=decision, act=act, because="又看了一遍",
                   due=None if act == "change" else office.now.date(), examined_by="王主任", examined_at=office.now)  # fmt: skip
    if not said["reason"] and office.likely(0.7):
        _publish(office, key, None)
        office.move(key, State.PUBLISHED)


def _publish(office: _Office, key: int, made: WrittenDate | None) -> None:
    begins = made.as_date if made is not None and made.as_date is not None else dt.date(office.dice.choice(YEARS), 6, 1)
    day = begins + dt.timedelta(days=office.dice.choice((-3, 0, 5, 27, 28, 29, 30, 45, 200)))
    office.add(publications, document_id=key, url=f"https://{_page_of(key)}", channel="government-website",
               published=day if office.likely(0.9) else None, registered_at=office.now)  # fmt: skip


def _interpret(office: _Office, keys: list[int], number: int) -> None:
    dice = office.dice
    forms = dice.choice(([], ["text"], ["picture"], ["text", "video"]))
    key = office.add(
        interpretations, twin_hash=None, unit=office.unit, year=None, title=f"一图读懂第{number}项", publisher=None,
        url=f"https://www.shui.example/jd/{office.unit}/{number}.html",
        published=dt.date(dice.choice(YEARS), 6, dice.randrange(1, 15)) if office.likely(0.8) else None,
        text=dice.choice(("", "解读", LAWS, OWN_WORDS)), forms=forms,
        channels=dice.choice(([], ["government-website"], ["wechat", "government-website"])), cited_titles=[],
        cited_numbers=[], recorded_at=office.now, links=None, address_key=None,
    )  # fmt: skip
    explained = dice.sample(keys, k=min(len(keys), dice.randrange(1, 4)))
    for document in explained:
        word = dice.choice(("pending", "auto", "auto", "confirmed", "rejected"))
        judged = "王判定" if word in {"confirmed", "rejected"} else None
        if judged is not None:
            _judge(office, key, document, word=word, by=judged)
        office.add(links, interpretation_id=key, document_id=document, judgement=word, probability=0.9, evidence=[],
                   judged_by=judged, judged_at=office.now, suggested=word if judged is None else "auto")  # fmt: skip
    _read_pages(office, key, f"www.shui.example/jd/{office.unit}/{number}.html", explained)


def _page_of(document: int) -> str:
    return f"www.shui.example/{document}.html"


def _read_pages(office: _Office, interpretation: int, own: str, explained: list[int]) -> None:
    """Keep what pages link to: some are never read, some read again without the link, some link to elsewhere."""
    dice, said = Random(own), {"read_by": "导入人", "read_at": office.now}  # noqa: S311 - as above
    for document in explained:
        for _ in range(dice.choice((0, 0, 1, 1, 2))):
            links_to = [f"www.shui.example/jd/{office.unit}/{other}.html" for other in range(8) if dice.random() < 0.4]
            office.add(page_links, document_id=document, interpretation_id=None, address=_page_of(document),
                       links=[*links_to, own] if dice.random() < 0.6 else links_to, **said)  # fmt: skip
    if dice.random() < 0.7:
        links_to = [_page_of(document) for document in explained if dice.random() < 0.6]
        office.add(page_links, document_id=None, interpretation_id=interpretation, address=own, links=links_to, **said)


def _judge(office: _Office, interpretation: int, document: int, *, word: str, by: str) -> None:
    """Keep what a person said of a pair: no link is confirmed or rejected without it."""
    key = office.add(judgements, act=None, interpretation_id=interpretation, document_id=document, undoes=None,
                     kind="also" if word == "confirmed" else "reject", word=word, judged_by=by, judged_at=office.now)  # fmt: skip
    office.rows["judgements"][1][-1]["act"] = key


def differences(app: App, unit: str, year: int, folder: Path) -> list[str]:
    """Return what does not hold of an office-year: sets that do not add up, ways of asking that disagree, the verifier's word."""
    found = coverage(app, year=year, unit=unit)
    listed, linked = _rows_of(app, unit, year)
    told = [words for one in found for words in _adding_up(one, listed if one.reading is Reading.DOCUMENT else linked)]
    with app.reading() as work:
        if {row.id for row in work.queries.year_list(unit, year)} != listed:
            told.append("the year's list is another one")
    if coverage(app, year=year, unit=unit, as_of=app.today) != found:
        told.append("as of today it is otherwise than now")
    mutual = next(one for one in found if one.code == "mutual-links-rate")
    if set(mutual.numerator) != _linked_both_ways(app) & set(mutual.denominator):
        told.append("other documents and interpretations link to each other")
    counted = overview(app, Scope(year, unit), limit=0).measures
    told += [one.code for one, other in zip(found, counted, strict=True) if _numbers(one) != _numbers(other)]
    try:
        export_year_list(app, year, folder / "list.xlsx", unit=unit)
    except EmptyListError:
        return told
    return told + [words for figure in recomputed(folder / "list.xlsx") for words in figure["differences"]]


def _rows_of(app: App, unit: str, year: int) -> tuple[set[str], set[str]]:
    """Return the year's list of a unit and the interpretations of it, asked for by themselves."""
    gone_out = (State.SIGNED.value, State.PUBLISHED.value, State.ISSUED_ELSEWHERE.value)
    mine = (documents.c.unit == unit, documents.c.year == year, documents.c.state.in_(gone_out))
    with app.store.reading() as work:
        transaction = work.documents._transaction
        listed = {document_id(row.id) for row in transaction.rows(sa.select(documents.c.id).where(*mine))}
        query = sa.select(links.c.interpretation_id).select_from(links.join(documents))
        linked = transaction.rows(query.where(*mine, links.c.judgement != "rejected"))
        return listed, {interpretation_id(row.interpretation_id) for row in linked}


def _linked_both_ways(app: App) -> set[str]:
    """Return the documents that link to an interpretation which counts and links to them, found by going through the rows."""
    public, found = defaultdict[int, set[str]](set), set()
    with app.store.reading() as work:
        transaction = work.documents._transaction
        for row in transaction.rows(sa.select(publications)):
            public[row.document_id].add(row.url.removeprefix("https://"))
        readings = transaction.rows(sa.select(page_links).order_by(page_links.c.id))
        read = {(row.document_id, row.interpretation_id, row.address): set(row.links) for row in readings}
        query = sa.select(links.c.document_id, interpretations.c.id, interpretations.c.url).join(interpretations)
        for document, key, url in transaction.rows(query.where(links.c.judgement.in_(("auto", "confirmed")))):
            own, addresses = url.removeprefix("https://"), public[document]
            there = any(own in read.get((document, None, address), ()) for address in addresses)
            if there and read.get((None, key, own), set()) & addresses:
                found.add(document_id(document))
    return found


def _adding_up(measure: Measure, rows: set[str]) -> Iterator[str]:
    numerator, denominator = list(measure.numerator), list(measure.denominator)
    excluded = [item.id for item in measure.excluded]
    said = f"{measure.code} by {measure.reading.value}: "
    if not set(numerator) <= set(denominator):
        yield said + "what is above is not all below"
    if len(denominator) + len(excluded) != len(rows) or set(denominator) | set(excluded) != rows:
        yield said + "below and left out are not the rows"
    if (measure.value is None) != (not denominator) or (
        denominator and measure.value != len(numerator) / len(denominator)
    ):
        yield said + "the value is not the ratio"
    if measure.range and not measure.range[0] <= (measure.value or 0) <= measure.range[1]:
        yield said + "the value lies outside its range"
    if {item.rule for item in measure.excluded} & {"other-unit", "other-year", "year-unknown"}:
        yield said + "a row of elsewhere"


def _numbers(one: AnyMeasure) -> tuple[object, ...]:
    rows = (len(one.numerator), len(one.denominator), len(one.excluded))
    return one.code, one.reading, one.state, one.value, one.range, one.need_sources, one.automatic, *rows
