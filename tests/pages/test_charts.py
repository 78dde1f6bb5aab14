"""Charts are pure: tables in, a valid specification out, by the rules of the house."""

import json
from typing import Any

import pytest

from model.presets import MAIN_PRESETS
from pages.catalog import figures_of
from pages.kit.charts import COMPANY_COLORS, GAIN, LOSS, Chart
from pages.kit.view import View
from tests.pages.opened import parts_of
from tests.pages.test_tables import view


def all_charts(seen: View) -> dict[str, Chart]:
    return {figure.name: figure.chart(seen) for figure in figures_of("overview") if figure.form}


SEEN = {preset: view(preset) for preset in MAIN_PRESETS} | {
    "first_year": view("alliance_good", 0),
    "lowest": view("article", japan_tariff_share=0.5, usmca_tariff_share=0.5, parts_tariff_share=0.5, jpy_per_usd=90.0),
}


@pytest.fixture(scope="module")
def specs() -> dict[tuple[str, str], dict[str, Any]]:
    return {(seen, name): c.to_dict() for seen, v in SEEN.items() for name, c in all_charts(v).items()}  # validates


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    name = spec["data"]["name"]
    found: list[dict[str, Any]] = spec["datasets"][name]
    return found


def encodings(spec: dict[str, Any], channel: str) -> list[dict[str, Any]]:
    return [part["encoding"][channel] for part in parts_of(spec) if channel in part.get("encoding", {})]


def test_no_chart_holds_a_number_that_is_none(specs: dict[tuple[str, str], dict[str, Any]]) -> None:
    for key, spec in specs.items():
        json.dumps(spec, allow_nan=False)
        rows = [row for data in spec["datasets"].values() for row in data]
        assert rows, key
        assert all(value is not None for row in rows for value in row.values()), key


def test_every_field_that_a_chart_draws_is_in_its_rows(specs: dict[tuple[str, str], dict[str, Any]]) -> None:
    for key, spec in specs.items():
        known = {name for data in spec["datasets"].values() for name in data[0]}
        known |= {name for part in parts_of(spec) for step in part.get("transform", []) for name in made_by(step)}
        for part in parts_of(spec):
            for encoding in part.get("encoding", {}).values():
                for one in encoding if isinstance(encoding, list) else [encoding]:
                    assert "field" not in one or one["field"] in known, (key, one)


def made_by(step: dict[str, Any]) -> list[str]:
    """Names of the fields that a transformation adds."""
    made = step.get("as", [])
    names = [made] if isinstance(made, str) else list(made)
    return names + [part["as"] for kind in ("aggregate", "joinaggregate", "window") for part in step.get(kind, [])]


def test_companies_have_their_colours_and_the_reference_is_dashed(specs: dict[tuple[str, str], dict[str, Any]]) -> None:
    for (_, name), spec in specs.items():
        if name in ("profit", "margin"):
            for color in encodings(spec, "color"):
                assert color["field"] == "company"
                assert color["scale"] == {"domain": ["Honda", "Nissan"], "range": ["#0072B2", "#D55E00"]}
            (dash,) = encodings(spec, "strokeDash")
            assert dash["field"] == "case"
            assert dict(zip(dash["scale"]["domain"], dash["scale"]["range"], strict=True)) == {
                "Scenario": [1, 0],
                "Reference": [5, 4],
            }


def test_totals_of_a_bridge_have_the_company_colour_and_steps_a_colour_for_gain_and_loss(
    specs: dict[tuple[str, str], dict[str, Any]],
) -> None:
    for (_, name), spec in specs.items():
        if name.startswith("bridge_"):
            (color,) = encodings(spec, "color")
            own = COMPANY_COLORS[name.removeprefix("bridge_").capitalize()]
            assert color["scale"] == {"domain": ["total", "gain", "loss"], "range": [own, GAIN, LOSS]}
            assert all(row["label"] for row in rows_of(spec))


def test_axes_of_amounts_include_zero(specs: dict[tuple[str, str], dict[str, Any]]) -> None:
    for key, spec in specs.items():
        for channel in ("x", "y"):
            for encoding in encodings(spec, channel):
                scale = encoding.get("scale") or {}
                assert scale.get("zero", True), key
                assert scale.get("domainMin", 0) <= 0, key
                domain = scale.get("domain", [0])
                assert not isinstance(domain[0], float | int) or min(domain) <= 0 <= max(domain), key


def test_bars_of_totals_begin_at_zero(specs: dict[tuple[str, str], dict[str, Any]]) -> None:
    for (_, name), spec in specs.items():
        if name.startswith("bridge_"):
            totals = [row for row in rows_of(spec) if row["kind"] == "total"]
            assert [row["from_jpy_bn"] for row in totals] == [0.0, 0.0]
        if name == "tariff_by_origin":
            (bar,) = (p for p in parts_of(spec) if isinstance(p.get("mark"), dict) and p["mark"]["type"] == "bar")
            assert bar["encoding"]["x"]["stack"] == "zero"


def test_a_chart_of_other_numbers_has_the_same_specification_but_for_its_rows(
    specs: dict[tuple[str, str], dict[str, Any]],
) -> None:
    for name in ("profit", "margin", "tariff_by_origin"):
        kept = {json.dumps({k: v for k, v in specs[s, name].items() if k not in ("data", "datasets")}) for s in SEEN}
        assert len({text.replace("view_", "") for text in kept}) == 1, name
