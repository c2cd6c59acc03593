"""What a paragraph tells in turn: days that go back though the second is told as the later, postponed, or tied to the first."""

import re
from collections.abc import Iterator, Sequence

from attrtrack.domain.certainty import Certainty
from attrtrack.domain.contradictions import Contradiction
from attrtrack.examining.text.figures import chinese_number
from attrtrack.examining.text.paper import Paper, Sentence
from attrtrack.examining.times.stages import is_told_backwards
from attrtrack.examining.times.telling import Told, hidden, told_in

_AFTER = re.compile(
    r"(?<![今以前先最落])后(?![勤台期续顾备面方代果来])|随[即后]|此后|继而|接着|据此|为此|对此|第一时间|立即|当即|迅速|再次|又"
)
_CLOSED = re.compile(r"(?:结束|截止|期满|届满|完成|完毕|闭幕)(?:之|以)?后")
_BY_IT = re.compile(
    r"(?:根据|按照?|依据|依照|对照|针对)[^，。；]{0,14}?(?:印发的|反馈|通知|告知|要求|通报|意见|该|[这此]次|会议|上述|上传|第[一二三]轮|发现|整改)"
)
_ANCHOR = re.compile(r"[^，。；]{2,14}(?<![今以前先最落])后，")
_TURNED_TO = re.compile(
    r"[^，。；]{0,6}(?:(?:接|收)(?:到|悉|阅)[^，。；]{0,14}后|获悉[^，。；]{0,6}后|得知[^，。；]{0,6}后|会后|随后|此后|之后|其后|据此|为此|对此|尔后|紧接着)[，于在我]|[\u4e00-\u9fff]{2,4}(?<![今以前先最落])后，"
)
_BEFORE_IT = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})(?:之前|以前|前)(?:，?(?:即|也就是)?[自从于在]?|的)$")
_EARLY = re.compile(r"早在|此前|在此之前|先前|之前[于在已]|该(?:案|件|项|申请|事项|复议|诉讼)[^，。；\d]{0,4}[系是]")
_SINCE_THEN = re.compile(r"(?:之|以)?后(?!的?\d)|起")
_CITED_DAY = re.compile(r"(?:收到|接到|收悉|针对|根据|按照|依据)[^，。；]{0,12}※$")
_SAME_YEAR = re.compile(r"同年")
_IS = re.compile(r"[是为系]|恰?逢|正值|之际")
_YEAR_ON = re.compile(r"半年|年多|[一两]年|[次翌明今]年")
_POSTPONED = re.compile(r"(?:延期?|推迟|顺延|延后|改期?|调整|变更|延长)[至到为于]$")
_ADVANCE = re.compile(r"提前|提早")
_ADVANCED = re.compile(r"提前[至到于]$")
_FIRST_PLAN = re.compile(r"原|计划|拟|定于|预定")
_IN_TIME = re.compile(
    r"如期|按期|按时|提前|未[有曾]?(?:超|逾)|没有(?:超|逾)|在[^，。；]{0,8}(?:期限|时限|时间)[之以]?内|符合[^，。；]{0,6}(?:时限|要求|规定)"
)
_LATE = re.compile(r"(?<![未无没不])(?<!没有)(?:迟报|迟于|逾期|超期|滞后|超时|延误|未按时|未按期|未能按)")
_REALLY = re.compile(r"拖|迟至|直到|延至|实际|已|均|全部|最终|分别|另|(?:日期|时间)[是为：]$|^于?$")
_OURS = re.compile(r"^(?:我|本|其|同|该[局厅委办县市区镇乡院单])|申请人$|^当事人")
_JOINING = re.compile(r"^(?:并|且|也|还|又|再|均|都|已|经|便|就|于|在)+|(?:并|已|均|也|都|便|就|正式|于|在|由|，)+$")
_ENDED = re.compile(r"上网|公开|公布|发布|更新|整改|完成|办结|修复|销号|到位|补齐|答复|恢复|解决|关停|清零|反馈")
_STARTED = re.compile(r"反馈|通报|发现|下达|通知|检查|指出|收到|接到|交办|启动|部署|印发|召开|形成|发布|制定|作出")
_STEPS = tuple(
    re.compile(step)
    for step in (
        r"自查|自评|梳理|动员|部署|填报|报名|征求|征集|反馈意见|投标|申报",
        r"整改|报送|提交|上传|上报|反馈|报[^，。；]{0,12}审核",
        r"审核|评分|评审|考评|抽查|复核|核查|实地|抽检|验收|复查|开标",
        r"汇总|形成|通报|公布|发布|公示|上网|印发",
    )
)
_DEMANDING = re.compile(r"印发|下发|发出|通知|部署|召开|通报|公告|下达|交办|反馈|发布|转办|转发|责令|要求|明确")
_MET = re.compile(r"前(?:的|已|均|就|便|即)")
_PREPARED = re.compile(r"通知|预告|公告|方案|材料|议程|邀请")
_PASSED = re.compile(r"通过|审议|印发|发布|公布|制定|修订|批准|出台|签发|签署|颁布")
_EFFECT = re.compile(r"施行|实施|执行|生效")
_BY_MEETING = re.compile(r"[经由][^，。；的]{2,20}(?:通过|批准|同意)$|审议通过$")
_MADE_OF_IT = re.compile(
    r"(?P<what>评估|检查|清理|考核|测评|调查|抽查|监测|评选|验收|督查|巡查|普查|审计)的?(?:报告|结果|结论|通报|情况|清单|名单)[^，。；\d]{0,4}$"
)
_OUT = re.compile(r"反馈|公布|公开|发布|印发|通报|上报|报送")
_OPEN = re.compile(r"征求|征集|公示|报名|投票|公告")
_OUTCOME = re.compile(
    r"采纳|结果|汇总|意见反馈|反馈情况|审议|定稿|通过|名单公布|(?:报名|申请|竞选|预约)成功|入选|获选|中签"
)
_HELD = re.compile(r"召开|举行|举办|审议")
_OF_MEETING = re.compile(
    r"(?:议题|决定|事项|纪要|实录|会议(?:内容|情况|信息|视频|精神)|发布[词稿]|通稿)[^，。；]{0,24}(?:公开|公布|发布|刊[发登]|上网|印发|播出|挂网)"
)
_CAUSE = re.compile(
    r"^[^，。；]{0,6}?(?:投诉|反映|来信|来函|留言|提出|提交|递交|申请|请示|报请|上报|通报|反馈|交办|转办|下达|通知|发现|指出|批复|批准|公告|立案|收到|接到|受理|部署|印发|审议|通过)"
)
_RESPONSE = re.compile(
    r"^[^，。；]{0,8}?(?:回复|答复|反馈|办结|整改|处理|处置|批复|批准|同意|落实|公开|公布|复函|回函|办理|受理|签收|送达|印发|上报|报送|改正|修复)"
)
_EXPLAINED, _ISSUED = re.compile(r"解读|图解|一图读懂|问答"), re.compile(r"印发|发布|公布|出台|公开|下发")
_DOING = re.compile(
    r"报送|提交|完成|公开|发布|召开|举[办行]|公布|印发|办结|答复|整改|上线|开[展工业]|出版|施行|启动|受理|检查|抽查|培训|评估|走访|调研|巡查|通报|更新|结束|立项|[开竣]工|封顶|挂牌|成立|签订|交付|投用|入驻|验收|发放|开通"
)
_ORDINAL = re.compile(r"首[次轮批期场届]|次[轮批期]|第(?P<number>[一二三四五六七八九]|\d{1,2})[次轮批期场届阶步讲]")
_TAKING_PART = frozenset({"done", "until", "due", "label", "ahead", "since"})
_GOES_ON = "句中后说的事日期在前"
_LONGEST_LEAD = 12
_LONGEST_GAP, _NEAR, _HALF_A_YEAR = 120, 60, 6


