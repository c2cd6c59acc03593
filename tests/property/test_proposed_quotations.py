"""Whatever a document is, every passage that a proposal quotes stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from repository import ROOT

from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.proposals import Proposal
from attrtrack.nlp.corpus import load_corpus
from attrtrack.nlp.training import train
from attrtrack.proposing import Proposer
from attrtrack.rules import Rules

_PIECES = st.sampled_from(
    [
        "关于水价的复函\n",
        "上坪县水务局：\n",
        "你局来函收悉。",
        "各县照此执行，",
        "\n",
        "　　",
        "— 2 —\n",
        "\r\n",
        "已立案调查；",
        "同意征收2.3公顷\n",
        "此复。\n",
        "溪口市水务局\n",
        "2024年6月12日\n",
        "抄送：市财政局。",
        "你公司",
        "﹝２０２４﹞８號",
        "關於檔案",
        "①㎡ ",
        "\x0c",
        "一、",
    ]
)


@pytest.fixture(scope="module")
def proposer(rules: Rules) -> Proposer:
    """The proposer with a model of few letters."""
    return Proposer(rules, train(load_corpus(ROOT / "training_data")[::9], rules))


def _evidence(proposal: Proposal) -> list[Evidence]:
    return [*proposal.evidence, *(evidence for opinion in proposal.voices for evidence in opinion.evidence)]


@settings(deadline=None, max_examples=150)
@given(text=st.lists(_PIECES, max_size=40).map("".join), title=st.sampled_from([None, "关于水价的复函"]))
def test_every_quotation_is_in_the_text(proposer: Proposer, text: str, title: str | None) -> None:
    """Each quoted span lies in the text and covers exactly the words quoted."""
    for evidence in _evidence(proposer.propose(Document(text=text, title=title))):
        assert evidence.span is None or evidence.quote == text[evidence.span.start : evidence.span.end]
