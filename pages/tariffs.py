"""Tariffs: what the duty costs, who pays it, and what happens to the margin."""

import streamlit as st

from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from pages.parts import state
from pages.parts import tariff_figures as tf
from pages.parts.figures import chart_figure, comparison_metric

view = state.current_view()

st.title("What US tariffs cost, and who pays", anchor=False)
st.markdown(tf.headline(view))

with st.container(horizontal=True):
    for company in COMPANIES:
        for name in ("net_tariff_cost_jpy_bn", "operating_margin_share"):
            label = f"{COMPANY_LABELS[company]}: {OUTPUTS[name].label.lower()}"
            comparison_metric(label, *view.at_year(company, name), OUTPUTS[name].unit, more_is_good="margin" in name)

left, right = st.columns(2)
with left:
    duty = tf.duty_by_origin(view)
    chart_figure(tf.duty_finding(view), tf.duty_chart, duty, rows=tf.duty_rows(duty, view))
    st.caption(f"The tick marks net duty: what is left after own measures. {tf.basis(view, tf.DUTY_BASIS)}")
with right:
    payers = tf.who_pays(view)
    chart_figure(tf.payer_finding(view), tf.payer_chart, payers, rows=tf.payer_rows(payers, view))
    st.caption(f"{tf.IDENTITY} {tf.basis(view, tf.BURDEN_BASIS)}")

left, right = st.columns(2)
with left:
    per_car = tf.duty_per_car(view)
    chart_figure(tf.per_car_finding(view), tf.per_car_chart, per_car, rows=tf.per_car_rows(per_car))
    st.caption(
        "A US-built car pays duty on its imported parts, less the offset. "
        "A grey tick marks the reference where it differs."
    )
with right:
    st.markdown(f"##### The duty in figures, {view.year_label}")
    st.table(tf.duty_in_words(duty), hide_index=True, alt="Duty by origin, own measures and net duty")
    if view.scenario.changed():
        st.caption("In brackets: the change against the reference.")

st.subheader("What a rate does to the margin", anchor=False)
st.caption(
    f"{view.year_label}. One rate moves, all else stays as in the scenario: a reading of the model, not a forecast. "
    f"{tf.landmark_words()}"
)
for key, table_of, column in zip(
    ("japan_tariff_share", "usmca_tariff_share"),
    (tf.margin_by_japan_rate, tf.margin_by_usmca_rate),
    st.columns(2),
    strict=True,
):
    with column:
        margin = table_of(view)
        chart_figure(
            tf.margin_finding(view, key),
            tf.margin_chart,
            margin,
            tf.SWEPT_WORDS[key],
            rows=tf.margin_rows(margin, view, key),
        )

st.subheader("The rates", anchor=False)
left, right = st.columns(2)
with left:
    path = tf.rates_by_year(view)
    chart_figure(tf.rate_path_finding(view), tf.rate_path_chart, path, rows=tf.rate_path_rows(path))
    st.caption(
        "Rates the scenario uses, weighted by months where one changes inside a year. Cars from Canada and Mexico pay "
        "on their non-US content. The offset is a credit against parts duty, as a share of the sticker price."
    )
with right:
    real = tf.real_rates(view)
    chart_figure(tf.rate_period_finding(), tf.rate_period_chart, real, rows=tf.rate_period_rows(real))
    st.caption("Rates as they applied. The offset's second year was replaced before it began.")

st.markdown("##### What happened when")
st.markdown(tf.events_in_words(tf.tariff_events(view)))
