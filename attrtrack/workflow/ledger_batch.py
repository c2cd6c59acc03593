"""The rows of one ledger batch: looked up together, judged one after the other, written together.

A row sees what the rows before it in the batch bring, as if each had been written before the next was read: ids are
foretold (writers take turns), so that a finding can name a document that is yet to be written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import Judgement, Publication
from attrtrack.domain.ledgers import CellChange, LedgerEntry, LedgerError, LedgerInterpretation
from attrtrack.domain.register import ListedInterpretation, RecordedDocument
from attrtrack.workflow.app import App
from attrtrack.workflow.ledger_changes import changes, completed, facts
from attrtrack.workflow.ledger_rows import BatchRow, WholeRow, WholeRows, new_document
from attrtrack.workflow.listed_rows import as_listed, edited, edited_forms, forms_change, means, other_unit, with_edits
from attrtrack.workflow.needing import need_of

if TYPE_CHECKING:
    from attrtrack.storage import PrintedDocument, PrintedInterpretation, UnitOfWork

NAMED = 20
"""Bearers of a number that a document's findings name; a ledger that numbers every row alike must not name them all."""

_ID = re.compile(r"D[1-9]\d{0,14}", re.ASCII)
_Key = tuple[str | None, str | None, str | None]


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
    """A document as the row at hand finds it: `recorded` in the register, or brought by the earlier row of number `row`.

    `stated` is the document itself as an earlier row left it, None where nobody has asked for it yet.
    """

    id: str
    year: int | None
    recorded: RecordedDocument | None = None
    row: int = 0
    stated: Document | None = None
    urls: dict[str, None] = field(default_factory=dict)
    linked: Mapping[str, ListedInterpretation] = field(default_factory=dict)

    @property
    def here(self) -> bool:
        """Whether it was recorded here, so that a ledger replaces nothing of it."""
        return self.recorded is not None and self.recorded.state is not State.ISSUED_ELSEWHERE

    def becomes(self, stated: Document) -> None:
        """Let it be what a row states."""
        self.stated, self.year = stated, stated.year


@dataclass(frozen=True, slots=True)
class _Listed:
    """The document that a row of the register's own list is about, and what its row says when nobody has edited it."""

    recorded: RecordedDocument
    entry: LedgerEntry


