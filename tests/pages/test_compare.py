"""Scenarios side by side: links read line by line, results that are the model's, differences from a base."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import quote

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from model import comparison
from model.comparison import (
    LETTERS,
    MOST_LINES,
    MOST_READ,
    Comparison,
    presets_in,
    read_lines,
    tidy,
    with_presets,
)
from model.editions import COMPANIES, COMPANY_LABELS, edition
from model.links import (
    LONGEST_LINK,
    LONGEST_TITLE,
    Refusal,
    Scenario,
    from_query,
    scenario_of_preset,
    share_query,
    to_query,
)
from model.outputs import OUTPUTS
from model.presets import MAIN_PRESETS, PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS
from pages.catalog import figures_of
from pages.compare import assumptions, by_year, columns, differences, from_address, results, scenarios
from pages.compare.assumptions import DIFFERING_ASSUMPTIONS
from pages.compare.by_year import PROFIT_BY_SCENARIO
from pages.compare.differences import DIFFERENCES
from pages.compare.headline import headline
from pages.compare.results import RESULTS
from pages.kit.charts import COMPANY_COLORS
from pages.kit.exports import provenance, xlsx_bytes
from pages.kit.figure import Figure
from pages.kit.show import _Marks
from pages.kit.view import View
from pages.kit.words import quantity, signed
from tests.pages.opened import chart_specs, choose_preset, drawn, opened, parts_of

LAST = 4
ALL = "\n".join(f"preset={name}" for name in list(MAIN_PRESETS)[-MOST_LINES:])
"""As many presets as are compared at once, on three editions with the current scenario's."""
FIGURES = figures_of("compare")
each_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
HOSTILE = "**x** <b>y</b> [z](javascript:1) $q$ =HYPERLINK(1) www.example.com"


def view_of(link: str = "", year: int = LAST) -> View:
    return View.of(from_query(link)[0], year)


def asked(lines: str, link: str = "", base: str = "", year: int = LAST, current: bool = True) -> View:
    choices = {"with": lines, "base": base} | ({} if current else {"with_current": "false"})
    return View.of(view_of(link).scenario, year, choices=choices)


def compared(lines: str, link: str = "", base: str = "", year: int = LAST, current: bool = True) -> Comparison:
    found, _ = from_address.comparison_of(asked(lines, link, base, year, current))
    assert found
    return found


# --------------------------------------------------------------- the lines


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("edits", ["", "&japan_tariff_share=0.123456789&title=A %26 B"])
def test_a_short_line_means_what_the_full_link_means(name: str, edits: str) -> None:
    full = f"https://example.org/base/tariffs?{to_query(scenario_of_preset(name))}&year=FY2028/3"
    line = f"preset={name}{edits}" if edits else full
    (read,), notes = read_lines(line)
    (again,), notes_again = read_lines(tidy(line))
    assert not notes
    assert not notes_again
    assert again == read
    assert len(tidy(line)) < len(full) / 2
    assert tidy(tidy(line)) == tidy(line)


@settings(max_examples=25, deadline=None)
@given(some.dictionaries(some.sampled_from(sorted(ASSUMPTIONS)), some.floats(0, 1), max_size=12))
def test_any_scenario_survives_its_line(moved: dict[str, float]) -> None:
    values = dict(edition("2026-05").defaults)
    for key, part in moved.items():
        a = ASSUMPTIONS[key]
        values[key] = min(max(a.minimum + part * (a.maximum - a.minimum), a.minimum), a.maximum)
    scenario = View.of(Scenario("2026-05", "alliance_good", values), LAST).scenario
    (line,), notes = read_lines(share_query(scenario, title="Mine"))
    assert not notes
    assert line.scenario == scenario
    assert line.title == "Mine"


