"""The page's first sentence: what the duty costs, who bears it, and what part of revenue that is."""

from model.editions import COMPANIES, COMPANY_LABELS
from pages.kit.view import View
from pages.kit.words import DUST, amount_words, change_in_brackets, listed, percent, quantity


def headline(view: View) -> str:
    """What the duty costs, who bears it, and what part of revenue that is, as Markdown."""
    gross = {c: view.at_year(c, "gross_tariff_cost_jpy_bn") for c in COMPANIES}
    bears = {c: view.at_year(c, "company_bears_jpy_bn")[0] for c in COMPANIES}
    of_revenue = [percent(view.at_year(c, "net_duty_of_revenue_share")[0]) for c in COMPANIES]
    if max(value for value, _ in gross.values()) <= DUST:
        return f"In {view.year_label} neither company pays any US duty."
    amounts = [
        f"{COMPANY_LABELS[c]} **{quantity(value, 'JPY bn')}**{change_in_brackets(value, was, 'JPY bn')}"
        for c, (value, was) in gross.items()
    ]
    against = ", against the reference in brackets" if any(")" in amount for amount in amounts) else ""
    parts = [f"{COMPANY_LABELS[c]} **{amount_words(bears[c])}**" for c in COMPANIES]

    def shares(name: str) -> str:
        amounts_of = [(view.at_year(c, name)[0], gross[c][0]) for c in COMPANIES]
        return " and ".join(percent(part / whole if whole > DUST else 0.0, 0) for part, whole in amounts_of)

    paid, lost = (
        [view.at_year(c, name)[0] for c in COMPANIES] for name in ("customers_pay_jpy_bn", "lost_contribution_jpy_bn")
    )
    customers = (
        f"customers pay {shares('customers_pay_jpy_bn')}"
        if max(paid) > DUST
        else "customers pay nothing beyond the prices in guidance"
    )
    extra = f" Lost sales cost another {listed([quantity(v, 'JPY bn') for v in lost])}." if max(lost) > DUST else ""
    measured = max(view.at_year(c, "own_measures_jpy_bn")[0] for c in COMPANIES) > DUST
    recovered = f"Own measures recover {shares('own_measures_jpy_bn')} of it, {customers}" if measured else customers
    return (
        f"In {view.year_label} US duty costs {listed(amounts)}{against}. "
        f"{recovered[0].upper()}{recovered[1:]}. That leaves {listed(parts)}; "
        f"duty after own measures is {' and '.join(of_revenue)} of revenue.{extra}"
    )
