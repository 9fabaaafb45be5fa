from hypothesis import given
from hypothesis import strategies as st

from medalloc.ui.highlight import Mark, marked_html


def test_marks_the_piece_and_names_what_it_proves() -> None:
    html = marked_html("Sats 86 on air. 2L via NC.", [Mark(16, 26, "oxygen")])
    assert html == 'Sats 86 on air. <mark title="oxygen">2L via NC.<sup>oxygen</sup></mark>'


def test_what_proves_the_need_looked_at_is_marked_more_strongly() -> None:
    html = marked_html("abcdefgh", [Mark(0, 2, "level"), Mark(4, 6, "oxygen", strong=True)])
    assert '<mark title="level">' in html
    assert '<mark class="now" title="oxygen">ef' in html


def test_markup_in_a_note_stays_text() -> None:
    html = marked_html("<script>x</script> & co", [Mark(0, 8, 'a"b')])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert 'title="a&quot;b"' in html


def test_overlapping_marks_are_joined_with_both_labels() -> None:
    html = marked_html("abcdefgh", [Mark(1, 4, "level"), Mark(3, 6, "oxygen"), Mark(3, 5, "oxygen")])
    assert html == 'a<mark title="level, oxygen">bcdef<sup>level, oxygen</sup></mark>gh'


def test_line_breaks_are_kept() -> None:
    assert marked_html("a\nb", []) == "a<br>b"


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_no_letter_is_lost(text: str, pairs: list[tuple[int, int]]) -> None:
    import re
    from html import unescape

    html = marked_html(text, [Mark(start, end, "x") for start, end in pairs])
    plain = re.sub(r"<sup>x</sup>|<mark title=\"x\">|</mark>", "", html)
    assert unescape(plain.replace("<br>", "\n")) == text
