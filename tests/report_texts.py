"""Whole reports put together from hand-written phrases: right ones, and ones with a single planted slip."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

import report_phrases
import report_phrases_eighth
import report_phrases_eleventh
import report_phrases_fifteenth
import report_phrases_fifth
import report_phrases_fourteenth
import report_phrases_fourth
import report_phrases_ninth
import report_phrases_other
import report_phrases_seventeenth
import report_phrases_seventh
import report_phrases_sixteenth
import report_phrases_sixth
import report_phrases_tenth
import report_phrases_third
import report_phrases_thirteenth
import report_phrases_twelfth
from report_makers import Attached
from report_phrases import Pair, Phrase, attached

KINDS = ("sum", "percentage", "date", "count", "attachment")
_FILLERS = (
    "市委、市政府高度重视政务公开工作，主要负责同志多次听取汇报，分管负责同志逐项抓落实。",
    "各级各部门坚持以公开为常态、不公开为例外，公开的范围不断拓宽，群众的获得感明显增强。",
    "围绕就业、教育、医疗、养老等群众关心的事项，及时把政策送到企业和居民手中。",
    "严格执行先审查、后公开的要求，对拟公开的内容逐一把关，没有发生失泄密事件。",
    "全市政务服务中心设立公开专区，配备查询设备，方便群众现场了解政策。",
    "修订完善了申请办理的流程，明确每个环节由谁负责、多长时间办完。",
    "12345热线满意率保持在96%以上，话务接通率稳步提高。",
)
_HEADS = (
    ("云栖市{year}年政府信息公开工作年度报告", "根据《中华人民共和国政府信息公开条例》规定，编制本报告。", "云栖市人民政府办公室"),
    ("云栖市人民政府办公室关于{year}年度全市政务公开工作情况的通报", "各县（区）人民政府，市直各部门：\n现将{year}年度全市政务公开工作情况通报如下。", "云栖市人民政府办公室"),
    ("云栖市民政局{year}年政府信息公开工作年度报告", "本报告由云栖市民政局按照年度报告的统一格式编制。", "云栖市民政局"),
    ("云栖市人民政府办公室关于{year}年政府网站和政务新媒体检查情况的通报", "各县（区）人民政府，市直有关单位：\n按照年度计划，对全市网站和新媒体进行了检查，现将情况通报如下。", "云栖市人民政府办公室"),
    ("溪口区{year}年政务公开工作总结", "一年来，溪口区认真落实省市部署，政务公开各项工作取得新进展。", "溪口区人民政府办公室"),
)  # fmt: skip
_HEADINGS = ("总体情况", "主要做法和成效", "存在的问题", "下一步打算")


_TOPICS = (
    "申请",
    "解读",
    "建议",
    "网站",
    "规范性文件",
    "新媒体",
    "公报",
    "考核",
    "发布信息",
    "公开信息",
    "复议",
    "培训",
    "县区",
    "部门",
    "镇街",
    "留言",
    "措施",
    "单位",
    "访问量",
    "会议",
    "渠道",
    "学校",
)


@dataclass(frozen=True)
class Book:
    """The phrases of an office by kind, its ways to attach, and the frame its reports are written in."""

    phrases: dict[str, Sequence[Phrase]]
    attached: Sequence[Callable[[random.Random], Attached]] = (attached,)
    heads: Sequence[tuple[str, str, str]] = _HEADS
    headings: Sequence[str] = _HEADINGS
    fillers: Sequence[str] = _FILLERS


def _book(module: ModuleType) -> Book:
    phrases = {
        "sum": module.SUMS,
        "percentage": module.PERCENTAGES,
        "date": module.DATES,
        "count": module.COUNTS,
    }
    if not hasattr(module, "HEADS"):
        return Book(phrases)
    return Book(phrases, module.ATTACHMENTS, module.HEADS, module.HEADINGS, module.FILLERS)


BOOKS = {
    "first": _book(report_phrases),
    "other": _book(report_phrases_other),
    "third": _book(report_phrases_third),
    "fourth": _book(report_phrases_fourth),
    "fifth": _book(report_phrases_fifth),
    "sixth": _book(report_phrases_sixth),
    "seventh": _book(report_phrases_seventh),
    "eighth": _book(report_phrases_eighth),
    "ninth": _book(report_phrases_ninth),
    "tenth": _book(report_phrases_tenth),
    "eleventh": _book(report_phrases_eleventh),
    "twelfth": _book(report_phrases_twelfth),
    "thirteenth": _book(report_phrases_thirteenth),
    "fourteenth": _book(report_phrases_fourteenth),
    "fifteenth": _book(report_phrases_fifteenth),
    "sixteenth": _book(report_phrases_sixteenth),
    "seventeenth": _book(report_phrases_seventeenth),
}


@dataclass(frozen=True)
class ReportText:
    """A report, the kind of slip planted in it (None: a right one) and the words of the slip."""

    text: str
    kind: str | None
    planted: str


def reports(seed: int, count: int, book: str = "first") -> Iterator[tuple[ReportText, ReportText]]:
    """Yield pairs of a right report and the same with one slip; kinds take turns."""
    for number in range(count):
        rng = random.Random(f"{seed}:{number}")  # noqa: S311 - texts, not secrets
        yield _report(rng, KINDS[number % len(KINDS)], BOOKS[book])


def _report(rng: random.Random, kind: str, book: Book) -> tuple[ReportText, ReportText]:
    pairs: list[Pair] = []
    planted = ("", "")
    topics: set[str] = set()
    for name in sorted(book.phrases, key=lambda name: name != kind):
        made = [phrase(rng) for phrase in rng.sample(list(book.phrases[name]), len(book.phrases[name]))]
        pair = next(pair for pair in made if not _topics(pair) & topics)
        topics |= _topics(pair)
        planted = pair if name == kind else planted
        pairs.append(pair if name == kind else (pair[0], pair[0]))
    rng.shuffle(pairs)
    attach = book.attached[0] if len(book.attached) == 1 else rng.choice(book.attached)
    listed, bodies, wrong_listed, wrong_bodies = attach(rng)
    has_attachments = kind == "attachment" or rng.random() < 0.5
    ends = [(listed, bodies), (wrong_listed, wrong_bodies) if kind == "attachment" else (listed, bodies)]
    fillers = rng.sample(book.fillers, 4)
    head = rng.choice(book.heads)
    right, wrong = (
        _written(book, head, [pair[side] for pair in pairs], fillers, ends[side] if has_attachments else None)
        for side in (0, 1)
    )
    told = "附件" if kind == "attachment" else planted[1]
    return ReportText(right, None, ""), ReportText(wrong, kind, told)


def _topics(pair: Pair) -> set[str]:
    """Return what a phrase speaks of, so that no report speaks of one thing in two phrases with figures of their own."""
    return {topic for topic in _TOPICS if topic in pair[0]}


def _written(
    book: Book,
    head: tuple[str, str, str],
    told: Sequence[str],
    fillers: Sequence[str],
    attachments: tuple[str, str] | None,
) -> str:
    title, opening, issuer = (part.format(year=2023) for part in head)
    lines = [title, opening]
    for index, heading in enumerate(book.headings):
        lines.append(f"{'一二三四'[index]}、{heading}")
        lines.append(fillers[index] + (told[index] if index < len(told) else ""))
    lines += [attachments[0]] if attachments else []
    lines += [issuer, "2024年1月22日"]
    lines += [attachments[1]] if attachments else []
    return "\n".join(lines) + "\n"
