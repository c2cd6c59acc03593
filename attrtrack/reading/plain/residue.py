"""What printing and scanning leave in a text and is no part of it: numbers of pages, signatures of scanning programs.

Only the words are judged here; whether a line stands where such words can stand is known to the reader of its format.
"""

import re

_EDGE = r"[\s—–－\-‐―·•~～.|/]*"
_PAGE_NUMBER = re.compile(
    rf"^{_EDGE}(?:第\s*)?\d{{1,4}}(?:\s*[页頁])?(?:\s*[,，/／|共of]+\s*\d{{1,4}}\s*[页頁]?)?{_EDGE}$"
    r"|^[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$"
    rf"|^{_EDGE}第\s*[〇○零一二三四五六七八九十百]{{1,5}}\s*[页頁]{_EDGE}$"
)
_SCANNER = re.compile(
    r"(?:scanned|powered|created|made)\s*(?:by|with|using|from)|cam\s?scanner|扫描全能王|全能扫描|扫描宝|扫描王|夸克扫描|福昕扫描"
    r"|扫描(?:仪|件|版|于|创建|生成|时间|日期)|(?:由|使用|用|来自).{0,12}(?:扫描|创建|生成)|adobe\s?scan|genius\s?scan|microsoft\s?lens"
    r"|tiny\s?scanner|scan\s?snap|vflat|白描|布丁扫描|试用版|未注册|evaluation",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 80


def is_page_number(line: str) -> bool:
    """Whether a line at the edge of a page consists of its number (— 3 —, 第3页 共5页, Page 3 of 5)."""
    return bool(_PAGE_NUMBER.match(line))


def is_scanner_line(line: str) -> bool:
    """Whether a line is what a scanning or converting program prints on every page."""
    return len(line) <= _LONGEST_SIGNATURE and bool(_SCANNER.search(line))
