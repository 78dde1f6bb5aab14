"""Investor: what the scenario means per share, what would have to be true, and what a stated rule says."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANIES, COMPANY_LABELS
from model.presets import PRESETS
from model.stance import StanceInputs, outcomes, stance
from pages.parts import charts, choices, headings, state, tables
from pages.parts.controls import reference_note
from pages.parts.figures import chart_figure, comparison_metric, offer_numbers
from pages.parts.investor import by_outcome, dated, headline, paying_back, per_share, to_watch
from pages.parts.sure import stance_chance
from pages.parts.sure.break_even import paybacks
from pages.parts.words import markdown_text

view = state.current_view()

headings.title("What it means per share")
answer = st.container()  # written last, when the thresholds below are known

with st.container(horizontal=True):
    for company in COMPANIES:
        label = f"{COMPANY_LABELS[company]}: earnings per share"
        comparison_metric(label, *view.at_year(company, "eps_jpy"), "JPY")
    for company in COMPANIES:
        label = f"{COMPANY_LABELS[company]}: alliance per share"
        comparison_metric(label, per_share.value_per_share_jpy(view, company), 0.0, "JPY")

reference_note()

left, right = st.columns(2)
with left:
    earnings = per_share.earnings_by_year(view)
    chart_figure(
        per_share.earnings_finding(view),
        charts.lines_by_year,
        earnings,
        "eps_jpy",
        "Earnings per share, JPY",
        ",.0f",
        rows=tables.with_line_labels(earnings, "eps_jpy"),
    )
with right:
    value = per_share.value_beside_price(view)
    chart_figure(per_share.value_finding(view), per_share.value_chart, value, rows=per_share.with_value_labels(value))

left, right = st.columns([3, 2])
with left:
    valuation = pa.table(per_share.valuation_in_words(view))
    st.table(valuation, hide_index=True, alt="Price, value and price-earnings ratios per share")
with right:
    st.caption(f"Share prices are the latest found, not live ones.{per_share.age_note(view)}")
    for price in per_share.share_prices().values():
        st.caption(markdown_text(per_share.price_note(price)))
    st.caption(
        "Value: benefits and costs of the alliance after tax, discounted to today. "
        "Price over earnings is not meaningful for a loss, or above 100."
    )

headings.section("What would have to be true")
st.caption(
    f"One assumption at a time, all else as in the scenario: where does the alliance bring as much as tariffs cost "
    f"in {view.year_label}? Before tax. The cost is counted after the companies' own measures and before what "
    "customers pay, so passing it on helps only through fewer imports."
)
st.segmented_control(
    "Whose tariff cost",
    list(paying_back.PAYBACK_CHOICES),
    required=True,
    **state.widget(choices.PAYBACK_OF),
)
companies = paying_back.PAYBACK_CHOICES[choices.PAYBACK_OF.of(view)]
paid_back = paybacks(view.scenario, companies, view.year)
left, right = st.columns([2, 3])
with left:
    payback = paying_back.payback_table(view, paid_back)
    chart_figure(
        paying_back.payback_finding(view, companies, paid_back),
        paying_back.payback_chart,
        payback,
        rows=paying_back.with_payback_bars(payback),
    )
with right:
    st.table(pa.table(paying_back.payback_in_words(paid_back)), hide_index=True, alt=payback.title)
    st.page_link("sensitivity.py", label="Every assumption, and other targets", icon=":material/arrow_forward:")

headings.section("Hold or wait: a rule with your thresholds")
st.caption(
    "Hold: enough outcomes clear your bar and enough milestones have happened, so the alliance counts as a reason to "
    "keep the share. Wait: not yet. Outcomes are the scenario as it stands, each main assumption at its low and at its "
    "high plausible value, one at a time, and the alliance that delivers or fails for certain. They are not equally "
    "likely; a variation that leaves the value as it is does not count."
)
left, right = st.columns([2, 3])
with left:
    bar_share = st.slider(
        "An outcome counts from this part of the share price",
        step=0.01,
        format="percent",
        **state.number_widget(choices.BAR_SHARE),
    )
    clear_share = st.slider(
        "Outcomes that must clear the bar",
        step=0.05,
        format="percent",
        **state.number_widget(choices.CLEAR_SHARE),
    )
    milestones = by_outcome.milestones()
    needed = st.slider(
        "Milestones that must have happened",
        **state.number_widget(choices.MILESTONES_NEEDED),
    )
    happened = {
        m.label: st.checkbox(m.label, help=markdown_text(m.known), **state.widget(m.choice)) for m in milestones
    }
    st.caption("As known up to mid 2026 none has happened; tick what you know to have. Starting thresholds: judgement.")
grids = {company: outcomes(view.scenario, company) for company in COMPANIES}
stances = {
    company: stance(
        StanceInputs(
            tuple(o.value_per_share_jpy for o in grids[company]),
            price.price_jpy,
            bar_share,
            clear_share,
            happened,
            needed,
        )
    )
    for company, price in per_share.share_prices().items()
}
with right:
    for company, verdict in stances.items():
        st.markdown(f"**{COMPANY_LABELS[company]}: {markdown_text(verdict.sentence)}**")
    st.table(pa.table(by_outcome.stance_in_words(stances)), hide_index=True, alt="What drives the stance")
    st.caption("A reading of a model with your thresholds: not advice, and not a forecast.")
    headings.finding("The chance of each stance")
    st.markdown(markdown_text(stance_chance.stance_chance_sentence(view)))
    st.table(pa.table(stance_chance.stance_chance_in_words(view)), hide_index=True, alt="The chance of each stance")
    offer_numbers(stance_chance.stance_chance_table(view))
    st.page_link("uncertainty.py", label="How likely are other results?", icon=":material/arrow_forward:")
for company, column in zip(COMPANIES, st.columns(2), strict=True):
    with column:
        table = by_outcome.outcome_table(view, company, grids[company])
        chart_figure(
            by_outcome.outcome_finding(company, stances[company]),
            by_outcome.outcome_chart,
            table,
            company,
            rows=by_outcome.with_outcome_marks(table, bar_share),
        )

st.caption("Filled marks clear the bar, open ones do not. Point at a mark for its value.")

headings.section("Milestones")
left, right = st.columns(2)
events = dated.milestone_table()
with left:
    chart_figure(dated.milestone_finding(), dated.milestone_chart, events, rows=dated.with_heights(events))
    st.caption(
        "Open circles: did not come about, or the outcome was not found. Small marks: other events, in the download."
    )
with right:
    st.table(pa.table(dated.milestones_in_words(events)), hide_index=True, alt="The numbered events")

headings.section("Figures to watch")
st.caption("Latest published values found; nothing after June 2026 was.")
watched = to_watch.watch_table()
st.table(pa.table(to_watch.watch_in_words(watched)), hide_index=True, alt=watched.title)

with answer:
    st.markdown(headline.headline(view, stances))
    if per_share.no_alliance(view):
        good = PRESETS["alliance_delivers"]
        st.button(
            f"Show the scenario “{good.label}”",
            on_click=state.choose_start,
            args=(good.edition, good.name),
            key="investor_show_alliance",
        )
