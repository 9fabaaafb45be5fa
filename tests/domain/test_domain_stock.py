import pytest

from medalloc.domain.stock import Drug, Lot, Storage, Substitute, Ven


@pytest.mark.parametrize(
    ("words", "wanted"), [(Ven, ["V", "E", "N"]), (Storage, ["ambient", "cold", "frozen", "controlled"])]
)
def test_words_of_the_data_folder(words, wanted):
    assert list(words) == wanted


def test_drug_of_which_only_the_id_is_known():
    drug = Drug("0012")
    assert (drug.ven, drug.pack_size, drug.min_order, drug.lead_time_days) == (Ven.ESSENTIAL, 1, 0, None)


def test_lot_without_a_date_does_not_expire():
    assert Lot("0012", "L1", 35).expires is None


def test_substitute_needs_approval_unless_said_otherwise():
    assert Substitute("0012", "0034").needs_approval is True
