"""Publication delay as a picture: each government's documents by class of working days, and the years' shares within the term."""

from attrtrack.domain.delays import CLASSES, Cohort, Delays, Spread, class_name
from attrtrack.domain.terms import PUBLISH_WORKDAYS
from attrtrack.reporting.charts import BAR, FAINT, INK, SOFT, Canvas, fitted, hatched, width_of

WIDTH = 1080.0
MOST = 12
"""Governments drawn one by one; the others are drawn together, and the picture says so."""
_MARGIN, _NAMES, _SHARE, _COUNTS, _ROW = 28.0, 272.0, 70.0, 200.0, 34.0
_COLUMNS = ((136.0, "份数"), (76.0, "中位数"), (0.0, "九成不超过"))
_LATEST = hatched("latest", "#5b2c06", "#e8b98a", 10).replace("rotate(45)", "rotate(-45)")
_PATTERNS = hatched("late", "#fdf1e3", "#e0a45c", 7) + hatched("later", "#f3d2b0", "#b5651d", 5) + _LATEST
_FILLS = ("#1d4f7c", "#5688b5", "#a9c6e0", "url(#late)", "url(#later)", "url(#latest)")
_NAMED = "其余 {} 个机关"


def delay_picture(found: Delays, *, name: str) -> str:
    """Return the picture as SVG: the cohorts under the Regulation and under its revision, then every year; `name` of the list."""
    panels = [cohort for cohort in found.cohorts[1:] if cohort.together.count]
    rows = [_rows(cohort) for cohort in panels]
    height = 130 + sum(64 + _ROW * len(drawn) for drawn in rows) + (270 if found.years else 0) + 44
    canvas = Canvas(WIDTH, height, _title(), _described(panels))
    canvas.text((_MARGIN, 44), _title(), size=26, bold=True)
    told = f"从成文到公开的工作日；{found.counted:,} 份公文写明两个日期，{len(found.left_out):,} 行不计入"
    canvas.text((_MARGIN, 72), told, size=15, ink=SOFT)
    _legend(canvas, 104)
    top = 130.0
    for cohort, drawn in zip(panels, rows, strict=True):
        top = _panel(canvas, cohort, drawn, top=top)
    if found.years:
        top = _years(canvas, found.years, top=top)
    told = f"来源：{name}　工作日历：{found.calendar}　只计已经公开的公文，迟迟未公开的不在其中"
    canvas.text((_MARGIN, height - 18), fitted(told, 12, WIDTH - 2 * _MARGIN), size=12, ink=SOFT)
    return canvas.written(_PATTERNS)


def _title() -> str:
    return f"公文成文后多久公开：{PUBLISH_WORKDAYS} 个工作日的期限守住了多少"


def _described(panels: list[Cohort]) -> str:
    parts = []
    for cohort in panels:
        shares = "，".join(
            f"{_called(item)} {_percent(item)}" for item in (cohort.together, *cohort.governments[:MOST])
        )
        parts.append(f"{cohort.since:%Y年%m月%d日}以来{PUBLISH_WORKDAYS}个工作日内公开的：{shares}")
    return "；".join(parts)


def _rows(cohort: Cohort) -> list[Spread]:
    shown, rest = list(cohort.governments[:MOST]), cohort.governments[MOST:]
    shown.sort(key=lambda spread: (-(spread.share or 0), spread.name))
    if rest:
        classes = tuple(sum(spread.classes[number] for spread in rest) for number in range(len(CLASSES)))
        within = sum(spread.within for spread in rest)
        shown.append(Spread(_NAMED.format(len(rest)), sum(classes), within, None, None, None, classes))
    return [cohort.together, *(shown if len(cohort.governments) > 1 else ())]


def _legend(canvas: Canvas, y: float) -> None:
    x = _MARGIN
    for number, fill in enumerate(_FILLS):
        canvas.bar((x, y - 14), (26, 17), fill)
        words = class_name(number)
        canvas.text((x + 33, y), words, size=14)
        x += 33 + width_of(words, 14) + 26
        if CLASSES[number][1] == PUBLISH_WORKDAYS:
            canvas.line((x - 8, y - 20), (x - 8, y + 8), width=2.5)
            canvas.text((x + 2, y), "超期：", size=14, bold=True)
            x += 56


