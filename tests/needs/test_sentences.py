import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.needs.sections import Section
from medalloc.needs.sentences import MAX_CHARS, split_sentences


def quotes(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seen by Dr. Ames. Stable.", ["Seen by Dr. Ames.", "Stable."]),
        ("Temp 38.4. BP 102/61.", ["Temp 38.4.", "BP 102/61."]),
        ("pt settled. obs stable. on 2l nc.", ["pt settled.", "obs stable.", "on 2l nc."]),
        ("Plan: 1. IV fluids 2. bloods 3. physio", ["IV fluids", "bloods", "physio"]),
        ("1) wean O2\n2) home tomorrow", ["wean O2", "home tomorrow"]),
        ("- wean O2\n• chase swabs", ["wean O2", "chase swabs"]),
        ("Given 1 g i.v. b.d. for pain", ["Given 1 g i.v. b.d. for pain"]),
        ("Obs stable; on 4 L", ["Obs stable;", "on 4 L"]),
        ("Confused? Yes! Falls risk.", ["Confused?", "Yes!", "Falls risk."]),
        ("NEWS 7. 3 L O2 via mask.", ["NEWS 7.", "3 L O2 via mask."]),
        ("Approx. 3 h ago, e.g. at lunch.", ["Approx. 3 h ago, e.g. at lunch."]),
        ("Analgesia prn. Mobile with frame.", ["Analgesia prn.", "Mobile with frame."]),
        ("Weight 190 kg.\r\nNeeds bariatric bed.", ["Weight 190 kg.", "Needs bariatric bed."]),
        ("Wearing cannulae 2 L. Stable.", ["Wearing cannulae 2 L.", "Stable."]),
        ("Reviewed by Mr. J. Lee at 9 a.m. today.", ["Reviewed by Mr. J. Lee at 9 a.m. today."]),
        ("", []),
        (" \n\n \t", []),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


def test_a_line_wrapped_in_mid_sentence_is_joined() -> None:
    text = "Admitted from a nursing home with three days of productive cough and\nnow needs oxygen.\nStable."
    assert quotes(text) == [text[: text.index("\nStable")], "Stable."]


def test_a_long_run_without_stops_is_cut_at_white_space() -> None:
    pieces = quotes("word " * 300)
    assert len(pieces) > 3
    assert all(len(piece) <= MAX_CHARS and not piece.startswith("ord") for piece in pieces)


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("PMH: COPD, AF. Asthma.", [Section.HISTORY, Section.HISTORY]),
        ("Breathless. FHx: stroke. On 2 L.", [Section.BODY, Section.FAMILY, Section.BODY]),
        ("Family history\nMother MRSA\n\nStable now", [Section.FAMILY, Section.BODY]),
        ("Plan:\n- wean O2\n- chase swabs", [Section.PLAN, Section.PLAN]),
        ("PMH COPD, AF", [Section.HISTORY]),
        ("Background noise on the ward", [Section.BODY]),
    ],
)
def test_sections(text: str, sections: list[Section]) -> None:
    assert [sentence.section for sentence in split_sentences(text)] == sections


@given(st.text(alphabet=st.sampled_from("aB.;:! \n\r1)2-?é中,"), max_size=120))
def test_sentences_are_verbatim_and_in_order_without_overlap(text: str) -> None:
    last = 0
    for sentence in split_sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= last
        last = sentence.end


@given(st.text(max_size=300))
def test_nothing_readable_is_lost(text: str) -> None:
    kept = sum(mark.isalpha() for sentence in split_sentences(text) for mark in sentence.text)
    assert kept <= sum(mark.isalpha() for mark in text)
    if not any(mark in text for mark in ".;:!?()\n\r-*•>–1234567890\x0b\x0c\x1c\x1d\x1e\x85  ") and len(text) > 60:
        assert kept == sum(mark.isalpha() for mark in text)
