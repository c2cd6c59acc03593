"""The rows of one ledger batch: looked up together, judged one after the other, written together.

A row sees what the rows before it in the batch bring, as if each had been written before the next was read: ids are
foretold (writers take turns), so that a finding can name a document that is yet to be written.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import Interpretation, Judgement, Publication
from attrtrack.domain.ledgers import CellChange, LedgerEntry, LedgerError, LedgerInterpretation
from attrtrack.domain.needs import NeedProposal
from attrtrack.domain.pages import Page
from attrtrack.domain.register import ListedInterpretation, RecordedDocument
from attrtrack.linking import find_channels, find_forms, recognise_channels, shown_codes
from attrtrack.workflow.app import App
from attrtrack.workflow.ledger_changes import changes, completed, facts
from attrtrack.workflow.listed_rows import as_listed, edited, edited_forms, forms_change, means, other_unit, with_edits
from attrtrack.workflow.needing import need_of

if TYPE_CHECKING:
    from attrtrack.storage import UnitOfWork

NAMED = 20
"""Bearers of a number that a document's findings name; a ledger that numbers every row alike must not name them all."""

_ID = re.compile(r"D[1-9]\d{0,14}", re.ASCII)
_Key = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A ledger row with the document it means and the unit it belongs to.

    `columns` are the fields that its ledger has a column for; None: of all. Of what it has no column for it says nothing.
    `asked` is the unit that the whole ledger was handed in for, None: of none in particular.
    """

    entry: LedgerEntry
    document: Document
    unit: str | None
    columns: frozenset[str] | None = None
    asked: str | None = None


@dataclass(slots=True)
class RowOutcome:
    """What becomes of a row; `pairs` and `items` are its places in the batch's links and interpretations.

    `known` is the id of the document in the register that it was compared with, `changes` what it says otherwise.
    """

    row: int
    outcome: str
    id: str | None
    known: str | None = None
    changes: tuple[CellChange, ...] = ()
    pairs: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    error: LedgerError | None = None


@dataclass(slots=True)
class _Known:
    """A document as the row at hand finds it: in the register, or brought by an earlier row."""

    id: str
    document: Document
    state: State
    urls: dict[str, None]
    attribute: DisclosureAttribute | None
    new: bool = False
    linked: Mapping[str, ListedInterpretation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The document that a row of the register's own list is about, and what its row says when nobody has edited it."""

    recorded: RecordedDocument
    entry: LedgerEntry


