"""Sensitivity: which input matters."""
