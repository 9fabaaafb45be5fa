import pytest

from benchmarks.needs import blanked, calibration_error, detection, measure, paired, table
from medalloc.domain.needs import Binding, Confirm, Need, NeedName, NeedSource
from medalloc.domain.people import Isolation
from medalloc.domain.places import Level
from medalloc.needs.reader import read_needs
from tests.needs.small import ENCODER, heads, hospital, note, patient

ILL = "Wearing nasal cannulae 2 L. Noradrenaline running, arterial line. Creatinine climbing, fistula."
WELL = "Breathing room air. Mobile to bathroom. Swabs negative. Left arm weak, dysphasia."


def oxygen(value: str, binding: Binding, probability: float = 0.8) -> Need:
    return Need(NeedName.OXYGEN, value, probability, NeedSource.NOTE, binding)


def test_precision_and_recall_of_what_is_used() -> None:
    pairs = [
        (oxygen("yes", Binding.HARD), "yes"),
        (oxygen("yes", Binding.SOFT), "yes"),
        (oxygen("yes", Binding.SOFT), "no"),
        (oxygen("yes", Binding.NONE), "yes"),
        (oxygen("no", Binding.NONE), "yes"),
    ]
    found = detection(NeedName.OXYGEN, pairs)
    assert (found["precision"], found["recall"]) == (pytest.approx(2 / 3), 0.5)
    assert (found["support"], found["hard"], found["hard_precision"]) == (4, 1, 1.0)


def test_calibration_error() -> None:
    chances, right = [0.95, 0.95, 0.95, 0.95, 0.35], [True, True, True, False, False]
    assert calibration_error(chances, right) == pytest.approx(0.8 * 0.20 + 0.2 * 0.35)


def test_blanking_takes_what_the_record_says_of_needs() -> None:
    given = patient("a", specialty="renal", level=Level.ICU, isolation=Isolation.CONTACT, features=frozenset())
    [found] = blanked(hospital([given])).patients
    assert (found.specialty, found.level, found.isolation, found.features) == ("", None, None, None)


def test_measures_of_a_hospital() -> None:
    snapshot = hospital([patient("a"), patient("b")], [note("a", ILL), note("b", WELL)])
    truth = {pid: {str(name): "no" for name in NeedName} | {"organism": "", "isolation": "none"} for pid in ("a", "b")}
    truth["a"] |= {"oxygen": "yes", "level": "icu", "specialty": "renal", "acuity": "1"}
    truth["b"] |= {"level": "ward", "specialty": "stroke", "acuity": "4"}
    found = measure(paired([(read_needs(snapshot, ENCODER, heads=heads()), truth)]))
    assert found["needs"]["oxygen"]["recall"] == 1.0
    assert found["specialty_macro_f1"] == 1.0
    assert set(found["to_confirm"]) == {str(kind) for kind in Confirm}
    assert "oxygen" in table(found)
