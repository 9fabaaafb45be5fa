from random import Random

from sample_data.simulate.notes.facts import facts_of
from sample_data.simulate.state import draw_stay


def test_pronouns_follow_the_sex() -> None:
    assert facts_of(draw_stay(Random(1), "urology", "male"), Random(2))["he"] == "he"
    assert facts_of(draw_stay(Random(1), "gynaecology"), Random(2))["his"] == "her"


def test_an_infant_is_counted_in_months() -> None:
    stay = draw_stay(Random(1), "paediatrics", ages=(0, 0))
    assert facts_of(stay, Random(2))["age"].endswith("/12 ")


def test_children_have_parents() -> None:
    stay = draw_stay(Random(1), "paediatrics", ages=(4, 9))
    assert facts_of(stay, Random(2))["relative"] in {"mum", "dad", "gran"}
