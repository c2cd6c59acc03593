"""E-mail addresses, and the addresses at which people live; those of offices are not personal."""

import re
from collections.abc import Iterator
from itertools import islice

_AT = r"(?: ?@ ?| ?[\[(（【{] ?[aA][tT] ?[\])）】}] ?)"
_EMAIL = re.compile(
    rf"(?<![0-9A-Za-z._%+@-])([0-9A-Za-z](?:[0-9A-Za-z._%+-]{{0,62}}[0-9A-Za-z_-])?{_AT}"
    r"(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.){1,6}[A-Za-z]{2,18})(?![0-9A-Za-z@_-])"
)
_SIGN_OF_EMAIL = re.compile(r"@|[\[(（【{] ?[aA][tT] ?[\])）】}]")
_BEFORE_SIGN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._%+-")
_LONGEST_NAME, _LONGEST_EMAIL = 64, 350
_LABEL = re.compile(
    r"(?:家庭(?:详细)?[住地]址|家住|现住(?:所|地)?址?[于在]?|现居住?地?址?[于在]?|(?<=[，,；;、（(])住(?![在址所于])(?=[\u4e00-\u9fff]{1,7}(?:省|市|县|区))|常住(?:所|地)?址|暂住(?:地)?址|经常居住地|住(?:所)?地?址|住所地|"
    r"居住(?:地址?|[于在])|住在|户籍(?:所在地|住址|地址?)(?:址)?|户口所在地)"
    r"(?P<colon>(?:[（(][^）)\n]{1,12}[）)])?(?:[ \t\u3000]*[:：为是][ \t\u3000]*|[ \t\u3000]+))?"
)
_WORDS_OF_PLACE = r"\u4e00-\u9fff0-9A-Za-z〇#＃·—－（）()-"
_LABELLED = re.compile(rf"[{_WORDS_OF_PLACE}]{{4,80}}(?: \d[{_WORDS_OF_PLACE}]{{0,30}})?")
_END_OF_PLACE = re.compile(
    r"(?:，|。|；|联系|电话|手机|身份证|邮编|邮政|性别|姓名|职业|(?<=[号室户组楼栋])(?:[的内处]|居住|居民|业主|人员|(?<=室)[\u4e00-\u9fff])).*"
)
_UNITS = re.compile(
    r"省|自治[区州县]|[^\d城]市|[县区旗]|[镇乡]|街道|大街|[\u4e00-\u9fff][路街巷弄里]|胡同|村|社区|小区|[苑园]"
)
_COUNT = r"(?:[0-9]{1,5}|[一二三四五六七八九十百〇零]{1,4}|[甲乙丙丁A-Za-z])(?:[-－][0-9]{1,4})?"
_DOOR = re.compile(rf"{_COUNT}(?:号楼|号院|号|栋|幢|单元|室|组|楼|队|社|座|[#＃])")
_ANCHOR = re.compile(r"单元|\d[室户]|[组社队楼栋幢]\d")
_BEFORE_ANCHOR, _AFTER_ANCHOR = 48, 24
_MOST_LABELS, _MOST_MISSES = 20_000, 10_000
_NOBODY = re.compile(r"在?(?:本|我|各|该|外|城|农|乡|全|非|不|未|变|登记|原|同|其|所在|户|与|和|或|及|等)")
_NO_PLACE = re.compile(r"[的或及、]|政府|派出所|部门|应当|申请|办理|委员会|登记|县[（(]|省[（(]|市[（(]")
_DWELLING = r"小区|花园|家园|公寓|新村|新城|宿舍|家属[院楼区]|职工楼|华府|名邸|雅[苑居]|[佳龙丽嘉兰景锦绿怡春和馨名]苑|[\u4e00-\u9fff]苑|[东西南北]里|社区|山庄|庄园|胡同|嘉园|豪庭|花苑|[\u4e00-\u9fff]园"
_BUILDING = rf"{_COUNT}(?:号楼|楼|栋|幢|座|[#＃]楼?)"
_HOME = re.compile(
    rf"(?:{_BUILDING}{_COUNT}单元(?:{_COUNT}(?:层|楼))?(?:[0-9]{{1,5}}(?:室|户|号)?|{_COUNT}(?:室|户|号))?"
    rf"|(?:{_DWELLING})(?:[0-9]{{1,5}}号)?(?:[东西南北甲乙A-Z]?[区期])?{_BUILDING}(?:{_COUNT}(?:层|楼))?[0-9]{{2,5}}(?:室|户|号)"
    rf"|(?:{_DWELLING}){_COUNT}单元[0-9]{{2,5}}(?:室|户|号)?"
    rf"|(?:村|庄|屯|寨)(?:民委员会)?{_COUNT}(?:组|社|队)(?:[0-9]{{1,5}}号))"
)
_BEFORE_HOME = re.compile(r"[\u4e00-\u9fff0-9A-Za-z〇·（）()-]{1,60}$")
_LEAD = re.compile(
    r".*(?:住在|家住|现住|居住于|居住在|位于|坐落于|搬至|搬到|迁至|送至|送到|寄往|寄至|前往|来到|地址|住址|[在于至到系为（(])(?=[\u4e00-\u9fff])"
)
_PROVINCE = re.compile(
    r"(?:北京|天津|上海|重庆)市|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省"
    r"|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区"
)
_OFFICE = re.compile(
    r"大厦|写字楼|办公[楼室]|政务|行政中心|服务中心|政府|[局委厅署院]机关|公司|产业园|工业园|科技园|商场"
)

