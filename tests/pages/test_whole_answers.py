"""A table of prices is whole, or says below its rows what it lacks and is kept by no cache."""

import csv
import io
import time
from collections.abc import Iterator

import pandas as pd
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from data.prices.lines import SENTENCES, Failure
from data.prices.settings import HOST_VARIABLE
from data.prices.store import store
from pages.askers import NamedAskers
from pages.catalog import figures_of
from pages.data_api import CACHE_SECONDS, data_routes
from pages.kit.exports import csv_text, svg_text, xlsx_bytes
from pages.stocks.compared import COMPARED
from pages.stocks.comparison import comparison_of
from pages.stocks.failure_words import problem_lines
from tests.data.yahoo import Service, Share, every_listing, made_up, serving, up_to_now
from tests.pages.opened import ADDRESS, drawn, opened
from tests.pages.test_data_api import Answer, ask
from tests.pages.test_stocks import arrived, text_of, view

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning:yfinance")

DAYS = up_to_now(2)
LIVE = every_listing(DAYS)
WAIT_S = 30.0
NAMES = [figure.name for figure in figures_of("stocks")]
OF_PRICES = [name for name in NAMES if name not in ("stock_snapshot_sources", "stock_value_per_share")]
FOREIGN = {
    "1211.HK": ("HKD", "Asia/Hong_Kong", 7.8),
    "VOW3.DE": ("EUR", "Europe/Berlin", 0.9),
    "BP.L": ("GBp", "Europe/London", 0.8),
}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A price service that a server has not asked anything yet."""
    found = Service()
    found.shares = dict(LIVE)
    for symbol, (currency, zone, per_dollar) in FOREIGN.items():
        found.shares[symbol] = made_up(DAYS, 100.0, 0.0, 3, currency=currency, zone=zone)
        rate = f"{currency.upper()}=X"
        found.shares[rate] = Share(dict.fromkeys(DAYS, per_dollar), currency.upper(), "Europe/London")
    with serving(found) as address:
        monkeypatch.setenv(HOST_VARIABLE, address)
        yield found


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.stocks.comparison.PATIENCE_S", WAIT_S)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs wait for hardly a moment, and each of them does."""
    monkeypatch.setattr("pages.stocks.comparison.PATIENCE_S", 0.05)
    monkeypatch.setattr("data.prices.store.RETRY_S", 0.0)


def rows_of(answer: Answer) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(answer.body), comment="#")


def notes_of(answer: Answer) -> list[str]:
    return [line for line in answer.body.decode().splitlines() if line.startswith("# ")]


def is_kept(answer: Answer) -> bool:
    """Whether a cache may keep an answer; one that may not has no tag either."""
    kept = answer.headers["cache-control"] == f"public, max-age={CACHE_SECONDS}"
    assert kept or (answer.headers["cache-control"], "etag" in answer.headers) == ("no-store", False)
    return kept


def arrive(query: dict[str, str]) -> None:
    """Wait as long as it takes until everything has arrived."""
    arrived(**query)


@pytest.mark.parametrize("symbol", FOREIGN)
def test_the_first_answer_holds_a_share_in_another_currency(service: Service, patient: None, symbol: str) -> None:
    first = ask("/data/stock_period.csv", f"stock_symbols={symbol}")
    assert rows_of(first)["symbol"].tolist() == [symbol, "^GSPC"]
    assert is_kept(first)
    assert notes_of(first) == []
    assert ask("/data/stock_period.csv", f"stock_symbols={symbol}").body == first.body


@pytest.mark.parametrize("name", OF_PRICES)
def test_a_table_that_is_not_whole_yet_says_so_and_is_not_kept(service: Service, hasty: None, name: str) -> None:
    service.open.clear()
    asked = "stock_symbols=1211.HK,TSLA&stock_period=1y"
    early, early_json = ask(f"/data/{name}.csv", asked), ask(f"/data/{name}.json", asked)
    service.open.set()
    assert early.status == early_json.status == 200
    assert not is_kept(early)
    assert not is_kept(early_json)
    told = " ".join(notes_of(early))
    assert "Still on the way" in told
    assert "BYD (1211.HK) is left out: its prices are on their way." in told
    assert [f"# Not whole: {note.replace(',', ';')}" for note in early_json.json["not_whole"]] == notes_of(early)
    arrive({"stock_symbols": "1211.HK,TSLA", "stock_period": "1y"})
    late, late_json = ask(f"/data/{name}.csv", asked), ask(f"/data/{name}.json", asked)
    assert is_kept(late)
    assert is_kept(late_json)
    assert notes_of(late) == late_json.json["not_whole"] == []


