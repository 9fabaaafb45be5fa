import pytest

from benchmarks.context_cases import direction, is_right, measure

NEGATED = ("negated", "No [fever] overnight", "No fever overnight")
BACKWARD = ("negated", "[MRSA] screen negative", "MRSA screen negative")
PLAIN = ("", "Needs [oxygen]", "Needs oxygen")
WRONG = ("historical", "Needs [suction]", "Needs suction")


@pytest.mark.parametrize(("case", "side"), [(NEGATED, "forward"), (BACKWARD, "backward")])
def test_direction_is_the_side_of_the_cue(case: tuple[str, str, str], side: str) -> None:
    assert direction(case) == side


def test_a_case_that_is_not_turned_as_it_says_is_wrong() -> None:
    assert not is_right(WRONG)


def test_measure_counts_shares_by_kind() -> None:
    found = measure([NEGATED, BACKWARD, PLAIN, WRONG])
    assert (found["accuracy"], found["accuracy_turned"], found["accuracy_plain"]) == (0.75, pytest.approx(2 / 3), 1.0)
    assert (found["n_forward"], found["n_backward"], found["n_historical"]) == (1, 2, 1)
