"""Every figure that is declared is shown on its page, drawn in its form, and named by its texts."""

from functools import cache

import pytest

from model.links import scenario_of_preset
from pages.catalog import FIGURES, figures_of
from pages.kit.axes import extent
from pages.kit.figure import Custom, Figure
from pages.kit.forms import Bars
from pages.kit.show import _spec
from pages.kit.view import View
from pages.site import PAGES
from tests.pages.opened import FOLDER, drawn, figures_shown, opened

NAMES = tuple(name for name, *_ in PAGES)
SCENARIOS = ("preset=alliance_good&with=preset%3Darticle", "preset=status_quo", "preset=alliance_lost")
"""Between them, every page shows all that it has; a comparison needs a second scenario."""


@cache
def shown(page: str) -> frozenset[str]:
    return frozenset().union(*(figures_shown(link, page) for link in SCENARIOS))


@pytest.mark.parametrize("page", NAMES)
def test_a_page_shows_every_figure_that_its_modules_declare(page: str) -> None:
    forgotten = {figure.name for figure in figures_of(page)} - shown(page)
    assert not forgotten, f"declared in pages/{page}/ and neither shown, offered nor read by any page.py"


@pytest.mark.parametrize("page", NAMES)
def test_a_page_shows_figures_that_the_catalog_holds(page: str) -> None:
    assert shown(page) <= FIGURES.keys(), "shown, and not a constant of a module that the catalog finds"


def test_every_page_folder_is_in_the_menu_and_has_figures() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/page.py")} == set(NAMES)
    assert all(figures_of(name) for name in NAMES)
    assert len(FIGURES) == sum(len(figures_of(name)) for name in NAMES)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_figure_that_is_drawn_says_what_it_shows(figure: Figure) -> None:
    view = View.of(scenario_of_preset("alliance_good"), 4, choices={"with": "preset=article"})
    table = figure.table(view)
    assert table.name == figure.name
    assert table.title
    assert table.sources
    assert list(table.values) == list(table.columns)
    assert figure.says(view) or figure.form is None
    if figure.form is None:
        with pytest.raises(ValueError, match=figure.name):
            figure.chart(view)


def test_the_same_table_is_worked_out_once_for_a_view_and_anew_for_another() -> None:
    made = []
    figure = Figure(name="x", title="X", columns={"n": "Number"}, records=lambda view: made.append(view) or [(1,)])
    one, other = (View.of(scenario_of_preset(name), 4) for name in ("status_quo", "article"))
    assert figure.table(one) is figure.table(one)
    assert figure.table(other) is not figure.table(one)
    assert made == [one, other]


def test_two_figures_with_one_name_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = Figure(name="profit", title="Twin", columns={}, records=lambda view: [])
    monkeypatch.setattr("pages.tariffs.payers.TWIN", twin, raising=False)
    from pages import catalog

    with pytest.raises(ValueError, match="profit"):
        catalog._by_name()


def test_a_specification_is_built_once_for_a_form_and_found_again_on_a_move() -> None:
    app = opened("preset=alliance_good", "plant", sliders=True)
    before = _spec.cache_info().misses
    app.slider(key="pass_through_share").set_value(0.35)
    drawn(app)
    built = _spec.cache_info().misses - before
    app.slider(key="pass_through_share").set_value(0.4)
    drawn(app)
    assert _spec.cache_info().misses - before == built, "a form made anew on every run is never found again"


def test_a_form_is_one_for_all_runs() -> None:
    for figure in FIGURES.values():
        assert figure.form is None or hash(figure.form) == object.__hash__(figure.form), figure.name
    assert Custom(print) != Custom(print)


@pytest.mark.parametrize("preset", ["alliance_good", "alliance_fails", "status_quo", "article"])
def test_bars_end_and_are_labelled_inside_their_axis(preset: str) -> None:
    view = View.of(scenario_of_preset(preset), 4)
    for figure in FIGURES.values():
        if isinstance(figure.form, Bars):
            marks, reach = figure.marks(view), list(figure.form.reach)
            assert (marks["right"] < marks["room_high"]).all(), figure.name
            assert (marks[reach].min(axis=1) >= marks["room_low"]).all(), figure.name
            assert (marks["room_low"] <= 0.0).all(), figure.name
            assert marks["label"].all(), figure.name


def test_an_axis_has_room_on_each_side_that_holds_something() -> None:
    assert extent([10.0], 0.2) == extent([10.0, 3.0], 0.2) == (0.0, 12.0)
    assert extent([-10.0], 0.2) == (-12.0, 0.0)
    assert extent([-10.0], 0.2, above=True) == (-12.0, 2.0)
    assert extent([-5.0, 5.0], 0.2) == (-7.0, 7.0)
    assert extent([], 0.2) == (0.0, 0.2)
    assert extent([0.1], 0.2, least=0.5) == pytest.approx((0.0, 0.2))
