"""Proposing measured on letters of other hands and on real published documents, and the time it takes."""

import time
from collections import Counter
from typing import Any

import pytest
from repository import MODELS
from shared_data import rows_of

from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.nlp.artifact import load_model
from attrtrack.proposing import Proposer
from attrtrack.rules import Rules

pytestmark = pytest.mark.shared
_GENRES = {genre.value for genre in Genre}


@pytest.fixture(scope="module", params=["with model", "rules alone"])
def proposer(request: pytest.FixtureRequest, rules: Rules) -> Proposer:
    """The proposer with and without the model."""
    return Proposer(rules, load_model(MODELS, rules) if request.param == "with model" else None)


def _document(row: dict[str, Any], text: str) -> Document:
    return Document(
        text=text,
        title=row["title"],
        genre=Genre(row["genre"]) if row["genre"] in _GENRES else None,
        issuers=(row["issuer"],) if row["issuer"] else (),
        addressee=row.get("addressee"),
    )


def test_hard_letters_of_other_writers(proposer: Proposer) -> None:
    """Hard boundary cases by writers whom the training never saw."""
    right, strict, answered = 0, 0, Counter[bool]()
    for row in rows_of("data/letters_sample.jsonl"):
        proposal = proposer.propose(_document(row, row["text"]))
        is_right = proposal.attribute in row["acceptable"]
        right, strict = right + is_right, strict + (proposal.attribute == row["label"])
        if not proposal.abstained:
            answered[is_right] += 1
    print(f"\nhard letters: {right} right, {strict} strict, answered alone {dict(answered)}")
    assert right >= 11


def test_published_documents_are_not_withheld(proposer: Proposer) -> None:
    """Real public documents, their marks masked, are proposed as public; none is surely withheld."""
    counts: Counter[tuple[str, bool]] = Counter()
    started = time.perf_counter()
    for row in rows_of("data/published_documents.jsonl"):
        text = row["text"].replace(row["label_evidence"], "") if row["label_evidence"] else row["text"]
        proposal = proposer.propose(_document(row, text))
        counts[str(proposal.attribute), proposal.abstained] += 1
        assert all(evidence.span and evidence.span.of(text) == evidence.quote for evidence in proposal.evidence)
    seconds = (time.perf_counter() - started) / sum(counts.values())
    print(f"\npublished documents: {dict(counts)}, {seconds * 1000:.0f} ms each")
    public = counts["proactive", False] + counts["proactive", True]
    assert public >= 0.85 * sum(counts.values())
    assert counts["withheld", False] == 0
