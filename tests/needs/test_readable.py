import pytest

from medalloc.needs.readable import KnownWords, foreign_share

KNOWN = KnownWords.of("patient needs oxygen via nasal cannula today remains on the ward".split())


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("needs oxygen", 0.0),
        ("café 7", 0.0),
        ("患者需要吸氧", 1.0),
        ("CT 正常", 0.5),
        ("", 0.0),
        ("38.4 / 97 %", 0.0),
    ],
)
def test_share_of_another_script(text: str, share: float) -> None:
    assert foreign_share(text) == share


def test_every_known_word_is_known() -> None:
    assert all(word in KNOWN for word in ["patient", "oxygen", "ward"])


def test_a_readable_note_has_known_words() -> None:
    assert KNOWN.share("the patient needs oxygen".split()) == 1.0


def test_a_note_in_another_language_has_few() -> None:
    assert KNOWN.share("pacjent wymaga tlenu przez maske dzisiaj rano".split()) < 0.4


def test_too_few_words_do_not_tell() -> None:
    assert KNOWN.share(["dzisiaj", "7", "rano"]) == 1.0
