"""A share told twice over, in words and in figures: 六成整，即60%; 四分之三（75%）."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import percentages, printed
from attrtrack.examining.text.paper import Paper

_THAT_IS = re.compile(r"整?[，（]?(?:也就是|也即|即|就是|合|折合|约合|相当于)(?:约|占|为)?|整?（(?:占比?|约)?")


def check_restated(paper: Paper) -> Iterator[Contradiction]:
    """Compare a share in words with the percentage that explains it directly behind."""
    for sentence in paper.sentences:
        for one, other in pairwise(percentages(sentence)):
            beside = _THAT_IS.fullmatch(sentence.text, one.end, other.start)
            if not beside or one.points or other.points or not one.bounds or other.bounds:
                continue
            low, high = one.bounds
            if not low <= other.value <= high or ("整" in beside[0] and other.value != one.value):
                place = paper.evidence(sentence.start + other.start, sentence.start + other.end)
                words = sentence.text[one.start : one.end]
                yield paper.found(
                    "percentage", place, stated=place.quote, because=f"前面说的是{words}，即{printed(one.value)}%"
                )
