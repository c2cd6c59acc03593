"""The fourth voice: precedents shift and decide by likeness, never silently against mark, law or one another."""

import datetime as dt
from dataclasses import replace

import pytest
from builders import a_mark

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.precedents import Lesson, Precedent, PrecedentMatch, Source, Standing
from attrtrack.domain.proposals import Proposal, Voice
from attrtrack.proposing import Proposer
from attrtrack.proposing.by_precedent import FLOOR, precedent_support, reason_support, strength
from attrtrack.proposing.studying import Study
from attrtrack.proposing.teaching import teaching_of
from attrtrack.rules import Rules

_P, _U, _W = DisclosureAttribute
_QUERY = (
    "云栖市水务局关于石料场旧址查证问题的复函\n东山镇人民政府：\n来函收悉。经查，石料场旧址的堆存量为三千二百方，测量资料存于我局档案室。"
    "你镇可以派人到我局查阅，也可以由我局复印后寄送。\n云栖市水务局\n2025年6月3日"
)
_PRICE = (
    "云栖市发展和改革局关于停车收费标准的批复\n东山区发展和改革局：\n你局请示收悉。现批复如下：\n一、公共停车场收费标准为每小时3元，"
    "自2025年7月1日起执行。\n二、你局应在停车场入口公示收费标准，接受社会监督。\n云栖市发展和改革局\n2025年6月3日"
)


@pytest.fixture(scope="module")
def proposer(rules: Rules) -> Proposer:
    """The proposer with rules alone: what precedents do must not hang on a training."""
    return Proposer(rules, None)


def _document(text: str, **values: object) -> Document:
    return replace(Document(text=text, genre=Genre.REPLY_LETTER), **values)  # type: ignore[arg-type]


def _match(
    document: Document,
    attribute: DisclosureAttribute,
    rules: Rules,
    *,
    likeness: float = 1.0,
    weight: float = 1.0,
    reason: str | None = None,
    identifier: str = "D7",
) -> PrecedentMatch:
    now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    sketch = Study(document, rules).sketch
    lesson = Lesson(Source.DECISION, attribute, reason, weight, sketch, "王主任", now)
    return PrecedentMatch(Precedent(identifier, "某复函", None, lesson, Standing.TEACHING), likeness)


def _voice(proposal: Proposal) -> DisclosureAttribute | None:
    (found,) = [opinion for opinion in proposal.voices if opinion.voice is Voice.PRECEDENT]
    return found.attribute


def test_strength_grows_with_likeness_and_weight(rules: Rules) -> None:
    """Nothing at the floor, little for a letter half alike, more for a correction than for a first decision."""
    document = _document(_QUERY)
    odds = [strength(_match(document, _W, rules, likeness=value)) for value in (FLOOR, 0.5, 0.8, 1.0)]
    assert odds[0] == 0.0
    assert odds == sorted(odds)
    assert odds[1] < 1.5
    assert odds[2] > 6
    assert strength(_match(document, _W, rules, weight=2.0)) == 2 * odds[3]


def test_many_alike_are_not_added_up_without_end(rules: Rules) -> None:
    """Twenty letters half alike weigh less than two of the same text, and the balance survives the cap."""
    document = _document(_QUERY)
    many = precedent_support([_match(document, _W, rules, likeness=0.5)] * 20)
    one = precedent_support([_match(document, _W, rules)])
    assert many[_W] < one[_W]
    both = precedent_support([_match(document, _W, rules, weight=9.0), _match(document, _P, rules, weight=4.5)])
    assert both[_P] == pytest.approx(both[_W] / 2)


def test_the_same_text_decides_with_its_sentence(proposer: Proposer, rules: Rules) -> None:
    """The office's decision on the same text is followed, and the shared sentence is quoted with its source."""
    document = _document(_QUERY)
    proposal = proposer.propose(document, [_match(document, _W, rules, reason="R16-1b")])
    assert (proposal.attribute, proposal.abstained, proposal.reason) == (_W, False, "R16-1b")
    assert _voice(proposal) is _W
    (quoted,) = [item for item in proposal.evidence if item.source == "precedent:D7"]
    assert quoted.span is not None
    assert quoted.span.of(document.text) == quoted.quote
    assert "石料场旧址" in quoted.quote


