"""The Stocks page compares like with like, says where each price is from, and stands when the service falls."""

import datetime
import io
import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.prices import returns, yahoo
from data.prices.lines import SENTENCES, Failure
from data.prices.listings import LISTINGS
from data.prices.settings import HOST_VARIABLE
from data.prices.snapshot import snapshot
from data.prices.store import store
from data.story import timeline
from model.links import scenario_of_preset, to_pairs
from pages.catalog import figures_of
from pages.kit.charts import COMPANY_COLORS
from pages.kit.share_price import share_prices
from pages.kit.view import View
from pages.kit.words import markdown_text
from pages.session import choices
from pages.stocks import compared, forms, lines
from pages.stocks.around_event import AROUND_EVENT, window_note
from pages.stocks.compared import COMPARED
from pages.stocks.comparison import PriceComparison, comparison_of
from pages.stocks.events import EVENTS
from pages.stocks.failure_words import left_out_lines, problem_lines, source_line
from pages.stocks.headline import headline
from pages.stocks.options import LOOKS, MOST_LINES, PERIODS
from pages.stocks.period import PERIOD
from pages.stocks.price_sources import PRICES
from pages.stocks.return_parts import RETURN_PARTS
from pages.stocks.value_per_share import VALUE_PER_SHARE
from tests.data.yahoo import Service, every_listing, made_up, serving, up_to_now
from tests.pages.opened import drawn, opened, page_of, view_of
from tests.pages.test_data_api import ask
from tests.pages.test_links_to_pages import unescaped
from tests.pages.test_sharing import link_of, shared

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning:yfinance")

DAYS = up_to_now(2)
WAIT_S = 30.0
LIVE = every_listing(DAYS)
FIGURES = {figure.name: figure for figure in figures_of("stocks")}


def view(preset: str = "status_quo", **chosen: str) -> View:
    return View.of(scenario_of_preset(preset), 4, choices=chosen)


def snapshot_view(**chosen: str) -> View:
    return view(stock_source="snapshot", **chosen)


