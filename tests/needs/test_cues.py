from itertools import chain

from medalloc.needs import cues
from medalloc.needs.cues import Modifier


def test_every_modifier_has_cues_of_both_directions() -> None:
    assert set(cues.FORWARD) == set(cues.BACKWARD) == set(Modifier)


def test_cues_are_clean_and_in_lower_case() -> None:
    phrases = list(chain(*cues.FORWARD.values(), *cues.BACKWARD.values(), cues.PSEUDO, cues.TERMINATORS))
    assert all(phrase and phrase == " ".join(phrase.lower().split()) for phrase in phrases)


def test_no_cue_is_a_terminator_alone() -> None:
    turning = {*chain(*cues.FORWARD.values()), *chain(*cues.BACKWARD.values())}
    assert turning.isdisjoint(cues.TERMINATORS)
