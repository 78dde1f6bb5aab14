"""`python -m model`: what other programs may rely on, and one line where the input is unreadable."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model import MODEL_VERSION
from model.__main__ import main
from model.editions import DEFAULT_EDITION
from model.links import RETIRED, from_query, scenario_of_preset, to_query
from model.outputs import OUTPUTS
from model.presets import PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS
from tests.model.scenarios import COMPANIES

Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[2]


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def run_json(capsys: Capture, *arguments: str) -> dict[str, Any]:
    status, out, err = run(capsys, *arguments, "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def names(scope: str) -> list[str]:
    return [o.name for o in OUTPUTS.values() if o.scope == scope]


def test_without_arguments_the_default_is_summed_up(capsys: Capture) -> None:
    status, out, err = run(capsys)
    assert (status, err) == (0, "")
    assert out.startswith(f"Edition {DEFAULT_EDITION}, model {MODEL_VERSION}, preset status_quo\n")
    assert "Honda, operating profit, JPY bn         500.0" in out


def test_a_summary_names_what_was_changed(capsys: Capture) -> None:
    _, out, _ = run(capsys, "preset=tariffs_25")
    assert "  Tariff on cars from Japan: 0.25 instead of 0.15 (share)" in out


@pytest.mark.parametrize("preset", PRESETS)
def test_json_has_the_promised_layout_and_exactly_the_numbers_of_the_projection(capsys: Capture, preset: str) -> None:
    data, scenario = run_json(capsys, f"preset={preset}"), scenario_of_preset(preset)
    world = project(scenario.values, scenario.edition)
    assert list(data) == [
        "edition", "model_version", "preset", "world", "link", "assumptions", "refused", "notes", "years",
        "honda", "nissan", "canton", "alliance",
    ]  # fmt: skip
    assert (data["edition"], data["model_version"], data["preset"]) == (scenario.edition, MODEL_VERSION, preset)
    assert data["world"] == "weighted", "as every link was before it could name a world"
    assert data["assumptions"] == dict(scenario.values)
    assert list(data["assumptions"]) == list(ASSUMPTIONS)
    assert data["refused"] == data["notes"] == []
    assert data["years"] == list(world.years)
    for company in COMPANIES:
        assert sorted(data[company]) == sorted(names("company"))
        for name, values in data[company].items():
            assert values == np.asarray(world.company[company][name]).tolist(), name
    assert {name: list(values) for name, values in data["canton"].items()} == {
        name: np.asarray(values).tolist() for name, values in world.plant.items()
    }
    assert sorted(data["alliance"]) == sorted([*names("once"), *names("once_company")])
    for name in names("once"):
        assert data["alliance"][name] == world.once[name]
    for name in names("once_company"):
        assert data["alliance"][name] == dict(world.once_company[name])
        assert sorted(data["alliance"][name]) == list(COMPANIES)


def test_json_holds_a_link_that_gives_the_same_json(capsys: Capture) -> None:
    first = run_json(capsys, "preset=article&jpy_per_usd=151.5")
    assert from_query(first["link"])[1] == ()
    assert run_json(capsys, first["link"]) == first


def test_json_names_what_was_refused(capsys: Capture) -> None:
    status, out, err = run(capsys, "jpy_per_usd=NaN&a\nb=1", "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["refused"] == [
        {"key": "a\N{REPLACEMENT CHARACTER}b", "value": "1", "reason": "unknown key", "used": "nothing"},
        {"key": "jpy_per_usd", "value": "NaN", "reason": "not a plain number such as 0.15", "used": "145"},
    ]


OLD_LINK = "model_version=1.0&edition=2025-07&tax_share=0.25&honda_mitigation_share=0.3"


def test_json_tells_what_became_of_a_link_of_an_older_model(capsys: Capture) -> None:
    data = run_json(capsys, f"{OLD_LINK}&jpy_per_usd=NaN")
    assert [refused["key"] for refused in data["refused"]] == ["jpy_per_usd"]
    assert [(note["key"], note["value"], note["used"]) for note in data["notes"]] == [
        ("model_version", "1.0", f"model {MODEL_VERSION}"),
        ("tax_share", "0.25", "as honda_tax_share and nissan_tax_share"),
        ("honda_mitigation_share", "0.3", "nothing"),
    ]
    assert all(note["reason"] for note in data["notes"])


def test_what_is_told_is_not_called_refused(capsys: Capture) -> None:
    status, out, err = run(capsys, OLD_LINK)
    assert status == 0
    assert err.splitlines() == [
        f'told: model_version="1.0": made with an earlier model; used model {MODEL_VERSION}',
        f'told: tax_share="0.25": {RETIRED["tax_share"].words}; used as honda_tax_share and nissan_tax_share',
        f'told: honda_mitigation_share="0.3": {RETIRED["honda_mitigation_share"].words}; used nothing',
    ]
    assert f"  {ASSUMPTIONS['honda_tax_share'].label}: 0.25 instead of 0.3 (share)" in out.splitlines()


def test_estimates_that_move_alone_leave_guidance_in_the_summary(capsys: Capture) -> None:
    """The reference has the scenario's own estimates: duty moves, and what guidance says does not."""
    profits, duties = [], []
    for link in ("", "honda_us_content_share=0.4&nissan_parts_usd_bn=6&honda_own_measures_jpy_bn=40"):
        _, out, _ = run(capsys, link)
        profits.append([line for line in out.splitlines() if ", operating profit, JPY bn" in line])
        duties.append([line for line in out.splitlines() if "tariff cost" in line and "JPY bn" in line])
    assert len(profits[0]) == len(duties[0]) == 2
    assert profits[0] == profits[1]
    assert duties[0] != duties[1]


