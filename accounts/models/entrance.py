"""How a person comes in, and comes in again: invitations and resets of a lost second factor."""

import hashlib
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.organisations import Organisation
from accounts.models.people import Membership, User
from accounts.roles import Role


def token_sha256(token: str) -> str:
    """What is kept of a one-use link: never the token itself."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by whether they can still be used."""

    def usable(self, at: datetime) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn nor expired."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A mailed one-use link that makes its reader a member of an organisation."""

    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    invited_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(roles__contained_by=[role.value for role in Role]) & ~Q(roles=[]),
                name="an_invitation_names_known_roles",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="an_invitation_is_accepted_or_withdrawn_not_both",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(accepted_at__lt=F("expires_at")),
                name="an_expired_invitation_is_not_accepted",
            ),
            models.UniqueConstraint(
                fields=["email", "organisation"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_of_an_address_at_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation.short_name}"

    @property
    def role_labels(self) -> str:
        """The roles in words."""
        return ", ".join(Role(role).label for role in Role if role in self.roles)


class SecondFactorResetQuerySet(models.QuerySet["SecondFactorReset"]):
    """Resets by whether a second administrator has answered them."""

    def open(self) -> "SecondFactorResetQuerySet":
        """Neither confirmed nor refused."""
        return self.filter(confirmed_at=None, refused_at=None)


class SecondFactorReset(models.Model):
    """A lost second factor, removed only when two administrators say so.

    The second may refuse it instead: nobody knows of a lost phone, or somebody asks in their name.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_factor_resets")
    reason = models.TextField()
    requested_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.TextField(blank=True)

    objects = SecondFactorResetQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at=None, refused_at=None),
                name="one_open_reset_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("requested_by")),
                name="a_reset_is_confirmed_by_another_administrator",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="a_confirmed_reset_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(refused_by=None, refused_at=None, refused_reason="")
                | Q(refused_by__isnull=False, refused_at__isnull=False) & ~Q(refused_reason=""),
                name="a_refused_reset_says_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None) | Q(confirmed_at=None),
                name="a_reset_is_confirmed_or_refused_not_both",
            ),
            models.CheckConstraint(
                condition=Q(refused_by=None) | ~Q(refused_by=F("requested_by")),
                name="a_reset_is_refused_by_another_administrator",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_reset_needs_a_reason"),
        ]

    def __str__(self) -> str:
        return f"reset of {self.user}"
