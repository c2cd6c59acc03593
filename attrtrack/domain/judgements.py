"""What people said of links, act by act: nothing is edited, an undo is an act of its own, and the words in force follow."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from attrtrack.domain.interpretations import Judgement


class Act(StrEnum):
    """What a person did: named the document, one more, refused one, refused all, or took the last act back.

    `ledger` is what an imported ledger states; `former` was judged before acts were kept one by one.
    """

    CHOOSE = "choose"
    ALSO = "also"
    REJECT = "reject"
    NONE = "none"
    UNDO = "undo"
    LEDGER = "ledger"
    FORMER = "former"

    @property
    def chinese(self) -> str:
        """What officials read in a history."""
        return _CHINESE[self]


_CHINESE = {
    Act.CHOOSE: "判定",
    Act.ALSO: "另判定",
    Act.REJECT: "否定",
    Act.NONE: "都不是",
    Act.UNDO: "撤销",
    Act.LEDGER: "台账载明",
    Act.FORMER: "原有判定",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word on one document (None: taken back, nobody has said), who said it and when."""

    judgement: Judgement | None
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class LinkAct:
    """One act on one interpretation: its number in the register and the word on each document that it touched.

    `undoes` is the number of the act that an undo took back.
    """

    number: int
    interpretation_id: str
    act: Act
    words: tuple[tuple[str, Judgement | None], ...]
    by: str
    at: dt.datetime
    undoes: int | None = None


def words_in_force(acts: Iterable[LinkAct]) -> dict[str, Word]:
    """Return the last word on each document after all acts, those that were undone left out."""
    history = list(acts)
    undone = {act.undoes for act in history}
    found: dict[str, Word] = {}
    for act in history:
        if act.act is not Act.UNDO and act.number not in undone:
            found.update((document, Word(word, act.by, act.at)) for document, word in act.words)
    return found


def last_in_force(acts: Sequence[LinkAct]) -> LinkAct | None:
    """Return the last act that is no undo and was not undone: the one that the next undo takes back."""
    undone = {act.undoes for act in acts}
    return next((act for act in reversed(acts) if act.act is not Act.UNDO and act.number not in undone), None)


def words_said(act: Act, document_id: str | None, standing: Mapping[str, Judgement]) -> dict[str, Judgement]:
    """Return the words that an act changes, given the judgement standing on each pair of the interpretation.

    To choose a document is to refuse every other that is suggested or confirmed; `also` and `reject` touch one pair.
    """
    said: dict[str, Judgement] = {}
    if act in {Act.CHOOSE, Act.NONE}:
        said = dict.fromkeys(standing, Judgement.REJECTED)
    if document_id is not None:
        said[document_id] = Judgement.REJECTED if act is Act.REJECT else Judgement.CONFIRMED
    return {document: word for document, word in said.items() if standing.get(document) is not word}


def words_restored(acts: Sequence[LinkAct], target: LinkAct) -> dict[str, Word | None]:
    """Return, for each document that `target` touched, the word in force before it; None where nobody had said."""
    before = words_in_force(act for act in acts if act.number != target.number)
    return {document: before.get(document) for document, _ in target.words}
