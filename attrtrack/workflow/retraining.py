"""Train anew with what the office has decided, compare with the present model, replace it only when told to, undo.

Decision: the register's documents join the training letters as those of one more writer, `office`, each as often as its
precedent weighs (a correction twice a first decision); what is in conflict with a rule or set aside takes no part. Rules
may have come since something was decided: what nobody has resolved is asked of the present rules again. The model that is
replaced is kept beside the new one, so that it can be put back.
"""

import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrtrack.domain.access import Right
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.documents import Document
from attrtrack.domain.precedents import Precedent, PrecedentMatch, Standing
from attrtrack.errors import EmptySourceError, EnvironmentFailedError, ModelUnusableError
from attrtrack.proposing import Proposer
from attrtrack.proposing.measuring import document_of
from attrtrack.workflow.app import App
from attrtrack.workflow.learning import reason_code, teaching_for
from attrtrack.workflow.permitting import permitted
from attrtrack.workflow.proposing import usable_proposer
from attrtrack.workflow.training import Progress, uninterrupted

if TYPE_CHECKING:
    from attrtrack.nlp.classifier import Model
    from attrtrack.nlp.corpus import LetterRow
    from attrtrack.storage import UnitOfWork

OFFICE = "office"
PREVIOUS = "previous"
_COPIES = 2.0
_AT_ONCE = 100
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Change:
    """A document that the new model answers otherwise than the present one, and whether each answer is right."""

    id: str
    title: str
    right: tuple[DisclosureAttribute, ...]
    before: DisclosureAttribute | None
    after: DisclosureAttribute | None
    of_office: bool

    @property
    def gained(self) -> bool:
        """Whether the new answer is right and the present one wrong."""
        return self.after in self.right and self.before not in self.right

    @property
    def lost(self) -> bool:
        """Whether the new answer is wrong and the present one right."""
        return self.before in self.right and self.after not in self.right


@dataclass(frozen=True, slots=True)
class Retrained:
    """A model trained anew, not yet put in place, and what it would change."""

    model: "Model"
    current: str | None
    learnt: int
    left_out: tuple[tuple[str, str], ...]
    compared: int
    changes: tuple[Change, ...]

    @property
    def gained(self) -> tuple[Change, ...]:
        """What only the new model gets right."""
        return tuple(change for change in self.changes if change.gained)

    @property
    def lost(self) -> tuple[Change, ...]:
        """What only the present model gets right."""
        return tuple(change for change in self.changes if change.lost)


def retrain(app: App, data: Path | None, *, year: int | None = None, progress: Progress) -> Retrained:
    """Train on the training letters and the register's teaching precedents (of one year or all); nothing is written."""
    permitted(app, Right.RUN_JOBS)
    from attrtrack.nlp.corpus import load_corpus  # noqa: PLC0415 - scikit-learn is loaded for training only
    from attrtrack.nlp.training import train as fit  # noqa: PLC0415 - the same

    left_out: list[tuple[str, str]] = []
    taught = list(_taught(app, year, left_out))
    if not taught:
        raise EmptySourceError("登记中没有可用于训练的先例：先审定或更正一些有正文的文件。")
    letters = load_corpus(data or app.training_folder)
    repeated = [copy for row, weight in taught for copy in _copies(row, weight)]
    model = fit((*letters, *repeated), app.rules, progress=progress)
    own, current = tuple(row for row, _ in taught), usable_proposer(app)
    return Retrained(
        model=model,
        current=current.model.version if current.model is not None else None,
        learnt=len(own),
        left_out=tuple(left_out),
        compared=len(own) + len(letters),
        changes=tuple(_changes(current, Proposer(app.rules, model), (*own, *letters), progress=progress)),
    )


def _taught(app: App, year: int | None, left_out: list[tuple[str, str]]) -> "Iterator[tuple[LetterRow, float]]":
    """Yield the documents of teaching precedents as labelled letters with their weights; tell of those left out."""
    from attrtrack.nlp.forking import for_each  # noqa: PLC0415 - loaded where something is trained

    read = partial(_row, app, usable_proposer(app))
    with app.reading() as work:
        precedents = list(work.precedents.live(standing=Standing.TEACHING, year=year))
        for precedent, (row, why) in zip(precedents, for_each(read, _documents(work, precedents)), strict=True):
            if row is not None:
                yield row, precedent.lesson.weight
            else:
                left_out.append((precedent.document_id, why))


def _documents(work: "UnitOfWork", precedents: Sequence[Precedent]) -> Iterator[tuple[Document, Precedent]]:
    """Yield the document of each precedent, asked for part by part: their texts need room."""
    for start in range(0, len(precedents), _AT_ONCE):
        part = precedents[start : start + _AT_ONCE]
        found = work.documents.several(precedent.document_id for precedent in part)
        yield from ((found[precedent.document_id].document, precedent) for precedent in part)


def _row(app: App, proposer: Proposer, taught: tuple[Document, Precedent]) -> "tuple[LetterRow | None, str]":
    from attrtrack.nlp.corpus import LetterRow  # noqa: PLC0415 - as above

    document, precedent = taught
    lesson = precedent.lesson
    if not document.text.strip() or not lesson.sketch:
        return None, "没有正文"
    if document.genre is None:
        return None, "文种不明"
    if precedent.resolution is None and _is_opposed(app, document, lesson.attribute):
        return None, "与现行的规则或模型冲突，确认后用 attrtrack resolve 处理"
    reason = reason_code(app, lesson.attribute, lesson.reason) or _likely_reason(proposer, document, precedent)
    if reason is None:
        return None, "没有理由"
    row = LetterRow(
        id=precedent.document_id,
        writer=OFFICE,
        title=document.title or "",
        genre=document.genre.value,
        issuer=document.issuer or "",
        issuer_group="other",
        addressee=document.addressee or "",
        date=document.date.isoformat() if document.date else "",
        text=_unmarked(document),
        label=lesson.attribute,
        reason=reason,
        acceptable=(lesson.attribute,),
        difficulty="medium",
        evidence=(),
        pair=None,
    )
    return row, ""


