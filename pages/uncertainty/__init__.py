"""Uncertainty: how likely it is."""
