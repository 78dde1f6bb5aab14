"""The Stocks page: what is asked for, the arithmetic of returns, tables, charts and words."""
