"""From a number to its sources: every result of every page is told down to its leaves, and adds up to what is shown."""

from functools import cache
from urllib.parse import quote

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data.facts import KINDS
from model.explain import calculation, calculations
from model.links import scenario_of_preset
from model.outputs import OUTPUTS
from model.tracing import DECLARED, Node, Value
from pages.catalog import FIGURES, figures_of
from pages.kit.calculation import Line, as_text, lines
from pages.kit.evidence import MARKS, MODEL, duty_beside_published, evidence, legend, mark_of
from pages.kit.results import RESULTS
from pages.kit.tables import MODEL_SOURCE
from pages.kit.view import View
from tests.pages.opened import PAGES, drawn, opened, view_of

GOOD = View.of(scenario_of_preset("alliance_good"), 4)
HOSTILE = ("<script>alert(1)</script>", "net_tariff_cost_jpy_bn", "net_tariff_cost_jpy_bn.toyota", "](x)", "'" * 3000)


@cache
def told(result: str) -> tuple[Line, ...]:
    return lines(GOOD, *RESULTS[result])


def recomputed(node: Node, known: dict[int, Value]) -> Value:
    """The value of a node from its leaves alone, by the formulas that it names."""
    if node.formula is None:
        return node.value
    if id(node) not in known:
        parts = {name: recomputed(part, known) for name, part in node.arguments.items()}
        code = node.formula.__code__  # type: ignore[attr-defined]
        named = code.co_varnames[: code.co_argcount]
        extra = [value for name, value in parts.items() if name not in named]
        known[id(node)] = node.formula(*(parts[name] for name in named if name in parts), *extra)
    return known[id(node)]


@pytest.mark.parametrize("preset", ["status_quo", "alliance_good", "article"])
def test_every_result_recomputes_from_facts_and_assumptions_to_the_number_of_the_view(preset: str) -> None:
    view = View.of(scenario_of_preset(preset), 4)
    known: dict[int, Value] = {}
    for (name, company), node in calculations(view.scenario).items():
        scope = OUTPUTS[name].scope
        if scope == "company":
            shown = view.projection.company[company][name]
        elif scope == "once_company":
            shown = view.projection.once_company[name][company]
        else:
            shown = (view.projection.plant if scope == "plant" else view.projection.once)[name]
        again = np.ravel(recomputed(node, known))
        if scope in ("once", "once_company"):
            again = again[-1:]
        assert np.broadcast_to(again, np.shape(np.ravel(shown))) == pytest.approx(np.ravel(shown), abs=1e-9), name


def test_every_leaf_is_a_fact_an_assumption_or_declared_by_the_model() -> None:
    waiting, seen = list(calculations(GOOD.scenario).values()), set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        waiting += node.arguments.values()
        if node.formula is None:
            constant = node.origin == "constant" and np.all(np.isin(node.value, (0.0, 1.0)))
            assert node.leaf is not None or constant, node.name
            if node.leaf and node.leaf.sort != DECLARED and node.leaf.set_from is None:
                assert node.leaf.kind in KINDS
                assert node.leaf.source
                assert node.leaf.as_of


@pytest.mark.parametrize("result", RESULTS)
def test_every_result_is_told_in_words_with_the_source_of_each_leaf(result: str) -> None:
    first, *others = told(result)
    assert first.depth == 0
    assert all(line.depth > 0 for line in others)
    assert "_" not in first.label
    for line in others:
        assert line.label
        assert line.said
        assert bool(line.leaf) == bool(line.origin)
    text = as_text(told(result), "x")
    assert "nan" not in text.split()


def test_an_equation_stands_with_its_numbers() -> None:
    said = [line.said.replace("\N{NO-BREAK SPACE}", " ") for line in told("net_tariff_cost_jpy_bn.honda")]
    assert said[0] == "JPY 231 bn = JPY 343 bn \N{MULTIPLICATION SIGN} 67.3 %"
    assert (
        " \N{MULTIPLICATION SIGN} ".join(("USD 1.98 bn = 490,000 cars", "USD 26,900 per car", "60 %", "25 %")) in said
    )


def test_what_the_scenario_sets_says_so_with_what_it_was() -> None:
    view = View.of(scenario_of_preset("tariffs_25"), 4)
    changed = {key for key, _ in view.scenario.changed().items()}
    assert changed
    leaves = [line for line in lines(view, "net_tariff_cost_jpy_bn", "honda") if line.leaf and line.leaf.key in changed]
    assert any("set in this scenario; without that" in line.origin for line in leaves)


