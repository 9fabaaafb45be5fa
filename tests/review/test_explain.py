from __future__ import annotations

import doctest
import re

import pytest

from medalloc.domain.people import Isolation, Sex
from medalloc.domain.places import FEATURES, SPECIALTIES, Level
from medalloc.domain.plan import Action, Placement, Reason, Rule
from medalloc.domain.review import RejectReason, Verdict
from medalloc.optimise.beds.changes import CHANGES
from medalloc.optimise.beds.obstacles import OBSTACLES
from medalloc.optimise.beds.reasons import CODES
from medalloc.optimise.beds.weights import DESCRIBED
from medalloc.review import answer_words, explain, words
from medalloc.review.explain import (
    action_words,
    placement_words,
    reason_words,
    refusal_words,
    rule_words,
    term_words,
    value_words,
    verdict_words,
)


def test_every_code_of_the_optimiser_has_words_and_no_other() -> None:
    assert set(words.REASONS) == set(CODES)
    assert set(answer_words.OBSTACLES) == set(OBSTACLES)
    assert set(answer_words.CHANGES) == set(CHANGES)


@pytest.mark.parametrize(
    ("meaning", "told"),
    [
        (meanings[code], texts[code])
        for meanings, texts in (
            (CODES, words.REASONS),
            (OBSTACLES, answer_words.OBSTACLES),
            (CHANGES, answer_words.CHANGES),
        )
        for code in sorted(meanings)
    ],
)
def test_words_use_the_values_that_the_code_carries_and_no_others(meaning: str, told: str) -> None:
    listed = re.search(r"Values: (.+)\.$", meaning)
    carried = set(re.sub(r" ?\([^)]*\)", "", listed.group(1)).split(", ")) if listed else set()
    assert set(re.findall(r"%\((\w+)\)s", told)) == carried


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason("ward_sex", (("ward_id", "W"), ("sex", "male"), ("rule", "female"))), "(male, rule: female)"),
        (
            Reason("if_left", (("chance", "0.85"), ("patient_ids", "P1;P2"))),
            "a chance of 85%, if these have left: P1, P2",
        ),
        (Reason("not_clean", (("bed_id", "B-1"), ("at", ""))), "bed B-1 is not clean in time (none)"),
        (
            Reason("need_changed", (("need", "level"), ("before", "ward"), ("after", "hdu"))),
            "a need has changed: level, ward → HDU",
        ),
        (
            Reason(
                "bed_ready", (("bed_id", "B-1"), ("before", "2026-03-05T11:30:00"), ("after", "2026-03-05T17:05:00"))
            ),
            "bed B-1 is clean at another time: 2026-03-05 11:30 → 2026-03-05 17:05",
        ),
    ],
)
def test_what_stands_against_a_bed_or_has_changed_is_told_in_plain_words(reason: Reason, told: str) -> None:
    assert told in reason_words(reason)


def test_every_enum_and_term_has_words() -> None:
    assert set(words.ACTIONS) == set(Action)
    assert set(words.VERDICTS) == set(Verdict)
    assert set(words.REFUSALS) == set(RejectReason)
    assert set(words.RULES) == set(Rule)
    assert set(words.TERMS) == {name for name, info in DESCRIBED.items() if info.group != "priority"}
    known = set(SPECIALTIES) | FEATURES | set(Level) | (set(Isolation) - {Isolation.NONE}) | set(Sex)
    known |= {"same_bay", "single"}
    assert set(words.VALUES) == known


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason("fixed"), "the record says not to move this patient"),
        (Reason("locked", (("bed_id", "W1-03"),)), "a person has locked bed W1-03"),
        (Reason("blocked", (("rule", "bay_sex"), ("beds", "3"))), "free beds ruled out by same-sex bay: 3"),
        (Reason("held_until", (("at", "2026-03-05T11:30:00"),)), "the bed is kept until 2026-03-05 11:30"),
        (
            Reason("features_met", (("features", "oxygen;visible"),)),
            "the bed has what is required (oxygen, in sight of the nurses' station)",
        ),
        (
            Reason("outlier", (("specialty", "ent"), ("rank", "2"))),
            "not a ward of the patient's specialty (ear, nose and throat, rank 2)",
        ),
        (
            Reason("home_specialty", (("specialty", "burns_unit"),)),
            "a ward of the patient's specialty (burns_unit)",
        ),
        (Reason("isolation_met", (("isolation", "airborne"),)), "the room suits airborne precautions"),
    ],
)
def test_reason_is_told_in_plain_words(reason: Reason, told: str) -> None:
    assert reason_words(reason) == told


def test_code_without_words_is_shown_with_its_values() -> None:
    reason = Reason("bay_flipped", (("sex", "female"), ("beds", "4")))
    assert reason_words(reason) == "bay flipped (sex female, beds 4)"
    assert reason_words(Reason("bay_flipped")) == "bay flipped"


def test_percent_sign_in_a_value_is_harmless() -> None:
    assert reason_words(Reason("locked", (("bed_id", "100%s"),))) == "a person has locked bed 100%s"


def test_words_and_their_coded_values_are_translated() -> None:
    reason = Reason("level_met", (("level", "icu"),))
    chinese = {
        "the ward gives the level of care needed (%(level)s)": "病区可提供所需的%(level)s级别",
        "ICU": "重症监护",
    }
    assert reason_words(reason, chinese.__getitem__) == "病区可提供所需的重症监护级别"


def test_reasons_of_a_placement_stand_in_their_order() -> None:
    placement = Placement("P3", Action.WAIT, reasons=(Reason("no_free_bed"), Reason("kept")))
    assert placement_words(placement) == "every usable bed is taken; a person wants this patient to remain"


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (action_words(Action.HOLD, str.upper), "HOLD A BED"),
        (verdict_words(Verdict.LOCK, str.upper), "LOCKED"),
        (refusal_words(RejectReason.NOT_THIS_WARD, str.upper), "NOT THIS WARD"),
        (rule_words("level", str.upper), "LEVEL OF CARE"),
        (term_words("side_room", str.upper), "SINGLE ROOM WITHOUT NEED"),
        (term_words("bay_flip", str.upper), "bay flip"),
        (value_words("hdu", str.upper), "HDU"),
        (value_words("hyperbaric", str.upper), "hyperbaric"),
    ],
)
def test_names_are_put_through_the_translation(found: str, told: str) -> None:
    assert found == told


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(explain).failed == 0
