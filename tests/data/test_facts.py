"""A bad fact is refused with its cell named; the shipped facts are dated, sourced and in base units."""

import dataclasses
import re
from pathlib import Path

import pytest

from data.facts import FACTS_CSV, KINDS, UNITS, DataError, Fact, facts, read_facts

BAD = Path(__file__).with_name("bad")
SOURCES = FACTS_CSV.with_name("SOURCES.md").read_text(encoding="utf-8")

REFUSED = [
    ("facts_empty", 1, "id", "the file is empty"),
    ("facts_header_only", 2, "id", "no rows"),
    ("facts_not_utf8", 3, "label", "byte 0xe9 is not UTF-8"),
    ("facts_missing_column", 1, "kind", '"kind" is missing'),
    ("facts_extra_column", 1, "colour", '"colour" is not a known column'),
    ("facts_duplicate_column", 1, "value", '"value" appears 2 times'),
    ("facts_short_row", 3, "source", "5 cells, expected 9"),
    ("facts_long_row", 3, "url", '"surplus" follows: 10 cells, expected 9'),
    ("facts_blank_line", 3, "id", "0 cells, expected 9"),
    ("facts_open_quote", 3, "id", "cannot be read as CSV"),
    ("facts_space_around", 3, "unit", '" JPY bn" has space around it'),
    ("facts_no_source", 3, "source", '"" is empty'),
    ("facts_no_kind", 3, "kind", '"" is not a known kind'),
    ("facts_unknown_kind", 3, "kind", '"guess" is not a known kind (known: quoted, '),
    ("facts_unknown_unit", 3, "unit", '"furlong" is not a known unit (known: share, '),
    ("facts_no_label", 3, "label", '"" is empty'),
    ("facts_thousands_separator", 3, "value", '"1,000" is not a plain finite number'),
    ("facts_not_a_number", 3, "value", '"nan" is not a plain finite number'),
    ("facts_infinite", 3, "value", '"inf" is not a plain finite number'),
    ("facts_exponent", 3, "value", '"1e400" is not a plain finite number'),
    ("facts_too_large", 3, "value", '"9999999999'),
    ("facts_per_cent", 3, "value", '"25%" is not a plain finite number'),
    ("facts_no_value", 3, "value", '"" is not a plain finite number'),
    ("facts_empty_text", 3, "value", '"" is empty'),
    ("facts_bad_date_value", 3, "value", '"2025-02-30" is not a day'),
    ("facts_date_without_day", 3, "value", '"2025-02" is not a day'),
    ("facts_duplicate_id", 4, "id", '"good_fact" is already the id of row 2'),
    ("facts_bad_id", 3, "id", '"Honda OP" is not an id'),
    ("facts_bad_as_of", 3, "as_of", '"2025-13" is not a date'),
    ("facts_as_of_words", 3, "as_of", '"FY2025" is not a date'),
    ("facts_url_http", 3, "url", '"http://example.org/a" is not a plain https address'),
    ("facts_url_words", 3, "url", '"netdenjd.com 317393" is not a plain https address'),
    ("facts_url_space", 3, "url", '"https://example.org/a b" is not a plain https address'),
    ("facts_url_quote", 3, "url", '"https://example.org/"x" is not a plain https address'),
    ("facts_url_bracket", 3, "url", '"https://example.org/(x)" is not a plain https address'),
    ("facts_url_script", 3, "url", '"javascript:alert(1)" is not a plain https address'),
    ("facts_url_user", 3, "url", '"https://example.org@evil.example/a" is not a plain https address'),
]

