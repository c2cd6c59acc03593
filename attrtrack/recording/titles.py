"""Titles: the run of lines that is a document's title, told from letterheads, page chrome and sentences."""

import re
from collections.abc import Iterator
from itertools import pairwise

from attrtrack.domain.dates import find_dates
from attrtrack.domain.evidence import Span
from attrtrack.domain.numbers import normalise
from attrtrack.recording.genres import core_of, genre_of
from attrtrack.recording.lines import Found, Line, bare, unspaced
from attrtrack.recording.organs import is_issuer_line, names_in, names_in_letterhead, names_in_title
from attrtrack.rules.tables import Rules

_MENU_WORDS, _SHORTEST_PIECE, _LONGEST_ORGAN, _WIDOW = 4, 5, 20, 1
_MOST_SEAMS = 20
_LONGEST_TITLE, _LONGEST_TITLE_LINE, _MOST_TITLE_LINES = 200, 110, 7
NOISE = re.compile(
    r"^(?:附件|附录|附|大纲|附表)[\s\u3000]*[\d一二三四五六七八九十]{0,3}(?:[-—－–.．]\d{1,2})?[：:]?$|^(?:签发人|份号|密级|紧急程度|索引号|文号|字号|发布日期|来源)[\s\u3000]*[：:]|^(?:索引号|主题分类|体裁分类|组配分类|发布机构|发文机关|发文单位|成文日期|生成日期|发布日期|有效性|时效性|关键词)\t"
    r"|^(?:特急|加急|平急|急件|[\d\s]+|[-—_=*·★☆●\s]+)$|当前.{0,3}位置|^关注|点击查看|解读[】〕]|^字号|打印|收藏|浏览次数|^分享|^目\s*录$"
    r"|^[（(]\s*(?:[12]\d{3}年|[二一][〇○零一二三四五六七八九]{3}年).{0,300}[）)]$|^第[一二三四五六七八九十]+[章节条]|^GZ\d+$|^(?:19|20)\d{2}年\S{3,6}日在.{4,60}$|^第[\d\s]+号$|^令$|^[（(【\[](?:转载|征求意见稿)[）)】\]]$|签发人\s*[：:]|^.{0,4}会议纪要$|^(?:[\s\u3000，,·]*(?:内部(?:资料|文件|材料|刊物)|注意保存|妥善保管|[请不严禁勿得]{2}外传))+$|^(?:[—－-]{2}|[—－-](?!\d))[^—]{4,}|^.{0,12}第\s*\d+\s*期"
    r"|^(?!.*关于)[\u4e00-\u9fa5\s]{2,30}(?:电子公文|传真电报|明传电报|内部明电|行政许可文件|便函|公用笺|(?:发文|公文)稿纸)$"
    r"|^[（(〔\[【]?\s*[此本]\s*(?:复|回复)?[件文].{0,16}公\s*开.{0,12}$|^(?:主\s*动|依\s*申\s*请|不\s*予|不)\s*公\s*开$|^(?:政府)?(?:信息)?公开(?:方式|属性|选项|类别|形式)(?:[\s\u3000]*[：:]|\t)"
)
IRREGULAR = re.compile(
    r"^[\u4e00-\u9fa5]{2,20}(?:19|20)\d{2}年?[第字]?\s?\d{1,4}号$|^[^\s，。：:]{0,20}[〔\[【﹝（(].{1,6}[〕\]】﹞）)].{0,12}号$"
)
_KIND = re.compile(
    r"(?:办法|条例|规定|细则|方案|规划|计划|要点|目录|名单|大纲|规则|准则|章程|预案|指南|标准|清单|安排|说明|总结|讲话|制度|措施|公约|纲要|意见稿"
    r"|须知|规程|规范|指引|一览表|表|书|样例|文件|政策|解读|问答|要求|流程|简报|汇报|提案|建议|协议|合同|证明|启事|声明|公示|简章|公开信|年报|年鉴|大事记|汇编|手册|台账|议程|日程)$"
)
_SENTENCE = re.compile(r"^(?:已经|业经|已于)|[。；;！!？?]|[，,].{15,}$|(?<!\d)：.+|如下")
_COLON_INSIDE = re.compile(
    r"^[^：:。；;]{0,40}关于[^：:。；;]{2,60}[：:][^：:。；;]{2,50}(?:通知|报告|意见|函|决定|请示|批复|通报|公告|纪要|答复)$"
)
_FORM = re.compile(
    r"^(?!.*(?:关于|的))[\u4e00-\u9fa5]{2,10}(?:决定|判决|裁定|调解|通知|告知|答复|认定|鉴定|复议|委托|建议|催告)书$"
)
_CASE_FORM = re.compile(r"^[\u4e00-\u9fa5]{2,8}(?:判决|裁定|调解)书$|^.{0,6}案(?:件.{0,6})?(?:决定|通知|告知)书$")
_LATIN = re.compile("[A-Za-z]")
_SPEAKER = re.compile(
    r"^(?!.*(?:通知|报告))(?:[\u4e00-\u9fa5·\s\u3000]{2,20}(?:长|主任|书记|主席)[\s\u3000]+)?[\u4e00-\u9fa5][\s\u3000]?[\u4e00-\u9fa5·]{1,3}$"
)
_OPENING = re.compile(r"^(?P<issuer>.{0,60}?)(?:关于|印发|转发|批转)")
_UNFINISHED = ("关于", "、", "转发", "批转", "印发", "发布", "公布", "下发")
_FORWARDING = re.compile(r"(?:转发|批转|印发|贯彻)(?!.*(?:通知|函|意见|决定|公告|通告)$)")
_PROMULGATED = re.compile(r"^《(?P<title>[^》]{4,80})》(?:（[^）]*）)?(?:已经|业经|已于|经|已)")
_ISSUED = re.compile(r"^[^《》]{4,60}(?:印发|转发|发布|公布)[^《》]{0,6}《([^《》]{4,80})》$")
_SHORT_KIND = re.compile(
    r"^[\u4e00-\u9fa5]{2}(?:安排|规则|须知|名单|清单|样例|方案|指南|守则|章程|流程|公约|办法|规定|制度|标准)$"
)
_WIDOWED = re.compile(r"^(?!序)[\u4e00-\u9fa5]$")  # the last character of a title that filled its line
_MASTHEAD = re.compile(r"会议纪要$|政府公报$|一号文件$")
_MINUTES = re.compile(r"^.{0,4}会议纪要$")
_PERIOD = re.compile(r"^(?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3}年|年度|统计|监测|评估|实施情况)")
_NO_TITLE = re.compile(
    r"^(?:各|这是|本页|以下|\d{1,2}[.．]\d|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)])"
)
_LISTED = re.compile(r"[\u4e00-\u9fa5》）)\t\s][\s\[（(]*(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}\s*[\]）)]?$")
_GOES_ON = re.compile(r"^的\s*[\u4e00-\u9fa5\s]{1,8}$")
_EDITION = re.compile(
    r"^[（(]\s*(?:(?:19|20)\d{2}|(?:(?:19|20)\d{2}\s*年?\s*)?(?:试行|暂行|修订|修正|修订版|修订本|修正版|版|本|年版)|第[一二三四五六七八九十]{1,3}[号批次期辑部]|第\d{1,2}[批次辑部])\s*[）)]$"
)
_TITLE_LABEL = re.compile(
    r"^(?:(?:公文|文件|来文)\s*(?:标\s*题|名\s*称)(?:\s*[：:]|\t)|标\s*题\s*[：:])\s*([^\t]{5,200})"
)
_UNSEEN, _BLANK = re.compile(r"[\u200b-\u200f\ufeff]"), re.compile(r"[\s\u3000\u00a0\u2002\u2003]+")
_NO_SEAM = re.compile(
    r"(?<=[0-9A-Za-z]) (?=[\u4e00-\u9fa5〕》）])|(?<=[\u4e00-\u9fa5〔《（]) (?=[0-9])|(?<=[》）]) | (?=[《（])"
)
_REMARK = re.compile(r"(?:\[\d{1,2}\]|^[（(【\[]转载[）)】\]])")
LABELLED = re.compile(r"^(?:发文字号|公文文号|文\s*号|字\s*号|文件编号)\s*[：:]\s*([^\t]*[\d号][^\t]*)")


