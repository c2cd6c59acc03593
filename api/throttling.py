"""How often an address may knock: buckets that fill with time, one for strangers' requests, one for passwords.

Decision: each process counts for itself and forgets at its end. What must hold for all processes, the lock-out of an
account, is in the register; these limits only keep one address from using up the machine.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from attrtrack.errors import TooOftenError

REMEMBERED = 10_000
CHECKS_AT_ONCE = 2
_PATIENCE = 10.0


class Buckets:
    """A bucket of `burst` tokens for each address, refilled at `per_second`; the longest unused addresses are forgotten."""

    def __init__(self, burst: int, per_second: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = float(burst)
        self._per_second = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> None:
        """Take a token, or raise `TooOftenError` with the seconds to wait."""
        with self._lock:
            left = self._level(address)
            if left < 1:
                raise TooOftenError(math.ceil((1 - left) / self._per_second))
            self._keep(address, left - 1)

    def give_back(self, address: str) -> None:
        """Return a token that was taken for something that did no harm."""
        with self._lock:
            self._keep(address, min(self._level(address) + 1, self._burst))

    def _level(self, address: str) -> float:
        level, at = self._buckets.get(address, (self._burst, self._clock()))
        return min(self._burst, level + (self._clock() - at) * self._per_second)

    def _keep(self, address: str, level: float) -> None:
        self._buckets[address] = (level, self._clock())
        self._buckets.move_to_end(address)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)


class Throttle:
    """The limits of one process: strangers' requests, wrong passwords by address, and passwords checked at the same time."""

    def __init__(self, *, strangers: Buckets | None = None, passwords: Buckets | None = None) -> None:
        self.strangers = strangers or Buckets(120, 2.0)
        self.passwords = passwords or Buckets(20, 1 / 15)
        self._checks = threading.BoundedSemaphore(CHECKS_AT_ONCE)

    @contextmanager
    def password_check(self, address: str) -> Iterator[None]:
        """Let a password be checked: a right one costs nothing, a wrong one a token; never more at once than the machine bears."""
        self.passwords.take(address)
        if not self._checks.acquire(timeout=_PATIENCE):
            self.passwords.give_back(address)
            raise TooOftenError(math.ceil(_PATIENCE))
        try:
            yield
        finally:
            self._checks.release()
        self.passwords.give_back(address)
