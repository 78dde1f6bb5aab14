"""Earnings, share prices, and the value of the alliance beside them.

Share prices are embedded month-end closes, never live ones. Everything else is the model's.
"""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS, edition, edition_words
from model.stance import price_earnings_ratio
from pages.kit.charts import Chart, company_color, unseen
from pages.kit.columns import Columns
from pages.kit.evidence import DERIVED, MODEL, mark_of_kinds
from pages.kit.figure import Custom, Figure
from pages.kit.forms import LinesByYear
from pages.kit.results import results_of
from pages.kit.share_price import months, share_prices
from pages.kit.tables import MODEL_SOURCE, Table, cases
from pages.kit.view import View
from pages.kit.words import number, percent, quantity, with_change


def no_alliance(view: View) -> bool:
    """Whether the scenario holds no alliance: it changes no year's profit and is worth nothing."""
    benefits = [np.asarray(view.projection.company[c]["alliance_benefit_jpy_bn"]) for c in COMPANIES]
    return not any(np.any(benefit != 0.0) for benefit in benefits) and all(
        view.once(c, "value_per_share_jpy") == 0.0 for c in COMPANIES
    )


def _earnings(view: View) -> list[tuple[object, ...]]:
    """Earnings per share by company, case and fiscal year."""
    records: list[tuple[object, ...]] = []
    for case, projection in cases(view):
        for company in COMPANIES:
            eps = np.asarray(projection.company[company]["eps_jpy"])
            records += [
                (COMPANY_LABELS[company], case, y, float(v)) for y, v in zip(projection.years, eps, strict=True)
            ]
    return records


def _earnings_finding(view: View) -> str:
    """Where earnings per share stand in the year in focus."""
    earnings = {COMPANY_LABELS[c]: view.at_year(c, "eps_jpy") for c in COMPANIES}
    parts = [f"{name} {with_change(*eps, 'JPY')}" for name, eps in earnings.items()]
    return f"Earnings per share in {view.year_label}: {' and '.join(parts)}"


EARNINGS_PER_SHARE: Final = Figure(
    name="earnings_per_share",
    title="Earnings per share",
    columns={
        "company": "Company",
        "case": "Scenario or reference",
        "fiscal_year": "Fiscal year, ending in March",
        "eps_jpy": "Earnings per share, JPY",
    },
    records=_earnings,
    form=LinesByYear("eps_jpy", "Earnings per share, JPY", ",.0f"),
    finding=_earnings_finding,
)


def _value(view: View) -> list[tuple[object, ...]]:
    """Price of a share and what the alliance adds to it, by company."""
    records: list[tuple[object, ...]] = []
    for company, price in share_prices(view.scenario.edition).items():
        value = view.once(company, "value_per_share_jpy")
        name = COMPANY_LABELS[company]
        records.append(
            (name, "Share price", price.price_jpy, 1.0, f"{price.month}, month-end", price.source, price.kind)
        )
        records.append(
            (
                name,
                "Alliance per share",
                value,
                value / price.price_jpy,
                edition_words(view.scenario.edition),
                MODEL_SOURCE,
                "model",
            )
        )
    return records


def _value_marks(table: Table, view: View) -> Columns:
    """Value and price with the name and the label of each bar."""
    values = table.values
    amounts, is_price = values["per_share_jpy"], [what == "Share price" for what in values["what"]]
    rows = zip(values["company"], is_price, amounts, values["of_price_share"], values["as_of"], strict=True)
    labels, bars = [], []
    for company, price, amount, share, dated in rows:
        beside = f" ({dated.removesuffix(', month-end')})" if price else f" ({percent(share)})" if amount else ""
        labels.append(quantity(amount, "JPY") + beside)
        bars.append(f"{company}: {'price' if price else 'alliance'}")
    right = [max(amount, 0.0) for amount in amounts]
    return {**values, "bar": bars, "label": labels, "right_jpy": right, "room_jpy": [1.28 * max(right)] * len(right)}


