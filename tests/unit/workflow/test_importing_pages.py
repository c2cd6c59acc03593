"""Folders of saved pages become interpretations: once each, completed where a ledger knew them, secrets without trace."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_document
from saved_pages import ADDRESS, DOCUMENT, PARAGRAPHS, TITLE, a_page, an_mhtml

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Interpretation, Judgement, Publication
from attrtrack.domain.measures import MeasureState
from attrtrack.workflow.app import App
from attrtrack.workflow.importing_pages import DOCUMENT_PAGE, ImportedPage, find_pages, import_pages
from attrtrack.workflow.measuring import coverage
from attrtrack.workflow.reading_batch import ReadingBatch
from attrtrack.workflow.standing import renewed


@pytest.fixture
def office(database_url: str) -> Iterator[App]:
    """The program over an empty register, on each kind of database."""
    app = assemble(Settings(), database_url=database_url, actor="李拟稿", unit="云栖市住建局")
    yield app
    app.store.close()


def take(app: App, *paths: Path, dry_run: bool = False) -> list[ImportedPage]:
    """Import pages and return what became of each."""
    with ReadingBatch() as batch:
        return list(import_pages(app, find_pages([str(path) for path in paths]), batch, dry_run=dry_run))


def outcomes(pages: list[ImportedPage]) -> list[tuple[str, str, str | None]]:
    """Return file, outcome and id."""
    return [(Path(page.file).name, page.outcome, page.id) for page in pages]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a person fills it: a page with its own folder, an archive, a picture beside, a list that is no page."""
    folder = tmp_path / "网页"
    (folder / "一_files").mkdir(parents=True)
    (folder / "一.html").write_text(a_page(), encoding="utf-8")
    (folder / "一_files" / "frame.html").write_text(
        "<html><body><p>框架里的广告文字。</p></body></html>", encoding="utf-8"
    )
    (folder / "一_files" / "logo.png").write_bytes(b"\x89PNG")
    picture = a_page('<img src="https://www.yunqi.example/1.jpg">', title="一图读懂加装电梯办法", saved_from="")
    (folder / "二.mhtml").write_bytes(
        an_mhtml(picture, address=ADDRESS.replace("17", "18"), title="一图读懂加装电梯办法")
    )
    (folder / "台账.xlsx").write_bytes(b"PK")
    (folder / "坏.html").write_bytes(b"")
    return folder


def test_a_folder_of_saved_pages(office: App, folder: Path) -> None:
    """Each page is read with forms, channels and links; what lies beside is left out; a bad one is told by name."""
    first, second, bad = take(office, folder)
    assert outcomes([first, second, bad]) == [
        ("一.html", "imported", "I1"), ("二.mhtml", "imported", "I2"), ("坏.html", "refused", None),
    ]  # fmt: skip
    assert bad.error is not None
    assert bad.error.code == "empty"
    with office.reading() as work:
        one, two = work.interpretations.get("I1"), work.interpretations.get("I2")
    assert (one.interpretation.title, one.interpretation.url, one.unit, one.year) == (
        TITLE,
        ADDRESS,
        "云栖市住建局",
        2025,
    )
    assert one.interpretation.text == "\n".join(PARAGRAPHS)
    assert one.interpretation.links == (DOCUMENT,)
    assert (one.interpretation.forms, two.interpretation.forms) == (("text",), ("picture",))


