"""The head of a document: letterhead, number, title and addressee, down to the first line of the body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from attrtrack.domain.dates import find_dates
from attrtrack.domain.evidence import Span
from attrtrack.domain.numbers import NumberReading, find_all, normalise
from attrtrack.recording.genres import core_of, genre_of
from attrtrack.recording.lines import Line, bare
from attrtrack.recording.organs import names_in, names_in_letterhead
from attrtrack.rules.tables import Rules

_HEAD_LINES = 25
_LONGEST_NUMBER = 40
_MENU_WORDS, _SHORTEST_PIECE = 4, 5
_LONGEST_TITLE, _LONGEST_TITLE_LINE, _MOST_TITLE_LINES = 200, 110, 7
_ADDRESSED = re.compile(r"^[^。；;！？!?《》]{2,400}[：:]$")
_NOT_ADDRESSED = re.compile(
    r"^(?:附件|附|联系|编号|抄送|发文|文号|标题|目录|序号|注|备注|[一二三四五六七八九十]+、|[（(]|第[一二三四五六七八九十]+|\d)"
    r"|如下|下列|以下|包括|分别|如[：:]|主要|内容[：:]|方式[：:]|时间[：:]|地点[：:]|现将|现就|解读[：:]"
)
_NOISE = re.compile(
    r"^(?:附件|附录|附|大纲|附表)[\s\u3000]*[\d一二三四五六七八九十]{0,3}[：:]?$|^(?:签发人|份号|密级|紧急程度|索引号|文号|字号|发布日期|来源)[\s\u3000]*[：:]"
    r"|^(?:特急|加急|平急|急件|[\d\s]+|[-—_=*·\s]+)$|当前.{0,3}位置|^关注|点击查看|解读[】〕]|^字号|打印|收藏|浏览次数|^分享|^目\s*录$"
    r"|^[（(]\s*(?:[12]\d{3}年|[二一][〇○零一二三四五六七八九]{3}年).{0,60}[）)]$|^第[一二三四五六七八九十]+[章节条]|^GZ\d+$|^第[\d\s]+号$|^[（(【\[](?:转载|征求意见稿)[）)】\]]$|签发人\s*[：:]|^.{0,4}会议纪要$|^(?:[\s\u3000，,·]*(?:内部(?:资料|文件|材料|刊物)|注意保存|妥善保管|[请不严禁勿得]{2}外传))+$|^[—－-]{1,2}[^—]{4,}|^.{0,12}第\s*\d+\s*期"
)
_SERIES_ONLY = re.compile(r"^[（(]?((?:19|20)\d{2}\s*年\s*第\s*\d{1,4}\s*号)[）)]?$")
_IRREGULAR = re.compile(
    r"^[\u4e00-\u9fa5]{2,20}(?:19|20)\d{2}年?[第字]?\s?\d{1,4}号$|^[^\s，。：:]{0,20}[〔\[【﹝（(].{1,6}[〕\]】﹞）)].{0,12}号$"
)
_KIND = re.compile(
    r"(?:办法|条例|规定|细则|方案|规划|计划|要点|目录|名单|大纲|规则|准则|章程|预案|指南|标准|清单|安排|说明|总结|讲话|制度|措施|公约|纲要|意见稿"
    r"|须知|规程|规范|指引|一览表|表|书|样例|文件|政策|解读|问答|要求|流程|简报|汇报|提案|建议|协议|合同|证明|启事|声明)$"
)
_SENTENCE = re.compile(r"[。；;！!？?]|[，,].{15,}$|(?<!\d)：.+|如下")
_COLON_INSIDE = re.compile(
    r"^[^：:。；;]{0,40}关于[^：:。；;]{2,60}[：:][^：:。；;]{2,50}(?:通知|报告|意见|函|决定|请示|批复|通报|公告|纪要|答复)$"
)
_UNFINISHED = ("关于", "、", "转发", "批转", "印发", "发布", "公布", "下发")
_FORWARDING = re.compile(r"(?:转发|批转)(?!.*(?:通知|函|意见|决定|公告|通告)$)")
_SERIAL_LINE = re.compile(r"[（(]?\s*(?:(?:19|20)\d{2}\s*年\s*)?第\s*\d+\s*号\s*[）)]?")
_PROMULGATED = re.compile(r"^《(?P<title>[^》]{4,80})》(?:（[^）]*）)?(?:已经|业经|已于|经|已)")
_LABELLED = re.compile(r"^(?:发文字号|公文文号|文\s*号|字\s*号|文件编号)\s*[：:]\s*(.*[\d号].*)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A text found in the body and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a body states; `body_from` is the index of the first line after it."""

    title: Found | None
    number: NumberReading
    number_printed: Found | None
    addressee: Found | None
    letterhead: tuple[str, ...]
    body_from: int


