"""The embedded month-end closes are plausible, say where they are from, and are replaced by better ones only."""

import datetime
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from data.facts import DataError
from data.prices.__main__ import main
from data.prices.lines import PriceLine
from data.prices.listings import LISTINGS
from data.prices.refresh import month_ends
from data.prices.settings import HOST_VARIABLE
from data.prices.snapshot import COLUMNS, SNAPSHOT_CSV, price_sources, read_snapshot, snapshot
from tests.data.yahoo import Service, Share, serving, weekdays

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning:yfinance")

TODAY = datetime.datetime.now(datetime.UTC).date()
ADR_MIDDLE_SHARE, ADR_USUAL_SHARE, ADR_WORST_SHARE = 0.001, 0.006, 0.035
"""Tokyo and New York close fourteen hours apart, so they differ by what moved in between, and not by one direction."""


def closes(symbol: str) -> pd.Series:
    return snapshot()[symbol].rows["close"]


@pytest.mark.parametrize("split", ["2020-08-31", "2022-08-31"])
def test_teslas_splits_leave_no_jump(split: str) -> None:
    around = closes("TSLA")[: pd.Timestamp(split) + pd.DateOffset(months=1)].iloc[-3:]
    ratios = (around / around.shift()).dropna()
    assert ratios.between(0.6, 1.8).all()  # five for one or three for one would be 0.2 or 0.33


def test_teslas_price_before_its_splits_is_a_fifteenth_of_what_was_paid() -> None:
    """It closed at USD 418.33 on the last day of 2019, before splits of five and of three for one."""
    assert closes("TSLA")["2019-12-31"] == pytest.approx(418.33 / 15, rel=0.001)


def test_honda_in_tokyo_and_its_adr_of_three_shares_agree_through_the_exchange_rate() -> None:
    lines = pd.concat(
        [closes("7267.T"), closes("HMC"), closes("JPY=X")], axis=1, keys=["tokyo", "adr", "rate"]
    ).dropna()
    implied = lines["adr"] * lines["rate"] / LISTINGS["HMC"].shares_per_unit
    off = implied / lines["tokyo"] - 1
    assert len(off) > 100
    assert abs(off.median()) < ADR_MIDDLE_SHARE
    assert off.abs().median() < ADR_USUAL_SHARE
    assert off.abs().max() < ADR_WORST_SHARE


def test_every_line_has_its_currency_as_listed_and_no_month_missing_within() -> None:
    for symbol, line in snapshot().items():
        assert line.currency == LISTINGS[symbol].currency
        ends = pd.date_range(line.first_day, line.last_day, freq="ME")
        assert list(line.rows.index) == list(ends)


def test_every_source_is_described_and_every_description_is_of_a_source() -> None:
    described = {source.source_id: source for source in price_sources()}
    assert set(described) == {row.source_id for row in read_snapshot(SNAPSHOT_CSV)}
    assert all(source.collection and source.licence for source in described.values())


HEADER = ",".join(COLUMNS)
REFUSED = [
    ("2020-01-30,TSLA,1,USD,a", "month_end"),
    ("2020-02-30,TSLA,1,USD,a", "month_end"),
    ("2020-01-31,tsla,1,USD,a", "ticker"),
    ("2020-01-31,TSLA,0,USD,a", "close"),
    ("2020-01-31,TSLA,-1,USD,a", "close"),
    ("2020-01-31,TSLA,nan,USD,a", "close"),
    ("2020-01-31,TSLA,1,,a", "currency"),
    ("2020-01-31,TSLA,1,USD,", "source_id"),
    ("2020-01-31,TSLA,1,USD,a\n2020-01-31,TSLA,1,USD,a", "month_end"),
    ("2020-01-31,TSLA,1,USD,a\n2020-02-29,TSLA,1,JPY,a", "currency"),
    ("2020-01-31,TSLA,1,USD,a\n2020-02-29,TSLA,100,USD,a", "close"),
]


@pytest.mark.parametrize(("rows", "column"), REFUSED)
def test_a_bad_row_of_the_snapshot_is_refused_by_its_place(tmp_path: Path, rows: str, column: str) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(f"{HEADER}\n{rows}\n", encoding="utf-8")
    row = 1 + len(rows.splitlines())
    with pytest.raises(DataError, match=rf"prices\.csv, row {row}, column {column}: "):
        read_snapshot(path)


# ------------------------------------------------------------------------------------ the refresh command

DAYS = weekdays(TODAY.replace(year=TODAY.year - 4, day=1), TODAY - datetime.timedelta(days=1))


