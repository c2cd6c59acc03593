"""The repositories of one transaction."""

from attrtrack.storage.corrections import Corrections
from attrtrack.storage.decisions import Decisions
from attrtrack.storage.declarations import Declarations
from attrtrack.storage.documents import Documents
from attrtrack.storage.evaluations import Evaluations
from attrtrack.storage.interpretations import Interpretations
from attrtrack.storage.journal import Journal
from attrtrack.storage.links import Links
from attrtrack.storage.needs import Needs
from attrtrack.storage.precedents import Precedents
from attrtrack.storage.proposals import Proposals
from attrtrack.storage.publications import Publications
from attrtrack.storage.queries import Queries
from attrtrack.storage.transaction import Transaction


class UnitOfWork:
    """Everything a use case may read and write, in one transaction; every write enters the journal with it."""

    def __init__(self, transaction: Transaction) -> None:
        self.journal = Journal(transaction)
        self.documents = Documents(transaction, self.journal)
        self.proposals = Proposals(transaction, self.journal)
        self.declarations = Declarations(transaction, self.journal)
        self.decisions = Decisions(transaction, self.journal)
        self.corrections = Corrections(transaction, self.journal)
        self.precedents = Precedents(transaction, self.journal)
        self.needs = Needs(transaction, self.journal)
        self.evaluations = Evaluations(transaction, self.journal)
        self.publications = Publications(transaction, self.journal)
        self.interpretations = Interpretations(transaction, self.journal)
        self.links = Links(transaction, self.journal)
        self.queries = Queries(transaction)
