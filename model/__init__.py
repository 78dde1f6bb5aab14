"""What tariffs, margins, plant use and an alliance do to Honda's and Nissan's profit.

Standard library and numpy only. Money is JPY bn, nominal; per-vehicle values are USD; shares are
fractions; fiscal years end in March. `model.projection.project` computes everything; the other
modules declare its inputs, read links, and compare it with the world.
"""

MODEL_VERSION = "2.0"
