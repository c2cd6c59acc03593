"""Printed characters of a PDF page with their places, as PDFium finds them; what is no character is dropped.

Coordinates are points in the frame of the writing: a page or passage turned by quarters is turned back here, so that
every later step sees level lines from left to right.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_LINE_ENDS, _HYPHENS, _BLANKS = (
    frozenset({0, 10, 13}),
    frozenset({0x02, 0xAD, 0xFFFE}),
    frozenset({9, 32, 0xA0, 0x3000}),
)
_INVISIBLE = frozenset({0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF})
_SURROGATES = range(0xD800, 0xE000)
_LARGEST = 4000.0
_SKEWED = -1
_DRAWN_OUT = frozenset("—―…─－-–⋯.·")
# radicals that fonts name instead of the ideographs of the same shape and that Unicode does not fold (U+2E80–U+2EF3)
_RADICALS = str.maketrans(
    "⺁⺄⺇⺈⺊⺋⺍⺌⺎⺐⺑⺔⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺣⺤⺥⺦⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "厂乙几刀卜㔾小小兀尢尣巳忄㣺扌攵旡月歺母民氵灬爫爫丬犭王疋罒示礻竹糸纟罓罒罓罒羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角讠贝车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠飠饣马骨鬼鱼鸟卤麦黄黾齐齿龙",
)


class Glyph(NamedTuple):
    """One printed character: its edges, base line and size in points, the blanks written before it, and its place in writing."""

    char: str
    left: float
    right: float
    y: float
    size: float
    blanks: int
    at: int


def glyphs_of(textpage: "pypdfium2.PdfTextPage", count: int) -> dict[int, list[Glyph]]:
    """Return the characters by the turn of their writing in degrees (0, 90, 180, 270; -1 is askew), in written order."""
    raw = textpage.raw
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    at_matrix, at_box, at_x, at_y = map(ctypes.byref, (matrix, box, x, y))
    turned: dict[int, list[Glyph]] = {}
    blanks = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in _BLANKS:
            blanks += not pdfium.FPDFText_IsGenerated(raw, index)
            continue
        if code in _LINE_ENDS:
            continue
        char = _character(code)
        if not char or not pdfium.FPDFText_GetMatrix(raw, index, at_matrix):
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, at_x, at_y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, at_box)
        size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.a, matrix.b)
        turn = _turn(matrix.a, matrix.b)
        left, right, base = _levelled((box.left, box.right, box.bottom, box.top), (x.value, y.value), turn)
        if not (0.5 < size < _LARGEST) or not math.isfinite(left + right + base):  # noqa: PLR2004 - smaller is a dot
            continue
        turned.setdefault(turn, []).append(Glyph(char, left, right, base, size, blanks, index))
        blanks = 0
    return {turn: _without_doubles(glyphs) for turn, glyphs in turned.items()}


def _character(code: int) -> str:
    """Return the character that a code stands for: ligatures in letters, radicals as ideographs, '' for none."""
    if 0x20 < code < 0x2000:  # noqa: PLR2004 - Latin and Greek pass at once
        return "\xad" if code in _HYPHENS else "" if 0x7F <= code < 0xA0 else chr(code)  # noqa: PLR2004
    if code in _HYPHENS:
        return "\xad"
    if code in _INVISIBLE or code in _SURROGATES or not 0x20 < code <= 0x10FFFF:  # noqa: PLR2004 - no code point
        return ""
    char = chr(code)
    if 0x2E80 <= code < 0x2FE0:  # noqa: PLR2004 - the two blocks of radicals
        return unicodedata.normalize("NFKC", char).translate(_RADICALS)
    if 0xF900 <= code < 0xFB07:  # noqa: PLR2004 - compatibility ideographs and Latin ligatures
        return unicodedata.normalize("NFKC", char)
    return char


def _turn(a: float, b: float) -> int:
    angle = math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0
    quarter = round(angle / 90)
    return quarter % 4 * 90 if abs(angle - quarter * 90) <= 4 else _SKEWED  # noqa: PLR2004 - a scan may lean


def _levelled(
    box: tuple[float, float, float, float], origin: tuple[float, float], turn: int
) -> tuple[float, float, float]:
    """Return left edge, right edge and base line after turning the writing level."""
    left, right, bottom, top = box
    x, y = origin
    if turn == 90:  # noqa: PLR2004 - a quarter
        return bottom, top, -x
    if turn == 180:  # noqa: PLR2004 - a half
        return -right, -left, -y
    if turn == 270:  # noqa: PLR2004 - three quarters
        return -top, -bottom, x
    return left, right, y


def _without_doubles(glyphs: list[Glyph]) -> list[Glyph]:
    """Drop characters printed twice at nearly the same place: some programs make bold type so.

    One sign of the font may stand for two characters (a dash of two widths): those share their very edges and stay.
    """
    seen: dict[tuple[str, int, int], Glyph] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        char, across, up = glyph.char, glyph.left / glyph.size, glyph.y / glyph.size
        column, row = int(across // 1), int(up // 1)
        beside = column + (1 if across - column > 0.5 else -1)  # noqa: PLR2004 - the nearer neighbour
        above = row + (1 if up - row > 0.5 else -1)  # noqa: PLR2004 - the nearer neighbour
        cells = ((char, column, row), (char, beside, row), (char, column, above), (char, beside, above))
        if any(cell in seen and _is_double(seen[cell], glyph) for cell in cells):
            continue
        seen[cells[0]] = glyph
        kept.append(glyph)
    return kept


def _is_double(one: Glyph, other: Glyph) -> bool:
    reach = 0.3 * (other.right - other.left) or 0.1 * other.size
    if abs(one.left - other.left) >= reach or abs(one.y - other.y) >= reach:
        return False
    return one.char not in _DRAWN_OUT or other.at - one.at != 1 or one.left != other.left


def usual_size(glyphs: list[Glyph]) -> float:
    """Return the size that most characters have, 0 for none."""
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs)
    return sizes.most_common(1)[0][0] if sizes else 0.0
