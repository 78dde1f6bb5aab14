"""From a number to its sources: every result of every page is told down to its leaves, and adds up to what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from unittest.mock import patch
from urllib.parse import quote

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data.facts import KINDS
from model.editions import HORIZON_YEARS
from model.explain import calculation, calculations
from model.links import scenario_of_preset, share_query
from model.outputs import OUTPUTS
from model.tracing import ASSUMPTION, FACT, Node, Value
from pages.catalog import FIGURES
from pages.kit import show, whence
from pages.kit.another import reference_line, view_of_line
from pages.kit.calculation import Line, as_text, lines
from pages.kit.evidence import MARKS, MODEL, duty_beside_published, evidence, legend, mark_of
from pages.kit.figure import Figure, of_view
from pages.kit.results import RESULTS, Known, Shown, value_of
from pages.kit.tables import MODEL_SOURCE, Table
from pages.kit.view import View
from pages.kit.words import quantity
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


def leaves_of(root: Node) -> list[Node]:
    """Every number that nothing was computed from, but a literal nought or one, which a formula takes for nothing."""
    waiting, seen, found = [root], {id(root)}, []
    while waiting:
        node = waiting.pop()
        literal = node.origin == "constant" and np.all(np.isin(node.value, (0.0, 1.0)))
        if node.formula is None and not literal:
            found.append(node)
        new = [part for part in node.arguments.values() if id(part) not in seen]
        seen.update(map(id, new))
        waiting += new
    return found


def assert_facts_and_assumptions(root: Node) -> None:
    for node in leaves_of(root):
        assert node.leaf is not None, node.name
        assert node.leaf.sort in (FACT, ASSUMPTION), node.name
        if node.leaf.is_given:  # by the calendar or by definition
            assert node.leaf.source
        elif node.leaf.set_from is None:
            assert node.leaf.kind in KINDS
            assert node.leaf.source
            assert node.leaf.as_of


def test_every_leaf_is_a_fact_or_an_assumption() -> None:
    for node in calculations(GOOD.scenario).values():
        assert_facts_and_assumptions(node)


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


@dataclass(frozen=True)
class Page:
    """A page as it is drawn: its cards and how each is known, and its menus with the results that they open."""

    view: View
    cards: tuple[str, ...]
    known: tuple[Known, ...]
    menus: Mapping[str, tuple[Shown, ...]]
    figures: frozenset[str]


ONLY_THEN = {"compare": "&with=preset%3Djapan_25&with=preset%3Darticle", "sources": "&section=Results"}
"""What a page is asked for before it shows results at all."""


def drawn_page(page: str, link: str) -> tuple[AppTest, Page]:
    """A page with everything on it that leads to a calculation."""
    menus: dict[str, tuple[Shown, ...]] = {}
    known: list[Known] = []
    figures: set[str] = set()
    controls, cards_known, shown = whence.controls, show.cards_known, show._shown

    def noting_menu(found: Sequence[Shown], mark: str, place: str, whose: str = "") -> None:
        menus[place] = tuple(found)
        controls(found, mark, place, whose)

    def noting_cards(view: View, *of_cards: Known) -> None:
        known.extend(of_cards)
        cards_known(view, *of_cards)

    def noting_figure(figure: Figure, view: View) -> Table:
        figures.add(figure.name)
        return shown(figure, view)

    with (
        patch.object(whence, "controls", noting_menu),
        patch.object(show, "cards_known", noting_cards),
        patch.object(show, "_shown", noting_figure),
    ):
        app = opened(f"{link}{ONLY_THEN.get(page, '')}", page)
    cards = tuple(metric.value for metric in app.metric)
    return app, Page(view_of(app), cards, tuple(known), menus, frozenset(figures))


TREES: dict[str, tuple[Mapping[tuple[str, str], Node], dict[int, Value]]] = {}


def number_of_tree(result: str, view: View) -> float:
    """The number that the tree of a result gives from its leaves, which are facts and assumptions alone."""
    name = share_query(view.scenario)
    if name not in TREES:
        TREES[name] = calculations(view.scenario), {}
    trees, known = TREES[name]
    root = trees[RESULTS[result]]
    if id(root) not in known:
        assert_facts_and_assumptions(root)
    again = np.ravel(recomputed(root, known))
    return float(again[view.year if again.size == HORIZON_YEARS else -1])


def assert_recomputes(shown: Shown, beside: View) -> None:
    """What a menu opens gives the number of the menu again, and begins with it."""
    view = view_of_line(shown.line, beside)
    assert number_of_tree(shown.result, view) == pytest.approx(shown.value, rel=1e-9, abs=1e-9), shown
    first = lines(view, *RESULTS[shown.result])[0]
    assert first.said.startswith(quantity(shown.value, OUTPUTS[RESULTS[shown.result][0]].unit))


@pytest.mark.parametrize(
    ("page", "link"),
    [
        *((page, "preset=alliance_good") for page in PAGES),
        *((page, f"preset={name}") for page in ("alliance", "plant") for name in ("status_quo", "alliance_failed")),
        ("plant", "preset=alliance_delivers&world=fails"),
    ],
)
def test_every_number_of_a_page_opens_a_tree_that_recomputes_to_it(page: str, link: str) -> None:
    app, found = drawn_page(page, link)
    for shown in {one for of_menu in found.menus.values() for one in of_menu}:
        assert_recomputes(shown, found.view)
    assert len(found.known) == len(found.cards) or not found.known
    for card, known in zip(found.cards, found.known, strict=False):
        if isinstance(known, str):
            assert set(known.split(", ")) <= set(MARKS)
            continue
        assert set(known) <= set(found.menus["cards"])
        total, unit = sum(one.value for one in known), OUTPUTS[RESULTS[known[0].result][0]].unit
        assert card in {quantity(round(sign * total, 1) if unit == "kveh" else sign * total, unit) for sign in (1, -1)}
    for name in found.figures:
        if results := FIGURES[name].shows(found.view):
            assert {one.result for one in found.menus[name]} == set(results), name
    assert bool(found.menus) == (page not in WITHOUT_RESULTS)
    opens_at_once(app, found)


WITHOUT_RESULTS = ("peers",)
"""Pages that show nothing of the model of the two companies."""


def opens_at_once(app: AppTest, found: Page) -> None:
    """The last item of the last menu leads to the panel with its tree, in the address, by two presses at most."""
    if not found.menus:
        return
    place, of_menu = list(found.menus.items())[-1]
    if len(set(of_menu)) == 1:
        app.button(key=f"from_{place}").click()
    else:
        app.menu_button(key=f"from_{place}").click(of_menu[-1])
    drawn(app)
    shown = of_menu[-1]
    assert app.query_params["from"] == shown.result
    assert app.query_params.get("from_scenario", "") == shown.line
    assert lines(view_of_line(shown.line, found.view), *RESULTS[shown.result])[0].markdown in panel(app)


def numbers_of(column: str, table: Table) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The cells of a column, and what those of one company and case add up to, where rows are parts of a whole."""
    rows = table.rows
    wholes = [name for name in ("company", "case") if name in rows]
    cells = rows[column].to_numpy(dtype=float)
    return np.append(cells, rows.groupby(wholes)[column].sum()) if wholes else cells


def tables_with_results() -> list[str]:
    """Figures with a column that is an output, whose calculation can be asked for."""
    found = []
    for name, figure in FIGURES.items():
        if not figure.refused(GOOD) and not figure.awaited:
            found += [name] * any(RESULTS[result][0] in of_view(figure.columns, GOOD) for result in figure.shows(GOOD))
    return found


@pytest.mark.parametrize("name", tables_with_results())
def test_every_output_of_a_table_opens_a_tree_that_recomputes_to_its_row(name: str) -> None:
    figure = FIGURES[name]
    table = figure.table(GOOD)
    for result in figure.shows(GOOD):
        column, _ = RESULTS[result]
        if column in table.columns:
            value = number_of_tree(result, GOOD)
            assert np.any(np.isclose(numbers_of(column, table), value, rtol=1e-9, atol=1e-9)), result


@pytest.mark.parametrize("preset", ["alliance_good", "tariffs_25"])
def test_every_result_of_the_reference_opens_a_tree_that_recomputes_to_it(preset: str) -> None:
    view = View.of(scenario_of_preset(preset), 2)
    line = reference_line(view)
    for result, (output, company) in RESULTS.items():
        assert_recomputes(Shown(result, value_of(view.reference, output, company, view.year), line), view)


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
