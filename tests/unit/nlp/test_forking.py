"""Work parted over processes: in order, whole, and with every error as it was."""

import datetime as dt
import gc
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.marks import Mark, Place
from attrtrack.errors import (
    AttrtrackError,
    BadRowError,
    ClassifiedMaterialError,
    EnvironmentFailedError,
    GateRefusedError,
)
from attrtrack.nlp.forking import ahead, collecting_seldom, for_batches, for_each, in_processes, packed, unpacked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.mark.parametrize("pieces", [0, 1, 2, 9])
def test_answers_come_in_the_order_of_the_pieces(pieces: int) -> None:
    """Fewer pieces than processes, or more: every piece is answered once; large answers block nobody."""
    size = 1 << 20
    answers = list(in_processes(lambda piece: (piece, "字" * size), (number for number in range(pieces)), 3))
    assert [piece for piece, _ in answers] == list(range(pieces))
    assert all(len(text) == size for _, text in answers)


def test_pieces_are_taken_when_they_are_needed() -> None:
    """No more pieces are on their way than there are processes, so that a long ledger needs little room."""
    taken: list[int] = []

    def pieces() -> object:
        for number in range(100):
            taken.append(number)
            yield number

    answers = in_processes(lambda piece: piece, pieces(), 2)  # type: ignore[arg-type, var-annotated]
    assert next(answers) == 0
    assert len(taken) <= 3
    answers.close()  # type: ignore[attr-defined]


def test_what_is_made_ahead_is_the_same_as_made_here() -> None:
    """Values come in order and equal; an error follows what was made before it, and the collector is left as it was."""
    threshold = gc.get_threshold()
    values = [[1, "字"], {"a": (1, None)}, [], "字" * (1 << 20)]
    assert list(ahead(iter(values))) == values

    def failing() -> Iterator[int]:
        yield 1
        raise BadRowError("第 2 行读不下去。")

    found = ahead(failing())
    assert next(found) == 1
    with pytest.raises(BadRowError, match="第 2 行读不下去"):
        next(found)
    assert gc.get_threshold() == threshold


def test_a_process_that_ends_within_an_answer_is_an_error_of_the_environment() -> None:
    """Half an answer is none: whoever kills the process while it sends is told so, with nothing made up from the half."""
    found = ahead(iter([0, b"0" * (1 << 24)]))
    assert next(found) == 0
    time.sleep(0.2)
    for process in active_children():
        process.kill()
    with pytest.raises(EnvironmentFailedError, match="中途退出"):
        next(found)


def test_two_items_are_made_beforehand() -> None:
    """While one is written two more are made, large as they are, and no third; they outlive the process that made them."""
    made = get_context("fork").Value("i", 0)

    def items() -> Iterator[bytes]:
        for _ in range(9):
            with made:
                made.value += 1
            yield b"0" * 1000

    found = ahead(items())
    next(found)
    until = time.monotonic() + 20
    while made.value < 3 and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.2)
    assert made.value == 3
    for process in active_children():
        process.kill()
    assert len(next(found)) == len(next(found)) == 1000
    with pytest.raises(EnvironmentFailedError, match="中途退出"):
        next(found)


def test_what_makes_ahead_hears_what_it_is_told() -> None:
    """What is told here reaches the process before it makes the next item but two."""
    heard, got = list[int](), list[list[int]]()
    for item in ahead((list(heard) for _ in range(4)), tell=lambda: len(got), hear=heard.append):
        got.append(item)
    assert got == [[0], [0, 0], [0, 0, 0], [0, 0, 0, 1]]


def test_a_process_makes_ahead_unless_this_is_one_thread_of_several() -> None:
    """A thread of a server makes its values itself: a fork would take over the locks that other threads hold."""

    def makers() -> set[int]:
        return set(ahead(os.getpid() for _ in range(3)))

    assert makers().isdisjoint({os.getpid()})
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(makers).result() == {os.getpid()}