def test_a_slow_service_gives_one_table_that_is_kept_and_every_other_says_what_it_lacks(
    service: Service, hasty: None
) -> None:
    service.pause_s = 0.15
    answers: list[Answer] = []
    end_s = time.monotonic() + WAIT_S
    while not answers or (not is_kept(answers[-1]) and time.monotonic() < end_s):
        answers.append(ask("/data/stock_period.csv", "stock_symbols=TSLA,7267.T,1211.HK"))
    *early, whole = answers
    assert is_kept(whole)
    assert len({answer.body for answer in early}) > 2
    for answer in early:
        told = " ".join(notes_of(answer))
        missing = {"TSLA", "7267.T", "1211.HK", "^GSPC"} - set(rows_of(answer)["symbol"])
        assert notes_of(answer)
        assert all(f"({symbol})" in told for symbol in missing)
    assert rows_of(whole)["symbol"].tolist() == ["TSLA", "7267.T", "1211.HK", "^GSPC"]
    assert ask("/data/stock_period.csv", "stock_symbols=TSLA,7267.T,1211.HK").body == whole.body


def test_who_does_not_wait_because_another_does_is_told_what_is_missing(service: Service, hasty: None) -> None:
    service.open.clear()
    with store()._patient:
        answer = ask("/data/stock_period.csv", "stock_symbols=1211.HK")
    service.open.set()
    assert not is_kept(answer)
    assert "BYD (1211.HK)" in " ".join(notes_of(answer))


@pytest.mark.parametrize(
    ("spoil", "asked", "said"),
    [
        ({"HKD=X": "unknown"}, "stock_symbols=1211.HK", "there is no exchange rate (HKD=X) to bring it into USD."),
        ({"TSLA": "empty"}, "stock_symbols=TSLA", "snapshot instead of daily ones: Tesla (TSLA). The price service"),
        ({}, "stock_symbols=ZZZZ", "ZZZZ is left out: it has no prices here. The price service knows no such symbol."),
        ({"*": "page"}, "", "The price service answered in a form that cannot be read."),
    ],
)
def test_what_never_arrives_is_named_and_not_kept(
    service: Service, patient: None, spoil: dict[str, str], asked: str, said: str
) -> None:
    service.plays = spoil
    answer = ask("/data/stock_period.csv", asked)
    assert answer.status == 200
    assert not is_kept(answer)
    assert said in " ".join(notes_of(answer))


def test_lines_that_share_no_days_say_so(service: Service, patient: None) -> None:
    service.shares["OLD"] = made_up(DAYS[:40], 100.0, 0.0)
    service.shares["NEW"] = made_up(DAYS[-200:], 100.0, 0.0)
    answer = ask("/data/stock_period.csv", "stock_symbols=OLD,NEW")
    assert not is_kept(answer)
    assert "share no two days" in " ".join(notes_of(answer))


def test_what_is_not_kept_is_sent_whole_to_who_has_an_older_one(service: Service, hasty: None) -> None:
    service.open.clear()
    answer = ask("/data/stock_period.csv", "stock_symbols=1211.HK", headers={"If-None-Match": "*"})
    service.open.set()
    assert answer.status == 200
    assert answer.body


@pytest.mark.parametrize("asked", ["", "stock_source=snapshot", "stock_symbols=TSLA&stock_source=snapshot"])
def test_the_snapshot_by_choice_or_because_prices_are_off_is_whole(asked: str) -> None:
    for name in NAMES:
        answer = ask(f"/data/{name}.csv", asked)
        assert is_kept(answer)
        assert notes_of(answer) == []


def test_a_symbol_that_a_switched_off_server_does_not_hold_is_named() -> None:
    answer = ask("/data/stock_period.csv", "stock_symbols=1211.HK")
    assert not is_kept(answer)
    assert "BYD (1211.HK) is left out" in " ".join(notes_of(answer))


def test_no_note_begins_a_cell_of_its_own_where_a_reader_splits_at_commas(service: Service, hasty: None) -> None:
    service.open.clear()
    answer = ask("/data/stock_period.csv", "stock_symbols=1211.HK,TSLA,F")
    service.open.set()
    header, *rows = csv.reader(io.StringIO(answer.body.decode()))
    assert {len(row) for row in rows} <= {len(header), 1, 0}


# ------------------------------------------------------------------------------------- the page and its files


def opened_while_the_rate_is_awaited(service: Service) -> AppTest:
    """The page when the price has arrived and its exchange rate has not."""
    service.plays = {"HKD=X": "hang"}
    asked = {"stock_symbols": "1211.HK,7267.T"}
    store().quotes(["1211.HK", "7267.T", "7201.T", "^GSPC", "JPY=X"])
    assert store().wait(["1211.HK", "7267.T", "7201.T", "^GSPC", "JPY=X"], WAIT_S)
    assert comparison_of(view(**asked)).loading == ["HKD=X"]
    return opened("stock_symbols=1211.HK,7267.T", "stocks")


