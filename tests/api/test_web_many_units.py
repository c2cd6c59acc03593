"""The pages of an assessment over many units: what matters first, the rest one click away, what is taken along whole."""

import html
import re
from collections.abc import Iterator

import pytest
from assessed_office import SCHEME, YEAR, Assessing, written
from web_people import ASSESSED, LOGINS, SUPERIOR, a_peopled_app, acting, signed_in

from attrtrack.domain.access import Access, Right, Role
from attrtrack.workflow import accounts
from attrtrack.workflow.assessing import score
from attrtrack.workflow.importing import ImportScope, import_ledger
from attrtrack.workflow.signing_in import app_of_account

UNITS = (*(f"云{number:02}县人民政府" for number in range(1, 20)), ASSESSED)
NOTICE = {"kind": "notice", "year": str(YEAR), "scheme": SCHEME}
LIST = {"kind": "rectification", "year": str(YEAR)}
ENTERED = ("单位", "规则", "次数", "说明", "依据")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessing]:
    """Give an assessor's desk over twenty units: of each document one more unit lacks the attribute."""
    folder = tmp_path_factory.mktemp("many")
    app = a_peopled_app(folder)
    maker = app_of_account(app, LOGINS[Role.SYSTEM_ADMINISTRATOR], origin="cli")
    granter = app_of_account(app, LOGINS[Role.SECURITY_ADMINISTRATOR], origin="cli")
    for place, unit in enumerate(UNITS):
        if unit != ASSESSED:
            accounts.add_unit(maker, unit, SUPERIOR)
            accounts.assign_unit(granter, LOGINS[Role.ASSESSOR], unit)
        rows = (
            (f"关于第{number}项工作的通知", f"云{place}发〔{YEAR}〕{number}号", f"{YEAR}-03-04", "主动公开" if number > place else "")
            for number in range(1, len(UNITS) + 1)
        )  # fmt: skip
        ledger = folder / "台账.csv"
        ledger.write_text(written(("公文全称", "文号", "成文日期", "公开属性"), *rows), encoding="utf-8")
        importer = app.acting_as("导入人", Access(frozenset(Right), frozenset({unit}), unit), origin="cli", unit=unit)
        assert list(import_ledger(importer, str(ledger), ImportScope(unit, YEAR)))
    yield Assessing(app, acting(app, Role.ASSESSOR), signed_in(app, LOGINS[Role.ASSESSOR]))
    app.store.close()


def _tables(page: str) -> list[str]:
    return re.findall(r'<div class="grid" id="table-\d+">.*?</div>', page, re.DOTALL)


def _units(table: str) -> list[str]:
    return re.findall(r'data-label="单位">([^<]+)</td>', table)


def test_of_a_long_table_the_best_and_the_worst_stand_first(office: Assessing) -> None:
    """The others are counted where they are left out, and a link there shows the whole table, the others as they were."""
    page = office.page("/reports", **NOTICE)
    cut = [table for table in _tables(page) if "看整张表" in table]
    assert cut
    for table in cut:
        assert len(_units(table)) == 8
        assert "另有 12 行" in table
        (href,) = re.findall(r'<a href="([^"]+)">另有', table)
        path, _, anchor = html.unescape(href).partition("#")
        opened = office.browser.get(path).text
        (whole,) = [one for one in _tables(opened) if f'id="{anchor}"' in one]
        assert sorted(_units(whole)) == sorted(UNITS)
        assert [one for one in _units(whole) if one in _units(table)] == _units(table)
        assert "收起这张表" in whole
        assert len(_tables(opened)) == len(_tables(page))
    labels = next(table for table in cut if "标" in table.partition("</caption>")[0])
    assert _units(labels)[0] == UNITS[0]
    assert _units(labels)[-1] == UNITS[-1]


def test_a_long_table_goes_on_from_a_row(office: Assessing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parts hold every unit once; beyond the last row the last is shown."""
    monkeypatch.setattr("api.pages.reports_tables.PART", 8)
    number = next(n for n, table in enumerate(_tables(office.page("/reports", **NOTICE)), 1) if "看整张表" in table)
    parts = [
        _tables(office.page("/reports", **NOTICE, table=number, offset=offset))[number - 1]
        for offset in (0, 8, 16, 999)
    ]
    assert sorted(unit for part in parts[:3] for unit in _units(part)) == sorted(UNITS)
    assert [('rel="prev"' in part, 'rel="next"' in part) for part in parts[:3]] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert len(_units(parts[3])) == 1
    assert office.browser.get("/reports", params={**NOTICE, "table": "-1"}).status_code in {400, 422}


def test_a_list_of_many_units_leads_to_the_list_of_each(office: Assessing) -> None:
    """The units stand by how much they have to mend, each a link to its own list; the file holds all of them."""
    page = office.page("/reports", **LIST)
    assert "<article" not in page
    (table,) = re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL)
    rows = re.findall(r'<a href="([^"]+)">([^<]+)</a></td><td class="number"[^>]*>(\d+) 项', table)
    assert sorted(unit for _, unit, _ in rows) == sorted(UNITS[1:])
    assert [unit for _, unit, _ in rows] == list(reversed(UNITS[1:])), "who lacks most stands first"
    own = office.browser.get(html.unescape(rows[0][0])).text
    assert f"{ASSESSED}{YEAR}年度政务公开问题整改清单" in own
    (href,) = re.findall(r'href="(/reports/paper\.html[^"]+)"', page)
    whole = office.browser.get(html.unescape(href)).text
    assert all(unit in whole for unit in UNITS[1:])


def test_the_table_of_scores_is_that_of_the_use_case(office: Assessing) -> None:
    """Totals and ranks counted for the table are those of every unit scored with its rows."""
    found = score(office.acting, SCHEME, year=YEAR)
    page = office.page("/scores", scheme=SCHEME, year=YEAR)
    (table,) = re.findall(r'<table class="rows scored">.*?</table>', page, re.DOTALL)
    assert re.findall(r"<b>([^<]+)</b>", table) == [
        f"{one.total:f}" if one.complete else f"{one.lowest:f}—{one.total:f}" for one in found.scores
    ]
    assert re.findall(r'/scores/sheet[^"]+">([^<]+)</a>', table) == [one.unit for one in found.scores]


def test_only_the_sheets_of_entered_units_stand_below(office: Assessing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each unit of the table that was handed in has its sheet on the page, as many as have room; the others lead to theirs."""
    rows = [(unit, "organisation", "1", "没有台账", "检查记录") for unit in UNITS[:3]]
    file = ("录入.csv", written(ENTERED, *rows).encode())
    page = office.send("/scores", file, scheme=SCHEME, year=str(YEAR)).text
    sheets = re.findall(r'class="list sheet-of-unit" id="u\d+">\s*<h2>([^<]+)<span', page)
    assert sorted(sheets) == sorted(UNITS[:3])
    assert len(re.findall(r'href="/scores/sheet\?', page)) == len(UNITS) - 3
    monkeypatch.setattr("api.pages.scores_shown._MOST_SHEETS", 2)
    page = office.send("/scores", file, scheme=SCHEME, year=str(YEAR)).text
    assert page.count('class="list sheet-of-unit"') == 2
    assert "另有 1 个录入了的单位" in page
