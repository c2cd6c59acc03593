"""From labelled letters to a table of features; many letters are read by two processes at once.

Chunks are merged in the order of the letters, so that the number of processes cannot change a model.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from attrtrack.nlp.corpus import LetterRow, check_reasons, deciding_sentences, letter_of, writers_of
from attrtrack.nlp.counting import Text, document, excerpt, pack
from attrtrack.nlp.features import Extractor
from attrtrack.nlp.forking import in_processes, sensible_processes
from attrtrack.nlp.gathering import gather
from attrtrack.nlp.packing import FeatureTable, Packed
from attrtrack.nlp.vocabulary import WriterNumbers, hopeful
from attrtrack.rules.tables import Rules

_CHUNK = 100
_WORTH_TWO_PROCESSES = 600

Progress = Callable[[str, int, int], object]
"""Is told what is being done, how much of it is done, and how much there is."""


def untold(_what: str, _done: int, _total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Labelled letters in order of id, so that folds need not extract them again.

    Each has its row in `table`, and in `excerpts` a row for its deciding sentences alone (empty where none is marked).
    """

    rows: tuple[LetterRow, ...]
    table: FeatureTable
    excerpts: FeatureTable

    def part(self, places: Sequence[int] | NDArray[np.intp]) -> "Prepared":
        """Return some of the letters, by their places."""
        return Prepared(
            tuple(self.rows[place] for place in places), self.table.part(places), self.excerpts.part(places)
        )

    def where(self, wanted: Callable[[LetterRow], bool]) -> "Prepared":
        """Return the letters that are wanted."""
        return self.part([place for place, row in enumerate(self.rows) if wanted(row)])

    @property
    def writers(self) -> WriterNumbers:
        """The number of each letter's writer."""
        return writer_numbers(self.rows)

    @property
    def labels(self) -> list[str]:
        """The attribute of each letter, as the model names it."""
        return [row.label.value for row in self.rows]


def writer_numbers(rows: Sequence[LetterRow]) -> WriterNumbers:
    """Return the number of each letter's writer; writers are numbered in order of name."""
    numbers = {writer: number for number, writer in enumerate(writers_of(rows))}
    return np.array([numbers[row.writer] for row in rows], dtype=np.intp)


def prepare(
    rows: Sequence[LetterRow], rules: Rules, *, processes: int | None = None, progress: Progress = untold
) -> Prepared:
    """Check the rows and extract their features; `processes` None: two where there are many letters."""
    check_reasons(rows, rules)
    ordered = tuple(sorted(rows, key=lambda row: row.id))
    chunks = [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]
    count = processes or (1 if len(ordered) < _WORTH_TWO_PROCESSES else sensible_processes())
    extractor = Extractor.of(rules)

    def packed(chunk: Sequence[LetterRow]) -> Packed:
        return pack(list(_texts(chunk, extractor, rules)))

    if count > 1:
        packed(ordered[:1])  # so that the processes share dictionaries that are loaded with the first letter
    parts = map(packed, chunks) if count == 1 else in_processes(packed, chunks, count)
    both = gather(_told(parts, len(ordered), progress))
    table = both.table(hopeful(both, np.repeat(writer_numbers(ordered), 2)))
    numbers = np.arange(len(ordered)) * 2
    return Prepared(ordered, table.part(numbers), table.part(numbers + 1))


def _texts(rows: Sequence[LetterRow], extractor: Extractor, rules: Rules) -> Iterator[Text]:
    """Yield document and excerpt of each letter; copies of one letter, which stand side by side, are read once."""
    before, read = None, tuple[Text, ...]()
    for row in rows:
        if before is None or replace(row, id=before.id) != before:
            read = _document_and_excerpt(row, extractor, rules)
        before = row
        yield from read


def _document_and_excerpt(row: LetterRow, extractor: Extractor, rules: Rules) -> tuple[Text, Text]:
    letter = letter_of(row, rules)
    parts = extractor.read(letter)
    return document(parts), excerpt(parts, deciding_sentences(row, letter))


def _told(parts: Iterator[Packed], total: int, progress: Progress) -> Iterator[Packed]:
    done = 0
    for part in parts:
        yield part
        done += len(part.lengths) // 2
        progress("提取特征", done, total)