# Typed by hand from the published texts, converted to base units by hand: value, unit, as of, kind.
SPOT_CHECKS = {
    "s232_vehicle_rate_start": (0.25, "share", "2025-04-03", "quoted"),
    "japan_car_allin_before_deal": (0.275, "share", "2025-04-03", "quoted"),
    "japan_car_allin_after_deal": (0.15, "share", "2025-09-16", "quoted"),
    "japan_deal_eo": ("2025-09-04", "date", "2025-09-04", "quoted"),
    "msrp_offset_extended": (0.0375, "share", "2025-10-17", "quoted"),
    "honda_tariff_gross_may25": (650, "JPY bn", "2025-05-13", "quoted"),
    "honda_import_units_camx": (530, "kveh", "2025-05-13", "quoted"),
    "honda_tariff_gross_feb26": (310, "JPY bn", "2026-02-10", "quoted"),
    "honda_opm_fy25_3": (0.056, "share", "2025-03", "quoted"),
    "honda_op_fy26_3": (-414.3, "JPY bn", "2026-03", "weak"),
    "honda_rev_guid_fy27_3": (23150, "JPY bn", "2026-05", "weak"),
    "honda_op_guid_mar26_low": (-570, "JPY bn", "2026-03-12", "quoted"),
    "nissan_tariff_gross_may25": (450, "JPY bn", "2025-05-13", "quoted"),
    "nissan_op_guid_fy27_3": (200, "JPY bn", "2026-05", "quoted"),
    "nissan_fx_assump_may25": (145, "JPY per USD", "2025-05", "recalled"),
    "nissan_rd_fy26_3": (562.5, "JPY bn", "2026-03", "quoted"),
    "honda_us_sales_2025": (1430.577, "kveh", "2025-12", "quoted"),
    "us_imports_2024_units": (8100, "kveh", "2024-12", "quoted"),
    "us_atp_dec25": (50326, "USD per vehicle", "2025-12", "quoted"),
    "canton_capacity_current": (410, "kveh", "2024", "weak"),
    "canton_utilisation_nikkei": (0.57, "share", "2025-07-11", "quoted"),
    "greenfield_mtm_cost": (2.311, "USD bn", "2020-08", "quoted"),
    "greenfield_mtm_unit_cost": (7700, "USD per unit of yearly capacity", "2020-08", "derived"),
    "honda_10yr_plan": (10000, "JPY bn", "2024-05", "recalled"),
    "merger_mou_sales_goal": (30000, "JPY bn", "2024-12-23", "quoted"),
    "byd_rd_2024": (54.2, "CNY bn", "2024-12", "quoted"),
    "alix_2025_passthrough": (0.8, "share", "2025-06", "quoted"),
    "hmc_adr_ratio": (3, "shares per ADS", "2025", "quoted"),
    "honda_mcap_feb26": (6230, "JPY bn", "2026-02-16", "quoted"),
    "honda_shares_cancelled": (0.747, "bn shares", "2026-02-27", "quoted"),
    "byd_price": (88.4, "HKD", "2026-06-10", "quoted"),
    "tsla_mcap": (1521, "USD bn", "2026-06-22", "quoted"),
    "honda_usmca_customs_value": (26900, "USD per vehicle", "2025-05", "judgement"),
    "honda_tariff_aug25_lines_cars": (190, "JPY bn", "2025-08-06", "quoted"),
    "honda_tariff_aug25_lines_parts": (160, "JPY bn", "2025-08-06", "quoted"),
    "honda_tariff_aug25_lines_other": (100, "JPY bn", "2025-08-06", "quoted"),
    "honda_tariff_actual_9m": (289.8, "JPY bn", "2025-12", "quoted"),
    "honda_tariff_actual_q3": (125.5, "JPY bn", "2025-12", "derived"),
    "honda_tariff_actual_fy26_3": (346.9, "JPY bn", "2026-03", "weak"),
    "honda_tariff_implied_fy27_3": (199.9, "JPY bn", "2026-05", "derived"),
    "honda_fx_effect_aug25": (-302, "JPY bn", "2025-08-06", "quoted"),
    "honda_price_effect_9m": (225.9, "JPY bn", "2025-12", "quoted"),
    "nissan_tariff_actual_9m": (232, "JPY bn", "2025-12", "quoted"),
    "nissan_fx_effect_9m": (-52.2, "JPY bn", "2025-12", "quoted"),
    "parts_rate_japan": (0.15, "share", "2025-09-16", "quoted"),
    "offset_ace_start": ("2025-11-03", "date", "2025-11-03", "quoted"),
    "ieepa_other_rate_path_aug25": (0.15, "share", "2025-08-07", "quoted"),
    "subaru_tariff_9m": (216.6, "JPY bn", "2025-12", "quoted"),
    "toyota_tariff_nov25": (1450, "JPY bn", "2025-11-05", "quoted"),
    "mitsubishi_untaxed_stock": (20.245, "kveh", "2025-04-08", "quoted"),
    "hyundai_tariff_2025": (4100, "KRW bn", "2025-12", "quoted"),
    "hyundai_stock_april": (94, "days", "2025-04", "quoted"),
    "aeg_duty_july25_cars_mexico": (0.802, "USD bn", "2025-07", "quoted"),
    "duty_per_car_mexico_apr_jul25": (3345, "USD per vehicle", "2025-07", "derived"),
    "import_unit_value_2024_mexico": (26600, "USD per vehicle", "2024-12", "derived"),
    "aala_hrv": (0.3, "share", "2025", "quoted"),
    "honda_us_list_price": (41000, "USD per vehicle", "2025", "judgement"),
    "moved_cars_tooling_high": (0.5, "USD bn", "2026-11", "judgement"),
    "earlier_cars_incremental_low": (0.1, "share", "2026-11", "judgement"),
}


