"""Learning from decisions through the use cases: at once, kept, undone, and never silently against the law."""

from dataclasses import replace
from pathlib import Path

import pytest
from decided_letters import PRICE, QUERY
from register_places import register_at
from signed_off import DRAFTER, acting, decide, sign_as_others

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.domain.decisions import Decision
from attrtrack.domain.documents import Document
from attrtrack.domain.precedents import Source, Standing
from attrtrack.domain.proposals import Opinion, Proposal, Voice
from attrtrack.errors import BadRowError, GateRefusedError, TransitionNotAllowedError, UsageError
from attrtrack.proposing import Proposer
from attrtrack.workflow import learning, proposing, registering
from attrtrack.workflow.app import App
from attrtrack.workflow.proposing import propose, suggest, suggest_by_register
from attrtrack.workflow.registering import Recorded
from attrtrack.workflow.sheets import document_sheet

_P, _U, _W = DisclosureAttribute


@pytest.fixture
def app(tmp_path: Path) -> App:
    """The program with rules alone, so that no training decides what these tests show."""
    return _open(tmp_path)


def _open(folder: Path) -> App:
    (folder / "none").mkdir(exist_ok=True)
    url = register_at(folder / "register.db")
    return assemble(Settings(models_dir=folder / "none"), database_url=url, actor="王主任", unit="云栖市水务局")


def _record(app: App, folder: Path, text: str, number: int, town: str = "东山") -> Recorded:
    file = folder / f"{number}.txt"
    file.write_text(text.format(number=number, town=town), encoding="utf-8")
    return registering.record_file(app, str(file))


def _decide(app: App, document_id: str, attribute: DisclosureAttribute, reason: str | None = None) -> Recorded:
    registering.declare(acting(app, DRAFTER), document_id, attribute, reason, because="情况有变化")
    return sign_as_others(app, document_id)


def _proposed(recorded: Recorded) -> DisclosureAttribute | None:
    assert recorded.proposal is not None
    return recorded.proposal.attribute


def test_a_decision_changes_the_next_proposal_and_survives_a_restart(app: App, tmp_path: Path) -> None:
    """Decided withheld, a like letter is proposed withheld with the precedent named; a new process says the same."""
    first = _record(app, tmp_path, QUERY, 1)
    assert _proposed(first) is not _W
    _decide(app, first.record.id, _W, "R16-1b")
    second = _record(app, tmp_path, QUERY, 2, "西河")
    assert _proposed(second) is _W
    assert second.proposal is not None
    assert "precedent:D1" in {evidence.source for evidence in second.proposal.evidence}
    app.store.close()
    assert _proposed(_record(_open(tmp_path), tmp_path, QUERY, 3, "南关")) is _W


def test_suggesting_hears_precedents_only_with_a_register(app: App, tmp_path: Path) -> None:
    """A bare suggestion needs no database and has no precedents; by the register it has them and keeps nothing."""
    first = _record(app, tmp_path, QUERY, 1)
    _decide(app, first.record.id, _W, "R16-1b")
    assert suggest(app, first.record.document).attribute is not _W
    assert suggest_by_register(app, first.record.document).attribute is _W


def test_a_document_is_no_precedent_of_itself(app: App, tmp_path: Path) -> None:
    """Proposing anew for a decided document hears the others, or every decision would prove itself right."""
    first = _record(app, tmp_path, QUERY, 1)
    _decide(app, first.record.id, _W, "R16-1b")
    assert Voice.PRECEDENT not in {opinion.voice for opinion in propose(app, first.record.id).voices}


def test_against_the_law_teaches_nothing_until_resolved(app: App, tmp_path: Path) -> None:
    """A price withheld is shown as a conflict; the next proposal is the same until a person resolves, and can be undone."""
    first = _record(app, tmp_path, PRICE, 1)
    signed = _decide(app, first.record.id, _W, "R16-1b")
    (conflict,) = [finding for finding in signed.findings if finding.code == "precedent-conflict"]
    assert conflict.evidence
    assert first.record.id in conflict.message
    before = _record(app, tmp_path, PRICE, 2, "西河").proposal
    assert before is not None
    assert first.proposal is not None
    assert (before.attribute, before.probability, before.doubt) == (
        _P,
        first.proposal.probability,
        first.proposal.doubt,
    )
    sheet = document_sheet(app, first.record.id)
    assert "precedent-conflict" in {finding.code for finding in sheet.findings}
    assert [item.document_id for item in learning.list_precedents(app, conflicts=True)] == [first.record.id]

    learning.resolve(app, first.record.id, teach=True, note="已经法制审核")
    after = _record(app, tmp_path, PRICE, 3, "南关").proposal
    assert after is not None
    assert after.abstained
    assert "先例" in (after.doubt or "")
    assert learning.list_precedents(app, conflicts=True) == []
    assert "precedent-conflict" not in {finding.code for finding in document_sheet(app, first.record.id).findings}

    assert learning.resolve(app, first.record.id, teach=False, note="审定有误").standing is Standing.SET_ASIDE
    again = _record(app, tmp_path, PRICE, 4, "北仓").proposal
    assert again is not None
    assert (again.attribute, again.doubt) == (_P, before.doubt)


