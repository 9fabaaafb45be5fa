from random import Random

from sample_data.simulate import SimulatedHospital
from sample_data.simulate.notes.dialogue import dialogue_rules, spoken
from sample_data.simulate.notes.grammar import phrase_table
from tests.sample_data.conftest import SHIPPED, read


def test_what_the_patient_needs_is_asked(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        if "dialogue" in stay.planted:
            rules = dialogue_rules(stay, Random(5))
            assert f"talk.mobility.{stay.mobility}" in rules
            assert ("talk.falls.yes" in rules) is stay.falls
            assert set(rules) <= set(phrase_table())


def test_every_exchange_has_a_question_and_an_answer() -> None:
    exchanges = [phrase for rule, phrases in phrase_table().items() if rule.startswith("talk.") for phrase in phrases]
    assert {phrase.count("//") for phrase in exchanges} == {1}


def test_turns_stand_on_lines_of_their_own() -> None:
    assert spoken(["talk.a"], lambda rule: "Better?//much") == "Doctor: Better?\nPatient: Much"


def test_a_few_percent_of_the_shipped_patients_were_talked_to_at_length() -> None:
    talks = [note for note in read(SHIPPED / "hospital", "notes") if note["text"].startswith("Doctor: ")]
    assert 6 <= len(talks) <= 25
    assert {note["kind"] for note in talks} == {"consultation"}
    assert all(6 <= note["text"].count("\n") + 1 <= 14 for note in talks)
