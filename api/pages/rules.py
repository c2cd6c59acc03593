"""`GET /rules`: every rule table with its rows, sources and version, for everybody who works by them."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.dependencies import Offset, TheApp
from api.pages.contexts import Crumb, TabView
from api.pages.desk import TheDesk
from api.pages.rendering import show
from api.pages.rules_views import FactView, GroupView, RulesPage, RuleTablePage, RuleView, TableView
from api.pages.rules_words import GROUPS, TABLES, TECHNICAL, TableWords, field_words, searched, value_words
from api.permissions import GuardedRoute, signed_in
from attrtrack.workflow.rule_reading import RuleRow, RuleTable, rule_names, rule_table, rule_tables

router = APIRouter(route_class=GuardedRoute)
RULES, MODEL = "/rules", "/rules/model"
ROWS = 25
_NAMES = ("name", "kind", "text", "meaning", "doubt", "purpose", "advice", "measure", "title", "right", "day")
"""The field that names a row, the first that a table has."""
_EMPTY = (None, "", ())
_Names = dict[str, dict[str, str]]
_Text = Annotated[str, Query(max_length=200)]


def rule_places(here: str) -> tuple[TabView, ...]:
    """Return what proposals rest on, side by side."""
    return tuple(TabView(name, href, None, here=href == here) for name, href in (("规则表", RULES), ("模型", MODEL)))


@router.get(RULES, dependencies=[signed_in()])
def get_rules_page(app: TheApp, desk: TheDesk) -> HTMLResponse:
    """Show which tables there are."""
    tables = {table.name: table for table in rule_tables(app)}
    order = [*(name for name in TABLES if name in tables), *(name for name in tables if name not in TABLES)]
    views = [(_words(name).group, _table(tables[name])) for name in order]
    page = RulesPage(
        title="规则",
        desk=desk,
        places=rule_places(RULES),
        version=app.rules.version,
        own=sum(table.own for table in tables.values()),
        groups=tuple(GroupView(group, tuple(view for of, view in views if of == group)) for group in GROUPS),
    )
    return show(page)


@router.get(f"{RULES}/tables/{{name}}", dependencies=[signed_in()])
def get_rule_table_page(app: TheApp, desk: TheDesk, name: str, *, q: _Text = "", offset: Offset = 0) -> HTMLResponse:
    """Show some rows of a table."""
    table, names, text = rule_table(app, name), rule_names(app), q.strip()
    found = [view for view in _views(table, names) if not text or searched(_all_words(view), text)]
    page = RuleTablePage(
        title=_words(name).title,
        desk=desk,
        trail=(Crumb("规则", RULES),),
        table=_table(table),
        text=text,
        rows=tuple(found[offset : offset + ROWS]),
        shown=len(found),
        before=_link(name, text, max(0, offset - ROWS)) if offset else None,
        after=_link(name, text, offset + ROWS) if offset + ROWS < len(found) else None,
    )
    return show(page)


def _words(name: str) -> TableWords:
    return TABLES.get(name) or TableWords(name, "", GROUPS[-1])


def _table(table: RuleTable) -> TableView:
    words = _words(table.name)
    return TableView(words.title, words.purpose, _link(table.name, "", 0), len(table.rows), table.hash, table.own)


def _views(table: RuleTable, names: _Names) -> list[RuleView]:
    return [_view(row, number, names) for number, row in enumerate(table.rows, start=1)]


def _view(row: RuleRow, number: int, names: _Names) -> RuleView:
    values = row.values
    named = next((field for field in _NAMES if values.get(field) not in _EMPTY), "code")
    code = values.get("code") or values.get("field")
    told = [(field, value) for field, value in values.items() if field not in {named, "code", "field", "source"}]
    return RuleView(
        number=number,
        heading=value_words(named, values[named], names),
        code=None if code is None else str(getattr(code, "value", code)),
        facts=tuple(_fact(row, field, value, names) for field, value in told if _is_fact(row, field, value)),
        technical=tuple(
            _fact(row, field, value, names) for field, value in told if field in TECHNICAL and value not in _EMPTY
        ),
        source=values.get("source"),
        own=row.usual is not None,
    )


def _is_fact(row: RuleRow, field: str, value: Any) -> bool:  # noqa: ANN401 - a cell of any table
    return field not in TECHNICAL and (value not in _EMPTY or _differs(row, field, value))


def _fact(row: RuleRow, field: str, value: Any, names: _Names) -> FactView:  # noqa: ANN401 - the same
    usual = value_words(field, row.usual[field], names) or "空" if row.usual and _differs(row, field, value) else None
    return FactView(field_words(field), value_words(field, value, names), usual)


def _differs(row: RuleRow, field: str, value: Any) -> bool:  # noqa: ANN401 - the same
    return bool(row.usual) and row.usual is not None and row.usual.get(field) != value


def _all_words(view: RuleView) -> list[str]:
    cells = [fact.value for fact in (*view.facts, *view.technical)]
    return [view.heading, view.code or "", view.source or "", *cells]


def _link(name: str, text: str, offset: int) -> str:
    kept = {key: value for key, value in (("q", text), ("offset", str(offset))) if value not in {"", "0"}}
    return f"{RULES}/tables/{name}?{urlencode(kept)}" if kept else f"{RULES}/tables/{name}"
