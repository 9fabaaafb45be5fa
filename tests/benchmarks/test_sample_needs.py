import pytest

from benchmarks.sample_needs import Comparison, age_group, blanked, default_of, table
from medalloc.domain.needs import Confirm, NeedName
from medalloc.domain.people import Isolation, Readiness
from medalloc.domain.places import Level
from medalloc.needs.reader import read_needs
from tests.needs.small import ENCODER, heads, hospital, note, patient

ILL = "Wearing nasal cannulae 2 L. Noradrenaline running, arterial line. Creatinine climbing, fistula."
WELL = "Breathing room air. Mobile to bathroom. Swabs negative. Left arm weak, dysphasia."


def test_blanking_takes_what_the_record_says_of_needs() -> None:
    given = patient(
        "a",
        specialty="renal",
        level=Level.ICU,
        isolation=Isolation.CONTACT,
        features=frozenset(),
        readiness=Readiness.READY,
        barrier="awaiting TTO",
    )
    [found] = blanked(hospital([given])).patients
    assert (found.specialty, found.level, found.isolation, found.features) == ("", None, None, None)
    assert (found.readiness, found.barrier) == (None, "")


def test_measures_of_two_hospitals() -> None:
    snapshot = hospital([patient("a"), patient("b")], [note("a", ILL), note("b", WELL)])
    row = {str(name): default_of(name) for name in NeedName}
    truth = {
        "a": row | {"oxygen": "yes", "level": "icu", "specialty": "renal", "acuity": "1"},
        "b": row | {"specialty": "stroke", "acuity": "4"},
    }
    tested = Comparison()
    for _ in range(2):
        tested.add(snapshot, read_needs(snapshot, ENCODER, heads=heads()), truth)
    found = tested.measure()
    assert found["patients"] == 4
    assert (found["needs"]["oxygen"]["recall"], found["needs"]["oxygen"]["support"]) == (1.0, 2)
    assert found["needs"]["dialysis"]["f1"] is None
    assert set(found["to_confirm"]) == {str(kind) for kind in Confirm}
    assert "oxygen" in table(found)


@pytest.mark.parametrize(("age", "group"), [(15, "0-15"), (16, "16-64"), (65, "65-79"), (93, "80+")])
def test_age_groups(age: int, group: str) -> None:
    assert age_group(age) == group
