from __future__ import annotations

import pytest

from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError
from medalloc.review.permissions import Permission, may, permissions_of, require

P, R = Permission, UserRole

GRANTED = {
    R.VIEWER: {P.VIEW},
    R.BED_MANAGER: {P.VIEW, P.SEE_NAMES, P.LOAD_DATA, P.PLAN_BEDS, P.DECIDE_BEDS, P.CORRECT_NEEDS, P.EXPORT}
    | {P.PUBLISH_PLAN},
    R.CLINICIAN: {P.VIEW, P.SEE_NAMES, P.CORRECT_NEEDS, P.EXPORT},
    R.ROSTER_PLANNER: {P.VIEW, P.EXPORT},
    R.PHARMACIST: {P.VIEW, P.SEE_NAMES, P.EXPORT},
    R.PLANNER: {P.VIEW, P.EXPORT, P.EDIT_SETTINGS},
    R.AUDITOR: {P.VIEW, P.EXPORT, P.READ_AUDIT},
    R.ADMIN: {P.VIEW, P.SEE_NAMES, P.LOAD_DATA, P.PLAN_BEDS, P.DECIDE_BEDS, P.CORRECT_NEEDS, P.EDIT_SETTINGS}
    | {P.EXPORT, P.READ_AUDIT, P.PUBLISH_PLAN},
}


@pytest.mark.parametrize("role", UserRole)
@pytest.mark.parametrize("permission", Permission)
def test_role_may_do_what_it_was_granted_and_nothing_else(role: UserRole, permission: Permission) -> None:
    assert may(User("Kim", role), permission) is (permission in GRANTED[role])


@pytest.mark.parametrize("role", UserRole)
def test_permissions_of_a_role_are_those_it_was_granted(role: UserRole) -> None:
    assert permissions_of(role) == GRANTED[role]


def test_refusal_names_the_role_and_what_it_may_not_do() -> None:
    with pytest.raises(AccessError, match=r"planner.*decide_beds"):
        require(User("Kim", UserRole.PLANNER), Permission.DECIDE_BEDS)


def test_what_is_granted_goes_through() -> None:
    assert require(User("Kim", UserRole.AUDITOR), Permission.READ_AUDIT) is None
