"""Pages are computed one after another, none waits for ever, and who computes much waits behind the others."""

import time
from collections.abc import Callable
from threading import Barrier, Event, Thread

import pytest

from pages.session.turns import TURNS, Asker, Turns, heavy, let_pass, long_work

ANYBODY = Asker()


def test_what_is_computed_in_turns_is_never_computed_side_by_side() -> None:
    turns, inside, most, start = Turns(), 0, 0, Barrier(4)

    def compute() -> None:
        nonlocal inside, most
        start.wait()
        for _ in range(5):
            with turns.turn(ANYBODY):
                inside += 1
                most = max(most, inside)
                time.sleep(0.001)
                inside -= 1

    threads = [Thread(target=compute) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


def test_a_page_that_takes_too_long_keeps_no_other_from_being_computed() -> None:
    turns, begun, end = Turns(), Event(), Event()

    def compute() -> None:
        with turns.turn(ANYBODY):
            begun.set()
            end.wait(60)

    slow = Thread(target=compute)
    slow.start()
    begun.wait(60)
    with turns.turn(ANYBODY, longest_turn_s=0.01):
        assert slow.is_alive()
        end.set()
        slow.join()  # its end gives nobody a turn that is not its own
        other = Thread(target=lambda: turns.turn(ANYBODY).__enter__())
        other.start()
        other.join(0.05)
        assert other.is_alive()
    other.join()


def test_a_page_that_fails_ends_its_turn() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="broken"), turns.turn(ANYBODY):
        raise ValueError("broken")
    begun = time.monotonic()
    with turns.turn(ANYBODY):
        assert time.monotonic() - begun < 5.0


def busy(seconds: float) -> None:
    """Take so much of the processor."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def order_of(turns: Turns, askers: list[Asker]) -> list[str]:
    """Let the askers come one after the other while the turn is taken, and tell in which order they are served."""
    served: list[str] = []

    def ask(asker: Asker) -> Callable[[], None]:
        def compute() -> None:
            with turns.turn(asker):
                served.append(asker.session)

        return compute

    with turns.turn(Asker("holder")):
        threads = [Thread(target=ask(asker)) for asker in askers]
        for waiting, thread in enumerate(threads, start=1):
            thread.start()
            end = time.monotonic() + 10.0
            while turns.waiting < waiting and time.monotonic() < end:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    return served


def test_equal_askers_are_served_in_the_order_they_came() -> None:
    askers = [Asker(name, f"address of {name}") for name in "abcde"]
    assert order_of(Turns(), askers) == list("abcde")


def test_who_computes_much_waits_behind_who_computes_little() -> None:
    turns = Turns()
    heavy, light = Asker("heavy", "there", "body"), Asker("light", "here", "body")
    for asker, cost_s in ((heavy, 0.2), (light, 0.002)):
        with turns.turn(asker):
            busy(cost_s)
    assert order_of(turns, [heavy, light]) == ["light", "heavy"]
    # Another kind of run has a cost of its own.
    other_kind = Asker("heavy", "there", "sidebar")
    assert order_of(turns, [light, other_kind]) == ["light", "heavy"]


def test_a_move_goes_before_an_opening_that_takes_two_turns_as_long() -> None:
    turns = Turns()
    opening, move = Asker("opens", "there", "body", turns=2), Asker("moves", "here", "body alone")
    for asker in (opening, move):
        with turns.turn(asker):
            busy(0.02)
    assert order_of(turns, [opening, move]) == ["moves", "opens"]


def test_an_address_with_many_who_wait_lets_others_pass_and_none_is_left_out() -> None:
    many = [Asker(f"many {n}", "one address") for n in range(4)]
    served = order_of(Turns(), [*many, Asker("other", "elsewhere")])
    assert served.index("other") == 1
    assert [name for name in served if name != "other"] == [asker.session for asker in many]


def test_one_visitor_at_a_time_works_long() -> None:
    with long_work() as first, long_work() as second:
        assert (first, second) == (True, False)
    with long_work() as again:
        assert again


def test_what_takes_long_goes_on_beside_the_turns_and_one_at_a_time() -> None:
    begun, end, inside = Event(), Event(), []

    def compute() -> None:
        with TURNS.turn(Asker("first")), heavy(), heavy():
            inside.append("first")
            begun.set()
            end.wait(60)

    def compute_too() -> None:
        with heavy():
            inside.append("second")

    threads = [Thread(target=compute), Thread(target=compute_too)]
    threads[0].start()
    begun.wait(60)
    threads[1].start()
    with TURNS.turn(Asker("light")):
        assert threads[0].is_alive()
        threads[1].join(0.05)
        assert inside == ["first"]
        end.set()
        threads[1].join()
        assert threads[0].is_alive()  # what it goes on with waits for the turn
    for thread in threads:
        thread.join()
    assert inside == ["first", "second"]
    assert not TURNS.taken


@pytest.mark.parametrize(("waiting_s", "passes"), [(0.002, True), (0.2, False)])
def test_between_two_figures_who_computes_less_passes(waiting_s: float, passes: bool) -> None:
    mine, other, order = Asker("mine"), Asker("other"), []
    for asker, cost_s in ((mine, 0.1), (other, waiting_s)):
        with TURNS.turn(asker):
            busy(cost_s)

    def compute() -> None:
        with TURNS.turn(other):
            order.append("other")

    thread = Thread(target=compute)
    with TURNS.turn(mine):
        thread.start()
        end = time.monotonic() + 10.0
        while not TURNS.waiting and time.monotonic() < end:
            time.sleep(0.001)
        let_pass()
        order.append("mine")
    thread.join()
    assert order == (["other", "mine"] if passes else ["mine", "other"])


def test_outside_a_turn_nobody_is_let_pass() -> None:
    let_pass()
    assert not TURNS.taken
