"""The price service fails in many ways; each is told apart, and none takes the page along.

The real yfinance runs against a stand-in on loopback. Nothing of ours is replaced.
"""

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from data.prices import store as store_module
from data.prices import yahoo
from data.prices.askers import ASKER
from data.prices.lines import DAILY, LIVE, MONTHLY, SENTENCES, SNAPSHOT, Answer, Failure, Problem
from data.prices.listings import LISTINGS, OFFERED, rate_symbol, symbol_problem
from data.prices.settings import HOST_VARIABLE
from data.prices.snapshot import snapshot
from data.prices.store import (
    FRESH_S,
    MINUTE_S,
    MOST_OF_ONE_A_MINUTE,
    MOST_OTHERS_A_MINUTE,
    MOST_SYMBOLS,
    PriceStore,
)
from tests.data.yahoo import FAILURES, Service, Share, every_listing, made_up, serving, up_to_now

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning:yfinance")

TODAY = datetime.datetime.now(datetime.UTC).date()
DAYS = up_to_now(4)
WAIT_S = 30.0


@pytest.fixture(autouse=True)
def live_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not switched off, and nobody outside is asked."""
    monkeypatch.setenv(HOST_VARIABLE, "http://127.0.0.1:9")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    found = Service()
    found.shares = {"TSLA": made_up(DAYS, 100.0, 0.0002)}
    with serving(found) as address:
        monkeypatch.setenv(HOST_VARIABLE, address)
        yield found


def failures(answer: Answer) -> list[Failure]:
    return [problem.failure for problem in answer.problems]


def changed(share: Share, changes: dict[int, float | None]) -> Share:
    """The share with other closes on some days, counted from the first."""
    closes = dict(share.closes)
    for at, close in changes.items():
        closes[list(closes)[at]] = close
    share.closes = closes
    return share


def test_daily_closes_arrive_through_the_real_library(service: Service) -> None:
    answer = yahoo.download("TSLA", True, TODAY)
    assert answer.problems == ()
    assert answer.line is not None
    assert (answer.line.currency, answer.line.basis, answer.line.source) == ("USD", DAILY, LIVE)
    closes = {day.date(): close for day, close in answer.line.rows["close"].items()}
    assert closes == pytest.approx({d: c for d, c in service.shares["TSLA"].closes.items() if d in closes})
    assert len(closes) > 1000


def test_dividends_stand_on_the_day_a_buyer_goes_without_them(service: Service) -> None:
    service.shares["TSLA"].dividends = {DAYS[100]: 0.5, DAYS[200]: 0.75}
    line = yahoo.download("TSLA", True, TODAY).line
    assert line is not None
    paid = line.rows["dividend"][line.rows["dividend"] > 0]
    assert {day.date(): amount for day, amount in paid.items()} == {DAYS[100]: 0.5, DAYS[200]: 0.75}


def test_a_dividend_of_a_day_without_trade_is_not_lost(service: Service) -> None:
    changed(service.shares["TSLA"], {100: None})
    service.shares["TSLA"].dividends = {DAYS[100]: 0.5, DAYS[101]: 0.25}
    line = yahoo.download("TSLA", True, TODAY).line
    assert line is not None
    assert line.rows["dividend"][pd.Timestamp(DAYS[101])] == 0.75
    assert line.rows["dividend"].sum() == 0.75


def test_a_split_that_is_in_the_prices_is_no_jump(service: Service) -> None:
    service.shares["TSLA"].splits = {DAYS[500]: (5, 1)}
    answer = yahoo.download("TSLA", True, TODAY)
    assert answer.line is not None
    assert answer.problems == ()


def test_prices_that_know_nothing_of_their_split_are_not_used(service: Service) -> None:
    share = service.shares["TSLA"]
    share.closes = {day: close * (5.0 if at < 500 else 1.0) for at, (day, close) in enumerate(share.closes.items())}
    share.splits = {DAYS[500]: (5, 1)}
    answer = yahoo.download("TSLA", True, TODAY)
    assert answer.line is None
    assert failures(answer) == [Failure.BROKEN]
    assert DAYS[500].isoformat() in answer.problems[0].sentence


@pytest.mark.parametrize(
    ("play", "failure"),
    [
        ("rate_limit", Failure.RATE_LIMIT),
        ("down", Failure.REFUSED),
        ("forbidden", Failure.REFUSED),
        ("page", Failure.CHANGED_FORMAT),
        ("other_json", Failure.CHANGED_FORMAT),
        ("huge", Failure.CHANGED_FORMAT),
        ("nested", Failure.CHANGED_FORMAT),
        ("nested_chart", Failure.CHANGED_FORMAT),
        ("no_quote", Failure.CHANGED_FORMAT),
        ("no_currency", Failure.CHANGED_FORMAT),
        ("words", Failure.CHANGED_FORMAT),
        ("gone", Failure.DELISTED),
        ("nothing", Failure.EMPTY),
        ("no_result", Failure.EMPTY),
        ("empty", Failure.EMPTY),
    ],
)
def test_a_failure_is_named_for_what_it_is(service: Service, play: str, failure: Failure) -> None:
    service.plays["TSLA"] = play
    answer = yahoo.download("TSLA", True, TODAY)
    assert answer.line is None
    assert failures(answer) == [failure]


@pytest.mark.parametrize("currency", ["<B>", "=A1", "ÀÀÀ", "usd", "USDX", "US", "U\nD", "XXX", ""])
def test_what_is_no_currency_is_refused(service: Service, currency: str) -> None:
    service.shares["TSLA"].currency = currency
    answer = yahoo.download("TSLA", True, TODAY)
    assert answer.line is None
    assert failures(answer) == [Failure.CHANGED_FORMAT]


@pytest.mark.parametrize("currency", ["<B>", "=A1", "ÀÀÀ"])
def test_a_dividend_in_no_currency_names_none(service: Service, currency: str) -> None:
    share = service.shares["TSLA"]
    share.dividends, share.paid_in = {DAYS[100]: 0.5}, {DAYS[100]: currency}
    line = yahoo.download("TSLA", True, TODAY).line
    assert line is not None
    assert currency not in line.rows.columns
    assert not line.rows["dividend"].any()


def test_nobody_else_is_asked_because_the_service_says_so(service: Service) -> None:
    other = Service()
    other.shares = dict(service.shares)
    with serving(other) as elsewhere:
        service.sends_on["TSLA"] = f"{elsewhere}/v8/finance/chart/TSLA"
        assert failures(yahoo.download("TSLA", True, TODAY)) == [Failure.CHANGED_FORMAT]
        assert service.asked
        assert other.reached == 0


def test_within_its_host_the_service_may_send_on_a_few_times(service: Service) -> None:
    service.shares["MOVED"] = service.shares.pop("TSLA")
    service.sends_on["TSLA"] = "/v8/finance/chart/MOVED"
    assert yahoo.download("TSLA", True, TODAY).line is not None
    service.sends_on["ROUND"] = "/v8/finance/chart/ROUND"
    service.asked.clear()
    assert failures(yahoo.download("ROUND", True, TODAY)) == [Failure.CHANGED_FORMAT]
    assert len(service.asked) <= 2 * (1 + yahoo.MOST_REDIRECTS)  # for its time zone and its prices


def test_a_service_that_hangs_is_left_in_time(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yahoo, "LONGEST_REQUEST_S", 0.2)
    monkeypatch.setattr(yahoo, "LONGEST_SYMBOL_S", 0.5)
    service.plays["*"] = "hang"
    assert failures(yahoo.download("TSLA", True, TODAY)) == [Failure.TIME_OUT]


def test_a_host_that_nobody_answers_at_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Service()) as address:
        pass
    monkeypatch.setenv(HOST_VARIABLE, address)
    assert failures(yahoo.download("TSLA", True, TODAY)) == [Failure.NO_NETWORK]


@pytest.mark.parametrize(("known", "failure"), [(True, Failure.DELISTED), (False, Failure.UNKNOWN)])
def test_a_symbol_without_prices_is_unknown_or_gone_by_what_is_known(
    service: Service, known: bool, failure: Failure
) -> None:
    service.shares.clear()
    assert failures(yahoo.download("TSLA", known, TODAY)) == [failure]


def test_prices_that_end_are_shown_to_their_end_and_named(service: Service) -> None:
    service.shares["TSLA"] = made_up(DAYS[:-300], 100.0, 0.0)
    answer = yahoo.download("TSLA", True, TODAY)
    assert failures(answer) == [Failure.DELISTED]
    assert answer.line is not None
    assert answer.line.last_day == DAYS[-301]
    assert DAYS[-301].isoformat() in answer.problems[0].sentence


@pytest.mark.parametrize(
    ("days", "first_trade", "said"),
    [
        (DAYS[300:], DAYS[0], "nothing before"),
        ([*DAYS[:500], *DAYS[530:]], None, "nothing between"),
        (DAYS[:-15], None, "nothing after"),
    ],
)
def test_a_part_of_the_prices_is_named_as_a_part(
    service: Service, days: list[datetime.date], first_trade: datetime.date | None, said: str
) -> None:
    service.shares["TSLA"] = made_up(days, 100.0, 0.0, first_trade=first_trade)
    answer = yahoo.download("TSLA", True, TODAY)
    assert failures(answer) == [Failure.PARTIAL]
    assert said in answer.problems[0].sentence


def test_a_young_company_is_no_partial_answer(service: Service) -> None:
    service.shares["TSLA"] = made_up(DAYS[300:], 100.0, 0.0)
    assert yahoo.download("TSLA", True, TODAY).problems == ()


@pytest.mark.parametrize("bad", [None, 0.0, 9000.0, 0.9, -5.0], ids=["NaN", "zero", "100 times", "a 100th", "negative"])
def test_a_broken_row_is_left_out_and_its_day_is_named(service: Service, bad: float | None) -> None:
    share = changed(service.shares["TSLA"], {400: bad})
    if bad is None:  # a row without any price is a day on which nobody traded: only the close is missing here
        chart = share.chart
        share.chart = lambda symbol: _only_close_missing(chart(symbol), 400)  # type: ignore[method-assign]
    answer = yahoo.download("TSLA", True, TODAY)
    assert failures(answer) == [Failure.BROKEN_ROWS]
    assert answer.line is not None
    assert DAYS[400] not in [day.date() for day in answer.line.rows.index]
    assert DAYS[400].isoformat() in answer.problems[0].sentence


def _only_close_missing(result: dict, at: int) -> dict:
    for name in ("open", "high", "low"):
        result["indicators"]["quote"][0][name][at] = 100.0
    return result


def test_a_day_without_trade_is_nobodys_fault(service: Service) -> None:
    changed(service.shares["TSLA"], {400: None})
    assert yahoo.download("TSLA", True, TODAY).problems == ()


def test_prices_that_change_their_unit_for_good_are_not_used(service: Service) -> None:
    share = service.shares["TSLA"]
    changed(share, {at: list(share.closes.values())[at] * 100 for at in range(600, len(DAYS))})
    answer = yahoo.download("TSLA", True, TODAY)
    assert answer.line is None
    assert failures(answer) == [Failure.BROKEN]


def test_many_broken_rows_spoil_the_answer(service: Service) -> None:
    changed(service.shares["TSLA"], dict.fromkeys(range(400, 800, 40), 0.0))
    assert failures(yahoo.download("TSLA", True, TODAY)) == [Failure.BROKEN]


def test_hundredths_of_a_pound_become_pounds(service: Service) -> None:
    service.shares["BP.L"] = made_up(DAYS, 500.0, 0.0, currency="GBp", zone="Europe/London")
    line = yahoo.download("BP.L", False, TODAY).line
    assert line is not None
    assert line.currency == "GBP"
    closes = service.shares["BP.L"].closes
    assert line.rows["close"].iloc[0] == pytest.approx(closes[line.first_day] / 100)


def test_a_day_that_is_not_over_has_no_close(service: Service) -> None:
    service.shares["TSLA"] = made_up([*DAYS, TODAY, TODAY + datetime.timedelta(days=1)], 100.0, 0.0)
    line = yahoo.download("TSLA", True, TODAY).line
    assert line is not None
    assert line.last_day < datetime.datetime.now().astimezone().date()


def test_every_failure_has_a_sentence_of_its_own() -> None:
    assert set(SENTENCES) == set(Failure)
    assert len(set(SENTENCES.values())) == len(Failure)
    assert Problem("X", Failure.EMPTY, "at 12 %").sentence.endswith(": at 12 %.")


# ------------------------------------------------------------------------------------------- the store


def test_some_tickers_arrive_and_the_others_are_named(service: Service) -> None:
    service.shares = every_listing(DAYS)
    service.plays = {"F": "empty", "GM": "page", "7203.T": "unknown"}
    store = PriceStore()
    asked = ["7267.T", "F", "GM", "7203.T", "ZZZZ", "1211.HK"]
    first = store.quotes(asked)
    assert all(quote.loading for quote in first.values())
    assert first["F"].line == snapshot()["F"]
    assert first["ZZZZ"].line is None
    assert store.wait(asked, WAIT_S)
    quotes = store.quotes(asked)
    shown = {symbol: quote.line.source if quote.line else "missing" for symbol, quote in quotes.items()}
    assert shown == {
        "7267.T": LIVE, "F": SNAPSHOT, "GM": SNAPSHOT, "7203.T": SNAPSHOT, "ZZZZ": "missing", "1211.HK": LIVE,
    }  # fmt: skip
    named = {symbol: quote.problems[0].failure for symbol, quote in quotes.items() if quote.problems}
    assert named == {
        "F": Failure.EMPTY, "GM": Failure.CHANGED_FORMAT, "7203.T": Failure.DELISTED, "ZZZZ": Failure.UNKNOWN,
    }  # fmt: skip


def test_many_visitors_cause_one_download(service: Service) -> None:
    store = PriceStore()
    visitors = [threading.Thread(target=store.quotes, args=(["TSLA"],)) for _ in range(20)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert store.wait(["TSLA"], WAIT_S)
    once = list(service.asked)
    store.quotes(["TSLA"])
    assert store.wait(["TSLA"], WAIT_S)
    assert service.asked == once
    assert len(once) <= 2  # the time zone and the prices


def test_a_service_that_limits_is_asked_once_and_not_by_every_symbol(service: Service) -> None:
    service.plays["*"] = "rate_limit"
    store = PriceStore()
    store.quotes(LISTINGS)
    assert store.wait(LISTINGS, WAIT_S)
    assert set(service.asked) == {next(iter(LISTINGS))}
    quotes = store.quotes(LISTINGS)
    assert {q.problems[0].failure for q in quotes.values()} == {Failure.RATE_LIMIT}
    assert {s for s, q in quotes.items() if q.line} == set(snapshot())


def test_prices_that_end_before_the_snapshot_give_way_to_it(service: Service) -> None:
    service.shares["TSLA"] = made_up(DAYS[:300], 100.0, 0.0)
    store = PriceStore()
    store.quotes(["TSLA"])
    assert store.wait(["TSLA"], WAIT_S)
    quote = store.quotes(["TSLA"])["TSLA"]
    assert quote.line == snapshot()["TSLA"]
    assert quote.problems[0].failure is Failure.DELISTED


def test_part_of_the_prices_gives_way_to_a_longer_snapshot(service: Service) -> None:
    service.shares["TSLA"] = made_up(DAYS[700:], 100.0, 0.0, first_trade=DAYS[0])
    service.shares["NEW"] = made_up(DAYS[700:], 100.0, 0.0, first_trade=DAYS[0])
    store = PriceStore()
    store.quotes(["TSLA", "NEW"])
    assert store.wait(["TSLA", "NEW"], WAIT_S)
    quotes = store.quotes(["TSLA", "NEW"])
    assert quotes["TSLA"].line == snapshot()["TSLA"]
    assert quotes["NEW"].line is not None
    assert quotes["NEW"].line.source == LIVE
    assert {q.problems[0].failure for q in quotes.values()} == {Failure.PARTIAL}


def wrong_clock(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """The clock of this machine goes wrong by so many days."""

    class Wrong(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "Wrong":
            moment = datetime.datetime.now(tz) + datetime.timedelta(days=days)
            return cls(*moment.timetuple()[:6], tzinfo=tz)

    names = {name: getattr(datetime, name) for name in ("UTC", "date", "timedelta", "tzinfo")}
    for module in (store_module, yahoo):
        monkeypatch.setattr(module, "datetime", SimpleNamespace(datetime=Wrong, **names))


def test_a_clock_that_is_behind_shows_no_prices_older_than_the_snapshot(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong_clock(monkeypatch, -800)
    store = PriceStore()
    store.quotes(["TSLA"])
    assert store.wait(["TSLA"], WAIT_S)
    quote = store.quotes(["TSLA"])["TSLA"]
    assert quote.line == snapshot()["TSLA"]
    assert [problem.failure for problem in quote.problems] == [Failure.BEHIND]
    assert "clock" in quote.problems[0].sentence


def test_a_clock_that_is_ahead_names_the_day_on_which_prices_end(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong_clock(monkeypatch, 400)
    store = PriceStore()
    store.quotes(["TSLA"])
    assert store.wait(["TSLA"], WAIT_S)
    (problem,) = store.quotes(["TSLA"])["TSLA"].problems
    assert problem.failure is Failure.DELISTED
    assert DAYS[-1].isoformat()[:7] in problem.sentence


def given(symbol: str, failure: Failure | None = None) -> Answer:
    line = snapshot()["TSLA"] if failure is None else None
    return Answer(symbol, line, (Problem(symbol, failure),) if failure else ())


def test_the_store_forgets_what_was_not_asked_for_the_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    for most in ("MOST_OTHERS_A_MINUTE", "MOST_OF_ONE_A_MINUTE"):
        monkeypatch.setattr(store_module, most, 2 * MOST_SYMBOLS)
    store = PriceStore(lambda symbol, known, today: given(symbol))
    for number in range(2 * MOST_SYMBOLS):
        store.quotes([f"S{number}"])
        assert store.wait([f"S{number}"], WAIT_S)
    assert len(store._entries) <= MOST_SYMBOLS
    assert f"S{2 * MOST_SYMBOLS - 1}" in store._entries


def test_too_many_symbols_at_once_are_refused_by_name() -> None:
    hold = threading.Event()

    def slow(symbol: str, known: bool, today: datetime.date) -> Answer:
        hold.wait(WAIT_S)
        return given(symbol)

    store = PriceStore(slow)
    quotes = store.quotes([f"S{number}" for number in range(40)])
    busy = [s for s, q in quotes.items() if Failure.BUSY in [p.failure for p in q.problems]]
    hold.set()
    assert busy
    assert all(quotes[s].line is None and not quotes[s].loading for s in busy)


class Clock:
    """A clock that goes on when it is told to; in the place of the store's module `time`."""

    def __init__(self) -> None:
        self.now_s = 1_000.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(store_module, "time", found)
    return found


