"""OFD files made by hand for the tests of reading: text laid out as programs do, one option for each way of writing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from office_files import zipped

STANDARD = "http://www.ofdspec.org/2016"
LEFT, TOP, EM, MEASURE, PITCH, LINES = 28.0, 37.0, 5.6, 28, 10.0, 22
WIDTH, HEIGHT = 210.0, 297.0


@dataclass(frozen=True)
class Glyph:
    """One character and where it is printed."""

    char: str
    x: float
    y: float
    size: float = EM


Line = list[Glyph]


@dataclass(frozen=True)
class Look:
    """How a program writes lines of glyphs into XML.

    `unit` is what one text object holds (line, word, char, glyph-codes: one object, a TextCode a character); `steps`
    how distances are given (each, repeated, none); `turn` by how many right angles the page is turned.
    """

    unit: str = "line"
    steps: str = "each"
    turn: int = 0
    scale: float = 1.0
    doubled: float | None = None
    backwards: bool = False
    nested: bool = False
    pretty: bool = False
    upright: bool = False
    glyphs: bool = False
    extra: str = ""


def advance(char: str) -> float:
    """Return the width of a character in ems."""
    return 0.5 if char.isascii() else 1.0


def line_at(text: str, x: float, y: float, *, size: float = EM, spread: float = 0.0) -> Line:
    """Lay one line from a place, each character moved on by its width and the spread in ems."""
    glyphs: Line = []
    for char in text:
        glyphs.append(Glyph(char, x, y, size))
        x += (advance(char) + spread) * size
    return glyphs


def pages_of(paragraphs: list[str], *, measure: int = MEASURE, indent: int = 2) -> list[list[Line]]:
    """Break paragraphs into printed lines and pages, first lines indented; a paragraph that begins with `|` is not."""
    lines: list[tuple[str, float]] = []
    for paragraph in paragraphs:
        start = 0.0 if paragraph.startswith("|") else float(indent)
        text, used = "", start
        for char in paragraph.removeprefix("|"):
            if used + advance(char) > measure:
                lines.append((text, start))
                text, used, start = "", 0.0, 0.0
            text, used = text + char, used + advance(char)
        lines.append((text, start))
    return [
        [
            line_at(text, LEFT + start * EM, TOP + number * PITCH)
            for number, (text, start) in enumerate(lines[first : first + LINES], start=1)
        ]
        for first in range(0, len(lines), LINES)
    ]


def objects(lines: list[Line], look: Look | None = None) -> str:
    """Write lines as text objects."""
    look = look or Look()
    pieces = [piece for line in lines for piece in _units(line, look.unit)]
    if look.doubled is not None:
        pieces = [again for piece in pieces for again in (piece, [replace(g, x=g.x + look.doubled) for g in piece])]
    if look.backwards:
        pieces.reverse()
    written = "".join(_text_object(piece, look) for piece in pieces if piece)
    return f"<o:PageBlock><o:PageBlock>{written}</o:PageBlock></o:PageBlock>" if look.nested else written


def _units(line: Line, unit: str) -> Iterator[Line]:
    if unit == "char":
        yield from ([glyph] for glyph in line if not glyph.char.isspace())
    elif unit == "word":
        yield from (list(group) for _, group in groupby(line, key=lambda glyph: glyph.char.isascii()))
    else:
        yield line


def _text_object(piece: Line, look: Look) -> str:
    first, scale = piece[0], look.scale
    x, y = _turned(first.x, first.y, look.turn)
    a, b, c, d = _rotation(look.turn, scale)
    ctm = "" if (look.turn, scale) == (0, 1.0) else f' CTM="{a:.6f} {b:.6f} {c:.6f} {d:.6f} 0 0"'
    size = first.size / scale
    boundary = f"{x:.4f} {y - first.size * (look.turn == 0):.4f} {first.size:.4f} {first.size:.4f}"
    local_y = size if look.turn == 0 else 0.0
    if look.unit == "glyph-codes":
        codes = "".join(_code([glyph], (glyph.x - first.x) / scale, local_y, look) for glyph in piece)
    else:
        codes = _code(piece, 0.0, local_y, look)
    direction = ' ReadDirection="90" CharDirection="0"' if look.upright else ""
    mapping = '<o:CGTransform CodePosition="0" CodeCount="2" GlyphCount="1"><o:Glyphs>77</o:Glyphs></o:CGTransform>'
    return (
        f'<o:TextObject ID="9" Font="3" Size="{size:.4f}" Boundary="{boundary}"{ctm}{direction}{look.extra}>'
        f"{mapping if look.glyphs else ''}{codes}</o:TextObject>"
    )


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    return ((x, y), (WIDTH - y, x), (WIDTH - x, HEIGHT - y), (y, HEIGHT - x))[turn]


def _rotation(turn: int, scale: float) -> tuple[float, float, float, float]:
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
    return cosine * scale, sine * scale, -sine * scale, cosine * scale


def _code(piece: Line, x: float, y: float, look: Look) -> str:
    text = "".join(glyph.char for glyph in piece)
    steps = [(after.x - before.x) / look.scale for before, after in pairwise(piece)]
    if look.upright:
        steps = [(after.y - before.y) / look.scale for before, after in pairwise(piece)]
    name = "DeltaY" if look.upright else "DeltaX"
    shown = [f"{step:.4f}" for step in steps]
    if look.steps == "repeated":
        groups = ((value, len(list(group))) for value, group in groupby(shown))
        shown = [f"g {count} {value}" for value, count in groups]
    delta = f' {name}="{" ".join(shown)}"' if shown and look.steps != "none" else ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<o:TextCode X="{x:.4f}" Y="{y:.4f}"{delta}>{chr(10) * look.pretty}{escaped}{chr(10) * look.pretty}</o:TextCode>'


def page(content: str, *, before: str = "", paper: str = f"0 0 {WIDTH} {HEIGHT}") -> str:
    """Write one page; `before` stands between its area and its content (templates, resources)."""
    area = f"<o:Area><o:PhysicalBox>{paper}</o:PhysicalBox></o:Area>"
    return f'<o:Page xmlns:o="{STANDARD}">{area}{before}<o:Content><o:Layer ID="2">{content}</o:Layer></o:Content></o:Page>'


def document(
    parts: Mapping[str, str], pages: Mapping[str, str], *, common: str = "", after: str = ""
) -> dict[str, str]:
    """Return the parts of one document in Doc_0: its pages by location, other parts, and what names them."""
    named = "".join(f'<o:Page ID="{number * 7 + 1}" BaseLoc="{name}"/>' for number, name in enumerate(pages))
    root = (
        f'<o:Document xmlns:o="{STANDARD}"><o:CommonData><o:PageArea><o:PhysicalBox>0 0 {WIDTH} {HEIGHT}</o:PhysicalBox>'
        f"</o:PageArea>{common}</o:CommonData><o:Pages>{named}</o:Pages>{after}</o:Document>"
    )
    return {"Document.xml": root, **parts, **pages}


def entry(*roots: str, info: str = "") -> str:
    """Write the entry part that names the documents."""
    bodies = "".join(
        f"<o:DocBody><o:DocInfo>{info}</o:DocInfo><o:DocRoot>{root}</o:DocRoot></o:DocBody>" for root in roots
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><o:OFD xmlns:o="{STANDARD}" Version="1.1" DocType="OFD">{bodies}</o:OFD>'


def container(parts: Mapping[str, str | bytes], *, folder: str = "Doc_0", info: str = "") -> bytes:
    """Pack the parts of one document."""
    named = {f"{folder}/{name}": content for name, content in parts.items()}
    return zipped({"OFD.xml": entry(f"{folder}/Document.xml", info=info), **named})


def an_ofd(paragraphs: list[str], look: Look | None = None, *, info: str = "") -> bytes:
    """Make a file of running text."""
    pages = {
        f"Pages/Page_{number}/Content.xml": page(objects(lines, look))
        for number, lines in enumerate(pages_of(paragraphs))
    }
    return container(document({}, pages), info=info)


def rules(xs: list[float], ys: list[float]) -> str:
    """Draw a ruled table with these upright and level lines."""
    lines = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    return "".join(
        f'<o:PathObject ID="5" Boundary="{x0} {y0} {x1 - x0 + 1} {y1 - y0 + 1}" LineWidth="0.3">'
        f"<o:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</o:AbbreviatedData></o:PathObject>"
        for x0, y0, x1, y1 in lines
    )


def picture(boundary: str = f"0 0 {WIDTH} {HEIGHT}") -> str:
    """Draw a picture."""
    return f'<o:ImageObject ID="6" Boundary="{boundary}" ResourceID="7"/>'
