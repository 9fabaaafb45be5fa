from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medalloc.domain.review import User, UserRole
from medalloc.errors import DataError
from medalloc.optimise.beds import BedWeights
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_files import as_toml, file_or_set, read_toml
from medalloc.review.weight_sets import WeightSet, save_set
from medalloc.store import Store, open_store


def _file(folder: Path, text: str) -> Path:
    path = folder / "winter.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_set_comes_back_from_its_file(tmp_path: Path) -> None:
    limits = SetLimits(horizon_days=5, open_escalation=False, gap=0.00001, time_limit_s=45.5)
    winter = WeightSet("冬季", BedWeights(outlier=2.25, breach=1e6), limits, version=3)
    found = read_toml(_file(tmp_path, as_toml(winter)))
    assert found == WeightSet("winter.toml", winter.weights, limits)


def test_what_a_file_leaves_out_is_as_by_default(tmp_path: Path) -> None:
    found = read_toml(_file(tmp_path, "[weights]\noutlier = 2\n"))
    assert found == WeightSet("winter.toml", BedWeights(outlier=2.0), SetLimits())


def test_every_fault_of_a_file_is_told_on_one_line(tmp_path: Path) -> None:
    path = _file(tmp_path, "outlier = 2\n[weights]\noutliers = 2\nwaiting = -1\n[limits]\nhorizon_days = 0\n")
    with pytest.raises(DataError) as refused:
        read_toml(path)
    told = str(refused.value)
    assert told.startswith("winter.toml: there is no table outlier; there are: weights, limits; ")
    assert "there is no weight outliers" in told
    assert "the weight waiting must be a number from 0 to 1,000,000, not -1" in told
    assert "the limit horizon_days must be a whole number from 1 to 14, not 0" in told
    assert "\n" not in told


@pytest.mark.parametrize("text", ["[weights", "[weights]\noutlier = 1,5\n"])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match=r"winter\.toml: is no TOML file"):
        read_toml(_file(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        read_toml(tmp_path / "none.toml")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}") as opened:
        save_set(opened, WeightSet("winter", BedWeights(outlier=3.5)), saw=0, user=User("Pia", UserRole.PLANNER))
        yield opened


def test_a_file_is_meant_where_there_is_one_or_the_name_ends_like_one(store: Store, tmp_path: Path) -> None:
    path = _file(tmp_path, "[weights]\noutlier = 2\n")
    plain = path.rename(tmp_path / "weights")
    assert file_or_set(store, str(plain)).weights.outlier == 2.0
    assert file_or_set(store, "winter").weights.outlier == 3.5
    with pytest.raises(DataError, match="No such file"):
        file_or_set(store, "winter.toml")
