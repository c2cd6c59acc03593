"""The papers of an assessment: every number opens to a measure, and a changed row changes exactly the numbers it counts in."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from register_places import register_at

from attrtrack.bootstrap import build_app
from attrtrack.domain.measures import Measure, MeasureState
from attrtrack.domain.reports import Named, Number, Part, Receipt, Report, ReportKind
from attrtrack.errors import EmptyListError, UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportScope, import_ledger
from attrtrack.workflow.measuring import coverage
from attrtrack.workflow.needing import decide_need
from attrtrack.workflow.reports import Wanted, rendered, report, write_report

YEAR = 2024
UNITS = ("太原市人民政府", "云东县教育局", "云西县水务局")
HEADER = "公文全称,文号,成文日期,公开属性,不公开理由,主动公开公文链接,发布日期,解读文件链接,是否为非纯文字解读"
DEADLINE = dt.date(2027, 1, 15)
_NO_VALUE = {MeasureState.UNDEFINED: "无法计算", MeasureState.NOT_ASSESSABLE: "不能评定"}
_DERIVED = {Part.RANK, Part.BELOW, Part.UNITS}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def rows_of(unit: int) -> list[str]:
    """Return a unit's ledger: documents interpreted or not, labelled or not, public in time or late."""
    site = f"https://unit{unit}.example.gov.cn"
    return [
        HEADER,
        f"关于印发供水管理办法的通知,云{unit}发〔2024〕1号,2024-03-04,主动公开,,{site}/1,2024-03-12,{site}/j1,{'是' if unit else '否'}",
        f"关于印发校园安全实施方案的通知,云{unit}发〔2024〕2号,2024-04-08,主动公开,,{site}/2,2024-07-01,{site}/j2,否",
        f"关于印发抗旱工作方案的通知,云{unit}发〔2024〕3号,2024-05-06,主动公开,,{site}/3,2024-05-07,,",
        f"关于人员调整的函,云{unit}函〔2024〕4号,2024-06-03,不予公开,{'条例第十六条第一款' if unit else ''},,,,",
        f"关于开展年度检查的通知,云{unit}发〔2024〕5号,2024-06-11,{'主动公开' if unit == 2 else ''},,,,,",
    ]


def take(app: App, folder: Path, unit: str, rows: list[str]) -> None:
    """Import a ledger of a unit."""
    file = folder / "台账.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    assert list(import_ledger(app, str(file), ImportScope(unit, YEAR)))


CHANGES: dict[str, Callable[[App, Path], object]] = {
    "a need is decided": lambda app, _: decide_need(app, "D8", "no", "内部事务"),
    "an attribute is stated": lambda app, folder: take(
        app, folder, UNITS[1], [HEADER, "关于开展年度检查的通知,云1发〔2024〕5号,2024-06-11,主动公开,,,,,"]
    ),
    "a document becomes public": lambda app, folder: take(
        app, folder, UNITS[2],
        [HEADER, "关于开展年度检查的通知,云2发〔2024〕5号,2024-06-11,主动公开,,https://c.example.gov.cn/5,2024-06-12,,"],
    ),
}  # fmt: skip


