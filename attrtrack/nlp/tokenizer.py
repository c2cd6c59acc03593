"""One way to cut Chinese text into words: rjieba where it is installed, jieba otherwise (slower).

The two give the same words of ideographs; they part telephone numbers and addresses of web pages differently.
"""

from collections.abc import Callable
from functools import cache
from typing import Protocol


class _Jieba(Protocol):
    """What is used of a jieba tokenizer."""

    def cut(self, text: str) -> list[str]:
        """Cut into words."""


def cut(text: str) -> list[str]:
    """Cut `text` into words; joined again they give `text`."""
    return _cutter()(text)


@cache
def _cutter() -> Callable[[str], list[str]]:
    try:
        import rjieba  # noqa: PLC0415 - loading a dictionary is paid only by those who cut
    except ImportError:
        return cut_with_jieba
    cutter: Callable[[str], list[str]] = rjieba.cut
    return cutter if callable(cutter) else cut_with_jieba


def cut_with_jieba(text: str) -> list[str]:
    """Cut with the reference library; its cache goes to a private folder, never the shared temporary one."""
    return list(_jieba().cut(text))


@cache
def _jieba() -> _Jieba:
    import logging  # noqa: PLC0415 - only the fall-back logs
    import tempfile  # noqa: PLC0415 - the same

    import jieba  # noqa: PLC0415 - 0.7 s to load, fall-back only

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="attrtrack-") as private:
        tokenizer.tmp_dir = private
        tokenizer.initialize()
    ready: _Jieba = tokenizer
    return ready
