"""What was answered to a request that a client may send again."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A request under its key: the digest of what it asked, and what was answered (None: not yet)."""

    digest: str
    begun_at: dt.datetime
    status: int | None = None
    answer: str | None = None
    etag: str | None = None