def is_noise(line: Line) -> bool:
    """Whether a head line is neither title nor addressee: number, date, attachment label, page chrome."""
    text = line.text
    reading = normalise(text)
    numbered = reading.number is not None and (not reading.irregular or bool(IRREGULAR.match(text)))
    letterhead = text.endswith(("文件", "令")) and names_in_letterhead(text)
    menu = len(text.split()) >= _MENU_WORDS and unspaced(text) == text and not names_in(text.partition("关于")[0])
    dated = bool(_LISTED.search(text)) or any(
        span.end == len(text) and (not span.start or names_in(text[: span.start])) for _, span in find_dates(text)
    )
    return bool(numbered or letterhead or menu or dated or NOISE.search(text) or LABELLED.match(text))


def title_before(lines: list[Line], rules: Rules, *, below: int) -> Found | None:
    """Take the run of lines nearest above the addressee that ends like a title, else the nearest run."""
    nearest: Found | None = None
    for block in _runs_upwards(lines, below):
        title = _accepted(_without_speaker(block, rules), rules)
        if title and looks_like_title(title.text, rules) and not _is_open(title.text):
            return title
        nearest = nearest or title
    return nearest


def _without_speaker(block: list[Line], rules: Rules) -> list[Line]:
    """Leave out the name of the one who speaks or reports, printed below a title that is whole without it."""
    whole = len(block) > 1 and looks_like_title(_text_of(block[:-1]), rules)
    return (
        block[:-1]
        if whole and _SPEAKER.match(block[-1].text) and not looks_like_title(_text_of(block), rules)
        else block
    )