def test_the_same_folder_again_changes_nothing(office: App, folder: Path) -> None:
    """Run once more after an interruption, what is there is known; a page whose text changed is brought up to date."""
    take(office, folder)
    assert [page.outcome for page in take(office, folder)] == ["unchanged", "unchanged", "refused"]
    (folder / "一.html").write_text(a_page(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"), encoding="utf-8")
    assert outcomes(take(office, folder))[:1] == [("一.html", "updated", "I1")]
    with office.reading() as work:
        assert len(list(work.interpretations.all())) == 2
        assert work.journal.verify() is None


def test_a_page_completes_what_a_ledger_named(office: App, folder: Path) -> None:
    """The address tells that it is the same one; what the ledger states stays, what it leaves out is filled in."""
    stated = Interpretation(
        id="", title="加装电梯资金管理办法", url=ADDRESS.replace("https", "http"), forms=("non-text",)
    )
    with office.unit_of_work() as work:
        work.interpretations.add(stated, unit="云栖市住建局", year=2025)
        work.interpretations.add(replace(stated, title="另一件解读"), unit="云栖市住建局", year=2025)
    assert outcomes(take(office, folder / "一.html")) == [("一.html", "updated", "I1")]
    with office.unit_of_work() as work:
        item = work.interpretations.get("I1").interpretation
        assert (item.title, item.url, item.forms) == (stated.title, stated.url, ("text",))
        assert item.publisher == "云栖市住房和城乡建设局"
        again = work.interpretations.add(stated, unit="云栖市住建局", year=2025)
        assert again.id == "I1"


def test_a_page_saved_without_its_address_is_the_one_called_so(office: App, folder: Path) -> None:
    """Some browsers do not write down where a page came from: it completes the entry of its title, never a second one."""
    (folder / "一.html").write_text(a_page(saved_from=""), encoding="utf-8")
    listed = Interpretation(id="", title=TITLE, url=ADDRESS)
    with office.unit_of_work() as work:
        work.interpretations.add(listed, unit=office.unit, year=None)
    assert outcomes(take(office, folder / "一.html")) == [("一.html", "updated", "I1")]
    (folder / "三.html").write_text(a_page("<p>另一处转载的文字。</p>" * 9, saved_from=""), encoding="utf-8")
    assert outcomes(take(office, folder / "三.html", folder / "一.html")) == [
        ("三.html", "unchanged", "I1"), ("一.html", "unchanged", "I1"),
    ]  # fmt: skip
    with office.reading() as work:
        known = work.interpretations.get("I1").interpretation
    assert (known.url, known.text) == (ADDRESS, "\n".join(PARAGRAPHS))


def test_pages_of_one_title_are_told_apart_by_their_days(office: App, tmp_path: Path) -> None:
    """Two days of one title without address stay two, in whatever order and however often they are imported."""
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    first.write_text(a_page(), encoding="utf-8")
    later = a_page(saved_from="").replace("2025-03-06", "2025-05-06")
    second.write_text(later, encoding="utf-8")
    unsaid = tmp_path / "3.html"
    unsaid.write_text(a_page(saved_from=""), encoding="utf-8")
    assert [page.id for page in take(office, first, second, unsaid)] == ["I1", "I2", "I1"]
    again = take(office, unsaid, second, first)
    assert [(page.id, page.outcome) for page in again] == [
        ("I1", "unchanged"),
        ("I2", "unchanged"),
        ("I1", "unchanged"),
    ]


@pytest.mark.parametrize(
    ("listed", "outcome"),
    [
        (Interpretation(id="", title=TITLE, url=None), "updated"),
        (Interpretation(id="", title=TITLE, url=None, published=dt.date(2025, 3, 6)), "updated"),
        (Interpretation(id="", title=TITLE, url=None, published=dt.date(2024, 3, 6)), "imported"),
        (Interpretation(id="", title=TITLE, url=ADDRESS + "/another"), "imported"),
    ],
)
def test_a_page_completes_an_entry_without_address(
    office: App, folder: Path, listed: Interpretation, outcome: str
) -> None:
    """A ledger often names a title only; another day or another address is another interpretation."""
    with office.unit_of_work() as work:
        work.interpretations.add(listed, unit=office.unit, year=None)
    assert [page.outcome for page in take(office, folder / "一.html")] == [outcome]
    assert [page.outcome for page in take(office, folder / "一.html")] == ["unchanged"]
    with office.reading() as work:
        assert ADDRESS in {item.interpretation.url for item in work.interpretations.all()}


PAPER = a_page(
    f'<p>各区县人民政府：现将管理办法印发给你们，请认真贯彻执行。</p><p>政策解读：<a href="{ADDRESS}">{TITLE}</a></p>',
    title="关于印发云栖市老旧小区加装电梯资金管理办法的通知",
    saved_from=DOCUMENT,
)


def published_document(office: App, address: str = DOCUMENT) -> str:
    """Put a document into the register that is published at an address."""
    with office.unit_of_work() as work:
        recorded = work.documents.add(
            a_document(), content_hash=address, unit=office.unit, file_name=None, state=State.ISSUED_ELSEWHERE
        )
        work.publications.add(recorded.id, Publication(address, None, None))
    return recorded.id


def mutual(office: App) -> tuple[MeasureState, float | None]:
    """Return the figure of links both ways off the standings, which are made again for what was read since."""
    assert renewed(office)
    found = next(one for one in coverage(office) if one.code == "mutual-links-rate")
    return found.state, found.value


def test_the_page_of_a_document_makes_no_interpretation(office: App, folder: Path) -> None:
    """Known by the address at which the document is published; its links are read, once, and the other pages go on."""
    document = published_document(office, DOCUMENT.replace("https", "http"))
    (folder / "文件.html").write_text(PAPER, encoding="utf-8")
    told = {Path(page.file).name: page for page in take(office, folder)}
    assert (told["文件.html"].outcome, told["文件.html"].documents) == (DOCUMENT_PAGE, (document,))
    assert (told["一.html"].outcome, told["文件.html"].id) == ("imported", None)
    assert outcomes(take(office, folder / "文件.html")) == [("文件.html", "unchanged", None)]
    with office.reading() as work:
        assert {item.interpretation.url for item in work.interpretations.all()} >= {ADDRESS}
        assert DOCUMENT not in {item.interpretation.url for item in work.interpretations.all()}


def test_pages_that_link_to_each_other_are_measured(office: App, folder: Path) -> None:
    """Not assessable until both pages were read; then as the pages are, also when one is saved again without its link."""
    document = published_document(office)
    assert take(office, folder / "一.html")[0].id == "I1"
    with office.unit_of_work() as work:
        work.links.judge("I1", document, Judgement.CONFIRMED, "审核人")
    assert mutual(office) == (MeasureState.NOT_ASSESSABLE, None)
    for paper, value in ((PAPER, 1.0), (PAPER.replace(ADDRESS, ADDRESS + "l"), 0.0), (PAPER, 1.0)):
        (folder / "文件.html").write_text(paper, encoding="utf-8")
        assert take(office, folder / "文件.html")[0].outcome == DOCUMENT_PAGE
        assert mutual(office) == (MeasureState.DEFINED, value)


def test_a_page_that_is_both_stays_an_interpretation(office: App, folder: Path) -> None:
    """A ledger gives one address for both: the page completes the interpretation, as it did."""
    with office.unit_of_work() as work:
        listed = Interpretation(id="", title=TITLE, url=ADDRESS)
        work.interpretations.add(listed, unit=office.unit, year=None)
    published_document(office, ADDRESS)
    assert outcomes(take(office, folder / "一.html")) == [("一.html", "updated", "I1")]


def test_links_of_pages_imported_before_are_read_when_they_come_again(office: App, folder: Path) -> None:
    """Links are kept since revision 0014: a page that is known already says nothing new but them."""
    (page,) = take(office, folder / "一.html")
    assert page.interpretation is not None
    with office.unit_of_work() as work:
        other = replace(page.interpretation, url=ADDRESS.replace("17", "19"), title="另一件解读")
        kept = work.interpretations.add(other, unit=office.unit, year=2025).id
    again = a_page(title="另一件解读", saved_from=ADDRESS.replace("17", "19"))
    (folder / "三.html").write_text(again, encoding="utf-8")
    assert outcomes(take(office, folder / "三.html")) == [("三.html", "updated", kept)]
    assert outcomes(take(office, folder / "三.html")) == [("三.html", "unchanged", kept)]


def test_a_page_without_its_address_is_not_read_for_links(office: App, folder: Path) -> None:
    """Where its relative links lead is not known, so nothing is said of them."""
    (folder / "一.html").write_text(a_page(saved_from=""), encoding="utf-8")
    take(office, folder / "一.html")
    with office.reading() as work:
        assert "read-links" not in {entry.action for entry in work.journal.entries()}


def test_a_trial_of_pages_keeps_nothing(office: App, folder: Path) -> None:
    """A dry run reads and tells, and the register stays as it was."""
    assert [page.outcome for page in take(office, folder, dry_run=True)] == ["imported", "imported", "refused"]
    with office.reading() as work:
        assert list(work.interpretations.all()) == []
        assert all(entry.action == "set-switch" for entry in work.journal.entries())


def test_a_classified_page_leaves_no_trace(office: App, tmp_path: Path) -> None:
    """Nothing of it is in any table: the journal says refused, rule, time and user."""
    secret = a_page("<p>机密★10年</p><p>云栖市防空洞分布情况解读，不得外传的内容。</p>", title="防空洞分布解读")
    (tmp_path / "甲.html").write_text(secret, encoding="utf-8")
    (tmp_path / "【绝密】乙.html").write_text(a_page(), encoding="utf-8")
    assert [page.error.code for page in take(office, tmp_path / "甲.html", tmp_path / "【绝密】乙.html") if page.error] == [
        "classified", "classified",
    ]  # fmt: skip
    with office.reading() as work:
        assert list(work.interpretations.all()) == []
        refusals = [entry for entry in work.journal.entries() if entry.action == "record"]
    assert [(entry.subject, entry.outcome) for entry in refusals] == [("-", "refused")] * 2
    assert not any(word in entry.detail for entry in refusals for word in ("防空洞", "甲", "乙", "机密"))


def test_a_page_that_cannot_be_known_again_is_refused(office: App, tmp_path: Path) -> None:
    """Without title and address it would be another one each time."""
    (tmp_path / "丙.html").write_text(
        "<html><body><p>今日天气晴好，市民出门游园赏花。</p></body></html>", encoding="utf-8"
    )
    (page,) = take(office, tmp_path / "丙.html")
    assert page.error is not None
    assert (page.outcome, page.error.code) == ("refused", "bad-row")


def test_what_was_told_is_kept_when_interrupted(office: App, tmp_path: Path) -> None:
    """Whoever stops listening after the first page finds every page that was told in the register."""
    for number in range(60):
        page = a_page(title=f"第{number}号办法政策解读", saved_from=ADDRESS.replace("17", str(100 + number)))
        (tmp_path / f"{number:03d}.html").write_text(page, encoding="utf-8")
    told: list[str | None] = []
    with ReadingBatch() as batch:
        for page in import_pages(office, find_pages([str(tmp_path)]), batch):
            told.append(page.id)
            if len(told) == 3:
                break
    with office.reading() as work:
        kept = {item.id for item in work.interpretations.all()}
    assert set(told) <= kept
    assert [page.outcome for page in take(office, tmp_path)].count("imported") == 60 - len(kept)
