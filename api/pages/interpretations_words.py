"""Interpretations and what is said of them, in the words of the pages."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode

from api.pages.contexts import Option, TabView
from api.pages.interpretations_views import (
    ActView,
    CandidateView,
    CopiedView,
    MissingView,
    PairView,
    ReadingView,
    ScopeView,
    SettingView,
    SignView,
)
from api.pages.wording import shortened, sure
from attrtrack.domain.compared_titles import ComparedFacet, Verdict
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.judgements import LinkAct, last_in_force
from attrtrack.domain.linked_readings import ListedReading, Standing
from attrtrack.domain.register import JournalEntry
from attrtrack.workflow.comparing import Candidate, Readings, SideBySide
from attrtrack.workflow.copying import MeasuredPair
from attrtrack.workflow.overview import Choices
from attrtrack.workflow.queueing import MissingRow
from attrtrack.workflow.signs import Sign, Signs, set_words

UNTITLED = "（无标题）"
JUDGEMENTS = {
    Judgement.PENDING: "待判定",
    Judgement.AUTO: "系统自动关联",
    Judgement.CONFIRMED: "已判定",
    Judgement.REJECTED: "已否定",
}
STANDINGS = {Standing.WAITING: "待判定", Standing.LINKED: "已关联", Standing.NONE: "没有关联公文"}
_SOURCES = {
    "number": "解读写明的文号",
    "title": "解读点名的文件",
    "topic": "标题说的事项相近",
    "linked": "网页链接到公文",
    "address": "网页链接到公文",
    "date": "日期",
    "issuer": "发布机关",
    "body": "正文相同",
    "place": "地区",
    "country": "国家",
    "stage": "阶段",
    "kind": "类别",
}
_DOUBT = "doubt"
_SHOWN_PAIRS, _EVIDENCE, _QUOTE = 2, 5, 80


def scope_view(choices: Choices, year: int | None, unit: str | None) -> ScopeView:
    """Return the filters of a list, with everything that they may be set to."""
    years = tuple(str(one) for one in choices.years)
    chosen = {"year": str(year) if year else "", "unit": unit or ""}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return ScopeView(chosen["year"], chosen["unit"], years, choices.units, query)


def address_of(path: str, query: str, **more: str) -> str:
    """Return an address with the query of a scope, and what comes before it."""
    said = "&".join(part for part in (urlencode({key: value for key, value in more.items() if value}), query) if part)
    return f"{path}?{said}" if said else path


def tabs(counts: dict[Standing, int], missing: int, scope: ScopeView, *, here: str) -> tuple[TabView, ...]:
    """Return the lists of interpretations and of what is missing, in the order in which they are to be dealt with."""
    found: list[tuple[str, str, int | None]] = [
        ("waiting", "待判定", counts[Standing.WAITING]),
        ("missing", "缺解读", missing),
        ("needs", "是否应解读", None),
        ("linked", "已关联", counts[Standing.LINKED]),
        ("none", "不关联任何公文", counts[Standing.NONE]),
        ("all", "全部", sum(counts.values())),
    ]
    return tuple(
        TabView(name, address_of("/needs", scope.query), count, here == code)
        if code == "needs"
        else TabView(name, address_of("/interpretations", scope.query, tab=code), count, here == code)
        for code, name, count in found
    )


def reading_views(found: Readings, query: str) -> tuple[ReadingView, ...]:
    """Return the rows of a list."""
    return tuple(_reading(row, found, query) for row in found.rows)


def _reading(row: ListedReading, found: Readings, query: str) -> ReadingView:
    shown = [(key, judgement) for key, judgement in row.pairs if key in found.titles]
    return ReadingView(
        id=row.id,
        href=address_of(f"/interpretations/{row.id}", query),
        title=shortened(row.title or row.url or UNTITLED),
        facts="　".join(filter(None, (row.published.isoformat() if row.published else "", row.publisher or ""))),
        forms="、".join(found.forms.get(code, code) for code in row.forms),
        channels="、".join(found.channels.get(code, code) for code in row.channels),
        pairs=tuple(
            PairView(shortened(found.titles[key] or UNTITLED), f"/documents/{key}", JUDGEMENTS[judgement])
            for key, judgement in shown[:_SHOWN_PAIRS]
        ),
        more=max(len(shown) - _SHOWN_PAIRS, 0),
    )


def missing_view(row: MissingRow) -> MissingView:
    """Say how many days are left for an interpretation."""
    left = row.days_left
    if left is None:
        return MissingView(row, "登记公开后起算", late=False)
    told = "（当年节假日安排未公布，按周末推算）" if row.provisional else ""
    if left < 0:
        return MissingView(row, f"已逾期 {-left} 天{told}", late=True)
    return MissingView(row, f"还有 {left} 天{told}" if left else f"今天到期{told}", late=False)


def candidate_view(item: Candidate, path: str, query: str) -> CandidateView:
    """Tell of a document all that speaks for it and against it."""
    document, link = item.recorded.document, item.link
    evidence = link.evidence if link else ()
    facets = item.titles.facets
    return CandidateView(
        id=item.recorded.id,
        title=document.title or UNTITLED,
        pieces=item.titles.there,
        here=item.titles.here,
        number=document.number or "（无文号）",
        facts="　".join(
            filter(
                None, ("、".join(document.issuers), document.date.isoformat() if document.date else "成文日期未写明")
            )
        ),
        standing=link.judgement.value if link else "",
        words=JUDGEMENTS[link.judgement] if link else "未曾建议",
        sure=sure(link.probability) if link else None,
        agrees="；".join(f"{one.name} {'、'.join(one.here)}" for one in facets if one.verdict is Verdict.AGREES),
        differs="；".join(
            f"{one.name} {'、'.join(one.here)} ≠ {'、'.join(one.there)}"
            for one in facets
            if one.verdict is Verdict.DIFFERS
        ),
        one_sided="；".join(_one_sided(one) for one in facets if one.verdict is Verdict.ONE_SIDED),
        evidence=_evidence_lines(one for one in evidence if one.source != _DOUBT),
        doubts=tuple(dict.fromkeys(one.quote for one in evidence if one.source == _DOUBT)),
        beside=address_of(path, query, beside=item.recorded.id),
    )


def _one_sided(one: ComparedFacet) -> str:
    side, words = ("解读", one.here) if one.here else ("公文", one.there)
    return f"{one.name} {'、'.join(words)}（只有{side}写明）"


def _evidence_lines(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    lines = (f"{_SOURCES.get(one.source, one.source)}：{shortened(one.quote, _QUOTE)}" for one in evidence)
    return tuple(dict.fromkeys(lines))[:_EVIDENCE]


def sign_view(item: Sign) -> SignView:
    """Say from where a form or channel was read."""
    if item.by_person:
        return SignView(item.name, "人工改定")
    if item.evidence is None:
        return SignView(item.name, "登记时读自台账或网页结构")
    if item.assumed:
        return SignView(item.name, "没有别的标志，按通常情形认作")
    return SignView(item.name, f"读自{item.evidence.source}“{shortened(item.evidence.quote, 40)}”")


def setting_view(signs: Signs) -> SettingView:
    """Return the form that sets forms and channels, as they are."""
    return SettingView(
        tuple(Option(code, name) for code, name in signs.all_forms),
        tuple(Option(code, name) for code, name in signs.all_channels),
        frozenset(sign.code for sign in signs.forms),
        frozenset(sign.code for sign in signs.channels),
    )


def copied_view(pair: MeasuredPair) -> CopiedView:
    """Say how much of an interpretation stands word for word in its document."""
    share = pair.measure.share
    said = (
        f"没有测算：{pair.why_not}" if share is None else f"{share:.0%} 的文字与公文原文相同，共 {len(pair.copied)} 处"
    )
    return CopiedView(
        said,
        "、".join(one.name for one in pair.elements if one.evidence is not None),
        "、".join(one.name for one in pair.missing),
        tuple(one.message for one in pair.findings),
    )


def act_views(sheet: SideBySide) -> tuple[ActView, ...]:
    """Return what people did, newest first."""
    last = last_in_force(sheet.judged.acts)
    told = [
        (_aware(act.at), act.by, act.act.chinese + _words_of(act), last is not None and act.number == last.number)
        for act in sheet.judged.acts
    ]
    told += [(_aware(entry.at), entry.actor, _set_words(entry), False) for entry in sheet.settings]
    told.sort(key=lambda item: item[0], reverse=True)
    return tuple(
        ActView(f"{at.astimezone():%Y-%m-%d %H:%M}", sheet.names.get(by, by), said, is_last)
        for at, by, said, is_last in told
    )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _set_words(entry: JournalEntry) -> str:
    forms, channels = set_words(entry)
    return f"改定形式：{'、'.join(forms)}；渠道：{'、'.join(channels) or '不明'}"


def _words_of(act: LinkAct) -> str:
    said = "、".join(f"{key} {JUDGEMENTS[word] if word else '恢复待定'}" for key, word in act.words)
    return f"：{said}" if said else ""