def test_a_merely_similar_letter_shifts_only(proposer: Proposer, rules: Rules) -> None:
    """Half alike: the answer stays the rules', a little less sure; below the floor nothing is said at all."""
    document = _document(_PRICE)
    alone = proposer.propose(document)
    shifted = proposer.propose(document, [_match(document, _W, rules, likeness=0.5)])
    assert shifted.attribute is alone.attribute is _P
    assert (shifted.probability or 0) < (alone.probability or 0)
    silent = proposer.propose(document, [_match(document, _W, rules, likeness=FLOOR)])
    assert Voice.PRECEDENT not in {opinion.voice for opinion in silent.voices}
    assert silent.probability == alone.probability


def test_precedents_that_contradict_go_to_a_person(proposer: Proposer, rules: Rules) -> None:
    """Two like letters decided differently are told, not averaged."""
    document = _document(_QUERY)
    matches = [_match(document, _W, rules), _match(document, _U, rules, likeness=0.97, identifier="D8")]
    proposal = proposer.propose(document, matches)
    assert proposal.abstained
    assert "前后不一" in (proposal.doubt or "")


def test_a_correction_outweighs_a_first_decision(proposer: Proposer, rules: Rules) -> None:
    """Equally like, the assessor's correction is followed without doubt."""
    document = _document(_QUERY)
    matches = [_match(document, _W, rules), _match(document, _P, rules, weight=2.0, identifier="D8")]
    proposal = proposer.propose(document, matches)
    assert (proposal.attribute, proposal.abstained) == (_P, False)


def test_publication_by_law_is_never_outweighed_silently(proposer: Proposer, rules: Rules) -> None:
    """A price reply with a precedent of withholding goes to a person, who is told of the articles."""
    document = _document(_PRICE)
    proposal = proposer.propose(document, [_match(document, _W, rules)])
    assert proposal.abstained
    assert "第十九条至第二十一条" in (proposal.doubt or "")
    assert _P in {opinion.attribute for opinion in proposal.voices}


def test_a_mark_is_never_outweighed(proposer: Proposer, rules: Rules) -> None:
    """A printed mark is followed; a precedent of the same text that says otherwise makes doubt."""
    document = _document(_QUERY, marks=(a_mark(_P),))
    proposal = proposer.propose(document, [_match(document, _W, rules)])
    assert (proposal.attribute, proposal.abstained) == (_P, True)
    assert "先例" in (proposal.doubt or "")


def test_other_strong_rules_make_doubt_too(proposer: Proposer, rules: Rules) -> None:
    """Where the rules are sure and the office decided otherwise, the office's word is listed first, with doubt."""
    text = "云栖市教育局关于提供校车条例意见的函\n市司法局：\n贵局关于征求校车条例（征求意见稿）意见的函收悉，经研究，提出修改意见三条，请予考虑。\n云栖市教育局"
    document = _document(text, title="云栖市教育局关于提供校车条例征求意见稿意见的函", genre=Genre.LETTER)
    assert proposer.propose(document).attribute is _W
    proposal = proposer.propose(document, [_match(document, _P, rules)])
    assert (proposal.attribute, proposal.abstained) == (_P, True)
    assert "规则的意见与本机关先例不一致" in (proposal.doubt or "")


def test_reasons_of_precedents_are_ranked(rules: Rules) -> None:
    """A reason is supported by the precedents of the attribute followed, and by no others."""
    document = _document(_QUERY)
    matches = [_match(document, _W, rules, reason="R15-1"), _match(document, _U, rules, reason="U27-1")]
    assert set(reason_support(matches, _W)) == {"R15-1"}
    assert reason_support(matches, _P) == {}


def test_what_opposes_a_decision_is_the_law_not_any_rule(rules: Rules) -> None:
    """Withholding a price is opposed by the rule of article 20; publishing it, or withholding a query, by nothing."""
    opposed = teaching_of(Study(_document(_PRICE), rules), _W)
    assert opposed.opposed
    assert all(evidence.span is not None for evidence in opposed.evidence)
    assert teaching_of(Study(_document(_PRICE), rules), _P).opposed == ()
    assert teaching_of(Study(_document(_QUERY), rules), _W).opposed == ()


def test_each_of_many_hears_its_own_precedents(proposer: Proposer, rules: Rules) -> None:
    """Documents proposed together hear the precedents handed in for each, and no other's."""
    documents = [_document(_QUERY), _document(_PRICE), _document(_QUERY)]
    precedents = [[_match(documents[0], _W, rules)], [], [_match(documents[0], _U, rules)]]
    many = proposer.propose_many(documents, precedents)
    assert many == [proposer.propose(*pair) for pair in zip(documents, precedents, strict=True)]
    assert (_voice(many[0]), _voice(many[2])) == (_W, _U)
