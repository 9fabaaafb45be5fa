"""What each role may do."""

from __future__ import annotations

from enum import StrEnum

from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError


class Permission(StrEnum):
    """Something that not everybody may do."""

    VIEW = "view"
    SEE_NAMES = "see_names"
    """Full names of patients; others see initials and the id."""
    LOAD_DATA = "load_data"
    PLAN_BEDS = "plan_beds"
    DECIDE_BEDS = "decide_beds"
    PUBLISH_PLAN = "publish_plan"
    """Give a bed plan out, or take it back."""
    CORRECT_NEEDS = "correct_needs"
    EDIT_SETTINGS = "edit_settings"
    """Tables and weights that results are calculated from, and which heads read the notes."""
    EXPORT = "export"
    READ_AUDIT = "read_audit"


_OF_ROLE: dict[UserRole, frozenset[Permission]] = {
    UserRole.VIEWER: frozenset({Permission.VIEW}),
    UserRole.BED_MANAGER: frozenset(Permission) - {Permission.READ_AUDIT, Permission.EDIT_SETTINGS},
    UserRole.CLINICIAN: frozenset({Permission.VIEW, Permission.SEE_NAMES, Permission.CORRECT_NEEDS, Permission.EXPORT}),
    UserRole.ROSTER_PLANNER: frozenset({Permission.VIEW, Permission.EXPORT}),
    UserRole.PHARMACIST: frozenset({Permission.VIEW, Permission.SEE_NAMES, Permission.EXPORT}),
    UserRole.PLANNER: frozenset({Permission.VIEW, Permission.EXPORT, Permission.EDIT_SETTINGS}),
    UserRole.AUDITOR: frozenset({Permission.VIEW, Permission.EXPORT, Permission.READ_AUDIT}),
    UserRole.ADMIN: frozenset(Permission),
}


def permissions_of(role: UserRole) -> frozenset[Permission]:
    """Everything that a role may do."""
    return _OF_ROLE[role]


def may(user: User, permission: Permission) -> bool:
    """Whether a person may do something."""
    return permission in _OF_ROLE[user.role]


def require(user: User, permission: Permission) -> None:
    """Refuse what the role may not do.

    Raises
    ------
    AccessError
        The role of the user lacks the permission.
    """
    if not may(user, permission):
        raise AccessError(f"The role {user.role} may not do this: {permission}.")
