"""The Peers page: its answer counts, failures are as plain as successes, and a maker of one's own is in the link."""

import json

import pytest

from data.facts import facts
from model.links import PAGE_KEYS, number_text, scenario_of_preset
from model.peers import JUDGED, QUANTITIES, SHOWN, WITHIN_SHARE, judged, peers
from pages.catalog import figures_of
from pages.kit.view import View
from pages.kit.words import NBSP, one_notation, short_date_words
from pages.peers import beside, given, your_maker
from pages.peers.beside import PEERS
from pages.peers.given import PEER_INPUTS
from pages.peers.typed_inputs import INPUTS, MAKERS, PUBLISHED, inputs_text, read_inputs
from pages.session import choices
from pages.session.choices import read_choices
from pages.sources.exact import error_text
from tests.pages.opened import box_of, chart_specs, drawn, metrics_of, opened, page_of, view_of
from tests.pages.test_data_api import ask
from tests.pages.test_sources import plain

PAGE = "peers"
ROWS = {row.id: row for row in peers()}


def view(**chosen: str) -> View:
    return View.of(scenario_of_preset("status_quo"), 4, choices=chosen)


def test_every_table_is_found() -> None:
    assert {figure.name for figure in figures_of(PAGE)} == {"peers", "peer_inputs", "your_maker"}


# ------------------------------------------------------------- formula beside figure


def test_the_answer_counts_the_judged_figures_and_names_who_is_missed() -> None:
    answer, rows = beside.answer().replace(NBSP, " "), judged(peers())
    close = [row for row in rows if abs(row.error_share) <= WITHIN_SHARE]
    assert f"{len(close)} of {len(rows)} judged figures lie within 12 %" in answer
    missed = {row.maker for row in rows} - {row.maker for row in close}
    assert missed
    for maker in missed:
        assert maker in answer
    whole = [row for row in rows if row.whole_cars]
    assert f"{sum(row.within for row in whole)} of {len(whole)} figures are within 12 %" in answer
    assert ("**met**" in answer) == all(row.within for row in whole)
    app = page_of(PAGE, "status_quo")
    assert beside.answer() in [markdown.value for markdown in app.main.markdown]


def test_the_table_has_every_row_with_its_error_and_source() -> None:
    tables = [table.value for table in page_of(PAGE, "status_quo").main.table]
    for shown, role in zip(tables, (JUDGED, SHOWN), strict=False):
        rows = [row for row in peers() if row.role == role]
        assert [plain(error) for error in shown["Error"]] == [
            error_text(row.error_share).replace(NBSP, " ") for row in rows
        ]
        for cell, row in zip(shown["Figure and its source"], rows, strict=True):
            fact = facts()[row.fact_id]
            assert plain(cell).startswith(
                f"{row.maker}, {row.what}, {row.period}. {short_date_words(fact.as_of)}".replace(NBSP, " ")
            )
            assert one_notation(fact.source).replace(" ", "") in plain(cell).replace(" ", "")
            assert fact.url in cell


def test_the_chart_shows_failures_as_plainly_as_successes() -> None:
    rows = PEERS.marks(view())
    assert len(set(rows["row"])) == len(rows["row"]) == len(judged(peers()))
    beyond = [row for row in judged(peers()) if not row.within]
    assert list(rows["label_error"]) == [error_text(row.error_share) for row in judged(peers())]
    assert PEERS.says(view()).startswith(f"{len(rows) - len(beyond)} of {len(rows)} figures are met")
    assert list(rows["formula_share"]) == [row.formula / row.published for row in judged(peers())]
    (spec, _), *others = chart_specs(page_of(PAGE, "status_quo"))
    assert not others
    scales = [layer["encoding"]["shape"]["scale"] for layer in spec["layer"] if "shape" in layer["encoding"]]
    assert set(rows["mark"]) == set(scales[0]["domain"])
    assert len(set(scales[0]["range"])) == 2
    assert "opacity" not in json.dumps([layer["encoding"] for layer in spec["layer"]])


def test_every_input_of_every_row_is_in_the_data_and_those_that_matter_are_on_the_page() -> None:
    table = PEER_INPUTS.table(view())
    assert len(table.rows) == len(peers()) * len(QUANTITIES)
    known = facts()
    assert all(set(names.split()) <= known.keys() for names in table.rows["facts"])
    listed = page_of(PAGE, "status_quo").main.table[2].value
    assert len(listed) == len(given.given_in_words()) > len(peers())
    assert all(listed["Source and note"])


# --------------------------------------------------------------------- your maker


def test_a_row_as_it_stands_gives_the_rows_own_figures() -> None:
    for maker in MAKERS:
        seen = view(maker=maker)
        assert your_maker.duty_of(seen).local_bn == pytest.approx(ROWS[maker].formula)
        assert your_maker.your_error_share(seen) == pytest.approx(ROWS[maker].error_share)


