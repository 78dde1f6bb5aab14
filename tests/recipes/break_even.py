"""A break-even: how much US content must stay deductible for a good alliance to leave Honda no worse off.

Needs SciPy, which looks for a zero between two ends that lie on either side of it.
"""

from scipy.optimize import brentq

from model import Scenario, run


def gain_jpy_bn(deductible: float) -> float:
    """Honda's profit of the last year less the reference's, where this share of US content is deductible."""
    steps = run(Scenario.of("alliance_delivers", usmca_deduction_share=deductible)).bridge("honda")
    return float(steps["FY2031/3"].sum())


share = brentq(gain_jpy_bn, 0.0, 1.0)
print(f"The alliance makes up for what a lapse costs Honda down to {share:.1%} of US content deducted")
