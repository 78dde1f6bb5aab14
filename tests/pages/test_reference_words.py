"""What the reference is, where pages show it: the scenario's estimates, and its path after the guided year."""

import numpy as np
import pytest

from model.editions import COMPANIES
from model.links import Scenario, scenario_of_preset
from model.registry import ASSUMPTIONS, ESTIMATE, ROLES
from pages.kit.exports import csv_text
from pages.kit.reference_words import own_estimates_words, path_notes, path_of_several
from pages.kit.view import View
from pages.overview import headline as overview
from pages.overview.changes import CHANGES
from pages.overview.profit import PROFIT
from pages.sensitivity.shares import CHANNEL_STEPS, shapley_of
from pages.sensitivity.tornado import TORNADO
from pages.sources.assumptions import ALL_ASSUMPTIONS
from pages.tariffs import payers
from pages.uncertainty.draws import bar_of
from tests.pages.opened import ADDRESS, drawn, opened, view_of

PATH = "From FY2028/3 Honda's reference is JPY 500 bn higher: losses on electric cars inside guidance end. Weak source."
LATER_YEARS = ("overview", "tariffs", "investor", "sensitivity", "uncertainty")
"""Pages that show profit, margin or earnings of later years and have the control; Compare has the words alone."""


def view(preset: str = "status_quo", year: int = 4, edition_name: str | None = None, **moved: float) -> View:
    start = scenario_of_preset(preset, edition_name)
    return View.of(Scenario(start.edition, preset, {**start.values, **moved}), year)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")


@pytest.mark.parametrize("page", LATER_YEARS)
def test_pages_that_show_later_years_say_why_they_are_higher_and_show_them_without(page: str) -> None:
    app = opened("", page)
    assert PATH in [plain(caption.value) for caption in app.caption]
    app.button(key="without_honda_one_off_jpy_bn").click()
    drawn(app)
    assert view_of(app).scenario.values["honda_one_off_jpy_bn"] == 0.0
    assert float(np.asarray(view_of(app).reference.company["honda"]["operating_profit_jpy_bn"])[-1]) == 500.0
    assert app.query_params["honda_one_off_jpy_bn"] == "0"
    assert any("are not taken to end" in caption.value for caption in app.caption)
    app.button(key="with_honda_one_off_jpy_bn").click()
    drawn(app)
    assert view_of(app).scenario.values["honda_one_off_jpy_bn"] == 500.0
    assert not view_of(app).scenario.changed()


def test_an_edition_without_one_offs_says_nothing() -> None:
    assert not path_notes(view("article").scenario)
    app = opened("preset=tariffs_25")
    assert not any("inside guidance end" in caption.value for caption in app.caption)


def test_a_comparison_says_it_of_each_scenario_that_counts_them() -> None:
    app = opened("with=preset%3Dalliance_delivers%0Apreset%3Darticle", "compare")
    assert any(f"A, B: {PATH}" in plain(caption.value) for caption in app.caption)
    assert not path_of_several([("A", view("article").scenario)])


def test_what_a_reader_set_is_not_called_a_source() -> None:
    (note,) = path_notes(view(honda_one_off_jpy_bn=300.0).scenario)
    assert plain(note.words).endswith("JPY 300 bn higher: losses on electric cars inside guidance end. Set by you.")
    _, nissan = path_notes(view(nissan_one_off_jpy_bn=-50.0).scenario)
    assert "Nissan's reference is JPY 50 bn lower: one-off gains inside guidance end" in plain(nissan.words)


# ---------------------------------------------------------------- estimates


def test_an_estimate_alone_makes_no_difference_on_any_page() -> None:
    seen = view(year=0, honda_us_content_share=0.7, nissan_parts_usd_bn=6.0, parts_exempt_share=0.2)
    for company in COMPANIES:
        now, before = seen.at_year(company, "operating_profit_jpy_bn")
        assert now == before
    assert "as in the reference" in overview.headline(seen)
    assert bar_of(seen) == sum(seen.at_year(c, "operating_profit_jpy_bn")[0] for c in COMPANIES)
    found = shapley_of(seen)
    assert not found.shares
    assert found.reference == found.scenario
    assert CHANNEL_STEPS.table(seen).values["kind"] == ["total", "total"]