def test_what_is_typed_is_applied_and_in_the_link_and_the_rows_own_value_leaves_it() -> None:
    app = opened("preset=status_quo&maker=mazda_9m", PAGE)
    before = metrics_of(app)["Duty"]
    box_of(app, "maker_far_cars").input("100,5")
    drawn(app)
    assert app.query_params["maker_inputs"] == "far_cars:100.5"
    assert metrics_of(app)["Duty"] != before
    own = ROWS["mazda_9m"].duty({"far_cars": 100.5})
    assert your_maker.duty_of(view_of(app)).usd_bn == pytest.approx(own.usd_bn)
    box_of(app, "maker_far_cars").input("nothing")
    drawn(app)
    assert "100,500 cars stays" in plain("".join(warning.value for warning in app.warning))
    box_of(app, "maker_far_cars").input(number_text(ROWS["mazda_9m"].values["far_cars"]))
    drawn(app)
    assert "maker_inputs" not in app.query_params
    assert metrics_of(app)["Duty"] == before


def test_another_row_brings_its_own_inputs() -> None:
    app = opened("preset=status_quo&maker=mazda_9m&maker_inputs=far_cars:1,published:50", PAGE)
    assert box_of(app, "maker_published").value == "50"
    app.selectbox(key="choice_maker").select("hyundai_9m")
    drawn(app)
    assert app.query_params["maker"] == "hyundai_9m"
    assert "maker_inputs" not in app.query_params
    assert box_of(app, "maker_published").value == "4100"
    box_of(app, "maker_fx").input("1500")
    drawn(app)
    app.button(key="maker_reset").click()
    drawn(app)
    assert "maker_inputs" not in app.query_params


def test_every_input_has_a_box_and_goes_through_a_link() -> None:
    keys = ",".join(f"{key}:{1 if each.whole else 0.75}" for key, each in INPUTS.items())
    app = opened(f"preset=status_quo&maker_inputs={keys}", PAGE)
    assert not app.warning
    for key, quantity in INPUTS.items():
        shown = float(box_of(app, f"maker_{key}").value)
        assert shown == (1 if quantity.whole else 75 if quantity.unit == "share" else 0.75)
    given_back = choices.MAKER_INPUTS.of(view_of(app))
    assert dict(given_back) == {key: 1.0 if each.whole else 0.75 for key, each in INPUTS.items()}
    assert read_inputs(inputs_text(given_back)) == given_back


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<script>alert(1)</script>:5", "names none of far_cars"),
        ("far_cars", "far_cars: not a plain number"),
        ("far_cars:1e999", "far_cars: not a"),
        ("far_cars:-1", "far_cars: below the lowest value, 0"),
        ("content:1.01", "content: above the highest value, 1"),
        ("months:7.5", "months: not a whole number"),
        ("published:0", "published: below the lowest value, 0.001"),
        ("far_cars:1,far_cars:2", "far_cars more than once"),
        ("jpy_per_usd:150", "names none of"),
    ],
)
def test_hostile_inputs_are_refused_in_words(text: str, reason: str) -> None:
    kept, (refused,) = read_choices([("maker_inputs", text)])
    assert not kept
    assert reason in refused.reason
    assert refused.used == "nothing"
    assert ask("/data/your_maker.csv", f"maker_inputs={text}").status == 400


def test_a_bad_link_is_told_and_the_rows_own_inputs_are_used() -> None:
    app = opened("preset=status_quo&maker=%3Cb%3Etesla&maker_inputs=far_cars:lots", PAGE)
    told = "".join(warning.value for warning in app.warning)
    assert "tesla" in told
    assert "lots" in told
    assert "<b>" not in told
    assert your_maker.row_of(view_of(app)).id == choices.MAKER.default
    assert choices.MAKER_INPUTS.of(view_of(app)) == ()


def test_nothing_imported_is_no_duty_and_no_duty_per_car() -> None:
    seen = view(maker_inputs="far_cars:0")
    assert "no duty" in your_maker.result_words(seen)
    assert your_maker.duty_of(seen).per_car_usd is None
    app = opened("preset=status_quo&maker_inputs=far_cars:0", PAGE)
    assert metrics_of(app)["Per imported car"] == "no car"


def test_data_addresses_follow_the_maker() -> None:
    assert {"maker", "maker_inputs"} <= PAGE_KEYS
    assert len(ask("/data/peers.json").json["rows"]) == len(peers())
    assert len(ask("/data/peer_inputs.json").json["rows"]) == len(peers()) * len(QUANTITIES)
    rows = ask("/data/your_maker.json", "maker=ford_2025&maker_inputs=parts:8,published:2").json["rows"]
    found = {row["key"]: row["value"] for row in rows}
    assert found["parts"] == 8.0
    assert found[PUBLISHED] == 2.0
    duty = ROWS["ford_2025"].duty({"parts": 8.0})
    assert found["duty_usd_bn"] == pytest.approx(duty.usd_bn)
    assert found["error_share"] == pytest.approx(duty.usd_bn / 2.0 - 1.0)
