"""The forms of an interpretation (解读形式), several at once, each with what shows it.

Decision: what is clearer goes first (label and address, then how the text runs, then a bare 解读, then what the text
mentions, then the medium) and the first that shows something decides; images and players of the page are always told.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrtrack.domain.evidence import Evidence
from attrtrack.domain.pages import Page
from attrtrack.linking.signs import Recognised, Surface, by_rank, fitting, gathered, search, shown
from attrtrack.rules import Rules
from attrtrack.rules.schema import PageSignRow

_TEXT = "text"
_PLAYED = frozenset({"video", "audio"})
"""What may stand beside running text; pictures, questions and conferences with much text are that text."""
_STRUCTURE = "页面结构"
_DEFAULT = "缺省：没有其他形式的标志"
_Find = tuple[str, Evidence]


def find_forms(page: Page, rules: Rules) -> tuple[Recognised, ...]:
    """Return the forms a page shows, in the order of the table; `form_by_default` where a titled page shows none.

    Plain text stands beside forms that are made of text without counting as diversified (an expert's article), and
    beside film and sound on a page that has running text too; empty when nothing is known of the page.
    """
    return forms_on(Surface.of(page, rules), rules)


def forms_on(surface: Surface, rules: Rules) -> tuple[Recognised, ...]:
    """Return the forms that the searched parts of a page show, as `find_forms` does."""
    page = surface.page
    finds = [*_labels(surface, rules), *_pictures_and_players(page, rules)]
    clear = {row.code for row in rules.forms if row.diversified}
    for group in _ranked(rules.page_signs, surface.worth):
        if any(code == _TEXT or code in clear for code, _ in finds):
            break
        finds += [(row.form, evidence) for row, evidence in shown(surface, group)]
    if {code for code, _ in finds if code in clear} <= _PLAYED and _TEXT not in dict(finds):
        finds += _running_text(page, rules)
    if not finds:
        return _by_default(surface, rules)
    order = {row.code: number for number, row in enumerate(rules.forms)}
    return gathered(sorted(finds, key=lambda find: order.get(find[0], len(order))))


@lru_cache(maxsize=256)
def _ranked(signs: Sequence[PageSignRow], worth: frozenset[str]) -> list[list[PageSignRow]]:
    return by_rank(row for row in signs if row.form and row.pattern in worth)


def _labels(surface: Surface, rules: Rules) -> Iterator[_Find]:
    for row in fitting(surface, rules.forms):
        for where in ("title", "address"):
            evidence = search(surface, where, row.pattern)
            if evidence is not None:
                yield row.code, evidence


def _pictures_and_players(page: Page, rules: Rules) -> Iterator[_Find]:
    """A player is a form of its own; images are one only where hardly any text stands beside them."""
    parts = page.parts
    if parts.videos:
        yield "video", Evidence(f"视频{parts.videos}个", None, _STRUCTURE)
    if parts.audios:
        yield "audio", Evidence(f"音频{parts.audios}个", None, _STRUCTURE)
    few = parts.letters < int(rules.switch("picture_page_letters")[0])
    if parts.images and few and not parts.videos:
        yield "picture", Evidence(f"图片{parts.images}张、正文{parts.letters}字", None, _STRUCTURE)


def _running_text(page: Page, rules: Rules) -> Iterator[_Find]:
    letters = max(page.parts.letters, len(page.text.strip()))
    if letters >= int(rules.switch("text_page_letters")[0]):
        yield _TEXT, Evidence(f"正文{letters}字", None, "正文")


def _by_default(surface: Surface, rules: Rules) -> tuple[Recognised, ...]:
    if not surface.title:
        return ()
    evidence = Evidence(surface.title, None, _DEFAULT)
    return tuple(Recognised(code, (evidence,), assumed=True) for code in rules.switch("form_by_default") if code)
