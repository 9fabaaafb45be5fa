from functools import partial

import numpy as np
import pytest

from benchmarks.public import zh_card
from benchmarks.public.zh import Guesses
from benchmarks.public.zh_card import Doubt, card_text, intervals


def test_the_card_names_every_department_and_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zh_card, "intervals", partial(intervals, draws=20))
    truth = np.asarray(["呼吸科"] * 4 + ["肝病科"] * 3)
    chances = np.asarray([[0.9, 0.1]] * 4 + [[0.2, 0.8]] * 3)
    guesses = Guesses(("呼吸科", "肝病科"), truth, chances, ("呼吸科", "肝病科"))
    text = card_text(guesses, Doubt(0.94, 0.99, (("renal", 34, 0.03),)))
    assert "| 呼吸科 | respiratory | 4 | 1.000 | 1.000 | 1.000 |" in text
    assert "| renal | 34 | 0.03 |" in text
    assert intervals(guesses, draws=20)["accuracy"] == (1.0, 1.0)
