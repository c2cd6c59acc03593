"""The journal, for those who audit."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import Query
from fastapi.responses import StreamingResponse

from api.cursors import CursorText, Listing, PageSize, part_of
from api.dependencies import TheApp
from api.described import told
from api.permissions import needs
from api.routes.routers import resource
from api.schemas.journal import CheckpointRow, JournalAnswer, ProofAnswer, Verification
from api.schemas.shape import Row
from attrtrack.domain.access import Right
from attrtrack.domain.journal_proofs import Checkpoint
from attrtrack.workflow import journalling
from attrtrack.workflow.act_shapes import entry_row, proof_row
from attrtrack.workflow.app import App

router = resource("审计日志")
_Subject = Annotated[str | None, Query(min_length=1, max_length=100, description="只看这条记录，如 D12")]
_Since = Annotated[dt.date | None, Query(description="从哪一天起（UTC）")]
_LINES = "application/x-ndjson"
_PART = 2000


@router.get(
    "/journal",
    dependencies=[needs(Right.READ_JOURNAL)],
    response_model=JournalAnswer,
    **told("查看审计日志", "谁、何时、从哪里、对哪条记录做了什么，成功或被拒；按先后。"),
)
def get_journal(
    app: TheApp, subject: _Subject = None, since: _Since = None, limit: PageSize = 100, cursor: CursorText = None
) -> Row:
    """Return entries in order."""
    listing = Listing("journal", {"subject": subject, "since": since})
    after = listing.after(cursor) or (0,)
    moment = dt.datetime.combine(since, dt.time(), dt.UTC) if since else None
    found = list(journalling.entries(app, subject=subject, since=moment, after=after[0], limit=limit + 1))
    part = part_of(found, limit, listing, lambda entry: (entry.sequence,))
    return {"entries": [entry_row(entry) for entry in part.rows], "next": part.next}


@router.get(
    "/journal/export",
    dependencies=[needs(Right.READ_JOURNAL)],
    response_class=StreamingResponse,
    openapi_extra={"responses": {"200": {"content": {_LINES: {"schema": {"type": "string"}}}}}},
    **told("导出审计日志", "全部日志，一行一条 JSON；可在别的机器上用 attrtrack/verify 单独核对。"),
)
def get_journal_export(app: TheApp) -> StreamingResponse:
    """Return every entry, some thousands at a time; entries only ever follow, so that the parts make one whole."""
    headers = {"Content-Disposition": 'attachment; filename="journal.jsonl"'}
    return StreamingResponse(_lines(app), media_type=_LINES, headers=headers)


def _lines(app: App) -> Iterator[str]:
    after = 0
    while part := list(journalling.entries(app, after=after, limit=_PART)):
        yield "".join(json.dumps(entry_row(entry), ensure_ascii=False) + "\n" for entry in part)
        after = part[-1].sequence


@router.get(
    "/journal/checkpoint",
    dependencies=[needs(Right.READ_JOURNAL)],
    response_model=CheckpointRow,
    **told("取检查点", "审计日志末条的序号和摘要；请打印或存到本系统以外。", 422),
)
def get_checkpoint(app: TheApp) -> Row:
    """Return the journal's end as it stands."""
    return journalling.checkpoint_row(journalling.checkpoint(app))


@router.post(
    "/journal/verifications",
    dependencies=[needs(Right.READ_JOURNAL)],
    response_model=ProofAnswer,
    **told("核对审计日志", "重算全部摘要，与检查点和登记逐行核对；不改动任何内容。日志有问题也答 200，见 ok。", 422),
)
def post_verification(app: TheApp, asked: Verification) -> Row:
    """Prove the journal."""
    kept = asked.checkpoint
    checkpoint = None
    if kept is not None:
        checkpoint = Checkpoint(kept.of_register, kept.sequence, kept.hash, kept.at, kept.algorithm, kept.counts)
    return proof_row(journalling.prove(app, checkpoint))
