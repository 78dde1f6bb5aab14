"""What tariffs, margins, plant use and an alliance do to Honda's and Nissan's profit.

Money is JPY bn, nominal; per-vehicle values are USD; shares are fractions, 25 % is 0.25; fiscal years end in March.
From Python: `run(Scenario.of("article", japan_tariff_share=0.2))`, or `sweep` over many values. `PRESETS`,
`ASSUMPTIONS` and `OUTPUTS` hold what there is, by name. Underneath, `model.projection.project` computes everything;
the other modules declare its inputs, read links, and compare it with the world. Standard library and numpy only, and
pandas once a table is asked for.
"""

MODEL_VERSION = "2.0"

from model.front import Result, Sweep, run, sweep  # noqa: E402  (its modules read the version)
from model.links import Scenario  # noqa: E402
from model.outputs import OUTPUTS  # noqa: E402
from model.presets import PRESETS  # noqa: E402
from model.registry import ASSUMPTIONS  # noqa: E402

__all__ = ["ASSUMPTIONS", "MODEL_VERSION", "OUTPUTS", "PRESETS", "Result", "Scenario", "Sweep", "run", "sweep"]
