"""Identifiers proved by a check character: identity cards, bank cards, codes of organisations.

python-stdnum does the arithmetic and is loaded when a candidate stands in the text, not before.
"""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from attrtrack.nlp.identifier_context import GAP, called_otherwise, stands_in_a_row, told_as

_START, _END = r"(?<![0-9A-Za-z_])(?<!\d[.,])", r"(?![0-9A-Za-z_]|[.,]\d)"
_IDENTITY = re.compile(rf"{_START}(?=([1-9](?:{GAP}?\d){{16}}{GAP}?[\dXx]){_END})")
_OLD_IDENTITY = re.compile(rf"{_START}([1-9]\d{{14}}){_END}")
_CARD = re.compile(rf"{_START}(?=([3-9](?:{GAP}?\d){{14,18}}){_END})")
_CREDIT = re.compile(rf"{_START}([1-9ANYany][1-9A-Ga-g]\d{{6}}[0-9A-Za-z]{{10}}){_END}(?!/?\s?(?:19|20)\d\d|[/-]\d)")
_SPACED_CREDIT = re.compile(
    rf"{_START}([1-9ANYany][1-9A-Ga-g]{GAP}\d{{6}}{GAP}[0-9A-Za-z]{{9}}{GAP}[0-9A-Za-z]"
    rf"|[1-9ANYany][1-9A-Ga-g]\d{{2}}(?:{GAP}[0-9A-Za-z]{{4}}){{3}}{GAP}[0-9A-Za-z]{{2}}){_END}"
)
_ORGANISATION = re.compile(
    rf"机构代码(?:证?号码?|证)?[\s:：为是（(]{{0,4}}([0-9A-Za-z]{{8}}(?:{GAP}?[0-9Xx])){_END}(?![/-]\d)"
)
_GAPS = re.compile(GAP)
_PROVINCES = frozenset(
    str(place)
    for part in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for place in range(*part)
)
_NATIONAL = "10"
_FOREIGN = "9"
_IDENTITY_LABEL, _CARD_LABEL = (
    ("身份证", "公民身份", "居民身份", "证件号", "身份号"),
    ("卡号", "账号", "帐号", "账户", "银行卡", "帐户"),
)
_CREDIT_LABEL = ("信用代码", "信用码", "税号", "纳税人识别号", "社会信用")
_CARD_SHAPES = frozenset(
    [(length,) for length in range(15, 20)]
    + [(4, 4, 4, last) for last in (3, 4)]
    + [(4, 4, 4, 4, last) for last in (1, 2, 3)]
    + [(4, 6, 5), (6, 10), (6, 11), (6, 12), (6, 13), (6, 4, 4, 4), (4, 4, 4, 7), (6, 4, 4, 2)]
)
_ISSUERS = re.compile(r"62\d{14,17}|(?:4\d|5[1-5]|2[2-7]|35|60)\d{14}|3[47]\d{13}|955(?:8|99)\d{11,15}")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OF_IDENTITY, _OF_DATE = 18, slice(6, 14)
_MOST_CARDS = 30_000

Hit = tuple[str, int, int]


def find_codes(text: str) -> Iterator[Hit]:
    """Yield kind, start and end of the proved codes within a stretch of folded text, the strongest proof first."""
    yield from _identities(text)
    yield from _credit_codes(text)
    yield from _cards(text)
    for match in _OLD_IDENTITY.finditer(text):
        if told_as(_IDENTITY_LABEL, text, match.start()) and _is_old_identity(match[1]):
            yield "id-card", match.start(), match.end()
    yield from _organisation_codes(text)


def _organisation_codes(text: str) -> Iterator[Hit]:
    """Yield the old organisation codes (GB 11714) that are called so."""
    for match in _ORGANISATION.finditer(text):
        if _is_organisation(_GAPS.sub("", match[1])):
            yield "credit-code", match.start(1), match.end(1)