def test_csv_has_the_numbers_of_json(capsys: Capture) -> None:
    data = run_json(capsys, "preset=alliance_good")
    status, out, err = run(capsys, "preset=alliance_good", "--csv")
    assert (status, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == ["output", "company", "fiscal_year", "value", "unit"]
    found = {(r["output"], r["company"], r["fiscal_year"]): float(r["value"]) for r in rows}
    assert len(found) == len(rows)
    expected = {}
    for year, label in enumerate(data["years"]):
        for company in COMPANIES:
            expected |= {(name, company, label): by_year[year] for name, by_year in data[company].items()}
        expected |= {(name, "", label): by_year[year] for name, by_year in data["canton"].items()}
    for name, value in data["alliance"].items():
        expected |= {(name, c, ""): v for c, v in value.items()} if isinstance(value, dict) else {(name, "", ""): value}
    assert found == expected
    assert all(r["unit"] == OUTPUTS[r["output"]].unit for r in rows)


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_can_be_explained(capsys: Capture, name: str) -> None:
    status, out, err = run(capsys, "preset=article", "--explain", name)
    assert (status, err) == (0, "")
    assert out.startswith(
        f"{OUTPUTS[name].label} [{OUTPUTS[name].unit}], edition 2025-07, years FY2026/3 to FY2030/3\n"
    )


@pytest.mark.parametrize("form", [[], ["--csv"], ["--explain", "eps_jpy"]])
def test_refused_values_are_named_on_stderr(capsys: Capture, form: list[str]) -> None:
    status, _, err = run(capsys, "jpy_per_usd=NaN&canton_honda_trucks_kveh=999", *form)
    assert status == 0
    assert err.splitlines() == [
        'not used: jpy_per_usd="NaN": not a plain number such as 0.15; used 145',
        'not used: canton_honda_trucks_kveh="999": above the highest value, 300 (kveh); used 0',
    ]


@pytest.mark.parametrize(
    "link", ["", "https://example.org/alliance", f"https://x.org/?{to_query(scenario_of_preset('article'))}"]
)
def test_links_of_any_form_are_read(capsys: Capture, link: str) -> None:
    assert run(capsys, link)[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["hello"],
        ["2026-05"],
        ["two\nlines"],
        ["\x1b[31mred"],
        ["\ud800"],
        ["x" * 100_000],
        ["preset=article", "--explain", "no_such_output"],
        ["preset=article", "--explain", "two\nlines"],
        ["preset=article", "--explain", ""],
    ],
)
def test_unreadable_input_ends_with_status_2_and_one_line(capsys: Capture, arguments: list[str]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("python -m model: ")
    assert err.endswith("\n")
    assert err[:-1].isprintable()


@pytest.mark.parametrize(
    "arguments",
    [["--nonsense"], ["a=1", "b=2"], ["a=1", "two\nlines"], ["--json", "--csv"], ["--explain"], ["--json=\x1b[31m"]],
)
def test_a_command_line_that_does_not_parse_ends_with_status_2_and_one_line(
    capsys: Capture, arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    printed = capsys.readouterr()
    assert ended.value.code == 2
    assert printed.out == ""
    assert printed.err.startswith("python -m model: ")
    assert printed.err[:-1].isprintable()


def test_help_says_what_a_link_is(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "preset=NAME" in capsys.readouterr().out


def test_the_module_runs_from_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "model", "preset=article", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    data = json.loads(done.stdout)
    assert data["edition"] == "2025-07"
    assert data["honda"]["operating_profit_jpy_bn"][0] == 500.0
