"""Rates named after what they are rates of: 办结率 beside 办结735件, 占回收份数 beside 回收1437份, before or behind the figures.

The figure that bears the stem of a rate is its part (or, where it is negated, what the rate leaves), a greater one of its unit the
whole. A rate that any two figures around explain is left alone, unless the stem says which figure it must come from.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.rates.comparing import percent, slipped, wrong_percentage
from attrtrack.examining.text.figures import TIMES, Percentage, Quantity, percentages, printed, quantities, same_unit
from attrtrack.examining.text.paper import Paper, Sentence

_NAMED = re.compile(
    r"(?:按期|按时|及时|限时|如期|总体|综合|实际|平均|全部|当年|当期|问题|抽查|已)?(?P<stem>[\u4e00-\u9fff]{2})(?:的?(?:比率|比例|比重|占比|进度)|率)[^，；。：\d]{0,8}$"
    r"|(?P<verb>完成|整改|办结|执行|答复|回复|落实|公开|覆盖|回收|更新)(?:了|率?达到?|到了?|约|总?[量数]的?)?$"
)
_CHANGING = re.compile(
    r"出生|死亡|同比|环比|[较比][^例重率，；。]{0,8}[年季月期时]|增|减(?!率)|升|降|(?<!最)[高低]|涨|跌|幅|缩短|回落|提速"
)
_NEGATED = re.compile(r"不|未|没|无|尚|待|非|超|逾|正在")
_LED_TO = re.compile(r"[压缩减精简取消整合][^，。；]{0,2}[到为至]$")
_ALIKE = (
    "办结|办理完毕|处理完毕|办完|完成",
    "合格|符合|达标",
    "答复|回复|回应",
    "知晓|知道|了解",
    "完成|办结|达成|实现",
    "覆盖|建成|开通|设立|配备",
    "执行|支出|支付|使用",
    "参与|参加|参训|到会",
    "压减|减少|精简|取消|压缩|整合",
    "回收|收回|收到",
    "采纳|吸收|采用",
    "准确|正确|无误",
    "差错|错误|错别字|出错",
    "得分|实得|得",
    "完成|迁移|整改|销号",
)
_SHARE_OF = re.compile(r"占(?:到|了)?[^，。；\d]{0,2}?(?P<of>[\u4e00-\u9fff]{2})[^，。；\d]{0,5}的$")
_OPINION = re.compile(r"满意|接通|支持|知晓|差错|点击|关注|好评|网办|认可|及格")
_DUE, _DONE = re.compile(r"应(?!用|急|对)|计划|目标|总|共|全部"), re.compile(r"已|实际?|完成|按[期时]")
_WHOLE, _FAR = map(Decimal, (100, 15))
_BASE = re.compile(r"[按以](?P<of>[\u4e00-\u9fff]{2})[^，。；\d]{0,4}(?:数|量|额|计算?|为(?:基|分母))")
_MOST, _AROUND, _LONGEST = 8, 2, 24

_Told = tuple[list[Decimal], str]
"""What a rate may be, the likeliest first, and of which figures."""


def check_stems(paper: Paper) -> Iterator[Contradiction]:
    """Work out every rate again whose figures are told in its sentence or in those before it in the paragraph."""
    for index, sentence in enumerate(paper.sentences):
        for place in percentages(sentence):
            lead = re.split(r"[；。：（]|，(?![仅只]?[达为是][到为]?$)", sentence.text[: place.start])[-1].replace(
                "，", ""
            )
            if place.points or place.rough or place.bounds or place.value >= _WHOLE or _CHANGING.search(lead):
                continue
            yield from _judged(paper, sentence, place, lead, _before(paper, index))


def _before(paper: Paper, index: int) -> list[Sentence]:
    """Return the sentences before one in its paragraph, the last first."""
    found: list[Sentence] = []
    for one, other in reversed(list(pairwise(paper.sentences[max(0, index - _AROUND) : index + 1]))):
        if paper.plain.text[one.start + len(one.text) : other.start] != "。":
            break
        found.append(one)
    return found


def _judged(
    paper: Paper, sentence: Sentence, place: Percentage, lead: str, before: Sequence[Sentence]
) -> Iterator[Contradiction]:
    start, end = sentence.text.rfind("；", 0, place.start), sentence.text.find("；", place.end)
    here, around = _counts(sentence), [item for other in before for item in _counts(other)]
    beside = [item for item in here if start < item.start and (end < 0 or item.end <= end)]
    here = beside if len(beside) > 1 else here
    if not 0 < len(here) <= _MOST:
        return
    stem, named = _NAMED.search(lead), _SHARE_OF.search(lead)
    parts = _bearing(stem["stem"] or stem["verb"], here, sentence.text) if stem else []
    if named:
        earlier = [item for item in here if item.end <= place.start]
        wholes = [item for item in (*earlier[:-1], *around) if named["of"] in item.label[-6:] + item.after[:4]]
        told = _shares(earlier[-1:], wholes)
    elif len(parts) == 1:
        told = _shares(parts, [*here, *around])
    elif stem and not parts and stem["stem"] and not _OPINION.search(lead):
        told = _shares_of_closed(here) or _shares_of_due(here)
    else:
        return
    told = _of_base(sentence.text, place, parts, [*here, *around]) or told
    if not told or any(place.fits(share) for shares, _ in told for share in shares):
        return
    (share, *_), because = min(told, key=lambda one: abs(one[0][0] * 100 - place.value))
    if slipped(share * 100, place, _FAR):
        because = f"{because}＝{percent(share, place)}"
        yield wrong_percentage(paper, sentence, place, because, certainty=Certainty.PROBABLE)


def _of_base(text: str, place: Percentage, parts: Sequence[Quantity], items: Sequence[Quantity]) -> list[_Told]:
    """Return the share of a rate that tells what it is of (满意率按办结数计为96%, 满意率96%（以交办总数计算）)."""
    clause = text[text.rfind("，", 0, place.start) + 1 : place.start] + text[place.end : place.end + _LONGEST]
    match = _BASE.search(re.split("[，；。]", clause)[0])
    wholes = [item for item in items if match and match["of"] in item.label + item.after]
    return _shares(parts, wholes) if len(parts) == 1 else []


def _counts(sentence: Sentence) -> list[Quantity]:
    return [item for item in quantities(sentence) if not item.rough and item.unit not in TIMES and item.value > 0]


def _bearing(stem: str, items: Sequence[Quantity], text: str) -> list[Quantity]:
    """Return the figures that bear a stem, or another word for it: before them, behind them, or in quotation marks before them."""
    others = next((row for row in _ALIKE if stem in row), stem)
    starts = (0, *(item.end for item in items))
    gaps = [
        re.split(r"[，；。](?![^，；。]*”)", text[start : item.start])[-1][-_LONGEST:]
        for start, item in zip(starts, items, strict=False)
    ]
    for pattern in map(re.compile, (stem, others)):
        for words in ([item.label for item in items], [item.after for item in items], gaps):
            found = [item for item, told in zip(items, words, strict=True) if pattern.search(told)]
            if found:
                return found
    return []


def _shares(parts: Sequence[Quantity], items: Sequence[Quantity]) -> list[_Told]:
    """Return the shares of a part in every greater figure of its unit; of a negated one the rest first, as rates tell what is good."""
    found: list[_Told] = []
    for part in parts:
        negated = bool(_NEGATED.search(part.label[-6:] + part.after[:2]) or _LED_TO.search(part.label))
        for whole in (item for item in items if same_unit(item.unit, part.unit) and item.value > part.value):
            share = part.value / whole.value
            told = f"{printed(part.value)}÷{printed(whole.value)}"
            found.append(([1 - share, share], f"1－{told}") if negated else ([share], told))
    return found


def _shares_of_closed(here: Sequence[Quantity]) -> list[_Told]:
    """Return the shares, and what they leave, of the parts of a sentence whose figures are a total and all its parts."""
    whole = max(here, key=lambda item: item.value)
    parts = [item for item in here if item is not whole]
    closed = sum(item.value for item in parts) == whole.value and {item.unit for item in here} == {whole.unit}
    return [_rest_too(told) for told in _shares(parts, [whole])] if closed and len(parts) > 1 else []


def _shares_of_due(here: Sequence[Quantity]) -> list[_Told]:
    """Return the share of what is done in what is due, where a sentence has just these two (应迁移1000个，已迁移972个)."""
    due = [item for item in here if _DUE.search(item.label)]
    done = [item for item in here if item not in due and _DONE.search(item.label)]
    return _shares(done, due) if len(here) == len(done) + len(due) == 1 + len(done) == _AROUND else []


def _rest_too(told: _Told) -> _Told:
    return [told[0][0], 1 - told[0][0]], told[1]