def opened(folder: Path) -> App:
    """Make a register of three units' ledgers, looked at on a fixed day."""
    app = build_app(register_at(folder / "register.db"), "李拟稿")
    fixed = replace(app, clock=lambda: dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), make_store=lambda: app.store)
    for number, unit in enumerate(UNITS):
        take(fixed, folder, unit, rows_of(number))
    return fixed


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Give a register that no test changes."""
    made = opened(tmp_path_factory.mktemp("reports"))
    yield made
    made.store.close()


@pytest.fixture(scope="module", params=list(CHANGES))
def changed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Changed"]:
    """Give what reports and measures say before and after one row is changed."""
    folder = tmp_path_factory.mktemp("changed")
    app = opened(folder)
    before = {kind: report(app, wanted(kind)) for kind in ReportKind}, Truth(app)
    CHANGES[request.param](app, folder)
    yield Changed(*before, {kind: report(app, wanted(kind)) for kind in ReportKind}, Truth(app))
    app.store.close()


def wanted(kind: ReportKind, **values: object) -> Wanted:
    """Ask for a report of the year; the self-check of the second unit."""
    unit = UNITS[1] if kind is ReportKind.SELF_CHECK else None
    fields: dict[str, object] = {"unit": unit, "deadline": DEADLINE, **values}
    return Wanted(kind, YEAR, **fields)  # type: ignore[arg-type]  # fields of the value, by name


class Truth:
    """What the numbers must be by the measures that their receipts name, computed apart from the reports."""

    def __init__(self, app: App) -> None:
        self._measures = {
            unit: {(m.code, m.reading): m for m in coverage(app, year=YEAR, unit=unit)} for unit in (*UNITS, None)
        }

    def of(self, receipt: Receipt) -> str:
        """Say what a number must be."""
        found = self._measures[receipt.unit]
        if receipt.measure == "targets":
            return _of_targets(list(found.values()), receipt.part)
        if receipt.measure == "units":
            return str(len(UNITS))
        assert receipt.reading is not None
        key = (receipt.measure, receipt.reading)
        measure = found[key]
        if receipt.part in _DERIVED:
            return _derived({unit: _exact(self._measures[unit][key]) for unit in UNITS}, receipt, measure)
        if receipt.part is Part.VALUE:
            return _NO_VALUE.get(measure.state) or f"{measure.value or 0:.1%}"
        counts = {
            Part.NUMERATOR: len(measure.numerator),
            Part.DENOMINATOR: len(measure.denominator),
            Part.EXCLUDED: len(measure.excluded),
            Part.SHORT: len(set(measure.denominator) - set(measure.numerator)),
        }
        return str(counts[receipt.part])


@dataclass(frozen=True)
class Changed:
    """The reports and the measures before and after a change of one row."""

    before: dict[ReportKind, Report]
    truth_before: Truth
    after: dict[ReportKind, Report]
    truth_after: Truth


def _of_targets(found: list[Measure], part: Part) -> str:
    aimed = [item for item in found if item.target]
    undefined = [item for item in aimed if item.value is None]
    below = [item for item in aimed if item.value is not None and item.target and item.value < item.target.value]
    reached = len(aimed) - len(undefined) - len(below)
    return str({Part.NUMERATOR: reached, Part.BELOW: len(below), Part.EXCLUDED: len(undefined)}[part])


def _exact(measure: Measure) -> Fraction | None:
    return Fraction(len(measure.numerator), len(measure.denominator)) if measure.denominator else None


def _derived(values: dict[str, Fraction | None], receipt: Receipt, whole: Measure) -> str:
    known = [value for value in values.values() if value is not None]
    if receipt.part is Part.RANK:
        own = values[receipt.unit or ""]
        assert own is not None
        return str(1 + sum(value > own for value in known))
    if receipt.part is Part.UNITS:
        return str(len(values) - len(known))
    assert whole.target is not None
    return str(sum(float(value) < whole.target.value for value in known))


def printed(made: Report) -> dict[Receipt, str]:
    """Return the numbers of a report by their receipts; the same receipt never prints two numbers."""
    found: dict[Receipt, str] = {}
    for number in made.numbers():
        assert found.setdefault(number.receipt, number.words) == number.words
    return found


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_changed_row_changes_exactly_the_numbers_it_counts_in(kind: ReportKind, changed: Changed) -> None:
    """Before and after, every number is what its receipt says; those that differ are those whose measure differs."""
    before, after = printed(changed.before[kind]), printed(changed.after[kind])
    assert before == {receipt: changed.truth_before.of(receipt) for receipt in before}
    assert after == {receipt: changed.truth_after.of(receipt) for receipt in after}
    both = before.keys() & after.keys()
    differ = {receipt for receipt in both if before[receipt] != after[receipt]}
    assert differ == {r for r in both if changed.truth_before.of(r) != changed.truth_after.of(r)}
    if kind is ReportKind.NOTICE:
        assert differ
        assert both - differ


@pytest.mark.parametrize("kind", list(ReportKind))
def test_no_number_of_the_register_hides_in_the_words(kind: ReportKind, office: App) -> None:
    """Figures in the fixed words are years, days, targets, items of lists and names of measures; the rest has a receipt."""
    made = report(office, wanted(kind))
    names = [row.name for row in office.rules.measures] + [row.definition for row in office.rules.measures]
    names += [row.source for row in office.rules.measures] + [row.text for row in office.rules.evidence_items]
    names += [word for row in office.rules.remedies for word in (row.fault, row.demand)]
    names += [f"{row.value * 100:.1f}%" for row in office.rules.targets]
    told = [str(YEAR), "2027年1月15日", "2026年11月20日", "附件1", "附件2", "附件：1．", "　　　2．"]
    for piece in made.pieces():
        if not isinstance(piece, str):
            continue
        left = piece
        for known in sorted((*names, *told), key=len, reverse=True):
            left = left.replace(known, "")
        assert not re.search(r"\d", re.sub(r"^\d{1,2}(?:．|$)|^指标词典.*", "", left)), piece


class _Links(HTMLParser):
    """Collects the ids, the links, and everything that a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.ids, self.links, self.loads = set[str](), list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in {"src", "action", "srcset", "data"} or tag in {"script", "link", "img", "iframe", "object"}:
                self.loads.append(f"{tag} {name}")


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_number_of_a_page_opens_within_the_page(kind: ReportKind, office: App) -> None:
    """Each link leads to a row of the same page, as many as there are numbers in words, and nothing is loaded."""
    made = report(office, wanted(kind))
    page = rendered(made, ".html").decode()
    links = _Links()
    links.feed(page)
    assert links.loads == []
    assert links.links
    assert {link.removeprefix("#") for link in links.links} <= links.ids
    assert all(f">{number.words}</a>" in page or f">{number.words}</text>" in page for number in made.numbers())


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_number_of_a_docx_opens_within_the_file(kind: ReportKind, office: App) -> None:
    """Each link of the docx leads to a bookmark of it; the sheet is A4; the same report gives the same bytes."""
    made = report(office, wanted(kind))
    data = rendered(made, ".docx")
    sheet = Document(io.BytesIO(data))
    body = etree.fromstring(etree.tostring(sheet.element))
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert anchors
    assert anchors <= {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    words = "".join(text.text or "" for text in body.iter(f"{W}t"))
    assert all(piece.words in words for piece in made.pieces() if isinstance(piece, (Number, Named)))
    section = sheet.sections[0]
    size = (section.page_width, section.page_height)
    assert sorted(round(length.mm) for length in size if length) == [210, 297]
    assert rendered(made, ".docx") == data


def test_the_evidence_is_that_of_the_units_class(office: App) -> None:
    """A city has ten items and answers for its key fields, a department nine; a unit of no plan gets both lists."""
    by_class = {row.code: row.text for row in office.rules.evidence_items}

    def texts(**values: object) -> set[str]:
        made = report(office, wanted(ReportKind.SELF_CHECK, **values))
        return {piece for piece in made.pieces() if isinstance(piece, str)}

    assert by_class["A6"] in texts(unit=UNITS[0])
    assert by_class["B1"] not in texts(unit=UNITS[0])
    assert by_class["A6"] not in texts(category="B")
    assert {by_class["A1"], by_class["B1"]} <= texts()


def test_names_are_words_never_markup(app: App, tmp_path: Path) -> None:
    """A unit or title that looks like a tag, or holds what XML forbids, is printed as words in both forms."""
    unit = '<script>alert(1)</script>"&局'
    take(app, tmp_path, unit, [HEADER, '"关于<b>检查</b>&""引号""的通知",,2024-06-11,,,,,,'])
    made = report(app, wanted(ReportKind.SELF_CHECK, unit=unit, deadline=None))
    page = rendered(made, ".html").decode()
    assert "<script" not in page
    assert "<b>检查" not in page
    links = _Links()
    links.feed(page)
    assert links.loads == []
    assert "关于<b>检查</b>" in "\n".join(
        text.text for text in Document(io.BytesIO(rendered(made, ".docx"))).paragraphs
    )


def test_ties_share_a_rank(office: App) -> None:
    """Units of the same value stand on the same rank, the next one below all of them."""
    ranks: dict[tuple[str, str | None], str] = {}
    for number in report(office, wanted(ReportKind.NOTICE)).numbers():
        if number.receipt.part is Part.RANK:
            ranks[number.receipt.measure, number.receipt.unit] = number.words
    assert [ranks["labelled-rate", unit] for unit in UNITS] == ["2", "2", "1"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": ReportKind.SELF_CHECK, "unit": None}, "--unit"),
        ({"kind": ReportKind.NOTICE, "unit": UNITS[0]}, "--unit"),
        ({"kind": ReportKind.NOTICE, "category": "C"}, "--class"),
        ({"kind": ReportKind.NOTICE, "deadline": dt.date(2020, 1, 1)}, "--deadline"),
        ({"kind": ReportKind.NOTICE, "entries": "表.csv"}, "--scheme"),
        ({"kind": ReportKind.SELF_CHECK, "scheme": "x"}, "attrtrack score"),
    ],
)
def test_wrong_use_is_told(values: dict[str, object], words: str, office: App) -> None:
    """What cannot be meant is refused with the option to mend."""
    asked = {"kind": ReportKind.NOTICE, "year": YEAR, **values}
    if values["kind"] is ReportKind.SELF_CHECK and "unit" not in values:
        asked["unit"] = UNITS[0]
    with pytest.raises(UsageError, match=words):
        report(office, Wanted(**asked))  # type: ignore[arg-type]  # fields of the value, by name


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_year_without_documents_gives_no_report(kind: ReportKind, office: App) -> None:
    """Nothing to count is refused, with the years there are; no paper of blanks is made."""
    with pytest.raises(EmptyListError, match="2024"):
        report(office, replace(wanted(kind), year=1999))


