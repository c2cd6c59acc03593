"""The words around a number that say what it is, or that it is something else."""

import re
from collections.abc import Sequence

GAP = r"[ -]"
"""One sign that may stand between the groups of a number; other blanks and dashes are folded to these two."""

_LOOKED_BACK, _LOOKED_ON = 24, 8
_GROUP_BEFORE, _GROUP_AFTER = re.compile(rf"\d{GAP}$"), re.compile(rf"{GAP}\d")
_NOT_BETWEEN = re.compile(r"[\d\n。]")
_OTHER_NAME = re.compile(
    r"(?:编号|编\s?码|代码|流水号?|订单号?|单号|序列号|索引号?|档号|档案号|文号|字号|条码|条形码|注册号|标识码?|识别码|许可证号?|登记号|登记证号?|"
    r"批号|批准号|合同号?|凭证号?|发票号?|发票代码|图号|项目号|案号|学号|工号|编目|验证码|准考证号?|车架号|统一编号|受理号|备案号|"
    r"公开号|专利号|书号|ISBN|ISSN|CN|QQ|ID|NO\.?|No\.?)(?:码|为|是)?[\s:：（(〔\[“\"]{0,3}$",
    re.IGNORECASE,
)
_AMOUNT_BEFORE = re.compile(
    r"(?:[￥¥$€]|人民币|金额|合计|总计|共计|投资|资金|收入|支出|产值|总额|预算|RMB)[\s:：约为达计]{0,3}$"
)
_UNIT_AFTER = re.compile(
    r"\s?(?:万|亿|千|百|元|角|分(?!机)|吨|公斤|千克|克|平方|立方|公顷|亩|米|公里|千米|人(?!民|员|事|力)|户|件|个|株|头|只|套|台|辆|册|份|次|股(?!份|室|长)"
    r"|张(?![\u4e00-\u9fff])|千瓦|度|%|％|％|℃|号文|号令|号公告|年|美元|欧元|[.．]html?|[/_][A-Za-z])"
)


def told_as(labels: Sequence[str], text: str, place: int) -> bool:
    """Whether one of the words stands shortly before a place, with no number, sentence or line between."""
    before = text[max(0, place - _LOOKED_BACK) : place]
    at = max((before.rfind(label) for label in labels), default=-1)
    return at >= 0 and _NOT_BETWEEN.search(before, at) is None


def stands_in_a_row(text: str, start: int, end: int) -> bool:
    """Whether a passage of grouped digits has more groups beside it, as a row of a table has."""
    return _GROUP_BEFORE.search(text, max(0, start - 2), start) is not None or _GROUP_AFTER.match(text, end) is not None


def called_otherwise(text: str, start: int, end: int) -> bool:
    """Whether the words around a number say that it is a code, an amount or a count."""
    before = text[max(0, start - _LOOKED_BACK) : start]
    if _OTHER_NAME.search(before) or _AMOUNT_BEFORE.search(before):
        return True
    return _UNIT_AFTER.match(text, end, end + _LOOKED_ON) is not None
