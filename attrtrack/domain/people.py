"""Whether two names are the same person's: case, width and blanks are how a name is typed, not who bears it."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def folded(name: str) -> str:
    """Return a name without blanks and unseen characters, narrow and in one case."""
    narrow = unicodedata.normalize("NFKC", name)
    return "".join(letter for letter in narrow if unicodedata.category(letter) not in _UNSEEN).casefold()


def same_person(one: str, other: str) -> bool:
    """Whether two names, as typed, name one person."""
    return folded(one) == folded(other)
