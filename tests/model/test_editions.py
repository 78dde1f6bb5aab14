"""An edition, once published, never moves; a bad one is refused with its cell named."""

import hashlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import pytest

from data.editions import read_edition
from data.facts import DataError, facts
from model import editions as model_editions
from model.editions import DEFAULT_EDITION, EDITION_FACTS, Edition, edition, editions
from model.links import RETIRED
from tests.model.scenarios import EDITIONS

BAD = Path(__file__).with_name("bad_editions")

PUBLISHED = {
    "2025-07": "4aa17bf9cb46b3bc5a1e8c793a5e6bb02ebe412b5c91e17365956b034f02830f",
    "2026-05": "7ba2d99ceaf51af7263215d790e883ba7e7326bece00978a6feba3104ccdedb9",
    "2026-11": "5f300285ab26d491eae63fdd186f481047d227af4cb5f9dceb313d7991e791fd",
}
"""SHA-256 of each published edition's values, see `fingerprint`."""

PUBLISHED_WITH_MODEL_1 = {
    "2025-07": "92054a7145adfbcb62b2b613204b71934ac1ec529ee84d9dd586b38ca474932d",
    "2026-05": "dfa85596d6b39ea68901f3f67b1523323fc062933a9cbb8eadbf73b4723b1a77",
}
"""The same as they were released with model 1."""

ONLY_MODEL_1 = ("honda_mitigation_share=0.3077 share", "nissan_mitigation_share=0.3 share")
"""Rows that both editions had for model 1, whose keys are retired."""

NEW_WITH_MODEL_2 = {
    "honda_own_measures_jpy_bn",
    "nissan_own_measures_jpy_bn",
    "ordinary_car_duty_share",
    "surcharge_share",
    "surcharge_months",
}
"""Keys that model 2 asks of every edition."""


def rows_of(name: str, without: Collection[str] = ()) -> list[str]:
    """The edition's keys, values and units, with the facts it quotes resolved."""
    return [f"{key}={row.value!r} {row.unit}" for key, row in read_edition(name).items() if key not in without]


def digest(rows: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def fingerprint(name: str) -> str:
    """SHA-256 of everything an edition states."""
    return digest(rows_of(name))


@pytest.mark.parametrize("name", EDITIONS)
def test_a_published_edition_does_not_move(name: str) -> None:
    assert name in PUBLISHED, f"edition {name} is new: add its fingerprint {fingerprint(name)} to PUBLISHED"
    assert fingerprint(name) == PUBLISHED[name], (
        f"edition {name} has moved, in data/editions/{name}.csv or in a fact that it quotes. Links made with it would "
        "show other numbers than when they were made. Restore the values and make a new edition: copy the file under "
        "the month of the new facts, quote new fact ids there, and add its fingerprint here. Only an edition that was "
        f"never published may be corrected, by setting its fingerprint to {fingerprint(name)}"
    )


@pytest.mark.parametrize("name", PUBLISHED_WITH_MODEL_1)
def test_model_2_asks_more_of_an_edition_of_model_1_and_moves_nothing_it_says(name: str) -> None:
    assert digest([*rows_of(name, without=NEW_WITH_MODEL_2), *ONLY_MODEL_1]) == PUBLISHED_WITH_MODEL_1[name]
    assert {row.partition("=")[0] for row in ONLY_MODEL_1} <= RETIRED.keys()


def test_no_published_edition_is_gone() -> None:
    assert set(editions()) >= PUBLISHED.keys()


def test_the_default_edition_is_the_newest() -> None:
    assert editions()[-1] == DEFAULT_EDITION


@pytest.mark.parametrize("name", EDITIONS)
def test_every_row_has_a_source_and_quotes_facts_that_exist(name: str) -> None:
    for key, row in edition(name).rows.items():
        assert row.source, key
        assert not row.fact or row.value == facts()[row.fact].number, key


@pytest.mark.parametrize("name", EDITIONS)
def test_facts_of_an_edition_are_complete(name: str) -> None:
    assert edition(name).facts.keys() == EDITION_FACTS.keys()


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_cannot_be_changed(name: str) -> None:
    world = edition(name)
    for mapping in (world.rows, world.facts, world.defaults):
        with pytest.raises(TypeError, match="does not support item assignment"):
            mapping["jpy_per_usd"] = 1.0  # type: ignore[index]
    with pytest.raises(AttributeError, match="cannot assign"):
        world.name = "other"  # type: ignore[misc]


@pytest.mark.parametrize("name", ["", "1999-01", "2026-05.csv", "../facts", "2026-05/../2026-05"])
def test_an_unknown_edition_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        edition(name)


@pytest.mark.parametrize(
    ("file", "row", "column", "problem"),
    [
        ("unknown_fact", 3, "fact", '"no_such_fact" is not the id of a fact'),
        ("unit_differs_from_fact", 3, "unit", '"JPY bn" where the fact honda_fx_guid_fy27_3 is in "JPY per USD"'),
        ("value_and_fact", 3, "value", '"145" where the fact honda_fx_guid_fy27_3 gives it: leave it empty'),
        ("source_and_fact", 3, "source", '"mine" where the fact'),
        ("kind_and_fact", 3, "kind", '"quoted" where the fact'),
        ("duplicate_key", 3, "key", '"first_fiscal_year" is already the key of row 2'),
        ("no_source", 3, "source", '"" is empty'),
        ("no_kind", 3, "kind", '"" is not a known kind'),
        ("unknown_kind", 3, "kind", '"guess" is not a known kind (known: quoted, '),
        ("no_value", 3, "value", '"" is not a plain finite number'),
        ("bad_number", 3, "value", '"1,45" is not a plain finite number'),
        ("not_finite", 3, "value", '"nan" is not a plain finite number'),
        ("no_key", 3, "key", '"" is empty'),
        ("missing_column", 1, "note", 'the column "note" is missing'),
        ("no_rows", 2, "key", "the file has a header and no rows"),
        ("fact_is_words", 3, "fact", '"canton_models" is words, not a number'),
    ],
)
def test_a_bad_edition_is_refused_with_its_cell_named(file: str, row: int, column: str, problem: str) -> None:
    with pytest.raises(DataError) as refused:
        read_edition(file, BAD)
    assert str(refused.value).startswith(f"{file}.csv, row {row}, column {column}: {problem}")


def test_an_edition_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DataError, match=r"nowhere\.csv, row 1, column key: no such file"):
        read_edition("nowhere", BAD)


@pytest.fixture
def join_with_model(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Edition]:
    """Joins a file of bad_editions with the registry, as `edition` does with those of data/."""
    monkeypatch.setattr(model_editions, "read_edition", lambda name: read_edition(name, BAD))
    monkeypatch.setattr(model_editions, "edition_names", lambda: tuple(path.stem for path in BAD.glob("*.csv")))
    unwrapped: Callable[[str], Edition] = edition.__wrapped__
    return unwrapped


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("missing_keys", "editions/missing_keys.csv, column key: no row for nissan_rd_jpy_bn, jpy_per_usd"),
        ("unit_differs_from_model", 'column unit: "share" where canton_base_kveh is in kveh'),
        ("unknown_to_model", 'column key: "horse_price_usd" is neither a fact nor an assumption of the model'),
    ],
)
def test_an_edition_that_does_not_fit_the_model_is_refused(
    file: str, problem: str, join_with_model: Callable[[str], Edition]
) -> None:
    with pytest.raises(DataError) as refused:
        join_with_model(file)
    assert problem in str(refused.value)
    assert f"editions/{file}.csv" in str(refused.value)
