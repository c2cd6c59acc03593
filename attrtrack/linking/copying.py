"""Whether an interpretation is more than an excerpt of its document (解读材料不得照抄原文).

Decision: counted are passages, not sentences, so that a list, a table or a text without full stops is measured too, and
so that the answer does not hang on how a page is cut into sentences. What is measured is a lower bound: what stands in an
annex that is not at hand cannot be found.
"""

import re
from itertools import accumulate

from attrtrack.domain.copying import CopiedSpan, CopyMeasure
from attrtrack.nlp.copied_passages import Signs, copied_passages

_LONGEST_READ = 400_000
FEWEST = 100
_FEWEST_OWN, _FEWEST_OF_DOCUMENT = 30, 40
_QUOTED = re.compile("[“「『]([^“”「」『』]*)[”」』]")


def copy_measure(interpretation_text: str, document_text: str) -> CopyMeasure:
    """Measure how much of an interpretation is copied from its document, in time linear in the two lengths.

    Of each text the first 400,000 characters are read. Names of instruments, numbers, numbering, punctuation and short
    quotations count neither as copied nor as the interpretation's own words. Of an interpretation of fewer than 100 signs,
    or a document of fewer than 40, the share is None.
    """
    text, source = Signs.of(interpretation_text[:_LONGEST_READ]), Signs.of(document_text[:_LONGEST_READ])
    signs = len(text.signs)
    if signs < FEWEST or text.own < _FEWEST_OWN or len(source.signs) < _FEWEST_OF_DOCUMENT:
        return CopyMeasure(None, signs, text.own)
    quoted = _quoted(interpretation_text)
    spans = []
    for passage in copied_passages(text, source):
        span = text.span(passage.start, passage.end)
        inside = quoted[span.end] - quoted[span.start] == span.end - span.start
        spans.append(CopiedSpan(span, source.span(passage.source_start, passage.source_end), inside, passage.own))
    return CopyMeasure(sum(span.own for span in spans) / text.own, signs, text.own, tuple(spans))


def _quoted(text: str) -> list[int]:
    """Return for each place how many characters before it stand within quotation marks."""
    inside = bytearray(len(text))
    for match in _QUOTED.finditer(text):
        inside[match.start(1) : match.end(1)] = b"\1" * (match.end(1) - match.start(1))
    return [0, *accumulate(inside)]
