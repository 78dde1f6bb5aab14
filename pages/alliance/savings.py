"""How large the savings are: against research and development, and joint software step by step."""

from typing import Final

import altair as alt

from data.facts import Fact, facts
from model.details import SoftwareStep, software_steps
from model.editions import COMPANIES, COMPANY_LABELS, edition
from model.worlds import CHANCE, WORLDS
from pages.alliance import colors, origin
from pages.alliance.labels import in_yen
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.forms import Bars
from pages.kit.results import results_of
from pages.kit.tables import MODEL_SOURCE, Table
from pages.kit.view import View
from pages.kit.words import NBSP, number, percent, quantity

_BASIS_COLORS: Final = {"the article": "#E69F00", "assumption": "#009E73", "facts": "#A6ADB3"}


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
    return {step.name: step for step in software_steps(view.scenario.values, view.projection, view.year)}


def _of_both(step: SoftwareStep) -> float:
    return sum(step.amount_jpy_bn.values())


def shared_software_jpy_bn(view: View) -> float:
    """Software work that both companies would otherwise do separately [JPY bn a year]."""
    return _of_both(_steps(view)["software_overlap_share"])


def _scale_records(view: View) -> list[tuple[object, ...]]:
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
    return [(what, float(a), float(a) / rd, basis) for what, a, basis in amounts]


def _scale_marks(table: Table, view: View) -> Columns:
    """Amounts a year with their labels."""
    amounts, shares = table.values["yearly_jpy_bn"], table.values["of_rd_share"]
    labels = [
        "none" if amount == 0.0 else _round(amount) if share == 1.0 else f"{_round(amount)}, {_of_rd(share)}"
        for amount, share in zip(amounts, shares, strict=True)
    ]
    return {**table.values, "label": labels}


def _round(amount_jpy_bn: float) -> str:
    return number(amount_jpy_bn, 0 if amount_jpy_bn >= 10.0 else None)


def _of_rd(share: float) -> str:
    """A share of R&D, with enough decimals for a small one."""
    return percent(share, 2 if share < 0.01 else 1)


def _scale_finding(view: View) -> str:
    """The platform saving against the article's figure and R&D."""
    saving, rd = view.scenario.values["platform_saving_jpy_bn"], combined_rd_jpy_bn(view)
    article = facts()["article_platform_saving"].number
    said = f"The article's {quantity(article, 'JPY bn')} a year is {_of_rd(article / rd)} of the R&D of both"
    if saving <= 0.0:
        return said
    if saving == article:
        return f"{said}, and this scenario takes it as it is"
    return f"{said}; this scenario's {quantity(saving, 'JPY bn')} is {_of_rd(saving / rd)}"


def _rd_sources(view: View) -> tuple[str, ...]:
    """The model, and where the R&D of both companies comes from."""
    return MODEL_SOURCE, *(origin.cited(fact) for fact in rd_facts(view).values() if fact)


SCALE: Final = Figure(
    name="alliance_scale",
    title="Savings a year against research and development",
    columns={
        "what": "What is compared; savings at full rate, once delivered, before its costs",
        "yearly_jpy_bn": "Amount a year, JPY bn",
        "of_rd_share": "Share of the R&D of both companies",
        "basis": "Where the amount comes from",
    },
    records=_scale_records,
    form=Bars(
        _scale_marks,
        name="what",
        reach=("yearly_jpy_bn",),
        axis=alt.Axis(title="JPY bn a year", tickCount=4, format=",.0f", grid=False),
        told={"what": "Amount", "label": "A year, share of R&D"},
        color=alt.Color("basis:N", scale=colors.scale(_BASIS_COLORS), legend=None),
        line=True,
    ),
    finding=_scale_finding,
    note=(
        "JPY bn a year, and its share of the R&D of both. Savings at full rate, once delivered, before costs. Green: "
        "assumptions, which are judgements. Honda's R&D is recalled, not verified."
    ),
    sources=lambda view: (*_rd_sources(view), origin.cited(facts()["article_platform_saving"])),
)


def _steps_records(view: View) -> list[tuple[object, ...]]:
    """The software saving, factor by factor, in the year in focus."""
    labels = {
        "software_rd_share": "Software's part of it",
        "software_overlap_share": "Work both would do",
        "software_saving_share": "Saved by doing it once",
        "progress": f"Progress in {view.year_label}",
        CHANCE: WORLDS[view.world] if view.world and view.scenario.fixed else "Chance that it delivers",
    }
    return [
        ("R&D a year", 1.0, *(_rd(view, c) for c in COMPANIES)),
        *((labels[n], step.factor, *(step.amount_jpy_bn[c] for c in COMPANIES)) for n, step in _steps(view).items()),
    ]


def steps_in_words(table: Table) -> Columns:
    """The steps as a reader wants them."""
    values = table.values
    times = ["" if i == 0 else f"×{NBSP}{quantity(share, 'share')}" for i, share in enumerate(values["factor_share"])]
    amounts = {COMPANY_LABELS[c]: in_yen(values[f"{c}_jpy_bn"]) for c in COMPANIES}
    return {"Step": values["step"], "Factor": times, **amounts}


SOFTWARE_STEPS: Final = Figure(
    name="alliance_software_steps",
    title=lambda view: f"Joint software, step by step, {view.year_label}",
    columns={
        "step": "Factor of the software formula",
        "factor_share": "What the amount before is multiplied by, share of 1",
        "honda_jpy_bn": "Honda: amount after this step, JPY bn a year",
        "nissan_jpy_bn": "Nissan: amount after this step, JPY bn a year",
    },
    results=results_of(
        (
            "software_rd_jpy_bn",
            "software_shared_jpy_bn",
            "software_saved_at_full_rate_jpy_bn",
            "software_saved_so_far_jpy_bn",
            "software_saving_jpy_bn",
        )
    ),
    records=_steps_records,
    sources=_rd_sources,
)
