"""How large the savings are: against research and development, and joint software step by step."""

import altair as alt
import pandas as pd

from data.facts import Fact, facts
from model.details import SoftwareStep
from model.details import software_steps as steps_of_model
from model.editions import COMPANIES, COMPANY_LABELS, edition
from pages.parts.alliance import origin, pieces
from pages.parts.charts import Chart
from pages.parts.columns import Columns
from pages.parts.tables import MODEL_SOURCE, Table
from pages.parts.view import View
from pages.parts.words import NBSP, figure, number, percent


def rd_facts(view: View) -> dict[str, Fact | None]:
    """The fact behind each company's R&D in the edition in use."""
    rows = edition(view.scenario.edition).rows
    return {c: facts().get(rows[f"{c}_rd_jpy_bn"].fact) for c in COMPANIES}


def _rd(view: View, company: str) -> float:
    return edition(view.scenario.edition).facts[f"{company}_rd_jpy_bn"]


def combined_rd_jpy_bn(view: View) -> float:
    """R&D of both companies in the edition in use [JPY bn a year]."""
    return sum(_rd(view, c) for c in COMPANIES)


def _steps(view: View) -> dict[str, SoftwareStep]:
    """The factors of the software saving in the year in focus, by name."""
    return {step.name: step for step in steps_of_model(view.scenario.values, view.scenario.edition, view.year)}


def _of_both(step: SoftwareStep) -> float:
    return sum(step.amount_jpy_bn.values())


def shared_software_jpy_bn(view: View) -> float:
    """Software work that both companies would otherwise do separately [JPY bn a year]."""
    return _of_both(_steps(view)["software_overlap_share"])


def scale(view: View) -> Table:
    """Yearly savings at full rate, if delivered, beside the article's figure and the R&D of both."""
    v, rd = view.scenario.values, combined_rd_jpy_bn(view)
    software = _of_both(_steps(view)["software_saving_share"])
    article = facts()["article_platform_saving"]
    amounts = (
        ("Platforms, as the article says", article.number, "the article"),
        ("Platforms, this scenario", v["platform_saving_jpy_bn"], "assumption"),
        ("Joint software, this scenario", software, "assumption"),
        ("Software work both would do", shared_software_jpy_bn(view), "assumption"),
        ("R&D of both companies", rd, "facts"),
    )
    records: list[tuple[object, ...]] = [(what, float(a), float(a) / rd, basis) for what, a, basis in amounts]
    columns = {
        "what": "What is compared; savings at full rate, if the alliance delivers, before its costs",
        "yearly_jpy_bn": "Amount a year, JPY bn",
        "of_rd_share": "Share of the R&D of both companies",
        "basis": "Where the amount comes from",
    }
    table = Table.of("alliance_scale", "Savings a year against research and development", columns, records)
    cited = (f for f in (*rd_facts(view).values(), article) if f)
    return origin.sourced(table, MODEL_SOURCE, *(origin.cited(f) for f in cited))


def scale_rows(table: Table) -> Columns:
    """Amounts a year with their labels."""
    amounts, shares = table.values["yearly_jpy_bn"], table.values["of_rd_share"]
    labels = [
        "none" if amount == 0.0 else _round(amount) if share == 1.0 else f"{_round(amount)}, {_of_rd(share)}"
        for amount, share in zip(amounts, shares, strict=True)
    ]
    return pieces.drawn(table.values, pieces.extent(amounts, 0.3), label=labels)


def _round(amount_jpy_bn: float) -> str:
    return number(amount_jpy_bn, 0 if amount_jpy_bn >= 10.0 else None)


def _of_rd(share: float) -> str:
    """A share of R&D, with enough decimals for a small one."""
    return percent(share, 2 if share < 0.01 else 1)


def scale_bars(rows: pd.DataFrame) -> Chart:
    """Amounts a year as bars from zero, each labelled with its share of R&D.

    rows: of `scale_rows`
    """
    title = "JPY bn a year"
    base = alt.Chart(rows).encode(
        y=pieces.rows("what:N", rows["what"]),
        x=alt.X(**pieces.amount("yearly_jpy_bn:Q", title), axis=alt.Axis(tickCount=4, format=",.0f")),
        tooltip=pieces.tips(what="Amount", label="A year, share of R&D"),
    )
    kinds = pieces.colors({"the article": "#E69F00", "assumption": "#009E73", "facts": "#A6ADB3"})
    bars = base.mark_bar(height={"band": 0.6}).encode(color=alt.Color("basis:N", scale=kinds, legend=None))
    labels = base.mark_text(align="left", dx=6).encode(text=alt.Text("label:N"))
    return alt.layer(*pieces.frame(rows, "x", title), bars, labels).properties(height=alt.Step(34))


def scale_finding(view: View) -> str:
    """The platform saving against the article's figure and R&D."""
    saving, rd = view.scenario.values["platform_saving_jpy_bn"], combined_rd_jpy_bn(view)
    article = facts()["article_platform_saving"].number
    said = f"The article's {figure(article, 'JPY bn')} a year is {_of_rd(article / rd)} of the R&D of both"
    if saving <= 0.0:
        return said
    if saving == article:
        return f"{said}, and this scenario takes it as it is"
    return f"{said}; this scenario's {figure(saving, 'JPY bn')} is {_of_rd(saving / rd)}"


def software_steps(view: View) -> Table:
    """The software saving, factor by factor, in the year in focus."""
    labels = {
        "rd": "R&D a year",
        "software_rd_share": "Software's part of it",
        "software_overlap_share": "Work both would do",
        "software_saving_share": "Saved by doing it once",
        "progress": f"Progress in {view.year_label}",
        "success_probability_share": "Chance that it delivers",
    }
    records: list[tuple[object, ...]] = [
        (labels[name], step.factor, *(step.amount_jpy_bn[c] for c in COMPANIES)) for name, step in _steps(view).items()
    ]
    columns = {
        "step": "Factor of the software formula",
        "factor_share": "What the amount before is multiplied by, share of 1",
        "honda_jpy_bn": "Honda: amount after this step, JPY bn a year",
        "nissan_jpy_bn": "Nissan: amount after this step, JPY bn a year",
    }
    table = Table.of("alliance_software_steps", f"Joint software, step by step, {view.year_label}", columns, records)
    return origin.sourced(table, MODEL_SOURCE, *(origin.cited(f) for f in rd_facts(view).values() if f))


def software_steps_in_words(table: Table) -> Columns:
    """The steps as a reader wants them."""
    values = table.values
    times = ["" if i == 0 else f"×{NBSP}{figure(share, 'share')}" for i, share in enumerate(values["factor_share"])]
    amounts = {COMPANY_LABELS[c]: pieces.in_yen(values[f"{c}_jpy_bn"]) for c in COMPANIES}
    return {"Step": values["step"], "Factor": times, **amounts}
