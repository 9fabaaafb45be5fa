from __future__ import annotations

from medalloc.domain.needs import Binding, Need, NeedName, NeedSource
from medalloc.ui.views import drafts


def _need(name: NeedName, value: str, other: str = "", candidates: tuple[str, ...] = ()) -> Need:
    return Need(name, value, 0.6, NeedSource.NOTE, Binding.SOFT, other=other, candidates=candidates)


def test_what_the_other_source_says_comes_first_then_what_cannot_be_ruled_out() -> None:
    found = drafts.values(_need(NeedName.COGNITION, "dementia", candidates=("delirium", "dementia", "intact")))
    assert found == ["delirium", "intact"]
    assert drafts.values(_need(NeedName.LEVEL, "icu", other="ward", candidates=("hdu",))) == ["ward", "hdu"]


def test_what_removing_gives_is_no_change() -> None:
    assert drafts.values(_need(NeedName.OXYGEN, "yes")) == []
    assert drafts.removable(_need(NeedName.OXYGEN, "yes"))
    assert "none" not in drafts.values(_need(NeedName.ISOLATION, "contact"))


def test_what_everybody_has_is_changed_not_removed() -> None:
    for name, value in ((NeedName.LEVEL, "hdu"), (NeedName.MOBILITY, "two"), (NeedName.SPECIALTY, "renal")):
        assert not drafts.removable(_need(name, value))
    assert "ward" in drafts.values(_need(NeedName.LEVEL, "hdu"))


def test_a_need_shown_as_absent_can_be_changed_to_present() -> None:
    assert drafts.values(_need(NeedName.FALLS, "no")) == ["yes"]
