"""Proposing: three voices, one answer with its sentences, disagreement kept."""

from dataclasses import replace

import pytest
from builders import a_document, a_mark
from repository import MODELS, TRAINING_DATA

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.proposals import Voice
from attrtrack.errors import ModelUnusableError
from attrtrack.nlp.artifact import load_model
from attrtrack.nlp.corpus import load_corpus
from attrtrack.proposing import Proposer
from attrtrack.proposing.measuring import document_of
from attrtrack.rules import Rules

_PRICE = (
    "溪口市水务局关于农村供水水价的批复\n溪水函〔2024〕8号\n上坪县水务局：\n你局请示收悉。现批复如下：\n"
    "一、生活用水收费标准为每立方米2.2元，自7月1日起执行。\n二、你局应在各村公示。\n溪口市水务局\n2024年6月12日"
)
_ILLNESS = (
    "溪口市民政局关于刘某某申请救助情况的复函\n上坪镇人民政府：\n来函收悉。经入户，该人经诊断为双相情感障碍，"
    "已住院三次，其妻离家，家中无收入。以上请妥善保管。\n溪口市民政局\n2024年6月12日"
)


@pytest.fixture(scope="module")
def proposer(rules: Rules) -> Proposer:
    """The proposer with the model of the repository."""
    return Proposer(rules, load_model(MODELS, rules))


@pytest.fixture(scope="module")
def without_model(rules: Rules) -> Proposer:
    """The proposer with rules alone."""
    return Proposer(rules, None)


def test_price_reply_is_public_with_the_sentence_that_shows_it(proposer: Proposer) -> None:
    """A reply that sets a price is proactive; its evidence is the sentence with the price."""
    proposal = proposer.propose(Document(text=_PRICE, genre=Genre.OFFICIAL_REPLY))
    assert proposal.attribute == DisclosureAttribute.PROACTIVE
    assert not proposal.abstained
    assert proposal.reason == "P20-08"
    assert any("每立方米2.2元" in evidence.quote for evidence in proposal.evidence)


def test_illness_is_withheld_for_privacy(proposer: Proposer) -> None:
    """A letter whose substance is one person's illness is withheld for privacy."""
    proposal = proposer.propose(Document(text=_ILLNESS, genre=Genre.REPLY_LETTER))
    assert (proposal.attribute, proposal.reason) == (DisclosureAttribute.WITHHELD, "R15-2")


def test_quotes_are_really_in_the_text(proposer: Proposer, without_model: Proposer) -> None:
    """Every quotation of every voice is the text's own passage at its span, and an attribute always has one."""
    for row in load_corpus(TRAINING_DATA)[::16]:
        document = document_of(row)
        for proposal in (proposer.propose(document), without_model.propose(document)):
            quotes = [*proposal.evidence, *(evidence for voice in proposal.voices for evidence in voice.evidence)]
            assert all(
                evidence.span is not None and evidence.span.of(row.text) == evidence.quote for evidence in quotes
            )
            assert bool(proposal.evidence) == (proposal.attribute is not None)


def test_without_model_the_proposal_says_so(without_model: Proposer) -> None:
    """Rules alone speak, no model version is given, and a finding tells it."""
    proposal = without_model.propose(Document(text=_PRICE, genre=Genre.OFFICIAL_REPLY))
    assert proposal.attribute == DisclosureAttribute.PROACTIVE
    assert proposal.model_version is None
    assert "model-absent" in {finding.code for finding in proposal.findings}
    assert Voice.MODEL not in {opinion.voice for opinion in proposal.voices}


def test_versions_are_kept(proposer: Proposer, rules: Rules) -> None:
    """A proposal stays explainable: it names rules and model."""
    proposal = proposer.propose(a_document())
    assert proposal.rules_version == rules.version
    assert proposer.model is not None
    assert proposal.model_version == proposer.model.version


def test_printed_mark_is_followed_and_quoted(proposer: Proposer) -> None:
    """A mark that nothing contradicts decides."""
    document = a_document(marks=(a_mark(DisclosureAttribute.PROACTIVE),))
    proposal = proposer.propose(document)
    assert proposal.attribute == DisclosureAttribute.PROACTIVE
    assert not proposal.abstained
    assert proposal.voices[0].attribute == DisclosureAttribute.PROACTIVE


def test_mark_against_the_content_goes_to_a_person(proposer: Proposer) -> None:
    """A mark printed on a letter about an illness is kept as best guess, with doubt; the other voice stays visible."""
    document = Document(text=_ILLNESS, genre=Genre.REPLY_LETTER, marks=(a_mark(DisclosureAttribute.PROACTIVE),))
    proposal = proposer.propose(document)
    assert (proposal.attribute, proposal.abstained) == (DisclosureAttribute.PROACTIVE, True)
    assert proposal.doubt
    assert DisclosureAttribute.WITHHELD in {opinion.attribute for opinion in proposal.voices}


