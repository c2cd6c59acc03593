"""Charts are words and rectangles: escaped, within their frame, true to their numbers, and legible without colours."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from attrtrack.domain.delays import CLASSES
from attrtrack.domain.terms import PUBLISH_WORKDAYS
from attrtrack.reporting.charts import BAR, SHORT_BAR, Bar, bar_chart, clean, fitted, width_of
from attrtrack.reporting.delay_picture import _FILLS, _PATTERNS

SVG = "{http://www.w3.org/2000/svg}"
BARS = (
    Bar("政策解读率", 1.0, "100.0%", 1.0), Bar("多样化解读率", 0.5, "50.0%", 0.7), Bar("理由说明率", None, "无法计算", 1.0),
    Bar("复查率", 0.25, "25.0%"),
)  # fmt: skip


def drawn(bars: tuple[Bar, ...], title: str = "各项指标") -> ET.Element:
    """Parse a chart as a reader would."""
    return ET.fromstring(bar_chart(title, bars))  # noqa: S314 - the chart just drawn


def bars_of(chart: ET.Element) -> list[tuple[float, str]]:
    """Return length and colour of the bars that say what they are."""
    told = [one for one in chart.iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None]
    return [(float(one.get("width", "")), one.get("fill", "")) for one in told]


def test_bars_are_as_long_as_their_shares_and_light_below_the_target() -> None:
    """Lengths are in proportion; what is below its target is light; what has no value has words and no bar."""
    (full, dark), (half, light), (quarter, free) = bars_of(drawn(BARS))
    assert (round(half / full, 3), round(quarter / full, 3)) == (0.5, 0.25)
    assert (dark, light, free) == (BAR, SHORT_BAR, BAR)
    assert "无法计算" in [text.text for text in drawn(BARS).iter(f"{SVG}text")]


def test_nothing_leaves_the_frame_and_nothing_is_loaded() -> None:
    """However long a name and however large a share, every mark stands within the picture; there is no link or script."""
    chart = drawn((Bar("长" * 400, 7.5, "750.0%", 9.0), Bar("", -1.0, "-", 0.0)), title="题" * 300)
    width, height = (float(chart.get(side, "")) for side in ("width", "height"))
    for text in chart.iter(f"{SVG}text"):
        words, size, x = text.text or "", float(text.get("font-size", "")), float(text.get("x", ""))
        long = width_of(words, size)
        start = {"start": x, "middle": x - long / 2, "end": x - long}[text.get("text-anchor", "")]
        assert start >= 0
        assert start + long <= width + 1
        assert float(text.get("y", "")) <= height
    assert {one.tag.removeprefix(SVG) for one in chart.iter()} <= {
        "svg",
        "title",
        "desc",
        "defs",
        "rect",
        "text",
        "line",
    }


@pytest.mark.parametrize("name", ["<svg onload=x>", "a&b", '"引"', "a\u0000\u0007b\ud800", "]]>"])
def test_names_are_escaped(name: str) -> None:
    """A name is words, whatever it holds; what XML cannot hold is left out."""
    texts = [text.text for text in drawn((Bar(name, 0.5, name),)).iter(f"{SVG}text")]
    assert texts.count(clean(name)) == 2


def test_words_are_cut_to_their_room() -> None:
    """What does not fit ends in an ellipsis and fits; what fits is kept."""
    assert fitted("短", 14, 100) == "短"
    cut = fitted("一二三四五六七八九十", 14, 80)
    assert cut.endswith("…")
    assert width_of(cut, 14) <= 80


def test_classes_of_the_delays_differ_in_grey() -> None:
    """Classes within the term are plain and differ in lightness, darkest first; those beyond it are hatched, each otherwise."""
    within = [number for number, (_, last) in enumerate(CLASSES) if last is not None and last <= PUBLISH_WORKDAYS]
    plain, late = _FILLS[: len(within)], _FILLS[len(within) :]
    greys = [sum(int(fill[at : at + 2], 16) * part for at, part in ((1, 0.3), (3, 0.59), (5, 0.11))) for fill in plain]
    assert all(lighter - darker >= 40 for darker, lighter in pairwise(greys))
    assert len(_FILLS) == len(CLASSES) == len(set(_FILLS))
    assert all(fill.startswith("url(#") and f'id="{fill[5:-1]}"' in _PATTERNS for fill in late)
