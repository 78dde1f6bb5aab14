"""Ten thousand hostile queries: each is read, each refusal is plain words, and no download runs anything."""

import csv
import io
from itertools import islice

import openpyxl
import pytest

from model.links import PAGE_KEYS, clean_title, from_query, to_pairs
from model.registry import ASSUMPTIONS
from pages.catalog import FIGURES
from pages.kit.exports import csv_text, xlsx_bytes
from pages.kit.view import View
from pages.kit.words import markdown_text
from pages.session.choices import read_choices
from tests.links.hostile import LONGEST, every_key, queries
from tests.pages.opened import ADDRESS
from tests.pages.test_data_api import ask
from tests.pages.test_links_to_pages import is_plain

COUNT = 10_000
ASKED = 200
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def text_of(query: str | bytes) -> str:
    return query if isinstance(query, str) else query.decode("utf-8", "replace")


def test_ten_thousand_hostile_queries_are_read_and_every_refusal_is_plain_words() -> None:
    refused = 0
    for query in queries(COUNT):
        text = text_of(query)
        scenario, refusals = from_query(f"?{text}")
        assert all(a.minimum <= scenario.values[key] <= a.maximum for key, a in ASSUMPTIONS.items())
        _, bad_choices = read_choices(to_pairs(f"?{text}"[:LONGEST]))
        for r in (*refusals, *bad_choices):
            refused += 1
            for word in (r.key, r.value):
                assert word.isprintable()
                assert len(word) <= 61
                assert is_plain(markdown_text(word).replace("\N{HORIZONTAL ELLIPSIS}", ""))
    assert refused > COUNT


def test_of_hostile_queries_a_program_is_answered_in_few_words_or_gets_its_table() -> None:
    for number, query in enumerate(islice(queries(COUNT), 1, ASKED)):
        name = list(FIGURES)[number % len(FIGURES)]
        answer = ask(f"/data/{name}.{'csv' if number % 2 else 'json'}", query)
        assert answer.status in (200, 400), query
        assert b"Traceback" not in answer.body
        assert answer.headers["content-type"] != "text/html"
        if answer.status == 400:
            assert answer.json["refused"]


@pytest.mark.parametrize("turn", range(4))
def test_no_cell_of_a_download_runs_whatever_the_link_says(turn: int) -> None:
    pairs = to_pairs(f"?{every_key(turn)}")
    scenario, _ = from_query(pairs)
    chosen, _ = read_choices(pairs)
    view = View.of(scenario, 4, clean_title(dict(pairs)["title"]), chosen)
    assert view.title
    assert "with" in chosen
    for name in ("profit", "comparison_results"):
        table = FIGURES[name].table(view)
        for row in csv.reader(io.StringIO(csv_text(table, view, ADDRESS))):
            assert not [cell for cell in row if cell.startswith(FORMULA_STARTS) and not is_number(cell)]
        for sheet in openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, view, ADDRESS))):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f"]
            assert not [c for c in cells if isinstance(c.value, str) and c.value.startswith(FORMULA_STARTS)]


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_hostile_queries_reach_every_key() -> None:
    keys = {key for query in queries(COUNT) for key, _ in to_pairs(f"?{text_of(query)}"[:LONGEST])}
    assert keys >= {*ASSUMPTIONS, *PAGE_KEYS, "edition", "preset", "model_version", "__proto__"}
