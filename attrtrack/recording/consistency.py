"""What a ledger says against itself: within one row, and between rows that mean the same document."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.findings import Finding
from attrtrack.domain.ledgers import LedgerEntry, LedgerError
from attrtrack.domain.numbers import parse
from attrtrack.nlp.sieve import sieve_of
from attrtrack.recording.lines import bare
from attrtrack.rules.addresses import news_only, news_patterns
from attrtrack.rules.tables import Rules

_CLOSED = frozenset({DisclosureAttribute.ON_REQUEST, DisclosureAttribute.WITHHELD})


def row_findings(
    document: Document, addresses: Sequence[str], published: dt.date | None, *, rules: Rules
) -> tuple[Finding, ...]:
    """Return what is doubtful in one row: published before it was made, published though not to be, or as news only."""
    return tuple(_row_findings(document, addresses, published, rules))


def _row_findings(
    document: Document, addresses: Sequence[str], published: dt.date | None, rules: Rules
) -> Iterator[Finding]:
    made = _made_after(document, published) if published else None
    if published and made:
        yield rules.finding("published-before-date", published=published.isoformat(), date=made)
    if addresses and document.declared_attribute in _CLOSED:
        yield rules.finding(
            "withheld-but-published", attribute=document.declared_attribute.chinese, address=addresses[0]
        )
    elif addresses and (news := news_only(addresses, rules, sift=sieve_of(news_patterns(rules)).worth_trying)):
        yield news


def _made_after(document: Document, published: dt.date) -> str | None:
    """Return the date, or the year of the number, that lies after the day of publication."""
    date = document.date
    if date is not None and (date.year, date.month, date.day) > (
        published.year, published.month, published.day if date.day else 0
    ):  # fmt: skip
        return date.isoformat()
    number = parse(document.number) if document.number else None
    return f"（文号为 {number.year} 年）" if number and number.year and number.year > published.year else None


def compared(rows: Iterable[LedgerEntry | LedgerError], rules: Rules) -> Iterator[LedgerEntry | LedgerError]:
    """Yield the entries with a finding on each that shares its number, and its title or not, with an earlier row."""
    titles: dict[str, dict[str, int]] = {}
    attributes: dict[tuple[str, str], tuple[int, DisclosureAttribute]] = {}
    for entry in rows:
        if isinstance(entry, LedgerError) or entry.document.number is None or entry.document.title is None:
            yield entry
            continue
        document, number = entry.document, entry.document.number
        title = bare(entry.document.title)
        earlier = titles.setdefault(number, {})
        other = next((row for known, row in earlier.items() if known != title), None)
        earlier.setdefault(title, entry.row)
        found = [] if other is None else [rules.finding("duplicate-number", other=f"第 {other} 行")]
        if document.declared_attribute is not None:
            row, stated = attributes.setdefault((number, title), (entry.row, document.declared_attribute))
            if stated is not document.declared_attribute:
                words = {"earlier": stated.chinese, "attribute": document.declared_attribute.chinese}
                found.append(rules.finding("ledger-rows-contradict", row=row, **words))
        yield _with(entry, found)


def _with(entry: LedgerEntry, found: list[Finding]) -> LedgerEntry:
    if not found:
        return entry
    return replace(entry, document=replace(entry.document, findings=(*entry.document.findings, *found)))
