"""Forms and channels of an interpretation, read off its title, address, publisher and text by the rule tables."""

import re
from functools import lru_cache

from attrtrack.nlp.titles import simplify
from attrtrack.rules import Rules

_TEXT = "text"
_READ_UP_TO = 1500
_LONG_ENOUGH = 200
_SHOWN_BY_TEXT = ("qa", "press-conference")
_SCHEME = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def recognise_forms(title: str | None, url: str | None, text: str, rules: Rules) -> tuple[str, ...]:
    """Return the codes of the forms that title and address show, else those that the text shows; empty when none does.

    Plain text is what is left: it is named only beside forms that do not count as diversified (an expert's article).
    """
    shown = _matching(rules, simplify(title or ""), url or "")
    if not shown:
        shown = [code for code in _matching(rules, simplify(text[:_READ_UP_TO]), "") if code in _SHOWN_BY_TEXT]
    if not shown and len(text.strip()) >= _LONG_ENOUGH:
        return (_TEXT,)
    counts = {row.code for row in rules.forms if row.diversified}
    return tuple(code for code in shown if code != _TEXT or not counts.intersection(shown))


def _matching(rules: Rules, words: str, url: str) -> list[str]:
    parts = [part for part in (words, _bare_address(url)) if part]
    return [row.code for row in rules.forms if any(_compiled(row.pattern).search(part) for part in parts)]


def recognise_channels(url: str | None, publisher: str | None, rules: Rules) -> tuple[str, ...]:
    """Return the codes of the channels that address and publisher show; empty when neither does.

    A page of a newspaper that a government site reposts has both channels.
    """
    address = _bare_address(url or "")
    forms = {f"{address} {publisher or ''}", f"{address} {simplify(publisher or '')}"}
    return tuple(row.code for row in rules.channels if any(_compiled(row.pattern).search(form) for form in forms))


def _bare_address(url: str) -> str:
    """Return host and path; user names and ports before the host are no host."""
    rest = _SCHEME.sub("", url.strip())
    host, slash, path = rest.partition("/")
    return host.rpartition("@")[2].lower() + slash + path


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
