"""Alliance: what shared platforms, joint software and Canton trucks are worth, and when they pay back."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANIES, COMPANY_LABELS
from model.presets import PRESETS
from pages.parts import headings, state
from pages.parts.alliance import (
    at_stake,
    by_year,
    invitation,
    others,
    payback,
    reading,
    savings,
    talks,
    time_gained,
    worth,
    worth_along,
)
from pages.parts.alliance.headline import headline
from pages.parts.alliance.reading import CHANCE, TOGETHER, YEARS_AFTER
from pages.parts.charts import COMPANY_COLORS
from pages.parts.figures import chart_figure, offer_numbers
from pages.parts.words import figure, markdown_text, number, percent

view = state.current_view()
values = view.scenario.values
has_alliance = reading.is_planned(view) and reading.has_effect(view)

headings.title("What an alliance is worth, and when it pays back")
st.markdown(headline(view))

# The reference has no alliance, so each figure stands beside what it depends on instead of the reference.
if has_alliance:
    spent, earned = at_stake.spent_and_earned_jpy_bn(view)
    otherwise, case = worth.value_otherwise(view)
    figures = [
        (
            "Both: value today",
            figure(worth.value_jpy_bn(view, TOGETHER), "JPY bn"),
            f"{figure(otherwise, 'JPY bn')} {case}",
        ),
        *(
            (
                f"{COMPANY_LABELS[company]}: value today",
                figure(worth.value_jpy_bn(view, company), "JPY bn"),
                f"{figure(round(worth.value_per_share_jpy(view, company)), 'JPY')} per share",
            )
            for company in COMPANIES
        ),
        (
            "Spent either way, five years",
            figure(spent, "JPY bn"),
            f"{figure(earned, 'JPY bn')} earned if it delivers",
        ),
    ]
else:
    venture = others.venture_totals_jpy_bn(view)["VW and Rivian"]
    figures = [
        (
            "R&D of both companies, a year",
            figure(savings.combined_rd_jpy_bn(view), "JPY bn"),
            "Honda's part is recalled",
        ),
        (
            "Software work both would do, a year",
            figure(savings.shared_software_jpy_bn(view), "JPY bn"),
            "judgement of its share",
        ),
        (
            "One month earlier to market, once",
            figure(time_gained.one_month_jpy_bn(view), "JPY bn"),
            f"for {figure(values['software_kveh'], 'kveh')} a year",
        ),
        ("VW and Rivian, whole venture", figure(venture, "JPY bn"), "a real one, for scale"),
    ]
with st.container(horizontal=True):
    for label, value, beside in figures:
        st.metric(label, value, beside, delta_color="off", delta_arrow="off", border=True)

if not has_alliance:
    headings.section("What one plan would bring")
    preset = PRESETS[invitation.EXAMPLE_PRESET]
    st.markdown(
        markdown_text(
            f"{preset.sentence} It spends money first and counts on delivery for sure. Nobody has agreed to any "
            f"of it: a judgement."
        )
    )
    st.button(
        "Play: the alliance goes well",
        on_click=state.choose_start,
        args=(view.scenario.edition, invitation.EXAMPLE_PRESET),
        type="primary",
        icon=":material/play_arrow:",
        key="play_alliance",
    )
    example = invitation.invitation(view)
    chart_figure(
        invitation.invitation_finding(view),
        invitation.invitation_bars,
        example,
        rows=invitation.invitation_rows(example),
    )

if has_alliance:
    headings.section("Benefits and costs by year")
    st.caption(
        f"Effect on operating profit at a chance of delivery of {percent(reading.chance_share(view), 0)}; "
        "bars below zero are costs, the line is the net. Canton trucks hold what Nissan receives and what Honda pays."
    )
    by_company = {company: by_year.benefits(view, company) for company in COMPANIES}
    ends = by_year.benefit_ends(*by_company.values())
    for company, column in zip(COMPANIES, st.columns(2), strict=True):
        with column:
            table = by_company[company]
            color = COMPANY_COLORS[COMPANY_LABELS[company]]
            finding, rows = by_year.benefits_finding(view, company), by_year.benefit_rows(table, ends)
            chart_figure(finding, by_year.stacked_benefits, table, color, rows=rows)

    headings.section("When it pays back")
    st.caption(
        "Benefits less costs, added up from the first year, before tax and without interest. It has paid back once the "
        "line is above zero for good."
    )
    sums = {company: payback.cumulative(view, company) for company in COMPANIES}
    ends = payback.fan_ends(*sums.values())
    for company, column in zip(COMPANIES, st.columns(2), strict=True):
        with column:
            table = sums[company]
            color = COMPANY_COLORS[COMPANY_LABELS[company]]
            finding, rows = payback.payback_finding(view, company), payback.fan_rows(table, ends)
            chart_figure(finding, payback.cumulative_fan, table, color, rows=rows)
    unwritten = payback.unwritten_tooling_jpy_bn(view)
    if unwritten > 0.0:
        st.caption(
            f"Tooling counts as it is written off. Of Honda's, {figure(unwritten, 'JPY bn')} is not written off by "
            f"{view.projection.years[-1]}: on a cash basis Honda stands lower by that much. Its value today counts "
            "all of it, when it is paid."
        )

    headings.section("What is at stake")
    left, right = st.columns([3, 2])
    with left:
        stakes = at_stake.stakes(view)
        chart_figure(at_stake.stakes_finding(view), at_stake.stakes_bars, stakes, rows=at_stake.stakes_rows(stakes))
    with right:
        headings.finding("The same plan, delivered or not")
        cases = at_stake.case_totals_in_words(at_stake.case_totals(view))
        st.table(pa.table(cases), hide_index=True, alt="Benefit by case")
        st.caption(
            "Five years: before tax. Value today: after tax, discounted, with the years after. The chance is a "
            "judgement. After a failure the work on joint software ends when its first saving was due."
        )

    headings.section("What it is worth today")
    st.caption(
        f"After tax at {figure(values['honda_tax_share'], 'share')} for Honda and "
        f"{figure(values['nissan_tax_share'], 'share')} for Nissan, discounted at "
        f"{figure(values['cost_of_capital_share'], 'share')} a year. It goes on for {number(values['terminal_yr'])} "
        "more years, each programme with its own ramp. Tooling counts when it is paid."
    )
    parts = worth.value_parts(view)
    chart_figure(worth.value_finding(view), worth.value_bars, parts, rows=worth.value_rows(parts))
    left, right = st.columns(2)
    with left:
        by_chance = worth_along.value_along(view, CHANCE)
        rows = worth_along.value_line_rows(by_chance, view, CHANCE)
        chart_figure(
            worth_along.chance_finding(view),
            worth_along.value_lines,
            by_chance,
            CHANCE,
            "Chance that it delivers",
            rows=rows,
        )
    with right:
        by_years = worth_along.value_along(view, YEARS_AFTER)
        rows = worth_along.value_line_rows(by_years, view, YEARS_AFTER)
        title = f"Years it goes on after {view.projection.years[-1]}"
        chart_figure(worth_along.years_finding(view), worth_along.value_lines, by_years, YEARS_AFTER, title, rows=rows)

    headings.section("Time to market")
    if values["software_gain_months"] > 0.0:
        earlier = time_gained.earlier_cars(view)
        left, right = st.columns([3, 2])
        with left:
            chart_figure(
                time_gained.earlier_finding(view),
                time_gained.earlier_bars,
                earlier,
                rows=time_gained.earlier_rows(earlier),
            )
        with right:
            headings.finding("How it is counted")
            inputs = time_gained.earlier_inputs_in_words(view)
            st.table(pa.table(inputs), hide_index=True, alt="Inputs of the time gained")
            st.caption(
                "Months of 12 × cars a year × share that displaces none of the maker's own × contribution × chance, "
                "when each car line arrives: once. Split by US sales. A grey tick in the chart is the amount if it "
                "delivers."
            )
    else:
        month = figure(time_gained.one_month_jpy_bn(view), "JPY bn")
        cars = figure(values["software_kveh"], "kveh")
        st.markdown(
            f"No months are gained in this scenario. One month earlier for {cars} a year would earn **{month}**, once, "
            "if the alliance delivers."
        )

headings.section("How large the savings are")
left, right = st.columns([3, 2])
with left:
    scale = savings.scale(view)
    chart_figure(savings.scale_finding(view), savings.scale_bars, scale, rows=savings.scale_rows(scale))
    st.caption(
        "JPY bn a year, and its share of the R&D of both. Savings at full rate, if it delivers, before costs. Green: "
        "assumptions, which are judgements. Honda's R&D is recalled, not verified."
    )
with right:
    headings.finding("Joint software, step by step")
    st.markdown("R&D × software's part × work both would do × saved by doing it once × progress × chance.")
    st.table(
        pa.table(savings.software_steps_in_words(savings.software_steps(view))),
        hide_index=True,
        alt="The software saving factor by factor",
    )
    cost = values["software_cost_jpy_bn"]
    before = f", before {figure(cost, 'JPY bn')} a year for working together" if cost > 0.0 else ""
    st.caption(f"The last line is the saving in {view.year_label}{before}. Every share is a judgement.")

headings.section("What others spend")
venture_table = others.venture(view)
chart_figure(others.venture_finding(view), others.venture_bars, venture_table, rows=others.venture_rows(venture_table))
st.caption(
    "Software and stake: software, patents and half of the joint company. The rest buys shares in Rivian and lends "
    "to it, so only a part is the price of software."
)
with st.expander("Figures and sources", key="alliance_references"):
    st.markdown(others.reference_lines(view))
    st.caption(
        f"In brackets: {others.rates_in_words()}; no rate is held for other years and for the yuan. "
        "Recalled: remembered, no source read prints it."
    )
    offer_numbers(others.references(view))

headings.section("State of the talks")
st.markdown(talks.talk_lines())
