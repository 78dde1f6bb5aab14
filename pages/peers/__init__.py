"""The page that asks whether the formulas hold for other makers."""
