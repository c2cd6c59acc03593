"""Bodies are counted and timed while they arrive; what is too large or too slow is refused before it is kept."""

import asyncio
import time
from collections.abc import Mapping

from starlette.types import Message, Receive

from attrtrack.errors import AttrtrackError, SourceTooLargeError, TooSlowError

PATIENCE = 30.0
"""Seconds that a body may take whatever its size."""
SLOWEST = 50_000
"""Bytes a second that a large body must bring beyond that."""


class CountedBody:
    """A request's body of at most `limit` bytes; `failure` is what the reader must be told when reading broke off."""

    def __init__(self, receive: Receive, limit: int, *, patience: float | None = None) -> None:
        self._receive = receive
        self._limit = limit
        self._patience = PATIENCE if patience is None else patience
        self._started: float | None = None
        self._size = 0
        self.failure: AttrtrackError | None = None

    def ensure_announced(self, headers: Mapping[str, str]) -> None:
        """Refuse a body whose own length says that it is too large."""
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal()) or int(length[:20]) > self._limit:
            raise self._too_large()

    async def receive(self) -> Message:
        """Pass on the next part, or raise what `failure` then holds."""
        self._started = self._started or time.monotonic()
        deadline = self._started + self._patience + self._size / SLOWEST
        try:
            message = await asyncio.wait_for(self._receive(), deadline - time.monotonic())
        except TimeoutError:
            self.failure = TooSlowError("请求内容迟迟没有传完，没有受理：请检查网络后重试。")
            raise self.failure from None
        self._size += len(message.get("body", b""))
        if self._size > self._limit:
            self.failure = self._too_large()
            raise self.failure
        return message

    def _too_large(self) -> AttrtrackError:
        return SourceTooLargeError(f"请求内容过大：这里最多接收 {self._limit // 1024} KB。")
