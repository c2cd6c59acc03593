"""`search`: words in titles, numbers, units and texts; `db reindex`: the index of them, made from the first."""

import argparse

from attrtrack.bootstrap import build_app
from attrtrack.cli.output import print_row, say, told
from attrtrack.domain.searching import Found
from attrtrack.workflow.indexing import IndexState, indexed_anew
from attrtrack.workflow.search_shapes import hit_row
from attrtrack.workflow.searching import Hit, Narrowed, Passage, search

_AS_LONG_AS_IT_TAKES = float("inf")
_NOT_CURRENT = {
    IndexState.BEHIND: "最近的登记还没有编入检索，可能查不到（登记库现在不能写入）。",
    IndexState.PARTIAL: "检索还没有编完，结果不全：请再运行一次。",
}


def search_words(options: argparse.Namespace) -> int:
    """Print what holds every word, newest first."""
    app = build_app(options.db, options.actor)
    narrowed = Narrowed(options.unit, options.year, Found(options.kind) if options.kind else None)
    words = " ".join(options.words)
    found = search(app, words, narrowed, limit=options.limit, seconds=_AS_LONG_AS_IT_TAKES)
    for hit in found.hits:
        if options.json:
            print_row(hit_row(hit))
        else:
            _print(hit)
    if found.index in _NOT_CURRENT:
        say(_NOT_CURRENT[found.index])
    if not options.json:
        print(_summary(len(found.hits), more=found.after is not None))
    return 0


def reindex(options: argparse.Namespace) -> int:
    """Make the search index from the first and say how many records it holds."""
    app, done = build_app(options.db, options.actor), 0
    for progress in indexed_anew(app):
        done = progress.done
    app.store.close()
    if options.json:
        print_row({"ok": True, "indexed": done})
    else:
        say(f"检索索引已从头编好：公文和解读共 {done} 条。")
    return 0


def _summary(count: int, *, more: bool) -> str:
    if not count:
        return "没有检索到。"
    return f"只列日期最近的 {count} 条，还有更多（--limit 可多列）。" if more else f"检索到 {count} 条。"


def _print(hit: Hit) -> None:
    number = f"{told(hit.number.text)}  " if hit.number else ""
    print(f"{hit.id}  {number}{_marked(hit.title) if hit.title else '（无标题）'}")
    about = (hit.unit.text if hit.unit else "", hit.day or "", hit.state.chinese if hit.state else "解读")
    print(f"  {told('　'.join(part for part in about if part))}")
    if hit.text is not None:
        print(f"  {_marked(hit.text)}")


def _marked(passage: Passage) -> str:
    """Return words with those searched for between brackets of their own."""
    pieces, done = list[str](), 0
    for span in passage.spans:
        pieces += [passage.text[done : span.start], "⟦", passage.text[span.start : span.end], "⟧"]
        done = span.end
    return told("".join([*pieces, passage.text[done:]]))
