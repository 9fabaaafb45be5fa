from pathlib import Path

from benchmarks.needs_card import write_card


def test_the_card_holds_data_and_measures(tmp_path: Path) -> None:
    row = {"precision": 0.875, "recall": 0.5, "f1": 0.636, "support": 7, "hard": 3, "hard_precision": 1.0}
    measured = {"needs": {"oxygen": row}, "acuity_qwk": 0.8125, "to_confirm": {}}
    described = {
        "patients": 670,
        "folders": ["s201", "s202"],
        "support": {"oxygen": {"no": 600, "yes": 70}},
        "ridge": {"grams": 0.3},
        "iterations": 60,
    }
    write_card(tmp_path / "docs" / "card.md", described, {"notes": measured, "as_recorded": measured}, ["s777"])
    text = (tmp_path / "docs" / "card.md").read_text()
    assert "670 patients in 2 hospitals (s201, s202)" in text
    assert "| oxygen | no 600, yes 70 |" in text
    assert "| oxygen | 0.875 | 0.500 | 0.636 | 7 | 3 | 1.000 |" in text
    assert "| acuity_qwk | 0.812 |" in text
    assert "s777" in text
