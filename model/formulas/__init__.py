"""The formulas, by topic: free functions of floats or arrays, named for what they return.

They use arithmetic, powers, minimum, maximum, where and sums over the years, nothing else, so that
each can also be written as a spreadsheet cell.
"""
