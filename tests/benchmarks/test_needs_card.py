from pathlib import Path

from benchmarks.needs_card import table, write_card

ROW = {
    "precision": 0.875,
    "recall": 0.5,
    "f1": 0.636,
    "f1_low": 0.51,
    "f1_high": 0.74,
    "support": 7,
    "abstained_share": 0.02,
    "decided_accuracy": 0.98,
    "ece": 0.013,
    "hard": 3,
    "hard_precision": None,
    "reliability": [[0.91, 0.84, 57]],
    "groups": {"sex": {"female": [0.7, 31, 0.61, 0.83], "male": [None, 40, None, None]}},
}


def test_the_card_holds_data_and_measures(tmp_path: Path) -> None:
    measured = {"needs": {"oxygen": ROW}, "overall": {"acuity_qwk": 0.8125}, "to_confirm": {}}
    described = {
        "patients": 670,
        "folders": ["s201", "s202"],
        "support": {"oxygen": {"no": 600, "yes": 70}},
        "cuts": {"oxygen": {"hard": 0.9, "soft": 0.55, "near": 0.2, "kept": 0.1}},
        "ridge": {"grams": 0.3},
        "iterations": 60,
    }
    write_card(tmp_path / "docs" / "card.md", described, {"notes": measured, "as_recorded": measured}, ["s777"])
    text = (tmp_path / "docs" / "card.md").read_text()
    assert "670 patients in 2 hospitals (s201, s202)" in text
    assert "| oxygen | no 600, yes 70 |" in text
    assert "| oxygen | 0.90 | 0.55 | 0.20 | 0.10 |" in text
    assert "| oxygen | 0.875 | 0.500 | 0.636 (0.510–0.740) | 7 | 0.020 | 0.980 | 0.013 | 3 | – |" in text
    assert "| acuity_qwk | 0.812 |" in text
    assert "| oxygen | 0.70 (0.61–0.83; 31) | – (40) |" in text
    assert "| oxygen | 0.91 → 0.84 (57) |" in text
    assert "s777" in text


def test_a_table() -> None:
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
