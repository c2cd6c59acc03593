"""Which of 10^6 documents may be what a page explains? The few worth judging, found without reading the others' facets.

Decision: exact names, cited numbers and addresses first; then likeness inside the unit that published the page, where it
is known; then likeness among all. Nothing is decided here: what is found goes to the judges, best first.
"""

from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from attrtrack.domain.interpretations import LinkableDocument
from attrtrack.linking.numbering import numbers_of
from attrtrack.linking.profiles import MOST_LINKS, InterpretationProfile, bare_address, organ_key
from attrtrack.nlp.forking import for_each
from attrtrack.nlp.postings import Asked, KeyRows
from attrtrack.nlp.similarity import NameIndex, alike
from attrtrack.nlp.titles import corrected, names_of

_LINKS, _OF_LEAD = 25, 25
_NEARLY, _WORSE = 0.85, 0.35
_OF_ONE_KEY, _KEPT_OF_ONE_KEY = 400, 16
_SMALL_REGISTER = 5_000
_FEW_DOCUMENTS = 10_000
"""So many are read in the time that it takes to start processes and to gather what they read."""
_ALIKE_ENOUGH = 0.8
_SAME_UNIT, _FITTING_DAY = 0.05, 0.08
_DAYS_BEFORE, _DAYS_AFTER = 75, 400
_SETTLED_BEFORE, _SETTLED_AFTER = 31, 45


_Read = tuple[tuple[str, ...], tuple[tuple[str, int], ...]]
"""What the index keeps of one document: its bare names and the series and serials of its numbers."""


class _Wanted(NamedTuple):
    """The unit (block) and the day (ordinal) of a page, where they are known, and its title."""

    block: int | None
    day: int | None
    title: str


class _Width(NamedTuple):
    """How wide a search for likeness goes: bigrams looked up, names seen, names kept."""

    pairs: int
    seen: int
    kept: int


_WIDE, _BESIDE_EXACT = _Width(24, 25, 8), _Width(10, 10, 2)
_NOTHING = 0.0, 0


class _Search(NamedTuple):
    """A name to search for, for which page, how widely, and the rows that bear this very name."""

    name: str
    wanted: _Wanted
    width: _Width
    rows: dict[int, None]


class _Begun(NamedTuple):
    """The rows that a page names by number and address, and what is to be searched for by likeness."""

    rows: dict[int, None]
    searches: Sequence[_Search]


