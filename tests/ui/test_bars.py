from medalloc.domain.needs import Evidence
from medalloc.ui.bars import evidence_html, range_html


def test_the_bar_runs_from_low_to_high_with_a_tick_between() -> None:
    html = range_html(1, 2, 5, scale=10)
    assert "left:10.0%;width:40.0%" in html
    assert '<u style="left:20.0%">' in html


def test_a_range_beyond_the_scale_ends_with_it() -> None:
    assert "left:50.0%;width:50.0%" in range_html(5, 8, 40, scale=10)


def test_the_weightiest_sentence_stands_first_and_markup_stays_text() -> None:
    pieces = (Evidence("n", 0, 4, "weak", 0.5), Evidence("n", 5, 9, "<b>strong", 2.0))
    html = evidence_html(pieces)
    assert html.index("&lt;b&gt;strong") < html.index("weak")
    assert "+2.0" in html
    assert "width:25%" in html


def test_a_sentence_against_it_is_marked_as_such() -> None:
    html = evidence_html((Evidence("n", 0, 4, "no", -1.5), Evidence("n", 5, 9, "yes", 3.0)))
    assert '<span>-1.5</span><b class="against" style="width:50%">' in html


def test_what_a_rule_found_has_no_weight() -> None:
    assert "<span></span>" in evidence_html((Evidence("n", 0, 4, "2 L via NC", 0.0),))
