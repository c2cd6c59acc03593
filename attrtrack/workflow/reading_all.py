"""`read` over folders: every file once, what was read before left out, every outcome told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from attrtrack.domain.documents import Document
from attrtrack.errors import AttrtrackError, ClassifiedMaterialError, InputRefusedError
from attrtrack.recording import record, refuse_classified_name
from attrtrack.workflow import shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.reading_batch import LoadedFile, ReadingBatch, RefusedFile, file_state
from attrtrack.workflow.results import Results
from attrtrack.workflow.walking import FoundFile, find_files

MOST_COUNTED = 200_000


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What became of one file: a document or an error."""

    name: str
    result: Document | AttrtrackError


class ReadingAll:
    """One run over the paths given; `skipped` counts the files whose results are already there."""

    def __init__(self, app: App, paths: list[str], results: Results | None) -> None:
        self._app = app
        self._paths = paths
        self._results = results
        self.skipped = 0

    def outcomes(self, batch: ReadingBatch) -> Iterator[ReadOutcome]:
        """Yield each file's outcome, in order; its row is kept before it is told."""
        for name, read in batch.files(self._to_read(find_files(self._paths))):
            result = self._recorded(name, read)
            if self._results is not None:
                self._keep(self._results, ReadOutcome(name, result), read.state)
            yield ReadOutcome(name, result)

    def _to_read(self, found: Iterable[FoundFile]) -> Iterator[FoundFile]:
        for item in found:
            results = self._results
            if results is None or item.error is not None:
                yield item
            elif not results.is_itself(item.name):
                if results.has(item.name, file_state(item.name)):
                    self.skipped += 1
                else:
                    yield item

    def _recorded(self, name: str, read: LoadedFile | RefusedFile) -> Document | AttrtrackError:
        try:
            if isinstance(read, RefusedFile):
                refuse_classified_name(name, self._app.rules)
                return read.error
            return record(read.source, self._app.rules)
        except InputRefusedError as error:
            return error

    @staticmethod
    def _keep(results: Results, outcome: ReadOutcome, state: str) -> None:
        """Keep a row, unless the file is classified (nothing of it is kept) or the same fault was already told."""
        if isinstance(outcome.result, ClassifiedMaterialError):
            return
        if isinstance(outcome.result, AttrtrackError):
            state = state or outcome.result.code
            if not results.has(outcome.name, state):
                results.add(shapes.refused_row(outcome.name, outcome.result), state)
            return
        results.add(shapes.document_row(outcome.name, outcome.result), state)


def count_files(paths: list[str], most: int = MOST_COUNTED) -> int | None:
    """Count the files below the paths; None when there are more than `most`, so that nobody waits for a count."""
    total = sum(1 for _ in islice(find_files(paths), most + 1))
    return total if total <= most else None