def test_a_bad_line_among_good_ones_is_named_and_the_rest_still_shows() -> None:
    lines = "preset=article\nhello\npreset=nope\n\npreset=alliance_good&japan_tariff_share=0.9\njapan_tariff_share=x"
    good, notes = read_lines(lines)
    assert [(line.number, line.scenario.preset) for line in good] == [(1, "article"), (4, "alliance_good")]
    assert [(note.number, note.refusal.key) for note in notes] == [
        (2, "line"),
        (3, "line"),
        (4, "japan_tariff_share"),
        (5, "line"),
    ]
    words = [word.replace("\\", "") for word in from_address.notes_words(notes, told=False)]
    assert words[0] == "- **Line 2**: “hello” was not used: names no edition, preset or assumption. It is left out."
    assert words[2].startswith("- **Line 4, Tariff on cars from Japan**: “0.9” was not used: above the highest value")
    assert [m.letter for m in compared(lines).members] == ["A", "B", "C"]


def test_a_seventh_line_and_a_scenario_given_again_are_named() -> None:
    lines = [f"japan_tariff_share=0.{n}" for n in range(1, 4)] + [f"usmca_tariff_share=0.{n}" for n in range(1, 5)]
    good, (note,) = read_lines("\n".join(lines))
    assert len(good) == MOST_LINES
    assert (note.number, note.refusal.reason) == (7, "at most 6 lines are compared")
    good, (note,) = read_lines("preset=article\nedition=2025-07&preset=article")
    assert len(good) == 1
    assert (note.number, note.refusal.used) == (2, "line 1")
    _, notes = read_lines("x\n" * (MOST_READ + 100))
    assert len(notes) == MOST_READ + 1
    assert len(from_address.notes_words(notes, told=False)) == 13


def test_names_are_titles_presets_or_line_numbers_and_are_not_given_twice() -> None:
    lines = "preset=article\nedition=2025-07\njapan_tariff_share=0.2\njapan_tariff_share=0.3&title=Plan"
    lines += f"\njapan_tariff_share=0.4&title=Plan\njapan_tariff_share=0.1&title={'x' * 200}"
    names = [m.name for m in compared(lines).members]
    assert names[:4] == ["Current scenario", "The article's case", "Status quo, facts of 2025-07", "Link 3"]
    assert names[4:6] == ["Plan", "Plan (2)"]
    assert len(names[6]) == LONGEST_TITLE


@settings(max_examples=60, deadline=None)
@given(some.text(max_size=200))
def test_any_text_is_read_and_told_without_an_exception(text: str) -> None:
    lines, notes = read_lines(text)
    assert len(lines) <= MOST_LINES
    for told in (False, True):
        from_address.notes_words(notes, told)
    assert read_lines(tidy(text))[0] == lines


def test_of_a_hundred_thousand_lines_forty_are_read_whatever_is_done_and_none_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, looked_at = comparison.read_line, list[str]()

    def counting(line: str) -> Any:
        looked_at.append(line)
        return read(line)

    monkeypatch.setattr(comparison, "read_line", counting)
    text = "preset=article\n" * 100_000
    for done in (read_lines, tidy, presets_in, lambda text: with_presets(text, ["article"], MAIN_PRESETS)):
        looked_at.clear()
        done(text)
        assert len(looked_at) <= MOST_READ
    assert len(tidy(text).splitlines()) == 100_000
    chosen = with_presets(text, ["alliance_good"], MAIN_PRESETS).splitlines()
    assert chosen == [share_query(scenario_of_preset("alliance_good")), *["preset=article"] * (100_000 - MOST_READ)]


def test_lines_longer_than_a_link_are_named_and_none_is_read_in_part() -> None:
    lines = [f"japan_tariff_share=0.{n}&title={'x' * 9_000}" for n in range(1, 4)]
    good, (note,) = read_lines("\n".join(lines))
    assert [line.scenario.values["japan_tariff_share"] for line in good] == [0.1, 0.2]
    assert (note.number, note.refusal.used) == (3, "nothing")
    assert note.refusal.reason == "only the first 40 lines are read, and 20,000 characters"
    assert not read_lines("japan_tariff_share=0.1&title=" + "x" * 20_000)[0]


