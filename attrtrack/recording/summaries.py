"""The one sentence of a document that says what it is about, picked and never written.

A Chinese official document says early on why it is made and what it does (为…，现…通知如下; 经研究，同意…). The sentence that says so
best is quoted whole; a document whose text is not at hand has none.
"""

import re
from collections.abc import Iterator

from attrtrack.domain.documents import Document
from attrtrack.domain.evidence import Span

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_DOES = re.compile(
    r"(?:现[将就予印制对提公]|决定|批复|答复|函复|通知|通告|公告|请示)[^。]{0,60}(?:如下|印发|你们|执行|施行|实施|公布)"
    r"|经[^。，]{0,20}(?:研究|审议|会议|同意)|(?:^|[，,])(?:原则)?同意|现[将就]"
)
_WHY = re.compile(r"为(?!期|止)|根据|按照|依据|依照|鉴于|针对|近期|近日|随着")
_HEAD = re.compile(
    r"附件|附录|联系人|联系电话|抄送|主题词|签发人|索引号|[（(]此件|[（(]?[一二三四五六七八九十]+[、）)]|第[一二三四五六七八九十百\d]+[章条节]|\d+[.．、]"
)
_RECEIVED = re.compile(r"[^，]{0,80}收(?:悉|到|阅)。?")
_STOPS = "。！？；"
"""A line without one is a heading, an addressee or a signature."""
_SHORTEST, _SEARCHED, _LONGEST = 12, 40, 300
_ABOVE_THE_BODY = frozenset({"title", "number", "addressee", "signer", "urgency"})


def summary_sentence(document: Document, *, purpose_only: bool = False) -> Span | None:
    """Return the place of the sentence, None where no sentence of the body tells what the document is about.

    Sentences that hold what looks like personal data are passed over. With `purpose_only` a sentence must say why the
    document is made or what it does: a fact from the middle of it does not stand for it.
    """
    candidates = list(_sentences(document))
    for span in candidates:
        if _DOES.search(document.text[span.start : span.end]):
            return span
    for span in candidates:
        if _WHY.match(document.text, span.start, span.end):
            return span
    return candidates[0] if candidates and not purpose_only else None


def _sentences(document: Document) -> Iterator[Span]:
    """Yield the first sentences of the body that may stand for it."""
    if document.format == "ledger":
        return
    text = document.text
    begin = max(
        (one.span.end for one in document.elements if one.span is not None and one.name in _ABOVE_THE_BODY), default=0
    )
    found = 0
    for match in _SENTENCE.finditer(text, begin):
        start, end = _trimmed(text, match.start(), match.end())
        if not _SHORTEST <= end - start <= _LONGEST or text[end - 1] not in _STOPS:
            continue
        if _HEAD.match(text, start, end) or _RECEIVED.fullmatch(text, start, end):
            continue
        if any(item.span.start < end and start < item.span.end for item in document.personal_data):
            continue
        yield Span(start, end)
        found += 1
        if found == _SEARCHED:
            return


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
