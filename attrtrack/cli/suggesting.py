"""`suggest`: one letter at once, or a batch; needs no database.

Decision: this module imports only what one letter needs, since a drafter waits for a cold start.
"""

import argparse
import sys

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import likelihood, print_findings, print_row
from attrtrack.domain.proposals import Proposal
from attrtrack.errors import UsageError
from attrtrack.workflow.app import App
from attrtrack.workflow.proposing import suggest as propose_for
from attrtrack.workflow.reading import read_document, read_file

_VOICES = {"mark": "标注", "rules": "规则", "model": "模型"}


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
    proposal = propose_for(app, document)
    if options.json:
        from attrtrack.workflow import shapes  # noqa: PLC0415 - the same

        print_row(shapes.proposal_row(options.file, proposal))
    else:
        print_proposal(app, options.file, document.title, proposal)
    return 0


def print_proposal(app: App, name: str, title: str | None, proposal: Proposal) -> None:
    """Print a proposal for people: attribute, doubt, reason, quoted sentences, every voice."""
    print(name + (f"  {title}" if title else ""))
    if proposal.attribute is None:
        print(f"  建议：没有意见。{proposal.doubt or ''}")
    else:
        sure = f"把握 {likelihood(proposal.probability)}" if proposal.probability is not None else ""
        print(f"  建议：{proposal.attribute.chinese}（{sure}{'，请人工判断' if proposal.abstained else ''}）")
        if proposal.doubt:
            print(f"  存疑：{proposal.doubt}")
    if reason := app.rules.reason(proposal.reason or ""):
        print(f"  理由：{reason.code} {reason.name}，{'、'.join(map(str, reason.references))}")
        print(f"        {reason.sentence}")
    for evidence in proposal.evidence[:3]:
        print(f"  依据：“{' '.join(evidence.quote.split())[:80]}”")
    said = [
        f"{_VOICES[voice.voice.value]} {voice.attribute.chinese}"
        + (f" {likelihood(voice.probability)}" if voice.probability is not None else "")
        for voice in proposal.voices
        if voice.attribute is not None
    ]
    print(f"  各方：{'；'.join(said) or '都没有意见'}")
    print_findings(proposal.findings)
