"""Names of organs: what a signature line, a title's beginning or an attribute box says of who issued a document."""

import re
from collections.abc import Iterable

_SUFFIX = (
    "人民政府|政府|办公厅|办公室|委员会|管委会|工委|党委|党组|委|厅|局|部|处|署|院|会|办|中心|总队|支队|大队|公司|银行|支行|分行|中心支行|司"
    "|集团|指挥部|小组|工作组|办事处|联合会|总工会|大学|学院|学校|医院|检察院|法院|总站|站|所|馆|团|协会|公署|经济开发区|开发区"
    "|中学|小学|幼儿园|党校|调查队|研究室|专班|工商联|文联|科协|侨联|妇联|残联|社科联|报社|电视台|研究会|商会|供销社|管理区|示范区|街道|乡|镇|海关|联席会议|信访室|督查室|监察室|审理室|法制室|警备区|军分区|军区|监狱|林场|农场|出版社|气象台|新区|高新区|保税区|度假区|风景区|园区|合作区|试验区|产业园|党总支|支部|联社|中央军委|国务院|盟|科"
)
_NAME = re.compile(
    rf"^(?:办公[室厅]|(?:中共|共青团|民革|民盟|民建|民进|农工党|致公党)中央|(?!\d)[\u4e00-\u9fa5（）()〇·A-Za-z0-9“”\"]{{1,40}}(?:{_SUFFIX}))$"
)
_REPUBLIC = "中华人民共和国"
_SEAL = re.compile(r"[（(](?:代章|盖章|印章|公章|章|印)[）)]$")
_NOT_A_NAME = re.compile(
    r"^(?:关于|转发|批转|印发|各|附件|抄送|主送|报送|联系|此件|根据|为|由|请|以上|特此|现|其他|发至|省各|市各|[一二三四五六七八九十]+[、.．是])"
    r"|的|如下|通知$|工作(?!委|办|局|组|领导|站|处|中心|部)|以及|等$|和各|^(?:是|做好|加强|推进|开展)"
)
_SECOND_NAME = re.compile(r"^([^（()）]{0,40})[（(]([^（()）]{4,40})[）)]$")
_PLACE = re.compile(r"^(?:[\u4e00-\u9fa5]{2,6}?(?:省|自治区|市|州|县|区|旗)|国家)")
_BEFORE_SUBJECT = re.compile(r"^(?P<names>.{2,90}?)(?:关于|印发|转发|批转|对[^外]|公布|发布|颁布)")
_AND_OTHERS = re.compile(
    r"^[^，。；：《》]{1,60}等(?:(?:[一二两三四五六七八九十]{1,3}|\d{1,2})?(?:个|家)?(?:部门|单位|委办局|厅局))?$"
)
_ENDINGS = (("办公室", "办公厅", "办"), ("委员会", "委"), ("人民政府", "政府"))
_LETTERHEAD = re.compile(r"^(?P<names>[\u4e00-\u9fa5（）、\s]{2,60}?)(?:文件|令|公告|通告)$")


def names_in(line: str) -> tuple[str, ...]:
    """Return the organs that a signature line names, or nothing when the line is not made of organ names only."""
    line = _SEAL.sub("", line.strip()).strip()
    parts = [part for part in re.split(r"[\s\u3000、，,]+", line) if part]
    if parts and sum(len(part) == 1 for part in parts) > len(parts) / 2:
        parts = ["".join(parts)]
    names = [
        name.removeprefix(_REPUBLIC) if name.endswith("国务院") else name
        for part in parts
        for name in _run_together(part)
    ]
    return with_second_names(names) if names and all(is_name(name) for name in names) else ()


def with_second_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return each organ once; a name in brackets is the second name of the organ before it."""
    whole: list[str] = []
    for name in names:
        if whole and name.startswith(("（", "(")):
            whole[-1] += name
        else:
            whole.append(name)
    return tuple(dict.fromkeys(whole))


def is_issuer_line(line: str) -> bool:
    """Whether a title line names issuers only: organs, or the lead organ of several (某省发展改革委等六部门)."""
    return bool(names_in(line)) or bool(_AND_OTHERS.match("".join(line.split())))


def is_name(text: str) -> bool:
    """Whether a text can be the name of one organ, its second name in brackets (某局（某市国有资产监督管理局）) included."""
    second = _SECOND_NAME.match(text)
    if second:
        return is_name(second[2]) and (not second[1] or is_name(second[1]))
    return bool(_NAME.match(text)) and not _NOT_A_NAME.search(text)


def same_organ(one: str, other: str) -> bool:
    """Whether a name abbreviates the other (省府办公厅 for 某省人民政府办公厅); a bureau and its office are two organs."""
    short, long = sorted((one, other), key=len)
    characters = iter(long)
    return all(char in characters for char in short) and _ending(short) == _ending(long)


def _ending(name: str) -> str:
    return next((words[0] for words in _ENDINGS if name.endswith(words)), name[-1:])


def _run_together(text: str) -> list[str]:
    """Part 广州市某局广州市某局, names that a signature prints without a space, at the place name they share."""
    place = _PLACE.match(text)
    if place is None or text.count(place[0]) == 1:
        return [text]
    pieces = [place[0] + rest for rest in text.split(place[0]) if rest]
    return pieces if all(is_name(piece) for piece in pieces) else [text]


def names_in_title(title: str) -> tuple[str, ...]:
    """Return the organs at the beginning of a title (某市人民政府办公厅关于…)."""
    match = _BEFORE_SUBJECT.match(title)
    return names_in(match["names"]) if match else ()


def names_in_letterhead(line: str) -> tuple[str, ...]:
    """Return the organs of a letterhead (某市人民政府文件, 某市人民政府令)."""
    match = _LETTERHEAD.match(line)
    return names_in(match["names"]) if match else ()
