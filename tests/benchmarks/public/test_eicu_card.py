"""The card of organ support."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.public import eicu_card
from benchmarks.public.eicu_data import read_eicu
from tests.benchmarks.public.eicu_tables import write_many_stays


def test_the_card_holds_areas_intervals_and_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eicu_card, "DRAWS", 20)
    write_many_stays(tmp_path, 90, first_hospital=100)
    stays = read_eicu(tmp_path)
    chances = np.column_stack([np.linspace(0.1, 0.9, 90)] * 4)
    chances[:, 0] = 0.2 + 0.6 * stays.cases.outcomes["ventilated"]  # type: ignore[index]
    eicu_card.write_card(tmp_path / "card.md", {"stays": 90, "hospitals": 6}, stays, chances)
    text = (tmp_path / "card.md").read_text(encoding="utf-8")
    with_it = stays.cases.outcomes["ventilated"].sum()  # type: ignore[index]
    assert f"| all | 90 | 1.000 (1.000–1.000), {with_it} with |" in text
    assert "| women | 0 | too few |" in text
    assert "ODbL" in text
    assert "| ventilated | 0.200 / 0.000 |" in text
