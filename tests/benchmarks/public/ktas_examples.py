"""A folder with an invented KTAS set."""

from tests.needs.models.triage_examples import examples

HEADER = (
    "Group;Sex;Age;Patients number per hour;Arrival mode;Injury;Chief_complain;Mental;Pain;NRS_pain;SBP;DBP;HR;RR;BT;"
    "Saturation;KTAS_RN;Diagnosis in ED;Disposition;KTAS_expert"
)


def write_set(folder, count, seed):
    """Write `ktas/ktas.csv` of so many cases."""
    cases, levels = examples(count, seed)
    lines = []
    for place, (case, level) in enumerate(zip(cases, levels, strict=True)):
        told = f"1;1;{case.age:.0f};5;{3 - place % 2};1;{case.complaint};1;0;#BOÞ!"
        lines.append(f"{told};??;70;{case.pulse:.0f};18;36,5;;3;x;1;{level}")
    (folder / "ktas").mkdir(parents=True)
    (folder / "ktas" / "ktas.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return folder
