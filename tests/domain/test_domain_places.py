from dataclasses import FrozenInstanceError

import pytest

from medalloc.domain.places import FEATURES, SPECIALTIES, Bed, BedStatus, Level, SexRule, Ward


def test_levels_rank_from_ward_to_intensive_care():
    assert sorted(Level, key=lambda level: level.rank, reverse=True) == [Level.ICU, Level.HDU, Level.WARD]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (Level, ["ward", "hdu", "icu"]),
        (SexRule, ["same_bay", "female", "male", "mixed"]),
        (BedStatus, ["available", "occupied", "cleaning", "reserved", "closed"]),
    ],
)
def test_words_of_the_data_folder(words, wanted):
    assert list(words) == wanted


def test_vocabularies_hold_each_word_once():
    assert len(SPECIALTIES) == len(set(SPECIALTIES)) == 22
    assert len(FEATURES) == 10
    assert all(word == word.lower() and " " not in word for word in [*SPECIALTIES, *FEATURES])


def test_ward_takes_anybody_unless_it_says_otherwise():
    ward = Ward("W1")
    assert (ward.specialties, ward.level, ward.min_age, ward.max_age, ward.open) == (
        (),
        Level.WARD,
        0,
        130,
        True,
    )


def test_bed_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Bed("01", "W1", "A").status = BedStatus.CLOSED  # type: ignore[misc]
