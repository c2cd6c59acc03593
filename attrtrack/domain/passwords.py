"""Which passwords are too weak: by rule, not by a copied list; no forced mixture of characters (NIST SP 800-63B, 5.1.1.2).

What a guesser tries first is taken away from the password: walks over keyboard and alphabet, stock words in any dress,
years, repetitions, and the words that belong to the account. What is left must still be something.
"""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 128
_LEFT, _DISTINCT = 6, 4
_WALK = 4
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "!@#$%^&*()",
    "一二三四五六七八九十",
    "甲乙丙丁戊己庚辛壬癸",
)
_STOCK = (
    "password", "passwd", "admin", "administrator", "root", "user", "guest", "test", "login", "welcome", "secret",
    "letmein", "iloveyou", "master", "default", "changeme", "system", "oracle", "mysql", "government", "china",
    "beijing", "zhongguo", "woaini", "mima", "wangluo", "gongwen", "zhengfu", "attrtrack", "密码", "口令", "中国",
    "公文", "政府", "管理员", "我爱你",
)  # fmt: skip
_DRESS = str.maketrans("@4301!$5", "aaeoiiss")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[01]?\d[0-3]?\d)?")


def normal_password(typed: str) -> str:
    """Return the form that is hashed: compatibility forms folded, so that every keyboard writes the same."""
    return unicodedata.normalize("NFKC", typed)


def password_faults(password: str, *, own_words: Iterable[str], shortest: int) -> tuple[str, ...]:
    """Say in Chinese what is wrong with a new password; empty when it will do. `own_words`: login, name, unit."""
    normal = normal_password(password)
    faults = []
    if len(normal) < shortest:
        faults.append(f"至少 {shortest} 个字符（可以是一句话，不要求混用大小写和符号）")
    if len(normal) > LONGEST:
        faults.append(f"最多 {LONGEST} 个字符")
    elif _too_guessable(normal.casefold(), [word.casefold() for word in own_words]):
        faults.append("太容易猜：不要用登录名、姓名、单位名、年份、键盘上相邻的键、重复的字符或常见口令拼成")
    return tuple(faults)


def _too_guessable(password: str, own_words: list[str]) -> bool:
    left = _left(_repeated(password), own_words)
    return len(left) < _LEFT or len(set(left)) < _DISTINCT


def _repeated(password: str) -> str:
    """Return the piece that a password repeats; itself when it repeats nothing."""
    at = (password + password).find(password, 1)
    return password[:at] if 0 < at < len(password) else password


def _left(password: str, own_words: list[str]) -> str:
    """Return what is left of a password without the things that are tried first."""
    words = sorted({*(word for word in own_words if len(word) > 1), *_STOCK}, key=len, reverse=True)
    undressed = password.translate(_DRESS)
    gone = [False] * len(password)
    for word in words:
        for text in (password, undressed):
            for match in re.finditer(re.escape(word), text):
                gone[match.start() : match.end()] = [True] * len(word)
    for match in _YEAR.finditer(password):
        gone[match.start() : match.end()] = [True] * (match.end() - match.start())
    for start, end in _walks(password):
        gone[start:end] = [True] * (end - start)
    return re.sub(r"(.)\1+", r"\1", "".join(char for char, away in zip(password, gone, strict=True) if not away))


def _walks(password: str) -> Iterable[tuple[int, int]]:
    """Yield where a password walks along a row, forwards or backwards, for four characters or more."""
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    start = 0
    while start <= len(password) - _WALK:
        end = start + _WALK
        while end <= len(password) and any(password[start:end] in row for row in rows):
            end += 1
        if end - 1 - start >= _WALK:
            yield start, end - 1
        start = max(start + 1, end - 1)
