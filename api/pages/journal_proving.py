"""`/journal/verification`: whether the journal and the register are as they were written, and what to do if not."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.dependencies import TheApp
from api.pages.contexts import DeskView, TroubleView
from api.pages.desk import TheDesk
from api.pages.downloads import TEXT, saved
from api.pages.forms import Typed, attempted, own_form
from api.pages.journal import PROOF, journal_places
from api.pages.journal_views import ProofPage, ProofView
from api.pages.rendering import show
from api.permissions import GuardedRoute, needs
from attrtrack.domain.access import Right
from attrtrack.domain.journal_proofs import Checkpoint, JournalProof
from attrtrack.domain.journal_words import row_words
from attrtrack.errors import UsageError
from attrtrack.workflow import journalling

router = APIRouter(route_class=GuardedRoute)
_LONGEST = 20_000
_SHOWN = 20
_READS = needs(Right.READ_JOURNAL)
_SEAL = (
    "请系统管理员停止服务，把数据库文件原样另存一份并封存，记下时间和在场人；在查明以前不要恢复备份，也不要继续办理。"
)
_REPORT = "向本机关分管负责人和网络安全、保密工作机构报告；由其决定是否用被改动以前的备份恢复（attrtrack restore）。"
_WHOLE = (
    "建议每月核对一次，并下载一个检查点，打印或者存到本系统以外。",
    "日志整段被换掉时，只有存在外面的检查点查得出来。",
)


@router.get(PROOF, dependencies=[_READS])
def get_proof_page(desk: TheDesk) -> HTMLResponse:
    """Show the form."""
    return show(_page(desk))


@router.post(PROOF, dependencies=[_READS, own_form()])
def post_proof(app: TheApp, desk: TheDesk, checkpoint: Typed = "") -> Response:
    """Verify the journal, with a checkpoint where one was pasted; nothing is changed."""
    return attempted(
        lambda: journalling.prove(app, _kept(checkpoint)),
        again=lambda trouble: _page(desk, checkpoint=checkpoint, trouble=trouble),
        done=lambda proof: show(_page(desk, checkpoint=checkpoint, proof=_view(proof))),
    )


@router.get("/journal/checkpoint.txt", dependencies=[_READS])
def get_checkpoint(app: TheApp) -> Response:
    """Give the journal's end as it stands, on a page to be printed."""
    taken = journalling.checkpoint(app)
    name = f"审计日志检查点第{taken.sequence}条.txt"
    return saved(journalling.checkpoint_page(taken).encode(), name, kind=TEXT, plain="checkpoint.txt")


def _page(
    desk: DeskView, *, checkpoint: str = "", proof: ProofView | None = None, trouble: TroubleView | None = None
) -> ProofPage:
    return ProofPage(
        title="核对日志",
        desk=desk,
        places=journal_places(PROOF),
        checkpoint=checkpoint,
        proof=proof,
        trouble=trouble,
    )


def _kept(text: str) -> Checkpoint | None:
    if not text.strip():
        return None
    if len(text) > _LONGEST:
        raise UsageError("检查点太长：请只粘贴检查点文件的内容。")
    found = journalling.checkpoint_in(text)
    if found is None:
        raise UsageError("粘贴的内容里没有检查点：请打开检查点文件，全部复制，包括最后一行。")
    return found


def _view(proof: JournalProof) -> ProofView:
    return ProofView(
        ok=proof.ok,
        sentence=journalling.proof_message(proof),
        broken_at=None if proof.first_bad is None else f"第 {proof.first_bad} 条",
        places=tuple(f"{row_words(item.row)}：{item.doubt.chinese}" for item in proof.doubtful[:_SHOWN]),
        more=max(0, proof.doubts - _SHOWN),
        outside=proof.outside[:_SHOWN],
        outside_more=max(0, proof.outside_entries - _SHOWN),
        steps=_steps(proof),
    )


def _steps(proof: JournalProof) -> tuple[str, ...]:
    """Say what to do now, the most urgent first."""
    if proof.ok:
        return _WHOLE
    steps = [_SEAL]
    if proof.first_bad is not None:
        steps.append(
            f"第 {proof.first_bad} 条以前的日志可信，从这一条起不可信：请对照备份和外存的检查点，查明是谁、何时改动。"
        )
    if proof.checkpoint_fault is not None:
        steps.append("先确认检查点是本登记的、没有抄错；确认无误的，说明检查点以前的日志被改动、删除或整段替换过。")
    if proof.doubts:
        steps.append("下面列出的行被绕过系统改动过：请逐行对照纸质件或备份，查清原来的内容；其余各行与日志一致。")
    return (*steps, _REPORT)