def test_the_page_says_which_line_is_not_in_its_tables_yet(service: Service) -> None:
    said = "BYD (1211.HK) is not in the comparison: the exchange rate (HKD=X) to bring it into USD is on its way."
    assert said in text_of(opened_while_the_rate_is_awaited(service)).replace("**", "")


def test_files_made_meanwhile_say_what_they_lack(service: Service) -> None:
    opened_while_the_rate_is_awaited(service)
    shown = view(stock_symbols="1211.HK,7267.T")
    table = COMPARED.table(shown)
    said = "Not whole: BYD (1211.HK) is left out: the exchange rate"
    assert f"# {said}" in csv_text(table, shown, ADDRESS)
    about = pd.read_excel(io.BytesIO(xlsx_bytes(table, shown, ADDRESS)), sheet_name="About", header=None)[0]
    assert about.str.startswith(said).any()
    picture = svg_text(COMPARED.chart(shown), COMPARED.says(shown), table, shown, ADDRESS)
    assert said in picture.partition("</desc>")[2].replace("\u200b", "")


def test_a_chart_that_stands_alone_says_what_it_lacks(service: Service) -> None:
    opened_while_the_rate_is_awaited(service)
    app = opened("stock_symbols=1211.HK,7267.T&chart=stock_comparison&embed=true", "stocks")
    assert any("Not whole: BYD (1211.HK) is left out" in text.replace("\\", "") for text in map(_value, app.caption))


def _value(element: object) -> str:
    return str(getattr(element, "value", ""))


# ----------------------------------------------------------------------------- dividends in another currency


@pytest.fixture
def byd(service: Service) -> Share:
    """BYD at 100 in HKD for good, with one dividend of 40 that is declared in yuan; 7.2 of them are a dollar."""
    share = Share(dict.fromkeys(DAYS, 100.0), "HKD", "Asia/Hong_Kong", {DAYS[-100]: 40.0}, {DAYS[-100]: "CNY"})
    service.shares["1211.HK"] = share
    service.shares["CNY=X"] = Share(dict.fromkeys(DAYS, 7.2), "CNY", "Europe/London")
    return share


ASKED = "stock_symbols=1211.HK&stock_period=1y&stock_currency="


@pytest.mark.parametrize("currency", ["local", "USD"])
def test_a_dividend_in_yuan_is_converted_at_its_days_rate(
    service: Service, byd: Share, patient: None, currency: str
) -> None:
    service.shares["CNY=X"].closes = {day: 7.2 if day == DAYS[-100] else 9.9 for day in DAYS}
    answer = ask("/data/stock_period.csv", ASKED + currency)
    assert is_kept(answer)
    assert rows_of(answer).set_index("symbol")["return_share"]["1211.HK"] == pytest.approx(0.4 * 7.8 / 7.2)


def test_a_dividend_in_dollars_needs_one_rate_only(service: Service, byd: Share, patient: None) -> None:
    byd.dividends, byd.paid_in = {DAYS[-100]: 5.0}, {DAYS[-100]: "USD"}
    answer = ask("/data/stock_period.csv", ASKED + "local")
    assert rows_of(answer).set_index("symbol")["return_share"]["1211.HK"] == pytest.approx(0.39)
    assert "CNY=X" not in service.asked


@pytest.mark.parametrize("lost", ["no rate", "no rate near its day", "too large"])
def test_a_dividend_that_cannot_be_converted_is_left_out_and_named_with_day_and_value(
    service: Service, byd: Share, patient: None, lost: str
) -> None:
    amount = 4000.0 if lost == "too large" else 40.0
    byd.dividends = {DAYS[-200]: 10.0, DAYS[-100]: amount}  # the other one is in HKD
    if lost == "no rate":
        del service.shares["CNY=X"]
    if lost == "no rate near its day":
        service.shares["CNY=X"].closes = {d: 7.2 for d in DAYS if abs((d - DAYS[-100]).days) > 5}
    answer = ask("/data/stock_period.json", ASKED + "local")
    found = {row["symbol"]: row["return_share"] for row in answer.json["rows"]}
    assert found["1211.HK"] == pytest.approx(0.10)
    said = f"{DAYS[-100].isoformat()} ({amount:g} CNY)"
    assert said in " ".join(answer.json["sources"])
    prices = rows_of(ask("/data/stock_prices.csv", ASKED + "local")).set_index("symbol")
    assert said in prices["problems"]["1211.HK"]
    told = "\n".join(problem_lines(comparison_of(view(stock_symbols="1211.HK", stock_currency="local"))))
    assert f"{said}. **BYD (1211.HK)**: returns count the other dividends only" in told.replace("\\", "")


