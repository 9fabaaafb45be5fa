"""The card of the stay model."""

from pathlib import Path

from benchmarks.stay_card import write_card


def test_the_card_holds_what_was_measured(tmp_path: Path) -> None:
    row = {"patients": 670.0, "mae": 1.5, "mae_baseline": 3.4, "coverage": 0.801, "below": 0.09, "above": 0.109}
    described = {
        "patients": 3350,
        "folders": ["301", "302"],
        "left_out_in_turn": {"with": {"mae": 1.47, "coverage": 0.8}, "without": {"mae": 2.61, "coverage": 0.79}},
    }
    write_card(tmp_path / "new" / "card.md", described, {"all": row | {"width": 5.6}}, ["951"])
    text = (tmp_path / "new" / "card.md").read_text(encoding="utf-8")
    assert "| all | 670 | 1.50 | 3.40 | 0.801 | 0.090 | 0.109 | 5.6 |" in text
    assert "error 1.47 days with it,\n2.61 with it withheld" in text
    assert "2 hospitals (301, 302)" in text
