from random import Random

from sample_data.simulate.notes.style import Hand, lay_out


def test_a_numbered_plan_follows_the_findings() -> None:
    text = lay_out(["afebrile", "chest clear", "home"], 2, Hand("numbers", capitals=False), Random(11))
    assert text == "afebrile. chest clear\n1) home"


def test_capitals_are_a_matter_of_the_hand() -> None:
    assert lay_out(["afebrile", "eating"], 2, Hand("lines", capitals=True), Random(11)) == "Afebrile\nEating"


def test_slips_of_the_pen_are_seldom() -> None:
    slips = sum(
        lay_out(["diarrhoea since Monday"], 1, Hand("lines", capitals=False), Random(seed)) != "diarrhoea since Monday"
        for seed in range(400)
    )
    assert 12 < slips < 80
