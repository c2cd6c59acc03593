"""Other ways to find the document of a page: each scores every document for every page, and knows no more than titles.

A peer returns, for each page, its documents with a score, best first, at most five. The threshold under which it gives
no answer is then chosen with the right answers in hand, which attrtrack's is not.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rapidfuzz import fuzz, process, utils

from attrtrack.domain.interpretations import Interpretation, LinkableDocument
from attrtrack.nlp.titles import facets

Ranked = list[list[tuple[int, float]]]
Peer = Callable[[Sequence[Interpretation], Sequence[LinkableDocument]], Ranked]
MOST = 5


def asked(page: Interpretation) -> str:
    """Return what a peer looks for: the page's title, else the first title that it cites."""
    return page.title or " ".join(page.cited_titles[:1])


def as_written(title: str) -> str:
    """Return the title folded as rapidfuzz folds it."""
    return utils.default_process(title)


def core_of(title: str) -> str:
    """Return what attrtrack reads as the document's own name: a peer that is lent this is no longer plain."""
    return facets(title).core


def fuzzy(scorer: Callable[..., float], fold: Callable[[str], str] = as_written) -> Peer:
    """Score titles by one of rapidfuzz's scorers."""

    def peer(pages: Sequence[Interpretation], documents: Sequence[LinkableDocument]) -> Ranked:
        titles = [fold(document.title) for document in documents]
        found = [process.extract(fold(asked(page)), titles, scorer=scorer, limit=MOST) for page in pages]
        return [[(row, score) for _, score, row in one] for one in found]

    return peer


def by_tfidf(pages: Sequence[Interpretation], documents: Sequence[LinkableDocument]) -> Ranked:
    """Score by the cosine of runs of two and three signs, weighed by rarity; the nearest by sparse_dot_topn."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - only this peer needs it
    from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415 - a peer's own program

    model = TfidfVectorizer(analyzer="char", ngram_range=(2, 3))
    known = model.fit_transform([document.title for document in documents])
    near = sp_matmul_topn(model.transform([asked(page) for page in pages]), known.T.tocsr(), top_n=MOST, sort=True)
    ends = zip(near.indptr, near.indptr[1:], strict=False)
    return [
        [(int(row), float(score)) for row, score in zip(near.indices[a:b], near.data[a:b], strict=True)]
        for a, b in ends
    ]


def by_splink(pages: Sequence[Interpretation], documents: Sequence[LinkableDocument]) -> Ranked:
    """Score by Splink's model over the facets that attrtrack reads, learnt from the same rows without answers."""
    import pandas as pd  # noqa: PLC0415 - a peer's own program
    import splink.comparison_library as compare  # noqa: PLC0415 - a peer's own program
    from splink import Linker, SettingsCreator  # noqa: PLC0415 - a peer's own program
    from splink.internals.duckdb.database_api import DuckDBAPI  # noqa: PLC0415 - a peer's own program

    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="row_id",
        comparisons=[
            compare.JaroWinklerAtThresholds("core", [0.97, 0.9, 0.8]),
            *(compare.ExactMatch(name) for name in ("place", "year", "period", "stage", "kind")),
        ],
        blocking_rules_to_generate_predictions=["1=1"],
        retain_intermediate_calculation_columns=False,
    )
    sides = (
        [_row(place, document.title, document.issuer) for place, document in enumerate(documents)],
        [_row(place, asked(page), None) for place, page in enumerate(pages)],
    )
    with _silent():
        base = DuckDBAPI()
        frames = [
            base.register(pd.DataFrame(rows), dataset_display_name=name)
            for rows, name in zip(sides, ("a_documents", "b_pages"), strict=True)
        ]
        linker = Linker(frames, settings, log_level="ERROR")
        linker.training.estimate_probability_two_random_records_match(["l.core = r.core"], recall=0.5)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e5, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation("l.core = r.core")
        linker.training.estimate_parameters_using_expectation_maximisation("l.kind = r.kind")
        scored = linker.inference.predict().as_pandas_dataframe()
    ranked: Ranked = [[] for _ in pages]
    best = scored.sort_values("match_weight", ascending=False)
    for document, page, weight in zip(best["row_id_l"], best["row_id_r"], best["match_weight"], strict=True):
        if len(ranked[int(page)]) < MOST:
            ranked[int(page)].append((int(document), float(weight)))
    return ranked


def _row(place: int, title: str, issuer: str | None) -> dict[str, object]:
    read = facets(title, issuer)
    return {
        "row_id": place,
        "core": read.core or None,
        "place": " ".join(sorted(read.places.provinces | read.places.locals)) or None,
        "year": " ".join(map(str, sorted(read.years))) or None,
        "period": " ".join(sorted(read.periods)) or None,
        "stage": " ".join(sorted(read.stages)) or None,
        "kind": " ".join(sorted(read.kinds)) or None,
    }


@contextmanager
def _silent() -> Iterator[None]:
    """Keep a peer's own notes out of the table."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


PEERS: dict[str, Peer] = {
    "rapidfuzz ratio": fuzzy(fuzz.ratio),
    "rapidfuzz token_set_ratio": fuzzy(fuzz.token_set_ratio),
    "rapidfuzz partial_ratio": fuzzy(fuzz.partial_ratio),
    "rapidfuzz ratio, on the cores": fuzzy(fuzz.ratio, core_of),
    "rapidfuzz token_set, on cores": fuzzy(fuzz.token_set_ratio, core_of),
    "char TF-IDF, sparse_dot_topn": by_tfidf,
    "Splink on the facets": by_splink,
}
