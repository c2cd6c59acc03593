"""What must be refused, by the register as an independent watch saw it: the laws of an office, written a second time."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from register_letters import JOINT, NEEDED, PEOPLE, POOR, SECRET, SOUND, TYPED, Letter
from register_watch import SETTLED, Row, Seen, Watch

from attrtrack.domain.access import RIGHTS
from attrtrack.domain.people import same_person

_FROM = {
    "declare": {"draft", "declared", "reviewed", "returned", *SETTLED},
    "review": {"declared", "reviewed", *SETTLED},
    "secrecy": {"draft", "declared", "reviewed", "returned", *SETTLED},
    "opinion": {"declared", "reviewed", *SETTLED},
    "sign": {"draft", "declared", "reviewed", *SETTLED},
    "publish": {*SETTLED, "issued_elsewhere"},
    "withdraw": {"draft", "declared", "reviewed", "returned"},
    "reexamine": SETTLED,
    "retract": {"reviewed", "returned", *SETTLED},
    "correct": {"draft"},
}


@dataclass
class Model:
    """The laws over one register; `peopled`: it knows accounts, and each has the rights of its roles."""

    watch: Watch
    peopled: bool

    def must_refuse(self, letter: Letter, who: str) -> str | None:
        """Say why an act must be refused, by the register as the watch saw it; None: nothing stands against it."""
        if self.peopled:
            unit, roles = PEOPLE[letter.person]
            if not any(NEEDED[letter.act] & RIGHTS[role] for role in roles):
                return "no right"
            there = self.watch.document(letter.key)
            if there is not None and unit != there["unit"]:
                return "another unit's"
        if letter.act == "record":
            return None
        document = self.watch.document(letter.key)
        if document is None or document["state"] not in _FROM[letter.act]:
            return "state"
        return self._against(letter, who, document)

    def _against(self, letter: Letter, who: str, document: Row) -> str | None:
        key, said, settled = letter.key, letter.said, document["state"] in SETTLED
        declared = self.watch.newest("declarations", key)
        decided = next((row for row in self.watch.of("decisions", key) if row["superseded_at"] is None), None)
        own = declared is not None and same_person(who, declared["declared_by"])
        stated = bool((said.get("because") or "").strip())
        awaited = _awaited(declared, decided)
        reasons: dict[str, Callable[[], bool]] = {
            "declare": lambda: settled and not stated,
            "review": lambda: not awaited or own or (said["result"] == "return" and not (said["comment"] or "").strip())
            or (said["result"] == "dispute" and said.get("attribute") is None),
            "secrecy": lambda: own,
            "opinion": lambda: not awaited or said["unit"] != JOINT or JOINT not in document["issuers"],
            "publish": lambda: decided is not None and decided["attribute"] != "proactive",
            "withdraw": lambda: not stated,
            "reexamine": lambda: not stated or decided is None or decided["attribute"] == "proactive",
            "retract": lambda: not awaited or not self._own_alone(declared, who),
            "correct": lambda: any(said[name] == poor for name, poor in POOR.items()),
        }  # fmt: skip
        if letter.act == "sign" and document["state"] == "draft":
            return "not declared by the program's own way"
        if letter.act == "sign":
            return self._unsignable(letter, who, declared, decided)
        return "the law" if reasons[letter.act]() else None

    def _unsignable(self, letter: Letter, who: str, declared: Row | None, decided: Row | None) -> str | None:
        stated = bool((letter.said["because"] or "").strip())
        if declared is None or declared["attribute"] is None:
            return "no attribute"
        against = {
            "one person": same_person(who, declared["declared_by"]),
            "no reason": declared["attribute"] != "proactive" and not (declared["reason"] or "").strip(),
            "no secrecy review": declared["attribute"] == "proactive" and not self._cleared(letter.key, declared),
            "the office": self._objected(declared, stated=stated),
            "a co-issuer": self._disagreed(letter.key, declared),
            "no reason for the change": decided is not None and not stated and not (declared["because"] or "").strip(),
            "decided already": not _awaited(declared, decided),
        }
        return next((words for words, there in against.items() if there), None)

    def _cleared(self, key: int, declared: Row) -> bool:
        made = self.watch.newest("secrecy_reviews", key)
        by_another = made is not None and not same_person(made["reviewed_by"], declared["declared_by"])
        return made is not None and made["result"] != "refused" and by_another

    def _own_alone(self, declared: Row | None, who: str) -> bool:
        said = self.watch.words_on(declared)
        results = [row["result"] for row in said]
        alone = results[-1:] not in ([], ["retract"]) and results[-2:-1] in ([], ["retract"])
        return alone and same_person(said[-1]["reviewed_by"], who)

    def _objected(self, declared: Row, *, stated: bool) -> bool:
        said = [row["result"] for row in self.watch.words_on(declared)]
        return said[-1:] == ["return"] or (said[-1:] == ["dispute"] and not stated)

    def _disagreed(self, key: int, declared: Row) -> bool:
        said = (row for row in self.watch.of("opinions", key) if row["declaration_id"] == declared["id"])
        return "disagree" in {row["unit"]: row["result"] for row in said}.values()

    def may_refuse(self, letter: Letter) -> bool:
        """Whether the gate may see more than the model: poor reasons, marks; a spoiled register."""
        declared = self.watch.newest("declarations", letter.key)
        if letter.act == "sign":
            sound = declared is not None and declared["reason"] == SOUND[declared["attribute"]]
            document = self.watch.document(letter.key) or {}
            return not sound or "此件" in str(document.get("text"))
        if letter.act == "retract":
            return letter.person in TYPED and not self.peopled  # at the web a name is typed in one way only
        return letter.act == "declare"

    def amiss(self, letter: Letter, seen: Seen, *, refused: bool) -> Iterator[str]:
        """Say what an act that was seen, done or refused, left otherwise than it should, or let out."""
        if any(SECRET in str(told) for told in (*seen.added.values(), *seen.entries)):
            yield "a secret is told"
        if refused:
            return
        if letter.act == "retract":
            yield from self._retracted(letter, seen)
        if letter.act == "correct":
            yield from self._corrected(letter, seen)

    def _retracted(self, letter: Letter, seen: Seen) -> Iterator[str]:
        """A word is added and nothing else; what is not settled waits for review again."""
        added = [(name.partition("/")[0], row.get("result")) for name, row in seen.added.items()]
        state = (self.watch.document(letter.key) or {})["state"]
        moved = {f"documents/{letter.key}"} if state == "declared" else set()
        if (
            added != [("reviews", "retract")]
            or seen.gone
            or set(seen.changed) != moved
            or state not in {"declared", *SETTLED}
        ):
            yield f"not one word taken back, or not waiting for review: {state}, {sorted(seen.rows)}"

    def _corrected(self, letter: Letter, seen: Seen) -> Iterator[str]:
        """A draft is withdrawn and says for what; the same text is a draft again, with elements as stated and nothing else."""
        former = self.watch.document(letter.key) or {}
        documents = [row for name, row in seen.added.items() if name.startswith("documents/")]
        made = documents[0] if documents else former
        issuers = json.loads(made["issuers"]) if isinstance(made["issuers"], str) else made["issuers"]
        now = {**made, "issuer": " ".join(issuers)}
        if wrong := [name for name, value in letter.said.items() if (now[name] or "") != value]:
            yield f"not as stated: {wrong}"
        if not documents:
            yield from (f"changed with nothing to correct: {name}" for name in seen.rows)
            return
        parts = sorted(name.partition("/")[0] for name in seen.added)
        if parts != ["documents", "evaluations", "proposals", "withdrawals"] or seen.gone:
            yield f"other rows than a record's and a withdrawal's: {parts}"
            return
        states = (former["state"], made["state"])
        if set(seen.changed) != {f"documents/{letter.key}"} or states != ("withdrawn", "draft"):
            yield f"before and anew {states}: {sorted(seen.changed)}"
        if other := [name for name in ("text", "content_hash", "unit", "file_name") if made[name] != former[name]]:
            yield f"lost on the way: {other}"
        withdrawn = seen.added[f"withdrawals/{letter.key}"]
        if not withdrawn["because"].endswith(f"D{made['id']}"):
            yield f"withdrawn for another: {withdrawn['because']}"


def _awaited(declared: Row | None, decided: Row | None) -> bool:
    return declared is not None and (decided is None or declared["declared_at"] > decided["decided_at"])
