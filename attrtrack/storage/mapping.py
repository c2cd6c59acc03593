"""Documents, proposals, declarations, decisions, interpretations: from values to rows and back."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.dates import WrittenDate
from attrtrack.domain.decisions import Decision, Declaration
from attrtrack.domain.documents import Document
from attrtrack.domain.genres import Genre
from attrtrack.domain.interpretations import Interpretation, Judgement, Publication
from attrtrack.domain.needs import NeedProposal, NeedSource
from attrtrack.domain.pages import bare_address
from attrtrack.domain.precedents import Correction, Lesson, Precedent, Resolution, Source, Standing
from attrtrack.domain.proposals import Proposal
from attrtrack.domain.register import RecordedInterpretation, RecordedLink
from attrtrack.errors import BadRowError
from attrtrack.storage import structures as js
from attrtrack.storage.columns import AnyRow
from attrtrack.storage.identifiers import document_id, interpretation_id

Row = AnyRow
Values = dict[str, Any]
_MAX_KEY = 500  # an index entry must fit a page of PostgreSQL; no number or name of an organ comes near


def storable(value: str | None, name: str, *, limit: int | None = None) -> str | None:
    """Return `value`; NUL, broken code points or a key longer than `limit` make a `BadRowError`."""
    if value is None or (value.isascii() and "\0" not in value and (limit is None or len(value) <= limit)):
        return value
    if limit is not None and len(value) > limit:
        raise BadRowError(f"{name}超过 {limit} 字：请核对。")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadRowError(f"{name}含有残缺的字符编码，无法保存：请以 UTF-8 重新导出。") from error
    if "\0" in value:
        raise BadRowError(f"{name}含有空字符（NUL），无法保存：请核对文件。")
    return value


def twin_hash(*parts: str | None) -> str | None:
    """Digest what makes two rows the same thing to a person; None when all but the last part (the unit) are absent."""
    if not any(parts[:-1]):
        return None
    text = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def address_key(url: str | None) -> str | None:
    """Digest an address as it is looked up."""
    bare = bare_address(url)
    return None if bare is None else hashlib.sha256(bare.encode(errors="surrogatepass")).hexdigest()


def _written(date: WrittenDate | None) -> str | None:
    return None if date is None else date.isoformat()


@lru_cache(maxsize=4096)
def written_of(text: str | None) -> WrittenDate | None:
    """Read `YYYY-MM-DD` or `YYYY-MM` back."""
    return None if text is None else WrittenDate(*(int(part) for part in text.split("-")))


def document_values(document: Document) -> Values:
    """Write the facts of a document; its state, unit and hash are the register's, not the document's."""
    return {
        "year": document.year,
        "format": document.format,
        "title": storable(document.title, "标题"),
        "number": storable(document.number, "发文字号", limit=_MAX_KEY),
        "genre": None if document.genre is None else document.genre.value,
        "issuers": [storable(issuer, "发文机关") for issuer in document.issuers],
        "addressee": storable(document.addressee, "主送机关"),
        "date": _written(document.date),
        "print_date": _written(document.print_date),
        "text": storable(document.text, "正文"),
        "marks": js.mark_rows(document.marks),
        "personal_data": js.personal_data_rows(document.personal_data),
        "elements": js.element_rows(document.elements),
        "findings": js.finding_rows(document.findings),
        "drafting_department": storable(document.drafting_department, "起草部门"),
        "carried_title": storable(document.carried_title, "所印发文件标题"),
        "declared_attribute": None if document.declared_attribute is None else document.declared_attribute.value,
        "declared_reason": storable(document.declared_reason, "理由"),
        "attribute_asked": document.attribute_asked,
        "needs_interpretation": document.needs_interpretation,
        "need_origin": None if document.needs_interpretation is None else NeedSource.LEDGER.value,
    }


def need_values(proposal: NeedProposal | None) -> Values:
    """Write what the rules propose on the need of an interpretation; why is told by the rule table."""
    return {
        "need_proposed": None if proposal is None else proposal.needed,
        "need_rule": None if proposal is None else proposal.row,
    }


def unit_key(unit: str | None) -> str | None:
    """Return the unit's name or code, checked like every key."""
    return storable(unit, "单位", limit=_MAX_KEY)


def document_of(row: Row) -> Document:
    """Read the facts of a document."""
    return Document(
        text=row.text,
        format=row.format,
        title=row.title,
        number=row.number,
        genre=None if row.genre is None else Genre(row.genre),
        issuers=tuple(row.issuers),
        addressee=row.addressee,
        date=written_of(row.date),
        print_date=written_of(row.print_date),
        marks=js.marks_of(row.marks),
        personal_data=js.personal_data_of(row.personal_data),
        elements=js.elements_of(row.elements),
        findings=js.findings_of(row.findings),
        drafting_department=row.drafting_department,
        carried_title=row.carried_title,
        declared_attribute=js.attribute_of(row.declared_attribute),
        declared_reason=row.declared_reason,
        attribute_asked=row.attribute_asked,
        year_stated=row.year if row.date is None else None,
        needs_interpretation=row.needs_interpretation,
    )