def read_head(lines: list[Line], rules: Rules) -> Head:
    """Find number, title and addressee in the first lines of a body."""
    addressed = _addressee(lines)
    end = addressed[0] if addressed else min(len(lines), _HEAD_LINES)
    number, printed = _number(lines[: end if addressed else _first_sentence(lines[:end])])
    if printed is None:
        number, printed = _lone_number(lines)
    free = _without(lines[:end], printed.span) if printed else lines[:end]
    below = printed.span.start if printed else 0
    title = _title_before(free, rules, below=below) if addressed else _title_first(free, rules, below=below)
    title = _after_letterhead(free, title, rules) or _promulgated_title(lines[:end]) or _title_first(lines[:end], rules)
    letterhead = next((names for line in lines[:end] if (names := names_in_letterhead(line.text))), ())
    letterhead = letterhead or next((names for line in lines[:end] if (names := _dated_organs(line.text))), ())
    body_from = addressed[1] + 1 if addressed else _index_after(lines, title)
    addressee = _joined(lines[addressed[0] : addressed[1] + 1]) if addressed else None
    return Head(title, number, printed, _without_colon(addressee), letterhead, body_from)


def _dated_organs(text: str) -> tuple[str, ...]:
    """Return the organs of a line that names them and the date, as mastheads of minutes do."""
    dates = ((text[: span.start], span.end) for _, span in find_dates(text))
    return next((names for before, end in dates if end == len(text) and (names := names_in(before))), ())


def _first_sentence(lines: list[Line]) -> int:
    return next(
        (index for index, line in enumerate(lines) if _is_sentence(line.text) and not is_noise(line)), len(lines)
    )


def _without(lines: list[Line], number: Span) -> list[Line]:
    """Take the number out of the lines, whole lines or the end of one, so that it cannot become part of the title."""
    free: list[Line] = []
    for line in lines:
        if line.span.end <= number.start or number.end <= line.span.start:
            free.append(line)
        elif line.span.start < number.start:
            text = line.text[: number.start - line.span.start].rstrip()
            if text.startswith(("（", "(")):
                continue
            free.append(Line(text, Span(line.span.start, line.span.start + len(text))))
    return free


def _after_letterhead(lines: list[Line], title: Found | None, rules: Rules) -> Found | None:
    """Pass over the masthead of minutes (某县人民政府会议纪要) where the minutes' own title follows it."""
    if title is None or "关于" in title.text or not title.text.endswith("会议纪要"):
        return title
    below = [line for line in lines if line.span.start >= title.span.end]
    own = _title_first(below, rules)
    return own if own and genre_of(own.text, rules) is not None else title


def _promulgated_title(lines: list[Line]) -> Found | None:
    """Take the title of a regulation from the order that promulgates it (《某办法》已经某会议通过，现予公布)."""
    for line in lines:
        match = _PROMULGATED.match(line.text)
        if match:
            start = line.span.start + match.start("title")
            return Found(match["title"], Span(start, start + len(match["title"])))
    return None


def _without_colon(found: Found | None) -> Found | None:
    return Found(found.text.rstrip("：: "), Span(found.span.start, found.span.end - 1)) if found else None


def _joined(lines: list[Line]) -> Found:
    return Found("".join(line.text for line in lines), Span(lines[0].span.start, lines[-1].span.end))


def _addressee(lines: list[Line]) -> tuple[int, int] | None:
    """Return first and last index of the addressee's lines: the first short line of the head that ends with a colon."""
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if _ends_sentence(line.text):
            return None
        if _ADDRESSED.match(line.text) and not _NOT_ADDRESSED.search(line.text):
            first = index
            while first > 1 and _runs_on(lines[first - 1].text) and not _NOISE.search(lines[first - 1].text):
                first -= 1
            return first, index
    return None


def _ends_sentence(text: str) -> bool:
    return text.endswith(("。", "；", "！")) and len(text) > 30  # noqa: PLR2004 - a paragraph of the body, not a head line


