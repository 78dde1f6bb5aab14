"""Article checked: which claims stand."""
