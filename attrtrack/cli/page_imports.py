"""`import-pages`: saved web pages of interpretations in, bad ones told by name."""

import argparse
from collections import Counter
from dataclasses import asdict

from attrtrack.bootstrap import build_app
from attrtrack.cli.lines import say_refusal
from attrtrack.cli.output import print_row, say, told
from attrtrack.cli.progress import Progress
from attrtrack.cli.settling import settle
from attrtrack.workflow import importing, shapes
from attrtrack.workflow.importing_pages import DOCUMENT_PAGE, ImportedPage, find_pages, import_pages
from attrtrack.workflow.reading_all import MOST_COUNTED
from attrtrack.workflow.reading_batch import ReadingBatch

_DONE = {"imported": "新增", "updated": "补全"}
_SHOWN = 60


def import_saved(options: argparse.Namespace) -> int:
    """Import saved pages; what was told has been kept."""
    app = build_app(options.db, options.actor, unit=options.unit)
    outcomes: Counter[str] = Counter()
    refused: list[tuple[str, str]] = []
    progress = Progress(quiet=options.quiet, total=_count(options.paths), noun="个网页")
    with ReadingBatch(options.jobs) as batch:
        for page in import_pages(app, find_pages(options.paths), batch, dry_run=options.dry_run):
            progress.clear()
            outcomes[page.outcome] += 1
            if page.error is not None:
                refused.append((page.file, page.error.code))
            _tell(page, as_json=options.json, dry_run=options.dry_run)
            progress.step()
    progress.clear()
    if not options.dry_run:
        settle(app)
    _tell_end(outcomes, refused, options)
    return 1 if refused or not outcomes else 0


def _count(paths: list[str]) -> int | None:
    total = 0
    for _ in find_pages(paths):
        total += 1
        if total > MOST_COUNTED:
            return None
    return total


def _tell(page: ImportedPage, *, as_json: bool, dry_run: bool) -> None:
    item, identifier = page.interpretation, None if dry_run else page.id
    if as_json:
        read = {
            "title": item.title if item else None,
            "url": item.url if item else None,
            "published": item.published.isoformat() if item and item.published else None,
            "publisher": item.publisher if item else None,
            "forms": list(item.forms) if item else [],
            "channels": list(item.channels) if item else [],
            "documents": list(page.documents),
        }
        error = shapes.error_row(page.error) if page.error else None
        print_row(
            {"file": page.file, "ok": error is None, "outcome": page.outcome, "id": identifier, **read, "error": error}
        )
    elif page.outcome == DOCUMENT_PAGE:
        print(f"读到文件 {'、'.join(page.documents)} 页面的链接  {told(page.file)}")
    elif item is not None and page.outcome in _DONE:
        facts = "　".join(
            (
                told(item.title or "（无标题）")[:_SHOWN],
                item.published.isoformat() if item.published else "（无日期）",
                told(item.publisher or "（无来源）"),
            )
        )
        print(f"{_DONE[page.outcome]} {identifier or '（试）'}  {facts}")
    if page.error is not None:
        say_refusal(page.file, page.error, as_json=as_json)


def _tell_end(outcomes: Counter[str], refused: list[tuple[str, str]], options: argparse.Namespace) -> None:
    summary = importing.summarise(outcomes)
    if options.json:
        print_row({**asdict(summary), "document_pages": outcomes[DOCUMENT_PAGE]})
        return
    tried = "（试运行，未写库）" if options.dry_run else ""
    pages = f"，读到 {outcomes[DOCUMENT_PAGE]} 份文件页面的链接" if outcomes[DOCUMENT_PAGE] else ""
    print(
        f"新增 {summary.imported} 件，补全 {summary.updated} 件，未变 {summary.unchanged} 件，拒收 {summary.refused} 件"
        f"{pages}{tried}"
    )
    if not outcomes:
        say("没有找到保存的网页（html、htm、mhtml、mht）：请检查路径。")
    kinds = Counter(code for _, code in refused)
    if kinds:
        say("拒收：" + "、".join(f"{code} {count} 个" for code, count in kinds.most_common()) + "，文件名见上")
