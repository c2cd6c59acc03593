"""Pages and their Contexts: templates use the documented names and no others."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest
from jinja2 import meta, nodes
from web_client import TestClient
from web_register import an_app

import api
from api.app import create_app
from api.pages.contexts import Page
from api.pages.rendering import TEMPLATES, environment
from api.pages.wording import EXCLUSIONS
from attrtrack import metrics
from attrtrack.rules import load_rules
from attrtrack.workflow.sample import NOTICE, SAMPLE_UNIT

PAGES = Page.__subclasses__()


def _names(template: str) -> set[str]:
    """Return the names that a template and its parents take from the Context."""
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    parsed = environment().parse(source)
    imported = {name for node in parsed.find_all(nodes.FromImport) for name in node.names}
    imported |= {node.target for node in parsed.find_all(nodes.Import)}
    imported |= {node.name for node in parsed.find_all(nodes.Macro)}
    imported |= {node.target.name for node in parsed.find_all(nodes.Assign) if isinstance(node.target, nodes.Name)}
    names = set(meta.find_undeclared_variables(parsed))
    names -= {name[1] if isinstance(name, tuple) else name for name in imported}
    for parent in meta.find_referenced_templates(parsed):
        if parent == "base.html":
            names |= _names(parent)
    return names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_templates_use_what_their_context_documents(page: type[Page]) -> None:
    """Every field is used, and nothing else is asked for."""
    assert _names(page.template) == {field.name for field in fields(page)}
    assert page.__doc__


def _referenced(template: str) -> set[str]:
    """Return a template and those that it extends, imports or includes."""
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    named = {str(one) for one in meta.find_referenced_templates(environment().parse(source)) if one}
    return {template}.union(*map(_referenced, named))


def test_every_template_belongs_to_a_page() -> None:
    """No template lies about unused: each is that of a page, or a part that one takes in."""
    used = set[str]().union(*(_referenced(page.template) for page in PAGES))
    assert {path.name for path in TEMPLATES.iterdir()} == used


def test_every_rule_that_excludes_has_words() -> None:
    """A code that the measures may give is told in Chinese on the page."""
    folder = Path(metrics.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    literals = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    codes = {text for text in literals if isinstance(text, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}
    assert codes - {row.code for row in load_rules().measures} == set(EXCLUSIONS)


def test_pages_load_nothing_from_elsewhere() -> None:
    """No template or style names another host, and scripts are files of ours; none stands in a page."""
    for path in [*TEMPLATES.iterdir(), *(Path(api.__file__).parent / "static").iterdir()]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, path.name
        assert not re.sub(r'<script src="/static/[a-z]+\.js" defer></script>', "", text).count("<script"), path.name
        assert " style=" not in text, path.name
        assert "|safe" not in text.replace(" ", ""), path.name


def test_an_empty_register_says_what_to_do(empty_folder: Path) -> None:
    """The first page an office sees names the commands that fill it."""
    web = TestClient(create_app(an_app(empty_folder)), base_url="http://localhost")
    page = web.get("/").text
    assert "登记中还没有公文" in page
    assert "attrtrack import" in page
    assert "attrtrack demo" in page
    assert web.get("/api/v1/overview").json()["year"] is None


def test_a_year_without_documents_says_so(client: TestClient) -> None:
    """Not an error: the reader is told to choose another."""
    page = client.get("/", params={"year": "1999"}).text
    assert "这里没有公文" in page


def test_the_sample_is_marked_wherever_it_stands(empty_folder: Path) -> None:
    """The warning stands on top, and each document of the invented unit bears the mark."""
    from attrtrack.domain.dates import WrittenDate  # noqa: PLC0415 - the register of this test alone
    from attrtrack.domain.decisions import State  # noqa: PLC0415 - the same
    from attrtrack.domain.documents import Document  # noqa: PLC0415 - the same

    app = an_app(empty_folder)
    with app.unit_of_work() as work:
        for unit in (SAMPLE_UNIT, "外县人民政府"):
            document = Document(text="", title=f"{unit}的通知", date=WrittenDate(2026, 1, 1))
            work.documents.add(document, content_hash=unit, unit=unit, file_name=None, state=State.ISSUED_ELSEWHERE)
    web = TestClient(create_app(app), base_url="http://localhost")
    page = web.get("/").text
    assert NOTICE in page
    assert "其中虚构示例 1 份" in page
    page = web.get("/figures/labelled-rate/document").text
    assert {"/documents/D1", "/documents/D2"} <= set(re.findall(r"/documents/D\d+", page))
    assert page.count('<span class="tag">虚构示例单位</span>') == 1
    assert '<span class="tag">虚构示例单位</span>' in web.get("/documents/D1").text
    assert "虚构" not in web.get("/documents/D2").text
    rows = {
        row["id"]: row["invented"]
        for row in web.get("/api/v1/worklist", params={"unit": "", "year": ""}).json()["documents"]
    }
    assert rows == {"D1": True, "D2": False}


def test_an_undefined_figure_is_told_in_words(client: TestClient) -> None:
    """A ratio with nothing below the line is 无法计算, never 0 or 100 %."""
    page = client.get("/", params={"year": "2022", "unit": ""}).text
    assert page.count("无法计算") >= 3
    assert "分母为零" in page
    assert ">0%<" in page  # the labelled rate: one document, not labelled


def test_a_list_that_goes_on_can_be_leafed_through(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Following 后面的 from the start shows every document once."""
    monkeypatch.setattr("api.pages.documents.ROWS", 1)
    seen: list[str] = []
    path: str | None = "/documents?urgency=check&year=2023"
    while path:
        page = client.get(path).text
        seen += re.findall(r"/documents/(D\d+)", page)
        following = re.search(r'<a href="([^"]+)">后面的</a>', page)
        path = following[1].replace("&amp;", "&") if following else None
    assert len(seen) == len(set(seen)) == 2


def test_a_figure_that_goes_on_can_be_leafed_through(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part is continued on its own page, back and forth."""
    monkeypatch.setattr("api.pages.figures.ROWS", 1)
    first = client.get("/figures/labelled-rate/document", params={"year": "2023", "part": "numerator"}).text
    after = re.search(r'<a rel="next" href="([^"]+part=numerator[^"]+)">', first)
    assert after is not None
    second = client.get(after[1].replace("&amp;", "&")).text
    listed = [re.findall(r"<code>(D\d+)</code>", page) for page in (first, second)]
    assert [len(rows) for rows in listed] == [1, 1]
    assert listed[0] != listed[1]
    before = re.search(r'<a rel="prev" href="([^"]+)">', second)
    assert before is not None
    assert re.findall(r"<code>(D\d+)</code>", client.get(before[1].replace("&amp;", "&")).text) == listed[0]
