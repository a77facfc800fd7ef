"""Invitations to make a super-complaint jointly, from the first word to the last."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Membership, Organisation
from clock.london import london_day
from complaints.models.case import Complaint
from complaints.querysets import JointInvitationQuerySet


class JointInvitation(models.Model):
    """The lead body's invitation to another organisation to make one complaint together.

    Accepted and not ended, its organisation is one of the joint bodies. It ends when the lead
    body takes it back or removes the body, or when the body leaves; `ended_by` tells which.
    Unanswered it expires, and can be sent again: `invited_at` is when it was sent last.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_because = models.TextField(blank=True)

    objects = JointInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["complaint", "invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "organisation"],
                condition=Q(ended_at=None) & (Q(accepted=None) | Q(accepted=True)),
                name="one_living_invitation_of_a_body_to_a_complaint",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, answered_at=None, answered_by=None)
                | Q(accepted__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
                name="an_answered_invitation_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_because="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because=""),
                name="an_ended_invitation_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(accepted=True) | Q(ended_at=None),
                name="what_was_declined_does_not_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.complaint}"

    @property
    def chain(self) -> str:
        """The chain of the record that it writes to: the complaint's."""
        return self.complaint.key

    @property
    def is_living(self) -> bool:
        """Whether it waits for an answer, or was accepted and has not ended."""
        return self.ended_at is None and self.accepted is not False

    @property
    def last_day(self) -> date:
        """The last London day on which it can be accepted: this service’s own rule, not law."""
        sent_on = london_day(self.invited_at)
        return sent_on + timedelta(days=settings.JOINT_INVITATION_DAYS)

    def has_expired(self, on: date) -> bool:
        """Whether it waited for an answer for too long."""
        return self.is_living and self.accepted is None and on > self.last_day
