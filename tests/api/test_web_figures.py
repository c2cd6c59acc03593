"""Every figure of the web porch equals `coverage`, and every row behind it can be reached."""

import io
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from web_client import TestClient
from web_register import HOSTILE, UNIT

from api.pages.wording import percent
from attrtrack.domain.interpretations import Judgement
from attrtrack.workflow import shapes
from attrtrack.workflow.app import App
from attrtrack.workflow.measuring import coverage

SCOPES = ({"year": "2023", "unit": UNIT}, {"year": "", "unit": ""}, {"year": "2022", "unit": "外县人民政府"})


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope["unit"] or "all")
@pytest.mark.parametrize("rows", [False, True])
def test_json_figures_are_those_of_coverage(
    client: TestClient, web_app: App, scope: dict[str, str], *, rows: bool
) -> None:
    """The route answers with the rows of the command line."""
    measured = coverage(web_app, year=int(scope["year"]) if scope["year"] else None, unit=scope["unit"] or None)
    answer = client.get("/api/v1/measures", params={**scope, "rows": rows}).json()
    assert answer["measures"] == [shapes.measure_row(measure, with_rows=rows) for measure in measured]


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope["unit"] or "all")
def test_every_figure_page_shows_the_rows_of_coverage(client: TestClient, web_app: App, scope: dict[str, str]) -> None:
    """Counts, value and the rows listed in each part are those of the measure."""
    for measure in coverage(web_app, year=int(scope["year"]) if scope["year"] else None, unit=scope["unit"] or None):
        path = f"/figures/{measure.code}/{measure.reading.value}"
        page = client.get(path, params=scope).text
        for part, ids in (
            ("numerator", measure.numerator),
            ("denominator", measure.denominator),
            ("excluded", measure.excluded),
        ):
            assert f'<b id="{part}-count">{len(ids)}</b>' in page
        assert re.search(rf'<b class="value[^"]*">{re.escape(percent(measure.value))}</b>', page)
        short = set(measure.denominator) - set(measure.numerator)
        for part, ids in (
            ("short", short),
            ("numerator", set(measure.numerator)),
            ("denominator", set(measure.denominator)),
            ("excluded", {item.id for item in measure.excluded}),
        ):
            assert _listed(client.get(path, params={**scope, "part": part}).text) == ids


def _listed(page: str) -> set[str]:
    section = re.search(r'<section class="list" id="rows">(.*?)</section>', page, re.DOTALL)
    assert section is not None
    return set(re.findall(r"<code>([DI]\d+)</code>", section[1]))


def test_what_waits_for_an_interpretation_is_what_the_rate_is_short_of(client: TestClient) -> None:
    """The list by day and the part of the denominator are made apart, and hold the same documents."""
    found = set()
    for scope in SCOPES:
        page = client.get("/missing", params=scope).text
        listed = set(re.findall(r'<td><a href="/documents/(D\d+)"', page))
        assert listed == _listed(
            client.get("/figures/interpretation-rate/document", params={**scope, "part": "short"}).text
        )
        assert not listed or f"还差 {len(listed)} 份解读" in page
        found |= listed
    assert found


def test_the_front_page_links_every_figure_to_its_rows(client: TestClient, web_app: App) -> None:
    """Each measure stands on the page with its value, and its link opens."""
    page = client.get("/", params=SCOPES[0]).text
    measured = coverage(web_app, year=2023, unit=UNIT)
    assert measured
    for measure in measured:
        links = re.findall(rf'href="(/figures/{measure.code}/{measure.reading.value}[^"]*)"[^>]*>([^<]+)<', page)
        assert links[0][1] == percent(measure.value)
        assert {value for _, value in links} >= {str(len(measure.numerator)), str(len(measure.denominator))}
        assert client.get(links[0][0].replace("&amp;", "&")).status_code == 200


def test_counts_agree_on_page_and_in_json(client: TestClient) -> None:
    """The numbers by urgency are the lengths of the lists; the page counts the documents that have gone out, as its measures do."""
    counts = client.get("/api/v1/overview", params=SCOPES[0]).json()["counts"]
    assert counts == {"documents": 4, "refused": 1, "check": 2, "done": 1, "invented": 0}
    assert {type(row["excluded"]["count"]) for row in client.get("/api/v1/overview").json()["measures"]} == {int}
    page = client.get("/", params=SCOPES[0]).text
    for urgency in ("refused", "check", "done"):
        total = client.get("/api/v1/worklist", params={**SCOPES[0], "urgency": urgency}).json()["total"]
        assert total == counts[urgency]
        listed = client.get("/documents", params={**SCOPES[0], "urgency": urgency}).text
        assert len(set(re.findall(r"/documents/(D\d+)", listed))) == total
    measured = client.get("/api/v1/overview", params=SCOPES[0]).json()["measures"]
    issued = {
        row["denominator"]["count"] + row["excluded"]["count"] for row in measured if row["reading"] == "document"
    }
    assert len(issued) == 1
    assert 0 < max(issued) < counts["documents"]
    assert f"已印发公文 {max(issued)} 份" in page


