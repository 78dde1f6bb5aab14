"""What is asked of the model beyond one projection, with SciPy or pandas: nothing else in `model/` imports it."""