def check_narrated(paper: Paper) -> Iterator[Contradiction]:
    """Compare each day of every paragraph with the one told before it."""
    for line in paper.lines:
        told = told_in(line.text)
        covered = hidden(line.text) if len(told) > 1 else ""
        for at in range(1, len(told)):
            one, other = told[at - 1], told[at]
            readers = (_moved, _parted, _in_force, _not_so_early, _because)
            because = next((why for read in readers if (why := read(covered, one, other))), "")
            if because == _GOES_ON and "；" in covered[one.end : other.start] and not _rises(one, told[at + 1 :]):
                continue
            because = because or _in_time(covered, told[:at], other) or _too_late(covered, told[:at], other)
            if because:
                yield _found(paper, line, one, other, because)


def _not_so_early(text: str, one: Told, other: Told) -> str:
    """Check 6月1日施行，早在7月18日就已公布: what is told as the earlier."""
    early = _EARLY.search(other.lead) and len(text[one.end : other.start]) <= _NEAR
    later = one.first.year == other.first.year and 0 <= other.first.month - one.last.month <= _HALF_A_YEAR
    apart = "。" in text[one.end : other.start] or one.role in {"aside", "due", "ahead"}
    return "说是在先的日期却在后" if early and later and not apart and other.first.value > one.last.value else ""


