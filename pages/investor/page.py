"""Investor: what the scenario means per share, what would have to be true, and what a stated rule says."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANIES, COMPANY_LABELS
from model.presets import PRESETS
from pages.investor.by_outcome import OUTCOMES, milestones, stance_in_words, stances_of
from pages.investor.dated import MILESTONES, milestones_in_words
from pages.investor.headline import headline
from pages.investor.paying_back import PAYBACK, PAYBACK_CHOICES, payback_in_words
from pages.investor.per_share import (
    EARNINGS_PER_SHARE,
    VALUE_PER_SHARE,
    no_alliance,
    valuation_in_words,
)
from pages.investor.stance_chance import STANCE_CHANCE, chance_in_words, chance_sentence
from pages.investor.to_watch import TO_WATCH, watch_in_words
from pages.kit import headings
from pages.kit.another import shown_in
from pages.kit.evidence import duty_beside_published
from pages.kit.results import results_of
from pages.kit.share_price import share_prices
from pages.kit.show import cards_known, metric_against_reference, offer, read, show
from pages.kit.view import in_all, in_year
from pages.kit.words import markdown_text
from pages.session import choices, choosing, moves, showing
from pages.sidebar import reference_note

view = showing.current_view()

headings.title("What it means per share")
st.markdown(headline(view))
if no_alliance(view):
    good = PRESETS["alliance_delivers"]
    st.button(
        f"Show the scenario “{good.label}”",
        on_click=moves.choose_preset,
        args=(good.name,),
        key="investor_show_alliance",
    )

with st.container(horizontal=True):
    for company in COMPANIES:
        label = f"{COMPANY_LABELS[company]}: earnings per share"
        metric_against_reference(label, *view.at_year(company, "eps_jpy"), "JPY", of_pinned=in_year(company, "eps_jpy"))
    for company in COMPANIES:
        label = f"{COMPANY_LABELS[company]}: alliance per share"
        per_share = in_all(company, "value_per_share_jpy")
        metric_against_reference(label, per_share(view), 0.0, "JPY", of_pinned=per_share)
cards_known(view, *(shown_in(view, (name,)) for name in results_of(("eps_jpy", "value_per_share_jpy"))))

reference_note()

left, right = st.columns(2)
with left:
    show(EARNINGS_PER_SHARE, view)
with right:
    show(VALUE_PER_SHARE, view)

left, right = st.columns([3, 2])
with left:
    valuation = pa.table(valuation_in_words(view))
    st.table(valuation, hide_index=True, alt="Price, value and price-earnings ratios per share")
with right:
    for price in share_prices(view.scenario.edition).values():
        st.caption(markdown_text(price.note))
    st.caption("The newest month-end close found that is not after the edition; live prices are on Stocks.")
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
if beside := duty_beside_published(view):
    st.caption(markdown_text(beside))
st.segmented_control(
    "Whose tariff cost",
    list(PAYBACK_CHOICES),
    required=True,
    **choosing.widget(choices.PAYBACK_OF),
)
left, right = st.columns([2, 3])
with left:
    show(PAYBACK, view)
with right:
    st.table(pa.table(payback_in_words(view)), hide_index=True, alt=read(PAYBACK, view).title)
    st.page_link("sensitivity/page.py", label="Every assumption, and other targets", icon=":material/arrow_forward:")

headings.section("Hold or wait: a rule with your thresholds")
st.caption(
    "Hold: enough outcomes clear your bar and enough milestones have happened, so the alliance counts as a reason to "
    "keep the share. Wait: not yet. Outcomes are the scenario as it stands, each main assumption at its low and at its "
    "high plausible value, one at a time, and the alliance that delivers or fails for certain. They are not equally "
    "likely; a variation that leaves the value as it is does not count."
)
left, right = st.columns([2, 3])
with left:
    st.slider(
        "An outcome counts from this part of the share price",
        step=0.01,
        format="percent",
        **choosing.number_widget(choices.BAR_SHARE),
    )
    st.slider(
        "Outcomes that must clear the bar",
        step=0.05,
        format="percent",
        **choosing.number_widget(choices.CLEAR_SHARE),
    )
    st.slider(
        "Milestones that must have happened",
        **choosing.number_widget(choices.MILESTONES_NEEDED),
    )
    for milestone in milestones():
        st.checkbox(milestone.label, help=markdown_text(milestone.known), **choosing.widget(milestone.choice))
    st.caption("As known up to mid 2026 none has happened; tick what you know to have. Starting thresholds: judgement.")
with right:
    for company, verdict in stances_of(view).items():
        st.markdown(f"**{COMPANY_LABELS[company]}: {markdown_text(verdict.sentence)}**")
    st.table(pa.table(stance_in_words(view)), hide_index=True, alt="What drives the stance")
    st.caption("A reading of a model with your thresholds: not advice, and not a forecast.")
    headings.finding("The chance of each stance")
    st.markdown(markdown_text(chance_sentence(view)))
    st.table(pa.table(chance_in_words(view)), hide_index=True, alt="The chance of each stance")
    offer(STANCE_CHANCE, view)
    st.page_link("uncertainty/page.py", label="How likely are other results?", icon=":material/arrow_forward:")
for figure, column in zip(OUTCOMES.values(), st.columns(2), strict=True):
    with column:
        show(figure, view)

st.caption("Filled marks clear the bar, open ones do not. Point at a mark for its value.")

headings.section("Milestones")
left, right = st.columns(2)
with left:
    show(MILESTONES, view)
with right:
    st.table(pa.table(milestones_in_words(read(MILESTONES, view))), hide_index=True, alt="The numbered events")

headings.section("Figures to watch")
st.caption("Latest published values found; nothing after June 2026 was.")
watched = read(TO_WATCH, view)
st.table(pa.table(watch_in_words(watched)), hide_index=True, alt=watched.title)
