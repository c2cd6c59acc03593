"""The sample office-year: it loads whole, twice without change, and every planted fault is found."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pytest
from register_places import register_at

from attrtrack.bootstrap import assemble
from attrtrack.config import Settings
from attrtrack.domain.decisions import State
from attrtrack.domain.interpretations import Judgement
from attrtrack.domain.register import RecordedDocument
from attrtrack.workflow import sample
from attrtrack.workflow.app import App
from attrtrack.workflow.importing import ImportNotice, ImportScope, import_ledger
from attrtrack.workflow.reading import read_document
from attrtrack.workflow.sample_plan import FOLDER, Plan, load_judgements, load_plans

PLANS = load_plans()
_EXPLAIN_NOTHING_LISTED = (
    "青岛西海岸新区宠物食品产业品牌新闻发布会",
    "《电子认证服务使用密码管理办法》解读",
    "生态环境部生态环境监测司有关负责人就《生态环境监测“十五五”规划》答记者问",
    "国家发展改革委、国家能源局有关负责人就《可再生能源发展“十五五”规划》答记者问",
    "中央宣传部、司法部负责人就《关于开展法治宣传教育的第九个五年规划（2026－2030年）》答记者问",
)


@dataclass(frozen=True)
class Loaded:
    """The register after one load of the sample."""

    app: App
    told: tuple[sample.SampleStep, ...]

    @property
    def steps(self) -> dict[str, sample.SampleStep]:
        """Return the steps by name; of names told several times the last."""
        return {step.name: step for step in self.told}

    def documents(self) -> dict[str, RecordedDocument]:
        """Return every document by id."""
        with self.app.unit_of_work() as work:
            return {item.id: work.documents.get(item.id) for item in work.documents.linkables()}

    def own(self, file: str) -> RecordedDocument:
        """Return the invented document that came from `file`."""
        return next(item for item in self.documents().values() if item.file_name == file)

    def findings(self, document_id: str) -> set[str]:
        """Return the codes that the latest evaluation found on a document."""
        with self.app.unit_of_work() as work:
            rows = work.queries.overview(None, None, limit=500)
        return {finding.code for row in rows if row.id == document_id for finding in row.findings}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """An empty register into which the sample was loaded once."""
    url = register_at(tmp_path_factory.mktemp("sample") / "sample.db")
    app = assemble(Settings(), database_url=url, actor="演示", unit=None)
    yield Loaded(app, tuple(sample.load(app)))
    app.store.close()


def _folder() -> Path:
    return Path(str(resources.files("attrtrack.workflow"))) / FOLDER


def test_counts_are_as_planned(loaded: Loaded) -> None:
    """Recorded, declared, signed, published and imported are as many as the data say."""
    counts = {name: step.count for name, step in loaded.steps.items()}
    assert counts["record"] == len(PLANS) == 20
    assert counts["declare"] == sum(plan.attribute is not None for plan in PLANS) == 19
    assert counts["sign"] == sum(plan.signed_by is not None and not plan.refused for plan in PLANS) == 13
    assert counts["publish"] == sum(plan.url is not None for plan in PLANS) == 7
    assert counts["import"] == 21 + 27 + 3
    assert counts["judge"] == len(load_judgements()) == 2
    assert counts["list"] == 13 + 21


def test_every_refusal_and_doubt_is_told_with_its_document(loaded: Loaded) -> None:
    """Each document the gate refuses is named once with a reason, and each planted flag is told at declaring."""
    refused = [step.message for step in loaded.told if step.name == "refused"]
    flags = [step.message for step in loaded.told if step.name == "flag"]
    planned = [plan.file for plan in PLANS if plan.refused]
    assert [sum(file in message for message in refused) for file in planned] == [1] * len(refused) == [1] * 5
    for plan in PLANS:
        if plan.plants and not plan.refused:
            assert any(plan.file in message for message in flags), plan.file


def test_loading_again_changes_nothing(loaded: Loaded) -> None:
    """A second load leaves documents, states and the journal as they were."""
    before = loaded.documents()
    with loaded.app.unit_of_work() as work:
        head = work.journal.head()
    again = {step.name: step.count for step in sample.load(loaded.app)}
    with loaded.app.unit_of_work() as work:
        assert work.journal.head() == head
        assert work.journal.verify() is None
    assert loaded.documents() == before
    assert [again[name] for name in ("record", "declare", "sign", "publish", "import", "judge")] == [0] * 6
    assert again["link"] == loaded.steps["link"].count


def test_an_interrupted_load_is_carried_on(tmp_path: Path) -> None:
    """A load that stopped after recording is completed by the next one."""
    app = assemble(Settings(), database_url=register_at(tmp_path / "cut.db"), actor="演示", unit=None)
    for step in sample.load(app):
        if step.name == "record":
            break
    counts = {step.name: step.count for step in sample.load(app)}
    app.store.close()
    assert (counts["record"], counts["declare"], counts["sign"], counts["publish"]) == (0, 19, 13, 7)


@pytest.mark.parametrize("plan", [plan for plan in PLANS if plan.plants], ids=lambda plan: plan.file)
def test_planted_fault_is_found(loaded: Loaded, plan: Plan) -> None:
    """Each fault that was planted stands among the findings of its document."""
    assert plan.plants in loaded.findings(loaded.own(plan.file).id)


@pytest.mark.parametrize("plan", [plan for plan in PLANS if plan.refused], ids=lambda plan: plan.file)
def test_blocked_documents_are_not_signed(loaded: Loaded, plan: Plan) -> None:
    """A document that the gate refuses has no decision."""
    recorded = loaded.own(plan.file)
    assert recorded.decision is None
    assert recorded.state in {State.DRAFT, State.DECLARED}


def test_sound_documents_are_signed_without_being_flagged_wrongly(loaded: Loaded) -> None:
    """Documents with no planted fault are signed, and none is called doubtful."""
    for plan in PLANS:
        if plan.plants is None:
            recorded = loaded.own(plan.file)
            assert recorded.state in {State.SIGNED, State.PUBLISHED}, plan.file
            assert "attribute-doubtful" not in loaded.findings(recorded.id), plan.file


def test_real_documents_bear_public_facts_only(loaded: Loaded) -> None:
    """Nothing is declared, decided or reasoned about a document that somebody else really issued."""
    real = [item for item in loaded.documents().values() if item.unit != sample.SAMPLE_UNIT]
    assert len(real) == 21
    for item in real:
        assert item.state is State.ISSUED_ELSEWHERE
        assert (item.attribute, item.declaration, item.decision, item.document.declared_reason) == (None,) * 4
        assert all("example" not in publication.url for publication in item.publications)


def test_invented_documents_belong_to_the_invented_unit(loaded: Loaded) -> None:
    """The unit by which a page recognises the sample is named in the notice and holds the invented documents only."""
    assert sample.SAMPLE_UNIT in sample.NOTICE
    own = [item for item in loaded.documents().values() if item.unit == sample.SAMPLE_UNIT]
    assert {item.file_name for item in own} == {plan.file for plan in PLANS}


def test_people_judged_two_links(loaded: Loaded) -> None:
    """The judged links are confirmed in a person's name, whatever the matcher thought."""
    with loaded.app.unit_of_work() as work:
        titles = {item.title: item.id for item in work.documents.linkables()}
        known = {item.interpretation.title: item.id for item in work.interpretations.all()}
        for interpretation, document, judged_by in load_judgements():
            link = next(one for one in work.links.of(known[interpretation]) if one.document_id == titles[document])
            assert (link.judgement, link.judged_by) == (Judgement.CONFIRMED, judged_by)


