"""The numbers of every chart at stable addresses, for spreadsheets and programs.

`/data/` lists the tables; `/data/<table>.csv` and `.json` are one of them; `/data/results.json` is
everything, as the command line prints it, `/data/workbook.xlsx` is the whole model as formulas, and
`/data/scenario.html` is a page of the scenario that needs no server. The query is that of a page, and the
numbers are those the page shows. What a page would replace and name is refused here, with every bad field in
the answer: a spreadsheet reads no notices.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from model import MODEL_VERSION
from model.links import LONGEST_LINK, MOST_PAIRS, Refusal, from_query, refusal, share_query, to_pairs
from model.results import as_json, notes_of, own_as_json
from pages.catalog import FIGURES
from pages.desk import LONGEST_S, Desk, TurnedAwayError
from pages.etags import tagged
from pages.kit.exports import SPREADSHEET, pin_words, plain_csv
from pages.kit.figure import Figure, of_view
from pages.kit.tables import Table
from pages.kit.view import View
from pages.live.scenario_file import FILE_NAME, MEDIA_TYPE, scenario_html
from pages.session.reading import NAMED_AS_DATA, Asked, read_pairs
from pages.shell import origin
from pages.site import path_prefix
from pages.workbook.book import workbook_bytes

RESULTS: Final = "results"
BOOK: Final = "workbook"
BOOK_FORM: Final = "xlsx"
PAGE: Final = "scenario"
PAGE_FORM: Final = "html"
FORMS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
CACHE_SECONDS: Final = 300
RETRY_SECONDS: Final = 2
_FOR_ALL: Final = {"Access-Control-Allow-Origin": "*"}


class BadQueryError(ValueError):
    """A query that a page would have to mend; `refusals` names each bad field."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(f"{r.key}: {r.reason}" for r in refusals))


def read_view(query: str) -> View:
    """The view that a query describes; BadQueryError where any part of it cannot be used."""
    return _view(read_query(query)[0])


def _view(asked: Asked) -> View:
    return View.of(asked.scenario, asked.year_index, choices=asked.choices, pin=asked.pin)


def read_query(query: str) -> tuple[Asked, tuple[Refusal, ...]]:
    """What a query asks for, and what its reader is told; BadQueryError where a part cannot be used.

    Nothing is computed, and it takes 3 ms at most: what is too long is not looked into.
    """
    if len(query) > LONGEST_LINK:
        raise BadQueryError(from_query(query)[1])
    if query.count("&") >= MOST_PAIRS:
        raise BadQueryError([refusal("link", query, f"more than {MOST_PAIRS} values", "nothing")])
    asked = read_pairs(to_pairs(query))
    bad, told = (tuple(r for r in asked.named(NAMED_AS_DATA) if r.told is wanted) for wanted in (False, True))
    if bad:
        raise BadQueryError(bad)
    return asked, told


def table_json(table: Table, view: View, told: tuple[Refusal, ...] = ()) -> dict[str, Any]:
    """The rows with what documents them; told: parts of the query that were used in another form."""
    return {
        "name": table.name,
        "title": table.title,
        "edition": view.scenario.edition,
        **own_as_json(view.scenario.edition),
        "model_version": MODEL_VERSION,
        "world": view.scenario.world,
        **_pinned_json(table, view),
        "link": f"?{view.link}",
        "notes": notes_of(told),
        "sources": list(table.sources),
        "not_whole": list(table.lacking),
        "columns": dict(table.columns),
        "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows.itertuples(index=False, name=None)],
    }


def _pinned_json(table: Table, view: View) -> dict[str, Any]:
    """What the pinned case of a table is, or why what is pinned is no case of it; empty where nothing is pinned."""
    if view.pin is None:
        return {}
    scenario = view.pin.scenario
    told = {
        "name": view.pin.name,
        "edition": scenario.edition,
        **own_as_json(scenario.edition),
        "world": scenario.world,
        "link": f"?{share_query(scenario)}",
        "is_a_case": table.has_pin,
    }
    return {"pinned": {**told, "left_out": view.pin_left_out} if view.pin_left_out else told}


def _listing() -> dict[str, Any]:
    """Every table with its columns, as they are in the status quo."""
    view = read_view("")
    tables = {
        name: {
            "title": of_view(figure.title, view),
            "columns": dict(of_view(figure.columns, view)),
            "csv": f"{name}.csv",
            "json": f"{name}.json",
        }
        for name, figure in FIGURES.items()
    }
    return {
        "tables": tables,
        "results": f"{RESULTS}.json",
        "workbook": f"{BOOK}.{BOOK_FORM}",
        "scenario": f"{PAGE}.{PAGE_FORM}",
        "query": "the query of any page, such as ?preset=article&year=FY2028/3",
        "model_version": MODEL_VERSION,
    }


def _json_text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)