def test_a_correction_outweighs_the_decision_and_touches_nothing(app: App, tmp_path: Path) -> None:
    """The like letter follows the assessor; declaration and decision of the corrected document stay as they were."""
    first, other = _record(app, tmp_path, QUERY, 1), _record(app, tmp_path, QUERY, 2, "西河")
    for recorded in (first, other):
        _decide(app, recorded.record.id, _W, "R16-1b")
    corrected, _ = learning.correct(app, first.record.id, "依申请公开", reason="U27-1", note="抽查")
    assert corrected.attribute is _W
    assert corrected.decision is not None
    assert corrected.decision.attribute is _W
    assert corrected.correction is not None
    proposal = _record(app, tmp_path, QUERY, 3, "南关").proposal
    assert proposal is not None
    assert (proposal.attribute, proposal.abstained) == (_U, False)

    withdrawn, _ = learning.withdraw_correction(app, first.record.id)
    assert withdrawn.correction is None
    assert _proposed(_record(app, tmp_path, QUERY, 4, "北仓")) is _W
    with pytest.raises(TransitionNotAllowedError, match="无需撤回"):
        learning.withdraw_correction(app, first.record.id)


def test_a_decision_does_not_outvote_a_standing_correction(app: App, tmp_path: Path) -> None:
    """Decided again after the correction, the document still teaches the correction."""
    first = _record(app, tmp_path, QUERY, 1)
    learning.correct(app, first.record.id, "on_request")
    _decide(app, first.record.id, _W, "R16-1b")
    (precedent,) = learning.list_precedents(app)
    assert (precedent.lesson.source, precedent.lesson.attribute) == (Source.CORRECTION, _U)


def test_a_superseded_decision_no_longer_teaches(app: App, tmp_path: Path) -> None:
    """Decided anew, the later decision speaks, with more weight than a first one."""
    first = _record(app, tmp_path, QUERY, 1)
    _decide(app, first.record.id, _W, "R16-1b")
    _decide(app, first.record.id, _U, "U27-1")
    assert _proposed(_record(app, tmp_path, QUERY, 2, "西河")) is _U
    (precedent,) = learning.list_precedents(app)
    assert precedent.lesson.weight == learning.LATER_DECISION > learning.FIRST_DECISION
    assert learning.CORRECTION > learning.LATER_DECISION


def test_a_corrections_conflict_is_shown_too(app: App, tmp_path: Path) -> None:
    """An assessor who would withhold what article 20 names is asked as well."""
    first = _record(app, tmp_path, PRICE, 1)
    _, found = learning.correct(app, first.record.id, "withheld", reason="R16-1b")
    assert [finding.code for finding in found] == ["precedent-conflict"]


def test_removal_as_classified_takes_the_precedent(app: App, tmp_path: Path) -> None:
    """A decided document that is declared a state secret leaves no precedent behind."""
    first = _record(app, tmp_path, QUERY, 1)
    _decide(app, first.record.id, _W, "R16-1b")
    with pytest.raises(GateRefusedError, match="移除"):
        registering.declare(app, first.record.id, "withheld", "R14-1")
    assert learning.list_precedents(app) == []
    second = _record(app, tmp_path, QUERY, 2, "西河")
    assert _proposed(second) is not _W


def test_earlier_decisions_are_gathered_once(app: App, tmp_path: Path) -> None:
    """Decisions made before there were precedents become such when asked, and only once."""
    first = _record(app, tmp_path, QUERY, 1)
    with app.unit_of_work() as work:
        decide(work, first.record.id, Decision(_W, "R16-1b", "王主任", app.clock(), "r"))
    assert learning.gather(app) == 1
    assert learning.gather(app) == 0
    assert _proposed(_record(app, tmp_path, QUERY, 2, "西河")) is _W


