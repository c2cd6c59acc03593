"""Linking pages as a city's site titles them: place left out, 本市, changes, several documents in one; names are invented."""

import datetime as dt

import pytest

from attrtrack.domain.interpretations import Interpretation, LinkableDocument, LinkDecision, LinkProposals
from attrtrack.linking import Matcher
from attrtrack.rules import Rules

DAY = dt.date(2024, 5, 6)
OFFICE = "重庆市人民政府办公厅"


def a_document(identifier: str, title: str, number: str | None = None, date: dt.date | None = DAY) -> LinkableDocument:
    """Make a document that has no issuer but that of its title."""
    return LinkableDocument(identifier, title, number, None, date)


def proposed(
    rules: Rules, title: str, *documents: LinkableDocument, after: int | None = 3, publisher: str | None = None
) -> LinkProposals:
    """Propose for a page of that title, `after` days after `DAY` (None: no date)."""
    day = None if after is None else DAY + dt.timedelta(days=after)
    return Matcher(documents, rules).propose(Interpretation("I", title, published=day, publisher=publisher))


def linked(given: LinkProposals) -> str | None:
    """Return the id of what a machine linked, None when a person is asked."""
    return next((link.document_id for link in given.links if link.decision is LinkDecision.AUTO), None)


@pytest.mark.parametrize("after", [0, 9, 30])
def test_a_page_of_these_days_may_leave_the_place_out(rules: Rules, after: int) -> None:
    """The very name without its place is the document when time says so."""
    document = a_document("D", f"{OFFICE}印发《关于加快云上渔业发展的实施意见》的通知")
    assert linked(proposed(rules, "一图读懂《关于加快云上渔业发展的实施意见》", document, after=after)) == "D"


@pytest.mark.parametrize("after", [90, None])
def test_without_time_a_name_without_its_place_is_for_a_person(rules: Rules, after: int | None) -> None:
    """The same name may be borne by another place's document."""
    document = a_document("D", f"{OFFICE}印发《关于加快云上渔业发展的实施意见》的通知")
    given = proposed(rules, "一图读懂《关于加快云上渔业发展的实施意见》", document, after=after)
    assert [link.document_id for link in given.links] == ["D"]
    assert linked(given) is None


def test_a_name_of_nowhere_is_for_a_person_without_time(rules: Rules) -> None:
    """When neither page nor document says a place, the name alone does not suffice; a common publisher does."""
    document = LinkableDocument("D", "关于全面推行渔长制度的实施意见", None, "云栖办公室", DAY)
    title = "《关于全面推行渔长制度的实施意见》解读"
    assert linked(proposed(rules, title, document, after=None)) is None
    assert linked(proposed(rules, title, document, after=30)) is None
    assert linked(proposed(rules, title, document, after=None, publisher="云栖办公室")) == "D"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("《重庆市促进云上渔业高质量发展的若干意见》政策图解", f"{OFFICE}关于促进本市云上渔业高质量发展的若干意见"),
        ("图解《关于进一步完善江北区渔民扶持举措的通知》", "江北区渔业局等关于进一步完善本区渔民扶持举措的通知"),
        (
            "《2024年江北区渔政工作要点》热点问答",
            "江北区人民政府办公室关于转发区渔政办制订的《2024年江北区渔政工作要点》的通知",
        ),
        ("《重庆市渔船管理规定》 政策解读", f"{OFFICE}关于印发修订后的《重庆市渔船管理规定》的通知"),
        ("市政府新闻发布会介绍最新出台的《重庆市渔船管理规定》有关情况", f"{OFFICE}印发《重庆市渔船管理规定》的通知"),
        ("《普陀区渔政公开实施细则》图解", "上海市普陀区人民政府关于印发《普陀区渔政公开实施细则》的通知"),
    ],
)
def test_names_are_one_however_page_and_document_write_them(rules: Rules, page: str, title: str) -> None:
    """The own place as 本市, who drafted, 修订后的, 热点问答 and what was held to introduce it tell no other document."""
    assert linked(proposed(rules, page, a_document("D", title))) == "D"


def test_another_place_behind_a_year_is_another_document(rules: Rules) -> None:
    """2024年江北区… and 2024年渝中区… contradict each other."""
    document = a_document("D", "渝中区人民政府办公室关于印发《2024年渝中区渔政工作要点》的通知")
    assert proposed(rules, "图解《2024年江北区渔政工作要点》", document).links == ()


def test_a_page_on_a_change_explains_the_decision_that_makes_it(rules: Rules) -> None:
    """《…》修改要点 is about 关于修改《…》的决定; alone, the old document is never linked by a machine."""
    old = a_document("OLD", "重庆市渔船管理办法", "重庆市人民政府令第20号", dt.date(2010, 3, 1))
    decision = a_document("NEW", "重庆市人民政府关于修改《重庆市渔船管理办法》的决定", "重庆市人民政府令第98号")
    title = "《重庆市渔船管理办法》修改要点解读"
    assert linked(proposed(rules, title, old, decision)) == "NEW"
    assert linked(proposed(rules, title, old, after=None)) is None
    assert linked(proposed(rules, title, old, decision, after=None)) is None


def test_a_row_listed_twice_is_one_document(rules: Rules) -> None:
    """The same title, number and date twice in a register cause no tie; without a number they may be two."""
    title = f"{OFFICE}关于印发《重庆市渔船管理规定》的通知"
    twice = [a_document(name, title, "渝府办规〔2024〕7号") for name in "AB"]
    assert linked(proposed(rules, "《重庆市渔船管理规定》解读", *twice)) == "A"
    assert linked(proposed(rules, "《重庆市渔船管理规定》解读", *(a_document(name, title) for name in "AB"))) is None


