"""Telephone numbers: mobile by its form, landline by area code and phonenumbers, or by the word 电话 beside it.

Decision: service numbers (400, 800, 95…, 12345) belong to nobody and are passed over.
"""

import re
from bisect import bisect
from collections.abc import Iterator

from attrtrack.nlp.identifier_context import GAP, called_otherwise, stands_in_a_row

_START = r"(?<![0-9A-Za-z_])(?<!\d[.,·])(?<!\d-)"
_WORD_START = r"(?:(?<=[Tt][Ee][Ll])|(?<=[Ff][Aa][Xx])|(?<=[Mm]ob)|(?<=[Pp]hone)|(?<![0-9A-Za-z_])(?<!\d[.,])(?<!\d-))"
_END = r"(?![0-9A-Za-z_]|[.,]\d)"
_CHINA = rf"(?:\+{GAP}?|00)?86"
_ABROAD = rf"(?:(?:[(（]{_CHINA}[)）]|{_CHINA}){GAP}{{0,2}})"
_MOBILE = re.compile(rf"{_WORD_START}{_ABROAD}?(?P<own>1[3-9]\d(?:{GAP}?\d){{8}}){_END}")
_TURN = r"(?:转|分机|[Ee]xt\.?|[xX#])(?:分机)?[:： ]{0,2}\d{1,6}"
_EXTENSION = rf"(?:{GAP}?(?:{_TURN}|[(（]{_TURN}[)）]|-\d{{1,5}})(?!\d))?"
_AREA_CODE = r"0(?:10|2[0-57-9]|[3-9]\d{2})"
_LOCAL = rf"(?P<local>[1-9]\d{{2,3}}{GAP}?\d{{4}})"
_LANDLINE = re.compile(
    rf"{_WORD_START}(?:{_ABROAD}(?:[(（]0?[)）]?)?(?P<abroad>0?\d{{2,3}})[)）]?{GAP}{{0,3}}"
    rf"|[(（]{GAP}?(?P<bracketed>{_AREA_CODE}){GAP}?[)）]{GAP}{{0,2}}"
    rf"|(?P<plain>{_AREA_CODE})(?P<part>[)）]?{GAP}{{0,3}}|/))"
    rf"{_LOCAL}{_EXTENSION}{_END}"
)
_BARE = re.compile(rf"{_START}(?P<local>[2-9]\d{{2,3}}{GAP}?\d{{4}}){_EXTENSION}{_END}")
_AREA = re.compile(r"0?(?:10|2[0-57-9]|[3-9]\d{2})")
_GAPS = re.compile(GAP)
_USUAL = frozenset({(11,), (3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (3, 3, 5), (4, 4, 3)})
_LABEL = re.compile(
    r"(?:电 {0,4}话|传 {0,4}真|手 {0,2}机|座机|固话|热线|联系人?|联系方式|联络|致电|拨打|值班|咨询|微信|tel|fax|phone|mobile)"
    r"[^\d\n。；;]{0,16}$",
    re.IGNORECASE,
)
_PASSED_OVER = re.compile(r"邮编|邮政|编号|编码|代码|文号|日期|时间|[账帐]|卡号|金额|QQ|网址|\[|〔", re.IGNORECASE)
_CHAINED = re.compile(r"[\s、，,/;；或及和（()）:：\u4e00-\u9fff-]{1,10}")
_DATE = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_SERVICE = ("400", "800")
_LOOKED_BACK = 28

Hit = tuple[str, int, int]


def find_phones(text: str) -> Iterator[Hit]:
    """Yield kind, start and end of the telephone numbers within a stretch of folded text, mobiles first."""
    for match in _MOBILE.finditer(text):
        if _is_mobile(match, text):
            yield "mobile", match.start(), match.end()
    ends = [0]
    for match in _LANDLINE.finditer(text):
        if _is_landline(match, text):
            ends.append(match.end())
            yield "landline", match.start(), match.end()
    for match in _BARE.finditer(text):
        place = bisect(ends, match.start())
        chained = ends[place - 1] > 0 and _is_chained(text[ends[place - 1] : match.start()])
        if _is_bare(match, text, chained=chained):
            ends.insert(place, match.end())
            yield "landline", match.start(), match.end()


def _is_mobile(match: re.Match[str], text: str) -> bool:
    if called_otherwise(text, match.start(), match.end()):
        return False
    if _is_labelled(text, match.start()):
        return True
    shape = tuple(len(group) for group in _GAPS.split(match["own"]))
    in_a_row = len(shape) > 1 and stands_in_a_row(text, match.start(), match.end())
    return shape in _USUAL and not in_a_row and _is_valid(match["own"])


def _is_landline(match: re.Match[str], text: str) -> bool:
    area = match["abroad"] or match["bracketed"] or match["plain"]
    if not _AREA.fullmatch(area) or called_otherwise(text, match.start(), match.end()):
        return False
    number = f"0{area.removeprefix('0')}{match['local']}"
    labelled = _is_labelled(text, match.start())
    if match["plain"] and not match["part"] and not labelled:
        return False
    in_a_row = match["local"] != _GAPS.sub("", match["local"]) and stands_in_a_row(text, match.start(), match.end())
    doubted = in_a_row or (match["abroad"] and match[0].startswith("86"))
    return labelled or (not doubted and _is_valid(number))


def _is_bare(match: re.Match[str], text: str, *, chained: bool) -> bool:
    local = _GAPS.sub("", match["local"])
    if local.startswith(_SERVICE) or _DATE.fullmatch(local) or called_otherwise(text, match.start(), match.end()):
        return False
    return chained or _is_labelled(text, match.start())


def _is_chained(between: str) -> bool:
    return bool(_CHAINED.fullmatch(between)) and not _PASSED_OVER.search(between)


def _is_labelled(text: str, place: int) -> bool:
    before = text[max(0, place - _LOOKED_BACK) : place]
    label = _LABEL.search(before)
    return label is not None and _PASSED_OVER.search(label[0]) is None


def _is_valid(number: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - loaded when a candidate is there

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(_GAPS.sub("", number), "CN"))
    except phonenumbers.NumberParseException:
        return False
