"""The role of an assumption decides what moving it may move."""

import numpy as np
import pytest

from model.editions import edition
from model.projection import project, reference, reference_of
from model.registry import ASSUMPTIONS, ESTIMATE, Assumption
from model.sampling import fitting
from tests.model.scenarios import COMPANIES, EDITIONS, draws, hard_bounds, of

each_edition = pytest.mark.parametrize("edition_name", EDITIONS)
PROFIT, AGAINST = "operating_profit_jpy_bn", "reference_profit_jpy_bn"


@each_edition
@pytest.mark.parametrize("a", ASSUMPTIONS.values(), ids=list(ASSUMPTIONS))
def test_only_an_estimate_moves_what_profit_is_measured_against_and_it_moves_no_profit_of_its_own(
    a: Assumption, edition_name: str
) -> None:
    ends = fitting({**edition(edition_name).defaults, a.key: np.array([a.minimum, a.low, a.high, a.maximum])})
    world, base = project(ends, edition_name), reference(edition_name)
    for company in COMPANIES:
        if a.role == ESTIMATE:
            assert of(world, company, PROFIT) == pytest.approx(of(world, company, AGAINST), abs=1e-9)
        else:
            assert (of(world, company, AGAINST) == of(base, company, AGAINST)).all()


@each_edition
def test_profit_is_measured_against_the_projection_of_the_scenarios_own_estimates(edition_name: str) -> None:
    many = draws(np.random.default_rng(61), 40, hard_bounds)
    for draw in range(40):
        values = {key: float(value[draw]) for key, value in many.items()}
        estimates = {key: values[key] for key, a in ASSUMPTIONS.items() if a.role == ESTIMATE}
        base = reference_of(fitting({**edition(edition_name).defaults, **estimates}), edition_name)
        for company in COMPANIES:
            against = of(project(values, edition_name), company, AGAINST)
            assert against == pytest.approx(of(base, company, PROFIT), rel=1e-9, abs=1e-9)