def _rises(one: Told, later: Sequence[Told]) -> bool:
    """Whether the day told next lies after one, so that the day between them is out of line."""
    return bool(later) and later[0].role in _TAKING_PART and one.is_before(later[0].first)


def _moved(text: str, one: Told, other: Told) -> str:
    """Check 原定9月21日举行，因故延至9月17日."""
    if not _FIRST_PLAN.search(one.lead) or "。" in text[one.end : other.start] or other.start - one.end > _NEAR:
        return ""
    if _POSTPONED.search(other.lead) and other.is_before(one.last):
        return "说是推迟，日期却提前了"
    later = one.first.value < other.first.value and bool(one.first.year) == bool(other.first.year)
    return "说是提前，日期却推后了" if _ADVANCED.search(other.lead) and later else ""


def _in_force(text: str, one: Told, other: Told) -> str:
    """Check 自6月1日起施行，7月12日经常务会议审议通过: nothing is in force before it is passed."""
    gap = text[one.end : other.start]
    later = one.first.value < other.first.value and bool(one.first.year) == bool(other.first.year)
    told = one.role == "since" and _EFFECT.search(one.rest) and _BY_MEETING.match(other.rest)
    alone = not other.lead.strip("，于在已") and not re.search(r"[。；]", gap) and len(gap) <= _NEAR
    return "施行的日期早于通过或印发的日期" if later and told and alone else ""


def _parted(text: str, one: Told, other: Told) -> str:
    """Check 3月31日前公布的986家，4月1日以后公布的12家: what is after a term does not begin before it ends."""
    behind = _SINCE_THEN.match(other.rest) and other.is_before(one.last) and one.role == "due"
    apart = re.search(r"[。；]", text[one.end : other.start])
    return "说是在这之后，日期却在前" if behind and not apart else ""


def _because(text: str, one: Told, other: Told) -> str:
    """Say why a day cannot lie before the one told last, or nothing."""
    gap = text[one.end : other.start]
    own = re.split(r"[。！？]", gap)
    if not _falls(gap, one, other):
        return ""
    if _TURNED_TO.match(own[-1]):
        return "后说的事在前说的事之后，日期却在前"
    if "due" in {one.role, other.role}:
        return _of_terms(text, one, other, own)
    if other.role == "until":
        return _until(text, gap, one, other)
    if any(item.role == "since" and _EFFECT.search(item.rest) for item in (one, other)):
        passed = other.role == "since" and _PASSED.search(one.rest) and len(own) == 1
        return "施行的日期早于通过或印发的日期" if passed else ""
    return _of_events(gap, one, other, own)


