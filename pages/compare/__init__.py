"""The Compare page: scenarios side by side, their differences from a base, and why they differ.

A scenario keeps its letter, colour and dash wherever it appears. Years are matched by their label.
"""