def snapshot_of(**chosen: str) -> PriceComparison:
    return comparison_of(snapshot_view(**chosen))


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A price service with prices of every listing."""
    found = Service()
    found.shares = dict(LIVE)
    with serving(found) as address:
        monkeypatch.setenv(HOST_VARIABLE, address)
        yield found


def arrived_view(**chosen: str) -> View:
    """The view once everything that is asked for has arrived or failed."""
    seen = view(**chosen)
    while loading := comparison_of(seen).loading:
        assert store().wait(loading, WAIT_S)
        seen = view(**chosen)
    return seen


def arrived(**chosen: str) -> PriceComparison:
    return comparison_of(arrived_view(**chosen))


def text_of(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption)).replace("\\", "")


# -------------------------------------------------------------------------- what is shown, and how it is named


def test_without_live_prices_the_snapshot_is_shown_with_its_last_date_and_basis() -> None:
    app = page_of("stocks", "status_quo")
    shown = text_of(app)
    assert SENTENCES[Failure.SWITCHED_OFF] in shown
    assert "month-end closes are shown: up to June 2026 to September 2026" in shown
    assert "restated for splits, not adjusted for dividends" in shown
    assert "price only: dividends not known" in shown


def test_live_prices_arrive_behind_a_page_that_is_open_already(service: Service) -> None:
    service.open.clear()
    app = opened("stock_period=1y", "stocks")
    assert "Loading live prices" in text_of(app)
    assert "to the end of June 2026" in text_of(app)  # figures of the snapshot meanwhile
    service.open.set()
    arrived(stock_period="1y")
    shown = text_of(drawn(app))
    assert "Live prices** of finished trading days" in shown
    assert "dividends put back" in shown
    assert "went wrong" not in " ".join(expander.label for expander in app.expander)


def test_prices_that_arrive_while_a_view_is_shown_change_none_of_its_figures(service: Service) -> None:
    chosen = {"preset": "alliance_good", "stock_period": "1y"}
    service.open.clear()
    early = view(**chosen)
    before = {name: figure.table(early) for name, figure in FIGURES.items()}
    assert set(before["stock_prices"].rows["source"]) == {"snapshot"}
    service.open.set()
    late = arrived_view(**chosen)
    for name, figure in FIGURES.items():
        table = figure.table(early)
        pd.testing.assert_frame_equal(table.rows, before[name].rows)
        assert (table.title, table.sources, table.lacking) == (
            before[name].title,
            before[name].sources,
            before[name].lacking,
        )
    assert set(PRICES.table(late).rows["source"]) == {"live"}


def test_every_figure_of_prices_is_awaited() -> None:
    assert {f.name for f in figures_of("stocks") if f.awaited} == set(FIGURES) - {
        "stock_snapshot_sources",
        "stock_value_per_share",
    }


@pytest.mark.parametrize(
    ("play", "failure"),
    [
        ("rate_limit", Failure.RATE_LIMIT),
        ("down", Failure.REFUSED),
        ("page", Failure.CHANGED_FORMAT),
        ("empty", Failure.EMPTY),
        ("hang", Failure.TIME_OUT),
    ],
)
def test_each_failure_is_said_with_what_is_shown_instead(
    service: Service, play: str, failure: Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    if play == "hang":
        monkeypatch.setattr(yahoo, "LONGEST_SYMBOL_S", 0.3)
    service.plays["*"] = play
    c = arrived()
    said = SENTENCES[failure].removesuffix(".")
    assert said in source_line(c).replace("\\", "")
    (line,) = problem_lines(c)
    assert said in line.replace("\\", "")
    assert "month-ends of the snapshot are shown, to September 2026" in line
    assert c.panel is not None
    assert headline(c) == headline(snapshot_of())


def test_some_lines_are_live_some_from_the_snapshot_and_some_missing_each_named(service: Service) -> None:
    service.plays = {"7201.T": "empty", "TSLA": "page"}
    del service.shares["1211.HK"]
    seen = arrived_view(stock_symbols="7267.T,7201.T,TSLA,1211.HK,VOW3.DE")
    c, sources = comparison_of(seen), PRICES.table(seen).rows.set_index("symbol")["source"].to_dict()
    assert sources == {
        "7267.T": "live", "7201.T": "snapshot", "TSLA": "snapshot", "1211.HK": "missing", "VOW3.DE": "missing",
        "^GSPC": "live", "JPY=X": "live",
    }  # fmt: skip
    told = "\n".join([*problem_lines(c), *left_out_lines(c)]).replace("\\", "")
    for name in ("Nissan (7201.T)", "Tesla (TSLA)", "BYD (1211.HK)", "VOW3.DE"):
        assert name in told
    assert "There is no price of BYD (1211.HK) and VOW3.DE." in source_line(c).replace("\\", "")
    assert c.symbols == ["7267.T", "7201.T", "TSLA", "^GSPC"]
    assert c.monthly  # the snapshot has nothing else, so all are compared on month-ends


def test_a_symbol_that_a_visitor_types_is_compared_in_the_readers_currency(service: Service) -> None:
    service.shares["VOW3.DE"] = made_up(DAYS, 100.0, 0.0, 3, currency="EUR", zone="Europe/Berlin")
    service.shares["EUR=X"] = made_up(DAYS, 0.9, 0.0, 5, currency="EUR", zone="Europe/London")
    seen = arrived_view(stock_symbols="VOW3.DE", stock_currency="JPY", stock_period="1y")
    c = comparison_of(seen)
    assert c.panel is not None
    euros, yen = (service.shares[s].closes for s in ("VOW3.DE", "JPY=X"))
    per_dollar = service.shares["EUR=X"].closes
    first, last = (c.panel.days[at].date() for at in (0, -1))
    value = {day: euros[day] / per_dollar[day] * yen[day] for day in (first, last)}
    found = PERIOD.table(seen).rows.set_index("symbol")["return_share"]["VOW3.DE"]
    assert found == pytest.approx(value[last] / value[first] - 1, rel=1e-9)


def test_a_line_whose_exchange_rate_is_missing_is_left_out_and_the_others_are_not(service: Service) -> None:
    del service.shares["HKD=X"]
    c = arrived(stock_symbols="7267.T,1211.HK")
    assert list(c.left_out) == ["1211.HK"]
    assert "HKD=X" in c.left_out["1211.HK"]
    assert c.symbols == ["7267.T", "^GSPC"]
    assert arrived(stock_symbols="7267.T,1211.HK", stock_currency="local").left_out == {}


def test_with_nothing_to_compare_the_page_says_so_and_stands() -> None:
    app = opened("stock_symbols=1211.HK&stock_benchmark=VOW3.DE&stock_source=snapshot", "stocks")
    shown = text_of(app)
    assert "nothing to compare" in shown
    assert "BYD (1211.HK) and VOW3.DE**: nothing can be shown" in shown
    assert "The alliance per share" in " ".join(h.value for h in app.header)


# ------------------------------------------------------------------------------------ the numbers on the page


def test_the_period_table_shows_what_the_arithmetic_gives() -> None:
    seen = snapshot_view(stock_period="5y", stock_currency="JPY")
    c = comparison_of(seen)
    assert c.panel is not None
    rows = PERIOD.table(seen).rows.set_index("symbol")
    for symbol in c.symbols:
        line = snapshot()[symbol].rows["close"]
        rate = 1.0 if snapshot()[symbol].currency == "JPY" else snapshot()["JPY=X"].rows["close"]
        own = (line * rate).dropna()[c.panel.days]
        assert rows["return_share"][symbol] == pytest.approx(own.iloc[-1] / own.iloc[0] - 1)
        assert rows["volatility_share"][symbol] == pytest.approx(own.pct_change().dropna().std() * 12**0.5)
    assert (c.panel.days[0].strftime("%Y-%m"), c.panel.days[-1].strftime("%Y-%m")) == ("2021-06", "2026-06")


@pytest.mark.parametrize("currency", ["USD", "JPY", "local"])
def test_the_parts_of_each_return_sum_to_it(service: Service, currency: str) -> None:
    seen = arrived_view(stock_currency=currency, stock_period="1y")
    c = comparison_of(seen)
    assert c.panel is not None
    rows = RETURN_PARTS.table(seen).rows
    for symbol, own in rows.groupby("symbol"):
        assert own["part_share"].sum() == pytest.approx(own["return_share"].iloc[0], rel=1e-12)
        assert own["return_share"].iloc[0] == pytest.approx(returns.period_return(c.panel.value[symbol]), rel=1e-9)
        paid = own.set_index("part")["part_share"]["Dividends"]
        assert (paid > 0) == (LISTINGS[str(symbol)].kind == "share")


@pytest.mark.parametrize(
    ("look", "first", "last"),
    [("index", 100.0, "100 * a"), ("percent", 0.0, "a - 1"), ("ratio", 1.0, "a / b"), ("spread", 0.0, "a - b")],
)
def test_every_look_starts_alike_and_ends_where_it_must(look: str, first: float, last: str) -> None:
    c = snapshot_of(stock_view=look)
    assert c.panel is not None
    drawn_values = compared._values(c)
    a, b = ((c.panel.value[s].iloc[-1] / c.panel.value[s].iloc[0]) for s in ("7267.T", "7201.T"))
    assert drawn_values["7267.T"].iloc[0] == pytest.approx(first)
    assert drawn_values["7267.T"].iloc[-1] == pytest.approx(eval(last, {"a": a, "b": b}))
    assert (len(drawn_values.columns) == 1) == (look in ("ratio", "spread"))


def test_prices_are_prices_whatever_dividends_were(service: Service) -> None:
    c = arrived(stock_view="price", stock_currency="local", stock_symbols="TSLA", stock_period="1y")
    last = compared._values(c)["TSLA"].iloc[-1]
    assert c.panel is not None
    assert last == pytest.approx(service.shares["TSLA"].closes[c.panel.days[-1].date()])


def test_events_come_from_the_timeline_of_the_tariffs_page() -> None:
    seen = snapshot_view(stock_period="10y")
    c, shown = comparison_of(seen), EVENTS.table(seen).rows
    assert c.panel is not None
    ours = [e for e in timeline() if e.date <= c.panel.days[-1].date()]
    assert shown["event"].tolist() == [e.id for e in ours]
    assert shown["title"].tolist() == [e.title for e in ours]


def test_an_event_is_measured_against_the_benchmark_and_proves_nothing() -> None:
    seen = snapshot_view(stock_event="car_duty_starts", stock_window="3")
    c = comparison_of(seen)
    closes = {s: snapshot()[s].rows["close"] for s in ("7267.T", "^GSPC", "JPY=X")}
    honda = (closes["7267.T"] / closes["JPY=X"])["2025-06-30"] / (closes["7267.T"] / closes["JPY=X"])["2025-03-31"] - 1
    market = closes["^GSPC"]["2025-06-30"] / closes["^GSPC"]["2025-03-31"] - 1
    row = AROUND_EVENT.table(seen).rows.query("symbol == '7267.T' and step == 3").iloc[0]
    assert row["return_share"] == pytest.approx(honda)
    assert row["against_benchmark_share"] == pytest.approx(honda - market)
    assert "does not prove" in window_note(c)
    assert "the end of March 2025" in window_note(c)


def test_the_alliance_stands_per_share_beside_the_price_in_scenario_and_reference() -> None:
    shown = view("alliance_good")
    table = VALUE_PER_SHARE.table(shown)
    for company, price in share_prices(shown.scenario.edition).items():
        own = table.rows[table.rows["company"] == company.capitalize()].set_index("what")["per_share"]
        assert own["Share price"] == price.price_jpy
        assert own["Alliance, scenario"] == shown.once(company, "value_per_share_jpy")
        assert markdown_text(price.named) in VALUE_PER_SHARE.explained(shown)
        assert own["Alliance, reference"] == 0.0
    assert "of Honda's price" in VALUE_PER_SHARE.says(shown)


# ------------------------------------------------------------------------------------------- links and choices


def test_a_shared_link_holds_the_days_it_was_made_with_and_opens_on_them() -> None:
    link = link_of(shared("stock_period=1y", "stocks"))
    asked = {key: values[0] for key, values in parse_qs(link.partition("?")[2]).items()}
    assert (asked["stock_from"], asked["stock_to"]) == ("2025-06-30", "2026-06-30")
    app = opened(link, "stocks")
    assert "From the end of June 2025 to the end of June 2026" in text_of(app)
    assert app.session_state["choice_stock_dates"] == "shared"
    assert not app.warning


def test_latest_counts_back_from_what_is_there_now(service: Service) -> None:
    days = {"stock_from": DAYS[100].isoformat(), "stock_to": DAYS[400].isoformat()}
    as_shared, latest = arrived(**days), arrived(**days, stock_dates="latest", stock_period="6m")
    assert as_shared.panel is not None
    assert latest.panel is not None
    assert [as_shared.panel.days[at].date() for at in (0, -1)] == [DAYS[100], DAYS[400]]
    assert latest.panel.days[-1].date() == DAYS[-1]
    assert latest.panel.days[0] >= latest.panel.days[-1] - PERIODS["6m"]


EVERY_CHOICE = {
    "stock_symbols": "HMC,TSLA",
    "stock_benchmark": "^N225",
    "stock_view": "ratio",
    "stock_currency": "JPY",
    "stock_return": "price",
    "stock_period": "5y",
    "stock_from": "2024-01-31",
    "stock_to": "2026-03-31",
    "stock_dates": "latest",
    "stock_log": "true",
    "stock_event": "japan_deal",
    "stock_window": "10",
    "stock_source": "snapshot",
}


def test_every_choice_is_in_the_link_and_is_read_from_it() -> None:
    known = {choice.key for choice in choices.CHOICES if choice.page == "stocks"}
    assert set(EVERY_CHOICE) == known
    app = opened("&".join(f"{key}={quote(text)}" for key, text in EVERY_CHOICE.items()), "stocks")
    assert dict(view_of(app).choices) == {**EVERY_CHOICE, "hold_set": "true"}
    assert not app.warning
    assert set(EVERY_CHOICE.items()) <= set(to_pairs(view_of(app).link))
    c = comparison_of(view_of(app))
    assert c.asked.log
    assert not c.asked.total
    assert (c.asked.symbols, c.asked.around, c.asked.event) == (("HMC", "TSLA"), 10, "japan_deal")
    assert "Honda ADR / Tesla" in set(COMPARED.table(view_of(app)).rows["line"])


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("stock_symbols", "<script>alert(1)</script>"),
        ("stock_symbols", "A,B,C,D,E,F,G,H,I"),
        ("stock_symbols", "US0378331005"),
        ("stock_benchmark", "../../etc"),
        ("stock_from", "2026-13-40"),
        ("stock_to", "next year"),
        ("stock_from", "1066-10-14"),
        ("stock_window", "1000000"),
        ("stock_event", "the_end"),
        ("stock_log", "maybe"),
    ],
)
def test_a_bad_choice_is_refused_by_its_key(key: str, text: str) -> None:
    kept, refusals = choices.read_choices([(key, text)])
    assert kept == {}
    assert [r.key for r in refusals] == [key]


def test_days_that_hold_nothing_are_named_and_the_period_is_shown_instead() -> None:
    app = opened("stock_from=2026-05-01&stock_to=2025-01-01", "stocks")
    assert "no two days from 2026-05-01 to 2025-01-01" in text_of(app)
    assert "From the end of June 2023 to the end of June 2026" in text_of(app)


def told_of(app: AppTest) -> list[str]:
    """What was typed and not used, in the Markdown it is shown in."""
    return [warning.value for warning in app.warning if "was not used" in warning.value]


def test_symbols_are_added_as_they_are_typed_and_what_is_none_is_named() -> None:
    app = opened("stock_symbols=7267.T", "stocks")
    app.text_input(key="stock_symbols_typed").set_value("hmc, VOW3.de;*no* [symbol](x)")
    shown = drawn(app)
    assert view_of(shown).choices["stock_symbols"] == "7267.T,HMC,VOW3.DE"
    assert app.text_input(key="stock_symbols_typed").value == ""
    (refused,) = told_of(shown)
    assert "“\\*NO\\*” was not used" in refused
    assert r"“\[SYMBOL\]\(X\)” was not used" in refused
    assert told_of(drawn(app)) == [refused]  # prices that arrive draw the page again
    app.multiselect(key="stock_lines").set_value(["7267.T", "HMC"])
    assert not told_of(drawn(app))


def test_a_line_too_many_is_named() -> None:
    most = [f"S{i}" for i in range(MOST_LINES)]
    app = opened(f"stock_symbols={','.join(most)}", "stocks")
    app.text_input(key="stock_symbols_typed").set_value("ONE.MORE")
    assert view_of(drawn(app)).choices["stock_symbols"] == ",".join(most)
    (refused,) = told_of(app)
    assert unescaped(refused) == f"“ONE.MORE” was not used: {MOST_LINES} lines are the most: take one away first."


@pytest.mark.parametrize("typed", ["2024-01-31", " 2024/01/31 ", "2024.01.31"])
def test_a_day_is_typed_year_first(typed: str) -> None:
    app = opened("", "stocks")
    app.text_input(key="stock_first_day").set_value(typed)
    assert view_of(drawn(app)).choices["stock_from"] == "2024-01-31"
    app.text_input(key="stock_first_day").set_value("")
    assert "stock_from" not in view_of(drawn(app)).choices


@pytest.mark.parametrize("typed", ["31/01/2024", "2024-13-40", "last week", "1066-10-14", "<b>"])
def test_a_day_that_is_none_is_named_and_the_one_before_stays(typed: str) -> None:
    app = opened("stock_from=2024-01-31", "stocks")
    app.text_input(key="stock_first_day").set_value(typed)
    assert view_of(drawn(app)).choices["stock_from"] == "2024-01-31"
    assert app.text_input(key="stock_first_day").value == "2024-01-31"
    (refused,) = told_of(app)
    assert unescaped(refused) == (
        f"First day: “{typed}” was not used: not a day from 1990-01-01 to 2099-12-31 in the form 2025-07-31. "
        "2024-01-31 stays."
    )


def test_a_period_takes_fixed_days_away() -> None:
    app = opened("stock_from=2024-01-31&stock_to=2025-01-31", "stocks")
    app.button_group(key="stock_period_shown").set_value("1y")
    assert view_of(drawn(app)).choices == {"stock_period": "1y", "hold_set": "true"}


# ------------------------------------------------------------------------------------------- charts and data


def test_a_company_has_its_colour_and_no_two_lines_look_alike() -> None:
    symbols = [*LISTINGS, "VOW3.DE", "RNO.PA"]
    looks = list(zip((lines.color_of(s, symbols) for s in symbols), map(tuple, lines.dashes_of(symbols)), strict=True))
    assert len(set(looks)) == len(looks)
    for symbol in ("7267.T", "HMC", "7201.T"):
        assert lines.color_of(symbol, symbols) == COMPANY_COLORS[LISTINGS[symbol].company]


def test_many_days_are_thinned_and_keep_both_ends() -> None:
    days = pd.bdate_range("2016-01-04", "2026-01-05")
    kept = forms.thinned(days)
    assert len(kept) <= forms.MOST_DRAWN + 2
    assert (kept[0], kept[-1]) == (days[0], days[-1])
    assert set(kept) <= set(days)


@pytest.mark.parametrize(
    "heights", [[1.0, 1.0, 1.0, 1.0], [0.0, 0.01, 1.0, 0.99], [0.5], [], [0.97, 0.98, 0.99, 1.0, 0.0]]
)
def test_names_at_the_ends_of_lines_do_not_overlap_and_keep_their_order(heights: list[float]) -> None:
    placed = lines.spread(heights, 0.0, 1.0)
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    gaps = [placed[b] - placed[a] for a, b in itertools.pairwise(order)]
    assert all(gap >= lines._SAME_HEIGHT - 1e-12 for gap in gaps)
    assert max(placed, default=0.0) <= 1.0


def test_a_charts_form_does_not_depend_on_prices() -> None:
    seen, form = snapshot_view(), COMPARED.form
    assert form is not None
    rows = COMPARED.marks(seen)
    other = rows.assign(value=rows["value"] * 3 + 1, label_y=rows["label_y"] * 3)
    specs = [form.chart(r, *form.arguments(seen)).to_dict() for r in (rows, other)]
    for spec in specs:
        spec["datasets"].clear()
        spec["data"].clear()
    assert json.dumps(specs[0]) == json.dumps(specs[1])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if figure.form])
def test_a_figure_is_drawn_of_complete_rows_in_every_look(name: str, look: str) -> None:
    figure, seen = FIGURES[name], snapshot_view(stock_view=look, stock_log="true")
    assert not figure.marks(seen).isna().any(axis=None)
    figure.chart(seen).to_dict()  # raises where the grammar is broken
    assert figure.says(seen)


def test_a_symbol_in_another_spelling_gets_a_hint_on_the_page_and_in_the_data(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    c = arrived(stock_symbols="TSLA,BRK.B,7267")
    told = "\n".join(problem_lines(c)).replace("\\", "")
    assert "knows no such symbol. Yahoo writes class shares with a dash: BRK-B. **BRK.B**" in told
    assert "knows no such symbol. Yahoo adds the exchange: 7267.T in Tokyo, 7267.HK in Hong Kong. **7267**" in told
    monkeypatch.setattr("pages.stocks.comparison.PATIENCE_S", WAIT_S)
    rows = pd.read_csv(io.BytesIO(ask("/data/stock_prices.csv", "stock_symbols=TSLA,BRK.B,7267").body))
    problems = rows.set_index("symbol")["problems"]
    assert "BRK-B" in problems["BRK.B"]
    assert "7267.T" in problems["7267"]


def test_data_by_address_waits_for_live_prices_and_says_where_each_row_is_from(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.stocks.comparison.PATIENCE_S", WAIT_S)
    service.plays["7201.T"] = "empty"
    answer = ask("/data/stock_prices.csv", "stock_symbols=7267.T,7201.T&stock_currency=local")
    rows = pd.read_csv(io.BytesIO(answer.body), comment="#").set_index("symbol")
    assert rows["source"].to_dict() == {"7267.T": "live", "7201.T": "snapshot", "^GSPC": "live"}
    assert "without a single price" in rows["problems"]["7201.T"]


@pytest.mark.parametrize("name", FIGURES)
def test_every_table_is_served_and_is_the_pages(name: str) -> None:
    answer = ask(f"/data/{name}.json", "preset=article&stock_source=snapshot&stock_period=1y")
    assert answer.status == 200
    assert answer.json["rows"]
    own = FIGURES[name].table(view("article", stock_source="snapshot", stock_period="1y"))
    assert len(answer.json["rows"]) == len(own.rows)
    assert list(answer.json["columns"]) == list(own.rows.columns)


def test_a_bad_symbol_is_refused_by_the_data_address() -> None:
    answer = ask("/data/stock_period.csv", "stock_symbols=A/B")
    assert answer.status == 400
    assert answer.json["refused"][0]["key"] == "stock_symbols"


# ------------------------------------------------------------------------------------- other pages stay apart

OPEN_OVERVIEW = """
import sys
from tests.pages.opened import opened
assert len(opened().title) == 1
print(sorted({name.partition(".")[0] for name in sys.modules} & {"yfinance", "curl_cffi", "peewee"}))
"""


def test_opening_the_overview_imports_no_yfinance() -> None:
    run = subprocess.run(
        [sys.executable, "-c", OPEN_OVERVIEW],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "[]"


def test_the_last_day_of_a_line_is_said_as_the_snapshot_has_it() -> None:
    rows = PRICES.table(snapshot_view()).rows
    for row in rows.to_dict("records"):
        line = snapshot()[row["symbol"]]
        assert datetime.date.fromisoformat(row["last_day"]) == line.last_day
        assert row["last_close"] == line.rows["close"].iloc[-1]
