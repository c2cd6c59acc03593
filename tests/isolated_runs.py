"""Reads files through the isolated path and the recording after it, and measures what that took."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from attrtrack.errors import BadRowError, InputRefusedError
from attrtrack.reading import is_ledger
from attrtrack.reading.isolation import IsolatedReader
from attrtrack.recording import record
from attrtrack.recording.ledgers import recognise
from attrtrack.rules import Rules


@dataclass(frozen=True)
class Measured:
    """What became of a file (`read` or the code of its refusal), the seconds it took, the peak of memory in MB."""

    outcome: str
    message: str
    seconds: float
    megabytes: float


class Peak:
    """Watches the resident memory of the reading process; it may die at any moment."""

    def __init__(self, reader: IsolatedReader) -> None:
        self._reader = reader
        self._over = threading.Event()
        self.kilobytes = 0

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look every few milliseconds."""
        watcher = threading.Thread(target=self._watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            self._look()
            self._over.set()
            watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(0.005):
            self._look()

    def _look(self) -> None:
        child = self._reader._child
        try:
            status = Path(f"/proc/{child._process.pid}/status").read_text() if child is not None else ""
        except OSError:
            return
        found = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")]
        self.kilobytes = max(self.kilobytes, *found, 0)


def measured(reader: IsolatedReader, name: str, data: bytes, rules: Rules) -> Measured:
    """Read and record one file; only refusals may leave the readers."""
    peak = Peak(reader)
    began = time.monotonic()
    outcome, message = "read", ""
    with peak.watching():
        try:
            if is_ledger(name):
                for table in reader.tables(data, name):
                    recognise(table, rules)
            else:
                record(reader.source(data, name), rules)
        except (InputRefusedError, BadRowError) as error:
            outcome, message = error.code, error.message
    return Measured(outcome, message, time.monotonic() - began, peak.kilobytes / 1024)