def n(fact_id: str) -> float:
    return facts()[fact_id].number


@pytest.mark.parametrize(("name", "row", "column", "problem"), REFUSED)
def test_a_bad_file_is_refused_with_its_cell_named(name: str, row: int, column: str, problem: str) -> None:
    with pytest.raises(DataError) as refusal:
        read_facts(BAD / f"{name}.csv")
    assert str(refusal.value).startswith(f"{name}.csv, row {row}, column {column}: ")
    assert problem in str(refusal.value)


def test_a_missing_file_is_refused_with_its_place_named(tmp_path: Path) -> None:
    missing = tmp_path / "facts.csv"
    with pytest.raises(DataError, match=r"facts\.csv, row 1, column id: no such file") as refusal:
        read_facts(missing)
    assert str(missing) in str(refusal.value)


def test_every_bad_facts_file_has_a_test() -> None:
    assert {path.stem for path in BAD.glob("facts_*.csv")} == {name for name, *_ in REFUSED}


def test_a_spreadsheet_may_add_a_byte_order_mark_and_its_own_line_ends(tmp_path: Path) -> None:
    saved = tmp_path / "facts.csv"
    saved.write_bytes(b"\xef\xbb\xbf" + FACTS_CSV.read_bytes().replace(b"\n", b"\r\n"))
    assert read_facts(saved) == dict(facts())


def test_words_are_not_a_number() -> None:
    with pytest.raises(DataError, match="usmca_vehicle_rule is not a number"):
        n("usmca_vehicle_rule")


def test_facts_cannot_be_moved() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        facts()["mfn_car_rate"].value = 0.5  # type: ignore[misc]
    with pytest.raises(TypeError):
        facts()["mfn_car_rate"] = facts()["korea_rate"]  # type: ignore[index]


def test_facts_are_read_once() -> None:
    assert facts() is facts()


def test_every_fact_has_a_source_a_kind_and_a_label() -> None:
    for fact in facts().values():
        assert all((fact.source, fact.label, fact.kind in KINDS, fact.unit in UNITS)), fact.id


def test_every_unit_and_kind_is_used() -> None:
    assert {fact.unit for fact in facts().values()} == set(UNITS)
    assert {fact.kind for fact in facts().values()} == set(KINDS)


def test_recalled_facts_say_so_and_no_other_kind_does() -> None:
    for fact in facts().values():
        assert fact.source.startswith("recalled, not verified") == (fact.kind == "recalled"), fact.id


