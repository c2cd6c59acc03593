"""The plain rows of the copy measure, as programs read them."""

from attrtrack.domain.copying import ContentElement
from attrtrack.workflow.copying import Copied, MeasuredPair
from attrtrack.workflow.shapes import Row, evidence_row, finding_rows


def pair_row(pair: MeasuredPair) -> Row:
    """Return what `copied` prints of one pair; offsets are code points of each text, `share` null where not assessable."""
    share = pair.measure.share
    return {
        "interpretation_id": pair.interpretation_id,
        "document_id": pair.document_id,
        "interpretation_title": pair.interpretation_title,
        "document_title": pair.document_title,
        "judgement": pair.judgement.value if pair.judgement else None,
        "share": None if share is None else round(share, 4),
        "why_not": pair.why_not,
        "words": pair.measure.own,
        "copied": [_copied_row(item) for item in pair.copied],
        "elements": [_element_row(item) for item in pair.elements],
        "missing": [item.code for item in pair.missing],
        "findings": finding_rows(pair.findings),
    }


def _copied_row(item: Copied) -> Row:
    here, there = evidence_row(item.here), evidence_row(item.there)
    return {
        "quote": here["quote"],
        "start": here["start"],
        "end": here["end"],
        "document_start": there["start"],
        "document_end": there["end"],
        "quotation": item.quotation,
    }


def _element_row(item: ContentElement) -> Row:
    evidence = evidence_row(item.evidence) if item.evidence else None
    return {"code": item.code, "name": item.name, "asked": item.asked, "evidence": evidence}