def daily(symbol: str, factor: float = 1.0) -> Share:
    """Days whose month-ends are near the snapshot's, and steady after it."""
    own = snapshot()[symbol]
    known = own.rows["close"].reindex(pd.DatetimeIndex(DAYS), method="bfill").ffill()
    zone = "Asia/Tokyo" if own.currency == "JPY" else "America/New_York"
    return Share({d: float(c) * factor for d, c in zip(DAYS, known, strict=True)}, own.currency, zone)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A snapshot of three symbols and their last three years."""
    path = tmp_path / "prices.csv"
    since = DAYS[0] + datetime.timedelta(days=60)
    lines = SNAPSHOT_CSV.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines[1:] if line.split(",")[1] in ("TSLA", "7267.T", "JPY=X") and line[:10] > str(since)]
    path.write_text("\n".join([HEADER, *kept]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    found = Service()
    found.shares = {symbol: daily(symbol) for symbol in ("TSLA", "7267.T", "JPY=X")}
    with serving(found) as address:
        monkeypatch.setenv(HOST_VARIABLE, address)
        yield found


def test_a_good_service_makes_the_snapshot_anew_and_longer(
    service: Service, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_snapshot(file)
    assert main(["refresh", "--file", str(file)]) == 0
    after = read_snapshot(file)
    assert {(r.symbol, r.month_end) for r in before} < {(r.symbol, r.month_end) for r in after}
    assert {r.source_id for r in after} == {f"yahoo-{TODAY}"}
    assert max(r.month_end for r in after) < TODAY
    assert "3 symbols" in capsys.readouterr().out
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def missing_symbol(service: Service) -> None:
    del service.shares["TSLA"]


def rate_limited(service: Service) -> None:
    service.plays["JPY=X"] = "rate_limit"


def shorter(service: Service) -> None:
    share = service.shares["TSLA"]
    share.closes = dict(list(share.closes.items())[500:])


def other_currency(service: Service) -> None:
    service.shares["7267.T"].currency = "USD"


def one_month_off(service: Service) -> None:
    share = service.shares["TSLA"]
    share.closes = {d: c * (1.3 if d.strftime("%Y-%m") == "2025-03" else 1.0) for d, c in share.closes.items()}


def another_companys(service: Service) -> None:
    service.shares["TSLA"] = daily("TSLA", 0.77)


def broken_row(service: Service) -> None:
    service.shares["TSLA"].closes = {**service.shares["TSLA"].closes, DAYS[400]: 0.0}


def jumped(service: Service) -> None:
    share = service.shares["TSLA"]
    share.closes = {d: (c or 0.0) * (2.6 if d < DAYS[700] else 1.0) for d, c in share.closes.items()}


def with_a_hole(service: Service) -> None:
    share = service.shares["TSLA"]
    share.closes = {d: c for d, c in share.closes.items() if d.strftime("%Y-%m") != "2025-03"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (missing_symbol, "TSLA: The price service has no prices"),
        (rate_limited, "JPY=X: The price service takes no more questions"),
        (shorter, "TSLA: .* months would be lost"),
        (other_currency, "7267.T: prices are in USD and were in JPY"),
        (one_month_off, "TSLA: 1 closes differ, the first of 2025-03-31"),
        (another_companys, "TSLA: .* closes differ"),
        (broken_row, "TSLA: Some rows of the price service are wrong"),
        (jumped, "TSLA: The price jumps in one step"),
        (with_a_hole, "TSLA: The price service sent only part"),
    ],
)
def test_the_snapshot_is_not_overwritten_with_bad_data(
    service: Service, file: Path, spoil: Callable[[Service], None], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    spoil(service)
    assert main(["refresh", "--file", str(file)]) == 1
    assert file.read_bytes() == before
    told = capsys.readouterr().err
    assert pd.Series(told.splitlines()).str.match(said).any(), told
    assert "left as it is" in told


def test_a_split_since_then_changes_every_close_by_one_factor_and_is_taken(service: Service, file: Path) -> None:
    service.shares["TSLA"] = daily("TSLA", 1 / 3)
    assert main(["refresh", "--file", str(file)]) == 0


def test_a_fund_that_pays_capital_gains_has_closes_all_the_same(service: Service, file: Path) -> None:
    share = service.shares["TSLA"]
    share.gains = share.dividends = {DAYS[400]: 0.5}
    assert main(["refresh", "--file", str(file)]) == 0


@pytest.mark.parametrize("spoil", [one_month_off, jumped])
def test_closes_that_were_looked_at_may_be_accepted(
    service: Service, file: Path, spoil: Callable[[Service], None]
) -> None:
    spoil(service)
    assert main(["refresh", "--file", str(file), "--accept", "TSLA"]) == 0


def test_a_month_counts_once_it_is_over() -> None:
    days = pd.DatetimeIndex(["2026-01-29", "2026-01-30", "2026-02-27", "2026-03-10"])
    rows = pd.DataFrame({"close": [1.0, 2.0, 3.0, 4.0], "dividend": 0.0}, index=days)
    line = PriceLine("X", "USD", rows, "daily closes", "live", True)
    assert month_ends(line, datetime.date(2026, 3, 11)) == {
        datetime.date(2026, 1, 31): 2.0,
        datetime.date(2026, 2, 28): 3.0,
    }


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    text = io.StringIO(SNAPSHOT_CSV.read_text(encoding="utf-8"))
    assert len(pd.read_csv(text)) == len(read_snapshot(SNAPSHOT_CSV))
