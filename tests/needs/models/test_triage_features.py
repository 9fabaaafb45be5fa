import numpy as np
import pytest

from medalloc.domain.people import Consciousness, Sex
from medalloc.needs.models.triage_features import COLUMNS, N_NUMBERS, PARTS, TriageCase, triage_numbers


def named(part, **known):
    case = TriageCase(**{"complaint": "arm pain", **known})
    names = PARTS[part](case, case.complaint)
    return dict(zip(names, triage_numbers([case])[0, COLUMNS[part]], strict=True))


def test_columns_cover_every_number_once():
    covered = np.concatenate([np.arange(N_NUMBERS)[columns] for columns in COLUMNS.values()])
    assert covered.tolist() == list(range(N_NUMBERS))


def test_unknown_is_nan_except_for_text_saturation_and_points():
    row = triage_numbers([TriageCase("fever")])[0]
    assert not np.isnan(row[COLUMNS["text"]]).any()
    assert not row[COLUMNS["spo2"]].any()
    assert np.isnan(row[COLUMNS["age"]]).all()
    assert row[COLUMNS["news2"]] == [0.0]


@pytest.mark.parametrize(("spo2", "lack"), [(None, 0), (99, 0), (96, 0), (93, 3), (88, 8)])
def test_saturation_counts_what_is_lacking(spo2, lack):
    assert named("spo2", spo2=spo2)["spo2_lack"] == lack


def test_pain_counts_by_where_it_is():
    assert named("pain", pain_score=5)["peripheral_more"] == 1
    assert named("pain", pain_score=5, complaint="abd pain")["central_moderate"] == 1
    assert named("pain", pain_score=8, complaint="abd pain")["central_severe"] == 1
    assert named("pain", pain_score=0)["in_pain"] == 0


def test_news2_sums_the_points_of_what_was_measured():
    found = named("news2", resp_rate=26, pulse=118, temperature=39.4, consciousness=Consciousness.VOICE)
    assert found == {"news2": 3 + 2 + 2 + 3}


def test_shock_index_needs_both():
    assert named("pulse", pulse=120, systolic_bp=80)["shock_index"] == 1.5
    assert np.isnan(named("pulse", pulse=120)["shock_index"])


@pytest.mark.parametrize(("sex", "male"), [(Sex.MALE, 1), (Sex.FEMALE, 0)])
def test_sex(sex, male):
    assert named("sex", sex=sex)["male"] == male
