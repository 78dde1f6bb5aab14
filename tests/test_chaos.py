"""The chaos run is as it says: what it holds others to, and what its attacks send."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.messages import LARGEST_BYTES, MOST_PARTS
from tests import chaos
from tests.chaos import ATTACKS, Bound, Met, World, bounds, widgets
from tests.damages import DAMAGES


def test_a_bound_holds_up_to_its_end() -> None:
    assert Bound("wait", 2.0, 2.0, " s").holds
    missed = Bound("wait", 2.01, 2.0, " s")
    assert not missed.holds
    assert str(missed) == "wait: 2.01 s (≤ 2 s) MISSED"


def test_whoever_met_nothing_is_taken_to_have_waited() -> None:
    world = World([], [], [], proxy=None, most_mb=100.0)  # type: ignore[arg-type]
    met = Met()
    met.statuses.update({200: 5, 502: 1})
    assert [bound.holds for bound in bounds(world, met)] == [False, False, True, False, True]


def test_small_messages_of_an_attack_are_let_through_and_large_ones_are_not() -> None:
    small, large = widgets(990), widgets(22_000)
    assert len(small) < LARGEST_BYTES
    assert small.count(b"\n") < MOST_PARTS < large.count(b"\n")
    message = BackMsg()
    message.ParseFromString(small)
    assert len(message.rerun_script.widget_states.widgets) == 990


def test_a_damage_changes_the_file() -> None:
    raw = b"key,value\none,10\ntwo,20\nsix,60\nten,99\nall,189\n"
    assert raw not in [damage(raw) for damage in DAMAGES.values()]


def test_an_unknown_attack_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["chaos", "earthquake"])
    with pytest.raises(SystemExit):
        chaos.main()
    said = capsys.readouterr().err
    assert "no attack is called earthquake" in said
    assert all(name in said for name in ATTACKS)
