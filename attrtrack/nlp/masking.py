"""Words with numbers, dates and places masked, so that a model learns what is done, not where, when or by whom."""

import re
import sys
from collections.abc import Iterable

from attrtrack.nlp.tokenizer import cut

NUMBER = "数"
PLACE = "地"
PAUSE, LINE_END = " ", "\n"
"""What parts phrases, and what parts lines; masked words joined are the masked text."""
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
    """Cut normalised `text` into words of ideographs; line feeds stay, every other sign becomes a pause.

    Many lines are cut at once, which costs less than one by one.
    """
    return masked_words_of((text,))[0]


def masked_words_of(texts: Iterable[str]) -> list[list[str]]:
    """Cut some texts, each as `masked_words` does; one step after the other, for the dictionary drives out what others need."""
    plain = [_DIGITS.sub(_ANY_NUMBER, _BOOK.sub(_end_of_title, text)) for text in texts]
    return [list(map(_MASKS.__getitem__, cut(text))) for text in plain]


def _end_of_title(match: re.Match[str]) -> str:
    return f"《{match.group(1)[-_KEPT_OF_A_TITLE:]}》"


def _masked(word: str) -> str:
    if word == _ANY_NUMBER:
        return NUMBER
    if not is_ideographic(word):
        return LINE_END if word == LINE_END else PAUSE
    return PLACE if len(word) > _NAME_OF_A_PLACE and _is_place(word) else word


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
        if not "\u4e00" <= sign <= "\u9fff":
            return False
    return bool(word)


def _is_place(word: str) -> bool:
    return word.endswith(_PLACE_ENDINGS) or (len(word) > _NAME_OF_A_PLACE + 1 and word.endswith(_PLACE_WORDS))