def test_cards_tell_the_largest_changes_and_take_lines_out() -> None:
    app = opened(
        "with=preset%3Dalliance_delivers&with=x<b>&with=japan_tariff_share%3D0.2%26title%3D<b>B</b>", "compare"
    )
    plan, own = [c.value for c in app.caption if "facts of 2026" in c.value][1:]
    assert "more" in plan
    assert "Tariff on cars from Japan: 20" in own.replace("\\", "")
    assert "<b>" not in " ".join(m.value for m in app.markdown)
    app.button(key="compare_leave_out").click()
    drawn(app)
    assert not app.warning
    app.button(key="compare_out_B").click()
    drawn(app)
    assert app.query_params["with"].startswith("japan_tariff_share=0.2&")


def test_what_is_pinned_is_compared_by_a_press() -> None:
    app = opened("preset=japan_back_at_25&title=Japan+back", "compare", sliders=True)
    app.slider(key="japan_tariff_share").set_value(0.1)
    drawn(app)
    app.button(key="compare_pin").click()
    drawn(app)
    assert any("**B** Japan back" in m.value for m in app.markdown)
    assert not [b for b in app.button if b.key == "compare_pin"]


def test_tidying_makes_no_text_longer_than_is_read() -> None:
    text = f"preset=article\npreset=alliance_good&x={'x' * 19_940}"
    assert not read_lines(tidy(text))[1][1:]
    assert len(tidy(text)) <= LONGEST_LINK


def test_a_comparison_too_long_for_its_link_says_so_wherever_its_link_is_given() -> None:
    lines = "preset=article\n" + '"' * 18_000
    app = opened(f"with={quote(lines)}", "compare")
    (warning,) = (notice for notice in app.warning if "too long for a link" in notice.proto.title)
    assert "20,000 of a link are read" in warning.value
    view = asked(lines)
    table = RESULTS.table(view)
    assert len(view.link) > 32_767
    named = f"The link has {len(view.link):,} characters; 20,000 are read: it may not open"
    assert named in "\n".join(provenance(table, view, ""))
    about = [str(cell) for (cell,) in openpyxl.load_workbook(BytesIO(xlsx_bytes(table, view, "")))["About"].values]
    (link,) = (line for line in about if line.startswith("Link: "))
    assert link.endswith(f"… has {len(view.link) + 7:,} characters; a cell holds 32,767. The CSV has it whole")
    assert named in about


def test_a_comparison_that_its_link_holds_is_given_without_a_word() -> None:
    app = opened("with=preset%3Darticle", "compare")
    assert not app.warning
    assert "may not open" not in "\n".join(provenance(RESULTS.table(asked(ALL)), asked(ALL), ""))


def test_presets_are_chosen_among_the_lines() -> None:
    text = with_presets("japan_tariff_share=0.2", ["article", "alliance_good"], MAIN_PRESETS)
    assert presets_in(text) == ("article", "alliance_good")
    fewer = with_presets(text, ["alliance_good"], MAIN_PRESETS)
    assert fewer.splitlines()[0] == "japan_tariff_share=0.2"
    assert presets_in(fewer) == ("alliance_good",)


# --------------------------------------------------------------- the tables


@pytest.mark.parametrize(("base", "year"), [("A", LAST), ("C", 1), ("G", LAST)])
def test_tables_hold_what_the_model_gives_for_each_link(base: str, year: int) -> None:
    seen = asked(ALL, base=base, year=year)
    side_by_side = RESULTS.table(seen).rows
    assert len(side_by_side) == 2 * (MOST_LINES + 1)
    for row in side_by_side.to_dict("records"):
        scenario, refusals = from_query(row["link"])
        assert not refusals
        p = project(scenario.values, scenario.edition)
        (company,) = (k for k, label in COMPANY_LABELS.items() if label == row["company"])
        for name in columns.MEASURES:
            if OUTPUTS[name].scope == "company":
                expected = np.asarray(p.company[company][name])[p.years.index(row["fiscal_year"])]
            else:
                expected = p.once_company[name][company]
            assert row[name] == expected
        assert row["canton_utilisation_share"] == p.once["canton_utilisation_share"]
    by = side_by_side.set_index(["letter", "company"])
    for row in DIFFERENCES.table(seen).rows.to_dict("records"):
        for name in (*columns.MEASURES, columns.CANTON):
            change = by.loc[(row["letter"], row["company"]), name] - by.loc[(base, row["company"]), name]
            assert row[name] == change
    for company in COMPANIES:
        for row in PROFIT_BY_SCENARIO[company].table(seen).rows.to_dict("records"):
            scenario, _ = from_query(row["link"])
            p = project(scenario.values, scenario.edition)
            profits = np.asarray(p.company[company]["operating_profit_jpy_bn"])
            assert row["operating_profit_jpy_bn"] == profits[p.years.index(row["fiscal_year"])]