@contextmanager
def asked_by(address: str) -> Iterator[None]:
    before = ASKER.set(address)
    try:
        yield
    finally:
        ASKER.reset(before)


def taken_by(store: PriceStore, address: str, symbols: list[str]) -> list[str]:
    """Those of the symbols that are asked for; the others are refused by name."""
    with asked_by(address):
        quotes = store.quotes(symbols)
    for symbol, quote in quotes.items():
        busy = [p.failure for p in quote.problems] == [Failure.BUSY]
        assert busy != (quote.loading or quote.line is not None), symbol
    return [symbol for symbol, quote in quotes.items() if quote.loading]


def test_of_symbols_that_nobody_offers_few_a_minute_are_asked_for(clock: Clock) -> None:
    asked = list[str]()

    def download(symbol: str, known: bool, today: datetime.date) -> Answer:
        asked.append(symbol)
        return given(symbol)

    store = PriceStore(download)
    names = [f"{address}{number}" for address in "ABCDE" for number in range(6)]
    taken = [taken_by(store, address, [s for s in names if s[0] == address]) for address in "ABCDE"]
    assert [len(own) for own in taken] == [MOST_OF_ONE_A_MINUTE] * 3 + [1, 0]
    assert store.wait(names, WAIT_S)
    assert asked == [symbol for own in taken for symbol in own]
    assert len(asked) == MOST_OTHERS_A_MINUTE
    clock.now_s += MINUTE_S - 1
    assert taken_by(store, "F", ["F0"]) == []
    clock.now_s += 1
    assert taken_by(store, "F", ["F0"]) == ["F0"]
    assert taken_by(store, "A", ["A5"]) == ["A5"]
    assert store.wait(["F0", "A5"], WAIT_S)


