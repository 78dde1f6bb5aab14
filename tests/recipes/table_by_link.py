"""A table of a running app, for a scenario made here: the app computes it from the link.

Start the app first, with `python app.py`.
"""

import pandas as pd

from model import Scenario, run

result = run(Scenario.of("article", japan_tariff_share=0.2))
table = pd.read_csv(result.link("http://localhost:8501/data/profit.csv"))
print(table.head())
