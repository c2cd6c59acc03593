"""Links as people read them: linked without a person, waiting for one with candidates and evidence, without document."""

from collections.abc import Iterable

from attrtrack.cli.output import likelihood, local_time, told
from attrtrack.domain.evidence import Evidence
from attrtrack.domain.interpretations import Interpretation, Judgement, LinkableDocument, LinkDecision, LinkProposal
from attrtrack.workflow.linking import Judged, Linked

_TITLE, _QUOTE, _EVIDENCE = 60, 40, 4
_WORDS = {
    Judgement.CONFIRMED: "已确认",
    Judgement.REJECTED: "已否定",
    Judgement.AUTO: "自动关联",
    Judgement.PENDING: "待人判定",
}
_SOURCES = {
    "number": "文号",
    "title": "标题",
    "topic": "主题",
    "linked": "链接",
    "address": "地址",
    "date": "日期",
    "issuer": "机关",
    "body": "正文",
    "place": "地区",
    "country": "国家",
    "stage": "阶段",
    "kind": "类别",
    "doubt": "存疑",
}


class LinkReport:
    """Collects what a run proposed and prints it in three parts, the waiting ones with all that a person needs."""

    def __init__(self) -> None:
        self._linked: list[Linked] = []
        self._waiting: list[Linked] = []
        self._without: list[Linked] = []

    def add(self, item: Linked) -> None:
        """Take one interpretation in."""
        links = item.proposals.links
        if not links:
            self._without.append(item)
        elif links[0].decision is LinkDecision.AUTO:
            self._linked.append(item)
        else:
            self._waiting.append(item)

    def print(self, judged_by: str = "") -> None:
        """Print the parts and the summary; `judged_by` is the command by which a person answers."""
        if self._linked:
            print(f"一、自动关联 {len(self._linked)} 件")
        for item in self._linked:
            self._print_linked(item)
        if self._waiting:
            print(f"二、待人判定 {len(self._waiting)} 件")
        for item in self._waiting:
            self._print_waiting(item, judged_by)
        if self._without:
            print(f"三、没有对应文件 {len(self._without)} 件")
        for item in self._without:
            print(f"  {_interpretation(item.interpretation)}")
        print(
            f"自动关联 {len(self._linked)} 件，待人判定 {len(self._waiting)} 件，没有对应文件 {len(self._without)} 件"
        )

    @staticmethod
    def _print_linked(item: Linked) -> None:
        print(f"  {_interpretation(item.interpretation)}")
        for link, document in zip(item.proposals.links, item.documents, strict=True):
            if link.decision is LinkDecision.AUTO:
                print(f"    → {_document(document)}")
                print(f"       {_evidence(link)}")

    @staticmethod
    def _print_waiting(item: Linked, judged_by: str) -> None:
        print(f"  {_interpretation(item.interpretation)}")
        if item.interpretation.url:
            print(f"    {told(item.interpretation.url)}")
        for place, (link, document) in enumerate(zip(item.proposals.links, item.documents, strict=True), start=1):
            print(f"    {place}. {_document(document)}　{likelihood(link.probability)}")
            print(f"       {_evidence(link)}")
        if judged_by:
            best, identifier = item.proposals.links[0].document_id, item.interpretation.id
            print(f"    判定：{judged_by} {identifier} {best}，或 {judged_by} {identifier} none")


def print_standing(judged: Judged) -> None:
    """Print an interpretation with every pair and the matcher's evidence."""
    print(_interpretation(judged.recorded.interpretation))
    if judged.recorded.interpretation.url:
        print(f"  {told(judged.recorded.interpretation.url)}")
    for link in judged.links:
        probability = "" if link.probability is None else f"　{likelihood(link.probability)}"
        by = f"（{told(link.judged_by)}）" if link.judged_by else ""
        print(f"  {_WORDS[link.judgement]}{by} {link.document_id}{probability}")
        for line in _evidence_lines(link.evidence):
            print(f"     {line}")
    if not judged.links:
        print("  没有建议，也没有判定")


def print_history(judged: Judged) -> None:
    """Print what people did with an interpretation, one line an act."""
    for act in judged.acts:
        said = "、".join(f"{key}{_WORDS[word][1:] if word else '恢复待定'}" for key, word in act.words) or "—"
        undone = f"（撤销第 {act.undoes} 号）" if act.undoes is not None else ""
        print(f"  第 {act.number} 号 {local_time(act.at)} {told(act.by)} {act.act.chinese}{undone}：{said}")


def _interpretation(item: Interpretation) -> str:
    title = told(item.title or "（无标题）")[:_TITLE]
    facts = "　".join(
        part for part in (item.published.isoformat() if item.published else "", told(item.publisher or "")) if part
    )
    return f"{item.id}  {title}{'　' + facts if facts else ''}"


def _document(item: LinkableDocument) -> str:
    facts = "　".join(part for part in (told(item.number or ""), item.date.isoformat() if item.date else "") if part)
    return f"{item.id}  {told(item.title or '（无标题）')[:_TITLE]}{'　' + facts if facts else ''}"


def _evidence(link: LinkProposal) -> str:
    return "；".join(_evidence_lines(link.evidence)) or "没有逐字依据，请打开原文核对"


def _evidence_lines(evidence: Iterable[Evidence]) -> list[str]:
    """Return the first pieces of evidence, those of the same wording once."""
    lines = (f"{_SOURCES.get(item.source, item.source)}：{told(item.quote)[:_QUOTE]}" for item in evidence)
    return list(dict.fromkeys(lines))[:_EVIDENCE]
