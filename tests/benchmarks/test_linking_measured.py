"""Linking measured on real pages and titles, beside plain fuzzy matching in the same run.

Prints precision, recall and F1 of the best proposal, the precision and coverage of automatic links, recall at five and
false links; the synthetic runs ask for documents that are there and for documents that were taken out.
"""

import datetime as dt
import gzip
import json
import os
import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz, process

from attrtrack.domain.interpretations import Interpretation, LinkableDocument, LinkDecision
from attrtrack.linking import Matcher, recognise_channels, recognise_forms
from attrtrack.rules import Rules

SHARED = Path(os.environ.get("ATTRTRACK_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the reference data folder is absent (ATTRTRACK_SHARED)"),
]
F1_AIM, AUTO_PRECISION_AIM, FALSE_SIBLINGS_LIMIT = 0.88, 0.98, 0.10
SAMPLE = 300
LABEL = re.compile("解读|读懂|图解|问答|新闻发布会")  # some of the titles are of interpretations; they are no documents
FORMS = {
    "text": "text", "Q&A": "qa", "press conference": "press-conference", "interview": "interview", "video": "video",
    "audio": "audio", "图解": "picture",
}  # fmt: skip
CHANNELS = {
    "government website": "government-website", "WeChat": "wechat", "newspaper": "newspaper", "news site": "news-site",
    "TV/video": "broadcast", "press conference": "press-conference", "other": "other",
}  # fmt: skip


def report(line: str) -> None:
    """Print a figure."""
    print(line)


def json_rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines, packed or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode().splitlines()]


def a_day(text: object) -> dt.date | None:
    """Read an ISO day; anything else is no day."""
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None


def real_documents() -> list[LinkableDocument]:
    """Return the real documents."""
    return [
        LinkableDocument(
            row["id"], row["title"], row.get("doc_number"), row.get("issuer"), a_day(row.get("date")),
            url=row.get("url"), text=row.get("text") or "", same_as=row.get("same_as"),
        )
        for row in json_rows(SHARED / "links" / "documents.jsonl")
    ]  # fmt: skip


def real_pages() -> list[Interpretation]:
    """Return the real interpretations."""
    return [
        Interpretation(
            row["id"], row.get("title"), row.get("url"), a_day(row.get("published")), row.get("publisher"),
            text=row.get("text") or "", cited_titles=tuple(row["cited_titles"]), cited_numbers=tuple(row["cited_numbers"]),
        )
        for row in json_rows(SHARED / "links" / "interpretations.jsonl")
    ]  # fmt: skip


def right_answers(documents: Iterable[LinkableDocument]) -> tuple[dict[str, str | None], dict[str, str]]:
    """Return the right document (or None) of each page, and the original of each document."""
    original = {document.id: document.same_as or document.id for document in documents}
    truth = {row["interpretation_id"]: row["document_id"] for row in json_rows(SHARED / "links" / "links.jsonl")}
    return {page: original[answer] if answer else None for page, answer in truth.items()}, original