class LedgerBatch:
    """The rows of one transaction; `take` them all, then `write`."""

    def __init__(self, app: App, work: "UnitOfWork", rows: Sequence[BatchRow]) -> None:
        self._app = app
        self._work = work
        self._rows = rows
        self._listed = _listed(app, work, rows)
        self._known, self._by_id = _found(work, rows, self._listed)
        numbers = [row.document.number for row in rows if row.document.number is not None]
        self._bearers = work.documents.bearers_of(numbers, limit=NAMED)
        self._new: list[tuple[Document, str, str | None, State, None, NeedProposal]] = []
        self._replaced: list[tuple[str, Document]] = []
        self._publications: list[tuple[str, Publication]] = []
        self._interpretations: list[tuple[Interpretation, str | None, int | None]] = []
        self._pairs: list[tuple[int | str, str, str | None]] = []
        self._forms: dict[str, tuple[str, ...]] = {}

    def write(self) -> list[RowOutcome]:
        """Judge every row in order, write what they bring, and return what became of each."""
        outcomes = [self._take(row) for row in self._rows]
        self._work.documents.add_many(self._new)
        for document_id, document in self._replaced:
            self._work.documents.replace_ledger_facts(document_id, document, need_of(document, self._app.rules))
        self._work.publications.add_many(self._publications)
        added = self._work.interpretations.add_many(self._interpretations)
        for identifier, forms in self._forms.items():
            self._work.interpretations.set_signs(identifier, forms)
        pairs = [
            (place if isinstance(place, str) else added[place][0], document_id) for place, document_id, _ in self._pairs
        ]
        changed = self._work.links.judge_many(pairs, Judgement.CONFIRMED, self._app.actor)
        for outcome in outcomes:
            if outcome.outcome == "unchanged" and any(changed[place] for place in outcome.pairs):
                outcome.outcome = "updated"
            if outcome.outcome == "updated":
                outcome.changes += tuple(self._link_changes(place for place in outcome.pairs if changed[place]))
            if outcome.items:
                identifier, fresh = added[outcome.items[0]][0], added[outcome.items[-1]][1]
                outcome.id, outcome.outcome = identifier, "imported" if fresh else "unchanged"
        return outcomes

    def _link_changes(self, places: Iterable[int]) -> Iterator[CellChange]:
        for place in places:
            yield CellChange("interpretation_url", None, self._pairs[place][2])

    def _take(self, row: BatchRow) -> RowOutcome:
        entry, unit = row.entry, row.unit
        if names_no_document(entry):
            return self._take_interpretations(entry, unit)
        listed = self._listed.get(entry.row)
        refusal = other_unit(entry, listed.entry, row.columns, asked=row.asked) if listed else None
        if refusal is not None:
            return RowOutcome(entry.row, "refused", None, error=refusal)
        known, taken = self._take_document(row) if listed is None else self._take_listed(row, listed)
        last = next(reversed(known.urls), None)
        if self._take_publication(entry, known) and taken.outcome != "imported":
            taken.outcome = "updated"
            taken.changes += (CellChange("document_url", last, entry.document_url),)
        for item in entry.interpretations:
            made = interpretation_of(self._app, item)
            there = self._work.interpretations.among(known.linked, made) if known.linked else None
            if there is not None and listed is not None:
                self._take_forms(item, there, known, taken=taken)
            taken.pairs.append(len(self._pairs))
            place = len(self._interpretations) if there is None else there
            self._pairs.append((place, known.id, item.url or item.title))
            if there is None:
                self._interpretations.append((made, unit, known.document.year))
        return taken

    def _take_forms(self, item: LedgerInterpretation, there: str, known: _Known, *, taken: RowOutcome) -> None:
        forms = edited_forms(item, known.linked[there], self._app.rules)
        if forms is not None:
            taken.outcome = "updated"
            taken.changes += (forms_change(known.linked[there].forms, forms, self._app.rules),)
            self._forms[there] = forms

    def _take_listed(self, row: BatchRow, listed: _Listed) -> tuple[_Known, RowOutcome]:
        """Take what was edited in a row of the register's own list, all else as it is."""
        recorded = listed.recorded
        known = self._by_id[recorded.id]
        edits = edited(row.document, recorded, listed.entry.document, columns=row.columns)
        stated = with_edits(known.document, row.document, edits)
        here = known.state is not State.ISSUED_ELSEWHERE
        if here and "declared_attribute" not in edits:
            stated = replace(stated, declared_attribute=known.attribute)
        said = tuple(changes(known.document, stated, attribute=known.attribute, here=here))
        taken = RowOutcome(row.entry.row, "unchanged", known.id, known.id, said)
        if not here and facts(known.document) != facts(stated):
            self._replaced.append((known.id, stated))
            known.document, taken.outcome = stated, "updated"
        return known, taken

    def _take_document(self, row: BatchRow) -> tuple[_Known, RowOutcome]:
        stated, key = row.document, _key(row)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Known(
                self._add(stated, row.unit), stated, State.ISSUED_ELSEWHERE, {}, stated.declared_attribute, new=True
            )
            return known, RowOutcome(row.entry.row, "imported", known.id, changes=tuple(self._renamed(known)))
        here = known.state is not State.ISSUED_ELSEWHERE
        stated = completed(stated, known.document, row.columns)
        said = tuple(changes(known.document, stated, attribute=known.attribute, here=here))
        taken = RowOutcome(row.entry.row, "unchanged", known.id, None if known.new else known.id, said)
        if not here and facts(known.document) != facts(stated):
            self._replaced.append((known.id, stated))
            known.document, taken.outcome = stated, "updated"
        return known, taken

    def _renamed(self, known: _Known) -> Iterator[CellChange]:
        """Yield the title of the first document that bears the number of a new one: somebody may have meant to correct it."""
        others = self._bearers.get(known.document.number or "", ())
        titles = [title for key, title in others if key != known.id and title != known.document.title]
        if titles:
            yield CellChange("title", titles[0], known.document.title, taken=False)

    def _add(self, document: Document, unit: str | None) -> str:
        identifier = self._work.documents.coming_id(len(self._new))
        if document.number:
            others = self._bearers.setdefault(document.number, [])
            twins = [
                self._app.rules.finding("duplicate-number", other=other)
                for other, title in others
                if title != document.title
            ]
            if len(others) < NAMED:
                others.append((identifier, document.title))
            if twins:
                document = replace(document, findings=(*document.findings, *twins))
        digest = hashlib.sha256("\x1f".join(map(str, ("ledger", unit, *facts(document)))).encode()).hexdigest()
        self._new.append((document, digest, unit, State.ISSUED_ELSEWHERE, None, need_of(document, self._app.rules)))
        return identifier

    def _take_publication(self, entry: LedgerEntry, known: _Known) -> bool:
        url, listed = entry.document_url, self._listed.get(entry.row)
        if not url or url in known.urls or (listed is not None and url == listed.entry.document_url):
            return False
        channels = recognise_channels(url, None, self._app.rules)
        self._publications.append((known.id, Publication(url, entry.published, channels[0] if channels else None)))
        known.urls[url] = None
        return True

    def _take_interpretations(self, entry: LedgerEntry, unit: str | None) -> RowOutcome:
        taken = RowOutcome(entry.row, "refused", None)
        for item in entry.interpretations:
            made = replace(interpretation_of(self._app, item), publisher=entry.document.issuer)
            year = item.published.year if item.published else entry.document.year
            taken.items.append(len(self._interpretations))
            self._interpretations.append((made, unit, year))
        return taken


