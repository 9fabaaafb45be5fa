from pathlib import Path

import pytest

from benchmarks.fit_needs import VectorFile, fit, read_labelled
from medalloc.domain.needs import NeedName
from medalloc.needs.encoder import HashEncoder
from medalloc.needs.train import Ridge
from tests.tiny import FILES

TRUTH = """patient_id,specialty,acuity,level,isolation,organism,oxygen,suction,telemetry,ventilator,dialysis,bariatric,visible
007,respiratory,3,ward,none,,yes,no,no,no,no,no,no
NA,infectious_diseases,3,ward,airborne,M. tuberculosis,no,no,no,no,no,no,no
P3,critical_care,1,icu,none,,yes,yes,yes,yes,no,no,no
P4,geriatrics,4,ward,none,,no,no,no,no,no,no,yes
P5,paediatrics,4,ward,none,,no,no,no,no,no,no,no
P6,general_medicine,5,ward,none,,no,no,no,no,no,no,no
"""  # noqa: E501


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content.lstrip("\n"), encoding="utf-8")
    (tmp_path / "truth.csv").write_text(TRUTH, encoding="utf-8")
    return tmp_path


def test_folders_become_one_corpus_with_labels(folder: Path) -> None:
    found = read_labelled([folder, folder], HashEncoder(4))
    assert len(found.corpus.patient_ids) == 12
    assert found.values[NeedName.LEVEL][2::6] == ["icu", "icu"]
    assert found.facts.vitals[:, -1].sum() == 4


def test_a_fit_gives_every_head(folder: Path) -> None:
    heads = fit([folder] * 4, HashEncoder(4), frozenset({"zebra"}), Ridge(iterations=3))
    assert set(heads.by_name) == set(NeedName) - {NeedName.NEGATIVE_PRESSURE}
    assert "zebra" in heads.known
    assert "confused" in heads.known


def test_vectors_are_kept_between_runs(tmp_path: Path) -> None:
    VectorFile(tmp_path / "v.sqlite3").put_many({f"k{place}": bytes([place]) for place in range(9)})
    found = VectorFile(tmp_path / "v.sqlite3").get_many([f"k{place}" for place in range(3, 600)])
    assert found == {f"k{place}": bytes([place]) for place in range(3, 9)}
