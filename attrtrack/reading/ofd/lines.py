"""Printed lines put together from runs of text, whatever order and pieces a program wrote them in.

Decision: runs share a line when their baselines agree, or when they overlap in height and stand beside each other
(superscripts, a label centred beside its value). A gap clearly wider than a character becomes a tab; inside Chinese
text no blank is put in, and the even gaps of letter-spaced titles are no gaps.
"""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from attrtrack.reading.ofd.runs import Run, advance

_SAME_LINE, _SHADOW = 0.3, 0.15
_ABOVE, _BELOW = 0.85, 0.1
_BESIDE, _TOUCHING = 0.55, 0.4
_TAB, _WIDEST_SPREAD = 1.5, 3.0
_ROOM, _WORD_GAP, _SIGN_GAP, _OVERLAP = 0.12, 0.25, 0.45, 0.35
_HAN_BLANK, _WIDE_BLANK, _CHARACTER = 0.3, 0.75, 0.95
_MOST_BESIDE, _MOST_COMPARED = 200, 8
_FILLERS = frozenset("_＿.…·")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a printed line without a wide gap, from `left` to `right` on the baseline `base`."""

    text: str
    left: float
    right: float
    base: float
    size: float

    @property
    def top(self) -> float:
        """Where the characters begin, from above."""
        return self.base - self.size * _ABOVE


@dataclass(slots=True)
class _Band:
    """Runs taken to share a line, and how far they reach up and down."""

    runs: list[Run]
    top: float
    bottom: float


def lines_of(runs: Iterable[Run]) -> list[list[Piece]]:
    """Return the lines of runs of one frame from top to bottom, each as its pieces from left to right."""
    lines = [_pieces(band.runs) for band in _merged(_bands(_without_doubles(runs)))]
    return sorted((line for line in lines if line), key=lambda line: (line[0].base, line[0].left))


def _without_doubles(runs: Iterable[Run]) -> list[Run]:
    """Drop what is drawn twice at the same place, as programs do for bold type and shadows."""
    seen: dict[tuple[str, int, int], list[Run]] = {}
    kept: list[Run] = []
    for run in runs:
        size = run.size or 1.0
        columns, rows = _near(run.lefts[0] / size), _near(run.base / size)
        if any(_is_double(run, seen.get((run.text, column, row), ())) for column in columns for row in rows):
            continue
        seen.setdefault((run.text, columns[0], rows[0]), []).append(run)
        kept.append(run)
    return kept


def _near(place: float) -> tuple[int, ...]:
    """Return the number of the square a place is in, and of the next one where its edge is near."""
    own = round(place)
    beyond = place - own
    if abs(beyond) < 0.5 - _SHADOW:
        return (own,)
    return own, own + (1 if beyond > 0 else -1)


def _is_double(run: Run, others: Sequence[Run]) -> bool:
    near = min(_SHADOW * run.size, 0.45 * (run.end - run.lefts[0]) / len(run.text)) if others else 0.0
    return any(
        abs(other.lefts[0] - run.lefts[0]) <= near and abs(other.base - run.base) <= _SHADOW * run.size
        for other in others[:_MOST_COMPARED]
    )


def _bands(runs: list[Run]) -> list[_Band]:
    """Group runs by their baselines; the largest run of a group says where its baseline is."""
    bands: list[_Band] = []
    anchor: Run | None = None
    for run in sorted(runs, key=lambda run: run.base):
        if anchor is not None and run.base - anchor.base <= _SAME_LINE * min(run.size, anchor.size):
            bands[-1].runs.append(run)
            bands[-1].top = min(bands[-1].top, run.base - _ABOVE * run.size)
            bands[-1].bottom = max(bands[-1].bottom, run.base + _BELOW * run.size)
            anchor = run if run.size > anchor.size else anchor
        else:
            bands.append(_Band([run], run.base - _ABOVE * run.size, run.base + _BELOW * run.size))
            anchor = run
    return bands


def _merged(bands: list[_Band]) -> list[_Band]:
    """Join bands that overlap in height and stand beside each other; bands of blanks alone join nothing."""
    merged: list[_Band] = []
    for band in bands:
        if all(run.text == " " for run in band.runs):
            continue
        for other in reversed(merged[-3:]):
            shared = min(band.bottom, other.bottom) - max(band.top, other.top)
            height = min(band.bottom - band.top, other.bottom - other.top)
            if shared >= _BESIDE * height and _beside(band.runs, other.runs):
                other.runs.extend(band.runs)
                other.top, other.bottom = min(band.top, other.top), max(band.bottom, other.bottom)
                break
        else:
            merged.append(band)
    return merged


def _beside(runs: list[Run], others: list[Run]) -> bool:
    """Whether no run of one band stands above or below a run of the other."""
    if len(runs) + len(others) > _MOST_BESIDE:
        return False
    edges = sorted(
        [(run.lefts[0], run.end, 0, run.size) for run in runs if run.text != " "]
        + [(run.lefts[0], run.end, 1, run.size) for run in others if run.text != " "]
    )
    reach = {0: -1e9, 1: -1e9}
    for left, end, side, size in edges:
        if reach[1 - side] > left:
            return False
        reach[side] = max(reach[side], end - _TOUCHING * size)
    return True


def _pieces(runs: list[Run]) -> list[Piece]:
    """Cut the runs of a line where a wide gap stands."""
    ordered = _untangled(sorted(runs, key=lambda run: run.lefts[0]))
    written = [run for run in ordered if run.text != " "]
    if not written:
        return []
    blanks = [run.lefts[0] for run in ordered if run.text == " "]
    spread = _spread(written)
    base = max(written, key=lambda run: run.size * len(run.text)).base
    pieces: list[Piece] = []
    words = [written[0].text]
    first = last = written[0]
    for run in written[1:]:
        em = min(last.size, run.size)
        gap = run.lefts[0] - last.end - spread * em
        if gap > _TAB * em:
            pieces.append(_piece(words, first, last, base))
            words, first = [run.text], run
        else:
            parted = any(last.lefts[-1] < blank <= run.lefts[0] for blank in blanks)
            words.append((" " if _is_word_gap(last, run, gap / em, parted=parted) else "") + run.text)
        last = run if run.end >= last.end else last
    return [*pieces, _piece(words, first, last, base)]


def _piece(words: list[str], first: Run, last: Run, base: float) -> Piece:
    return Piece("".join(words), first.lefts[0], last.end, base, max(first.size, last.size))


def _spread(runs: list[Run]) -> float:
    """Return how far a letter-spaced line sets its characters apart, in ems: the even gaps of single characters."""
    gaps = [
        (run.lefts[0] - last.end) / (min(last.size, run.size) or 1)
        for last, run in pairwise(runs)
        if len(run.text) == len(last.text) == 1 and not run.text.isascii() and not last.text.isascii()
    ]
    if len(gaps) * 10 < (len(runs) - 1) * 7 or len(gaps) < 2:  # noqa: PLR2004 - one gap is no pattern
        return 0.0
    spread = statistics.median(gaps)
    return spread if 0 < spread <= _WIDEST_SPREAD else 0.0


def _is_word_gap(last: Run, run: Run, gap: float, *, parted: bool) -> bool:
    """Whether a gap, in characters, parts two words; beside Chinese ones a blank of the source, or more than a character."""
    one, other = last.text[-1], run.text[0]
    if one.isascii() and other.isascii():
        return gap > (_ROOM if parted else _WORD_GAP if one.isalpha() and other.isalpha() else _SIGN_GAP)
    if gap > _CHARACTER:
        return True
    return parted and gap > (_HAN_BLANK if one.isalpha() and other.isalpha() else _WIDE_BLANK)


def _untangled(runs: list[Run]) -> list[Run]:
    """Order runs that stand inside each other character by character: values written into the gaps of a form's label.

    Texts printed one over the other are no such thing, and stay whole.
    """
    if not any(run.lefts[0] < last.end - _OVERLAP * run.size for last, run in pairwise(runs)):
        return runs
    single = [
        Run(char, [left], run.base, after, run.size, run.quarter)
        for run in runs
        for char, left, after in zip(run.text, run.lefts, _ends(run), strict=True)
    ]
    ordered = _without_doubles(sorted(single, key=lambda run: run.lefts[0]))
    solid = [run for run in ordered if not run.text.isspace() and run.text not in _FILLERS]
    fillers = (run for run in ordered if run.text.isspace() or run.text in _FILLERS)
    if any(run.lefts[0] < last.end - _OVERLAP * run.size for last, run in pairwise(solid)):
        return runs
    kept = solid + [run for run in fillers if not _covered(run, solid)]
    return sorted(kept, key=lambda run: run.lefts[0])


def _ends(run: Run) -> list[float]:
    """Return where each character of a run ends, by its usual width and before the next one begins."""
    following = [*run.lefts[1:], run.end]
    share = run.size
    return [
        min(after, left + advance(char) * share)
        for char, left, after in zip(run.text, run.lefts, following, strict=True)
    ]


def _covered(filler: Run, solid: list[Run]) -> bool:
    """Whether a blank or a dot stands under a written character."""
    middle = (filler.lefts[0] + filler.end) / 2
    low, high = 0, len(solid)
    while low < high:
        half = (low + high) // 2
        low, high = (half + 1, high) if solid[half].lefts[0] <= middle else (low, half)
    return low > 0 and solid[low - 1].end > middle


def in_frames(runs: Iterable[Run]) -> dict[int, list[Run]]:
    """Group runs by how they are turned."""
    ordered = sorted(runs, key=lambda run: run.quarter)
    return {quarter: list(group) for quarter, group in groupby(ordered, key=lambda run: run.quarter)}
