"""What dates and years say of a pair: an interpretation appears with its document or soon after."""

from bisect import bisect_left

from attrtrack.domain.evidence import Evidence
from attrtrack.linking.pairs import Clue, Pair
from attrtrack.linking.profiles import DocumentProfile, InterpretationProfile

_SILENT_YEARS = 2
TIMELY = frozenset({"date-named", "date-fits", "date-soon", "year-fits"})
FAR_IN_TIME = frozenset(
    {"date-before", "date-early", "date-year", "date-old", "date-past", "year-apart", "year-silent"}
)


def dates(pair: Pair) -> Clue | None:
    """An interpretation appears with its document or soon after; well before it, it explains something else."""
    return pair.answer(_dates)


def _dates(pair: Pair) -> Clue | None:
    page, made = pair.page, pair.document.day
    if page.day is None and made is not None and made in page.days_named:
        return Clue("date-named", 1.0, Evidence.at(page.interpretation.text, page.days_named[made], "date"))
    if page.day is None or made is None:
        return _years(page, pair.document)
    days = (page.day - made).days
    code = _DATE_CODES[bisect_left(_UP_TO, days)]
    if code in _TOO_EARLY and (fitting := _years_of_number(pair)):
        return fitting
    said = f"解读发布于{page.day.isoformat()}，文件日期{made.isoformat()}"
    return Clue(code, 1.0, Evidence(said, None, "date"), veto=days < _LONG_BEFORE, doubt=_DOUBTFUL_DATES.get(code, ""))


# days from document to interpretation, up to and including; a meeting that adopts a plan is explained weeks early
_UP_TO = (-75, -31, -4, 14, 45, 120, 400, 800)
_DATE_CODES = (
    "date-before", "date-early", "date-eve", "date-fits", "date-soon", "date-months", "date-year", "date-old", "date-past",
)  # fmt: skip
_DOUBTFUL_DATES = {
    "date-before": "解读早于文件两个半月以上",
    "date-early": "解读早于文件一个月以上", "date-old": "解读晚于文件一年以上", "date-past": "解读晚于文件两年以上",
}  # fmt: skip
_LONG_BEFORE = -400
"""Up to here only the weight speaks against: registers give the day of a later listing for that of the document."""
_TOO_EARLY = {"date-before", "date-early"}
_YEARS_APART = 2
_YEAR_CODES = {0: "year-fits", 1: "year-next"}


def _years_of_number(pair: Pair) -> Clue | None:
    """Where a document's date lies years after its number, the number says when it was made: the date is another's."""
    made, when = pair.document.day, pair.page.day
    if made is None or when is None or made.year <= when.year:  # no number of the page's year or the last is far off
        return None
    written = next((key.year for key in pair.document.numbers if key.year), None)
    if written is None or made.year - written < _YEARS_APART:
        return None
    code = _YEAR_CODES.get(when.year - written)
    said = f"文件日期{made.isoformat()}，文号为{written}年"
    return Clue(code, 1.0, Evidence(said, None, "date"), doubt="文件日期与文号年份不符") if code else None


def _years(page: InterpretationProfile, document: DocumentProfile) -> Clue | None:
    """Without a whole date, the years of number and text bound when the page was written."""
    year = document.year
    if page.day is not None and year is not None and document.document.date is None:
        gap = page.day.year - year
        said = f"解读发布于{page.day.year}年，文号为{year}年"
        return Clue(
            _YEAR_CODES.get(gap, "year-apart"),
            1.0,
            Evidence(said, None, "date"),
            doubt="解读发布年份与文号年份不符" if gap > 1 else "",
            veto=gap < 0,
        )
    if page.latest_year is None or year is None or page.latest_year >= year - _SILENT_YEARS:
        return None
    silent = year - _SILENT_YEARS - page.latest_year
    said = f"解读所提日期最晚为{page.latest_year}年，文件为{year}年"
    return Clue("year-silent", silent, Evidence(said, None, "date"), doubt="正文所提日期都早得多，可能解读的是旧文件")
