"""Asking whether the person acting may: the first line of every use case that reads or changes the register.

What a person sees is not asked here: transactions of an acting app hold only the records of the units seen (see
`Transaction.units`), and everything else answers like what is not there.
"""

from attrtrack.domain.access import Right
from attrtrack.errors import NotPermittedError
from attrtrack.workflow.app import App


def permitted(app: App, *rights: Right, subject: str = "-") -> None:
    """Raise `NotPermittedError` unless the person acting has one of the rights; the refusal enters the journal.

    Asked before a transaction is opened, since the refusal is journalled in one of its own and writers take turns.
    """
    try:
        if not any(app.access.may(right) for right in rights):
            app.ensure(rights[0])
    except NotPermittedError:
        wanted = ",".join(right.value for right in rights)
        with app.store.unit_of_work(app.actor, app.origin) as work:
            work.journal.append("refuse-access", subject, "refused", {"right": wanted})
        raise