def test_judgements_give_their_reason() -> None:
    for fact in facts().values():
        assert fact.source.startswith("judgement: ") == (fact.kind == "judgement"), fact.id


def test_shares_are_fractions_not_per_cent() -> None:
    for fact in facts().values():
        if fact.unit == "share":
            assert -1 <= fact.number <= 1, fact.id


def test_low_ends_lie_below_high_ends() -> None:
    for fact_id, fact in facts().items():
        if fact_id.endswith("_low"):
            assert fact.number < n(fact_id.removesuffix("_low") + "_high"), fact_id


def test_no_fact_is_dated_after_the_collection() -> None:
    assert max(fact.as_of for fact in facts().values()) == "2026-11"


def test_a_fact_dated_by_collection_says_so() -> None:
    for fact in facts().values():
        undated = "undated, so dated by collection" in fact.note
        assert undated == (fact.as_of == "2026-11" and fact.kind != "judgement"), fact.id


def test_ids_are_plain_ascii_and_labels_start_with_a_capital() -> None:
    for fact in facts().values():
        assert fact.id.isascii(), fact.id
        assert fact.label[0].isupper(), fact.id
        assert not fact.label.endswith("."), fact.id


@pytest.mark.parametrize("fact_id", SPOT_CHECKS)
def test_spot_check_against_the_published_text(fact_id: str) -> None:
    fact = facts()[fact_id]
    assert (fact.value, fact.unit, fact.as_of, fact.kind) == SPOT_CHECKS[fact_id]


