"""The facts of this room: reports and their sign-off, releases and what holds them back."""

from publication.models.brakes import ReleaseHold, Suspension, Withdrawal
from publication.models.copies import EmbargoedCopy
from publication.models.releases import (
    AfterWork,
    Release,
    ReleaseApproval,
    ReleaseFile,
    Sending,
)
from publication.models.reports import Exclusion, Opinion, Report, ReportSection, SectionSignOff
from publication.models.sealings import Sealing
from publication.models.standing import ReleaseStanding
from publication.models.subscriptions import Subscription, SubscriptionRequest
from publication.public_models import NextRelease, PublicFile, PublicRelease, RegisterRow

__all__ = [
    "AfterWork",
    "EmbargoedCopy",
    "Exclusion",
    "NextRelease",
    "Opinion",
    "PublicFile",
    "PublicRelease",
    "RegisterRow",
    "Release",
    "ReleaseApproval",
    "ReleaseFile",
    "ReleaseHold",
    "ReleaseStanding",
    "Report",
    "ReportSection",
    "Sealing",
    "SectionSignOff",
    "Sending",
    "Subscription",
    "SubscriptionRequest",
    "Suspension",
    "Withdrawal",
]