def test_offered_securities_go_first_and_are_never_too_many() -> None:
    first, hold, asked = threading.Event(), threading.Event(), list[str]()

    def download(symbol: str, known: bool, today: datetime.date) -> Answer:
        asked.append(symbol)
        first.set()
        hold.wait(WAIT_S)
        return given(symbol)

    store = PriceStore(download)
    invented = ["X0", "X1", "X2", "X3"]
    taken_by(store, "flood", invented)
    assert first.wait(WAIT_S)
    assert taken_by(store, "flood", [*LISTINGS]) == [*LISTINGS]
    assert taken_by(store, "visitor", ["MINE"]) == ["MINE"]
    hold.set()
    assert store.wait([*LISTINGS, "MINE"], WAIT_S)
    assert asked == ["X0", *LISTINGS, "X1", "X2", "MINE"]


def test_what_is_refused_drives_out_nothing() -> None:
    store = PriceStore(lambda symbol, known, today: given(symbol))
    assert taken_by(store, "visitor", ["MINE"]) == ["MINE"]
    assert store.wait(["MINE"], WAIT_S)
    for number in range(3 * MOST_SYMBOLS):
        taken_by(store, "flood", [f"X{number}"])
    assert store.quotes(["MINE"])["MINE"].line is not None
    assert len(store._entries) <= 1 + MOST_OF_ONE_A_MINUTE