def test_documents_come_most_urgent_first_and_in_parts(client: TestClient) -> None:
    """Parts follow on one another without loss or repetition."""
    whole = client.get("/api/v1/worklist", params=SCOPES[0]).json()["documents"]
    assert [row["urgency"] for row in whole] == ["refused", "check", "check", "done"]
    seen, cursor = [], None
    while cursor is not None or not seen:
        place = {"cursor": cursor} if cursor else {}
        part = client.get("/api/v1/worklist", params={**SCOPES[0], "limit": 1, **place}).json()
        assert part["total"] == 4
        seen += part["documents"]
        cursor = part["next"]
    assert seen == whole


def test_a_refused_document_says_why(client: TestClient) -> None:
    """The blocking sentence stands in the list and on the document's own page."""
    row = client.get("/api/v1/worklist", params={**SCOPES[0], "urgency": "refused"}).json()["documents"][0]
    assert row["findings"]
    assert "block" in {finding["severity"] for finding in row["findings"]}
    assert row["reasons"][0] in client.get("/documents", params={**SCOPES[0], "urgency": "refused"}).text
    assert row["reasons"][0] in client.get(f"/documents/{row['id']}").text


def test_a_document_shows_what_was_said_of_it(client: TestClient) -> None:
    """Decision, publication and interpretations with their judgements; JSON has the same."""
    page = client.get("/documents/D1").text
    assert "主动公开" in page
    assert 'href="https://www.example.gov.cn/D1"' in page
    assert page.count("人工确认") == 2
    answer = client.get("/api/v1/documents/D1").json()
    assert answer["document"]["state"] == "published"
    judgements = [item["judgement"] for item in answer["interpretations"]]
    assert sorted(judgements) == sorted([Judgement.CONFIRMED, Judgement.CONFIRMED, Judgement.PENDING])


def test_text_from_outside_is_escaped(client: TestClient) -> None:
    """A title that is a script is shown as letters wherever it stands."""
    for path in ("/missing", "/documents/D2", "/documents?urgency=check", "/figures/interpretation-rate/document"):
        page = re.sub(r'<script src="/static/[a-z]+\.js" defer></script>', "", client.get(path).text)
        assert "<script" not in page
        assert "&lt;script&gt;" in page
    assert HOSTILE in {row["title"] for row in client.get("/api/v1/worklist").json()["documents"]}


def test_the_unit_of_the_settings_and_the_newest_year_are_the_default(client: TestClient) -> None:
    """Left out, year and unit are chosen; left empty, all are meant."""
    chosen = client.get("/api/v1/overview").json()
    assert (chosen["year"], chosen["unit"]) == (2023, UNIT)
    everything = client.get("/api/v1/overview", params={"year": "", "unit": ""}).json()
    assert (everything["year"], everything["unit"], everything["counts"]["documents"]) == (None, None, 5)
    assert everything["years"] == [2023, 2022]


def test_the_years_list_can_be_downloaded(client: TestClient) -> None:
    """The workbook holds the issued documents of the year and unit."""
    answer = client.get("/lists/2023.xlsx", params={"unit": UNIT})
    assert answer.headers["content-disposition"] == 'attachment; filename="list-2023.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content))["公文清单"]
    titles = {row[1] for row in sheet.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int | float)}
    assert titles == {"关于印发农村饮水管理办法的通知", HOSTILE}


def test_an_unusable_model_hides_no_page(web_app: App) -> None:
    """The page says that rules alone speak, or why the model cannot be used."""
    from attrtrack.errors import ModelUnusableError  # noqa: PLC0415 - only here
    from attrtrack.workflow.overview import versions  # noqa: PLC0415 - only here

    def fail() -> None:
        raise ModelUnusableError("模型与程序不符：请重新训练。")

    broken = replace(web_app, make_proposer=fail)  # type: ignore[arg-type]
    assert versions(broken).model_notice == "模型与程序不符：请重新训练。"