def f1(answers: Sequence[tuple[str | None, str | None]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of (given, right) answers."""
    right = sum(given == truth for given, truth in answers if given)
    given_at_all = sum(given is not None for given, _ in answers)
    wanted = sum(truth is not None for _, truth in answers)
    precision, recall = right / max(given_at_all, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def fuzzy_f1(
    scorer: Callable[..., float],
    pages: list[Interpretation],
    documents: list[LinkableDocument],
    truth: dict[str, str | None],
) -> float:
    """Return the F1 of the best threshold of a plain scorer over titles, chosen with the answers in hand."""
    original = {document.id: document.same_as or document.id for document in documents}
    titles = [document.title for document in documents]
    scored: list[tuple[float, str | None, str | None]] = []
    for page in pages:
        asked = page.title or " ".join(page.cited_titles[:1])
        hit = process.extractOne(asked, titles, scorer=scorer) if asked else None
        scored.append((hit[1], original[documents[hit[2]].id], truth[page.id]) if hit else (0.0, None, truth[page.id]))
    return max(
        f1([(answer if score >= threshold else None, right) for score, answer, right in scored])[2]
        for threshold in range(30, 100)
    )


def test_links_of_real_pages(rules: Rules) -> None:
    """The best proposal reaches the aim, automatic links are right, and both beat plain likeness."""
    documents, pages = real_documents(), real_pages()
    truth, original = right_answers(documents)
    matcher = Matcher(documents, rules)
    began = time.process_time()
    proposed = {page.id: matcher.propose(page).links for page in pages}
    took = (time.process_time() - began) / len(pages) * 1000
    answers = [(original[links[0].document_id] if links else None, truth[page]) for page, links in proposed.items()]
    automatic = [
        (original[link.document_id], truth[page])
        for page, links in proposed.items()
        for link in links
        if link.decision is LinkDecision.AUTO
    ]
    at_five = sum(
        truth[page] in {original[link.document_id] for link in links} for page, links in proposed.items() if truth[page]
    )
    wanted = sum(right is not None for right in truth.values())
    precision, recall, score = f1(answers)
    auto_precision = sum(given == right for given, right in automatic) / len(automatic)
    plain = {
        scorer.__name__: fuzzy_f1(scorer, pages, documents, truth) for scorer in (fuzz.ratio, fuzz.token_set_ratio)
    }
    false_links = sum(given is not None and right is None for given, right in answers)
    report(f"\nbest proposal: P {precision:.3f} R {recall:.3f} F1 {score:.3f}; recall@5 {at_five / wanted:.3f}")
    report(f"automatic: {len(automatic)} of {wanted} ({len(automatic) / wanted:.2f}), precision {auto_precision:.3f}")
    report(f"false links on the {len(truth) - wanted} pages without a document: {false_links}; {took:.1f} ms a page")
    report(f"plain likeness at its best threshold: {plain}")
    assert score >= F1_AIM
    assert score > max(plain.values())
    assert auto_precision >= AUTO_PRECISION_AIM


def test_links_when_the_document_is_not_there(rules: Rules) -> None:
    """With the right documents taken out, siblings must not be linked in their place."""
    documents, pages = real_documents(), real_pages()
    truth, original = right_answers(documents)
    answers = sorted({answer for answer in truth.values() if answer})
    false_links = automatic = asked = 0
    for part in range(6):
        out = set(answers[part::6])
        matcher = Matcher([document for document in documents if original[document.id] not in out], rules)
        for page in pages:
            if truth[page.id] in out:
                asked += 1
                links = matcher.propose(page).links
                false_links += bool(links)
                automatic += any(link.decision is LinkDecision.AUTO for link in links)
    report(f"\nright document taken out: {false_links} false links of {asked}, {automatic} automatic")
    assert false_links / asked <= FALSE_SIBLINGS_LIMIT
    assert automatic == 0


def test_forms_and_channels_of_real_pages(rules: Rules) -> None:
    """Forms and channels that pages show agree with what readers judged."""
    rows = json_rows(SHARED / "links" / "interpretations.jsonl")
    forms = [
        (recognise_forms(row.get("title"), row.get("url"), row.get("text") or "", rules), row["format"]) for row in rows
    ]
    channels = [(recognise_channels(row.get("url"), row["publisher"], rules), row["channel"]) for row in rows]
    answered = [(given, FORMS.get(right)) for given, right in forms if given]
    told = [(given, CHANNELS[right]) for given, right in channels if given]
    form_accuracy = sum(right in given for given, right in answered) / len(answered)
    channel_accuracy = sum(right in given for given, right in told) / len(told)
    report(f"\nforms: {len(answered)} of {len(rows)} told, {form_accuracy:.3f} right")
    report(f"channels: {len(told)} of {len(rows)} told, {channel_accuracy:.3f} right")
    assert form_accuracy >= 0.9
    assert channel_accuracy >= 0.9


def titled_documents() -> list[LinkableDocument]:
    """Return the titles of seven governments as documents; `nan` and `NaT` are no values."""
    rows = json_rows(SHARED / "titles.jsonl.gz")
    return [
        LinkableDocument(
            str(number), row["title"], row["doc_number"] if row["doc_number"] not in {"nan", ""} else None,
            row["gov"], a_day(row["issued"]) or a_day(row["published"]), url=row["url"],
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip


def test_links_among_many_titles(rules: Rules) -> None:
    """An index over 34,578 titles: how long it takes, how often it is right, beside brute force in the same run."""
    documents = titled_documents()
    chosen = random.Random(11)  # noqa: S311 - a sample, not a secret
    fit = [item for item in documents if item.date and len(item.title) > 14 and not LABEL.search(item.title)]
    asked = chosen.sample(fit, SAMPLE)
    pages = [
        Interpretation(item.id, f"《{item.title}》政策解读", published=item.date + dt.timedelta(days=3))
        for item in asked
        if item.date
    ]
    began = time.process_time()
    matcher = Matcher(documents, rules)
    built = time.process_time()
    proposed = [matcher.propose(page).links for page in pages]
    took = (time.process_time() - built) / len(pages)
    titles = [document.title for document in documents]
    started = time.process_time()
    for page in pages[:40]:
        process.extract(page.title or "", titles, scorer=fuzz.ratio, limit=5)
    brute = (time.process_time() - started) / 40
    known = {document.id: document for document in documents}
    right = [
        bool(links) and known[links[0].document_id].title == item.title
        for links, item in zip(proposed, asked, strict=True)
    ]
    automatic = [
        good for links, good in zip(proposed, right, strict=True) if links and links[0].decision is LinkDecision.AUTO
    ]
    without = Matcher([document for document in documents if document.id not in {item.id for item in asked}], rules)
    wrong = [
        links
        for page in pages
        if (links := without.propose(page).links) and known[links[0].document_id].title not in (page.title or "")
    ]
    wrong_automatic = sum(links[0].decision is LinkDecision.AUTO for links in wrong)
    report(f"\n{len(documents)} titles: index {built - began:.1f} s, {took * 1000:.1f} ms a page")
    report(f"brute force {brute * 1000:.1f} ms a page, {brute / took:.1f} times as long")
    report(
        f"there: {sum(right) / len(right):.3f} right, {len(automatic)} automatic, {sum(automatic) / len(automatic):.3f} right"
    )
    report(f"taken out: {len(wrong) / len(pages):.3f} linked to another, {wrong_automatic} automatically")
    assert sum(right) / len(right) >= 0.95
    assert sum(automatic) / len(automatic) >= AUTO_PRECISION_AIM
    assert len(wrong) / len(pages) <= FALSE_SIBLINGS_LIMIT