def test_the_year_in_focus_is_compared_where_all_have_it_and_the_last_of_each_where_not() -> None:
    c = compared("preset=article", year=0)
    assert c.same_year
    assert {c.year_of(m) for m in c.members} == {"FY2027/3"}
    c = compared("preset=article")
    assert [c.year_of(m) for m in c.members] == ["FY2031/3", "FY2030/3"]
    assert c.shared_years == ("FY2027/3", "FY2028/3", "FY2029/3", "FY2030/3")
    note = scenarios.year_note(c)
    assert note.startswith("B does not have FY2031/3")
    assert "FY2027/3 to FY2030/3" in note
    assert "2025-07 and 2026-11" in scenarios.editions_note(c)
    assert not scenarios.editions_note(compared("preset=alliance_delivers"))


def test_only_the_assumptions_that_differ_are_shown_in_words() -> None:
    c = compared("preset=japan_back_at_25")
    assert c.differing() == ("japan_tariff_share",)
    (row,) = pd.DataFrame(assumptions.in_words(c)).to_dict("records")
    assert [text.replace("\\", "") for text in row.values()] == [
        "Tariff on cars from Japan",
        quantity(0.15, "share"),
        quantity(0.275, "share"),
    ]
    table = DIFFERING_ASSUMPTIONS.table(asked(ALL)).rows
    for _, rows in table.groupby("key"):
        assert rows["value"].nunique() > 1
        assert len(rows) == MOST_LINES + 1


def test_every_table_is_found() -> None:
    assert {figure.name for figure in FIGURES} == {
        "comparison_results",
        "comparison_differences",
        "comparison_profit_honda",
        "comparison_profit_nissan",
        "comparison_assumptions",
    }


@each_figure
def test_tables_follow_from_the_view_and_name_every_column(figure: Figure) -> None:
    table = figure.table(asked(ALL))
    assert table.name == figure.name
    assert list(table.columns) == list(table.rows.columns)
    assert "link" in table.columns
    assert not table.rows.isna().any(axis=None)
    with pytest.raises(ValueError, match="nothing"):
        figure.table(asked("x", current=False))
    assert figure.refused is from_address.refusals
    assert figure.told is from_address.told


@each_figure
def test_tables_stand_on_the_facts_of_each_scenarios_edition_and_say_so(figure: Figure) -> None:
    table = figure.table(asked(ALL))
    assert len(set(table.values["edition"])) > 1
    (source,) = table.sources
    assert "the facts of each scenario's edition" in source


def test_a_program_is_told_of_everything_that_a_comparison_cannot_be_made_of() -> None:
    assert not from_address.refusals(asked(ALL, base="C"))
    (line,) = from_address.refusals(asked("preset=article\npreset=moon"))
    assert line.key == "with, line 2: line"
    (base,) = from_address.refusals(asked("preset=article", base="Z"))
    assert base == Refusal("base", "Z", "not the letter of a scenario compared here (A, B)", "A")
    *_, nothing = from_address.refusals(asked("x", current=False))
    assert nothing.reason == "nothing to compare"


