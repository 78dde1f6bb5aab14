"""Links of an older model open whole, however they were written."""

import json
from pathlib import Path

import pytest

from model.links import OLDER_VERSIONS, RETIRED, default_scenario, from_query

OLDER = [path for version in OLDER_VERSIONS for path in sorted(Path(__file__).parent.glob(f"*_model_{version}.json"))]


@pytest.mark.parametrize("path", OLDER, ids=lambda path: path.stem)
def test_the_full_and_the_short_link_of_an_older_model_still_open_the_same_scenario(path: Path) -> None:
    """What a short link leaves to presets and defaults has not moved since."""
    for case in json.loads(path.read_text(encoding="utf-8")):
        *_, full, short = case["links"]
        assert len(full) > len(short)
        assert from_query(full)[0] == from_query(short)[0], case["name"]


@pytest.mark.parametrize("key", [key for key, retired in RETIRED.items() if retired.becomes])
@pytest.mark.parametrize("text", ["x", "", "1e400", "-99", "99"])
def test_a_bad_value_of_a_retired_key_is_refused_under_each_key_it_became(key: str, text: str) -> None:
    scenario, refusals = from_query([(key, text)])
    assert scenario == default_scenario()
    assert [r.key for r in refusals if r.told] == [key]
    assert tuple(r.key for r in refusals if not r.told) == RETIRED[key].becomes


@pytest.mark.parametrize("key", RETIRED)
def test_a_retired_key_given_twice_is_told_once_and_its_first_value_counts(key: str) -> None:
    first, _ = from_query(f"{key}=0")
    scenario, refusals = from_query(f"{key}=0&{key}=0.3")
    assert scenario == first
    assert [(r.key, r.told) for r in refusals] == [(key, False), (key, True)]


def test_a_retired_key_is_told_and_used_nowhere_where_all_that_it_became_is_given() -> None:
    scenario, (refusal,) = from_query("honda_tax_share=0.1&nissan_tax_share=0.2&tax_share=0.3")
    assert (scenario.values["honda_tax_share"], scenario.values["nissan_tax_share"]) == (0.1, 0.2)
    assert (refusal.key, refusal.used, refusal.told) == ("tax_share", "nothing", True)