def recomputed() -> dict[str, float]:
    offset = n("msrp_offset_extended")
    nissan_cars_usd_bn = (
        0.25
        / 1e6
        * (
            n("nissan_import_units_mexico") * n("nissan_usmca_customs_value") * (1 - n("nissan_us_content"))
            + n("nissan_import_units_japan") * n("nissan_japan_customs_value")
        )
    )
    midsize = [f for f in facts() if f.startswith("midsize_9m_2025_")] + [
        "frontier_us_9m_2025",
        "ridgeline_us_9m_2025",
    ]
    fullsize = ["gm_fullsize_2025", "f_series_2025", "ram_2025", "tundra_2025", "cybertruck_2025"]
    return {
        "honda_duty_per_import_vehicle_may25_jpy": 300e9 / 550e3,
        "honda_duty_per_import_vehicle_may25": 300e9 / 550e3 / n("honda_fx_may25"),
        "honda_dutiable_value_per_import_vehicle": n("honda_duty_per_import_vehicle_may25") / 0.25,
        "honda_tariff_actual_q2": n("honda_tariff_actual_h1") - n("honda_tariff_actual_q1"),
        "nissan_tariff_actual_q2": n("nissan_tariff_actual_h1") - n("nissan_tariff_actual_q1"),
        "honda_fx_nov25": n("honda_fx_feb26") - 3,
        "japan_pickup_rate_before": n("chicken_tax_mfn") + n("s232_vehicle_rate_start"),
        "honda_us_built_share_model": 1 - 550 / 1420,
        "nissan_us_built_share_model": 1 - 420 / n("nissan_us_sales_2024"),
        "nissan_us_production_2024": n("nissan_us_production_2025") / (1 + n("nissan_us_production_2025_growth")),
        "us_import_customs_value_avg": n("us_imports_2024_value") * 1e6 / n("us_imports_2024_units"),
        "canton_utilisation_calc": n("canton_output_fy2024") / n("canton_capacity_current"),
        "nissan_us_utilisation_2025": n("nissan_us_production_2025")
        / (n("smyrna_capacity") + n("canton_capacity_current")),
        "nissan_us_utilisation_2024": n("nissan_us_production_2024")
        / (n("smyrna_capacity") + n("canton_capacity_current")),
        "midsize_9m_2025": sum(n(fact_id) for fact_id in midsize),
        "midsize_share_9m_2025_toyota": n("midsize_9m_2025_tacoma") / n("midsize_9m_2025"),
        "midsize_share_9m_2025_honda": n("ridgeline_us_9m_2025") / n("midsize_9m_2025"),
        "gm_fullsize_2025": n("silverado_2025") + n("sierra_2025"),
        "fullsize_market_2025": sum(n(fact_id) for fact_id in fullsize),
        "fullsize_share_2025_tesla": n("cybertruck_2025") / n("fullsize_market_2025"),
        "greenfield_mtm_unit_cost": n("greenfield_mtm_cost") * 1e6 / n("greenfield_mtm_capacity"),
        "plant_fixed_share_check": n("breakeven_utilisation")
        * n("canton_capacity_current")
        * n("plant_unit_contribution")
        / 1e6,
        "market_elasticity_rff_implied_low": n("rff_2025_sales_low") / n("rff_2025_price_high"),
        "market_elasticity_rff_implied_high": n("rff_2025_sales_high") / n("rff_2025_price_low"),
        "model_elasticity_gmy24": -1 / n("model_elasticity_gmy24_lerner_2018"),
        "honda_shares": n("honda_net_guid_fy27_3") / n("honda_eps_guid_fy27_3"),
        "nissan_shares": n("nissan_net_guid_fy27_3") / n("nissan_eps_guid_fy27_3"),
        "honda_fwd_pe": n("hmc_price") / n("hmc_adr_ratio") * n("usdjpy_mid26") / n("honda_eps_guid_fy27_3"),
        "nissan_fwd_pe": n("nissan_mcap_feb26") / n("nissan_net_guid_fy27_3"),
        "tsla_shares": n("tsla_mcap") / n("tsla_price"),
        "article_platform_saving_share": n("article_platform_saving") / n("combined_rd"),
        "val_nissan_change": n("nissan_tariff_gross_jul25") / n("nissan_tariff_gross_may25") - 1,
        "val_honda_change": n("honda_tariff_gross_aug25") / n("honda_tariff_gross_may25") - 1,
        "val_subaru_change": n("subaru_tariff_aug25") / n("subaru_tariff_may25_jpy") - 1,
        "val_toyota_annualised": n("toyota_tariff_may25") * 6,
        "val_honda_q1_annualised": n("honda_tariff_actual_q1") * 4,
        "val_nissan_q1_annualised": n("nissan_tariff_actual_q1") * 4,
        "val_nissan_h1_annualised": n("nissan_tariff_actual_h1") * 2,
        "honda_offset_capacity": n("honda_us_output") * n("honda_us_msrp") * offset / 1e6,
        "nissan_offset_capacity": n("nissan_us_production_2025") * n("nissan_us_msrp") * offset / 1e6,
        "nissan_parts_value": (n("nissan_tariff_gross_may25") / n("nissan_fx_assump_may25") - nissan_cars_usd_bn)
        / 0.25,
        "honda_tariff_actual_q3": n("honda_tariff_actual_9m") - n("honda_tariff_actual_h1"),
        "honda_tariff_actual_q4": n("honda_tariff_actual_fy26_3") - n("honda_tariff_actual_9m"),
        "honda_tariff_actual_h2": n("honda_tariff_actual_fy26_3") - n("honda_tariff_actual_h1"),
        "honda_tariff_implied_fy27_3": n("honda_tariff_actual_fy26_3") - n("honda_bridge_tariff_fy27_3"),
        "honda_tariff_fy26_3_usd_at_150": n("honda_tariff_actual_fy26_3") / n("usdjpy_fy26_3"),
        "honda_tariff_feb26_against_booked": n("honda_tariff_gross_feb26") / n("honda_tariff_actual_fy26_3") - 1,
        "honda_fx_per_yen_may25": -n("honda_fx_effect_may25") / (n("honda_fx_actual_fy25_3") - n("honda_fx_may25")),
        "honda_fx_per_yen_aug25": -n("honda_fx_effect_aug25") / (n("honda_fx_actual_fy25_3") - n("honda_fx_aug25")),
        "honda_fx_per_yen_nov25": -n("honda_fx_effect_nov25") / (n("honda_fx_actual_fy25_3") - n("honda_fx_nov25")),
        "nissan_fx_per_yen_q1": -n("nissan_fx_effect_q1") / 11 * 4,
        "nissan_tariff_actual_q3": n("nissan_tariff_actual_9m") - n("nissan_tariff_actual_h1"),
        "nissan_tariff_left_q4": n("nissan_tariff_oct25") - n("nissan_tariff_actual_9m"),
        "subaru_tariff_q2": n("subaru_tariff_h1") - n("subaru_tariff_q1"),
        "subaru_tariff_q3": n("subaru_tariff_9m") - n("subaru_tariff_h1"),
        "mazda_tariff_q3": n("mazda_tariff_9m") - n("mazda_tariff_actual_h1"),
        "toyota_tariff_q3": n("toyota_tariff_9m") - n("toyota_tariff_q1") - n("toyota_tariff_q2"),
        "suzuki_mitsubishi_rest_9m": n("japan7_tariff_9m")
        - sum(n(f"{maker}_tariff_9m") for maker in ("toyota", "subaru", "mazda"))
        - n("honda_tariff_actual_9m")
        - n("nissan_tariff_actual_9m"),
        "suzuki_tariff_9m": n("suzuki_mitsubishi_rest_9m") - n("mitsubishi_duty_paid_9m"),
        "gm_tariff_quarters_q3": n("gm_tariff_quarters_to_q3") - n("gm_tariff_quarters_q2"),
        "gm_tariff_actual": n("gm_tariff_quarters_to_q3") + n("gm_tariff_quarters_q4"),
        "gm_ieepa_refund_share": n("gm_ieepa_refund") / n("gm_tariff_actual"),
        "gm_us_imports_camx_jato": n("jato_imports_big_three_2024")
        - n("ford_us_imports_2024")
        - n("stellantis_us_imports_2024")
        - n("gm_imports_korea"),
        "kia_tariff_2025": n("hyundai_kia_tariff_2025") - n("hyundai_tariff_2025"),
        "mercedes_tariff_q2_2025": n("mercedes_car_revenue_q2_2025")
        * (n("mercedes_margin_q2_2025_without") - n("mercedes_margin_q2_2025")),
        "japan_added_rate_after_deal": n("japan_car_allin_after_deal") - n("mfn_car_rate"),
        "honda_imports_nikkei": n("honda_import_share_nikkei") * n("honda_us_sales_2024"),
        "mazda_us_imports_japan": n("mazda_us_sales_japan_share") * n("mazda_us_sales_2025"),
        "mazda_us_imports_mexico": (1 - n("mazda_us_sales_japan_share") - 0.19) * n("mazda_us_sales_2025"),
        "hyundai_us_q2_split_sales": n("hyundai_us_q2_split_us_built") + n("hyundai_us_q2_split_korea"),
        "subaru_us_2024_split_sales": n("subaru_us_2024_split_indiana") + n("subaru_us_2024_split_japan"),
        **{
            f"import_unit_value_2024_{origin}": n(f"import_value_2024_{origin}")
            * 1e6
            / n(f"import_units_2024_{origin}")
            for origin in ("mexico", "canada", "korea", "japan", "eu")
        },
        "import_cars_2025_unit_value": n("import_cars_2025_value") * 1e6 / n("import_cars_2025_units"),
        "import_cars_2025_growth": n("import_cars_2025_value") / n("import_cars_2024_value") - 1,
        "canada_dutiable_share": 1 - n("aeg_share_exempt_canada_july25"),
        "canada_effective_rate": n("aeg_duty_of_dutiable_canada") * n("canada_dutiable_share"),
        "mexico_effective_rate_low": n("aeg_duty_july25_cars_mexico") * 12 / n("import_value_2024_mexico"),
        "mexico_effective_rate_high": n("aeg_duty_jan_jul25_cars_mexico") * 3 / n("import_value_2024_mexico"),
        "duty_per_car_mexico_july25": n("aeg_duty_july25_cars_mexico") * 12e6 / n("import_units_2024_mexico"),
        "duty_per_car_mexico_apr_jul25": n("aeg_duty_jan_jul25_cars_mexico") * 3e6 / n("import_units_2024_mexico"),
        "duty_per_car_canada_july25": n("aeg_duty_july25_cars_canada") * 12e6 / n("import_units_2024_canada"),
        "duty_per_car_canada_apr_jul25": n("aeg_duty_jan_jul25_cars_canada") * 3e6 / n("import_units_2024_canada"),
        "parts_effective_camx": 12
        * (n("aeg_duty_july25_parts_mexico") + n("aeg_duty_july25_parts_canada"))
        / (n("parts_imports_camx_share") * n("parts_imports_2024")),
        "parts_exempt_camx": 1 - n("parts_effective_camx") / n("s232_parts_rate_start"),
        "parts_exempt_prior": n("parts_camx_share_recalled") * (1 - n("ustr_parts_dutiable_2024")),
        "val_nissan_9m_annualised": n("nissan_tariff_actual_9m") * 12 / 9,
        "val_subaru_9m_annualised": n("subaru_tariff_9m") * 12 / 9,
        "val_mazda_9m_annualised": n("mazda_tariff_9m") * 12 / 9,
        "val_mitsubishi_9m_annualised": n("mitsubishi_duty_paid_9m") * 12 / 9,
        "val_honda_booked_change": n("honda_tariff_actual_fy26_3") / n("honda_tariff_gross_may25") - 1,
        "honda_duty_per_import_vehicle_aug25": n("honda_tariff_aug25_lines_cars") / n("honda_fx_aug25") * 1e6 / 550,
        "honda_dutiable_value_per_import_vehicle_aug25": n("honda_duty_per_import_vehicle_aug25") / 0.25,
        "honda_us_content_calibrated": 1
        - n("honda_dutiable_value_per_import_vehicle_aug25") / n("honda_usmca_customs_value"),
        "honda_us_list_price": n("honda_brand_atp") / (1 - n("us_incentives")),
        "nissan_us_list_price": n("nissan_brand_atp") / (1 - n("us_incentives")),
        "honda_ieepa_paid_low": n("honda_other_products_value") * (0.10 * 4 + 0.15 * 6.5) / 12,
        "honda_tariff_net_may25": n("honda_tariff_gross_may25") - n("honda_tariff_offset_may25"),
        "honda_opm_fy25_3": n("honda_op_fy25_3") / n("honda_rev_fy25_3"),
        "honda_opm_fy26_3": n("honda_op_fy26_3") / n("honda_rev_fy26_3"),
        "nissan_opm_fy25_3": n("nissan_op_fy25_3") / n("nissan_rev_fy25_3"),
        "nissan_opm_fy26_3": n("nissan_op_fy26_3") / n("nissan_rev_fy26_3"),
    }


