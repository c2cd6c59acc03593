"""The checks of the gate on what the document itself says, carries and cites."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.findings import Finding
from attrtrack.gate.cases import Case, KnownDocument
from attrtrack.nlp.normalizer import Normalised, normalise
from attrtrack.nlp.sieve import sieve_of
from attrtrack.rules import Rules
from attrtrack.rules.schema import TextFaultRow

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_LONGEST_SENTENCE, _LONGEST_QUOTE = 600, 60
_OUTDATED, _NON_PUBLIC = "regulation-outdated", "cites-non-public"
_FORWARDS = re.compile(r"转发|批转")


def cites_regulation_in_force(case: Case, rules: Rules) -> Iterator[Finding]:
    """A text made since the regulation was revised rests nothing on the text that it replaced."""
    since = dt.date.fromisoformat(rules.switch("regulation_since")[0])
    if not _made_since(case.document, since):
        return
    for row, quote, evidence in _faults(case.document, rules, _OUTDATED):
        yield rules.finding(_OUTDATED, evidence, quote=quote, advice=row.advice)


def _made_since(document: Document, since: dt.date) -> bool:
    """Whether a document was made on the day or later; one without a date is taken for a draft of today."""
    date = document.date
    if date is None:
        return document.year_stated is None or document.year_stated > since.year
    return (date.year, date.month, date.day or since.day) >= (since.year, since.month, since.day)


def _faults(document: Document, rules: Rules, finding: str) -> Iterator[tuple[TextFaultRow, str, Evidence]]:
    """Yield the first sentence that each row of the table finds fault with, and the words at fault."""
    said = _said_in(document.text, rules.words("t2s-corrections"))
    candidates = sieve_of(tuple(row.pattern for row in rules.text_faults)).candidates(said.sentences)
    for row in rules.text_faults:
        places = candidates.all(row.pattern) if row.finding == finding and row.pattern in candidates.tries else ()
        place = next((one for one in sorted(places) if not _excepted(row, said.sentences[one])), None)
        if place is not None and (hit := re.search(row.pattern, said.sentences[place])):
            start, end = said.starts[place], said.starts[place] + len(said.sentences[place])
            evidence = document.quote(said.plain.source_span(start, end), f"rules:{row.code}")
            yield row, (hit["quote"] if "quote" in hit.groupdict() else hit.group())[:_LONGEST_QUOTE], evidence


def _excepted(row: TextFaultRow, sentence: str) -> bool:
    return bool(row.unless) and re.search(row.unless, sentence) is not None


class _Said(NamedTuple):
    """A normalised text, its sentences (the first hundreds of signs of each) and where they start in it."""

    plain: Normalised
    sentences: Sequence[str]
    starts: Sequence[int]


@lru_cache(maxsize=1)
def _said_in(text: str, corrections: tuple[str, ...]) -> _Said:
    """Part a text into sentences, once for all checks that read the same."""
    plain = normalise(text, corrections)
    found = [(sentence.group()[:_LONGEST_SENTENCE], sentence.start()) for sentence in _SENTENCE.finditer(plain.text)]
    return _Said(plain, [words for words, _ in found], [start for _, start in found])


def says_nothing_named_for_publication(case: Case, rules: Rules) -> Iterator[Finding]:
    """What articles 19 to 21 name is not kept back, unless the proposal itself stands behind the declaration."""
    kept = case.intended
    if kept is None or kept is DisclosureAttribute.PROACTIVE or not case.named:
        return
    proposal = case.proposal
    if proposal is not None and not proposal.abstained and proposal.attribute is kept:
        return
    named = case.named[0]
    reason = rules.reason(named.reason)
    if reason is not None:
        yield rules.finding(
            "withheld-named-for-publication",
            *named.evidence,
            attribute=kept.chinese,
            because=named.because.rstrip("。"),
            item=f"{'、'.join(map(str, reason.references))}，{reason.name}",
        )


def forwards_consistently(case: Case, rules: Rules) -> Iterator[Finding]:
    """A document that forwards another has the attribute of what it forwards; where that has none, a person determines it."""
    own = case.intended
    for carried in case.carried:
        if own is not None and carried.attribute is not None and carried.attribute is not own:
            yield rules.finding(
                "forwarded-contradicts",
                *carried.evidence,
                attribute=own.chinese,
                called=carried.called,
                carried=carried.attribute.chinese,
            )
    title, carried_title = case.document.title or "", case.document.carried_title
    known = any(carried.attribute is not None for carried in case.carried)
    if not known and carried_title and own is not None and _FORWARDS.search(title.split("《")[0]):
        yield rules.finding("forwarded-undetermined", called=carried_title)


def cites_nothing_withheld(case: Case, rules: Rules) -> Iterator[Finding]:
    """A document to be published cites none that is not public, as far as the text or the register says so."""
    if case.intended is not DisclosureAttribute.PROACTIVE:
        return
    for known in case.cited:
        if known.attribute is DisclosureAttribute.WITHHELD:
            yield _cited(rules, known)
    for row, quote, evidence in _faults(case.document, rules, _NON_PUBLIC):
        yield rules.finding(_NON_PUBLIC, evidence, called=f"“{quote}”", why=row.advice)


def _cited(rules: Rules, known: KnownDocument) -> Finding:
    return rules.finding(_NON_PUBLIC, *known.evidence, called=f"“{known.called}”", why="在登记中认定为不予公开")
