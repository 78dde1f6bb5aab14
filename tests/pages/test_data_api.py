"""Data by URL: the numbers of the pages at addresses that a spreadsheet reads, and a clear no to all else."""

import asyncio
import csv
import io
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from model.__main__ import main
from model.links import from_query, to_query
from model.presets import MAIN_PRESETS
from model.registry import ASSUMPTIONS
from pages import data_api
from pages.catalog import FIGURES
from pages.data_api import data_routes, read_view
from pages.kit.figure import Figure, Records
from pages.kit.view import View
from pages.live.scenario_file import scenario_html
from pages.workbook.book import workbook_bytes
from tests.model.scenarios import examples
from tests.pages.test_exports import HOSTILE_TITLES, formulas_in

LINK = "preset=article&japan_tariff_share=0.2&year=FY2028%2F3"
T = TypeVar("T")
APP = Starlette(routes=data_routes())


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def ask(
    path: str,
    query: str | bytes = "",
    method: str = "GET",
    headers: dict[str, str] | None = None,
    app: Starlette = APP,
) -> Answer:
    """One request, without a server."""
    messages: list[Any] = []
    messages_in: list[str] = []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": quote(path).encode(),
        "root_path": "",
        "query_string": query if isinstance(query, bytes) else query.encode("utf-8", "surrogatepass"),
        "headers": [(b"host", b"localhost"), *((k.lower().encode(), v.encode()) for k, v in (headers or {}).items())],
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
    }

    async def receive() -> dict[str, object]:
        if messages_in:
            await asyncio.Event().wait()  # the connection stays
        messages_in.append("http.request")
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    run_apart(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in messages[1:])
    given_headers = {key.decode().lower(): value.decode() for key, value in messages[0]["headers"]}
    return Answer(messages[0]["status"], given_headers, body)


