"""Ledgers into the register, a batch a transaction: rows see each other as if written one after the other."""

from pathlib import Path

import pytest

from attrtrack.domain.interpretations import Interpretation, Judgement
from attrtrack.workflow import importing
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportedRow, ImportScope, import_ledger

HEADER = "公文全称,文号,成文日期,公开属性,主动公开公文链接,解读文件链接"
UNIT = "云栖市住建局"


@pytest.fixture(
    params=[(1, 5000), (1000, 5000), (1, 0)], ids=["a row a transaction", "all in one", "rows made ahead by a process"]
)
def _batch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, long = request.param
    monkeypatch.setattr(importing, "BATCH", rows)
    monkeypatch.setattr(importing, "LONG", long)


def take(app: App, folder: Path, *rows: str, dry_run: bool = False) -> list[ImportedRow]:
    """Import rows below the header and return what became of each."""
    file = folder / "台账.csv"
    file.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    found = import_ledger(app, str(file), ImportScope(UNIT, None, dry_run))
    return [row for row in found if isinstance(row, ImportedRow)]


def outcomes(rows: list[ImportedRow]) -> list[tuple[str, str | None]]:
    """Return outcome and id of each row."""
    return [(row.outcome, row.id) for row in rows]


@pytest.mark.usefixtures("_batch")
def test_the_same_number_under_another_title_is_told_whatever_the_batch(app: App, tmp_path: Path) -> None:
    """The later row names the earlier one by the id that it got."""
    rows = take(
        app,
        tmp_path,
        "关于甲事的通知,云建发〔2024〕1号,2024-01-02,主动公开,,",
        "关于乙事的通知,云建发〔2024〕1号,2024-01-03,主动公开,,",
    )
    assert outcomes(rows) == [("imported", "D1"), ("imported", "D2")]
    with app.reading() as work:
        told = {key: work.documents.get(key).document.findings for key in ("D1", "D2")}
    assert [item.code for item in told["D1"]] == []
    assert [item.code for item in told["D2"]] == ["duplicate-number"]
    assert "D1" in told["D2"][0].message


@pytest.mark.usefixtures("_batch")
def test_rows_that_cannot_be_read_or_kept_are_told_by_their_number(app: App, tmp_path: Path) -> None:
    """Rows that nobody can read come first, of a long ledger in their place; what a row brings is the same whoever made it."""
    rows = take(
        app,
        tmp_path,
        "关于甲事的通知,云建发〔2024〕1号,2024-01-02,主动公开,https://www.jia.example/1.html,https://www.jia.example/j1.html",
        ",,2024-01-03,主动公开,,",
        "关于甲事的通知,云建发〔2024〕1号,2024-01-02,不予公开,,",
        "关于乙事的通知,云建发〔2024〕2号,2024-01-03,主动公开,,",
    )
    told = [(row.row, row.outcome, row.id, row.unit) for row in rows]
    unread = told.pop(1 if importing.LONG == 0 else 0)
    assert unread == (3, "refused", None, None)
    assert told == [(2, "imported", "D1", UNIT), (4, "refused", None, None), (5, "imported", "D2", UNIT)]
    with app.reading() as work:
        assert [item.url for item in work.documents.get("D1").publications] == ["https://www.jia.example/1.html"]
        assert [link.document_id for link in work.links.of("I1")] == ["D1"]


@pytest.mark.usefixtures("_batch")
def test_a_row_that_comes_again_updates_or_changes_nothing(app: App, tmp_path: Path) -> None:
    """The same row is unchanged, another attribute updates the facts, and the whole ledger again changes nothing."""
    first = "关于甲事的通知,云建发〔2024〕1号,2024-01-02,,,"
    later = "关于甲事的通知,云建发〔2024〕1号,2024-01-02,主动公开,,"
    assert outcomes(take(app, tmp_path, first, first, later)) == [
        ("imported", "D1"),
        ("unchanged", "D1"),
        ("updated", "D1"),
    ]
    assert outcomes(take(app, tmp_path, later)) == [("unchanged", "D1")]
    with app.reading() as work:
        assert work.documents.get("D1").attribute is not None
        assert "replace-facts" in {entry.action for entry in work.journal.entries("D1")}
        assert work.journal.verify() is None


