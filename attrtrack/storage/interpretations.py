"""Interpretations of the register.

Decision: an interpretation is known again by its address and title; where one of the two is not stated, or a title is
shortened, the address alone tells. One address with two different titles (a list page given for every row) is two. A
page saved without its address, or an entry listed without one, is known by title and day where only one is called so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from attrtrack.domain.interpretations import Interpretation, Judgement
from attrtrack.domain.register import ListedInterpretation, RecordedInterpretation
from attrtrack.storage import identifiers
from attrtrack.storage.among import rows_among
from attrtrack.storage.identifiers import interpretation_key, unknown_record
from attrtrack.storage.mapping import Values, address_key, interpretation_of, interpretation_values, twin_hash, unit_key
from attrtrack.storage.printed import PrintedForm, PrintedRow
from attrtrack.storage.tables import interpretations, links
from attrtrack.storage.transaction import Transaction

Added = tuple[str, bool]
"""The id of an interpretation, and whether it was new."""
_Place = tuple[str | None, str | None]
"""Address key and unit."""
_NO_WORD = re.compile(r"[\W_]+")
_FEWEST_SIGNS = 4
_MOST_CALLED_ALIKE = 50


class PrintedInterpretation(NamedTuple):
    """An interpretation printed for its row, with what tells whether it is there already."""

    twin: str | None
    address: str | None
    unit: str | None
    title: str | None
    row: PrintedRow


_FORM = PrintedForm(interpretations, late=("id", "year"), common=("recorded_at",))


def printed_interpretation(interpretation: Interpretation, unit: str | None) -> PrintedInterpretation:
    """Print the row of an interpretation, all but its key, year and time; `BadRowError` for what no row can hold."""
    values = _values(interpretation, unit)
    return PrintedInterpretation(
        values["twin_hash"], values["address_key"], unit, interpretation.title, _FORM.print(values)
    )


def _values(interpretation: Interpretation, unit: str | None) -> Values:
    twin = twin_hash(interpretation.url, interpretation.title, unit)
    return {"twin_hash": twin, "unit": unit_key(unit), **interpretation_values(interpretation)}


class Interpretations:
    """The interpretations; the same address and title of the same unit is the same interpretation."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, interpretation: Interpretation, *, unit: str | None, year: int | None) -> RecordedInterpretation:
        """Add an interpretation, or return the one already there; its `id` is given by the register.

        One with neither address nor title cannot be known again and is added each time.
        """
        known = self.known(interpretation, unit=unit)
        if known is not None:
            return known
        values = {**_values(interpretation, unit), "year": year, "recorded_at": self._transaction.now}
        identifier = identifiers.interpretation_id(self._transaction.insert(interpretations, values))
        return RecordedInterpretation(identifier, replace(interpretation, id=identifier), unit, year)

    def add_many(self, rows: Sequence[tuple[Interpretation, str | None, int | None]]) -> list[Added]:
        """Add many interpretations with their units and years; see `add_printed`."""
        return self.add_printed([(printed_interpretation(item, unit), year) for item, unit, year in rows])

    @staticmethod
    def printed(interpretation: Interpretation, unit: str | None) -> PrintedInterpretation:
        """Print the row of an interpretation; see `printed_interpretation`."""
        return printed_interpretation(interpretation, unit)

    def add_printed(self, rows: Sequence[tuple[PrintedInterpretation, int | None]]) -> list[Added]:
        """Add many interpretations that were printed beforehand, each with its year.

        Returns for each its id, and whether it is new: the same address and title of the same unit counts once here too.
        """
        known = self._known_by_twin(item.twin for item, _ in rows)
        placed = self._known_by_address(item.address for item, _ in rows)
        added, fresh = list[Added](), list[PrintedRow]()
        for item, year in rows:
            place = (item.address, item.unit)
            found = known.get(item.twin) or _of_title(placed.get(place, ()), item.title)
            if found is not None:
                added.append((found, False))
                continue
            key = self._transaction.next_key(interpretations)
            fresh.append((key, year, *item.row))
            added.append((identifiers.interpretation_id(key), True))
            if item.twin is not None:
                known[item.twin] = added[-1][0]
            if item.address is not None:
                placed.setdefault(place, []).append((added[-1][0], item.title))
        self._transaction.insert_printed(_FORM, fresh, {"recorded_at": self._transaction.now})
        return added

    def _known_by_twin(self, twins: Iterable[str | None]) -> dict[str | None, str]:
        wanted = {twin for twin in twins if twin is not None}
        asked = rows_among(self._transaction, _TWINS.where, interpretations.c.twin_hash, keys=wanted)
        return {row.twin_hash: identifiers.interpretation_id(row.id) for row in asked}

    def _known_by_address(self, keys: Iterable[str | None]) -> dict[_Place, list[tuple[str, str | None]]]:
        found: dict[_Place, list[tuple[str, str | None]]] = {}
        wanted = {key for key in keys if key is not None}
        for row in rows_among(self._transaction, _PLACED.where, interpretations.c.address_key, keys=wanted):
            item = (identifiers.interpretation_id(row.id), row.title)
            found.setdefault((row.address_key, row.unit), []).append(item)
        return found

    def known(self, interpretation: Interpretation, *, unit: str | None) -> RecordedInterpretation | None:
        """Return the record of an interpretation that is there already, or None."""
        twin = twin_hash(interpretation.url, interpretation.title, unit)
        exact = self._first(interpretations.c.twin_hash == twin) if twin is not None else None
        if exact is not None or interpretation.url is None:
            return exact
        there = [item for item in self.at_address(interpretation.url, unit=unit) if item.unit == unit]
        same = _of_title([(item.id, item.interpretation.title) for item in there], interpretation.title)
        return next((item for item in there if item.id == same), None)

    def at_address(self, url: str, *, unit: str | None) -> list[RecordedInterpretation]:
        """Return the interpretations of a unit (None: of any) at an address, whatever their titles, in order of entry."""
        query = sa.select(interpretations).where(interpretations.c.address_key == address_key(url))
        if unit is not None:
            query = query.where(interpretations.c.unit == unit)
        return [interpretation_of(row) for row in self._transaction.rows(query.order_by(interpretations.c.id))]

    def linked_to(self, document_ids: Iterable[str]) -> dict[str, dict[str, ListedInterpretation]]:
        """Return the interpretations of some documents, by the id of either, rejected ones among them, in order of entry."""
        found: dict[str, dict[str, ListedInterpretation]] = {}
        keys = dict.fromkeys(map(identifiers.document_key, document_ids))
        for row in rows_among(self._transaction, _LISTED.where, links.c.document_id, keys=keys):
            there = found.setdefault(identifiers.document_id(row.document_id), {})
            there[identifiers.interpretation_id(row.id)] = ListedInterpretation(row.title, row.url, tuple(row.forms))
        return found

    @staticmethod
    def among(there: Mapping[str, ListedInterpretation], stated: Interpretation) -> str | None:
        """Return which of a document's own interpretations is meant: by address and title; without address, by its forms."""
        at = address_key(stated.url)
        forms = set(stated.forms)
        for identifier, item in there.items():
            if address_key(item.url) == at and _agree(item.title, stated.title) and (at or forms <= set(item.forms)):
                return identifier
        return None

    def known_anywhere(self, interpretation: Interpretation) -> RecordedInterpretation | None:
        """Return the one record of any unit at this address whose title may be the same; None where several may."""
        there = self.at_address(interpretation.url, unit=None) if interpretation.url else []
        same = [item for item in there if _agree(item.interpretation.title, interpretation.title)]
        return same[0] if len(same) == 1 else None

    def known_by_title(self, page: Interpretation, *, unit: str | None) -> RecordedInterpretation | None:
        """Return the only one of a unit (None: of any) called so, where one of the two has no address; else None.

        Days that differ tell two apart, and an address that is in the register already is looked for there.
        """
        if page.title is None or (page.url is not None and self.at_address(page.url, unit=None)):
            return None
        query = sa.select(interpretations).where(interpretations.c.title == page.title)
        if page.url is not None:
            query = query.where(interpretations.c.url.is_(None))
        if unit is not None:
            query = query.where(interpretations.c.unit == unit)
        same = [interpretation_of(row) for row in self._transaction.rows(query.limit(_MOST_CALLED_ALIKE))]
        days = (page.published, None)
        same = [item for item in same if page.published is None or item.interpretation.published in days]
        return same[0] if len(same) == 1 else None

    def complete(self, known: RecordedInterpretation, page: Interpretation, *, year: int | None) -> bool:
        """Let a page that was read say what nobody had stated of its interpretation; return whether that changed anything.

        Text and links are the page's own; one that does not say its address replaces none that are there already.
        Forms stated without naming one (`non-text`) give way to those that it shows.
        """
        item = known.interpretation
        own = page.url is not None or not item.text
        said = {name: value for name in _OF_THE_PAGE if own and (value := getattr(page, name))}
        said |= {name: getattr(page, name) for name in _IF_UNSTATED if not getattr(item, name)}
        if item.forms == _UNNAMED and page.forms:
            said["forms"] = page.forms
        if item.title is None and self.known(replace(item, title=page.title), unit=known.unit) in {None, known}:
            said["title"] = page.title
        told = replace(item, **said)
        if told == item:
            return False
        values = interpretation_values(told)
        values["twin_hash"] = twin_hash(told.url, told.title, known.unit)
        values["year"] = known.year if known.year is not None else year
        mine = interpretations.c.id == interpretation_key(known.id)
        self._transaction.execute(interpretations.update().where(mine).values(**values))
        return True

    def set_signs(self, interpretation_id: str, forms: Sequence[str], channels: Sequence[str] | None = None) -> None:
        """Let an interpretation have these forms and channels (None: the channels it has)."""
        mine = interpretations.c.id == interpretation_key(interpretation_id)
        said = {"forms": list(forms)} if channels is None else {"forms": list(forms), "channels": list(channels)}
        self._transaction.execute(interpretations.update().where(mine).values(**said))

    def get(self, interpretation_id: str) -> RecordedInterpretation:
        """Return an interpretation; `UnknownRecordError` when there is none."""
        found = self._first(interpretations.c.id == interpretation_key(interpretation_id))
        if found is None:
            raise unknown_record("I", interpretation_id)
        return found

    def all(self, unit: str | None = None, year: int | None = None) -> Iterator[RecordedInterpretation]:
        """Yield the interpretations of a unit and a year (None: all) in order of entry."""
        return map(interpretation_of, self._transaction.stream(self._of(unit, year)))

    def unsettled(self, unit: str | None = None, year: int | None = None) -> Iterator[RecordedInterpretation]:
        """Yield those of a unit and a year for which no document is confirmed, in order of entry."""
        settled = sa.exists().where(
            links.c.interpretation_id == interpretations.c.id, links.c.judgement == Judgement.CONFIRMED.value
        )
        query = self._of(unit, year).where(~settled)
        return map(interpretation_of, self._transaction.stream(query))

    @staticmethod
    def _of(unit: str | None, year: int | None) -> "sa.Select[Any]":
        query = sa.select(interpretations).order_by(interpretations.c.id)
        if unit is not None:
            query = query.where(interpretations.c.unit == unit)
        return query if year is None else query.where(interpretations.c.year == year)

    def _first(self, condition: "sa.ColumnElement[bool]") -> RecordedInterpretation | None:
        row = self._transaction.first(sa.select(interpretations).where(condition))
        return None if row is None else interpretation_of(row)


_COLUMNS = interpretations.c
_TWINS = sa.select(_COLUMNS.id, _COLUMNS.twin_hash)
_PLACED = sa.select(_COLUMNS.id, _COLUMNS.address_key, _COLUMNS.unit, _COLUMNS.title).order_by(_COLUMNS.id)
_LISTED = (
    sa.select(links.c.document_id, _COLUMNS.id, _COLUMNS.title, _COLUMNS.url, _COLUMNS.forms)
    .select_from(links.join(interpretations, _COLUMNS.id == links.c.interpretation_id))
    .order_by(_COLUMNS.id)
)
_OF_THE_PAGE = ("text", "links")
_IF_UNSTATED = ("url", "published", "publisher", "forms", "channels")
_UNNAMED = ("non-text",)


def _of_title(there: Sequence[tuple[str, str | None]], title: str | None) -> str | None:
    """Return the first interpretation at an address whose title may be this one: equal, shortened, or not stated."""
    return next((identifier for identifier, known in there if _agree(known, title)), None)


def _agree(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    shorter, longer = sorted((_NO_WORD.sub("", one), _NO_WORD.sub("", other)), key=len)
    return shorter == longer or (len(shorter) >= _FEWEST_SIGNS and shorter in longer)
