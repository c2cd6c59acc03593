"""Personal data in running text, each kind proved by its own rule, and the masking of them in what is logged.

Kinds: `id-card`, `bank-card`, `credit-code` (check characters), `mobile`, `landline`, `email`, `home-address`. Whether
a kind is a reason to stop is for the reader to judge: an office's own telephone and e-mail stand in many letters.
One cheap scan for each group of kinds looks for candidates; the rules are loaded only where one stands.
"""

import re
from collections.abc import Iterator

from attrtrack.domain.evidence import Span

# parted by alternatives because a class of many far-apart ranges takes ten times as long to compile
_BETWEEN = "[ ()\u00a0-]|[\u2002-\u2015]|[\u2060\u2212]|\u3000|\ufeff|\uff0d|\ufe63|[\uff08\uff09]"
_STRETCH = re.compile(rf"\d(?:\d|{_BETWEEN}){{5,}}")
_EMAIL_SIGN = re.compile(r"[@\uff20]|(?:[aA]|\uff41|\uff21)(?:[tT]|\uff54|\uff34) ?(?:[\])}]|\uff09|\u3011)")
_HOME_SIGN = re.compile(
    r"(?:，|,|；|;|、|（)住|住(?:址|在|所地|地址)|家住|现住|居住(?:地|于|在)|户籍|户口所在|家庭地址|现居|单元|\d(?:室|户)|(?:组|社|队|楼|栋|幢)\d"
)
_ADDRESS_OF_PAGE = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
_FOLDED = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code - 0xFEE0).isalnum() or chr(code) in "＠＋－．＿＃／"
}
_FOLDED |= dict.fromkeys([0xA0, 0x3000, 0xFEFF, 0x2060, *range(0x2002, 0x2010)], ord(" "))
_FOLDED |= dict.fromkeys([0x2212, 0xFE63, *range(0x2010, 0x2016)], ord("-"))
_BEFORE, _AFTER = 40, 40
_EMAIL_BEFORE, _EMAIL_AFTER = 90, 260
_KEPT_BEFORE, _KEPT_AFTER = 3, 2

Hit = tuple[str, int, int]


def find_identifiers(text: str) -> Iterator[tuple[str, Span]]:
    """Yield kind and span (code points of `text`) of each passage, in order of place, without overlaps.

    Full-width signs count as their narrow ones. Where two kinds claim a passage the stronger proof has it: check
    characters before forms, forms before words beside.
    """
    taken: list[tuple[str, Span]] = []
    covered = bytearray(len(text))
    for kind, start, end in _claims(_without_pages(text)):
        if not any(covered[start:end]):
            covered[start:end] = b"\x01" * (end - start)
            taken.append((kind, Span(start, end)))
    yield from sorted(taken, key=lambda hit: hit[1])


def masked(text: str) -> str:
    """Return `text` as it may be logged: of each identifier only the first three and last two signs are left."""
    parts: list[str] = []
    done = 0
    for _, span in find_identifiers(text):
        value = span.of(text)
        shown = len(value) > _KEPT_BEFORE + _KEPT_AFTER
        before, after = (value[:_KEPT_BEFORE], value[-_KEPT_AFTER:]) if shown else ("", "")
        parts += [text[done : span.start], before, "*" * (len(value) - len(before) - len(after)), after]
        done = span.end
    return "".join([*parts, text[done:]])


def _without_pages(text: str) -> str:
    """Blank out the addresses of pages, whose numbers are nobody's; all places stay."""
    if "://" not in text and "www." not in text:
        return text
    return _ADDRESS_OF_PAGE.sub(lambda page: "\x00" * len(page[0]), text)


def _claims(text: str) -> Iterator[Hit]:
    """Yield what each kind claims, the strongest proof first."""
    if _EMAIL_SIGN.search(text):
        from attrtrack.nlp.identifier_places import find_emails  # noqa: PLC0415 - rules load where a candidate stands

        for start, end in _around(_EMAIL_SIGN, text, _EMAIL_BEFORE, after=_EMAIL_AFTER):
            yield from _moved(find_emails(text[start:end].translate(_FOLDED)), start)
    stretches = [(start, text[start:end].translate(_FOLDED)) for start, end in _around(_STRETCH, text, _BEFORE)]
    if stretches:
        from attrtrack.nlp.identifier_codes import find_codes  # noqa: PLC0415 - as above
        from attrtrack.nlp.identifier_phones import find_phones  # noqa: PLC0415 - as above

        for find in (find_codes, find_phones):
            for start, stretch in stretches:
                yield from _moved(find(stretch), start)
    if _HOME_SIGN.search(text):
        from attrtrack.nlp.identifier_places import find_homes  # noqa: PLC0415 - as above

        yield from find_homes(text)


def _around(sign: re.Pattern[str], text: str, before: int, *, after: int = _AFTER) -> Iterator[tuple[int, int]]:
    """Yield the disjoint stretches of text around a sign, wide enough for a number and the words that name it."""
    start = end = 0
    for match in sign.finditer(text):
        if match.start() - before > end:
            if end:
                yield start, end
            start = match.start() - before
        end = min(match.end() + after, len(text))
    if end:
        yield start, end


def _moved(hits: Iterator[Hit], place: int) -> Iterator[Hit]:
    return ((kind, start + place, end + place) for kind, start, end in hits)
