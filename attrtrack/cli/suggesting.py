"""`suggest`: one letter at once, or a batch; needs no database, and hears the precedents of one that `--db` names.

Decision: this module imports only what one letter needs, since a drafter waits for a cold start.
"""

import argparse
import sys

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import likelihood, print_findings, print_row
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.proposals import Opinion, Proposal, Voice
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.proposing import suggest as propose_for
from attrtrack.workflow.proposing import suggest_by_register
from attrtrack.workflow.reading import read_document, read_file

_VOICES = {"mark": "标注", "rules": "规则", "model": "模型", "precedent": "先例"}
_WORTH_NAMING = 0.05


def suggest(options: argparse.Namespace) -> int:
    """Propose an attribute and a reason for a file, standard input, or each row of a batch."""
    if bool(options.file) == bool(options.batch):
        raise UsageError("suggest 需要一个文件（或 -），或者 --batch ROWS.jsonl，二者选一。")
    if options.file and options.file.endswith(".jsonl"):
        raise UsageError(f"{options.file} 是一批公文：请用 attrtrack suggest --batch {options.file}。")
    app = build_app(options.db, options.actor)
    if options.batch:
        from attrtrack.cli.batches import suggest_batch  # noqa: PLC0415 - one letter starts without what batches need

        return suggest_batch(app, options)
    if options.file == "-":
        document = read_document(app, sys.stdin.buffer.read(), "stdin.txt")
    else:
        document = read_file(app, options.file)
    proposal = suggest_by_register(app, document) if options.db else propose_for(app, document)
    if options.json:
        from attrtrack.workflow import shapes  # noqa: PLC0415 - the same

        print_row(shapes.proposal_row(options.file, proposal))
    else:
        print_proposal(app, options.file, document.title, proposal)
    return 0


def print_proposal(app: App, name: str, title: str | None, proposal: Proposal) -> None:
    """Print a proposal for people: attribute, doubt, reasons, quoted sentences, every voice."""
    print(name + (f"  {title}" if title else ""))
    if proposal.attribute is None:
        print(f"  建议：没有意见。{proposal.doubt or ''}")
    else:
        print(f"  建议：{_answer(proposal, proposal.attribute)}")
        if proposal.doubt:
            print(f"  存疑：{proposal.doubt}")
    _print_reasons(app, proposal)
    for evidence in proposal.evidence[:3]:
        print(f"  依据：“{' '.join(evidence.quote.split())[:80]}”")
    said = [opinion for opinion in proposal.voices if opinion.attribute is not None]
    divided = len({opinion.attribute for opinion in said}) > 1
    print(f"  各方{'不一致' if divided else ''}：{'；'.join(map(_opinion, said)) or '都没有意见'}")
    print_findings(proposal.findings)


def _answer(proposal: Proposal, attribute: DisclosureAttribute) -> str:
    sure = likelihood(proposal.probability) if proposal.probability is not None else None
    if proposal.abstained:
        return f"拿不准，请人工判断；先列为{attribute.chinese}" + (f"（综合各方，把握 {sure}）" if sure else "")
    return attribute.chinese + (f"（把握 {sure}）" if sure else "")


def _print_reasons(app: App, proposal: Proposal) -> None:
    """Print the reason with its articles and sentence, then those that come close, by name."""
    if reason := app.rules.reason(proposal.reason or ""):
        print(f"  理由：{reason.code} {reason.name}，{'、'.join(map(str, reason.references))}")
        print(f"        {reason.sentence}")
    others = [
        f"{row.code} {row.name}（{likelihood(item.probability)}）"
        for item in proposal.reasons
        if item.code != proposal.reason and item.probability >= _WORTH_NAMING and (row := app.rules.reason(item.code))
    ]
    if others:
        print(f"  也可能：{'；'.join(others[:2])}")


def _opinion(opinion: Opinion) -> str:
    """Say one voice's opinion; that of the precedents names the documents it rests on."""
    attribute = opinion.attribute.chinese if opinion.attribute else "没有意见"
    sure = f" {likelihood(opinion.probability)}" if opinion.probability is not None else ""
    documents = "、".join(evidence.source.partition(":")[2] for evidence in opinion.evidence)
    named = f"（{documents}）" if opinion.voice is Voice.PRECEDENT else ""
    return f"{_VOICES[opinion.voice.value]} {attribute}{sure}{named}"