def _is_opposed(app: App, document: Document, attribute: DisclosureAttribute) -> bool:
    """Whether rules or model speak against what was decided; nothing ever does against publishing."""
    return attribute is not DisclosureAttribute.PROACTIVE and bool(teaching_for(app, document, attribute).opposed)


def _likely_reason(proposer: Proposer, document: Document, precedent: Precedent) -> str | None:
    """Return the reason most likely to carry what was decided, where nobody stated one."""
    proposal = proposer.propose(document, (PrecedentMatch(precedent, 1.0),))
    return proposal.reason if proposal.attribute is precedent.lesson.attribute else None


def _unmarked(document: Document) -> str:
    from attrtrack.proposing.by_mark import without_marks  # noqa: PLC0415 - as above

    return without_marks(document)


def _copies(row: "LetterRow", weight: float) -> "Iterator[LetterRow]":
    from dataclasses import replace  # noqa: PLC0415 - as above

    for number in range(round(weight * _COPIES)):
        yield replace(row, id=f"{row.id}~{number}")


def _changes(before: Proposer, after: Proposer, rows: "Sequence[LetterRow]", *, progress: Progress) -> Iterator[Change]:
    """Yield the documents on which two proposers differ; precedents are not heard, so that the models are compared."""
    from attrtrack.nlp.forking import for_batches  # noqa: PLC0415 - as above

    for number, change in enumerate(for_batches(partial(_compared, before, after), rows), start=1):
        if change is not None:
            yield change
        progress("比较", number, len(rows))


def _compared(before: Proposer, after: Proposer, rows: "Sequence[LetterRow]") -> list[Change | None]:
    documents = list(map(document_of, rows))
    return [
        Change(row.id, row.title, row.acceptable, old.attribute, new.attribute, row.writer == OFFICE)
        if old.attribute is not new.attribute
        else None
        for row, old, new in zip(rows, before.propose_many(documents), after.propose_many(documents), strict=True)
    ]


def check_place(folder: Path) -> None:
    """Refuse a folder that lies in an installed package or cannot be written, before anything is trained."""
    place = folder.resolve()
    installed = {_PACKAGE, *(Path(path).resolve() for path in map(sysconfig.get_path, ("purelib", "platlib")))}
    existing = next(path for path in (place, *place.parents) if path.exists())
    if installed & {place, *place.parents} or not _can_be_written(existing):
        raise EnvironmentFailedError(
            f"模型文件夹 {folder} 在安装目录里或者不可写，没有训练：请把 ATTRTRACK_MODELS_DIR 设为本单位的文件夹，或用 --out 指定。"
        )


def _can_be_written(folder: Path) -> bool:
    """Try it: what permissions say is not true of every file system, nor for every user."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def install(app: App, retrained: Retrained, folder: Path) -> str:
    """Put a model trained anew in place, keeping the present one beside it; return its digest."""
    permitted(app, Right.RUN_JOBS)
    from attrtrack.nlp.artifact import save_model  # noqa: PLC0415 - only writing needs it

    check_place(folder)
    present = usable_proposer(app).model
    with app.unit_of_work() as work, uninterrupted():
        if present is not None and not _still(present, app.models_folder):
            raise ModelUnusableError(
                "比较之后现用的模型已被别人替换，没有改动：请重新运行 attrtrack train --from-register。"
            )
        if present is not None:
            save_model(present, folder / PREVIOUS)
        digest = save_model(retrained.model, folder)
        detail = {"model": retrained.model.version, "previous": retrained.current, "documents": retrained.learnt}
        work.journal.append("replace-model", "-", "done", detail)
    return digest


def restore(app: App, folder: Path) -> str:
    """Put the previous model back and keep the present one in its place, so that this can be undone too."""
    permitted(app, Right.RUN_JOBS)
    from attrtrack.nlp.artifact import load_model, save_model  # noqa: PLC0415 - only writing needs it

    check_place(folder)
    if not (folder / PREVIOUS).is_dir():
        raise EnvironmentFailedError(f"{folder} 里没有保存以前的模型（{PREVIOUS}），没有改动。")
    with app.unit_of_work() as work, uninterrupted():
        before, present = load_model(folder / PREVIOUS, app.rules), _loaded(folder)
        digest = save_model(before, folder)
        if present is not None:
            save_model(present, folder / PREVIOUS)
        detail = {"model": before.version, "previous": present.version if present is not None else None}
        work.journal.append("restore-model", "-", "done", detail)
    return digest


def _loaded(folder: Path) -> "Model | None":
    """Return the model in a folder; None when it is broken, which is what a person puts the previous one back for."""
    from attrtrack.nlp.artifact import load_model  # noqa: PLC0415 - only writing needs it

    try:
        return load_model(folder)
    except ModelUnusableError:
        return None


def _still(model: "Model", folder: Path) -> bool:
    found = _loaded(folder)
    return found is not None and found.digest == model.digest
