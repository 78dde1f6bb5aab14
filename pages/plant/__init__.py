"""The Canton plant: its use, what the trucks would change, who gains, and the market they are for.

Tables are pure functions of a view, rows of a table, charts of rows, findings of a view. Cars and the plant are
shown as planned, which is if the alliance delivers; money is in expectation, at the chance that it does.
"""
