from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.needs import NeedName
from medalloc.needs.head import Head
from medalloc.needs.lessons import Label, Lessons
from medalloc.needs.refit import folds, held_out, probabilities, refit
from tests.needs.local import OXYGEN, lessons
from tests.needs.small import heads


def chance(head: Head, taught: Lessons, row: int) -> float:
    """That the patient of a row needs oxygen."""
    return float(probabilities(head, taught, np.asarray([row]))[0, 1])


def both(taught: Lessons, row: int) -> tuple[float, float]:
    """Before and after learning."""
    return tuple(chance(one.by_name[OXYGEN], taught, row) for one in (heads(), refit(heads(), taught)))  # type: ignore[return-value]


def test_what_nobody_spoke_of_is_left_alone() -> None:
    learnt = refit(heads(), lessons(wrong=3))
    assert all(learnt.by_name[name] is head for name, head in heads().by_name.items() if name is not OXYGEN)
    assert learnt.by_name[OXYGEN] is not heads().by_name[OXYGEN]


def test_rows_without_labels_teach_nothing() -> None:
    taught = lessons(wrong=3, silent=2)
    assert refit(heads(), taught, np.asarray([3, 4, 7])).by_name[OXYGEN] is heads().by_name[OXYGEN]


def test_many_who_say_so_are_believed_and_one_alone_is_not() -> None:
    taught = lessons(wrong=40)
    before, after = both(taught, 0)
    assert before > 0.9
    assert after < 0.3
    assert both(lessons(wrong=1), 0)[1] > 0.6


def test_learning_goes_on_with_every_label() -> None:
    after = [both(lessons(wrong=number), 0)[1] for number in (1, 3, 9, 27)]
    assert after == sorted(after, reverse=True)


def test_confirmed_needs_stay() -> None:
    before, after = both(lessons(wrong=0, right=12), 0)
    assert after >= before - 0.01


def test_patients_nobody_spoke_of_hold_the_head() -> None:
    """Of fifteen who are read alike three are wrong: the other twelve speak for what was read."""
    alone, held = both(lessons(wrong=3), 0)[1], both(lessons(wrong=3, silent=12), 0)[1]
    assert held > alone
    before, after = both(lessons(wrong=3, silent=12), 20)  # room air
    assert after == pytest.approx(before, abs=0.1)


def test_few_labels_move_scale_and_intercept_and_hardly_bend() -> None:
    taught, old = lessons(wrong=4), heads().by_name[OXYGEN]
    new = refit(heads(), taught).by_name[OXYGEN]
    scale = float((new.coefficients * old.coefficients).sum() / (old.coefficients**2).sum())
    bent = np.abs(new.coefficients - scale * old.coefficients).max()
    assert abs(scale - 1.0) + abs(float(new.intercepts[0] - old.intercepts[0])) > 5 * bent


def test_heads_of_one_of_several_values_learn_too() -> None:
    taught = lessons(wrong=30)
    specialty = NeedName.SPECIALTY
    renal = Lessons(
        taught.groups, taught.pooled, taught.facts, {specialty: dict.fromkeys(range(30), Label("renal", 1.0))}
    )
    old, new = heads().by_name[specialty], refit(heads(), renal).by_name[specialty]
    place = old.values.index("renal")
    row = np.asarray([0])
    assert probabilities(new, renal, row)[0, place] > probabilities(old, renal, row)[0, place] + 0.2
    assert probabilities(new, renal, row).sum() == pytest.approx(1.0)


def test_half_a_weight_moves_less() -> None:
    taught = lessons(wrong=6)
    half = {row: Label("no", 0.5) for row in taught.labels[OXYGEN]}
    light = Lessons(taught.groups, taught.pooled, taught.facts, {OXYGEN: half})
    assert both(light, 0)[1] > both(taught, 0)[1]


def test_held_out_rows_are_rated_by_heads_that_have_not_seen_them() -> None:
    """One patient who is an exception cannot teach the heads what to say of themselves."""
    taught = lessons(wrong=1, right=14)
    rated = held_out(heads(), taught)[OXYGEN]
    assert rated.keys() == taught.labels[OXYGEN].keys()
    assert rated[0][1] >= chance(refit(heads(), taught).by_name[OXYGEN], taught, 0)


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=40), st.integers(1, 5), st.integers(0, 3))
def test_rows_of_a_patient_are_never_split(groups: list[str], number: int, seed: int) -> None:
    found = folds(groups, number, seed)
    assert len({(group, fold) for group, fold in zip(groups, found.tolist(), strict=True)}) == len(set(groups))
    sizes = np.bincount([int(found[groups.index(name)]) for name in sorted(set(groups))], minlength=number)
    assert sizes.max() - sizes.min() <= 1