def _panel(canvas: Canvas, cohort: Cohort, drawn: list[Spread], *, top: float) -> float:
    day = f"{cohort.since.year}年{cohort.since.month}月{cohort.since.day}日以来成文（{cohort.because}）"
    canvas.text((_MARGIN, top + 22), day, size=18, bold=True)
    right = WIDTH - _MARGIN
    canvas.text((_MARGIN + _NAMES + _SHARE - 12, top + 46), "期限内", size=12, anchor="end", ink=SOFT)
    for place, words in _COLUMNS:
        canvas.text((right - place, top + 46), words, size=12, anchor="end", ink=SOFT)
    y = top + 54
    for spread in drawn:
        _bars(canvas, spread, y, bold=spread is cohort.together)
        y += _ROW
    return y + 10


def _bars(canvas: Canvas, spread: Spread, y: float, *, bold: bool) -> None:
    left, room, base = _MARGIN + _NAMES + _SHARE, WIDTH - 2 * _MARGIN - _NAMES - _SHARE - _COUNTS, y + _ROW / 2 + 5
    canvas.text((_MARGIN, base), fitted(_called(spread), 15, _NAMES - 8), size=15, bold=bold)
    canvas.text((left - 12, base), _percent(spread), size=16, anchor="end", bold=True)
    x = left
    for number, count in enumerate(spread.classes):
        length = room * count / spread.count if spread.count else 0
        told = f"{_called(spread)} {class_name(number)}：{count} 份"
        canvas.bar((x, y + 4), (length, _ROW - 8), _FILLS[number], told=told)
        x += length
    edge = left + room * (spread.share or 0)
    canvas.line((edge, y + 1), (edge, y + _ROW - 1), width=2.5)
    numbers = (f"{spread.count:,}", _days(spread.median), _days(spread.ninth_decile))
    for (place, _), words in zip(_COLUMNS, numbers, strict=True):
        canvas.text((WIDTH - _MARGIN - place, base), words, size=14, anchor="end")


def _years(canvas: Canvas, years: tuple[Spread, ...], *, top: float) -> float:
    canvas.text((_MARGIN, top + 24), f"逐年：当年成文、{PUBLISH_WORKDAYS} 个工作日内公开的占多少", size=18, bold=True)
    left, room, ground, tall = _MARGIN + 44, WIDTH - 2 * _MARGIN - 44, top + 218, 150.0
    for tenth in (0, 5, 10):
        y = ground - tall * tenth / 10
        canvas.line((left, y), (left + room, y), ink=FAINT)
        canvas.text((left - 8, y + 4), f"{tenth * 10}%", size=12, anchor="end", ink=SOFT)
    step = room / len(years)
    for number, spread in enumerate(years):
        x, height = left + step * number, tall * (spread.share or 0)
        told = f"{spread.name}年：{spread.count} 份中 {spread.within} 份"
        canvas.bar((x + step * 0.14, ground - height), (step * 0.72, height), BAR, told=told)
        middle = x + step / 2
        canvas.text((middle, ground - height - 6), f"{(spread.share or 0) * 100:.0f}", size=12, anchor="middle")
        canvas.text((middle, ground + 18), spread.name, size=12, anchor="middle", ink=INK)
        canvas.text((middle, ground + 34), f"{spread.count:,}", size=11, anchor="middle", ink=SOFT)
    canvas.text((left - 8, ground + 34), "份数", size=11, anchor="end", ink=SOFT)
    return top + 270


def _called(spread: Spread) -> str:
    return spread.name.replace("_", " ")


def _percent(spread: Spread) -> str:
    return "—" if spread.share is None else f"{spread.share * 100:.1f}%"


def _days(days: int | None) -> str:
    return "—" if days is None else f"{days:,}天"