def proposal_values(proposal: Proposal) -> Values:
    """Write a proposal."""
    return {
        "attribute": None if proposal.attribute is None else proposal.attribute.value,
        "probability": proposal.probability,
        "abstained": proposal.abstained,
        "doubt": storable(proposal.doubt, "疑点"),
        "reason": storable(proposal.reason, "理由"),
        "reasons": js.likelihood_rows(proposal.reasons),
        "evidence": js.evidence_rows(proposal.evidence),
        "voices": js.opinion_rows(proposal.voices),
        "findings": js.finding_rows(proposal.findings),
        "rules_version": proposal.rules_version,
        "model_version": proposal.model_version,
    }


def proposal_of(row: Row) -> Proposal:
    """Read a proposal."""
    return Proposal(
        attribute=js.attribute_of(row.attribute),
        probability=row.probability,
        abstained=row.abstained,
        doubt=row.doubt,
        reason=row.reason,
        reasons=js.likelihoods_of(row.reasons),
        evidence=js.evidence_of(row.evidence),
        voices=js.opinions_of(row.voices),
        findings=js.findings_of(row.findings),
        rules_version=row.rules_version,
        model_version=row.model_version,
    )


def declaration_of(row: Row) -> Declaration:
    """Read a declaration."""
    return Declaration(
        js.attribute_of(row.attribute), row.reason, row.declared_by, row.declared_at, because=row.because
    )


def decision_of(row: Row) -> Decision:
    """Read a decision joined with the id of the judgement that it rests on."""
    attribute = DisclosureAttribute(row.attribute)
    return Decision(
        attribute,
        row.reason,
        row.decided_by,
        row.decided_at,
        row.rules_version,
        because=row.because,
        evaluation=row.evaluation_code,
    )


def correction_of(row: Row) -> Correction:
    """Read an assessor's correction."""
    attribute = DisclosureAttribute(row.attribute)
    return Correction(attribute, row.reason, row.note, row.corrected_by, row.corrected_at, row.rules_version)


def precedent_of(row: Row) -> Precedent:
    """Read a precedent joined with its document's title, number and unit."""
    lesson = Lesson(
        source=Source(row.source),
        attribute=DisclosureAttribute(row.attribute),
        reason=row.reason,
        weight=row.weight,
        sketch=tuple(row.sketch),
        taught_by=row.taught_by,
        taught_at=row.taught_at,
        opposed=tuple(row.rules),
    )
    standing = Standing(row.standing)
    resolution = None
    if row.resolved_by is not None:
        resolution = Resolution(standing is Standing.TEACHING, row.note, row.resolved_by, row.resolved_at)
    return Precedent(document_id(row.document_id), row.title, row.number, lesson, standing, resolution, row.unit)


def publications_of(rows: Iterable[Row]) -> tuple[Publication, ...]:
    """Read a document's publications in order of entry; a later entry for the same address corrects the earlier."""
    by_url = {row.url: Publication(row.url, row.published, row.channel) for row in rows}
    return tuple(by_url.values())


def interpretation_values(interpretation: Interpretation) -> Values:
    """Write an interpretation; its id is the register's to give."""
    return {
        "title": storable(interpretation.title, "解读标题"),
        "url": storable(interpretation.url, "解读地址"),
        "published": interpretation.published,
        "publisher": storable(interpretation.publisher, "解读发布单位"),
        "text": storable(interpretation.text, "解读正文"),
        "forms": list(interpretation.forms),
        "channels": list(interpretation.channels),
        "cited_titles": [storable(title, "引用标题") for title in interpretation.cited_titles],
        "cited_numbers": [storable(number, "引用文号") for number in interpretation.cited_numbers],
        "links": [storable(address, "页面链接") for address in interpretation.links],
        "address_key": address_key(interpretation.url),
    }


def interpretation_of(row: Row) -> RecordedInterpretation:
    """Read an interpretation."""
    identifier = interpretation_id(row.id)
    value = Interpretation(
        id=identifier,
        title=row.title,
        url=row.url,
        published=row.published,
        publisher=row.publisher,
        text=row.text,
        forms=tuple(row.forms),
        channels=tuple(row.channels),
        cited_titles=tuple(row.cited_titles),
        cited_numbers=tuple(row.cited_numbers),
        links=tuple(row.links or ()),
    )
    return RecordedInterpretation(identifier, value, row.unit, row.year)


def link_of(row: Row) -> RecordedLink:
    """Read the present judgement on a pair."""
    return RecordedLink(
        interpretation_id(row.interpretation_id),
        document_id(row.document_id),
        Judgement(row.judgement),
        row.probability,
        js.evidence_of(row.evidence),
        row.judged_by,
    )
