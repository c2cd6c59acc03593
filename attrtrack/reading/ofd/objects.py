"""What is drawn on an OFD page: runs of text, ruled lines and pictures, wherever they are nested."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from attrtrack.reading.containers.markup import local
from attrtrack.reading.limits import MAX_CHARACTERS, too_large
from attrtrack.reading.ofd.geometry import Matrix, Stroke, box, matrix, number, strokes
from attrtrack.reading.ofd.package import child
from attrtrack.reading.ofd.runs import Run, runs_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_RUNS = 200_000
_MOST_OBJECTS = 500_000
_MOST_COMPOSED = 100_000
_MOST_STROKES = 20_000
_DEEPEST = 12
_OPAQUE = 255.0
_SKIPPED = frozenset(
    {"Clips", "Clip", "FillColor", "StrokeColor", "Actions", "CGTransform", "Area", "PageRes", "Template", "Parameters"}
)


@dataclass(slots=True)
class Drawn:
    """The content of one page: upright runs, tilted ones and hidden ones apart, ruled lines, boxes of pictures."""

    runs: list[Run] = field(default_factory=list)
    tilted: list[Run] = field(default_factory=list)
    hidden: list[Run] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    shapes: int = 0

    def add(self, other: "Drawn", limits: "Limits") -> None:
        """Put what another page (a template) draws onto this one."""
        for run in (*other.runs, *other.tilted, *other.hidden):
            limits.take(run)
        self.runs.extend(other.runs)
        self.tilted.extend(other.tilted)
        self.hidden.extend(other.hidden)
        self.strokes.extend(other.strokes)
        self.pictures.extend(other.pictures)
        self.shapes += other.shapes


@dataclass(slots=True)
class Limits:
    """What may still be read of one file: characters, runs, objects, and those that composite objects repeat."""

    characters: int = MAX_CHARACTERS
    runs: int = _MOST_RUNS
    objects: int = _MOST_OBJECTS
    composed: int = _MOST_COMPOSED

    def visit(self, *, composed: bool) -> None:
        """Count an object; raises too-large beyond the bounds."""
        self.objects -= 1
        self.composed -= composed
        if self.objects < 0 or self.composed < 0:
            raise too_large()

    def take(self, run: Run) -> None:
        """Count a run; raises too-large beyond the bounds."""
        self.characters -= len(run.text)
        self.runs -= 1
        if self.characters < 0 or self.runs < 0:
            raise too_large()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk stands: the map to the page, whether it is hidden, the composite units it is inside of."""

    map: Matrix
    hidden: bool = False
    units: tuple[str, ...] = ()


def draw(root: "_Element", units: dict[str, "_Element"], *, onto: Drawn, limits: Limits, place: Place) -> None:
    """Put everything drawn below `root` onto a page; `units` are the composite graphic units of the resources by id."""
    stack = [(element, place) for element in reversed(root)]
    while stack:
        element, where = stack.pop()
        kind = local(element)
        if kind in _SKIPPED or not kind:
            continue
        limits.visit(composed=bool(where.units))
        ctm, boundary = element.get("CTM"), element.get("Boundary")
        if ctm or boundary or _is_hidden(element):
            hidden = where.hidden or _is_hidden(element)
            where = Place(matrix(ctm, boundary, where.map), hidden, where.units)
        if kind == "TextObject":
            _draw_text(element, where, onto=onto, limits=limits)
        elif kind == "PathObject":
            _draw_path(element, where, onto)
        elif kind == "ImageObject":
            _draw_picture(element, where, onto)
        else:
            inner, where = _content(element, kind, where, units)
            stack.extend((below, where) for below in reversed(inner))


def _content(element: "_Element", kind: str, where: Place, units: dict[str, "_Element"]) -> tuple["_Element", Place]:
    """Return what to walk below an element: itself, and for a composite object the unit that it refers to."""
    name = element.get("ResourceID", "")
    unit = units.get(name)
    if kind != "CompositeObject" or unit is None or name in where.units or len(where.units) >= _DEEPEST:
        return element, where
    content = child(unit, "Content")
    return (unit if content is None else content), Place(where.map, where.hidden, (*where.units, name))


def _is_hidden(element: "_Element") -> bool:
    return element.get("Visible", "").strip().lower() in {"false", "0"}


def _draw_path(element: "_Element", where: Place, onto: Drawn) -> None:
    onto.shapes += 1
    data = child(element, "AbbreviatedData")
    if data is not None and data.text and not where.hidden and len(onto.strokes) < _MOST_STROKES:
        onto.strokes.extend(strokes(data.text, where.map))


def _draw_picture(element: "_Element", where: Place, onto: Drawn) -> None:
    place = box(element.get("Boundary"))
    if place is not None and not where.hidden:
        onto.pictures.append(place)


def _draw_text(element: "_Element", where: Place, *, onto: Drawn, limits: Limits) -> None:
    hidden = where.hidden or number(element.get("Alpha"), _OPAQUE) <= 0
    for run, tilted in runs_of(element, where.map):
        limits.take(run)
        (onto.hidden if hidden else onto.tilted if tilted else onto.runs).append(run)
