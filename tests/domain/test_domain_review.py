from medalloc.domain.review import RejectReason, User, UserRole, Verdict


def test_words_that_are_stored():
    assert list(Verdict) == ["accept", "reject", "lock"]
    assert list(RejectReason) == ["not_this_bed", "not_this_ward", "do_not_move"]
    assert len(UserRole) == 8


def test_user_is_a_name_in_a_role():
    assert User("ada", UserRole.BED_MANAGER) != User("ada", UserRole.VIEWER)