def test_the_collector_is_left_alone_by_one_thread_of_several() -> None:
    """It looks seldom while the main thread makes many values, and as ever afterwards, whatever went wrong."""
    threshold = gc.get_threshold()

    def within() -> tuple[int, int, int]:
        with collecting_seldom():
            return gc.get_threshold()

    assert within() > threshold == gc.get_threshold()
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(within).result() == threshold


def test_packed_values_come_back_equal() -> None:
    """Values of dataclasses, those with fields by name only among them, texts and enumerations are the same when read back."""
    mark = Mark("此件公开发布", DisclosureAttribute.PROACTIVE, Place.BODY, Span(0, 6), redacted=False)
    values = [mark, Evidence("字", None, "正文"), {"a": (1, None)}, dt.date(2024, 1, 2), ()]
    assert unpacked(packed(values)) == values


def test_what_goes_wrong_in_a_process_is_raised_here() -> None:
    """An error of ours is raised as it was; a process that ends before its time is an error of the environment."""

    def refuse(piece: int) -> int:
        raise BadRowError(f"第 {piece} 行读不下去。")

    with pytest.raises(BadRowError, match="第 7 行读不下去"):
        list(in_processes(refuse, [7], 2))
    with pytest.raises(EnvironmentFailedError, match="中途退出"):
        list(in_processes(lambda _: os._exit(1), [1, 2], 2))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
@pytest.mark.parametrize("count", [0, 399, 400, 401, 777])
def test_many_items_are_shared_out_and_come_back_in_order(count: int) -> None:
    """The first hundreds are done here, the rest by two others; nothing is lost where one part ends."""
    answers = list(for_each(lambda item: (item, os.getpid()), iter(range(count)), processes=2))
    assert [item for item, _ in answers] == list(range(count))
    assert {by for item, by in answers if item < 400} <= {os.getpid()}
    assert os.getpid() not in {by for item, by in answers if item >= 400}
    assert len({by for item, by in answers if item >= 400}) == min(2, -(-max(count - 400, 0) // 100))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
@pytest.mark.parametrize("count", [0, 99, 100, 101, 350])
def test_batches_are_shared_out_and_come_back_in_order(count: int) -> None:
    """Work takes a hundred items together: the first hundred are done here, the rest by others, the last may be fewer."""

    def work(batch: Sequence[int]) -> list[tuple[int, int, int]]:
        return [(item, len(batch), os.getpid()) for item in batch]

    answers = list(for_batches(work, iter(range(count)), processes=2))
    assert [item for item, _, _ in answers] == list(range(count))
    assert {by == os.getpid() for item, _, by in answers if item < 100} <= {True}
    assert {by == os.getpid() for item, _, by in answers if item >= 100} <= {False}
    assert {size for item, size, _ in answers if item >= count - count % 100} <= {count % 100}
    assert [item for item, _, _ in for_batches(work, range(count), processes=1)] == list(range(count))


_KILLED = """
import os, signal
from attrtrack.nlp.forking import in_processes
answers = in_processes(lambda piece: os.getpid(), iter(range(9)), 2)
print(next(answers), next(answers), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_processes_end_with_their_parent() -> None:
    """A parent that is killed leaves nobody behind: the pipe that its children share with it closes."""
    ran = subprocess.run([sys.executable, "-c", _KILLED], capture_output=True, text=True, check=False, timeout=60)
    children = [Path("/proc", pid) for pid in ran.stdout.split()]
    assert len(children) == 2
    until = time.monotonic() + 10
    while any(map(_runs, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_runs, children))


def _runs(process: Path) -> bool:
    try:
        return "\nState:\tZ" not in (process / "status").read_text(encoding="ascii")
    except OSError:
        return False


@pytest.mark.parametrize(
    "error", [ClassifiedMaterialError("绝密"), GateRefusedError("不予签发。", ["依据"]), BadRowError("错。")]
)
def test_errors_reach_another_process_as_they_are(error: AttrtrackError) -> None:
    """Class, code, sentence and what else an error carries."""
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own error
    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))


def test_letters_are_read_without_scikit_learn() -> None:
    """Loading training does not load scikit-learn, which processes that only read letters would carry along."""
    program = "import sys, attrtrack.nlp.training; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
