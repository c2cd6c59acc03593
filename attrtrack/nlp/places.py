"""Places of titles: provinces, cities and counties at the head of a name, and foreign countries anywhere in it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

_PROVINCE_NAMES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 "
    "湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 台湾 "
    "香港 澳门"
)
_COUNTRY_NAMES = (
    "阿富汗 阿尔巴尼亚 阿尔及利亚 阿根廷 阿联酋 阿曼 阿塞拜疆 埃及 埃塞俄比亚 爱尔兰 爱沙尼亚 "
    "安哥拉 奥地利 澳大利亚 巴布亚新几内亚 巴基斯坦 巴拉圭 巴林 巴拿马 巴西 白俄罗斯 保加利亚 "
    "贝宁 比利时 冰岛 波黑 波兰 玻利维亚 博茨瓦纳 布隆迪 朝鲜 赤道几内亚 丹麦 德国 多米尼加 "
    "厄瓜多尔 俄罗斯 法国 菲律宾 斐济 芬兰 冈比亚 刚果 哥伦比亚 哥斯达黎加 格林纳达 格鲁吉亚 "
    "古巴 圭亚那 哈萨克斯坦 韩国 荷兰 黑山 洪都拉斯 吉布提 吉尔吉斯斯坦 几内亚 加拿大 加纳 "
    "加蓬 柬埔寨 捷克 津巴布韦 喀麦隆 卡塔尔 科威特 克罗地亚 肯尼亚 拉脱维亚 莱索托 老挝 "
    "黎巴嫩 立陶宛 利比亚 卢森堡 卢旺达 罗马尼亚 马达加斯加 马尔代夫 马耳他 马拉维 马来西亚 "
    "马里 毛里求斯 毛里塔尼亚 美国 蒙古国 孟加拉 秘鲁 缅甸 摩尔多瓦 摩洛哥 莫桑比克 墨西哥 "
    "纳米比亚 南非 尼泊尔 尼加拉瓜 尼日尔 尼日利亚 挪威 葡萄牙 日本 瑞典 瑞士 萨尔瓦多 "
    "塞尔维亚 塞拉利昂 塞内加尔 塞浦路斯 沙特 斯里兰卡 斯洛伐克 斯洛文尼亚 苏丹 苏里南 "
    "所罗门群岛 塔吉克斯坦 泰国 坦桑尼亚 汤加 突尼斯 土耳其 土库曼斯坦 瓦努阿图 危地马拉 "
    "委内瑞拉 文莱 乌干达 乌克兰 乌拉圭 乌兹别克斯坦 西班牙 希腊 新加坡 新西兰 匈牙利 叙利亚 "
    "牙买加 亚美尼亚 也门 伊拉克 伊朗 以色列 意大利 印度尼西亚 印度 英国 约旦 越南 赞比亚 "
    "乍得 智利"
)
PROVINCES = tuple(_PROVINCE_NAMES.split())
COUNTRIES = tuple(_COUNTRY_NAMES.split())
_PROVINCE = re.compile("|".join(PROVINCES))
_COUNTRY = re.compile("|".join(sorted(COUNTRIES, key=len, reverse=True)))
_LOCAL = re.compile(
    rf"(?:中共)?(?:(?:{'|'.join(PROVINCES)})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?)?"
    r"(?P<local>[\u4e00-\u9fa5]{2,7}?(?:自治州|自治县|新区|市|州|盟|县|区|旗)(?![域块间分场民容级州年]))"
    r"(?P<second>[\u4e00-\u9fa5]{1,6}?(?:自治县|新区|市|县|区|旗)(?![域块间分场民容级年]))?"
)
_NOT_LOCAL = re.compile(
    r"^(?:全|各|我|本|该|中国|中华|关于|加强|推进|国家|有关|重点|超大|特大|同意|调整|在|将|对|支持|促进|规范|做好|深化|开展)"
    rf"|[的对外为将被把及]|省市|命名|报考|继续|表彰|进一步|加快|完善|优化|改造|提升|棚户|本市$|.(?:{'|'.join(PROVINCES)})"
    r"|^(?:.{0,4}(?:主|老|新|中心|建成|困|偏远|边远|高寒|大|深|和|及))?[城山]区$|[社小园灾校景库牧片专地辖税管贸验范治发作功示]区?$|(?:城市|社区|园区|监管区|保税区|试验区|示范区|开发区|功能区|自治区)$"
)
_CENTRAL = re.compile(
    r"中共中央|国务院|国家|中央|全国人|[^省市县区]{2,8}总[署局]|最高人民|(?:外交|教育|科技|科学技术|工业和信息化|公安|民政|司法|财政|人力资源|"
    r"自然资源|生态环境|住房(?:和)?城乡|交通运输|水利|农业农村|商务|文化和旅游|应急管理|体育总|审计署|中国|退役军人事务|铁道|国土资源)[^省市县区]*"
)

_OF_A_PROVINCE = re.compile("省(?:政府|人民政府|委|级)")


_NONE: frozenset[Any] = frozenset()
Said = TypeVar("Said")


def set_of(said: Sequence[Said]) -> frozenset[Said]:
    """Return what is said as a set: one and the same where nothing is, as most titles say nothing of most things."""
    return frozenset(said) if said else _NONE


class Places(NamedTuple):
    """The places a name carries; `level` is 1 national, 2 province, 3 city, 4 county, None when the name does not say."""

    provinces: frozenset[str]
    locals: frozenset[str]
    level: int | None

    @property
    def named(self) -> frozenset[str]:
        """Every province, city and county that is named."""
        return self.provinces | self.locals

    @property
    def silent(self) -> bool:
        """Whether no province, city or county is named."""
        return not (self.provinces or self.locals)

    def shares(self, other: "Places") -> bool:
        """Whether both name one province, city or county."""
        return bool(self.provinces & other.provinces or self.locals & other.locals)


@lru_cache(maxsize=1024)
def places(name: str, organs: tuple[str, ...] = ()) -> Places:
    """Read the places of a title and of its issuing organs, in normal form; only organs show the national level."""
    return places_with(places_of_name(name), organs)


def places_with(named: Places, organs: tuple[str, ...]) -> Places:
    """Return the places of a name together with those of the organs that issue under it."""
    if not organs:
        return named
    read = [named, *map(_read_organ, organs)]
    level = max([item.level or 0 for item in read])
    first_is_central = _CENTRAL.match(organs[0]) is not None and read[1].silent
    if first_is_central or (not level and any(map(_CENTRAL.match, organs))):
        level = 1
    elif not level and any(map(_OF_A_PROVINCE.match, organs)):
        level = 2
    provinces = [name for item in read for name in item.provinces]
    return Places(set_of(provinces), set_of([name for item in read for name in item.locals]), level or None)


def places_of_name(text: str) -> Places:
    """Read the places of a name alone."""
    found = _locals_of(text)
    return Places(set_of(_PROVINCE.findall(text)), set_of(found), _level(text, found) or None)


_read_organ = lru_cache(maxsize=1024)(places_of_name)  # organs come again and again, names do not


def _locals_of(name: str) -> list[str]:
    match = _LOCAL.match(name)
    if match is None or _NOT_LOCAL.search(match["local"]):
        return []
    found = [match["local"]]
    if match["second"] and not _NOT_LOCAL.search(match["second"]):
        found.append(match["second"])
    return [one for one in found if one.rstrip("省市") not in PROVINCES]


def _level(name: str, found: list[str]) -> int:
    if found:
        return 4 if found[-1].endswith(("县", "区", "旗")) else 3
    return 2 if _PROVINCE.match(name) else 0


def countries(name: str) -> frozenset[str]:
    """Return the foreign countries that a name mentions."""
    return set_of(_COUNTRY.findall(name))
