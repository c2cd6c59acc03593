"""Words with numbers, dates and places masked, so that a model learns what is done, not where, when or by whom."""

import re
from collections.abc import Iterable

from attrtrack.nlp.tokenizer import cut

NUMBER = "数"
PLACE = "地"
_ANY_NUMBER = "0"
_DIGITS = re.compile(r"[0-9０-９][0-9.，：%％×]*")
_BOOK = re.compile(r"《([^》\n]{1,80})》")
_PLACE_ENDINGS = ("省", "市", "县", "区", "镇", "乡", "村", "旗", "州", "路", "河", "山", "湖")
_PLACE_WORDS = ("街道", "公司")
_NAME_OF_A_PLACE = 2
_KEPT_OF_A_TITLE = 6
_MOST_MASKS = 0x10000
_LONGEST_REMEMBERED = 8


def masked_words(text: str) -> list[str]:
    """Cut normalised `text` into words of ideographs; other signs become empty strings, which part the phrases."""
    return list(map(_MASKS.__getitem__, cut(_DIGITS.sub(_ANY_NUMBER, _BOOK.sub(_end_of_title, text)))))


def masked_lines(lines: str) -> list[list[str]]:
    """Cut several lines at once, which costs less than one by one; one list of words for each line."""
    words = cut(_DIGITS.sub(_ANY_NUMBER, _BOOK.sub(_end_of_title, lines)))
    masked = list(map(_MASKS.__getitem__, words))
    cut_lines, done = [], 0
    for _ in range(lines.count("\n")):
        end = words.index("\n", done)
        cut_lines.append(masked[done:end])
        done = end + 1
    return [*cut_lines, masked[done:]]


def _end_of_title(match: re.Match[str]) -> str:
    return f"《{match.group(1)[-_KEPT_OF_A_TITLE:]}》"


def _masked(word: str) -> str:
    if word == _ANY_NUMBER:
        return NUMBER
    if not is_ideographic(word):
        return ""
    return PLACE if _is_place(word) else word


class _Masks(dict[str, str]):
    """What each word becomes, remembered as words are met."""

    def __missing__(self, word: str) -> str:
        masked = _masked(word)
        if len(self) < _MOST_MASKS and len(word) <= _LONGEST_REMEMBERED:
            self[word] = masked
        return masked


_MASKS = _Masks()


def is_ideographic(word: str) -> bool:
    """Whether `word` is made of ideographs alone (a regular expression of that range takes a millisecond to compile)."""
    return bool(word) and min(word) >= "\u4e00" and max(word) <= "\u9fff"


def _is_place(word: str) -> bool:
    length = len(word) - _NAME_OF_A_PLACE
    return (length >= 1 and word.endswith(_PLACE_ENDINGS)) or (length >= 2 and word.endswith(_PLACE_WORDS))  # noqa: PLR2004 - the lengths of the endings


def phrases(words: Iterable[str]) -> str:
    """Join masked words; a line feed parts the phrases."""
    return "".join([word or "\n" for word in words])
