"""`read`: files and what they say of themselves; needs no database."""

import argparse
from collections.abc import Iterator

from attrtrack.bootstrap import build_app
from attrtrack.cli.lines import print_refusal
from attrtrack.cli.output import print_findings, print_row
from attrtrack.domain.documents import Document
from attrtrack.errors import AttrtrackError, InputRefusedError
from attrtrack.workflow import shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.reading import find_files, read_file


def read(options: argparse.Namespace) -> int:
    """Read files and print their elements."""
    app = build_app(options.db, options.actor)
    refused = 0
    for name, outcome in _each_file(app, options.paths):
        if isinstance(outcome, AttrtrackError):
            refused += 1
            print_refusal(name, outcome, as_json=options.json)
        elif options.json:
            print_row(shapes.document_row(name, outcome))
        else:
            _print_document(name, outcome)
    return 1 if refused else 0


def _each_file(app: App, paths: list[str]) -> Iterator[tuple[str, Document | AttrtrackError]]:
    for found in find_files(paths):
        try:
            yield found.name, read_file(app, found.name) if found.error is None else found.error
        except InputRefusedError as error:
            yield found.name, error


def _print_document(name: str, document: Document) -> None:
    row = shapes.document_row(name, document)
    print(f"{name}（{document.format}，{len(document.text)} 字）")
    labels = (
        ("title", "标题"), ("doc_number", "文号"), ("genre", "文种"), ("issuer", "发文机关"),
        ("addressee", "主送机关"), ("date", "成文日期"), ("print_date", "印发日期"),
    )  # fmt: skip
    for key, label in labels:
        print(f"  {label}：{row[key] or '（没有读到）'}")
    print(f"  公开标注：{'、'.join(mark.text for mark in document.marks) or '（没有读到）'}")
    print_findings(f for f in document.findings if not f.code.endswith(("-missing", "-missing-in-text")))
