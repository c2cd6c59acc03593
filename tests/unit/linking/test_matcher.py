"""The matcher on cases whose answer is known by construction; all names are invented."""

import datetime as dt
from typing import Any

import pytest

from attrtrack.domain.interpretations import Interpretation, LinkableDocument, LinkDecision
from attrtrack.linking import Matcher
from attrtrack.linking.clues import CLUES, NAMED_BY_TITLE
from attrtrack.linking.timing import FAR_IN_TIME, TIMELY
from attrtrack.linking.weighing import Weights
from attrtrack.rules import Rules

DAY = dt.date(2025, 6, 3)
METHOD = LinkableDocument(
    "D1",
    "云栖市人民政府办公室关于印发《云栖市临时救助办法（试行）》的通知",
    "云政办规〔2025〕3号",
    "云栖市人民政府办公室",
    DAY,
)
WATER = LinkableDocument("D2", "云栖市供水管理规定", "云栖市人民政府令第21号", "云栖市人民政府", dt.date(2024, 2, 1))
POINTS_24 = LinkableDocument("D3", "云栖市2024年政务公开工作要点", None, "云栖市人民政府", dt.date(2024, 4, 2))
POINTS_25 = LinkableDocument("D4", "云栖市2025年政务公开工作要点", None, "云栖市人民政府", dt.date(2025, 4, 2))
ALL = (METHOD, WATER, POINTS_24, POINTS_25)


def a_page(title: str | None, **values: Any) -> Interpretation:
    """Make an interpretation that the city's office published two days after the method."""
    fields: dict[str, Any] = {"published": DAY + dt.timedelta(days=2), "publisher": "云栖市人民政府办公室"}
    return Interpretation("I1", title, **{**fields, **values})


def best(
    rules: Rules, page: Interpretation, documents: tuple[LinkableDocument, ...] = ALL
) -> tuple[str | None, str | None]:
    """Return the id and the decision of the best proposal."""
    links = Matcher(documents, rules).propose(page).links
    return (links[0].document_id, links[0].decision.value) if links else (None, None)


def test_an_exact_title_in_time_is_linked_automatically(rules: Rules) -> None:
    """《title》 in the page's title, two days after, nothing against it."""
    assert best(rules, a_page("《云栖市临时救助办法（试行）》政策解读")) == ("D1", "auto")


def test_a_colloquial_title_is_laid_before_a_person(rules: Rules) -> None:
    """Words shared in time are worth a look and never an automatic link."""
    assert best(rules, a_page("困难时怎么办？临时救助新规来了")) == ("D1", "review")


def test_the_issued_number_in_the_text_links_a_page_without_title(rules: Rules) -> None:
    """近日印发…（number）names the document; the evidence quotes the text exactly."""
    text = (
        "近日，市政府办公室印发了《云栖市临时救助办法（试行）》（云政办规〔2025〕3号），现解读如下。"
        + "困难家庭可以申请。" * 5
    )
    links = Matcher(ALL, rules).propose(a_page(None, text=text)).links
    assert links[0].document_id == "D1"
    spans = [item for item in links[0].evidence if item.span]
    assert {"number", "title"} <= {item.source for item in spans}
    assert all(item.span is not None and item.span.of(text) == item.quote for item in spans)


def test_a_number_cited_as_basis_is_no_subject(rules: Rules) -> None:
    """根据…（number）must not link the basis."""
    text = "根据《云栖市供水管理规定》（云栖市人民政府令第21号）第三条，街道开展了宣传活动，居民反响热烈。" * 3
    assert best(rules, a_page("街道开展节约用水宣传", text=text)) == (None, None)


@pytest.mark.parametrize(("year", "expected"), [(2024, "D3"), (2025, "D4"), (2026, None)])
def test_a_year_apart_is_another_document(rules: Rules, year: int, expected: str | None) -> None:
    """The yearly series is told apart; a year that is not here stays unlinked."""
    page = a_page(f"《云栖市{year}年政务公开工作要点》解读", published=dt.date(year, 4, 10))
    assert best(rules, page)[0] == expected


def test_an_interpretation_of_a_draft_stays_unlinked(rules: Rules) -> None:
    """征求意见稿 is not the document that was issued."""
    assert best(rules, a_page("《云栖市临时救助办法（征求意见稿）》解读")) == (None, None)


def test_a_page_long_before_the_document_explains_another(rules: Rules) -> None:
    """An older version has the same name; time tells."""
    assert best(rules, a_page("《云栖市供水管理规定》解读", published=dt.date(2019, 5, 1))) == (None, None)


def test_without_a_date_the_very_name_suffices_and_a_like_one_does_not(rules: Rules) -> None:
    """A missing date contradicts nothing; a name that is only near needs time or number to speak for it."""
    assert best(rules, a_page("《云栖市供水管理规定》解读", published=None)) == ("D2", "auto")
    near = LinkableDocument("D9", "云栖市供水设施建设管理规定", None, "云栖市人民政府", dt.date(2024, 2, 1))
    assert best(rules, a_page("《云栖市供水设施管理规定》解读", published=None), (near,))[1] != "auto"


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("《云栖市临时救助办法》政策解读", "阶段"),
        ("《云栖市供水管理规定》《云栖市临时救助办法（试行）》解读", "不止一份"),
        ("困难时怎么办？临时救助新规来了", "没有点名"),
    ],
)
def test_a_doubt_is_told_to_the_person(rules: Rules, title: str, reason: str) -> None:
    """What keeps a machine from linking stands among the evidence."""
    links = Matcher(ALL, rules).propose(a_page(title)).links
    assert links[0].decision is LinkDecision.REVIEW
    assert any(reason in item.quote for item in links[0].evidence if item.source == "doubt")


