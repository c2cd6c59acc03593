"""Proposals on their way from one process to another."""

import datetime as dt

from attrtrack.domain.interpretations import Interpretation, LinkableDocument, LinkDecision
from attrtrack.linking import Matcher
from attrtrack.linking.carrying import packed, unpacked
from attrtrack.rules import Rules

DAY = dt.date(2024, 5, 20)
DOCUMENT = LinkableDocument("D1", "云栖市临时救助办法", "云政规〔2024〕7号", "云栖市民政局", DAY)
PAGES = (
    Interpretation("P1", "《云栖市临时救助办法》解读", published=DAY),
    Interpretation("P2", None, text="近日，云栖市民政局印发了《云栖市临时救助办法》，现解读如下。"),
    Interpretation("P3", "春节放假安排"),
)


def test_proposals_arrive_as_they_were(rules: Rules) -> None:
    """Linked or for a person, with spans or without, or none at all: nothing is lost, and only plain values travel."""
    sent = list(map(Matcher((DOCUMENT,), rules).propose, PAGES))
    assert {link.decision for item in sent for link in item.links} == set(LinkDecision)
    assert any(line.span for item in sent for link in item.links for line in link.evidence)
    assert not sent[2].links
    assert list(map(unpacked, map(packed, sent))) == sent
    assert {type(packed(item)) for item in sent} == {tuple}


def test_a_batch_gives_what_each_page_gives_alone(rules: Rules) -> None:
    """Pages that are searched for together, here or by other processes, get the proposals that each gets alone."""
    matcher = Matcher((DOCUMENT,), rules)
    pages = PAGES * 70
    alone = list(map(matcher.propose, PAGES)) * 70
    assert list(matcher.propose_many(pages, processes=1)) == alone
    assert list(matcher.propose_many(iter(pages), processes=2)) == alone
