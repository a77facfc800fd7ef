"""The states of evidence items and findings."""

from django.db.models import TextChoices

from complaints.states import CaseStatus

# A lead publishes answers and closes the case, so it needs one until then.
LED = frozenset({CaseStatus.INVESTIGATING, CaseStatus.REPORTING, CaseStatus.SEALED})


class EvidenceStatus(TextChoices):
    """Where an evidence item stands."""

    RECEIVED = "received", "Needs screening"
    SCREENED = "screened", "Screened"
    NOT_RELIED_ON = "not_relied_on", "Not relied on"
    SUPERSEDED = "superseded", "Superseded"


class FindingStatus(TextChoices):
    """Where a finding stands between draft and agreement."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"


class Sensitivity(TextChoices):
    """How an evidence item is to be handled."""

    OFFICIAL = "official", "Official"
    SENSITIVE = "sensitive", "Official, sensitive"
    RESTRICTED = "restricted", "Restricted to named people"


class Bearing(TextChoices):
    """What an evidence item does for a finding."""

    SUPPORTS = "supports", "Supports"
    CONTRADICTS = "contradicts", "Contradicts"
    CONTEXT = "context", "Gives context"