def test_prices_that_are_there_stay_when_newer_ones_are_too_many(clock: Clock) -> None:
    store = PriceStore(lambda symbol, known, today: given(symbol))
    assert taken_by(store, "visitor", ["MINE"]) == ["MINE"]
    assert store.wait(["MINE"], WAIT_S)
    clock.now_s += FRESH_S + 1
    taken_by(store, "visitor", ["X0", "X1", "X2"])
    assert store.wait(["X0", "X1", "X2"], WAIT_S)
    with asked_by("visitor"):
        quote = store.quotes(["MINE"])["MINE"]
    assert quote.line is not None
    assert [problem.failure for problem in quote.problems] == [Failure.BUSY]


def test_an_invented_symbol_that_is_refused_takes_no_offered_one_along() -> None:
    first, hold, asked = threading.Event(), threading.Event(), list[str]()

    def download(symbol: str, known: bool, today: datetime.date) -> Answer:
        asked.append(symbol)
        first.set()
        hold.wait(WAIT_S)
        return given(symbol, None if symbol in LISTINGS else Failure.REFUSED)

    store = PriceStore(download)
    store.quotes(["X0", "X1"])
    assert first.wait(WAIT_S)
    store.quotes(["TSLA"])
    hold.set()
    assert store.wait(["X0", "X1", "TSLA"], WAIT_S)
    assert asked == ["X0", "TSLA"]  # the other invented one is given up
    quote = store.quotes(["TSLA"])["TSLA"]
    assert quote.line is not None
    assert quote.problems == ()