def _runs_upwards(lines: list[Line], number: int) -> Iterator[list[Line]]:
    """Yield runs of title lines from the bottom up; a run ends at noise, at the number, and where a title begins."""
    block: list[Line] = []
    for line in reversed(lines):
        below = "".join(piece.text for piece in block)
        inside = _is_open(below, closing=True)
        stop = not _is_open(line.text + below, closing=True) and (is_noise(line) or is_sentence(line.text))
        begun = block and not inside and (_parted(line, block[0], number) or _begins(block[0].text, line.text))
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
    if (bare(before) and bare(current).startswith(bare(before))) or _is_form_below(current, before):
        return True
    if is_issuer_line(before):
        return bool(names_in(current)) and bare(before) in bare(current)
    if len(bare(before)) <= _WIDOW:
        return False
    opening = _OPENING.match(bare(current))
    joined = bare(before) + opening["issuer"] if opening else ""
    if opening and opening["issuer"] and (is_issuer_line(joined) or is_issuer_line(joined.partition("、")[2])):
        return False
    return (
        opening is not None
        and not before.rstrip().endswith("关")
        and not before.rstrip().endswith(_UNFINISHED)
        and not _FORWARDING.search(before)
    )


def _goes_on(title: str, following: str, rules: Rules) -> bool:
    """Whether a title is not whole with this line: a bracket is open, the next line begins with 的, or names a year's report.

    A plan is followed by the report on a year of it: 某规划 / 2022年统计监测报告.
    """
    if _is_open(title) or _GOES_ON.match(following) or _WIDOWED.match(following):
        return True
    below = bare(following)
    return bool(_PERIOD.match(below)) and genre_of(title, rules) is None and genre_of(below, rules) is not None


def minutes_title(lines: list[Line]) -> Found | None:
    """Take the bare name 会议纪要 at the top of minutes that have no other title."""
    line = next((line for line in lines if _MINUTES.match(bare(line.text))), None)
    return Found(bare(line.text), line.span) if line else None


def _stands_below(line: Line, block: list[Line], number: int) -> bool:
    """Whether the lines above are the letterhead of a title that begins at this line."""
    if len(block) == 1 and _is_form_below(line.text, block[0].text):
        return True
    return _parted(block[-1], line, number) and all(names_in(above.text) for above in block)


def _is_form_below(current: str, before: str) -> bool:
    """Whether a line is the whole name of a form: of a case below the organ, or of any below a placeholder (某某var-name)."""
    if names_in(before):
        return bool(_CASE_FORM.match(bare(current)))
    return bool(_FORM.match(bare(current)) and _LATIN.search(before)) and len(before) <= _LONGEST_ORGAN


def title_first(lines: list[Line], rules: Rules, *, below: int = 0) -> Found | None:
    """Take the title from the first lines of a text without addressee: the shortest run that ends like a title.

    A title with 关于 ends with a genre; where it only seems to end before (…发展规划 / 的通知), the genre is waited for.
    """
    block: list[Line] = []
    whole: Found | None = None
    for index, line in enumerate(lines):
        inside = _is_open("".join(piece.text for piece in block))
        if is_noise(line) and not inside:
            if block and not all(names_in(above.text) for above in block):
                break
            block = []
            continue
        if (is_sentence(line.text) and not inside) or len(block) == _MOST_TITLE_LINES:
            break
        if block and _stands_below(line, block, below):
            block = []
        block.append(line)
        if _is_genre(line.text, rules) and len(block) == 1:
            return title_first(lines[index + 1 : index + 1 + _MOST_TITLE_LINES], rules) or _accepted(block, rules)
        if len(bare(block[0].text)) < _SHORTEST_PIECE and not is_issuer_line(block[0].text):
            break
        title = _text_of(block)
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if not looks_like_title(title, rules) or _goes_on(title, following, rules):
            continue
        if genre_of(title, rules) is not None or not _OPENING.match(bare(title)):
            return whole if whole and genre_of(title, rules) is None else _accepted(block, rules)
        whole = whole or _accepted(block, rules)
    return whole or _accepted(block[: 1 + bool(block[1:] and _WIDOWED.match(block[1].text))], rules)