def _answer(request: Request, body: str, media_type: str, status: int = 200, whole: bool = True) -> Response:
    """A response that a cache may keep where it is good, and that is empty where the reader has it already.

    whole: whether nothing is missing; what is may be there at the next request
    """
    if status == 200 and whole:
        return tagged(request, body.encode(), media_type, f"public, max-age={CACHE_SECONDS}", _FOR_ALL)
    return Response(body, status, {**_FOR_ALL, "Cache-Control": "no-store"}, media_type)


def _refused(request: Request, error: BadQueryError) -> Response:
    fields = [{"key": r.key, "value": r.value, "reason": r.reason} for r in error.refusals]
    body = {"error": "parts of the query cannot be used", "refused": fields}
    return _answer(request, _json_text(body), FORMS["json"], 400)


def _turned_away(request: Request, error: TurnedAwayError) -> Response:
    body = {"error": str(error), "limit_seconds": LONGEST_S, "retry_after_seconds": RETRY_SECONDS}
    response = _answer(request, _json_text(body), FORMS["json"], 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


FILES: Final = (
    *(f"{table}.{form}" for table in FIGURES for form in FORMS),
    f"{RESULTS}.json",
    f"{BOOK}.{BOOK_FORM}",
    f"{PAGE}.{PAGE_FORM}",
)
"""Every name below `/data/`."""
_NO_SUCH_TABLE: Final = _json_text({"error": "no such table", "tables": FILES})


def list_tables(request: Request) -> Response:
    """`/data/`: the tables, their columns and units."""
    return _answer(request, _json_text(_listing()), FORMS["json"])


def _results(request: Request, asked: Asked, told: tuple[Refusal, ...]) -> Response:
    view = _view(asked)
    return _answer(request, _json_text(as_json(view.scenario, told, view.projection)), FORMS["json"])


def _table(request: Request, figure: Figure, form: str, asked: Asked, told: tuple[Refusal, ...]) -> Response:
    view = _view(asked)
    if refused := figure.refused(view):
        return _refused(request, BadQueryError(refused))
    if figure.awaited:
        figure.awaited(view)
    table = figure.table(view)
    told += tuple(figure.told(view))
    body = (
        plain_csv(table, view.scenario.edition, pin_words(view))
        if form == "csv"
        else _json_text(table_json(table, view, told))
    )
    return _answer(request, body, FORMS[form], whole=not table.lacking)


def _workbook(request: Request, asked: Asked, told: tuple[Refusal, ...]) -> Response:
    content = workbook_bytes(_view(asked), _app(request), _in_words(told))
    return _file(request, content, SPREADSHEET, "alliance-explorer.xlsx")


def _page(request: Request, asked: Asked, told: tuple[Refusal, ...]) -> Response:
    content = scenario_html(replace(_view(asked), title=asked.title), _app(request), _in_words(told))
    return _file(request, content, MEDIA_TYPE, FILE_NAME)


def _app(request: Request) -> str:
    """The address of the app, which ends in a slash."""
    return f"{origin(request)}{request.url.path.rpartition('data/')[0]}"


def _in_words(told: tuple[Refusal, ...]) -> list[str]:
    return [f"{note.key}: {note.reason}; used: {note.used}" for note in told]


def _file(request: Request, content: bytes, media_type: str, name: str) -> Response:
    """A file to keep, which no browser opens in the place of the app."""
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return tagged(request, content, media_type, f"public, max-age={CACHE_SECONDS}", _FOR_ALL | named)


_WHOLE: Final = {RESULTS: _results, BOOK: _workbook, PAGE: _page}
"""What is no table, by name."""


def answer_to(request: Request) -> Response | Callable[[], Response]:
    """A file below `/data/`: that there is none or its query is refused, or what computes it."""
    name, _, form = request.path_params["file"].rpartition(".")
    figure = FIGURES.get(name)
    if request.path_params["file"] not in FILES and (figure is None or form not in FORMS):
        return _answer(request, _NO_SUCH_TABLE, FORMS["json"], 404)
    try:
        # As bytes: a query need be neither text nor part of a readable address. It may hold question marks of its own.
        asked, told = read_query("?" + request.scope["query_string"].decode("utf-8", "replace"))
    except BadQueryError as error:
        return _refused(request, error)
    if figure:
        return partial(_table, request, figure, form, asked, told)
    return partial(_WHOLE[name], request, asked, told)


def served(
    desk: Desk, answer: Callable[[Request], Response | Callable[[], Response]]
) -> Callable[[Request], Awaitable[Response]]:
    """The route that gives an answer where there is one at once, and computes it at the desk where not."""

    async def route(request: Request) -> Response:
        found = answer(request)
        if isinstance(found, Response):
            return found
        try:
            return await desk.answer(request, found)
        except TurnedAwayError as error:
            return _turned_away(request, error)

    return route


def data_routes(base_path: str = "") -> list[BaseRoute]:
    """The routes under the app's base path; only GET and HEAD are answered."""
    prefix, desk = path_prefix(base_path), Desk()
    return [
        Route(f"{prefix}/data/", served(desk, lambda request: partial(list_tables, request)), methods=["GET"]),
        Route(f"{prefix}/data/{{file}}", served(desk, answer_to), methods=["GET"]),
    ]
