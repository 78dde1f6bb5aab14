"""Events, tariff rates and claims are refused with their cell named, and point only at facts that exist."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from data.facts import DataError, facts
from data.story import (
    TARIFFS,
    VERDICT_GROUPS,
    VERDICTS,
    Claim,
    TariffRate,
    TimelineEvent,
    claims,
    read_claims,
    read_tariff_rates,
    read_timeline,
    tariff_rates,
    timeline,
)

BAD = Path(__file__).with_name("bad")
KNOWN = {"known_fact"}

READERS: dict[str, Callable[[Path], tuple[TimelineEvent, ...] | tuple[TariffRate, ...] | tuple[Claim, ...]]] = {
    "timeline": lambda path: read_timeline(path, KNOWN),
    "tariff_rates": read_tariff_rates,
    "claims": lambda path: read_claims(path, KNOWN),
}

REFUSED = [
    ("timeline", "unknown_fact", "fact_ids", '"lost_fact" is not the id of a fact'),
    ("timeline", "fact_twice", "fact_ids", '"known_fact" is named twice'),
    ("timeline", "no_fact", "fact_ids", '"" is empty'),
    ("timeline", "bad_date", "date", '"2025-4-3" is not a day'),
    ("timeline", "bad_end_date", "end_date", '"2025-04-31" is not a day'),
    ("timeline", "end_before_start", "end_date", '"2025-04-02" is before the start 2025-04-03'),
    ("timeline", "bad_category", "category", '"weather" is not a known category (known: tariff, milestone)'),
    ("timeline", "duplicate_id", "id", '"first" is already the id of row 2'),
    ("timeline", "no_title", "title", '"" is empty'),
    ("timeline", "no_source", "source", '"" is empty'),
    ("timeline", "bad_kind", "kind", '"hearsay" is not a known kind'),
    ("timeline", "bad_url", "url", '"example.org" is not a plain https address'),
    ("tariff_rates", "bad_url", "url", '"https://" is not a plain https address'),
    ("tariff_rates", "above_one", "rate_share", '"15" is outside 0 to 1'),
    ("tariff_rates", "below_zero", "rate_share", '"-0.1" is outside 0 to 1'),
    ("tariff_rates", "not_a_number", "rate_share", '"15%" is not a plain finite number'),
    ("tariff_rates", "bad_tariff", "tariff", '"mars" is not a known tariff'),
    ("tariff_rates", "bad_start", "start", '"16.9.2025" is not a day'),
    ("tariff_rates", "end_before_start", "end", '"2025-09-15" is before the start 2025-09-16'),
    ("tariff_rates", "duplicate_id", "id", '"first" is already the id of row 2'),
    ("claims", "bad_verdict", "verdict", '"nonsense" is not a known verdict'),
    ("claims", "unknown_fact", "fact_ids", '"lost_fact" is not the id of a fact'),
    ("claims", "no_preset", "preset", '"" is empty'),
    ("claims", "no_correction", "correction", '"" is empty'),
    ("claims", "duplicate_id", "id", '"claim_first" is already the id of row 2'),
    ("claims", "bad_page", "page", '"moon" is not a known page'),
    ("claims", "bad_output", "outputs", '"US sales" is not the name of an output'),
    ("claims", "output_twice", "outputs", '"us_sales_kveh" is named twice'),
    ("claims", "bad_company", "company", '"tesla" is not a known company (known: honda, nissan, both)'),
    ("claims", "company_without_output", "company", '"honda" is given without an output'),
]


@pytest.mark.parametrize(("table", "name", "column", "problem"), REFUSED)
def test_a_bad_file_is_refused_with_its_cell_named(table: str, name: str, column: str, problem: str) -> None:
    with pytest.raises(DataError) as refusal:
        READERS[table](BAD / f"{table}_{name}.csv")
    assert str(refusal.value).startswith(f"{table}_{name}.csv, row 3, column {column}: ")
    assert problem in str(refusal.value)


@pytest.mark.parametrize("table", READERS)
def test_a_missing_file_is_refused(table: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=rf"{table}\.csv, row 1, column id: no such file"):
        READERS[table](tmp_path / f"{table}.csv")


def test_every_bad_story_file_has_a_test() -> None:
    files = {path.stem for path in BAD.glob("*.csv") if not path.stem.startswith("facts_")}
    assert files == {f"{table}_{name}" for table, name, *_ in REFUSED}


def test_the_tables_are_read_once() -> None:
    assert timeline() is timeline()
    assert tariff_rates() is tariff_rates()
    assert claims() is claims()


def test_the_timeline_runs_forward() -> None:
    dates = [event.date for event in timeline()]
    assert dates == sorted(dates)


def test_a_day_known_only_by_its_month_is_said_to_be_so() -> None:
    first_of_month = {event.id for event in timeline() if "Month only" in event.detail}
    assert {
        "honda_results_fy26_3",
        "nissan_results_fy26_3",
        "usmca_review",
        "listing_fell_away",
    } <= first_of_month
    for event in timeline():
        if event.id in first_of_month:
            assert event.date.day == 1, event.id


@pytest.mark.parametrize(
    ("event_id", "date", "category"),
    [
        ("car_duty_starts", "2025-04-03", "tariff"),
        ("parts_duty_starts", "2025-05-03", "tariff"),
        ("japan_deal", "2025-07-22", "tariff"),
        ("japan_deal_signed", "2025-09-04", "tariff"),
        ("japan_deal_in_force", "2025-09-16", "tariff"),
        ("japan_parts_in_force", "2025-09-16", "tariff"),
        ("offset_claimed", "2025-11-03", "tariff"),
        ("honda_nine_months", "2026-02-10", "milestone"),
        ("nissan_nine_months", "2026-02-12", "milestone"),
        ("court_ruling", "2026-02-20", "tariff"),
        ("usmca_review", "2026-07-01", "tariff"),
        ("mou_first", "2024-03-15", "milestone"),
        ("merger_memorandum", "2024-12-23", "milestone"),
        ("merger_talks_ended", "2025-02-13", "milestone"),
        ("pickup_report_out", "2025-07-11", "milestone"),
        ("os_report_out", "2025-07-14", "milestone"),
        ("honda_ev_write_off", "2026-03-12", "milestone"),
        ("listing_fell_away", "2026-08-01", "milestone"),
    ],
)
def test_an_event_has_its_published_date(event_id: str, date: str, category: str) -> None:
    (event,) = [event for event in timeline() if event.id == event_id]
    assert (event.date.isoformat(), event.category) == (date, category)


def test_recalled_days_say_so() -> None:
    recalled = {event.id for event in timeline() if event.kind == "recalled"}
    assert recalled == {"steel_duty_50", "merger_talks_ended"}
    for event in timeline():
        assert (event.kind == "recalled") == ("recalled and not verified" in event.detail), event.id


@pytest.mark.parametrize(
    ("tariff", "day", "rate_share"),
    [
        ("japan", "2025-04-02", 0.025),
        ("japan", "2025-09-15", 0.275),
        ("japan", "2025-09-16", 0.15),
        ("usmca", "2026-06-30", 0.25),
        ("pickup_japan", "2025-04-02", 0.25),
        ("pickup_japan", "2025-09-15", 0.50),
        ("pickup_japan", "2026-06-30", 0.25),
        ("msrp_offset", "2025-06-30", 0.0375),
    ],
)
def test_the_rate_of_a_day(tariff: str, day: str, rate_share: float) -> None:
    on = datetime.date.fromisoformat(day)
    (rate,) = [
        rate.rate_share
        for rate in tariff_rates()
        if rate.tariff == tariff and (rate.start or on) <= on <= (rate.end or on)
    ]
    assert rate == rate_share


@pytest.mark.parametrize(
    ("rate_id", "first", "last", "rate_share"),
    [
        ("parts_japan_before_deal", "2025-05-03", "2025-09-15", 0.25),
        ("parts_japan_after_deal", "2025-09-16", None, 0.15),
        ("other_goods_10", "2025-04-05", "2025-08-06", 0.10),
        ("other_goods_15", "2025-08-07", "2026-02-19", 0.15),
        ("other_goods_void", "2026-02-20", None, 0.0),
        ("surcharge_10", "2026-02-24", "2026-07-24", 0.10),
    ],
)
def test_parts_of_the_japan_deal_and_other_goods_have_their_path(
    rate_id: str, first: str, last: str | None, rate_share: float
) -> None:
    (rate,) = [rate for rate in tariff_rates() if rate.id == rate_id]
    days = (rate.start and rate.start.isoformat(), rate.end and rate.end.isoformat())
    assert (*days, rate.rate_share) == (first, last, rate_share)


def test_no_event_calls_the_310_gross() -> None:
    (event,) = [event for event in timeline() if event.id == "honda_guidance_feb26"]
    assert "gross" not in event.title + event.detail
    assert "not proved" in event.detail


def test_an_event_has_the_address_of_its_source_where_one_is_known() -> None:
    urls = {event.id: event.url for event in timeline()}
    assert urls["honda_guidance_may25"] == "https://netdenjd.com/articles/-/317393"
    assert urls["merger_memorandum"] == ""


def test_every_tariff_has_a_landmark() -> None:
    assert {rate.tariff for rate in tariff_rates()} == set(TARIFFS)


FACT_OF_LANDMARK = {
    "japan_mfn": "mfn_car_rate",
    "japan_before_deal": "japan_car_allin_before_deal",
    "japan_after_deal": "japan_car_allin_after_deal",
    "usmca_non_us_content": "s232_vehicle_rate_start",
    "parts_general": "s232_parts_rate_start",
    "parts_japan_before_deal": "s232_parts_rate_start",
    "parts_japan_after_deal": "parts_rate_japan",
    "pickup_ordinary": "chicken_tax_mfn",
    "pickup_before_deal": "japan_pickup_rate_before",
    "pickup_after_deal": "japan_pickup_rate_after",
    "offset_first_year": "msrp_offset_original_year1",
    "offset_second_year": "msrp_offset_original_year2",
    "offset_after_extension": "msrp_offset_extended",
    "car_additional": "s232_vehicle_rate_start",
    "korea_before": "korea_rate_before",
    "korea_deal_rate": "korea_15_retro",
    "eu_deal_rate": "eu_rate",
    "uk_quota_rate": "uk_rate",
    "steel_50": "steel_aluminium_rate",
    "copper_50": "copper_rate",
    "other_goods_10": "ieepa_other_rate_path_apr25",
    "other_goods_15": "ieepa_other_rate_path_aug25",
    "other_goods_void": "ieepa_other_rate_path_void",
    "trucks_25": "mhdv_rate_trucks",
    "buses_10": "mhdv_rate_buses",
    "surcharge_10": "s122_surcharge",
}


def test_every_tariff_landmark_repeats_its_fact() -> None:
    for rate in tariff_rates():
        if rate.id == "parts_usmca":  # the fact is a rule in words: no additional duty
            assert rate.rate_share == 0
        else:
            assert rate.rate_share == facts()[FACT_OF_LANDMARK[rate.id]].number, rate.id


def test_the_article_makes_sixteen_claims_and_every_verdict_is_used() -> None:
    assert len(claims()) == 16
    assert {claim.verdict for claim in claims()} == set(VERDICTS)


def test_a_verdict_is_counted_in_one_of_four_groups() -> None:
    assert list(dict.fromkeys(VERDICT_GROUPS.values())) == ["Wrong", "Misleading", "Roughly right", "Unquantified"]
    assert all(claim.group == VERDICT_GROUPS[claim.verdict] for claim in claims())
    assert all(group == "Wrong" for verdict, group in VERDICT_GROUPS.items() if "wrong" in verdict)


def test_a_claim_without_an_output_has_no_company_and_is_found_among_the_facts() -> None:
    for claim in claims():
        assert bool(claim.outputs) == (claim.page != "sources"), claim.id
        assert claim.outputs or not claim.company, claim.id


def test_a_claim_names_its_own_preset() -> None:
    for claim in claims():
        assert claim.preset == claim.id
        assert claim.id.startswith("claim_")


@pytest.mark.parametrize(
    ("claim_id", "verdict", "figure"),
    [
        ("claim_tariff_date", "wrong", "3 April 2025"),
        ("claim_profit_decline", "wrong concept", "1,213.5 to 500"),
        ("claim_pickup_avoids_tariff", "mostly wrong", "530,000"),
        ("claim_ford_tesla", "wrong", "0.9 %"),
        ("claim_50pct", "roughly right", "57 %"),
        ("claim_3bn_yen", "implausibly small", "0.17 %"),
        ("claim_merger_deadline", "wrong", "February 2025"),
        ("claim_hold_call", "poor in hindsight", "423.9"),
    ],
)
def test_a_claim_is_corrected_with_its_figure(claim_id: str, verdict: str, figure: str) -> None:
    (claim,) = [claim for claim in claims() if claim.id == claim_id]
    assert claim.verdict == verdict
    assert figure in claim.correction
