"""Words with numbers, dates and places masked, so that a model learns what is done, not where, when or by whom."""

import re
import sys
from collections.abc import Iterable

from attrtrack.nlp.tokenizer import cut

NUMBER = "数"
PLACE = "地"
PAUSE, LINE_END = " ", "\n"
SEAM = "\0"
"""What parts phrases, and what parts lines; masked words joined are the masked text."""
ANY_NUMBER = "0"
FIRST_IDEOGRAPH, LAST_IDEOGRAPH = "\u4e00", "\u9fff"
_DIGITS = re.compile(r"[0-9][0-9.，：%×]*")
_BOOK = re.compile(r"《([^》\n]{1,80})》")
PLACE_ENDINGS = ("省", "市", "县", "区", "镇", "乡", "村", "旗", "州", "路", "河", "山", "湖")
PLACE_WORDS = ("街道", "公司")
NAME_OF_A_PLACE = 2
_KEPT_OF_A_TITLE = 6
_MOST_MASKS = 0x10000
_LONGEST_REMEMBERED = 8


def masked_words(text: str) -> list[str]:
    """Cut normalised `text` into words of ideographs; line feeds stay, every other sign becomes a pause.

    Many lines are cut at once, which costs less than one by one.
    """
    return list(map(_MASKS.__getitem__, cut(_shortened(text))))


def plain_words_of(texts: Iterable[str]) -> list[str]:
    """Cut some normalised texts into words to be masked later, and join those of each, a seam after every word.

    One step after the other, for the dictionary drives out what others need; a string takes less room than its words.
    """
    return [SEAM.join([*cut(text), ""]) for text in list(map(_shortened, texts))]


def masked(plain: str) -> list[str]:
    """Mask words, each of which has a seam after it."""
    return list(map(_MASKS.__getitem__, filter(None, plain.split(SEAM))))


def _shortened(text: str) -> str:
    """Put one sign for every number, and leave the end alone of every cited title."""
    return _DIGITS.sub(ANY_NUMBER, _BOOK.sub(_end_of_title, text))


def _end_of_title(match: re.Match[str]) -> str:
    return f"《{match.group(1)[-_KEPT_OF_A_TITLE:]}》"


def _masked(word: str) -> str:
    if word == ANY_NUMBER:
        return NUMBER
    if not is_ideographic(word):
        return LINE_END if word == LINE_END else PAUSE
    return PLACE if len(word) > NAME_OF_A_PLACE and _is_place(word) else word


class _Masks(dict[str, str]):
    """What each word becomes, remembered as words are met; interned, so that it is found at once among what a model knows."""

    def __missing__(self, word: str) -> str:
        masked = sys.intern(_masked(word))
        if len(self) < _MOST_MASKS and len(word) <= _LONGEST_REMEMBERED:
            self[masked if masked == word else word] = masked
        return masked


_MASKS = _Masks()


def is_ideographic(word: str) -> bool:
    """Whether `word` is made of ideographs alone (a regular expression of that range takes a millisecond to compile)."""
    for sign in word:
        if not FIRST_IDEOGRAPH <= sign <= LAST_IDEOGRAPH:
            return False
    return bool(word)


def _is_place(word: str) -> bool:
    return word.endswith(PLACE_ENDINGS) or (len(word) > NAME_OF_A_PLACE + 1 and word.endswith(PLACE_WORDS))
