"""How a rate is shaded: one colour, the deeper the higher the rate."""

from typing import Final

import altair as alt

RATE_COLOR: Final = "#56B4E9"
RATE_OPACITY: Final = alt.Scale(domain=[0.0, 0.5], range=[0.0, 0.75])