def _is_open(text: str, *, closing: bool = False) -> bool:
    """Whether 《 or （ is opened and not closed in a text; with `closing`, whether one is closed that it does not open."""
    return any(
        (text.count(close) > text.count(begin)) if closing else (text.count(begin) > text.count(close))
        for begin, close in ("《》", "（）", "()", "“”")
    )


def _is_genre(text: str, rules: Rules) -> bool:
    """Whether a line is the name of a genre and nothing else (通　知)."""
    return bare(text) in {row.name for row in rules.genres}


def is_sentence(text: str) -> bool:
    """Whether a line is running text: marks of a sentence outside quotes and brackets, or too long for a title line."""
    if _COLON_INSIDE.match(text):
        return len(text) > _LONGEST_TITLE_LINE
    outside = re.sub(r"《[^》]*》|“[^”]*”|（[^）]*）", "", text)
    return len(text) > _LONGEST_TITLE_LINE or bool(_SENTENCE.search(outside))


def looks_like_title(title: str, rules: Rules) -> bool:
    """Whether a text ends as titles of documents and their attachments do."""
    if genre_of(title, rules) is not None or _KIND.search(core_of(title)):
        return True
    issued = _ISSUED.search(title)
    return issued is not None and looks_like_title(issued[1], rules)


def with_edition(title: Found | None, lines: list[Line]) -> Found | None:
    """Add the line below a title that names its edition and nothing else ((试行), (2022年修订))."""
    below = next((line for line in lines if title and line.span.start >= title.span.end), None)
    if title is None or below is None or not _EDITION.match(below.text):
        return title
    return Found(title.text + bare(below.text), Span(title.span.start, below.span.end))


def labelled_title(lines: list[Line]) -> Found | None:
    """Take the title that a form states beside its label (公文标题：…)."""
    for line in lines:
        match = _TITLE_LABEL.match(line.text)
        if match:
            text = match[1].rstrip()
            start = line.span.start + match.start(1)
            return Found(clean_title(text), Span(start, start + len(text)))
    return None


def _accepted(block: list[Line], rules: Rules) -> Found | None:
    if not block:
        return None
    title = _text_of(block)
    named = genre_of(title, rules) is not None or _is_genre(title, rules) or bool(_SHORT_KIND.match(bare(title)))
    too_short = len(bare(title)) < _SHORTEST_PIECE and not named
    if too_short or len(title) > _LONGEST_TITLE or _NO_TITLE.match(bare(title)) or names_in(title):
        return None
    return Found(title, Span(block[0].span.start, block[-1].span.end))


def _text_of(block: list[Line]) -> str:
    """Join title lines; blanks stay between the names of joint issuers and go from letter-spaced lines."""
    pieces = [unspaced(line.text) for line in block]
    seams = ["", *(" " if _joint(one, other) else "" for one, other in pairwise(pieces))]
    return clean_title("".join(seam + piece for seam, piece in zip(seams, pieces, strict=True)))


def _joint(line: str, following: str) -> bool:
    """Whether two lines are the whole names of two organs, not one name broken before 办公室."""
    return not following.startswith("办公") and bool(names_in(line)) and bool(names_in(following))


def clean_title(title: str) -> str:
    """Return a title as it should read: one blank between names, none beside digits, no footnote mark at the end."""
    if " " in title or not title.isprintable():
        title = _NO_SEAM.sub("", _BLANK.sub(" ", _UNSEEN.sub("", title)).strip())
    if "[" in title or "转载" in title:
        title = _REMARK.sub("", title)
    title = title.strip()
    return _seams_closed(title) if 0 < title.count(" ") <= _MOST_SEAMS else title


def _seams_closed(title: str) -> str:
    """Keep a blank between two names or beside Latin letters; close up others (某市 水务局 关于节水的通知)."""
    pieces = title.split(" ")
    kept = [
        (names_in(one) and (names_in(other) or names_in_title(other))) or one[-1:].isascii() or other[:1].isascii()
        for one, other in pairwise(pieces)
    ]
    return pieces[0] + "".join(f" {piece}" if keep else piece for piece, keep in zip(pieces[1:], kept, strict=True))


def after_letterhead(lines: list[Line], title: Found | None, rules: Rules) -> Found | None:
    """Pass over a masthead (某县人民政府会议纪要, 某县人民政府公报) or a nickname (中央一号文件) where the text's own title follows."""
    if title is None or "关于" in title.text or not _MASTHEAD.search(title.text):
        return title
    below = [line for line in lines if line.span.start >= title.span.end]
    own = title_first(below, rules)
    return own if own and genre_of(own.text, rules) is not None else title


def promulgated_title(lines: list[Line]) -> Found | None:
    """Take the title of a regulation from the order that promulgates it (《某办法》已经某会议通过，现予公布)."""
    for line in lines:
        match = _PROMULGATED.match(line.text)
        if match:
            return line.part(Span(*match.span("title")))
    return None