CORNERS = [
    ("jpy_per_usd=80", "jpy_per_usd=220"),
    (
        "pass_through_share=1&own_elasticity=-6&market_elasticity=-6",
        "pass_through_share=1&own_elasticity=0&market_elasticity=0",
    ),
    ("success_probability_share=0&preset=alliance_good", "preset=alliance_good&terminal_yr=0"),
    ("edition=2025-07&canton_honda_trucks_kveh=300&canton_base_kveh=50", "canton_base_kveh=450"),
    ("cost_of_capital_share=0.01&preset=alliance_good", "honda_tax_share=0&preset=alliance_fails"),
]


@pytest.mark.parametrize("pair", CORNERS)
def test_corners_draw_finite_numbers(pair: tuple[str, str]) -> None:
    seen = asked("\n".join(pair))
    frames = [figure.table(seen).rows for figure in FIGURES]
    frames += [figure.marks(seen) for figure in FIGURES if figure.form]
    for frame in frames:
        assert np.isfinite(frame.select_dtypes("number").to_numpy()).all()
    headline(compared("\n".join(pair)))


# ------------------------------------------------------------- the findings


def test_findings_say_what_the_data_say() -> None:
    one = compared("preset=alliance_good")
    for company in COMPANIES:
        change = signed(one.difference(one.members[1], "operating_profit_jpy_bn", company), "JPY bn")
        assert f"**{change}** at {COMPANY_LABELS[company]}" in headline(one)
    swapped = compared("preset=alliance_good", base="B")
    assert swapped.base.letter == "B"
    assert "Current scenario** changes operating profit" in headline(swapped)
    same = compared("preset=status_quo")
    assert "no difference at Honda and no difference at Nissan" in headline(same)
    assert (
        PROFIT_BY_SCENARIO["honda"]
        .says(asked("preset=status_quo"))
        .startswith(f"Honda: all give {quantity(1000.0, 'JPY bn')}")
    )
    assert pd.DataFrame(differences.in_words(same)).empty
    assert [m.letter for m in same.same_as_current()] == ["B"]
    many = compared("preset=alliance_delivers\npreset=usmca_ends")
    assert "(USMCA rules lapse) and **+JPY" in headline(many).replace("\N{NO-BREAK SPACE}", " ")
    alone = headline(compared(""))
    assert quantity(1000.0, "JPY bn") in alone
    assert alone.endswith("Add a scenario to see what sets them apart.")


def test_words_from_a_link_are_plain_words() -> None:
    c = compared(f"preset=article&title={HOSTILE.replace('=', '%3D')}")
    told = (scenarios.members_in_words(c), results.in_words(c), assumptions.in_words(c))
    frames = [pd.DataFrame(words) for words in told]
    texts = [headline(c), *(str(x) for f in frames for x in (*f.columns, *f.iloc[:, 0]))]
    for text in texts:
        assert "**x**" not in text
        assert "<b>" not in text.replace("\\<", "")
        assert "](javascript" not in text


# --------------------------------------------------------------- the charts


@pytest.mark.parametrize("lines", ["preset=alliance_good", ALL, "preset=status_quo"])
def test_charts_are_valid_start_at_zero_and_keep_letters_apart(lines: str) -> None:
    seen, c = asked(lines), compared(lines)
    for company in COMPANIES:
        rows = PROFIT_BY_SCENARIO[company].marks(seen)
        assert sorted("".join(rows["label_end"]).replace("\n", "")) == [m.letter for m in c.members]
        color = COMPANY_COLORS[COMPANY_LABELS[company]]
        spec = PROFIT_BY_SCENARIO[company].chart(seen).to_dict()
        json.dumps(spec, allow_nan=False)
        line = spec["layer"][0]["encoding"]
        assert line["y"]["scale"]["zero"]
        assert line["color"]["scale"]["range"][0] == color
        assert len({str(d) for d in line["strokeDash"]["scale"]["range"]}) == len(c.members)
    spec = DIFFERENCES.chart(seen).to_dict()
    json.dumps(spec, allow_nan=False)
    assert all("domain" not in p["encoding"]["x"].get("scale", {}) for p in spec["layer"] if "x" in p["encoding"])


