"""Whatever persons and the matcher do in whatever order, the last word of persons stands and nothing refused returns."""

import datetime as dt
import itertools
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from register_places import register_at

from attrtrack.domain.decisions import State
from attrtrack.domain.documents import Document
from attrtrack.domain.interpretations import Interpretation, Judgement, LinkDecision, LinkProposal, LinkProposals
from attrtrack.domain.judgements import Act
from attrtrack.storage import UnitOfWork, open_store

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
DOCUMENTS = tuple(f"D{number}" for number in range(1, 6))
_BY_A_PERSON = {Judgement.CONFIRMED, Judgement.REJECTED}
DOCUMENT = st.sampled_from(DOCUMENTS)
PERSON = st.sampled_from(("甲", "乙"))
PROPOSALS = st.lists(
    st.tuples(DOCUMENT, st.sampled_from((0.3, 0.6, 0.99)), st.sampled_from(LinkDecision)),
    max_size=5,
    unique_by=lambda link: link[0],
)


class Persons(RuleBasedStateMachine):
    """One interpretation, five documents, two persons, a ledger and the matcher; a model of their words beside them."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.store = open_store(url, clock=lambda: NOON, switches={})
        with self.store.unit_of_work("甲") as work:
            for name in DOCUMENTS:
                facts = {"content_hash": name, "unit": None, "file_name": None, "state": State.DRAFT}
                work.documents.add(Document(text=name), **facts)  # type: ignore[arg-type]  # fields of several types
            work.interpretations.add(Interpretation(id="", title="解读"), unit=None, year=None)
        self.words: list[dict[str, Judgement]] = [{}]
        self.acts = 0

    def teardown(self) -> None:
        """Close the register."""
        self.store.close()

    def standing(self, work: UnitOfWork) -> dict[str, Judgement]:
        """Return how each pair stands."""
        return {link.document_id: link.judgement for link in work.links.of("I1")}

    @rule(links=PROPOSALS)
    def propose(self, links: list[tuple[str, float, LinkDecision]]) -> None:
        """The matcher speaks: persons' words stay, and a judged interpretation is not touched at all."""
        with self.store.unit_of_work("系统") as work:
            before = self.standing(work)
            proposals = tuple(LinkProposal(*link, evidence=()) for link in links)
            kept = work.links.propose("I1", LinkProposals("I1", proposals))
            after = self.standing(work)
        confirmed = Judgement.CONFIRMED in before.values()
        assert (kept is None) == confirmed
        if kept is None:
            assert after == before
            return
        refused = {key for key, word in before.items() if word is Judgement.REJECTED}
        assert {link.document_id for link in kept.links} == {link[0] for link in links} - refused
        if self.words[-1]:
            assert all(link.decision is LinkDecision.REVIEW for link in kept.links)

    @rule(document=DOCUMENT, act=st.sampled_from((Act.CHOOSE, Act.ALSO, Act.REJECT)), by=PERSON)
    def judge(self, document: str, act: Act, by: str) -> None:
        """A person names or refuses a document."""
        self.keep(act, document, by)

    @rule(by=PERSON)
    def none(self, by: str) -> None:
        """A person says none of them."""
        self.keep(Act.NONE, None, by)

    def keep(self, act: Act, document: str | None, by: str) -> None:
        """Let a person act, and say the same in the model."""
        with self.store.unit_of_work(by) as work:
            standing = self.standing(work)
            changed = work.links.act("I1", act, document, by=by)
        if not changed:
            return
        words = dict(self.words[-1])
        if act in {Act.CHOOSE, Act.NONE}:
            words.update(dict.fromkeys(standing, Judgement.REJECTED))
        if document is not None:
            words[document] = Judgement.REJECTED if act is Act.REJECT else Judgement.CONFIRMED
        self.words.append(words)
        self.acts += 1

    @precondition(lambda self: len(self.words) > 1)
    @rule(by=PERSON)
    def undo(self, by: str) -> None:
        """A person takes the last act back."""
        with self.store.unit_of_work(by) as work:
            assert work.links.act("I1", Act.UNDO, None, by=by)
        self.words.pop()
        self.acts += 1

    @invariant()
    def the_last_words_stand(self) -> None:
        """Confirmed and refused are exactly what persons said last, and every act is kept."""
        with self.store.reading() as work:
            found = {key: word for key, word in self.standing(work).items() if word in _BY_A_PERSON}
            kept = work.links.acts("I1")
        assert found == self.words[-1]
        assert len(kept) == self.acts

    @invariant()
    def the_journal_is_whole(self) -> None:
        """Every act and every change of suggestions is in the chain."""
        with self.store.reading() as work:
            assert work.journal.verify() is None
            assert sum(entry.action == "judge-link" for entry in work.journal.entries("I1")) == self.acts


def test_the_last_word_of_persons_stands(tmp_path: Path) -> None:
    """Each sequence of acts has a register of its own."""
    files = (tmp_path / f"{number}.db" for number in itertools.count())
    run_state_machine_as_test(
        lambda: Persons(register_at(next(files))),
        settings=settings(max_examples=12, stateful_step_count=25, deadline=None),
    )