def test_every_rate_of_a_listing_is_offered() -> None:
    rates = {rate_symbol(listing.currency) for listing in LISTINGS.values()} - {""}
    assert rates | LISTINGS.keys() | snapshot().keys() <= OFFERED
    assert not [symbol for symbol in OFFERED if symbol_problem(symbol)]


def test_a_flood_of_invented_symbols_leaves_the_offered_ones_their_live_prices(service: Service) -> None:
    service.shares = every_listing(DAYS)
    store = PriceStore()
    for number in range(100):
        taken_by(store, "flood", [f"X{number}", "TSLA"])
    assert taken_by(store, "visitor", [*LISTINGS])
    wanted = [*LISTINGS, *(f"X{number}" for number in range(100))]
    assert store.wait(wanted, WAIT_S)
    quotes = store.quotes(LISTINGS)
    assert {quote.line.source for quote in quotes.values() if quote.line} == {LIVE}
    assert len({symbol for symbol in service.asked if symbol not in LISTINGS}) == MOST_OF_ONE_A_MINUTE


def test_programs_wait_once_for_a_service_that_is_slow_and_not_each_in_turn() -> None:
    hold = threading.Event()

    def slow(symbol: str, known: bool, today: datetime.date) -> Answer:
        hold.wait(WAIT_S)
        return given(symbol)

    store = PriceStore(slow)
    store.quotes(["TSLA"])
    store.wait_a_little(lambda: ["TSLA"], 0.01)  # in vain
    store.wait_a_little(lambda: ["TSLA"], 10 * WAIT_S)  # would outlast the test if it waited
    assert store.quotes(["TSLA"])["TSLA"].loading
    hold.set()
    assert store.wait(["TSLA"], WAIT_S)


