from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.domain.needs import NeedName
from medalloc.domain.places import SPECIALTIES
from medalloc.needs.chinese import (
    ARRAYS,
    COVERED,
    METADATA,
    SHIPPED,
    chinese_sentences,
    gram_hash,
    is_chinese,
    load_chinese,
    read_chinese,
    save_chinese,
)

HEART = (
    "患者因胸闷、心悸3天入院，既往高血压病史10年，心电图示房颤。予 metoprolol 47.5mg qd "
    "控制心室率，一级护理，持续心电监护。"
)
STRANGE = (
    "患者因停经38周，规律宫缩2小时入院，宫口开大3cm，胎膜未破，拟行剖宫产术。",
    "右股骨颈骨折，拟行人工髋关节置换术，术前备皮、备血。",
    "急性阑尾炎，今晨行腹腔镜阑尾切除术，术后禁食水，切口敷料干燥。",
    "右眼视物模糊3天，眼压高，拟行青光眼手术。",
    "入院宣教已完成，告知住院须知，腕带已佩戴，床栏已上。",
    "病人因發燒三天入院，給予氧氣治療，監測生命徵象。",
    "锟斤拷烫烫烫屯屯屯锘锘锘",
    "天气很好，下午去公园散步。",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEART, True),
        ("予 meropenem 1g q8h", False),
        ("静滴 meropenem 1g q8h", True),
        ("Patient 王伟 (Wang Wei) reviewed, comfortable, plan home tomorrow", False),
        ("胸が痛いです。息苦しい。", False),
        ("SpO2 97% on air", False),
        ("", False),
    ],
)
def test_chinese_is_told_by_its_script(text: str, expected: bool) -> None:
    assert is_chinese(text) is expected


def test_sentences_end_at_chinese_stops_and_lines() -> None:
    note = " 神志清。\n吸氧3L/min；SpO2 97.5%\r\n\n明日复查!  ---"
    assert [sentence.text for sentence in chinese_sentences(note)] == [
        "神志清。",
        "吸氧3L/min；",
        "SpO2 97.5%",
        "明日复查!",
    ]


@given(st.text(alphabet="患者吸氧无。；，\n .a3", max_size=60))
def test_sentences_are_slices_of_the_note(note: str) -> None:
    for sentence in chinese_sentences(note):
        assert note[sentence.start : sentence.end] == sentence.text


def test_the_specialty_of_a_note() -> None:
    found = read_chinese(load_chinese(), HEART)
    assert found.specialty == "cardiology"
    assert sum(found.chances.values()) == pytest.approx(1.0, abs=1e-9)
    assert {(said.name, said.value) for said in found.statements} == {
        (NeedName.ACUITY, "2"),
        (NeedName.TELEMETRY, "yes"),
    }
    assert [HEART[said.start : said.end] for said in found.statements] == ["一级护理", "心电监护"]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["胸闷、心悸。", "乙肝肝硬化，腹水。", "咳嗽咳痰。", "\n", "否认糖尿病；", "癫痫"]), max_size=8
    )
)
def test_contributions_of_sentences_sum_to_the_log_odds(parts: list[str]) -> None:
    model = load_chinese()
    found = read_chinese(model, "".join(parts))
    assert found.contributions.shape == (len(found.sentences), len(model.departments))
    assert found.logits == pytest.approx(model.intercepts + found.contributions.sum(axis=0), abs=1e-9)


def test_a_sentence_brings_what_it_says() -> None:
    model = load_chinese()
    found = read_chinese(model, "胸闷、心悸。今天天气。")
    heart = model.departments.index("心血管科")
    assert found.contributions[0, heart] > abs(found.contributions[1, heart])


@pytest.mark.parametrize("text", [*STRANGE, "", "。。"])
def test_a_strange_text_has_no_specialty(text: str) -> None:
    assert read_chinese(load_chinese(), text).specialty == ""


def test_what_is_not_covered_is_known() -> None:
    assert read_chinese(load_chinese(), HEART).covered == COVERED
    assert {NeedName.SPECIALTY, NeedName.ISOLATION, NeedName.END_OF_LIFE} <= COVERED
    assert COVERED.isdisjoint({NeedName.INTERPRETER, NeedName.FEEDING, NeedName.READINESS, NeedName.BARIATRIC})


def test_the_shipped_model_is_small_plain_and_of_known_specialties() -> None:
    assert (SHIPPED / ARRAYS).stat().st_size + (SHIPPED / METADATA).stat().st_size < 2_000_000
    assert set(load_chinese().specialty_of.values()) <= set(SPECIALTIES)


def test_a_model_is_kept_to_within_a_127th_of_its_largest_weight(tmp_path: Path) -> None:
    model = replace(load_chinese(), least_chance=0.37)
    save_chinese(model, tmp_path, {"questions": 3})
    kept = load_chinese(tmp_path)
    load_chinese.cache_clear()
    assert (kept.departments, kept.least_chance) == (model.departments, 0.37)
    assert np.all(np.abs(kept.weights - model.weights) <= np.abs(model.weights).max(axis=0) / 127)


def test_a_model_without_n_grams_says_nothing() -> None:
    model = load_chinese()
    empty = replace(model, grams=model.grams[:0], idf=model.idf[:0], weights=model.weights[:0])
    assert read_chinese(empty, HEART).known_share == 0.0
    assert read_chinese(empty, HEART).specialty == ""


def test_hashes_fit_the_arrays() -> None:
    assert load_chinese().grams.dtype == np.uint32
    assert 0 <= gram_hash("心悸") < 1 << 32
    assert np.all(np.diff(load_chinese().grams.astype(np.int64)) > 0)
