import pytest

from medalloc.needs.models.complaints import GROUPS, UNGROUPED_LEVEL, groups_of, spelt_out, usual_level


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Rt. side motor weakness", "right side motor weakness"),
        ("c/o SOB", "shortness of breath"),
        ("FB in eye", "foreign body in eye"),
        ("BST 412", "blood sugar"),
        ("??? ??", "unknown"),
        ("", "unknown"),
    ],
)
def test_complaints_are_spelt_out(said, expected):
    assert spelt_out(said) == expected


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("anterior chest pain", {"chest"}),
        ("pain, chest wall", {"chest_wall"}),
        ("head injury", {"injury"}),
        ("headache", {"head"}),
        ("mental change", {"mental_state"}),
        ("PEG tube change", {"errand"}),
        ("finger lac.", {"limb", "wound"}),
        ("something else", set()),
    ],
)
def test_complaints_have_their_groups(said, names):
    assert {group.name for group in groups_of(spelt_out(said))} == names


def test_the_most_urgent_group_decides():
    assert usual_level(groups_of("fever and drowsy")) == 2
    assert usual_level(()) == UNGROUPED_LEVEL


def test_groups_are_told_apart_and_within_the_scale():
    assert len({group.name for group in GROUPS}) == len(GROUPS)
    assert all(1 <= group.level <= 5 for group in GROUPS)
