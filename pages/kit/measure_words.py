"""What Sensitivity and Uncertainty are asked: the output, whose and of which year, and the target."""

from typing import Final

from model.editions import COMPANIES, COMPANY_LABELS
from model.measures import BOTH, Measure, has_company, has_years, of_both
from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS
from model.targets import NO_LOSS, PAYBACK, REFERENCE_PROFIT
from pages.kit.results import results_of
from pages.kit.view import View
from pages.kit.words import number, percent, quantity, spoken_unit
from pages.session import choices

WHOSE_LABELS: Final = {BOTH: "Both companies", **COMPANY_LABELS}

TARGET_LABELS: Final = {
    REFERENCE_PROFIT: "Profit as in the reference",
    NO_LOSS: "Neither profit nor loss",
    PAYBACK: "The alliance pays back the tariff",
}


def measure_of(output: str, whose: str, year: int) -> Measure:
    """The measure asked for; of an output that two companies cannot share, Honda's."""
    if not has_company(output):
        return Measure(output, "", year)
    return Measure(output, COMPANIES[0] if whose == BOTH and not of_both(output) else whose, year)


def measure_asked(view: View) -> Measure:
    """What both pages are asked for."""
    return measure_of(choices.OUTPUT.of(view), choices.WHOSE.of(view), view.year)


def results_asked(view: View) -> tuple[str, ...]:
    """Names of the results that are asked for: of one company, or of both."""
    measure = measure_asked(view)
    found = results_of((measure.output,))
    return tuple(name for name in found if name.endswith(f".{measure.whose}")) or found


def asked_for_both_in_vain(output: str, whose: str) -> str:
    """Why another company is shown than was asked for, or nothing."""
    if whose == BOTH and has_company(output) and not of_both(output):
        return f"{OUTPUTS[output].label} of two companies cannot be added: Honda's is shown."
    if whose != BOTH and not has_company(output):
        return f"{OUTPUTS[output].label} belongs to neither company alone."
    return ""


def whose_words(whose: str) -> str:
    """Whose, inside a sentence."""
    return "both companies" if whose == BOTH else COMPANY_LABELS[whose]


def measure_name(measure: Measure) -> str:
    """A measure in words, without its year: "Operating profit of both companies"."""
    whose = f" of {whose_words(measure.whose)}" if measure.whose else ""
    return f"{OUTPUTS[measure.output].label}{whose}"


def when_words(measure: Measure, view: View) -> str:
    """The year in focus, where the measure has years: " in FY2031/3"."""
    return f" in {view.year_label}" if has_years(measure.output) else ""


def measure_words(measure: Measure, view: View) -> str:
    """A measure in words: "Operating profit of both companies in FY2031/3"."""
    return measure_name(measure) + when_words(measure, view)


def unit_of(what: Measure | str) -> str:
    """The unit of a measure, or of an assumption by key, as `quantity` says it."""
    if isinstance(what, str):
        return spoken_unit(ASSUMPTIONS[what].unit, ASSUMPTIONS[what].label)
    return spoken_unit(what.unit, OUTPUTS[what.output].label)


def unit_words(unit: str) -> str:
    """A unit as axes and tables name it."""
    return {"share": "share of 1", "kveh": "thousand cars"}.get(unit, unit)


def short_value(key: str, value: float) -> str:
    """The value of an assumption in few letters, beside its name."""
    unit = unit_of(key)
    if unit in ("USD per vehicle", "USD per truck"):
        return quantity(value, "USD")
    if unit == "JPY per USD":
        return number(value)
    if unit in ("JPY bn per JPY", "JPY bn per yr"):
        return quantity(value, "JPY bn")
    return percent(value, 0) if unit == "share" and value * 100 == round(value * 100) else quantity(value, unit)


_FORMS: Final = {"share": "~%", "JPY bn per JPY": "~g", "months": "~g", "yr": "~g", "ratio": "~g"}


def axis_form(unit: str) -> str:
    """How an axis writes numbers of a unit, as d3 format."""
    return _FORMS.get(unit, ",~f")


def axis_title(what: Measure | str) -> str:
    """What an axis shows, with its unit: a measure, or an assumption by key."""
    label, unit = ASSUMPTIONS[what].label if isinstance(what, str) else OUTPUTS[what.output].label, unit_of(what)
    return label if unit in ("share", "ratio") else f"{label}, {unit_words(unit)}"


def axis_of(measure: Measure) -> tuple[str, str]:
    """Title of an axis that shows a measure, and how it writes numbers."""
    return axis_title(measure), axis_form(unit_of(measure))