def test_interpretations_of_nothing_listed_stay_unlinked(loaded: Loaded) -> None:
    """An interpretation whose document is not in the register is linked to none by the matcher alone."""
    with loaded.app.unit_of_work() as work:
        known = {item.interpretation.title: item.id for item in work.interpretations.all()}
        for title in _EXPLAIN_NOTHING_LISTED:
            assert all(link.judgement is not Judgement.AUTO for link in work.links.of(known[title])), title


def test_every_file_is_planned_and_reads(loaded: Loaded) -> None:
    """Each file of the package has a plan, is read without error, and shows title, number, issuer and date."""
    assert {path.name for path in (_folder() / "letters").iterdir()} == {plan.file for plan in PLANS}
    for plan in PLANS:
        document = read_document(loaded.app, (_folder() / "letters" / plan.file).read_bytes(), plan.file)
        assert all((document.title, document.number, document.issuers, document.date)), plan.file
        assert document.title is not None
        assert document.title.count(document.issuers[0]) <= 1, "the letterhead is not part of the title"
        assert document.year == sample.YEAR


@pytest.mark.parametrize("name", [*sample.REAL_LEDGERS, sample.OWN_LEDGER])
def test_every_column_of_the_ledgers_is_known(loaded: Loaded, name: str) -> None:
    """The sample's ledgers use headers that the rule table knows."""
    rows = import_ledger(loaded.app, str(_folder() / name), ImportScope(None, sample.YEAR, dry_run=True))
    notice = next(row for row in rows if isinstance(row, ImportNotice))
    assert notice.unknown_headers == ()
