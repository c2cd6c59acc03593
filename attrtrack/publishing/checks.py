"""The checks of a publication."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import State
from attrtrack.domain.findings import Finding
from attrtrack.domain.register import RecordedDocument
from attrtrack.errors import BadRowError
from attrtrack.rules import Rules
from attrtrack.rules.addresses import news_only


def ensure_address(url: str) -> None:
    """Refuse what is no whole web address (`BadRowError`)."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole or any(character.isspace() or not character.isprintable() for character in url):
        raise BadRowError(f"公开地址“{url}”不是完整的网址：请写以 http:// 或 https:// 开头、中间没有空格的地址。")


def ensure_past(published: dt.date, today: dt.date) -> None:
    """Refuse a publication that has not happened yet (`BadRowError`)."""
    if published > today:
        raise BadRowError(f"公开日期 {published.isoformat()} 还没有到：请在公开之后登记，或核对日期。")


def publication_findings(
    recorded: RecordedDocument, url: str, published: dt.date, *, rules: Rules
) -> tuple[Finding, ...]:
    """Return what stands against registering a publication (block) and what a person must look at (flag)."""
    news = news_only([*(publication.url for publication in recorded.publications), url], rules)
    return (*_findings(recorded, published, rules), *((news,) if news else ()))


def _findings(recorded: RecordedDocument, published: dt.date, rules: Rules) -> Iterator[Finding]:
    attribute, document = recorded.attribute, recorded.document
    if recorded.state is not State.ISSUED_ELSEWHERE and attribute is not DisclosureAttribute.PROACTIVE:
        yield rules.finding("publication-not-proactive", attribute=attribute.chinese if attribute else "未认定")
    made = document.date.as_date if document.date else None
    if made is not None and published < made:
        yield rules.finding("published-before-date", published=published.isoformat(), date=made.isoformat())
    yield from (finding for finding in document.findings if finding.code == "personal-data")
