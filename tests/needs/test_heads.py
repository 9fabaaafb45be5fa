import json
from pathlib import Path

import numpy as np
import pytest

from medalloc.domain.needs import NeedName
from medalloc.needs.corpus import gather
from medalloc.needs.heads import ARRAYS, METADATA, SHIPPED, Head, load_heads, model_of, save_heads
from medalloc.needs.layout import LAYOUT, Kind
from tests.needs.small import ENCODER, heads, hospital, note, patient


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save_heads(heads(), tmp_path, {"version": "7"})
    found = load_heads(tmp_path)
    corpus = gather(hospital([patient("a")], [note("a", "Wearing nasal cannulae 2 L.")]), ENCODER)
    assert found.score(corpus, ENCODER.name) == pytest.approx(heads().score(corpus, ENCODER.name), abs=0.2)
    assert found.by_name.keys() == heads().by_name.keys()
    assert json.loads((tmp_path / METADATA).read_text())["version"] == "7"


def test_the_shipped_heads_fit_the_layout_and_are_small() -> None:
    found = load_heads()
    assert set(found.by_name) == {target.name for target in LAYOUT} == set(NeedName)
    assert all(found.by_name[target.name].values == target.values for target in LAYOUT)
    assert (SHIPPED / ARRAYS).stat().st_size < 3_000_000


def test_the_shipped_arrays_are_plain() -> None:
    with np.load(SHIPPED / ARRAYS, allow_pickle=False) as arrays:
        assert all(array.dtype.kind in "fiu" for array in arrays.values())


def test_ordered_values_never_have_a_negative_probability() -> None:
    crossing = Head(Kind.ORDERED, ("ward", "hdu", "icu"), slice(0, 2), np.eye(2), np.array([-1.0, 2.0]))
    [chances] = crossing.probabilities(np.array([[0.0, 0.0]]), np.zeros((1, 0)))
    assert chances.tolist() == pytest.approx([0.731, 0.0, 0.269], abs=1e-3)


def test_one_of_several_is_a_soft_max() -> None:
    head = Head(Kind.CHOICE, ("a", "b", "c"), slice(0, 3), np.eye(3), np.zeros(3))
    [chances] = head.probabilities(np.array([[0.0, np.log(3.0), 0.0]]), np.zeros((1, 0)))
    assert chances.tolist() == pytest.approx([0.2, 0.6, 0.2])


def test_the_number_type_is_no_part_of_the_model() -> None:
    assert model_of("53aa:bfloat16") == model_of("53aa:float32") == "53aa"
