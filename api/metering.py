"""Requests counted for Prometheus, over every process that serves: each has a page of numbers, a scrape adds them up.

Decision: counters that lived in one process would jump with whichever process a scrape meets. Each process writes its own
small file in a folder that `attrtrack serve` makes and removes; without such a folder a process counts for itself alone.
A process that ends leaves its file, so that no counter ever runs back.
"""

import mmap
import os
import struct
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = "ATTRTRACK_METRICS_FOLDER"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram, in seconds."""
ELSEWHERE = "-"
"""The name of all that no route takes."""
_CLASSES = 5
_SLOTS = _CLASSES + len(BOUNDS) + 2
_NUMBER = struct.Struct("<d")
_UNKNOWN = 500


class Meter:
    """Counters of each route: answers by class of status, a histogram of seconds, their sum."""

    def __init__(self, routes: Sequence[str], folder: Path | None) -> None:
        self.routes = (*sorted(set(routes)), ELSEWHERE)
        self._place = {route: number for number, route in enumerate(self.routes)}
        self._size = len(self.routes) * _SLOTS * _NUMBER.size
        self._folder = folder
        self._page = self._opened(folder)

    def _opened(self, folder: Path | None) -> mmap.mmap:
        if folder is None:
            return mmap.mmap(-1, self._size)
        handle = os.open(folder / f"{os.getpid()}-{time.monotonic_ns()}", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.ftruncate(handle, self._size)
            return mmap.mmap(handle, self._size)
        finally:
            os.close(handle)

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one answer; called from one thread, that of the event loop."""
        start = self._place.get(route, len(self.routes) - 1) * _SLOTS
        bucket = next((place for place, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        for slot, more in (
            (min(status // 100, _CLASSES) - 1, 1.0),
            (_CLASSES + bucket, 1.0),
            (_SLOTS - 1, seconds),
        ):
            place = (start + slot) * _NUMBER.size
            _NUMBER.pack_into(self._page, place, _NUMBER.unpack_from(self._page, place)[0] + more)

    def totals(self) -> dict[str, tuple[float, ...]]:
        """Return the numbers of every route that was asked, added up over all processes."""
        pages = self._pages()
        found: dict[str, tuple[float, ...]] = {}
        for number, route in enumerate(self.routes):
            start, end = (place * _SLOTS * _NUMBER.size for place in (number, number + 1))
            parts = [[value for (value,) in _NUMBER.iter_unpack(page[start:end])] for page in pages]
            summed = tuple(map(sum, zip(*parts, strict=True)))
            if any(summed):
                found[route] = summed
        return found

    def _pages(self) -> list[bytes]:
        if self._folder is None:
            return [self._page[:]]
        pages = [path.read_bytes() for path in sorted(self._folder.iterdir())]
        return [page for page in pages if len(page) == self._size]


def lines_of(totals: dict[str, tuple[float, ...]]) -> Iterator[str]:
    """Yield the counters in Prometheus' text format."""
    yield "# HELP attrtrack_requests_total Answers by route and class of status."
    yield "# TYPE attrtrack_requests_total counter"
    for route, numbers in totals.items():
        for place, count in enumerate(numbers[:_CLASSES], start=1):
            if count:
                yield f'attrtrack_requests_total{{route="{route}",status="{place}xx"}} {count:.0f}'
    yield "# HELP attrtrack_request_seconds Time to answer."
    yield "# TYPE attrtrack_request_seconds histogram"
    for route, numbers in totals.items():
        running = 0.0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), numbers[_CLASSES:-1], strict=True):
            running += count
            yield f'attrtrack_request_seconds_bucket{{route="{route}",le="{bound}"}} {running:.0f}'
        yield f'attrtrack_request_seconds_sum{{route="{route}"}} {numbers[-1]:.6f}'
        yield f'attrtrack_request_seconds_count{{route="{route}"}} {running:.0f}'


class Metered:
    """ASGI middleware that counts every answer."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count what was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, started = _UNKNOWN, time.perf_counter()

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        finally:
            self._meter.count(_route(scope), status, time.perf_counter() - started)


def _route(scope: Scope) -> str:
    """Return the pattern of the path, never the path itself: it may hold an id, and there is no end of them."""
    pattern = getattr(scope.get("route"), "path", None)
    if not isinstance(pattern, str):
        return ELSEWHERE
    prefix = "/api/v1"
    below = str(scope["path"]).startswith(f"{prefix}/") and not pattern.startswith(prefix)
    return f"{prefix}{pattern}" if below else pattern


def metrics_folder() -> Path | None:
    """Return the folder that the serving processes share, None for one process alone."""
    named = os.environ.get(FOLDER)
    return Path(named) if named and Path(named).is_dir() else None
