"""The numbers of a listed document: the standard's own form at a glance, every other through the grammar."""

import re

from attrtrack.domain.interpretations import LinkableDocument
from attrtrack.linking.mentions import NumberKey, keys_in
from attrtrack.nlp.titles import simplify

# codes that begin with a word which a citation could begin with, or hold one, are left to the grammar, which parts them
_PLAIN = re.compile(
    r"(?P<code>(?![根依按遵参对落贯印转下关文字发已详同现该以见由据及与或即将在请附和日])(?:(?![的知件])[\u4e00-\u9fa5]){2,10}(?<![令告]))"
    r" ?[〔\[](?P<year>(?:19|20)\d{2})[〕\]](?P<serial>[1-9]\d{0,4})号"
)


def numbers_of(document: LinkableDocument) -> tuple[NumberKey, ...]:
    """Return the keys of the numbers that a document bears in its number or title."""
    in_title = [key for key, _ in keys_in(simplify(document.title))]
    plain = _PLAIN.fullmatch(document.number) if document.number else None
    if plain:
        code = simplify(plain["code"])
        own = [NumberKey(code, int(plain["year"]), int(plain["serial"]), code)]
    else:
        own = [key for key, _ in keys_in(simplify(document.number))] if document.number else []
    found = own + in_title
    return tuple(dict.fromkeys(found) if len(found) > 1 else found)
