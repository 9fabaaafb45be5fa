import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest

from benchmarks.public.zh import (
    FEWEST,
    Guesses,
    figures,
    folds,
    measure,
    near_duplicates,
    read_questions,
    reliability,
)

TOPICS = {"心血管科": "胸闷心悸房颤高血压", "肝病科": "乙肝肝硬化腹水黄疸", "呼吸科": "咳嗽咳痰哮喘气促"}


def write(folder: Path, per_department: int, seed: int, packed: bool = True) -> Path:
    chooser = np.random.default_rng(seed)
    text = io.StringIO()
    table = csv.DictWriter(text, ["department", "title", "ask", "answer"])
    table.writeheader()
    for department, marks in TOPICS.items():
        for place in range(per_department):
            said = "".join(chooser.choice(list(marks), 12))
            table.writerow({"department": department, "title": said[:4], "ask": f"{said}{place}", "answer": "多喝水"})
    raw = text.getvalue().encode()
    folder.mkdir()
    if packed:
        (folder / "questions.csv.gz").write_bytes(gzip.compress(raw))
    else:
        (folder / "questions.csv").write_bytes(raw)
    return folder


def test_questions_are_taken_once_and_without_answers(tmp_path: Path) -> None:
    folder = tmp_path / "zh"
    folder.mkdir()
    rows = [
        "department,title,ask,answer",
        "呼吸科,咳嗽？,咳了三天,多喝水",
        "呼吸科,咳嗽,咳了三天。,休息",
        "肝病科,乙肝,怎么办,药",
    ]
    (folder / "questions.csv").write_text("\n".join(rows), encoding="utf-8-sig")
    found = read_questions(folder)
    assert found.texts == ("咳嗽？\n咳嗽？\n咳了三天", "乙肝\n乙肝\n怎么办")
    assert found.departments.tolist() == ["呼吸科", "肝病科"]


def test_near_duplicates_share_a_group() -> None:
    groups = near_duplicates(["高血压怎么治疗好", "高血压怎么治疗好呢", "乙肝会传染吗", "好"])
    assert groups[0] == groups[1]
    assert len(set(groups.tolist())) == 3


def test_measures_of_guesses() -> None:
    truth = np.asarray(["a", "a", "a", "b", "c"])
    chances = np.asarray([[0.9, 0.1, 0.0]] * 2 + [[0.2, 0.8, 0.0]] * 2 + [[0.7, 0.2, 0.1]])
    guesses = Guesses(("a", "b", "c"), truth, chances, ("a", "b"))
    found = figures(guesses)
    assert found["accuracy"] == pytest.approx(3 / 5)
    assert found["macro_f1"] == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert found["macro_f1_all"] == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert found["ece"] == pytest.approx(0.1 * 0.4 + 0.3 * 0.4 + 0.7 * 0.2)
    assert [share for _, _, share in reliability(guesses)] == pytest.approx([0.2, 0.4, 0.4])


def test_departments_that_differ_are_told_apart(tmp_path: Path) -> None:
    data, other = write(tmp_path / "one", FEWEST + 3, 1), write(tmp_path / "two", 9, 2, packed=False)
    within, across = measure(data), measure(data, other)
    assert set(within) == set(across) == {"macro_f1", "macro_f1_all", "accuracy", "ece", "n"}
    assert (within["n"], across["n"]) == (3.0 * (FEWEST + 3), 27.0)
    assert within["macro_f1"] > 0.9 < across["macro_f1"]


def test_a_group_stays_in_one_fold(tmp_path: Path) -> None:
    questions = read_questions(write(tmp_path / "one", 12, 3))
    for train, test in folds(questions):
        assert set(questions.groups[train]).isdisjoint(questions.groups[test])