Hit = tuple[str, int, int]


def find_emails(text: str) -> Iterator[Hit]:
    """Yield the e-mail addresses of a text whose signs are folded."""
    reached = 0
    for sign in _SIGN_OF_EMAIL.finditer(text):
        start = _start_of_name(text, sign.start())
        match = _EMAIL.match(text, start, start + _LONGEST_EMAIL) if start >= reached else None
        if match is not None:
            reached = match.end()
            yield "email", match.start(), match.end()


def _start_of_name(text: str, sign: int) -> int:
    """Return where the name before the sign begins: nowhere else may an address begin, so only there is looked."""
    start = sign - (text[sign - 1 : sign] == " ")
    least = max(0, start - _LONGEST_NAME)
    while start > least and text[start - 1] in _BEFORE_SIGN:
        start -= 1
    return start


def find_homes(text: str) -> Iterator[Hit]:
    """Yield the addresses called a home, and those that go down to a flat or a farm."""
    yield from _called_homes(text)
    yield from _flats(text)


def _called_homes(text: str) -> Iterator[Hit]:
    # a thousand pages hold fewer labels: more of them are no document, and must not keep the machine busy
    for label in islice(_LABEL.finditer(text), _MOST_LABELS):
        match = _LABELLED.match(text, label.end())
        if match is None:
            continue
        place = _END_OF_PLACE.sub("", match[0]).rstrip("（(-—")
        if place.count("）") > place.count("（"):
            place = place[: place.rindex("）")]
        if _NOBODY.match(place):
            continue
        levels = len(set(_UNITS.findall(place)))
        doors = len(_DOOR.findall(place))
        told = bool(label["colon"]) and levels > 1 and not _NO_PLACE.search(place)
        if told or (levels and doors) or doors > 1:
            yield "home-address", label.end(), label.end() + len(place)


def _flats(text: str) -> Iterator[Hit]:
    reached = misses = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.end() <= reached:
            continue
        if misses > _MOST_MISSES:
            return
        around = max(reached, anchor.start() - _BEFORE_ANCHOR), anchor.end() + _AFTER_ANCHOR
        match = _HOME.search(text, *around)
        if match is None or not match.start() < anchor.end() <= match.end():
            misses += 1
            continue
        reached = match.end()
        start = _start_of_place(text, match.start())
        if not _OFFICE.search(text, start, reached):
            yield "home-address", start, reached


def _start_of_place(text: str, place: int) -> int:
    """Return where the address begins: at its province, after the word that leads to it, or with the run of words."""
    before = _BEFORE_HOME.search(text, max(0, place - 60), place)
    if before is None:
        return place
    province = list(_PROVINCE.finditer(text, before.start(), place))
    if province:
        return province[-1].start()
    lead = _LEAD.match(text, before.start(), place)
    return lead.end() if lead else before.start()
