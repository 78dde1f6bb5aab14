"""The numbers of every chart at stable addresses, for spreadsheets and programs.

`/data/` lists the tables; `/data/<table>.csv` and `.json` are one of them; `/data/results.json` is
everything, as the command line prints it. The query is that of a page, and the numbers are those the
page shows. What a page would replace and name is refused here, with every bad field in the answer: a
spreadsheet reads no notices.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from model import MODEL_VERSION
from model.links import LONGEST_LINK, Refusal, from_query, to_pairs
from model.results import as_json, notes_of
from pages.catalog import FIGURES
from pages.etags import etag, has_already
from pages.kit.exports import plain_csv
from pages.kit.tables import Table
from pages.kit.view import View
from pages.session.reading import NAMED_AS_DATA, read_pairs
from pages.site import path_prefix

RESULTS: Final = "results"
FORMS: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
CACHE_SECONDS: Final = 300
AT_ONCE: Final = 2
MOST_WAITING: Final = 64
RETRY_SECONDS: Final = 2


class BadQueryError(ValueError):
    """A query that a page would have to mend; `refusals` names each bad field."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(f"{r.key}: {r.reason}" for r in refusals))


def read_view(query: str) -> View:
    """The view that a query describes; BadQueryError where any part of it cannot be used."""
    return read_query(query)[0]


def read_query(query: str) -> tuple[View, tuple[Refusal, ...]]:
    """The view that a query describes, and what its reader is told; BadQueryError where a part cannot be used."""
    if len(query) > LONGEST_LINK:
        raise BadQueryError(from_query(query)[1])
    asked = read_pairs(to_pairs(query))
    bad, told = (tuple(r for r in asked.named(NAMED_AS_DATA) if r.told is wanted) for wanted in (False, True))
    if bad:
        raise BadQueryError(bad)
    return View.of(asked.scenario, asked.year_index, choices=asked.choices), told


def table_json(table: Table, view: View, told: tuple[Refusal, ...] = ()) -> dict[str, Any]:
    """The rows with what documents them; told: parts of the query that were used in another form."""
    return {
        "name": table.name,
        "title": table.title,
        "edition": view.scenario.edition,
        "model_version": MODEL_VERSION,
        "world": view.scenario.world,
        "link": f"?{view.link}",
        "notes": notes_of(told),
        "sources": list(table.sources),
        "not_whole": list(table.lacking),
        "columns": dict(table.columns),
        "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows.itertuples(index=False, name=None)],
    }


def _listing() -> dict[str, Any]:
    """Every table with its columns, as they are in the status quo."""
    view = read_view("")
    tables = {}
    for name, figure in FIGURES.items():
        table = figure.table(view)
        tables[name] = {
            "title": table.title,
            "columns": dict(table.columns),
            "csv": f"{name}.csv",
            "json": f"{name}.json",
        }
    return {
        "tables": tables,
        "results": f"{RESULTS}.json",
        "query": "the query of any page, such as ?preset=article&year=FY2028/3",
        "model_version": MODEL_VERSION,
    }


def _json_text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)


def _answer(request: Request, body: str, media_type: str, status: int = 200, whole: bool = True) -> Response:
    """A response that a cache may keep where it is good, and that is empty where the reader has it already.

    whole: whether nothing is missing; what is may be there at the next request
    """
    content = body.encode()
    headers = {"Access-Control-Allow-Origin": "*", "Vary": "Accept-Encoding"}
    if status != 200 or not whole:
        return Response(content, status, {**headers, "Cache-Control": "no-store"}, media_type)
    tag = etag(content)
    headers |= {"ETag": tag, "Cache-Control": f"public, max-age={CACHE_SECONDS}"}
    if has_already(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type)


def _refused(request: Request, error: BadQueryError) -> Response:
    fields = [{"key": r.key, "value": r.value, "reason": r.reason} for r in error.refusals]
    body = {"error": "parts of the query cannot be used", "refused": fields}
    return _answer(request, _json_text(body), FORMS["json"], 400)


def list_tables(request: Request) -> Response:
    """`/data/`: the tables, their columns and units."""
    return _answer(request, _json_text(_listing()), FORMS["json"])


def _busy(request: Request) -> Response:
    body = {"error": "too many requests at once", "retry_after_seconds": RETRY_SECONDS}
    response = _answer(request, _json_text(body), FORMS["json"], 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


class Desk:
    """Answers few requests at a time, lets some wait and turns the rest away, so that pages keep their turn."""

    def __init__(self) -> None:
        self._limiter = CapacityLimiter(AT_ONCE)
        self._waiting = 0

    def serve(self, answer: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
        """The route that computes an answer in a thread when its turn has come."""

        async def route(request: Request) -> Response:
            if self._waiting >= AT_ONCE + MOST_WAITING:
                return _busy(request)
            self._waiting += 1
            try:
                return await to_thread.run_sync(answer, request, limiter=self._limiter)
            finally:
                self._waiting -= 1

        return route


FILES: Final = (*(f"{table}.{form}" for table in FIGURES for form in FORMS), f"{RESULTS}.json")
"""Every name below `/data/`."""


def one_table(request: Request) -> Response:
    """`/data/<table>.<csv or json>`: one table, or all results."""
    name, _, form = request.path_params["file"].rpartition(".")
    figure = FIGURES.get(name)
    if form not in FORMS or (figure is None and (name, form) != (RESULTS, "json")):
        body = {"error": "no such table", "tables": FILES}
        return _answer(request, _json_text(body), FORMS["json"], 404)
    try:
        # As bytes: a query need be neither text nor part of a readable address. It may hold question marks of its own.
        view, told = read_query("?" + request.scope["query_string"].decode("utf-8", "replace"))
        refused = figure.refused(view) if figure else ()
        if refused:
            raise BadQueryError(refused)
    except BadQueryError as error:
        return _refused(request, error)
    if figure is None:
        return _answer(request, _json_text(as_json(view.scenario, told, view.projection)), FORMS["json"])
    if figure.awaited:
        figure.awaited(view)
    table = figure.table(view)
    told += tuple(figure.told(view))
    body_text = plain_csv(table) if form == "csv" else _json_text(table_json(table, view, told))
    return _answer(request, body_text, FORMS[form], whole=not table.lacking)


def data_routes(base_path: str = "") -> list[BaseRoute]:
    """The routes under the app's base path; only GET and HEAD are answered."""
    prefix, desk = path_prefix(base_path), Desk()
    return [
        Route(f"{prefix}/data/", desk.serve(list_tables), methods=["GET"]),
        Route(f"{prefix}/data/{{file}}", desk.serve(one_table), methods=["GET"]),
    ]
