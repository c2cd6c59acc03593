"""How far a long computation has come: a line that moves on a screen, one line a stage in a log."""

import sys
import time

from attrtrack.cli.output import say

_FIRST, _EVERY_ON_SCREEN, _EVERY_IN_LOG = 1.0, 0.2, 15.0


class Stages:
    """Tells on stderr which stage is on and how much of it is done; quiet where a program reads."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._screen = sys.stderr.isatty()
        self._every = _EVERY_ON_SCREEN if self._screen else _EVERY_IN_LOG
        self._next = time.monotonic() + _FIRST

    def tell(self, what: str, done: int, total: int) -> None:
        """Tell one step of a stage; `total` 0 where nobody knows it. The last step of a stage is always told."""
        ended = done == total
        if self._quiet or (time.monotonic() < self._next and not ended):
            return
        self._next = time.monotonic() + self._every
        line = f"{what}：{done}" + (f" / {total}" if total else "")
        if self._screen:
            print(f"\r\033[K{line}", end="\n" if ended else "", file=sys.stderr, flush=True)
        else:
            say(line)

    def clear(self) -> None:
        """Take an unfinished line away, so that something else can be printed."""
        if self._screen and not self._quiet:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
