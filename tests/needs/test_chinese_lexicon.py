from medalloc.needs.chinese_lexicon import ENTRIES, MORSE_HIGH, Cue, RuleKind
from medalloc.needs.cues import Modifier


def test_every_modifier_has_a_cue() -> None:
    assert {cue.modifier for cue in Cue} == set(Modifier)


def test_an_order_is_surer_than_a_finding() -> None:
    chances = [kind.chance for kind in (RuleKind.ORDER, RuleKind.SCORE, RuleKind.STATED, RuleKind.FINDING)]
    assert chances == sorted(chances, reverse=True)
    assert 0.5 < chances[-1] < chances[0] < 1.0


def test_no_entry_matches_nothing() -> None:
    assert not any(entry.pattern.search("") for entry in ENTRIES)


def test_scores_hold_their_points() -> None:
    assert all(entry.pattern.groups == 1 for entry in ENTRIES if entry.is_score)
    assert MORSE_HIGH == 45