@pytest.mark.parametrize("fact_id", recomputed())
def test_the_stated_arithmetic_gives_the_stated_value(fact_id: str) -> None:
    """Within 3 %: the published figures are rounded, the smallest to one digit."""
    assert n(fact_id) == pytest.approx(recomputed()[fact_id], rel=0.03)


def test_the_three_parts_of_hondas_tariff_cost_sum_to_the_whole() -> None:
    parts = ("vehicles", "parts_materials", "motorcycle_power")
    assert sum(n(f"honda_tariff_gross_may25_{part}") for part in parts) == n("honda_tariff_gross_may25")
    lines = ("cars", "parts", "other")
    assert sum(n(f"honda_tariff_aug25_lines_{line}") for line in lines) == n("honda_tariff_gross_aug25")


def test_no_text_calls_the_310_gross() -> None:
    fact = facts()["honda_tariff_gross_feb26"]
    assert "gross" not in fact.label
    assert "not proved" in fact.note


def test_a_note_names_only_facts_that_exist() -> None:
    for fact in facts().values():
        for name in re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", fact.note):
            assert name in facts(), fact.id


def topics() -> dict[str, int]:
    """The topics of facts.csv as SOURCES.md names them, each with the place of its first row."""
    (line,) = [text for text in SOURCES.splitlines() if text.startswith("Topics in order")]
    ids = list(facts())
    return {name.strip(" ;:"): ids.index(first) for name, first in re.findall(r"([^`(]+) \(`(\w+)`\)", line)}


