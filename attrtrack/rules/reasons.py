"""Resolve what people write as a reason (a code, a name, a cited clause) to a row of the reasons table, or to a fault.

Order: a code; a clause of the regulation in force, told apart by the words beside it; words of the table (the row
with most of them); another statute that forbids; else the faults. What resolves to a clause is no fault, whatever else it says.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from attrtrack.rules.schema import ReasonFaultRow, ReasonRow
from attrtrack.rules.tables import Rules, parse_reference

REGULATION = "政府信息公开条例"
_FORBIDDEN_BY_LAW = "R14-2"
_STATE_SECRET_LAWS = frozenset({"保守国家秘密法", "保密法", "保守国家秘密法实施条例"})
_CLASSIFIED = "R14-1"
_STALE = "stale-"
_NUMERAL = r"[〇零一二三四五六七八九十百\d]+"
_CITATION = re.compile(
    rf"(?:《(?P<named>[^》]{{2,40}})》|(?P<bare>政府信息公开条例|条例))?(?:（[^（）]*）)?"
    rf"(?:第|(?<=条例)|(?<=》)|^(?=\d))(?P<article>{_NUMERAL})条"
    rf"(?:第?（?(?P<paragraph>{_NUMERAL})）?款)?(?:第?（?(?P<item>{_NUMERAL})）?项)?"
)
_STATUTE = re.compile(r"《(?:中华人民共和国)?(?P<name>[^》]{1,40}(?:(?<!办)法|条例))》")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_ITSELF = re.compile(r"(?:政府)?(?:信息公开)?条例(?:（[^（）]*）)?")
_NEGATIONS = (
    *("不", "不属", "不属于", "不涉及", "不存在", "不含", "不含有", "不是"),
    *("未", "未涉及", "没有", "没有涉及", "非", "无"),
)
_LONGEST = 2000
_REMEMBERED = 256
_DASH, _COLON = re.compile(r"[-—–－_]"), re.compile(r"[:：]")
_PARTS = re.compile(r"[，,；;。、/|+＋]+")
_FOLDED = str.maketrans(
    "()內資條項個隱業機務過記錄屬開關國緊議請報書", "（）内资条项个隐业机务过记录属开关国紧议请报书"
)
_BEFORE_REVISION = re.compile(r"2007|二〇〇七|二○○七|二零零七|492号")


@dataclass(frozen=True, slots=True)
class ReasonResolution:
    """The reason a text resolves to, or the fault it has; neither when nothing is recognised.

    `quote` is the part recognised; `candidates` holds every code the clause allows when the text does not tell them
    apart (`code` is then the first of them); `others` holds the codes of further clauses cited beside it.
    """

    code: str | None
    fault: ReasonFaultRow | None
    quote: str
    candidates: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Citation:
    quote: str
    instrument: str
    article: int
    paragraph: int | None
    item: int | None


def resolve_reason(text: str, rules: Rules) -> ReasonResolution:
    """Resolve `text` by the tables; a text that is stale or cites nothing usable resolves to a fault.

    One act asks half a dozen times for the same words, so that the tables remember the last few hundred.
    """
    known = rules.resolved
    found = known.get(text)
    if found is None:
        found = _resolved(text, rules)
        if len(known) >= _REMEMBERED:
            known.clear()
        known[text] = found
    return found


def _resolved(text: str, rules: Rules) -> ReasonResolution:
    bare = _bare(text)
    by_code = _resolve_code(bare, rules)
    if by_code is not None:
        return by_code
    if _BEFORE_REVISION.search(bare):
        return _resolve_fault(bare, rules)
    citations = tuple(_citations(bare))
    of_regulation = [citation for citation in citations if citation.instrument == REGULATION]
    resolved = [found for citation in of_regulation if (found := _resolve_citation(citation, bare, rules)) is not None]
    if resolved:
        best = min(resolved, key=lambda found: len(found.candidates))
        others = (found.code for found in resolved if found.code and found.code not in best.candidates)
        return replace(best, others=tuple(dict.fromkeys(others)))
    if of_regulation:
        return _resolve_fault(bare, rules)
    return _resolve_words(bare, rules.reasons) or _resolve_statute(bare, rules) or _resolve_fault(bare, rules)


def void_parts(text: str, resolution: ReasonResolution, rules: Rules) -> tuple[ReasonResolution, ...]:
    """Return the parts of a combined reason that resolve to a fault, beside the part that carries it.

    A part is what stands between commas and the like; a reason of one part has none.
    """
    parts = [part for part in _PARTS.split(_bare(text)) if part]
    if resolution.code is None or len(parts) == 1:
        return ()
    resolved = [resolve_reason(part, rules) for part in parts]
    return tuple(part for part in resolved if part.fault is not None and part.code is None)


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).translate(_FOLDED)
    return "".join(folded.split()).replace("中华人民共和国政府信息公开条例", REGULATION)


def _resolve_code(bare: str, rules: Rules) -> ReasonResolution | None:
    wanted = _COLON.split(_DASH.sub("-", bare), maxsplit=1)[0].upper()
    code = next((row.code for row in rules.reasons if row.code.upper() == wanted), None)
    return None if code is None else ReasonResolution(code, None, bare, (code,))


def _citations(bare: str) -> Iterator[_Citation]:
    """Yield the clauses cited; an article without instrument belongs to the one named before it, else the regulation."""
    instrument = REGULATION
    for match in _CITATION.finditer(bare):
        named = (match["named"] or "").removeprefix("中华人民共和国")
        if named:
            instrument = REGULATION if _ITSELF.fullmatch(named) else named
        elif match["bare"]:
            instrument = REGULATION
        article = _number(match["article"])
        if article is not None:
            paragraph, item = (_number(match[name]) if match[name] else None for name in ("paragraph", "item"))
            yield _Citation(match.group(), instrument, article, paragraph, item)


def _number(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    if "百" in text:
        return None
    tens, found, units = text.rpartition("十")
    digits = [_DIGITS.get(character) for character in (tens + units)]
    if None in digits or len(tens) > 1 or len(units) > 1:
        return None
    return (_DIGITS.get(tens, 1) * 10 if found else 0) + _DIGITS.get(units, 0)


def _resolve_citation(citation: _Citation, bare: str, rules: Rules) -> ReasonResolution | None:
    rows = [row for row in rules.reasons if any(_covers(reference, citation) for reference in row.references)]
    if not rows or any(
        fault.code.startswith(_STALE) and re.search(fault.pattern, bare) for fault in rules.reason_faults
    ):
        return None
    told = _resolve_words(bare, rows)
    if told is not None:
        return ReasonResolution(told.code, None, citation.quote, told.candidates)
    codes = tuple(row.code for row in rows if row.proposable) or tuple(row.code for row in rows)
    return ReasonResolution(codes[0], None, citation.quote, codes)


def _covers(reference: str, citation: _Citation) -> bool:
    """Whether the clause cited is the reference, contains it, or lies inside it."""
    clause = parse_reference(reference)
    if (clause.instrument, clause.article) != (citation.instrument, citation.article):
        return False
    pairs = ((clause.paragraph, citation.paragraph), (clause.item, citation.item))
    return all(mine is None or cited is None or mine == cited for mine, cited in pairs)


def _resolve_words(bare: str, rows: Sequence[ReasonRow]) -> ReasonResolution | None:
    """Take the row most of whose words (by length) stand in the text; rows that tie are all candidates."""
    scored = [(row.code, words) for row in rows if (words := _words_of(row, bare))]
    if not scored:
        return None
    best = max(sum(map(len, words)) for _, words in scored)
    tied = [(min(map(bare.index, words)), code, words) for code, words in scored if sum(map(len, words)) == best]
    tied.sort(key=lambda entry: entry[0])
    _, code, words = tied[0]
    return ReasonResolution(code, None, max(words, key=len), tuple(code for _, code, _ in tied))


def _words_of(row: ReasonRow, bare: str) -> list[str]:
    """Return the row's name and synonyms found in the text, without those that lie inside a longer one."""
    stated = [word for word in _bare_words(row.name, row.synonyms) if word in bare]
    if not stated:
        return stated
    found = {word for word in stated if _says(bare, word)}
    return sorted(word for word in found if not any(word != other and word in other for other in found))


@lru_cache(maxsize=1024)
def _bare_words(name: str, synonyms: tuple[str, ...]) -> tuple[str, ...]:
    return (_bare(name), *map(_bare, synonyms))


def _says(bare: str, word: str) -> bool:
    """Whether the text says the word and does not deny it (不涉及公众利益)."""
    place = bare.find(word)
    while place >= 0:
        if not bare.endswith(_NEGATIONS, 0, place):
            return True
        place = bare.find(word, place + len(word))
    return False


def _resolve_statute(bare: str, rules: Rules) -> ReasonResolution | None:
    """Take the name of another law or administrative regulation as R14-2 (the secrecy law as R14-1)."""
    for match in _STATUTE.finditer(bare):
        if match["name"] == REGULATION:
            continue
        code = _CLASSIFIED if match["name"] in _STATE_SECRET_LAWS else _FORBIDDEN_BY_LAW
        return ReasonResolution(code, None, match.group(), (code,)) if rules.reason(code) else None
    return None


def _resolve_fault(bare: str, rules: Rules) -> ReasonResolution:
    for fault in rules.reason_faults:
        match = re.search(fault.pattern, bare)
        if match is not None:
            return ReasonResolution(None, fault, match.group() or bare)
    return ReasonResolution(None, None, bare)