@pytest.mark.usefixtures("_batch")
def test_addresses_and_interpretations_are_known_again(app: App, tmp_path: Path) -> None:
    """One interpretation of two documents is one interpretation; its address beside another document is a new link."""
    page, story = "https://www.yunqi.example/a.html", "https://www.yunqi.example/jd/1.html"
    row = f"关于甲事的通知,云建发〔2024〕1号,2024-01-02,主动公开,{page},{story}"
    other = f"关于乙事的通知,云建发〔2024〕2号,2024-01-02,主动公开,,{story}"
    assert [row.outcome for row in take(app, tmp_path, row, other)] == ["imported", "imported"]
    assert [row.outcome for row in take(app, tmp_path, row, other)] == ["unchanged", "unchanged"]
    with app.reading() as work:
        assert [item.id for item in work.interpretations.all()] == ["I1"]
        assert {link.document_id for link in work.links.of("I1")} == {"D1", "D2"}
        assert [item.url for item in work.documents.get("D1").publications] == [page]


def test_a_ledger_outweighs_an_earlier_rejection_and_the_journal_keeps_both(app: App, tmp_path: Path) -> None:
    """A pair judged otherwise before is journalled on its own, so that the earlier judgement is not lost in a digest."""
    page = "https://www.yunqi.example/jd/1.html"
    take(app, tmp_path, "关于甲事的通知,云建发〔2024〕1号,2024-01-02,主动公开,,")
    with app.unit_of_work() as work:
        unit = work.documents.get("D1").unit
        work.interpretations.add(Interpretation(id="", url=page), unit=unit, year=2024)
        work.links.judge("I1", "D1", Judgement.REJECTED, "王核对")
    rows = take(app, tmp_path, f"关于甲事的通知,云建发〔2024〕1号,2024-01-02,主动公开,,{page}")
    assert [row.outcome for row in rows] == ["updated"]
    with app.reading() as work:
        assert [link.judgement for link in work.links.of("I1")] == [Judgement.CONFIRMED]
        assert [entry.action for entry in work.journal.entries("I1")].count("judge-link") == 2


def test_the_same_ledger_again_does_not_overrule_a_person(app: App, tmp_path: Path) -> None:
    """What a person refused after the ledger had stated it stays refused, however often the ledger is imported."""
    row = "关于甲事的通知,云建发〔2024〕1号,2024-01-02,主动公开,,https://www.yunqi.example/jd/1.html"
    take(app, tmp_path, row)
    with app.unit_of_work() as work:
        work.links.judge("I1", "D1", Judgement.REJECTED, "王核对")
    assert [row.outcome for row in take(app, tmp_path, row)] == ["unchanged"]
    with app.reading() as work:
        assert [link.judgement for link in work.links.of("I1")] == [Judgement.REJECTED]


def test_a_trial_leaves_nothing_behind(app: App, tmp_path: Path) -> None:
    """A dry run tells what would happen, without ids, and keeps nothing."""
    rows = take(app, tmp_path, "关于甲事的通知,云建发〔2024〕1号,2024-01-02,主动公开,,", dry_run=True)
    assert outcomes(rows) == [("imported", None)]
    with app.reading() as work:
        assert work.queries.overview() == []


def test_an_interruption_keeps_the_batches_before_it(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops reading after the first batch finds it in the register, and nothing of the next."""
    monkeypatch.setattr(importing, "BATCH", 2)
    file = tmp_path / "台账.csv"
    lines = [f"关于第{n}件事的通知,云建发〔2024〕{n}号,2024-01-02,主动公开,," for n in range(1, 6)]
    file.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
    found = import_ledger(app, str(file), ImportScope(UNIT, None))
    while not isinstance(next(found), ImportedRow):
        pass
    found.close()
    with app.reading() as work:
        assert {row.id for row in work.queries.overview()} == {"D1", "D2"}


def test_a_number_that_hundreds_bear_names_some_of_them(app: App, tmp_path: Path) -> None:
    """Findings stay few where a ledger writes the same number into every row."""
    take(app, tmp_path, *(f"关于第{n}件事的通知,云建发〔2024〕1号,2024-01-02,主动公开,," for n in range(1, 60)))
    with app.reading() as work:
        assert len(work.documents.get("D59").document.findings) == 20
