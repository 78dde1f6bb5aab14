"""Everything that a visitor reads on any page: names keep their capitals, figures one notation."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from google.protobuf.message import Message
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from pages.kit.exports import svg_text
from pages.kit.words import MINUS, NBSP
from pages.overview.profit import MARGIN
from pages.plant.words import distance
from tests.pages.opened import ADDRESS, PAGES, chart_specs, drawn, opened, page_of, view_of
from tests.pages.test_tables import view
from tests.sameness import elements

LINKS = {
    "status quo": "preset=status_quo",
    "alliance goes well": "preset=alliance_good",
    "alliance fails": "preset=alliance_fails",
    "old facts": "preset=article",
    "edited": "japan_tariff_share=0.25&canton_honda_trucks_kveh=60&with=preset%3Dusmca_lapses&break_even=true",
    "a little": "japan_tariff_share=0.1500001&with=preset%3Dstatus_quo",
}

_NOT_READ = {"id", "query_param_key", "deferred_file_id", "page", "page_script_hash", "raw_values", "raw_value", "icon"}
"""Fields of Streamlit's messages that hold names, values and addresses for programs."""

FORBIDDEN = {
    "a hyphen for a minus": r"(?<![^\s(])-\s?(?=\d|JPY|USD)",
    "a name without its capital": r"\b(japan|canton|honda|nissan|canada|mexico|usmca|ridgelines?|tesla)\b(?!\.|-now)",
    "a sign for a currency": "[¥￥$](?=[^a-z{]*\\d|%)",
    "per cent without a space": r"\d%",
    "a number with the word yen": r"\d (bn )?yen\b",
    "cars that are trucks": r"(?i:trucks? (built )?for Honda)[^.;]{0,12}\d cars",
    "nothing with a digit after the point": r"(?<![\d.,])[+−]?(JPY )?0\.0 (bn|pp) (higher|lower|above|below|against)",
    "unchanged than": "unchanged than",
}
"""What no text of the app may hold."""


def strings_in(message: Message) -> Iterator[str]:
    """Every text that one of Streamlit's messages shows, those of its tables and of its charts' rows included."""
    for field, value in message.ListFields():
        if field.name in _NOT_READ or hasattr(value, "items"):
            continue
        for one in [value] if isinstance(value, str | bytes | Message | int | float) else value:
            if isinstance(one, Message):
                yield from strings_in(one)
            elif isinstance(one, bytes) and field.name == "data" and one:
                rows = convert_arrow_bytes_to_pandas_df(one)
                for name in rows:
                    yield from [str(name), *(text for text in rows[name] if isinstance(text, str))]
            elif isinstance(one, str) and field.name == "spec":
                yield from re.findall(r'"(?:title|text)": ?"([^"]*)"', one)
            elif isinstance(one, str):
                yield one


def texts_on(app: AppTest) -> set[str]:
    """Every text on the page as a reader sees it, without the marks that keep Markdown from reading it."""
    walked = (text for element in elements(app._tree) for text in strings_in(element.proto))
    plain = (re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text) for text in walked)
    return {
        re.sub(r"(?m)^- ", "", text).replace(NBSP, " ") for text in plain if not re.fullmatch(r"[a-z0-9_.-]+", text)
    }


@cache
def read(page: str, link: str) -> set[str]:
    return texts_on(opened(LINKS[link], page, sliders=page == "overview"))


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_holds_a_forbidden_form(page: str, link: str) -> None:
    texts = read(page, link)
    assert len(texts) > 50
    for what, form in FORBIDDEN.items():
        found = [text[max(0, m.start() - 40) : m.end() + 40] for text in texts for m in re.finditer(form, text)]
        assert not found, what


@pytest.mark.parametrize("section", ["Assumptions", "Facts", "Method", "Editions"])
def test_no_part_of_the_sources_holds_a_forbidden_form(section: str) -> None:
    for text in texts_on(opened(f"section={section}", "sources")):
        for what, form in FORBIDDEN.items():
            assert not re.search(form, text), (what, text)


def test_what_differs_by_less_than_is_shown_is_not_called_the_same() -> None:
    app = opened("japan_tariff_share=0.1500001", "overview")
    for company in ("honda", "nissan"):
        value, reference = view_of(app).at_year(company, "operating_profit_jpy_bn")
        assert 0.0 < reference - value < 0.05
    told = [metric.delta.replace(NBSP, " ") for metric in app.metric]
    assert told == [
        "down by less than JPY 0.1 bn against JPY 1,000 bn",
        "up by less than JPY 0.1 bn against JPY 216 bn",
        "down by less than JPY 0.1 bn against JPY 200 bn",
        "up by less than JPY 0.1 bn against JPY 238 bn",
    ]


def test_cards_of_an_untouched_scenario_have_no_distance_and_all_others_do() -> None:
    app = opened()
    assert [metric.delta for metric in app.metric] == [""] * 4
    app.slider(key="japan_tariff_share").set_value(0.25)
    assert "same as reference" not in [metric.delta for metric in drawn(app).metric]


def test_a_card_points_where_its_number_goes() -> None:
    app = opened("japan_tariff_share=0.25")
    for metric in app.metric:
        up = not metric.delta.startswith("−")
        better = up == ("profit" in metric.label)
        proto = metric.proto
        assert proto.direction == (proto.UP if up else proto.DOWN), metric.label
        assert proto.color == (proto.GREEN if better else proto.RED), metric.label


def test_axes_write_per_cent_as_words_do() -> None:
    for spec, _ in chart_specs(page_of("tariffs", "status_quo")):
        assert spec["config"]["locale"]["number"]["percent"] == f"{NBSP}%"
    seen = view("status_quo")
    drawn_words = re.findall(r">([^<>]*%)<", svg_text(MARGIN.chart(seen), "Margins", MARGIN.table(seen), seen, ADDRESS))
    assert drawn_words
    assert all(re.fullmatch(rf"{MINUS}?[0-9.]+{NBSP}%", words) for words in drawn_words)


@pytest.mark.parametrize(
    ("gap_kveh", "words"),
    [
        (0.0, "exactly at break-even"),
        (0.01, "less than 100 cars short of break-even"),
        (-0.01, "less than 100 cars past break-even"),
        (118.0, "118,000 cars short of break-even"),
    ],
)
def test_only_break_even_is_break_even(gap_kveh: float, words: str) -> None:
    assert distance(gap_kveh) == words


def test_scenarios_that_differ_by_less_than_is_shown_are_not_compared_as_the_same() -> None:
    link = "japan_tariff_share=0.1500001&with=preset%3Dstatus_quo"
    told = " ".join(texts_on(opened(link, "compare")))
    assert "all give about JPY 1,000 bn" in told
    assert "down by less than JPY 0.1 bn" in told or "up by less than JPY 0.1 bn" in told
    assert "no difference" not in told


def test_a_company_that_nothing_touches_earns_as_in_the_reference() -> None:
    (told,) = [text for text in texts_on(opened("nissan_reshoring_share=0.2")) if text.startswith("Your changes, ")]
    assert re.search(
        r"Honda earns \*\*JPY 1,000 bn\*\*, as in the reference, and Nissan earns [^,]+, JPY [0-9.]+ bn higher", told
    )
    assert told.count("than the reference") == 1


def test_trucks_that_never_come_do_not_fill_the_plant() -> None:
    (told,) = [text for text in read("overview", "alliance fails") if "Canton stays at" in text]
    assert "if the alliance delivers" not in told
    assert "Canton stays at 51 %." in told