class Candidates:
    """Finds the documents worth judging for a page; built once, it never changes."""

    def __init__(
        self, documents: Sequence[LinkableDocument], corrections: Sequence[str], processes: int | None = 1
    ) -> None:
        alone = len(documents) <= _FEW_DOCUMENTS
        read = list(for_each(partial(_read, corrections=corrections), documents, processes=1 if alone else processes))
        self._documents = documents
        self._blocks: dict[str, int] = {}
        self._block_of_row = array("i", map(self._block_of, documents))
        self.names = NameIndex([names for names, _ in read], self._block_of_row)
        self._numbers = KeyRows(numbers for _, numbers in read)
        self._addresses = KeyRows(_addresses_of(document) for document in documents)
        self._days = array("i", (document.date.toordinal() if document.date else 0 for document in documents))

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.names.size + self._numbers.size + self._addresses.size + 8 * len(self._days)

    def of(self, pages: Sequence[InterpretationProfile]) -> list[tuple[int, ...]]:
        """Return for each page the rows worth judging, each once: named exactly, numbered, linked to, and most alike.

        The pages of a batch are searched for together, which takes less time than each alone.
        """
        found = [self._begun(page) for page in pages]
        searches = [search for one in found for search in one.searches]
        for search, rows in zip(searches, self._alike(searches), strict=True):
            search.rows.update(dict.fromkeys(rows))
        return [self._gathered(page, one) for page, one in zip(pages, found, strict=True)]

    def _begun(self, page: InterpretationProfile) -> _Begun:
        """Find what a page names, numbers and links to, and say what is to be searched for by likeness."""
        wanted = _Wanted(
            self._blocks.get(page.publisher),
            page.day.toordinal() if page.day else None,
            page.interpretation.title or "",
        )
        rows: dict[int, None] = dict.fromkeys(self._addressed(page))
        for number in page.numbers:
            rows.update(
                dict.fromkeys(self._fitting(self._numbers.of((number.key.series, number.key.serial)).tolist(), wanted))
            )
        searches: list[_Search] = []
        for core, names in {named.facets.core: named.facets.names for named in page.titles}.items():
            exact = [row for name in names for row in self._fitting(self.names.exact(name), wanted)]
            settled = any(self._appeared_with(row, wanted) for row in exact)
            searches.append(_Search(core, wanted, _BESIDE_EXACT if settled else _WIDE, dict.fromkeys(exact)))
        return _Begun(rows, searches)

    def _gathered(self, page: InterpretationProfile, found: _Begun) -> tuple[int, ...]:
        rows = found.rows
        for search in found.searches:
            rows.update(search.rows)
        if not page.title_speaks and (page.interpretation.text or not page.titles):
            rows.update((row, None) for row, _ in self.names.near(page.lead, _OF_LEAD))
        return tuple(rows)

    def _alike(self, searches: Sequence[_Search]) -> Iterator[list[int]]:
        """Yield for each search the rows most alike: of the unit, and of all where the unit is unknown or has none like it."""
        large = len(self._days) > _SMALL_REGISTER
        blocks = [search.wanted.block if large else None for search in searches]
        found = list(self._scored(searches, blocks))
        wider = [
            number
            for number, (block, scored) in enumerate(zip(blocks, found, strict=True))
            if block is not None and max(scored, default=_NOTHING)[0] < _ALIKE_ENOUGH
        ]
        everywhere = self._scored([searches[number] for number in wider], [None] * len(wider))
        for number, scored in zip(wider, everywhere, strict=True):
            found[number] += scored
        yield from map(self._best, searches, found)

    def _best(self, search: _Search, found: Sequence[tuple[float, int]]) -> list[int]:
        """Return the best; where a document of that very name and time was found, only what could be taken for it."""
        width = search.width
        least = _NEARLY if width is _BESIDE_EXACT else max(found, default=_NOTHING)[0] - _WORSE
        ranked = sorted([(-score - self._fit(row, search.wanted), row) for score, row in set(found) if score >= least])
        return [row for _, row in ranked[: width.kept]]

    def _scored(self, searches: Sequence[_Search], blocks: Sequence[int | None]) -> Iterator[list[tuple[float, int]]]:
        asked = [Asked(search.name, search.width.pairs, block) for search, block in zip(searches, blocks, strict=True)]
        nearest = self.names.nearest(asked, [search.width.seen for search in searches])
        for search, rows in zip(searches, nearest, strict=True):
            yield [(score, row) for row, score in self.names.alike(search.name, rows).items()]

    def _fitting(self, rows: Sequence[int], wanted: _Wanted) -> Sequence[int]:
        """Return the rows that bear one key; of very many, those of the page's unit, time and words (第461号)."""
        if len(rows) <= _KEPT_OF_ONE_KEY:
            return rows
        return sorted(rows[:_OF_ONE_KEY], key=lambda row: -self._likely(row, wanted))[:_KEPT_OF_ONE_KEY]

    def _likely(self, row: int, wanted: _Wanted) -> float:
        return self._fit(row, wanted) + alike(wanted.title, (self._documents[row].title,))[0]

    def _fit(self, row: int, wanted: _Wanted) -> float:
        """Return how well unit and time of a row suit the page, as a share of likeness."""
        fit = _SAME_UNIT if self._block_of_row[row] == wanted.block else 0.0
        day = self._days[row]
        if wanted.day is not None and day and -_DAYS_BEFORE <= wanted.day - day <= _DAYS_AFTER:
            fit += _FITTING_DAY
        return fit

    def _appeared_with(self, row: int, wanted: _Wanted) -> bool:
        """Whether a document is of the page's days: of that name a year earlier, the page may explain its successor."""
        day = self._days[row]
        return wanted.day is not None and day > 0 and -_SETTLED_BEFORE <= wanted.day - day <= _SETTLED_AFTER

    def _addressed(self, page: InterpretationProfile) -> Iterator[int]:
        for address in filter(None, (page.address, *page.addresses)):
            yield from self._addresses.of(address)[:_LINKS].tolist()

    def _block_of(self, document: LinkableDocument) -> int:
        key = organ_key((document.issuer or "").split(" ")[0])
        return self._blocks.setdefault(key, len(self._blocks) + 1) if key else 0


def _read(document: LinkableDocument, corrections: Sequence[str]) -> _Read:
    numbers = tuple((key.series, key.serial) for key in numbers_of(document))
    return names_of(corrected(document.title, corrections)), numbers


def _addresses_of(document: LinkableDocument) -> Iterator[str]:
    """Yield the document's own address and those its page links to (文件与解读相互关联)."""
    return filter(None, map(bare_address, (document.url, *document.links[:MOST_LINKS])))