def names_no_document(entry: LedgerEntry) -> bool:
    """Whether a row is about interpretations only."""
    return entry.document.title is None and entry.document.number is None


def _listed(app: App, work: "UnitOfWork", rows: Sequence[BatchRow]) -> dict[int, _Listed]:
    """Return, by row, the document of each row that bears the id of one of the register's and is about it."""
    named = {row.entry.row: row.entry.register_id for row in rows if not names_no_document(row.entry)}
    there = work.documents.several({said for said in named.values() if said is not None and _ID.fullmatch(said)})
    read = {key: _Listed(recorded, as_listed(recorded, app.rules)) for key, recorded in there.items()}
    return {
        row.entry.row: one
        for row in rows
        if (one := read.get(named.get(row.entry.row) or "")) is not None and means(row.entry, one.recorded, one.entry)
    }


def _found(
    work: "UnitOfWork", rows: Sequence[BatchRow], listed: Mapping[int, _Listed]
) -> tuple[dict[_Key, _Known], dict[str, _Known]]:
    """Return the documents in the register that rows mean, by unit, number and title, and by id."""
    keys = {row.entry.row: _key(row) for row in rows if not names_no_document(row.entry)}
    twins = work.documents.find_ledger_twins(key for row, key in keys.items() if row not in listed)
    meant = {row: listed[row].recorded if row in listed else twins.get(key) for row, key in keys.items()}
    stating = (meant.get(row.entry.row) for row in rows if row.entry.interpretations)
    linked = work.interpretations.linked_to(recorded.id for recorded in stating if recorded is not None)
    known = {
        one.id: _Known(
            one.id, one.document, one.state, dict.fromkeys(item.url for item in one.publications), one.attribute,
            linked=linked.get(one.id, {}),
        )
        for one in meant.values()
        if one is not None
    }  # fmt: skip
    return {key: known[twin.id] for key, twin in twins.items()}, known


def _key(row: BatchRow) -> _Key:
    return row.unit, row.document.number, row.document.title


def interpretation_of(app: App, item: LedgerInterpretation) -> Interpretation:
    """Make the interpretation that a row states; what it does not say of form and channel is read off title and address.

    A form or channel that is merely assumed stays unknown: a row shows little of its page, and measures tell what is unknown.
    """
    page = Page(item.title, "", address=item.url)
    forms = item.forms or shown_codes(find_forms(page, app.rules))
    if item.non_text and app.rules.diversified_forms.isdisjoint(forms):
        forms = (*forms, "non-text")
    if item.non_text is False and not forms:
        forms = ("text",)
    return Interpretation(
        id="",
        title=item.title,
        url=item.url,
        published=item.published,
        forms=forms,
        channels=item.channels or shown_codes(find_channels(page, app.rules)),
    )
