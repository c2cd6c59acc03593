"""`read`: files and what they say of themselves; needs no database."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.lines import print_refusal
from attrtrack.cli.output import print_findings, print_row, shown
from attrtrack.domain.documents import Attachment, Document
from attrtrack.errors import AttrtrackError, InputRefusedError
from attrtrack.workflow import shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.reading import is_one_file, read_file


def read(options: argparse.Namespace) -> int:
    """Read files and print their elements."""
    app = build_app(options.db, options.actor)
    if options.out is None and is_one_file(options.paths):
        return _read_one(app, options.paths[0], as_json=options.json)
    from attrtrack.cli.reading_many import read_many  # noqa: PLC0415 - one letter starts without what batches need

    return read_many(app, options, print_outcome)


def _read_one(app: App, name: str, *, as_json: bool) -> int:
    try:
        document = read_file(app, name)
    except InputRefusedError as error:
        print_outcome(name, error, as_json=as_json)
        return 1
    print_outcome(name, document, as_json=as_json)
    return 0


def print_outcome(name: str, outcome: Document | AttrtrackError, *, as_json: bool) -> None:
    """Print what became of one file."""
    if isinstance(outcome, AttrtrackError):
        print_refusal(name, outcome, as_json=as_json)
    elif as_json:
        print_row(shapes.document_row(name, outcome))
    else:
        _print_document(name, outcome)


def _print_document(name: str, document: Document) -> None:
    row = shapes.document_row(name, document)
    print(f"{shown(name)}（{document.format}，{len(document.text)} 字）")
    labels = (
        ("title", "标题"), ("doc_number", "文号"), ("genre", "文种"), ("issuer", "发文机关"),
        ("addressee", "主送机关"), ("date", "成文日期"), ("print_date", "印发日期"),
    )  # fmt: skip
    for key, label in labels:
        print(f"  {label}：{row[key] or '（没有读到）'}")
    print(f"  公开标注：{'、'.join(mark.text for mark in document.marks) or '（没有读到）'}")
    if document.attachments:
        print(f"  附件：{'；'.join(map(_attachment_words, document.attachments))}")
    if document.copies:
        print(f"  抄送：{'、'.join(document.copies)}")
    if document.contact:
        print(f"  联系：{document.contact}")
    print_findings(f for f in document.findings if not f.code.endswith(("-missing", "-missing-in-text")))


def _attachment_words(item: Attachment) -> str:
    state = "" if item.named else "（附件说明未列）"
    return item.name + (state if item.present else "（文件中没有）")
