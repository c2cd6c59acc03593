"""Builders: a test names only what it is about."""

import datetime as dt
from typing import Any

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence, Span
from attrtrack.domain.genres import Genre
from attrtrack.domain.marks import Mark, Place
from attrtrack.domain.proposals import Proposal, ReasonLikelihood

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
LETTER = (
    "云栖市住房和城乡建设局关于老旧小区加装电梯资金使用问题的复函\n云建函〔2025〕31号\n溪口区住房和城乡建设局：\n"
    "你局来函收悉。业主可以提取住房公积金用于加装电梯，本答复适用于全市同类情形。\n特此函复。\n"
    "云栖市住房和城乡建设局\n2025年6月3日\n"
)


def a_document(text: str = LETTER, **values: Any) -> Document:
    """Make a letter of reply; `values` replace its fields."""
    fields: dict[str, Any] = {
        "title": "云栖市住房和城乡建设局关于老旧小区加装电梯资金使用问题的复函",
        "number": "云建函〔2025〕31号",
        "genre": Genre.REPLY_LETTER,
        "issuers": ("云栖市住房和城乡建设局",),
    }
    return Document(text=text, **{**fields, **values})


def a_mark(attribute: DisclosureAttribute, text: str = "（此件公开发布）", **values: Any) -> Mark:
    """Make a printed mark that stands in a page header."""
    return Mark(text, attribute, values.pop("place", Place.HEADER), **values)


def a_declaration(attribute: DisclosureAttribute | None, reason: str | None = None) -> Declaration:
    """Make a drafter's declaration."""
    return Declaration(attribute, reason, declared_by="李拟稿", declared_at=NOW)


def a_proposal(attribute: DisclosureAttribute | None, probability: float = 0.9, **values: Any) -> Proposal:
    """Make a proposal with one piece of evidence."""
    fields: dict[str, Any] = {
        "abstained": False,
        "doubt": None,
        "reason": None,
        "reasons": (),
        "evidence": (Evidence.at(LETTER, Span(40, 52), "rules"),),
        "voices": (),
        "findings": (),
        "rules_version": "r",
        "model_version": "m",
    }
    fields.update(values)
    if fields["reason"] and not fields["reasons"]:
        fields["reasons"] = (ReasonLikelihood(fields["reason"], 0.8),)
    return Proposal(attribute=attribute, probability=probability if attribute else None, **fields)
