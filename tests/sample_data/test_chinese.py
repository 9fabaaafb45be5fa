import re

import pytest

from sample_data.simulate import SimulatedHospital, simulate
from sample_data.simulate.chance import stream
from sample_data.simulate.conditions import conditions
from sample_data.simulate.notes.chinese import plan_chinese
from sample_data.simulate.notes.grammar import phrase_table
from tests.sample_data.conftest import SHIPPED, read

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(("folder", "count"), [("hospital", 4), ("small", 1)])
def test_a_few_of_the_shipped_patients_have_chinese_notes(folder: str, count: int) -> None:
    chinese = {note["patient_id"] for note in read(SHIPPED / folder, "notes") if len(HAN.findall(note["text"])) > 9}
    english = {note["patient_id"] for note in read(SHIPPED / folder, "notes") if not HAN.search(note["text"])}
    assert len(chinese) == count
    assert not chinese & english


def test_none_are_chinese_unless_asked_for_and_the_patients_stay_the_same(hospital: SimulatedHospital) -> None:
    asked = simulate(300, 7, chinese_share=0.1)
    assert sum("chinese" in stay.planted for stay in asked.stays) == round(0.1 * len(asked.stays))
    assert not any("chinese" in stay.planted for stay in hospital.stays)
    assert [(stay.patient_id, stay.features) for stay in asked.stays] == [
        (stay.patient_id, stay.features) for stay in hospital.stays
    ]


def test_every_need_is_stated_in_the_last_two_notes(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        if not stay.is_child:
            notes = plan_chinese(stay, ["clerking", "nursing", "nursing"], stream(1, stay.patient_id))
            said = set(notes[1]) | set(notes[2])
            assert set().union(*notes) <= set(phrase_table())
            assert {f"zh.mobility.{stay.mobility}", f"zh.isolation.{stay.isolation}"} <= said
            assert ("zh.yes.oxygen" in said) is ("oxygen" in stay.features)


def test_every_adult_condition_has_a_chinese_name() -> None:
    adult = {condition.key for condition in conditions() if condition.ages[2] > 16}
    assert {f"zh.condition.{key}" for key in adult} <= set(phrase_table())