def test_a_charts_form_follows_from_its_texts_alone() -> None:
    views = asked("title=P&jpy_per_usd=100"), asked("title=P&jpy_per_usd=200")
    one, other = (PROFIT_BY_SCENARIO["honda"].marks(seen) for seen in views)
    assert _Marks.of(one) == _Marks.of(other)
    specs = []
    for seen in views:
        spec = PROFIT_BY_SCENARIO["honda"].chart(seen).to_dict()
        spec["datasets"], spec["data"] = None, None
        specs.append(spec)
    assert specs[0] == specs[1]


# ----------------------------------------------------------------- the page


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_alone_the_current_scenario_invites_another_with_three_buttons(preset: str) -> None:
    app = opened(f"preset={preset}", "compare", sliders=True)
    assert sum(b.key.startswith("compare_add_") for b in app.button if b.key) == 3
    assert not chart_specs(app)
    assert not app.warning


def test_every_preset_beside_the_others_draws_charts_and_tables() -> None:
    app = opened(f"preset=alliance_good&base=D&with={quote(ALL)}", "compare", sliders=True)
    assert not app.warning
    assert len(chart_specs(app)) == 3
    assert len(app.table) == 4
    for spec, words in chart_specs(app):
        assert "nan" not in words.lower()
        assert list(parts_of(spec))
    assert list(app.table[1].value.columns)[4].endswith("(base)")
    assert any("same as the current scenario" in c.value for c in app.caption)


def test_what_the_address_asks_in_vain_is_named_and_the_rest_shows() -> None:
    app = opened("with=preset%3Darticle&with=x<b>&base=Z&with_current=maybe", "compare")
    told = "\n".join(notice.value for notice in app.warning).replace("\\", "")
    assert "“maybe” was not used" in told
    assert "**Line 2**: “x<b>” was not used" in told
    assert "**Base**: “Z” was not used: not the letter of a scenario compared here (A, B). Used instead: A." in told
    assert len(chart_specs(app)) == 3


def test_choosing_and_pasting_writes_the_address_and_the_base_follows_its_scenario() -> None:
    app = opened("", "compare")
    app.button(key="compare_add_japan_deal_ends").click()
    drawn(app)
    assert app.query_params["with"] == share_query(scenario_of_preset("japan_deal_ends"))
    assert len(chart_specs(app)) == 3
    app.text_area(key="compare_lines").set_value(f"http://localhost/?{to_query(scenario_of_preset('article'))}")
    drawn(app)
    assert app.text_area(key="compare_lines").value == ""
    assert app.query_params["with"].splitlines()[1] == share_query(scenario_of_preset("article"))
    assert app.multiselect(key="compare_presets").value == ["japan_deal_ends", "article"]
    app.button_group(key="compare_base").set_value("C")
    drawn(app)
    assert app.query_params["base"] == "C"
    app.multiselect(key="compare_presets").set_value(["article"])
    drawn(app)
    assert app.query_params["base"] == "B"
    app.toggle(key="choice_with_current").set_value(False)
    drawn(app)
    assert app.query_params["with_current"] == "false"
    assert not chart_specs(app)
    app.multiselect(key="compare_presets").set_value([])
    drawn(app)
    assert "with" not in app.query_params
    assert any("Nothing is compared yet" in m.value for m in app.markdown)


def test_a_move_of_the_sliders_and_another_start_keep_the_comparison() -> None:
    app = opened("with=preset%3Dtariffs_25", "compare", sliders=True)
    app.slider(key="japan_tariff_share").set_value(0.2)
    drawn(app)
    assert app.query_params["with"] == "preset=tariffs_25"
    choose_preset(app, "alliance_good")
    assert app.query_params["with"] == "preset=tariffs_25"
    assert len(chart_specs(app)) == 3


def test_letters_and_colours_are_enough() -> None:
    assert len(LETTERS) == MOST_LINES + 1 == len(by_year.DASHES)
    assert not set(by_year.COLORS.values()) & set(COMPANY_COLORS.values())
    assert isinstance(RESULTS.table(asked("")).rows, pd.DataFrame)