def test_the_list_names_every_table_with_its_columns_and_addresses() -> None:
    answer = ask("/data/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json["tables"].keys() == FIGURES.keys()
    assert answer.json["results"] == "results.json"
    assert answer.json["workbook"] == "workbook.xlsx"
    for name, told in answer.json["tables"].items():
        assert told["title"]
        assert all(told["columns"].values())
        assert (told["csv"], told["json"]) == (f"{name}.csv", f"{name}.json")


def test_the_workbook_is_that_of_the_query_and_links_to_where_it_was_asked_for() -> None:
    answer = ask("/data/workbook.xlsx", LINK, headers={"x-forwarded-proto": "https"})
    assert answer.status == 200
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    assert "alliance-explorer.xlsx" in answer.headers["content-disposition"]
    assert answer.body == workbook_bytes(read_view(LINK), "https://localhost/")
    again = ask(
        "/data/workbook.xlsx", LINK, headers={"x-forwarded-proto": "https", "if-none-match": answer.headers["etag"]}
    )
    assert (again.status, again.body) == (304, b"")


def test_the_workbook_below_a_base_path_links_to_it() -> None:
    answer = ask("/app/data/workbook.xlsx", LINK, app=Starlette(routes=data_routes("app")))
    assert answer.body == workbook_bytes(read_view(LINK), "http://localhost/app/")


def test_a_workbook_is_refused_in_words_and_tells_what_it_read_otherwise() -> None:
    refused = ask("/data/workbook.xlsx", "japan_tariff_share=9")
    assert refused.status == 400
    assert refused.json["refused"][0]["key"] == "japan_tariff_share"
    assert ask("/data/workbook.csv").status == 404
    old = ask("/data/workbook.xlsx", "model_version=1.0&edition=2026-05&tax_share=0.25")
    sheet = openpyxl.load_workbook(io.BytesIO(old.body), read_only=True)["Start"]
    assert "tax_share: model 1 taxed both companies alike" in str(sheet["A10"].value)


def test_the_scenario_is_a_file_of_the_link_below_any_base_path() -> None:
    for path, app in (("/data/scenario.html", APP), ("/app/data/scenario.html", Starlette(routes=data_routes("app")))):
        answer = ask(path, f"{LINK}&title=A%20%3Cb%3E", app=app)
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-disposition"] == 'attachment; filename="alliance-explorer.html"'
        assert answer.headers["cache-control"] == f"public, max-age={data_api.CACHE_SECONDS}"
        view = replace(read_view(LINK), title="A <b>")
        assert answer.body == scenario_html(view, f"http://localhost{path.removesuffix('data/scenario.html')}")
        again = ask(path, f"{LINK}&title=A%20%3Cb%3E", app=app, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status, again.body) == (304, b"")
    assert ask("/data/scenario.html", "japan_tariff_share=9").status == 400
    assert ask("/data/scenario.json").status == 404
    old = ask("/data/scenario.html", "model_version=1.0&edition=2026-05&tax_share=0.25")
    assert b"Of the link: tax_share: model 1 taxed both companies alike" in old.body


def test_the_list_computes_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def records(view: View) -> Records:
        raise AssertionError("computed")

    monkeypatch.setitem(FIGURES, "dear", Figure(name="dear", title="Dear", columns={"a": "A"}, records=records))
    assert ask("/data/").json["tables"]["dear"]["title"] == "Dear"


@pytest.mark.parametrize("name", FIGURES)
def test_a_table_is_that_of_the_page_opened_by_the_same_link(name: str) -> None:
    table = FIGURES[name].table(read_view(LINK))
    told = ask(f"/data/{name}.csv", LINK)
    assert told.status == 200
    assert told.headers["content-type"] == "text/csv; charset=utf-8"
    header, *rows = csv.reader(io.StringIO(told.body.decode()))
    assert header == list(table.columns)
    assert len(rows) == len(table.rows)
    numbers = table.rows.select_dtypes("number")
    pd.testing.assert_frame_equal(
        pd.read_csv(io.BytesIO(told.body))[list(numbers)], numbers, check_dtype=False, check_exact=True
    )
    spoken = ask(f"/data/{name}.json", LINK).json
    assert spoken["columns"] == table.columns
    assert spoken["edition"] == "2025-07"
    assert from_query(spoken["link"])[0] == read_view(LINK).scenario
    assert [list(row.values()) for row in spoken["rows"]] == json.loads(
        json.dumps([list(row) for row in table.rows.itertuples(index=False, name=None)])
    )


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_all_results_are_those_of_the_command_line(preset: str, capsys: pytest.CaptureFixture[str]) -> None:
    link = to_query(from_query(f"preset={preset}&jpy_per_usd=133.7")[0])
    assert main([link, "--json"]) == 0
    assert ask("/data/results.json", link).json == json.loads(capsys.readouterr().out)


def test_the_order_of_keys_does_not_matter() -> None:
    pairs = LINK.split("&")
    assert ask("/data/profit.csv", "&".join(reversed(pairs))).body == ask("/data/profit.csv", LINK).body


def test_keys_of_a_page_change_no_number() -> None:
    more = f"{LINK}&title=a?b&saw=1.0_2.0&chart=profit&embed=true"
    assert ask("/data/profit.csv", more).body == ask("/data/profit.csv", LINK).body


@pytest.mark.parametrize("more", ["&_=1", "&utm_source=x&fbclid=y", "&gclid=z&msclkid=1"])
def test_keys_of_sharing_services_and_caches_change_nothing(more: str) -> None:
    assert ask("/data/profit.csv", LINK + more).body == ask("/data/profit.csv", LINK).body


@pytest.mark.parametrize("ampersand", ["&amp;", "&amp;amp;"])
def test_an_escaped_ampersand_is_an_ampersand(ampersand: str) -> None:
    assert ask("/data/profit.csv", LINK.replace("&", ampersand)).body == ask("/data/profit.csv", LINK).body
    stocks = "stock_symbols=7267.T&stock_source=snapshot"
    told = ask("/data/stock_period.csv", f"preset=article{ampersand}{stocks.replace('&', ampersand)}")
    assert told.body == ask("/data/stock_period.csv", f"preset=article&{stocks}").body


def test_a_cut_link_is_refused_wherever_it_is_cut() -> None:
    link = read_view(LINK).link
    assert ask("/data/profit.csv", link).body == ask("/data/profit.csv", LINK).body
    for length in range(1, link.index("&end=") + 1):
        with pytest.raises(data_api.BadQueryError, match=r"not whole|unknown key"):
            read_view(link[:length])
    answer = ask("/data/profit.csv", link[: link.index("&end=")])
    assert answer.status == 400
    assert answer.json["refused"] == [
        {"key": "link", "value": "year=FY2028/3", "reason": "this link is not whole: its end is missing"}
    ]


def test_each_bad_field_is_named() -> None:
    answer = ask("/data/profit.csv", "jpy_per_usd=x&japan_tariff_share=9&hello=1&year=FY1999/3&edition=old")
    assert answer.status == 400
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    refused = answer.json["refused"]
    assert {field["key"] for field in refused} == {"jpy_per_usd", "japan_tariff_share", "hello", "year", "edition"}
    assert all(field["reason"] for field in refused)


@pytest.mark.parametrize("key", ASSUMPTIONS)
def test_every_assumption_is_checked(key: str) -> None:
    (field,) = ask("/data/profit.json", f"{key}=1e400").json["refused"]
    assert (field["key"], field["value"]) == (key, "1e400")


def test_more_cars_than_canton_can_build_are_refused() -> None:
    answer = ask("/data/profit.csv", "canton_honda_trucks_kveh=300")
    assert answer.status == 400
    assert "Canton can build 410 thousand" in answer.json["refused"][0]["reason"]


@pytest.mark.parametrize(
    "file", ["nope.csv", "profit", "profit.xml", "results.csv", "..csv", ".csv", "profit.csv.json"]
)
def test_what_is_not_there_is_answered_with_what_is(file: str) -> None:
    answer = ask(f"/data/{file}")
    assert answer.status == 404
    named = {"results.json", "workbook.xlsx", "scenario.html"}
    assert set(answer.json["tables"]) == named | {*(f"{t}.{f}" for t in FIGURES for f in ("csv", "json"))}


@pytest.mark.parametrize("path", ["/data/", "/data/profit.csv", "/data/results.json"])
def test_what_a_reader_has_is_not_sent_again(path: str) -> None:
    first = ask(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == f"public, max-age={data_api.CACHE_SECONDS}"
    assert tag.startswith('W/"')  # it is the same whether the answer is sent compressed or not
    for known in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = ask(path, headers={"If-None-Match": known})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["vary"] == "Accept-Encoding"
    assert ask(path, headers={"If-None-Match": '"x"'}).status == 200


def test_another_scenario_has_another_tag() -> None:
    assert ask("/data/profit.csv").headers["etag"] != ask("/data/profit.csv", LINK).headers["etag"]


@pytest.mark.parametrize("path", ["/data/", "/data/profit.csv", "/data/profit.json"])
def test_only_get_and_head_are_answered(path: str) -> None:
    whole, head = ask(path), ask(path, method="HEAD")
    assert (head.status, head.headers) == (200, whole.headers)
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert ask(path, method=method).status == 405


@pytest.mark.parametrize("base", ["team/explorer", "/team/explorer/"])
def test_the_addresses_move_with_the_base_path(base: str) -> None:
    app = Starlette(routes=data_routes(base))
    assert ask("/team/explorer/data/", app=app).status == 200
    assert ask("/team/explorer/data/profit.csv", LINK, app=app).body == ask("/data/profit.csv", LINK).body
    assert ask("/data/profit.csv", app=app).status == 404


@pytest.mark.parametrize(
    "query",
    [
        "x" * 100_000,
        "jpy_per_usd=" + "9" * 100_000,
        "&".join(f"k{n}=1" for n in range(10_000)),
        b"\xff\xfe=\x80&jpy_per_usd=\xff",
        b"\x00=\r\n",
        "__proto__=1&=HYPERLINK(&<script>=1",
        "?=?&#=#",
        "http://[::1",
    ],
    ids=range(8),
)
def test_a_hostile_query_is_refused_in_few_words(query: str | bytes) -> None:
    for path in ("/data/profit.csv", "/data/results.json"):
        answer = ask(path, query)
        assert answer.status == 400
        assert answer.json["refused"]
        assert len(answer.body) < 100_000


KEYS = st.sampled_from(["edition", "preset", "model_version", "year", "title", "saw", "__proto__", *ASSUMPTIONS])
VALUES = st.text(max_size=40) | st.floats().map(str) | st.sampled_from(["0", "1", "0.5", "1e400", "=1+1", "article"])


@given(
    st.lists(st.tuples(KEYS | st.text(max_size=10), VALUES), max_size=8).map(
        lambda pairs: "&".join(
            f"{quote(key, errors='replace')}={quote(value, errors='replace')}" for key, value in pairs
        )
    )
    | st.binary(max_size=200),
    st.sampled_from(["profit.csv", "profit.json", "results.json", "tariff_cost.csv"]),
)
@examples(300)
def test_no_query_breaks_the_answer(query: str | bytes, file: str) -> None:
    answer = ask(f"/data/{file}", query)
    assert answer.status in (200, 400, 404)
    if answer.status == 400:
        assert answer.json["refused"]
    assert b"Traceback" not in answer.body


@given(st.text(max_size=60))
@examples(60)
def test_no_path_breaks_the_answer(file: str) -> None:
    assert ask(f"/data/{file}".encode("utf-8", "replace").decode()).status in (200, 307, 404)


def test_text_that_a_spreadsheet_would_run_is_neutralised(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\N{FULLWIDTH EQUALS SIGN}1", "plain"]
    records: list[tuple[object, ...]] = [(cell, -1.5) for cell in cells]
    columns = {"what": "What", "jpy_bn": "Amount, JPY bn"}
    hostile = Figure(name="hostile", title="Hostile", columns=columns, records=lambda view: records)
    monkeypatch.setitem(FIGURES, "hostile", hostile)
    _, *rows = csv.reader(io.StringIO(ask("/data/hostile.csv").body.decode()))
    assert [what for what, _ in rows] == [*(f"'{cell}" for cell in cells[:-1]), "plain"]
    assert {number for _, number in rows} == {"-1.5"}


@pytest.mark.parametrize("title", HOSTILE_TITLES)
@pytest.mark.parametrize("name", ["comparison_results", "comparison_profit_honda", "comparison_profit_nissan"])
def test_no_title_of_a_link_plants_a_formula_at_an_address(name: str, title: str) -> None:
    compared = urlencode({"preset": "usmca_lapses", "title": title})
    answer = ask(f"/data/{name}.csv", urlencode({"preset": "article", "with": compared, "title": title}))
    assert answer.status == 200
    assert not formulas_in(answer.body.decode())
