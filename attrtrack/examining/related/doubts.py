"""Figures that the words around them bind to others, and that do not follow from them: told as doubts, by a learnt model."""

import re
from typing import NamedTuple

from attrtrack.domain.contradictions import Contradiction
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.examining.related.figures import Figure, FiguredText
from attrtrack.examining.related.kinds import DIFFERENCE, NEXT_YEAR, SAME_YEAR, Relation
from attrtrack.examining.related.relations import relations
from attrtrack.examining.related.saying import because
from attrtrack.examining.related.standing import standings
from attrtrack.examining.related.wording import features_of
from attrtrack.examining.text.paper import Paper
from attrtrack.nlp.relation_model import RelationModel

_LEAST, _LEAST_LOOKED_AT = 0.65, 0.2
"""How likely a slip must be to be told of, and to be worth a look where nothing else is told."""
_LEAST_MEANT = 0.2
"""How likely the figures must be to belong together, whatever else is or is not accounted for."""
_CHARACTERS_EACH = 5_000
"""A report is told one doubt for so many characters begun, the likeliest: whoever doubts everything is not heard."""

_REPORTING = frozenset({Genre.REPORT, Genre.CIRCULAR, Genre.MINUTES})
_ACCOUNTS = re.compile(r"报告|通报|总结|情况|年报|自查|自评|汇报|成效|进展|盘点|回顾|公示|反馈|分析")
"""Genres, and words in titles, of what gives an account.

Rules, plans and letters, and the tables of statistics told in sentences, name figures side by side that have nothing to do
with one another.
"""
_OF_YEARS = frozenset({SAME_YEAR, NEXT_YEAR})
_TO = re.compile(r"[至到—~－-](?:[^，；。]{0,6})$")
"""What joins the two ends of a period."""


class Doubt(NamedTuple):
    """A relation that seems meant and does not hold, and how likely it is a slip."""

    likely: float
    relation: Relation


class Doubts(NamedTuple):
    """What is doubted of a report, and where to look first in one of which nothing is told."""

    told: tuple[Contradiction, ...] = ()
    first_look: Contradiction | None = None


def doubted(text: str, model: RelationModel) -> list[Doubt]:
    """Return the relations of a text that seem meant and do not hold, the likeliest first, one for each figure."""
    figured = FiguredText.of(text)
    found = [(relation, model.meant(features_of(figured, relation))) for relation in relations(figured)]
    likely = [
        Doubt(model.slipped(standing.numbers), standing.relation)
        for standing in standings(found)
        if standing.meant >= _LEAST_MEANT
    ]
    told: dict[frozenset[int], Doubt] = {}
    for doubt in sorted(likely, key=_rank):
        told.setdefault(_figures(doubt.relation), doubt)
    first: dict[int, Doubt] = {}
    for doubt in sorted(told.values(), key=lambda doubt: -doubt.likely):
        first.setdefault(doubt.relation.target.rank, doubt)
    return list(first.values())


def _rank(doubt: Doubt) -> tuple[bool, float]:
    """Order doubts of the same figures: a total that its parts do not make is told rather than a part that they leave."""
    return doubt.relation.name == DIFFERENCE, -doubt.likely


def _figures(relation: Relation) -> frozenset[int]:
    return frozenset(figure.start for figure in (relation.target, *relation.parts))


def check_doubts(paper: Paper) -> Doubts:
    """Tell which figures of a report seem to contradict others; a paper without a model is told nothing."""
    if paper.relations is None or not _gives_an_account(paper.document):
        return Doubts()
    text = paper.plain.text
    most = 1 + len(text) // _CHARACTERS_EACH
    doubts = [doubt for doubt in doubted(text, paper.relations) if not _is_idle(doubt, text)]
    told = [_told(paper, "figures-doubtful", doubt) for doubt in doubts if doubt.likely >= _LEAST][:most]
    first = next((doubt for doubt in doubts if doubt.likely >= _LEAST_LOOKED_AT), None)
    return Doubts(tuple(told), _told(paper, "figures-to-look-at", first) if first else None)


def _told(paper: Paper, code: str, doubt: Doubt) -> Contradiction:
    target, figures = doubt.relation.target, (doubt.relation.target, *doubt.relation.parts)
    return paper.found(
        code,
        paper.evidence(min(one.start for one in figures), max(_end(one) for one in figures)),
        stated=paper.plain.text[target.start : _end(target)],
        because=because(doubt.relation),
    )


def _is_idle(doubt: Doubt, text: str) -> bool:
    """Whether what is doubted may well be: the year of a document's number, the years of the two ends of a period."""
    target, parts = doubt.relation.target, doubt.relation.parts
    if any(text.startswith("〕", one.end) for one in (target, *parts)):
        return True
    between = text[parts[0].end : target.start]
    return doubt.relation.name in _OF_YEARS and "。" not in between and bool(_TO.search(between))


def _gives_an_account(document: Document) -> bool:
    """Whether a document is a report: by its genre, else by its title; text without a title may be a piece of one."""
    if document.genre is not None:
        return document.genre in _REPORTING
    return not document.title or bool(_ACCOUNTS.search(document.title))


def _end(figure: Figure) -> int:
    """Return where a figure ends with its unit."""
    return figure.end + len(figure.unit)