def test_programs_go_on_waiting_while_prices_arrive_and_for_what_those_make_necessary() -> None:
    taken, hold = threading.Event(), threading.Event()

    def slow(symbol: str, known: bool, today: datetime.date) -> Answer:
        if symbol == "LATE":
            taken.set()
            hold.wait(WAIT_S)
        return given(symbol)

    store = PriceStore(slow)
    store.quotes(["TSLA", "LATE"])

    def awaited() -> list[str]:
        quotes = store.quotes(["TSLA", "LATE"])
        rates = store.quotes(["HKD=X"]) if quotes["LATE"].line else {}
        return [symbol for symbol, quote in {**quotes, **rates}.items() if quote.loading]

    before = store.version
    while store.version == before:  # one has arrived within the time
        store.wait_a_little(awaited, 0.2)
    assert taken.wait(WAIT_S)
    threading.Timer(0.1, hold.set).start()
    store.wait_a_little(awaited, WAIT_S)
    assert awaited() == []
    assert store.quotes(["HKD=X"])["HKD=X"].line is not None


def test_a_download_that_dies_leaves_nobody_waiting() -> None:
    def dies(symbol: str, known: bool, today: datetime.date) -> Answer:
        raise RuntimeError("no memory")

    store = PriceStore(dies)
    store.quotes(["TSLA"])
    assert store.wait(["TSLA"], WAIT_S)
    assert not store.quotes(["TSLA"])["TSLA"].loading
    assert store.quotes(["TSLA"])["TSLA"].problems[0].failure is Failure.CHANGED_FORMAT


