from __future__ import annotations

from collections.abc import Iterator

import pytest

from medalloc.locale import LANGUAGES, gettext, language, ngettext, use_language


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language(lambda: "en")


def test_english_is_the_language_of_the_source() -> None:
    use_language(lambda: "en")
    assert gettext("Bed plan") == "Bed plan"


def test_chinese_stands_beside_it() -> None:
    use_language(lambda: "zh_Hans")
    assert gettext("Bed plan") == "床位方案"


@pytest.mark.parametrize("asked", ["fr", "", "zh_Hant", "../zh_Hans"])
def test_a_language_that_is_not_there_is_english(asked: str) -> None:
    use_language(lambda: asked)
    assert language() == "en"
    assert gettext("Bed plan") == "Bed plan"


def test_the_language_is_asked_at_each_call() -> None:
    languages = iter(["en", "zh_Hans", "en"])
    use_language(lambda: next(languages))
    assert [gettext("Undo") for _ in range(3)] == ["Undo", "撤销", "Undo"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_translated_as_nothing(code: str) -> None:
    """Gettext would answer with the head of the catalogue."""
    use_language(lambda: code)
    assert gettext("") == ""


def test_words_that_the_catalogue_lacks_stay_as_they_are() -> None:
    use_language(lambda: "zh_Hans")
    assert gettext("Ward 7 East") == "Ward 7 East"


@pytest.mark.parametrize(("count", "words"), [(1, "one bed"), (3, "three beds")])
def test_ngettext_follows_the_count(count: int, words: str) -> None:
    use_language(lambda: "en")
    assert ngettext("one bed", "three beds", count) == words
