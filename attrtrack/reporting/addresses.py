"""Addresses that nobody outside the office can open: inner-network hosts, and what is no web address at all.

Whether a page still answers is not asked: the program runs where there is no network, and says so.
"""

import ipaddress
import re
from urllib.parse import urlsplit

_MAX_URL = 2_000
_SCHEMES = frozenset({"http", "https", "ftp"})
NOT_ASKED = "本系统不联网，网页是否还打得开没有检查：请用能上网的电脑逐条点开，打不开的更正后再报。"
_INNER_ENDINGS = (".local", ".localdomain", ".lan", ".intranet", ".internal", ".corp", ".home", ".home.arpa")
_NUMBERS = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*", re.IGNORECASE)


def fault_of(address: str) -> str | None:
    """Say why an address of the list cannot be opened from outside; None where nothing speaks against it."""
    if not is_address(address):
        return "不是网址：应以 http:// 或 https:// 开头，写全，没有空格"
    host = (urlsplit(address).hostname or "").rstrip(".")
    if not _is_inner(host):
        return None
    return "内部网络的地址，外面打不开：请换成政府网站上的公开地址"


def _is_inner(host: str) -> bool:
    """Whether a host is a private, local or reserved number, a name without a dot, or one that ends as inner names do."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_INNER_ENDINGS) or _NUMBERS.fullmatch(host) is not None


def is_address(text: str) -> bool:
    """Whether a text is an http, https or ftp address that a spreadsheet may open."""
    if len(text) > _MAX_URL or not text.isprintable() or any(mark in text for mark in ' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in _SCHEMES and bool(parts.hostname)
    except ValueError:
        return False
