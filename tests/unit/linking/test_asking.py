"""The order in which clues are asked spares work and changes no answer."""

import datetime as dt
import math
from dataclasses import replace

import pytest

from attrtrack.domain.interpretations import Interpretation, LinkableDocument
from attrtrack.linking import Matcher
from attrtrack.linking.asking import CODES, Inquiry, most_of
from attrtrack.linking.clues import CLUES, kind_of_page
from attrtrack.linking.timing import dates
from attrtrack.linking.weighing import Judged, Weights
from attrtrack.rules import Rules

DAY = dt.date(2024, 5, 20)
AID = LinkableDocument("D1", "云栖市临时救助办法", "云政规〔2024〕7号", "云栖市民政局", DAY)
DOCUMENTS = (
    AID,
    replace(AID, id="D2", title="云栖市临时救助实施细则", number=None),
    replace(AID, id="D3", date=dt.date(2027, 1, 4), number=None),
    replace(AID, id="D4", title="柏川县临时救助办法", issuer="柏川县民政局"),
    replace(AID, id="D5", title="云栖市临时救助办法（征求意见稿）", number=None),
    replace(AID, id="D6", same_as="D1"),
    replace(AID, id="D7", title="云栖市供水管理规定", number="云政规〔2024〕8号"),
    replace(AID, id="D8", date=dt.date(2019, 3, 1), number="云政规〔2019〕2号"),
)
PAGES = (
    Interpretation("P1", "《云栖市临时救助办法》政策解读", published=DAY, publisher="云栖市民政局"),
    Interpretation("P2", "一图读懂临时救助办法", published=DAY),
    Interpretation("P3", "《临时救助办法》解读", published=dt.date(2019, 3, 8)),
    Interpretation(
        "P4", "《云栖市供水管理规定》解读", text="现将《云栖市临时救助办法》（云政规〔2024〕7号）印发。" * 9
    ),
    Interpretation("P5", "云栖市民政局负责人就临时救助答记者问", text="近日，《云栖市临时救助办法》出台。"),
    Interpretation("P6", "临时救助政策问答汇总", published=DAY),
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.id))
def test_what_is_given_up_would_not_have_been_shown(
    page: Interpretation, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proposals are the same when every candidate is asked about everything."""
    sparing = Matcher(DOCUMENTS, rules).propose(page)
    judge = Inquiry.judge
    monkeypatch.setattr(Inquiry, "judge", lambda self, pair, row, _: judge(self, pair, row, -math.inf))
    assert Matcher(DOCUMENTS, rules).propose(page) == sparing


def test_hopeless_documents_are_given_up(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a page that names its document, one dated years later is not asked about to the end."""
    judged: list[Judged | None] = []
    judge = Inquiry.judge

    def seen(self: Inquiry, pair: object, row: int, least: float) -> Judged | None:
        judged.append(judge(self, pair, row, least))  # type: ignore[arg-type] # passed on as it comes
        return judged[-1]

    monkeypatch.setattr(Inquiry, "judge", seen)
    Matcher((AID, DOCUMENTS[2]), rules).propose(PAGES[0])
    assert [item is None for item in judged] == [False, True]


def test_every_answer_of_a_judge_is_listed(rules: Rules) -> None:
    """A clue comes from the judge that it is listed with and speaks with a strength of one at most."""
    judge_of = {code: judge for judge, codes in CODES.items() for code in codes}
    for page in PAGES:
        for _, item in Matcher(DOCUMENTS, rules).weighed(page):
            for clue in item.clues:
                listed = judge_of.get(clue.code, dates)
                assert listed is not dates or clue.code.startswith(("date-", "year-"))
                assert clue.strength <= 1


def test_a_judge_that_is_not_listed_may_add_anything(rules: Rules) -> None:
    """Only `dates` is not bounded, as years of silence count; whoever adds a judge and no bound loses time, not answers."""
    most = most_of(Weights.of(rules))
    assert [judge for judge in CLUES if math.isinf(most[judge])] == [dates]
    assert most[kind_of_page] == 0
