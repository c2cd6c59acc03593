"""What one address may use up: buckets of requests and of wrong passwords, bytes and seconds of a body."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive

from api.bodies import CountedBody
from api.throttling import REMEMBERED, Buckets, Throttle
from attrtrack.errors import SourceTooLargeError, TooOftenError, TooSlowError


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_with_time() -> None:
    """After the burst each wait is told in seconds, and after it one request passes; another address is not touched."""
    clock = _Clock()
    buckets = Buckets(3, 0.5, clock=clock)
    for _ in range(3):
        buckets.take("a")
    with pytest.raises(TooOftenError) as refused:
        buckets.take("a")
    assert refused.value.wait == 2
    buckets.take("b")
    clock.now += 2
    buckets.take("a")
    with pytest.raises(TooOftenError):
        buckets.take("a")


def test_buckets_are_never_more_than_can_be_remembered() -> None:
    """Addresses are free to an attacker, our memory is not."""
    buckets = Buckets(1, 1.0)
    for number in range(REMEMBERED + 500):
        buckets.take(str(number))
    assert len(buckets._buckets) == REMEMBERED


def test_right_passwords_cost_nothing_and_wrong_ones_run_out() -> None:
    """An office behind one address signs in all morning; a guesser there is stopped."""
    throttle = Throttle(passwords=Buckets(2, 0.001))
    for _ in range(10):
        with throttle.password_check("a"):
            pass
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), throttle.password_check("a"):
            raise ZeroDivisionError
    with pytest.raises(TooOftenError), throttle.password_check("a"):
        pytest.fail("the password was checked")


def test_no_more_passwords_are_checked_at_once_than_the_machine_bears() -> None:
    """Hashing takes a core each; the rest wait their turn."""
    throttle = Throttle()
    inside, most, lock = 0, 0, threading.Lock()

    def check() -> None:
        nonlocal inside, most
        with throttle.password_check("a"):
            with lock:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.02)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=check) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def _sender(parts: list[bytes], *, seconds: float = 0.0) -> Receive:
    messages: Iterator[Message] = iter(
        [{"type": "http.request", "body": part, "more_body": at < len(parts) - 1} for at, part in enumerate(parts)]
    )

    async def receive() -> Message:
        await asyncio.sleep(seconds)
        return next(messages)

    return receive


async def _read(body: CountedBody, parts: int) -> bytes:
    return b"".join([(await body.receive())["body"] for _ in range(parts)])


def _run(reading: Coroutine[None, None, bytes]) -> bytes:
    """Run it in a thread of its own: where a browser has been driven before, this thread's loop is taken."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, reading).result()


def test_a_body_is_counted_while_it_is_read() -> None:
    """At the limit it passes; one byte more, in parts of unannounced length, is refused at that byte."""
    assert _run(_read(CountedBody(_sender([b"x" * 6, b"x" * 4]), 10), 2)) == b"x" * 10
    body = CountedBody(_sender([b"x" * 6, b"x" * 5, b"x"]), 10)
    with pytest.raises(SourceTooLargeError):
        _run(_read(body, 3))
    assert isinstance(body.failure, SourceTooLargeError)


@pytest.mark.parametrize("length", ["11", "-1", "1e9", "", "٣", "9" * 30])
def test_a_body_that_announces_too_much_is_not_read_at_all(length: str) -> None:
    """Nor one whose length is no number."""
    with pytest.raises(SourceTooLargeError):
        CountedBody(_sender([b""]), 10).ensure_announced({"content-length": length})


def test_a_body_that_drips_is_given_up() -> None:
    """A part in time does not buy more time than its bytes are worth."""
    body = CountedBody(_sender([b"x"] * 50, seconds=0.02), 1000, patience=0.1)
    with pytest.raises(TooSlowError):
        _run(_read(body, 50))
    assert isinstance(body.failure, TooSlowError)
