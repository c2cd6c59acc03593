"""`record`, `declare`, `sign`, `publish`: the register's acts."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_findings, print_row, say
from attrtrack.domain.findings import Finding
from attrtrack.errors import GateRefusedError, InputRefusedError, TransitionNotAllowedError
from attrtrack.workflow import registering, shapes
from attrtrack.workflow.reading import find_files
from attrtrack.workflow.registering import Recorded


def record(options: argparse.Namespace) -> int:
    """Record files as drafts."""
    app = build_app(options.db, options.actor, unit=options.unit)
    refused = 0
    for found in find_files(options.paths):
        try:
            if found.error is not None:
                raise found.error
            done = registering.record_file(app, found.name)
        except InputRefusedError as error:
            refused += 1
            if options.json:
                print_row({"file": found.name, "refused": True, "error": shapes.error_row(error)})
            say(f"错误[{error.code}] {found.name}：{error.message}")
        else:
            _print_record(done, "已在库中" if done.already else "已登记", as_json=options.json)
    return 1 if refused else 0


def declare(options: argparse.Namespace) -> int:
    """Declare an attribute and a reason."""
    app = build_app(options.db, options.actor)
    return _act(lambda: registering.declare(app, options.id, options.attribute, options.reason), "已认定", options)


def sign(options: argparse.Namespace) -> int:
    """Sign a document off, unless the gate refuses."""
    app = build_app(options.db, options.actor)
    return _act(lambda: registering.sign(app, options.id), "已签发", options)


def publish(options: argparse.Namespace) -> int:
    """Register a publication."""
    app = build_app(options.db, options.actor)
    return _act(
        lambda: registering.publish(app, options.id, options.url, options.date, channel=options.channel),
        "已登记公开",
        options,
    )


def _act(act: "registering.Act", done: str, options: argparse.Namespace) -> int:
    try:
        recorded = act()
    except GateRefusedError as refusal:
        findings = [item for item in refusal.findings if isinstance(item, Finding)]
        if options.json:
            print_row({"refused": True, "findings": shapes.finding_rows(findings)})
        else:
            print(refusal.message)
            print_findings(findings)
        return 1
    except (InputRefusedError, TransitionNotAllowedError) as error:
        if not options.json:
            raise
        print_row({"refused": True, "findings": [], "error": shapes.error_row(error)})
        return 1
    _print_record(recorded, done, as_json=options.json)
    return 0


def _print_record(done: Recorded, what: str, *, as_json: bool) -> None:
    row = shapes.recorded_row(done.record)
    if as_json:
        print_row({**row, "findings": shapes.finding_rows(done.findings)})
        return
    attribute = done.record.attribute
    print(f"{what}：{row['id']}  {row['doc_number'] or '（无文号）'}  {row['title'] or '（无标题）'}")
    print(f"  状态：{done.record.state.chinese}　公开属性：{attribute.chinese if attribute else '未认定'}")
    print_findings(done.findings)
