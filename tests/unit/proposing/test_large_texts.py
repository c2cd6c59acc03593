"""Very long and very odd texts are judged in time that grows as they do, and quoted exactly."""

import gc
import time

import pytest

from attrtrack.domain.documents import Document
from attrtrack.nlp.features import Extractor
from attrtrack.proposing import Proposer
from attrtrack.proposing.letters import lay_out
from attrtrack.rules import Rules

_SIZE = 20_000
_MOST_GROWTH = 12.0
"""Four times the text may take so many times as long on a busy machine; sixteen is quadratic."""
_PATTERNS = {
    "one sign": "县",
    "no sentence ends": "包括各县你公司",
    "lines without a full stop": "同意你局意见，请按此执行\n",
    "running letter": "你公司材料不全，请于15日内补正，逾期按撤回处理。\n",
    "dates": "2020年5月6日\n",
    "page numbers": "— 2 —\n",
    "open brackets": "（《〔",
    "white space": " \r\n\t",
    "annexes": "附件：\n",
    "Traditional": "檔案館關於徵收",
}


@pytest.mark.parametrize("pattern", _PATTERNS.values(), ids=_PATTERNS)
def test_long_text_takes_time_in_proportion(pattern: str, rules: Rules) -> None:
    """Four times the text takes nowhere near sixteen times as long, and what is quoted stands in it."""
    proposer, extractor = Proposer(rules, None), Extractor.of(rules)
    seconds = {_SIZE: [0.02], 4 * _SIZE: [0.02]}
    for size, times in [*seconds.items()] * 2:
        text = (pattern * size)[:size]
        gc.collect()
        gc.disable()
        start = time.process_time()
        proposal = proposer.propose(Document(text=text))
        parts = extractor.read(lay_out(Document(text=text), rules))
        times.append(time.process_time() - start)
        gc.enable()
        assert all(item.span is None or item.span.of(text) == item.quote for item in proposal.evidence)
        assert len(parts.sentences) <= size
    small, large = (max(times[0], min(times[1:])) for times in seconds.values())
    assert large / small < _MOST_GROWTH