def _runs_on(text: str) -> bool:
    """Whether a line is the beginning of an addressee that goes on in the next line."""
    return text.endswith(("，", ",", "、")) or (text.startswith("各") and "关于" not in text and len(text) > 20)  # noqa: PLR2004


def is_noise(line: Line) -> bool:
    """Whether a head line is neither title nor addressee: number, date, attachment label, page chrome."""
    text = line.text
    reading = normalise(text)
    numbered = reading.number is not None and (not reading.irregular or bool(_IRREGULAR.match(text)))
    letterhead = text.endswith(("文件", "令")) and names_in_letterhead(text)
    menu = len(text.split()) >= _MENU_WORDS and _unspaced(text) == text and not names_in(text.partition("关于")[0])
    dated = any(
        span.end == len(text) and (not span.start or names_in(text[: span.start])) for _, span in find_dates(text)
    )
    return bool(numbered or letterhead or menu or dated or _NOISE.search(text) or _LABELLED.match(text))


def _title_before(lines: list[Line], rules: Rules, *, below: int) -> Found | None:
    """Take the run of lines nearest above the addressee that ends like a title, else the nearest run."""
    nearest: Found | None = None
    for block in _runs_upwards(lines, below):
        title = _accepted(block, rules)
        if title and looks_like_title(title.text, rules):
            return title
        nearest = nearest or title
    return nearest


def _runs_upwards(lines: list[Line], below: int) -> Iterator[list[Line]]:
    """Yield runs of title lines from the bottom up; a run ends at noise, at the number, and where a title begins."""
    block: list[Line] = []
    for line in reversed(lines):
        stop = is_noise(line) or _is_sentence(line.text)
        begun = block and (_parted(line, block[0], below) or _begins(block[0].text, line.text))
        if block and (stop or begun or len(block) == _MOST_TITLE_LINES):
            yield block
            block = []
        if not stop:
            block = [line, *block]
    if block:
        yield block


def _parted(above: Line, line: Line, number: int) -> bool:
    """Whether the document's number stands between two lines: what is above it is the letterhead (GB/T 9704—2012)."""
    return above.span.end <= number <= line.span.start


def _begins(current: str, before: str) -> bool:
    """Whether the title begins at `current`: it names its subject, and the line before is not the issuer's own line.

    A letterhead above a title that names the issuer itself is not the issuer's line but the masthead.
    """
    if bare(before) and bare(current).startswith(bare(before)):
        return True
    if names_in(before):
        return bool(names_in(current)) and bare(before) in bare(current)
    starts = bool(re.match(r"^.{0,60}?(?:关于|印发|转发|批转)", bare(current)))
    return starts and not before.rstrip().endswith(_UNFINISHED) and not _FORWARDING.search(before)


def _title_first(lines: list[Line], rules: Rules, *, below: int = 0) -> Found | None:
    """Take the title from the first lines of a text without addressee: the shortest run that ends like a title."""
    block: list[Line] = []
    for index, line in enumerate(lines):
        if is_noise(line):
            if block:
                break
            continue
        if _is_sentence(line.text) or len(block) == _MOST_TITLE_LINES:
            break
        if block and _parted(block[-1], line, below) and all(names_in(above.text) for above in block):
            block = []
        block.append(line)
        if _is_genre(line.text, rules) and len(block) == 1:
            return _title_first(lines[index + 1 : index + 1 + _MOST_TITLE_LINES], rules) or _accepted(block, rules)
        if len(bare(block[0].text)) < _SHORTEST_PIECE:
            break
        if looks_like_title(_text_of(block), rules):
            return _accepted(block, rules)
    return _accepted(block[:1], rules)


def _is_genre(text: str, rules: Rules) -> bool:
    """Whether a line is the name of a genre and nothing else (通　知)."""
    return bare(text) in {row.name for row in rules.genres}


def _is_sentence(text: str) -> bool:
    if _COLON_INSIDE.match(text):
        return len(text) > _LONGEST_TITLE_LINE
    outside = re.sub(r"《[^》]*》|“[^”]*”|（[^）]*）", "", text)
    return len(text) > _LONGEST_TITLE_LINE or bool(_SENTENCE.search(outside))


def looks_like_title(title: str, rules: Rules) -> bool:
    """Whether a text ends as titles of documents and their attachments do."""
    return genre_of(title, rules) is not None or bool(_KIND.search(core_of(title)))