# ------------------------------------------------------------------ on pages


def panel(app: AppTest) -> str:
    return "\n".join(m.value for m in app.markdown)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_tells_where_its_numbers_are_from(page: str) -> None:
    app = opened("preset=alliance_good", page)
    app.session_state["from_cards"] = True
    drawn(app)
    for key in [b.key for b in app.button if b.key and b.key.endswith("_cards")][:2]:
        app.button(key=key).click()
        drawn(app)
        asked = app.query_params["from"]
        assert lines(view_of(app), *RESULTS[asked])[0].markdown in panel(app)
    for figure in figures_of(page):
        for result in figure.shows(GOOD):
            assert result in RESULTS


def test_the_list_of_a_chart_opens_the_panel_in_two_clicks() -> None:
    app = opened("preset=alliance_good")
    app.session_state["from_bridge_honda"] = True
    drawn(app)
    keys = [b.key for b in app.button if b.key and b.key.endswith("_bridge_honda")]
    assert len(keys) > 3
    app.button(key=keys[0]).click()
    drawn(app)
    assert app.query_params["from"]


def test_a_link_opens_the_panel_and_the_way_to_sliders_closes_it() -> None:
    app = opened("from=net_tariff_cost_jpy_bn.honda")
    assert told_markdown("net_tariff_cost_jpy_bn.honda", "status_quo") in panel(app)
    app.button(key="from_group_finance").click()
    drawn(app)
    assert "from" not in app.query_params
    assert app.slider(key="jpy_per_usd")


def told_markdown(result: str, preset: str) -> str:
    view = View.of(scenario_of_preset(preset), 4)
    return lines(view, *RESULTS[result])[0].markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_a_result_that_is_none_is_refused_in_words(text: str) -> None:
    app = opened(f"from={quote(text)}")
    (warning,) = app.warning
    assert "not a result such as" in warning.value
    assert "<script>" not in warning.value


def test_nothing_is_traced_while_no_panel_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    opened("")
    monkeypatch.setattr("pages.kit.calculation.calculation", lambda *_: pytest.fail("traced"))
    opened("preset=alliance_good")


# ------------------------------------------------------------------ marks


def test_a_mark_is_computed_from_declarations() -> None:
    found = evidence("2026-11")
    assert found.keys() == RESULTS.keys()
    for result, known in found.items():
        assert known.mark in MARKS
        assert (known.mark == MODEL) == (not OUTPUTS[RESULTS[result][0]].quotes)
    assert found["reference_profit_jpy_bn.honda"].mark == "weak"  # guided in a brief
    assert found["reference_profit_jpy_bn.nissan"].mark == "published"


def test_marks_are_worked_out_once_for_an_edition() -> None:
    assert evidence("2026-05") is evidence("2026-05")


@pytest.mark.parametrize("name", FIGURES)
def test_every_table_of_the_model_or_of_facts_has_a_mark(name: str) -> None:
    figure = FIGURES[name]
    if figure.refused(GOOD) or figure.awaited:
        return
    table = figure.table(GOOD)
    if MODEL_SOURCE in table.sources:
        assert mark_of(table) == MODEL
    elif "kind" in table.columns and set(map(str, table.values["kind"])) & set(KINDS):
        assert set(mark_of(table).split(", ")) <= set(MARKS)


def test_the_legend_names_every_mark_once_on_every_page() -> None:
    for page in PAGES:
        if page == "compare":  # which shows no number before there is something to compare
            continue
        captions = [caption.value for caption in opened("", page).main.caption]
        assert captions.count(legend()) == 1, page
    assert all(mark in legend() for mark in MARKS)


def test_what_published_figures_imply_stands_beside_the_duty() -> None:
    usual = View.of(scenario_of_preset("status_quo"), 4)
    said = duty_beside_published(usual).replace("\N{NO-BREAK SPACE}", " ")
    assert "Published figures imply about JPY 200 bn for Honda" in said
    assert duty_beside_published(GOOD) == ""  # of another edition
    for page in ("overview", "tariffs", "investor"):
        text = " ".join(caption.value for caption in opened("", page).caption)
        assert "Published figures imply about" in text, page


def test_a_calculation_of_one_output_is_that_of_all() -> None:
    one = calculation("eps_jpy", GOOD.scenario)["nissan"]
    assert np.array_equal(one.value, calculations(GOOD.scenario)["eps_jpy", "nissan"].value)