def _until(text: str, gap: str, one: Told, other: Told) -> str:
    """Check 自5月9日起，至4月30日止 and 10月12日通报，至10月10日全部整改."""
    apart = re.search(r"[。；！？]", gap)
    if one.role == "since" and not apart:
        return "期间的终点早于起点"
    ended = _ENDED.search(text[other.end : other.end + _NEAR].partition("。")[0])
    return "办完的日期早于开始的日期" if ended and _STARTED.search(one.words) and not apart else ""


def _falls(gap: str, one: Told, other: Told) -> bool:
    """Whether the second of two times surely lies before the first, and neither looks back or says what a day is."""
    if len(gap) > _LONGEST_GAP or other.role not in _TAKING_PART or one.role == "aside" or _IS.match(one.rest):
        return False
    if one.role == "ahead" and other.role != "ahead":
        return False
    if _CITED_DAY.search(gap):
        return False
    closed = _CLOSED.search(re.split(r"[。！？；]", gap)[-1])
    closed = closed or (_OPEN.search(one.words) and _OUTCOME.search(other.words))
    if (
        _ADVANCE.search(gap)
        or (_YEAR_ON.search(gap) and not other.has_own_year)
        or (other.last.value >= one.first.value and not closed)
    ):
        return False
    return other.is_before(one.last if closed else one.first)


def _of_events(gap: str, one: Told, other: Told, own: Sequence[str]) -> str:
    """Say why what was done on the second day was done after the first."""
    clause = own[-1].rpartition("；")[2]
    here = len(own) == 1 and "；" not in gap
    anchored = _ANCHOR.match(gap) and (here or _goes_on(own[-1], one, other))
    followed = _AFTER.search(clause) and (here or _CLOSED.search(clause))
    same_year = len(own) == 1 and _SAME_YEAR.fullmatch(other.lead.lstrip("，；"))
    if anchored or followed or same_year or _BY_IT.search(other.rest) or (here and _AFTER.match(other.rest)):
        return "后说的事在前说的事之后，日期却在前"
    if _EXPLAINED.search(other.lead) and _ISSUED.search(one.rest) and len(own) == 1:
        return "解读的日期早于所解读的文件"
    if here and other.role == "label" and _PREPARED.search(one.words):
        return "所通知的事在通知之前"
    if _HELD.search(one.words) and _OF_MEETING.search(other.words):
        return "会议的内容在开会之前就已公开"
    backwards = is_told_backwards(other.words, one.words) and not _PREPARED.search(other.lead)
    if backwards or (len(own) == 1 and _is_made_of(one, other)):
        return "后一步的日期早于前一步"
    return _GOES_ON if len(own) == 1 and _goes_on(gap, one, other) else ""


def _is_made_of(one: Told, other: Told) -> bool:
    """Whether the second day is that on which the result of what was done on the first came out."""
    made = _MADE_OF_IT.search(other.lead)
    return bool(made and made["what"] in one.words and _OUT.search(other.words))


def _of_terms(text: str, one: Told, other: Told, own: Sequence[str]) -> str:
    """Say why a term cannot lie before another day: that of the demand, of the step before, or what comes of it."""
    if other.role == "due" and one.role in {"done", "attribute", "label"}:
        met = _MET.match(text, other.end) or re.search(r"已|均|全部|了", other.rest)
        demanded = _DEMANDING.search(one.words) and len(own) == 1 and not met
        return "要求完成的期限早于提出要求的日期" if demanded else ""
    ranks = [
        max((at for at, step in enumerate(_STEPS) if step.search(item.words)), default=-1) for item in (one, other)
    ]
    follows = _AFTER.search(own[-1]) or (other.role == "since" and _BY_IT.search(other.rest))
    if one.role == "due" and other.role == "ahead":
        return "后一步的日期早于前一步的期限" if 0 <= ranks[0] < ranks[1] else ""
    if len(own) > 1:
        return ""
    same = other.role in (one.role, "since") or (other.role == "done" and ("截" in one.lead or ranks == [1, 2]))
    return "后一步的期限早于前一步" if same and (follows or 0 <= ranks[0] < ranks[1]) else ""