def test_what_cannot_be_meant_is_told(app: App, tmp_path: Path) -> None:
    """No attribute, an unknown one, a reason that does not carry it, a precedent that is not there."""
    first = _record(app, tmp_path, QUERY, 1).record.id
    with pytest.raises(UsageError, match="--attribute"):
        learning.correct(app, first, None)
    with pytest.raises(BadRowError, match="看不懂"):
        learning.correct(app, first, "半公开")
    with pytest.raises(BadRowError, match="对应不到"):
        learning.correct(app, first, "on_request", reason="R16-1a")
    with pytest.raises(TransitionNotAllowedError, match="没有先例"):
        learning.resolve(app, first, teach=True, note=None)


class _SureModel(Proposer):
    """The rules with a model's voice that is sure of a fee standard, whatever it is asked."""

    def made(self, proposal: Proposal) -> bool:
        """It is a newer model than the one that made the kept proposal."""
        del proposal
        return False

    def propose(self, document: Document, precedents: object = ()) -> Proposal:
        said = Opinion(Voice.MODEL, _P, reason="P20-08", probability=0.93)
        return replace(super().propose(document, precedents), voices=(said,))  # type: ignore[arg-type]


def test_what_the_model_is_sure_must_be_published_waits_too(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No rule hits, the model is sure of article 20: the decision is a conflict and changes no proposal."""
    first = _record(app, tmp_path, QUERY, 1)
    monkeypatch.setattr(learning, "usable_proposer", lambda app: _SureModel(app.rules, None))
    signed = _decide(app, first.record.id, _W, "R16-1b")
    (conflict,) = [finding for finding in signed.findings if finding.code == "precedent-conflict"]
    assert "模型" in conflict.message
    (waiting,) = learning.list_precedents(app, conflicts=True)
    assert waiting.lesson.opposed == ("model",)
    assert _proposed(_record(app, tmp_path, QUERY, 2, "西河")) is not _W


def test_a_broken_model_stops_no_signing(app: App, tmp_path: Path) -> None:
    """Signing goes on with the rules alone when the model cannot be used."""
    first = _record(app, tmp_path, QUERY, 1)
    (tmp_path / "none" / "manifest.json").write_text("{}", encoding="utf-8")
    _decide(_open(tmp_path), first.record.id, _W, "R16-1b")
    assert [item.standing for item in learning.list_precedents(app)] == [Standing.TEACHING]
    assert proposing.usable_proposer(_open(tmp_path)).model is None


def test_what_a_person_set_aside_stays_so_after_a_correction_is_withdrawn(app: App, tmp_path: Path) -> None:
    """A correction that comes and goes does not let a precedent teach that a person had set aside."""
    first = _record(app, tmp_path, QUERY, 1)
    _decide(app, first.record.id, _W, "R16-1b")
    learning.resolve(app, first.record.id, teach=False, note="个案")
    learning.correct(app, first.record.id, "on_request")
    learning.withdraw_correction(app, first.record.id)
    (precedent,) = learning.list_precedents(app)
    assert (precedent.standing, precedent.resolution and precedent.resolution.note) == (Standing.SET_ASIDE, "个案")
    assert _proposed(_record(app, tmp_path, QUERY, 2, "西河")) is not _W


def test_another_units_decision_does_not_decide_alone(app: App, tmp_path: Path) -> None:
    """It is heard in part; the unit's own and an assessor's word are heard in full."""
    other = replace(app, unit="南屏市水务局")
    first = _record(other, tmp_path, QUERY, 1)
    _decide(other, first.record.id, _W, "R16-1b")
    second = _record(app, tmp_path, QUERY, 2, "西河")
    assert second.proposal is not None
    assert not (second.proposal.attribute is _W and not second.proposal.abstained)
    with app.reading() as work:
        (match,) = learning.precedents_like(app, work, second.record.document, unit=app.unit)
        (own,) = learning.precedents_like(app, work, second.record.document, unit=other.unit)
    assert match.share < own.share == 1.0
    learning.correct(other, first.record.id, "withheld", reason="R16-1b")
    assert _proposed(_record(app, tmp_path, QUERY, 3, "南关")) is _W


def test_an_assessor_who_names_a_state_secret_has_the_document_removed(app: App, tmp_path: Path) -> None:
    """As when a drafter names it: nothing of a classified document may stay here."""
    first = _record(app, tmp_path, QUERY, 1)
    with pytest.raises(GateRefusedError, match="移除") as refusal:
        learning.correct(app, first.record.id, "withheld", reason="涉及国家秘密", note="见密件")
    assert [finding.code for finding in refusal.value.findings] == ["secret-reason"]  # type: ignore[attr-defined]
    with app.reading() as work:
        assert not work.documents.has(first.record.id)