def test_a_plan_and_its_approval_are_for_a_person(rules: Rules) -> None:
    """印发通知 against 批复 of the same plan is a tie, be the reply of the same day or of weeks before."""
    notice = a_document("N", f"{OFFICE}关于印发《重庆市渔港布局规划》的通知")
    for day in (DAY - dt.timedelta(days=40), DAY):
        reply = a_document("R", "重庆市人民政府关于同意《重庆市渔港布局规划》的批复", None, day)
        found = proposed(rules, "《重庆市渔港布局规划》解读", notice, reply)
        assert linked(found) is None
        assert [link.document_id for link in found.links] == ["N", "R"]


@pytest.mark.parametrize(
    "title", ["一图读懂《重庆市渔船更新行动方案（2024—2026年）》", "《重庆市渔港扩建行动方案》解读"]
)
def test_one_of_several_documents_in_a_notice_is_found(rules: Rules, title: str) -> None:
    """A notice that carries 甲、乙等行动方案 carries each of them."""
    document = a_document("D", f"{OFFICE}关于印发支持重庆市渔船更新、推进重庆市渔港扩建等行动方案的通知")
    assert [link.document_id for link in proposed(rules, title, document).links] == ["D"]


def test_a_date_that_belies_the_number_is_for_a_person(rules: Rules) -> None:
    """A document numbered in the page's year and dated years later is shown with the doubt, not left out."""
    title = "《重庆市渔船管理规定》解读"
    document = a_document(
        "D", f"{OFFICE}关于印发《重庆市渔船管理规定》的通知", "渝府办规〔2024〕7号", dt.date(2029, 4, 30)
    )
    given = proposed(rules, title, document)
    assert [link.document_id for link in given.links] == ["D"]
    assert "文件日期与文号年份不符" in [one.quote for one in given.links[0].evidence]


def test_the_very_name_dated_some_months_later_is_shown_and_never_linked(rules: Rules) -> None:
    """A register may give the day of a later listing; a year later it is another edition."""
    later, next_edition = (
        a_document(name, "重庆市渔船管理规定", None, DAY + dt.timedelta(days=days))
        for name, days in (("L", 200), ("X", 700))
    )
    assert [link.document_id for link in proposed(rules, "《重庆市渔船管理规定》解读", later).links] == ["L"]
    assert linked(proposed(rules, "《重庆市渔船管理规定》解读", later)) is None
    assert proposed(rules, "《重庆市渔船管理规定》解读", next_edition).links == ()


def test_a_yearly_report_is_explained_by_pages_on_it(rules: Rules) -> None:
    """A page on a yearly report explains that report and nothing else."""
    report = a_document("D", "2023年重庆市渔政公开工作年度报告")
    plan = a_document("P", "2023年重庆市渔政公开工作方案")
    given = proposed(rules, "视频解读：2023年重庆市渔政公开工作年度报告", report, plan)
    assert [link.document_id for link in given.links] == ["D"]


def test_a_hyperlink_does_not_outweigh_a_title_that_names_another_document(rules: Rules) -> None:
    """A page that names one document and links to another is for a person; with a title that names none, the link serves."""
    there = "https://www.chongqing.example/zcwj/1.html"
    document = LinkableDocument("D", f"{OFFICE}关于印发重庆市老旧住宅加装电梯办法的通知", None, None, DAY, url=there)
    for title, machine in (("《重庆市渔船管理办法》解读", None), ("政策解读", "D")):
        page = Interpretation("I", title, published=DAY, links=(there,))
        given = Matcher([document], rules).propose(page)
        assert [link.document_id for link in given.links] == ["D"]
        assert linked(given) == machine


FUEL = "关于调整公交客运车辆柴油补助标准的通知"


@pytest.mark.parametrize(
    ("here", "there", "after", "given"),
    [
        ("重庆市物价局", "重庆市发展和改革委员会", None, None),
        ("重庆市物价局", "重庆市发展和改革委员会", 3, "D"),
        ("重庆市发改委", "重庆市发展和改革委员会", None, "D"),
        ("重庆市发展和改革委员会", "重庆市发展和改革委员会", None, "D"),
        ("重庆市财政局等三部门", "重庆市财政局、重庆市民政局", None, "D"),
        ("", "重庆市发展和改革委员会", None, "D"),
    ],
)
def test_titles_that_name_different_organs_are_for_a_person_without_time(
    rules: Rules, here: str, there: str, after: int | None, given: str | None
) -> None:
    """An office's predecessor issued notices of the same name; a short form and one of several issuers are the same organ."""
    document = a_document("D", f"{there}{FUEL}")
    found = proposed(rules, f"《{here}{FUEL}》解读", document, after=after, publisher=there)
    assert [link.document_id for link in found.links] == ["D"]
    assert linked(found) == given
    assert any("制发机关不同" in line.quote for line in found.links[0].evidence) == (given is None)


def test_a_number_settles_which_organ_it_was(rules: Rules) -> None:
    """Where the page gives the document's number, another organ in its title is a slip and no other document."""
    document = a_document("D", f"重庆市发展和改革委员会{FUEL}", "渝发改规〔2024〕7号")
    title = f"《重庆市物价局{FUEL}》（渝发改规〔2024〕7号）解读"
    assert linked(proposed(rules, title, document, after=None, publisher="重庆市发展和改革委员会")) == "D"
