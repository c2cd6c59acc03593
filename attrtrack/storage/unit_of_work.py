"""The repositories of one transaction."""

from attrtrack.storage.account_lists import AccountLists
from attrtrack.storage.accounts import Accounts
from attrtrack.storage.answers import Answers
from attrtrack.storage.assessment_acts import AssessmentActs
from attrtrack.storage.browsing import Browsing
from attrtrack.storage.corrections import Corrections
from attrtrack.storage.cuts import Cuts
from attrtrack.storage.decisions import Decisions
from attrtrack.storage.declarations import Declarations
from attrtrack.storage.documents import Documents
from attrtrack.storage.evaluations import Evaluations
from attrtrack.storage.files import Files
from attrtrack.storage.grades import Grades
from attrtrack.storage.interpretations import Interpretations
from attrtrack.storage.jobs import Jobs
from attrtrack.storage.journal import Journal
from attrtrack.storage.journal_lists import JournalLists
from attrtrack.storage.keys import ApiTokens, Identities, Sessions
from attrtrack.storage.links import Links
from attrtrack.storage.needs import Needs
from attrtrack.storage.page_links import PageLinks
from attrtrack.storage.past import Past
from attrtrack.storage.precedents import Precedents
from attrtrack.storage.products import Products
from attrtrack.storage.proposals import Proposals
from attrtrack.storage.publications import Publications
from attrtrack.storage.queries import Queries
from attrtrack.storage.reading_lists import ReadingLists
from attrtrack.storage.reexaminations import Reexaminations
from attrtrack.storage.registration import Registration
from attrtrack.storage.reviews import Reviews
from attrtrack.storage.search_renewal import SearchRenewal
from attrtrack.storage.searching import Searching
from attrtrack.storage.standing_lists import StandingLists
from attrtrack.storage.standing_renewal import StandingRenewal
from attrtrack.storage.swept import Sweep
from attrtrack.storage.transaction import Transaction
from attrtrack.storage.units import Units


class UnitOfWork:
    """Everything a use case may read and write, in one transaction; every write enters the journal with it."""

    def __init__(self, transaction: Transaction) -> None:
        self.journal = Journal(transaction)
        self.journal_lists = JournalLists(transaction)
        self.documents = Documents(transaction)
        self.files = Files(transaction)
        self.cuts = Cuts(transaction)
        self.registration = Registration(transaction)
        self.proposals = Proposals(transaction)
        self.declarations = Declarations(transaction)
        self.decisions = Decisions(transaction)
        self.corrections = Corrections(transaction)
        self.precedents = Precedents(transaction)
        self.needs = Needs(transaction)
        self.grades = Grades(transaction)
        self.assessment_acts = AssessmentActs(transaction)
        self.evaluations = Evaluations(transaction)
        self.past = Past(transaction)
        self.reviews = Reviews(transaction)
        self.reexaminations = Reexaminations(transaction)
        self.publications = Publications(transaction)
        self.interpretations = Interpretations(transaction)
        self.links = Links(transaction)
        self.page_links = PageLinks(transaction)
        self.queries = Queries(transaction)
        self.jobs = Jobs(transaction)
        self.products = Products(transaction)
        self.sweep = Sweep(transaction)
        self.units = Units(transaction)
        self.accounts = Accounts(transaction, self.units)
        self.account_lists = AccountLists(transaction, self.accounts)
        self.sessions = Sessions(transaction, self.accounts)
        self.api_tokens = ApiTokens(transaction, self.accounts)
        self.identities = Identities(transaction, self.accounts)
        self.answers = Answers(transaction)
        self.browsing = Browsing(transaction)
        self.reading_lists = ReadingLists(transaction)
        self.searching = Searching(transaction)
        self.search_renewal = SearchRenewal(transaction)
        self.standings = StandingLists(transaction)
        self.renewal = StandingRenewal(transaction)
