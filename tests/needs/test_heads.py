import json
from pathlib import Path

import numpy as np
import pytest

from medalloc.domain.needs import NeedName
from medalloc.needs.corpus import gather
from medalloc.needs.heads import ARRAYS, METADATA, SHIPPED, load_heads, model_of, save_heads
from medalloc.needs.layout import LAYOUT
from tests.needs.small import ENCODER, heads, hospital, note, patient


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save_heads(heads(), tmp_path, {"made_of": "7"})
    found = load_heads(tmp_path)
    corpus = gather(hospital([patient("a")], [note("a", "Wearing nasal cannulae 2 L.")]), ENCODER)
    assert found.score(corpus, ENCODER.name) == pytest.approx(heads().score(corpus, ENCODER.name), abs=0.2)
    assert found.by_name.keys() == heads().by_name.keys()
    assert found.cuts == dict(heads().cuts)
    assert json.loads((tmp_path / METADATA).read_text())["made_of"] == "7"


def test_the_shipped_heads_fit_the_layout_and_are_small() -> None:
    found = load_heads()
    assert set(found.by_name) == {target.name for target in LAYOUT} == set(NeedName) - {NeedName.NEGATIVE_PRESSURE}
    assert all(found.by_name[target.name].values == target.values for target in LAYOUT)
    assert (SHIPPED / ARRAYS).stat().st_size < 3_000_000


def test_the_shipped_arrays_are_plain() -> None:
    with np.load(SHIPPED / ARRAYS, allow_pickle=False) as arrays:
        assert all(array.dtype.kind in "fiubU" for array in arrays.values())


def test_the_number_type_is_no_part_of_the_model() -> None:
    assert model_of("53aa:bfloat16") == model_of("53aa:float32") == "53aa"
