"""Organisations, the regimes they belong to, people, and memberships that tie the two."""

from accounts.models.entrance import Invitation, SecondFactorReset
from accounts.models.grants import CaseTeam, Wall
from accounts.models.organisations import (
    PLACEHOLDER_DOMAIN,
    AddresseeGroup,
    FormerName,
    Organisation,
    OrganisationQuerySet,
)
from accounts.models.people import Membership, MembershipQuerySet, User, UserManager
from accounts.models.regimes import Designation, DesignationQuerySet, Regime, RegimeAuthority

__all__ = [
    "PLACEHOLDER_DOMAIN",
    "AddresseeGroup",
    "CaseTeam",
    "Designation",
    "DesignationQuerySet",
    "FormerName",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "Regime",
    "RegimeAuthority",
    "SecondFactorReset",
    "User",
    "UserManager",
    "Wall",
]