class LedgerBatch:
    """The rows of one transaction; `take` them all, then `write`."""

    def __init__(self, app: App, work: "UnitOfWork", rows: Sequence[BatchRow], wholes: WholeRows) -> None:
        self._app = app
        self._work = work
        self._rows = rows
        self._wholes = wholes
        self._listed = _listed(app, work, rows, wholes)
        self._known, self._by_id = _found(work, rows, self._listed)
        self._bearers = work.documents.bearers_of([row.number for row in rows if row.number], limit=NAMED)
        self._new: list[PrintedDocument] = []
        self._replaced: list[tuple[str, Document]] = []
        self._publications: list[tuple[str, Publication]] = []
        self._interpretations: list[tuple[PrintedInterpretation, int | None]] = []
        self._pairs: list[tuple[int | str, str, str | None]] = []
        self._forms: dict[str, tuple[str, ...]] = {}

    def write(self) -> list[RowOutcome]:
        """Judge every row in order, write what they bring, and return what became of each."""
        outcomes = [self._take(row) for row in self._rows]
        self._work.documents.add_printed(self._new)
        for document_id, document in self._replaced:
            self._work.documents.replace_ledger_facts(document_id, document, need_of(document, self._app.rules))
        self._work.publications.add_many(self._publications)
        added = self._work.interpretations.add_printed(self._interpretations)
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
        if not row.has_document:
            return self._take_interpretations(row)
        listed = self._listed.get(row.row)
        refusal = self._other_unit(row, listed) if listed else None
        if refusal is not None:
            return RowOutcome(row.row, "refused", None, error=refusal)
        known, taken = self._take_document(row) if listed is None else self._take_listed(row, listed)
        last = next(reversed(known.urls), None)
        if row.published is not None and self._take_publication(row, known) and taken.outcome != "imported":
            taken.outcome = "updated"
            taken.changes += (CellChange("document_url", last, row.published[0]),)
        for place, item in enumerate(row.interpretations):
            there = self._among(known, row, place) if known.linked else None
            if there is not None and listed is not None:
                self._take_forms(self._whole(row).entry.interpretations[place], there, known, taken=taken)
            taken.pairs.append(len(self._pairs))
            self._pairs.append((len(self._interpretations) if there is None else there, known.id, item.called))
            if there is None:
                self._interpretations.append((self._printed(row, place), known.year))
        return taken

    def _whole(self, row: BatchRow) -> WholeRow:
        return self._wholes[row.row]

    def _document(self, known: _Known) -> Document:
        if known.stated is None:
            known.stated = known.recorded.document if known.recorded else self._wholes[known.row].document
        return known.stated

    def _other_unit(self, row: BatchRow, listed: _Listed) -> LedgerError | None:
        whole = self._whole(row)
        return other_unit(whole.entry, listed.entry, whole.columns, asked=whole.asked)

    def _among(self, known: _Known, row: BatchRow, place: int) -> str | None:
        """Return which of the interpretations of a document in the register a row means."""
        return self._work.interpretations.among(known.linked, self._whole(row).made[place])

    def _printed(self, row: BatchRow, place: int) -> "PrintedInterpretation":
        printed = row.interpretations[place].printed
        return printed or self._work.interpretations.printed(self._whole(row).made[place], row.unit)

    def _take_forms(self, item: LedgerInterpretation, there: str, known: _Known, *, taken: RowOutcome) -> None:
        forms = edited_forms(item, known.linked[there], self._app.rules)
        if forms is not None:
            taken.outcome = "updated"
            taken.changes += (forms_change(known.linked[there].forms, forms, self._app.rules),)
            self._forms[there] = forms

    def _take_listed(self, row: BatchRow, listed: _Listed) -> tuple[_Known, RowOutcome]:
        """Take what was edited in a row of the register's own list, all else as it is."""
        recorded, whole = listed.recorded, self._whole(row)
        known = self._by_id[recorded.id]
        edits = edited(whole.document, recorded, listed.entry.document, columns=whole.columns)
        stated = with_edits(self._document(known), whole.document, edits)
        if known.here and "declared_attribute" not in edits:
            stated = replace(stated, declared_attribute=recorded.attribute)
        return known, self._compared(row, known, stated)

    def _take_document(self, row: BatchRow) -> tuple[_Known, RowOutcome]:
        key = _key(row)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Known(self._add(row), row.year, row=row.row)
            return known, RowOutcome(row.row, "imported", known.id, changes=self._renamed(row, known.id))
        whole = self._whole(row)
        return known, self._compared(row, known, completed(whole.document, self._document(known), whole.columns))

    def _compared(self, row: BatchRow, known: _Known, stated: Document) -> RowOutcome:
        """Compare what a row states with what is known, and let it replace that where a ledger may."""
        document, recorded = self._document(known), known.recorded
        attribute = recorded.attribute if recorded else document.declared_attribute
        said = tuple(changes(document, stated, attribute=attribute, here=known.here))
        taken = RowOutcome(row.row, "unchanged", known.id, recorded.id if recorded else None, said)
        if not known.here and facts(document) != facts(stated):
            self._replaced.append((known.id, stated))
            known.becomes(stated)
            taken.outcome = "updated"
        return taken

    def _renamed(self, row: BatchRow, identifier: str) -> tuple[CellChange, ...]:
        """Return the title of the first document that bears the number of a new one: somebody may have meant to correct it."""
        others = self._bearers.get(row.number or "", ())
        titles = [title for key, title in others if key != identifier and title != row.title]
        return (CellChange("title", titles[0], row.title, taken=False),) if titles else ()

    def _add(self, row: BatchRow) -> str:
        identifier, twins = self._work.documents.coming_id(len(self._new)), []
        if row.number:
            others = self._bearers.setdefault(row.number, [])
            twins = [other for other, title in others if title != row.title]
            if len(others) < NAMED:
                others.append((identifier, row.title))
        self._new.append(row.printed if row.printed and not twins else self._beside(row, twins))
        return identifier

    def _beside(self, row: BatchRow, twins: Sequence[str]) -> "PrintedDocument":
        """Print the row of a new document with a finding on each document that bears its number."""
        document = self._whole(row).document
        found = [self._app.rules.finding("duplicate-number", other=other) for other in twins]
        told = replace(document, findings=(*document.findings, *found))
        return self._work.documents.printed(new_document(self._app, told, row.unit))

    def _take_publication(self, row: BatchRow, known: _Known) -> bool:
        assert row.published is not None  # noqa: S101 - asked by the caller
        url, listed = row.published[0], self._listed.get(row.row)
        if url in known.urls or (listed is not None and url == listed.entry.document_url):
            return False
        self._publications.append((known.id, Publication(*row.published)))
        known.urls[url] = None
        return True

    def _take_interpretations(self, row: BatchRow) -> RowOutcome:
        taken = RowOutcome(row.row, "refused", None)
        for place, item in enumerate(row.interpretations):
            taken.items.append(len(self._interpretations))
            self._interpretations.append((self._printed(row, place), item.year or row.year))
        return taken


def _listed(app: App, work: "UnitOfWork", rows: Sequence[BatchRow], wholes: WholeRows) -> dict[int, _Listed]:
    """Return, by row, the document of each row that bears the id of one of the register's and is about it."""
    named = [row for row in rows if row.has_document and row.register_id and _ID.fullmatch(row.register_id)]
    there = work.documents.several({row.register_id for row in named if row.register_id})
    read = {key: _Listed(recorded, as_listed(recorded, app.rules)) for key, recorded in there.items()}
    return {
        row.row: one
        for row in named
        if (one := read.get(row.register_id or "")) and means(wholes[row.row].entry, one.recorded, one.entry)
    }


def _found(
    work: "UnitOfWork", rows: Sequence[BatchRow], listed: Mapping[int, _Listed]
) -> tuple[dict[_Key, _Known], dict[str, _Known]]:
    """Return the documents in the register that rows mean, by unit, number and title, and by id."""
    keys = {row.row: _key(row) for row in rows if row.has_document}
    asked = [row for row in rows if row.has_document and row.row not in listed]
    twins = {
        **work.documents.twins_by_hash({row.printed.twin: _key(row) for row in asked if row.printed}),
        **work.documents.find_ledger_twins(_key(row) for row in asked if not row.printed),
    }
    meant = {row: listed[row].recorded if row in listed else twins.get(key) for row, key in keys.items()}
    stating = (meant.get(row.row) for row in rows if row.interpretations)
    linked = work.interpretations.linked_to(recorded.id for recorded in stating if recorded is not None)
    known = {
        one.id: _Known(
            one.id,
            one.document.year,
            one,
            urls=dict.fromkeys(item.url for item in one.publications),
            linked=linked.get(one.id, {}),
        )
        for one in meant.values()
        if one is not None
    }
    return {key: known[twin.id] for key, twin in twins.items()}, known


def _key(row: BatchRow) -> _Key:
    return row.unit, row.number, row.title
