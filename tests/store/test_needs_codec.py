from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.needs import Basis, Binding, Confirm, Evidence, Need, NeedName, Needs, NeedSource
from medalloc.domain.requirements import CareHours, StayDays
from medalloc.store.needs_codec import dump_needs, load_needs

texts = st.text(max_size=12)
pieces = st.builds(Evidence, texts, st.integers(0, 9_000), st.integers(0, 9_000), texts, st.floats(allow_nan=False))
listed = st.lists(
    st.builds(
        Need,
        name=st.sampled_from(NeedName),
        value=texts,
        probability=st.floats(0, 1),
        source=st.sampled_from(NeedSource),
        binding=st.sampled_from(Binding),
        abstained=st.booleans(),
        confirm=st.none() | st.sampled_from(Confirm),
        other=texts,
        evidence=st.lists(pieces, max_size=3).map(tuple),
        basis=st.sampled_from(Basis),
        candidates=st.lists(texts, max_size=3).map(tuple),
    ),
    unique_by=lambda need: need.name,
    max_size=5,
)
days = st.floats(0, 90)
needs = st.builds(
    lambda patient_id, found, *rest: Needs(patient_id, {need.name: need for need in found}, *rest),
    texts,
    listed,
    st.none() | st.integers(0, 20),
    st.none() | st.builds(StayDays, days, days, days),
    st.none() | st.builds(CareHours, days, days),
)


@given(needs)
def test_needs_come_back_as_they_were(found: Needs) -> None:
    again = load_needs(dump_needs(found))
    assert again == found
    assert list(again.by_name) == list(found.by_name)


@given(needs)
def test_enums_come_back_as_enums(found: Needs) -> None:
    for need in load_needs(dump_needs(found)).by_name.values():
        assert isinstance(need.binding, Binding)
        assert isinstance(need.source, NeedSource)
        assert isinstance(need.basis, Basis)
        assert need.confirm is None or isinstance(need.confirm, Confirm)


def test_text_is_ascii_so_that_every_database_takes_it() -> None:
    piece = Evidence("n1", 0, 3, "呼吸\x00\ud800")
    need = Need(NeedName.OXYGEN, "yes", 0.9, NeedSource.NOTE, Binding.SOFT, evidence=(piece,))
    text = dump_needs(Needs("007", {NeedName.OXYGEN: need}))
    assert text.isascii()
    assert load_needs(text).by_name[NeedName.OXYGEN].evidence == (piece,)