def topic_of(fact_id: str) -> str:
    place = list(facts()).index(fact_id)
    return [name for name, first in topics().items() if first <= place][-1]


def test_facts_stand_in_the_order_of_topics_that_the_sources_name() -> None:
    places = list(topics().values())
    assert len(places) == 10
    assert places[0] == 0
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("fact_id", "topic"),
    [
        ("parts_rate_japan", "tariffs"),
        ("offset_ace_start", "tariffs"),
        ("honda_tariff_actual_fy26_3", "guidance"),
        ("nissan_tariff_actual_9m", "guidance"),
        ("hyundai_tariff_2025", "guidance"),
        ("subaru_us_2024_split_japan", "US sales"),
        ("import_unit_value_2024_mexico", "US sales"),
        ("aala_crv_my26", "content of models"),
        ("aeg_duty_oct25", "content of models"),
        ("honda_us_capacity", "plants"),
        ("usdjpy_fy26_3", "shares"),
        ("val_nissan_9m_annualised", "checks"),
        ("honda_us_list_price", "inputs of the duty sum"),
        ("moved_cars_tooling_low", "inputs of the duty sum"),
    ],
)
def test_a_fact_stands_in_its_topic(fact_id: str, topic: str) -> None:
    assert topic in topic_of(fact_id)


