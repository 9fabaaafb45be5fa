from medalloc.domain.needs import NeedName
from medalloc.domain.people import Isolation
from medalloc.needs.layout import LAYOUT, N_OUTPUTS, Kind


def test_every_need_that_is_read_has_a_target() -> None:
    assert sorted(target.name for target in LAYOUT) == sorted(set(NeedName) - {NeedName.NEGATIVE_PRESSURE})


def test_columns_follow_one_another() -> None:
    edges = [(target.columns.start, target.columns.stop) for target in LAYOUT]
    assert [start for start, _ in edges] == [0, *(stop for _, stop in edges[:-1])]
    assert edges[-1][1] == N_OUTPUTS


def test_a_choice_has_a_column_for_each_value_and_steps_one_less() -> None:
    for target in LAYOUT:
        width = target.columns.stop - target.columns.start
        assert width == len(target.values) - (target.kind is Kind.ORDERED)


def test_isolation_values_are_those_of_the_domain() -> None:
    [isolation] = [target for target in LAYOUT if target.name is NeedName.ISOLATION]
    assert set(isolation.values) == set(Isolation)