def test_an_earlier_answer_is_kept_when_the_next_one_fails(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.prices.store.FRESH_S", 0.0)
    store = PriceStore()
    store.quotes(["TSLA"])
    assert store.wait(["TSLA"], WAIT_S)
    service.plays["*"] = "down"
    store.quotes(["TSLA"])
    assert store.wait(["TSLA"], WAIT_S)
    quote = store.quotes(["TSLA"])["TSLA"]
    assert quote.line is not None
    assert quote.line.source == LIVE
    assert quote.problems[0].failure is Failure.REFUSED
    assert store.wait(["TSLA"], WAIT_S)


def test_switched_off_means_that_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOST_VARIABLE, "off")
    store = PriceStore(lambda *_: pytest.fail("asked"))
    quotes = store.quotes(["TSLA", "ZZZZ"])
    assert not any(quote.loading for quote in quotes.values())
    assert {q.problems[0].failure for q in quotes.values()} == {Failure.SWITCHED_OFF}
    assert quotes["TSLA"].line is not None


def test_by_choice_the_snapshot_is_shown_and_nobody_is_asked() -> None:
    quotes = PriceStore(lambda *_: pytest.fail("asked")).quotes(["TSLA", "1211.HK"], live=False)
    assert quotes["TSLA"].line is not None
    assert quotes["TSLA"].line.basis == MONTHLY
    assert quotes["1211.HK"].problems[0].failure is Failure.NO_SNAPSHOT