def test_price_only_asks_for_no_rate_of_dividends(service: Service, byd: Share, patient: None) -> None:
    answer = ask("/data/stock_period.csv", f"{ASKED}local&stock_return=price")
    assert rows_of(answer).set_index("symbol")["return_share"]["1211.HK"] == 0.0
    assert "CNY=X" not in service.asked
    assert is_kept(answer)


def test_while_the_rate_of_a_dividend_is_awaited_the_answer_is_not_kept(
    service: Service, byd: Share, hasty: None
) -> None:
    service.plays = {"CNY=X": "hang"}
    store().quotes(["1211.HK", "^GSPC", "7267.T", "7201.T"])
    assert store().wait(["1211.HK", "^GSPC", "7267.T", "7201.T"], WAIT_S)
    answer = ask("/data/stock_period.csv", ASKED + "local")
    assert not is_kept(answer)
    assert "CNY=X" in " ".join(notes_of(answer))


def test_a_rate_of_dividends_takes_no_day_away_and_is_not_said_to(service: Service, byd: Share) -> None:
    service.shares["CNY=X"].closes = dict.fromkeys(DAYS[-110:-90], 7.2)
    c = arrived(stock_symbols="1211.HK", stock_currency="local", stock_period="1y")
    assert c.panel is not None
    assert c.panel.days[-1].date() == DAYS[-1]
    assert c.panel.held["1211.HK"].iloc[-1] > 1.0


def test_a_fund_that_pays_its_gain_has_lost_nothing(service: Service, patient: None) -> None:
    closes = {day: 100.0 if day < DAYS[-100] else 90.0 for day in DAYS}
    service.shares["FUND"] = Share(closes, gains={DAYS[-100]: 10.0}, kind="MUTUALFUND")
    answer = ask("/data/stock_period.csv", "stock_symbols=FUND&stock_period=1y")
    assert rows_of(answer).set_index("symbol")["return_share"]["FUND"] == pytest.approx(0.0)


def test_page_with_everything_on_the_page_again_once_it_has_arrived(service: Service, byd: Share) -> None:
    app = opened("stock_symbols=1211.HK&stock_period=1y", "stocks")
    arrive({"stock_symbols": "1211.HK", "stock_period": "1y"})
    shown = text_of(drawn(app))
    assert "not in the comparison" not in shown
    assert "went wrong" not in " ".join(expander.label for expander in app.expander)


# ------------------------------------------------------------------------- symbols that were too many in a minute

INVENTED = "stock_symbols=XA,XB,XC,XD,TSLA&stock_benchmark=%5EGSPC"


def test_data_tell_which_symbols_were_too_many_and_how_long_to_wait(service: Service, patient: None) -> None:
    answer = ask("/data/stock_period.json", INVENTED)
    (said,) = [line for line in answer.json["not_whole"] if line.startswith("XD ")]
    assert SENTENCES[Failure.BUSY] in said
    assert "try again in a minute" in said
    assert answer.headers["cache-control"] == "no-store"
    assert not [line for line in answer.json["not_whole"] if "TSLA" in line]
    assert sorted({s for s in service.asked if s.startswith("X")}) == ["XA", "XB", "XC"]


def test_each_address_has_its_own_minute(service: Service, patient: None) -> None:
    for address, own in (("192.0.2.1", "XA,XB,XC,XD"), ("192.0.2.2", "YA,YB,YC,YD"), ("192.0.2.1", "XE")):
        app = Starlette(routes=data_routes(), middleware=[Middleware(From, address), Middleware(NamedAskers)])
        ask("/data/stock_period.json", f"stock_symbols={own}", app=app)
    asked = {symbol for symbol in service.asked if symbol[0] in "XY"}
    assert asked == {"XA", "XB", "XC", "YA", "YB", "YC"}


class From:
    """Lets requests come from an address."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        self.app, self.address = app, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app({**scope, "client": (self.address, 1)}, receive, send)


def test_the_page_warns_of_symbols_that_were_too_many(service: Service) -> None:
    app = opened(INVENTED, "stocks")
    (warning,) = [found.value for found in app.warning if "too many symbols" in found.value.lower()]
    assert warning.startswith("XD: ")
    assert "try again in a minute" in warning
    arrived(stock_symbols="TSLA", stock_benchmark="^GSPC")
    assert "Live prices** of finished trading days" in text_of(drawn(app))


def test_the_page_asks_in_the_name_of_its_visitors_address(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(streamlit.context), "ip_address", property(lambda context: "192.0.2.7"))
    opened(INVENTED, "stocks")
    assert {address for _, address in store()._taken} == {"192.0.2.7"}
