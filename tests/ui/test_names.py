from medalloc.domain.people import Patient
from medalloc.ui.names import initials, patient_label


def test_initials_are_at_most_three_letters() -> None:
    assert initials("ada maria de Alder") == "AMD"


def test_a_nameless_patient_has_a_dash() -> None:
    assert initials(" 7 ") == "–"


def test_name_is_hidden_unless_asked_for() -> None:
    patient = Patient("P007", name="Ada Alder")
    assert patient_label(patient, show_names=False) == "AA · P007"
    assert patient_label(patient, show_names=True) == "Ada Alder · P007"