def _identities(text: str) -> Iterator[Hit]:
    for match in _IDENTITY.finditer(text):
        printed = match[1]
        number = _GAPS.sub("", printed)
        if is_identity(number) and _well_grouped(printed):
            is_credit = told_as(_CREDIT_LABEL, text, match.start()) and _is_credit(number)
            yield "credit-code" if is_credit else "id-card", match.start(1), match.end(1)


def _well_grouped(printed: str) -> bool:
    *groups, last = (len(group) for group in _GAPS.split(printed))
    return all(size > 1 for size in groups) and (last > 1 or printed[-1] in "Xx" or groups == [_OF_IDENTITY - 1])


def _looks_like_identity(number: str) -> bool:
    """Whether place and date of birth could be those of an identity card (GB 11643—1999), foreigners' included."""
    if number[:2] not in _PROVINCES and not (number[0] == _FOREIGN and number[1:3] in _PROVINCES):
        return False
    return _is_date(number[_OF_DATE])


def _is_date(digits: str) -> bool:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year // 100 in {18, 19, 20}


def is_identity(number: str) -> bool:
    """Whether 18 characters are an identity card number: place, date of birth and check character."""
    if not _looks_like_identity(number):
        return False
    from stdnum.cn.ric import calc_check_digit  # noqa: PLC0415 - loaded when a candidate is there

    return calc_check_digit(number) == number[-1].upper()


def _is_old_identity(number: str) -> bool:
    return number[:2] in _PROVINCES and _is_date(f"19{number[6:12]}")


def _credit_codes(text: str) -> Iterator[Hit]:
    for pattern in (_CREDIT, _SPACED_CREDIT):
        for match in pattern.finditer(text):
            number = _GAPS.sub("", match[1]).upper()
            labelled = told_as(_CREDIT_LABEL, text, match.start())
            in_a_row = pattern is _SPACED_CREDIT and stands_in_a_row(text, *match.span())
            if not labelled and (in_a_row or called_otherwise(text, *match.span())):
                continue
            by_chance = number.isdecimal() and _looks_like_identity(number)
            if _is_credit(number) and (labelled or not by_chance):
                yield "credit-code", match.start(), match.end()


def _is_credit(number: str) -> bool:
    """Whether a code has a place and the check character of GB 32100—2015; stdnum's own check knows digits only."""
    if number[2:4] not in _PROVINCES | {_NATIONAL}:
        return False
    from stdnum.cn.uscc import calc_check_digit  # noqa: PLC0415 - loaded when a candidate is there

    try:
        return calc_check_digit(number) == number[-1]
    except ValueError:  # I, O, S, V and Z are no characters of the code
        return False


def _cards(text: str) -> Iterator[Hit]:
    # more candidates in one stretch are no letter, and must not keep the machine busy
    for match in islice(_CARD.finditer(text), _MOST_CARDS):
        groups = [group.span() for group in re.finditer(r"\d+", match[1])]
        sizes = tuple(to - since for since, to in groups)
        for count in range(len(groups), 0, -1):
            if sizes[:count] not in _CARD_SHAPES:
                continue
            stop = groups[count - 1][1]
            labelled = told_as(_CARD_LABEL, text, match.start())
            if _is_card(_GAPS.sub("", match[1][:stop]), labelled=labelled):
                place = match.start(), match.start() + stop
                doubted = called_otherwise(text, *place) or (count > 1 and stands_in_a_row(text, *place))
                if labelled or not doubted:
                    yield "bank-card", *place
                break


def _is_card(number: str, *, labelled: bool) -> bool:
    """Whether digits are a payment card: an issuer's range and the Luhn digit (ISO/IEC 7812)."""
    if not labelled and (not _ISSUERS.fullmatch(number) or len(set(number)) < 3):  # noqa: PLR2004 - 4444 4444 …
        return False
    if not labelled and len(number) == _OF_IDENTITY and _looks_like_identity(number):
        return False
    from stdnum import luhn  # noqa: PLC0415 - loaded when a candidate is there

    return luhn.is_valid(number)


def _is_organisation(code: str) -> bool:
    total = sum(
        _ALPHABET.index(char) * weight for char, weight in zip(code[:8].upper(), _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0X987654321"[total % 11] == code[-1].upper()
