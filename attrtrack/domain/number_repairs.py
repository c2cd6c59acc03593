"""What clerks and programs add around a document number or write within it, undone where only one number can be meant."""

import re

_CN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CN_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[〇○零一二三四五六七八九十百千]{1,9}"
_URGENT = frozenset({"特急", "加急", "特提", "平急", "急件"})
# compiled when first used: most numbers need none of them
_ENTITY = "&(?:nbsp|ensp|emsp|#160|#8203);"
_BEFORE = r"^(?:(?:特急|加急|特提|平急|急件)[\s·]+|\S{2,30}文件\s+)+"
_REPAIRS = (
    (
        r"^.*的(?:通知|意见|批复|通报|函|决定|公告|通告|办法|规定|报告|方案)[（(]?(?=[\u4e00-\u9fa5]{2,12}[〔\[【（(])",
        "",
    ),
    (r"^[（(](.+号)[）)]$", r"\1"),
    (r"(?<=号)(?:文件?|等|附件\d{0,2})?[。，、；;,.]?$", ""),
    (r"(?<=[〔\[【（(]2)[Oo](?=\d\d[〕\]】）)])", "0"),
    (r"(?<=[〔\[【（(]二)[Oo0](?=[一二三四五六七八九][〇○零一二三四五六七八九][〕\]】）)])", "〇"),
    (r"(?<=[令告])[（(](第\d{1,6}号)[）)]$", r"\1"),
    (r"^([\u4e00-\u9fa5]{0,24})(?<!\d)(\d{4}年第\d{1,6}号)(公告|通告)$", r"\1\3\2"),
)
_WRITTEN_SERIAL = rf"(?<=[第〕\]】）)]){_NUMERAL}(?=号)"


def without_additions(printed: str) -> str:
    """Take off what stands before a number and is no part of it: how urgent it is, the letterhead, entities of pages."""
    if "&" in printed:
        printed = re.sub(_ENTITY, "", printed)
    return re.sub(_BEFORE, "", printed) if printed[:2] in _URGENT or "文件" in printed else printed


def repaired(bare: str) -> str:
    """Return a number without blanks as it would be printed had nothing been added or written another way."""
    bare = re.sub(_WRITTEN_SERIAL, lambda match: str(counted(match[0])), bare)
    for pattern, written in _REPAIRS:
        bare = re.sub(pattern, written, bare)
    return bare


def counted(numeral: str) -> int:
    """Return the value of a Chinese numeral: 二十一, 一百零五, or digit by digit 二〇二."""
    if not any(unit in numeral for unit in _CN_UNITS):
        return int(numeral.translate(_CN_DIGITS))
    total = digit = 0
    for char in numeral:
        if char in _CN_UNITS:
            total += (digit or 1) * _CN_UNITS[char]
            digit = 0
        else:
            digit = int(char.translate(_CN_DIGITS))
    return total + digit
