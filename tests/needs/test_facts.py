import math

import numpy as np

from medalloc.domain.needs import NeedName
from medalloc.needs.corpus import gather
from medalloc.needs.facts import MEASURED, facts_of
from medalloc.needs.layout import LAYOUT
from tests.needs.small import ENCODER, hospital, note, patient, vitals


def test_facts_stand_in_the_order_of_the_patients() -> None:
    people = [patient("a", age=71), patient("b", age=34), patient("c", age=80)]
    snapshot = hospital(people, [note("c", "Full hoist for all transfers.")], [vitals("b", pulse=118)])
    found = facts_of(snapshot, gather(snapshot, ENCODER))
    pulse = MEASURED.index("pulse")
    assert found.measured[:, 0].tolist() == [71.0, 34.0, 80.0]
    assert [math.isnan(row[pulse]) for row in found.measured] == [True, False, True]
    assert found.measured[1, pulse] == 118.0
    assert found.seen.tolist() == [False, True, False]


def test_what_a_rule_found_is_1_at_its_value() -> None:
    snapshot = hospital([patient("a"), patient("b")], [note("b", "Full hoist for all transfers.")])
    found = facts_of(snapshot, gather(snapshot, ENCODER))
    mobility = next(target for target in LAYOUT if target.name is NeedName.MOBILITY)
    assert np.argwhere(found.said[NeedName.MOBILITY]).tolist() == [[1, mobility.values.index("hoist")]]


def test_what_an_earlier_note_says_stands_apart() -> None:
    notes = [note("a", "Slept well.", 1), note("a", "Full hoist for all transfers.", 9)]
    snapshot = hospital([patient("a")], notes)
    found = facts_of(snapshot, gather(snapshot, ENCODER))
    values = next(target for target in LAYOUT if target.name is NeedName.MOBILITY).values
    assert np.argwhere(found.said[NeedName.MOBILITY]).tolist() == [[0, len(values) + values.index("hoist")]]


def test_facts_of_one_patient() -> None:
    snapshot = hospital([patient("a", age=71), patient("b", age=34)], [note("b", "Full hoist for all transfers.")])
    one = facts_of(snapshot, gather(snapshot, ENCODER)).only(1, NeedName.MOBILITY)
    assert one.measured.shape == (1, len(MEASURED))
    assert one.measured[0, 0] == 34.0
    assert list(one.verdicts[0]) == [NeedName.MOBILITY]
    assert one.said[NeedName.MOBILITY].sum() == 1.0
