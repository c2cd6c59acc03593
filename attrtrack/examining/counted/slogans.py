"""Slogans that count (“五公开”, “四看”, “三个坚持”) against the phrases that spell them out, behind or before, and against themselves told again."""

import re
from collections.abc import Iterator
from itertools import islice

from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence

_SLOGAN = re.compile(r"“(?P<count>[两二三四五六七八九十])[个项大]?(?P<of>[\u4e00-\u9fff]{1,4})”")
_PIECE = re.compile(r"[，；。：、（）]")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十](?:是|要|曰)|第[一二三四五六七八九十]|其[一二三四五六七八九十]|\d{1,2}[.．]?|即|就是|也就是|指|是指|分别是|分别为|是|为|包括|实行|推行|做到|落实)"
)
_GENERAL = frozenset("一大个项种类点条化为是的")
_OPEN = re.compile(r"等|如|例|其[中他]")
_FAR, _LONGEST, _MOST_OFF, _LEAST, _TWO_SIGNS, _BEFORE, _MOST = 300, 16, 2, 2, 2, 2, 40


def check_slogans(paper: Paper) -> Iterator[Contradiction]:
    """Read each slogan with the paragraph around it and with the slogans told shortly before."""
    for line in paper.lines:
        for match in islice(_SLOGAN.finditer(line.text), _MOST):
            if match["of"] not in _GENERAL:
                yield from _spelled(paper, line, match)
    yield from _again(paper)


def _spelled(paper: Paper, line: Sentence, match: re.Match[str]) -> Iterator[Contradiction]:
    """Check “四看”：看机构，看制度，看内容，看渠道 and 决策公开、执行公开、结果公开等“三公开”."""
    count, of = chinese_number(match["count"]) or 0, match["of"]
    behind = _behind(line.text[match.end() : match.end() + _FAR], of)
    before = [] if behind else _before(line.text[: match.start()], of)
    phrases = behind or before
    if len(phrases) >= _LEAST and len(set(phrases)) == len(phrases) and 0 < abs(count - len(phrases)) <= _MOST_OFF:
        place = paper.evidence(line.start + match.start(), line.start + match.end())
        yield paper.found("count-of-list", place, count=count, listed=len(phrases))


def _behind(text: str, of: str) -> list[str]:
    """Return the phrases behind a slogan that open or close with its word: all parts of one level, or heads before ：."""
    opened = re.match(
        r"[\u4e00-\u9fff]{0,10}(?:[，。]?(?:即|就是|分别是|分别为|包括|是指|指|具体为)：?|：|（|——|，(?="
        + re.escape(of)
        + r")|。)",
        text,
    )
    if opened is None:
        return []
    rest = text[opened.end() :]
    headed = re.findall(r"(?:^|(?<=[；。]))([^，；。：、]{1,12})：", rest)
    if len(headed) >= _LEAST and _is_phrase(headed[0], of) and rest.startswith(headed[0]):
        phrases = [head for head in headed if _is_phrase(head, of)]
        return phrases if len(phrases) == len(headed) else []
    whole = re.split("[）]" if opened[0].endswith("（") else "。", rest)[0]
    sign = next((sign for sign in "；，、" if sign in whole), "")
    parts = [_ORDINAL.sub("", part) for part in whole.split(sign)] if sign else []
    if sign == "，" and parts and "、" in parts[0]:
        sign, parts = "、", parts[0].split("、")
    last = re.split("以及|[和及与]", parts[-1]) if sign == "、" else []
    if last and all(_is_phrase(part, of) for part in last):
        parts = [*parts[:-1], *last]
    return parts if parts and not _OPEN.search(whole) and all(_is_phrase(part, of) for part in parts) else []


def _before(text: str, of: str) -> list[str]:
    """Return the phrases that close with the word of a slogan right before it, joined by one sign."""
    lead = re.sub(r"(?:[，。；]?(?:以上|上述|这)|等|的|[，；][^，。；：、]{0,8})$", "", text)
    sign = "、" if "、" in re.split("[，。；：]", lead)[-1] else "，"
    pieces = re.split("[。；：]", lead)[-1].split("，")
    parts = (pieces[-1] if sign == "、" else "，".join(pieces)).split(sign)
    parts = [_ORDINAL.sub("", part) for part in parts]
    plain = all("“" not in part and (of in part if len(of) >= _TWO_SIGNS else part.endswith(of)) for part in parts)
    return parts if plain and len(parts) > _LEAST and not re.search("[和及与等]", parts[-1]) else []


def _is_phrase(part: str, of: str) -> bool:
    return len(part) <= _LONGEST and len(part) > len(of) and (part.startswith(of) or part.endswith(of))


def _again(paper: Paper) -> Iterator[Contradiction]:
    """Check 提出“三个坚持”……。围绕“五个坚持”……: the word is the same, and the number is not."""
    for at, sentence in enumerate(paper.sentences):
        before = [
            one
            for near in paper.sentences[max(0, at - _BEFORE) : at]
            for one in islice(_SLOGAN.finditer(near.text), _MOST)
        ]
        told = list(islice(_SLOGAN.finditer(sentence.text), _MOST))
        for match in told:
            same = [one for one in (*before, *told[: told.index(match)]) if one["of"] == match["of"]]
            numbers = {one["count"] for one in same}
            if len(match["of"]) >= _TWO_SIGNS and same and numbers != {match["count"]} and len(numbers) == 1:
                place = paper.evidence(sentence.start + match.start(), sentence.start + match.end())
                yield paper.found("counts-differ", place, noun=match["of"], first=same[-1][0], second=match[0])