def _accepted(block: list[Line], rules: Rules) -> Found | None:
    if not block:
        return None
    title = _text_of(block)
    too_short = len(bare(title)) < _SHORTEST_PIECE and genre_of(title, rules) is None and not _is_genre(title, rules)
    if too_short or len(title) > _LONGEST_TITLE or bare(title).startswith("各") or names_in(title):
        return None
    return Found(title, Span(block[0].span.start, block[-1].span.end))


def _text_of(block: list[Line]) -> str:
    """Join title lines; blanks stay between the names of joint issuers and go from letter-spaced lines."""
    pieces = [_unspaced(line.text) for line in block]
    seams = ["", *(" " if _joint(one, other) else "" for one, other in pairwise(pieces))]
    return clean_title("".join(seam + piece for seam, piece in zip(seams, pieces, strict=True)))


def _joint(line: str, following: str) -> bool:
    """Whether two lines are the whole names of two organs, not one name broken before 办公室."""
    return not following.startswith("办公") and bool(names_in(line)) and bool(names_in(following))


def _unspaced(text: str) -> str:
    parts = text.split()
    return "".join(parts) if sum(len(part) == 1 for part in parts) > len(parts) / 2 else text


def clean_title(title: str) -> str:
    """Return a title as it should read: one blank between names, none beside digits, no footnote mark at the end."""
    title = re.sub(r"[\u200b-\u200f\ufeff]", "", title)
    title = re.sub(r"[\s\u3000\u00a0\u2002\u2003]+", " ", title).strip()
    title = re.sub(
        r"(?<=[0-9A-Za-z]) (?=[\u4e00-\u9fa5〕》）])|(?<=[\u4e00-\u9fa5〔《（]) (?=[0-9])|(?<=[》）]) | (?=[《（])",
        "",
        title,
    )
    return re.sub(r"(?:\[\d{1,2}\]|^[（(【\[]转载[）)】\]])", "", title).strip()


def _index_after(lines: list[Line], title: Found | None) -> int:
    if title is None:
        return 0
    return next((index for index, line in enumerate(lines) if line.span.start >= title.span.end), len(lines))


def _number(lines: list[Line]) -> tuple[NumberReading, Found | None]:
    """Find the document's own number: the line that is a number, or closes with one; citations in sentences are not."""
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if names_in_letterhead(line.text) and _SERIAL_LINE.fullmatch(following):
            span = Span(line.span.start, lines[index + 1].span.end)
            whole = line.text + following.strip("（）() ")
            return normalise(whole), Found(whole, span)
        labelled = _LABELLED.match(line.text)
        if labelled:
            start = line.span.start + labelled.start(1)
            return normalise(labelled[1]), Found(labelled[1], Span(start, line.span.end))
        own = _own_number(line)
        if own is not None:
            return own
    return NumberReading(None), None


def _lone_number(lines: list[Line]) -> tuple[NumberReading, Found | None]:
    """Take a number from below the head if it is the only line of the text that is a number and nothing else."""
    short = [line for line in lines if len(line.text) <= _LONGEST_NUMBER and line.text.endswith("号")]
    found = [(normalise(line.text), line) for line in short if any(hit[1].start == 0 for hit in find_all(line.text))]
    whole = [(reading, line) for reading, line in found if not reading.irregular]
    if len(whole) != 1:
        return NumberReading(None), None
    reading, line = whole[0]
    return reading, Found(line.text, line.span)


def _own_number(line: Line) -> tuple[NumberReading, Found] | None:
    for _, span, _ in find_all(line.text):
        printed = span.of(line.text)
        rest = bare(line.text[: span.start] + line.text[span.end :])
        alone = len(rest) * 10 <= len(bare(line.text)) * 4 or rest.startswith("签发人")
        closes = span.end == len(line.text) and line.text[span.start - 1 : span.start].isspace()
        promulgated = line.text[0] in "（(" and line.text.rstrip("）)").endswith(("公布", "发布")) and "令" in printed
        if (alone and not line.text.endswith(("。", "："))) or closes or promulgated:
            place = Span(line.span.start + span.start, line.span.start + span.end)
            return normalise(printed), Found(printed, place)
    series = _SERIES_ONLY.match(line.text)
    if series:
        start = line.span.start + series.start(1)
        return NumberReading(series[1], irregular=True), Found(series[1], Span(start, start + len(series[1])))
    if _IRREGULAR.match(line.text):
        return normalise(line.text), Found(line.text, line.span)
    return None