def _value_chart(rows: pd.DataFrame) -> Chart:
    """Price and value per share, a bar each, the price pale.

    rows: bar, company, what, per_share_jpy, label, as_of, right_jpy (where the label begins), room_jpy (where it
        ends at most)
    """
    base = alt.Chart(rows).encode(
        y=alt.Y("bar:N", sort=list(rows["bar"]), title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=150)),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("label:N", title="Per share"),
            alt.Tooltip("as_of:N", title="As of"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.66}).encode(
        x=alt.X("per_share_jpy:Q", title="JPY per share", axis=alt.Axis(tickCount=5, format=",.0f")),
        color=company_color(),
        opacity=alt.Opacity(
            "what:N", scale=alt.Scale(domain=["Share price", "Alliance per share"], range=[0.4, 1.0]), legend=None
        ),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_jpy:Q"), text=alt.Text("label:N"))
    room = unseen(base).encode(x=alt.X("room_jpy:Q"))
    return alt.layer(bars, labels, room).properties(height=alt.Step(52))


def _value_finding(view: View) -> str:
    """What the alliance is worth beside the price."""
    if no_alliance(view):
        return "No alliance in this scenario, so it adds nothing to either share"
    parts = []
    for company, price in share_prices(view.scenario.edition).items():
        value = view.once(company, "value_per_share_jpy")
        parts.append(f"{percent(value / price.price_jpy)} of the {COMPANY_LABELS[company]} price")
    return f"The alliance is worth {' and '.join(parts)} ({months(share_prices(view.scenario.edition))})"


VALUE_PER_SHARE: Final = Figure(
    name="value_per_share",
    title="Value of the alliance beside the share price",
    columns={
        "company": "Company",
        "what": "Share price, or value of the alliance per share",
        "per_share_jpy": "JPY per share",
        "of_price_share": "Share of the share price",
        "as_of": "Month of the price, or edition of the model's facts",
        "source": "Source",
        "kind": "Kind of number",
    },
    results=results_of(("value_per_share_jpy", "alliance_npv_jpy_bn")),
    records=_value,
    form=Custom(_value_chart, _value_marks),
    finding=_value_finding,
    sources=lambda view: (MODEL_SOURCE, *(price.note for price in share_prices(view.scenario.edition).values())),
)


def valuation_in_words(view: View) -> Columns:
    """Price, value and price-earnings ratios as a reader wants them: a line each, a column per company."""
    by_company = {COMPANY_LABELS[company]: _valuation_lines(view, company) for company in COMPANIES}
    lines, *_ = by_company.values()
    columns = {name: list(found.values()) for name, found in by_company.items()}
    return {"Per share": list(lines), **columns, "Mark": _valuation_marks(view)}


def _valuation_marks(view: View) -> list[str]:
    """How each line is known: from the kinds of the facts that it shows, or by the model."""
    rows, prices = edition(view.scenario.edition).rows, share_prices(view.scenario.edition)
    price = mark_of_kinds(price.kind for price in prices.values())
    keys = (f"{company}_{name}" for company in COMPANIES for name in ("guided_net_income_jpy_bn", "shares_bn"))
    return [price, MODEL, MODEL, mark_of_kinds(rows[key].kind for key in keys), DERIVED, MODEL, MODEL]


def _valuation_lines(view: View, company: str) -> dict[str, str]:
    of_share, value = share_prices(view.scenario.edition)[company], view.once(company, "value_per_share_jpy")
    price = of_share.price_jpy
    guided = float(np.asarray(view.reference.company[company]["eps_jpy"])[0])
    eps = view.at_year(company, "eps_jpy")[0]
    return {
        "Share price": f"{quantity(price, 'JPY')} ({of_share.month})",
        "Value of the alliance": quantity(value, "JPY"),
        "Value as share of the price": percent(value / price),
        f"Guided earnings, {view.reference.years[0]}": quantity(guided, "JPY"),
        "Price over guided earnings": ratio_words(price_earnings_ratio(price, guided)),
        f"Scenario earnings, {view.year_label}": quantity(eps, "JPY"),
        "Price over scenario earnings": ratio_words(price_earnings_ratio(price, eps)),
    }


def ratio_words(ratio: float | None) -> str:
    """A price-earnings ratio in words."""
    return "not meaningful" if ratio is None else number(ratio, 1)
