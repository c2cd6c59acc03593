"""The reading process: takes files through a pipe, hands back values or refusals; started by `isolation`.

It limits itself before it reads anything: private memory, processor time, no core file (it would hold a document's
text), no file written, no further process. Where the system has no such limits (Windows), the parent's clock alone holds.
"""

import gc
import os
import sys
from collections.abc import Iterator
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from attrtrack.errors import InputRefusedError
from attrtrack.reading.limits import MAX_BYTES, MAX_MEMORY, crashed, seconds_for, too_heavy
from attrtrack.reading.messages import packed, plain, read_frame, refusal_message, unpacked, write_frame

if TYPE_CHECKING:
    from attrtrack.domain.ledgers import TableRow
if sys.platform != "win32":
    import resource

_LONGEST_HEAD = 1 << 16
_ROWS_A_FRAME = 2000
_OPEN_FILES = 64
_ADDRESSES = 4 * MAX_MEMORY
_GRACE = 2


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    requests, answers = _pipes()
    _limit()
    write_frame(answers, packed({"ready": True}))
    answers.flush()
    while (head := read_frame(requests, _LONGEST_HEAD)) is not None:
        data = read_frame(requests, MAX_BYTES) or b""
        request = unpacked(head)
        _allow_seconds(seconds_for(request["want"], data))
        fit = _answer(answers, request, data)
        del data
        answers.flush()
        if not fit:
            return


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Keep the pipes to the parent for messages; what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    return sys.stdin.buffer, answers


def _answer(answers: IO[bytes], head: dict[str, Any], data: bytes) -> bool:
    """Write the answer to one request; False when this process should not be trusted with another file."""
    refusal: InputRefusedError
    fit = True
    try:
        for message in _messages(head, data):
            write_frame(answers, packed(message))
        write_frame(answers, packed({"done": _peak()}))
    except InputRefusedError as error:
        refusal = error
    except MemoryError:
        refusal, fit = too_heavy(), False
    except BaseException as error:  # noqa: BLE001 - a compiled reader's fault surfaces as a BaseException
        refusal, fit = crashed(), isinstance(error, Exception)
    else:
        return True
    write_frame(answers, packed({**refusal_message(refusal), "done": _peak(), "unfit": not fit}))
    return fit


def _messages(head: dict[str, Any], data: bytes) -> Iterator[dict[str, Any]]:
    from attrtrack.reading.registry import read_source, read_table  # noqa: PLC0415 - after the limits are set

    name = str(head["name"])
    if head["want"] == "source":
        yield {"source": plain(read_source(data, name))}
        return
    if head["want"] == "page":
        from attrtrack.reading.pages import read_saved  # noqa: PLC0415 - only when a saved page comes

        yield {"page": plain(read_saved(data, name))}
        return
    gc.disable()  # the cells of a ledger are a million values without a cycle
    try:
        for table in read_table(data, name):
            yield {"table": table.sheet}
            for start in range(0, len(table.rows), _ROWS_A_FRAME):
                yield _of_rows(table.rows[start : start + _ROWS_A_FRAME])
    finally:
        gc.enable()


def _of_rows(rows: "tuple[TableRow, ...]") -> dict[str, Any]:
    """Return rows as their numbers, how many cells each has, and all cells: one list is written and read sooner than many."""
    return {
        "numbers": [row.number for row in rows],
        "widths": [len(row.cells) for row in rows],
        "cells": list(chain.from_iterable(row.cells for row in rows)),
    }


def _limit() -> None:
    if sys.platform == "win32":
        return
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": _OPEN_FILES,
        "RLIMIT_DATA": MAX_MEMORY,
        "RLIMIT_AS": _ADDRESSES,
    }
    for name, value in wanted.items():
        if (which := getattr(resource, name, None)) is None:
            continue
        hard = resource.getrlimit(which)[1]
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (lowest, lowest))


def _allow_seconds(seconds: float) -> None:
    """Let the processor time of this process end soon after the parent's clock would have ended it."""
    if sys.platform == "win32":
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    until = int(usage.ru_utime + usage.ru_stime + seconds) + _GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def _peak() -> int:
    """Return the most resident memory this process has had, in kB; 0 where the system does not say.

    The system's own figure (`ru_maxrss`) counts the parent's memory before the start, so it is not used.
    """
    try:
        with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 - pathlib is not imported here
            return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


if __name__ == "__main__":
    main()