def test_nothing_is_written_to_disk(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    assert yahoo.download("TSLA", True, TODAY).line is not None
    assert not list(tmp_path.rglob("*"))
    assert not Path(yahoo.yfinance.cache._TzDBManager.get_location()).exists()


@pytest.mark.parametrize("symbol", [*LISTINGS, "BRK-B", "EURUSD=X", "ES=F", "0700.HK", "A", "^GDAXI"])
def test_a_yahoo_symbol_is_taken(symbol: str) -> None:
    assert symbol_problem(symbol) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tsla",
        "TSLA/../x",
        "A B",
        "US0378331005",
        "X" * 16,
        "=CMD()",
        "..",
        "^",
        "A..B",
        "<B>",
        "TSLA\n",
        "T?a=1",
        "é",
    ],
)
def test_any_other_text_is_no_symbol(text: str) -> None:
    assert symbol_problem(text)


@pytest.mark.parametrize(
    ("symbol", "meant"),
    [
        ("BRK.B", "BRK-B"), ("BF.A", "BF-A"), ("7267", "7267.T"), ("1211", "1211.HK"), ("130A", "130A.T"),
        ("ZZZZ", ""), ("BP.L", ""), ("BMW.F", ""), ("72671", ""), ("7267.T", ""), ("BRK.BB", ""),
    ],
)  # fmt: skip
def test_an_unknown_symbol_comes_with_what_may_have_been_meant(symbol: str, meant: str) -> None:
    for failure in (Failure.UNKNOWN, Failure.NO_SNAPSHOT):
        said = Problem(symbol, failure).sentence
        assert said.startswith(SENTENCES[failure])
        assert (meant in said) if meant else said == SENTENCES[failure]
    assert symbol_problem(meant or symbol) == ""
    assert Problem(symbol, Failure.TIME_OUT).sentence == SENTENCES[Failure.TIME_OUT]


def test_every_play_of_the_stand_in_is_tested() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert not [play for play in FAILURES if f'"{play}"' not in text]


def test_a_symbol_that_another_host_is_asked_for_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, hold, asked = threading.Event(), threading.Event(), list[str]()

    def slow(symbol: str, known: bool, today: datetime.date) -> Answer:
        asked.append(symbol)
        taken.set()
        hold.wait(WAIT_S)
        return given(symbol)

    store = PriceStore(slow)
    store.quotes(["TSLA"])
    assert taken.wait(WAIT_S)
    monkeypatch.setenv(HOST_VARIABLE, "http://127.0.0.1:1")
    store.quotes(["TSLA"])
    hold.set()
    assert store.wait(["TSLA"], WAIT_S)
    assert asked == ["TSLA", "TSLA"]
    assert not store.quotes(["TSLA"])["TSLA"].loading
