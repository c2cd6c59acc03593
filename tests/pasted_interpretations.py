"""Interpretations pasted together from a document, in the ways that people do it: no line of them is anybody's own.

Each way takes the sentences of a document and a source of chance and returns the text. What is foreign in it (one sentence
of introduction, headings) is about a tenth of the shortest text that it is put before.
"""

import math
import random
import re
from collections.abc import Callable, Mapping, Sequence

INTRODUCTION = "为让大家更快读懂这份文件，我们把其中的要点整理出来，供办事时对照。"
HEADINGS = ("一、出台背景", "二、主要内容", "三、工作措施", "四、保障措施", "五、有关要求")
PUT_IN = ("要", "将", "进一步", "全面", "切实")
LEAST_IDEOGRAPHS, LEAST_TEXT = 12, 200

Way = Callable[[Sequence[str], random.Random], str]


def sentences_of(text: str) -> list[str]:
    """Return the running sentences of a document: rows of figures and signatures are not what people paste."""
    pieces = re.findall(r"[^。；\n]+[。；]?", text)
    return [piece for piece in pieces if len(re.findall("[\u4e00-\u9fff]", piece)) >= LEAST_IDEOGRAPHS]


def in_order(sentences: Sequence[str], chance: random.Random) -> str:
    """Take two sentences of three, in their order."""
    kept = sorted(chance.sample(range(len(sentences)), math.ceil(len(sentences) * 2 / 3)))
    text = "".join(sentences[place] for place in kept)
    return text if len(text) >= LEAST_TEXT else "".join(sentences)


def shuffled(sentences: Sequence[str], chance: random.Random) -> str:
    """Take all sentences in another order."""
    return "".join(chance.sample(list(sentences), len(sentences)))


def clauses_left_out(sentences: Sequence[str], chance: random.Random) -> str:
    """Leave out one clause of four."""
    clauses = [clause for item in sentences for clause in re.findall(r"[^，]+，?", item)]
    kept = "".join(clause for clause in clauses if chance.random() < 0.75)
    return kept if len(kept) >= LEAST_TEXT else "".join(clauses)


def words_left_out(sentences: Sequence[str], chance: random.Random) -> str:
    """Leave out one to three signs of about every twelve."""
    text, kept, place = "".join(sentences), list[str](), 0
    while place < len(text):
        length = chance.randint(8, 16)
        kept.append(text[place : place + length])
        place += length + chance.randint(1, 3)
    return "".join(kept)


def words_put_in(sentences: Sequence[str], chance: random.Random) -> str:
    """Put an 要, 将 or 进一步 before the verbs that documents like."""
    verbs = re.compile("应当|可以|负责|开展|加强|推进|落实|办理|提交|按照|符合")
    return verbs.sub(lambda match: chance.choice(PUT_IN) + match.group(), in_order(sentences, chance))


def introduced(sentences: Sequence[str], chance: random.Random) -> str:
    """Put a sentence of one's own before it."""
    return INTRODUCTION + "".join(item for item in sentences if chance.random() < 0.95 or len(item) >= LEAST_TEXT)


def under_headings(sentences: Sequence[str], chance: random.Random) -> str:
    """Part it under the headings that interpretations have, each sentence with a number of its own."""
    kept = [item for item in sentences if chance.random() < 0.9 or len(item) >= LEAST_TEXT]
    per_part = max(len(kept) // 4, 1)
    lines = []
    for place, item in enumerate(kept):
        if place % per_part == 0:
            lines.append(HEADINGS[min(place // per_part, 4)])
        lines.append(f"（{place % per_part + 1}）{item}")
    return "\n".join(lines)


def reprinted(text: str) -> str:
    """Change punctuation and widths, and break lines at a fixed width."""
    changed = text.translate(str.maketrans("，；：（）0123456789", "、,:()０１２３４５６７８９"))
    return "\n".join(changed[start : start + 27] for start in range(0, len(changed), 27))


def otherwise_printed(sentences: Sequence[str], chance: random.Random) -> str:
    """Take two sentences of three and print them otherwise."""
    return reprinted(in_order(sentences, chance))


def all_together(sentences: Sequence[str], chance: random.Random) -> str:
    """Do all of it at once."""
    abridged = words_left_out(chance.sample(list(sentences), len(sentences)), chance)
    return INTRODUCTION + reprinted(abridged)


WAYS: Mapping[str, Way] = {
    "in order": in_order,
    "shuffled": shuffled,
    "clauses left out": clauses_left_out,
    "words left out": words_left_out,
    "words put in": words_put_in,
    "introduced": introduced,
    "under headings": under_headings,
    "otherwise printed": otherwise_printed,
    "all together": all_together,
}
