import pytest

from medalloc.needs.sections import Section, heading_of


@pytest.mark.parametrize(
    ("line", "section", "bare"),
    [
        ("PMH: COPD, AF", Section.HISTORY, False),
        ("PMHx COPD", Section.HISTORY, False),
        ("Family history", Section.FAMILY, True),
        ("# Plan:", Section.PLAN, True),
        ("Plan - home tomorrow", Section.PLAN, False),
        ("O/E: chest clear", Section.EXAMINATION, False),
        ("Planned discharge", None, False),
        ("Plan home tomorrow", None, False),
        ("", None, False),
    ],
)
def test_headings(line: str, section: Section | None, bare: bool) -> None:
    assert heading_of(line) == (section, bare)