def _goes_on(gap: str, one: Told, other: Told) -> bool:
    """Whether the second clause tells on of the same doer."""
    doer = _JOINING.sub("", _JOINING.sub("", other.lead))
    if _PREPARED.search(doer):
        return False
    known = _OURS.search(doer) or doer in one.words + gap[: -len(other.lead) or None]
    turns = [_ORDINAL.search(item.lead) for item in (one, other)]
    if all(turns) and len(gap) <= _NEAR:
        return _turn(turns[0]) < _turn(turns[1])
    same = not doer or ("；" not in gap and known)
    alike = _is_alike(one.rest, other.rest)
    told = (len(other.rest) > 1 and len(one.words) > 1) or one.role == other.role == "label"
    roles = one.role in {"done", "label", "ahead", "attribute"} and other.role in {"done", "label", "ahead"}
    answered = "；" not in gap and "已" not in other.lead and _CAUSE.search(one.rest) and _RESPONSE.search(other.rest)
    return bool(
        re.search(r"[，、；]", gap) and (same or answered) and not alike and len(gap) <= _NEAR and told and roles
    )


def _is_alike(one: str, other: str) -> bool:
    """Whether two clauses tell the same kind of doing, as those of a list of parallel matters do."""
    shared = set(_DOING.findall(one)) & set(_DOING.findall(other))
    return bool(shared) or one[:2] == other[:2] or one[-2:] == other[-2:]


def _turn(match: re.Match[str] | None) -> int:
    """Return which of several rounds is told: 首轮 1, 次轮 2, 第三轮 3."""
    if match is None or not match["number"]:
        return 2 if match and match[0].startswith("次") else 1
    return chinese_number(match["number"]) or 0


def _in_time(text: str, earlier: Sequence[Told], other: Told) -> str:
    """Check 要求6月底前完成，7月上旬复核。实际于7月25日如期完成: what is done in time is done before the last of its terms."""
    rest = text[other.end : other.end + _NEAR // 2].partition("。")[0]
    due = [one for one in earlier if one.role == "due"]
    if not due or other.role in {"due", "ahead"}:
        return ""
    last = max(earlier[earlier.index(due[0]) :], key=lambda one: one.last.value)
    if last.last.year not in {0, other.first.year} or not (
        _REALLY.search(other.lead) or _is_alike(due[-1].rest, other.rest)
    ):
        return ""
    month = other.first.month - last.last.month
    if (
        _IN_TIME.search(other.lead + rest)
        and 0 <= month <= _HALF_A_YEAR
        and other.first.value[1:] > last.last.value[1:]
    ):
        return "说是按期，完成的日期却在期限之后"
    late = _LATE.search(other.lead + rest) and "；" not in text[due[-1].end : other.start]
    return "说是逾期，完成的日期却在期限之前" if late and other.is_before(due[-1].last) else ""


def _too_late(text: str, earlier: Sequence[Told], other: Told) -> str:
    """Check 7月3日关停。关停之前，即1月1日至8月2日: what is told as before something lies before its day."""
    match = _BEFORE_IT.search(text[max(0, other.start - _LONGEST_LEAD) : other.start])
    if match is None:
        return ""
    for one in earlier:
        late = one.first.year == other.last.year and other.last.value > one.first.value
        told = match["what"] in text[one.end : one.end + _NEAR].partition("。")[0] and one.role == "done"
        if told and late and not one.first.is_part:
            return f"与“{match['what']}之前”不符"
    return ""


def _found(paper: Paper, line: Sentence, one: Told, other: Told, because: str) -> Contradiction:
    place = paper.evidence(line.start + one.start, line.start + other.end)
    first, second = line.text[one.start : one.end], line.text[other.start : other.end]
    return paper.found(
        "dates-out-of-order", place, certainty=Certainty.PROBABLE, first=first, second=second, because=because
    )