def test_shares_are_those_of_changes_and_sum_to_the_difference_from_the_own_reference() -> None:
    found = shapley_of(view(honda_us_content_share=0.4, usmca_tariff_share=0.0, pass_through_share=0.3))
    assert [share.name for share in found.shares] == ["usmca_tariff_share", "pass_through_share"]
    assert sum(share.share for share in found.shares) == pytest.approx(found.scenario - found.reference)


def test_pages_say_that_the_reference_has_the_scenario_s_estimates() -> None:
    assert not own_estimates_words(view(japan_tariff_share=0.2))
    words = own_estimates_words(view(honda_us_content_share=0.4, honda_parts_usd_bn=5.0))
    assert words.startswith("Reference: the edition with your estimates. 2 estimates were moved")
    for page in (*LATER_YEARS, "plant"):
        app = opened("honda_us_content_share=0.4", page)
        assert any("Reference: the edition with your estimates." in plain(c.value) for c in app.caption), page


def test_lists_of_values_say_which_are_estimates() -> None:
    seen = view(honda_us_content_share=0.4, japan_tariff_share=0.2)
    assert dict(zip(*(CHANGES.table(seen).values[name] for name in ("key", "role")), strict=True)) == {
        "japan_tariff_share": "policy",
        "honda_us_content_share": "estimate",
    }
    for table in (ALL_ASSUMPTIONS.table(seen), TORNADO.table(seen)):
        roles = dict(zip(table.values["key"], table.values["role"], strict=True))
        assert roles == {key: ASSUMPTIONS[key].role for key in roles}
        assert set(roles.values()) == ROLES.keys()
    text = csv_text(PROFIT.table(seen), seen, ADDRESS)
    for key, a in ASSUMPTIONS.items():
        (line,) = (line for line in text.splitlines() if line.startswith(f"# Assumption {key} = "))
        assert line.endswith(f"; {a.role}")
    assert sum(a.role == ESTIMATE for a in ASSUMPTIONS.values()) > 20


# ---------------------------------------------------------------- what is said of rates and contributions


def test_the_overview_says_what_the_market_s_exchange_rate_moves() -> None:
    seen = view()
    words = plain(overview.spot_sentence(seen))
    change = seen.projection.company["honda"]["operating_profit_jpy_bn"]
    assert "about JPY 160 per dollar instead of JPY 145 and JPY 150" in words
    assert "for Honda more than any lever of the alliance" in words
    assert np.asarray(change).shape == (5,)
    assert any(plain(text.value) == words for text in opened("preset=status_quo").markdown)
    assert not overview.spot_sentence(view("yen_at_160"))
    assert not overview.spot_sentence(view("article"))


def test_the_headline_tells_guidance_from_what_it_is_carried_on_to() -> None:
    words = plain(overview.guided_sentence(view()))
    assert "guide to Honda **JPY 500 bn** and Nissan **JPY 200 bn** of operating profit for FY2027/3" in words
    assert "carried on to FY2031/3, that is Honda **JPY 1,000 bn**." in words
    assert "carried on" not in overview.guided_sentence(view(year=0))


def test_what_could_happen_is_told_without_estimates() -> None:
    assert "one-off" not in overview.levers_sentence(view())


def test_contribution_that_does_not_fit_the_elasticity_is_told_where_prices_rise() -> None:
    assert not payers.contribution_words(view(pass_through_share=0.5))
    assert not payers.contribution_words(view(own_elasticity=-3.0))
    words = plain(payers.contribution_words(view(pass_through_share=0.5, own_elasticity=-3.0)))
    assert "answer its own price with \N{MINUS SIGN}3 would set that price to earn about 33 % of the price" in words
    assert "Higher prices look better here than they are" in words
    old = plain(payers.contribution_words(view("tariffs_25", pass_through_share=0.5)))
    assert "the whole price or more" in old
    app = opened("pass_through_share=0.5&own_elasticity=-3", "tariffs")
    assert any(plain(text.value) == words for text in app.markdown)