def test_redacted_mark_is_proactive_with_a_note(proposer: Proposer) -> None:
    """删减后公开 is proactive, and the finding says what is owed."""
    mark = a_mark(DisclosureAttribute.PROACTIVE, "（此件删减后公开）", redacted=True)
    proposal = proposer.propose(a_document(marks=(mark,)))
    assert proposal.attribute == DisclosureAttribute.PROACTIVE
    assert "redaction-noted" in {finding.code for finding in proposal.findings}


def test_marks_that_contradict_each_other_are_told(proposer: Proposer) -> None:
    """Two marks of different meaning have no voice together, and the finding names both."""
    marks = (a_mark(DisclosureAttribute.PROACTIVE), a_mark(DisclosureAttribute.WITHHELD, "（此件不予公开）"))
    proposal = proposer.propose(a_document(marks=marks))
    assert proposal.voices[0].attribute is None
    assert "mark-unclear" in {finding.code for finding in proposal.findings}


def test_text_without_content_is_no_opinion(proposer: Proposer) -> None:
    """Nothing to quote: no attribute, and a person must look."""
    proposal = proposer.propose(Document(text=" \n"))
    assert (proposal.attribute, proposal.probability, proposal.abstained) == (None, None, True)
    assert proposal.evidence == ()


def test_very_short_text_is_doubted(proposer: Proposer) -> None:
    """A few words are not enough to be sure."""
    proposal = proposer.propose(Document(text="来函知悉。"))
    assert proposal.abstained
    assert proposal.doubt is not None


def test_state_secrets_are_never_proposed(proposer: Proposer) -> None:
    """R14-1 stands in no list of reasons."""
    for row in load_corpus(TRAINING_DATA)[::40]:
        proposal = proposer.propose(document_of(row))
        assert "R14-1" not in {likely.code for likely in proposal.reasons}
        assert len(proposal.reasons) <= 5


def test_reasons_carry_the_attribute_best_first(proposer: Proposer, rules: Rules) -> None:
    """All reasons can carry the proposed attribute, and probabilities fall."""
    proposal = proposer.propose(Document(text=_ILLNESS, genre=Genre.REPLY_LETTER))
    assert proposal.attribute is not None
    shares = [likely.probability for likely in proposal.reasons]
    assert shares == sorted(shares, reverse=True)
    assert all(rules.reason(likely.code).carries(proposal.attribute) for likely in proposal.reasons)
    assert proposal.reason == proposal.reasons[0].code


def test_general_guidance_of_replies_is_no_reason_for_a_notice(proposer: Proposer) -> None:
    """L-A and L-B are for letters of reply; a notice that issues a measure rests on article 20."""
    text = (
        "溪口市人民政府关于印发节水奖励办法的通知\n各县（区）人民政府：\n现将《溪口市节水奖励办法》印发给你们，请遵照执行。\n"
        + ("年度节水量达到核定水量百分之十的用水户，由市水务局给予表扬。\n" * 3)
    )
    proposal = proposer.propose(Document(text=text, genre=Genre.NOTICE))
    assert proposal.reason == "P20-01"
    assert not {"L-A", "L-B"} & {likely.code for likely in proposal.reasons}


def test_model_of_another_lexicon_is_refused(proposer: Proposer, rules: Rules) -> None:
    """A proposer is not made of rules and model that do not fit."""
    with pytest.raises(ModelUnusableError):
        Proposer(replace(rules, hashes={**rules.hashes, "lexicon": "0" * 12}), proposer.model)


def test_half_width_writing_makes_no_difference(proposer: Proposer) -> None:
    """Half-width punctuation and stray blanks give the same answer, quoted as printed."""
    messy = _PRICE.replace("，", ",").replace("：", ":").replace("每立方米", "每 立方米")
    proposal = proposer.propose(Document(text=messy, genre=Genre.OFFICIAL_REPLY))
    assert proposal.attribute == DisclosureAttribute.PROACTIVE
    assert any("每 立方米" in evidence.quote for evidence in proposal.evidence)


def test_many_are_proposed_as_one_by_one(rules: Rules, without_model: Proposer) -> None:
    """Letters taken together get the proposals that each gets alone, few or many, with no sentence or none at all."""
    letters = [document_of(row) for row in load_corpus(TRAINING_DATA)[::10]]
    documents = [*letters[:3], a_document(text=""), *letters, a_document(text=_PRICE)]
    for model in (load_model(MODELS, rules), None):
        alone = [Proposer(rules, model).propose(document) for document in documents]
        proposer = Proposer(rules, model)
        assert proposer.propose_many(documents[:5]) == alone[:5]
        assert proposer.propose_many(documents) == alone
        assert proposer.propose_many([]) == []
    assert without_model.propose_many(documents) == alone
