"""How far a long reading has come, and what became of the files: a line that moves, and the table at the end."""

import sys
import time
from collections import Counter
from collections.abc import Callable

from attrtrack.cli.output import say, shown
from attrtrack.domain.documents import Document
from attrtrack.errors import AttrtrackError

_EVERY_ON_SCREEN, _EVERY_IN_LOG = 0.2, 30.0
_FIRST = 1.0
_NAMES = 3
_REFUSED = {
    "classified": "带有国家秘密标志（请立即移走）",
    "scan-without-text": "扫描件，没有文字",
    "encrypted": "设有密码",
    "broken": "损坏或名不副实",
    "unsupported-format": "格式不支持",
    "too-large": "过大，或读取过久",
    "empty": "没有内容",
    "not-found": "打不开或不存在",
}


class Progress:
    """Tells on stderr how many files are done, how fast and, when the total is known, how long it will still take."""

    def __init__(self, *, quiet: bool, total: int | None = None, noun: str = "个文件") -> None:
        self._quiet = quiet
        self._noun = noun
        self._total = total
        self._screen = sys.stderr.isatty()
        self._every = _EVERY_ON_SCREEN if self._screen else _EVERY_IN_LOG
        self._began = time.monotonic()
        self._next = self._began + (_FIRST if self._screen else _EVERY_IN_LOG)
        self._done = 0

    @property
    def seconds(self) -> float:
        """The time since the beginning."""
        return time.monotonic() - self._began

    def step(self) -> None:
        """Count one more file, and tell so from time to time."""
        self.reach(self._done + 1, self._total)

    def reach(self, done: int, total: int | None) -> None:
        """Say how much is done of what there is, and tell so from time to time."""
        self._done, self._total = done, total
        if self._quiet or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every
        line = self._line()
        if self._screen:
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
        else:
            say(line)

    def clear(self) -> None:
        """Take the moving line away, so that something else can be printed."""
        if self._screen and not self._quiet:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _line(self) -> str:
        rate = self._done / max(self.seconds, 0.001)
        told = f"已处理 {self._done} {self._noun}，每秒 {rate:.1f} {self._noun[0]}"
        if not self._total or self._total < self._done:
            return told
        left = (self._total - self._done) / max(rate, 0.001)
        return f"{told}，{self._done / self._total:.0%}，约剩 {_span(left)}"


class Tally:
    """Counts what became of the files: read by format, refused by code with the first few names."""

    def __init__(self) -> None:
        self.read: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._names: dict[str, list[str]] = {}

    def add(self, name: str, result: Document | AttrtrackError) -> None:
        """Count one file."""
        if isinstance(result, Document):
            self.read[result.format] += 1
            return
        self.refused[result.code] += 1
        names = self._names.setdefault(result.code, [])
        if len(names) < _NAMES:
            names.append(shown(name))

    @property
    def total(self) -> int:
        """How many files were counted."""
        return self.read.total() + self.refused.total()

    def table(self, tell: Callable[[str], object], *, seconds: float, log: bool, skipped: int = 0) -> None:
        """Tell the table line by line; in a `log` the classified files have no names."""
        tell(f"共处理 {self.total} 个文件，用时 {_span(seconds)}：")
        formats = "、".join(f"{kind} {count}" for kind, count in sorted(self.read.items()))
        tell(f"  读取 {self.read.total()} 个" + (f"：{formats}" if formats else ""))
        if skipped:
            tell(f"  跳过 {skipped} 个：结果文件里已有，内容未变")
        tell(f"  拒收 {self.refused.total()} 个" + ("：" if self.refused else ""))
        for code, count in self.refused.most_common():
            tell(f"    {code} {_REFUSED.get(code, '')} {count} 个{self._examples(code, count, log=log)}")

    def _examples(self, code: str, count: int, *, log: bool) -> str:
        if log and code == "classified":
            return ""
        return "：" + "、".join(self._names[code]) + (" 等" if count > _NAMES else "")


def _span(seconds: float) -> str:
    """Print a length of time for people."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{seconds:.1f} 秒"