def test_a_decision_that_quotes_another_document_is_not_that_document(rules: Rules) -> None:
    """关于废止《…》的决定 names the decision; the document in its brackets stays unlinked."""
    page = a_page("云栖市人民政府关于废止《云栖市供水管理规定》的决定解读", published=dt.date(2024, 2, 3))
    assert best(rules, page) == (None, None)


@pytest.mark.parametrize("back", [False, True])
def test_pages_that_link_to_each_other_belong_together(rules: Rules, back: bool) -> None:
    """文件与解读相互关联: an address linked to, from either side, names the document."""
    there, here = "https://www.yunqi.gov.cn/zwgk/2025/0603/wj1.html", "http://www.yunqi.gov.cn/zcjd/2025/jd7.html"
    document = LinkableDocument("A", METHOD.title, None, METHOD.issuer, DAY, url=there, links=(here,) if back else ())
    page = a_page("新的救助来了", url=here, links=() if back else (there + "#top",))
    assert best(rules, page, (document, WATER)) == ("A", "auto")


def test_a_page_without_title_that_cites_one_document_explains_it(rules: Rules) -> None:
    """The only document that a page names is what it is about; of two nobody can say by machine."""
    one, two = METHOD.title, WATER.title
    assert best(rules, a_page(None, cited_titles=(one,)))[0] == "D1"
    assert best(rules, a_page(None, published=None, cited_titles=(one, two)))[1] in {None, "review"}


def test_a_short_form_in_the_title_is_worth_a_look(rules: Rules) -> None:
    """疾控 stands for 疾病预防控制; in time that is shown to a person, and never linked."""
    plan = LinkableDocument("P", "甲部关于印发《疾病预防控制发展规划》的通知", None, "甲部", DAY)
    assert best(rules, a_page("这份规划为疾控事业划重点", publisher=None), (plan,)) == ("P", "review")


def test_weights_of_every_clue_stand_in_the_table(rules: Rules) -> None:
    """Each row is a clue or a bound, says what it is in Chinese, and rests on a fit or on a judgement."""
    codes = {row.code for row in rules.link_weights}
    assert {"prior", "automatic", "ahead", *NAMED_BY_TITLE, *FAR_IN_TIME, *TIMELY} <= codes
    assert all(row.name and row.source for row in rules.link_weights)
    assert Weights.of(rules).safe_from > 0


def test_another_place_of_the_same_name_is_vetoed(rules: Rules) -> None:
    """The neighbour city's method is not ours."""
    assert best(rules, a_page("《溪口市临时救助办法（试行）》政策解读", publisher="溪口市人民政府")) == (None, None)


def test_a_notice_and_a_reply_on_one_plan_tie_for_a_person(rules: Rules) -> None:
    """印发通知 comes first, 批复 second, and nobody links by machine."""
    notice = LinkableDocument("N", "甲部关于印发《滨水发展“十五五”规划》的通知", None, "甲部", DAY)
    reply = LinkableDocument("R", "国务院关于《滨水发展“十五五”规划》的批复", None, "国务院", DAY)
    links = Matcher((reply, notice), rules).propose(a_page("《滨水发展“十五五”规划》解读", publisher="甲部")).links
    assert [link.document_id for link in links] == ["N", "R"]
    assert all(link.decision is LinkDecision.REVIEW for link in links)


def test_copies_count_as_one_document_and_cause_no_tie(rules: Rules) -> None:
    """A copy named by same_as, even through another copy or in a ring, does not stand beside its original."""
    copy = LinkableDocument("C", METHOD.title, None, None, DAY, same_as="D1")
    ring = LinkableDocument("X", "环甲办法", same_as="Y"), LinkableDocument("Y", "环乙办法", same_as="X")
    links = Matcher((copy, *ALL, *ring), rules).propose(a_page("《云栖市临时救助办法（试行）》政策解读")).links
    assert [link.document_id for link in links] == ["D1"]
    assert links[0].decision is LinkDecision.AUTO


def test_unnamed_twins_tie(rules: Rules) -> None:
    """Two documents of one title and day that nobody called copies are a person's matter."""
    twin = LinkableDocument("D9", METHOD.title, None, METHOD.issuer, DAY)
    assert best(rules, a_page("《云栖市临时救助办法（试行）》政策解读"), (METHOD, twin))[1] == "review"


@pytest.mark.parametrize(
    "title", ["一周政策解读汇总：临时救助办法等", "临时救助办法实施路径研究", "一图读懂《某国际论坛》", None]
)
def test_pages_that_explain_nothing_here_stay_unlinked(rules: Rules, title: str | None) -> None:
    """Round-ups, research, foreign subjects and empty pages give no proposal."""
    assert best(rules, a_page(title, published=None)) == (None, None)


def test_at_most_five_are_proposed_best_first(rules: Rules) -> None:
    """A crowded series never floods the page."""
    crowd = tuple(LinkableDocument(f"S{n}", "云栖市临时救助办法", None, None, DAY) for n in range(9))
    links = Matcher(crowd, rules).propose(a_page("《云栖市临时救助办法》解读")).links
    assert len(links) == 5
    assert [link.probability for link in links] == sorted((link.probability for link in links), reverse=True)


def test_no_documents_no_links(rules: Rules) -> None:
    """An empty register answers, with nothing."""
    assert Matcher((), rules).propose(a_page("《云栖市临时救助办法》解读")).links == ()


def test_every_clue_says_what_it_judges() -> None:
    """Names and docstrings of clues exist and differ."""
    assert all(clue.__doc__ for clue in CLUES)
    assert len({clue.__doc__ for clue in CLUES}) == len({clue.__name__ for clue in CLUES}) == len(CLUES)
