"""Tariffs: what the duty costs, who pays it, and what happens to the margin."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from pages.parts import headings, state
from pages.parts.controls import reference_note
from pages.parts.figures import chart_figure, comparison_metric
from pages.parts.tariffs import basis, duty, events, margins, payers, per_car, rate_path, rate_periods
from pages.parts.tariffs.headline import headline
from pages.parts.words import in_sentence

view = state.current_view()

headings.title("What US tariffs cost, and who pays")
st.markdown(headline(view))

with st.container(horizontal=True):
    for company in COMPANIES:
        for name in ("net_tariff_cost_jpy_bn", "operating_margin_share"):
            label = f"{COMPANY_LABELS[company]}: {in_sentence(OUTPUTS[name].label)}"
            comparison_metric(label, *view.at_year(company, name), OUTPUTS[name].unit, more_is_good="margin" in name)

reference_note()

left, right = st.columns(2)
with left:
    by_origin = duty.duty_by_origin(view)
    chart_figure(duty.duty_finding(view), duty.duty_chart, by_origin, rows=duty.duty_rows(by_origin, view))
    tick = "The tick marks net duty: what is left after own measures."
    st.caption(f"{tick} {duty.offset_words(view)} {basis.basis(view, basis.DUTY_BASIS)}")
with right:
    paid = payers.who_pays(view)
    chart_figure(payers.payer_finding(view), payers.payer_chart, paid, rows=payers.payer_rows(paid, view))
    st.caption(f"{payers.IDENTITY} {basis.basis(view, basis.BURDEN_BASIS)}")
    disagreement = payers.contribution_words(view)
    if disagreement:
        st.markdown(disagreement)

left, right = st.columns(2)
with left:
    of_one_car = per_car.duty_per_car(view)
    chart_figure(
        per_car.per_car_finding(view), per_car.per_car_chart, of_one_car, rows=per_car.per_car_rows(of_one_car)
    )
    st.caption(
        "A US-built car pays duty on its imported parts, less the offset, and on steel and aluminium. "
        "A grey tick marks the reference where it differs."
    )
with right:
    headings.finding(f"The duty in figures, {view.year_label}")
    in_words = pa.table(duty.duty_in_words(by_origin))
    st.table(in_words, hide_index=True, alt="Duty by origin, own measures and net duty")
    if view.scenario.changed():
        st.caption("In brackets: the change against the reference.")

headings.section("What a rate does to the margin")
st.caption(
    f"{view.year_label}. One rate moves, all else stays as in the scenario: a reading of the model, not a forecast. "
    f"{margins.landmark_words()}"
)
for key, table_of, column in zip(
    ("japan_tariff_share", "usmca_tariff_share"),
    (margins.margin_by_japan_rate, margins.margin_by_usmca_rate),
    st.columns(2),
    strict=True,
):
    with column:
        margin = table_of(view)
        chart_figure(
            margins.margin_finding(view, key),
            margins.margin_chart,
            margin,
            margins.SWEPT_WORDS[key],
            rows=margins.margin_rows(margin, view, key),
        )

headings.section("The rates")
left, right = st.columns(2)
with left:
    path = rate_path.rates_by_year(view)
    chart_figure(
        rate_path.rate_path_finding(view), rate_path.rate_path_chart, path, rows=rate_path.rate_path_rows(path)
    )
    st.caption(
        "Rates the scenario uses, weighted by months where one changes inside a year. Cars from Canada and Mexico pay "
        "on their non-US content; those from Japan are shown with the ordinary duty that they always paid. The offset "
        "is a credit against parts duty, as a share of the sticker price; it does not reach steel and aluminium."
    )
with right:
    real = rate_periods.real_rates(view)
    chart_figure(
        rate_periods.rate_period_finding(),
        rate_periods.rate_period_chart,
        real,
        rows=rate_periods.rate_period_rows(real),
    )
    st.caption("Rates as they applied. The offset's second year was replaced before it began.")

headings.section("What happened when")
st.markdown(events.events_in_words(events.tariff_events(view)))