def test_tariff_costs_of_companies_stand_together() -> None:
    costs = [f.id for f in facts().values() if re.search(r"^[a-z0-9]+_tariff_", f.id) and f.unit.endswith(" bn")]
    assert len(costs) > 90
    assert all("guidance" in topic_of(fact_id) for fact_id in costs)


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    ("fact_id", "url"),
    [
        ("honda_tariff_gross_may25", "https://netdenjd.com/articles/-/317393"),
        ("nissan_tariff_gross_may25", "https://netdenjd.com/articles/-/317395"),
        ("honda_tariff_aug25_lines_cars", "https://netdenjd.com/articles/-/321191"),
        ("honda_fx_effect_nov25", "https://netdenjd.com/articles/-/324965"),
        ("aala_hrv", "https://github.com/mjpon/car-maker-identifier"),
        ("honda_tariff_actual_fy26_3", ""),  # only the site is known
        ("honda_price_effect_9m", ""),  # a number of an archive, whose pattern was not noted
    ],
)
def test_an_address_is_given_where_it_is_certain(fact_id: str, url: str) -> None:
    assert facts()[fact_id].url == url


def test_an_address_is_that_of_a_source_that_the_row_names() -> None:
    for fact in facts().values():
        site, _, path = fact.url.removeprefix("https://").partition("/")
        assert not fact.url or (site in fact.source and path.rpartition("/")[2] in fact.source), fact.id


def test_a_fact_carries_all_its_columns() -> None:
    assert facts()["korea_rate_threat"] == Fact(
        id="korea_rate_threat",
        label="US duty on Korean cars announced as a return",
        value=0.25,
        unit="share",
        as_of="2026-01-26",
        source="CNBC via Reportify; autospies, 2026-01-27",
        kind="quoted",
        note="whether it was put in force was not found",
        url="",
    )
