from collections.abc import Iterator
from random import Random

import pytest

from sample_data.simulate.conditions import conditions
from sample_data.simulate.notes import grammar
from sample_data.simulate.notes.grammar import Grammar, parse, phrase_table, time_facts

FACTS = set(
    "he his him himself s age sex_word side wt bmi pmh relative acuity route dx day clock now shift hhmm "
    "lives rr sats bp hr temp news air old "
    "language amts muddle_dx muddle_onset muddle_score zh_sex zh_dx zh_organism zh_language dur_zh".split()
)


def test_slots_are_filled_with_facts_numbers_and_choices() -> None:
    facts = {"age": "81", "clock": "600"}
    said = Grammar(1).expand("{age} yo, {3-3}L, {x|x {4.5-4.5}}", facts, Random(1))
    assert said in {"81 yo, 3L, x", "81 yo, 3L, x 4.5"}


def test_numbers_stay_in_their_range_and_keep_their_zeros() -> None:
    rng = Random(2)
    said = {Grammar(1).expand("{08-11}", {}, rng) for _ in range(60)}
    assert said == {"08", "09", "10", "11"}


def test_a_slot_that_is_never_closed_is_refused() -> None:
    with pytest.raises(ValueError, match="never closed"):
        parse("sats {90-95")


def test_a_time_of_day_lies_before_the_note() -> None:
    rng = Random(3)
    facts = time_facts(23 * 60, rng)
    said = [Grammar(1).expand("{hhmm}", facts, rng) for _ in range(40)]
    hours = {int(time.replace(":", "").replace(".", "")[:-2]) for time in said}
    assert min(hours) >= 15
    assert max(hours) <= 22


def _all_phrases() -> Iterator[tuple[str, str]]:
    for rule, phrases in phrase_table().items():
        yield from ((rule, phrase) for phrase in phrases)
    for condition in conditions():
        for phrase in condition.names + condition.presenting + condition.findings + condition.plan:
            yield condition.key, phrase


def _rules(nodes: tuple[grammar._Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, grammar._Rule):
            yield node.name
        elif isinstance(node, grammar._Choice):
            for option in node.options:
                yield from _rules(option)


def test_every_slot_of_every_phrase_can_be_filled() -> None:
    known = FACTS | set(phrase_table())
    unknown = [(rule, phrase) for rule, phrase in _all_phrases() if set(_rules(parse(phrase))) - known]
    assert not unknown


def test_no_phrase_holds_the_end_of_a_sentence() -> None:
    ends = (". ", "; ", "! ", "? ")
    assert not [phrase for _, phrase in _all_phrases() if any(end in phrase for end in ends) and "?{" not in phrase]


def test_hospitals_prefer_different_words() -> None:
    facts = {"clock": "600"}
    first = [Grammar(1).say("sputum", facts, Random(seed)) for seed in range(300)]
    second = [Grammar(2).say("sputum", facts, Random(seed)) for seed in range(300)]
    assert first != second
