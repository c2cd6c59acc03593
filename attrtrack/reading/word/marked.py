"""Signs that Word prints without characters: symbol fonts, form boxes, fields whose instruction draws the text."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x78: "☒", 0xA1: "○", 0xA8: "□", 0xFB: "×", 0xFC: "√",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x2A: "□", 0x30: "□", 0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●", 0xA2: "■",
    0xA3: "□",
}  # fmt: skip
_ANY_FONT = {**_WINGDINGS_2, **_WINGDINGS}
_PRIVATE, _PRIVATE_END = 0xF000, 0xF0FF
_OVERSTRUCK = re.compile(r"\\o(?:\\a[lrcd])*\s*\((.*)\)\s*$", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"^\s*SYMBOL\s+(?:0x([0-9a-f]{1,4})|(\d{1,5}))\b", re.IGNORECASE)
_LONGEST_INSTRUCTION = 500
_OFF = frozenset({"0", "false", "off"})


def attribute(element: "_Element", name: str) -> str:
    """Return an attribute whatever its namespace: Word writes w:char and plain string."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def switched_on(element: "_Element | None") -> bool:
    """Whether an on/off property is there and not switched off."""
    return element is not None and attribute(element, "val").lower() not in _OFF


def symbol(element: "_Element") -> str:
    """Return the character that a `w:sym` prints; pictures that stand for no character give nothing."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return in_font(code, attribute(element, "font"))


def in_symbol_font(text: str, run: "_Element | None") -> str:
    """Return text as printed when its run is set in Wingdings: R and £ are the ticked and the empty box."""
    fonts = run.find("{*}rPr/{*}rFonts") if run is not None else None
    font = (attribute(fonts, "ascii") or attribute(fonts, "hAnsi")) if fonts is not None else ""
    if not font.lower().startswith("wingdings"):
        return text
    return "".join(in_font(ord(char), font) or char for char in text)


def in_font(code: int, font: str) -> str:
    """Return the sign that a font prints for a code: boxes and ticks of Wingdings, else the character itself."""
    private = _PRIVATE <= code <= _PRIVATE_END
    name = font.lower()
    if private or name.startswith("wingdings"):
        table = _WINGDINGS_2 if name == "wingdings 2" else _WINGDINGS if name == "wingdings" else _ANY_FONT
        return table.get(code - _PRIVATE if private else code, "")
    return chr(code) if code >= ord(" ") and not 0xD800 <= code <= 0xDFFF and code <= 0x10FFFF else ""  # noqa: PLR2004 - the surrogates, no characters


PRIVATE_SIGNS = {code: sign for code in range(_PRIVATE, _PRIVATE_END + 1) if (sign := in_font(code, ""))}
"""Code of private use → the box or tick that it stands for, where the font is not known."""


def form_value(begin: "_Element") -> str:
    """Return what a form field shows without any text of its own: its box, or the chosen line of its list."""
    box = begin.find("{*}ffData/{*}checkBox")
    if box is not None:
        checked = box.find("{*}checked")
        return "☑" if switched_on(checked if checked is not None else box.find("{*}default")) else "□"
    choices = begin.find("{*}ffData/{*}ddList")
    if choices is None:
        return ""
    chosen = choices.find("{*}result")
    lines = [attribute(entry, "val") for entry in choices.iterfind("{*}listEntry")]
    place = attribute(chosen, "val") if chosen is not None else "0"
    return lines[int(place)] if place.isdecimal() and int(place[:4]) < len(lines) else ""


def drawn(instruction: str) -> str:
    """Return the text that an instruction draws itself (a sign in a circle, a base under its reading, a symbol).

    No other instruction is looked at, and none is executed.
    """
    if len(instruction) > _LONGEST_INSTRUCTION:
        return ""
    found = _SYMBOL.match(instruction)
    if found:
        code = int(found[1], 16) if found[1] else int(found[2])
        return in_font(code, "wingdings 2" if "wingdings 2" in instruction.lower() else "wingdings")
    over = _OVERSTRUCK.search(instruction) if instruction.lstrip()[:2].lower() == "eq" else None
    return re.split(r"[,，;]", over[1])[-1].strip() if over else ""
