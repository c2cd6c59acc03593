"""Work parted over forked processes: each gets one piece after the other, the answers come in the order of the pieces.

Decision: forked, so that rules and models need not be loaded again, and only where that is sound (Linux). A process has one
piece at a time (`ahead`: two), so that a work of any length needs little room; a thread of it hands the answers over, so that
it makes the next one while the parent is busy with another.
"""

import gc
import io
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import fields, is_dataclass
from itertools import chain, islice, repeat
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrtrack.errors import EnvironmentFailedError

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

_MOST = 2
_ALONE = 400
"""Items that are done before it is worth starting processes."""
_CHUNK = 100
_EARLY = 2
"""Items that `ahead` has made beforehand: while one is written, neither a short one nor a long one next lets anybody wait."""
_SELDOM = 50_000
"""New objects between two collections: work that makes values and no cycles leaves a collector little to find."""
Piece = TypeVar("Piece")
Answer = TypeVar("Answer")


def sensible_processes() -> int:
    """Return how many processes are worth their room here: two at most, one where forking is not sound."""
    return min(_MOST, len(os.sched_getaffinity(0))) if sys.platform == "linux" else 1


def for_each(
    work: Callable[[Piece], Answer], items: Iterable[Piece], *, processes: int | None = None
) -> Iterator[Answer]:
    """Yield what is made of each item, in order: the first of them here, many more by processes (None: sensibly many)."""
    coming, count = iter(items), processes or sensible_processes()
    yield from map(work, islice(coming, _ALONE) if count > 1 else coming)
    yield from _shared_out(lambda chunk: list(map(work, chunk)), _chunks(coming), count)


def for_batches(
    work: Callable[[Sequence[Piece]], Sequence[Answer]], items: Iterable[Piece], *, processes: int | None = None
) -> Iterator[Answer]:
    """Yield what is made of each item, in order, for work that is quicker on a hundred together: the first of them here."""
    chunks, count = _chunks(iter(items)), processes or sensible_processes()
    yield from chain.from_iterable(map(work, islice(chunks, 1) if count > 1 else chunks))
    yield from _shared_out(work, chunks, count)


def ahead(
    items: Iterable[Piece], *, tell: Callable[[], Any] = lambda: None, hear: Callable[[Any], object] = lambda _: None
) -> Iterator[Piece]:
    """Yield items while a process makes the next two; what they are made of must need nothing that this process changes.

    What `tell` returns here is given to `hear` there before an item is made, two items late. Where one process is all there is
    room for, or this is one thread of several or a process that may start none, they are made here, and nothing is told.
    """
    if sensible_processes() == 1 or not _is_alone():
        yield from items
        return
    coming = iter(items)

    def made(told: Any) -> Any:  # noqa: ANN401 - whatever is told, and made
        hear(told)
        return next(coming, _END)

    with collecting_seldom():
        for item in in_processes(made, (tell() for _ in repeat(None)), 1, early=_EARLY):
            if item is _END:
                return
            yield item


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let the collector look seldom while many values without cycles are made; one thread of several leaves it as it is."""
    if not _is_alone():
        yield
        return
    threshold = gc.get_threshold()
    gc.set_threshold(_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)


def _is_alone() -> bool:
    return threading.current_thread() is threading.main_thread() and not current_process().daemon


def packed(value: object) -> bytes:
    """Pickle values, those of dataclasses as calls with their fields: written and read back in half the time."""
    written = io.BytesIO()
    pickler: Any = ForkingPickler(written)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return written.getvalue()


def unpacked(content: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """Read back what a process of this program has packed."""
    return ForkingPickler.loads(content)


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How the values of each dataclass whose fields are all arguments are written; others as ever."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if not is_dataclass(kind) or not all(field.init and not field.kw_only for field in fields(kind)):
            raise KeyError(kind)
        names = [field.name for field in fields(kind)]
        if len(names) == 1:
            raise KeyError(kind)
        arguments = attrgetter(*names)
        self[kind] = lambda value: (kind, arguments(value))
        return self[kind]


_REDUCERS = _Reducers()
_END = Ellipsis


def _shared_out(
    work: Callable[[Sequence[Piece]], Sequence[Answer]], chunks: Iterator[Sequence[Piece]], count: int
) -> Iterator[Answer]:
    for first in chunks:
        yield from chain.from_iterable(in_processes(work, chain((first,), chunks), count))


def _chunks(coming: Iterator[Piece]) -> Iterator[Sequence[Piece]]:
    while chunk := list(islice(coming, _CHUNK)):
        yield chunk


def in_processes(
    work: Callable[[Piece], Answer], pieces: Iterable[Piece], count: int, *, early: int = 1
) -> Iterator[Answer]:
    """Yield what `count` processes make of the pieces, in order; what goes wrong in one of them is raised here.

    Each is given `early` pieces before the first answer is waited for. Raises `EnvironmentFailedError` when a process ends before its time.
    """
    waiting: deque[Connection] = deque()
    coming = iter(pieces)
    with ExitStack() as gone, ExitStack() as told:  # all are told to end before any is waited for
        for piece in (piece for _, piece in zip(range(count), coming, strict=False)):
            process, connection = _started(work, waiting)
            gone.callback(process.join)
            told.callback(_end, process, connection)
            _give(connection, piece)
            waiting.append(connection)
        for connection, piece in zip((*waiting,) * (early - 1), coming, strict=False):
            _give(connection, piece)
            waiting.append(connection)
        while waiting:
            connection = waiting.popleft()
            answer = _received(connection)
            for piece in coming:
                _give(connection, piece)
                waiting.append(connection)
                break
            yield cast("Answer", answer)


def _started(work: Callable[[Piece], Answer], others: Iterable[Connection]) -> tuple["ForkProcess", Connection]:
    context = get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(work, there, (*others, here)), daemon=True)
    process.start()
    there.close()
    return process, here


def _serve(work: Callable[[Piece], Answer], connection: Connection, of_parent: Iterable[Connection]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children
    gc.freeze()  # what is inherited stays shared: the collector would write to every object
    gc.set_threshold(_SELDOM)
    for inherited in of_parent:  # else nobody would notice that the parent is gone
        inherited.close()
    answers = SimpleQueue[memoryview]()
    threading.Thread(target=_hand_over, args=(answers, connection), daemon=True).start()
    with suppress(EOFError, ConnectionResetError):
        while True:
            answers.put(_answer(work, connection.recv()))


def _answer(work: Callable[[Piece], Answer], piece: Piece) -> memoryview:
    try:
        return ForkingPickler.dumps(work(piece))
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
        return ForkingPickler.dumps(error)


def _hand_over(answers: "SimpleQueue[memoryview]", connection: Connection) -> None:
    """Send what is made, as the parent takes it; there are never more answers than it has given pieces."""
    with suppress(OSError):
        while True:
            connection.send_bytes(answers.get())


def _give(connection: Connection, piece: object) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # whoever is gone is missed where its answer is waited for
        connection.send(piece)


def _received(connection: Connection) -> object:
    try:
        sent: object = connection.recv()
    except (EOFError, OSError) as error:
        raise EnvironmentFailedError("一个计算进程中途退出，可能内存不足：请关闭其他程序后重试。") from error
    if isinstance(sent, Exception):
        raise sent
    return sent


def _end(process: "ForkProcess", connection: Connection) -> None:
    connection.close()
    process.terminate()
