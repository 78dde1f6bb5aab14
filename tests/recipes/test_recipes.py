"""Each recipe runs as it stands, and what it prints is what the model computes without the front door."""

import doctest
import re
import runpy
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from data.facts import facts
from model.backtest import backtest
from model.links import from_query, scenario_of_preset
from model.projection import project, reference
from model.sampling import Sampling, chunk
from tests.pages.test_data_api import ask
from tests.recipes.notebook import code_cells, executed, read

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
PROFIT = "operating_profit_jpy_bn"
STATUS_QUO, DELIVERS = scenario_of_preset("status_quo"), scenario_of_preset("alliance_delivers")
GUIDED = "nissan_op_guid_fy27_3"
SHOWN = [output for cell in code_cells(read()) for output in cell["outputs"]]
APP = "http://localhost:8501"

Ran = tuple[Mapping[str, Any], str]
"""What a recipe leaves behind by name, and what it printed."""


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Callable[[str], Ran]:
    """Run a recipe by its name."""

    def runs(name: str) -> Ran:
        found = runpy.run_path(str(FOLDER / f"{name}.py"))
        return found, capsys.readouterr().out

    return runs


def profit(company: str, year: int, scenario: Mapping[str, float], edition_name: str = "2026-11") -> float:
    return float(np.asarray(project(scenario, edition_name).company[company][PROFIT])[year])


def test_one_scenario(ran: Callable[[str], Ran]) -> None:
    found, printed = ran("one_scenario")
    expected = profit("nissan", 0, {**STATUS_QUO.values, "japan_tariff_share": 0.25})
    guided = float(facts()[GUIDED].value)
    assert found["profit"].loc["FY2027/3", "nissan"] == expected
    assert f"Nissan, FY2027/3: {expected - guided:+.1f} JPY bn against the reference" in printed
    assert expected < guided


def test_a_sweep(ran: Callable[[str], Ran]) -> None:
    found, printed = ran("sweep")
    rates = np.linspace(0.0, 0.3, 13)
    singles = [profit("nissan", 0, {**STATUS_QUO.values, "japan_tariff_share": float(rate)}) for rate in rates]
    assert found["profit"].tolist() == pytest.approx(singles, rel=1e-12)
    assert found["profit"].index.tolist() == rates.tolist()
    assert f"cost Nissan {(singles[0] - singles[-1]) / 3:.1f} JPY bn a year" in printed


def test_a_break_even(ran: Callable[[str], Ran]) -> None:
    found, printed = ran("break_even")
    before = float(np.asarray(reference("2026-11").company["honda"][PROFIT])[4])

    def gain(share: float) -> float:
        return profit("honda", 4, {**DELIVERS.values, "usmca_deduction_share": share}) - before

    assert gain(found["share"]) == pytest.approx(0.0, abs=1e-6)
    assert gain(found["share"] - 0.01) < -1.0 < 1.0 < gain(found["share"] + 0.01)
    assert f"down to {found['share']:.1%} of" in printed


def test_draws(ran: Callable[[str], Ran]) -> None:
    found, printed = ran("draws")
    sampling = Sampling(DELIVERS, seed=1)
    parts = [chunk(sampling, number).projection.company["honda"][PROFIT] for number in range(4)]
    drawn = np.concatenate([np.asarray(part)[:, 4] for part in parts])
    assert found["drawn"].tolist() == drawn.tolist()
    inside = (drawn > found["low"]) & (drawn < found["high"])
    assert inside.mean() == pytest.approx(0.9, abs=1e-3)
    assert f"between {found['low']:.0f} and {found['high']:.0f} JPY bn" in printed


def test_a_backtest_row(ran: Callable[[str], Ran]) -> None:
    found, printed = ran("backtest_row")
    published = facts()["nissan_tariff_actual_h1"].value
    assert found["row"] in backtest()
    assert (
        f"nissan, April to September 2025: published {published:.1f}, model {found['row'].model_jpy_bn:.1f}" in printed
    )
    assert found["row"].error_share == pytest.approx(found["row"].model_jpy_bn / float(published) - 1.0)


class DataRoutes(BaseHTTPRequestHandler):
    """The app's own routes below /data/, on a socket."""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        answer = ask(path, query)
        self.send_response(answer.status)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def app() -> Iterator[str]:
    """The address of a server that answers as a running app does below /data/."""
    with HTTPServer(("127.0.0.1", 0), DataRoutes) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_table_by_its_link(app: str) -> None:
    text = (FOLDER / "table_by_link.py").read_text(encoding="utf-8")
    assert text.count(APP) == 1
    found: dict[str, Any] = {}
    exec(text.replace(APP, app), found)
    table, scenario = found["table"], from_query("preset=article&japan_tariff_share=0.2")[0]
    honda = table[(table["company"] == "Honda") & (table["case"] == "Scenario")]
    expected = np.asarray(project(scenario.values, "2025-07").company["honda"][PROFIT])
    assert honda["operating_profit_jpy_bn"].tolist() == pytest.approx(expected.tolist(), rel=1e-12)
    assert honda["fiscal_year"].iloc[0] == "FY2026/3"


def test_every_recipe_is_short_and_has_its_test() -> None:
    tests = Path(__file__).read_text(encoding="utf-8")
    recipes = [path for path in FOLDER.glob("*.py") if path.name not in ("notebook.py", Path(__file__).name)]
    assert len(recipes) == 6
    for path in recipes:
        assert f'ran("{path.stem}")' in tests or f'"{path.name}")' in tests
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 25


# ---------------------------------------------------------------- README


def test_the_session_in_the_readme_gives_what_it_shows() -> None:
    (session,) = re.findall(r"^```pycon\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    assert [bool(example.want) for example in test.examples] == [False, False, True, True, True]
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
    assert (result.failed, result.attempted) == (0, 5)
    assert f"{profit('nissan', 0, {**STATUS_QUO.values, 'japan_tariff_share': 0.25}):.1f}\n" in session


# ---------------------------------------------------------------- the notebook


def test_the_notebook_holds_the_outputs_that_its_cells_give_now() -> None:
    kept = read()
    assert [cell["outputs"] for cell in code_cells(kept)] == [cell["outputs"] for cell in code_cells(executed(kept))], (
        "run `python -m tests.recipes.notebook --update` and read the difference"
    )


def test_the_notebook_shows_what_the_model_computes() -> None:
    shown = "".join("".join(output.get("text") or output["data"]["text/plain"]) for output in SHOWN)
    trucks = {**DELIVERS.values, "canton_honda_trucks_kveh": 100.0}
    assert f"{profit('honda', 4, DELIVERS.values):.1f}" in shown
    assert f"{profit('honda', 4, trucks):.1f}" in shown
    assert "shares are fractions: 25 % is 0.25" in shown


def test_the_notebook_is_a_valid_and_short_one_of_format_4() -> None:
    kept = read()
    assert (kept["nbformat"], kept["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in kept["cells"]}) == len(kept["cells"])
    for cell in kept["cells"]:
        whole = {"cell_type", "id", "metadata", "source"}
        assert cell.keys() == whole | ({"execution_count", "outputs"} if cell["cell_type"] == "code" else set())
        assert len(cell["source"]) <= 6
    assert [cell["execution_count"] for cell in code_cells(kept)] == [*range(1, len(code_cells(kept)) + 1)]