def test_a_file_appears_whole_or_not_at_all(office: App, tmp_path: Path) -> None:
    """Another ending is refused before anything is computed; what is written leaves nothing beside it."""
    with pytest.raises(UsageError, match=r"\.docx"):
        write_report(office, wanted(ReportKind.NOTICE), tmp_path / "通报.pdf")
    out = tmp_path / "通报.html"
    made = write_report(office, wanted(ReportKind.NOTICE), out)
    assert out.read_bytes() == rendered(made, ".html")
    assert sorted(
        path.name for path in tmp_path.iterdir() if path.suffix != ".csv" and "register" not in path.name
    ) == ["通报.html"]


def test_units_that_handed_in_nothing_are_named_where_it_is_asked(office: App) -> None:
    """The notice names the units of the plan without a document of the year, and how many they are."""
    made = report(office, wanted(ReportKind.NOTICE, all_units=True))
    absent = [row.name for row in office.rules.units if row.name not in UNITS]
    assert printed(made)[Receipt("units", None, Part.EXCLUDED, None, YEAR)] == str(len(absent))
    words = "".join(piece for piece in made.pieces() if isinstance(piece, str))
    assert "、".join(absent) in words
    assert "、".join(absent) not in "".join(
        piece for piece in report(office, wanted(ReportKind.NOTICE)).pieces() if isinstance(piece, str)
    )


def test_scores_rank_where_a_scheme_is_named(office: App) -> None:
    """With a scheme the notice ranks by its scores and says whether it is a sample; without, it says that it does not score."""
    with_scheme = report(office, wanted(ReportKind.NOTICE, scheme="shanxi-2020-sample"))
    words = "".join(piece for piece in with_scheme.pieces() if isinstance(piece, str))
    assert "示例，不得作为正式考核依据" in words
    assert {number.receipt.unit for number in with_scheme.numbers() if number.receipt.measure == "score"} == set(UNITS)
    without = "".join(piece for piece in report(office, wanted(ReportKind.NOTICE)).pieces() if isinstance(piece, str))
    assert "没有按考核细则计分" in without
