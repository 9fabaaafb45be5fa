from benchmarks.beds import main, seeds, true_needs


def test_seeds_are_a_number_or_a_range():
    assert (seeds("3"), seeds("2-5")) == ([3], [2, 3, 4, 5])


def test_the_table_has_a_checked_row_per_hospital(capsys):
    assert main(["--beds", "40", "--seeds", "3", "--gap", "0.05"]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert "bound" in head
    assert row.split()[:2] == ["40", "3"]
    assert row.endswith("ok")


def test_true_needs_bind():
    row = {"patient_id": "7", "specialty": "renal", "acuity": "2", "level": "hdu", "isolation": "contact"}
    row |= {"organism": "mrsa", "oxygen": "yes", "suction": "no", "telemetry": "", "ventilator": "no"}
    found = true_needs(row | {"dialysis": "yes", "bariatric": "no", "visible": "no"}).requirements
    assert (found.specialty, found.acuity, found.level, found.organism) == ("renal", 2, "hdu", "mrsa")
    assert found.features == {"oxygen", "dialysis"}
