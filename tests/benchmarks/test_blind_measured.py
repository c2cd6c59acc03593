"""The shipped model and rules on letters that nothing was ever made from: 144 letters of two further writers.

They lie in training_data/blind, where training does not look. Whoever corrects rules or cues by their errors makes the
figure worthless: then new letters are due.
"""

import time

from classifying_table import Bound, confusion_table, systems_table
from repository import MODELS, TRAINING_DATA

from attrtrack.domain.attributes import DisclosureAttribute
from attrtrack.nlp.artifact import load_model
from attrtrack.nlp.corpus import check_reasons, load_corpus
from attrtrack.nlp.figures import Judged, Truth, figures
from attrtrack.proposing import Proposer
from attrtrack.proposing.measuring import document_of, prediction_of
from attrtrack.rules import Rules

BLIND = TRAINING_DATA / "blind"


def test_letters_that_nothing_was_made_from(rules: Rules) -> None:
    """Rules and model together answer unseen writers as well as the project promises, and say when they do not know."""
    model = load_model(MODELS, rules)
    rows = load_corpus(BLIND)
    check_reasons(rows, rules)
    assert not {row.writer for row in rows} & set(model.facts.writers)
    proposer = Proposer(rules, model)
    started = time.process_time()
    judged = [Judged(Truth.of(row), prediction_of(proposer.propose(document_of(row)))) for row in rows]
    milliseconds = 1000 * (time.process_time() - started) / len(rows)
    found = figures(judged)
    print("\n" + systems_table("Blind letters", {"attrtrack": found}, milliseconds={"attrtrack": milliseconds}))
    print(confusion_table("confusion", found))
    print("not right:", ", ".join(one.truth.id for one in judged if not one.right))
    bounds = (
        Bound("balanced accuracy", found.balanced_accuracy, 0.95),
        Bound("balanced accuracy, hard letters", found.hard_balanced_accuracy, 0.88),
        Bound("contrast pairs both right", found.pairs_right, 0.70),
        Bound("answered", found.answered, 0.85),
        Bound("precision of answered", found.precision_answered, 0.98),
        Bound("reason first", found.reason_first, 0.90),
        Bound("reason in three", found.reason_in_three, 0.98),
        Bound("calibration error", found.calibration_error, 0.05, at_most=True),
        Bound("F2 of withheld", found.f2_withheld, 0.93),
    )
    print("\n".join(map(str, bounds)))
    assert not [str(bound) for bound in bounds if not bound.holds]
    assert {row.label for row in rows} == set(DisclosureAttribute)
