"""Named unit conversions, and a half: the only numbers besides 0 and 1 that a formula may use."""

USD_BN_PER_KVEH_USD = 1e-6
"""A thousand vehicles at one dollar each are USD 1,000, which is USD 0.000001 bn."""

MONTHS_PER_YEAR = 12.0

HALF = 0.5
"""The area of a triangle in that of its rectangle."""
